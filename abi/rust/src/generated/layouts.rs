// SPDX-License-Identifier: Apache-2.0
// Generated from abi/layouts.rdl by abi/exporter (`make gen`). Do not edit.
//! Structures in host memory.

use crate::enums::*;
use crate::support::*;

/// NIC transmit descriptor, 64 bytes, host to engine.
///
/// The 64 bytes as they lie in memory: any bit pattern, reserved bits included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct TxDescRaw(pub [u32; 16]);

impl TxDescRaw {
    /// Words of the structure.
    pub const WORDS: usize = 16;
    /// Bytes of the structure.
    pub const BYTES: usize = 64;
    /// All bits zero.
    pub const ZERO: Self = Self([0; 16]);
    /// Every field, in the order of its place.
    pub const FIELDS: [Field; 15] = [
        tx_desc::ADDR,
        tx_desc::LEN,
        tx_desc::L4_CSUM,
        tx_desc::IP_CSUM,
        tx_desc::TSO,
        tx_desc::VLAN_INSERT,
        tx_desc::LOOP,
        tx_desc::IPV6,
        tx_desc::UDP,
        tx_desc::REPORT,
        tx_desc::HDR_LEN,
        tx_desc::L3_OFF,
        tx_desc::L4_OFF,
        tx_desc::MSS,
        tx_desc::VLAN_TCI,
    ];

    /// The structure in these bytes.
    pub const fn from_le_bytes(bytes: &[u8; 64]) -> Self {
        let mut words = [0; 16];
        let mut i = 0;
        while i < 16 {
            words[i] = u32::from_le_bytes([
                bytes[4 * i],
                bytes[4 * i + 1],
                bytes[4 * i + 2],
                bytes[4 * i + 3],
            ]);
            i += 1;
        }
        Self(words)
    }

    /// The bytes as they lie in memory.
    pub const fn to_le_bytes(&self) -> [u8; 64] {
        let mut bytes = [0; 64];
        let mut i = 0;
        while i < 16 {
            let word = self.0[i].to_le_bytes();
            bytes[4 * i] = word[0];
            bytes[4 * i + 1] = word[1];
            bytes[4 * i + 2] = word[2];
            bytes[4 * i + 3] = word[3];
            i += 1;
        }
        bytes
    }

    /// Every field as its plain value; fails on the first enumeration without a meaning.
    pub fn unpack(&self) -> Result<TxDesc, Invalid> {
        Ok(TxDesc {
            addr: self.addr(),
            len: self.len(),
            l4_csum: self.l4_csum(),
            ip_csum: self.ip_csum(),
            tso: self.tso(),
            vlan_insert: self.vlan_insert(),
            loop_: self.loop_(),
            ipv6: self.ipv6(),
            udp: self.udp(),
            report: self.report(),
            hdr_len: self.hdr_len(),
            l3_off: self.l3_off(),
            l4_off: self.l4_off(),
            mss: self.mss(),
            vlan_tci: self.vlan_tci(),
        })
    }

    /// `addr`.
    pub const fn addr(&self) -> u64 {
        get(&self.0, 0, 64)
    }
    /// Sets `addr`.
    pub const fn set_addr(&mut self, value: u64) {
        put(&mut self.0, 0, 64, value);
    }
    /// With `addr` set.
    #[must_use]
    pub const fn with_addr(mut self, value: u64) -> Self {
        self.set_addr(value);
        self
    }

    /// Frame bytes in memory, headers included; at most 65,535 + hdr_len with TSO, else the MTU + 18.
    pub const fn len(&self) -> u32 {
        low32(get(&self.0, 64, 20))
    }
    /// Sets `len`. Bits above the field are dropped.
    pub const fn set_len(&mut self, value: u32) {
        put(&mut self.0, 64, 20, value as u64);
    }
    /// With `len` set.
    #[must_use]
    pub const fn with_len(mut self, value: u32) -> Self {
        self.set_len(value);
        self
    }

    /// Insert the TCP or UDP checksum.
    pub const fn l4_csum(&self) -> bool {
        get(&self.0, 96, 1) != 0
    }
    /// Sets `l4_csum`.
    pub const fn set_l4_csum(&mut self, value: bool) {
        put(&mut self.0, 96, 1, value as u64);
    }
    /// With `l4_csum` set.
    #[must_use]
    pub const fn with_l4_csum(mut self, value: bool) -> Self {
        self.set_l4_csum(value);
        self
    }

    /// Insert the IPv4 header checksum.
    pub const fn ip_csum(&self) -> bool {
        get(&self.0, 97, 1) != 0
    }
    /// Sets `ip_csum`.
    pub const fn set_ip_csum(&mut self, value: bool) {
        put(&mut self.0, 97, 1, value as u64);
    }
    /// With `ip_csum` set.
    #[must_use]
    pub const fn with_ip_csum(mut self, value: bool) -> Self {
        self.set_ip_csum(value);
        self
    }

    /// Cut into segments of mss payload bytes.
    pub const fn tso(&self) -> bool {
        get(&self.0, 98, 1) != 0
    }
    /// Sets `tso`.
    pub const fn set_tso(&mut self, value: bool) {
        put(&mut self.0, 98, 1, value as u64);
    }
    /// With `tso` set.
    #[must_use]
    pub const fn with_tso(mut self, value: bool) -> Self {
        self.set_tso(value);
        self
    }

    /// Insert an 802.1Q tag.
    pub const fn vlan_insert(&self) -> bool {
        get(&self.0, 99, 1) != 0
    }
    /// Sets `vlan_insert`.
    pub const fn set_vlan_insert(&mut self, value: bool) {
        put(&mut self.0, 99, 1, value as u64);
    }
    /// With `vlan_insert` set.
    #[must_use]
    pub const fn with_vlan_insert(mut self, value: bool) -> Self {
        self.set_vlan_insert(value);
        self
    }

    /// Feed to the engine's own receive path instead of the wire.
    pub const fn loop_(&self) -> bool {
        get(&self.0, 100, 1) != 0
    }
    /// Sets `loop`.
    pub const fn set_loop(&mut self, value: bool) {
        put(&mut self.0, 100, 1, value as u64);
    }
    /// With `loop` set.
    #[must_use]
    pub const fn with_loop(mut self, value: bool) -> Self {
        self.set_loop(value);
        self
    }

    /// The network header is IPv6, else IPv4.
    pub const fn ipv6(&self) -> bool {
        get(&self.0, 101, 1) != 0
    }
    /// Sets `ipv6`.
    pub const fn set_ipv6(&mut self, value: bool) {
        put(&mut self.0, 101, 1, value as u64);
    }
    /// With `ipv6` set.
    #[must_use]
    pub const fn with_ipv6(mut self, value: bool) -> Self {
        self.set_ipv6(value);
        self
    }

    /// The transport is UDP, else TCP.
    pub const fn udp(&self) -> bool {
        get(&self.0, 102, 1) != 0
    }
    /// Sets `udp`.
    pub const fn set_udp(&mut self, value: bool) {
        put(&mut self.0, 102, 1, value as u64);
    }
    /// With `udp` set.
    #[must_use]
    pub const fn with_udp(mut self, value: bool) -> Self {
        self.set_udp(value);
        self
    }

    /// Report the queue's head in an event once this descriptor is done.
    pub const fn report(&self) -> bool {
        get(&self.0, 103, 1) != 0
    }
    /// Sets `report`.
    pub const fn set_report(&mut self, value: bool) {
        put(&mut self.0, 103, 1, value as u64);
    }
    /// With `report` set.
    #[must_use]
    pub const fn with_report(mut self, value: bool) -> Self {
        self.set_report(value);
        self
    }

    /// Bytes of all headers (or of the part kept as header), 14 to 128.
    pub const fn hdr_len(&self) -> u8 {
        low8(get(&self.0, 128, 8))
    }
    /// Sets `hdr_len`.
    pub const fn set_hdr_len(&mut self, value: u8) {
        put(&mut self.0, 128, 8, value as u64);
    }
    /// With `hdr_len` set.
    #[must_use]
    pub const fn with_hdr_len(mut self, value: u8) -> Self {
        self.set_hdr_len(value);
        self
    }

    /// Offset of the network header.
    pub const fn l3_off(&self) -> u8 {
        low8(get(&self.0, 136, 8))
    }
    /// Sets `l3_off`.
    pub const fn set_l3_off(&mut self, value: u8) {
        put(&mut self.0, 136, 8, value as u64);
    }
    /// With `l3_off` set.
    #[must_use]
    pub const fn with_l3_off(mut self, value: u8) -> Self {
        self.set_l3_off(value);
        self
    }

    /// Offset of the transport header.
    pub const fn l4_off(&self) -> u8 {
        low8(get(&self.0, 144, 8))
    }
    /// Sets `l4_off`.
    pub const fn set_l4_off(&mut self, value: u8) {
        put(&mut self.0, 144, 8, value as u64);
    }
    /// With `l4_off` set.
    #[must_use]
    pub const fn with_l4_off(mut self, value: u8) -> Self {
        self.set_l4_off(value);
        self
    }

    /// `mss`.
    pub const fn mss(&self) -> u16 {
        low16(get(&self.0, 160, 16))
    }
    /// Sets `mss`.
    pub const fn set_mss(&mut self, value: u16) {
        put(&mut self.0, 160, 16, value as u64);
    }
    /// With `mss` set.
    #[must_use]
    pub const fn with_mss(mut self, value: u16) -> Self {
        self.set_mss(value);
        self
    }

    /// `vlan_tci`.
    pub const fn vlan_tci(&self) -> u16 {
        low16(get(&self.0, 176, 16))
    }
    /// Sets `vlan_tci`.
    pub const fn set_vlan_tci(&mut self, value: u16) {
        put(&mut self.0, 176, 16, value as u64);
    }
    /// With `vlan_tci` set.
    #[must_use]
    pub const fn with_vlan_tci(mut self, value: u16) -> Self {
        self.set_vlan_tci(value);
        self
    }
}

impl Default for TxDescRaw {
    fn default() -> Self {
        Self::ZERO
    }
}

/// NIC transmit descriptor, 64 bytes, host to engine.
///
/// Every field as a plain value; [`TxDescRaw`] is how it lies in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TxDesc {
    /// `addr`.
    pub addr: u64,
    /// Frame bytes in memory, headers included; at most 65,535 + hdr_len with TSO, else the MTU + 18 (20 bits).
    pub len: u32,
    /// Insert the TCP or UDP checksum.
    pub l4_csum: bool,
    /// Insert the IPv4 header checksum.
    pub ip_csum: bool,
    /// Cut into segments of mss payload bytes.
    pub tso: bool,
    /// Insert an 802.1Q tag.
    pub vlan_insert: bool,
    /// Feed to the engine's own receive path instead of the wire.
    pub loop_: bool,
    /// The network header is IPv6, else IPv4.
    pub ipv6: bool,
    /// The transport is UDP, else TCP.
    pub udp: bool,
    /// Report the queue's head in an event once this descriptor is done.
    pub report: bool,
    /// Bytes of all headers (or of the part kept as header), 14 to 128.
    pub hdr_len: u8,
    /// Offset of the network header.
    pub l3_off: u8,
    /// Offset of the transport header.
    pub l4_off: u8,
    /// `mss`.
    pub mss: u16,
    /// `vlan_tci`.
    pub vlan_tci: u16,
}

impl TxDesc {
    /// As it lies in memory, reserved bits zero. Bits above a field's width are dropped:
    /// values that may not fit go through [`Self::checked_pack`].
    pub const fn pack(&self) -> TxDescRaw {
        let TxDesc {
            addr,
            len,
            l4_csum,
            ip_csum,
            tso,
            vlan_insert,
            loop_,
            ipv6,
            udp,
            report,
            hdr_len,
            l3_off,
            l4_off,
            mss,
            vlan_tci,
        } = *self;
        let mut words = [0; 16];
        put(&mut words, 0, 64, addr);
        put(&mut words, 64, 20, len as u64);
        put(&mut words, 96, 1, l4_csum as u64);
        put(&mut words, 97, 1, ip_csum as u64);
        put(&mut words, 98, 1, tso as u64);
        put(&mut words, 99, 1, vlan_insert as u64);
        put(&mut words, 100, 1, loop_ as u64);
        put(&mut words, 101, 1, ipv6 as u64);
        put(&mut words, 102, 1, udp as u64);
        put(&mut words, 103, 1, report as u64);
        put(&mut words, 128, 8, hdr_len as u64);
        put(&mut words, 136, 8, l3_off as u64);
        put(&mut words, 144, 8, l4_off as u64);
        put(&mut words, 160, 16, mss as u64);
        put(&mut words, 176, 16, vlan_tci as u64);
        TxDescRaw(words)
    }

    /// As [`Self::pack`], but fails on the first value that does not fit its field.
    pub const fn checked_pack(&self) -> Result<TxDescRaw, OutOfRange> {
        if self.len as u64 > 0xfffff {
            return Err(OutOfRange { field: "len", value: self.len as u64, width: 20 });
        }
        Ok(self.pack())
    }

    /// Calls `see` with name, element and value of every field: for dumps and comparisons.
    pub fn visit(&self, see: &mut dyn FnMut(&'static str, u32, u64)) {
        see("addr", 0, self.addr);
        see("len", 0, u64::from(self.len));
        see("l4_csum", 0, u64::from(self.l4_csum));
        see("ip_csum", 0, u64::from(self.ip_csum));
        see("tso", 0, u64::from(self.tso));
        see("vlan_insert", 0, u64::from(self.vlan_insert));
        see("loop", 0, u64::from(self.loop_));
        see("ipv6", 0, u64::from(self.ipv6));
        see("udp", 0, u64::from(self.udp));
        see("report", 0, u64::from(self.report));
        see("hdr_len", 0, u64::from(self.hdr_len));
        see("l3_off", 0, u64::from(self.l3_off));
        see("l4_off", 0, u64::from(self.l4_off));
        see("mss", 0, u64::from(self.mss));
        see("vlan_tci", 0, u64::from(self.vlan_tci));
    }
}

impl From<TxDesc> for TxDescRaw {
    fn from(plain: TxDesc) -> Self {
        plain.pack()
    }
}

impl TryFrom<TxDescRaw> for TxDesc {
    type Error = Invalid;
    fn try_from(raw: TxDescRaw) -> Result<Self, Invalid> {
        raw.unpack()
    }
}

impl Default for TxDesc {
    /// All zero; an enumeration without zero has its lowest value.
    fn default() -> Self {
        Self {
            addr: 0,
            len: 0,
            l4_csum: false,
            ip_csum: false,
            tso: false,
            vlan_insert: false,
            loop_: false,
            ipv6: false,
            udp: false,
            report: false,
            hdr_len: 0,
            l3_off: 0,
            l4_off: 0,
            mss: 0,
            vlan_tci: 0,
        }
    }
}

const _: () = assert!(size_of::<TxDescRaw>() == 64);

/// Where the fields of [`TxDescRaw`] lie.
pub mod tx_desc {
    use crate::support::Field;
    /// `addr`.
    pub const ADDR: Field = Field { name: "addr", lsb: 0, width: 64, count: 1, stride: 0 };
    /// Frame bytes in memory, headers included; at most 65,535 + hdr_len with TSO, else the MTU + 18.
    pub const LEN: Field = Field { name: "len", lsb: 64, width: 20, count: 1, stride: 0 };
    /// Insert the TCP or UDP checksum.
    pub const L4_CSUM: Field = Field { name: "l4_csum", lsb: 96, width: 1, count: 1, stride: 0 };
    /// Insert the IPv4 header checksum.
    pub const IP_CSUM: Field = Field { name: "ip_csum", lsb: 97, width: 1, count: 1, stride: 0 };
    /// Cut into segments of mss payload bytes.
    pub const TSO: Field = Field { name: "tso", lsb: 98, width: 1, count: 1, stride: 0 };
    /// Insert an 802.1Q tag.
    pub const VLAN_INSERT: Field =
        Field { name: "vlan_insert", lsb: 99, width: 1, count: 1, stride: 0 };
    /// Feed to the engine's own receive path instead of the wire.
    pub const LOOP: Field = Field { name: "loop", lsb: 100, width: 1, count: 1, stride: 0 };
    /// The network header is IPv6, else IPv4.
    pub const IPV6: Field = Field { name: "ipv6", lsb: 101, width: 1, count: 1, stride: 0 };
    /// The transport is UDP, else TCP.
    pub const UDP: Field = Field { name: "udp", lsb: 102, width: 1, count: 1, stride: 0 };
    /// Report the queue's head in an event once this descriptor is done.
    pub const REPORT: Field = Field { name: "report", lsb: 103, width: 1, count: 1, stride: 0 };
    /// Bytes of all headers (or of the part kept as header), 14 to 128.
    pub const HDR_LEN: Field = Field { name: "hdr_len", lsb: 128, width: 8, count: 1, stride: 0 };
    /// Offset of the network header.
    pub const L3_OFF: Field = Field { name: "l3_off", lsb: 136, width: 8, count: 1, stride: 0 };
    /// Offset of the transport header.
    pub const L4_OFF: Field = Field { name: "l4_off", lsb: 144, width: 8, count: 1, stride: 0 };
    /// `mss`.
    pub const MSS: Field = Field { name: "mss", lsb: 160, width: 16, count: 1, stride: 0 };
    /// `vlan_tci`.
    pub const VLAN_TCI: Field =
        Field { name: "vlan_tci", lsb: 176, width: 16, count: 1, stride: 0 };
}

/// Bump, 16 bytes, host to engine: how far the application moved. Cumulative.
///
/// The 16 bytes as they lie in memory: any bit pattern, reserved bits included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct BumpRaw(pub [u32; 4]);

impl BumpRaw {
    /// Words of the structure.
    pub const WORDS: usize = 4;
    /// Bytes of the structure.
    pub const BYTES: usize = 16;
    /// All bits zero.
    pub const ZERO: Self = Self([0; 4]);
    /// Every field, in the order of its place.
    pub const FIELDS: [Field; 10] = [
        bump::HANDLE,
        bump::SND_END,
        bump::RCV_READ,
        bump::SND_VALID,
        bump::RCV_VALID,
        bump::FIN,
        bump::RST,
        bump::KICK,
        bump::ORPHAN,
        bump::REPORT,
    ];

    /// The structure in these bytes.
    pub const fn from_le_bytes(bytes: &[u8; 16]) -> Self {
        let mut words = [0; 4];
        let mut i = 0;
        while i < 4 {
            words[i] = u32::from_le_bytes([
                bytes[4 * i],
                bytes[4 * i + 1],
                bytes[4 * i + 2],
                bytes[4 * i + 3],
            ]);
            i += 1;
        }
        Self(words)
    }

    /// The bytes as they lie in memory.
    pub const fn to_le_bytes(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        let mut i = 0;
        while i < 4 {
            let word = self.0[i].to_le_bytes();
            bytes[4 * i] = word[0];
            bytes[4 * i + 1] = word[1];
            bytes[4 * i + 2] = word[2];
            bytes[4 * i + 3] = word[3];
            i += 1;
        }
        bytes
    }

    /// Every field as its plain value; fails on the first enumeration without a meaning.
    pub fn unpack(&self) -> Result<Bump, Invalid> {
        Ok(Bump {
            handle: self.handle(),
            snd_end: self.snd_end(),
            rcv_read: self.rcv_read(),
            snd_valid: self.snd_valid(),
            rcv_valid: self.rcv_valid(),
            fin: self.fin(),
            rst: self.rst(),
            kick: self.kick(),
            orphan: self.orphan(),
            report: self.report(),
        })
    }

    /// `handle`.
    pub const fn handle(&self) -> u32 {
        low32(get(&self.0, 0, 32))
    }
    /// Sets `handle`.
    pub const fn set_handle(&mut self, value: u32) {
        put(&mut self.0, 0, 32, value as u64);
    }
    /// With `handle` set.
    #[must_use]
    pub const fn with_handle(mut self, value: u32) -> Self {
        self.set_handle(value);
        self
    }

    /// Sequence number after the last byte in the send ring.
    pub const fn snd_end(&self) -> u32 {
        low32(get(&self.0, 32, 32))
    }
    /// Sets `snd_end`.
    pub const fn set_snd_end(&mut self, value: u32) {
        put(&mut self.0, 32, 32, value as u64);
    }
    /// With `snd_end` set.
    #[must_use]
    pub const fn with_snd_end(mut self, value: u32) -> Self {
        self.set_snd_end(value);
        self
    }

    /// Sequence number up to which the application has consumed.
    pub const fn rcv_read(&self) -> u32 {
        low32(get(&self.0, 64, 32))
    }
    /// Sets `rcv_read`.
    pub const fn set_rcv_read(&mut self, value: u32) {
        put(&mut self.0, 64, 32, value as u64);
    }
    /// With `rcv_read` set.
    #[must_use]
    pub const fn with_rcv_read(mut self, value: u32) -> Self {
        self.set_rcv_read(value);
        self
    }

    /// Snd_end is valid.
    pub const fn snd_valid(&self) -> bool {
        get(&self.0, 96, 1) != 0
    }
    /// Sets `snd_valid`.
    pub const fn set_snd_valid(&mut self, value: bool) {
        put(&mut self.0, 96, 1, value as u64);
    }
    /// With `snd_valid` set.
    #[must_use]
    pub const fn with_snd_valid(mut self, value: bool) -> Self {
        self.set_snd_valid(value);
        self
    }

    /// Rcv_read is valid.
    pub const fn rcv_valid(&self) -> bool {
        get(&self.0, 97, 1) != 0
    }
    /// Sets `rcv_valid`.
    pub const fn set_rcv_valid(&mut self, value: bool) {
        put(&mut self.0, 97, 1, value as u64);
    }
    /// With `rcv_valid` set.
    #[must_use]
    pub const fn with_rcv_valid(mut self, value: bool) -> Self {
        self.set_rcv_valid(value);
        self
    }

    /// Send FIN after snd_end.
    pub const fn fin(&self) -> bool {
        get(&self.0, 98, 1) != 0
    }
    /// Sets `fin`.
    pub const fn set_fin(&mut self, value: bool) {
        put(&mut self.0, 98, 1, value as u64);
    }
    /// With `fin` set.
    #[must_use]
    pub const fn with_fin(mut self, value: bool) -> Self {
        self.set_fin(value);
        self
    }

    /// Abort: send RST and free.
    pub const fn rst(&self) -> bool {
        get(&self.0, 99, 1) != 0
    }
    /// Sets `rst`.
    pub const fn set_rst(&mut self, value: bool) {
        put(&mut self.0, 99, 1, value as u64);
    }
    /// With `rst` set.
    #[must_use]
    pub const fn with_rst(mut self, value: bool) -> Self {
        self.set_rst(value);
        self
    }

    /// Try to send again (next hop or memory repaired).
    pub const fn kick(&self) -> bool {
        get(&self.0, 100, 1) != 0
    }
    /// Sets `kick`.
    pub const fn set_kick(&mut self, value: bool) {
        put(&mut self.0, 100, 1, value as u64);
    }
    /// With `kick` set.
    #[must_use]
    pub const fn with_kick(mut self, value: bool) -> Self {
        self.set_kick(value);
        self
    }

    /// The application reads no more: data beyond rcv_read, there or to come, ends the session with RST; FIN_WAIT_2 is limited from now on.
    pub const fn orphan(&self) -> bool {
        get(&self.0, 101, 1) != 0
    }
    /// Sets `orphan`.
    pub const fn set_orphan(&mut self, value: bool) {
        put(&mut self.0, 101, 1, value as u64);
    }
    /// With `orphan` set.
    #[must_use]
    pub const fn with_orphan(mut self, value: bool) -> Self {
        self.set_orphan(value);
        self
    }

    /// Report the queues' heads in an event once this record is taken.
    pub const fn report(&self) -> bool {
        get(&self.0, 102, 1) != 0
    }
    /// Sets `report`.
    pub const fn set_report(&mut self, value: bool) {
        put(&mut self.0, 102, 1, value as u64);
    }
    /// With `report` set.
    #[must_use]
    pub const fn with_report(mut self, value: bool) -> Self {
        self.set_report(value);
        self
    }
}

impl Default for BumpRaw {
    fn default() -> Self {
        Self::ZERO
    }
}

/// Bump, 16 bytes, host to engine: how far the application moved. Cumulative.
///
/// Every field as a plain value; [`BumpRaw`] is how it lies in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bump {
    /// `handle`.
    pub handle: u32,
    /// Sequence number after the last byte in the send ring.
    pub snd_end: u32,
    /// Sequence number up to which the application has consumed.
    pub rcv_read: u32,
    /// Snd_end is valid.
    pub snd_valid: bool,
    /// Rcv_read is valid.
    pub rcv_valid: bool,
    /// Send FIN after snd_end.
    pub fin: bool,
    /// Abort: send RST and free.
    pub rst: bool,
    /// Try to send again (next hop or memory repaired).
    pub kick: bool,
    /// The application reads no more: data beyond rcv_read, there or to come, ends the session with RST; FIN_WAIT_2 is limited from now on.
    pub orphan: bool,
    /// Report the queues' heads in an event once this record is taken.
    pub report: bool,
}

impl Bump {
    /// As it lies in memory, reserved bits zero. Bits above a field's width are dropped:
    /// values that may not fit go through [`Self::checked_pack`].
    pub const fn pack(&self) -> BumpRaw {
        let Bump {
            handle,
            snd_end,
            rcv_read,
            snd_valid,
            rcv_valid,
            fin,
            rst,
            kick,
            orphan,
            report,
        } = *self;
        let mut words = [0; 4];
        put(&mut words, 0, 32, handle as u64);
        put(&mut words, 32, 32, snd_end as u64);
        put(&mut words, 64, 32, rcv_read as u64);
        put(&mut words, 96, 1, snd_valid as u64);
        put(&mut words, 97, 1, rcv_valid as u64);
        put(&mut words, 98, 1, fin as u64);
        put(&mut words, 99, 1, rst as u64);
        put(&mut words, 100, 1, kick as u64);
        put(&mut words, 101, 1, orphan as u64);
        put(&mut words, 102, 1, report as u64);
        BumpRaw(words)
    }

    /// As [`Self::pack`], but fails on the first value that does not fit its field.
    pub const fn checked_pack(&self) -> Result<BumpRaw, OutOfRange> {
        Ok(self.pack())
    }

    /// Calls `see` with name, element and value of every field: for dumps and comparisons.
    pub fn visit(&self, see: &mut dyn FnMut(&'static str, u32, u64)) {
        see("handle", 0, u64::from(self.handle));
        see("snd_end", 0, u64::from(self.snd_end));
        see("rcv_read", 0, u64::from(self.rcv_read));
        see("snd_valid", 0, u64::from(self.snd_valid));
        see("rcv_valid", 0, u64::from(self.rcv_valid));
        see("fin", 0, u64::from(self.fin));
        see("rst", 0, u64::from(self.rst));
        see("kick", 0, u64::from(self.kick));
        see("orphan", 0, u64::from(self.orphan));
        see("report", 0, u64::from(self.report));
    }
}

impl From<Bump> for BumpRaw {
    fn from(plain: Bump) -> Self {
        plain.pack()
    }
}

impl TryFrom<BumpRaw> for Bump {
    type Error = Invalid;
    fn try_from(raw: BumpRaw) -> Result<Self, Invalid> {
        raw.unpack()
    }
}

impl Default for Bump {
    /// All zero; an enumeration without zero has its lowest value.
    fn default() -> Self {
        Self {
            handle: 0,
            snd_end: 0,
            rcv_read: 0,
            snd_valid: false,
            rcv_valid: false,
            fin: false,
            rst: false,
            kick: false,
            orphan: false,
            report: false,
        }
    }
}

const _: () = assert!(size_of::<BumpRaw>() == 16);

/// Where the fields of [`BumpRaw`] lie.
pub mod bump {
    use crate::support::Field;
    /// `handle`.
    pub const HANDLE: Field = Field { name: "handle", lsb: 0, width: 32, count: 1, stride: 0 };
    /// Sequence number after the last byte in the send ring.
    pub const SND_END: Field = Field { name: "snd_end", lsb: 32, width: 32, count: 1, stride: 0 };
    /// Sequence number up to which the application has consumed.
    pub const RCV_READ: Field = Field { name: "rcv_read", lsb: 64, width: 32, count: 1, stride: 0 };
    /// Snd_end is valid.
    pub const SND_VALID: Field =
        Field { name: "snd_valid", lsb: 96, width: 1, count: 1, stride: 0 };
    /// Rcv_read is valid.
    pub const RCV_VALID: Field =
        Field { name: "rcv_valid", lsb: 97, width: 1, count: 1, stride: 0 };
    /// Send FIN after snd_end.
    pub const FIN: Field = Field { name: "fin", lsb: 98, width: 1, count: 1, stride: 0 };
    /// Abort: send RST and free.
    pub const RST: Field = Field { name: "rst", lsb: 99, width: 1, count: 1, stride: 0 };
    /// Try to send again (next hop or memory repaired).
    pub const KICK: Field = Field { name: "kick", lsb: 100, width: 1, count: 1, stride: 0 };
    /// The application reads no more: data beyond rcv_read, there or to come, ends the session with RST; FIN_WAIT_2 is limited from now on.
    pub const ORPHAN: Field = Field { name: "orphan", lsb: 101, width: 1, count: 1, stride: 0 };
    /// Report the queues' heads in an event once this record is taken.
    pub const REPORT: Field = Field { name: "report", lsb: 102, width: 1, count: 1, stride: 0 };
}

/// Event, 32 bytes, engine to host; the phase bit flips each time the ring wraps, first pass 1.
///
/// The 32 bytes as they lie in memory: any bit pattern, reserved bits included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct EventNicRxRaw(pub [u32; 8]);

impl EventNicRxRaw {
    /// Words of the structure.
    pub const WORDS: usize = 8;
    /// Bytes of the structure.
    pub const BYTES: usize = 32;
    /// All bits zero.
    pub const ZERO: Self = Self([0; 8]);
    /// Every field, in the order of its place.
    pub const FIELDS: [Field; 16] = [
        event_nic_rx::KIND,
        event_nic_rx::REASON,
        event_nic_rx::IP_CSUM,
        event_nic_rx::L4_CSUM,
        event_nic_rx::VLAN_PRESENT,
        event_nic_rx::TRUNCATED,
        event_nic_rx::INJECTED,
        event_nic_rx::SLOT,
        event_nic_rx::LEN,
        event_nic_rx::VLAN_TCI,
        event_nic_rx::RSS_HASH,
        event_nic_rx::L3_OFF,
        event_nic_rx::L4_OFF,
        event_nic_rx::TIME_US,
        event_nic_rx::HANDLE,
        event_nic_rx::PHASE,
    ];

    /// The structure in these bytes.
    pub const fn from_le_bytes(bytes: &[u8; 32]) -> Self {
        let mut words = [0; 8];
        let mut i = 0;
        while i < 8 {
            words[i] = u32::from_le_bytes([
                bytes[4 * i],
                bytes[4 * i + 1],
                bytes[4 * i + 2],
                bytes[4 * i + 3],
            ]);
            i += 1;
        }
        Self(words)
    }

    /// The bytes as they lie in memory.
    pub const fn to_le_bytes(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        let mut i = 0;
        while i < 8 {
            let word = self.0[i].to_le_bytes();
            bytes[4 * i] = word[0];
            bytes[4 * i + 1] = word[1];
            bytes[4 * i + 2] = word[2];
            bytes[4 * i + 3] = word[3];
            i += 1;
        }
        bytes
    }

    /// Every field as its plain value; fails on the first enumeration without a meaning.
    pub fn unpack(&self) -> Result<EventNicRx, Invalid> {
        Ok(EventNicRx {
            kind: self.kind()?,
            reason: self.reason()?,
            ip_csum: self.ip_csum()?,
            l4_csum: self.l4_csum()?,
            vlan_present: self.vlan_present(),
            truncated: self.truncated(),
            injected: self.injected(),
            slot: self.slot(),
            len: self.len(),
            vlan_tci: self.vlan_tci(),
            rss_hash: self.rss_hash(),
            l3_off: self.l3_off(),
            l4_off: self.l4_off(),
            time_us: self.time_us(),
            handle: self.handle(),
            phase: self.phase(),
        })
    }

    /// `kind`.
    pub const fn kind(&self) -> Result<EventType, Invalid> {
        let value = low32(get(&self.0, 0, 8));
        match EventType::from_bits(value) {
            Some(known) => Ok(known),
            None => Err(Invalid { field: "kind", offset: 0, value }),
        }
    }
    /// Sets `kind`.
    pub const fn set_kind(&mut self, value: EventType) {
        put(&mut self.0, 0, 8, value.to_bits() as u64);
    }
    /// With `kind` set.
    #[must_use]
    pub const fn with_kind(mut self, value: EventType) -> Self {
        self.set_kind(value);
        self
    }

    /// `reason`.
    pub const fn reason(&self) -> Result<RxReason, Invalid> {
        let value = low32(get(&self.0, 8, 8));
        match RxReason::from_bits(value) {
            Some(known) => Ok(known),
            None => Err(Invalid { field: "reason", offset: 1, value }),
        }
    }
    /// Sets `reason`.
    pub const fn set_reason(&mut self, value: RxReason) {
        put(&mut self.0, 8, 8, value.to_bits() as u64);
    }
    /// With `reason` set.
    #[must_use]
    pub const fn with_reason(mut self, value: RxReason) -> Self {
        self.set_reason(value);
        self
    }

    /// `ip_csum`.
    pub const fn ip_csum(&self) -> Result<CsumVerdict, Invalid> {
        let value = low32(get(&self.0, 16, 2));
        match CsumVerdict::from_bits(value) {
            Some(known) => Ok(known),
            None => Err(Invalid { field: "ip_csum", offset: 2, value }),
        }
    }
    /// Sets `ip_csum`. Bits above the field are dropped.
    pub const fn set_ip_csum(&mut self, value: CsumVerdict) {
        put(&mut self.0, 16, 2, value.to_bits() as u64);
    }
    /// With `ip_csum` set.
    #[must_use]
    pub const fn with_ip_csum(mut self, value: CsumVerdict) -> Self {
        self.set_ip_csum(value);
        self
    }

    /// `l4_csum`.
    pub const fn l4_csum(&self) -> Result<CsumVerdict, Invalid> {
        let value = low32(get(&self.0, 18, 2));
        match CsumVerdict::from_bits(value) {
            Some(known) => Ok(known),
            None => Err(Invalid { field: "l4_csum", offset: 2, value }),
        }
    }
    /// Sets `l4_csum`. Bits above the field are dropped.
    pub const fn set_l4_csum(&mut self, value: CsumVerdict) {
        put(&mut self.0, 18, 2, value.to_bits() as u64);
    }
    /// With `l4_csum` set.
    #[must_use]
    pub const fn with_l4_csum(mut self, value: CsumVerdict) -> Self {
        self.set_l4_csum(value);
        self
    }

    /// A tag was on the wire; it is removed from the frame and given in vlan_tci.
    pub const fn vlan_present(&self) -> bool {
        get(&self.0, 20, 1) != 0
    }
    /// Sets `vlan_present`.
    pub const fn set_vlan_present(&mut self, value: bool) {
        put(&mut self.0, 20, 1, value as u64);
    }
    /// With `vlan_present` set.
    #[must_use]
    pub const fn with_vlan_present(mut self, value: bool) -> Self {
        self.set_vlan_present(value);
        self
    }

    /// The frame was cut to the slot size.
    pub const fn truncated(&self) -> bool {
        get(&self.0, 21, 1) != 0
    }
    /// Sets `truncated`.
    pub const fn set_truncated(&mut self, value: bool) {
        put(&mut self.0, 21, 1, value as u64);
    }
    /// With `truncated` set.
    #[must_use]
    pub const fn with_truncated(mut self, value: bool) -> Self {
        self.set_truncated(value);
        self
    }

