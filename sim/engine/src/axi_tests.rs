// SPDX-License-Identifier: Apache-2.0
//! The AXI slave against a scripted host bus.

use super::*;
use toe_device::{Access, DmaFault, FaultReason, Frame, Micros, ReadDone};

/// Memory in which byte `a` has the value of `a`'s low bits; addresses from 0x1_0000 on fault. Reads complete when told.
#[derive(Default)]
struct Bus {
    reads: Vec<(u32, u64, u32)>,
    due: VecDeque<u32>,
    buffer: Vec<u8>,
    written: Vec<(u64, Vec<u8>)>,
}

const LIMIT: u64 = 0x1_0000;

impl HostBus for Bus {
    fn now(&self) -> Micros {
        Micros::ZERO
    }
    fn tick(&mut self) {}
    fn stop(&self) -> bool {
        false
    }
    fn dma_read(&mut self, tag: u32, iova: u64, len: u32) {
        self.reads.push((tag, iova, len));
    }
    fn dma_read_poll(&mut self) -> Option<ReadDone<'_>> {
        let index = self.due.pop_front()? as usize;
        let (tag, iova, len) = self.reads[index];
        if iova + u64::from(len) > LIMIT {
            let reason = FaultReason::Unmapped;
            return Some(ReadDone {
                tag,
                data: Err(DmaFault { iova, len, access: Access::Read, reason }),
            });
        }
        self.buffer = (iova..iova + u64::from(len)).map(|a| a.to_le_bytes()[0]).collect();
        Some(ReadDone { tag, data: Ok(&self.buffer) })
    }
    fn dma_read_now(&mut self, _iova: u64, _data: &mut [u8]) -> Result<(), DmaFault> {
        Ok(())
    }
    fn dma_write(&mut self, iova: u64, data: &[u8]) -> Result<(), DmaFault> {
        let len = u32::try_from(data.len()).unwrap();
        if iova + u64::from(len) > LIMIT {
            let reason = FaultReason::Unmapped;
            return Err(DmaFault { iova, len, access: Access::Write, reason });
        }
        self.written.push((iova, data.to_vec()));
        Ok(())
    }
    fn dma_write_ready(&mut self, _len: u32) -> bool {
        true
    }
    fn interrupt(&mut self, _vector: u16) {}
    fn transmit(&mut self, _frame: &[u8]) {}
    fn transmit_ready(&mut self) -> bool {
        true
    }
    fn receive(&mut self) -> Option<Frame> {
        None
    }
}

const fn address(id: u8, addr: u64, len: u8) -> AxiAddress {
    AxiAddress { id, addr, len, size: 3, burst: 1 }
}

/// All beats that can be answered now: id, response, last, first byte of the data.
fn beats(reads: &mut Reads) -> Vec<(u8, u8, bool, u8)> {
    let mut seen = Vec::new();
    while let (Some(beat), data) = reads.beat() {
        seen.push((beat.id, beat.resp, beat.last, data[0]));
        reads.taken();
    }
    seen
}

#[test]
fn ids_overtake_each_other_but_not_themselves() {
    let (mut reads, mut bus) = (Reads::new(8), Bus::default());
    for (id, addr) in [(1, 0x10), (1, 0x20), (2, 0x30)] {
        reads.accept(address(id, addr, 0), &mut bus).unwrap();
    }
    bus.due = [1].into();
    reads.collect(&mut bus).unwrap();
    assert_eq!(beats(&mut reads), [], "the older read of id 1 has not come");
    bus.due = [2].into();
    reads.collect(&mut bus).unwrap();
    assert_eq!(beats(&mut reads), [(2, 0, true, 0x30)]);
    bus.due = [0].into();
    reads.collect(&mut bus).unwrap();
    assert_eq!(beats(&mut reads), [(1, 0, true, 0x10), (1, 0, true, 0x20)]);
    assert!(reads.is_empty());
}

