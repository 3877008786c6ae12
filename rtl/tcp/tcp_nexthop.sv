// SPDX-License-Identifier: Apache-2.0
// Next-hop table: one write port, one read port for the pipeline (valid, MTU), one for the
// segmenter (whole entry).
// Contract: read data one cycle after the index; an index beyond the table reads as not valid. A
//   read in the cycle of a write to the same entry gives the new entry. Reset: no entry is valid.
module tcp_nexthop
  import toe_pkg::*;
#(
  parameter toe_cfg_pkg::toe_cfg_t Cfg = toe_cfg_pkg::CfgSmall
) (
  input  logic        clk_i,
  input  logic        rst_ni,
  input  logic        we_i,
  input  logic [15:0] windex_i,
  input  nexthop_t    wentry_i,
  // Pipeline
  input  logic        pipe_re_i,
  input  logic [15:0] pipe_index_i,
  output logic        pipe_valid_o,
  output logic [15:0] pipe_mtu_o,
  // Segmenter
  input  logic        seg_re_i,
  input  logic [15:0] seg_index_i,
  output nexthop_t    seg_entry_o
);

  localparam int unsigned Depth = 32'(Cfg.Nexthops);
  localparam int unsigned IdxW  = $clog2(Depth);

  logic [Depth-1:0] valid_q;
  logic             we, pipe_ok_q, seg_ok_q;
  nexthop_t         seg_entry;

  assign we = we_i && 32'(windex_i) < Depth;

  prim_ram_1r1w #(.Width(16), .Depth(Depth)) u_mtu (
    .clk_i, .rst_ni,
    .we_i(we), .waddr_i(windex_i[IdxW-1:0]), .wdata_i(wentry_i.mtu),
    .re_i(pipe_re_i), .raddr_i(pipe_index_i[IdxW-1:0]), .rdata_o(pipe_mtu_o)
  );
  prim_ram_1r1w #(.Width($bits(nexthop_t)), .Depth(Depth)) u_entry (
    .clk_i, .rst_ni,
    .we_i(we), .waddr_i(windex_i[IdxW-1:0]), .wdata_i(wentry_i),
    .re_i(seg_re_i), .raddr_i(seg_index_i[IdxW-1:0]), .rdata_o(seg_entry)
  );

  function automatic logic valid_at(logic [Depth-1:0] valid, logic we_now, logic [15:0] windex,
      logic wvalid, logic [15:0] index);
    if (32'(index) >= Depth) return 1'b0;
    if (we_now && windex == index) return wvalid;
    return valid[index[IdxW-1:0]];
  endfunction

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      valid_q   <= '0;
      pipe_ok_q <= 1'b0;
      seg_ok_q  <= 1'b0;
    end else begin
      if (we) valid_q[windex_i[IdxW-1:0]] <= wentry_i.valid;
      if (pipe_re_i) pipe_ok_q <= valid_at(valid_q, we, windex_i, wentry_i.valid, pipe_index_i);
      if (seg_re_i) seg_ok_q <= valid_at(valid_q, we, windex_i, wentry_i.valid, seg_index_i);
    end
  end

  assign pipe_valid_o = pipe_ok_q;
  always_comb begin
    seg_entry_o       = seg_entry;
    seg_entry_o.valid = seg_ok_q;
  end

endmodule
