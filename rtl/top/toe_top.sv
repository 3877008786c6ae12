// SPDX-License-Identifier: Apache-2.0
// OpenTOE: the whole engine. AXI4-Lite slave (BAR0), AXI4 master (host memory), AXI4-Stream to and
// from a MAC, interrupt requests.
// Contract: see docs/blocks/toe_top.md. Synchronous active-low reset; a soft reset from the
// register file resets everything but the AXI4-Lite port, after the AXI4 port has become quiet and
// between frames of the transmit stream; a received frame that it cuts is swallowed. now_us_i may
// jump forward by any amount. idle_o (one cycle late): nothing is in flight and the firmware
// sleeps, so nothing happens before next_deadline_us_o or new input; a simulator may jump there.
// Bursts never cross 4 KiB, writes use id 0, read ids are reused only after their burst. s_axis_rx
// is never held up for long; full buffers drop and count.
module toe_top
  import toe_pkg::*;
#(
  parameter toe_cfg_pkg::toe_cfg_t Cfg       = toe_cfg_pkg::CfgSmall,
  parameter bit                    ClockGate = 1'b1,
  localparam int unsigned DataW = 32'(Cfg.DataW),
  localparam int unsigned W     = DataW / 8,
  localparam int unsigned CntW  = $clog2(W) + 1,
  localparam int unsigned Qps   = 32'(Cfg.Qps)
) (
  input  logic             clk_i,
  input  logic             rst_ni,
  input  logic [47:0]      now_us_i,

  // AXI4-Lite
  input  logic [15:0]      s_axil_awaddr,
  input  logic [2:0]       s_axil_awprot,
  input  logic             s_axil_awvalid,
  output logic             s_axil_awready,
  input  logic [31:0]      s_axil_wdata,
  input  logic [3:0]       s_axil_wstrb,
  input  logic             s_axil_wvalid,
  output logic             s_axil_wready,
  output logic [1:0]       s_axil_bresp,
  output logic             s_axil_bvalid,
  input  logic             s_axil_bready,
  input  logic [15:0]      s_axil_araddr,
  input  logic [2:0]       s_axil_arprot,
  input  logic             s_axil_arvalid,
  output logic             s_axil_arready,
  output logic [31:0]      s_axil_rdata,
  output logic [1:0]       s_axil_rresp,
  output logic             s_axil_rvalid,
  input  logic             s_axil_rready,

  // AXI4
  output logic [7:0]       m_axi_awid,
  output logic [63:0]      m_axi_awaddr,
  output logic [7:0]       m_axi_awlen,
  output logic [2:0]       m_axi_awsize,
  output logic [1:0]       m_axi_awburst,
  output logic             m_axi_awvalid,
  input  logic             m_axi_awready,
  output logic [DataW-1:0] m_axi_wdata,
  output logic [W-1:0]     m_axi_wstrb,
  output logic             m_axi_wlast,
  output logic             m_axi_wvalid,
  input  logic             m_axi_wready,
  input  logic [7:0]       m_axi_bid,
  input  logic [1:0]       m_axi_bresp,
  input  logic             m_axi_bvalid,
  output logic             m_axi_bready,
  output logic [7:0]       m_axi_arid,
  output logic [63:0]      m_axi_araddr,
  output logic [7:0]       m_axi_arlen,
  output logic [2:0]       m_axi_arsize,
  output logic [1:0]       m_axi_arburst,
  output logic             m_axi_arvalid,
  input  logic             m_axi_arready,
  input  logic [7:0]       m_axi_rid,
  input  logic [DataW-1:0] m_axi_rdata,
  input  logic [1:0]       m_axi_rresp,
  input  logic             m_axi_rlast,
  input  logic             m_axi_rvalid,
  output logic             m_axi_rready,

  // MAC; tuser with tlast: the frame is bad
  input  logic [DataW-1:0] s_axis_rx_tdata,
  input  logic [W-1:0]     s_axis_rx_tkeep,
  input  logic             s_axis_rx_tvalid,
  input  logic             s_axis_rx_tlast,
  input  logic             s_axis_rx_tuser,
  output logic             s_axis_rx_tready,
  output logic [DataW-1:0] m_axis_tx_tdata,
  output logic [W-1:0]     m_axis_tx_tkeep,
  output logic             m_axis_tx_tvalid,
  output logic             m_axis_tx_tlast,
  input  logic             m_axis_tx_tready,

  // Interrupts
  output logic             irq_valid_o,
  output logic [5:0]       irq_vector_o,
  input  logic             irq_ready_i,

  // For a simulator's clock
  output logic             idle_o,
  output logic             next_deadline_valid_o,
  output logic [47:0]      next_deadline_us_o
);

  // ---- Settings, reset, state
  tcp_pkg::trace_ev_t        trace;
  mirror_note_t              tx_note;
  logic                      rst_n;         // of everything but the register port
  net_ctl_t                  net_ctl;
  tcp_ctl_t                  tcp_ctl;
  tw_ctl_t                   tw_ctl;
  qp_ctl_t [Qps-1:0]         qp_ctl;
  admin_ctl_t                admin_ctl;
  logic                      fw_hold, hold, tx_mid_q, trace_valid, tx_mirror;
  mcu_pkg::fw_status_t       fw_status;
  host_csr_pkg::csr_status_t status;
  host_ctr_pkg::toe_ctr_t    ctr;
  logic [Qps-1:0][31:0]      txq_head;
  logic [2:0][31:0]          tw_entries_v4, tw_entries_v6;
  logic                      pipe_busy, lookup_busy, host_idle, rx_idle, tx_idle, pipe_idle,
      seg_idle, nic_idle, mcu_idle, tw_idle, lk_idle;
  logic                      cfg_wake, tick, pipe_wake, rx_clk, lk_clk, tw_clk, pipe_clk,
      nh_clk, seg_clk, nic_clk, tx_clk, mcu_clk;
  logic [47:0]               now_us;

  always_comb begin
    status               = '0;
    status.fw_state      = fw_status.state;
    status.fw_heartbeat  = fw_status.heartbeat;
    status.fw_hash       = fw_status.hash;
    status.idle          = idle_o;
    status.tw_entries_v4 = tw_entries_v4;
    status.tw_entries_v6 = tw_entries_v6;
  end

  // ---- Host side
  logic [4:0]                rd_valid, rd_ready, rd_data_valid, rd_data_ready;
  rd_cmd_t [4:0]             rd;
  logic [DataW-1:0]          rd_data;
  logic [W-1:0]              rd_keep;
  logic                      rd_last, rd_err, place_valid, place_ready, fence_done, fence_bad;
  place_cmd_t                place;
  logic [Qps-1:0]            evq_space;
  logic                      fr_valid, fr_ready, fr_last;
  logic [DataW-1:0]          fr_data;
  logic                      txdone_valid, note_valid, note_ready, nic_fault_valid;
  nic_pkg::nic_fault_t       nic_fault;
  host_pkg::txdone_t         txdone;
  host_pkg::note_t           note;
  logic                      mcu_wr_valid, mcu_wr_ready, mcu_data_valid, mcu_data_ready,
      mcu_data_last, mcu_done, mcu_done_err;
  wr_cmd_t                   mcu_wr;
  logic [DataW-1:0]          mcu_data;
  logic                      bump_valid, bump_ready;
  bump_t                     bump;
  logic                      wfault_valid, wfault_ready, irq_dl_valid;
  host_pkg::wr_fault_t       wfault;
  logic [47:0]               irq_dl_us;

  // Client RdBump lives in toe_host.
  assign {rd_valid[RdBump], rd_data_ready[RdBump]} = '0;
  assign rd[RdBump] = '0;

  toe_host #(.Cfg(Cfg), .ClockGate(ClockGate)) u_host (
    .clk_i, .rst_ni, .now_us_i(now_us), .cfg_wake_o(cfg_wake), .core_rst_no(rst_n),
    .hold_o(hold), .tx_quiet_i(!tx_mid_q && !m_axis_tx_tvalid),
    .init_busy_i(pipe_busy || lookup_busy), .s_axil_awaddr, .s_axil_awprot, .s_axil_awvalid,
    .s_axil_awready, .s_axil_wdata, .s_axil_wstrb, .s_axil_wvalid, .s_axil_wready, .s_axil_bresp,
    .s_axil_bvalid, .s_axil_bready, .s_axil_araddr, .s_axil_arprot, .s_axil_arvalid,
    .s_axil_arready, .s_axil_rdata, .s_axil_rresp, .s_axil_rvalid, .s_axil_rready, .m_axi_awid,
    .m_axi_awaddr, .m_axi_awlen, .m_axi_awsize, .m_axi_awburst, .m_axi_awvalid, .m_axi_awready,
    .m_axi_wdata, .m_axi_wstrb, .m_axi_wlast, .m_axi_wvalid, .m_axi_wready, .m_axi_bid,
    .m_axi_bresp, .m_axi_bvalid, .m_axi_bready, .m_axi_arid, .m_axi_araddr, .m_axi_arlen,
    .m_axi_arsize, .m_axi_arburst, .m_axi_arvalid, .m_axi_arready, .m_axi_rid, .m_axi_rdata,
    .m_axi_rresp, .m_axi_rlast, .m_axi_rvalid, .m_axi_rready, .irq_valid_o, .irq_ready_i,
    .irq_vector_o, .net_o(net_ctl), .tcp_o(tcp_ctl), .tw_o(tw_ctl), .qp_o(qp_ctl),
    .admin_o(admin_ctl), .fw_hold_o(fw_hold), .status_i(status), .txq_head_i(txq_head), .ctr_i(ctr),
    .idle_o(host_idle), .next_deadline_valid_o(irq_dl_valid), .next_deadline_us_o(irq_dl_us),
    .rd_valid_i(rd_valid), .rd_ready_o(rd_ready), .rd_i(rd), .rd_data_valid_o(rd_data_valid),
    .rd_data_ready_i(rd_data_ready), .rd_data_o(rd_data), .rd_keep_o(rd_keep), .rd_last_o(rd_last),
    .rd_err_o(rd_err), .place_valid_i(place_valid), .place_ready_o(place_ready), .place_i(place),
    .fence_done_o(fence_done), .fence_bad_o(fence_bad), .evq_space_o(evq_space),
    .data_valid_i(fr_valid), .data_ready_o(fr_ready), .data_i(fr_data), .data_last_i(fr_last),
    .txdone_valid_i(txdone_valid), .txdone_i(txdone), .note_valid_i(note_valid),
    .note_ready_o(note_ready), .note_i(note),
    .tap_valid_i(m_axis_tx_tvalid && m_axis_tx_tready && tx_mirror), .tap_data_i(m_axis_tx_tdata),
    .tap_keep_i(m_axis_tx_tkeep), .tap_last_i(m_axis_tx_tlast), .tap_i(tx_note),
    .trace_valid_i(trace_valid), .trace_i(trace), .nic_fault_valid_i(nic_fault_valid),
    .nic_fault_i(nic_fault), .mcu_valid_i(mcu_wr_valid), .mcu_ready_o(mcu_wr_ready), .mcu_i(mcu_wr),
    .mcu_data_valid_i(mcu_data_valid), .mcu_data_ready_o(mcu_data_ready), .mcu_data_i(mcu_data),
    .mcu_data_last_i(mcu_data_last), .mcu_done_o(mcu_done), .mcu_done_err_o(mcu_done_err),
    .bump_valid_o(bump_valid), .bump_ready_i(bump_ready), .bump_o(bump),
    .fault_valid_o(wfault_valid), .fault_ready_i(wfault_ready), .fault_o(wfault)
  );

  // ---- Receive. A frame that a reset cut in two is swallowed to its end; no frame begins to leave
  // when a reset is coming.
  logic                 rx_mid_q, rx_cut_q, rx_ready;
  logic                 loop_valid, loop_ready, loop_last;
  logic [DataW-1:0]     loop_data;
  logic [W-1:0]         loop_keep;
  logic                 meta_valid, meta_ready;
  rx_meta_t             meta;
  net_pkg::net_rx_ctr_t rx_ctr;

  assign s_axis_rx_tready = rx_ready || rx_cut_q;
  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      rx_mid_q <= 1'b0;
      rx_cut_q <= 1'b0;
      tx_mid_q <= 1'b0;
    end else begin
      if (s_axis_rx_tvalid && s_axis_rx_tready) rx_mid_q <= !s_axis_rx_tlast;
      if (!rst_n)
        rx_cut_q <= (s_axis_rx_tvalid && s_axis_rx_tready) ? !s_axis_rx_tlast : rx_mid_q;
      else if (s_axis_rx_tvalid && s_axis_rx_tlast) rx_cut_q <= 1'b0;
      if (!rst_n || m_axis_tx_tvalid) tx_mid_q <= rst_n && !(m_axis_tx_tready && m_axis_tx_tlast);
    end
  end

  net_rx #(.Cfg(Cfg)) u_net_rx (
    .clk_i(rx_clk), .rst_ni(rst_n), .ctl_i(net_ctl),
    .s_axis_tvalid(s_axis_rx_tvalid && !rx_cut_q), .s_axis_tready(rx_ready),
    .s_axis_tdata(s_axis_rx_tdata),
    .s_axis_tkeep(s_axis_rx_tkeep), .s_axis_tlast(s_axis_rx_tlast), .s_axis_tuser(s_axis_rx_tuser),
    .loop_valid_i(loop_valid), .loop_ready_o(loop_ready), .loop_data_i(loop_data),
    .loop_keep_i(loop_keep),
    .loop_last_i(loop_last),
    .meta_valid_o(meta_valid), .meta_ready_i(meta_ready), .meta_o(meta),
    .data_valid_o(fr_valid), .data_ready_i(fr_ready), .data_o(fr_data), .data_keep_o(),
    .data_last_o(fr_last),
    .ctr_o(rx_ctr), .idle_o(rx_idle)
  );

  // ---- Lookup, shared by the pipeline (deletion) and the firmware
  logic                        lw_valid, lw_ready, work_valid, work_ready;
  rx_work_t                    lw, work;
  logic                        lkdel_valid, lkdel_ready, lkdel_done, mcu_lk_valid, mcu_lk_ready,
      mcu_lk_done;
  lk_req_t                     lkdel, mcu_lk, op;
  logic                        op_valid, op_ready, op_done;
  lk_result_e                  op_result;
  tcp_lookup_pkg::lookup_ctr_t lk_ctr;

  toe_lk_arb u_lk_arb (
    .clk_i(lk_clk), .rst_ni(rst_n),
    .pipe_valid_i(lkdel_valid), .pipe_ready_o(lkdel_ready), .pipe_i(lkdel),
    .pipe_done_o(lkdel_done),
    .mcu_valid_i(mcu_lk_valid), .mcu_ready_o(mcu_lk_ready), .mcu_i(mcu_lk),
    .mcu_done_o(mcu_lk_done),
    .op_valid_o(op_valid), .op_ready_i(op_ready), .op_o(op), .op_done_i(op_done), .idle_o(lk_idle)
  );
  tcp_lookup #(.Cfg(Cfg)) u_lookup (
    .clk_i(lk_clk), .rst_ni(rst_n), .ctl_i(net_ctl), .busy_o(lookup_busy),
    .meta_valid_i(meta_valid), .meta_ready_o(meta_ready), .meta_i(meta),
    .work_valid_o(lw_valid), .work_ready_i(lw_ready), .work_o(lw),
    .op_valid_i(op_valid), .op_ready_o(op_ready), .op_i(op), .op_done_o(op_done),
    .op_result_o(op_result),
    .ctr_o(lk_ctr)
  );

  // ---- TIME_WAIT
  logic                 rec_valid, rec_ready, tw_seg_valid, tw_seg_ready, tw_dl_valid;
  tw_record_t           rec;
  seg_hdr_t             tw_seg;
  logic [47:0]          tw_dl_us;
  logic                 tw_cmd_valid, tw_cmd_ready, tw_rsp_valid;
  mcu_pkg::tw_cmd_t     tw_cmd;
  mcu_pkg::tw_rsp_t     tw_rsp;
  tw_pkg::tw_ctr_t [1:0] tw_bank_ctr;
  tw_pkg::tw_ctr_t      tw_ctr;

  timewait #(.Cfg(Cfg)) u_timewait (
    .clk_i(tw_clk), .rst_ni(rst_n), .now_us_i(now_us), .ctl_i(tw_ctl), .net_i(net_ctl),
    .idle_o(tw_idle), .deadline_valid_o(tw_dl_valid), .deadline_us_o(tw_dl_us),
    .entries_v4_o(tw_entries_v4), .entries_v6_o(tw_entries_v6),
    .bank_ctr_o(tw_bank_ctr), .ctr_o(tw_ctr),
    .work_valid_i(lw_valid), .work_ready_o(lw_ready), .work_i(lw),
    .work_valid_o(work_valid), .work_ready_i(work_ready), .work_o(work),
    .rec_valid_i(rec_valid), .rec_ready_o(rec_ready), .rec_i(rec),
    .seg_valid_o(tw_seg_valid), .seg_ready_i(tw_seg_ready), .seg_o(tw_seg),
    .cmd_valid_i(tw_cmd_valid), .cmd_ready_o(tw_cmd_ready), .cmd_i(tw_cmd),
    .rsp_valid_o(tw_rsp_valid), .rsp_o(tw_rsp),
    .evt_valid_o(note_valid), .evt_ready_i(note_ready), .evt_o(note.record)
  );
  assign note.qp = '0;

  // ---- Session pipeline
  logic                tx_valid, tx_ready, fence_valid, fence_ready, cold_re, nh_re, seg_nh_re,
      nh_valid, pipe_dl_valid;
  tx_cmd_t             tx;
  handle_t             fence;
  slot_t               cold_slot;
  tcp_pkg::cold_seg_t  cold;
  logic [15:0]         nh_index, nh_mtu, seg_nh_index;
  nexthop_t            seg_nh;
  logic                fault_valid, fault_ready, seg_fault_valid, seg_fault_ready;
  tcp_pkg::fault_ev_t  fault, seg_fault, wr_fault;
  logic                cmd_valid, cmd_ready, rsp_valid;
  pipe_cmd_t           cmd;
  toe_abi_pkg::session_image_t cmd_image, rsp_image;
  logic [7:0]          rsp_status;
  logic [47:0]         pipe_dl_us;
  tcp_pkg::tcp_ctr_t   tcp_ctr;
  tcp_pkg::seg_ctr_t   seg_ctr;

  assign wr_fault = '{what: tcp_pkg::FaultWrite, handle: wfault.handle, addr: wfault.addr};
  prim_arb_rr #(.N(2), .Width($bits(tcp_pkg::fault_ev_t))) u_fault_arb (
    .clk_i(pipe_clk), .rst_ni(rst_n),
    .in_valid_i({seg_fault_valid, wfault_valid}), .in_ready_o({seg_fault_ready, wfault_ready}),
    .in_i({seg_fault, wr_fault}), .lock_i(1'b0),
    .out_valid_o(fault_valid), .out_ready_i(fault_ready), .out_o(fault), .out_idx_o()
  );

  cc_cfg_t     cc_cfg;
  logic        cc_valid, cc_ready, cc_set_valid, cc_set_ready;
  cc_summary_t cc_sum;
  cc_set_t     cc_set;
  tcp_pkg::cc_ctr_t cc_ctr;
  tcp_pipe #(.Cfg(Cfg)) u_pipe (
    .clk_i(pipe_clk), .rst_ni(rst_n), .now_us_i(now_us), .ctl_i(tcp_ctl), .busy_o(pipe_busy),
    .idle_o(pipe_idle), .wake_o(pipe_wake),
    .next_deadline_valid_o(pipe_dl_valid), .next_deadline_us_o(pipe_dl_us), .ctr_o(tcp_ctr),
    .work_valid_i(work_valid), .work_ready_o(work_ready), .work_i(work),
    .bump_valid_i(bump_valid), .bump_ready_o(bump_ready), .bump_i(bump),
    .cc_cfg_i(cc_cfg), .cc_valid_o(cc_valid), .cc_ready_i(cc_ready), .cc_o(cc_sum),
    .cc_set_valid_i(cc_set_valid), .cc_set_ready_o(cc_set_ready), .cc_set_i(cc_set),
    .cc_ctr_o(cc_ctr),
    .cmd_valid_i(cmd_valid), .cmd_ready_o(cmd_ready), .cmd_i(cmd), .cmd_image_i(cmd_image),
    .rsp_valid_o(rsp_valid), .rsp_status_o(rsp_status), .rsp_image_o(rsp_image),
    .fault_valid_i(fault_valid), .fault_ready_o(fault_ready), .fault_i(fault),
    .place_valid_o(place_valid), .place_ready_i(place_ready), .place_o(place),
    .place_fence_done_i(fence_done), .place_fence_bad_i(fence_bad), .evq_space_i(evq_space),
    .tx_valid_o(tx_valid), .tx_ready_i(tx_ready), .tx_o(tx),
    .tx_fence_valid_i(fence_valid), .tx_fence_ready_o(fence_ready), .tx_fence_i(fence),
    .cold_re_i(cold_re), .cold_slot_i(cold_slot), .cold_o(cold),
    .trace_valid_o(trace_valid), .trace_o(trace),
    .nh_re_o(nh_re), .nh_index_o(nh_index), .nh_valid_i(nh_valid), .nh_mtu_i(nh_mtu),
    .rec_valid_o(rec_valid), .rec_ready_i(rec_ready), .rec_o(rec),
    .lkdel_valid_o(lkdel_valid), .lkdel_ready_i(lkdel_ready), .lkdel_o(lkdel),
    .lkdel_done_i(lkdel_done)
  );

  logic        mcu_nh_we;
  logic [15:0] mcu_nh_index;
  nexthop_t    mcu_nh;
  tcp_nexthop #(.Cfg(Cfg)) u_nexthop (
    .clk_i(nh_clk), .rst_ni(rst_n),
    .we_i(mcu_nh_we), .windex_i(mcu_nh_index), .wentry_i(mcu_nh),
    .pipe_re_i(nh_re), .pipe_index_i(nh_index), .pipe_valid_o(nh_valid), .pipe_mtu_o(nh_mtu),
    .seg_re_i(seg_nh_re), .seg_index_i(seg_nh_index), .seg_entry_o(seg_nh)
  );

  // ---- Transmit: sessions (0), NIC (1), TIME_WAIT (2)
  logic [2:0]                    frame_valid, frame_ready, pay_done_valid, pay_done_ready,
      pay_valid, pay_ready, pay_end, pay_last;
  tx_frame_t [2:0]               frame;
  net_pkg::pay_done_t [2:0]      pay_done;
  logic [2:0][DataW-1:0]         pay_data;
  logic [2:0][CntW-1:0]          pay_bytes;
  net_pkg::net_tx_ctr_t          tx_ctr;
  nic_pkg::nic_tx_ctr_t          nic_ctr;

  tcp_seg #(.Cfg(Cfg)) u_seg (
    .clk_i(seg_clk), .rst_ni(rst_n), .idle_o(seg_idle), .ctr_o(seg_ctr),
    .tx_valid_i(tx_valid), .tx_ready_o(tx_ready), .tx_i(tx),
    .fence_valid_o(fence_valid), .fence_ready_i(fence_ready), .fence_o(fence),
    .fault_valid_o(seg_fault_valid), .fault_ready_i(seg_fault_ready), .fault_o(seg_fault),
    .cold_re_o(cold_re), .cold_slot_o(cold_slot), .cold_i(cold),
    .nh_re_o(seg_nh_re), .nh_index_o(seg_nh_index), .nh_i(seg_nh),
    .rd_valid_o(rd_valid[RdTcp]), .rd_ready_i(rd_ready[RdTcp]), .rd_o(rd[RdTcp]),
    .rd_data_valid_i(rd_data_valid[RdTcp]), .rd_data_ready_o(rd_data_ready[RdTcp]),
    .rd_data_i(rd_data),
    .rd_keep_i(rd_keep), .rd_last_i(rd_last), .rd_err_i(rd_err),
    .frame_valid_o(frame_valid[0]), .frame_ready_i(frame_ready[0]), .frame_o(frame[0]),
    .done_valid_o(pay_done_valid[0]), .done_ready_i(pay_done_ready[0]), .done_o(pay_done[0]),
    .pay_valid_o(pay_valid[0]), .pay_ready_i(pay_ready[0]), .pay_data_o(pay_data[0]),
    .pay_bytes_o(pay_bytes[0]),
    .pay_end_o(pay_end[0]), .pay_last_o(pay_last[0])
  );

  nic_tx #(.Cfg(Cfg)) u_nic_tx (
    .clk_i(nic_clk), .rst_ni(rst_n), .qp_i(qp_ctl),
    .rd_desc_valid_o(rd_valid[RdDesc]), .rd_desc_ready_i(rd_ready[RdDesc]), .rd_desc_o(rd[RdDesc]),
    .desc_data_valid_i(rd_data_valid[RdDesc]), .desc_data_ready_o(rd_data_ready[RdDesc]),
    .desc_data_i(rd_data),
    .desc_data_last_i(rd_last), .desc_data_err_i(rd_err),
    .rd_nic_valid_o(rd_valid[RdNic]), .rd_nic_ready_i(rd_ready[RdNic]), .rd_nic_o(rd[RdNic]),
    .nic_data_valid_i(rd_data_valid[RdNic]), .nic_data_ready_o(rd_data_ready[RdNic]),
    .nic_data_i(rd_data),
    .nic_data_keep_i(rd_keep), .nic_data_last_i(rd_last), .nic_data_err_i(rd_err),
    .frame_valid_o(frame_valid[1]), .frame_ready_i(frame_ready[1]), .frame_o(frame[1]),
    .done_valid_o(pay_done_valid[1]), .done_ready_i(pay_done_ready[1]), .done_o(pay_done[1]),
    .pay_valid_o(pay_valid[1]), .pay_ready_i(pay_ready[1]), .pay_data_o(pay_data[1]),
    .pay_bytes_o(pay_bytes[1]),
    .pay_end_o(pay_end[1]), .pay_last_o(pay_last[1]),
    .txdone_valid_o(txdone_valid), .txdone_ready_i(1'b1), .txdone_qp_o(txdone.qp),
    .txdone_head_o(txdone.head),
    .txq_head_o(txq_head), .fault_valid_o(nic_fault_valid), .fault_o(nic_fault),
    .ctr_o(nic_ctr), .idle_o(nic_idle)
  );

  net_hdr_build u_tw_hdr (
    .clk_i(tx_clk), .rst_ni(rst_n), .seg_valid_i(tw_seg_valid), .seg_ready_o(tw_seg_ready),
    .seg_i(tw_seg), .frame_valid_o(frame_valid[2]), .frame_ready_i(frame_ready[2]),
    .frame_o(frame[2])
  );
  assign {pay_done_valid[2], pay_valid[2]} = '0;
  assign pay_done[2]   = '0;
  assign pay_data[2]   = '0;
  assign pay_bytes[2]  = '0;
  assign {pay_end[2], pay_last[2]} = '0;

  logic net_tx_valid, tx_go;
  assign tx_go            = tx_mid_q || !hold;
  assign m_axis_tx_tvalid = net_tx_valid && tx_go;

  net_tx #(.Cfg(Cfg), .N(3)) u_net_tx (
    .clk_i(tx_clk), .rst_ni(rst_n), .tx_enable_i(net_ctl.tx_enable),
    .frame_valid_i(frame_valid), .frame_ready_o(frame_ready), .frame_i(frame),
    .done_valid_i(pay_done_valid), .done_ready_o(pay_done_ready), .done_i(pay_done),
    .pay_valid_i(pay_valid), .pay_ready_o(pay_ready), .pay_data_i(pay_data),
    .pay_bytes_i(pay_bytes),
    .pay_end_i(pay_end), .pay_last_i(pay_last),
    .m_axis_tvalid(net_tx_valid), .m_axis_tready(m_axis_tx_tready && tx_go),
    .m_axis_tdata(m_axis_tx_tdata),
    .m_axis_tkeep(m_axis_tx_tkeep), .m_axis_tlast(m_axis_tx_tlast),
    .m_mirror_o(tx_mirror), .m_note_o(tx_note),
    .loop_valid_o(loop_valid), .loop_ready_i(loop_ready), .loop_data_o(loop_data),
    .loop_keep_o(loop_keep),
    .loop_last_o(loop_last), .ctr_o(tx_ctr), .idle_o(tx_idle)
  );

  // ---- Firmware
  mcu_pkg::mcu_ctr_t mcu_ctr;
  assign rd_data_ready[RdMcu] = 1'b1;
  mcu #(.Cfg(Cfg), .ClockGate(ClockGate)) u_mcu (
    .clk_i(mcu_clk), .rst_ni(rst_n), .now_us_i(now_us), .hold_i(fw_hold), .admin_i(admin_ctl),
    .fw_status_o(fw_status), .ctr_o(mcu_ctr),
    .idle_o(mcu_idle),
    .rd_valid_o(rd_valid[RdMcu]), .rd_ready_i(rd_ready[RdMcu]), .rd_o(rd[RdMcu]),
    .rd_data_valid_i(rd_data_valid[RdMcu]), .rd_data_i(rd_data), .rd_last_i(rd_last),
    .rd_err_i(rd_err),
    .wr_valid_o(mcu_wr_valid), .wr_ready_i(mcu_wr_ready), .wr_o(mcu_wr),
    .wr_data_valid_o(mcu_data_valid),
    .wr_data_ready_i(mcu_data_ready), .wr_data_o(mcu_data), .wr_keep_o(), .wr_last_o(mcu_data_last),
    .wr_done_i(mcu_done), .wr_done_err_i(mcu_done_err),
    .cmd_valid_o(cmd_valid), .cmd_ready_i(cmd_ready), .cmd_o(cmd), .cmd_image_o(cmd_image),
    .rsp_valid_i(rsp_valid), .rsp_status_i(rsp_status), .rsp_image_i(rsp_image),
    .lk_valid_o(mcu_lk_valid), .lk_ready_i(mcu_lk_ready), .lk_o(mcu_lk), .lk_done_i(mcu_lk_done),
    .lk_result_i(op_result),
    .nh_we_o(mcu_nh_we), .nh_index_o(mcu_nh_index), .nh_o(mcu_nh),
    .tw_valid_o(tw_cmd_valid), .tw_ready_i(tw_cmd_ready), .tw_cmd_o(tw_cmd),
    .tw_rsp_valid_i(tw_rsp_valid),
    .tw_rsp_i(tw_rsp),
    .cc_cfg_o(cc_cfg), .cc_valid_i(cc_valid), .cc_ready_o(cc_ready), .cc_i(cc_sum),
    .cc_lost_i(cc_ctr.cc_lost), .cc_set_valid_o(cc_set_valid), .cc_set_ready_i(cc_set_ready),
    .cc_set_o(cc_set)
  );

  // ---- Counters and idleness
  toe_ctr_join u_ctr (
    .rx_i(rx_ctr), .lookup_i(lk_ctr), .tcp_i(tcp_ctr), .seg_i(seg_ctr), .cc_i(cc_ctr),
    .tx_i(tx_ctr),
    .nic_i(nic_ctr), .mcu_i(mcu_ctr),
    .tw_i(tw_ctr), .tw_bank_i(tw_bank_ctr), .ctr_o(ctr)
  );

  logic quiet;
  assign quiet = host_idle && rx_idle && tx_idle && pipe_idle && seg_idle && nic_idle && mcu_idle &&
      tw_idle && lk_idle && !lookup_busy && !lw_valid && !work_valid && !meta_valid &&
      !note_valid && !s_axis_rx_tvalid && !m_axis_tx_tvalid && frame_valid == '0 &&
      rd_valid == '0 && !tick;
  toe_rest u_rest (
    .clk_i, .rst_ni, .quiet_i(quiet && rst_n), .idle_o,
    .valid_i({tw_dl_valid, irq_dl_valid, pipe_dl_valid}),
    .us_i({tw_dl_us, irq_dl_us, pipe_dl_us}),
    .next_valid_o(next_deadline_valid_o), .next_us_o(next_deadline_us_o)
  );

  // ---- A block's clock runs while it has work, something to hand on, or input
  toe_clocks #(.ClockGate(ClockGate)) u_clocks (
    .clk_i, .rst_ni(rst_n), .now_us_i, .now_us_o(now_us), .tick_o(tick), .cfg_wake_i(cfg_wake),
    .rx_wake_i(!rx_idle || meta_valid || fr_valid), .rx_clk_o(rx_clk),
    .lk_wake_i(lookup_busy || meta_valid || lw_valid || !lk_idle), .lk_clk_o(lk_clk),
    .tw_wake_i(!tw_idle || lw_valid || rec_valid || tw_cmd_valid), .tw_clk_o(tw_clk),
    .pipe_wake_i(pipe_wake), .pipe_clk_o(pipe_clk),
    .nh_wake_i(mcu_nh_we || nh_re || seg_nh_re), .nh_clk_o(nh_clk),
    .seg_wake_i(!seg_idle || rd_data_valid[RdTcp]), .seg_clk_o(seg_clk),
    .nic_wake_i(!nic_idle || rd_valid[RdDesc] || rd_valid[RdNic] || rd_data_valid[RdDesc] ||
        rd_data_valid[RdNic] || frame_valid[1] || pay_done_valid[1] || pay_valid[1]),
    .nic_clk_o(nic_clk),
    .tx_wake_i(!tx_idle || tw_seg_valid), .tx_clk_o(tx_clk),
    .mcu_wake_i(!mcu_idle || rd_valid[RdMcu] || rd_data_valid[RdMcu] || mcu_wr_valid ||
        mcu_data_valid || mcu_done || cmd_valid || rsp_valid || mcu_lk_valid || mcu_lk_done ||
        tw_cmd_valid || tw_rsp_valid || cc_valid || cc_set_valid || cc_ctr.cc_lost),
    .mcu_clk_o(mcu_clk)
  );

  logic unused;
  assign unused = ^{wfault, rd_ready[RdBump], rd_data_valid[RdBump], pay_done_ready[2],
      pay_ready[2]};

endmodule
