// SPDX-License-Identifier: Apache-2.0
//! What the two sides did in a round, made comparable. What is left out here stands in `docs/differences.md`.

use std::fmt::Write as _;

use toe_abi::{RxReason, SessionImage};
use toe_driver::SessionInfo;

use crate::packet::flag;
use crate::session::{Phase, Session, diff};

/// What one side sent in a round, without what may differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Resets: sequence and acknowledgement number.
    pub resets: Vec<(u32, u32)>,
    /// Data and FINs in order: sequence number, bytes, FIN, PSH, CWR, ECN field of the IP header.
    pub data: Vec<(u32, usize, bool, bool, bool, u8)>,
    /// Last acknowledgement: number, right edge, ECE. `None`: nothing that acknowledges was sent.
    pub ack: Option<(u32, u32, bool)>,
    /// Segments without data, but those below.
    pub pure: usize,
    /// Keepalive probes.
    pub keeps: usize,
    /// The first SACK blocks that were sent.
    pub sack: Vec<(u32, u32)>,
    /// Sequence number of the last segment without data, where nothing else was sent.
    pub pure_seq: Option<u32>,
    /// The echoed timestamp of the last segment.
    pub echo: Option<u32>,
}

impl Said {
    /// Of the segments of a round.
    #[must_use]
    pub fn new(session: &Session) -> Self {
        let wscale = session.wscale.1;
        let mut said = Self::default();
        for tcp in &session.sent {
            if tcp.has(flag::RST) {
                said.resets.push((tcp.seq, tcp.ack));
                continue;
            }
            let edge = tcp.ack.wrapping_add(u32::from(tcp.wnd) << wscale);
            said.ack = Some((tcp.ack, edge, tcp.has(flag::ECE)));
            said.echo = tcp.ts.map(|(_, ecr)| ecr);
            if said.sack.is_empty() {
                said.sack.clone_from(&tcp.sack);
            }
            if tcp.space() == 0 && tcp.seq == session.max.wrapping_sub(1) {
                // The engine's timer has ticks of a millisecond: before or after an answer is chance.
                said.keeps += 1;
            } else if tcp.space() == 0 {
                said.pure += 1;
                said.pure_seq = Some(tcp.seq);
            } else {
                let fin = tcp.has(flag::FIN);
                let (psh, cwr) = (tcp.has(flag::PSH), tcp.has(flag::CWR));
                said.data.push((tcp.seq, tcp.payload.len(), fin, psh, cwr, tcp.ecn));
            }
        }
        if !said.data.is_empty() {
            // The core lets data carry an acknowledgement, the engine sends both.
            said.forget_pure();
        }
        said
    }

    /// What was sent without data does not count.
    fn forget_pure(&mut self) {
        self.pure = 0;
        self.keeps = 0;
        self.pure_seq = None;
    }

    /// Names of what differs.
    fn fields_unlike(&self, other: &Self) -> String {
        let same = [
            ("resets", self.resets == other.resets),
            ("data", self.data == other.data),
            ("ack", self.ack == other.ack),
            ("pure", self.pure == other.pure),
            ("keepalive", self.keeps == other.keeps),
            ("sack", self.sack == other.sack),
            ("seq", self.pure_seq == other.pure_seq),
            ("echo", self.echo == other.echo),
        ];
        same.iter().filter(|(_, same)| !same).map(|(name, _)| *name).collect::<Vec<_>>().join(" ")
    }
}

/// How strictly to compare.
#[derive(Clone, Copy, Debug)]
pub struct Strict {
    /// One thing happened: each answer counts. Else only the last does.
    pub each: bool,
}

/// Whether both sent and told the same so far: where not, one of them may only be later.
#[must_use]
pub fn calm(model: &Session, rtl: &Session) -> bool {
    let disturbed = model.disturbed || rtl.disturbed;
    let (a, b) = (Said::new(model), Said::new(rtl));
    disturbed || (a == b && model.phase == rtl.phase)
}

