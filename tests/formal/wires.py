# SPDX-License-Identifier: Apache-2.0
"""Where each stream between blocks goes. What rows mean: wiring.py."""

from wiring import Wires

TOP = "rtl/top/toe_top.sv"
# Of toe_host, whose registers stand in the first reset, the rest in the second; of the port of client RdBump, which is not used.
HOST_RESETS = {"s_axil_*": "rst_ni", "*": "core_rst_no"}
HOST_ALSO = {"rd_data": ["rd_keep_o", "rd_last_o", "rd_err_o"], "fence_done": ["fence_bad_o"]}
MCU_ALSO = {"wr_data": ["wr_keep_o", "wr_last_o"], "rd_data": ["rd_last_i", "rd_err_i"]}

TOE_TOP = Wires(
    TOP,
    """
    port.s_axis_rx_t > net_rx.s_axis_t   | logic: a frame that a reset cuts is swallowed to its end
    net_tx.loop > net_rx.loop
    net_rx.meta > lookup.meta
    net_rx.data > host.data              | unread: keep
    lookup.work > timewait.work_in
    timewait.work_out > pipe.work
    pipe.place > host.place
    host.fence_done > pipe.place_fence_done
    host.bump > pipe.bump
    pipe.trace > host.trace

    pipe.lkdel > lk_arb.pipe
    lk_arb.pipe_done > pipe.lkdel_done
    mcu.lk > lk_arb.mcu
    lk_arb.mcu_done > mcu.lk_done
    lk_arb.op > lookup.op
    lookup.op_done > lk_arb.op_done      | unread: result
    pipe.rec > timewait.rec
    mcu.tw > timewait.cmd
    timewait.rsp > mcu.tw_rsp
    timewait.evt > host.note             | same: >note_i.record == <evt_o && >note_i.qp == '0
    mcu.cmd > pipe.cmd
    pipe.rsp > mcu.rsp
    pipe.cc > mcu.cc
    mcu.cc_set > pipe.cc_set

    seg.fault > fault_arb.in[1]
    host.fault > fault_arb.in[0]         | same: >in_i[0] == {tcp_pkg::FaultWrite, <fault_o.handle, <fault_o.addr}
    fault_arb.out > pipe.fault           | unread: idx
    pipe.tx > seg.tx
    seg.fence > pipe.tx_fence

    seg.frame > net_tx.frame[0]
    seg.done > net_tx.done[0]
    seg.pay > net_tx.pay[0]
    nic_tx.frame > net_tx.frame[1]
    nic_tx.done > net_tx.done[1]
    nic_tx.pay > net_tx.pay[1]
    timewait.seg > tw_hdr.seg
    tw_hdr.frame > net_tx.frame[2]
    nothing > net_tx.done[2]
    nothing > net_tx.pay[2]
    net_tx.m_axis_t > port.m_axis_tx_t   | logic: no frame begins when a reset is coming
    port.m_axis_tx_t > host.tap          | logic: what leaves and is to be copied

    seg.rd > host.rd[RdTcp]
    host.rd_data[RdTcp] > seg.rd_data
    nic_tx.rd_desc > host.rd[RdDesc]
    host.rd_data[RdDesc] > nic_tx.desc_data | unread: keep
    nic_tx.rd_nic > host.rd[RdNic]
    host.rd_data[RdNic] > nic_tx.nic_data
    mcu.rd > host.rd[RdMcu]
    host.rd_data[RdMcu] > mcu.rd_data    | unread: keep
    nothing > host.rd[RdBump]
    host.rd_data[RdBump] > nothing
    mcu.wr > host.mcu
    mcu.wr_data > host.mcu_data          | unread: keep
    host.mcu_done > mcu.wr_done
    nic_tx.txdone > host.txdone          | same: >txdone_i.qp == <txdone_qp_o && >txdone_i.head == <txdone_head_o
    nic_tx.fault > host.nic_fault

    port.s_axil_aw > host.s_axil_aw
    port.s_axil_w > host.s_axil_w
    host.s_axil_b > port.s_axil_b
    port.s_axil_ar > host.s_axil_ar
    host.s_axil_r > port.s_axil_r
    host.m_axi_aw > port.m_axi_aw
    host.m_axi_w > port.m_axi_w
    port.m_axi_b > host.m_axi_b
    host.m_axi_ar > port.m_axi_ar
    port.m_axi_r > host.m_axi_r
    host.irq > port.irq
    """,
    also={
        "toe_host": HOST_ALSO, "mcu": MCU_ALSO, "tcp_seg": {"rd_data": ["rd_keep_i", "rd_last_i", "rd_err_i"]},
        "tcp_lookup": {"op_done": ["op_result_o"]}, "tcp_pipe": {"place_fence_done": ["place_fence_bad_i"]},
    },
    keep=("toe_clocks",),
    levels=("next_deadline", "deadline", "pipe.nh", "nexthop.pipe", "rest.next"),
    without=("cc_lost_i",),
    resets={
        "toe_host": HOST_RESETS,
        # A reset that did not wait for the wire cuts what is on it.
        "toe_top": {"s_axi[sl]*": "rst_ni", "m_axis_tx_t": "rst_ni && !forced", "*": "u_dut.rst_n"},
    },
    ready={"toe_host": {"rd_data": ("rd_data_taken", "  logic [4:0] rd_data_taken;\n  assign rd_data_taken = rd_data_ready_i | (5'd1 << toe_pkg::RdBump);")}},
    params={"ClockGate": "1'b0"},
    before="""\
  // What host_csr shows of the reset of the core: it follows the first, under hold. Of the first cycle of reset nothing is left.
  // A reset is forced when it does not wait until the wire is quiet.
  logic was_reset_q, core_q, quiet_q, forced;
  always_ff @(posedge clk_i) begin
    was_reset_q <= !rst_ni;
    core_q      <= u_dut.rst_n;
    quiet_q     <= u_dut.u_host.hold_o && u_dut.u_host.tx_quiet_i;
  end
  assign forced = core_q && !u_dut.rst_n && !quiet_q;
  always @(posedge clk_i) FirstCycle_M: assume (rst_ni || !u_dut.rst_n);
  `TOE_ASSUME(CoreToo_M, !was_reset_q || !u_dut.rst_n)
  `TOE_ASSUME(HoldInReset_M, u_dut.rst_n || u_dut.u_host.hold_o)""",
    extra="""\
  // Frames on the wire, received ones: what net_rx sees of them begins at a beginning.
  logic rx_beat, rx_in, rx_wire_q, rx_core_q;
  assign rx_beat = s_axis_rx_tvalid && s_axis_rx_tready;
  assign rx_in   = u_dut.u_net_rx.s_axis_tvalid && u_dut.u_net_rx.s_axis_tready;
  always_ff @(posedge clk_i) begin
    if (!rst_ni) rx_wire_q <= 1'b0;
    else if (rx_beat) rx_wire_q <= !s_axis_rx_tlast;
    if (!u_dut.rst_n) rx_core_q <= 1'b0;
    else if (rx_in) rx_core_q <= !s_axis_rx_tlast;
  end
  `TOE_ASSERT(RxMid_A, u_dut.rx_mid_q == rx_wire_q)
  `TOE_ASSERT(RxOnce_A, rx_in == (rx_beat && !u_dut.rx_cut_q))
  `TOE_ASSERT(RxSame_A, {u_dut.u_net_rx.s_axis_tdata, u_dut.u_net_rx.s_axis_tkeep, u_dut.u_net_rx.s_axis_tlast,
      u_dut.u_net_rx.s_axis_tuser} == {s_axis_rx_tdata, s_axis_rx_tkeep, s_axis_rx_tlast, s_axis_rx_tuser})
  `TOE_ASSERT(RxSwallows_A, !u_dut.rx_cut_q || s_axis_rx_tready)
  `TOE_ASSERT(RxCut_A, !u_dut.rst_n || rx_wire_q == (rx_core_q || u_dut.rx_cut_q))
  `TOE_ASSERT(RxCutOnce_A, !u_dut.rst_n || !(rx_core_q && u_dut.rx_cut_q))
  `TOE_ASSERT(RxWhole_A, !u_dut.rst_n || !u_dut.u_net_rx.s_axis_tvalid || rx_core_q == rx_wire_q)
  `TOE_COVER(RxSwallowed_C, u_dut.rst_n && u_dut.rx_cut_q && rx_beat)

  // Sent ones: each word leaves once, none begins under hold, and a reset that waits cuts none.
  logic tx_beat, tx_out, tx_wire_q, tx_core_q, tx_waits_q;
  assign tx_beat = m_axis_tx_tvalid && m_axis_tx_tready;
  assign tx_out  = u_dut.u_net_tx.m_axis_tvalid && u_dut.u_net_tx.m_axis_tready;
  always_ff @(posedge clk_i) begin
    if (!rst_ni || !u_dut.rst_n) {tx_wire_q, tx_waits_q} <= '0;
    else begin
      if (tx_beat) tx_wire_q <= !m_axis_tx_tlast;
      tx_waits_q <= m_axis_tx_tvalid && !m_axis_tx_tready;
    end
    if (!u_dut.rst_n) tx_core_q <= 1'b0;
    else if (tx_out) tx_core_q <= !u_dut.u_net_tx.m_axis_tlast;
  end
  `TOE_ASSERT(TxOnce_A, tx_beat == tx_out)
  `TOE_ASSERT(TxNoneElse_A, !m_axis_tx_tvalid || u_dut.u_net_tx.m_axis_tvalid)
  `TOE_ASSERT(TxSame_A, {u_dut.u_net_tx.m_axis_tdata, u_dut.u_net_tx.m_axis_tkeep, u_dut.u_net_tx.m_axis_tlast} ==
      {m_axis_tx_tdata, m_axis_tx_tkeep, m_axis_tx_tlast})
  `TOE_ASSERT(TxMid_A, u_dut.tx_mid_q == (tx_wire_q || tx_waits_q))
  `TOE_ASSERT(TxWaits_A, !tx_waits_q || forced || m_axis_tx_tvalid)
  `TOE_ASSERT(TxHeld_A, !(m_axis_tx_tvalid && u_dut.hold) || tx_wire_q || tx_waits_q)
  `TOE_ASSERT(TxQuiet_A, !u_dut.u_host.tx_quiet_i || (!tx_wire_q && !m_axis_tx_tvalid))
  `TOE_ASSERT(TxWhole_A, tx_core_q == tx_wire_q)
  `TOE_ASSERT(TxReset_A, u_dut.rst_n || forced || !(u_dut.tx_mid_q || m_axis_tx_tvalid))
  `TOE_ASSERT(TxGoes_A, u_dut.hold || !u_dut.u_net_tx.m_axis_tvalid || m_axis_tx_tvalid)
  `TOE_ASSERT(Tap_A, u_dut.u_host.tap_valid_i == (tx_beat && u_dut.u_net_tx.m_mirror_o))
  `TOE_ASSERT(TapSame_A, {u_dut.u_host.tap_data_i, u_dut.u_host.tap_keep_i, u_dut.u_host.tap_last_i, u_dut.u_host.tap_i} ==
      {m_axis_tx_tdata, m_axis_tx_tkeep, m_axis_tx_tlast, u_dut.u_net_tx.m_note_o})
  `TOE_ASSERT(Result_A, u_dut.u_mcu.lk_result_i == u_dut.u_lookup.op_result_o)
  `TOE_COVER(TxHeld_C, u_dut.hold && m_axis_tx_tvalid && u_dut.rst_n)""",
)



