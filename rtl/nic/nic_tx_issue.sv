// SPDX-License-Identifier: Apache-2.0
// Judges descriptors and asks for their bytes: the header, then the payload of one segment after
// another.
// Contract: in order. A descriptor that breaks a rule below, or whose own read failed, becomes a
// job with skip set and asks for nothing (bad_o / unread_o pulse; an unread one always reports).
// Every other one becomes a job and 1 + segments reads; header room (hdr_room_i, bytes) and payload
// room (pay_room_i) are there before a read is asked for; rsv pulses reserve payload room. order_*
// says of each read whether it is a header. Rules: 14 <= hdr_len <= 128 (124 with a tag to insert),
// hdr_len <= len; without TSO len <= MaxFrame less the tag; with TSO TCP, len <= 65535 + hdr_len,
// payload there, mss > 0, hdr_len + mss <= MaxFrame less the tag; with any checksum or TSO: even
// offsets, l3_off >= 14, l4_off - l3_off 20..60 in steps of 4 (IPv4) or >= 40 (IPv6); with a
// transport checksum or TSO the transport header (UDP 8, TCP 20 bytes) lies inside hdr_len.
`include "toe_assert.svh"
module nic_tx_issue #(
  parameter toe_cfg_pkg::toe_cfg_t Cfg = toe_cfg_pkg::CfgSmall
) (
  input  logic             clk_i,
  input  logic             rst_ni,
  input  logic             desc_valid_i,
  output logic             desc_ready_o,
  input  nic_pkg::desc_t   desc_i,
  input  toe_pkg::qp_t     desc_qp_i,
  input  logic [31:0]      desc_next_i,
  input  logic             desc_err_i,
  output logic             job_valid_o,       // taken in the same cycle when job_ready_i
  input  logic             job_ready_i,
  output nic_pkg::job_t    job_o,
  output logic             order_valid_o,
  input  logic             order_ready_i,
  output logic             order_hdr_o,
  input  logic [15:0]      hdr_room_i,
  output logic             hdr_rsv_o,
  output logic [7:0]       hdr_rsv_len_o,
  input  logic [19:0]      pay_room_i,
  output logic             pay_rsv_o,
  output logic [15:0]      pay_rsv_len_o,
  output logic             rd_valid_o,
  input  logic             rd_ready_i,
  output toe_pkg::rd_cmd_t rd_o,
  output logic             bad_o,
  output logic             unread_o,
  output toe_pkg::qp_t     bad_qp_o,          // with both
  output logic [31:0]      bad_index_o,
  output logic             idle_o
);
  import toe_pkg::*;
  import nic_pkg::*;

  localparam logic [19:0] MaxFrame = 20'(Cfg.MaxFrame);

  typedef enum logic [1:0] { StIdle, StCheck, StHeader, StPayload } state_e;
  state_e      state_q, state_d;
  job_t        job_q;
  logic        err_q, skip;
  logic [63:0] addr_q;
  logic [19:0] left_q, pay_len, seg;
  logic        issue_hdr, issue_pay, free;

  logic [7:0]  l3_off, l4_off, hdr_len, l3_bytes;
  logic [19:0] len, room;
  logic        vlan, udp, cuts, sums, bad;

  assign l3_off   = job_q.desc.l3_off;
  assign l4_off   = job_q.desc.l4_off;
  assign l3_bytes = l4_off - l3_off;
  assign hdr_len  = job_q.desc.hdr_len;
  assign len      = job_q.desc.len;
  assign vlan     = job_q.desc.vlan_insert;
  assign udp      = job_q.desc.udp;
  assign cuts     = job_q.desc.tso;
  assign sums     = job_q.desc.l4_csum || cuts;
  assign room     = MaxFrame - (vlan ? 20'd4 : 20'd0);
  assign pay_len  = len - 20'(hdr_len);
  assign skip     = bad || err_q;

  always_comb begin
    bad = hdr_len < 8'd14 || hdr_len > (vlan ? 8'd124 : 8'd128) || 20'(hdr_len) > len;
    if (cuts) begin
      bad |= udp || 20'(hdr_len) == len || len > 20'd65535 + 20'(hdr_len);
      bad |= job_q.desc.mss == '0 || 20'(hdr_len) + 20'(job_q.desc.mss) > room;
    end else begin
      bad |= len > room;
    end
    if (sums || job_q.desc.ip_csum) begin
      bad |= l3_off < 8'd14 || l3_off[0] || l4_off[0] || l4_off < l3_off || l4_off > hdr_len;
      bad |= job_q.desc.ipv6 ? l3_bytes < 8'd40 : (l3_bytes < 8'd20 || l3_bytes > 8'd60 ||
          l3_bytes[1:0] != 2'd0);
    end
    if (sums) bad |= 9'(l4_off) + (udp ? 9'd8 : 9'd20) > 9'(hdr_len);
  end

  assign free = !rd_valid_o || rd_ready_i;
  assign seg  = (job_q.desc.tso && left_q > 20'(job_q.desc.mss)) ? 20'(job_q.desc.mss) : left_q;

  assign issue_hdr = state_q == StHeader && !job_q.skip && free && job_ready_i && order_ready_i &&
                     hdr_room_i >= 16'(job_q.desc.hdr_len);
  assign issue_pay = state_q == StPayload && left_q != '0 && free && order_ready_i &&
      pay_room_i >= seg;

  always_comb begin
    state_d = state_q;
    unique case (state_q)
      StIdle:    if (desc_valid_i) state_d = StCheck;
      StCheck:   state_d = StHeader;
      StHeader: begin
        if (job_q.skip) begin
          if (job_ready_i) state_d = StIdle;
        end else if (issue_hdr) begin
          state_d = StPayload;
        end
      end
      StPayload: if (left_q == '0) state_d = StIdle;
      default:   state_d = StIdle;
    endcase
  end

  assign desc_ready_o  = state_q == StIdle;
  assign job_valid_o   = issue_hdr || (state_q == StHeader && job_q.skip);
  assign job_o         = job_q;
  assign order_valid_o = issue_hdr || issue_pay;
  assign order_hdr_o   = issue_hdr;
  assign hdr_rsv_o     = issue_hdr;
  assign hdr_rsv_len_o = job_q.desc.hdr_len;
  assign pay_rsv_o     = issue_pay;
  assign pay_rsv_len_o = seg[15:0];
  assign idle_o        = state_q == StIdle && !rd_valid_o;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      state_q    <= StIdle;
      rd_valid_o <= 1'b0;
      bad_o      <= 1'b0;
      unread_o   <= 1'b0;
    end else begin
      state_q  <= state_d;
      if (free) rd_valid_o <= issue_hdr || issue_pay;
      bad_o    <= state_q == StCheck && skip && !err_q;
      unread_o <= state_q == StCheck && err_q;
    end
    if (desc_valid_i && desc_ready_o) begin
      job_q <= '{qp: desc_qp_i, next: desc_next_i, skip: 1'b0, desc: desc_i};
      err_q <= desc_err_i;
    end
    if (state_q == StCheck) begin
      bad_qp_o    <= job_q.qp;
      bad_index_o <= job_q.next - 32'd1;
      job_q.skip <= skip;
      left_q     <= pay_len;
      addr_q     <= job_q.desc.addr;
      // whether it asked to is not known: better once too often
      if (err_q) job_q.desc.report <= 1'b1;
    end
    if (issue_hdr) begin
      rd_o   <= '{client: RdNic, addr: addr_q, len: 20'(job_q.desc.hdr_len)};
      addr_q <= addr_q + 64'(job_q.desc.hdr_len);
    end
    if (issue_pay) begin
      rd_o   <= '{client: RdNic, addr: addr_q, len: seg};
      addr_q <= addr_q + 64'(seg);
      left_q <= left_q - seg;
    end
  end

  `TOE_ASSERT(SegmentFits_A, !issue_pay || seg <= 20'(Cfg.MaxFrame))
  `TOE_STATIC(BufferHoldsFrame_A, Cfg.TxBufBytes > 32'(Cfg.MaxFrame))
  prim_stream_chk #(.Width($bits(rd_cmd_t))) u_rd_chk (
    .clk_i, .rst_ni, .valid_i(rd_valid_o), .ready_i(rd_ready_i), .data_i(rd_o)
  );

endmodule
