// SPDX-License-Identifier: Apache-2.0
// Takes an 802.1Q tag out of a frame and measures the frame.
// Contract: combinational from input to output but for the bytes it carries over; one beat a cycle,
// one extra cycle at the end of a tagged frame whose last beat has more than four bytes. Only an
// outer tag 0x8100 is taken; a second tag stays. Beats stay full but the last.
module net_vlan_strip #(
  parameter int unsigned DataW    = 64,
  parameter int unsigned MaxFrame = 1536,      // bytes on the wire, tag included
  localparam int unsigned NB   = DataW / 8,
  localparam int unsigned CntW = $clog2(NB) + 1
) (
  input  logic             clk_i,
  input  logic             rst_ni,
  input  logic             in_valid_i,
  output logic             in_ready_o,
  input  logic [DataW-1:0] in_data_i,
  input  logic [CntW-1:0]  in_bytes_i,         // 1..NB
  input  logic             in_last_i,
  output logic             out_valid_o,
  input  logic             out_ready_i,
  output logic [DataW-1:0] out_data_o,
  output logic [CntW-1:0]  out_bytes_o,
  output logic             out_last_o,
  output logic             out_tagged_o,       // these four are valid with out_last_o
  output logic [15:0]      out_tci_o,
  output logic             out_oversize_o,
  output logic [15:0]      out_wire_bytes_o,   // as received, saturating
  output logic             flush_o  // the output beat is the tail of a frame already taken in
);

  localparam int unsigned TagBeat = 12 / NB;   // beat that holds the tag
  localparam int unsigned TagOff  = 12 % NB;
  localparam int unsigned RestW   = DataW - 32;

  logic [1:0]       idx_q;                     // beat number, stops at 3
  logic             shift_q, flush_q;
  logic [RestW-1:0] rest_q;
  logic [CntW-1:0]  rest_bytes_q;
  logic [15:0]      tci_q, len_q, len;
  logic [16:0]      len_sum;
  logic             is_tag, take;

  assign is_tag = idx_q == 2'(TagBeat) && in_data_i[8*TagOff+:16] == 16'h0081 &&
                  in_bytes_i >= CntW'(TagOff + 4);

  assign len_sum = {1'b0, len_q} + 17'(in_bytes_i);
  assign len     = len_sum[16] ? 16'hffff : len_sum[15:0];

  always_comb begin
    in_ready_o  = out_ready_i;
    out_valid_o = in_valid_i;
    out_data_o  = in_data_i;
    out_bytes_o = in_bytes_i;
    out_last_o  = in_last_i;
    if (flush_q) begin
      in_ready_o  = 1'b0;
      out_valid_o = 1'b1;
      out_data_o  = {32'd0, rest_q};
      out_bytes_o = rest_bytes_q;
      out_last_o  = 1'b1;
    end else if (shift_q) begin
      out_data_o = {in_data_i[31:0], rest_q};
      if (in_last_i && in_bytes_i <= CntW'(4)) begin
        out_bytes_o = CntW'(NB - 4) + in_bytes_i;
      end else begin
        out_bytes_o = CntW'(NB);
        out_last_o  = 1'b0;
      end
    end else if (is_tag) begin
      in_ready_o  = 1'b1;
      out_valid_o = 1'b0;
    end
  end

  assign take             = in_valid_i && in_ready_o;
  assign flush_o          = flush_q;
  assign out_tagged_o     = flush_q || shift_q;
  assign out_tci_o        = tci_q;
  assign out_wire_bytes_o = flush_q ? len_q : len;
  assign out_oversize_o   = out_wire_bytes_o > 16'(MaxFrame);

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      idx_q   <= '0;
      shift_q <= 1'b0;
      flush_q <= 1'b0;
      len_q   <= '0;
    end else begin
      if (flush_q && out_ready_i) begin
        flush_q <= 1'b0;
        shift_q <= 1'b0;
        len_q   <= '0;
      end
      if (take) begin
        idx_q <= in_last_i ? '0 : (idx_q == 2'd3) ? idx_q : idx_q + 1'b1;
        len_q <= in_last_i ? '0 : len;
        if (is_tag && !shift_q) begin
          shift_q <= 1'b1;
          if (in_last_i) begin
            flush_q <= 1'b1;
            len_q   <= len;
          end
        end else if (shift_q && in_last_i) begin
          if (in_bytes_i > CntW'(4)) begin
            flush_q <= 1'b1;
            len_q   <= len;
          end else begin
            shift_q <= 1'b0;
          end
        end
      end
    end
    if (take) begin
      rest_q       <= in_data_i[DataW-1:32];
      rest_bytes_q <= in_bytes_i - CntW'(4);
      if (is_tag && !shift_q) begin
        tci_q <= {in_data_i[8*(TagOff+2)+:8], in_data_i[8*(TagOff+3)+:8]};
        if (TagOff != 0) rest_q[8*TagOff-1:0] <= in_data_i[8*TagOff-1:0];
      end
    end
  end

endmodule
