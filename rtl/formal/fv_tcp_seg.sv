// SPDX-License-Identifier: Apache-2.0
// Proof of tcp_seg: what it reads is inside the session's ring, and the one or two reads of a
// segment are its bytes, in order, none twice and none missing.
// Contract: proofs only. The ring of each session is of the solver's choice, aligned to its
// granule (4 KiB) as the session image must have it, 4 KiB to 2 GiB; a segment is not longer than
// its ring (tcp_out sends no more than the ring holds); sequence numbers are any.
`include "toe_assert.svh"
module fv_tcp_seg
  import toe_pkg::*;
  import tcp_pkg::*;
(
  input logic      clk_i,
  input logic      again_i,
  input logic      tx_valid_i,
  input tx_cmd_t   tx_i,
  input cold_seg_t cold_i,
  input nexthop_t  nh_i,
  input logic      rd_ready_i,
  input logic      frame_ready_i,
  input logic      done_ready_i,
  input logic      pay_ready_i,
  input logic      fence_ready_i,
  input logic      fault_ready_i
);
  logic rst_ni, tx_ready;
  fv_reset u_reset (.clk_i, .again_i, .rst_no(rst_ni));
  tcp_seg u_dut (
    .clk_i, .rst_ni, .idle_o(), .ctr_o(), .tx_valid_i, .tx_ready_o(tx_ready), .tx_i,
    .fence_valid_o(), .fence_ready_i, .fence_o(), .fault_valid_o(), .fault_ready_i, .fault_o(),
    .cold_re_o(), .cold_slot_o(), .cold_i, .nh_re_o(), .nh_index_o(), .nh_i,
    .rd_valid_o(), .rd_ready_i, .rd_o(), .rd_data_valid_i(1'b0), .rd_data_ready_o(),
    .rd_data_i('0), .rd_keep_i('0), .rd_last_i(1'b0), .rd_err_i(1'b0),
    .frame_valid_o(), .frame_ready_i, .frame_o(), .done_valid_o(), .done_ready_i, .done_o(),
    .pay_valid_o(), .pay_ready_i, .pay_data_o(), .pay_bytes_o(), .pay_end_o(), .pay_last_o()
  );

  // ---- What is asked: rings as they are registered, segments no longer than they
  function automatic logic ring_ok(cold_seg_t c, logic [15:0] len);
    return c.tx_ring_log2 >= 5'd12 && c.tx_ring_log2 <= 5'd31 && c.tx_ring[11:0] == '0 &&
        c.tx_ring[63:48] == '0 && 33'(len) <= 33'd1 << c.tx_ring_log2;
  endfunction
  `TOE_ASSUME(Ring_M, !u_dut.v1_q || ring_ok(cold_i, u_dut.cmd1_q.payload_len))
  `TOE_ASSERT(Ring_A, !u_dut.v2_q || ring_ok(u_dut.cold2_q, u_dut.cmd2_q.payload_len))

  // ---- What is read
  logic [63:0] base, size, addr;
  logic [31:0] at;                             // of the segment's first byte, in the ring
  logic [15:0] len;
  assign base = u_dut.cold2_q.tx_ring;
  assign size = 64'd1 << u_dut.cold2_q.tx_ring_log2;
  assign addr = u_dut.rd_in.addr;
  assign len  = u_dut.piece_len;
  assign at   = (u_dut.cmd2_q.tcp.seq - u_dut.cold2_q.tx_seq0) & (32'(size) - 32'd1);

  logic [15:0] read_q;                         // bytes of the segment already asked for
  always_ff @(posedge clk_i) begin
    if (!rst_ni || u_dut.go_hdr) read_q <= '0;
    else if (u_dut.go_piece) read_q <= read_q + len;
  end
  `TOE_ASSERT(Second_A, u_dut.second_q ?
      u_dut.v2_q && !u_dut.cmd2_q.fence && u_dut.fresh && u_dut.wraps &&
          read_q == u_dut.first_len :
      read_q == '0)
  `TOE_ASSERT(Inside_A, !u_dut.go_piece || (u_dut.rd_in.len == 20'(len) && len != '0 &&
      addr >= base && addr + 64'(len) <= base + size))
  `TOE_ASSERT(Bytes_A, !u_dut.go_piece ||
      addr == base + ((64'(at) + 64'(read_q)) & (size - 64'd1)))
  `TOE_ASSERT(All_A, !u_dut.go_hdr || read_q + (u_dut.go_piece ? len : 16'd0) ==
      u_dut.cmd2_q.payload_len)
  `TOE_COVER(Wraps_C, u_dut.go_piece && u_dut.second_q)
  `TOE_COVER(Last_C, u_dut.go_piece && addr + 64'(len) == base + size && !u_dut.wraps)
endmodule
