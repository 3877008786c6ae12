// SPDX-License-Identifier: Apache-2.0
//! The ports of `toe_top`, independent of their widths.

use verilated::PortSet;

/// An AXI address handshake.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AxiAddress {
    /// Transaction id.
    pub id: u8,
    /// Address.
    pub addr: u64,
    /// Beats minus one.
    pub len: u8,
    /// log2 of the bytes of a beat.
    pub size: u8,
    /// Burst type.
    pub burst: u8,
}

/// An R beat towards the device; its data comes separately.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadBeat {
    /// Transaction id.
    pub id: u8,
    /// Response.
    pub resp: u8,
    /// Last of its burst.
    pub last: bool,
}

/// A W beat from the device; its data is read separately.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WriteBeat {
    /// One bit a byte.
    pub strobe: u64,
    /// Last of its burst.
    pub last: bool,
}

/// A beat of a received frame towards the device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RxBeat {
    /// One bit a byte.
    pub keep: u64,
    /// Last of the frame.
    pub last: bool,
    /// The frame is bad (at its last beat).
    pub bad: bool,
}

/// A beat of a frame from the device; its data is read separately.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TxBeat {
    /// One bit a byte.
    pub keep: u64,
    /// Last of the frame.
    pub last: bool,
}

/// The ports of a model of `toe_top`. Implement it with [`impl_top!`](crate::impl_top).
#[allow(missing_docs)] // one method a port group, named after it
pub trait Top: PortSet {
    /// Bytes of a beat.
    const BYTES: usize;

    fn set_clk(&self, high: bool);
    fn set_rst_n(&self, high: bool);
    fn set_now(&self, us: u64);

    fn set_axil_aw(&self, addr: Option<u32>);
    fn set_axil_w(&self, data: Option<u32>);
    fn set_axil_ar(&self, addr: Option<u32>);
    fn set_axil_ready(&self, b: bool, r: bool);
    fn axil_aw_ready(&self) -> bool;
    fn axil_w_ready(&self) -> bool;
    fn axil_ar_ready(&self) -> bool;
    fn axil_b_valid(&self) -> bool;
    fn axil_r(&self) -> Option<u32>;

    fn set_axi_ready(&self, ar: bool, aw: bool, w: bool);
    fn axi_ar(&self) -> Option<AxiAddress>;
    fn axi_aw(&self) -> Option<AxiAddress>;
    fn axi_w(&self) -> Option<WriteBeat>;
    fn axi_w_data(&self, data: &mut [u8]);
    fn set_axi_r(&self, beat: Option<ReadBeat>, data: &[u8]);
    fn axi_r_ready(&self) -> bool;
    fn set_axi_b(&self, resp: Option<(u8, u8)>);
    fn axi_b_ready(&self) -> bool;

    fn set_rx(&self, beat: Option<RxBeat>, data: &[u8]);
    fn rx_ready(&self) -> bool;
    fn set_tx_ready(&self, ready: bool);
    fn tx(&self) -> Option<TxBeat>;
    fn tx_data(&self, data: &mut [u8]);

    fn set_irq_ready(&self, ready: bool);
    fn irq(&self) -> Option<u16>;
    fn idle(&self) -> bool;
    fn next_deadline(&self) -> Option<u64>;
}