#[test]
fn a_read_may_start_inside_a_beat() {
    let (mut reads, mut bus) = (Reads::new(8), Bus::default());
    reads.accept(address(0, 0x13, 1), &mut bus).unwrap();
    assert_eq!(bus.reads, [(0, 0x13, 13)]);
    bus.due = [0].into();
    reads.collect(&mut bus).unwrap();
    let (_, data) = reads.beat();
    assert_eq!(data, [0, 0, 0, 0x13, 0x14, 0x15, 0x16, 0x17]);
    reads.taken();
    assert_eq!(beats(&mut reads), [(0, 0, true, 0x18)]);
}

#[test]
fn a_faulting_read_answers_all_its_beats() {
    let (mut reads, mut bus) = (Reads::new(8), Bus::default());
    reads.accept(address(3, LIMIT, 1), &mut bus).unwrap();
    bus.due = [0].into();
    reads.collect(&mut bus).unwrap();
    assert_eq!(beats(&mut reads), [(3, SLVERR, false, 0), (3, SLVERR, true, 0)]);
}

#[test]
fn room_for_so_many_and_no_more() {
    let (mut reads, mut bus) = (Reads::new(8), Bus::default());
    for _ in 0..READS {
        assert!(reads.can_accept());
        reads.accept(address(0, 0, 0), &mut bus).unwrap();
    }
    assert!(!reads.can_accept());
}

#[test]
fn illegal_addresses_are_breaches() {
    let (mut reads, mut bus) = (Reads::new(8), Bus::default());
    let good = address(0, 0xff0, 1);
    reads.accept(good, &mut bus).unwrap();
    for bad in [
        AxiAddress { burst: 2, ..good },
        AxiAddress { size: 2, ..good },
        AxiAddress { len: 2, ..good },
        AxiAddress { addr: u64::MAX - 7, ..good },
    ] {
        assert!(reads.accept(bad, &mut bus).is_err(), "{bad:?}");
        assert!(Writes::new(8).accept(bad).is_err(), "{bad:?}");
    }
}

fn write(writes: &mut Writes, bus: &mut Bus, beats: &[(u64, bool)]) -> Result<(), String> {
    let mut value = 0;
    for (strobe, last) in beats {
        let beat = WriteBeat { strobe: *strobe, last: *last };
        let fill = |data: &mut [u8]| {
            for byte in data {
                value += 1;
                *byte = value;
            }
        };
        writes.data(beat, fill, bus)?;
    }
    Ok(())
}

#[test]
fn strobes_become_runs_and_a_whole_burst_is_one_write() {
    let (mut writes, mut bus) = (Writes::new(8), Bus::default());
    writes.accept(address(0, 0x100, 2)).unwrap();
    write(&mut writes, &mut bus, &[(0xff, false), (0xff, false), (0x0f, true)]).unwrap();
    assert_eq!(bus.written, [(0x100, (1..=20).collect())]);
    assert_eq!(writes.answer(), Some((0, OKAY)));
    writes.answered();
    bus.written.clear();
    writes.accept(address(0, 0x203, 1)).unwrap();
    write(&mut writes, &mut bus, &[(0xd8, false), (0x01, true)]).unwrap();
    assert_eq!(bus.written, [(0x203, vec![4, 5]), (0x206, vec![7, 8, 9])]);
}

#[test]
fn faults_and_broken_bursts() {
    let (mut writes, mut bus) = (Writes::new(8), Bus::default());
    writes.accept(address(7, LIMIT, 1)).unwrap();
    write(&mut writes, &mut bus, &[(0xff, false), (0xff, true)]).unwrap();
    assert_eq!(writes.answer(), Some((7, SLVERR)));
    writes.answered();
    // The fault is not remembered.
    writes.accept(address(7, 0, 0)).unwrap();
    write(&mut writes, &mut bus, &[(0xff, true)]).unwrap();
    assert_eq!(writes.answer(), Some((7, OKAY)));
    writes.answered();
    writes.accept(address(7, 0, 1)).unwrap();
    assert!(write(&mut writes, &mut bus, &[(0xff, true)]).unwrap_err().contains("wlast"));
    let mut writes = Writes::new(8);
    writes.accept(address(7, 4, 0)).unwrap();
    assert!(write(&mut writes, &mut bus, &[(0xff, true)]).unwrap_err().contains("below"));
}