    /// Came through the loop (injected by the host).
    pub const fn injected(&self) -> bool {
        get(&self.0, 22, 1) != 0
    }
    /// Sets `injected`.
    pub const fn set_injected(&mut self, value: bool) {
        put(&mut self.0, 22, 1, value as u64);
    }
    /// With `injected` set.
    #[must_use]
    pub const fn with_injected(mut self, value: bool) -> Self {
        self.set_injected(value);
        self
    }

    /// Free-running count; the frame lies in slot (count mod slots).
    pub const fn slot(&self) -> u32 {
        low32(get(&self.0, 32, 32))
    }
    /// Sets `slot`.
    pub const fn set_slot(&mut self, value: u32) {
        put(&mut self.0, 32, 32, value as u64);
    }
    /// With `slot` set.
    #[must_use]
    pub const fn with_slot(mut self, value: u32) -> Self {
        self.set_slot(value);
        self
    }

    /// `len`.
    pub const fn len(&self) -> u16 {
        low16(get(&self.0, 64, 16))
    }
    /// Sets `len`.
    pub const fn set_len(&mut self, value: u16) {
        put(&mut self.0, 64, 16, value as u64);
    }
    /// With `len` set.
    #[must_use]
    pub const fn with_len(mut self, value: u16) -> Self {
        self.set_len(value);
        self
    }

    /// `vlan_tci`.
    pub const fn vlan_tci(&self) -> u16 {
        low16(get(&self.0, 80, 16))
    }
    /// Sets `vlan_tci`.
    pub const fn set_vlan_tci(&mut self, value: u16) {
        put(&mut self.0, 80, 16, value as u64);
    }
    /// With `vlan_tci` set.
    #[must_use]
    pub const fn with_vlan_tci(mut self, value: u16) -> Self {
        self.set_vlan_tci(value);
        self
    }

    /// `rss_hash`.
    pub const fn rss_hash(&self) -> u32 {
        low32(get(&self.0, 96, 32))
    }
    /// Sets `rss_hash`.
    pub const fn set_rss_hash(&mut self, value: u32) {
        put(&mut self.0, 96, 32, value as u64);
    }
    /// With `rss_hash` set.
    #[must_use]
    pub const fn with_rss_hash(mut self, value: u32) -> Self {
        self.set_rss_hash(value);
        self
    }

    /// `l3_off`.
    pub const fn l3_off(&self) -> u8 {
        low8(get(&self.0, 128, 8))
    }
    /// Sets `l3_off`.
    pub const fn set_l3_off(&mut self, value: u8) {
        put(&mut self.0, 128, 8, value as u64);
    }
    /// With `l3_off` set.
    #[must_use]
    pub const fn with_l3_off(mut self, value: u8) -> Self {
        self.set_l3_off(value);
        self
    }

    /// `l4_off`.
    pub const fn l4_off(&self) -> u8 {
        low8(get(&self.0, 136, 8))
    }
    /// Sets `l4_off`.
    pub const fn set_l4_off(&mut self, value: u8) {
        put(&mut self.0, 136, 8, value as u64);
    }
    /// With `l4_off` set.
    #[must_use]
    pub const fn with_l4_off(mut self, value: u8) -> Self {
        self.set_l4_off(value);
        self
    }

    /// `time_us`.
    pub const fn time_us(&self) -> u32 {
        low32(get(&self.0, 160, 32))
    }
    /// Sets `time_us`.
    pub const fn set_time_us(&mut self, value: u32) {
        put(&mut self.0, 160, 32, value as u64);
    }
    /// With `time_us` set.
    #[must_use]
    pub const fn with_time_us(mut self, value: u32) -> Self {
        self.set_time_us(value);
        self
    }

    /// Session of a mirrored frame.
    pub const fn handle(&self) -> u32 {
        low32(get(&self.0, 192, 32))
    }
    /// Sets `handle`.
    pub const fn set_handle(&mut self, value: u32) {
        put(&mut self.0, 192, 32, value as u64);
    }
    /// With `handle` set.
    #[must_use]
    pub const fn with_handle(mut self, value: u32) -> Self {
        self.set_handle(value);
        self
    }

    /// `phase`.
    pub const fn phase(&self) -> bool {
        get(&self.0, 255, 1) != 0
    }
    /// Sets `phase`.
    pub const fn set_phase(&mut self, value: bool) {
        put(&mut self.0, 255, 1, value as u64);
    }
    /// With `phase` set.
    #[must_use]
    pub const fn with_phase(mut self, value: bool) -> Self {
        self.set_phase(value);
        self
    }
}

impl Default for EventNicRxRaw {
    fn default() -> Self {
        Self::ZERO
    }
}

/// Event, 32 bytes, engine to host; the phase bit flips each time the ring wraps, first pass 1.
///
/// Every field as a plain value; [`EventNicRxRaw`] is how it lies in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EventNicRx {
    /// `kind`.
    pub kind: EventType,
    /// `reason`.
    pub reason: RxReason,
    /// `ip_csum`.
    pub ip_csum: CsumVerdict,
    /// `l4_csum`.
    pub l4_csum: CsumVerdict,
    /// A tag was on the wire; it is removed from the frame and given in vlan_tci.
    pub vlan_present: bool,
    /// The frame was cut to the slot size.
    pub truncated: bool,
    /// Came through the loop (injected by the host).
    pub injected: bool,
    /// Free-running count; the frame lies in slot (count mod slots).
    pub slot: u32,
    /// `len`.
    pub len: u16,
    /// `vlan_tci`.
    pub vlan_tci: u16,
    /// `rss_hash`.
    pub rss_hash: u32,
    /// `l3_off`.
    pub l3_off: u8,
    /// `l4_off`.
    pub l4_off: u8,
    /// `time_us`.
    pub time_us: u32,
    /// Session of a mirrored frame.
    pub handle: u32,
    /// `phase`.
    pub phase: bool,
}

impl EventNicRx {
    /// As it lies in memory, reserved bits zero. Bits above a field's width are dropped:
    /// values that may not fit go through [`Self::checked_pack`].
    pub const fn pack(&self) -> EventNicRxRaw {
        let EventNicRx {
            kind,
            reason,
            ip_csum,
            l4_csum,
            vlan_present,
            truncated,
            injected,
            slot,
            len,
            vlan_tci,
            rss_hash,
            l3_off,
            l4_off,
            time_us,
            handle,
            phase,
        } = *self;
        let mut words = [0; 8];
        put(&mut words, 0, 8, kind.to_bits() as u64);
        put(&mut words, 8, 8, reason.to_bits() as u64);
        put(&mut words, 16, 2, ip_csum.to_bits() as u64);
        put(&mut words, 18, 2, l4_csum.to_bits() as u64);
        put(&mut words, 20, 1, vlan_present as u64);
        put(&mut words, 21, 1, truncated as u64);
        put(&mut words, 22, 1, injected as u64);
        put(&mut words, 32, 32, slot as u64);
        put(&mut words, 64, 16, len as u64);
        put(&mut words, 80, 16, vlan_tci as u64);
        put(&mut words, 96, 32, rss_hash as u64);
        put(&mut words, 128, 8, l3_off as u64);
        put(&mut words, 136, 8, l4_off as u64);
        put(&mut words, 160, 32, time_us as u64);
        put(&mut words, 192, 32, handle as u64);
        put(&mut words, 255, 1, phase as u64);
        EventNicRxRaw(words)
    }

    /// As [`Self::pack`], but fails on the first value that does not fit its field.
    pub const fn checked_pack(&self) -> Result<EventNicRxRaw, OutOfRange> {
        Ok(self.pack())
    }

    /// Calls `see` with name, element and value of every field: for dumps and comparisons.
    pub fn visit(&self, see: &mut dyn FnMut(&'static str, u32, u64)) {
        see("kind", 0, u64::from(self.kind.to_bits()));
        see("reason", 0, u64::from(self.reason.to_bits()));
        see("ip_csum", 0, u64::from(self.ip_csum.to_bits()));
        see("l4_csum", 0, u64::from(self.l4_csum.to_bits()));
        see("vlan_present", 0, u64::from(self.vlan_present));
        see("truncated", 0, u64::from(self.truncated));
        see("injected", 0, u64::from(self.injected));
        see("slot", 0, u64::from(self.slot));
        see("len", 0, u64::from(self.len));
        see("vlan_tci", 0, u64::from(self.vlan_tci));
        see("rss_hash", 0, u64::from(self.rss_hash));
        see("l3_off", 0, u64::from(self.l3_off));
        see("l4_off", 0, u64::from(self.l4_off));
        see("time_us", 0, u64::from(self.time_us));
        see("handle", 0, u64::from(self.handle));
        see("phase", 0, u64::from(self.phase));
    }
}

impl From<EventNicRx> for EventNicRxRaw {
    fn from(plain: EventNicRx) -> Self {
        plain.pack()
    }
}

impl TryFrom<EventNicRxRaw> for EventNicRx {
    type Error = Invalid;
    fn try_from(raw: EventNicRxRaw) -> Result<Self, Invalid> {
        raw.unpack()
    }
}

impl Default for EventNicRx {
    /// All zero; an enumeration without zero has its lowest value.
    fn default() -> Self {
        Self {
            kind: EventType::Invalid,
            reason: RxReason::NoSession,
            ip_csum: CsumVerdict::NotChecked,
            l4_csum: CsumVerdict::NotChecked,
            vlan_present: false,
            truncated: false,
            injected: false,
            slot: 0,
            len: 0,
            vlan_tci: 0,
            rss_hash: 0,
            l3_off: 0,
            l4_off: 0,
            time_us: 0,
            handle: 0,
            phase: false,
        }
    }
}

const _: () = assert!(size_of::<EventNicRxRaw>() == 32);

/// Where the fields of [`EventNicRxRaw`] lie.
pub mod event_nic_rx {
    use crate::support::Field;
    /// `kind`.
    pub const KIND: Field = Field { name: "kind", lsb: 0, width: 8, count: 1, stride: 0 };
    /// `reason`.
    pub const REASON: Field = Field { name: "reason", lsb: 8, width: 8, count: 1, stride: 0 };
    /// `ip_csum`.
    pub const IP_CSUM: Field = Field { name: "ip_csum", lsb: 16, width: 2, count: 1, stride: 0 };
    /// `l4_csum`.
    pub const L4_CSUM: Field = Field { name: "l4_csum", lsb: 18, width: 2, count: 1, stride: 0 };
    /// A tag was on the wire; it is removed from the frame and given in vlan_tci.
    pub const VLAN_PRESENT: Field =
        Field { name: "vlan_present", lsb: 20, width: 1, count: 1, stride: 0 };
    /// The frame was cut to the slot size.
    pub const TRUNCATED: Field =
        Field { name: "truncated", lsb: 21, width: 1, count: 1, stride: 0 };
    /// Came through the loop (injected by the host).
    pub const INJECTED: Field = Field { name: "injected", lsb: 22, width: 1, count: 1, stride: 0 };
    /// Free-running count; the frame lies in slot (count mod slots).
    pub const SLOT: Field = Field { name: "slot", lsb: 32, width: 32, count: 1, stride: 0 };
    /// `len`.
    pub const LEN: Field = Field { name: "len", lsb: 64, width: 16, count: 1, stride: 0 };
    /// `vlan_tci`.
    pub const VLAN_TCI: Field = Field { name: "vlan_tci", lsb: 80, width: 16, count: 1, stride: 0 };
    /// `rss_hash`.
    pub const RSS_HASH: Field = Field { name: "rss_hash", lsb: 96, width: 32, count: 1, stride: 0 };
    /// `l3_off`.
    pub const L3_OFF: Field = Field { name: "l3_off", lsb: 128, width: 8, count: 1, stride: 0 };
    /// `l4_off`.
    pub const L4_OFF: Field = Field { name: "l4_off", lsb: 136, width: 8, count: 1, stride: 0 };
    /// `time_us`.
    pub const TIME_US: Field = Field { name: "time_us", lsb: 160, width: 32, count: 1, stride: 0 };
    /// Session of a mirrored frame.
    pub const HANDLE: Field = Field { name: "handle", lsb: 192, width: 32, count: 1, stride: 0 };
    /// `phase`.
    pub const PHASE: Field = Field { name: "phase", lsb: 255, width: 1, count: 1, stride: 0 };
}

/// Heads of the transmit and the bump queue, when a descriptor or a bump asked for it.
///
/// The 32 bytes as they lie in memory: any bit pattern, reserved bits included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct EventTxDoneRaw(pub [u32; 8]);

impl EventTxDoneRaw {
    /// Words of the structure.
    pub const WORDS: usize = 8;
    /// Bytes of the structure.
    pub const BYTES: usize = 32;
    /// All bits zero.
    pub const ZERO: Self = Self([0; 8]);
    /// Every field, in the order of its place.
    pub const FIELDS: [Field; 4] = [
        event_tx_done::KIND,
        event_tx_done::TXQ_HEAD,
        event_tx_done::BMQ_HEAD,
        event_tx_done::PHASE,
    ];

    /// The structure in these bytes.
    pub const fn from_le_bytes(bytes: &[u8; 32]) -> Self {
        let mut words = [0; 8];
        let mut i = 0;
        while i < 8 {
            words[i] = u32::from_le_bytes([
                bytes[4 * i],
                bytes[4 * i + 1],
                bytes[4 * i + 2],
                bytes[4 * i + 3],
            ]);
            i += 1;
        }
        Self(words)
    }

    /// The bytes as they lie in memory.
    pub const fn to_le_bytes(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        let mut i = 0;
        while i < 8 {
            let word = self.0[i].to_le_bytes();
            bytes[4 * i] = word[0];
            bytes[4 * i + 1] = word[1];
            bytes[4 * i + 2] = word[2];
            bytes[4 * i + 3] = word[3];
            i += 1;
        }
        bytes
    }

    /// Every field as its plain value; fails on the first enumeration without a meaning.
    pub fn unpack(&self) -> Result<EventTxDone, Invalid> {
        Ok(EventTxDone {
            kind: self.kind()?,
            txq_head: self.txq_head(),
            bmq_head: self.bmq_head(),
            phase: self.phase(),
        })
    }

    /// `kind`.
    pub const fn kind(&self) -> Result<EventType, Invalid> {
        let value = low32(get(&self.0, 0, 8));
        match EventType::from_bits(value) {
            Some(known) => Ok(known),
            None => Err(Invalid { field: "kind", offset: 0, value }),
        }
    }
    /// Sets `kind`.
    pub const fn set_kind(&mut self, value: EventType) {
        put(&mut self.0, 0, 8, value.to_bits() as u64);
    }
    /// With `kind` set.
    #[must_use]
    pub const fn with_kind(mut self, value: EventType) -> Self {
        self.set_kind(value);
        self
    }

    /// Free-running: descriptors below it may be reused.
    pub const fn txq_head(&self) -> u32 {
        low32(get(&self.0, 32, 32))
    }
    /// Sets `txq_head`.
    pub const fn set_txq_head(&mut self, value: u32) {
        put(&mut self.0, 32, 32, value as u64);
    }
    /// With `txq_head` set.
    #[must_use]
    pub const fn with_txq_head(mut self, value: u32) -> Self {
        self.set_txq_head(value);
        self
    }

    /// Free-running: bump records below it may be reused.
    pub const fn bmq_head(&self) -> u32 {
        low32(get(&self.0, 64, 32))
    }
    /// Sets `bmq_head`.
    pub const fn set_bmq_head(&mut self, value: u32) {
        put(&mut self.0, 64, 32, value as u64);
    }
    /// With `bmq_head` set.
    #[must_use]
    pub const fn with_bmq_head(mut self, value: u32) -> Self {
        self.set_bmq_head(value);
        self
    }

    /// `phase`.
    pub const fn phase(&self) -> bool {
        get(&self.0, 255, 1) != 0
    }
    /// Sets `phase`.
    pub const fn set_phase(&mut self, value: bool) {
        put(&mut self.0, 255, 1, value as u64);
    }
    /// With `phase` set.
    #[must_use]
    pub const fn with_phase(mut self, value: bool) -> Self {
        self.set_phase(value);
        self
    }
}

impl Default for EventTxDoneRaw {
    fn default() -> Self {
        Self::ZERO
    }
}

/// Heads of the transmit and the bump queue, when a descriptor or a bump asked for it.
///
/// Every field as a plain value; [`EventTxDoneRaw`] is how it lies in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EventTxDone {
    /// `kind`.
    pub kind: EventType,
    /// Free-running: descriptors below it may be reused.
    pub txq_head: u32,
    /// Free-running: bump records below it may be reused.
    pub bmq_head: u32,
    /// `phase`.
    pub phase: bool,
}

impl EventTxDone {
    /// As it lies in memory, reserved bits zero. Bits above a field's width are dropped:
    /// values that may not fit go through [`Self::checked_pack`].
    pub const fn pack(&self) -> EventTxDoneRaw {
        let EventTxDone { kind, txq_head, bmq_head, phase } = *self;
        let mut words = [0; 8];
        put(&mut words, 0, 8, kind.to_bits() as u64);
        put(&mut words, 32, 32, txq_head as u64);
        put(&mut words, 64, 32, bmq_head as u64);
        put(&mut words, 255, 1, phase as u64);
        EventTxDoneRaw(words)
    }

    /// As [`Self::pack`], but fails on the first value that does not fit its field.
    pub const fn checked_pack(&self) -> Result<EventTxDoneRaw, OutOfRange> {
        Ok(self.pack())
    }

    /// Calls `see` with name, element and value of every field: for dumps and comparisons.
    pub fn visit(&self, see: &mut dyn FnMut(&'static str, u32, u64)) {
        see("kind", 0, u64::from(self.kind.to_bits()));
        see("txq_head", 0, u64::from(self.txq_head));
        see("bmq_head", 0, u64::from(self.bmq_head));
        see("phase", 0, u64::from(self.phase));
    }
}

impl From<EventTxDone> for EventTxDoneRaw {
    fn from(plain: EventTxDone) -> Self {
        plain.pack()
    }
}

impl TryFrom<EventTxDoneRaw> for EventTxDone {
    type Error = Invalid;
    fn try_from(raw: EventTxDoneRaw) -> Result<Self, Invalid> {
        raw.unpack()
    }
}

impl Default for EventTxDone {
    /// All zero; an enumeration without zero has its lowest value.
    fn default() -> Self {
        Self { kind: EventType::Invalid, txq_head: 0, bmq_head: 0, phase: false }
    }
}

const _: () = assert!(size_of::<EventTxDoneRaw>() == 32);

/// Where the fields of [`EventTxDoneRaw`] lie.
pub mod event_tx_done {
    use crate::support::Field;
    /// `kind`.
    pub const KIND: Field = Field { name: "kind", lsb: 0, width: 8, count: 1, stride: 0 };
    /// Free-running: descriptors below it may be reused.
    pub const TXQ_HEAD: Field = Field { name: "txq_head", lsb: 32, width: 32, count: 1, stride: 0 };
    /// Free-running: bump records below it may be reused.
    pub const BMQ_HEAD: Field = Field { name: "bmq_head", lsb: 64, width: 32, count: 1, stride: 0 };
    /// `phase`.
    pub const PHASE: Field = Field { name: "phase", lsb: 255, width: 1, count: 1, stride: 0 };
}

/// How far a session is; each record says all, so the last of a run counts.
///
/// The 32 bytes as they lie in memory: any bit pattern, reserved bits included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct EventSessionRaw(pub [u32; 8]);

impl EventSessionRaw {
    /// Words of the structure.
    pub const WORDS: usize = 8;
    /// Bytes of the structure.
    pub const BYTES: usize = 32;
    /// All bits zero.
    pub const ZERO: Self = Self([0; 8]);
    /// Every field, in the order of its place.
    pub const FIELDS: [Field; 12] = [
        event_session::KIND,
        event_session::STATE,
        event_session::PEER_FIN,
        event_session::FIN_ACKED,
        event_session::PARKED,
        event_session::HANDLE,
        event_session::SND_UNA,
        event_session::RCV_NXT,
        event_session::SND_WND,
        event_session::SRTT_US,
        event_session::RETRANSMITS,
        event_session::PHASE,
    ];

    /// The structure in these bytes.
    pub const fn from_le_bytes(bytes: &[u8; 32]) -> Self {
        let mut words = [0; 8];
        let mut i = 0;
        while i < 8 {
            words[i] = u32::from_le_bytes([
                bytes[4 * i],
                bytes[4 * i + 1],
                bytes[4 * i + 2],
                bytes[4 * i + 3],
            ]);
            i += 1;
        }
        Self(words)
    }

    /// The bytes as they lie in memory.
    pub const fn to_le_bytes(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        let mut i = 0;
        while i < 8 {
            let word = self.0[i].to_le_bytes();
            bytes[4 * i] = word[0];
            bytes[4 * i + 1] = word[1];
            bytes[4 * i + 2] = word[2];
            bytes[4 * i + 3] = word[3];
            i += 1;
        }
        bytes
    }

    /// Every field as its plain value; fails on the first enumeration without a meaning.
    pub fn unpack(&self) -> Result<EventSession, Invalid> {
        Ok(EventSession {
            kind: self.kind()?,
            state: self.state()?,
            peer_fin: self.peer_fin(),
            fin_acked: self.fin_acked(),
            parked: self.parked(),
            handle: self.handle(),
            snd_una: self.snd_una(),
            rcv_nxt: self.rcv_nxt(),
            snd_wnd: self.snd_wnd(),
            srtt_us: self.srtt_us(),
            retransmits: self.retransmits(),
            phase: self.phase(),
        })
    }

    /// `kind`.
    pub const fn kind(&self) -> Result<EventType, Invalid> {
        let value = low32(get(&self.0, 0, 8));
        match EventType::from_bits(value) {
            Some(known) => Ok(known),
            None => Err(Invalid { field: "kind", offset: 0, value }),
        }
    }
    /// Sets `kind`.
    pub const fn set_kind(&mut self, value: EventType) {
        put(&mut self.0, 0, 8, value.to_bits() as u64);
    }
    /// With `kind` set.
    #[must_use]
    pub const fn with_kind(mut self, value: EventType) -> Self {
        self.set_kind(value);
        self
    }

    /// `state`.
    pub const fn state(&self) -> Result<TcpState, Invalid> {
        let value = low32(get(&self.0, 16, 4));
        match TcpState::from_bits(value) {
            Some(known) => Ok(known),
            None => Err(Invalid { field: "state", offset: 2, value }),
        }
    }
    /// Sets `state`. Bits above the field are dropped.
    pub const fn set_state(&mut self, value: TcpState) {
        put(&mut self.0, 16, 4, value.to_bits() as u64);
    }
    /// With `state` set.
    #[must_use]
    pub const fn with_state(mut self, value: TcpState) -> Self {
        self.set_state(value);
        self
    }

    /// The peer's FIN is in order: rcv_nxt counts it.
    pub const fn peer_fin(&self) -> bool {
        get(&self.0, 20, 1) != 0
    }
    /// Sets `peer_fin`.
    pub const fn set_peer_fin(&mut self, value: bool) {
        put(&mut self.0, 20, 1, value as u64);
    }
    /// With `peer_fin` set.
    #[must_use]
    pub const fn with_peer_fin(mut self, value: bool) -> Self {
        self.set_peer_fin(value);
        self
    }

    /// Our FIN is acknowledged: snd_una counts it.
    pub const fn fin_acked(&self) -> bool {
        get(&self.0, 21, 1) != 0
    }
    /// Sets `fin_acked`.
    pub const fn set_fin_acked(&mut self, value: bool) {
        put(&mut self.0, 21, 1, value as u64);
    }
    /// With `fin_acked` set.
    #[must_use]
    pub const fn with_fin_acked(mut self, value: bool) -> Self {
        self.set_fin_acked(value);
        self
    }

    /// Waits for a valid next hop or for repair.
    pub const fn parked(&self) -> bool {
        get(&self.0, 23, 1) != 0
    }
    /// Sets `parked`.
    pub const fn set_parked(&mut self, value: bool) {
        put(&mut self.0, 23, 1, value as u64);
    }
    /// With `parked` set.
    #[must_use]
    pub const fn with_parked(mut self, value: bool) -> Self {
        self.set_parked(value);
        self
    }

    /// `handle`.
    pub const fn handle(&self) -> u32 {
        low32(get(&self.0, 32, 32))
    }
    /// Sets `handle`.
    pub const fn set_handle(&mut self, value: u32) {
        put(&mut self.0, 32, 32, value as u64);
    }
    /// With `handle` set.
    #[must_use]
    pub const fn with_handle(mut self, value: u32) -> Self {
        self.set_handle(value);
        self
    }

    /// `snd_una`.
    pub const fn snd_una(&self) -> u32 {
        low32(get(&self.0, 64, 32))
    }
    /// Sets `snd_una`.
    pub const fn set_snd_una(&mut self, value: u32) {
        put(&mut self.0, 64, 32, value as u64);
    }
    /// With `snd_una` set.
    #[must_use]
    pub const fn with_snd_una(mut self, value: u32) -> Self {
        self.set_snd_una(value);
        self
    }

    /// `rcv_nxt`.
    pub const fn rcv_nxt(&self) -> u32 {
        low32(get(&self.0, 96, 32))
    }
    /// Sets `rcv_nxt`.
    pub const fn set_rcv_nxt(&mut self, value: u32) {
        put(&mut self.0, 96, 32, value as u64);
    }
    /// With `rcv_nxt` set.
    #[must_use]
    pub const fn with_rcv_nxt(mut self, value: u32) -> Self {
        self.set_rcv_nxt(value);
        self
    }

    /// `snd_wnd`.
    pub const fn snd_wnd(&self) -> u32 {
        low32(get(&self.0, 128, 32))
    }
    /// Sets `snd_wnd`.
    pub const fn set_snd_wnd(&mut self, value: u32) {
        put(&mut self.0, 128, 32, value as u64);
    }
    /// With `snd_wnd` set.
    #[must_use]
    pub const fn with_snd_wnd(mut self, value: u32) -> Self {
        self.set_snd_wnd(value);
        self
    }

    /// `srtt_us`.
    pub const fn srtt_us(&self) -> u32 {
        low32(get(&self.0, 160, 32))
    }
    /// Sets `srtt_us`.
    pub const fn set_srtt_us(&mut self, value: u32) {
        put(&mut self.0, 160, 32, value as u64);
    }
    /// With `srtt_us` set.
    #[must_use]
    pub const fn with_srtt_us(mut self, value: u32) -> Self {
        self.set_srtt_us(value);
        self
    }

    /// `retransmits`.
    pub const fn retransmits(&self) -> u32 {
        low32(get(&self.0, 192, 32))
    }
    /// Sets `retransmits`.
    pub const fn set_retransmits(&mut self, value: u32) {
        put(&mut self.0, 192, 32, value as u64);
    }
    /// With `retransmits` set.
    #[must_use]
    pub const fn with_retransmits(mut self, value: u32) -> Self {
        self.set_retransmits(value);
        self
    }

    /// `phase`.
    pub const fn phase(&self) -> bool {
        get(&self.0, 255, 1) != 0
    }
    /// Sets `phase`.
    pub const fn set_phase(&mut self, value: bool) {
        put(&mut self.0, 255, 1, value as u64);
    }
    /// With `phase` set.
    #[must_use]
    pub const fn with_phase(mut self, value: bool) -> Self {
        self.set_phase(value);
        self
    }
}

impl Default for EventSessionRaw {
    fn default() -> Self {
        Self::ZERO
    }
}

/// How far a session is; each record says all, so the last of a run counts.
///
/// Every field as a plain value; [`EventSessionRaw`] is how it lies in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EventSession {
    /// `kind`.
    pub kind: EventType,
    /// `state`.
    pub state: TcpState,
    /// The peer's FIN is in order: rcv_nxt counts it.
    pub peer_fin: bool,
    /// Our FIN is acknowledged: snd_una counts it.
    pub fin_acked: bool,
    /// Waits for a valid next hop or for repair.
    pub parked: bool,
    /// `handle`.
    pub handle: u32,
    /// `snd_una`.
    pub snd_una: u32,
    /// `rcv_nxt`.
    pub rcv_nxt: u32,
    /// `snd_wnd`.
    pub snd_wnd: u32,
    /// `srtt_us`.
    pub srtt_us: u32,
    /// `retransmits`.
    pub retransmits: u32,
    /// `phase`.
    pub phase: bool,
}

impl EventSession {
    /// As it lies in memory, reserved bits zero. Bits above a field's width are dropped:
    /// values that may not fit go through [`Self::checked_pack`].
    pub const fn pack(&self) -> EventSessionRaw {
        let EventSession {
            kind,
            state,
            peer_fin,
            fin_acked,
            parked,
            handle,
            snd_una,
            rcv_nxt,
            snd_wnd,
            srtt_us,
            retransmits,
            phase,
        } = *self;
        let mut words = [0; 8];
        put(&mut words, 0, 8, kind.to_bits() as u64);
        put(&mut words, 16, 4, state.to_bits() as u64);
        put(&mut words, 20, 1, peer_fin as u64);
        put(&mut words, 21, 1, fin_acked as u64);
        put(&mut words, 23, 1, parked as u64);
        put(&mut words, 32, 32, handle as u64);
        put(&mut words, 64, 32, snd_una as u64);
        put(&mut words, 96, 32, rcv_nxt as u64);
        put(&mut words, 128, 32, snd_wnd as u64);
        put(&mut words, 160, 32, srtt_us as u64);
        put(&mut words, 192, 32, retransmits as u64);
        put(&mut words, 255, 1, phase as u64);
        EventSessionRaw(words)
    }

    /// As [`Self::pack`], but fails on the first value that does not fit its field.
    pub const fn checked_pack(&self) -> Result<EventSessionRaw, OutOfRange> {
        Ok(self.pack())
    }

    /// Calls `see` with name, element and value of every field: for dumps and comparisons.
    pub fn visit(&self, see: &mut dyn FnMut(&'static str, u32, u64)) {
        see("kind", 0, u64::from(self.kind.to_bits()));
        see("state", 0, u64::from(self.state.to_bits()));
        see("peer_fin", 0, u64::from(self.peer_fin));
        see("fin_acked", 0, u64::from(self.fin_acked));
        see("parked", 0, u64::from(self.parked));
        see("handle", 0, u64::from(self.handle));
        see("snd_una", 0, u64::from(self.snd_una));
        see("rcv_nxt", 0, u64::from(self.rcv_nxt));
        see("snd_wnd", 0, u64::from(self.snd_wnd));
        see("srtt_us", 0, u64::from(self.srtt_us));
        see("retransmits", 0, u64::from(self.retransmits));
        see("phase", 0, u64::from(self.phase));
    }
}

impl From<EventSession> for EventSessionRaw {
    fn from(plain: EventSession) -> Self {
        plain.pack()
    }
}

impl TryFrom<EventSessionRaw> for EventSession {
    type Error = Invalid;
    fn try_from(raw: EventSessionRaw) -> Result<Self, Invalid> {
        raw.unpack()
    }
}

impl Default for EventSession {
    /// All zero; an enumeration without zero has its lowest value.
    fn default() -> Self {
        Self {
            kind: EventType::Invalid,
            state: TcpState::Closed,
            peer_fin: false,
            fin_acked: false,
            parked: false,
            handle: 0,
            snd_una: 0,
            rcv_nxt: 0,
            snd_wnd: 0,
            srtt_us: 0,
            retransmits: 0,
            phase: false,
        }
    }
}

const _: () = assert!(size_of::<EventSessionRaw>() == 32);

/// Where the fields of [`EventSessionRaw`] lie.
pub mod event_session {
    use crate::support::Field;
    /// `kind`.
    pub const KIND: Field = Field { name: "kind", lsb: 0, width: 8, count: 1, stride: 0 };
    /// `state`.
    pub const STATE: Field = Field { name: "state", lsb: 16, width: 4, count: 1, stride: 0 };
    /// The peer's FIN is in order: rcv_nxt counts it.
    pub const PEER_FIN: Field = Field { name: "peer_fin", lsb: 20, width: 1, count: 1, stride: 0 };
    /// Our FIN is acknowledged: snd_una counts it.
    pub const FIN_ACKED: Field =
        Field { name: "fin_acked", lsb: 21, width: 1, count: 1, stride: 0 };
    /// Waits for a valid next hop or for repair.
    pub const PARKED: Field = Field { name: "parked", lsb: 23, width: 1, count: 1, stride: 0 };
    /// `handle`.
    pub const HANDLE: Field = Field { name: "handle", lsb: 32, width: 32, count: 1, stride: 0 };
    /// `snd_una`.
    pub const SND_UNA: Field = Field { name: "snd_una", lsb: 64, width: 32, count: 1, stride: 0 };
    /// `rcv_nxt`.
    pub const RCV_NXT: Field = Field { name: "rcv_nxt", lsb: 96, width: 32, count: 1, stride: 0 };
    /// `snd_wnd`.
    pub const SND_WND: Field = Field { name: "snd_wnd", lsb: 128, width: 32, count: 1, stride: 0 };
    /// `srtt_us`.
    pub const SRTT_US: Field = Field { name: "srtt_us", lsb: 160, width: 32, count: 1, stride: 0 };
    /// `retransmits`.
    pub const RETRANSMITS: Field =
        Field { name: "retransmits", lsb: 192, width: 32, count: 1, stride: 0 };
    /// `phase`.
    pub const PHASE: Field = Field { name: "phase", lsb: 255, width: 1, count: 1, stride: 0 };
}

/// The session has left the engine's slot. What it had learnt of its path, in the units of the image. Reason DMA_FAULT: received bytes could not be written, so none are announced (rcv_nxt, peer_fin, what it had learnt: all zero).
///
/// The 32 bytes as they lie in memory: any bit pattern, reserved bits included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct EventSessionEndRaw(pub [u32; 8]);

impl EventSessionEndRaw {
    /// Words of the structure.
    pub const WORDS: usize = 8;
    /// Bytes of the structure.
    pub const BYTES: usize = 32;
    /// All bits zero.
    pub const ZERO: Self = Self([0; 8]);
    /// Every field, in the order of its place.
    pub const FIELDS: [Field; 13] = [
        event_session_end::KIND,
        event_session_end::REASON,
        event_session_end::STATE,
        event_session_end::PEER_FIN,
        event_session_end::FIN_ACKED,
        event_session_end::HANDLE,
        event_session_end::SND_UNA,
        event_session_end::RCV_NXT,
        event_session_end::SRTT_US8,
        event_session_end::CWND,
        event_session_end::SSTHRESH,
        event_session_end::RTTVAR_US4,
        event_session_end::PHASE,
    ];

    /// The structure in these bytes.
    pub const fn from_le_bytes(bytes: &[u8; 32]) -> Self {
        let mut words = [0; 8];
        let mut i = 0;
        while i < 8 {
            words[i] = u32::from_le_bytes([
                bytes[4 * i],
                bytes[4 * i + 1],
                bytes[4 * i + 2],
                bytes[4 * i + 3],
            ]);
            i += 1;
        }
        Self(words)
    }

    /// The bytes as they lie in memory.
    pub const fn to_le_bytes(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        let mut i = 0;
        while i < 8 {
            let word = self.0[i].to_le_bytes();
            bytes[4 * i] = word[0];
            bytes[4 * i + 1] = word[1];
            bytes[4 * i + 2] = word[2];
            bytes[4 * i + 3] = word[3];
            i += 1;
        }
        bytes
    }

    /// Every field as its plain value; fails on the first enumeration without a meaning.
    pub fn unpack(&self) -> Result<EventSessionEnd, Invalid> {
        Ok(EventSessionEnd {
            kind: self.kind()?,
            reason: self.reason()?,
            state: self.state()?,
            peer_fin: self.peer_fin(),
            fin_acked: self.fin_acked(),
            handle: self.handle(),
            snd_una: self.snd_una(),
            rcv_nxt: self.rcv_nxt(),
            srtt_us8: self.srtt_us8(),
            cwnd: self.cwnd(),
            ssthresh: self.ssthresh(),
            rttvar_us4: self.rttvar_us4(),
            phase: self.phase(),
        })
    }

