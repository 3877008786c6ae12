// SPDX-License-Identifier: Apache-2.0
//! Reset and register access of the RV32 core. The only unsafe code of the firmware is in this file; everything that
//! decides something is in `toe-fw`, which is tested on the host.

#![cfg_attr(target_os = "none", no_std)]
#![cfg_attr(target_os = "none", no_main)]

#[cfg(target_os = "none")]
mod target {
    use core::arch::global_asm;
    use core::panic::PanicInfo;
    use toe_abi::mcu;
    use toe_fw::{Firmware, Hw};

    const XBUF: usize = 0x8000_0000;
    const REGS: usize = 0x9000_0000;

    // Stack, data and bss, then the program. Traps have nowhere to go but the end: the heartbeat stops, the host sees it.
    global_asm!(
        ".section .text.start",
        ".global _start",
        "_start:",
        "  la sp, _stack_top",
        "  la t0, _start_trap",
        "  csrw mtvec, t0",
        "  la t0, _data_load",
        "  la t1, _data",
        "  la t2, _edata",
        "1: bgeu t1, t2, 2f",
        "  lw t3, 0(t0)",
        "  sw t3, 0(t1)",
        "  addi t0, t0, 4",
        "  addi t1, t1, 4",
        "  j 1b",
        "2: la t1, _bss",
        "  la t2, _ebss",
        "3: bgeu t1, t2, 4f",
        "  sw zero, 0(t1)",
        "  addi t1, t1, 4",
        "  j 3b",
        "4: call toe_main",
        ".align 4",
        "_start_trap:",
        "  j _start_trap",
    );

    /// The peripherals of the real engine.
    struct Engine;

    impl Hw for Engine {
        fn read(&mut self, offset: u32) -> u32 {
            // SAFETY: the offset is cut to a word of the peripheral page, and reading one has no
            // effect on memory that Rust knows of.
            unsafe { ((REGS + (offset as usize & 0xffc)) as *const u32).read_volatile() }
        }

        fn write(&mut self, offset: u32, value: u32) {
            // SAFETY: as for `read`; DMA that a write starts touches the exchange buffer only, which is accessed by volatile
            // operations alone.
            unsafe { ((REGS + (offset as usize & 0xffc)) as *mut u32).write_volatile(value) }
        }

        fn xbuf_read(&mut self, word: usize) -> u32 {
            let word = word % toe_fw::XBUF_WORDS;
            // SAFETY: the index is inside the exchange buffer, which is no Rust object.
            unsafe { ((XBUF + 4 * word) as *const u32).read_volatile() }
        }

        fn xbuf_write(&mut self, word: usize, value: u32) {
            let word = word % toe_fw::XBUF_WORDS;
            // SAFETY: as for `xbuf_read`.
            unsafe { ((XBUF + 4 * word) as *mut u32).write_volatile(value) }
        }
    }

    #[unsafe(no_mangle)]
    extern "C" fn toe_main() -> ! {
        let mut firmware = Firmware::boot(Engine);
        loop {
            firmware.turn();
        }
    }

    #[panic_handler]
    fn panic(_: &PanicInfo<'_>) -> ! {
        Engine.write(mcu::SYS_FW_STATE.offset(), toe_fw::STATE_STOPPED);
        loop {
            core::hint::spin_loop();
        }
    }
}

#[cfg(not(target_os = "none"))]
fn main() {
    eprintln!("toe-fw runs on the engine's RV32 core: build it with `make firmware`");
}
