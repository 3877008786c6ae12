// SPDX-License-Identifier: Apache-2.0
// What an event of the pipeline looks like in the trace.
// Contract: combinational. hot_i is the state after the event; events without a slot mean nothing.
module tcp_trace_ev
  import toe_pkg::*;
  import tcp_pkg::*;
(
  input  accept_t   acc_i,
  input  react_t    act_i,
  input  logic      dying_i,                // it had ended before
  input  hot_t      hot_i,
  input  logic      tx_valid_i,
  input  tx_cmd_t   tx_i,
  input  us_t       now_us_i,
  output trace_ev_t ev_o
);

  always_comb begin
    ev_o               = '0;
    ev_o.time_us       = now_us_i;
    ev_o.handle        = {hot_i.gen, acc_i.slot};
    ev_o.state         = hot_i.state;
    ev_o.parked        = hot_i.parked;
    ev_o.fast_recovery = hot_i.fast_recovery;
    ev_o.cong_recovery = hot_i.cong_recovery;
    ev_o.persist       = hot_i.persist;
    ev_o.ack_due       = hot_i.ack_due;
    ev_o.snd_una       = hot_i.snd_una;
    ev_o.snd_nxt       = hot_i.snd_nxt;
    ev_o.snd_max       = hot_i.snd_max;
    ev_o.snd_wnd       = hot_i.snd_wnd;
    ev_o.rcv_nxt       = hot_i.rcv_nxt;
    ev_o.cwnd          = hot_i.cwnd;
    ev_o.ssthresh      = hot_i.ssthresh;
    ev_o.srtt_us       = hot_i.srtt_us8 >> 3;
    ev_o.tx            = tx_valid_i && !tx_i.fence;
    ev_o.tx_tcp        = tx_i.tcp;
    ev_o.tx_len        = tx_i.payload_len;
    ev_o.retransmit    = tx_i.retransmit;
    ev_o.main_tcp.seq  = hot_i.snd_nxt;
    ev_o.main_tcp.ack  = hot_i.rcv_nxt;
    ev_o.main          = acc_i.live;
    unique case (acc_i.kind)
      EvRx: begin
        ev_o.kind           = toe_abi_pkg::TraceKindRx;
        ev_o.main           = acc_i.rx;
        ev_o.main_tcp.seq   = acc_i.seg_seq;
        ev_o.main_tcp.ack   = acc_i.seg_ack;
        ev_o.main_tcp.wnd   = acc_i.seg_wnd;
        ev_o.main_tcp.flags = acc_i.seg_flags;
        ev_o.main_len       = acc_i.seg_len;
      end
      EvBump:  ev_o.kind = toe_abi_pkg::TraceKindBump;
      EvFault: ev_o.kind = toe_abi_pkg::TraceKindFault;
      EvFence: ev_o.kind = dying_i ? toe_abi_pkg::TraceKindEnded
          : toe_abi_pkg::TraceKindParked;
      EvCmd: begin
        ev_o.kind = (acc_i.cmd.op == CmdInstall) ? toe_abi_pkg::TraceKindInstalled
            : toe_abi_pkg::TraceKindCommand;
        ev_o.main = acc_i.live && acc_i.cmd.op != CmdSnapshot;
      end
      EvTimer: begin
        ev_o.kind = act_i.rto ? toe_abi_pkg::TraceKindRto :
                     act_i.delack ? toe_abi_pkg::TraceKindAckDue : toe_abi_pkg::TraceKindTimer;
        ev_o.main = act_i.rto || act_i.delack || act_i.probe || act_i.keep_probe ||
            act_i.die;
      end
      default: ev_o.main = 1'b0;
    endcase
  end

  logic unused;
  assign unused = ^{acc_i, act_i, hot_i, tx_i};

endmodule