    /// `kind`.
    pub const fn kind(&self) -> Result<EventType, Invalid> {
        let value = low32(get(&self.0, 0, 8));
        match EventType::from_bits(value) {
            Some(known) => Ok(known),
            None => Err(Invalid { field: "kind", offset: 0, value }),
        }
    }
    /// Sets `kind`.
    pub const fn set_kind(&mut self, value: EventType) {
        put(&mut self.0, 0, 8, value.to_bits() as u64);
    }
    /// With `kind` set.
    #[must_use]
    pub const fn with_kind(mut self, value: EventType) -> Self {
        self.set_kind(value);
        self
    }

    /// `reason`.
    pub const fn reason(&self) -> Result<SessionReason, Invalid> {
        let value = low32(get(&self.0, 8, 8));
        match SessionReason::from_bits(value) {
            Some(known) => Ok(known),
            None => Err(Invalid { field: "reason", offset: 1, value }),
        }
    }
    /// Sets `reason`.
    pub const fn set_reason(&mut self, value: SessionReason) {
        put(&mut self.0, 8, 8, value.to_bits() as u64);
    }
    /// With `reason` set.
    #[must_use]
    pub const fn with_reason(mut self, value: SessionReason) -> Self {
        self.set_reason(value);
        self
    }

    /// `state`.
    pub const fn state(&self) -> Result<TcpState, Invalid> {
        let value = low32(get(&self.0, 16, 4));
        match TcpState::from_bits(value) {
            Some(known) => Ok(known),
            None => Err(Invalid { field: "state", offset: 2, value }),
        }
    }
    /// Sets `state`. Bits above the field are dropped.
    pub const fn set_state(&mut self, value: TcpState) {
        put(&mut self.0, 16, 4, value.to_bits() as u64);
    }
    /// With `state` set.
    #[must_use]
    pub const fn with_state(mut self, value: TcpState) -> Self {
        self.set_state(value);
        self
    }

    /// The peer's FIN is in order: rcv_nxt counts it.
    pub const fn peer_fin(&self) -> bool {
        get(&self.0, 20, 1) != 0
    }
    /// Sets `peer_fin`.
    pub const fn set_peer_fin(&mut self, value: bool) {
        put(&mut self.0, 20, 1, value as u64);
    }
    /// With `peer_fin` set.
    #[must_use]
    pub const fn with_peer_fin(mut self, value: bool) -> Self {
        self.set_peer_fin(value);
        self
    }

    /// Our FIN is acknowledged: snd_una counts it.
    pub const fn fin_acked(&self) -> bool {
        get(&self.0, 21, 1) != 0
    }
    /// Sets `fin_acked`.
    pub const fn set_fin_acked(&mut self, value: bool) {
        put(&mut self.0, 21, 1, value as u64);
    }
    /// With `fin_acked` set.
    #[must_use]
    pub const fn with_fin_acked(mut self, value: bool) -> Self {
        self.set_fin_acked(value);
        self
    }

    /// `handle`.
    pub const fn handle(&self) -> u32 {
        low32(get(&self.0, 32, 32))
    }
    /// Sets `handle`.
    pub const fn set_handle(&mut self, value: u32) {
        put(&mut self.0, 32, 32, value as u64);
    }
    /// With `handle` set.
    #[must_use]
    pub const fn with_handle(mut self, value: u32) -> Self {
        self.set_handle(value);
        self
    }

    /// `snd_una`.
    pub const fn snd_una(&self) -> u32 {
        low32(get(&self.0, 64, 32))
    }
    /// Sets `snd_una`.
    pub const fn set_snd_una(&mut self, value: u32) {
        put(&mut self.0, 64, 32, value as u64);
    }
    /// With `snd_una` set.
    #[must_use]
    pub const fn with_snd_una(mut self, value: u32) -> Self {
        self.set_snd_una(value);
        self
    }

    /// `rcv_nxt`.
    pub const fn rcv_nxt(&self) -> u32 {
        low32(get(&self.0, 96, 32))
    }
    /// Sets `rcv_nxt`.
    pub const fn set_rcv_nxt(&mut self, value: u32) {
        put(&mut self.0, 96, 32, value as u64);
    }
    /// With `rcv_nxt` set.
    #[must_use]
    pub const fn with_rcv_nxt(mut self, value: u32) -> Self {
        self.set_rcv_nxt(value);
        self
    }

    /// Μs \<\< 3; 0 = never measured.
    pub const fn srtt_us8(&self) -> u32 {
        low32(get(&self.0, 128, 32))
    }
    /// Sets `srtt_us8`.
    pub const fn set_srtt_us8(&mut self, value: u32) {
        put(&mut self.0, 128, 32, value as u64);
    }
    /// With `srtt_us8` set.
    #[must_use]
    pub const fn with_srtt_us8(mut self, value: u32) -> Self {
        self.set_srtt_us8(value);
        self
    }

    /// Bytes.
    pub const fn cwnd(&self) -> u32 {
        low32(get(&self.0, 160, 32))
    }
    /// Sets `cwnd`.
    pub const fn set_cwnd(&mut self, value: u32) {
        put(&mut self.0, 160, 32, value as u64);
    }
    /// With `cwnd` set.
    #[must_use]
    pub const fn with_cwnd(mut self, value: u32) -> Self {
        self.set_cwnd(value);
        self
    }

    /// Bytes; all ones: no congestion met.
    pub const fn ssthresh(&self) -> u32 {
        low32(get(&self.0, 192, 32))
    }
    /// Sets `ssthresh`.
    pub const fn set_ssthresh(&mut self, value: u32) {
        put(&mut self.0, 192, 32, value as u64);
    }
    /// With `ssthresh` set.
    #[must_use]
    pub const fn with_ssthresh(mut self, value: u32) -> Self {
        self.set_ssthresh(value);
        self
    }

    /// Μs \<\< 2; below 2^29, so no bit is missing.
    pub const fn rttvar_us4(&self) -> u32 {
        low32(get(&self.0, 224, 31))
    }
    /// Sets `rttvar_us4`. Bits above the field are dropped.
    pub const fn set_rttvar_us4(&mut self, value: u32) {
        put(&mut self.0, 224, 31, value as u64);
    }
    /// With `rttvar_us4` set.
    #[must_use]
    pub const fn with_rttvar_us4(mut self, value: u32) -> Self {
        self.set_rttvar_us4(value);
        self
    }

    /// `phase`.
    pub const fn phase(&self) -> bool {
        get(&self.0, 255, 1) != 0
    }
    /// Sets `phase`.
    pub const fn set_phase(&mut self, value: bool) {
        put(&mut self.0, 255, 1, value as u64);
    }
    /// With `phase` set.
    #[must_use]
    pub const fn with_phase(mut self, value: bool) -> Self {
        self.set_phase(value);
        self
    }
}

impl Default for EventSessionEndRaw {
    fn default() -> Self {
        Self::ZERO
    }
}

/// The session has left the engine's slot. What it had learnt of its path, in the units of the image. Reason DMA_FAULT: received bytes could not be written, so none are announced (rcv_nxt, peer_fin, what it had learnt: all zero).
///
/// Every field as a plain value; [`EventSessionEndRaw`] is how it lies in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EventSessionEnd {
    /// `kind`.
    pub kind: EventType,
    /// `reason`.
    pub reason: SessionReason,
    /// `state`.
    pub state: TcpState,
    /// The peer's FIN is in order: rcv_nxt counts it.
    pub peer_fin: bool,
    /// Our FIN is acknowledged: snd_una counts it.
    pub fin_acked: bool,
    /// `handle`.
    pub handle: u32,
    /// `snd_una`.
    pub snd_una: u32,
    /// `rcv_nxt`.
    pub rcv_nxt: u32,
    /// Μs \<\< 3; 0 = never measured.
    pub srtt_us8: u32,
    /// Bytes.
    pub cwnd: u32,
    /// Bytes; all ones: no congestion met.
    pub ssthresh: u32,
    /// Μs \<\< 2; below 2^29, so no bit is missing (31 bits).
    pub rttvar_us4: u32,
    /// `phase`.
    pub phase: bool,
}

impl EventSessionEnd {
    /// As it lies in memory, reserved bits zero. Bits above a field's width are dropped:
    /// values that may not fit go through [`Self::checked_pack`].
    pub const fn pack(&self) -> EventSessionEndRaw {
        let EventSessionEnd {
            kind,
            reason,
            state,
            peer_fin,
            fin_acked,
            handle,
            snd_una,
            rcv_nxt,
            srtt_us8,
            cwnd,
            ssthresh,
            rttvar_us4,
            phase,
        } = *self;
        let mut words = [0; 8];
        put(&mut words, 0, 8, kind.to_bits() as u64);
        put(&mut words, 8, 8, reason.to_bits() as u64);
        put(&mut words, 16, 4, state.to_bits() as u64);
        put(&mut words, 20, 1, peer_fin as u64);
        put(&mut words, 21, 1, fin_acked as u64);
        put(&mut words, 32, 32, handle as u64);
        put(&mut words, 64, 32, snd_una as u64);
        put(&mut words, 96, 32, rcv_nxt as u64);
        put(&mut words, 128, 32, srtt_us8 as u64);
        put(&mut words, 160, 32, cwnd as u64);
        put(&mut words, 192, 32, ssthresh as u64);
        put(&mut words, 224, 31, rttvar_us4 as u64);
        put(&mut words, 255, 1, phase as u64);
        EventSessionEndRaw(words)
    }

    /// As [`Self::pack`], but fails on the first value that does not fit its field.
    pub const fn checked_pack(&self) -> Result<EventSessionEndRaw, OutOfRange> {
        if self.rttvar_us4 as u64 > 0x7fffffff {
            return Err(OutOfRange {
                field: "rttvar_us4",
                value: self.rttvar_us4 as u64,
                width: 31,
            });
        }
        Ok(self.pack())
    }

    /// Calls `see` with name, element and value of every field: for dumps and comparisons.
    pub fn visit(&self, see: &mut dyn FnMut(&'static str, u32, u64)) {
        see("kind", 0, u64::from(self.kind.to_bits()));
        see("reason", 0, u64::from(self.reason.to_bits()));
        see("state", 0, u64::from(self.state.to_bits()));
        see("peer_fin", 0, u64::from(self.peer_fin));
        see("fin_acked", 0, u64::from(self.fin_acked));
        see("handle", 0, u64::from(self.handle));
        see("snd_una", 0, u64::from(self.snd_una));
        see("rcv_nxt", 0, u64::from(self.rcv_nxt));
        see("srtt_us8", 0, u64::from(self.srtt_us8));
        see("cwnd", 0, u64::from(self.cwnd));
        see("ssthresh", 0, u64::from(self.ssthresh));
        see("rttvar_us4", 0, u64::from(self.rttvar_us4));
        see("phase", 0, u64::from(self.phase));
    }
}

impl From<EventSessionEnd> for EventSessionEndRaw {
    fn from(plain: EventSessionEnd) -> Self {
        plain.pack()
    }
}

impl TryFrom<EventSessionEndRaw> for EventSessionEnd {
    type Error = Invalid;
    fn try_from(raw: EventSessionEndRaw) -> Result<Self, Invalid> {
        raw.unpack()
    }
}

impl Default for EventSessionEnd {
    /// All zero; an enumeration without zero has its lowest value.
    fn default() -> Self {
        Self {
            kind: EventType::Invalid,
            reason: SessionReason::None,
            state: TcpState::Closed,
            peer_fin: false,
            fin_acked: false,
            handle: 0,
            snd_una: 0,
            rcv_nxt: 0,
            srtt_us8: 0,
            cwnd: 0,
            ssthresh: 0,
            rttvar_us4: 0,
            phase: false,
        }
    }
}

const _: () = assert!(size_of::<EventSessionEndRaw>() == 32);

/// Where the fields of [`EventSessionEndRaw`] lie.
pub mod event_session_end {
    use crate::support::Field;
    /// `kind`.
    pub const KIND: Field = Field { name: "kind", lsb: 0, width: 8, count: 1, stride: 0 };
    /// `reason`.
    pub const REASON: Field = Field { name: "reason", lsb: 8, width: 8, count: 1, stride: 0 };
    /// `state`.
    pub const STATE: Field = Field { name: "state", lsb: 16, width: 4, count: 1, stride: 0 };
    /// The peer's FIN is in order: rcv_nxt counts it.
    pub const PEER_FIN: Field = Field { name: "peer_fin", lsb: 20, width: 1, count: 1, stride: 0 };
    /// Our FIN is acknowledged: snd_una counts it.
    pub const FIN_ACKED: Field =
        Field { name: "fin_acked", lsb: 21, width: 1, count: 1, stride: 0 };
    /// `handle`.
    pub const HANDLE: Field = Field { name: "handle", lsb: 32, width: 32, count: 1, stride: 0 };
    /// `snd_una`.
    pub const SND_UNA: Field = Field { name: "snd_una", lsb: 64, width: 32, count: 1, stride: 0 };
    /// `rcv_nxt`.
    pub const RCV_NXT: Field = Field { name: "rcv_nxt", lsb: 96, width: 32, count: 1, stride: 0 };
    /// Μs \<\< 3; 0 = never measured.
    pub const SRTT_US8: Field =
        Field { name: "srtt_us8", lsb: 128, width: 32, count: 1, stride: 0 };
    /// Bytes.
    pub const CWND: Field = Field { name: "cwnd", lsb: 160, width: 32, count: 1, stride: 0 };
    /// Bytes; all ones: no congestion met.
    pub const SSTHRESH: Field =
        Field { name: "ssthresh", lsb: 192, width: 32, count: 1, stride: 0 };
    /// Μs \<\< 2; below 2^29, so no bit is missing.
    pub const RTTVAR_US4: Field =
        Field { name: "rttvar_us4", lsb: 224, width: 31, count: 1, stride: 0 };
    /// `phase`.
    pub const PHASE: Field = Field { name: "phase", lsb: 255, width: 1, count: 1, stride: 0 };
}

/// An entry of the TIME_WAIT table that is gone, or found no place: all that it was, so that the host can name it and, where it found no place, answer for it. Two records, the second the next of its kind in the same ring; other events may lie between.
///
/// The 32 bytes as they lie in memory: any bit pattern, reserved bits included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct EventTimeWaitRaw(pub [u32; 8]);

impl EventTimeWaitRaw {
    /// Words of the structure.
    pub const WORDS: usize = 8;
    /// Bytes of the structure.
    pub const BYTES: usize = 32;
    /// All bits zero.
    pub const ZERO: Self = Self([0; 8]);
    /// Every field, in the order of its place.
    pub const FIELDS: [Field; 11] = [
        event_time_wait::KIND,
        event_time_wait::WHAT,
        event_time_wait::IPV6,
        event_time_wait::MSL_CLASS,
        event_time_wait::TS_OK,
        event_time_wait::LAST_WIN,
        event_time_wait::LADDR,
        event_time_wait::RCV_NXT,
        event_time_wait::SND_NXT,
        event_time_wait::LPORT,
        event_time_wait::PHASE,
    ];

    /// The structure in these bytes.
    pub const fn from_le_bytes(bytes: &[u8; 32]) -> Self {
        let mut words = [0; 8];
        let mut i = 0;
        while i < 8 {
            words[i] = u32::from_le_bytes([
                bytes[4 * i],
                bytes[4 * i + 1],
                bytes[4 * i + 2],
                bytes[4 * i + 3],
            ]);
            i += 1;
        }
        Self(words)
    }

    /// The bytes as they lie in memory.
    pub const fn to_le_bytes(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        let mut i = 0;
        while i < 8 {
            let word = self.0[i].to_le_bytes();
            bytes[4 * i] = word[0];
            bytes[4 * i + 1] = word[1];
            bytes[4 * i + 2] = word[2];
            bytes[4 * i + 3] = word[3];
            i += 1;
        }
        bytes
    }

    /// Every field as its plain value; fails on the first enumeration without a meaning.
    pub fn unpack(&self) -> Result<EventTimeWait, Invalid> {
        Ok(EventTimeWait {
            kind: self.kind()?,
            what: self.what()?,
            ipv6: self.ipv6(),
            msl_class: self.msl_class()?,
            ts_ok: self.ts_ok(),
            last_win: self.last_win(),
            laddr: [
                low32(get(&self.0, 32, 32)),
                low32(get(&self.0, 64, 32)),
                low32(get(&self.0, 96, 32)),
                low32(get(&self.0, 128, 32)),
            ],
            rcv_nxt: self.rcv_nxt(),
            snd_nxt: self.snd_nxt(),
            lport: self.lport(),
            phase: self.phase(),
        })
    }

    /// `kind`.
    pub const fn kind(&self) -> Result<EventType, Invalid> {
        let value = low32(get(&self.0, 0, 8));
        match EventType::from_bits(value) {
            Some(known) => Ok(known),
            None => Err(Invalid { field: "kind", offset: 0, value }),
        }
    }
    /// Sets `kind`.
    pub const fn set_kind(&mut self, value: EventType) {
        put(&mut self.0, 0, 8, value.to_bits() as u64);
    }
    /// With `kind` set.
    #[must_use]
    pub const fn with_kind(mut self, value: EventType) -> Self {
        self.set_kind(value);
        self
    }

    /// `what`.
    pub const fn what(&self) -> Result<TwEvent, Invalid> {
        let value = low32(get(&self.0, 8, 4));
        match TwEvent::from_bits(value) {
            Some(known) => Ok(known),
            None => Err(Invalid { field: "what", offset: 1, value }),
        }
    }
    /// Sets `what`. Bits above the field are dropped.
    pub const fn set_what(&mut self, value: TwEvent) {
        put(&mut self.0, 8, 4, value.to_bits() as u64);
    }
    /// With `what` set.
    #[must_use]
    pub const fn with_what(mut self, value: TwEvent) -> Self {
        self.set_what(value);
        self
    }

    /// `ipv6`.
    pub const fn ipv6(&self) -> bool {
        get(&self.0, 12, 1) != 0
    }
    /// Sets `ipv6`.
    pub const fn set_ipv6(&mut self, value: bool) {
        put(&mut self.0, 12, 1, value as u64);
    }
    /// With `ipv6` set.
    #[must_use]
    pub const fn with_ipv6(mut self, value: bool) -> Self {
        self.set_ipv6(value);
        self
    }

    /// `msl_class`.
    pub const fn msl_class(&self) -> Result<MslClass, Invalid> {
        let value = low32(get(&self.0, 13, 2));
        match MslClass::from_bits(value) {
            Some(known) => Ok(known),
            None => Err(Invalid { field: "msl_class", offset: 1, value }),
        }
    }
    /// Sets `msl_class`. Bits above the field are dropped.
    pub const fn set_msl_class(&mut self, value: MslClass) {
        put(&mut self.0, 13, 2, value.to_bits() as u64);
    }
    /// With `msl_class` set.
    #[must_use]
    pub const fn with_msl_class(mut self, value: MslClass) -> Self {
        self.set_msl_class(value);
        self
    }

    /// `ts_ok`.
    pub const fn ts_ok(&self) -> bool {
        get(&self.0, 15, 1) != 0
    }
    /// Sets `ts_ok`.
    pub const fn set_ts_ok(&mut self, value: bool) {
        put(&mut self.0, 15, 1, value as u64);
    }
    /// With `ts_ok` set.
    #[must_use]
    pub const fn with_ts_ok(mut self, value: bool) -> Self {
        self.set_ts_ok(value);
        self
    }

    /// The last window sent, as in the header: not scaled.
    pub const fn last_win(&self) -> u16 {
        low16(get(&self.0, 16, 16))
    }
    /// Sets `last_win`.
    pub const fn set_last_win(&mut self, value: u16) {
        put(&mut self.0, 16, 16, value as u64);
    }
    /// With `last_win` set.
    #[must_use]
    pub const fn with_last_win(mut self, value: u16) -> Self {
        self.set_last_win(value);
        self
    }

    /// Network byte order in memory; IPv4 in the first word.
    pub const fn laddr(&self, i: u32) -> Option<u32> {
        if i < 4 { Some(low32(get(&self.0, 32 + i * 32, 32))) } else { None }
    }
    /// Sets `laddr`. An index out of range changes nothing.
    pub const fn set_laddr(&mut self, i: u32, value: u32) {
        if i < 4 {
            put(&mut self.0, 32 + i * 32, 32, value as u64);
        }
    }
    /// With `laddr` set.
    #[must_use]
    pub const fn with_laddr(mut self, i: u32, value: u32) -> Self {
        self.set_laddr(i, value);
        self
    }

    /// `rcv_nxt`.
    pub const fn rcv_nxt(&self) -> u32 {
        low32(get(&self.0, 160, 32))
    }
    /// Sets `rcv_nxt`.
    pub const fn set_rcv_nxt(&mut self, value: u32) {
        put(&mut self.0, 160, 32, value as u64);
    }
    /// With `rcv_nxt` set.
    #[must_use]
    pub const fn with_rcv_nxt(mut self, value: u32) -> Self {
        self.set_rcv_nxt(value);
        self
    }

    /// `snd_nxt`.
    pub const fn snd_nxt(&self) -> u32 {
        low32(get(&self.0, 192, 32))
    }
    /// Sets `snd_nxt`.
    pub const fn set_snd_nxt(&mut self, value: u32) {
        put(&mut self.0, 192, 32, value as u64);
    }
    /// With `snd_nxt` set.
    #[must_use]
    pub const fn with_snd_nxt(mut self, value: u32) -> Self {
        self.set_snd_nxt(value);
        self
    }

    /// `lport`.
    pub const fn lport(&self) -> u16 {
        low16(get(&self.0, 224, 16))
    }
    /// Sets `lport`.
    pub const fn set_lport(&mut self, value: u16) {
        put(&mut self.0, 224, 16, value as u64);
    }
    /// With `lport` set.
    #[must_use]
    pub const fn with_lport(mut self, value: u16) -> Self {
        self.set_lport(value);
        self
    }

    /// `phase`.
    pub const fn phase(&self) -> bool {
        get(&self.0, 255, 1) != 0
    }
    /// Sets `phase`.
    pub const fn set_phase(&mut self, value: bool) {
        put(&mut self.0, 255, 1, value as u64);
    }
    /// With `phase` set.
    #[must_use]
    pub const fn with_phase(mut self, value: bool) -> Self {
        self.set_phase(value);
        self
    }
}

impl Default for EventTimeWaitRaw {
    fn default() -> Self {
        Self::ZERO
    }
}

/// An entry of the TIME_WAIT table that is gone, or found no place: all that it was, so that the host can name it and, where it found no place, answer for it. Two records, the second the next of its kind in the same ring; other events may lie between.
///
/// Every field as a plain value; [`EventTimeWaitRaw`] is how it lies in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EventTimeWait {
    /// `kind`.
    pub kind: EventType,
    /// `what`.
    pub what: TwEvent,
    /// `ipv6`.
    pub ipv6: bool,
    /// `msl_class`.
    pub msl_class: MslClass,
    /// `ts_ok`.
    pub ts_ok: bool,
    /// The last window sent, as in the header: not scaled.
    pub last_win: u16,
    /// Network byte order in memory; IPv4 in the first word.
    pub laddr: [u32; 4],
    /// `rcv_nxt`.
    pub rcv_nxt: u32,
    /// `snd_nxt`.
    pub snd_nxt: u32,
    /// `lport`.
    pub lport: u16,
    /// `phase`.
    pub phase: bool,
}

impl EventTimeWait {
    /// As it lies in memory, reserved bits zero. Bits above a field's width are dropped:
    /// values that may not fit go through [`Self::checked_pack`].
    pub const fn pack(&self) -> EventTimeWaitRaw {
        let EventTimeWait {
            kind,
            what,
            ipv6,
            msl_class,
            ts_ok,
            last_win,
            laddr,
            rcv_nxt,
            snd_nxt,
            lport,
            phase,
        } = *self;
        let mut words = [0; 8];
        put(&mut words, 0, 8, kind.to_bits() as u64);
        put(&mut words, 8, 4, what.to_bits() as u64);
        put(&mut words, 12, 1, ipv6 as u64);
        put(&mut words, 13, 2, msl_class.to_bits() as u64);
        put(&mut words, 15, 1, ts_ok as u64);
        put(&mut words, 16, 16, last_win as u64);
        put(&mut words, 32, 32, laddr[0] as u64);
        put(&mut words, 64, 32, laddr[1] as u64);
        put(&mut words, 96, 32, laddr[2] as u64);
        put(&mut words, 128, 32, laddr[3] as u64);
        put(&mut words, 160, 32, rcv_nxt as u64);
        put(&mut words, 192, 32, snd_nxt as u64);
        put(&mut words, 224, 16, lport as u64);
        put(&mut words, 255, 1, phase as u64);
        EventTimeWaitRaw(words)
    }

    /// As [`Self::pack`], but fails on the first value that does not fit its field.
    pub const fn checked_pack(&self) -> Result<EventTimeWaitRaw, OutOfRange> {
        Ok(self.pack())
    }

    /// Calls `see` with name, element and value of every field: for dumps and comparisons.
    pub fn visit(&self, see: &mut dyn FnMut(&'static str, u32, u64)) {
        see("kind", 0, u64::from(self.kind.to_bits()));
        see("what", 0, u64::from(self.what.to_bits()));
        see("ipv6", 0, u64::from(self.ipv6));
        see("msl_class", 0, u64::from(self.msl_class.to_bits()));
        see("ts_ok", 0, u64::from(self.ts_ok));
        see("last_win", 0, u64::from(self.last_win));
        see("laddr", 0, u64::from(self.laddr[0]));
        see("laddr", 1, u64::from(self.laddr[1]));
        see("laddr", 2, u64::from(self.laddr[2]));
        see("laddr", 3, u64::from(self.laddr[3]));
        see("rcv_nxt", 0, u64::from(self.rcv_nxt));
        see("snd_nxt", 0, u64::from(self.snd_nxt));
        see("lport", 0, u64::from(self.lport));
        see("phase", 0, u64::from(self.phase));
    }
}

impl From<EventTimeWait> for EventTimeWaitRaw {
    fn from(plain: EventTimeWait) -> Self {
        plain.pack()
    }
}

impl TryFrom<EventTimeWaitRaw> for EventTimeWait {
    type Error = Invalid;
    fn try_from(raw: EventTimeWaitRaw) -> Result<Self, Invalid> {
        raw.unpack()
    }
}

impl Default for EventTimeWait {
    /// All zero; an enumeration without zero has its lowest value.
    fn default() -> Self {
        Self {
            kind: EventType::Invalid,
            what: TwEvent::Evicted,
            ipv6: false,
            msl_class: MslClass::None,
            ts_ok: false,
            last_win: 0,
            laddr: [0; 4],
            rcv_nxt: 0,
            snd_nxt: 0,
            lport: 0,
            phase: false,
        }
    }
}

const _: () = assert!(size_of::<EventTimeWaitRaw>() == 32);

/// Where the fields of [`EventTimeWaitRaw`] lie.
pub mod event_time_wait {
    use crate::support::Field;
    /// `kind`.
    pub const KIND: Field = Field { name: "kind", lsb: 0, width: 8, count: 1, stride: 0 };
    /// `what`.
    pub const WHAT: Field = Field { name: "what", lsb: 8, width: 4, count: 1, stride: 0 };
    /// `ipv6`.
    pub const IPV6: Field = Field { name: "ipv6", lsb: 12, width: 1, count: 1, stride: 0 };
    /// `msl_class`.
    pub const MSL_CLASS: Field =
        Field { name: "msl_class", lsb: 13, width: 2, count: 1, stride: 0 };
    /// `ts_ok`.
    pub const TS_OK: Field = Field { name: "ts_ok", lsb: 15, width: 1, count: 1, stride: 0 };
    /// The last window sent, as in the header: not scaled.
    pub const LAST_WIN: Field = Field { name: "last_win", lsb: 16, width: 16, count: 1, stride: 0 };
    /// Network byte order in memory; IPv4 in the first word.
    pub const LADDR: Field = Field { name: "laddr", lsb: 32, width: 32, count: 4, stride: 32 };
    /// `rcv_nxt`.
    pub const RCV_NXT: Field = Field { name: "rcv_nxt", lsb: 160, width: 32, count: 1, stride: 0 };
    /// `snd_nxt`.
    pub const SND_NXT: Field = Field { name: "snd_nxt", lsb: 192, width: 32, count: 1, stride: 0 };
    /// `lport`.
    pub const LPORT: Field = Field { name: "lport", lsb: 224, width: 16, count: 1, stride: 0 };
    /// `phase`.
    pub const PHASE: Field = Field { name: "phase", lsb: 255, width: 1, count: 1, stride: 0 };
}

/// The other half of event_time_wait: the peer's side.
///
/// The 32 bytes as they lie in memory: any bit pattern, reserved bits included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct EventTimeWaitRestRaw(pub [u32; 8]);

impl EventTimeWaitRestRaw {
    /// Words of the structure.
    pub const WORDS: usize = 8;
    /// Bytes of the structure.
    pub const BYTES: usize = 32;
    /// All bits zero.
    pub const ZERO: Self = Self([0; 8]);
    /// Every field, in the order of its place.
    pub const FIELDS: [Field; 8] = [
        event_time_wait_rest::KIND,
        event_time_wait_rest::RCV_WSCALE,
        event_time_wait_rest::INDEX,
        event_time_wait_rest::RADDR,
        event_time_wait_rest::TS_RECENT,
        event_time_wait_rest::TS_OFFSET,
        event_time_wait_rest::RPORT,
        event_time_wait_rest::PHASE,
    ];

    /// The structure in these bytes.
    pub const fn from_le_bytes(bytes: &[u8; 32]) -> Self {
        let mut words = [0; 8];
        let mut i = 0;
        while i < 8 {
            words[i] = u32::from_le_bytes([
                bytes[4 * i],
                bytes[4 * i + 1],
                bytes[4 * i + 2],
                bytes[4 * i + 3],
            ]);
            i += 1;
        }
        Self(words)
    }

    /// The bytes as they lie in memory.
    pub const fn to_le_bytes(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        let mut i = 0;
        while i < 8 {
            let word = self.0[i].to_le_bytes();
            bytes[4 * i] = word[0];
            bytes[4 * i + 1] = word[1];
            bytes[4 * i + 2] = word[2];
            bytes[4 * i + 3] = word[3];
            i += 1;
        }
        bytes
    }

    /// Every field as its plain value; fails on the first enumeration without a meaning.
    pub fn unpack(&self) -> Result<EventTimeWaitRest, Invalid> {
        Ok(EventTimeWaitRest {
            kind: self.kind()?,
            rcv_wscale: self.rcv_wscale(),
            index: self.index(),
            raddr: [
                low32(get(&self.0, 32, 32)),
                low32(get(&self.0, 64, 32)),
                low32(get(&self.0, 96, 32)),
                low32(get(&self.0, 128, 32)),
            ],
            ts_recent: self.ts_recent(),
            ts_offset: self.ts_offset(),
            rport: self.rport(),
            phase: self.phase(),
        })
    }

    /// `kind`.
    pub const fn kind(&self) -> Result<EventType, Invalid> {
        let value = low32(get(&self.0, 0, 8));
        match EventType::from_bits(value) {
            Some(known) => Ok(known),
            None => Err(Invalid { field: "kind", offset: 0, value }),
        }
    }
    /// Sets `kind`.
    pub const fn set_kind(&mut self, value: EventType) {
        put(&mut self.0, 0, 8, value.to_bits() as u64);
    }
    /// With `kind` set.
    #[must_use]
    pub const fn with_kind(mut self, value: EventType) -> Self {
        self.set_kind(value);
        self
    }

    /// Shift of last_win, 0..14.
    pub const fn rcv_wscale(&self) -> u8 {
        low8(get(&self.0, 8, 4))
    }
    /// Sets `rcv_wscale`. Bits above the field are dropped.
    pub const fn set_rcv_wscale(&mut self, value: u8) {
        put(&mut self.0, 8, 4, value as u64);
    }
    /// With `rcv_wscale` set.
    #[must_use]
    pub const fn with_rcv_wscale(mut self, value: u8) -> Self {
        self.set_rcv_wscale(value);
        self
    }

    /// Place in the table of its family; of an entry that found none: zero.
    pub const fn index(&self) -> u16 {
        low16(get(&self.0, 16, 16))
    }
    /// Sets `index`.
    pub const fn set_index(&mut self, value: u16) {
        put(&mut self.0, 16, 16, value as u64);
    }
    /// With `index` set.
    #[must_use]
    pub const fn with_index(mut self, value: u16) -> Self {
        self.set_index(value);
        self
    }

    /// `raddr`.
    pub const fn raddr(&self, i: u32) -> Option<u32> {
        if i < 4 { Some(low32(get(&self.0, 32 + i * 32, 32))) } else { None }
    }
    /// Sets `raddr`. An index out of range changes nothing.
    pub const fn set_raddr(&mut self, i: u32, value: u32) {
        if i < 4 {
            put(&mut self.0, 32 + i * 32, 32, value as u64);
        }
    }
    /// With `raddr` set.
    #[must_use]
    pub const fn with_raddr(mut self, i: u32, value: u32) -> Self {
        self.set_raddr(i, value);
        self
    }

    /// `ts_recent`.
    pub const fn ts_recent(&self) -> u32 {
        low32(get(&self.0, 160, 32))
    }
    /// Sets `ts_recent`.
    pub const fn set_ts_recent(&mut self, value: u32) {
        put(&mut self.0, 160, 32, value as u64);
    }
    /// With `ts_recent` set.
    #[must_use]
    pub const fn with_ts_recent(mut self, value: u32) -> Self {
        self.set_ts_recent(value);
        self
    }

    /// Our TSval = (now_us >> 10) + ts_offset.
    pub const fn ts_offset(&self) -> u32 {
        low32(get(&self.0, 192, 32))
    }
    /// Sets `ts_offset`.
    pub const fn set_ts_offset(&mut self, value: u32) {
        put(&mut self.0, 192, 32, value as u64);
    }
    /// With `ts_offset` set.
    #[must_use]
    pub const fn with_ts_offset(mut self, value: u32) -> Self {
        self.set_ts_offset(value);
        self
    }

    /// `rport`.
    pub const fn rport(&self) -> u16 {
        low16(get(&self.0, 224, 16))
    }
    /// Sets `rport`.
    pub const fn set_rport(&mut self, value: u16) {
        put(&mut self.0, 224, 16, value as u64);
    }
    /// With `rport` set.
    #[must_use]
    pub const fn with_rport(mut self, value: u16) -> Self {
        self.set_rport(value);
        self
    }

    /// `phase`.
    pub const fn phase(&self) -> bool {
        get(&self.0, 255, 1) != 0
    }
    /// Sets `phase`.
    pub const fn set_phase(&mut self, value: bool) {
        put(&mut self.0, 255, 1, value as u64);
    }
    /// With `phase` set.
    #[must_use]
    pub const fn with_phase(mut self, value: bool) -> Self {
        self.set_phase(value);
        self
    }
}

impl Default for EventTimeWaitRestRaw {
    fn default() -> Self {
        Self::ZERO
    }
}

/// The other half of event_time_wait: the peer's side.
///
/// Every field as a plain value; [`EventTimeWaitRestRaw`] is how it lies in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EventTimeWaitRest {
    /// `kind`.
    pub kind: EventType,
    /// Shift of last_win, 0..14 (4 bits).
    pub rcv_wscale: u8,
    /// Place in the table of its family; of an entry that found none: zero.
    pub index: u16,
    /// `raddr`.
    pub raddr: [u32; 4],
    /// `ts_recent`.
    pub ts_recent: u32,
    /// Our TSval = (now_us >> 10) + ts_offset.
    pub ts_offset: u32,
    /// `rport`.
    pub rport: u16,
    /// `phase`.
    pub phase: bool,
}

