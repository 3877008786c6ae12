// SPDX-License-Identifier: Apache-2.0
// The firmware's peripheral registers (abi/mcu.rdl) and the start pulses of what they drive.
// Contract: word access; read data one cycle after `req_i`; a write takes effect at the clock edge
//   of its request. Requests for TIME_WAIT or lookup operations are held valid until taken.
//   An answer to a summary is held until taken; writes to its registers meanwhile are ignored.
//   `sleep_o` stops the core's clock; any event since the last attempt cancels the next one, so a
//   doorbell is never slept through. Reset: state 0, awake.
module mcu_regs
  import toe_pkg::*;
  import mcu_pkg::*;
  import toe_mcu_addr_pkg::*;
#(
    parameter toe_cfg_pkg::toe_cfg_t Cfg = toe_cfg_pkg::CfgSmall
) (
    input  logic               clk_i,
    input  logic               rst_ni,
    input  logic [47:0]        now_us_i,
    // Core
    input  logic               req_i,
    input  logic               we_i,
    input  logic [AddrW-1:0]   addr_i,
    input  logic [31:0]        wdata_i,
    output logic [31:0]        rdata_o,
    output logic               sleep_o,
    output fw_status_t         fw_status_o,
    output mcu_ctr_t           ctr_o,
    // Admin queue
    input  admin_ctl_t         admin_i,
    // DMA
    output logic               dma_start_o,
    output dma_req_t           dma_req_o,
    input  logic               dma_busy_i,
    input  logic               dma_error_i,
    // Session pipeline and lookup
    output logic               pipe_start_o,
    output pipe_cmd_t          pipe_cmd_o,
    output logic [11:0]        pipe_local_o,
    input  logic               pipe_busy_i,
    input  logic [7:0]         pipe_status_i,
    input  tuple_t             tuple_i,
    output logic               lk_valid_o,
    input  logic               lk_ready_i,
    output lk_req_t            lk_o,
    input  logic               lk_done_i,
    input  lk_result_e         lk_result_i,
    // Next hops
    output logic               nh_we_o,
    output logic [15:0]        nh_index_o,
    output nexthop_t           nh_o,
    // TIME_WAIT
    output logic               tw_valid_o,
    input  logic               tw_ready_i,
    output tw_cmd_t            tw_cmd_o,
    input  logic               tw_rsp_valid_i,
    input  tw_rsp_t            tw_rsp_i,
    // Congestion control
    output cc_cfg_t            cc_cfg_o,
    input  logic               cc_valid_i,
    output logic               cc_ready_o,
    input  cc_summary_t        cc_i,
    input  logic               cc_lost_i,
    output logic               cc_set_valid_o,
    input  logic               cc_set_ready_i,
    output cc_set_t            cc_set_o
);
  fw_status_t         fw_q;
  logic [31:0]        wake_q;
  logic               sleep_q, event_q, event_now;
  logic [31:0]        asq_seen_q, acq_seen_q;
  logic               enable_seen_q;
  logic [63:0]        dma_addr_q;
  logic [11:0]        dma_local_q;
  logic [9:0]         dma_length_q;
  handle_t            handle_q;
  logic [7:0]         key_q;
  logic [31:0]        value_q;
  logic [11:0]        pipe_local_q;
  logic [1:0]         lk_op_q;              // 0 none, 1 insert, 2 delete; waits until taken
  logic               lk_busy_q;
  slot_t              lk_slot_q;
  lk_result_e         lk_code_q;
  logic [15:0]        nh_index_q;
  logic [3:0][31:0]   nh_word_q;
  logic [10:0][31:0]  tw_key_q;
  logic [4:0][31:0]   tw_value_q;
  tw_op_e             tw_op_q;
  logic               tw_busy_q;
  tw_rsp_t            tw_rsp_q;
  logic [31:0]        asq_head_q, acq_tail_q, cc_lost_q;
  cc_cfg_t            cc_cfg_q;
  cc_set_t            cc_set_q;
  logic               cc_set_valid_q;
  logic [31:0]        rdata_q;
  logic               wr;

  assign wr          = req_i && we_i;
  assign rdata_o     = rdata_q;
  assign sleep_o     = sleep_q;
  assign fw_status_o = fw_q;
  assign ctr_o       = '{fw_commands: wr && addr_i == SysCountAddr && wdata_i[0],
                         fw_refused:  wr && addr_i == SysCountAddr && wdata_i[1]};

  assign event_now = admin_i.asq_tail != asq_seen_q || admin_i.acq_head != acq_seen_q ||
                     admin_i.enable != enable_seen_q || cc_valid_i;

  assign dma_start_o  = wr && addr_i == DmaStartAddr && wdata_i[1:0] != 2'd0 && !dma_busy_i;
  assign dma_req_o    = '{op: dma_op_e'(wdata_i[1:0]), addr: dma_addr_q, local_off: dma_local_q,
                          length: dma_length_q};
  assign pipe_start_o = wr && addr_i == PipeStartAddr && wdata_i[2:0] != 3'd0 && !pipe_busy_i;
  assign pipe_cmd_o   = '{op: pipe_op_e'(wdata_i[1:0] - 2'd1), handle: handle_q, key: key_q,
                          value: value_q};
  assign pipe_local_o = pipe_local_q;

  assign lk_valid_o = lk_op_q != 2'd0;
  assign lk_o       = '{op: lk_op_q == 2'd1 ? LkInsert : LkDelete, slot: lk_slot_q, tuple: tuple_i};

  assign nh_we_o    = wr && addr_i == NexthopWordAddr + AddrW'(4 * NexthopWordStride);
  assign nh_index_o = nh_index_q;
  assign nh_o       = '{
    valid:        wdata_i[0],
    vlan_present: wdata_i[1],
    generation:   wdata_i[15:8],
    port:         wdata_i[23:16],
    vlan_tci:     nh_word_q[3][31:16],
    mtu:          nh_word_q[1][31:16],
    src_mac:      mac_of(nh_word_q[2], nh_word_q[3][15:0]),
    dst_mac:      mac_of(nh_word_q[0], nh_word_q[1][15:0])
  };

  assign tw_valid_o = tw_op_q != TwOpNone;
  assign tw_cmd_o   = '{op: tw_op_q, index: tw_key_q[10], rec: '{
    tuple: '{ipv6: tw_key_q[0][0], laddr: addr_from_mem(tw_key_q[4:1], tw_key_q[0][0]),
             raddr: addr_from_mem(tw_key_q[8:5], tw_key_q[0][0]), lport: tw_key_q[9][15:0],
             rport: tw_key_q[9][31:16]},
    rcv_nxt: tw_value_q[0], snd_nxt: tw_value_q[1], last_win: tw_value_q[2][15:0],
    ts_ok: tw_value_q[2][16], wscale: tw_value_q[2][20:17],
    ts_recent: tw_value_q[3], ts_offset: tw_value_q[4], msl_class: tw_key_q[0][2:1]}};

  assign cc_ready_o     = req_i && !we_i && addr_i == CcMarksAddr;
  assign cc_cfg_o       = cc_cfg_q;
  assign cc_set_valid_o = cc_set_valid_q;
  assign cc_set_o       = cc_set_q;

  // The structure holds the first byte of the address in the lowest byte.
  function automatic mac_t mac_of(logic [31:0] lo, logic [15:0] hi);
    return {lo[7:0], lo[15:8], lo[23:16], lo[31:24], hi[7:0], hi[15:8]};
  endfunction

  logic [10:0][31:0] tw_rkey;
  logic [5:0][31:0]  tw_rvalue;
  assign tw_rkey = {tw_rsp_q.index, {tw_rsp_q.rec.tuple.rport, tw_rsp_q.rec.tuple.lport},
                    addr_to_mem(tw_rsp_q.rec.tuple.raddr, tw_rsp_q.rec.tuple.ipv6),
                    addr_to_mem(tw_rsp_q.rec.tuple.laddr, tw_rsp_q.rec.tuple.ipv6),
                    {29'd0, tw_rsp_q.rec.msl_class, tw_rsp_q.rec.tuple.ipv6}};
  assign tw_rvalue = {tw_rsp_q.age_left_us, tw_rsp_q.rec.ts_offset, tw_rsp_q.rec.ts_recent,
                      {11'd0, tw_rsp_q.rec.wscale, tw_rsp_q.rec.ts_ok, tw_rsp_q.rec.last_win},
                      tw_rsp_q.rec.snd_nxt,
                      tw_rsp_q.rec.rcv_nxt};

  always_ff @(posedge clk_i) begin
    if (wr) begin
      unique case (addr_i)
        SysWakeAtAddr:    wake_q           <= wdata_i;
        DmaAddrLoAddr:    dma_addr_q[31:0] <= wdata_i;
        DmaAddrHiAddr:    dma_addr_q[63:32] <= wdata_i;
        DmaLocalAddr:     dma_local_q  <= wdata_i[11:0];
        DmaLengthAddr:    dma_length_q     <= wdata_i[9:0];
        PipeHandleAddr:   handle_q    <= wdata_i;
        PipeKeyAddr:      key_q       <= wdata_i[7:0];
        PipeValueAddr:    value_q     <= wdata_i;
        PipeImageAddr:    pipe_local_q     <= wdata_i[11:0];
        LookupSlotAddr:   lk_slot_q        <= wdata_i[15:0];
        NexthopIndexAddr: nh_index_q       <= wdata_i[15:0];
        CcSetHandleAddr:  if (!cc_set_valid_q) cc_set_q.handle <= wdata_i;
        CcSetCwndAddr:    if (!cc_set_valid_q) cc_set_q.cwnd <= wdata_i;
        CcSetSsthreshAddr: if (!cc_set_valid_q) cc_set_q.ssthresh <= wdata_i;
        CcSetPacingBytesPerMsAddr: if (!cc_set_valid_q) cc_set_q.pacing_bytes_per_ms <= wdata_i;
        CcSetKeepAddr: if (!cc_set_valid_q) begin
          cc_set_q.loss_keep <= wdata_i[9:0];
          cc_set_q.ecn_keep  <= wdata_i[25:16];
        end
        CcSetStartAddr: if (!cc_set_valid_q) begin
          {cc_set_q.set_pacing, cc_set_q.set_ssthresh, cc_set_q.set_cwnd} <= wdata_i[3:1];
          cc_set_q.tag <= wdata_i[15:8];
        end
        default: ;
      endcase
      for (int unsigned i = 0; i < 4; i++) begin
        if (addr_i == NexthopWordAddr + AddrW'(i * NexthopWordStride)) nh_word_q[i] <= wdata_i;
      end
      for (int unsigned i = 0; i < 11; i++) begin
        if (addr_i == TwKeyAddr + AddrW'(i * TwKeyStride)) tw_key_q[i] <= wdata_i;
      end
      for (int unsigned i = 0; i < CcSetPrivateCount; i++) begin
        if (!cc_set_valid_q && addr_i == CcSetPrivateAddr + AddrW'(i * CcSetPrivateStride))
          cc_set_q.cc_private[i] <= wdata_i;
      end
      for (int unsigned i = 0; i < 5; i++) begin
        if (addr_i == TwValueAddr + AddrW'(i * TwValueStride)) tw_value_q[i] <= wdata_i;
      end
    end
    if (lk_done_i) lk_code_q <= lk_result_i;
    if (tw_rsp_valid_i) tw_rsp_q <= tw_rsp_i;
    asq_seen_q    <= admin_i.asq_tail;
    acq_seen_q    <= admin_i.acq_head;
    enable_seen_q <= admin_i.enable;
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      fw_q      <= '0;
      sleep_q   <= 1'b0;
      event_q   <= 1'b0;
      lk_op_q   <= 2'd0;
      lk_busy_q <= 1'b0;
      tw_op_q   <= TwOpNone;
      tw_busy_q <= 1'b0;
      asq_head_q     <= '0;
      acq_tail_q     <= '0;
      cc_cfg_q       <= '0;
      cc_lost_q      <= '0;
      cc_set_valid_q <= 1'b0;
    end else begin
      // Where the firmware stands survives a restart of the core, not the end of the queues.
      if (!admin_i.enable) begin
        asq_head_q <= '0;
        acq_tail_q <= '0;
      end else begin
        if (wr && addr_i == AdminAsqHeadAddr) asq_head_q <= wdata_i;
        if (wr && addr_i == AdminAcqTailAddr) acq_tail_q <= wdata_i;
      end
      if (wr && addr_i == CcConfigAddr)
        cc_cfg_q <= '{acks: wdata_i[7:0], algos: wdata_i[10:8]};
      if (cc_lost_i) cc_lost_q <= cc_lost_q + 32'd1;
      if (wr && addr_i == CcSetStartAddr && wdata_i[0]) cc_set_valid_q <= 1'b1;
      else if (cc_set_ready_i) cc_set_valid_q <= 1'b0;

      if (wr && addr_i == SysFwStateAddr) fw_q.state <= wdata_i[7:0];
      if (wr && addr_i == SysHeartbeatAddr) fw_q.heartbeat <= wdata_i;
      if (wr && addr_i == SysFwHashLoAddr) fw_q.hash[31:0] <= wdata_i;
      if (wr && addr_i == SysFwHashHiAddr) fw_q.hash[63:32] <= wdata_i;

      if (event_now) begin
        event_q <= 1'b1;
        sleep_q <= 1'b0;
      end else if (sleep_q) begin
        if (us_reached(now_us_i[31:0], wake_q)) sleep_q <= 1'b0;
      end else if (wr && addr_i == SysSleepAddr && wdata_i[0]) begin
        event_q <= 1'b0;
        sleep_q <= !event_q;
      end

      if (wr && addr_i == LookupStartAddr && !lk_busy_q &&
          (wdata_i[1:0] == 2'd1 || wdata_i[1:0] == 2'd2)) begin
        lk_op_q   <= wdata_i[1:0];
        lk_busy_q <= 1'b1;
      end else begin
        if (lk_ready_i) lk_op_q <= 2'd0;
        if (lk_done_i) lk_busy_q <= 1'b0;
      end

      if (wr && addr_i == TwStartAddr && !tw_busy_q && wdata_i[2:0] inside {[3'd1 : 3'd5]}) begin
        tw_op_q   <= tw_op_e'(wdata_i[2:0]);
        tw_busy_q <= 1'b1;
      end else begin
        if (tw_ready_i) tw_op_q <= TwOpNone;
        if (tw_rsp_valid_i) tw_busy_q <= 1'b0;
      end
    end
  end

  always_ff @(posedge clk_i) begin
    if (req_i && !we_i) begin
      rdata_q <= '0;
      unique case (addr_i)
        SysFwStateAddr:     rdata_q <= {24'd0, fw_q.state};
        SysHeartbeatAddr:   rdata_q <= fw_q.heartbeat;
        SysHwHashLoAddr:    rdata_q <= toe_abi_pkg::AbiHash[31:0];
        SysHwHashHiAddr:    rdata_q <= toe_abi_pkg::AbiHash[63:32];
        SysSessionsAddr:    rdata_q <= Cfg.Sessions;
        SysNexthopsAddr:    rdata_q <= {16'd0, Cfg.Nexthops};
        SysQueuePairsAddr:  rdata_q <= {16'd0, Cfg.Qps};
        SysMaxFrameAddr:    rdata_q <= {16'd0, Cfg.MaxFrame};
        SysNowLoAddr:       rdata_q <= now_us_i[31:0];
        SysNowHiAddr:       rdata_q <= {16'd0, now_us_i[47:32]};
        SysTwEntriesV4Addr: rdata_q <= Cfg.TwV4;
        SysTwEntriesV6Addr: rdata_q <= Cfg.TwV6;
        AdminAsqBaseLoAddr: rdata_q <= admin_i.asq_base[31:0];
        AdminAsqBaseHiAddr: rdata_q <= admin_i.asq_base[63:32];
        AdminAcqBaseLoAddr: rdata_q <= admin_i.acq_base[31:0];
        AdminAcqBaseHiAddr: rdata_q <= admin_i.acq_base[63:32];
        AdminConfigAddr:    rdata_q <= {10'd0, admin_i.vector, 7'd0, admin_i.enable,
            admin_i.acq_log2, admin_i.asq_log2};
        AdminAsqTailAddr:   rdata_q <= admin_i.asq_tail;
        AdminAcqHeadAddr:   rdata_q <= admin_i.acq_head;
        DmaStatusAddr:      rdata_q <= {30'd0, dma_error_i, dma_busy_i};
        PipeStatusAddr:     rdata_q <= {16'd0, pipe_status_i, 7'd0, pipe_busy_i};
        LookupStatusAddr:   rdata_q <= {22'd0, lk_code_q, 7'd0, lk_busy_q};
        TwStatusAddr:       rdata_q <= {16'd0, tw_rsp_q.code, 7'd0, tw_busy_q};
        CcHeadAddr:         rdata_q <= {cc_i.handle.slot, cc_i.tag, 7'd0, cc_valid_i};
        CcAckedAddr:        rdata_q <= cc_i.acked;
        CcCwndAddr:         rdata_q <= cc_i.cwnd;
        CcFlightAddr:       rdata_q <= cc_i.flight;
        CcSrttUs8Addr:      rdata_q <= cc_i.srtt_us8;
        CcMarksAddr:        rdata_q <= {cc_i.losses, cc_i.ce_bytes};
        CcLostAddr:         rdata_q <= cc_lost_q;
        CcHandleAddr:       rdata_q <= cc_i.handle;
        CcSsthreshAddr:     rdata_q <= cc_i.ssthresh;
        CcRttUsAddr:        rdata_q <= cc_i.rtt_us;
        CcSndMssAddr:       rdata_q <= {16'd0, cc_i.snd_mss};
        CcEventAddr:        rdata_q <= {20'd0, cc_i.algo, 3'd0, cc_i.idle_restart, cc_i.rto,
            cc_i.recovered, cc_i.loss, cc_i.ecn};
        CcNowUsAddr:        rdata_q <= cc_i.now_us;
        CcGrowAddr:         rdata_q <= cc_i.grow;
        CcCwndPriorAddr:    rdata_q <= cc_i.cwnd_prior;
        CcConfigAddr:       rdata_q <= {21'd0, cc_cfg_q.algos, cc_cfg_q.acks};
        CcSetStatusAddr:    rdata_q <= {31'd0, cc_set_valid_q};
        AdminAsqHeadAddr:   rdata_q <= asq_head_q;
        AdminAcqTailAddr:   rdata_q <= acq_tail_q;
        default: ;
      endcase
      for (int unsigned i = 0; i < 11; i++) begin
        if (addr_i == TwRkeyAddr + AddrW'(i * TwRkeyStride)) rdata_q <= tw_rkey[i];
      end
      for (int unsigned i = 0; i < CcPrivateCount; i++) begin
        if (addr_i == CcPrivateAddr + AddrW'(i * CcPrivateStride)) rdata_q <= cc_i.cc_private[i];
      end
      for (int unsigned i = 0; i < 6; i++) begin
        if (addr_i == TwRvalueAddr + AddrW'(i * TwRvalueStride)) rdata_q <= tw_rvalue[i];
      end
    end
  end

  logic unused;
  assign unused = ^{admin_i.acq_head_we, now_us_i[47:32]};
endmodule
