// SPDX-License-Identifier: Apache-2.0
// Types inside the TIME_WAIT table.
// Contract: types and pure functions only.
package tw_pkg;
  import toe_pkg::*;

  localparam int unsigned TickShift = 18;      // an expiry tick is 2^18 µs = 262 ms
  // 134 s of ticks, compared wrap-safe: longest linger 66 s
  localparam int unsigned ExpW      = 9;
  localparam logic [31:0] LongestUs = 32'd252 << TickShift;

  typedef logic [ExpW-1:0] exp_t;

  typedef struct packed {
    logic tw_insert, tw_insert_fail, tw_evict, tw_expire, tw_delete, tw_lookup, tw_hit, tw_miss,
        tw_probe, tw_losing;
    logic tw_recycle, tw_reply, tw_rst_out, tw_limited;
    logic tw_event_lost;                       // no room in the host's event ring
  } tw_ctr_t;

  // S-VTW-1, IPv4: 245 bits; with expiry and class (0: no entry) 256.
  typedef struct packed {
    logic [31:0] laddr;
    logic [31:0] raddr;
    logic [15:0] lport;
    logic [15:0] rport;
    seq_t        rcv_nxt;
    seq_t        snd_nxt;
    logic [15:0] last_win;
    logic [3:0]  wscale;
    logic        ts_ok;
    logic [31:0] ts_recent;
    logic [31:0] ts_offset;
  } rec4_t;
  localparam int unsigned Rec4W = $bits(rec4_t);
  localparam int unsigned Rec6W = $bits(tw_record_t) - 3;   // without family and class
  localparam int unsigned ClsW  = 2;
  typedef logic [ClsW-1:0] cls_t;
  localparam cls_t ClsNone = '0;

  function automatic rec4_t pack4(tw_record_t r);
    automatic cls_t unused = r.msl_class;      // has a memory of its own
    return '{laddr: r.tuple.laddr[31:0], raddr: r.tuple.raddr[31:0],
             lport: r.tuple.lport, rport: r.tuple.rport,
             rcv_nxt: r.rcv_nxt, snd_nxt: r.snd_nxt, last_win: r.last_win, wscale: r.wscale,
             ts_ok: r.ts_ok, ts_recent: r.ts_recent, ts_offset: r.ts_offset};
  endfunction
  function automatic tw_record_t unpack4(rec4_t r, cls_t cls);
    return '{tuple: '{ipv6: 1'b0, laddr: {96'd0, r.laddr}, raddr: {96'd0, r.raddr},
                      lport: r.lport, rport: r.rport},
             rcv_nxt: r.rcv_nxt, snd_nxt: r.snd_nxt, last_win: r.last_win, wscale: r.wscale,
             ts_ok: r.ts_ok, ts_recent: r.ts_recent, ts_offset: r.ts_offset, msl_class: cls};
  endfunction

  // REMOTE 1, LOCAL 2, LOOPBACK 3 → 0, 1, 2; a record without class counts as REMOTE.
  function automatic logic [1:0] class_of(logic [1:0] msl);
    return msl == 2'd0 ? 2'd0 : msl - 2'd1;
  endfunction

  // Rounded up to a tick: never early. Lingers beyond the range are cut to it.
  function automatic exp_t expiry(logic [47:0] now, logic [31:0] linger);
    return exp_t'((now + 48'(linger > LongestUs ? LongestUs : linger) +
        48'((1 << TickShift) - 1)) >> TickShift);
  endfunction

  // What a segment does to its record.
  typedef enum logic [1:0] { ActKeep, ActRestart, ActDelete } action_e;
  typedef enum logic [1:0] { ReplyNone, ReplyAck, ReplyRst } reply_e;
  typedef struct packed {
    action_e act;
    reply_e  reply;
    logic    limited;                          // the reply needs a token of the limiter
    logic    recycle;                          // the segment goes to the host as a new connection
  } outcome_t;

  // Changes that the lookup side asks of a bank.
  typedef struct packed {
    logic        restart;                      // else delete
    logic [31:0] hash;
    logic [15:0] id;
  } change_t;

  typedef enum logic [2:0] { EvtEvicted, EvtExpired, EvtRecycled, EvtReset, EvtInsertFailed } evt_e;

  function automatic logic exp_reached(exp_t now, exp_t deadline);
    return $signed(now - deadline) >= 0;
  endfunction
endpackage
