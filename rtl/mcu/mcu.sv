// SPDX-License-Identifier: Apache-2.0
// The firmware's subsystem: RV32 core, memories, and the ports through which firmware serves the
// admin queue.
// Contract: nothing on the data path waits for it. DMA reads are never stalled; one DMA, one
//   pipeline command, one lookup operation and one TIME_WAIT command at a time. `idle_o`: the core
//   sleeps and no transfer is under way. `hold_i` keeps the core in reset while its peripherals
//   finish what they have begun. Reset: the core boots from ROM.
module mcu
  import toe_pkg::*;
  import mcu_pkg::*;
#(
    parameter toe_cfg_pkg::toe_cfg_t Cfg = toe_cfg_pkg::CfgSmall,
    parameter bit ClockGate = 1'b1
) (
    input  logic        clk_i,
    input  logic        rst_ni,
    input  logic [47:0] now_us_i,
    input  logic        hold_i,
    input  admin_ctl_t  admin_i,
    output fw_status_t  fw_status_o,
    output mcu_ctr_t    ctr_o,
    output logic        idle_o,
    // DMA read
    output logic        rd_valid_o,
    input  logic        rd_ready_i,
    output rd_cmd_t     rd_o,
    input  logic        rd_data_valid_i,
    input  logic [Cfg.DataW-1:0] rd_data_i,
    input  logic        rd_last_i,
    input  logic        rd_err_i,
    // DMA write
    output logic        wr_valid_o,
    input  logic        wr_ready_i,
    output wr_cmd_t     wr_o,
    output logic        wr_data_valid_o,
    input  logic        wr_data_ready_i,
    output logic [Cfg.DataW-1:0] wr_data_o,
    output logic [Cfg.DataW/8-1:0] wr_keep_o,
    output logic        wr_last_o,
    input  logic        wr_done_i,
    input  logic        wr_done_err_i,
    // Session pipeline
    output logic        cmd_valid_o,
    input  logic        cmd_ready_i,
    output pipe_cmd_t   cmd_o,
    output logic [ImageBits-1:0] cmd_image_o,
    input  logic        rsp_valid_i,
    input  logic [7:0]  rsp_status_i,
    input  logic [ImageBits-1:0] rsp_image_i,
    // Lookup
    output logic        lk_valid_o,
    input  logic        lk_ready_i,
    output lk_req_t     lk_o,
    input  logic        lk_done_i,
    input  lk_result_e  lk_result_i,
    // Next hops
    output logic        nh_we_o,
    output logic [15:0] nh_index_o,
    output nexthop_t    nh_o,
    // TIME_WAIT
    output logic        tw_valid_o,
    input  logic        tw_ready_i,
    output tw_cmd_t     tw_cmd_o,
    input  logic        tw_rsp_valid_i,
    input  tw_rsp_t     tw_rsp_i,
    // Congestion control: settings, summaries, answers
    output cc_cfg_t     cc_cfg_o,
    input  logic        cc_valid_i,
    output logic        cc_ready_o,
    input  cc_summary_t cc_i,
    input  logic        cc_lost_i,          // pulse: a summary found no place
    output logic        cc_set_valid_o,
    input  logic        cc_set_ready_i,
    output cc_set_t     cc_set_o
);
  logic             sleep, asleep;
  logic             xw_req, xw_gnt, xw_we;
  logic [3:0]       xw_be;
  logic [9:0]       xw_addr;
  logic [31:0]      xw_wdata, xw_rdata;
  logic             reg_req, reg_we;
  logic [toe_mcu_addr_pkg::AddrW-1:0] reg_addr;
  logic [31:0]      reg_wdata, reg_rdata;
  logic             dma_start, dma_busy, dma_error, dma_row_req, dma_row_we;
  dma_req_t         dma_req;
  logic [8:0]       dma_row_addr, img_row_addr;
  logic [Cfg.DataW-1:0] dma_row_wdata, img_row_wdata, row_rdata;
  logic             pipe_start, pipe_busy, img_row_req, img_row_we, img_go_q, img_go;
  pipe_cmd_t        pipe_cmd;
  logic [11:0]      pipe_local;
  logic [7:0]       pipe_status;
  tuple_t           tuple;
  toe_abi_pkg::session_image_t image;
  logic             core_rst_n;

  assign core_rst_n = rst_ni && !hold_i;
  assign idle_o     = ((asleep && !cc_valid_i) || hold_i) && !dma_busy && !pipe_busy;

  mcu_core #(.ClockGate(ClockGate)) i_core (
    .clk_i,
    .rst_ni       (core_rst_n),
    .sleep_i      (sleep),
    .asleep_o     (asleep),
    .xbuf_req_o   (xw_req),
    .xbuf_gnt_i   (xw_gnt),
    .xbuf_we_o    (xw_we),
    .xbuf_be_o    (xw_be),
    .xbuf_addr_o  (xw_addr),
    .xbuf_wdata_o (xw_wdata),
    .xbuf_rdata_i (xw_rdata),
    .reg_req_o    (reg_req),
    .reg_we_o     (reg_we),
    .reg_addr_o   (reg_addr),
    .reg_wdata_o  (reg_wdata),
    .reg_rdata_i  (reg_rdata)
  );

  mcu_regs #(.Cfg(Cfg)) i_regs (
    .clk_i,
    .rst_ni,
    .now_us_i,
    .req_i         (reg_req),
    .we_i          (reg_we),
    .addr_i        (reg_addr),
    .wdata_i       (reg_wdata),
    .rdata_o       (reg_rdata),
    .sleep_o       (sleep),
    .fw_status_o,
    .ctr_o,
    .admin_i,
    .dma_start_o   (dma_start),
    .dma_req_o     (dma_req),
    .dma_busy_i    (dma_busy),
    .dma_error_i   (dma_error),
    .pipe_start_o  (pipe_start),
    .pipe_cmd_o    (pipe_cmd),
    .pipe_local_o  (pipe_local),
    .pipe_busy_i   (pipe_busy),
    .pipe_status_i (pipe_status),
    .tuple_i       (tuple),
    .lk_valid_o,
    .lk_ready_i,
    .lk_o,
    .lk_done_i,
    .lk_result_i,
    .nh_we_o,
    .nh_index_o,
    .nh_o,
    .tw_valid_o,
    .tw_ready_i,
    .tw_cmd_o,
    .tw_rsp_valid_i,
    .tw_rsp_i,
    .cc_cfg_o,
    .cc_valid_i,
    .cc_ready_o,
    .cc_i,
    .cc_lost_i,
    .cc_set_valid_o,
    .cc_set_ready_i,
    .cc_set_o
  );

  mcu_dma #(.DataW(int'(Cfg.DataW))) i_dma (
    .clk_i,
    .rst_ni,
    .req_valid_i     (dma_start),
    .req_i           (dma_req),
    .vector_i        (admin_i.vector),
    .busy_o          (dma_busy),
    .error_o         (dma_error),
    .row_req_o       (dma_row_req),
    .row_we_o        (dma_row_we),
    .row_addr_o      (dma_row_addr),
    .row_wdata_o     (dma_row_wdata),
    .row_rdata_i     (row_rdata),
    .rd_valid_o,
    .rd_ready_i,
    .rd_o,
    .rd_data_valid_i,
    .rd_data_i,
    .rd_last_i,
    .rd_err_i,
    .wr_valid_o,
    .wr_ready_i,
    .wr_o,
    .wr_data_valid_o,
    .wr_data_ready_i,
    .wr_data_o,
    .wr_keep_o,
    .wr_last_o,
    .wr_done_i,
    .wr_done_err_i
  );

  // The two engines share the row port: a pipeline command waits for a running transfer.
  assign img_go = img_go_q && !dma_busy && !dma_start;
  logic img_busy;
  assign pipe_busy = img_busy || img_go_q;
  pipe_cmd_t   img_cmd_q;
  logic [11:0] img_local_q;
  always_ff @(posedge clk_i) begin
    if (pipe_start) begin
      img_cmd_q   <= pipe_cmd;
      img_local_q <= pipe_local;
    end
    if (!rst_ni) img_go_q <= 1'b0;
    else if (pipe_start) img_go_q <= 1'b1;
    else if (img_go) img_go_q <= 1'b0;
  end

  mcu_image #(.DataW(int'(Cfg.DataW))) i_image (
    .clk_i,
    .rst_ni,
    .start_i      (img_go),
    .cmd_i        (img_cmd_q),
    .local_i      (img_local_q),
    .busy_o       (img_busy),
    .status_o     (pipe_status),
    .row_req_o    (img_row_req),
    .row_we_o     (img_row_we),
    .row_addr_o   (img_row_addr),
    .row_wdata_o  (img_row_wdata),
    .row_rdata_i  (row_rdata),
    .cmd_valid_o,
    .cmd_ready_i,
    .cmd_o,
    .image_o      (cmd_image_o),
    .rsp_valid_i,
    .rsp_status_i,
    .rsp_image_i
  );

  mcu_xbuf #(.DataW(int'(Cfg.DataW))) i_xbuf (
    .clk_i,
    .word_req_i   (xw_req),
    .word_gnt_o   (xw_gnt),
    .word_we_i    (xw_we),
    .word_be_i    (xw_be),
    .word_addr_i  (xw_addr),
    .word_wdata_i (xw_wdata),
    .word_rdata_o (xw_rdata),
    .row_req_i    (dma_row_req || img_row_req),
    .row_we_i     (dma_row_req ? dma_row_we : img_row_we),
    .row_addr_i   (dma_row_req ? dma_row_addr : img_row_addr),
    .row_wdata_i  (dma_row_req ? dma_row_wdata : img_row_wdata),
    .row_rdata_o  (row_rdata)
  );

  assign image = cmd_image_o;
  assign tuple = '{
    ipv6:  image.ipv6,
    laddr: addr_from_mem(image.laddr, image.ipv6),
    raddr: addr_from_mem(image.raddr, image.ipv6),
    lport: image.lport,
    rport: image.rport
  };

  logic unused;
  assign unused = ^image;
endmodule
