// SPDX-License-Identifier: Apache-2.0
// Flight recorder: writes what happened to traced sessions into a ring in host memory.
// Contract: listens only: an event that finds the queue full is lost (lost_o; its numbers are left
//   out, so the reader sees the gap). An event gives one record, or two when it also sent a segment
//   (received first); a record of 64 bytes (abi trace_record) leaves as two writes of 32. count_o:
//   records so far, lost ones included; zero while the ring is disabled. Reset empties the queue.
`include "toe_assert.svh"
module tcp_trace
  import toe_pkg::*;
  import tcp_pkg::*;
(
  input  logic          clk_i,
  input  logic          rst_ni,
  input  trace_ctl_t    ctl_i,
  input  logic          valid_i,
  input  trace_ev_t     ev_i,
  output logic          wr_valid_o,
  input  logic          wr_ready_i,
  output logic [63:0]   wr_addr_o,
  output logic [255:0]  wr_data_o,
  output logic [31:0]   count_o,
  output logic          record_o,            // pulses
  output logic [1:0]    lost_o,              // records
  output logic          idle_o
);

  localparam int unsigned Depth = 64;
  typedef struct packed {
    logic [31:0] count;
    trace_ev_t   ev;
  } entry_t;

  logic   room, e_valid, e_take;
  entry_t in, e;
  logic [1:0] n;
  logic   push;
  assign n    = 2'(ev_i.main) + 2'(ev_i.tx);
  assign push = valid_i && ctl_i.enable && n != '0;
  assign in   = '{count: count_o, ev: ev_i};

  always_ff @(posedge clk_i) begin
    if (!rst_ni || !ctl_i.enable) count_o <= '0;
    else if (push) count_o <= count_o + 32'(n);
  end
  assign lost_o = (push && !room) ? n : 2'd0;

  prim_fifo #(.Width($bits(entry_t)), .Depth(Depth), .Ram(1'b1)) u_fifo (
    .clk_i, .rst_ni, .in_valid_i(push), .in_ready_o(room), .in_i(in),
    .out_valid_o(e_valid), .out_ready_i(e_take), .out_o(e), .level_o()
  );

  // Which record of the entry, which half of the record
  logic second_q, half_q, last;
  logic is_tx;
  assign is_tx = !e.ev.main || second_q;
  assign last  = half_q && (second_q || !(e.ev.main && e.ev.tx));

  toe_abi_pkg::trace_record_t r;
  logic [31:0] number;
  tcp_hdr_t    t;
  assign number = e.count + 32'(second_q);
  assign t      = is_tx ? e.ev.tx_tcp : e.ev.main_tcp;
  always_comb begin
    r               = '0;
    r.time_us       = e.ev.time_us;
    r.kind          = is_tx ? toe_abi_pkg::TraceKindTx : e.ev.kind;
    r.state         = e.ev.state;
    r.retransmit    = is_tx && e.ev.retransmit;
    r.parked        = e.ev.parked;
    r.fast_recovery = e.ev.fast_recovery;
    r.cong_recovery = e.ev.cong_recovery;
    r.persist       = e.ev.persist;
    r.ack_due       = e.ev.ack_due;
    r.tcp_flags     = t.flags;
    r.handle        = e.ev.handle;
    r.seq           = t.seq;
    r.ack           = t.ack;
    r.len           = is_tx ? e.ev.tx_len : e.ev.main_len;
    r.wnd           = t.wnd;
    r.snd_una       = e.ev.snd_una;
    r.count         = number;
    r.snd_nxt       = e.ev.snd_nxt;
    r.snd_max       = e.ev.snd_max;
    r.snd_wnd       = e.ev.snd_wnd;
    r.rcv_nxt       = e.ev.rcv_nxt;
    r.cwnd          = e.ev.cwnd;
    r.ssthresh      = e.ev.ssthresh;
    r.srtt_us       = e.ev.srtt_us;
    r.count_again   = number;
  end

  logic [511:0] word;
  assign word       = r;
  assign wr_valid_o = e_valid;
  assign wr_addr_o  = {ctl_i.base[63:6], 6'd0} + {26'd0, number & ((32'd1 << ctl_i.log2) - 32'd1),
      half_q, 5'd0};
  assign wr_data_o  = half_q ? word[511:256] : word[255:0];
  assign e_take     = e_valid && wr_ready_i && last;
  assign record_o   = e_valid && wr_ready_i && half_q;
  assign idle_o     = !e_valid && !valid_i;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      second_q <= 1'b0;
      half_q   <= 1'b0;
    end else if (e_valid && wr_ready_i) begin
      half_q <= !half_q;
      if (half_q) second_q <= !last;
    end
  end

  logic unused;
  assign unused = ^{ctl_i.base[5:0], t.ts_ok, t.ts_val, t.ts_ecr, t.sack_n, t.sack};

endmodule
