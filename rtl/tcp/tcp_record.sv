// SPDX-License-Identifier: Apache-2.0
// What the host is told of a session: its progress, its end, or a fault.
// Contract: combinational; the record of the event in the pipeline's last stage, phase bit zero.
module tcp_record
  import toe_pkg::*;
  import tcp_pkg::*;
(
  input  accept_t      acc_i,
  input  hot_t         hot_i,
  input  count_t       count_i,
  input  logic         last_fence_i,        // the session has ended, and its slot is free
  output logic [255:0] record_o
);

  toe_abi_pkg::event_session_t     ev;
  toe_abi_pkg::event_session_end_t end_ev;
  toe_abi_pkg::event_fault_t       fault;
  always_comb begin
    ev             = '0;
    ev.kind        = toe_abi_pkg::EventTypeSession;
    ev.handle      = {hot_i.gen, acc_i.slot};
    ev.state       = hot_i.state;
    ev.peer_fin    = hot_i.peer_fin;
    ev.fin_acked   = hot_i.fin_queued && hot_i.snd_una == hot_i.snd_end + 32'd1;
    ev.parked      = hot_i.parked && !hot_i.park_due && !hot_i.park_wait;
    ev.snd_una     = hot_i.snd_una;
    ev.rcv_nxt     = hot_i.rcv_nxt;
    ev.snd_wnd     = hot_i.snd_wnd;
    ev.srtt_us     = hot_i.srtt_us8 >> 3;
    ev.retransmits = count_i.retransmit_segs;
    // S-HC-1: what the next connection to this peer begins with
    end_ev            = '0;
    end_ev.kind       = toe_abi_pkg::EventTypeSessionEnd;
    end_ev.handle     = ev.handle;
    end_ev.reason     = hot_i.reason;
    end_ev.state      = ev.state;
    end_ev.peer_fin   = ev.peer_fin;
    end_ev.fin_acked  = ev.fin_acked;
    end_ev.snd_una    = ev.snd_una;
    end_ev.rcv_nxt    = ev.rcv_nxt;
    end_ev.srtt_us8   = hot_i.srtt_us8;
    end_ev.rttvar_us4 = hot_i.rttvar_us4[30:0];
    end_ev.cwnd       = hot_i.cwnd;
    end_ev.ssthresh   = hot_i.ssthresh;
    fault          = '0;
    fault.kind     = toe_abi_pkg::EventTypeFault;
    fault.what     = acc_i.fault.what == FaultWrite ? toe_abi_pkg::FaultDmaWrite
        : toe_abi_pkg::FaultDmaRead;
    fault.handle   = acc_i.fault.handle;
    fault.addr     = acc_i.fault.addr;
  end

  assign record_o = (acc_i.kind == EvFault) ? fault : last_fence_i ? end_ev : ev;

endmodule