impl EventTimeWaitRest {
    /// As it lies in memory, reserved bits zero. Bits above a field's width are dropped:
    /// values that may not fit go through [`Self::checked_pack`].
    pub const fn pack(&self) -> EventTimeWaitRestRaw {
        let EventTimeWaitRest {
            kind,
            rcv_wscale,
            index,
            raddr,
            ts_recent,
            ts_offset,
            rport,
            phase,
        } = *self;
        let mut words = [0; 8];
        put(&mut words, 0, 8, kind.to_bits() as u64);
        put(&mut words, 8, 4, rcv_wscale as u64);
        put(&mut words, 16, 16, index as u64);
        put(&mut words, 32, 32, raddr[0] as u64);
        put(&mut words, 64, 32, raddr[1] as u64);
        put(&mut words, 96, 32, raddr[2] as u64);
        put(&mut words, 128, 32, raddr[3] as u64);
        put(&mut words, 160, 32, ts_recent as u64);
        put(&mut words, 192, 32, ts_offset as u64);
        put(&mut words, 224, 16, rport as u64);
        put(&mut words, 255, 1, phase as u64);
        EventTimeWaitRestRaw(words)
    }

    /// As [`Self::pack`], but fails on the first value that does not fit its field.
    pub const fn checked_pack(&self) -> Result<EventTimeWaitRestRaw, OutOfRange> {
        if self.rcv_wscale as u64 > 0xf {
            return Err(OutOfRange {
                field: "rcv_wscale",
                value: self.rcv_wscale as u64,
                width: 4,
            });
        }
        Ok(self.pack())
    }

    /// Calls `see` with name, element and value of every field: for dumps and comparisons.
    pub fn visit(&self, see: &mut dyn FnMut(&'static str, u32, u64)) {
        see("kind", 0, u64::from(self.kind.to_bits()));
        see("rcv_wscale", 0, u64::from(self.rcv_wscale));
        see("index", 0, u64::from(self.index));
        see("raddr", 0, u64::from(self.raddr[0]));
        see("raddr", 1, u64::from(self.raddr[1]));
        see("raddr", 2, u64::from(self.raddr[2]));
        see("raddr", 3, u64::from(self.raddr[3]));
        see("ts_recent", 0, u64::from(self.ts_recent));
        see("ts_offset", 0, u64::from(self.ts_offset));
        see("rport", 0, u64::from(self.rport));
        see("phase", 0, u64::from(self.phase));
    }
}

impl From<EventTimeWaitRest> for EventTimeWaitRestRaw {
    fn from(plain: EventTimeWaitRest) -> Self {
        plain.pack()
    }
}

impl TryFrom<EventTimeWaitRestRaw> for EventTimeWaitRest {
    type Error = Invalid;
    fn try_from(raw: EventTimeWaitRestRaw) -> Result<Self, Invalid> {
        raw.unpack()
    }
}

impl Default for EventTimeWaitRest {
    /// All zero; an enumeration without zero has its lowest value.
    fn default() -> Self {
        Self {
            kind: EventType::Invalid,
            rcv_wscale: 0,
            index: 0,
            raddr: [0; 4],
            ts_recent: 0,
            ts_offset: 0,
            rport: 0,
            phase: false,
        }
    }
}

const _: () = assert!(size_of::<EventTimeWaitRestRaw>() == 32);

/// Where the fields of [`EventTimeWaitRestRaw`] lie.
pub mod event_time_wait_rest {
    use crate::support::Field;
    /// `kind`.
    pub const KIND: Field = Field { name: "kind", lsb: 0, width: 8, count: 1, stride: 0 };
    /// Shift of last_win, 0..14.
    pub const RCV_WSCALE: Field =
        Field { name: "rcv_wscale", lsb: 8, width: 4, count: 1, stride: 0 };
    /// Place in the table of its family; of an entry that found none: zero.
    pub const INDEX: Field = Field { name: "index", lsb: 16, width: 16, count: 1, stride: 0 };
    /// `raddr`.
    pub const RADDR: Field = Field { name: "raddr", lsb: 32, width: 32, count: 4, stride: 32 };
    /// `ts_recent`.
    pub const TS_RECENT: Field =
        Field { name: "ts_recent", lsb: 160, width: 32, count: 1, stride: 0 };
    /// Our TSval = (now_us >> 10) + ts_offset.
    pub const TS_OFFSET: Field =
        Field { name: "ts_offset", lsb: 192, width: 32, count: 1, stride: 0 };
    /// `rport`.
    pub const RPORT: Field = Field { name: "rport", lsb: 224, width: 16, count: 1, stride: 0 };
    /// `phase`.
    pub const PHASE: Field = Field { name: "phase", lsb: 255, width: 1, count: 1, stride: 0 };
}

/// DMA_WRITE with a handle: received bytes of the session could not be written. What was announced before is in memory, no more is announced, and the session ends; the host ends it if the engine does not. Without: a frame, in the place of its NIC_RX; info is the count of its slot.
///
/// The 32 bytes as they lie in memory: any bit pattern, reserved bits included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct EventFaultRaw(pub [u32; 8]);

impl EventFaultRaw {
    /// Words of the structure.
    pub const WORDS: usize = 8;
    /// Bytes of the structure.
    pub const BYTES: usize = 32;
    /// All bits zero.
    pub const ZERO: Self = Self([0; 8]);
    /// Every field, in the order of its place.
    pub const FIELDS: [Field; 6] = [
        event_fault::KIND,
        event_fault::WHAT,
        event_fault::HANDLE,
        event_fault::ADDR,
        event_fault::INFO,
        event_fault::PHASE,
    ];

    /// The structure in these bytes.
    pub const fn from_le_bytes(bytes: &[u8; 32]) -> Self {
        let mut words = [0; 8];
        let mut i = 0;
        while i < 8 {
            words[i] = u32::from_le_bytes([
                bytes[4 * i],
                bytes[4 * i + 1],
                bytes[4 * i + 2],
                bytes[4 * i + 3],
            ]);
            i += 1;
        }
        Self(words)
    }

    /// The bytes as they lie in memory.
    pub const fn to_le_bytes(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        let mut i = 0;
        while i < 8 {
            let word = self.0[i].to_le_bytes();
            bytes[4 * i] = word[0];
            bytes[4 * i + 1] = word[1];
            bytes[4 * i + 2] = word[2];
            bytes[4 * i + 3] = word[3];
            i += 1;
        }
        bytes
    }

    /// Every field as its plain value; fails on the first enumeration without a meaning.
    pub fn unpack(&self) -> Result<EventFault, Invalid> {
        Ok(EventFault {
            kind: self.kind()?,
            what: self.what()?,
            handle: self.handle(),
            addr: self.addr(),
            info: self.info(),
            phase: self.phase(),
        })
    }

    /// `kind`.
    pub const fn kind(&self) -> Result<EventType, Invalid> {
        let value = low32(get(&self.0, 0, 8));
        match EventType::from_bits(value) {
            Some(known) => Ok(known),
            None => Err(Invalid { field: "kind", offset: 0, value }),
        }
    }
    /// Sets `kind`.
    pub const fn set_kind(&mut self, value: EventType) {
        put(&mut self.0, 0, 8, value.to_bits() as u64);
    }
    /// With `kind` set.
    #[must_use]
    pub const fn with_kind(mut self, value: EventType) -> Self {
        self.set_kind(value);
        self
    }

    /// `what`.
    pub const fn what(&self) -> Result<Fault, Invalid> {
        let value = low32(get(&self.0, 8, 8));
        match Fault::from_bits(value) {
            Some(known) => Ok(known),
            None => Err(Invalid { field: "what", offset: 1, value }),
        }
    }
    /// Sets `what`.
    pub const fn set_what(&mut self, value: Fault) {
        put(&mut self.0, 8, 8, value.to_bits() as u64);
    }
    /// With `what` set.
    #[must_use]
    pub const fn with_what(mut self, value: Fault) -> Self {
        self.set_what(value);
        self
    }

    /// `handle`.
    pub const fn handle(&self) -> u32 {
        low32(get(&self.0, 32, 32))
    }
    /// Sets `handle`.
    pub const fn set_handle(&mut self, value: u32) {
        put(&mut self.0, 32, 32, value as u64);
    }
    /// With `handle` set.
    #[must_use]
    pub const fn with_handle(mut self, value: u32) -> Self {
        self.set_handle(value);
        self
    }

    /// `addr`.
    pub const fn addr(&self) -> u64 {
        get(&self.0, 64, 64)
    }
    /// Sets `addr`.
    pub const fn set_addr(&mut self, value: u64) {
        put(&mut self.0, 64, 64, value);
    }
    /// With `addr` set.
    #[must_use]
    pub const fn with_addr(mut self, value: u64) -> Self {
        self.set_addr(value);
        self
    }

    /// `info`.
    pub const fn info(&self) -> u32 {
        low32(get(&self.0, 128, 32))
    }
    /// Sets `info`.
    pub const fn set_info(&mut self, value: u32) {
        put(&mut self.0, 128, 32, value as u64);
    }
    /// With `info` set.
    #[must_use]
    pub const fn with_info(mut self, value: u32) -> Self {
        self.set_info(value);
        self
    }

    /// `phase`.
    pub const fn phase(&self) -> bool {
        get(&self.0, 255, 1) != 0
    }
    /// Sets `phase`.
    pub const fn set_phase(&mut self, value: bool) {
        put(&mut self.0, 255, 1, value as u64);
    }
    /// With `phase` set.
    #[must_use]
    pub const fn with_phase(mut self, value: bool) -> Self {
        self.set_phase(value);
        self
    }
}

impl Default for EventFaultRaw {
    fn default() -> Self {
        Self::ZERO
    }
}

/// DMA_WRITE with a handle: received bytes of the session could not be written. What was announced before is in memory, no more is announced, and the session ends; the host ends it if the engine does not. Without: a frame, in the place of its NIC_RX; info is the count of its slot.
///
/// Every field as a plain value; [`EventFaultRaw`] is how it lies in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EventFault {
    /// `kind`.
    pub kind: EventType,
    /// `what`.
    pub what: Fault,
    /// `handle`.
    pub handle: u32,
    /// `addr`.
    pub addr: u64,
    /// `info`.
    pub info: u32,
    /// `phase`.
    pub phase: bool,
}

impl EventFault {
    /// As it lies in memory, reserved bits zero. Bits above a field's width are dropped:
    /// values that may not fit go through [`Self::checked_pack`].
    pub const fn pack(&self) -> EventFaultRaw {
        let EventFault { kind, what, handle, addr, info, phase } = *self;
        let mut words = [0; 8];
        put(&mut words, 0, 8, kind.to_bits() as u64);
        put(&mut words, 8, 8, what.to_bits() as u64);
        put(&mut words, 32, 32, handle as u64);
        put(&mut words, 64, 64, addr);
        put(&mut words, 128, 32, info as u64);
        put(&mut words, 255, 1, phase as u64);
        EventFaultRaw(words)
    }

    /// As [`Self::pack`], but fails on the first value that does not fit its field.
    pub const fn checked_pack(&self) -> Result<EventFaultRaw, OutOfRange> {
        Ok(self.pack())
    }

    /// Calls `see` with name, element and value of every field: for dumps and comparisons.
    pub fn visit(&self, see: &mut dyn FnMut(&'static str, u32, u64)) {
        see("kind", 0, u64::from(self.kind.to_bits()));
        see("what", 0, u64::from(self.what.to_bits()));
        see("handle", 0, u64::from(self.handle));
        see("addr", 0, self.addr);
        see("info", 0, u64::from(self.info));
        see("phase", 0, u64::from(self.phase));
    }
}

impl From<EventFault> for EventFaultRaw {
    fn from(plain: EventFault) -> Self {
        plain.pack()
    }
}

impl TryFrom<EventFaultRaw> for EventFault {
    type Error = Invalid;
    fn try_from(raw: EventFaultRaw) -> Result<Self, Invalid> {
        raw.unpack()
    }
}

impl Default for EventFault {
    /// All zero; an enumeration without zero has its lowest value.
    fn default() -> Self {
        Self {
            kind: EventType::Invalid,
            what: Fault::DmaRead,
            handle: 0,
            addr: 0,
            info: 0,
            phase: false,
        }
    }
}

const _: () = assert!(size_of::<EventFaultRaw>() == 32);

/// Where the fields of [`EventFaultRaw`] lie.
pub mod event_fault {
    use crate::support::Field;
    /// `kind`.
    pub const KIND: Field = Field { name: "kind", lsb: 0, width: 8, count: 1, stride: 0 };
    /// `what`.
    pub const WHAT: Field = Field { name: "what", lsb: 8, width: 8, count: 1, stride: 0 };
    /// `handle`.
    pub const HANDLE: Field = Field { name: "handle", lsb: 32, width: 32, count: 1, stride: 0 };
    /// `addr`.
    pub const ADDR: Field = Field { name: "addr", lsb: 64, width: 64, count: 1, stride: 0 };
    /// `info`.
    pub const INFO: Field = Field { name: "info", lsb: 128, width: 32, count: 1, stride: 0 };
    /// `phase`.
    pub const PHASE: Field = Field { name: "phase", lsb: 255, width: 1, count: 1, stride: 0 };
}

/// Admin command, 64 bytes, host to firmware.
///
/// The 64 bytes as they lie in memory: any bit pattern, reserved bits included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct AdminCmdRaw(pub [u32; 16]);

impl AdminCmdRaw {
    /// Words of the structure.
    pub const WORDS: usize = 16;
    /// Bytes of the structure.
    pub const BYTES: usize = 64;
    /// All bits zero.
    pub const ZERO: Self = Self([0; 16]);
    /// Every field, in the order of its place.
    pub const FIELDS: [Field; 8] = [
        admin_cmd::OPCODE,
        admin_cmd::COOKIE,
        admin_cmd::HANDLE,
        admin_cmd::INDEX,
        admin_cmd::KEY,
        admin_cmd::IOVA,
        admin_cmd::VALUE,
        admin_cmd::DATA,
    ];

    /// The structure in these bytes.
    pub const fn from_le_bytes(bytes: &[u8; 64]) -> Self {
        let mut words = [0; 16];
        let mut i = 0;
        while i < 16 {
            words[i] = u32::from_le_bytes([
                bytes[4 * i],
                bytes[4 * i + 1],
                bytes[4 * i + 2],
                bytes[4 * i + 3],
            ]);
            i += 1;
        }
        Self(words)
    }

    /// The bytes as they lie in memory.
    pub const fn to_le_bytes(&self) -> [u8; 64] {
        let mut bytes = [0; 64];
        let mut i = 0;
        while i < 16 {
            let word = self.0[i].to_le_bytes();
            bytes[4 * i] = word[0];
            bytes[4 * i + 1] = word[1];
            bytes[4 * i + 2] = word[2];
            bytes[4 * i + 3] = word[3];
            i += 1;
        }
        bytes
    }

    /// Every field as its plain value; fails on the first enumeration without a meaning.
    pub fn unpack(&self) -> Result<AdminCmd, Invalid> {
        Ok(AdminCmd {
            opcode: self.opcode()?,
            cookie: self.cookie(),
            handle: self.handle(),
            index: self.index(),
            key: self.key()?,
            iova: self.iova(),
            value: self.value(),
            data: [
                low32(get(&self.0, 256, 32)),
                low32(get(&self.0, 288, 32)),
                low32(get(&self.0, 320, 32)),
                low32(get(&self.0, 352, 32)),
                low32(get(&self.0, 384, 32)),
                low32(get(&self.0, 416, 32)),
                low32(get(&self.0, 448, 32)),
                low32(get(&self.0, 480, 32)),
            ],
        })
    }

    /// `opcode`.
    pub const fn opcode(&self) -> Result<AdminOpcode, Invalid> {
        let value = low32(get(&self.0, 0, 8));
        match AdminOpcode::from_bits(value) {
            Some(known) => Ok(known),
            None => Err(Invalid { field: "opcode", offset: 0, value }),
        }
    }
    /// Sets `opcode`.
    pub const fn set_opcode(&mut self, value: AdminOpcode) {
        put(&mut self.0, 0, 8, value.to_bits() as u64);
    }
    /// With `opcode` set.
    #[must_use]
    pub const fn with_opcode(mut self, value: AdminOpcode) -> Self {
        self.set_opcode(value);
        self
    }

    /// `cookie`.
    pub const fn cookie(&self) -> u32 {
        low32(get(&self.0, 32, 32))
    }
    /// Sets `cookie`.
    pub const fn set_cookie(&mut self, value: u32) {
        put(&mut self.0, 32, 32, value as u64);
    }
    /// With `cookie` set.
    #[must_use]
    pub const fn with_cookie(mut self, value: u32) -> Self {
        self.set_cookie(value);
        self
    }

    /// `handle`.
    pub const fn handle(&self) -> u32 {
        low32(get(&self.0, 64, 32))
    }
    /// Sets `handle`.
    pub const fn set_handle(&mut self, value: u32) {
        put(&mut self.0, 64, 32, value as u64);
    }
    /// With `handle` set.
    #[must_use]
    pub const fn with_handle(mut self, value: u32) -> Self {
        self.set_handle(value);
        self
    }

    /// `index`.
    pub const fn index(&self) -> u16 {
        low16(get(&self.0, 96, 16))
    }
    /// Sets `index`.
    pub const fn set_index(&mut self, value: u16) {
        put(&mut self.0, 96, 16, value as u64);
    }
    /// With `index` set.
    #[must_use]
    pub const fn with_index(mut self, value: u16) -> Self {
        self.set_index(value);
        self
    }

    /// `key`.
    pub const fn key(&self) -> Result<SessionKey, Invalid> {
        let value = low32(get(&self.0, 112, 8));
        match SessionKey::from_bits(value) {
            Some(known) => Ok(known),
            None => Err(Invalid { field: "key", offset: 14, value }),
        }
    }
    /// Sets `key`.
    pub const fn set_key(&mut self, value: SessionKey) {
        put(&mut self.0, 112, 8, value.to_bits() as u64);
    }
    /// With `key` set.
    #[must_use]
    pub const fn with_key(mut self, value: SessionKey) -> Self {
        self.set_key(value);
        self
    }

    /// `iova`.
    pub const fn iova(&self) -> u64 {
        get(&self.0, 128, 64)
    }
    /// Sets `iova`.
    pub const fn set_iova(&mut self, value: u64) {
        put(&mut self.0, 128, 64, value);
    }
    /// With `iova` set.
    #[must_use]
    pub const fn with_iova(mut self, value: u64) -> Self {
        self.set_iova(value);
        self
    }

    /// `value`.
    pub const fn value(&self) -> u32 {
        low32(get(&self.0, 192, 32))
    }
    /// Sets `value`.
    pub const fn set_value(&mut self, value: u32) {
        put(&mut self.0, 192, 32, value as u64);
    }
    /// With `value` set.
    #[must_use]
    pub const fn with_value(mut self, value: u32) -> Self {
        self.set_value(value);
        self
    }

    /// Inline: a nexthop entry, a TIME_WAIT key.
    pub const fn data(&self, i: u32) -> Option<u32> {
        if i < 8 { Some(low32(get(&self.0, 256 + i * 32, 32))) } else { None }
    }
    /// Sets `data`. An index out of range changes nothing.
    pub const fn set_data(&mut self, i: u32, value: u32) {
        if i < 8 {
            put(&mut self.0, 256 + i * 32, 32, value as u64);
        }
    }
    /// With `data` set.
    #[must_use]
    pub const fn with_data(mut self, i: u32, value: u32) -> Self {
        self.set_data(i, value);
        self
    }
}

impl Default for AdminCmdRaw {
    fn default() -> Self {
        Self::ZERO
    }
}

/// Admin command, 64 bytes, host to firmware.
///
/// Every field as a plain value; [`AdminCmdRaw`] is how it lies in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AdminCmd {
    /// `opcode`.
    pub opcode: AdminOpcode,
    /// `cookie`.
    pub cookie: u32,
    /// `handle`.
    pub handle: u32,
    /// `index`.
    pub index: u16,
    /// `key`.
    pub key: SessionKey,
    /// `iova`.
    pub iova: u64,
    /// `value`.
    pub value: u32,
    /// Inline: a nexthop entry, a TIME_WAIT key.
    pub data: [u32; 8],
}

impl AdminCmd {
    /// As it lies in memory, reserved bits zero. Bits above a field's width are dropped:
    /// values that may not fit go through [`Self::checked_pack`].
    pub const fn pack(&self) -> AdminCmdRaw {
        let AdminCmd { opcode, cookie, handle, index, key, iova, value, data } = *self;
        let mut words = [0; 16];
        put(&mut words, 0, 8, opcode.to_bits() as u64);
        put(&mut words, 32, 32, cookie as u64);
        put(&mut words, 64, 32, handle as u64);
        put(&mut words, 96, 16, index as u64);
        put(&mut words, 112, 8, key.to_bits() as u64);
        put(&mut words, 128, 64, iova);
        put(&mut words, 192, 32, value as u64);
        put(&mut words, 256, 32, data[0] as u64);
        put(&mut words, 288, 32, data[1] as u64);
        put(&mut words, 320, 32, data[2] as u64);
        put(&mut words, 352, 32, data[3] as u64);
        put(&mut words, 384, 32, data[4] as u64);
        put(&mut words, 416, 32, data[5] as u64);
        put(&mut words, 448, 32, data[6] as u64);
        put(&mut words, 480, 32, data[7] as u64);
        AdminCmdRaw(words)
    }

    /// As [`Self::pack`], but fails on the first value that does not fit its field.
    pub const fn checked_pack(&self) -> Result<AdminCmdRaw, OutOfRange> {
        Ok(self.pack())
    }

    /// Calls `see` with name, element and value of every field: for dumps and comparisons.
    pub fn visit(&self, see: &mut dyn FnMut(&'static str, u32, u64)) {
        see("opcode", 0, u64::from(self.opcode.to_bits()));
        see("cookie", 0, u64::from(self.cookie));
        see("handle", 0, u64::from(self.handle));
        see("index", 0, u64::from(self.index));
        see("key", 0, u64::from(self.key.to_bits()));
        see("iova", 0, self.iova);
        see("value", 0, u64::from(self.value));
        see("data", 0, u64::from(self.data[0]));
        see("data", 1, u64::from(self.data[1]));
        see("data", 2, u64::from(self.data[2]));
        see("data", 3, u64::from(self.data[3]));
        see("data", 4, u64::from(self.data[4]));
        see("data", 5, u64::from(self.data[5]));
        see("data", 6, u64::from(self.data[6]));
        see("data", 7, u64::from(self.data[7]));
    }
}

impl From<AdminCmd> for AdminCmdRaw {
    fn from(plain: AdminCmd) -> Self {
        plain.pack()
    }
}

impl TryFrom<AdminCmdRaw> for AdminCmd {
    type Error = Invalid;
    fn try_from(raw: AdminCmdRaw) -> Result<Self, Invalid> {
        raw.unpack()
    }
}

impl Default for AdminCmd {
    /// All zero; an enumeration without zero has its lowest value.
    fn default() -> Self {
        Self {
            opcode: AdminOpcode::Nop,
            cookie: 0,
            handle: 0,
            index: 0,
            key: SessionKey::Mss,
            iova: 0,
            value: 0,
            data: [0; 8],
        }
    }
}

const _: () = assert!(size_of::<AdminCmdRaw>() == 64);

/// Where the fields of [`AdminCmdRaw`] lie.
pub mod admin_cmd {
    use crate::support::Field;
    /// `opcode`.
    pub const OPCODE: Field = Field { name: "opcode", lsb: 0, width: 8, count: 1, stride: 0 };
    /// `cookie`.
    pub const COOKIE: Field = Field { name: "cookie", lsb: 32, width: 32, count: 1, stride: 0 };
    /// `handle`.
    pub const HANDLE: Field = Field { name: "handle", lsb: 64, width: 32, count: 1, stride: 0 };
    /// `index`.
    pub const INDEX: Field = Field { name: "index", lsb: 96, width: 16, count: 1, stride: 0 };
    /// `key`.
    pub const KEY: Field = Field { name: "key", lsb: 112, width: 8, count: 1, stride: 0 };
    /// `iova`.
    pub const IOVA: Field = Field { name: "iova", lsb: 128, width: 64, count: 1, stride: 0 };
    /// `value`.
    pub const VALUE: Field = Field { name: "value", lsb: 192, width: 32, count: 1, stride: 0 };
    /// Inline: a nexthop entry, a TIME_WAIT key.
    pub const DATA: Field = Field { name: "data", lsb: 256, width: 32, count: 8, stride: 32 };
}

/// `admin_cpl`.
///
/// The 32 bytes as they lie in memory: any bit pattern, reserved bits included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct AdminCplRaw(pub [u32; 8]);

impl AdminCplRaw {
    /// Words of the structure.
    pub const WORDS: usize = 8;
    /// Bytes of the structure.
    pub const BYTES: usize = 32;
    /// All bits zero.
    pub const ZERO: Self = Self([0; 8]);
    /// Every field, in the order of its place.
    pub const FIELDS: [Field; 7] = [
        admin_cpl::OPCODE,
        admin_cpl::STATUS,
        admin_cpl::DETAIL,
        admin_cpl::COOKIE,
        admin_cpl::HANDLE,
        admin_cpl::RESULT,
        admin_cpl::PHASE,
    ];

    /// The structure in these bytes.
    pub const fn from_le_bytes(bytes: &[u8; 32]) -> Self {
        let mut words = [0; 8];
        let mut i = 0;
        while i < 8 {
            words[i] = u32::from_le_bytes([
                bytes[4 * i],
                bytes[4 * i + 1],
                bytes[4 * i + 2],
                bytes[4 * i + 3],
            ]);
            i += 1;
        }
        Self(words)
    }

    /// The bytes as they lie in memory.
    pub const fn to_le_bytes(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        let mut i = 0;
        while i < 8 {
            let word = self.0[i].to_le_bytes();
            bytes[4 * i] = word[0];
            bytes[4 * i + 1] = word[1];
            bytes[4 * i + 2] = word[2];
            bytes[4 * i + 3] = word[3];
            i += 1;
        }
        bytes
    }

    /// Every field as its plain value; fails on the first enumeration without a meaning.
    pub fn unpack(&self) -> Result<AdminCpl, Invalid> {
        Ok(AdminCpl {
            opcode: self.opcode()?,
            status: self.status()?,
            detail: self.detail(),
            cookie: self.cookie(),
            handle: self.handle(),
            result: [
                low32(get(&self.0, 96, 32)),
                low32(get(&self.0, 128, 32)),
                low32(get(&self.0, 160, 32)),
                low32(get(&self.0, 192, 32)),
            ],
            phase: self.phase(),
        })
    }

    /// `opcode`.
    pub const fn opcode(&self) -> Result<AdminOpcode, Invalid> {
        let value = low32(get(&self.0, 0, 8));
        match AdminOpcode::from_bits(value) {
            Some(known) => Ok(known),
            None => Err(Invalid { field: "opcode", offset: 0, value }),
        }
    }
    /// Sets `opcode`.
    pub const fn set_opcode(&mut self, value: AdminOpcode) {
        put(&mut self.0, 0, 8, value.to_bits() as u64);
    }
    /// With `opcode` set.
    #[must_use]
    pub const fn with_opcode(mut self, value: AdminOpcode) -> Self {
        self.set_opcode(value);
        self
    }

    /// `status`.
    pub const fn status(&self) -> Result<AdminStatus, Invalid> {
        let value = low32(get(&self.0, 8, 8));
        match AdminStatus::from_bits(value) {
            Some(known) => Ok(known),
            None => Err(Invalid { field: "status", offset: 1, value }),
        }
    }
    /// Sets `status`.
    pub const fn set_status(&mut self, value: AdminStatus) {
        put(&mut self.0, 8, 8, value.to_bits() as u64);
    }
    /// With `status` set.
    #[must_use]
    pub const fn with_status(mut self, value: AdminStatus) -> Self {
        self.set_status(value);
        self
    }

    /// For BAD_FIELD: byte offset of the field in the image.
    pub const fn detail(&self) -> u16 {
        low16(get(&self.0, 16, 16))
    }
    /// Sets `detail`.
    pub const fn set_detail(&mut self, value: u16) {
        put(&mut self.0, 16, 16, value as u64);
    }
    /// With `detail` set.
    #[must_use]
    pub const fn with_detail(mut self, value: u16) -> Self {
        self.set_detail(value);
        self
    }

    /// `cookie`.
    pub const fn cookie(&self) -> u32 {
        low32(get(&self.0, 32, 32))
    }
    /// Sets `cookie`.
    pub const fn set_cookie(&mut self, value: u32) {
        put(&mut self.0, 32, 32, value as u64);
    }
    /// With `cookie` set.
    #[must_use]
    pub const fn with_cookie(mut self, value: u32) -> Self {
        self.set_cookie(value);
        self
    }

    /// `handle`.
    pub const fn handle(&self) -> u32 {
        low32(get(&self.0, 64, 32))
    }
    /// Sets `handle`.
    pub const fn set_handle(&mut self, value: u32) {
        put(&mut self.0, 64, 32, value as u64);
    }
    /// With `handle` set.
    #[must_use]
    pub const fn with_handle(mut self, value: u32) -> Self {
        self.set_handle(value);
        self
    }

    /// `result`.
    pub const fn result(&self, i: u32) -> Option<u32> {
        if i < 4 { Some(low32(get(&self.0, 96 + i * 32, 32))) } else { None }
    }
    /// Sets `result`. An index out of range changes nothing.
    pub const fn set_result(&mut self, i: u32, value: u32) {
        if i < 4 {
            put(&mut self.0, 96 + i * 32, 32, value as u64);
        }
    }
    /// With `result` set.
    #[must_use]
    pub const fn with_result(mut self, i: u32, value: u32) -> Self {
        self.set_result(i, value);
        self
    }

    /// `phase`.
    pub const fn phase(&self) -> bool {
        get(&self.0, 255, 1) != 0
    }
    /// Sets `phase`.
    pub const fn set_phase(&mut self, value: bool) {
        put(&mut self.0, 255, 1, value as u64);
    }
    /// With `phase` set.
    #[must_use]
    pub const fn with_phase(mut self, value: bool) -> Self {
        self.set_phase(value);
        self
    }
}

impl Default for AdminCplRaw {
    fn default() -> Self {
        Self::ZERO
    }
}

/// `admin_cpl`.
///
/// Every field as a plain value; [`AdminCplRaw`] is how it lies in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AdminCpl {
    /// `opcode`.
    pub opcode: AdminOpcode,
    /// `status`.
    pub status: AdminStatus,
    /// For BAD_FIELD: byte offset of the field in the image.
    pub detail: u16,
    /// `cookie`.
    pub cookie: u32,
    /// `handle`.
    pub handle: u32,
    /// `result`.
    pub result: [u32; 4],
    /// `phase`.
    pub phase: bool,
}

impl AdminCpl {
    /// As it lies in memory, reserved bits zero. Bits above a field's width are dropped:
    /// values that may not fit go through [`Self::checked_pack`].
    pub const fn pack(&self) -> AdminCplRaw {
        let AdminCpl { opcode, status, detail, cookie, handle, result, phase } = *self;
        let mut words = [0; 8];
        put(&mut words, 0, 8, opcode.to_bits() as u64);
        put(&mut words, 8, 8, status.to_bits() as u64);
        put(&mut words, 16, 16, detail as u64);
        put(&mut words, 32, 32, cookie as u64);
        put(&mut words, 64, 32, handle as u64);
        put(&mut words, 96, 32, result[0] as u64);
        put(&mut words, 128, 32, result[1] as u64);
        put(&mut words, 160, 32, result[2] as u64);
        put(&mut words, 192, 32, result[3] as u64);
        put(&mut words, 255, 1, phase as u64);
        AdminCplRaw(words)
    }

    /// As [`Self::pack`], but fails on the first value that does not fit its field.
    pub const fn checked_pack(&self) -> Result<AdminCplRaw, OutOfRange> {
        Ok(self.pack())
    }

    /// Calls `see` with name, element and value of every field: for dumps and comparisons.
    pub fn visit(&self, see: &mut dyn FnMut(&'static str, u32, u64)) {
        see("opcode", 0, u64::from(self.opcode.to_bits()));
        see("status", 0, u64::from(self.status.to_bits()));
        see("detail", 0, u64::from(self.detail));
        see("cookie", 0, u64::from(self.cookie));
        see("handle", 0, u64::from(self.handle));
        see("result", 0, u64::from(self.result[0]));
        see("result", 1, u64::from(self.result[1]));
        see("result", 2, u64::from(self.result[2]));
        see("result", 3, u64::from(self.result[3]));
        see("phase", 0, u64::from(self.phase));
    }
}

impl From<AdminCpl> for AdminCplRaw {
    fn from(plain: AdminCpl) -> Self {
        plain.pack()
    }
}

impl TryFrom<AdminCplRaw> for AdminCpl {
    type Error = Invalid;
    fn try_from(raw: AdminCplRaw) -> Result<Self, Invalid> {
        raw.unpack()
    }
}

impl Default for AdminCpl {
    /// All zero; an enumeration without zero has its lowest value.
    fn default() -> Self {
        Self {
            opcode: AdminOpcode::Nop,
            status: AdminStatus::Ok,
            detail: 0,
            cookie: 0,
            handle: 0,
            result: [0; 4],
            phase: false,
        }
    }
}

const _: () = assert!(size_of::<AdminCplRaw>() == 32);

/// Where the fields of [`AdminCplRaw`] lie.
pub mod admin_cpl {
    use crate::support::Field;
    /// `opcode`.
    pub const OPCODE: Field = Field { name: "opcode", lsb: 0, width: 8, count: 1, stride: 0 };
    /// `status`.
    pub const STATUS: Field = Field { name: "status", lsb: 8, width: 8, count: 1, stride: 0 };
    /// For BAD_FIELD: byte offset of the field in the image.
    pub const DETAIL: Field = Field { name: "detail", lsb: 16, width: 16, count: 1, stride: 0 };
    /// `cookie`.
    pub const COOKIE: Field = Field { name: "cookie", lsb: 32, width: 32, count: 1, stride: 0 };
    /// `handle`.
    pub const HANDLE: Field = Field { name: "handle", lsb: 64, width: 32, count: 1, stride: 0 };
    /// `result`.
    pub const RESULT: Field = Field { name: "result", lsb: 96, width: 32, count: 4, stride: 32 };
    /// `phase`.
    pub const PHASE: Field = Field { name: "phase", lsb: 255, width: 1, count: 1, stride: 0 };
}

/// Next-hop slot, 32 bytes.
///
/// The 32 bytes as they lie in memory: any bit pattern, reserved bits included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct NexthopRaw(pub [u32; 8]);

impl NexthopRaw {
    /// Words of the structure.
    pub const WORDS: usize = 8;
    /// Bytes of the structure.
    pub const BYTES: usize = 32;
    /// All bits zero.
    pub const ZERO: Self = Self([0; 8]);
    /// Every field, in the order of its place.
    pub const FIELDS: [Field; 8] = [
        nexthop::DST_MAC,
        nexthop::MTU,
        nexthop::SRC_MAC,
        nexthop::VLAN_TCI,
        nexthop::VALID,
        nexthop::VLAN_PRESENT,
        nexthop::GENERATION,
        nexthop::PORT,
    ];

