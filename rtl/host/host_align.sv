// SPDX-License-Identifier: Apache-2.0
// Takes byte runs that start anywhere in a beat and packs each from byte 0.
// Contract: in: the beats that cover a run, in_first_i with its offset, length and tag; out:
// ceil(len/W) beats, all but the last full. One input beat a cycle without a gap between runs; two
// cycles of latency. Back-pressure: out_ready_i reaches in_ready_o combinationally, all other
// outputs are registers. in_err_i of any beat appears with out_last_o. Nothing is dropped. Reset
// empties it.
`include "toe_assert.svh"
module host_align #(
  parameter int unsigned DataW = 64,
  parameter int unsigned LenW  = 20,
  parameter int unsigned TagW  = 3,
  localparam int unsigned W    = DataW / 8,
  localparam int unsigned OffW = $clog2(W)
) (
  input  logic             clk_i,
  input  logic             rst_ni,

  input  logic             in_valid_i,
  output logic             in_ready_o,
  input  logic [DataW-1:0] in_data_i,
  input  logic             in_first_i,
  input  logic [OffW-1:0]  in_off_i,
  input  logic [LenW-1:0]  in_len_i,
  input  logic [TagW-1:0]  in_tag_i,
  input  logic             in_err_i,

  output logic             out_valid_o,
  input  logic             out_ready_i,
  output logic [DataW-1:0] out_data_o,
  output logic [W-1:0]     out_keep_o,
  output logic             out_last_o,
  output logic [TagW-1:0]  out_tag_o,
  output logic             out_err_o,
  output logic             busy_o
);

  // hold_q: a beat of which bytes [off_q, W) are still to go; rem_q bytes of the run are still to
  // go.
  logic             hold_valid_q, err_q;
  logic [DataW-1:0] hold_q;
  logic [OffW-1:0]  off_q;
  logic [LenW-1:0]  rem_q;
  logic [TagW-1:0]  tag_q;

  logic             out_free, final_beat, alone, emit, load;
  logic [OffW:0]    n_out;                  // bytes of the next output beat

  assign out_free   = !out_valid_o || out_ready_i;
  assign final_beat = rem_q <= LenW'(W);
  assign n_out      = final_beat ? rem_q[OffW:0] : (OffW+1)'(W);
  assign alone      = (OffW+2)'(n_out) + (OffW+2)'(off_q) <= (OffW+2)'(W);
  assign emit       = hold_valid_q && out_free && (alone || in_valid_i);
  assign in_ready_o = !hold_valid_q || emit;
  assign load       = in_valid_i && in_ready_o;
  assign busy_o     = hold_valid_q || out_valid_o;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      hold_valid_q <= 1'b0;
      out_valid_o  <= 1'b0;
    end else begin
      if (out_free) out_valid_o <= emit;
      // A beat that completes a run together with the held one is used up at once.
      if (load) hold_valid_q <= !(emit && !alone && final_beat);
      else if (emit) hold_valid_q <= 1'b0;
    end
    if (emit) begin
      out_data_o <= DataW'({in_data_i, hold_q} >> {off_q, 3'b000});
      out_keep_o <= W'(~({W{1'b1}} << n_out));
      out_last_o <= final_beat;
      out_tag_o  <= tag_q;
      out_err_o  <= err_q || (!alone && in_err_i);
    end
    if (emit) rem_q <= rem_q - LenW'(W);    // meaningless after the last beat
    if (load) begin
      hold_q <= in_data_i;
      err_q  <= in_err_i || (err_q && !in_first_i);
      if (in_first_i) begin
        off_q <= in_off_i;
        rem_q <= in_len_i;
        tag_q <= in_tag_i;
      end
    end
  end

  // Only for the assertions: no run is in progress.
  logic between_q, between;
  assign between = between_q || (emit && alone && final_beat);
  always_ff @(posedge clk_i) begin
    if (!rst_ni) between_q <= 1'b1;
    else if (load && in_first_i) between_q <= 1'b0;
    else if (emit && final_beat) between_q <= 1'b1;
  end
  `TOE_ASSERT(RunStarts_A, !load || in_first_i == between)
  `TOE_ASSERT(NotEmpty_A, !(load && in_first_i && in_len_i == '0))
  prim_stream_chk #(.Width(DataW + W + 2)) u_out_chk (
    .clk_i, .rst_ni, .valid_i(out_valid_o), .ready_i(out_ready_i),
    .data_i({out_data_o, out_keep_o, out_last_o, out_err_o})
  );

endmodule
