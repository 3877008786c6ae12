// SPDX-License-Identifier: Apache-2.0
// Moves up to 512 bytes between host memory and the exchange buffer for the firmware.
// Contract: one transfer at a time; `busy_o` from the cycle after `req_valid_i` until the last beat
//   has been stored (read) or the memory has answered the write (wr_done_i). The read stream is
//   never stalled. A failed transfer sets `error_o` until the next request. Reset: idle, nothing
//   outstanding (the engine resets its DMA with it).
module mcu_dma
  import toe_pkg::*;
  import mcu_pkg::*;
#(
    parameter int unsigned DataW = 64
) (
    input  logic             clk_i,
    input  logic             rst_ni,
    input  logic             req_valid_i,
    input  dma_req_t         req_i,
    input  logic [5:0]       vector_i,
    output logic             busy_o,
    output logic             error_o,
    // Exchange buffer
    output logic             row_req_o,
    output logic             row_we_o,
    output logic [8:0]       row_addr_o,
    output logic [DataW-1:0] row_wdata_o,
    input  logic [DataW-1:0] row_rdata_i,
    // DMA read
    output logic             rd_valid_o,
    input  logic             rd_ready_i,
    output rd_cmd_t          rd_o,
    input  logic             rd_data_valid_i,
    input  logic [DataW-1:0] rd_data_i,
    input  logic             rd_last_i,
    input  logic             rd_err_i,
    // DMA write
    output logic             wr_valid_o,
    input  logic             wr_ready_i,
    output wr_cmd_t          wr_o,
    output logic             wr_data_valid_o,
    input  logic             wr_data_ready_i,
    output logic [DataW-1:0] wr_data_o,
    output logic [DataW/8-1:0] wr_keep_o,
    output logic             wr_last_o,
    input  logic             wr_done_i,       // pulse: a write of ours is complete
    input  logic             wr_done_err_i
);
  localparam int unsigned Bytes = DataW / 8;
  localparam int unsigned ByteW = $clog2(Bytes);

  typedef enum logic [2:0] { StIdle, StRdCmd, StRdData, StWrCmd, StWrFetch, StWrLoad,
      StWrData, StWrDone } state_e;
  state_e     state_q, state_d;
  dma_req_t   req_q;
  logic [8:0] row_q, row_d;
  logic [9:0] left_q, left_d;       // bytes left, write only
  logic       error_q, error_d;
  logic [DataW-1:0] beat_q;

  assign busy_o  = state_q != StIdle;
  assign error_o = error_q;

  assign rd_valid_o = state_q == StRdCmd;
  assign rd_o       = '{client: RdMcu, addr: req_q.addr, len: 20'(req_q.length)};
  assign wr_valid_o = state_q == StWrCmd;
  assign wr_o       = '{addr: req_q.addr, len: 16'(req_q.length), irq: req_q.op == DmaWriteIrq,
      vector: vector_i,
                        handle: '0};

  assign row_req_o   = (state_q == StRdData && rd_data_valid_i) || state_q == StWrFetch;
  assign row_we_o    = state_q == StRdData;
  assign row_addr_o  = row_q;
  assign row_wdata_o = rd_data_i;

  assign wr_data_valid_o = state_q == StWrData;
  assign wr_data_o       = beat_q;
  assign wr_last_o       = left_q <= 10'(Bytes);
  assign wr_keep_o       = wr_last_o ? ~({Bytes{1'b1}} << left_q) : '1;

  always_comb begin
    state_d = state_q;
    row_d   = row_q;
    left_d  = left_q;
    error_d = error_q;
    unique case (state_q)
      StIdle: begin
        if (req_valid_i) begin
          row_d   = 9'(req_i.local_off >> ByteW);
          left_d  = req_i.length;
          error_d = 1'b0;
          state_d = req_i.op == DmaRead ? StRdCmd : StWrCmd;
        end
      end
      StRdCmd: if (rd_ready_i) state_d = StRdData;
      StRdData: begin
        if (rd_data_valid_i) begin
          row_d = row_q + 9'd1;
          if (rd_last_i) begin
            error_d = rd_err_i;
            state_d = StIdle;
          end
        end
      end
      StWrCmd: if (wr_ready_i) state_d = StWrFetch;
      StWrFetch: begin
        row_d   = row_q + 9'd1;
        state_d = StWrLoad;
      end
      StWrLoad: state_d = StWrData;
      StWrData: begin
        if (wr_data_ready_i) begin
          left_d  = left_q - 10'(Bytes);
          state_d = wr_last_o ? StWrDone : StWrFetch;
        end
      end
      StWrDone: begin
        if (wr_done_i) begin
          error_d = wr_done_err_i;
          state_d = StIdle;
        end
      end
      default: state_d = StIdle;
    endcase
  end

  always_ff @(posedge clk_i) begin
    if (state_q == StIdle) req_q <= req_i;
    if (state_q == StWrLoad) beat_q <= row_rdata_i;
    row_q  <= row_d;
    left_q <= left_d;
    if (!rst_ni) begin
      state_q <= StIdle;
      error_q <= 1'b0;
    end else begin
      state_q <= state_d;
      error_q <= error_d;
    end
  end

  logic unused;
  assign unused = ^req_q.local_off;
endmodule
