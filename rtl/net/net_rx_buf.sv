// SPDX-License-Identifier: Apache-2.0
// Store-and-forward frame buffer: a frame is written at once, kept or rolled back at its last beat,
// and read or skipped by its verdict.
// Contract: the write side never stalls: a frame that finds no room is rolled back (overflow_o with
// the last beat). Verdicts (fr_*) come in frame order, one for each kept frame, and are always
// taken. The read side gives one beat a cycle, frames back to back; a skipped frame costs one
// cycle. Registered outputs.
`include "toe_assert.svh"
module net_rx_buf #(
  parameter int unsigned DataW  = 64,
  parameter int unsigned Depth  = 2048,        // beats, a power of two
  parameter int unsigned Frames = 64,  // frames that may wait for their verdict or for the reader
  localparam int unsigned NB   = DataW / 8,
  localparam int unsigned CntW = $clog2(NB) + 1
) (
  input  logic                clk_i,
  input  logic                rst_ni,
  // write side
  input  logic                wr_valid_i,
  input  logic [DataW-1:0]    wr_data_i,
  input  logic                wr_last_i,
  input  logic                wr_bad_i,        // with last: roll back
  // combinational with wr_last_i: it is rolled back for want of room
  output logic                overflow_o,
  output logic                keep_o,          // combinational with wr_last_i: it stays
  output logic [15:0]         beats_o,  // combinational: beats of the frame including this one
  // verdicts
  input  logic                fr_valid_i,
  input  logic                fr_drop_i,
  input  logic [15:0]         fr_beats_i,
  input  logic [CntW-1:0]     fr_last_bytes_i,
  // read side
  output logic                data_valid_o,
  input  logic                data_ready_i,
  output logic [DataW-1:0]    data_o,
  output logic [NB-1:0]       data_keep_o,
  output logic                data_last_o,
  output logic                empty_o          // no frame is inside
);

  localparam int unsigned PtrW = $clog2(Depth);
  localparam int unsigned FrW  = PtrW + 1 + CntW + 1;
  localparam int unsigned FcW  = $clog2(Frames + 1);
  `TOE_STATIC(DepthPow2_A, (1 << PtrW) == Depth)

  // Pointers have one bit more than the address.
  logic [PtrW:0] wptr_q, start_q, rptr_q;
  logic          lost_q;                       // the running frame did not fit
  logic [FcW-1:0] frames_q;                    // kept frames not yet read or skipped
  logic          full, store, fr_done, fr_skip;

  assign full       = (wptr_q ^ rptr_q) == {1'b1, {PtrW{1'b0}}};
  assign store      = wr_valid_i && !full && !lost_q;
  assign overflow_o = full || lost_q || frames_q == FcW'(Frames);
  assign keep_o     = !overflow_o && !wr_bad_i;
  logic [PtrW:0] so_far;                       // beats of the frame so far; a cast would not wrap
  assign so_far     = wptr_q - start_q;
  assign beats_o    = 16'(so_far) + 16'd1;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      wptr_q  <= '0;
      start_q <= '0;
      lost_q  <= 1'b0;
    end else if (wr_valid_i) begin
      if (wr_last_i) begin
        lost_q <= 1'b0;
        wptr_q <= keep_o ? wptr_q + 1'b1 : start_q;
        if (keep_o) start_q <= wptr_q + 1'b1;
      end else begin
        if (store) wptr_q <= wptr_q + 1'b1;
        if (full) lost_q <= 1'b1;
      end
    end
  end

  // Verdicts
  logic            f_valid, f_take, f_drop, f_in_ready;
  logic [PtrW:0]   f_beats;
  logic [CntW-1:0] f_last_bytes;

  prim_fifo #(.Width(FrW), .Depth(Frames), .Ram(Frames > 32)) u_frames (
    .clk_i, .rst_ni,
    .in_valid_i(fr_valid_i), .in_ready_o(f_in_ready),
    .in_i({fr_drop_i, fr_last_bytes_i, fr_beats_i[PtrW:0]}),
    .out_valid_o(f_valid), .out_ready_i(f_take), .out_o({f_drop, f_last_bytes, f_beats}),
    .level_o()
  );
  `TOE_ASSERT(VerdictTaken_A, !fr_valid_i || f_in_ready)

  // Reader: as in prim_fifo, two output registers behind the RAM's own
  logic [PtrW:0]         done_q;               // beats of the frame at hand already asked for
  logic                  issue, at_last, flight_q, flight_last_q;
  logic [CntW-1:0]       flight_bytes_q;
  logic [DataW-1:0]      rdata;
  logic [1:0]            held_q, after;
  logic [1:0][DataW-1:0] out_q;
  logic [1:0]            out_last_q;
  logic [1:0][CntW-1:0]  out_bytes_q;
  logic                  out_pop;

  assign out_pop = data_valid_o && data_ready_i;
  assign after   = held_q + 2'(flight_q) - 2'(out_pop);
  assign at_last = done_q + 1'b1 == f_beats;
  assign fr_skip = f_valid && f_drop;
  assign issue   = f_valid && !f_drop && after < 2'd2;
  assign fr_done = issue && at_last;
  assign f_take  = fr_skip || fr_done;

  prim_ram_1r1w #(.Width(DataW), .Depth(Depth), .WriteFirst(1'b0)) u_ram (
    .clk_i, .rst_ni,
    .we_i(store), .waddr_i(wptr_q[PtrW-1:0]), .wdata_i(wr_data_i),
    .re_i(issue), .raddr_i(rptr_q[PtrW-1:0]), .rdata_o(rdata)
  );

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      rptr_q   <= '0;
      done_q   <= '0;
      flight_q <= 1'b0;
      held_q   <= '0;
      frames_q <= '0;
    end else begin
      if (fr_skip) rptr_q <= rptr_q + f_beats;
      else if (issue) rptr_q <= rptr_q + 1'b1;
      if (fr_done) done_q <= '0;
      else if (issue) done_q <= done_q + 1'b1;
      flight_q <= issue;
      held_q   <= after;
      frames_q <= frames_q + FcW'(wr_valid_i && wr_last_i && keep_o) - FcW'(f_take);
    end
    flight_last_q  <= at_last;
    flight_bytes_q <= f_last_bytes;
    if (out_pop) begin
      out_q[0]       <= out_q[1];
      out_last_q[0]  <= out_last_q[1];
      out_bytes_q[0] <= out_bytes_q[1];
    end
    if (flight_q) begin
      if (held_q - 2'(out_pop) == 2'd0) begin
        out_q[0]       <= rdata;
        out_last_q[0]  <= flight_last_q;
        out_bytes_q[0] <= flight_bytes_q;
      end else begin
        out_q[1]       <= rdata;
        out_last_q[1]  <= flight_last_q;
        out_bytes_q[1] <= flight_bytes_q;
      end
    end
  end

  assign data_valid_o = held_q != '0;
  assign data_o       = out_q[0];
  assign data_last_o  = out_last_q[0];
  always_comb begin
    for (int i = 0; i < int'(NB); i++) data_keep_o[i] = !out_last_q[0] || CntW'(i) < out_bytes_q[0];
  end
  assign empty_o = frames_q == '0 && held_q == '0 && !flight_q && wptr_q == start_q;

  logic unused;
  assign unused = ^fr_beats_i;

  `TOE_ASSERT(OutputRoom_A, held_q <= 2'd2 && !(held_q == 2'd2 && flight_q && !out_pop))
  `TOE_ASSERT(ReadBehindWrite_A, !issue || rptr_q != start_q)
  prim_stream_chk #(.Width(DataW + NB + 1)) u_data_chk (
    .clk_i, .rst_ni, .valid_i(data_valid_o), .ready_i(data_ready_i),
    .data_i({data_o, data_keep_o, data_last_o})
  );

endmodule