    /// The structure in these bytes.
    pub const fn from_le_bytes(bytes: &[u8; 32]) -> Self {
        let mut words = [0; 8];
        let mut i = 0;
        while i < 8 {
            words[i] = u32::from_le_bytes([
                bytes[4 * i],
                bytes[4 * i + 1],
                bytes[4 * i + 2],
                bytes[4 * i + 3],
            ]);
            i += 1;
        }
        Self(words)
    }

    /// The bytes as they lie in memory.
    pub const fn to_le_bytes(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        let mut i = 0;
        while i < 8 {
            let word = self.0[i].to_le_bytes();
            bytes[4 * i] = word[0];
            bytes[4 * i + 1] = word[1];
            bytes[4 * i + 2] = word[2];
            bytes[4 * i + 3] = word[3];
            i += 1;
        }
        bytes
    }

    /// Every field as its plain value; fails on the first enumeration without a meaning.
    pub fn unpack(&self) -> Result<Nexthop, Invalid> {
        Ok(Nexthop {
            dst_mac: self.dst_mac(),
            mtu: self.mtu(),
            src_mac: self.src_mac(),
            vlan_tci: self.vlan_tci(),
            valid: self.valid(),
            vlan_present: self.vlan_present(),
            generation: self.generation(),
            port: self.port(),
        })
    }

    /// First four bytes of the address, first byte lowest.
    pub const fn dst_mac(&self) -> u64 {
        get(&self.0, 0, 48)
    }
    /// Sets `dst_mac`. Bits above the field are dropped.
    pub const fn set_dst_mac(&mut self, value: u64) {
        put(&mut self.0, 0, 48, value);
    }
    /// With `dst_mac` set.
    #[must_use]
    pub const fn with_dst_mac(mut self, value: u64) -> Self {
        self.set_dst_mac(value);
        self
    }

    /// `mtu`.
    pub const fn mtu(&self) -> u16 {
        low16(get(&self.0, 48, 16))
    }
    /// Sets `mtu`.
    pub const fn set_mtu(&mut self, value: u16) {
        put(&mut self.0, 48, 16, value as u64);
    }
    /// With `mtu` set.
    #[must_use]
    pub const fn with_mtu(mut self, value: u16) -> Self {
        self.set_mtu(value);
        self
    }

    /// `src_mac`.
    pub const fn src_mac(&self) -> u64 {
        get(&self.0, 64, 48)
    }
    /// Sets `src_mac`. Bits above the field are dropped.
    pub const fn set_src_mac(&mut self, value: u64) {
        put(&mut self.0, 64, 48, value);
    }
    /// With `src_mac` set.
    #[must_use]
    pub const fn with_src_mac(mut self, value: u64) -> Self {
        self.set_src_mac(value);
        self
    }

    /// `vlan_tci`.
    pub const fn vlan_tci(&self) -> u16 {
        low16(get(&self.0, 112, 16))
    }
    /// Sets `vlan_tci`.
    pub const fn set_vlan_tci(&mut self, value: u16) {
        put(&mut self.0, 112, 16, value as u64);
    }
    /// With `vlan_tci` set.
    #[must_use]
    pub const fn with_vlan_tci(mut self, value: u16) -> Self {
        self.set_vlan_tci(value);
        self
    }

    /// `valid`.
    pub const fn valid(&self) -> bool {
        get(&self.0, 128, 1) != 0
    }
    /// Sets `valid`.
    pub const fn set_valid(&mut self, value: bool) {
        put(&mut self.0, 128, 1, value as u64);
    }
    /// With `valid` set.
    #[must_use]
    pub const fn with_valid(mut self, value: bool) -> Self {
        self.set_valid(value);
        self
    }

    /// `vlan_present`.
    pub const fn vlan_present(&self) -> bool {
        get(&self.0, 129, 1) != 0
    }
    /// Sets `vlan_present`.
    pub const fn set_vlan_present(&mut self, value: bool) {
        put(&mut self.0, 129, 1, value as u64);
    }
    /// With `vlan_present` set.
    #[must_use]
    pub const fn with_vlan_present(mut self, value: bool) -> Self {
        self.set_vlan_present(value);
        self
    }

    /// `generation`.
    pub const fn generation(&self) -> u8 {
        low8(get(&self.0, 136, 8))
    }
    /// Sets `generation`.
    pub const fn set_generation(&mut self, value: u8) {
        put(&mut self.0, 136, 8, value as u64);
    }
    /// With `generation` set.
    #[must_use]
    pub const fn with_generation(mut self, value: u8) -> Self {
        self.set_generation(value);
        self
    }

    /// `port`.
    pub const fn port(&self) -> u8 {
        low8(get(&self.0, 144, 8))
    }
    /// Sets `port`.
    pub const fn set_port(&mut self, value: u8) {
        put(&mut self.0, 144, 8, value as u64);
    }
    /// With `port` set.
    #[must_use]
    pub const fn with_port(mut self, value: u8) -> Self {
        self.set_port(value);
        self
    }
}

impl Default for NexthopRaw {
    fn default() -> Self {
        Self::ZERO
    }
}

/// Next-hop slot, 32 bytes.
///
/// Every field as a plain value; [`NexthopRaw`] is how it lies in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Nexthop {
    /// First four bytes of the address, first byte lowest (48 bits).
    pub dst_mac: u64,
    /// `mtu`.
    pub mtu: u16,
    /// `src_mac` (48 bits).
    pub src_mac: u64,
    /// `vlan_tci`.
    pub vlan_tci: u16,
    /// `valid`.
    pub valid: bool,
    /// `vlan_present`.
    pub vlan_present: bool,
    /// `generation`.
    pub generation: u8,
    /// `port`.
    pub port: u8,
}

impl Nexthop {
    /// As it lies in memory, reserved bits zero. Bits above a field's width are dropped:
    /// values that may not fit go through [`Self::checked_pack`].
    pub const fn pack(&self) -> NexthopRaw {
        let Nexthop { dst_mac, mtu, src_mac, vlan_tci, valid, vlan_present, generation, port } =
            *self;
        let mut words = [0; 8];
        put(&mut words, 0, 48, dst_mac);
        put(&mut words, 48, 16, mtu as u64);
        put(&mut words, 64, 48, src_mac);
        put(&mut words, 112, 16, vlan_tci as u64);
        put(&mut words, 128, 1, valid as u64);
        put(&mut words, 129, 1, vlan_present as u64);
        put(&mut words, 136, 8, generation as u64);
        put(&mut words, 144, 8, port as u64);
        NexthopRaw(words)
    }

    /// As [`Self::pack`], but fails on the first value that does not fit its field.
    pub const fn checked_pack(&self) -> Result<NexthopRaw, OutOfRange> {
        if self.dst_mac > 0xffffffffffff {
            return Err(OutOfRange { field: "dst_mac", value: self.dst_mac, width: 48 });
        }
        if self.src_mac > 0xffffffffffff {
            return Err(OutOfRange { field: "src_mac", value: self.src_mac, width: 48 });
        }
        Ok(self.pack())
    }

    /// Calls `see` with name, element and value of every field: for dumps and comparisons.
    pub fn visit(&self, see: &mut dyn FnMut(&'static str, u32, u64)) {
        see("dst_mac", 0, self.dst_mac);
        see("mtu", 0, u64::from(self.mtu));
        see("src_mac", 0, self.src_mac);
        see("vlan_tci", 0, u64::from(self.vlan_tci));
        see("valid", 0, u64::from(self.valid));
        see("vlan_present", 0, u64::from(self.vlan_present));
        see("generation", 0, u64::from(self.generation));
        see("port", 0, u64::from(self.port));
    }
}

impl From<Nexthop> for NexthopRaw {
    fn from(plain: Nexthop) -> Self {
        plain.pack()
    }
}

impl TryFrom<NexthopRaw> for Nexthop {
    type Error = Invalid;
    fn try_from(raw: NexthopRaw) -> Result<Self, Invalid> {
        raw.unpack()
    }
}

impl Default for Nexthop {
    /// All zero; an enumeration without zero has its lowest value.
    fn default() -> Self {
        Self {
            dst_mac: 0,
            mtu: 0,
            src_mac: 0,
            vlan_tci: 0,
            valid: false,
            vlan_present: false,
            generation: 0,
            port: 0,
        }
    }
}

const _: () = assert!(size_of::<NexthopRaw>() == 32);

/// Where the fields of [`NexthopRaw`] lie.
pub mod nexthop {
    use crate::support::Field;
    /// First four bytes of the address, first byte lowest.
    pub const DST_MAC: Field = Field { name: "dst_mac", lsb: 0, width: 48, count: 1, stride: 0 };
    /// `mtu`.
    pub const MTU: Field = Field { name: "mtu", lsb: 48, width: 16, count: 1, stride: 0 };
    /// `src_mac`.
    pub const SRC_MAC: Field = Field { name: "src_mac", lsb: 64, width: 48, count: 1, stride: 0 };
    /// `vlan_tci`.
    pub const VLAN_TCI: Field =
        Field { name: "vlan_tci", lsb: 112, width: 16, count: 1, stride: 0 };
    /// `valid`.
    pub const VALID: Field = Field { name: "valid", lsb: 128, width: 1, count: 1, stride: 0 };
    /// `vlan_present`.
    pub const VLAN_PRESENT: Field =
        Field { name: "vlan_present", lsb: 129, width: 1, count: 1, stride: 0 };
    /// `generation`.
    pub const GENERATION: Field =
        Field { name: "generation", lsb: 136, width: 8, count: 1, stride: 0 };
    /// `port`.
    pub const PORT: Field = Field { name: "port", lsb: 144, width: 8, count: 1, stride: 0 };
}

/// Record of the trace ring, 64 bytes, engine to host: one event of a session whose key TRACE is set, with the state after it. The ring is written round and round, whatever the host reads. A record is whole when count and count_again agree.
///
/// The 64 bytes as they lie in memory: any bit pattern, reserved bits included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct TraceRecordRaw(pub [u32; 16]);

impl TraceRecordRaw {
    /// Words of the structure.
    pub const WORDS: usize = 16;
    /// Bytes of the structure.
    pub const BYTES: usize = 64;
    /// All bits zero.
    pub const ZERO: Self = Self([0; 16]);
    /// Every field, in the order of its place.
    pub const FIELDS: [Field; 25] = [
        trace_record::TIME_US,
        trace_record::KIND,
        trace_record::STATE,
        trace_record::RETRANSMIT,
        trace_record::PARKED,
        trace_record::FAST_RECOVERY,
        trace_record::CONG_RECOVERY,
        trace_record::TCP_FLAGS,
        trace_record::PERSIST,
        trace_record::ACK_DUE,
        trace_record::HANDLE,
        trace_record::SEQ,
        trace_record::ACK,
        trace_record::LEN,
        trace_record::WND,
        trace_record::SND_UNA,
        trace_record::COUNT,
        trace_record::SND_NXT,
        trace_record::SND_MAX,
        trace_record::SND_WND,
        trace_record::RCV_NXT,
        trace_record::CWND,
        trace_record::SSTHRESH,
        trace_record::SRTT_US,
        trace_record::COUNT_AGAIN,
    ];

    /// The structure in these bytes.
    pub const fn from_le_bytes(bytes: &[u8; 64]) -> Self {
        let mut words = [0; 16];
        let mut i = 0;
        while i < 16 {
            words[i] = u32::from_le_bytes([
                bytes[4 * i],
                bytes[4 * i + 1],
                bytes[4 * i + 2],
                bytes[4 * i + 3],
            ]);
            i += 1;
        }
        Self(words)
    }

    /// The bytes as they lie in memory.
    pub const fn to_le_bytes(&self) -> [u8; 64] {
        let mut bytes = [0; 64];
        let mut i = 0;
        while i < 16 {
            let word = self.0[i].to_le_bytes();
            bytes[4 * i] = word[0];
            bytes[4 * i + 1] = word[1];
            bytes[4 * i + 2] = word[2];
            bytes[4 * i + 3] = word[3];
            i += 1;
        }
        bytes
    }

    /// Every field as its plain value; fails on the first enumeration without a meaning.
    pub fn unpack(&self) -> Result<TraceRecord, Invalid> {
        Ok(TraceRecord {
            time_us: self.time_us(),
            kind: self.kind()?,
            state: self.state()?,
            retransmit: self.retransmit(),
            parked: self.parked(),
            fast_recovery: self.fast_recovery(),
            cong_recovery: self.cong_recovery(),
            tcp_flags: self.tcp_flags(),
            persist: self.persist(),
            ack_due: self.ack_due(),
            handle: self.handle(),
            seq: self.seq(),
            ack: self.ack(),
            len: self.len(),
            wnd: self.wnd(),
            snd_una: self.snd_una(),
            count: self.count(),
            snd_nxt: self.snd_nxt(),
            snd_max: self.snd_max(),
            snd_wnd: self.snd_wnd(),
            rcv_nxt: self.rcv_nxt(),
            cwnd: self.cwnd(),
            ssthresh: self.ssthresh(),
            srtt_us: self.srtt_us(),
            count_again: self.count_again(),
        })
    }

    /// `time_us`.
    pub const fn time_us(&self) -> u32 {
        low32(get(&self.0, 0, 32))
    }
    /// Sets `time_us`.
    pub const fn set_time_us(&mut self, value: u32) {
        put(&mut self.0, 0, 32, value as u64);
    }
    /// With `time_us` set.
    #[must_use]
    pub const fn with_time_us(mut self, value: u32) -> Self {
        self.set_time_us(value);
        self
    }

    /// `kind`.
    pub const fn kind(&self) -> Result<TraceKind, Invalid> {
        let value = low32(get(&self.0, 32, 8));
        match TraceKind::from_bits(value) {
            Some(known) => Ok(known),
            None => Err(Invalid { field: "kind", offset: 4, value }),
        }
    }
    /// Sets `kind`.
    pub const fn set_kind(&mut self, value: TraceKind) {
        put(&mut self.0, 32, 8, value.to_bits() as u64);
    }
    /// With `kind` set.
    #[must_use]
    pub const fn with_kind(mut self, value: TraceKind) -> Self {
        self.set_kind(value);
        self
    }

    /// `state`.
    pub const fn state(&self) -> Result<TcpState, Invalid> {
        let value = low32(get(&self.0, 40, 4));
        match TcpState::from_bits(value) {
            Some(known) => Ok(known),
            None => Err(Invalid { field: "state", offset: 5, value }),
        }
    }
    /// Sets `state`. Bits above the field are dropped.
    pub const fn set_state(&mut self, value: TcpState) {
        put(&mut self.0, 40, 4, value.to_bits() as u64);
    }
    /// With `state` set.
    #[must_use]
    pub const fn with_state(mut self, value: TcpState) -> Self {
        self.set_state(value);
        self
    }

    /// `retransmit`.
    pub const fn retransmit(&self) -> bool {
        get(&self.0, 44, 1) != 0
    }
    /// Sets `retransmit`.
    pub const fn set_retransmit(&mut self, value: bool) {
        put(&mut self.0, 44, 1, value as u64);
    }
    /// With `retransmit` set.
    #[must_use]
    pub const fn with_retransmit(mut self, value: bool) -> Self {
        self.set_retransmit(value);
        self
    }

    /// `parked`.
    pub const fn parked(&self) -> bool {
        get(&self.0, 45, 1) != 0
    }
    /// Sets `parked`.
    pub const fn set_parked(&mut self, value: bool) {
        put(&mut self.0, 45, 1, value as u64);
    }
    /// With `parked` set.
    #[must_use]
    pub const fn with_parked(mut self, value: bool) -> Self {
        self.set_parked(value);
        self
    }

    /// `fast_recovery`.
    pub const fn fast_recovery(&self) -> bool {
        get(&self.0, 46, 1) != 0
    }
    /// Sets `fast_recovery`.
    pub const fn set_fast_recovery(&mut self, value: bool) {
        put(&mut self.0, 46, 1, value as u64);
    }
    /// With `fast_recovery` set.
    #[must_use]
    pub const fn with_fast_recovery(mut self, value: bool) -> Self {
        self.set_fast_recovery(value);
        self
    }

    /// `cong_recovery`.
    pub const fn cong_recovery(&self) -> bool {
        get(&self.0, 47, 1) != 0
    }
    /// Sets `cong_recovery`.
    pub const fn set_cong_recovery(&mut self, value: bool) {
        put(&mut self.0, 47, 1, value as u64);
    }
    /// With `cong_recovery` set.
    #[must_use]
    pub const fn with_cong_recovery(mut self, value: bool) -> Self {
        self.set_cong_recovery(value);
        self
    }

    /// Flags of the segment as in its header, FIN lowest.
    pub const fn tcp_flags(&self) -> u8 {
        low8(get(&self.0, 48, 8))
    }
    /// Sets `tcp_flags`.
    pub const fn set_tcp_flags(&mut self, value: u8) {
        put(&mut self.0, 48, 8, value as u64);
    }
    /// With `tcp_flags` set.
    #[must_use]
    pub const fn with_tcp_flags(mut self, value: u8) -> Self {
        self.set_tcp_flags(value);
        self
    }

    /// `persist`.
    pub const fn persist(&self) -> bool {
        get(&self.0, 56, 1) != 0
    }
    /// Sets `persist`.
    pub const fn set_persist(&mut self, value: bool) {
        put(&mut self.0, 56, 1, value as u64);
    }
    /// With `persist` set.
    #[must_use]
    pub const fn with_persist(mut self, value: bool) -> Self {
        self.set_persist(value);
        self
    }

    /// `ack_due`.
    pub const fn ack_due(&self) -> bool {
        get(&self.0, 57, 1) != 0
    }
    /// Sets `ack_due`.
    pub const fn set_ack_due(&mut self, value: bool) {
        put(&mut self.0, 57, 1, value as u64);
    }
    /// With `ack_due` set.
    #[must_use]
    pub const fn with_ack_due(mut self, value: bool) -> Self {
        self.set_ack_due(value);
        self
    }

    /// `handle`.
    pub const fn handle(&self) -> u32 {
        low32(get(&self.0, 64, 32))
    }
    /// Sets `handle`.
    pub const fn set_handle(&mut self, value: u32) {
        put(&mut self.0, 64, 32, value as u64);
    }
    /// With `handle` set.
    #[must_use]
    pub const fn with_handle(mut self, value: u32) -> Self {
        self.set_handle(value);
        self
    }

    /// Of the segment received or sent; else snd_nxt.
    pub const fn seq(&self) -> u32 {
        low32(get(&self.0, 96, 32))
    }
    /// Sets `seq`.
    pub const fn set_seq(&mut self, value: u32) {
        put(&mut self.0, 96, 32, value as u64);
    }
    /// With `seq` set.
    #[must_use]
    pub const fn with_seq(mut self, value: u32) -> Self {
        self.set_seq(value);
        self
    }

    /// Of the segment; else rcv_nxt.
    pub const fn ack(&self) -> u32 {
        low32(get(&self.0, 128, 32))
    }
    /// Sets `ack`.
    pub const fn set_ack(&mut self, value: u32) {
        put(&mut self.0, 128, 32, value as u64);
    }
    /// With `ack` set.
    #[must_use]
    pub const fn with_ack(mut self, value: u32) -> Self {
        self.set_ack(value);
        self
    }

    /// `len`.
    pub const fn len(&self) -> u16 {
        low16(get(&self.0, 160, 16))
    }
    /// Sets `len`.
    pub const fn set_len(&mut self, value: u16) {
        put(&mut self.0, 160, 16, value as u64);
    }
    /// With `len` set.
    #[must_use]
    pub const fn with_len(mut self, value: u16) -> Self {
        self.set_len(value);
        self
    }

    /// As in the segment's header, not scaled.
    pub const fn wnd(&self) -> u16 {
        low16(get(&self.0, 176, 16))
    }
    /// Sets `wnd`.
    pub const fn set_wnd(&mut self, value: u16) {
        put(&mut self.0, 176, 16, value as u64);
    }
    /// With `wnd` set.
    #[must_use]
    pub const fn with_wnd(mut self, value: u16) -> Self {
        self.set_wnd(value);
        self
    }

    /// `snd_una`.
    pub const fn snd_una(&self) -> u32 {
        low32(get(&self.0, 192, 32))
    }
    /// Sets `snd_una`.
    pub const fn set_snd_una(&mut self, value: u32) {
        put(&mut self.0, 192, 32, value as u64);
    }
    /// With `snd_una` set.
    #[must_use]
    pub const fn with_snd_una(mut self, value: u32) -> Self {
        self.set_snd_una(value);
        self
    }

    /// Free-running number of the record; gaps are records lost.
    pub const fn count(&self) -> u32 {
        low32(get(&self.0, 224, 32))
    }
    /// Sets `count`.
    pub const fn set_count(&mut self, value: u32) {
        put(&mut self.0, 224, 32, value as u64);
    }
    /// With `count` set.
    #[must_use]
    pub const fn with_count(mut self, value: u32) -> Self {
        self.set_count(value);
        self
    }

    /// `snd_nxt`.
    pub const fn snd_nxt(&self) -> u32 {
        low32(get(&self.0, 256, 32))
    }
    /// Sets `snd_nxt`.
    pub const fn set_snd_nxt(&mut self, value: u32) {
        put(&mut self.0, 256, 32, value as u64);
    }
    /// With `snd_nxt` set.
    #[must_use]
    pub const fn with_snd_nxt(mut self, value: u32) -> Self {
        self.set_snd_nxt(value);
        self
    }

    /// `snd_max`.
    pub const fn snd_max(&self) -> u32 {
        low32(get(&self.0, 288, 32))
    }
    /// Sets `snd_max`.
    pub const fn set_snd_max(&mut self, value: u32) {
        put(&mut self.0, 288, 32, value as u64);
    }
    /// With `snd_max` set.
    #[must_use]
    pub const fn with_snd_max(mut self, value: u32) -> Self {
        self.set_snd_max(value);
        self
    }

    /// `snd_wnd`.
    pub const fn snd_wnd(&self) -> u32 {
        low32(get(&self.0, 320, 32))
    }
    /// Sets `snd_wnd`.
    pub const fn set_snd_wnd(&mut self, value: u32) {
        put(&mut self.0, 320, 32, value as u64);
    }
    /// With `snd_wnd` set.
    #[must_use]
    pub const fn with_snd_wnd(mut self, value: u32) -> Self {
        self.set_snd_wnd(value);
        self
    }

    /// `rcv_nxt`.
    pub const fn rcv_nxt(&self) -> u32 {
        low32(get(&self.0, 352, 32))
    }
    /// Sets `rcv_nxt`.
    pub const fn set_rcv_nxt(&mut self, value: u32) {
        put(&mut self.0, 352, 32, value as u64);
    }
    /// With `rcv_nxt` set.
    #[must_use]
    pub const fn with_rcv_nxt(mut self, value: u32) -> Self {
        self.set_rcv_nxt(value);
        self
    }

    /// `cwnd`.
    pub const fn cwnd(&self) -> u32 {
        low32(get(&self.0, 384, 32))
    }
    /// Sets `cwnd`.
    pub const fn set_cwnd(&mut self, value: u32) {
        put(&mut self.0, 384, 32, value as u64);
    }
    /// With `cwnd` set.
    #[must_use]
    pub const fn with_cwnd(mut self, value: u32) -> Self {
        self.set_cwnd(value);
        self
    }

    /// `ssthresh`.
    pub const fn ssthresh(&self) -> u32 {
        low32(get(&self.0, 416, 32))
    }
    /// Sets `ssthresh`.
    pub const fn set_ssthresh(&mut self, value: u32) {
        put(&mut self.0, 416, 32, value as u64);
    }
    /// With `ssthresh` set.
    #[must_use]
    pub const fn with_ssthresh(mut self, value: u32) -> Self {
        self.set_ssthresh(value);
        self
    }

    /// `srtt_us`.
    pub const fn srtt_us(&self) -> u32 {
        low32(get(&self.0, 448, 32))
    }
    /// Sets `srtt_us`.
    pub const fn set_srtt_us(&mut self, value: u32) {
        put(&mut self.0, 448, 32, value as u64);
    }
    /// With `srtt_us` set.
    #[must_use]
    pub const fn with_srtt_us(mut self, value: u32) -> Self {
        self.set_srtt_us(value);
        self
    }

    /// `count_again`.
    pub const fn count_again(&self) -> u32 {
        low32(get(&self.0, 480, 32))
    }
    /// Sets `count_again`.
    pub const fn set_count_again(&mut self, value: u32) {
        put(&mut self.0, 480, 32, value as u64);
    }
    /// With `count_again` set.
    #[must_use]
    pub const fn with_count_again(mut self, value: u32) -> Self {
        self.set_count_again(value);
        self
    }
}

impl Default for TraceRecordRaw {
    fn default() -> Self {
        Self::ZERO
    }
}

/// Record of the trace ring, 64 bytes, engine to host: one event of a session whose key TRACE is set, with the state after it. The ring is written round and round, whatever the host reads. A record is whole when count and count_again agree.
///
/// Every field as a plain value; [`TraceRecordRaw`] is how it lies in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TraceRecord {
    /// `time_us`.
    pub time_us: u32,
    /// `kind`.
    pub kind: TraceKind,
    /// `state`.
    pub state: TcpState,
    /// `retransmit`.
    pub retransmit: bool,
    /// `parked`.
    pub parked: bool,
    /// `fast_recovery`.
    pub fast_recovery: bool,
    /// `cong_recovery`.
    pub cong_recovery: bool,
    /// Flags of the segment as in its header, FIN lowest.
    pub tcp_flags: u8,
    /// `persist`.
    pub persist: bool,
    /// `ack_due`.
    pub ack_due: bool,
    /// `handle`.
    pub handle: u32,
    /// Of the segment received or sent; else snd_nxt.
    pub seq: u32,
    /// Of the segment; else rcv_nxt.
    pub ack: u32,
    /// `len`.
    pub len: u16,
    /// As in the segment's header, not scaled.
    pub wnd: u16,
    /// `snd_una`.
    pub snd_una: u32,
    /// Free-running number of the record; gaps are records lost.
    pub count: u32,
    /// `snd_nxt`.
    pub snd_nxt: u32,
    /// `snd_max`.
    pub snd_max: u32,
    /// `snd_wnd`.
    pub snd_wnd: u32,
    /// `rcv_nxt`.
    pub rcv_nxt: u32,
    /// `cwnd`.
    pub cwnd: u32,
    /// `ssthresh`.
    pub ssthresh: u32,
    /// `srtt_us`.
    pub srtt_us: u32,
    /// `count_again`.
    pub count_again: u32,
}

impl TraceRecord {
    /// As it lies in memory, reserved bits zero. Bits above a field's width are dropped:
    /// values that may not fit go through [`Self::checked_pack`].
    pub const fn pack(&self) -> TraceRecordRaw {
        let TraceRecord {
            time_us,
            kind,
            state,
            retransmit,
            parked,
            fast_recovery,
            cong_recovery,
            tcp_flags,
            persist,
            ack_due,
            handle,
            seq,
            ack,
            len,
            wnd,
            snd_una,
            count,
            snd_nxt,
            snd_max,
            snd_wnd,
            rcv_nxt,
            cwnd,
            ssthresh,
            srtt_us,
            count_again,
        } = *self;
        let mut words = [0; 16];
        put(&mut words, 0, 32, time_us as u64);
        put(&mut words, 32, 8, kind.to_bits() as u64);
        put(&mut words, 40, 4, state.to_bits() as u64);
        put(&mut words, 44, 1, retransmit as u64);
        put(&mut words, 45, 1, parked as u64);
        put(&mut words, 46, 1, fast_recovery as u64);
        put(&mut words, 47, 1, cong_recovery as u64);
        put(&mut words, 48, 8, tcp_flags as u64);
        put(&mut words, 56, 1, persist as u64);
        put(&mut words, 57, 1, ack_due as u64);
        put(&mut words, 64, 32, handle as u64);
        put(&mut words, 96, 32, seq as u64);
        put(&mut words, 128, 32, ack as u64);
        put(&mut words, 160, 16, len as u64);
        put(&mut words, 176, 16, wnd as u64);
        put(&mut words, 192, 32, snd_una as u64);
        put(&mut words, 224, 32, count as u64);
        put(&mut words, 256, 32, snd_nxt as u64);
        put(&mut words, 288, 32, snd_max as u64);
        put(&mut words, 320, 32, snd_wnd as u64);
        put(&mut words, 352, 32, rcv_nxt as u64);
        put(&mut words, 384, 32, cwnd as u64);
        put(&mut words, 416, 32, ssthresh as u64);
        put(&mut words, 448, 32, srtt_us as u64);
        put(&mut words, 480, 32, count_again as u64);
        TraceRecordRaw(words)
    }

    /// As [`Self::pack`], but fails on the first value that does not fit its field.
    pub const fn checked_pack(&self) -> Result<TraceRecordRaw, OutOfRange> {
        Ok(self.pack())
    }

    /// Calls `see` with name, element and value of every field: for dumps and comparisons.
    pub fn visit(&self, see: &mut dyn FnMut(&'static str, u32, u64)) {
        see("time_us", 0, u64::from(self.time_us));
        see("kind", 0, u64::from(self.kind.to_bits()));
        see("state", 0, u64::from(self.state.to_bits()));
        see("retransmit", 0, u64::from(self.retransmit));
        see("parked", 0, u64::from(self.parked));
        see("fast_recovery", 0, u64::from(self.fast_recovery));
        see("cong_recovery", 0, u64::from(self.cong_recovery));
        see("tcp_flags", 0, u64::from(self.tcp_flags));
        see("persist", 0, u64::from(self.persist));
        see("ack_due", 0, u64::from(self.ack_due));
        see("handle", 0, u64::from(self.handle));
        see("seq", 0, u64::from(self.seq));
        see("ack", 0, u64::from(self.ack));
        see("len", 0, u64::from(self.len));
        see("wnd", 0, u64::from(self.wnd));
        see("snd_una", 0, u64::from(self.snd_una));
        see("count", 0, u64::from(self.count));
        see("snd_nxt", 0, u64::from(self.snd_nxt));
        see("snd_max", 0, u64::from(self.snd_max));
        see("snd_wnd", 0, u64::from(self.snd_wnd));
        see("rcv_nxt", 0, u64::from(self.rcv_nxt));
        see("cwnd", 0, u64::from(self.cwnd));
        see("ssthresh", 0, u64::from(self.ssthresh));
        see("srtt_us", 0, u64::from(self.srtt_us));
        see("count_again", 0, u64::from(self.count_again));
    }
}

impl From<TraceRecord> for TraceRecordRaw {
    fn from(plain: TraceRecord) -> Self {
        plain.pack()
    }
}

impl TryFrom<TraceRecordRaw> for TraceRecord {
    type Error = Invalid;
    fn try_from(raw: TraceRecordRaw) -> Result<Self, Invalid> {
        raw.unpack()
    }
}

impl Default for TraceRecord {
    /// All zero; an enumeration without zero has its lowest value.
    fn default() -> Self {
        Self {
            time_us: 0,
            kind: TraceKind::Rx,
            state: TcpState::Closed,
            retransmit: false,
            parked: false,
            fast_recovery: false,
            cong_recovery: false,
            tcp_flags: 0,
            persist: false,
            ack_due: false,
            handle: 0,
            seq: 0,
            ack: 0,
            len: 0,
            wnd: 0,
            snd_una: 0,
            count: 0,
            snd_nxt: 0,
            snd_max: 0,
            snd_wnd: 0,
            rcv_nxt: 0,
            cwnd: 0,
            ssthresh: 0,
            srtt_us: 0,
            count_again: 0,
        }
    }
}

const _: () = assert!(size_of::<TraceRecordRaw>() == 64);

/// Where the fields of [`TraceRecordRaw`] lie.
pub mod trace_record {
    use crate::support::Field;
    /// `time_us`.
    pub const TIME_US: Field = Field { name: "time_us", lsb: 0, width: 32, count: 1, stride: 0 };
    /// `kind`.
    pub const KIND: Field = Field { name: "kind", lsb: 32, width: 8, count: 1, stride: 0 };
    /// `state`.
    pub const STATE: Field = Field { name: "state", lsb: 40, width: 4, count: 1, stride: 0 };
    /// `retransmit`.
    pub const RETRANSMIT: Field =
        Field { name: "retransmit", lsb: 44, width: 1, count: 1, stride: 0 };
    /// `parked`.
    pub const PARKED: Field = Field { name: "parked", lsb: 45, width: 1, count: 1, stride: 0 };
    /// `fast_recovery`.
    pub const FAST_RECOVERY: Field =
        Field { name: "fast_recovery", lsb: 46, width: 1, count: 1, stride: 0 };
    /// `cong_recovery`.
    pub const CONG_RECOVERY: Field =
        Field { name: "cong_recovery", lsb: 47, width: 1, count: 1, stride: 0 };
    /// Flags of the segment as in its header, FIN lowest.
    pub const TCP_FLAGS: Field =
        Field { name: "tcp_flags", lsb: 48, width: 8, count: 1, stride: 0 };
    /// `persist`.
    pub const PERSIST: Field = Field { name: "persist", lsb: 56, width: 1, count: 1, stride: 0 };
    /// `ack_due`.
    pub const ACK_DUE: Field = Field { name: "ack_due", lsb: 57, width: 1, count: 1, stride: 0 };
    /// `handle`.
    pub const HANDLE: Field = Field { name: "handle", lsb: 64, width: 32, count: 1, stride: 0 };
    /// Of the segment received or sent; else snd_nxt.
    pub const SEQ: Field = Field { name: "seq", lsb: 96, width: 32, count: 1, stride: 0 };
    /// Of the segment; else rcv_nxt.
    pub const ACK: Field = Field { name: "ack", lsb: 128, width: 32, count: 1, stride: 0 };
    /// `len`.
    pub const LEN: Field = Field { name: "len", lsb: 160, width: 16, count: 1, stride: 0 };
    /// As in the segment's header, not scaled.
    pub const WND: Field = Field { name: "wnd", lsb: 176, width: 16, count: 1, stride: 0 };
    /// `snd_una`.
    pub const SND_UNA: Field = Field { name: "snd_una", lsb: 192, width: 32, count: 1, stride: 0 };
    /// Free-running number of the record; gaps are records lost.
    pub const COUNT: Field = Field { name: "count", lsb: 224, width: 32, count: 1, stride: 0 };
    /// `snd_nxt`.
    pub const SND_NXT: Field = Field { name: "snd_nxt", lsb: 256, width: 32, count: 1, stride: 0 };
    /// `snd_max`.
    pub const SND_MAX: Field = Field { name: "snd_max", lsb: 288, width: 32, count: 1, stride: 0 };
    /// `snd_wnd`.
    pub const SND_WND: Field = Field { name: "snd_wnd", lsb: 320, width: 32, count: 1, stride: 0 };
    /// `rcv_nxt`.
    pub const RCV_NXT: Field = Field { name: "rcv_nxt", lsb: 352, width: 32, count: 1, stride: 0 };
    /// `cwnd`.
    pub const CWND: Field = Field { name: "cwnd", lsb: 384, width: 32, count: 1, stride: 0 };
    /// `ssthresh`.
    pub const SSTHRESH: Field =
        Field { name: "ssthresh", lsb: 416, width: 32, count: 1, stride: 0 };
    /// `srtt_us`.
    pub const SRTT_US: Field = Field { name: "srtt_us", lsb: 448, width: 32, count: 1, stride: 0 };
    /// `count_again`.
    pub const COUNT_AGAIN: Field =
        Field { name: "count_again", lsb: 480, width: 32, count: 1, stride: 0 };
}

/// Session image, 512 bytes: the whole state of a session, for hand-over both ways and for snapshots.
///
/// The 512 bytes as they lie in memory: any bit pattern, reserved bits included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(transparent)]
pub struct SessionImageRaw(pub [u32; 128]);

impl SessionImageRaw {
    /// Words of the structure.
    pub const WORDS: usize = 128;
    /// Bytes of the structure.
    pub const BYTES: usize = 512;
    /// All bits zero.
    pub const ZERO: Self = Self([0; 128]);
    /// Every field, in the order of its place.
    pub const FIELDS: [Field; 102] = [
        session_image::MAGIC,
        session_image::STATE,
        session_image::TW_CLASS,
        session_image::CC_ALGO,
        session_image::SND_WSCALE,
        session_image::RCV_WSCALE,
        session_image::DUPACKS,
        session_image::RTO_BACKOFF,
        session_image::KEEP_PROBES,
        session_image::IPV6,
        session_image::TS_OK,
        session_image::SACK_OK,
        session_image::ECN_OK,
        session_image::NODELAY,
        session_image::DF,
        session_image::KEEPALIVE,
        session_image::FIN_QUEUED,
        session_image::PEER_FIN,
        session_image::FAST_RECOVERY,
        session_image::CONG_RECOVERY,
        session_image::CWR_DUE,
        session_image::ECE_DUE,
        session_image::RTT_TIMING,
        session_image::PERSIST,
        session_image::ACK_DUE,
        session_image::DELACK_COUNT,
        session_image::MIRROR,
        session_image::TRACE,
        session_image::DSACK_DUE,
        session_image::QUICKACK,
        session_image::ORPHAN,
        session_image::CC_FIRMWARE,
        session_image::HANDLE,
        session_image::LADDR,
        session_image::RADDR,
        session_image::LPORT,
        session_image::RPORT,
        session_image::NEXTHOP,
        session_image::QP,
        session_image::SND_MSS,
        session_image::PEER_MSS,
        session_image::TTL,
        session_image::TOS,
        session_image::PORT,
        session_image::TX_RING_LOG2,
        session_image::TX_RING,
        session_image::RX_RING,
        session_image::TX_SEQ0,
        session_image::RX_SEQ0,
        session_image::RX_RING_LOG2,
        session_image::FLOW_LABEL,
        session_image::ISS,
        session_image::SND_UNA,
        session_image::SND_NXT,
        session_image::SND_MAX,
        session_image::SND_END,
        session_image::SND_WND,
        session_image::SND_WL1,
        session_image::SND_WL2,
        session_image::MAX_SND_WND,
        session_image::CWND,
        session_image::SSTHRESH,
        session_image::RECOVER,
        session_image::BYTES_ACKED,
        session_image::HIGH_RXT,
        session_image::RESCUE_RXT,
        session_image::SRTT_US8,
        session_image::RTTVAR_US4,
        session_image::RTO_US,
        session_image::RTT_SEQ,
        session_image::RTT_TIME,
        session_image::IRS,
        session_image::RCV_NXT,
        session_image::RCV_ADV,
        session_image::RCV_READ,
        session_image::LAST_ACK_SENT,
        session_image::TS_RECENT,
        session_image::TS_RECENT_AGE,
        session_image::TS_OFFSET,
        session_image::OOO,
        session_image::SACKED,
        session_image::DSACK,
        session_image::T_RTX,
        session_image::T_DELACK,
        session_image::T_KEEP,
        session_image::PACING_BYTES_PER_MS,
        session_image::CC_PRIVATE,
        session_image::SEGS_OUT,
        session_image::SEGS_IN,
        session_image::BYTES_OUT,
        session_image::BYTES_IN,
        session_image::RETRANSMIT_SEGS,
        session_image::RETRANSMIT_BYTES,
        session_image::DUP_ACKS_IN,
        session_image::OOO_IN,
        session_image::DUP_IN,
        session_image::RTO_COUNT,
        session_image::FAST_RETRANSMITS,
        session_image::ECN_REDUCTIONS,
        session_image::PROBES_OUT,
        session_image::CHALLENGE_ACKS,
        session_image::LAST_SENT_AGE,
    ];

