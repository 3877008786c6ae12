// SPDX-License-Identifier: Apache-2.0
// A small design with the ports of toe_top, to test the bus functional models against.
// Contract: copies memory block by block, echoes frames, has a timer; see the register list.
module toe_stub #(
    parameter int unsigned DataW = 64
) (
    input  logic                clk_i,
    input  logic                rst_ni,
    input  logic [47:0]         now_us_i,
    // BAR0
    input  logic [15:0]         s_axil_awaddr,
    input  logic [2:0]          s_axil_awprot,
    input  logic                s_axil_awvalid,
    output logic                s_axil_awready,
    input  logic [31:0]         s_axil_wdata,
    input  logic [3:0]          s_axil_wstrb,
    input  logic                s_axil_wvalid,
    output logic                s_axil_wready,
    output logic [1:0]          s_axil_bresp,
    output logic                s_axil_bvalid,
    input  logic                s_axil_bready,
    input  logic [15:0]         s_axil_araddr,
    input  logic [2:0]          s_axil_arprot,
    input  logic                s_axil_arvalid,
    output logic                s_axil_arready,
    output logic [31:0]         s_axil_rdata,
    output logic [1:0]          s_axil_rresp,
    output logic                s_axil_rvalid,
    input  logic                s_axil_rready,
    // Host memory
    output logic [7:0]          m_axi_awid,
    output logic [63:0]         m_axi_awaddr,
    output logic [7:0]          m_axi_awlen,
    output logic [2:0]          m_axi_awsize,
    output logic [1:0]          m_axi_awburst,
    output logic                m_axi_awvalid,
    input  logic                m_axi_awready,
    output logic [DataW-1:0]    m_axi_wdata,
    output logic [DataW/8-1:0]  m_axi_wstrb,
    output logic                m_axi_wlast,
    output logic                m_axi_wvalid,
    input  logic                m_axi_wready,
    input  logic [7:0]          m_axi_bid,
    input  logic [1:0]          m_axi_bresp,
    input  logic                m_axi_bvalid,
    output logic                m_axi_bready,
    output logic [7:0]          m_axi_arid,
    output logic [63:0]         m_axi_araddr,
    output logic [7:0]          m_axi_arlen,
    output logic [2:0]          m_axi_arsize,
    output logic [1:0]          m_axi_arburst,
    output logic                m_axi_arvalid,
    input  logic                m_axi_arready,
    input  logic [7:0]          m_axi_rid,
    input  logic [DataW-1:0]    m_axi_rdata,
    input  logic [1:0]          m_axi_rresp,
    input  logic                m_axi_rlast,
    input  logic                m_axi_rvalid,
    output logic                m_axi_rready,
    // MAC
    input  logic [DataW-1:0]    s_axis_rx_tdata,
    input  logic [DataW/8-1:0]  s_axis_rx_tkeep,
    input  logic                s_axis_rx_tvalid,
    input  logic                s_axis_rx_tlast,
    input  logic                s_axis_rx_tuser,
    output logic                s_axis_rx_tready,
    output logic [DataW-1:0]    m_axis_tx_tdata,
    output logic [DataW/8-1:0]  m_axis_tx_tkeep,
    output logic                m_axis_tx_tvalid,
    output logic                m_axis_tx_tlast,
    input  logic                m_axis_tx_tready,
    // Interrupts
    output logic                irq_valid_o,
    output logic [5:0]          irq_vector_o,
    input  logic                irq_ready_i,
    // Simulation time may jump while idle
    output logic                idle_o,
    output logic                next_deadline_valid_o,
    output logic [47:0]         next_deadline_us_o
);

  // Registers (word index): 0 source, 1 destination (low halves; the high half is 1), 2 number of
  // blocks: starts the copy, 3 errors seen, 4 timer in microseconds (0: off), 5 frames passed, 6
  // poison: makes an assertion fail, 7 scratch. A block is 4 beats; reads go out with ids in turn,
  // up to 8 in flight, and are written back as they complete.
  localparam int unsigned BytesPerBeat = DataW / 8;
  localparam int unsigned Ids          = 8;
  localparam int unsigned Beats        = 4;

  logic [31:0] regs_q[8];
  logic        poison_q;

  // AXI4-Lite: one access at a time.
  logic aw_q, w_q;
  logic [15:0] awaddr_q;
  logic [31:0] wdata_q;
  assign s_axil_awready = !aw_q && !s_axil_bvalid;
  assign s_axil_wready  = !w_q && !s_axil_bvalid;
  assign s_axil_arready = !s_axil_rvalid;
  assign s_axil_bresp   = 2'b00;
  assign s_axil_rresp   = 2'b00;

  logic do_write;
  assign do_write = aw_q && w_q && !s_axil_bvalid;

  // Copy engine
  logic [31:0] asked_q, done_q, total_q;
  logic [Ids-1:0] busy_q, full_q;
  logic [31:0] block_q[Ids];
  logic [DataW-1:0] store_q[Ids*Beats];
  logic [1:0] beat_q[Ids];
  logic [Ids-1:0] bad_q;
  logic [2:0] wid_q;
  logic [1:0] wbeat_q;
  logic wact_q, awsent_q, bwait_q;
  logic irq_done_q, irq_timer_q;
  logic [2:0] pace_q;  // makes R and B wait now and then

  assign m_axi_arid    = 8'(asked_q[2:0]);
  assign m_axi_araddr  = {32'd1, regs_q[0] + asked_q * (BytesPerBeat * Beats)};
  assign m_axi_arlen   = 8'(Beats - 1);
  assign m_axi_arsize  = 3'($clog2(BytesPerBeat));
  assign m_axi_arburst = 2'b01;
  assign m_axi_arvalid = asked_q != total_q && !busy_q[asked_q[2:0]];
  assign m_axi_rready  = pace_q[0];

  assign m_axi_awid    = 8'd0;
  assign m_axi_awaddr  = {32'd1, regs_q[1] + block_q[wid_q] * (BytesPerBeat * Beats)};
  assign m_axi_awlen   = 8'(Beats - 1);
  assign m_axi_awsize  = 3'($clog2(BytesPerBeat));
  assign m_axi_awburst = 2'b01;
  assign m_axi_awvalid = wact_q && !awsent_q;
  assign m_axi_wdata   = store_q[{wid_q, wbeat_q}];
  // The last byte of a block is left out: strobes matter.
  assign m_axi_wstrb   = m_axi_wlast ? {1'b0, {(DataW/8-1){1'b1}}} : '1;
  assign m_axi_wlast   = wbeat_q == 2'(Beats - 1);
  assign m_axi_wvalid  = wact_q && awsent_q && !bwait_q;
  assign m_axi_bready  = pace_q[1];

  always_ff @(posedge clk_i) begin
    if (m_axi_arvalid && m_axi_arready) begin
      busy_q[asked_q[2:0]]  <= 1'b1;
      block_q[asked_q[2:0]] <= asked_q;
      beat_q[asked_q[2:0]]  <= '0;
      bad_q[asked_q[2:0]]   <= 1'b0;
      asked_q               <= asked_q + 1;
    end
    pace_q <= {pace_q[1:0], ~pace_q[2]};
    if (m_axi_rvalid && m_axi_rready) begin
      store_q[{m_axi_rid[2:0], beat_q[m_axi_rid[2:0]]}] <= m_axi_rdata;
      beat_q[m_axi_rid[2:0]] <= beat_q[m_axi_rid[2:0]] + 1;
      if (m_axi_rresp != 2'b00) bad_q[m_axi_rid[2:0]] <= 1'b1;
      if (m_axi_rlast) full_q[m_axi_rid[2:0]] <= 1'b1;
    end
    if (!wact_q) begin
      for (int unsigned i = 0; i < Ids; i++) begin
        if (full_q[i]) begin
          wact_q   <= !bad_q[i];
          wid_q    <= 3'(i);
          wbeat_q  <= '0;
          awsent_q <= 1'b0;
          bwait_q  <= 1'b0;
        end
      end
      for (int unsigned i = 0; i < Ids; i++) begin
        if (full_q[i] && bad_q[i]) begin
          full_q[i] <= 1'b0;
          busy_q[i] <= 1'b0;
        end
      end
    end else begin
      if (m_axi_awvalid && m_axi_awready) awsent_q <= 1'b1;
      if (m_axi_wvalid && m_axi_wready) begin
        wbeat_q <= wbeat_q + 1;
        if (m_axi_wlast) bwait_q <= 1'b1;
      end
      if (m_axi_bvalid && m_axi_bready) begin
        wact_q        <= 1'b0;
        full_q[wid_q] <= 1'b0;
        busy_q[wid_q] <= 1'b0;
        done_q        <= done_q + 1;
        if (done_q + 1 == total_q) irq_done_q <= 1'b1;
        if (m_axi_bresp != 2'b00) regs_q[3] <= regs_q[3] + 1;
      end
    end
    // A read error ends the copy.
    if (m_axi_rvalid && m_axi_rready && m_axi_rlast && m_axi_rresp != 2'b00) begin
      regs_q[3]  <= regs_q[3] + 1;
      total_q    <= asked_q;
      done_q     <= asked_q;
      irq_done_q <= 1'b1;
    end
    if (irq_valid_o && irq_ready_i) begin
      if (irq_done_q) irq_done_q <= 1'b0;
      else irq_timer_q <= 1'b0;
    end
    if (regs_q[4] != 0 && now_us_i >= 48'(regs_q[4])) begin
      regs_q[4]   <= '0;
      irq_timer_q <= 1'b1;
    end

    if (s_axil_awvalid && s_axil_awready) begin
      aw_q     <= 1'b1;
      awaddr_q <= s_axil_awaddr;
    end
    if (s_axil_wvalid && s_axil_wready) begin
      w_q     <= 1'b1;
      wdata_q <= s_axil_wdata;
    end
    if (do_write) begin
      aw_q          <= 1'b0;
      w_q           <= 1'b0;
      s_axil_bvalid <= 1'b1;
      regs_q[awaddr_q[4:2]] <= wdata_q;
      if (awaddr_q[4:2] == 3'd2) begin
        asked_q <= '0;
        done_q  <= '0;
        total_q <= wdata_q;
      end
      if (awaddr_q[4:2] == 3'd6) poison_q <= 1'b1;
    end
    if (s_axil_bvalid && s_axil_bready) s_axil_bvalid <= 1'b0;
    if (s_axil_arvalid && s_axil_arready && s_axil_araddr != 16'hfff0) begin
      s_axil_rvalid <= 1'b1;
      s_axil_rdata  <= regs_q[s_axil_araddr[4:2]];
    end
    if (s_axil_rvalid && s_axil_rready) s_axil_rvalid <= 1'b0;
    if (m_axis_tx_tvalid && m_axis_tx_tready && m_axis_tx_tlast) regs_q[5] <= regs_q[5] + 1;
    if (s_axis_rx_tvalid && s_axis_rx_tready && s_axis_rx_tlast && s_axis_rx_tuser)
      regs_q[3] <= regs_q[3] + 1;

    if (!rst_ni) begin
      {aw_q, w_q, s_axil_bvalid, s_axil_rvalid, wact_q, irq_done_q, irq_timer_q, poison_q} <= '0;
      busy_q <= '0;
      full_q <= '0;
      {asked_q, done_q, total_q} <= '0;
      pace_q <= '0;
      for (int unsigned i = 0; i < 8; i++) regs_q[i] <= '0;
    end
  end

  // Frames go straight back.
  assign m_axis_tx_tdata  = s_axis_rx_tdata;
  assign m_axis_tx_tkeep  = s_axis_rx_tkeep;
  assign m_axis_tx_tvalid = s_axis_rx_tvalid;
  assign m_axis_tx_tlast  = s_axis_rx_tlast;
  assign s_axis_rx_tready = m_axis_tx_tready;

  assign irq_valid_o  = irq_done_q || irq_timer_q;
  assign irq_vector_o = irq_done_q ? 6'd0 : 6'd1;

  assign idle_o = (asked_q == total_q) && (busy_q == '0) && !irq_valid_o;
  assign next_deadline_valid_o = regs_q[4] != 0;
  assign next_deadline_us_o    = 48'(regs_q[4]);

  // The other side keeps what it offers until it is taken.
  Hold_rx_A: assert property (@(posedge clk_i) disable iff (!rst_ni)
    s_axis_rx_tvalid && !s_axis_rx_tready
    |=> s_axis_rx_tvalid && $stable({s_axis_rx_tdata, s_axis_rx_tkeep, s_axis_rx_tlast}));
  Hold_r_A: assert property (@(posedge clk_i) disable iff (!rst_ni)
    m_axi_rvalid && !m_axi_rready |=> m_axi_rvalid &&
        $stable({m_axi_rdata, m_axi_rid, m_axi_rlast}));
  Hold_b_A: assert property (@(posedge clk_i) disable iff (!rst_ni)
    m_axi_bvalid && !m_axi_bready |=> m_axi_bvalid && $stable({m_axi_bid, m_axi_bresp}));
  Hold_axil_A: assert property (@(posedge clk_i) disable iff (!rst_ni)
    s_axil_awvalid && !s_axil_awready |=> s_axil_awvalid && $stable(s_axil_awaddr));

  NotPoisoned_A: assert property (@(posedge clk_i) disable iff (!rst_ni) !poison_q)
    else $error("poisoned");

  logic unused;
  assign unused = &{1'b0, s_axil_awprot, s_axil_arprot, s_axil_wstrb, m_axi_bid, m_axi_rid[7:3],
      awaddr_q, s_axil_araddr};

endmodule
