// SPDX-License-Identifier: Apache-2.0
// Everything between the engine and the host: registers, DMA both ways, placement, bumps,
// interrupts.
// Contract: wiring of the blocks of rtl/host, see there; joins their counters with ctr_i. Read
// clients: each has its own command port (rd_client_e is the index) and its own valid/ready on the
// shared data bus; RdBump is used in here. core_rst_no resets the rest of the engine. idle_o:
// nothing is under way in here. All time-outs of the reset sequence are in host_csr.
module toe_host #(
  parameter toe_cfg_pkg::toe_cfg_t Cfg       = toe_cfg_pkg::CfgSmall,
  parameter bit                    ClockGate = 1'b1,
  localparam int unsigned DataW = 32'(Cfg.DataW),
  localparam int unsigned W     = DataW / 8,
  localparam int unsigned Qps   = 32'(Cfg.Qps)
) (
  input  logic                       clk_i,
  input  logic                       rst_ni,
  input  logic [47:0]                now_us_i,
  output logic                       cfg_wake_o,           // settings may change at the next edge
  output logic                       core_rst_no,
  output logic                       hold_o,               // a reset is coming: begin nothing
  input  logic                       tx_quiet_i,           // no frame is half sent, and none begins
  input  logic                       init_busy_i,

  // AXI4-Lite
  input  logic [15:0]                s_axil_awaddr,
  input  logic [2:0]                 s_axil_awprot,
  input  logic                       s_axil_awvalid,
  output logic                       s_axil_awready,
  input  logic [31:0]                s_axil_wdata,
  input  logic [3:0]                 s_axil_wstrb,
  input  logic                       s_axil_wvalid,
  output logic                       s_axil_wready,
  output logic [1:0]                 s_axil_bresp,
  output logic                       s_axil_bvalid,
  input  logic                       s_axil_bready,
  input  logic [15:0]                s_axil_araddr,
  input  logic [2:0]                 s_axil_arprot,
  input  logic                       s_axil_arvalid,
  output logic                       s_axil_arready,
  output logic [31:0]                s_axil_rdata,
  output logic [1:0]                 s_axil_rresp,
  output logic                       s_axil_rvalid,
  input  logic                       s_axil_rready,

  // AXI4
  output logic [7:0]                 m_axi_awid,
  output logic [63:0]                m_axi_awaddr,
  output logic [7:0]                 m_axi_awlen,
  output logic [2:0]                 m_axi_awsize,
  output logic [1:0]                 m_axi_awburst,
  output logic                       m_axi_awvalid,
  input  logic                       m_axi_awready,
  output logic [DataW-1:0]           m_axi_wdata,
  output logic [W-1:0]               m_axi_wstrb,
  output logic                       m_axi_wlast,
  output logic                       m_axi_wvalid,
  input  logic                       m_axi_wready,
  input  logic [7:0]                 m_axi_bid,
  input  logic [1:0]                 m_axi_bresp,
  input  logic                       m_axi_bvalid,
  output logic                       m_axi_bready,
  output logic [7:0]                 m_axi_arid,
  output logic [63:0]                m_axi_araddr,
  output logic [7:0]                 m_axi_arlen,
  output logic [2:0]                 m_axi_arsize,
  output logic [1:0]                 m_axi_arburst,
  output logic                       m_axi_arvalid,
  input  logic                       m_axi_arready,
  input  logic [7:0]                 m_axi_rid,
  input  logic [DataW-1:0]           m_axi_rdata,
  input  logic [1:0]                 m_axi_rresp,
  input  logic                       m_axi_rlast,
  input  logic                       m_axi_rvalid,
  output logic                       m_axi_rready,

  // Interrupts
  output logic                       irq_valid_o,
  input  logic                       irq_ready_i,
  output logic [5:0]                 irq_vector_o,

  // Settings and state
  output toe_pkg::net_ctl_t          net_o,
  output toe_pkg::tcp_ctl_t          tcp_o,
  output toe_pkg::tw_ctl_t           tw_o,
  output toe_pkg::qp_ctl_t [Qps-1:0] qp_o,
  output toe_pkg::admin_ctl_t        admin_o,
  output logic                       fw_hold_o,
  input  host_csr_pkg::csr_status_t  status_i,             // busy and now_us are filled in here
  input  logic [Qps-1:0][31:0]       txq_head_i,
  input  host_ctr_pkg::toe_ctr_t     ctr_i,
  output logic                       idle_o,
  output logic                       next_deadline_valid_o,
  output logic [47:0]                next_deadline_us_o,

  // DMA reads
  input  logic [4:0]                 rd_valid_i,
  output logic [4:0]                 rd_ready_o,
  input  toe_pkg::rd_cmd_t [4:0]     rd_i,
  output logic [4:0]                 rd_data_valid_o,
  input  logic [4:0]                 rd_data_ready_i,
  output logic [DataW-1:0]           rd_data_o,
  output logic [W-1:0]               rd_keep_o,
  output logic                       rd_last_o,
  output logic                       rd_err_o,

  // Placement and frames
  input  logic                       place_valid_i,
  output logic                       place_ready_o,
  input  toe_pkg::place_cmd_t        place_i,
  output logic                       fence_done_o,
  output logic                       fence_bad_o,          // see host_place
  output logic [Qps-1:0]             evq_space_o,
  input  logic                       data_valid_i,
  output logic                       data_ready_o,
  input  logic [DataW-1:0]           data_i,
  input  logic                       data_last_i,

  // What leaves, if it is to be copied; events of traced sessions
  input  logic                       tap_valid_i,
  input  logic [DataW-1:0]           tap_data_i,
  input  logic [W-1:0]               tap_keep_i,
  input  logic                       tap_last_i,
  input  toe_pkg::mirror_note_t      tap_i,
  input  logic                       trace_valid_i,
  input  tcp_pkg::trace_ev_t         trace_i,

  // Reports for the host
  input  logic                       txdone_valid_i,
  input  host_pkg::txdone_t          txdone_i,
  input  logic                       note_valid_i,
  output logic                       note_ready_o,
  input  host_pkg::note_t            note_i,

  input  logic                       nic_fault_valid_i,    // pulse
  input  nic_pkg::nic_fault_t        nic_fault_i,

  // Writes of the firmware
  input  logic                       mcu_valid_i,
  output logic                       mcu_ready_o,
  input  toe_pkg::wr_cmd_t           mcu_i,
  input  logic                       mcu_data_valid_i,
  output logic                       mcu_data_ready_o,
  input  logic [DataW-1:0]           mcu_data_i,
  input  logic                       mcu_data_last_i,
  output logic                       mcu_done_o,           // pulse
  output logic                       mcu_done_err_o,

  // Bumps
  output logic                       bump_valid_o,
  input  logic                       bump_ready_i,
  output toe_pkg::bump_t             bump_o,

  // Writes of sessions that failed
  output logic                       fault_valid_o,
  input  logic                       fault_ready_i,
  output host_pkg::wr_fault_t        fault_o
);

  import toe_pkg::*;
  import host_pkg::*;

  // ---- Observation: copies of frames, the flight recorder
  trace_ctl_t       trace_ctl;
  logic             mir_valid, mir_ready, mir_drop, mir_data_valid, mir_data_ready, mir_data_last,
      mir_idle, rx_tap_valid, rx_tap_last, trc_valid, trc_ready, trc_record, trc_idle;
  qp_t              mir_qp;
  logic [15:0]      mir_len;
  logic [255:0]     mir_record, trc_data;
  logic [DataW-1:0] mir_data, rx_tap_data;
  logic [1:0]       mir_lost, trc_lost;
  logic [63:0]      trc_addr;
  logic [31:0]      trace_count;
  mirror_note_t     rx_tap;

  // ---- Registers
  logic                            rd_clk, wr_clk, bump_clk, obs_clk, irq_clk;
  logic                            csr_idle, rd_idle, wr_idle, place_idle, bump_idle, irq_idle;
  logic [Qps-1:0][31:0]            evq_tail, rxr_tail, bmq_head;
  logic [Qps-1:0]                  evq_failed, evq_waits;
  host_csr_pkg::csr_status_t       status;
  host_csr_pkg::qp_status_t [Qps-1:0] qp_status;
  host_ctr_pkg::toe_ctr_t          ctr, ctr_q;
  rd_ctr_t                         rd_ctr;
  wr_ctr_t                         wr_ctr;
  place_ctr_t                      place_ctr;
  bump_ctr_t                       bump_ctr;
  irq_ctr_t                        irq_ctr;

  always_comb begin
    status        = status_i;
    status.now_us = now_us_i;
    status.trace_count = trace_count;
    status.evq_failed = 16'(evq_failed);
    for (int q = 0; q < int'(Qps); q++) begin
      qp_status[q] = '{txq_head: txq_head_i[q], bmq_head: bmq_head[q], rxr_tail: rxr_tail[q],
          evq_tail: evq_tail[q]};
    end
  end

  logic [1:0] evq_lost;
  always_comb begin
    ctr                    = ctr_i;
    ctr.dma_read_errors    = 2'(rd_ctr.dma_read_errors);
    ctr.dma_read_bytes     = rd_ctr.dma_read_bytes;
    ctr.dma_write_errors   = 2'(wr_ctr.dma_write_errors);
    ctr.dma_write_bytes    = wr_ctr.dma_write_bytes;
    ctr.rx_to_host         = 2'(place_ctr.rx_to_host);
    ctr.rx_drop_disabled   = ctr_i.rx_drop_disabled + 2'(place_ctr.rx_drop_disabled);
    ctr.rx_drop_ring_full  = 2'(place_ctr.rx_drop_ring_full);
    ctr.rx_drop_event_full = 2'(place_ctr.rx_drop_event_full);
    ctr.rx_mirrored        = 2'(place_ctr.rx_mirrored);
    ctr.tx_mirrored        = 2'(place_ctr.tx_mirrored);
    ctr.mirror_lost        = 2'(mir_lost[0]) + 2'(mir_lost[1]) + 2'(place_ctr.mirror_lost);
    ctr.trace_records      = 2'(trc_record);
    ctr.trace_lost         = trc_lost;
    ctr.evq_records        = 2'(place_ctr.evq_records);
    ctr.evq_stall_cycles   = 2'(place_ctr.evq_stall_cycles);
    ctr.bump_bad           = ctr_i.bump_bad + 2'(bump_ctr.bump_bad);
    ctr.bump_lost          = 2'(bump_ctr.bump_lost);
    ctr.evq_lost           = evq_lost;
    ctr.irqs               = 2'(irq_ctr.irqs);
  end
  always_ff @(posedge clk_i) begin
    if (!core_rst_no) ctr_q <= '0;
    else ctr_q <= ctr;
  end

  host_csr #(.Cfg(Cfg), .ClockGate(ClockGate)) u_csr (
    .clk_i, .rst_ni,
    .s_axil_awaddr, .s_axil_awprot, .s_axil_awvalid, .s_axil_awready, .s_axil_wdata, .s_axil_wstrb,
    .s_axil_wvalid,
    .s_axil_wready, .s_axil_bresp, .s_axil_bvalid, .s_axil_bready, .s_axil_araddr, .s_axil_arprot,
    .s_axil_arvalid,
    .s_axil_arready, .s_axil_rdata, .s_axil_rresp, .s_axil_rvalid, .s_axil_rready,
    .net_o, .tcp_o, .tw_o, .qp_o, .admin_o, .trace_o(trace_ctl), .fw_hold_o,
    .status_i(status), .qp_status_i(qp_status), .ctr_i(ctr_q),
    .cfg_wake_o, .core_rst_no, .hold_o, .quiet_i(rd_idle && wr_idle && tx_quiet_i), .init_busy_i,
    .idle_o(csr_idle)
  );

  // ---- DMA reads
  logic        cmd_valid, cmd_ready, rd_data_valid, rd_data_ready, bump_rd_valid, bump_data_ready;
  rd_cmd_t     cmd, bump_rd;
  rd_client_e  rd_client;
  logic [4:0]  rd_valid, rd_data_ready_all;
  rd_cmd_t [4:0] rd;

  always_comb begin
    rd_valid                  = rd_valid_i;
    rd                        = rd_i;
    rd_data_ready_all         = rd_data_ready_i;
    rd_valid[RdBump]          = bump_rd_valid;
    rd[RdBump]                = bump_rd;
    rd_data_ready_all[RdBump] = bump_data_ready;
  end

  host_rd_arb u_rd_arb (
    .clk_i(rd_clk), .rst_ni(core_rst_no),
    .rd_valid_i(rd_valid), .rd_ready_o, .rd_i(rd),
    .cmd_valid_o(cmd_valid), .cmd_ready_i(cmd_ready), .cmd_o(cmd),
    .data_valid_i(rd_data_valid), .data_ready_o(rd_data_ready), .data_client_i(rd_client),
    .client_valid_o(rd_data_valid_o), .client_ready_i(rd_data_ready_all)
  );
  host_dma_rd #(.Cfg(Cfg)) u_dma_rd (
    .clk_i(rd_clk), .rst_ni(core_rst_no), .hold_i(hold_o), .idle_o(rd_idle),
    .cmd_valid_i(cmd_valid), .cmd_ready_o(cmd_ready), .cmd_i(cmd),
    .data_valid_o(rd_data_valid), .data_ready_i(rd_data_ready), .data_o(rd_data_o),
    .data_keep_o(rd_keep_o),
    .data_last_o(rd_last_o), .data_client_o(rd_client), .data_err_o(rd_err_o),
    .m_axi_arid, .m_axi_araddr, .m_axi_arlen, .m_axi_arsize, .m_axi_arburst, .m_axi_arvalid,
    .m_axi_arready,
    .m_axi_rid, .m_axi_rdata, .m_axi_rresp, .m_axi_rlast, .m_axi_rvalid, .m_axi_rready,
    .ctr_o(rd_ctr)
  );

  // ---- Bumps
  logic      bump_fault_valid;
  qp_fault_t bump_fault;
  logic      breport_valid;
  qp_t       breport_qp;
  host_bump #(.Cfg(Cfg)) u_bump (
    .clk_i(bump_clk), .rst_ni(core_rst_no), .qp_i(qp_o), .bmq_head_o(bmq_head), .idle_o(bump_idle),
    .rd_valid_o(bump_rd_valid), .rd_ready_i(rd_ready_o[RdBump]), .rd_o(bump_rd),
    .data_valid_i(rd_data_valid_o[RdBump]), .data_ready_o(bump_data_ready), .data_i(rd_data_o),
    .data_last_i(rd_last_o),
    .data_err_i(rd_err_o),
    .bump_valid_o, .bump_ready_i, .bump_o, .fault_valid_o(bump_fault_valid), .fault_o(bump_fault),
    .report_valid_o(breport_valid), .report_qp_o(breport_qp),
    .ctr_o(bump_ctr)
  );

  // ---- Observation
  toe_mirror #(.Cfg(Cfg)) u_mirror (
    .clk_i(obs_clk), .rst_ni(core_rst_no), .now_us_i,
    .tap_valid_i({tap_valid_i, rx_tap_valid}), .tap_data_i({tap_data_i, rx_tap_data}),
    .tap_last_i({tap_last_i, rx_tap_last}), .tap_tx_keep_i(tap_keep_i), .tap_i({tap_i, rx_tap}),
    .mir_valid_o(mir_valid), .mir_ready_i(mir_ready), .mir_drop_i(mir_drop), .mir_qp_o(mir_qp),
    .mir_len_o(mir_len), .mir_record_o(mir_record), .mir_data_valid_o(mir_data_valid),
    .mir_data_ready_i(mir_data_ready), .mir_data_o(mir_data), .mir_data_last_o(mir_data_last),
    .lost_o(mir_lost), .idle_o(mir_idle)
  );
  tcp_trace u_trace (
    .clk_i(obs_clk), .rst_ni(core_rst_no), .ctl_i(trace_ctl), .valid_i(trace_valid_i),
    .ev_i(trace_i),
    .wr_valid_o(trc_valid), .wr_ready_i(trc_ready), .wr_addr_o(trc_addr), .wr_data_o(trc_data),
    .count_o(trace_count), .record_o(trc_record), .lost_o(trc_lost), .idle_o(trc_idle)
  );

  // ---- Placement and DMA writes
  logic             wr_valid, wr_ready, wr_data_valid, wr_data_ready, done_valid, done_irq,
      wfault_valid, wfault_ready;
  wr_req_t          wr;
  logic [DataW-1:0] wr_data;
  logic [4:0]       done_irq_id;
  wr_fault_t        wfault;
  wr_src_e          done_src;
  slot_t            done_slot;
  logic             sweep, rec_failed;
  assign mcu_done_o = done_valid && done_src == SrcMcu;
  logic             qfault_valid, nic_pend_q, nic_taken;
  qp_fault_t        qfault, nic_pend_f_q;

  host_place #(.Cfg(Cfg)) u_place (
    .clk_i(wr_clk), .rst_ni(core_rst_no), .qp_i(qp_o), .evq_space_o, .evq_tail_o(evq_tail),
    .rxr_tail_o(rxr_tail),
    .idle_o(place_idle),
    .place_valid_i, .place_ready_o, .place_i, .fence_done_o, .fence_bad_o,
    .evq_failed_o(evq_failed), .evq_waits_o(evq_waits), .sweep_o(sweep),
    .data_valid_i, .data_ready_o, .data_i, .data_last_i,
    .txdone_valid_i, .txdone_i, .breport_valid_i(breport_valid), .breport_qp_i(breport_qp),
    .bmq_head_i(bmq_head), .fault_valid_i(qfault_valid), .fault_i(qfault), .note_valid_i,
    .note_ready_o, .note_i,
    .mcu_valid_i, .mcu_ready_o, .mcu_i, .mcu_data_valid_i, .mcu_data_ready_o, .mcu_data_i,
    .mcu_data_last_i,
    .mir_valid_i(mir_valid), .mir_ready_o(mir_ready), .mir_drop_o(mir_drop), .mir_qp_i(mir_qp),
    .mir_len_i(mir_len), .mir_record_i(mir_record), .mir_data_valid_i(mir_data_valid),
    .mir_data_ready_o(mir_data_ready), .mir_data_i(mir_data), .mir_data_last_i(mir_data_last),
    .trc_valid_i(trc_valid), .trc_ready_o(trc_ready), .trc_addr_i(trc_addr),
    .trc_data_i(trc_data),
    .tap_valid_o(rx_tap_valid), .tap_data_o(rx_tap_data), .tap_last_o(rx_tap_last),
    .tap_o(rx_tap),
    .wr_valid_o(wr_valid), .wr_ready_i(wr_ready), .wr_o(wr), .wr_data_valid_o(wr_data_valid),
    .wr_data_ready_i(wr_data_ready), .wr_data_o(wr_data), .done_valid_i(done_valid),
    .done_src_i(done_src), .done_err_i(mcu_done_err_o), .done_irq_i(done_irq),
    .done_irq_id_i(done_irq_id), .done_slot_i(done_slot), .ctr_o(place_ctr)
  );
  host_dma_wr #(.Cfg(Cfg)) u_dma_wr (
    .clk_i(wr_clk), .rst_ni(core_rst_no), .hold_i(hold_o), .idle_o(wr_idle),
    .cmd_valid_i(wr_valid), .cmd_ready_o(wr_ready), .cmd_i(wr),
    .data_valid_i(wr_data_valid), .data_ready_o(wr_data_ready), .data_i(wr_data),
    .done_valid_o(done_valid), .done_src_o(done_src), .done_slot_o(done_slot),
    .done_err_o(mcu_done_err_o), .done_irq_o(done_irq), .done_irq_id_o(done_irq_id),
    .fault_valid_o(wfault_valid), .fault_ready_i(wfault_ready), .fault_o(wfault),
    .m_axi_awid, .m_axi_awaddr, .m_axi_awlen, .m_axi_awsize, .m_axi_awburst, .m_axi_awvalid,
    .m_axi_awready,
    .m_axi_wdata, .m_axi_wstrb, .m_axi_wlast, .m_axi_wvalid, .m_axi_wready,
    .m_axi_bid, .m_axi_bresp, .m_axi_bvalid, .m_axi_bready,
    .ctr_o(wr_ctr)
  );

  // A failed write of a session goes to the pipeline, one of a frame is told by host_place, of the
  // firmware by the firmware. An event record that is lost leaves its reader in the dark: a
  // register tells.
  assign fault_valid_o = wfault_valid && wfault.src == SrcSession;
  assign fault_o       = wfault;

  // Records are lost in four places; what does not fit into one cycle's step waits.
  logic [3:0] lost_q;
  assign evq_lost = (lost_q > 4'd3) ? 2'd3 : lost_q[1:0];
  always_ff @(posedge wr_clk) begin
    if (!core_rst_no) lost_q <= '0;
    else lost_q <= lost_q - 4'(evq_lost) + 4'(ctr_i.evq_lost) + 4'(place_ctr.evq_lost) +
        4'(place_ctr.fault_lost) + 4'(nic_fault_valid_i && nic_pend_q && !nic_taken) +
        4'(rec_failed);
  end
  assign rec_failed   = done_valid && mcu_done_err_o && done_irq && done_src == SrcRecord;
  assign wfault_ready = wfault.src != SrcSession || fault_ready_i;
  always_comb begin
    qfault_valid = bump_fault_valid;
    qfault       = bump_fault;
    nic_taken    = nic_pend_q && !qfault_valid;
    if (nic_taken) begin
      qfault_valid = 1'b1;
      qfault       = nic_pend_f_q;
    end
  end
  always_ff @(posedge wr_clk) begin
    if (!core_rst_no) nic_pend_q <= 1'b0;
    else nic_pend_q <= nic_fault_valid_i || (nic_pend_q && !nic_taken);
    if (nic_fault_valid_i) nic_pend_f_q <= '{qp: nic_fault_i.qp, what: nic_fault_i.what, addr: '0,
        info: nic_fault_i.info};
  end

  // ---- Interrupts
  host_irq #(.Qps(Qps)) u_irq (
    .clk_i(irq_clk), .rst_ni(core_rst_no), .now_us_i, .qp_i(qp_o), .evq_tail_i(evq_tail),
    .evq_waits_i(evq_waits), .admin_i(admin_o),
    .set_i(done_valid && done_irq), .set_id_i(done_irq_id),
    .irq_valid_o, .irq_ready_i, .irq_vector_o, .idle_o(irq_idle),
    .next_deadline_valid_o, .next_deadline_us_o, .ctr_o(irq_ctr)
  );

  // ---- Clocks: each runs while its blocks have work, something to hand on, or input; a change of
  // settings takes a round of the queue pairs to be seen
  localparam int unsigned Round = Qps + 8;
  prim_clk_gate #(.Gate(ClockGate)) u_rd_gate (
    .clk_i, .rst_ni(core_rst_no), .clk_o(rd_clk),
    .wake_i(rd_valid != '0 || cmd_valid || !rd_idle || rd_data_valid)
  );
  prim_clk_gate #(.Gate(ClockGate), .Linger(Round)) u_wr_gate (
    .clk_i, .rst_ni(core_rst_no), .clk_o(wr_clk),
    .wake_i(!place_idle || !wr_idle || wfault_valid || sweep || txdone_valid_i || breport_valid ||
        qfault_valid || nic_fault_valid_i || note_valid_i || mcu_data_valid_i || mir_data_valid ||
        ctr_i.evq_lost != '0 || lost_q != '0 || cfg_wake_o)
  );
  prim_clk_gate #(.Gate(ClockGate), .Linger(Round)) u_bump_gate (
    .clk_i, .rst_ni(core_rst_no), .clk_o(bump_clk),
    .wake_i(!bump_idle || rd_data_valid_o[RdBump] || cfg_wake_o)
  );
  prim_clk_gate #(.Gate(ClockGate)) u_obs_gate (
    .clk_i, .rst_ni(core_rst_no), .clk_o(obs_clk), .wake_i(!mir_idle || !trc_idle || cfg_wake_o)
  );
  prim_clk_gate #(.Gate(ClockGate)) u_irq_gate (
    .clk_i, .rst_ni(core_rst_no), .clk_o(irq_clk),
    .wake_i(!irq_idle || (done_valid && done_irq) || cfg_wake_o)
  );

  assign idle_o = csr_idle && rd_idle && wr_idle && place_idle && bump_idle && irq_idle &&
      !cmd_valid && !rd_data_valid &&
                  !wfault_valid && !nic_pend_q && mir_idle && trc_idle && lost_q == '0;

endmodule
