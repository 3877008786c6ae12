// SPDX-License-Identifier: Apache-2.0
//! Clients that do not speak the protocol.

use crate::sim::Sim;
use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::time::Duration;
use toe_device_cli::transfer;

fn message(command: u16, size: u32, body: &[u8]) -> Vec<u8> {
    let mut bytes = vec![1, 0];
    bytes.extend(command.to_le_bytes());
    bytes.extend(size.to_le_bytes());
    bytes.extend([0; 8]);
    bytes.extend(body);
    bytes
}

#[test]
fn nonsense_ends_a_connection_and_nothing_else() {
    let mut sim = Sim::start("model", 20_000, &[]);
    let words = |w: &[u32]| w.iter().flat_map(|v| v.to_le_bytes()).collect::<Vec<u8>>();
    let garbage = [
        vec![0xff; 4096],
        message(1, 0, &[0; 64]),
        message(1, 24, &[0, 0, 1, 0, b'{', b'{', b'{', b'{']),
        message(999, 16, &[]),
        // Reads and writes outside of every region, and of one that is not there.
        message(9, 32, &words(&[0, 0, 7, u32::MAX])),
        message(9, 32, &words(&[u32::MAX, u32::MAX, 0, 16])),
        message(9, 32, &words(&[0, 0, 3, 4])),
        message(10, 36, &words(&[0xffff_fffc, 0, 2, 4, 1])),
        // A map that wraps, without a file; an unmap of everything.
        message(2, 48, &words(&[32, 3, 0, 0, u32::MAX, u32::MAX, 4096, 0])),
        message(3, 40, &words(&[24, 0, 0, 0, u32::MAX, u32::MAX])),
        // Interrupts beyond the last vector, with all actions.
        message(8, 36, &words(&[20, 0x24, 2, u32::MAX, u32::MAX])),
        message(8, 36, &words(&[20, 0x21, 2, 5, u32::MAX])),
        message(8, 36, &words(&[20, 0x09, 2, 0, u32::MAX])),
        message(8, 36, &words(&[20, 0x3f, 2, 0, 1])),
        message(8, 36, &words(&[20, 0x24, 77, 0, 1])),
    ];
    for bytes in garbage {
        let mut stream = UnixStream::connect(sim.socket()).unwrap();
        stream.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
        // It may hang up before it has read everything.
        let _ = stream.write_all(&bytes);
        let _ = stream.read(&mut [0; 256]);
    }
    assert!(sim.is_running());
    let done = transfer(&sim.args(20_000)).unwrap();
    assert!(done.sessions.iter().all(|s| s.error.is_none()), "{:?}", done.sessions);
}
