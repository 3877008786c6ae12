// SPDX-License-Identifier: Apache-2.0
// NIC transmit path: descriptors in host memory become frames for net_tx.
// Contract: queue pairs take turns (nic_tx_fetch); descriptors are judged (nic_tx_issue) and sent
// in the order of their fetch, TSO cut, tagged and summed (nic_tx_build). Never asks the DMA for
// bytes it has no room for, and never touches memory outside the descriptor's [addr, addr + len). A
// refused descriptor is counted and skipped, and reports if it asked to. Frames and payloads leave
// on the ports of a net_tx source. txq_head_o counts finished descriptors of each queue. Reset
// empties it.
`include "toe_assert.svh"
module nic_tx #(
  parameter toe_cfg_pkg::toe_cfg_t Cfg = toe_cfg_pkg::CfgSmall,
  localparam int unsigned DataW = int'(Cfg.DataW),
  localparam int unsigned NB    = DataW / 8,
  localparam int unsigned CntW  = $clog2(NB) + 1,
  localparam int unsigned Qps   = int'(Cfg.Qps)
) (
  input  logic                        clk_i,
  input  logic                        rst_ni,
  input  toe_pkg::qp_ctl_t [Qps-1:0]  qp_i,
  // DMA: descriptors
  output logic                        rd_desc_valid_o,
  input  logic                        rd_desc_ready_i,
  output toe_pkg::rd_cmd_t            rd_desc_o,
  input  logic                        desc_data_valid_i,
  output logic                        desc_data_ready_o,
  input  logic [DataW-1:0]            desc_data_i,
  input  logic                        desc_data_last_i,
  input  logic                        desc_data_err_i,
  // DMA: frame bytes
  output logic                        rd_nic_valid_o,
  input  logic                        rd_nic_ready_i,
  output toe_pkg::rd_cmd_t            rd_nic_o,
  input  logic                        nic_data_valid_i,
  output logic                        nic_data_ready_o,
  input  logic [DataW-1:0]            nic_data_i,
  input  logic [NB-1:0]               nic_data_keep_i,
  input  logic                        nic_data_last_i,
  input  logic                        nic_data_err_i,
  // to net_tx
  output logic                        frame_valid_o,
  input  logic                        frame_ready_i,
  output toe_pkg::tx_frame_t          frame_o,
  output logic                        done_valid_o,
  input  logic                        done_ready_i,
  output net_pkg::pay_done_t          done_o,
  output logic                        pay_valid_o,
  input  logic                        pay_ready_i,
  output logic [DataW-1:0]            pay_data_o,
  output logic [CntW-1:0]             pay_bytes_o,
  output logic                        pay_end_o,
  output logic                        pay_last_o,
  // finished descriptors
  output logic                        txdone_valid_o,
  input  logic                        txdone_ready_i,
  output toe_pkg::qp_t                txdone_qp_o,
  output logic [31:0]                 txdone_head_o,
  output logic [Qps-1:0][31:0]        txq_head_o,
  // Pulse: a fault to report. Of two in one cycle the doorbell's waits for the next.
  output logic                        fault_valid_o,
  output nic_pkg::nic_fault_t         fault_o,
  output nic_pkg::nic_tx_ctr_t        ctr_o,
  output logic                        idle_o
);
  import toe_pkg::*;
  import nic_pkg::*;

  localparam int unsigned Jobs     = (DataW == 64) ? 16 : 64;
  localparam int unsigned HdrDepth = 128;                  // beats
  localparam int unsigned Orders   = (DataW == 64) ? 64 : 256;
  localparam int unsigned LogNB    = $clog2(NB);
  localparam int unsigned HdrCntW  = $clog2(HdrDepth + 1);

  logic        d_valid, d_ready, d_err, bad_tail, bad, unread, fetch_idle, issue_idle, build_idle;
  qp_t         bad_tail_qp, bad_qp;
  logic [31:0] bad_tail_info, bad_index;
  desc_t       d;
  qp_t         d_qp;
  logic [31:0] d_next;

  nic_tx_fetch #(.Cfg(Cfg)) u_fetch (
    .clk_i, .rst_ni, .qp_i,
    .rd_valid_o(rd_desc_valid_o), .rd_ready_i(rd_desc_ready_i), .rd_o(rd_desc_o),
    .data_valid_i(desc_data_valid_i), .data_ready_o(desc_data_ready_o), .data_i(desc_data_i),
    .data_last_i(desc_data_last_i),
    .data_err_i(desc_data_err_i),
    .desc_valid_o(d_valid), .desc_ready_i(d_ready), .desc_o(d), .desc_qp_o(d_qp),
    .desc_next_o(d_next), .desc_err_o(d_err),
    .bad_tail_o(bad_tail), .bad_tail_qp_o(bad_tail_qp),
    .bad_tail_info_o(bad_tail_info), .idle_o(fetch_idle)
  );

  logic        j_in_valid, j_in_ready, j_valid, j_ready, o_in_valid, o_in_ready, o_in_hdr, o_valid,
      o_hdr;
  job_t        j_in, j;
  logic        hdr_rsv, pay_rsv;
  logic [7:0]  hdr_rsv_len;
  logic [15:0] hdr_room, pay_rsv_len;
  logic [19:0] pay_room;

  nic_tx_issue #(.Cfg(Cfg)) u_issue (
    .clk_i, .rst_ni,
    .desc_valid_i(d_valid), .desc_ready_o(d_ready), .desc_i(d), .desc_qp_i(d_qp),
    .desc_next_i(d_next), .desc_err_i(d_err),
    .job_valid_o(j_in_valid), .job_ready_i(j_in_ready), .job_o(j_in),
    .order_valid_o(o_in_valid), .order_ready_i(o_in_ready), .order_hdr_o(o_in_hdr),
    .hdr_room_i(hdr_room), .hdr_rsv_o(hdr_rsv), .hdr_rsv_len_o(hdr_rsv_len),
    .pay_room_i(pay_room), .pay_rsv_o(pay_rsv), .pay_rsv_len_o(pay_rsv_len),
    .rd_valid_o(rd_nic_valid_o), .rd_ready_i(rd_nic_ready_i), .rd_o(rd_nic_o),
    .bad_o(bad), .unread_o(unread), .bad_qp_o(bad_qp), .bad_index_o(bad_index),
    .idle_o(issue_idle)
  );

  prim_fifo #(.Width($bits(job_t)), .Depth(Jobs)) u_jobs (
    .clk_i, .rst_ni, .in_valid_i(j_in_valid), .in_ready_o(j_in_ready), .in_i(j_in),
    .out_valid_o(j_valid), .out_ready_i(j_ready), .out_o(j), .level_o()
  );

  // ----------------------------------------------------- bytes come back in the order of the reads
  logic hdr_in_valid, hdr_in_ready, pay_in_valid, pay_in_ready, hdr_err_q;

  prim_fifo #(.Width(1), .Depth(Orders)) u_order (
    .clk_i, .rst_ni, .in_valid_i(o_in_valid), .in_ready_o(o_in_ready), .in_i(o_in_hdr),
    .out_valid_o(o_valid), .out_ready_i(nic_data_valid_i && nic_data_ready_o && nic_data_last_i),
    .out_o(o_hdr), .level_o()
  );

  assign hdr_in_valid     = nic_data_valid_i && o_valid && o_hdr;
  assign pay_in_valid     = nic_data_valid_i && o_valid && !o_hdr;
  assign nic_data_ready_o = 1'b1;

  // A failed header spoils the payloads behind it.
  always_ff @(posedge clk_i) begin
    if (!rst_ni) hdr_err_q <= 1'b0;
    else if (hdr_in_valid && nic_data_last_i) hdr_err_q <= nic_data_err_i;
  end

  logic               h_valid, h_ready, h_last, h_err;
  logic [DataW-1:0]   h_data;
  logic [HdrCntW-1:0] hdr_free_q;

  prim_fifo #(.Width(DataW + 2), .Depth(HdrDepth), .Ram(1'b1)) u_hdr (
    .clk_i, .rst_ni, .in_valid_i(hdr_in_valid), .in_ready_o(hdr_in_ready),
    .in_i({nic_data_err_i, nic_data_last_i, nic_data_i}),
    .out_valid_o(h_valid), .out_ready_i(h_ready), .out_o({h_err, h_last, h_data}), .level_o()
  );

  always_ff @(posedge clk_i) begin
    if (!rst_ni) hdr_free_q <= HdrCntW'(HdrDepth);
    else hdr_free_q <= hdr_free_q + HdrCntW'(h_valid && h_ready) -
                       (hdr_rsv ? HdrCntW'((16'(hdr_rsv_len) + 16'(NB - 1)) >> LogNB) : '0);
  end
  assign hdr_room = 16'(hdr_free_q) << LogNB;

  net_tx_src #(.Cfg(Cfg)) u_src (
    .clk_i, .rst_ni,
    .rsv_valid_i(pay_rsv), .rsv_len_i(pay_rsv_len), .room_o(pay_room),
    .in_valid_i(pay_in_valid), .in_ready_o(pay_in_ready), .in_data_i(nic_data_i),
    .in_keep_i(nic_data_keep_i),
    .in_last_i(nic_data_last_i), .in_more_i(1'b0), .in_err_i(nic_data_err_i || hdr_err_q),
    .done_valid_o, .done_ready_i, .done_o,
    .pay_valid_o, .pay_ready_i, .pay_data_o, .pay_bytes_o, .pay_end_o, .pay_last_o
  );

  // ------------------------------------------------------------------ frames
  logic        fin, drop_dma;
  logic        late_q, late_dma_q;           // two causes in one cycle count one after the other
  qp_t         fin_qp;
  logic [31:0] fin_next;

  nic_tx_build #(.DataW(DataW)) u_build (
    .clk_i, .rst_ni,
    .job_valid_i(j_valid), .job_ready_o(j_ready), .job_i(j),
    .hdr_valid_i(h_valid), .hdr_ready_o(h_ready), .hdr_data_i(h_data), .hdr_last_i(h_last),
    .hdr_err_i(h_err),
    .frame_valid_o, .frame_ready_i, .frame_o,
    .done_o(fin), .done_qp_o(fin_qp), .done_next_o(fin_next),
    .txdone_valid_o, .txdone_ready_i, .txdone_qp_o, .txdone_head_o, .drop_dma_o(drop_dma),
    .idle_o(build_idle)
  );

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      txq_head_o <= '0;
      ctr_o      <= '0;
    end else begin
      for (int i = 0; i < int'(Qps); i++) begin
        if (fin && fin_qp == qp_t'(i)) txq_head_o[i] <= fin_next;
        if (!qp_i[i].enable) txq_head_o[i] <= '0;
      end
      ctr_o.tx_drop_bad_desc <= bad || bad_tail || late_q;
      ctr_o.tx_drop_dma      <= unread || drop_dma || late_dma_q;
    end
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      late_q     <= 1'b0;
      late_dma_q <= 1'b0;
    end else begin
      late_q     <= (bad && bad_tail) || (late_q && (bad || bad_tail));
      late_dma_q <= (unread && drop_dma) || (late_dma_q && (unread || drop_dma));
    end
  end

  logic tail_late_q, tail_now;
  assign tail_now = bad_tail || tail_late_q;
  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      tail_late_q   <= 1'b0;
      fault_valid_o <= 1'b0;
    end else begin
      tail_late_q   <= tail_now && (bad || unread);
      fault_valid_o <= bad || unread || tail_now;
    end
    if (bad || unread) begin
      fault_o <= '{qp: bad_qp, what: bad ? 8'(toe_abi_pkg::FaultBadDescriptor)
          : 8'(toe_abi_pkg::FaultDmaRead), info: bad_index};
    end else begin
      fault_o <= '{qp: bad_tail_qp, what: 8'(toe_abi_pkg::FaultQueueConfig), info: bad_tail_info};
    end
  end

  assign idle_o = fetch_idle && issue_idle && build_idle && !d_valid && !j_valid && !o_valid;

  `TOE_ASSERT(HeaderRoom_A, !hdr_in_valid || hdr_in_ready)
  `TOE_ASSERT(PayloadRoom_A, !pay_in_valid || pay_in_ready)
  `TOE_ASSUME(Asked_M, !nic_data_valid_i || o_valid)

endmodule