def shell(path, instance):
    """A module that only fixes parameters of another: each stream of its ports is the one of the same name in there."""
    sent = ["s_axil_aw", "s_axil_w", "s_axil_ar", "m_axi_b", "m_axi_r", "s_axis_rx_t"]
    sends = ["s_axil_b", "s_axil_r", "m_axi_aw", "m_axi_w", "m_axi_ar", "m_axis_tx_t", "irq"]
    rows = [f"port.{s} > {instance}.{s}" for s in sent] + [f"{instance}.{s} > port.{s}" for s in sends]
    return Wires(path, "\n".join(rows), levels=("next_deadline",))


SHELLS = [shell(f"rtl/top/toe_top_{size}.sv", "top") for size in ("small", "mid", "large")]

HOST = "rtl/top/toe_host.sv"
READ = "{>rd_data_o, >rd_keep_o, >rd_last_o, >rd_err_o} == {" + ", ".join(f"u_dut.u_dma_rd.data_{n}o" for n in ("", "keep_", "last_", "err_")) + "}"

TOE_HOST = Wires(
    HOST,
    f"""
    port.s_axil_aw > csr.s_axil_aw
    port.s_axil_w > csr.s_axil_w
    csr.s_axil_b > port.s_axil_b
    port.s_axil_ar > csr.s_axil_ar
    csr.s_axil_r > port.s_axil_r

    port.rd[RdTcp] > rd_arb.rd[RdTcp]
    port.rd[RdNic] > rd_arb.rd[RdNic]
    port.rd[RdDesc] > rd_arb.rd[RdDesc]
    port.rd[RdMcu] > rd_arb.rd[RdMcu]
    bump.rd > rd_arb.rd[RdBump]
    port.rd[RdBump] > nothing                  | logic: not used, bumps are read in here
    rd_arb.cmd > dma_rd.cmd
    dma_rd.m_axi_ar > port.m_axi_ar
    port.m_axi_r > dma_rd.m_axi_r
    dma_rd.data > rd_arb.data                  | same: >data_client_i == <data_client_o
    rd_arb.client[RdTcp] > port.rd_data[RdTcp]   | same: {READ}
    rd_arb.client[RdNic] > port.rd_data[RdNic]   | same: {READ}
    rd_arb.client[RdDesc] > port.rd_data[RdDesc] | same: {READ}
    rd_arb.client[RdMcu] > port.rd_data[RdMcu]   | same: {READ}
    rd_arb.client[RdBump] > bump.data            | same: {{>data_i, >data_last_i, >data_err_i}} == {{rd_data_o, rd_last_o, rd_err_o}}
    nothing > port.rd_data[RdBump]               | logic: not used

    bump.bump > port.bump
    bump.report > place.breport
    bump.fault > place.fault                   | logic: together with the next
    port.nic_fault > place.fault               | logic: waits a cycle or more
    port.place > place.place
    port.data > place.data
    port.note > place.note
    port.txdone > place.txdone
    port.mcu > place.mcu
    port.mcu_data > place.mcu_data
    mirror.mir > place.mir
    mirror.mir_data > place.mir_data
    trace.wr > place.trc
    place.fence_done > port.fence_done
    place.tap > mirror.tap[0]                  | same: {{>tap_data_i[0], >tap_last_i[0], >tap_i[0]}} == {{<tap_data_o, <tap_last_o, <tap_o}}
    port.tap > mirror.tap[1]                   | same: {{>tap_data_i[1], >tap_last_i[1], >tap_i[1], >tap_tx_keep_i}} == {{<tap_data_i, <tap_last_i, <tap_i, <tap_keep_i}}
    port.trace > nothing                       | logic: all of it to the flight recorder
    place.wr > dma_wr.cmd
    place.wr_data > dma_wr.data
    dma_wr.m_axi_aw > port.m_axi_aw
    dma_wr.m_axi_w > port.m_axi_w
    port.m_axi_b > dma_wr.m_axi_b
    dma_wr.done > place.done
    dma_wr.done > port.mcu_done                | logic: the firmware's
    dma_wr.fault > port.fault                  | logic: those of sessions; place tells of the others
    irq.irq > port.irq
    """,
    also={"toe_host": HOST_ALSO, "host_place": {"fence_done": ["fence_bad_o"]}},
    keep=("host_rd_arb", "prim_clk_gate"),
    levels=("next_deadline",),
    resets={"toe_host": HOST_RESETS},
    ready={"toe_host": {"rd_data": ("u_dut.rd_data_ready_all", "")}},
    params={"ClockGate": "1'b0"},
    before="""\
  // What host_csr shows of the reset of the core: it follows the first. Of the first cycle of reset nothing is left.
  logic was_reset_q;
  always_ff @(posedge clk_i) was_reset_q <= !rst_ni;
  always @(posedge clk_i) FirstCycle_M: assume (rst_ni || !core_rst_no);
  `TOE_ASSUME(CoreToo_M, !was_reset_q || !core_rst_no)""",
    extra="""\
  // A failed write leaves once: to the pipeline if it is a session's, else at once.
  logic wfault;
  assign wfault = u_dut.u_dma_wr.fault_valid_o;
  `TOE_ASSERT(Fault_A, fault_valid_o == (wfault && u_dut.u_dma_wr.fault_o.src == host_pkg::SrcSession))
  `TOE_ASSERT(FaultSame_A, !fault_valid_o || fault_o == u_dut.u_dma_wr.fault_o)
  `TOE_ASSERT(FaultTaken_A, !wfault || u_dut.u_dma_wr.fault_ready_i == (!fault_valid_o || fault_ready_i))

  // Faults of queue pairs: none of the bumps' is lost; one of the NIC's waits for its turn, and if another comes meanwhile that is counted.
  logic asked_q, place_fault;
  assign place_fault = u_dut.u_place.fault_valid_i;
  always_ff @(posedge clk_i) begin
    if (!core_rst_no) asked_q <= 1'b0;
    else asked_q <= nic_fault_valid_i || (asked_q && u_dut.u_bump.fault_valid_o);
  end
  `TOE_ASSERT(QpFault_A, !core_rst_no || place_fault == (u_dut.u_bump.fault_valid_o || asked_q))
  `TOE_ASSERT(QpFaultSame_A, !u_dut.u_bump.fault_valid_o || u_dut.u_place.fault_i == u_dut.u_bump.fault_o)
  `TOE_ASSERT(NicFaultPending_A, !core_rst_no || u_dut.nic_pend_q == asked_q)
  `TOE_ASSERT(McuDone_A, mcu_done_o == (u_dut.u_dma_wr.done_valid_o && u_dut.u_dma_wr.done_src_o == host_pkg::SrcMcu) &&
      mcu_done_err_o == u_dut.u_dma_wr.done_err_o)
  `TOE_ASSERT(Irq_A, u_dut.u_irq.set_i == (u_dut.u_dma_wr.done_valid_o && u_dut.u_dma_wr.done_irq_o) &&
      u_dut.u_irq.set_id_i == u_dut.u_dma_wr.done_irq_id_o)
  `TOE_ASSERT(Trace_A, u_dut.u_trace.valid_i == trace_valid_i && u_dut.u_trace.ev_i == trace_i)
  `TOE_ASSERT(Quiet_A, !u_dut.u_csr.quiet_i || tx_quiet_i)
  `TOE_ASSERT(Hold_A, hold_o == u_dut.u_csr.hold_o && core_rst_no == u_dut.u_csr.core_rst_no)
  `TOE_ASSERT(Dropped_A, u_dut.u_mirror.mir_drop_i == u_dut.u_place.mir_drop_o)
  `TOE_COVER(BothFaults_C, nic_fault_valid_i && u_dut.u_bump.fault_valid_o && core_rst_no)""",
)

