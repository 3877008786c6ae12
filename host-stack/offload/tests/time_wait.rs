// SPDX-License-Identifier: Apache-2.0
//! The end of a session in an engine whose TIME_WAIT table has no place for it, in every order in which the host can hear of
//! it: the two records come by different rings. The engine here only says what the test has it say.

use std::collections::VecDeque;
use std::net::{IpAddr, SocketAddr};
use std::ops::Range;

use toe_abi::{SessionImage, SessionKey, SessionReason};
use toe_offload::{
    Charge, Engine, EngineEvent, Fill, Handle, Hop, Offload, Owner, Policy, Progress, Refusal,
    Rings, Take,
};
use toe_stack::{
    Endpoint, FourTuple, IfAddr, IfId, InterfaceConfig, MacAddr, OffloadCaps, RxFrame, ScopedAddr,
    Stack, StackConfig, TcpId, TcpOptions,
};
use toe_tcp::{Micros, MslClass, SeqNum, TimeWaitRecord, ts_clock};

const HANDLE: Handle = Handle(1);

/// Its clock, µs; it has nothing to do with ours.
const CLOCK: Micros = Micros(77_777_777);

#[derive(Default)]
struct Puppet {
    says: VecDeque<EngineEvent>,
    released: bool,
}

impl Engine for Puppet {
    fn clock(&self) -> Micros {
        CLOCK
    }
    fn next_hops(&self) -> Range<u16> {
        1..8
    }
    fn others(&self) -> impl Iterator<Item = Charge> + Clone {
        std::iter::empty()
    }
    fn shard(&self, _tuple: &FourTuple) -> u16 {
        0
    }
    fn reserve(&mut self, _rings: &Rings) -> Result<Handle, Refusal> {
        Ok(HANDLE)
    }
    fn fill_tx(&mut self, _handle: Handle, _seq: u32, _bytes: &[u8]) -> Result<(), Refusal> {
        Ok(())
    }
    fn fill_rx(&mut self, _handle: Handle, _seq: u32, _bytes: &[u8]) -> Result<(), Refusal> {
        Ok(())
    }
    fn install(&mut self, handle: Handle, _image: &SessionImage) -> Result<(), Refusal> {
        self.says.push_back(EngineEvent::Installed(handle));
        Ok(())
    }
    fn evict(&mut self, _handle: Handle) -> Result<(), Refusal> {
        Ok(())
    }
    fn snapshot(&mut self, _handle: Handle) -> Result<(), Refusal> {
        Err(Refusal::Busy)
    }
    fn copy_tx(&self, _handle: Handle, _seq: u32, _bytes: &mut [u8]) -> bool {
        false
    }
    fn copy_rx(&self, _handle: Handle, _seq: u32, _bytes: &mut [u8]) -> bool {
        false
    }
    fn release(&mut self, _handle: Handle) {
        self.released = true;
    }
    fn write_with(&mut self, _handle: Handle, _fill: Fill<'_>) -> Option<usize> {
        None
    }
    fn read_with(&mut self, _handle: Handle, _take: Take<'_>) -> Option<usize> {
        None
    }
    fn close(&mut self, _handle: Handle) {}
    fn orphan(&mut self, _handle: Handle) {}
    fn abort(&mut self, _handle: Handle) {}
    fn kick(&mut self, _handle: Handle) {}
    fn progress(&self, _handle: Handle) -> Option<Progress> {
        None
    }
    fn set_session_hop(&mut self, _handle: Handle, _index: u16) -> Result<(), Refusal> {
        Ok(())
    }
    fn set_session_mss(&mut self, _handle: Handle, _mss: u16) -> Result<(), Refusal> {
        Ok(())
    }
    fn set_session(
        &mut self,
        _handle: Handle,
        _key: SessionKey,
        _value: u32,
    ) -> Result<(), Refusal> {
        Ok(())
    }
    fn set_session_df(&mut self, _handle: Handle, _df: bool) -> Result<(), Refusal> {
        Ok(())
    }
    fn set_hop(&mut self, index: u16, _hop: &Hop) -> Result<(), Refusal> {
        self.says.push_back(EngineEvent::HopSet(index, true));
        Ok(())
    }
    fn inject(&mut self, _frame: &[u8]) -> bool {
        true
    }
    fn poll_event(&mut self) -> Option<EngineEvent> {
        self.says.pop_front()
    }
}

