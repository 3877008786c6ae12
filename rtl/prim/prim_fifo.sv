// SPDX-License-Identifier: Apache-2.0
// Synchronous FIFO with valid/ready on both sides.
// Contract: one word a cycle in and out, order kept, nothing lost. in_ready_o depends on registers
// only, out_valid_o and out_o too (no combinational path crosses). Ram = 0: registers or
// distributed RAM, a word is at the output one cycle after it went in. Ram = 1: block RAM, up to
// three cycles after. Depth words fit at least (Ram = 1 holds two more in its output stage).
// level_o counts the words inside. Reset empties it; data is not reset.
`include "toe_assert.svh"
module prim_fifo #(
  parameter int unsigned Width = 8,
  parameter int unsigned Depth = 4,
  parameter bit          Ram   = 1'b0,
  localparam int unsigned LevelW = $clog2(Depth + 3)
) (
  input  logic              clk_i,
  input  logic              rst_ni,
  input  logic              in_valid_i,
  output logic              in_ready_o,
  input  logic [Width-1:0]  in_i,
  output logic              out_valid_o,
  input  logic              out_ready_i,
  output logic [Width-1:0]  out_o,
  output logic [LevelW-1:0] level_o
);

  localparam int unsigned PtrW = (Depth > 1) ? $clog2(Depth) : 1;
  localparam logic [PtrW-1:0] LastPtr = PtrW'(Depth - 1);

  logic [PtrW-1:0]   wptr_q, rptr_q;
  logic [LevelW-1:0] stored_q;          // words in the memory
  logic              push, pop;         // of the memory

  function automatic logic [PtrW-1:0] next(logic [PtrW-1:0] ptr);
    return (ptr == LastPtr) ? '0 : ptr + 1'b1;
  endfunction

  assign in_ready_o = stored_q != LevelW'(Depth);
  assign push       = in_valid_i && in_ready_o;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      wptr_q   <= '0;
      rptr_q   <= '0;
      stored_q <= '0;
    end else begin
      if (push) wptr_q <= next(wptr_q);
      if (pop) rptr_q <= next(rptr_q);
      if (push && !pop) stored_q <= stored_q + 1'b1;
      if (!push && pop) stored_q <= stored_q - 1'b1;
    end
  end

  if (!Ram) begin : g_reg
    logic [Width-1:0] mem[Depth];

    always_ff @(posedge clk_i) if (push) mem[wptr_q] <= in_i;

    assign out_valid_o = stored_q != '0;
    assign out_o       = mem[rptr_q];
    assign pop         = out_valid_o && out_ready_i;
    assign level_o     = stored_q;
  end else begin : g_ram
    // Two output registers behind the RAM's own: a read starts whenever, at its arrival, a place is
    // free.
    logic [Width-1:0]      rdata;
    logic                  flight_q;        // rdata is a word that nobody has taken yet
    logic [1:0][Width-1:0] out_q;
    logic [1:0]            held_q;          // words in out_q
    logic                  out_pop;
    logic [1:0]            after;  // words in out_q after this cycle's arrival and departure

    assign out_valid_o = held_q != '0;
    assign out_o       = out_q[0];
    assign out_pop     = out_valid_o && out_ready_i;
    assign after       = held_q + 2'(flight_q) - 2'(out_pop);
    assign pop         = stored_q != '0 && after < 2'd2;
    assign level_o     = stored_q + LevelW'(held_q) + LevelW'(flight_q);

    prim_ram_1r1w #(.Width(Width), .Depth(Depth), .WriteFirst(1'b0)) u_ram (
      .clk_i, .rst_ni,
      .we_i(push), .waddr_i(wptr_q), .wdata_i(in_i),
      .re_i(pop), .raddr_i(rptr_q), .rdata_o(rdata)
    );

    always_ff @(posedge clk_i) begin
      if (!rst_ni) begin
        flight_q <= 1'b0;
        held_q   <= '0;
      end else begin
        flight_q <= pop;
        held_q   <= after;
      end
      if (out_pop) out_q[0] <= out_q[1];
      if (flight_q) begin
        if (held_q - 2'(out_pop) == 2'd0) out_q[0] <= rdata;
        else out_q[1] <= rdata;
      end
    end
    `TOE_ASSERT(OutputRoom_A, held_q <= 2'd2 && !(held_q == 2'd2 && flight_q && !out_pop))
  end

  `TOE_ASSERT(Level_A, stored_q <= LevelW'(Depth))
  `TOE_COVER(Full_C, !in_ready_o && in_valid_i)
  prim_stream_chk #(.Width(Width)) u_fifo_chk (
    .clk_i, .rst_ni, .valid_i(out_valid_o), .ready_i(out_ready_i), .data_i(out_o)
  );

endmodule