/// Implements [`Top`] for a module's `Ports` (names as in `toe_top`), with so many bytes a beat.
#[macro_export]
macro_rules! impl_top {
    ($ports:ty, $bytes:literal) => {
        impl $crate::Top for $ports {
            const BYTES: usize = $bytes;

            #[inline(always)]
            fn set_clk(&self, high: bool) {
                self.clk_i.set(u8::from(high));
            }
            fn set_rst_n(&self, high: bool) {
                self.s_axil_awprot.set(0);
                self.s_axil_arprot.set(0);
                self.rst_ni.set(u8::from(high));
            }
            #[inline(always)]
            fn set_now(&self, us: u64) {
                self.now_us_i.set(us);
            }

            #[inline(always)]
            fn set_axil_aw(&self, addr: Option<u32>) {
                self.s_axil_awvalid.set(u8::from(addr.is_some()));
                self.s_axil_awaddr.set_u64(addr.unwrap_or(0).into());
            }
            #[inline(always)]
            fn set_axil_w(&self, data: Option<u32>) {
                self.s_axil_wvalid.set(u8::from(data.is_some()));
                self.s_axil_wdata.set(data.unwrap_or(0));
                self.s_axil_wstrb.set(0xf);
            }
            #[inline(always)]
            fn set_axil_ar(&self, addr: Option<u32>) {
                self.s_axil_arvalid.set(u8::from(addr.is_some()));
                self.s_axil_araddr.set_u64(addr.unwrap_or(0).into());
            }
            #[inline(always)]
            fn set_axil_ready(&self, b: bool, r: bool) {
                self.s_axil_bready.set(u8::from(b));
                self.s_axil_rready.set(u8::from(r));
            }
            #[inline(always)]
            fn axil_aw_ready(&self) -> bool {
                self.s_axil_awready.get() != 0
            }
            #[inline(always)]
            fn axil_w_ready(&self) -> bool {
                self.s_axil_wready.get() != 0
            }
            #[inline(always)]
            fn axil_ar_ready(&self) -> bool {
                self.s_axil_arready.get() != 0
            }
            #[inline(always)]
            fn axil_b_valid(&self) -> bool {
                self.s_axil_bvalid.get() != 0
            }
            #[inline(always)]
            fn axil_r(&self) -> Option<u32> {
                (self.s_axil_rvalid.get() != 0).then(|| self.s_axil_rdata.get())
            }

            #[inline(always)]
            fn set_axi_ready(&self, ar: bool, aw: bool, w: bool) {
                self.m_axi_arready.set(u8::from(ar));
                self.m_axi_awready.set(u8::from(aw));
                self.m_axi_wready.set(u8::from(w));
            }
            #[inline(always)]
            fn axi_ar(&self) -> Option<$crate::AxiAddress> {
                (self.m_axi_arvalid.get() != 0).then(|| $crate::AxiAddress {
                    id: self.m_axi_arid.get(),
                    addr: self.m_axi_araddr.get(),
                    len: self.m_axi_arlen.get(),
                    size: self.m_axi_arsize.get(),
                    burst: self.m_axi_arburst.get(),
                })
            }
            #[inline(always)]
            fn axi_aw(&self) -> Option<$crate::AxiAddress> {
                (self.m_axi_awvalid.get() != 0).then(|| $crate::AxiAddress {
                    id: self.m_axi_awid.get(),
                    addr: self.m_axi_awaddr.get(),
                    len: self.m_axi_awlen.get(),
                    size: self.m_axi_awsize.get(),
                    burst: self.m_axi_awburst.get(),
                })
            }
            #[inline(always)]
            fn axi_w(&self) -> Option<$crate::WriteBeat> {
                (self.m_axi_wvalid.get() != 0).then(|| $crate::WriteBeat {
                    strobe: self.m_axi_wstrb.get_u64(),
                    last: self.m_axi_wlast.get() != 0,
                })
            }
            #[inline(always)]
            fn axi_w_data(&self, data: &mut [u8]) {
                self.m_axi_wdata.get_bytes(data);
            }
            #[inline(always)]
            fn set_axi_r(&self, beat: Option<$crate::ReadBeat>, data: &[u8]) {
                match beat {
                    Some(beat) => {
                        self.m_axi_rvalid.set(1);
                        self.m_axi_rid.set(beat.id);
                        self.m_axi_rresp.set(beat.resp);
                        self.m_axi_rlast.set(u8::from(beat.last));
                        self.m_axi_rdata.set_bytes(data);
                    }
                    None => self.m_axi_rvalid.set(0),
                }
            }
            #[inline(always)]
            fn axi_r_ready(&self) -> bool {
                self.m_axi_rready.get() != 0
            }
            #[inline(always)]
            fn set_axi_b(&self, resp: Option<(u8, u8)>) {
                self.m_axi_bvalid.set(u8::from(resp.is_some()));
                let (id, resp) = resp.unwrap_or((0, 0));
                self.m_axi_bid.set(id);
                self.m_axi_bresp.set(resp);
            }
            #[inline(always)]
            fn axi_b_ready(&self) -> bool {
                self.m_axi_bready.get() != 0
            }

            #[inline(always)]
            fn set_rx(&self, beat: Option<$crate::RxBeat>, data: &[u8]) {
                match beat {
                    Some(beat) => {
                        self.s_axis_rx_tvalid.set(1);
                        self.s_axis_rx_tdata.set_bytes(data);
                        self.s_axis_rx_tkeep.set_u64(beat.keep);
                        self.s_axis_rx_tlast.set(u8::from(beat.last));
                        self.s_axis_rx_tuser.set(u8::from(beat.bad));
                    }
                    None => self.s_axis_rx_tvalid.set(0),
                }
            }
            #[inline(always)]
            fn rx_ready(&self) -> bool {
                self.s_axis_rx_tready.get() != 0
            }
            #[inline(always)]
            fn set_tx_ready(&self, ready: bool) {
                self.m_axis_tx_tready.set(u8::from(ready));
            }
            #[inline(always)]
            fn tx(&self) -> Option<$crate::TxBeat> {
                (self.m_axis_tx_tvalid.get() != 0).then(|| $crate::TxBeat {
                    keep: self.m_axis_tx_tkeep.get_u64(),
                    last: self.m_axis_tx_tlast.get() != 0,
                })
            }
            #[inline(always)]
            fn tx_data(&self, data: &mut [u8]) {
                self.m_axis_tx_tdata.get_bytes(data);
            }

            #[inline(always)]
            fn set_irq_ready(&self, ready: bool) {
                self.irq_ready_i.set(u8::from(ready));
            }
            #[inline(always)]
            fn irq(&self) -> Option<u16> {
                (self.irq_valid_o.get() != 0).then(|| u16::from(self.irq_vector_o.get()))
            }
            #[inline(always)]
            fn idle(&self) -> bool {
                self.idle_o.get() != 0
            }
            #[inline(always)]
            fn next_deadline(&self) -> Option<u64> {
                (self.next_deadline_valid_o.get() != 0).then(|| self.next_deadline_us_o.get())
            }
        }
    };
}