/// Our stack, a peer's, and the engine, with one session in it.
struct Scene {
    now: Micros,
    stacks: [(Stack, IfId); 2],
    offload: Offload,
    engine: Puppet,
    id: TcpId,
    tuple: FourTuple,
}

impl Scene {
    fn new(ipv6: bool) -> Self {
        let ip = |n: u8| -> IpAddr {
            if ipv6 { [0xfd00, 0, 0, 0, 0, 0, 0, n.into()].into() } else { [10, 0, 0, n].into() }
        };
        let stack = |n: u8| {
            let mut s = Stack::new(StackConfig { seed: n.into(), ..StackConfig::default() });
            let mac = MacAddr([2, 0, 0, 0, 0, n]);
            let config = InterfaceConfig {
                caps: OffloadCaps { toe4: true, toe6: true, ..OffloadCaps::default() },
                ..InterfaceConfig::ethernet("toe0", mac)
            };
            let port = s.add_interface(config).unwrap();
            let net = format!("{}/{}", ip(n), if ipv6 { 64 } else { 24 });
            s.add_address(Micros(0), port, IfAddr::new(net.parse().unwrap())).unwrap();
            (s, port)
        };
        let mut stacks = [stack(1), stack(2)];
        let end = |n, port| Endpoint::new(ScopedAddr::global(ip(n)).unwrap(), port);
        let listener = stacks[1].0.tcp_socket(TcpOptions::default());
        stacks[1].0.tcp_bind(listener, end(2, 80)).unwrap();
        stacks[1].0.tcp_listen(listener, 8).unwrap();
        let now = Micros(5_000_000);
        let id = stacks[0].0.tcp_socket(TcpOptions::default());
        let offload = Offload::new(Policy::default());
        let engine = Puppet::default();
        let tuple = FourTuple { local: end(1, 0), remote: end(2, 80) };
        let mut scene = Self { now, stacks, offload, engine, id, tuple };
        // Duplicate addresses are looked for first.
        scene.pass(3_000);
        scene.stacks[0].0.tcp_connect(scene.now, id, end(2, 80)).unwrap();
        scene.pass(100);
        scene.tuple = scene.stacks[0].0.tcp_tuple(id).unwrap();
        scene.offload.consider(scene.now, id);
        scene.pass(2_000);
        assert_eq!(scene.offload.owner(id), Owner::Engine);
        scene
    }

    fn pass(&mut self, millis: u32) {
        for _ in 0..millis {
            self.now = self.now + Micros(1_000);
            for from in 0..2 {
                while let Some(frame) = self.stacks[from].0.poll_transmit(self.now) {
                    let (to, port) = &mut self.stacks[1 - from];
                    to.handle_frame(self.now, *port, &RxFrame::unchecked(&frame.bytes));
                }
            }
            self.offload.poll(self.now, &mut self.stacks[0].0, &mut self.engine);
        }
    }

    /// The engine says this, and it is heard at once.
    fn hear(&mut self, event: EngineEvent) {
        self.engine.says.push_back(event);
        self.offload.poll(self.now, &mut self.stacks[0].0, &mut self.engine);
    }

    fn refused(&self, record: TimeWaitRecord) -> EngineEvent {
        let end = |e: Endpoint| SocketAddr::new(e.addr.ip(), e.port);
        let (local, remote) = (end(self.tuple.local), end(self.tuple.remote));
        EngineEvent::TimeWaitRefused { local, remote, record }
    }