    /// The structure in these bytes.
    pub const fn from_le_bytes(bytes: &[u8; 512]) -> Self {
        let mut words = [0; 128];
        let mut i = 0;
        while i < 128 {
            words[i] = u32::from_le_bytes([
                bytes[4 * i],
                bytes[4 * i + 1],
                bytes[4 * i + 2],
                bytes[4 * i + 3],
            ]);
            i += 1;
        }
        Self(words)
    }

    /// The bytes as they lie in memory.
    pub const fn to_le_bytes(&self) -> [u8; 512] {
        let mut bytes = [0; 512];
        let mut i = 0;
        while i < 128 {
            let word = self.0[i].to_le_bytes();
            bytes[4 * i] = word[0];
            bytes[4 * i + 1] = word[1];
            bytes[4 * i + 2] = word[2];
            bytes[4 * i + 3] = word[3];
            i += 1;
        }
        bytes
    }

    /// Every field as its plain value; fails on the first enumeration without a meaning.
    pub fn unpack(&self) -> Result<SessionImage, Invalid> {
        Ok(SessionImage {
            magic: self.magic(),
            state: self.state()?,
            tw_class: self.tw_class()?,
            cc_algo: self.cc_algo()?,
            snd_wscale: self.snd_wscale(),
            rcv_wscale: self.rcv_wscale(),
            dupacks: self.dupacks(),
            rto_backoff: self.rto_backoff(),
            keep_probes: self.keep_probes(),
            ipv6: self.ipv6(),
            ts_ok: self.ts_ok(),
            sack_ok: self.sack_ok(),
            ecn_ok: self.ecn_ok(),
            nodelay: self.nodelay(),
            df: self.df(),
            keepalive: self.keepalive(),
            fin_queued: self.fin_queued(),
            peer_fin: self.peer_fin(),
            fast_recovery: self.fast_recovery(),
            cong_recovery: self.cong_recovery(),
            cwr_due: self.cwr_due(),
            ece_due: self.ece_due(),
            rtt_timing: self.rtt_timing(),
            persist: self.persist(),
            ack_due: self.ack_due(),
            delack_count: self.delack_count(),
            mirror: self.mirror(),
            trace: self.trace(),
            dsack_due: self.dsack_due(),
            quickack: self.quickack(),
            orphan: self.orphan(),
            cc_firmware: self.cc_firmware(),
            handle: self.handle(),
            laddr: [
                low32(get(&self.0, 128, 32)),
                low32(get(&self.0, 160, 32)),
                low32(get(&self.0, 192, 32)),
                low32(get(&self.0, 224, 32)),
            ],
            raddr: [
                low32(get(&self.0, 256, 32)),
                low32(get(&self.0, 288, 32)),
                low32(get(&self.0, 320, 32)),
                low32(get(&self.0, 352, 32)),
            ],
            lport: self.lport(),
            rport: self.rport(),
            nexthop: self.nexthop(),
            qp: self.qp(),
            snd_mss: self.snd_mss(),
            peer_mss: self.peer_mss(),
            ttl: self.ttl(),
            tos: self.tos(),
            port: self.port(),
            tx_ring_log2: self.tx_ring_log2(),
            tx_ring: self.tx_ring(),
            rx_ring: self.rx_ring(),
            tx_seq0: self.tx_seq0(),
            rx_seq0: self.rx_seq0(),
            rx_ring_log2: self.rx_ring_log2(),
            flow_label: self.flow_label(),
            iss: self.iss(),
            snd_una: self.snd_una(),
            snd_nxt: self.snd_nxt(),
            snd_max: self.snd_max(),
            snd_end: self.snd_end(),
            snd_wnd: self.snd_wnd(),
            snd_wl1: self.snd_wl1(),
            snd_wl2: self.snd_wl2(),
            max_snd_wnd: self.max_snd_wnd(),
            cwnd: self.cwnd(),
            ssthresh: self.ssthresh(),
            recover: self.recover(),
            bytes_acked: self.bytes_acked(),
            high_rxt: self.high_rxt(),
            rescue_rxt: self.rescue_rxt(),
            srtt_us8: self.srtt_us8(),
            rttvar_us4: self.rttvar_us4(),
            rto_us: self.rto_us(),
            rtt_seq: self.rtt_seq(),
            rtt_time: self.rtt_time(),
            irs: self.irs(),
            rcv_nxt: self.rcv_nxt(),
            rcv_adv: self.rcv_adv(),
            rcv_read: self.rcv_read(),
            last_ack_sent: self.last_ack_sent(),
            ts_recent: self.ts_recent(),
            ts_recent_age: self.ts_recent_age(),
            ts_offset: self.ts_offset(),
            ooo: [
                low32(get(&self.0, 1664, 32)),
                low32(get(&self.0, 1696, 32)),
                low32(get(&self.0, 1728, 32)),
                low32(get(&self.0, 1760, 32)),
                low32(get(&self.0, 1792, 32)),
                low32(get(&self.0, 1824, 32)),
                low32(get(&self.0, 1856, 32)),
                low32(get(&self.0, 1888, 32)),
            ],
            sacked: [
                low32(get(&self.0, 1920, 32)),
                low32(get(&self.0, 1952, 32)),
                low32(get(&self.0, 1984, 32)),
                low32(get(&self.0, 2016, 32)),
                low32(get(&self.0, 2048, 32)),
                low32(get(&self.0, 2080, 32)),
                low32(get(&self.0, 2112, 32)),
                low32(get(&self.0, 2144, 32)),
            ],
            dsack: [low32(get(&self.0, 2176, 32)), low32(get(&self.0, 2208, 32))],
            t_rtx: self.t_rtx(),
            t_delack: self.t_delack(),
            t_keep: self.t_keep(),
            pacing_bytes_per_ms: self.pacing_bytes_per_ms(),
            cc_private: [
                low32(get(&self.0, 2368, 32)),
                low32(get(&self.0, 2400, 32)),
                low32(get(&self.0, 2432, 32)),
                low32(get(&self.0, 2464, 32)),
                low32(get(&self.0, 2496, 32)),
                low32(get(&self.0, 2528, 32)),
            ],
            segs_out: self.segs_out(),
            segs_in: self.segs_in(),
            bytes_out: self.bytes_out(),
            bytes_in: self.bytes_in(),
            retransmit_segs: self.retransmit_segs(),
            retransmit_bytes: self.retransmit_bytes(),
            dup_acks_in: self.dup_acks_in(),
            ooo_in: self.ooo_in(),
            dup_in: self.dup_in(),
            rto_count: self.rto_count(),
            fast_retransmits: self.fast_retransmits(),
            ecn_reductions: self.ecn_reductions(),
            probes_out: self.probes_out(),
            challenge_acks: self.challenge_acks(),
            last_sent_age: self.last_sent_age(),
        })
    }

    /// 0x53454F54 "TOES".
    pub const fn magic(&self) -> u32 {
        low32(get(&self.0, 0, 32))
    }
    /// Sets `magic`.
    pub const fn set_magic(&mut self, value: u32) {
        put(&mut self.0, 0, 32, value as u64);
    }
    /// With `magic` set.
    #[must_use]
    pub const fn with_magic(mut self, value: u32) -> Self {
        self.set_magic(value);
        self
    }

    /// `state`.
    pub const fn state(&self) -> Result<TcpState, Invalid> {
        let value = low32(get(&self.0, 32, 4));
        match TcpState::from_bits(value) {
            Some(known) => Ok(known),
            None => Err(Invalid { field: "state", offset: 4, value }),
        }
    }
    /// Sets `state`. Bits above the field are dropped.
    pub const fn set_state(&mut self, value: TcpState) {
        put(&mut self.0, 32, 4, value.to_bits() as u64);
    }
    /// With `state` set.
    #[must_use]
    pub const fn with_state(mut self, value: TcpState) -> Self {
        self.set_state(value);
        self
    }

    /// `tw_class`.
    pub const fn tw_class(&self) -> Result<MslClass, Invalid> {
        let value = low32(get(&self.0, 36, 2));
        match MslClass::from_bits(value) {
            Some(known) => Ok(known),
            None => Err(Invalid { field: "tw_class", offset: 4, value }),
        }
    }
    /// Sets `tw_class`. Bits above the field are dropped.
    pub const fn set_tw_class(&mut self, value: MslClass) {
        put(&mut self.0, 36, 2, value.to_bits() as u64);
    }
    /// With `tw_class` set.
    #[must_use]
    pub const fn with_tw_class(mut self, value: MslClass) -> Self {
        self.set_tw_class(value);
        self
    }

    /// `cc_algo`.
    pub const fn cc_algo(&self) -> Result<CcAlgo, Invalid> {
        let value = low32(get(&self.0, 40, 4));
        match CcAlgo::from_bits(value) {
            Some(known) => Ok(known),
            None => Err(Invalid { field: "cc_algo", offset: 5, value }),
        }
    }
    /// Sets `cc_algo`. Bits above the field are dropped.
    pub const fn set_cc_algo(&mut self, value: CcAlgo) {
        put(&mut self.0, 40, 4, value.to_bits() as u64);
    }
    /// With `cc_algo` set.
    #[must_use]
    pub const fn with_cc_algo(mut self, value: CcAlgo) -> Self {
        self.set_cc_algo(value);
        self
    }

    /// Shift of windows that the peer sends, 0..14.
    pub const fn snd_wscale(&self) -> u8 {
        low8(get(&self.0, 44, 4))
    }
    /// Sets `snd_wscale`. Bits above the field are dropped.
    pub const fn set_snd_wscale(&mut self, value: u8) {
        put(&mut self.0, 44, 4, value as u64);
    }
    /// With `snd_wscale` set.
    #[must_use]
    pub const fn with_snd_wscale(mut self, value: u8) -> Self {
        self.set_snd_wscale(value);
        self
    }

    /// Shift of windows that we send, 0..14.
    pub const fn rcv_wscale(&self) -> u8 {
        low8(get(&self.0, 48, 4))
    }
    /// Sets `rcv_wscale`. Bits above the field are dropped.
    pub const fn set_rcv_wscale(&mut self, value: u8) {
        put(&mut self.0, 48, 4, value as u64);
    }
    /// With `rcv_wscale` set.
    #[must_use]
    pub const fn with_rcv_wscale(mut self, value: u8) -> Self {
        self.set_rcv_wscale(value);
        self
    }

    /// `dupacks`.
    pub const fn dupacks(&self) -> u8 {
        low8(get(&self.0, 52, 4))
    }
    /// Sets `dupacks`. Bits above the field are dropped.
    pub const fn set_dupacks(&mut self, value: u8) {
        put(&mut self.0, 52, 4, value as u64);
    }
    /// With `dupacks` set.
    #[must_use]
    pub const fn with_dupacks(mut self, value: u8) -> Self {
        self.set_dupacks(value);
        self
    }

    /// Doublings since the last valid RTT sample, 0..12.
    pub const fn rto_backoff(&self) -> u8 {
        low8(get(&self.0, 56, 4))
    }
    /// Sets `rto_backoff`. Bits above the field are dropped.
    pub const fn set_rto_backoff(&mut self, value: u8) {
        put(&mut self.0, 56, 4, value as u64);
    }
    /// With `rto_backoff` set.
    #[must_use]
    pub const fn with_rto_backoff(mut self, value: u8) -> Self {
        self.set_rto_backoff(value);
        self
    }

    /// `keep_probes`.
    pub const fn keep_probes(&self) -> u8 {
        low8(get(&self.0, 60, 4))
    }
    /// Sets `keep_probes`. Bits above the field are dropped.
    pub const fn set_keep_probes(&mut self, value: u8) {
        put(&mut self.0, 60, 4, value as u64);
    }
    /// With `keep_probes` set.
    #[must_use]
    pub const fn with_keep_probes(mut self, value: u8) -> Self {
        self.set_keep_probes(value);
        self
    }

    /// `ipv6`.
    pub const fn ipv6(&self) -> bool {
        get(&self.0, 64, 1) != 0
    }
    /// Sets `ipv6`.
    pub const fn set_ipv6(&mut self, value: bool) {
        put(&mut self.0, 64, 1, value as u64);
    }
    /// With `ipv6` set.
    #[must_use]
    pub const fn with_ipv6(mut self, value: bool) -> Self {
        self.set_ipv6(value);
        self
    }

    /// `ts_ok`.
    pub const fn ts_ok(&self) -> bool {
        get(&self.0, 65, 1) != 0
    }
    /// Sets `ts_ok`.
    pub const fn set_ts_ok(&mut self, value: bool) {
        put(&mut self.0, 65, 1, value as u64);
    }
    /// With `ts_ok` set.
    #[must_use]
    pub const fn with_ts_ok(mut self, value: bool) -> Self {
        self.set_ts_ok(value);
        self
    }

    /// `sack_ok`.
    pub const fn sack_ok(&self) -> bool {
        get(&self.0, 66, 1) != 0
    }
    /// Sets `sack_ok`.
    pub const fn set_sack_ok(&mut self, value: bool) {
        put(&mut self.0, 66, 1, value as u64);
    }
    /// With `sack_ok` set.
    #[must_use]
    pub const fn with_sack_ok(mut self, value: bool) -> Self {
        self.set_sack_ok(value);
        self
    }

    /// `ecn_ok`.
    pub const fn ecn_ok(&self) -> bool {
        get(&self.0, 67, 1) != 0
    }
    /// Sets `ecn_ok`.
    pub const fn set_ecn_ok(&mut self, value: bool) {
        put(&mut self.0, 67, 1, value as u64);
    }
    /// With `ecn_ok` set.
    #[must_use]
    pub const fn with_ecn_ok(mut self, value: bool) -> Self {
        self.set_ecn_ok(value);
        self
    }

    /// `nodelay`.
    pub const fn nodelay(&self) -> bool {
        get(&self.0, 68, 1) != 0
    }
    /// Sets `nodelay`.
    pub const fn set_nodelay(&mut self, value: bool) {
        put(&mut self.0, 68, 1, value as u64);
    }
    /// With `nodelay` set.
    #[must_use]
    pub const fn with_nodelay(mut self, value: bool) -> Self {
        self.set_nodelay(value);
        self
    }

    /// `df`.
    pub const fn df(&self) -> bool {
        get(&self.0, 69, 1) != 0
    }
    /// Sets `df`.
    pub const fn set_df(&mut self, value: bool) {
        put(&mut self.0, 69, 1, value as u64);
    }
    /// With `df` set.
    #[must_use]
    pub const fn with_df(mut self, value: bool) -> Self {
        self.set_df(value);
        self
    }

    /// `keepalive`.
    pub const fn keepalive(&self) -> bool {
        get(&self.0, 70, 1) != 0
    }
    /// Sets `keepalive`.
    pub const fn set_keepalive(&mut self, value: bool) {
        put(&mut self.0, 70, 1, value as u64);
    }
    /// With `keepalive` set.
    #[must_use]
    pub const fn with_keepalive(mut self, value: bool) -> Self {
        self.set_keepalive(value);
        self
    }

    /// The application has closed: FIN belongs at snd_end.
    pub const fn fin_queued(&self) -> bool {
        get(&self.0, 71, 1) != 0
    }
    /// Sets `fin_queued`.
    pub const fn set_fin_queued(&mut self, value: bool) {
        put(&mut self.0, 71, 1, value as u64);
    }
    /// With `fin_queued` set.
    #[must_use]
    pub const fn with_fin_queued(mut self, value: bool) -> Self {
        self.set_fin_queued(value);
        self
    }

    /// `peer_fin`.
    pub const fn peer_fin(&self) -> bool {
        get(&self.0, 72, 1) != 0
    }
    /// Sets `peer_fin`.
    pub const fn set_peer_fin(&mut self, value: bool) {
        put(&mut self.0, 72, 1, value as u64);
    }
    /// With `peer_fin` set.
    #[must_use]
    pub const fn with_peer_fin(mut self, value: bool) -> Self {
        self.set_peer_fin(value);
        self
    }

    /// `fast_recovery`.
    pub const fn fast_recovery(&self) -> bool {
        get(&self.0, 73, 1) != 0
    }
    /// Sets `fast_recovery`.
    pub const fn set_fast_recovery(&mut self, value: bool) {
        put(&mut self.0, 73, 1, value as u64);
    }
    /// With `fast_recovery` set.
    #[must_use]
    pub const fn with_fast_recovery(mut self, value: bool) -> Self {
        self.set_fast_recovery(value);
        self
    }

    /// `cong_recovery`.
    pub const fn cong_recovery(&self) -> bool {
        get(&self.0, 74, 1) != 0
    }
    /// Sets `cong_recovery`.
    pub const fn set_cong_recovery(&mut self, value: bool) {
        put(&mut self.0, 74, 1, value as u64);
    }
    /// With `cong_recovery` set.
    #[must_use]
    pub const fn with_cong_recovery(mut self, value: bool) -> Self {
        self.set_cong_recovery(value);
        self
    }

    /// CWR is due on the next new data segment.
    pub const fn cwr_due(&self) -> bool {
        get(&self.0, 75, 1) != 0
    }
    /// Sets `cwr_due`.
    pub const fn set_cwr_due(&mut self, value: bool) {
        put(&mut self.0, 75, 1, value as u64);
    }
    /// With `cwr_due` set.
    #[must_use]
    pub const fn with_cwr_due(mut self, value: bool) -> Self {
        self.set_cwr_due(value);
        self
    }

    /// ECE goes on every ACK until CWR arrives.
    pub const fn ece_due(&self) -> bool {
        get(&self.0, 76, 1) != 0
    }
    /// Sets `ece_due`.
    pub const fn set_ece_due(&mut self, value: bool) {
        put(&mut self.0, 76, 1, value as u64);
    }
    /// With `ece_due` set.
    #[must_use]
    pub const fn with_ece_due(mut self, value: bool) -> Self {
        self.set_ece_due(value);
        self
    }

    /// Rtt_seq/rtt_time hold a running measurement.
    pub const fn rtt_timing(&self) -> bool {
        get(&self.0, 77, 1) != 0
    }
    /// Sets `rtt_timing`.
    pub const fn set_rtt_timing(&mut self, value: bool) {
        put(&mut self.0, 77, 1, value as u64);
    }
    /// With `rtt_timing` set.
    #[must_use]
    pub const fn with_rtt_timing(mut self, value: bool) -> Self {
        self.set_rtt_timing(value);
        self
    }

    /// T_rtx is the persist timer.
    pub const fn persist(&self) -> bool {
        get(&self.0, 78, 1) != 0
    }
    /// Sets `persist`.
    pub const fn set_persist(&mut self, value: bool) {
        put(&mut self.0, 78, 1, value as u64);
    }
    /// With `persist` set.
    #[must_use]
    pub const fn with_persist(mut self, value: bool) -> Self {
        self.set_persist(value);
        self
    }

    /// `ack_due`.
    pub const fn ack_due(&self) -> bool {
        get(&self.0, 79, 1) != 0
    }
    /// Sets `ack_due`.
    pub const fn set_ack_due(&mut self, value: bool) {
        put(&mut self.0, 79, 1, value as u64);
    }
    /// With `ack_due` set.
    #[must_use]
    pub const fn with_ack_due(mut self, value: bool) -> Self {
        self.set_ack_due(value);
        self
    }

    /// Segments received since the last ACK sent.
    pub const fn delack_count(&self) -> u8 {
        low8(get(&self.0, 80, 4))
    }
    /// Sets `delack_count`. Bits above the field are dropped.
    pub const fn set_delack_count(&mut self, value: u8) {
        put(&mut self.0, 80, 4, value as u64);
    }
    /// With `delack_count` set.
    #[must_use]
    pub const fn with_delack_count(mut self, value: u8) -> Self {
        self.set_delack_count(value);
        self
    }

    /// `mirror`.
    pub const fn mirror(&self) -> bool {
        get(&self.0, 84, 1) != 0
    }
    /// Sets `mirror`.
    pub const fn set_mirror(&mut self, value: bool) {
        put(&mut self.0, 84, 1, value as u64);
    }
    /// With `mirror` set.
    #[must_use]
    pub const fn with_mirror(mut self, value: bool) -> Self {
        self.set_mirror(value);
        self
    }

    /// `trace`.
    pub const fn trace(&self) -> bool {
        get(&self.0, 85, 1) != 0
    }
    /// Sets `trace`.
    pub const fn set_trace(&mut self, value: bool) {
        put(&mut self.0, 85, 1, value as u64);
    }
    /// With `trace` set.
    #[must_use]
    pub const fn with_trace(mut self, value: bool) -> Self {
        self.set_trace(value);
        self
    }

    /// `dsack_due`.
    pub const fn dsack_due(&self) -> bool {
        get(&self.0, 86, 1) != 0
    }
    /// Sets `dsack_due`.
    pub const fn set_dsack_due(&mut self, value: bool) {
        put(&mut self.0, 86, 1, value as u64);
    }
    /// With `dsack_due` set.
    #[must_use]
    pub const fn with_dsack_due(mut self, value: bool) -> Self {
        self.set_dsack_due(value);
        self
    }

    /// ACKs still to be sent at once.
    pub const fn quickack(&self) -> u8 {
        low8(get(&self.0, 87, 4))
    }
    /// Sets `quickack`. Bits above the field are dropped.
    pub const fn set_quickack(&mut self, value: u8) {
        put(&mut self.0, 87, 4, value as u64);
    }
    /// With `quickack` set.
    #[must_use]
    pub const fn with_quickack(mut self, value: u8) -> Self {
        self.set_quickack(value);
        self
    }

    /// The application reads no more: see the flag of bumps.
    pub const fn orphan(&self) -> bool {
        get(&self.0, 91, 1) != 0
    }
    /// Sets `orphan`.
    pub const fn set_orphan(&mut self, value: bool) {
        put(&mut self.0, 91, 1, value as u64);
    }
    /// With `orphan` set.
    #[must_use]
    pub const fn with_orphan(mut self, value: bool) -> Self {
        self.set_orphan(value);
        self
    }

    /// The firmware's algorithm has the window; else the built-in NewReno (information only).
    pub const fn cc_firmware(&self) -> bool {
        get(&self.0, 92, 1) != 0
    }
    /// Sets `cc_firmware`.
    pub const fn set_cc_firmware(&mut self, value: bool) {
        put(&mut self.0, 92, 1, value as u64);
    }
    /// With `cc_firmware` set.
    #[must_use]
    pub const fn with_cc_firmware(mut self, value: bool) -> Self {
        self.set_cc_firmware(value);
        self
    }

    /// `handle`.
    pub const fn handle(&self) -> u32 {
        low32(get(&self.0, 96, 32))
    }
    /// Sets `handle`.
    pub const fn set_handle(&mut self, value: u32) {
        put(&mut self.0, 96, 32, value as u64);
    }
    /// With `handle` set.
    #[must_use]
    pub const fn with_handle(mut self, value: u32) -> Self {
        self.set_handle(value);
        self
    }

    /// Network byte order in memory; IPv4 in the first word.
    pub const fn laddr(&self, i: u32) -> Option<u32> {
        if i < 4 { Some(low32(get(&self.0, 128 + i * 32, 32))) } else { None }
    }
    /// Sets `laddr`. An index out of range changes nothing.
    pub const fn set_laddr(&mut self, i: u32, value: u32) {
        if i < 4 {
            put(&mut self.0, 128 + i * 32, 32, value as u64);
        }
    }
    /// With `laddr` set.
    #[must_use]
    pub const fn with_laddr(mut self, i: u32, value: u32) -> Self {
        self.set_laddr(i, value);
        self
    }

    /// `raddr`.
    pub const fn raddr(&self, i: u32) -> Option<u32> {
        if i < 4 { Some(low32(get(&self.0, 256 + i * 32, 32))) } else { None }
    }
    /// Sets `raddr`. An index out of range changes nothing.
    pub const fn set_raddr(&mut self, i: u32, value: u32) {
        if i < 4 {
            put(&mut self.0, 256 + i * 32, 32, value as u64);
        }
    }
    /// With `raddr` set.
    #[must_use]
    pub const fn with_raddr(mut self, i: u32, value: u32) -> Self {
        self.set_raddr(i, value);
        self
    }

    /// `lport`.
    pub const fn lport(&self) -> u16 {
        low16(get(&self.0, 384, 16))
    }
    /// Sets `lport`.
    pub const fn set_lport(&mut self, value: u16) {
        put(&mut self.0, 384, 16, value as u64);
    }
    /// With `lport` set.
    #[must_use]
    pub const fn with_lport(mut self, value: u16) -> Self {
        self.set_lport(value);
        self
    }

    /// `rport`.
    pub const fn rport(&self) -> u16 {
        low16(get(&self.0, 400, 16))
    }
    /// Sets `rport`.
    pub const fn set_rport(&mut self, value: u16) {
        put(&mut self.0, 400, 16, value as u64);
    }
    /// With `rport` set.
    #[must_use]
    pub const fn with_rport(mut self, value: u16) -> Self {
        self.set_rport(value);
        self
    }

    /// `nexthop`.
    pub const fn nexthop(&self) -> u16 {
        low16(get(&self.0, 416, 16))
    }
    /// Sets `nexthop`.
    pub const fn set_nexthop(&mut self, value: u16) {
        put(&mut self.0, 416, 16, value as u64);
    }
    /// With `nexthop` set.
    #[must_use]
    pub const fn with_nexthop(mut self, value: u16) -> Self {
        self.set_nexthop(value);
        self
    }

    /// `qp`.
    pub const fn qp(&self) -> u16 {
        low16(get(&self.0, 432, 16))
    }
    /// Sets `qp`.
    pub const fn set_qp(&mut self, value: u16) {
        put(&mut self.0, 432, 16, value as u64);
    }
    /// With `qp` set.
    #[must_use]
    pub const fn with_qp(mut self, value: u16) -> Self {
        self.set_qp(value);
        self
    }

    /// Largest payload of a segment, options already taken off.
    pub const fn snd_mss(&self) -> u16 {
        low16(get(&self.0, 448, 16))
    }
    /// Sets `snd_mss`.
    pub const fn set_snd_mss(&mut self, value: u16) {
        put(&mut self.0, 448, 16, value as u64);
    }
    /// With `snd_mss` set.
    #[must_use]
    pub const fn with_snd_mss(mut self, value: u16) -> Self {
        self.set_snd_mss(value);
        self
    }

    /// MSS that the peer announced.
    pub const fn peer_mss(&self) -> u16 {
        low16(get(&self.0, 464, 16))
    }
    /// Sets `peer_mss`.
    pub const fn set_peer_mss(&mut self, value: u16) {
        put(&mut self.0, 464, 16, value as u64);
    }
    /// With `peer_mss` set.
    #[must_use]
    pub const fn with_peer_mss(mut self, value: u16) -> Self {
        self.set_peer_mss(value);
        self
    }

    /// `ttl`.
    pub const fn ttl(&self) -> u8 {
        low8(get(&self.0, 480, 8))
    }
    /// Sets `ttl`.
    pub const fn set_ttl(&mut self, value: u8) {
        put(&mut self.0, 480, 8, value as u64);
    }
    /// With `ttl` set.
    #[must_use]
    pub const fn with_ttl(mut self, value: u8) -> Self {
        self.set_ttl(value);
        self
    }

    /// `tos`.
    pub const fn tos(&self) -> u8 {
        low8(get(&self.0, 488, 8))
    }
    /// Sets `tos`.
    pub const fn set_tos(&mut self, value: u8) {
        put(&mut self.0, 488, 8, value as u64);
    }
    /// With `tos` set.
    #[must_use]
    pub const fn with_tos(mut self, value: u8) -> Self {
        self.set_tos(value);
        self
    }

    /// Ingress port, part of the key of link-local sessions.
    pub const fn port(&self) -> u8 {
        low8(get(&self.0, 496, 8))
    }
    /// Sets `port`.
    pub const fn set_port(&mut self, value: u8) {
        put(&mut self.0, 496, 8, value as u64);
    }
    /// With `port` set.
    #[must_use]
    pub const fn with_port(mut self, value: u8) -> Self {
        self.set_port(value);
        self
    }

    /// `tx_ring_log2`.
    pub const fn tx_ring_log2(&self) -> u8 {
        low8(get(&self.0, 504, 5))
    }
    /// Sets `tx_ring_log2`. Bits above the field are dropped.
    pub const fn set_tx_ring_log2(&mut self, value: u8) {
        put(&mut self.0, 504, 5, value as u64);
    }
    /// With `tx_ring_log2` set.
    #[must_use]
    pub const fn with_tx_ring_log2(mut self, value: u8) -> Self {
        self.set_tx_ring_log2(value);
        self
    }

    /// `tx_ring`.
    pub const fn tx_ring(&self) -> u64 {
        get(&self.0, 512, 64)
    }
    /// Sets `tx_ring`.
    pub const fn set_tx_ring(&mut self, value: u64) {
        put(&mut self.0, 512, 64, value);
    }
    /// With `tx_ring` set.
    #[must_use]
    pub const fn with_tx_ring(mut self, value: u64) -> Self {
        self.set_tx_ring(value);
        self
    }

    /// `rx_ring`.
    pub const fn rx_ring(&self) -> u64 {
        get(&self.0, 576, 64)
    }
    /// Sets `rx_ring`.
    pub const fn set_rx_ring(&mut self, value: u64) {
        put(&mut self.0, 576, 64, value);
    }
    /// With `rx_ring` set.
    #[must_use]
    pub const fn with_rx_ring(mut self, value: u64) -> Self {
        self.set_rx_ring(value);
        self
    }

    /// Sequence number of ring position 0.
    pub const fn tx_seq0(&self) -> u32 {
        low32(get(&self.0, 640, 32))
    }
    /// Sets `tx_seq0`.
    pub const fn set_tx_seq0(&mut self, value: u32) {
        put(&mut self.0, 640, 32, value as u64);
    }
    /// With `tx_seq0` set.
    #[must_use]
    pub const fn with_tx_seq0(mut self, value: u32) -> Self {
        self.set_tx_seq0(value);
        self
    }

    /// `rx_seq0`.
    pub const fn rx_seq0(&self) -> u32 {
        low32(get(&self.0, 672, 32))
    }
    /// Sets `rx_seq0`.
    pub const fn set_rx_seq0(&mut self, value: u32) {
        put(&mut self.0, 672, 32, value as u64);
    }
    /// With `rx_seq0` set.
    #[must_use]
    pub const fn with_rx_seq0(mut self, value: u32) -> Self {
        self.set_rx_seq0(value);
        self
    }

    /// `rx_ring_log2`.
    pub const fn rx_ring_log2(&self) -> u8 {
        low8(get(&self.0, 704, 5))
    }
    /// Sets `rx_ring_log2`. Bits above the field are dropped.
    pub const fn set_rx_ring_log2(&mut self, value: u8) {
        put(&mut self.0, 704, 5, value as u64);
    }
    /// With `rx_ring_log2` set.
    #[must_use]
    pub const fn with_rx_ring_log2(mut self, value: u8) -> Self {
        self.set_rx_ring_log2(value);
        self
    }

    /// `flow_label`.
    pub const fn flow_label(&self) -> u32 {
        low32(get(&self.0, 736, 32))
    }
    /// Sets `flow_label`.
    pub const fn set_flow_label(&mut self, value: u32) {
        put(&mut self.0, 736, 32, value as u64);
    }
    /// With `flow_label` set.
    #[must_use]
    pub const fn with_flow_label(mut self, value: u32) -> Self {
        self.set_flow_label(value);
        self
    }

    /// `iss`.
    pub const fn iss(&self) -> u32 {
        low32(get(&self.0, 768, 32))
    }
    /// Sets `iss`.
    pub const fn set_iss(&mut self, value: u32) {
        put(&mut self.0, 768, 32, value as u64);
    }
    /// With `iss` set.
    #[must_use]
    pub const fn with_iss(mut self, value: u32) -> Self {
        self.set_iss(value);
        self
    }

    /// `snd_una`.
    pub const fn snd_una(&self) -> u32 {
        low32(get(&self.0, 800, 32))
    }
    /// Sets `snd_una`.
    pub const fn set_snd_una(&mut self, value: u32) {
        put(&mut self.0, 800, 32, value as u64);
    }
    /// With `snd_una` set.
    #[must_use]
    pub const fn with_snd_una(mut self, value: u32) -> Self {
        self.set_snd_una(value);
        self
    }

