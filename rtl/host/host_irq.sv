// SPDX-License-Identifier: Apache-2.0
// Interrupts: one a queue pair and one for the admin queue, each with its own moderation.
// Contract: set_* (a record is in memory) makes an interrupt pending. It is raised when its source
// is armed and moderation_us have passed since the last one; raising disarms. A write of the event
// head arms again and forgets what is pending if the host has seen every event, or if one is still
// to be written (evq_waits_i), which will set again. So an interrupt is never lost and never
// repeated for events that were seen. set_* and the doorbells are never held up; irq_* is a stream.
// next_deadline_*: end of the earliest moderation that holds an interrupt back. A disabled queue
// pair has nothing pending and is armed. Reset: all armed, nothing pending.
`include "toe_assert.svh"
module host_irq #(
  parameter int unsigned Qps = 4
) (
  input  logic                       clk_i,
  input  logic                       rst_ni,
  input  logic [47:0]                now_us_i,
  input  toe_pkg::qp_ctl_t [Qps-1:0] qp_i,
  input  logic [Qps-1:0][31:0]       evq_tail_i,
  input  logic [Qps-1:0]             evq_waits_i,
  input  toe_pkg::admin_ctl_t        admin_i,

  // A record with interrupt has been acknowledged
  input  logic                       set_i,
  input  logic [4:0]                 set_id_i,

  // Requests
  output logic                       irq_valid_o,
  input  logic                       irq_ready_i,
  output logic [5:0]                 irq_vector_o,

  output logic                       idle_o,
  output logic                       next_deadline_valid_o,
  output logic [47:0]                next_deadline_us_o,
  output host_pkg::irq_ctr_t         ctr_o
);

  localparam int unsigned N   = Qps + 1;    // the last one is the admin queue
  localparam int unsigned IdW = $clog2(N);

  logic [N-1:0]   pend_q, armed_q, mod_q, rearm, seen, off, want, held, set;
  logic [47:0]    until_q[N];
  logic [IdW-1:0] scan_q, pick, set_id;
  logic           fire;
  logic [15:0]    moderation;

  assign set_id = (set_id_i == 5'(host_pkg::AdminId)) ? IdW'(Qps) : IdW'(set_id_i);
  always_comb begin
    set = '0;
    if (set_i) set[set_id] = 1'b1;
  end

  always_comb begin
    for (int q = 0; q < int'(Qps); q++) begin
      rearm[q] = qp_i[q].evq_head_we;
      off[q]   = !qp_i[q].enable;
    end
    rearm[Qps] = admin_i.acq_head_we;
    off[Qps]   = !admin_i.enable;
  end
  always_comb begin
    seen = '0;
    if (rearm != '0) begin
      for (int q = 0; q < int'(Qps); q++)
        seen[q] = rearm[q] && (qp_i[q].evq_head == evq_tail_i[q] || evq_waits_i[q]);
    end
  end

  assign want = pend_q & armed_q & ~mod_q;
  assign held = pend_q & armed_q & mod_q;
  assign fire = want != '0 && (!irq_valid_o || irq_ready_i);
  always_comb begin
    pick = '0;
    if (want != '0) begin
      for (int i = int'(N) - 1; i >= 0; i--) if (want[i]) pick = IdW'(i);
    end
  end
  always_comb begin
    moderation = '0;
    for (int q = 0; q < int'(Qps); q++) if (pick == IdW'(q)) moderation = qp_i[q].moderation_us;
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      pend_q      <= '0;
      armed_q     <= '1;
      mod_q       <= '0;
      scan_q      <= '0;
      irq_valid_o <= 1'b0;
    end else begin
      scan_q <= (scan_q == IdW'(N - 1)) ? '0 : scan_q + 1'b1;
      if (mod_q != '0 && mod_q[scan_q] && now_us_i >= until_q[scan_q]) mod_q[scan_q] <= 1'b0;
      pend_q  <= ((pend_q & ~seen) | set) & ~off;
      armed_q <= armed_q | rearm | off;
      if (irq_ready_i) irq_valid_o <= 1'b0;
      if (fire) begin
        irq_valid_o   <= 1'b1;
        pend_q[pick]  <= set[pick];
        armed_q[pick] <= rearm[pick];
        mod_q[pick]   <= moderation != '0;
      end
    end
    if (fire) begin
      until_q[pick] <= now_us_i + 48'(moderation);
      irq_vector_o  <= admin_i.vector;
      for (int q = 0; q < int'(Qps); q++) if (pick == IdW'(q)) irq_vector_o <= qp_i[q].vector;
    end
  end

  always_comb begin
    next_deadline_us_o = '1;
    if (held != '0) begin
      for (int i = 0; i < int'(N); i++) begin
        if (held[i] && until_q[i] < next_deadline_us_o) next_deadline_us_o = until_q[i];
      end
    end
  end
  assign next_deadline_valid_o = held != '0;
  // A moderation that has ended but has not been noticed counts as work.
  assign idle_o     = want == '0 && !irq_valid_o && !(held != '0 && next_deadline_us_o <= now_us_i);
  assign ctr_o.irqs = irq_valid_o && irq_ready_i;

  logic unused;
  assign unused = ^admin_i;

  prim_stream_chk #(.Width(6)) u_irq_chk (
    .clk_i, .rst_ni, .valid_i(irq_valid_o), .ready_i(irq_ready_i), .data_i(irq_vector_o)
  );

endmodule
