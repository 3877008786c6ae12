// SPDX-License-Identifier: Apache-2.0
//! From a lane's setup to the image with which its session begins.

use toe_abi::{CcAlgo, MslClass, SessionImage, TcpState};
use toe_image::addr_words;

use crate::packet::Tuple;
use crate::script::{Setup, Start};

impl Setup {
    /// The nearest that a session can have.
    #[must_use]
    pub fn possible(&self) -> Self {
        let mut s = self.clone();
        s.snd_wscale = s.snd_wscale.min(14);
        s.rcv_wscale = s.rcv_wscale.min(14);
        s.mss = s.mss.clamp(if s.ts { 76 } else { 64 }, if s.ipv6 { 1428 } else { 1440 });
        s.tx_log2 = s.tx_log2.clamp(12, 16);
        s.rx_log2 = s.rx_log2.clamp(12, 16);
        s.cwnd = s.cwnd.clamp(1, 2000);
        s.ssthresh = s.ssthresh.clamp(2, 40_000);
        s.quickack = s.quickack.min(15);
        s.tos &= !3;
        s.flow &= 0xf_ffff;
        s.vlan &= 0xfff;
        s.cc = s.cc.min(2);
        let tx = 1_u32 << s.tx_log2;
        let rx = 1_u32 << s.rx_log2;
        let most = |value: u16, limit: u32| u16::try_from(u32::from(value).min(limit)).unwrap_or(0);
        // A FIN that was sent leaves nothing unsent behind; one that was acknowledged nothing at all.
        match s.state {
            Start::FinWait2 => (s.flight, s.unsent) = (0, 0),
            Start::Established
            | Start::CloseWait
            | Start::FinWait1
            | Start::Closing
            | Start::LastAck => {}
        }
        s.flight = most(s.flight, tx.min(u32::from(s.wnd) << s.snd_wscale));
        s.unsent = most(s.unsent, tx - u32::from(s.flight));
        s.unread = most(s.unread, rx);
        s
    }
}

/// The image of a session.
#[must_use]
pub fn image(tuple: &Tuple, lane: usize, s: &Setup) -> SessionImage {
    let (fin, fin_acked, peer_fin, state) = match s.state {
        Start::Established => (false, false, false, TcpState::Established),
        Start::CloseWait => (false, false, true, TcpState::CloseWait),
        Start::FinWait1 => (true, false, false, TcpState::FinWait1),
        Start::FinWait2 => (true, true, false, TcpState::FinWait2),
        Start::Closing => (true, false, true, TcpState::Closing),
        Start::LastAck => (true, false, true, TcpState::LastAck),
    };
    let ts_len = if s.ts { 12 } else { 0 };
    let snd_una = s.snd;
    let data_max = snd_una.wrapping_add(u32::from(s.flight));
    // A FIN behind data that was all sent was sent too.
    let fin_sent = fin && !fin_acked && s.unsent == 0;
    let snd_max = data_max.wrapping_add(u32::from(fin_sent));
    let snd_end = data_max.wrapping_add(u32::from(s.unsent)).wrapping_sub(u32::from(fin_acked));
    let rcv_nxt = s.rcv;
    let rcv_read = rcv_nxt.wrapping_sub(u32::from(peer_fin)).wrapping_sub(u32::from(s.unread));
    let room = (1_u32 << s.rx_log2) - u32::from(s.unread);
    let wnd = u32::from(s.wnd) << s.snd_wscale;
    let mss = u32::from(s.mss);
    SessionImage {
        state,
        tw_class: match s.tw_class {
            0 => MslClass::Remote,
            1 => MslClass::Local,
            _ => MslClass::Loopback,
        },
        snd_wscale: s.snd_wscale,
        rcv_wscale: s.rcv_wscale,
        ipv6: s.ipv6,
        ts_ok: s.ts,
        sack_ok: s.sack,
        ecn_ok: s.ecn,
        nodelay: s.nodelay,
        keepalive: s.keepalive,
        df: true,
        fin_queued: fin,
        peer_fin,
        quickack: s.quickack,
        laddr: addr_words(tuple.local),
        raddr: addr_words(tuple.remote),
        lport: tuple.lport,
        rport: tuple.rport,
        nexthop: u16::try_from(lane).unwrap_or(0) + 1,
        snd_mss: s.mss - ts_len,
        peer_mss: s.mss,
        ttl: 64,
        tos: s.tos,
        flow_label: s.flow,
        cc_algo: match s.cc {
            0 => CcAlgo::Newreno,
            1 => CcAlgo::Cubic,
            _ => CcAlgo::Dctcp,
        },
        ts_offset: s.ts_offset,
        iss: snd_una.wrapping_sub(1),
        snd_una,
        snd_nxt: snd_max,
        snd_max,
        snd_end,
        snd_wnd: wnd,
        snd_wl1: rcv_nxt,
        snd_wl2: snd_una,
        max_snd_wnd: wnd,
        cwnd: u32::from(s.cwnd) * mss,
        ssthresh: u32::from(s.ssthresh) * mss,
        recover: snd_una.wrapping_sub(1),
        high_rxt: snd_una,
        rescue_rxt: snd_una,
        rto_us: 300_000,
        srtt_us8: 20_000 << 3,
        rttvar_us4: 10_000 << 2,
        irs: rcv_read.wrapping_sub(1),
        rcv_nxt,
        rcv_adv: rcv_nxt.wrapping_add(if peer_fin { 0 } else { room.min(0xffff << s.rcv_wscale) }),
        rcv_read,
        last_ack_sent: rcv_nxt,
        ts_recent: s.ts_clock.wrapping_add(1),
        t_rtx: if snd_max == snd_una { 0 } else { 300_000 },
        last_sent_age: s.idle,
        ..SessionImage::default()
    }
}