/// Whether a timer may have fired on one side only: data, an end, or an answer that the other has not given yet.
#[must_use]
pub fn late(model: &Session, rtl: &Session, each: bool) -> bool {
    let (a, b) = (Said::new(model), Said::new(rtl));
    let disturbed = model.disturbed || rtl.disturbed;
    let answered = each && !model.unsure && a.ack.is_some() != b.ack.is_some();
    let timers = a.data != b.data || a.keeps != b.keeps;
    !disturbed && (timers || model.phase != rtl.phase || answered)
}

/// The first difference between the sides of a lane.
#[must_use]
pub fn differs(model: &mut Session, rtl: &mut Session, strict: Strict) -> Option<String> {
    let all = [Said::new(model), Said::new(rtl)];
    let same_echo = all[0].echo == all[1].echo;
    let mut said = all.map(|mut said| {
        if !strict.each {
            // Segments that come at the same instant may be answered together.
            said.pure = said.pure.min(1);
            said.keeps = said.keeps.min(1);
            said.pure_seq = None;
            said.sack.clear();
            said.echo = None;
        }
        said
    });
    let before = (model.unsure, model.apart);
    let disturbed = model.disturbed || rtl.disturbed;
    // At different moments, one may have known more of what was read, and what it sends took an acknowledgement along that
    // the other may still delay.
    let own_time = disturbed && said[0].data.is_empty() != said[1].data.is_empty();
    // A burst takes the RTL a while, and what was read is told meanwhile.
    let burst = !said[0].data.is_empty() && !said[1].data.is_empty();
    let moments = !strict.each || own_time || burst || model.hop_returns || rtl.hop_returns;
    let apart = model.edge != rtl.edge && (model.apart || moments);
    (model.apart, rtl.apart) = (apart, apart);
    let number = |said: &Said| said.ack.map(|(ack, _, ece)| (ack, ece));
    if number(&said[0]) == number(&said[1]) && said[0].ack.is_some() {
        // Which timestamp was recorded meanwhile went with the last acknowledgement (RFC 7323 §4.3), and stays a while.
        let unsure = model.unsure && !same_echo;
        (model.unsure, rtl.unsure) = (unsure, unsure);
    } else if !strict.each && said[0].ack != said[1].ack {
        // Which of several segments an acknowledgement still covers is chance, and whether one is owed after.
        (model.unsure, rtl.unsure) = (true, true);
    }
    if let (true, Some(a), Some(b)) = (model.dctcp, said[0].ack, said[1].ack)
        && diff(b.0, a.0) > 0
    {
        // With no room for the ACK between marks the engine acknowledges all of it later.
        (model.unsure, rtl.unsure) = (true, true);
    }
    if own_time {
        (model.unsure, rtl.unsure) = (true, true);
    }
    let unsure = model.unsure;
    if unsure {
        for said in &mut said {
            said.ack = None;
            said.echo = None;
            said.forget_pure();
        }
    }
    if let (true, [Some(a), Some(b)]) = (apart, [said[0].ack, said[1].ack]) {
        if diff(a.1, b.1).unsigned_abs() >= model.edge_slack() {
            return Some(format!("right edges too far apart: model {:x}, rtl {:x}", a.1, b.1));
        }
        said[0].ack = Some((a.0, b.1, a.2));
    }
    if disturbed {
        // What goes when is each side's own. What is received is not.
        // One may have ended while the other still sends; what the one heard until its end, and the other did not before its
        // own, stands in its TIME_WAIT record (the timestamp, the window).
        model.ended_apart |= model.gone != rtl.gone;
        if model.phase != rtl.phase || model.ended_apart {
            return None;
        }
        for said in &mut said {
            said.data.clear();
            said.forget_pure();
            // Which timestamp counts goes with the last acknowledgement, and that with what is sent; probes carry no blocks.
            said.echo = None;
            said.sack.clear();
            for reset in &mut said.resets {
                reset.0 = 0;
            }
        }
        if said[0].ack.is_none() || said[1].ack.is_none() {
            said[0].ack = None;
            said[1].ack = None;
        }
    }
    let ending = matches!(model.phase, Phase::Closed(_)) && !strict.each;
    if ending && model.phase == rtl.phase {
        // What comes while a session ends the engine drops; the model's table or host answers.
        return None;
    }
    if said[0] != said[1] {
        return Some(format!(
            "they sent, {}:\n  model {:x?}\n  rtl   {:x?}",
            said[0].fields_unlike(&said[1]),
            said[0],
            said[1]
        ));
    }
    if model.phase != rtl.phase {
        return Some(format!("phase: model {:?}, rtl {:?}", model.phase, rtl.phase));
    }
    // Of several things wrong with the options the sides name different ones.
    let reasons = |s: &Session| {
        let one = |&(reason, len): &(RxReason, u16)| match reason {
            RxReason::TcpOptions => (RxReason::Malformed, len),
            other => (other, len),
        };
        s.to_host.iter().map(one).collect::<Vec<_>>()
    };
    if reasons(model) != reasons(rtl) {
        return Some(format!(
            "frames to the host: model {:?}, rtl {:?}",
            model.to_host, rtl.to_host
        ));
    }
    let (a, b) = (&model.info, &rtl.info);
    let ended = matches!(model.phase, Phase::Closed(_));
    let mut text = String::new();
    let mut field = |name: &str, a: u32, b: u32| {
        if a != b {
            let _ = write!(text, " {name}: model {a:#x}, rtl {b:#x};");
        }
    };
    if a.rcv_read == b.rcv_read && model.delivered != rtl.delivered {
        return Some("bytes that were delivered differ".into());
    }
    field("rcv_nxt", a.rcv_nxt, b.rcv_nxt);
    field("peer_fin", a.peer_fin.into(), b.peer_fin.into());
    if !disturbed {
        field("snd_una", a.snd_una, b.snd_una);
        field("fin_acked", a.fin_acked.into(), b.fin_acked.into());
    }
    if !ended {
        if !disturbed {
            field("parked", a.parked.into(), b.parked.into());
        }
        field("snd_end", a.snd_end, b.snd_end);
        field("rcv_read", a.rcv_read, b.rcv_read);
    } else if !disturbed {
        // Round trips are measured at ticks of their own.
        let known = |i: &SessionInfo| i.learnt.map_or((0, 0), |l| (l.ssthresh, l.cwnd));
        let ((a_ssthresh, a_cwnd), (b_ssthresh, b_cwnd)) = (known(a), known(b));
        field("ssthresh at the end", a_ssthresh, b_ssthresh);
        // The RTL counts our FIN among the octets that were acknowledged; nothing is sent after it.
        if !a.fin_acked {
            field("cwnd at the end", a_cwnd, b_cwnd);
        }
    }
    if !text.is_empty() {
        return Some(format!("what the host was told:{text}"));
    }
    if model.images.len() != rtl.images.len() {
        return Some(format!("images: model {}, rtl {}", model.images.len(), rtl.images.len()));
    }
    // An image may be of the round's beginning.
    let (unsure, apart) = (unsure || before.0, apart || before.1);
    let compared = Compared { sent: !disturbed, acknowledged: !unsure, edges: !apart };
    model.images.iter().zip(&rtl.images).find_map(|(a, b)| image_differs(a, b, compared))
}