    /// `snd_nxt`.
    pub const fn snd_nxt(&self) -> u32 {
        low32(get(&self.0, 832, 32))
    }
    /// Sets `snd_nxt`.
    pub const fn set_snd_nxt(&mut self, value: u32) {
        put(&mut self.0, 832, 32, value as u64);
    }
    /// With `snd_nxt` set.
    #[must_use]
    pub const fn with_snd_nxt(mut self, value: u32) -> Self {
        self.set_snd_nxt(value);
        self
    }

    /// `snd_max`.
    pub const fn snd_max(&self) -> u32 {
        low32(get(&self.0, 864, 32))
    }
    /// Sets `snd_max`.
    pub const fn set_snd_max(&mut self, value: u32) {
        put(&mut self.0, 864, 32, value as u64);
    }
    /// With `snd_max` set.
    #[must_use]
    pub const fn with_snd_max(mut self, value: u32) -> Self {
        self.set_snd_max(value);
        self
    }

    /// `snd_end`.
    pub const fn snd_end(&self) -> u32 {
        low32(get(&self.0, 896, 32))
    }
    /// Sets `snd_end`.
    pub const fn set_snd_end(&mut self, value: u32) {
        put(&mut self.0, 896, 32, value as u64);
    }
    /// With `snd_end` set.
    #[must_use]
    pub const fn with_snd_end(mut self, value: u32) -> Self {
        self.set_snd_end(value);
        self
    }

    /// Scaled, bytes.
    pub const fn snd_wnd(&self) -> u32 {
        low32(get(&self.0, 928, 32))
    }
    /// Sets `snd_wnd`.
    pub const fn set_snd_wnd(&mut self, value: u32) {
        put(&mut self.0, 928, 32, value as u64);
    }
    /// With `snd_wnd` set.
    #[must_use]
    pub const fn with_snd_wnd(mut self, value: u32) -> Self {
        self.set_snd_wnd(value);
        self
    }

    /// `snd_wl1`.
    pub const fn snd_wl1(&self) -> u32 {
        low32(get(&self.0, 960, 32))
    }
    /// Sets `snd_wl1`.
    pub const fn set_snd_wl1(&mut self, value: u32) {
        put(&mut self.0, 960, 32, value as u64);
    }
    /// With `snd_wl1` set.
    #[must_use]
    pub const fn with_snd_wl1(mut self, value: u32) -> Self {
        self.set_snd_wl1(value);
        self
    }

    /// `snd_wl2`.
    pub const fn snd_wl2(&self) -> u32 {
        low32(get(&self.0, 992, 32))
    }
    /// Sets `snd_wl2`.
    pub const fn set_snd_wl2(&mut self, value: u32) {
        put(&mut self.0, 992, 32, value as u64);
    }
    /// With `snd_wl2` set.
    #[must_use]
    pub const fn with_snd_wl2(mut self, value: u32) -> Self {
        self.set_snd_wl2(value);
        self
    }

    /// `max_snd_wnd`.
    pub const fn max_snd_wnd(&self) -> u32 {
        low32(get(&self.0, 1024, 32))
    }
    /// Sets `max_snd_wnd`.
    pub const fn set_max_snd_wnd(&mut self, value: u32) {
        put(&mut self.0, 1024, 32, value as u64);
    }
    /// With `max_snd_wnd` set.
    #[must_use]
    pub const fn with_max_snd_wnd(mut self, value: u32) -> Self {
        self.set_max_snd_wnd(value);
        self
    }

    /// Bytes.
    pub const fn cwnd(&self) -> u32 {
        low32(get(&self.0, 1056, 32))
    }
    /// Sets `cwnd`.
    pub const fn set_cwnd(&mut self, value: u32) {
        put(&mut self.0, 1056, 32, value as u64);
    }
    /// With `cwnd` set.
    #[must_use]
    pub const fn with_cwnd(mut self, value: u32) -> Self {
        self.set_cwnd(value);
        self
    }

    /// `ssthresh`.
    pub const fn ssthresh(&self) -> u32 {
        low32(get(&self.0, 1088, 32))
    }
    /// Sets `ssthresh`.
    pub const fn set_ssthresh(&mut self, value: u32) {
        put(&mut self.0, 1088, 32, value as u64);
    }
    /// With `ssthresh` set.
    #[must_use]
    pub const fn with_ssthresh(mut self, value: u32) -> Self {
        self.set_ssthresh(value);
        self
    }

    /// `recover`.
    pub const fn recover(&self) -> u32 {
        low32(get(&self.0, 1120, 32))
    }
    /// Sets `recover`.
    pub const fn set_recover(&mut self, value: u32) {
        put(&mut self.0, 1120, 32, value as u64);
    }
    /// With `recover` set.
    #[must_use]
    pub const fn with_recover(mut self, value: u32) -> Self {
        self.set_recover(value);
        self
    }

    /// RFC 3465 accumulator.
    pub const fn bytes_acked(&self) -> u32 {
        low32(get(&self.0, 1152, 32))
    }
    /// Sets `bytes_acked`.
    pub const fn set_bytes_acked(&mut self, value: u32) {
        put(&mut self.0, 1152, 32, value as u64);
    }
    /// With `bytes_acked` set.
    #[must_use]
    pub const fn with_bytes_acked(mut self, value: u32) -> Self {
        self.set_bytes_acked(value);
        self
    }

    /// RFC 6675 HighRxt.
    pub const fn high_rxt(&self) -> u32 {
        low32(get(&self.0, 1184, 32))
    }
    /// Sets `high_rxt`.
    pub const fn set_high_rxt(&mut self, value: u32) {
        put(&mut self.0, 1184, 32, value as u64);
    }
    /// With `high_rxt` set.
    #[must_use]
    pub const fn with_high_rxt(mut self, value: u32) -> Self {
        self.set_high_rxt(value);
        self
    }

    /// `rescue_rxt`.
    pub const fn rescue_rxt(&self) -> u32 {
        low32(get(&self.0, 1216, 32))
    }
    /// Sets `rescue_rxt`.
    pub const fn set_rescue_rxt(&mut self, value: u32) {
        put(&mut self.0, 1216, 32, value as u64);
    }
    /// With `rescue_rxt` set.
    #[must_use]
    pub const fn with_rescue_rxt(mut self, value: u32) -> Self {
        self.set_rescue_rxt(value);
        self
    }

    /// Μs \<\< 3; 0 = no sample yet.
    pub const fn srtt_us8(&self) -> u32 {
        low32(get(&self.0, 1248, 32))
    }
    /// Sets `srtt_us8`.
    pub const fn set_srtt_us8(&mut self, value: u32) {
        put(&mut self.0, 1248, 32, value as u64);
    }
    /// With `srtt_us8` set.
    #[must_use]
    pub const fn with_srtt_us8(mut self, value: u32) -> Self {
        self.set_srtt_us8(value);
        self
    }

    /// Μs \<\< 2.
    pub const fn rttvar_us4(&self) -> u32 {
        low32(get(&self.0, 1280, 32))
    }
    /// Sets `rttvar_us4`.
    pub const fn set_rttvar_us4(&mut self, value: u32) {
        put(&mut self.0, 1280, 32, value as u64);
    }
    /// With `rttvar_us4` set.
    #[must_use]
    pub const fn with_rttvar_us4(mut self, value: u32) -> Self {
        self.set_rttvar_us4(value);
        self
    }

    /// `rto_us`.
    pub const fn rto_us(&self) -> u32 {
        low32(get(&self.0, 1312, 32))
    }
    /// Sets `rto_us`.
    pub const fn set_rto_us(&mut self, value: u32) {
        put(&mut self.0, 1312, 32, value as u64);
    }
    /// With `rto_us` set.
    #[must_use]
    pub const fn with_rto_us(mut self, value: u32) -> Self {
        self.set_rto_us(value);
        self
    }

    /// `rtt_seq`.
    pub const fn rtt_seq(&self) -> u32 {
        low32(get(&self.0, 1344, 32))
    }
    /// Sets `rtt_seq`.
    pub const fn set_rtt_seq(&mut self, value: u32) {
        put(&mut self.0, 1344, 32, value as u64);
    }
    /// With `rtt_seq` set.
    #[must_use]
    pub const fn with_rtt_seq(mut self, value: u32) -> Self {
        self.set_rtt_seq(value);
        self
    }

    /// Μs ago that rtt_seq was sent.
    pub const fn rtt_time(&self) -> u32 {
        low32(get(&self.0, 1376, 32))
    }
    /// Sets `rtt_time`.
    pub const fn set_rtt_time(&mut self, value: u32) {
        put(&mut self.0, 1376, 32, value as u64);
    }
    /// With `rtt_time` set.
    #[must_use]
    pub const fn with_rtt_time(mut self, value: u32) -> Self {
        self.set_rtt_time(value);
        self
    }

    /// `irs`.
    pub const fn irs(&self) -> u32 {
        low32(get(&self.0, 1408, 32))
    }
    /// Sets `irs`.
    pub const fn set_irs(&mut self, value: u32) {
        put(&mut self.0, 1408, 32, value as u64);
    }
    /// With `irs` set.
    #[must_use]
    pub const fn with_irs(mut self, value: u32) -> Self {
        self.set_irs(value);
        self
    }

    /// `rcv_nxt`.
    pub const fn rcv_nxt(&self) -> u32 {
        low32(get(&self.0, 1440, 32))
    }
    /// Sets `rcv_nxt`.
    pub const fn set_rcv_nxt(&mut self, value: u32) {
        put(&mut self.0, 1440, 32, value as u64);
    }
    /// With `rcv_nxt` set.
    #[must_use]
    pub const fn with_rcv_nxt(mut self, value: u32) -> Self {
        self.set_rcv_nxt(value);
        self
    }

    /// Right edge advertised.
    pub const fn rcv_adv(&self) -> u32 {
        low32(get(&self.0, 1472, 32))
    }
    /// Sets `rcv_adv`.
    pub const fn set_rcv_adv(&mut self, value: u32) {
        put(&mut self.0, 1472, 32, value as u64);
    }
    /// With `rcv_adv` set.
    #[must_use]
    pub const fn with_rcv_adv(mut self, value: u32) -> Self {
        self.set_rcv_adv(value);
        self
    }

    /// `rcv_read`.
    pub const fn rcv_read(&self) -> u32 {
        low32(get(&self.0, 1504, 32))
    }
    /// Sets `rcv_read`.
    pub const fn set_rcv_read(&mut self, value: u32) {
        put(&mut self.0, 1504, 32, value as u64);
    }
    /// With `rcv_read` set.
    #[must_use]
    pub const fn with_rcv_read(mut self, value: u32) -> Self {
        self.set_rcv_read(value);
        self
    }

    /// `last_ack_sent`.
    pub const fn last_ack_sent(&self) -> u32 {
        low32(get(&self.0, 1536, 32))
    }
    /// Sets `last_ack_sent`.
    pub const fn set_last_ack_sent(&mut self, value: u32) {
        put(&mut self.0, 1536, 32, value as u64);
    }
    /// With `last_ack_sent` set.
    #[must_use]
    pub const fn with_last_ack_sent(mut self, value: u32) -> Self {
        self.set_last_ack_sent(value);
        self
    }

    /// `ts_recent`.
    pub const fn ts_recent(&self) -> u32 {
        low32(get(&self.0, 1568, 32))
    }
    /// Sets `ts_recent`.
    pub const fn set_ts_recent(&mut self, value: u32) {
        put(&mut self.0, 1568, 32, value as u64);
    }
    /// With `ts_recent` set.
    #[must_use]
    pub const fn with_ts_recent(mut self, value: u32) -> Self {
        self.set_ts_recent(value);
        self
    }

    /// Μs since ts_recent was taken, saturating.
    pub const fn ts_recent_age(&self) -> u32 {
        low32(get(&self.0, 1600, 32))
    }
    /// Sets `ts_recent_age`.
    pub const fn set_ts_recent_age(&mut self, value: u32) {
        put(&mut self.0, 1600, 32, value as u64);
    }
    /// With `ts_recent_age` set.
    #[must_use]
    pub const fn with_ts_recent_age(mut self, value: u32) -> Self {
        self.set_ts_recent_age(value);
        self
    }

    /// Our TSval = (now_us >> 10) + ts_offset, ticks of 1.024 ms.
    pub const fn ts_offset(&self) -> u32 {
        low32(get(&self.0, 1632, 32))
    }
    /// Sets `ts_offset`.
    pub const fn set_ts_offset(&mut self, value: u32) {
        put(&mut self.0, 1632, 32, value as u64);
    }
    /// With `ts_offset` set.
    #[must_use]
    pub const fn with_ts_offset(mut self, value: u32) -> Self {
        self.set_ts_offset(value);
        self
    }

    /// {start,end} ×4, most recent first; start = end: free.
    pub const fn ooo(&self, i: u32) -> Option<u32> {
        if i < 8 { Some(low32(get(&self.0, 1664 + i * 32, 32))) } else { None }
    }
    /// Sets `ooo`. An index out of range changes nothing.
    pub const fn set_ooo(&mut self, i: u32, value: u32) {
        if i < 8 {
            put(&mut self.0, 1664 + i * 32, 32, value as u64);
        }
    }
    /// With `ooo` set.
    #[must_use]
    pub const fn with_ooo(mut self, i: u32, value: u32) -> Self {
        self.set_ooo(i, value);
        self
    }

    /// {start,end} ×4 sender scoreboard, ascending; start = end: free.
    pub const fn sacked(&self, i: u32) -> Option<u32> {
        if i < 8 { Some(low32(get(&self.0, 1920 + i * 32, 32))) } else { None }
    }
    /// Sets `sacked`. An index out of range changes nothing.
    pub const fn set_sacked(&mut self, i: u32, value: u32) {
        if i < 8 {
            put(&mut self.0, 1920 + i * 32, 32, value as u64);
        }
    }
    /// With `sacked` set.
    #[must_use]
    pub const fn with_sacked(mut self, i: u32, value: u32) -> Self {
        self.set_sacked(i, value);
        self
    }

    /// `dsack`.
    pub const fn dsack(&self, i: u32) -> Option<u32> {
        if i < 2 { Some(low32(get(&self.0, 2176 + i * 32, 32))) } else { None }
    }
    /// Sets `dsack`. An index out of range changes nothing.
    pub const fn set_dsack(&mut self, i: u32, value: u32) {
        if i < 2 {
            put(&mut self.0, 2176 + i * 32, 32, value as u64);
        }
    }
    /// With `dsack` set.
    #[must_use]
    pub const fn with_dsack(mut self, i: u32, value: u32) -> Self {
        self.set_dsack(i, value);
        self
    }

    /// `t_rtx`.
    pub const fn t_rtx(&self) -> u32 {
        low32(get(&self.0, 2240, 32))
    }
    /// Sets `t_rtx`.
    pub const fn set_t_rtx(&mut self, value: u32) {
        put(&mut self.0, 2240, 32, value as u64);
    }
    /// With `t_rtx` set.
    #[must_use]
    pub const fn with_t_rtx(mut self, value: u32) -> Self {
        self.set_t_rtx(value);
        self
    }

    /// `t_delack`.
    pub const fn t_delack(&self) -> u32 {
        low32(get(&self.0, 2272, 32))
    }
    /// Sets `t_delack`.
    pub const fn set_t_delack(&mut self, value: u32) {
        put(&mut self.0, 2272, 32, value as u64);
    }
    /// With `t_delack` set.
    #[must_use]
    pub const fn with_t_delack(mut self, value: u32) -> Self {
        self.set_t_delack(value);
        self
    }

    /// `t_keep`.
    pub const fn t_keep(&self) -> u32 {
        low32(get(&self.0, 2304, 32))
    }
    /// Sets `t_keep`.
    pub const fn set_t_keep(&mut self, value: u32) {
        put(&mut self.0, 2304, 32, value as u64);
    }
    /// With `t_keep` set.
    #[must_use]
    pub const fn with_t_keep(mut self, value: u32) -> Self {
        self.set_t_keep(value);
        self
    }

    /// `pacing_bytes_per_ms`.
    pub const fn pacing_bytes_per_ms(&self) -> u32 {
        low32(get(&self.0, 2336, 32))
    }
    /// Sets `pacing_bytes_per_ms`.
    pub const fn set_pacing_bytes_per_ms(&mut self, value: u32) {
        put(&mut self.0, 2336, 32, value as u64);
    }
    /// With `pacing_bytes_per_ms` set.
    #[must_use]
    pub const fn with_pacing_bytes_per_ms(mut self, value: u32) -> Self {
        self.set_pacing_bytes_per_ms(value);
        self
    }

    /// `cc_private`.
    pub const fn cc_private(&self, i: u32) -> Option<u32> {
        if i < 6 { Some(low32(get(&self.0, 2368 + i * 32, 32))) } else { None }
    }
    /// Sets `cc_private`. An index out of range changes nothing.
    pub const fn set_cc_private(&mut self, i: u32, value: u32) {
        if i < 6 {
            put(&mut self.0, 2368 + i * 32, 32, value as u64);
        }
    }
    /// With `cc_private` set.
    #[must_use]
    pub const fn with_cc_private(mut self, i: u32, value: u32) -> Self {
        self.set_cc_private(i, value);
        self
    }

    /// `segs_out`.
    pub const fn segs_out(&self) -> u32 {
        low32(get(&self.0, 2560, 32))
    }
    /// Sets `segs_out`.
    pub const fn set_segs_out(&mut self, value: u32) {
        put(&mut self.0, 2560, 32, value as u64);
    }
    /// With `segs_out` set.
    #[must_use]
    pub const fn with_segs_out(mut self, value: u32) -> Self {
        self.set_segs_out(value);
        self
    }

    /// `segs_in`.
    pub const fn segs_in(&self) -> u32 {
        low32(get(&self.0, 2592, 32))
    }
    /// Sets `segs_in`.
    pub const fn set_segs_in(&mut self, value: u32) {
        put(&mut self.0, 2592, 32, value as u64);
    }
    /// With `segs_in` set.
    #[must_use]
    pub const fn with_segs_in(mut self, value: u32) -> Self {
        self.set_segs_in(value);
        self
    }

    /// `bytes_out`.
    pub const fn bytes_out(&self) -> u64 {
        get(&self.0, 2624, 64)
    }
    /// Sets `bytes_out`.
    pub const fn set_bytes_out(&mut self, value: u64) {
        put(&mut self.0, 2624, 64, value);
    }
    /// With `bytes_out` set.
    #[must_use]
    pub const fn with_bytes_out(mut self, value: u64) -> Self {
        self.set_bytes_out(value);
        self
    }

    /// `bytes_in`.
    pub const fn bytes_in(&self) -> u64 {
        get(&self.0, 2688, 64)
    }
    /// Sets `bytes_in`.
    pub const fn set_bytes_in(&mut self, value: u64) {
        put(&mut self.0, 2688, 64, value);
    }
    /// With `bytes_in` set.
    #[must_use]
    pub const fn with_bytes_in(mut self, value: u64) -> Self {
        self.set_bytes_in(value);
        self
    }

    /// `retransmit_segs`.
    pub const fn retransmit_segs(&self) -> u32 {
        low32(get(&self.0, 2752, 32))
    }
    /// Sets `retransmit_segs`.
    pub const fn set_retransmit_segs(&mut self, value: u32) {
        put(&mut self.0, 2752, 32, value as u64);
    }
    /// With `retransmit_segs` set.
    #[must_use]
    pub const fn with_retransmit_segs(mut self, value: u32) -> Self {
        self.set_retransmit_segs(value);
        self
    }

    /// `retransmit_bytes`.
    pub const fn retransmit_bytes(&self) -> u32 {
        low32(get(&self.0, 2784, 32))
    }
    /// Sets `retransmit_bytes`.
    pub const fn set_retransmit_bytes(&mut self, value: u32) {
        put(&mut self.0, 2784, 32, value as u64);
    }
    /// With `retransmit_bytes` set.
    #[must_use]
    pub const fn with_retransmit_bytes(mut self, value: u32) -> Self {
        self.set_retransmit_bytes(value);
        self
    }

    /// `dup_acks_in`.
    pub const fn dup_acks_in(&self) -> u32 {
        low32(get(&self.0, 2816, 32))
    }
    /// Sets `dup_acks_in`.
    pub const fn set_dup_acks_in(&mut self, value: u32) {
        put(&mut self.0, 2816, 32, value as u64);
    }
    /// With `dup_acks_in` set.
    #[must_use]
    pub const fn with_dup_acks_in(mut self, value: u32) -> Self {
        self.set_dup_acks_in(value);
        self
    }

    /// `ooo_in`.
    pub const fn ooo_in(&self) -> u32 {
        low32(get(&self.0, 2848, 32))
    }
    /// Sets `ooo_in`.
    pub const fn set_ooo_in(&mut self, value: u32) {
        put(&mut self.0, 2848, 32, value as u64);
    }
    /// With `ooo_in` set.
    #[must_use]
    pub const fn with_ooo_in(mut self, value: u32) -> Self {
        self.set_ooo_in(value);
        self
    }

    /// `dup_in`.
    pub const fn dup_in(&self) -> u32 {
        low32(get(&self.0, 2880, 32))
    }
    /// Sets `dup_in`.
    pub const fn set_dup_in(&mut self, value: u32) {
        put(&mut self.0, 2880, 32, value as u64);
    }
    /// With `dup_in` set.
    #[must_use]
    pub const fn with_dup_in(mut self, value: u32) -> Self {
        self.set_dup_in(value);
        self
    }

    /// `rto_count`.
    pub const fn rto_count(&self) -> u32 {
        low32(get(&self.0, 2912, 32))
    }
    /// Sets `rto_count`.
    pub const fn set_rto_count(&mut self, value: u32) {
        put(&mut self.0, 2912, 32, value as u64);
    }
    /// With `rto_count` set.
    #[must_use]
    pub const fn with_rto_count(mut self, value: u32) -> Self {
        self.set_rto_count(value);
        self
    }

    /// `fast_retransmits`.
    pub const fn fast_retransmits(&self) -> u32 {
        low32(get(&self.0, 2944, 32))
    }
    /// Sets `fast_retransmits`.
    pub const fn set_fast_retransmits(&mut self, value: u32) {
        put(&mut self.0, 2944, 32, value as u64);
    }
    /// With `fast_retransmits` set.
    #[must_use]
    pub const fn with_fast_retransmits(mut self, value: u32) -> Self {
        self.set_fast_retransmits(value);
        self
    }

    /// `ecn_reductions`.
    pub const fn ecn_reductions(&self) -> u32 {
        low32(get(&self.0, 2976, 32))
    }
    /// Sets `ecn_reductions`.
    pub const fn set_ecn_reductions(&mut self, value: u32) {
        put(&mut self.0, 2976, 32, value as u64);
    }
    /// With `ecn_reductions` set.
    #[must_use]
    pub const fn with_ecn_reductions(mut self, value: u32) -> Self {
        self.set_ecn_reductions(value);
        self
    }

    /// `probes_out`.
    pub const fn probes_out(&self) -> u32 {
        low32(get(&self.0, 3008, 32))
    }
    /// Sets `probes_out`.
    pub const fn set_probes_out(&mut self, value: u32) {
        put(&mut self.0, 3008, 32, value as u64);
    }
    /// With `probes_out` set.
    #[must_use]
    pub const fn with_probes_out(mut self, value: u32) -> Self {
        self.set_probes_out(value);
        self
    }

    /// `challenge_acks`.
    pub const fn challenge_acks(&self) -> u32 {
        low32(get(&self.0, 3040, 32))
    }
    /// Sets `challenge_acks`.
    pub const fn set_challenge_acks(&mut self, value: u32) {
        put(&mut self.0, 3040, 32, value as u64);
    }
    /// With `challenge_acks` set.
    #[must_use]
    pub const fn with_challenge_acks(mut self, value: u32) -> Self {
        self.set_challenge_acks(value);
        self
    }

    /// Μs ago that data was sent (RFC 5681 §4.1); 2^31 and above: long.
    pub const fn last_sent_age(&self) -> u32 {
        low32(get(&self.0, 3072, 32))
    }
    /// Sets `last_sent_age`.
    pub const fn set_last_sent_age(&mut self, value: u32) {
        put(&mut self.0, 3072, 32, value as u64);
    }
    /// With `last_sent_age` set.
    #[must_use]
    pub const fn with_last_sent_age(mut self, value: u32) -> Self {
        self.set_last_sent_age(value);
        self
    }
}

impl Default for SessionImageRaw {
    fn default() -> Self {
        Self::ZERO
    }
}

/// Session image, 512 bytes: the whole state of a session, for hand-over both ways and for snapshots.
///
/// Every field as a plain value; [`SessionImageRaw`] is how it lies in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SessionImage {
    /// 0x53454F54 "TOES".
    pub magic: u32,
    /// `state`.
    pub state: TcpState,
    /// `tw_class`.
    pub tw_class: MslClass,
    /// `cc_algo`.
    pub cc_algo: CcAlgo,
    /// Shift of windows that the peer sends, 0..14 (4 bits).
    pub snd_wscale: u8,
    /// Shift of windows that we send, 0..14 (4 bits).
    pub rcv_wscale: u8,
    /// `dupacks` (4 bits).
    pub dupacks: u8,
    /// Doublings since the last valid RTT sample, 0..12 (4 bits).
    pub rto_backoff: u8,
    /// `keep_probes` (4 bits).
    pub keep_probes: u8,
    /// `ipv6`.
    pub ipv6: bool,
    /// `ts_ok`.
    pub ts_ok: bool,
    /// `sack_ok`.
    pub sack_ok: bool,
    /// `ecn_ok`.
    pub ecn_ok: bool,
    /// `nodelay`.
    pub nodelay: bool,
    /// `df`.
    pub df: bool,
    /// `keepalive`.
    pub keepalive: bool,
    /// The application has closed: FIN belongs at snd_end.
    pub fin_queued: bool,
    /// `peer_fin`.
    pub peer_fin: bool,
    /// `fast_recovery`.
    pub fast_recovery: bool,
    /// `cong_recovery`.
    pub cong_recovery: bool,
    /// CWR is due on the next new data segment.
    pub cwr_due: bool,
    /// ECE goes on every ACK until CWR arrives.
    pub ece_due: bool,
    /// Rtt_seq/rtt_time hold a running measurement.
    pub rtt_timing: bool,
    /// T_rtx is the persist timer.
    pub persist: bool,
    /// `ack_due`.
    pub ack_due: bool,
    /// Segments received since the last ACK sent (4 bits).
    pub delack_count: u8,
    /// `mirror`.
    pub mirror: bool,
    /// `trace`.
    pub trace: bool,
    /// `dsack_due`.
    pub dsack_due: bool,
    /// ACKs still to be sent at once (4 bits).
    pub quickack: u8,
    /// The application reads no more: see the flag of bumps.
    pub orphan: bool,
    /// The firmware's algorithm has the window; else the built-in NewReno (information only).
    pub cc_firmware: bool,
    /// `handle`.
    pub handle: u32,
    /// Network byte order in memory; IPv4 in the first word.
    pub laddr: [u32; 4],
    /// `raddr`.
    pub raddr: [u32; 4],
    /// `lport`.
    pub lport: u16,
    /// `rport`.
    pub rport: u16,
    /// `nexthop`.
    pub nexthop: u16,
    /// `qp`.
    pub qp: u16,
    /// Largest payload of a segment, options already taken off.
    pub snd_mss: u16,
    /// MSS that the peer announced.
    pub peer_mss: u16,
    /// `ttl`.
    pub ttl: u8,
    /// `tos`.
    pub tos: u8,
    /// Ingress port, part of the key of link-local sessions.
    pub port: u8,
    /// `tx_ring_log2` (5 bits).
    pub tx_ring_log2: u8,
    /// `tx_ring`.
    pub tx_ring: u64,
    /// `rx_ring`.
    pub rx_ring: u64,
    /// Sequence number of ring position 0.
    pub tx_seq0: u32,
    /// `rx_seq0`.
    pub rx_seq0: u32,
    /// `rx_ring_log2` (5 bits).
    pub rx_ring_log2: u8,
    /// `flow_label`.
    pub flow_label: u32,
    /// `iss`.
    pub iss: u32,
    /// `snd_una`.
    pub snd_una: u32,
    /// `snd_nxt`.
    pub snd_nxt: u32,
    /// `snd_max`.
    pub snd_max: u32,
    /// `snd_end`.
    pub snd_end: u32,
    /// Scaled, bytes.
    pub snd_wnd: u32,
    /// `snd_wl1`.
    pub snd_wl1: u32,
    /// `snd_wl2`.
    pub snd_wl2: u32,
    /// `max_snd_wnd`.
    pub max_snd_wnd: u32,
    /// Bytes.
    pub cwnd: u32,
    /// `ssthresh`.
    pub ssthresh: u32,
    /// `recover`.
    pub recover: u32,
    /// RFC 3465 accumulator.
    pub bytes_acked: u32,
    /// RFC 6675 HighRxt.
    pub high_rxt: u32,
    /// `rescue_rxt`.
    pub rescue_rxt: u32,
    /// Μs \<\< 3; 0 = no sample yet.
    pub srtt_us8: u32,
    /// Μs \<\< 2.
    pub rttvar_us4: u32,
    /// `rto_us`.
    pub rto_us: u32,
    /// `rtt_seq`.
    pub rtt_seq: u32,
    /// Μs ago that rtt_seq was sent.
    pub rtt_time: u32,
    /// `irs`.
    pub irs: u32,
    /// `rcv_nxt`.
    pub rcv_nxt: u32,
    /// Right edge advertised.
    pub rcv_adv: u32,
    /// `rcv_read`.
    pub rcv_read: u32,
    /// `last_ack_sent`.
    pub last_ack_sent: u32,
    /// `ts_recent`.
    pub ts_recent: u32,
    /// Μs since ts_recent was taken, saturating.
    pub ts_recent_age: u32,
    /// Our TSval = (now_us >> 10) + ts_offset, ticks of 1.024 ms.
    pub ts_offset: u32,
    /// {start,end} ×4, most recent first; start = end: free.
    pub ooo: [u32; 8],
    /// {start,end} ×4 sender scoreboard, ascending; start = end: free.
    pub sacked: [u32; 8],
    /// `dsack`.
    pub dsack: [u32; 2],
    /// `t_rtx`.
    pub t_rtx: u32,
    /// `t_delack`.
    pub t_delack: u32,
    /// `t_keep`.
    pub t_keep: u32,
    /// `pacing_bytes_per_ms`.
    pub pacing_bytes_per_ms: u32,
    /// `cc_private`.
    pub cc_private: [u32; 6],
    /// `segs_out`.
    pub segs_out: u32,
    /// `segs_in`.
    pub segs_in: u32,
    /// `bytes_out`.
    pub bytes_out: u64,
    /// `bytes_in`.
    pub bytes_in: u64,
    /// `retransmit_segs`.
    pub retransmit_segs: u32,
    /// `retransmit_bytes`.
    pub retransmit_bytes: u32,
    /// `dup_acks_in`.
    pub dup_acks_in: u32,
    /// `ooo_in`.
    pub ooo_in: u32,
    /// `dup_in`.
    pub dup_in: u32,
    /// `rto_count`.
    pub rto_count: u32,
    /// `fast_retransmits`.
    pub fast_retransmits: u32,
    /// `ecn_reductions`.
    pub ecn_reductions: u32,
    /// `probes_out`.
    pub probes_out: u32,
    /// `challenge_acks`.
    pub challenge_acks: u32,
    /// Μs ago that data was sent (RFC 5681 §4.1); 2^31 and above: long.
    pub last_sent_age: u32,
}

