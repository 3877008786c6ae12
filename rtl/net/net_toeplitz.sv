// SPDX-License-Identifier: Apache-2.0
// Toeplitz hash of 288 bits under a 320-bit key (Microsoft RSS), carrying a word beside it.
// Contract: key bit 319 is the first bit of key byte 0; data bit 287 is the first bit on the wire.
// Steps cycles a hash, one more of latency: Steps = 1 takes one a cycle, larger values share the
// XOR tree. The key must not change while a hash is under way.
`include "toe_assert.svh"
module net_toeplitz #(
  parameter int unsigned Steps     = 1,      // divides 288
  parameter int unsigned SideW     = 1
) (
  input  logic             clk_i,
  input  logic             rst_ni,
  input  logic [319:0]     key_i,
  input  logic             in_valid_i,
  output logic             in_ready_o,
  input  logic [287:0]     data_i,
  input  logic             short_i,          // only the first 96 bits can be set
  input  logic [SideW-1:0] side_i,
  output logic             out_valid_o,
  input  logic             out_ready_i,
  output logic [31:0]      hash_o,
  output logic [SideW-1:0] side_o
);

  localparam int unsigned Bits = 288 / Steps;
  localparam int unsigned CntW = $clog2(Steps + 1);
  localparam int unsigned ShortSteps = (96 + Bits - 1) / Bits;
  `TOE_STATIC(StepsDivide_A, Bits * Steps == 288)

  // Hash of `Bits` bits of data under the first Bits + 32 bits of a key.
  function automatic logic [31:0] slice(logic [Bits-1:0] data, logic [Bits+31:0] key);
    logic [31:0] h;
    h = '0;
    for (int i = 0; i < int'(Bits); i++) begin
      if (data[Bits-1-i]) h ^= key[Bits+31-i-:32];
    end
    return h;
  endfunction

  logic             busy_q, done;
  logic [SideW-1:0] side_q;
  logic [31:0]      hash_q;

  if (Steps == 1) begin : g_one
    assign done       = 1'b1;
    assign in_ready_o = !busy_q || out_ready_i;
    always_ff @(posedge clk_i) begin
      if (in_valid_i && in_ready_o) hash_q <= slice(data_i, key_i);
    end
    logic unused_short;
    assign unused_short = short_i;
  end else begin : g_many
    logic [287:0]     data_q;
    logic [319:0]     key_q;                 // shifted along
    logic [CntW-1:0]  left_q;

    assign done       = left_q == '0;
    assign in_ready_o = !busy_q || (done && out_ready_i);
    always_ff @(posedge clk_i) begin
      if (in_valid_i && in_ready_o) begin
        data_q <= data_i;
        key_q  <= key_i;
        hash_q <= '0;
        left_q <= short_i ? CntW'(ShortSteps) : CntW'(Steps);
      end else if (!done) begin
        hash_q <= hash_q ^ slice(data_q[287-:Bits], key_q[319-:Bits+32]);
        data_q <= data_q << Bits;
        key_q  <= key_q << Bits;
        left_q <= left_q - 1'b1;
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) busy_q <= 1'b0;
    else if (in_valid_i && in_ready_o) busy_q <= 1'b1;
    else if (out_valid_o && out_ready_i) busy_q <= 1'b0;
    if (in_valid_i && in_ready_o) side_q <= side_i;
  end

  assign out_valid_o = busy_q && done;
  assign hash_o      = hash_q;
  assign side_o      = side_q;

  prim_stream_chk #(.Width(32 + SideW)) u_out_chk (
    .clk_i, .rst_ni, .valid_i(out_valid_o), .ready_i(out_ready_i), .data_i({hash_o, side_o})
  );

endmodule