MCU = Wires(
    "rtl/mcu/mcu.sv",
    """
    regs.lk > port.lk
    port.lk_done > regs.lk_done
    regs.tw > port.tw
    port.tw_rsp > regs.tw_rsp
    port.cc > regs.cc
    regs.cc_set > port.cc_set
    image.cmd > port.cmd
    port.rsp > image.rsp
    dma.rd > port.rd
    port.rd_data > dma.rd_data
    dma.wr > port.wr
    dma.wr_data > port.wr_data
    port.wr_done > dma.wr_done
    nothing > dma.req                          | logic: a register starts it
    """,
    also={
        "mcu": {**MCU_ALSO, "lk_done": ["lk_result_i"]}, "mcu_dma": MCU_ALSO, "mcu_regs": {"lk_done": ["lk_result_i"]},
        "mcu_image": {"cmd": ["image_o"]},
    },
    without=("cc_lost_i",),
    params={"ClockGate": "1'b0"},
    extra="""\
  // A command of the firmware begins once, with what it was given, and not while a transfer uses the buffer.
  logic                wanted_q;
  toe_pkg::pipe_cmd_t  command_q;
  logic [11:0]         local_q;
  always_ff @(posedge clk_i) begin
    if (!rst_ni) wanted_q <= 1'b0;
    else wanted_q <= u_dut.i_regs.pipe_start_o || (wanted_q && !u_dut.i_image.start_i);
    if (u_dut.i_regs.pipe_start_o) {command_q, local_q} <= {u_dut.i_regs.pipe_cmd_o, u_dut.i_regs.pipe_local_o};
  end
  `TOE_ASSERT(Wanted_A, u_dut.img_go_q == wanted_q)
  `TOE_ASSERT(Begins_A, u_dut.i_image.start_i == (wanted_q && !u_dut.i_dma.busy_o && !u_dut.i_dma.req_valid_i))
  `TOE_ASSERT(Command_A, !wanted_q || {u_dut.i_image.cmd_i, u_dut.i_image.local_i} == {command_q, local_q})
  `TOE_ASSERT(Busy_A, u_dut.i_regs.pipe_busy_i == (wanted_q || u_dut.i_image.busy_o))
  `TOE_ASSERT(Transfer_A, u_dut.i_dma.req_valid_i == u_dut.i_regs.dma_start_o && u_dut.i_dma.req_i == u_dut.i_regs.dma_req_o)
  `TOE_COVER(Waits_C, wanted_q && u_dut.i_dma.busy_o && !u_dut.i_image.start_i)""",
)

# Inside a block no row says where a stream goes; what is left is that each block in it is given streams that keep the contract.
ARB = ("prim_arb_rr",)
NET_RX = Wires("rtl/net/net_rx.sv", "", keep=ARB, free={"net_parse": ("hdr",)})
NET_TX = Wires("rtl/net/net_tx.sv", "", keep=ARB, free={"net_tx_csum": ("in",)})
HOST_RD_ARB = Wires("rtl/host/host_rd_arb.sv", "", keep=ARB)