impl SessionImage {
    /// As it lies in memory, reserved bits zero. Bits above a field's width are dropped:
    /// values that may not fit go through [`Self::checked_pack`].
    pub const fn pack(&self) -> SessionImageRaw {
        let SessionImage {
            magic,
            state,
            tw_class,
            cc_algo,
            snd_wscale,
            rcv_wscale,
            dupacks,
            rto_backoff,
            keep_probes,
            ipv6,
            ts_ok,
            sack_ok,
            ecn_ok,
            nodelay,
            df,
            keepalive,
            fin_queued,
            peer_fin,
            fast_recovery,
            cong_recovery,
            cwr_due,
            ece_due,
            rtt_timing,
            persist,
            ack_due,
            delack_count,
            mirror,
            trace,
            dsack_due,
            quickack,
            orphan,
            cc_firmware,
            handle,
            laddr,
            raddr,
            lport,
            rport,
            nexthop,
            qp,
            snd_mss,
            peer_mss,
            ttl,
            tos,
            port,
            tx_ring_log2,
            tx_ring,
            rx_ring,
            tx_seq0,
            rx_seq0,
            rx_ring_log2,
            flow_label,
            iss,
            snd_una,
            snd_nxt,
            snd_max,
            snd_end,
            snd_wnd,
            snd_wl1,
            snd_wl2,
            max_snd_wnd,
            cwnd,
            ssthresh,
            recover,
            bytes_acked,
            high_rxt,
            rescue_rxt,
            srtt_us8,
            rttvar_us4,
            rto_us,
            rtt_seq,
            rtt_time,
            irs,
            rcv_nxt,
            rcv_adv,
            rcv_read,
            last_ack_sent,
            ts_recent,
            ts_recent_age,
            ts_offset,
            ooo,
            sacked,
            dsack,
            t_rtx,
            t_delack,
            t_keep,
            pacing_bytes_per_ms,
            cc_private,
            segs_out,
            segs_in,
            bytes_out,
            bytes_in,
            retransmit_segs,
            retransmit_bytes,
            dup_acks_in,
            ooo_in,
            dup_in,
            rto_count,
            fast_retransmits,
            ecn_reductions,
            probes_out,
            challenge_acks,
            last_sent_age,
        } = *self;
        let mut words = [0; 128];
        put(&mut words, 0, 32, magic as u64);
        put(&mut words, 32, 4, state.to_bits() as u64);
        put(&mut words, 36, 2, tw_class.to_bits() as u64);
        put(&mut words, 40, 4, cc_algo.to_bits() as u64);
        put(&mut words, 44, 4, snd_wscale as u64);
        put(&mut words, 48, 4, rcv_wscale as u64);
        put(&mut words, 52, 4, dupacks as u64);
        put(&mut words, 56, 4, rto_backoff as u64);
        put(&mut words, 60, 4, keep_probes as u64);
        put(&mut words, 64, 1, ipv6 as u64);
        put(&mut words, 65, 1, ts_ok as u64);
        put(&mut words, 66, 1, sack_ok as u64);
        put(&mut words, 67, 1, ecn_ok as u64);
        put(&mut words, 68, 1, nodelay as u64);
        put(&mut words, 69, 1, df as u64);
        put(&mut words, 70, 1, keepalive as u64);
        put(&mut words, 71, 1, fin_queued as u64);
        put(&mut words, 72, 1, peer_fin as u64);
        put(&mut words, 73, 1, fast_recovery as u64);
        put(&mut words, 74, 1, cong_recovery as u64);
        put(&mut words, 75, 1, cwr_due as u64);
        put(&mut words, 76, 1, ece_due as u64);
        put(&mut words, 77, 1, rtt_timing as u64);
        put(&mut words, 78, 1, persist as u64);
        put(&mut words, 79, 1, ack_due as u64);
        put(&mut words, 80, 4, delack_count as u64);
        put(&mut words, 84, 1, mirror as u64);
        put(&mut words, 85, 1, trace as u64);
        put(&mut words, 86, 1, dsack_due as u64);
        put(&mut words, 87, 4, quickack as u64);
        put(&mut words, 91, 1, orphan as u64);
        put(&mut words, 92, 1, cc_firmware as u64);
        put(&mut words, 96, 32, handle as u64);
        put(&mut words, 128, 32, laddr[0] as u64);
        put(&mut words, 160, 32, laddr[1] as u64);
        put(&mut words, 192, 32, laddr[2] as u64);
        put(&mut words, 224, 32, laddr[3] as u64);
        put(&mut words, 256, 32, raddr[0] as u64);
        put(&mut words, 288, 32, raddr[1] as u64);
        put(&mut words, 320, 32, raddr[2] as u64);
        put(&mut words, 352, 32, raddr[3] as u64);
        put(&mut words, 384, 16, lport as u64);
        put(&mut words, 400, 16, rport as u64);
        put(&mut words, 416, 16, nexthop as u64);
        put(&mut words, 432, 16, qp as u64);
        put(&mut words, 448, 16, snd_mss as u64);
        put(&mut words, 464, 16, peer_mss as u64);
        put(&mut words, 480, 8, ttl as u64);
        put(&mut words, 488, 8, tos as u64);
        put(&mut words, 496, 8, port as u64);
        put(&mut words, 504, 5, tx_ring_log2 as u64);
        put(&mut words, 512, 64, tx_ring);
        put(&mut words, 576, 64, rx_ring);
        put(&mut words, 640, 32, tx_seq0 as u64);
        put(&mut words, 672, 32, rx_seq0 as u64);
        put(&mut words, 704, 5, rx_ring_log2 as u64);
        put(&mut words, 736, 32, flow_label as u64);
        put(&mut words, 768, 32, iss as u64);
        put(&mut words, 800, 32, snd_una as u64);
        put(&mut words, 832, 32, snd_nxt as u64);
        put(&mut words, 864, 32, snd_max as u64);
        put(&mut words, 896, 32, snd_end as u64);
        put(&mut words, 928, 32, snd_wnd as u64);
        put(&mut words, 960, 32, snd_wl1 as u64);
        put(&mut words, 992, 32, snd_wl2 as u64);
        put(&mut words, 1024, 32, max_snd_wnd as u64);
        put(&mut words, 1056, 32, cwnd as u64);
        put(&mut words, 1088, 32, ssthresh as u64);
        put(&mut words, 1120, 32, recover as u64);
        put(&mut words, 1152, 32, bytes_acked as u64);
        put(&mut words, 1184, 32, high_rxt as u64);
        put(&mut words, 1216, 32, rescue_rxt as u64);
        put(&mut words, 1248, 32, srtt_us8 as u64);
        put(&mut words, 1280, 32, rttvar_us4 as u64);
        put(&mut words, 1312, 32, rto_us as u64);
        put(&mut words, 1344, 32, rtt_seq as u64);
        put(&mut words, 1376, 32, rtt_time as u64);
        put(&mut words, 1408, 32, irs as u64);
        put(&mut words, 1440, 32, rcv_nxt as u64);
        put(&mut words, 1472, 32, rcv_adv as u64);
        put(&mut words, 1504, 32, rcv_read as u64);
        put(&mut words, 1536, 32, last_ack_sent as u64);
        put(&mut words, 1568, 32, ts_recent as u64);
        put(&mut words, 1600, 32, ts_recent_age as u64);
        put(&mut words, 1632, 32, ts_offset as u64);
        put(&mut words, 1664, 32, ooo[0] as u64);
        put(&mut words, 1696, 32, ooo[1] as u64);
        put(&mut words, 1728, 32, ooo[2] as u64);
        put(&mut words, 1760, 32, ooo[3] as u64);
        put(&mut words, 1792, 32, ooo[4] as u64);
        put(&mut words, 1824, 32, ooo[5] as u64);
        put(&mut words, 1856, 32, ooo[6] as u64);
        put(&mut words, 1888, 32, ooo[7] as u64);
        put(&mut words, 1920, 32, sacked[0] as u64);
        put(&mut words, 1952, 32, sacked[1] as u64);
        put(&mut words, 1984, 32, sacked[2] as u64);
        put(&mut words, 2016, 32, sacked[3] as u64);
        put(&mut words, 2048, 32, sacked[4] as u64);
        put(&mut words, 2080, 32, sacked[5] as u64);
        put(&mut words, 2112, 32, sacked[6] as u64);
        put(&mut words, 2144, 32, sacked[7] as u64);
        put(&mut words, 2176, 32, dsack[0] as u64);
        put(&mut words, 2208, 32, dsack[1] as u64);
        put(&mut words, 2240, 32, t_rtx as u64);
        put(&mut words, 2272, 32, t_delack as u64);
        put(&mut words, 2304, 32, t_keep as u64);
        put(&mut words, 2336, 32, pacing_bytes_per_ms as u64);
        put(&mut words, 2368, 32, cc_private[0] as u64);
        put(&mut words, 2400, 32, cc_private[1] as u64);
        put(&mut words, 2432, 32, cc_private[2] as u64);
        put(&mut words, 2464, 32, cc_private[3] as u64);
        put(&mut words, 2496, 32, cc_private[4] as u64);
        put(&mut words, 2528, 32, cc_private[5] as u64);
        put(&mut words, 2560, 32, segs_out as u64);
        put(&mut words, 2592, 32, segs_in as u64);
        put(&mut words, 2624, 64, bytes_out);
        put(&mut words, 2688, 64, bytes_in);
        put(&mut words, 2752, 32, retransmit_segs as u64);
        put(&mut words, 2784, 32, retransmit_bytes as u64);
        put(&mut words, 2816, 32, dup_acks_in as u64);
        put(&mut words, 2848, 32, ooo_in as u64);
        put(&mut words, 2880, 32, dup_in as u64);
        put(&mut words, 2912, 32, rto_count as u64);
        put(&mut words, 2944, 32, fast_retransmits as u64);
        put(&mut words, 2976, 32, ecn_reductions as u64);
        put(&mut words, 3008, 32, probes_out as u64);
        put(&mut words, 3040, 32, challenge_acks as u64);
        put(&mut words, 3072, 32, last_sent_age as u64);
        SessionImageRaw(words)
    }

    /// As [`Self::pack`], but fails on the first value that does not fit its field.
    pub const fn checked_pack(&self) -> Result<SessionImageRaw, OutOfRange> {
        if self.snd_wscale as u64 > 0xf {
            return Err(OutOfRange {
                field: "snd_wscale",
                value: self.snd_wscale as u64,
                width: 4,
            });
        }
        if self.rcv_wscale as u64 > 0xf {
            return Err(OutOfRange {
                field: "rcv_wscale",
                value: self.rcv_wscale as u64,
                width: 4,
            });
        }
        if self.dupacks as u64 > 0xf {
            return Err(OutOfRange { field: "dupacks", value: self.dupacks as u64, width: 4 });
        }
        if self.rto_backoff as u64 > 0xf {
            return Err(OutOfRange {
                field: "rto_backoff",
                value: self.rto_backoff as u64,
                width: 4,
            });
        }
        if self.keep_probes as u64 > 0xf {
            return Err(OutOfRange {
                field: "keep_probes",
                value: self.keep_probes as u64,
                width: 4,
            });
        }
        if self.delack_count as u64 > 0xf {
            return Err(OutOfRange {
                field: "delack_count",
                value: self.delack_count as u64,
                width: 4,
            });
        }
        if self.quickack as u64 > 0xf {
            return Err(OutOfRange { field: "quickack", value: self.quickack as u64, width: 4 });
        }
        if self.tx_ring_log2 as u64 > 0x1f {
            return Err(OutOfRange {
                field: "tx_ring_log2",
                value: self.tx_ring_log2 as u64,
                width: 5,
            });
        }
        if self.rx_ring_log2 as u64 > 0x1f {
            return Err(OutOfRange {
                field: "rx_ring_log2",
                value: self.rx_ring_log2 as u64,
                width: 5,
            });
        }
        Ok(self.pack())
    }

    /// Calls `see` with name, element and value of every field: for dumps and comparisons.
    pub fn visit(&self, see: &mut dyn FnMut(&'static str, u32, u64)) {
        see("magic", 0, u64::from(self.magic));
        see("state", 0, u64::from(self.state.to_bits()));
        see("tw_class", 0, u64::from(self.tw_class.to_bits()));
        see("cc_algo", 0, u64::from(self.cc_algo.to_bits()));
        see("snd_wscale", 0, u64::from(self.snd_wscale));
        see("rcv_wscale", 0, u64::from(self.rcv_wscale));
        see("dupacks", 0, u64::from(self.dupacks));
        see("rto_backoff", 0, u64::from(self.rto_backoff));
        see("keep_probes", 0, u64::from(self.keep_probes));
        see("ipv6", 0, u64::from(self.ipv6));
        see("ts_ok", 0, u64::from(self.ts_ok));
        see("sack_ok", 0, u64::from(self.sack_ok));
        see("ecn_ok", 0, u64::from(self.ecn_ok));
        see("nodelay", 0, u64::from(self.nodelay));
        see("df", 0, u64::from(self.df));
        see("keepalive", 0, u64::from(self.keepalive));
        see("fin_queued", 0, u64::from(self.fin_queued));
        see("peer_fin", 0, u64::from(self.peer_fin));
        see("fast_recovery", 0, u64::from(self.fast_recovery));
        see("cong_recovery", 0, u64::from(self.cong_recovery));
        see("cwr_due", 0, u64::from(self.cwr_due));
        see("ece_due", 0, u64::from(self.ece_due));
        see("rtt_timing", 0, u64::from(self.rtt_timing));
        see("persist", 0, u64::from(self.persist));
        see("ack_due", 0, u64::from(self.ack_due));
        see("delack_count", 0, u64::from(self.delack_count));
        see("mirror", 0, u64::from(self.mirror));
        see("trace", 0, u64::from(self.trace));
        see("dsack_due", 0, u64::from(self.dsack_due));
        see("quickack", 0, u64::from(self.quickack));
        see("orphan", 0, u64::from(self.orphan));
        see("cc_firmware", 0, u64::from(self.cc_firmware));
        see("handle", 0, u64::from(self.handle));
        see("laddr", 0, u64::from(self.laddr[0]));
        see("laddr", 1, u64::from(self.laddr[1]));
        see("laddr", 2, u64::from(self.laddr[2]));
        see("laddr", 3, u64::from(self.laddr[3]));
        see("raddr", 0, u64::from(self.raddr[0]));
        see("raddr", 1, u64::from(self.raddr[1]));
        see("raddr", 2, u64::from(self.raddr[2]));
        see("raddr", 3, u64::from(self.raddr[3]));
        see("lport", 0, u64::from(self.lport));
        see("rport", 0, u64::from(self.rport));
        see("nexthop", 0, u64::from(self.nexthop));
        see("qp", 0, u64::from(self.qp));
        see("snd_mss", 0, u64::from(self.snd_mss));
        see("peer_mss", 0, u64::from(self.peer_mss));
        see("ttl", 0, u64::from(self.ttl));
        see("tos", 0, u64::from(self.tos));
        see("port", 0, u64::from(self.port));
        see("tx_ring_log2", 0, u64::from(self.tx_ring_log2));
        see("tx_ring", 0, self.tx_ring);
        see("rx_ring", 0, self.rx_ring);
        see("tx_seq0", 0, u64::from(self.tx_seq0));
        see("rx_seq0", 0, u64::from(self.rx_seq0));
        see("rx_ring_log2", 0, u64::from(self.rx_ring_log2));
        see("flow_label", 0, u64::from(self.flow_label));
        see("iss", 0, u64::from(self.iss));
        see("snd_una", 0, u64::from(self.snd_una));
        see("snd_nxt", 0, u64::from(self.snd_nxt));
        see("snd_max", 0, u64::from(self.snd_max));
        see("snd_end", 0, u64::from(self.snd_end));
        see("snd_wnd", 0, u64::from(self.snd_wnd));
        see("snd_wl1", 0, u64::from(self.snd_wl1));
        see("snd_wl2", 0, u64::from(self.snd_wl2));
        see("max_snd_wnd", 0, u64::from(self.max_snd_wnd));
        see("cwnd", 0, u64::from(self.cwnd));
        see("ssthresh", 0, u64::from(self.ssthresh));
        see("recover", 0, u64::from(self.recover));
        see("bytes_acked", 0, u64::from(self.bytes_acked));
        see("high_rxt", 0, u64::from(self.high_rxt));
        see("rescue_rxt", 0, u64::from(self.rescue_rxt));
        see("srtt_us8", 0, u64::from(self.srtt_us8));
        see("rttvar_us4", 0, u64::from(self.rttvar_us4));
        see("rto_us", 0, u64::from(self.rto_us));
        see("rtt_seq", 0, u64::from(self.rtt_seq));
        see("rtt_time", 0, u64::from(self.rtt_time));
        see("irs", 0, u64::from(self.irs));
        see("rcv_nxt", 0, u64::from(self.rcv_nxt));
        see("rcv_adv", 0, u64::from(self.rcv_adv));
        see("rcv_read", 0, u64::from(self.rcv_read));
        see("last_ack_sent", 0, u64::from(self.last_ack_sent));
        see("ts_recent", 0, u64::from(self.ts_recent));
        see("ts_recent_age", 0, u64::from(self.ts_recent_age));
        see("ts_offset", 0, u64::from(self.ts_offset));
        see("ooo", 0, u64::from(self.ooo[0]));
        see("ooo", 1, u64::from(self.ooo[1]));
        see("ooo", 2, u64::from(self.ooo[2]));
        see("ooo", 3, u64::from(self.ooo[3]));
        see("ooo", 4, u64::from(self.ooo[4]));
        see("ooo", 5, u64::from(self.ooo[5]));
        see("ooo", 6, u64::from(self.ooo[6]));
        see("ooo", 7, u64::from(self.ooo[7]));
        see("sacked", 0, u64::from(self.sacked[0]));
        see("sacked", 1, u64::from(self.sacked[1]));
        see("sacked", 2, u64::from(self.sacked[2]));
        see("sacked", 3, u64::from(self.sacked[3]));
        see("sacked", 4, u64::from(self.sacked[4]));
        see("sacked", 5, u64::from(self.sacked[5]));
        see("sacked", 6, u64::from(self.sacked[6]));
        see("sacked", 7, u64::from(self.sacked[7]));
        see("dsack", 0, u64::from(self.dsack[0]));
        see("dsack", 1, u64::from(self.dsack[1]));
        see("t_rtx", 0, u64::from(self.t_rtx));
        see("t_delack", 0, u64::from(self.t_delack));
        see("t_keep", 0, u64::from(self.t_keep));
        see("pacing_bytes_per_ms", 0, u64::from(self.pacing_bytes_per_ms));
        see("cc_private", 0, u64::from(self.cc_private[0]));
        see("cc_private", 1, u64::from(self.cc_private[1]));
        see("cc_private", 2, u64::from(self.cc_private[2]));
        see("cc_private", 3, u64::from(self.cc_private[3]));
        see("cc_private", 4, u64::from(self.cc_private[4]));
        see("cc_private", 5, u64::from(self.cc_private[5]));
        see("segs_out", 0, u64::from(self.segs_out));
        see("segs_in", 0, u64::from(self.segs_in));
        see("bytes_out", 0, self.bytes_out);
        see("bytes_in", 0, self.bytes_in);
        see("retransmit_segs", 0, u64::from(self.retransmit_segs));
        see("retransmit_bytes", 0, u64::from(self.retransmit_bytes));
        see("dup_acks_in", 0, u64::from(self.dup_acks_in));
        see("ooo_in", 0, u64::from(self.ooo_in));
        see("dup_in", 0, u64::from(self.dup_in));
        see("rto_count", 0, u64::from(self.rto_count));
        see("fast_retransmits", 0, u64::from(self.fast_retransmits));
        see("ecn_reductions", 0, u64::from(self.ecn_reductions));
        see("probes_out", 0, u64::from(self.probes_out));
        see("challenge_acks", 0, u64::from(self.challenge_acks));
        see("last_sent_age", 0, u64::from(self.last_sent_age));
    }
}

impl From<SessionImage> for SessionImageRaw {
    fn from(plain: SessionImage) -> Self {
        plain.pack()
    }
}

impl TryFrom<SessionImageRaw> for SessionImage {
    type Error = Invalid;
    fn try_from(raw: SessionImageRaw) -> Result<Self, Invalid> {
        raw.unpack()
    }
}

impl Default for SessionImage {
    /// All zero; an enumeration without zero has its lowest value.
    fn default() -> Self {
        Self {
            magic: 0,
            state: TcpState::Closed,
            tw_class: MslClass::None,
            cc_algo: CcAlgo::Newreno,
            snd_wscale: 0,
            rcv_wscale: 0,
            dupacks: 0,
            rto_backoff: 0,
            keep_probes: 0,
            ipv6: false,
            ts_ok: false,
            sack_ok: false,
            ecn_ok: false,
            nodelay: false,
            df: false,
            keepalive: false,
            fin_queued: false,
            peer_fin: false,
            fast_recovery: false,
            cong_recovery: false,
            cwr_due: false,
            ece_due: false,
            rtt_timing: false,
            persist: false,
            ack_due: false,
            delack_count: 0,
            mirror: false,
            trace: false,
            dsack_due: false,
            quickack: 0,
            orphan: false,
            cc_firmware: false,
            handle: 0,
            laddr: [0; 4],
            raddr: [0; 4],
            lport: 0,
            rport: 0,
            nexthop: 0,
            qp: 0,
            snd_mss: 0,
            peer_mss: 0,
            ttl: 0,
            tos: 0,
            port: 0,
            tx_ring_log2: 0,
            tx_ring: 0,
            rx_ring: 0,
            tx_seq0: 0,
            rx_seq0: 0,
            rx_ring_log2: 0,
            flow_label: 0,
            iss: 0,
            snd_una: 0,
            snd_nxt: 0,
            snd_max: 0,
            snd_end: 0,
            snd_wnd: 0,
            snd_wl1: 0,
            snd_wl2: 0,
            max_snd_wnd: 0,
            cwnd: 0,
            ssthresh: 0,
            recover: 0,
            bytes_acked: 0,
            high_rxt: 0,
            rescue_rxt: 0,
            srtt_us8: 0,
            rttvar_us4: 0,
            rto_us: 0,
            rtt_seq: 0,
            rtt_time: 0,
            irs: 0,
            rcv_nxt: 0,
            rcv_adv: 0,
            rcv_read: 0,
            last_ack_sent: 0,
            ts_recent: 0,
            ts_recent_age: 0,
            ts_offset: 0,
            ooo: [0; 8],
            sacked: [0; 8],
            dsack: [0; 2],
            t_rtx: 0,
            t_delack: 0,
            t_keep: 0,
            pacing_bytes_per_ms: 0,
            cc_private: [0; 6],
            segs_out: 0,
            segs_in: 0,
            bytes_out: 0,
            bytes_in: 0,
            retransmit_segs: 0,
            retransmit_bytes: 0,
            dup_acks_in: 0,
            ooo_in: 0,
            dup_in: 0,
            rto_count: 0,
            fast_retransmits: 0,
            ecn_reductions: 0,
            probes_out: 0,
            challenge_acks: 0,
            last_sent_age: 0,
        }
    }
}

const _: () = assert!(size_of::<SessionImageRaw>() == 512);

/// Where the fields of [`SessionImageRaw`] lie.
pub mod session_image {
    use crate::support::Field;
    /// 0x53454F54 "TOES".
    pub const MAGIC: Field = Field { name: "magic", lsb: 0, width: 32, count: 1, stride: 0 };
    /// `state`.
    pub const STATE: Field = Field { name: "state", lsb: 32, width: 4, count: 1, stride: 0 };
    /// `tw_class`.
    pub const TW_CLASS: Field = Field { name: "tw_class", lsb: 36, width: 2, count: 1, stride: 0 };
    /// `cc_algo`.
    pub const CC_ALGO: Field = Field { name: "cc_algo", lsb: 40, width: 4, count: 1, stride: 0 };
    /// Shift of windows that the peer sends, 0..14.
    pub const SND_WSCALE: Field =
        Field { name: "snd_wscale", lsb: 44, width: 4, count: 1, stride: 0 };
    /// Shift of windows that we send, 0..14.
    pub const RCV_WSCALE: Field =
        Field { name: "rcv_wscale", lsb: 48, width: 4, count: 1, stride: 0 };
    /// `dupacks`.
    pub const DUPACKS: Field = Field { name: "dupacks", lsb: 52, width: 4, count: 1, stride: 0 };
    /// Doublings since the last valid RTT sample, 0..12.
    pub const RTO_BACKOFF: Field =
        Field { name: "rto_backoff", lsb: 56, width: 4, count: 1, stride: 0 };
    /// `keep_probes`.
    pub const KEEP_PROBES: Field =
        Field { name: "keep_probes", lsb: 60, width: 4, count: 1, stride: 0 };
    /// `ipv6`.
    pub const IPV6: Field = Field { name: "ipv6", lsb: 64, width: 1, count: 1, stride: 0 };
    /// `ts_ok`.
    pub const TS_OK: Field = Field { name: "ts_ok", lsb: 65, width: 1, count: 1, stride: 0 };
    /// `sack_ok`.
    pub const SACK_OK: Field = Field { name: "sack_ok", lsb: 66, width: 1, count: 1, stride: 0 };
    /// `ecn_ok`.
    pub const ECN_OK: Field = Field { name: "ecn_ok", lsb: 67, width: 1, count: 1, stride: 0 };
    /// `nodelay`.
    pub const NODELAY: Field = Field { name: "nodelay", lsb: 68, width: 1, count: 1, stride: 0 };
    /// `df`.
    pub const DF: Field = Field { name: "df", lsb: 69, width: 1, count: 1, stride: 0 };
    /// `keepalive`.
    pub const KEEPALIVE: Field =
        Field { name: "keepalive", lsb: 70, width: 1, count: 1, stride: 0 };
    /// The application has closed: FIN belongs at snd_end.
    pub const FIN_QUEUED: Field =
        Field { name: "fin_queued", lsb: 71, width: 1, count: 1, stride: 0 };
    /// `peer_fin`.
    pub const PEER_FIN: Field = Field { name: "peer_fin", lsb: 72, width: 1, count: 1, stride: 0 };
    /// `fast_recovery`.
    pub const FAST_RECOVERY: Field =
        Field { name: "fast_recovery", lsb: 73, width: 1, count: 1, stride: 0 };
    /// `cong_recovery`.
    pub const CONG_RECOVERY: Field =
        Field { name: "cong_recovery", lsb: 74, width: 1, count: 1, stride: 0 };
    /// CWR is due on the next new data segment.
    pub const CWR_DUE: Field = Field { name: "cwr_due", lsb: 75, width: 1, count: 1, stride: 0 };
    /// ECE goes on every ACK until CWR arrives.
    pub const ECE_DUE: Field = Field { name: "ece_due", lsb: 76, width: 1, count: 1, stride: 0 };
    /// Rtt_seq/rtt_time hold a running measurement.
    pub const RTT_TIMING: Field =
        Field { name: "rtt_timing", lsb: 77, width: 1, count: 1, stride: 0 };
    /// T_rtx is the persist timer.
    pub const PERSIST: Field = Field { name: "persist", lsb: 78, width: 1, count: 1, stride: 0 };
    /// `ack_due`.
    pub const ACK_DUE: Field = Field { name: "ack_due", lsb: 79, width: 1, count: 1, stride: 0 };
    /// Segments received since the last ACK sent.
    pub const DELACK_COUNT: Field =
        Field { name: "delack_count", lsb: 80, width: 4, count: 1, stride: 0 };
    /// `mirror`.
    pub const MIRROR: Field = Field { name: "mirror", lsb: 84, width: 1, count: 1, stride: 0 };
    /// `trace`.
    pub const TRACE: Field = Field { name: "trace", lsb: 85, width: 1, count: 1, stride: 0 };
    /// `dsack_due`.
    pub const DSACK_DUE: Field =
        Field { name: "dsack_due", lsb: 86, width: 1, count: 1, stride: 0 };
    /// ACKs still to be sent at once.
    pub const QUICKACK: Field = Field { name: "quickack", lsb: 87, width: 4, count: 1, stride: 0 };
    /// The application reads no more: see the flag of bumps.
    pub const ORPHAN: Field = Field { name: "orphan", lsb: 91, width: 1, count: 1, stride: 0 };
    /// The firmware's algorithm has the window; else the built-in NewReno (information only).
    pub const CC_FIRMWARE: Field =
        Field { name: "cc_firmware", lsb: 92, width: 1, count: 1, stride: 0 };
    /// `handle`.
    pub const HANDLE: Field = Field { name: "handle", lsb: 96, width: 32, count: 1, stride: 0 };
    /// Network byte order in memory; IPv4 in the first word.
    pub const LADDR: Field = Field { name: "laddr", lsb: 128, width: 32, count: 4, stride: 32 };
    /// `raddr`.
    pub const RADDR: Field = Field { name: "raddr", lsb: 256, width: 32, count: 4, stride: 32 };
    /// `lport`.
    pub const LPORT: Field = Field { name: "lport", lsb: 384, width: 16, count: 1, stride: 0 };
    /// `rport`.
    pub const RPORT: Field = Field { name: "rport", lsb: 400, width: 16, count: 1, stride: 0 };
    /// `nexthop`.
    pub const NEXTHOP: Field = Field { name: "nexthop", lsb: 416, width: 16, count: 1, stride: 0 };
    /// `qp`.
    pub const QP: Field = Field { name: "qp", lsb: 432, width: 16, count: 1, stride: 0 };
    /// Largest payload of a segment, options already taken off.
    pub const SND_MSS: Field = Field { name: "snd_mss", lsb: 448, width: 16, count: 1, stride: 0 };
    /// MSS that the peer announced.
    pub const PEER_MSS: Field =
        Field { name: "peer_mss", lsb: 464, width: 16, count: 1, stride: 0 };
    /// `ttl`.
    pub const TTL: Field = Field { name: "ttl", lsb: 480, width: 8, count: 1, stride: 0 };
    /// `tos`.
    pub const TOS: Field = Field { name: "tos", lsb: 488, width: 8, count: 1, stride: 0 };
    /// Ingress port, part of the key of link-local sessions.
    pub const PORT: Field = Field { name: "port", lsb: 496, width: 8, count: 1, stride: 0 };
    /// `tx_ring_log2`.
    pub const TX_RING_LOG2: Field =
        Field { name: "tx_ring_log2", lsb: 504, width: 5, count: 1, stride: 0 };
    /// `tx_ring`.
    pub const TX_RING: Field = Field { name: "tx_ring", lsb: 512, width: 64, count: 1, stride: 0 };
    /// `rx_ring`.
    pub const RX_RING: Field = Field { name: "rx_ring", lsb: 576, width: 64, count: 1, stride: 0 };
    /// Sequence number of ring position 0.
    pub const TX_SEQ0: Field = Field { name: "tx_seq0", lsb: 640, width: 32, count: 1, stride: 0 };
    /// `rx_seq0`.
    pub const RX_SEQ0: Field = Field { name: "rx_seq0", lsb: 672, width: 32, count: 1, stride: 0 };
    /// `rx_ring_log2`.
    pub const RX_RING_LOG2: Field =
        Field { name: "rx_ring_log2", lsb: 704, width: 5, count: 1, stride: 0 };
    /// `flow_label`.
    pub const FLOW_LABEL: Field =
        Field { name: "flow_label", lsb: 736, width: 32, count: 1, stride: 0 };
    /// `iss`.
    pub const ISS: Field = Field { name: "iss", lsb: 768, width: 32, count: 1, stride: 0 };
    /// `snd_una`.
    pub const SND_UNA: Field = Field { name: "snd_una", lsb: 800, width: 32, count: 1, stride: 0 };
    /// `snd_nxt`.
    pub const SND_NXT: Field = Field { name: "snd_nxt", lsb: 832, width: 32, count: 1, stride: 0 };
    /// `snd_max`.
    pub const SND_MAX: Field = Field { name: "snd_max", lsb: 864, width: 32, count: 1, stride: 0 };
    /// `snd_end`.
    pub const SND_END: Field = Field { name: "snd_end", lsb: 896, width: 32, count: 1, stride: 0 };
    /// Scaled, bytes.
    pub const SND_WND: Field = Field { name: "snd_wnd", lsb: 928, width: 32, count: 1, stride: 0 };
    /// `snd_wl1`.
    pub const SND_WL1: Field = Field { name: "snd_wl1", lsb: 960, width: 32, count: 1, stride: 0 };
    /// `snd_wl2`.
    pub const SND_WL2: Field = Field { name: "snd_wl2", lsb: 992, width: 32, count: 1, stride: 0 };
    /// `max_snd_wnd`.
    pub const MAX_SND_WND: Field =
        Field { name: "max_snd_wnd", lsb: 1024, width: 32, count: 1, stride: 0 };
    /// Bytes.
    pub const CWND: Field = Field { name: "cwnd", lsb: 1056, width: 32, count: 1, stride: 0 };
    /// `ssthresh`.
    pub const SSTHRESH: Field =
        Field { name: "ssthresh", lsb: 1088, width: 32, count: 1, stride: 0 };
    /// `recover`.
    pub const RECOVER: Field = Field { name: "recover", lsb: 1120, width: 32, count: 1, stride: 0 };
    /// RFC 3465 accumulator.
    pub const BYTES_ACKED: Field =
        Field { name: "bytes_acked", lsb: 1152, width: 32, count: 1, stride: 0 };
    /// RFC 6675 HighRxt.
    pub const HIGH_RXT: Field =
        Field { name: "high_rxt", lsb: 1184, width: 32, count: 1, stride: 0 };
    /// `rescue_rxt`.
    pub const RESCUE_RXT: Field =
        Field { name: "rescue_rxt", lsb: 1216, width: 32, count: 1, stride: 0 };
    /// Μs \<\< 3; 0 = no sample yet.
    pub const SRTT_US8: Field =
        Field { name: "srtt_us8", lsb: 1248, width: 32, count: 1, stride: 0 };
    /// Μs \<\< 2.
    pub const RTTVAR_US4: Field =
        Field { name: "rttvar_us4", lsb: 1280, width: 32, count: 1, stride: 0 };
    /// `rto_us`.
    pub const RTO_US: Field = Field { name: "rto_us", lsb: 1312, width: 32, count: 1, stride: 0 };
    /// `rtt_seq`.
    pub const RTT_SEQ: Field = Field { name: "rtt_seq", lsb: 1344, width: 32, count: 1, stride: 0 };
    /// Μs ago that rtt_seq was sent.
    pub const RTT_TIME: Field =
        Field { name: "rtt_time", lsb: 1376, width: 32, count: 1, stride: 0 };
    /// `irs`.
    pub const IRS: Field = Field { name: "irs", lsb: 1408, width: 32, count: 1, stride: 0 };
    /// `rcv_nxt`.
    pub const RCV_NXT: Field = Field { name: "rcv_nxt", lsb: 1440, width: 32, count: 1, stride: 0 };
    /// Right edge advertised.
    pub const RCV_ADV: Field = Field { name: "rcv_adv", lsb: 1472, width: 32, count: 1, stride: 0 };
    /// `rcv_read`.
    pub const RCV_READ: Field =
        Field { name: "rcv_read", lsb: 1504, width: 32, count: 1, stride: 0 };
    /// `last_ack_sent`.
    pub const LAST_ACK_SENT: Field =
        Field { name: "last_ack_sent", lsb: 1536, width: 32, count: 1, stride: 0 };
    /// `ts_recent`.
    pub const TS_RECENT: Field =
        Field { name: "ts_recent", lsb: 1568, width: 32, count: 1, stride: 0 };
    /// Μs since ts_recent was taken, saturating.
    pub const TS_RECENT_AGE: Field =
        Field { name: "ts_recent_age", lsb: 1600, width: 32, count: 1, stride: 0 };
    /// Our TSval = (now_us >> 10) + ts_offset, ticks of 1.024 ms.
    pub const TS_OFFSET: Field =
        Field { name: "ts_offset", lsb: 1632, width: 32, count: 1, stride: 0 };
    /// {start,end} ×4, most recent first; start = end: free.
    pub const OOO: Field = Field { name: "ooo", lsb: 1664, width: 32, count: 8, stride: 32 };
    /// {start,end} ×4 sender scoreboard, ascending; start = end: free.
    pub const SACKED: Field = Field { name: "sacked", lsb: 1920, width: 32, count: 8, stride: 32 };
    /// `dsack`.
    pub const DSACK: Field = Field { name: "dsack", lsb: 2176, width: 32, count: 2, stride: 32 };
    /// `t_rtx`.
    pub const T_RTX: Field = Field { name: "t_rtx", lsb: 2240, width: 32, count: 1, stride: 0 };
    /// `t_delack`.
    pub const T_DELACK: Field =
        Field { name: "t_delack", lsb: 2272, width: 32, count: 1, stride: 0 };
    /// `t_keep`.
    pub const T_KEEP: Field = Field { name: "t_keep", lsb: 2304, width: 32, count: 1, stride: 0 };
    /// `pacing_bytes_per_ms`.
    pub const PACING_BYTES_PER_MS: Field =
        Field { name: "pacing_bytes_per_ms", lsb: 2336, width: 32, count: 1, stride: 0 };
    /// `cc_private`.
    pub const CC_PRIVATE: Field =
        Field { name: "cc_private", lsb: 2368, width: 32, count: 6, stride: 32 };
    /// `segs_out`.
    pub const SEGS_OUT: Field =
        Field { name: "segs_out", lsb: 2560, width: 32, count: 1, stride: 0 };
    /// `segs_in`.
    pub const SEGS_IN: Field = Field { name: "segs_in", lsb: 2592, width: 32, count: 1, stride: 0 };
    /// `bytes_out`.
    pub const BYTES_OUT: Field =
        Field { name: "bytes_out", lsb: 2624, width: 64, count: 1, stride: 0 };
    /// `bytes_in`.
    pub const BYTES_IN: Field =
        Field { name: "bytes_in", lsb: 2688, width: 64, count: 1, stride: 0 };
    /// `retransmit_segs`.
    pub const RETRANSMIT_SEGS: Field =
        Field { name: "retransmit_segs", lsb: 2752, width: 32, count: 1, stride: 0 };
    /// `retransmit_bytes`.
    pub const RETRANSMIT_BYTES: Field =
        Field { name: "retransmit_bytes", lsb: 2784, width: 32, count: 1, stride: 0 };
    /// `dup_acks_in`.
    pub const DUP_ACKS_IN: Field =
        Field { name: "dup_acks_in", lsb: 2816, width: 32, count: 1, stride: 0 };
    /// `ooo_in`.
    pub const OOO_IN: Field = Field { name: "ooo_in", lsb: 2848, width: 32, count: 1, stride: 0 };
    /// `dup_in`.
    pub const DUP_IN: Field = Field { name: "dup_in", lsb: 2880, width: 32, count: 1, stride: 0 };
    /// `rto_count`.
    pub const RTO_COUNT: Field =
        Field { name: "rto_count", lsb: 2912, width: 32, count: 1, stride: 0 };
    /// `fast_retransmits`.
    pub const FAST_RETRANSMITS: Field =
        Field { name: "fast_retransmits", lsb: 2944, width: 32, count: 1, stride: 0 };
    /// `ecn_reductions`.
    pub const ECN_REDUCTIONS: Field =
        Field { name: "ecn_reductions", lsb: 2976, width: 32, count: 1, stride: 0 };
    /// `probes_out`.
    pub const PROBES_OUT: Field =
        Field { name: "probes_out", lsb: 3008, width: 32, count: 1, stride: 0 };
    /// `challenge_acks`.
    pub const CHALLENGE_ACKS: Field =
        Field { name: "challenge_acks", lsb: 3040, width: 32, count: 1, stride: 0 };
    /// Μs ago that data was sent (RFC 5681 §4.1); 2^31 and above: long.
    pub const LAST_SENT_AGE: Field =
        Field { name: "last_sent_age", lsb: 3072, width: 32, count: 1, stride: 0 };
}