fn ranges(words: [u32; 8]) -> Vec<(u32, u32)> {
    words.chunks(2).map(|w| (w[0], w[1])).filter(|(a, b)| a != b).collect()
}

/// A field in which two images differ, and both values.
type Unlike = (&'static str, String, String);

macro_rules! unlike {
    ($a:expr, $b:expr, $($field:ident),+ $(,)?) => {
        None::<Unlike>$(.or_else(|| {
            ($a.$field != $b.$field).then(|| {
                (stringify!($field), format!("{:x?}", $a.$field), format!("{:x?}", $b.$field))
            })
        }))+
    };
}

/// What is the same in all images of a session at an instant, whoever made them and however the wire was.
fn steady_differs(a: &SessionImage, b: &SessionImage) -> Option<Unlike> {
    unlike!(
        a,
        b,
        tw_class,
        cc_algo,
        mirror,
        trace,
        orphan,
        pacing_bytes_per_ms,
        flow_label,
        ts_offset,
        snd_wscale,
        rcv_wscale,
        ipv6,
        ts_ok,
        sack_ok,
        ecn_ok,
        nodelay,
        df,
        keepalive,
        fin_queued,
        peer_fin,
        ece_due,
        lport,
        rport,
        nexthop,
        qp,
        snd_mss,
        peer_mss,
        ttl,
        tos,
        iss,
        irs,
        snd_end,
        rcv_nxt,
        rcv_read,
    )
    .or_else(|| ranges_differ("ooo", a.ooo, b.ooo))
}

fn ranges_differ(name: &'static str, a: [u32; 8], b: [u32; 8]) -> Option<Unlike> {
    let (a, b) = (ranges(a), ranges(b));
    (a != b).then(|| (name, format!("{a:x?}"), format!("{b:x?}")))
}

/// What changed between the image with which a session left and the one that is read after it came in again, nothing
/// having been sent meanwhile.
#[must_use]
pub fn moved_unlike(a: &SessionImage, b: &SessionImage) -> Option<String> {
    let unlike = steady_differs(a, b).or_else(|| {
        unlike!(
            a,
            b,
            state,
            cwr_due,
            laddr,
            raddr,
            snd_una,
            snd_max,
            snd_wnd,
            snd_wl1,
            snd_wl2,
            max_snd_wnd,
            cwnd,
            ssthresh,
            srtt_us8,
            rttvar_us4,
            rto_us,
            rcv_adv,
            last_ack_sent,
            ts_recent,
            dsack_due,
            quickack,
            sacked,
            segs_out,
            segs_in,
            retransmit_segs,
            bytes_out,
            bytes_in,
        )
    });
    unlike.map(|(name, was, is)| format!("{name} is {is}, was {was}"))
}

/// What of two images at the same instant is compared.
#[derive(Clone, Copy)]
struct Compared {
    sent: bool,
    acknowledged: bool,
    edges: bool,
}

/// The first difference between images of a session at the same instant.
fn image_differs(a: &SessionImage, b: &SessionImage, compared: Compared) -> Option<String> {
    let Compared { sent, acknowledged, edges } = compared;
    let unlike = steady_differs(a, b)
        .or_else(|| if sent { undisturbed_differs(a, b) } else { None })
        .or_else(|| if sent && acknowledged { acknowledged_differs(a, b) } else { None })
        .or_else(|| if sent && acknowledged && edges { unlike!(a, b, rcv_adv) } else { None });
    unlike.map(|(name, model, rtl)| format!("image: {name}: model {model}, rtl {rtl}"))
}

/// What was sent, and what congestion control makes of the acknowledgements.
fn undisturbed_differs(a: &SessionImage, b: &SessionImage) -> Option<Unlike> {
    unlike!(
        a,
        b,
        state,
        snd_una,
        snd_max,
        snd_wnd,
        snd_wl1,
        snd_wl2,
        max_snd_wnd,
        persist,
        ssthresh,
        cwnd,
        bytes_acked,
        fast_recovery,
        cong_recovery,
        cwr_due,
        quickack,
    )
    .or_else(|| ranges_differ("sacked", a.sacked, b.sacked))
}

/// What was acknowledged, and what is owed.
fn acknowledged_differs(a: &SessionImage, b: &SessionImage) -> Option<Unlike> {
    unlike!(a, b, last_ack_sent, ts_recent, dsack_due, delack_count)
        .or_else(|| if a.dsack_due { unlike!(a, b, dsack) } else { None })
}
