// SPDX-License-Identifier: Apache-2.0
// The counters: narrow accumulators that count every cycle, totals in a RAM.
// Contract: every increment is counted exactly once. A read (rd_valid_i, one cycle) is answered two
// cycles later (rd_ack_o, one cycle) with the total up to the cycle of the request. An accumulator
// that is a quarter full starts a walk over all of them, one a cycle, which empties them into the
// totals; reads go first. Byte increments are below 2^14. Reset clears; while busy_o, one cycle a
// total, reads give zero.
`include "toe_assert.svh"
module host_ctr (
  input  logic                   clk_i,
  input  logic                   rst_ni,
  output logic                   busy_o,
  input  host_ctr_pkg::toe_ctr_t ctr_i,
  input  logic [31:0]            gauge_i,     // what GaugeWord shows
  input  logic                   rd_valid_i,
  input  host_ctr_pkg::word_t    rd_word_i,
  output logic                   rd_ack_o,
  output logic [31:0]            rd_data_o
);

  import host_ctr_pkg::*;

  localparam int unsigned N     = Ctrs;
  localparam int unsigned B     = ByteCtrs;
  // A walk that a fast counter misses, another one, and a read in every fifth cycle: below 300
  // cycles of at most 3, or 2^14 bytes, after the mark.
  localparam int unsigned AccW  = 11;
  localparam int unsigned ByteW = 23;
  localparam places_t     Place = places();
  localparam word_t       Last  = 7'(Words - 1);

  logic [N-1:0][1:0]       step;
  logic [B-1:0][15:0]      bytes;
  logic [N-1:0][AccW-1:0]  acc_q;
  logic [B-1:0][ByteW-1:0] byte_q;
  logic                    any, full_q, clear_q, walking_q;
  word_t                   walk_q;

  assign {bytes, step} = ctr_i;
  assign any           = ctr_i != '0;
  assign busy_o        = clear_q;

  // ---- First cycle: an accumulator is taken, its total read
  logic             take, gauge;
  word_t            word;
  logic [6:0]       place;
  logic [2:0]       nth;                      // of the byte counts
  logic [ByteW-1:0] taken;
  assign take  = (rd_valid_i || walking_q) && !clear_q;
  assign word  = rd_valid_i ? rd_word_i : walk_q;
  assign gauge = word == 7'(GaugeWord);
  assign place = Place[word];
  assign nth   = 3'(place - 7'(N));

  always_comb begin
    taken = '0;
    if (take) taken = place < 7'(N) ? ByteW'(acc_q[place]) : byte_q[nth];
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      acc_q  <= '0;
      byte_q <= '0;
      full_q <= 1'b0;
    end else begin
      if (walking_q) full_q <= 1'b0;
      if (any) begin
        for (int i = 0; i < int'(N); i++) begin
          if (step[i] != '0) begin
            acc_q[i] <= acc_q[i] + AccW'(step[i]);
            if (acc_q[i][AccW-1:AccW-2] != '0) full_q <= 1'b1;
          end
        end
        for (int i = 0; i < int'(B); i++) begin
          if (bytes[i] != '0) begin
            byte_q[i] <= byte_q[i] + ByteW'(bytes[i]);
            if (byte_q[i][ByteW-1:ByteW-2] != '0) full_q <= 1'b1;
          end
        end
      end
      if (take && !gauge) begin
        if (place < 7'(N)) acc_q[place] <= AccW'(step[place]);
        else byte_q[nth] <= ByteW'(bytes[nth]);
      end
    end
  end

  // ---- Second cycle: the sum is written back, and answers
  logic             take_q, read_q, gauge_q;
  word_t            word_q;
  logic [31:0]      taken_q, total, sum;
  assign sum = taken_q + (gauge_q || clear_q ? '0 : total);

  prim_ram_1r1w #(.Width(32), .Depth(Words)) u_total (
    .clk_i, .rst_ni,
    .we_i((take_q && !gauge_q) || clear_q), .waddr_i(clear_q ? walk_q : word_q),
    .wdata_i(clear_q ? '0 : sum),
    .re_i(take), .raddr_i(word), .rdata_o(total)
  );

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      clear_q   <= 1'b1;
      walking_q <= 1'b0;
      walk_q    <= '0;
      take_q    <= 1'b0;
      read_q    <= 1'b0;
      rd_ack_o  <= 1'b0;
    end else begin
      take_q   <= take;
      read_q   <= rd_valid_i;
      rd_ack_o <= read_q;
      if (clear_q || (walking_q && !rd_valid_i)) begin
        walk_q <= walk_q + 7'd1;
        if (walk_q == Last) begin
          walk_q    <= '0;
          clear_q   <= 1'b0;
          walking_q <= 1'b0;
        end
      end
      if (full_q && !walking_q && !clear_q) walking_q <= 1'b1;
    end
    if (take || rd_valid_i) begin
      word_q  <= word;
      gauge_q <= gauge;
      taken_q <= take && gauge ? gauge_i : 32'(taken);
    end
    if (read_q) rd_data_o <= sum;
  end

  logic [15:0] largest;
  assign largest = bytes[0] | bytes[1] | bytes[2] | bytes[3] | bytes[4] | bytes[5] | bytes[6];
  `TOE_ASSERT(BytesSmall_A, largest < 16'h4000)
  `TOE_ASSERT(WordExists_A, !rd_valid_i || rd_word_i <= Last)
  `TOE_COVER(WalkAndRead_C, walking_q && rd_valid_i)

endmodule
