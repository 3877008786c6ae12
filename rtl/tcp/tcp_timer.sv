// SPDX-License-Identifier: Apache-2.0
// Finds expired timers: scans a copy of the deadlines, one slot a cycle, and reports slots; tells
// the earliest deadline.
// Contract: a due slot is reported at most one scan after it is due, again until its entry is
//   rewritten; the receiver checks. A scan covers the slots up to the highest one that ever had a
//   timer. It stops, and clean_o rises, when a whole scan saw neither a change nor a due timer; a
//   write or the arrival of next_us_o starts it again. now_us_i may jump forward. Reset: no slots;
//   entries are written before they are scanned.
`include "toe_assert.svh"
module tcp_timer
  import toe_pkg::*;
  import tcp_pkg::*;
#(
  parameter int unsigned Sessions = 64
) (
  input  logic        clk_i,
  input  logic        rst_ni,
  input  logic [47:0] now_us_i,
  input  logic        we_i,
  input  slot_t       wslot_i,
  input  timer_t      wtimer_i,
  output logic        due_valid_o,
  input  logic        due_ready_i,
  output slot_t       due_slot_o,
  output logic        clean_o,
  output logic        next_valid_o,
  output logic [47:0] next_us_o
);

  localparam int unsigned SlotW = $clog2(Sessions);

  logic [SlotW:0] top_q;                     // slots to scan
  slot_t          idx_q, rd_slot_q;
  logic           rd_q, rd_last_q, hold, any_on, dirty_q, clean_q, busy, start;
  timer_t         t;
  logic           due_q;
  slot_t          due_slot_q;

  assign any_on = wtimer_i.rtx_on || wtimer_i.delack_on || wtimer_i.keep_on || wtimer_i.pace_on;
  assign busy   = !clean_q;
  assign start  = busy && !hold && top_q != '0;

  prim_ram_1r1w #(.Width($bits(timer_t)), .Depth(Sessions)) u_ram (
    .clk_i, .rst_ni,
    .we_i(we_i), .waddr_i(wslot_i[SlotW-1:0]), .wdata_i(wtimer_i),
    .re_i(start), .raddr_i(idx_q[SlotW-1:0]), .rdata_o(t)
  );

  // Deadlines as absolute times: the distance is signed, so a time that has passed lies behind.
  function automatic logic [47:0] abs_us(logic [47:0] now, us_t deadline);
    logic [31:0] d;
    d = deadline - now[31:0];
    return now + {{16{d[31]}}, d};
  endfunction
  function automatic logic [47:0] abs_tick(logic [47:0] now, logic [31:0] deadline);
    logic [31:0] d;
    d = deadline - now[41:10];
    return {now[47:10] + {{6{d[31]}}, d}, 10'd0};
  endfunction
  function automatic logic before48(logic [47:0] a, logic [47:0] b);
    logic [47:0] d;
    d = a - b;
    return d[47];
  endfunction

  logic [47:0] first;                        // earliest of the slot that was read
  logic        first_on, due;
  logic [47:0] min_q, next_q;
  logic        min_on_q, next_on_q, min_on;
  logic [47:0] min;
  logic        seen;
  always_comb begin
    first    = '0;
    first_on = 1'b0;
    due      = 1'b0;
    min_on   = min_on_q;
    min      = min_q;
    seen     = dirty_q || we_i;
    if (rd_q) begin
      if (t.rtx_on) begin
        first    = abs_us(now_us_i, t.rtx);
        first_on = 1'b1;
      end
      if (t.delack_on && (!first_on || before48(abs_us(now_us_i, t.delack), first))) begin
        first    = abs_us(now_us_i, t.delack);
        first_on = 1'b1;
      end
      if (t.pace_on && (!first_on || before48(abs_us(now_us_i, t.pace), first))) begin
        first    = abs_us(now_us_i, t.pace);
        first_on = 1'b1;
      end
      if (t.keep_on && (!first_on || before48(abs_tick(now_us_i, t.keep), first))) begin
        first    = abs_tick(now_us_i, t.keep);
        first_on = 1'b1;
      end
      due = first_on && !before48(now_us_i, first);
      if (first_on && (!min_on_q || before48(first, min_q))) begin
        min    = first;
        min_on = 1'b1;
      end
      if (due) seen = 1'b1;
    end
  end
  assign hold = rd_q && due && due_q && !due_ready_i;   // the entry read waits in the RAM's output

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      top_q     <= '0;
      idx_q     <= '0;
      rd_q      <= 1'b0;
      due_q     <= 1'b0;
      dirty_q   <= 1'b0;
      clean_q   <= 1'b1;
      min_on_q  <= 1'b0;
      next_on_q <= 1'b0;
    end else begin
      if (due_q && due_ready_i) due_q <= 1'b0;
      if (we_i && any_on && 32'(wslot_i) >= 32'(top_q))
        top_q <= wslot_i[SlotW-1:0] + (SlotW + 1)'(1);
      if (!hold) rd_q <= start;
      if (start) begin
        idx_q     <= (32'(idx_q) + 32'd1 >= 32'(top_q)) ? '0 : idx_q + 16'd1;
        rd_slot_q <= idx_q;
        rd_last_q <= 32'(idx_q) + 32'd1 >= 32'(top_q);
      end
      dirty_q <= seen;
      if (rd_q && !hold) begin
        if (due) begin
          due_q      <= 1'b1;
          due_slot_q <= rd_slot_q;
        end
        min_on_q <= min_on;
        min_q    <= min;
        if (rd_last_q) begin
          // A write during this last cycle belongs to the next scan as well.
          if (!seen) begin
            clean_q   <= 1'b1;
            next_on_q <= min_on;
            next_q    <= min;
            rd_q      <= 1'b0;
            idx_q     <= '0;
          end
          dirty_q  <= we_i;
          min_on_q <= 1'b0;
        end
      end
      if (clean_q) dirty_q <= 1'b0;
      if (we_i || (clean_q && next_on_q && !before48(now_us_i, next_q))) begin
        clean_q  <= 1'b0;
        dirty_q  <= we_i && !clean_q;
      end
    end
  end

  assign due_valid_o  = due_q;
  assign due_slot_o   = due_slot_q;
  assign clean_o      = (clean_q && !(next_on_q && !before48(now_us_i, next_q))) || top_q == '0;
  assign next_valid_o = next_on_q && clean_q;
  assign next_us_o    = next_q;

  prim_stream_chk #(.Width(16)) u_due_chk (
    .clk_i, .rst_ni, .valid_i(due_valid_o), .ready_i(due_ready_i), .data_i(due_slot_o)
  );

endmodule
