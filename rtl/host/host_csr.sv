// SPDX-License-Identifier: Apache-2.0
// Register file of the engine: AXI4-Lite in, settings and doorbells out, counters and state in; and
// the engine's reset.
// Contract: one AXI4-Lite access at a time, about five cycles; unknown addresses read zero; OKAY
// always. Counters are exact at the time of a read. Doorbell pulses (evq_head_we, acq_head_we) come
// with the new value. Soft reset, and the start: hold_o stops new DMA; when quiet_i (or after 2^14
// cycles) core_rst_no and all registers are reset for 16 cycles; then busy stays until init_busy_i
// falls. Reads work during all of it, except that they wait the 16 cycles. The generated block has
// some hundred registers that rarely change: it and the reset sequence run on a gated clock, which
// stops while there is nothing for them, and the settings reach the engine through a register stage
// that only writes clock (ClockGate = 0: no gates, no stage). cfg_wake_o: settings may change at
// the next edge.
`include "toe_assert.svh"
module host_csr #(
  parameter toe_cfg_pkg::toe_cfg_t Cfg       = toe_cfg_pkg::CfgSmall,
  parameter bit                    ClockGate = 1'b1,
  localparam int unsigned Qps = 32'(Cfg.Qps)
) (
  input  logic                            clk_i,
  input  logic                            rst_ni,

  // AXI4-Lite
  input  logic [15:0]                     s_axil_awaddr,
  input  logic [2:0]                      s_axil_awprot,
  input  logic                            s_axil_awvalid,
  output logic                            s_axil_awready,
  input  logic [31:0]                     s_axil_wdata,
  input  logic [3:0]                      s_axil_wstrb,
  input  logic                            s_axil_wvalid,
  output logic                            s_axil_wready,
  output logic [1:0]                      s_axil_bresp,
  output logic                            s_axil_bvalid,
  input  logic                            s_axil_bready,
  input  logic [15:0]                     s_axil_araddr,
  input  logic [2:0]                      s_axil_arprot,
  input  logic                            s_axil_arvalid,
  output logic                            s_axil_arready,
  output logic [31:0]                     s_axil_rdata,
  output logic [1:0]                      s_axil_rresp,
  output logic                            s_axil_rvalid,
  input  logic                            s_axil_rready,

  // Settings
  output toe_pkg::net_ctl_t               net_o,
  output toe_pkg::tcp_ctl_t               tcp_o,
  output toe_pkg::tw_ctl_t                tw_o,
  output toe_pkg::qp_ctl_t [Qps-1:0]      qp_o,
  output toe_pkg::admin_ctl_t             admin_o,
  output toe_pkg::trace_ctl_t                trace_o,
  output logic                            fw_hold_o,

  // State
  input  host_csr_pkg::csr_status_t       status_i,       // busy is filled in here
  input  host_csr_pkg::qp_status_t [Qps-1:0] qp_status_i,
  input  host_ctr_pkg::toe_ctr_t          ctr_i,

  output logic                            cfg_wake_o,

  // Reset of the engine
  output logic                            core_rst_no,
  output logic                            hold_o,
  input  logic                            quiet_i,
  input  logic                            init_busy_i,
  output logic                            idle_o
);

  import host_csr_pkg::*;

  // ---- Reset sequence
  typedef enum logic [1:0] { RsHold, RsReset, RsInit, RsRun } reset_e;
  reset_e      reset_q;
  logic [13:0] count_q;
  logic        soft_reset, access_idle, regs_rst_n, busy, ctr_busy, gclk;

  always_ff @(posedge gclk) begin
    if (!rst_ni) begin
      reset_q     <= RsReset;
      count_q     <= '0;
      core_rst_no <= 1'b0;
      hold_o      <= 1'b1;
    end else begin
      count_q <= (reset_q == RsRun) ? '0 : count_q + 1'b1;
      unique case (reset_q)
        RsHold: begin
          if (access_idle && (quiet_i || count_q == '1)) begin
            reset_q     <= RsReset;
            count_q     <= '0;
            core_rst_no <= 1'b0;
          end
        end
        RsReset: begin
          if (count_q[3:0] == '1) begin
            reset_q     <= RsInit;
            core_rst_no <= 1'b1;
          end
        end
        // A few cycles for the blocks to say that they are busy.
        RsInit: begin
          if (count_q[5] && !init_busy_i && !ctr_busy) begin
            reset_q <= RsRun;
            hold_o  <= 1'b0;
          end
        end
        default: begin
          if (soft_reset) begin
            reset_q <= RsHold;
            hold_o  <= 1'b1;
          end
        end
      endcase
    end
  end
  assign regs_rst_n = core_rst_no;
  assign busy       = reset_q != RsRun;

  // ---- One access at a time
  typedef enum logic [2:0] { AcIdle, AcWrite, AcWriteEnd, AcSample, AcRead, AcReadEnd } access_e;
  access_e access_q, access_d;
  logic    rb_awready, rb_wready, rb_bvalid, rb_arready, rb_rvalid;

  assign access_idle = access_q == AcIdle;
  always_comb begin
    access_d = access_q;
    unique case (access_q)
      AcIdle: begin
        if (reset_q != RsReset) begin
          if (s_axil_awvalid && s_axil_wvalid) access_d = AcWrite;
          else if (s_axil_arvalid) access_d = AcSample;
        end
      end
      AcWrite:    access_d = AcWriteEnd;
      AcWriteEnd: if (rb_bvalid && s_axil_bready) access_d = AcIdle;
      AcSample:   access_d = AcRead;
      AcRead:     access_d = AcReadEnd;
      AcReadEnd:  if (rb_rvalid && s_axil_rready) access_d = AcIdle;
      default:    access_d = AcIdle;
    endcase
    // A reset in progress ends before an access begins; an access in progress ends before the
    // reset.
    if (access_q == AcIdle && reset_q == RsHold && (quiet_i || count_q == '1)) access_d = AcIdle;
  end
  always_ff @(posedge gclk) begin
    if (!rst_ni) access_q <= AcIdle;
    else access_q <= access_d;
  end

  assign s_axil_awready = access_q == AcWrite;
  assign s_axil_wready  = access_q == AcWrite;
  assign s_axil_arready = access_q == AcRead;
  assign s_axil_bvalid  = access_q == AcWriteEnd && rb_bvalid;
  assign s_axil_rvalid  = access_q == AcReadEnd && rb_rvalid;

  // ---- The clocks of the register block and of the settings
  logic we_pending, cfg_clk, writing;
  prim_clk_gate #(.Gate(ClockGate), .Linger(1)) u_gate (
    .clk_i, .rst_ni, .clk_o(gclk),
    .wake_i(access_q != AcIdle || s_axil_awvalid || s_axil_arvalid || we_pending || busy ||
        soft_reset)
  );
  assign writing = access_q == AcWrite || access_q == AcWriteEnd || we_pending || busy;
  prim_clk_gate #(.Gate(ClockGate), .Linger(2)) u_cfg_gate (
    .clk_i, .rst_ni, .clk_o(cfg_clk), .wake_i(writing)
  );
  logic [1:0] wrote_q;                      // the stage follows the registers, the engine the stage
  always_ff @(posedge clk_i) begin
    if (!rst_ni) wrote_q <= '1;
    else wrote_q <= {wrote_q[0], writing};
  end
  assign cfg_wake_o = writing || wrote_q != '0;

  // ---- State, as it was when the access began
  csr_status_t          status_q;
  qp_status_t [Qps-1:0] qp_status_q;
  always_ff @(posedge gclk) begin
    if (access_q == AcSample) begin
      status_q      <= status_i;
      status_q.busy <= busy;
      qp_status_q   <= qp_status_i;
    end
  end

  // ---- Counters
  logic                ctr_read, ctr_ack;
  host_ctr_pkg::word_t ctr_word;
  logic [31:0]         ctr_data;
  logic                ctr_ack_q;
  logic [31:0]         ctr_data_q;
  host_ctr u_ctr (
    .clk_i, .rst_ni(regs_rst_n), .busy_o(ctr_busy), .ctr_i, .gauge_i(status_q.tw_max_probe),
    .rd_valid_i(ctr_read), .rd_word_i(ctr_word), .rd_ack_o(ctr_ack), .rd_data_o(ctr_data)
  );

  always_ff @(posedge gclk) begin
    ctr_ack_q <= ctr_ack && regs_rst_n;
    if (ctr_ack) ctr_data_q <= ctr_data;
  end

  // ---- The generated block
  toe_regs_pkg::toe_regs__in_t  regs_in;
  toe_regs_pkg::toe_regs__out_t regs_out;
  assign ctr_read = regs_out.counters.req && !regs_out.counters.req_is_wr;
  assign ctr_word = regs_out.counters.addr[8:2];
  typedef struct packed {
    toe_pkg::net_ctl_t          net;
    toe_pkg::tcp_ctl_t          tcp;
    toe_pkg::tw_ctl_t           tw;
    toe_pkg::qp_ctl_t [Qps-1:0] qp;
    toe_pkg::admin_ctl_t        admin;
    toe_pkg::trace_ctl_t        trace;
  } settings_t;
  toe_pkg::net_ctl_t            net;
  toe_pkg::tcp_ctl_t            tcp;
  toe_pkg::tw_ctl_t             tw;
  toe_pkg::qp_ctl_t [Qps-1:0]   qp;
  toe_pkg::admin_ctl_t          admin;
  toe_pkg::trace_ctl_t          trace;

  host_csr_map #(.Cfg(Cfg)) u_map (
    .net_o(net), .tcp_o(tcp), .tw_o(tw), .qp_o(qp), .admin_o(admin), .trace_o(trace), .fw_hold_o,
    .soft_reset_o(soft_reset),
    .status_i(status_q), .qp_i(qp_status_q), .ctr_ack_i(ctr_ack_q), .ctr_data_i(ctr_data_q),
    .out_i(regs_out), .in_o(regs_in)
  );

  toe_regs u_regs (
    .clk(gclk), .rst_n(regs_rst_n),
    .s_axil_awready(rb_awready), .s_axil_awvalid(access_q == AcWrite),
    .s_axil_awaddr(s_axil_awaddr[14:0]),
    .s_axil_awprot, .s_axil_wready(rb_wready), .s_axil_wvalid(access_q == AcWrite), .s_axil_wdata,
    .s_axil_wstrb,
    .s_axil_bready(s_axil_bready && access_q == AcWriteEnd), .s_axil_bvalid(rb_bvalid),
    .s_axil_bresp,
    .s_axil_arready(rb_arready), .s_axil_arvalid(access_q == AcRead),
    .s_axil_araddr(s_axil_araddr[14:0]),
    .s_axil_arprot, .s_axil_rready(s_axil_rready && access_q == AcReadEnd),
    .s_axil_rvalid(rb_rvalid), .s_axil_rdata,
    .s_axil_rresp,
    .hwif_in(regs_in), .hwif_out(regs_out)
  );

  // The pulse one cycle later, when the register has its new value.
  logic [Qps-1:0] evq_we_q;
  logic           acq_we_q;
  always_ff @(posedge gclk) begin
    if (!regs_rst_n) begin
      evq_we_q <= '0;
      acq_we_q <= 1'b0;
    end else begin
      for (int q = 0; q < int'(Qps); q++) evq_we_q[q] <= qp[q].evq_head_we;
      acq_we_q <= admin.acq_head_we;
    end
  end
  assign we_pending = evq_we_q != '0 || acq_we_q;

  settings_t set, set_q;
  always_comb begin
    set = '{net: net, tcp: tcp, tw: tw, qp: qp, admin: admin, trace: trace};
    for (int q = 0; q < int'(Qps); q++) set.qp[q].evq_head_we = evq_we_q[q];
    set.admin.acq_head_we = acq_we_q;
  end
  if (ClockGate) begin : g_stage
    always_ff @(posedge cfg_clk) set_q <= set;
  end else begin : g_direct
    logic unused_clk;
    assign unused_clk = cfg_clk;
    assign set_q      = set;
  end
  assign {net_o, tcp_o, tw_o, qp_o, admin_o, trace_o} = set_q;

  // Work that a doorbell starts shows within a round of the queue pairs.
  logic [5:0] linger_q;
  always_ff @(posedge clk_i) begin
    if (!rst_ni || !access_idle || busy) linger_q <= '1;
    else if (linger_q != '0) linger_q <= linger_q - 1'b1;
  end
  assign idle_o = linger_q == '0 && !s_axil_awvalid && !s_axil_arvalid;

  `TOE_ASSERT(RegsReady_A, (access_q != AcWrite || (rb_awready && rb_wready)) &&
      (access_q != AcRead || rb_arready))
  prim_stream_chk #(.Width(34)) u_r_chk (
    .clk_i, .rst_ni, .valid_i(s_axil_rvalid), .ready_i(s_axil_rready),
    .data_i({s_axil_rresp, s_axil_rdata})
  );

  logic unused;
  assign unused = ^{s_axil_awaddr[15], s_axil_araddr[15]};

endmodule