    fn ours(&self) -> &Stack {
        &self.stacks[0].0
    }
}

const RECORD: TimeWaitRecord = TimeWaitRecord {
    snd_nxt: SeqNum(0x1111_1111),
    rcv_nxt: SeqNum(0x2222_2222),
    last_win: 0x3333,
    rcv_wscale: 4,
    ts_ok: true,
    ts_recent: 0x5555_5555,
    ts_offset: 0x6666_6666,
    class: MslClass::Local,
};

const CLOSED: EngineEvent = EngineEvent::Closed(HANDLE, SessionReason::TimeWait);

#[test]
fn whichever_record_comes_first_the_host_answers_for_the_session() {
    for (ipv6, closed_first) in [(false, false), (false, true), (true, false), (true, true)] {
        let mut scene = Scene::new(ipv6);
        let refused = scene.refused(RECORD);
        if closed_first {
            scene.hear(CLOSED);
            assert_eq!((scene.ours().time_wait().len(), scene.offload.time_waits()), (0, 1));
            scene.hear(refused);
        } else {
            scene.hear(refused);
            assert_eq!(scene.ours().time_wait().len(), 0, "it is the session's yet");
            assert_eq!(scene.offload.owner(scene.id), Owner::Engine);
            scene.hear(CLOSED);
        }
        assert_eq!(scene.offload.owner(scene.id), Owner::Ended);
        let entry = scene.ours().time_wait().get(&scene.tuple).unwrap();
        let TimeWaitRecord { ts_offset, .. } = entry.record;
        assert_eq!(TimeWaitRecord { ts_offset: RECORD.ts_offset, ..entry.record }, RECORD);
        // Our timestamps are the engine's, and never before them.
        let theirs = ts_clock(CLOCK, RECORD.ts_offset);
        let ahead = ts_clock(scene.now, ts_offset).wrapping_sub(theirs);
        assert!((1..=2).contains(&ahead), "{ahead}");
        assert_eq!(entry.expires, scene.now + scene.ours().time_wait().linger(MslClass::Local));
        assert!(scene.ours().tuple_taken(&scene.tuple));
        assert_eq!(scene.ours().ports().time_wait_on(scene.tuple.local.port), 1);
        assert_eq!(scene.offload.time_waits(), 0, "the engine has none");
        let stats = scene.offload.stats();
        assert_eq!((stats.closed_time_wait, stats.time_wait_refused), (1, 1));
        // Twice is once.
        let again = scene.refused(RECORD);
        scene.hear(again);
        assert_eq!(scene.offload.stats().time_wait_refused, 1);
        assert_eq!(scene.ours().time_wait().len(), 1);
        scene.pass(11_000);
        assert!(!scene.ours().tuple_taken(&scene.tuple));
        assert_eq!(scene.ours().ports().time_wait_on(scene.tuple.local.port), 0);
    }
}

#[test]
fn what_is_said_of_a_session_that_goes_on_is_not_believed() {
    let mut scene = Scene::new(false);
    let refused = scene.refused(RECORD);
    scene.hear(refused);
    // It ends in another way after all.
    scene.hear(EngineEvent::Closed(HANDLE, SessionReason::ResetByPeer));
    assert_eq!(scene.ours().time_wait().len(), 0);
    assert!(!scene.ours().tuple_taken(&scene.tuple));
    // Nobody's.
    let refused = scene.refused(RECORD);
    scene.hear(refused);
    assert_eq!((scene.ours().time_wait().len(), scene.offload.stats().time_wait_refused), (0, 1));
    assert_eq!(scene.offload.owner(scene.id), Owner::Ended);
    scene.stacks[0].0.tcp_close(scene.now, scene.id).unwrap();
    let Scene { offload, engine, id, .. } = &mut scene;
    offload.forget(engine, *id);
    assert!(engine.released);
}
