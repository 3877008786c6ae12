// SPDX-License-Identifier: Apache-2.0
// Firmware port to the session pipeline: takes a session image out of the exchange buffer, gives
// the command to the pipeline, and puts the image that comes back into the buffer.
// Contract: one command at a time; `busy_o` from the cycle after `start_i` until the answer is
//   stored. `image_o` keeps the image used last, whose tuple the lookup port inserts. Reset: idle.
module mcu_image
  import toe_pkg::*;
#(
    parameter int unsigned DataW = 64
) (
    input  logic             clk_i,
    input  logic             rst_ni,
    input  logic             start_i,
    input  pipe_cmd_t        cmd_i,
    input  logic [11:0]      local_i,        // byte offset of the image in the buffer
    output logic             busy_o,
    output logic [7:0]       status_o,
    // Exchange buffer; the port is free while busy_o is low
    output logic             row_req_o,
    output logic             row_we_o,
    output logic [8:0]       row_addr_o,
    output logic [DataW-1:0] row_wdata_o,
    input  logic [DataW-1:0] row_rdata_i,
    // Session pipeline
    output logic             cmd_valid_o,
    input  logic             cmd_ready_i,
    output pipe_cmd_t        cmd_o,
    output logic [mcu_pkg::ImageBits-1:0] image_o,
    input  logic             rsp_valid_i,
    input  logic [7:0]       rsp_status_i,
    input  logic [mcu_pkg::ImageBits-1:0] rsp_image_i
);
  localparam int unsigned Rows  = mcu_pkg::ImageBits / DataW;
  localparam int unsigned RowW  = $clog2(Rows);
  localparam int unsigned ByteW = $clog2(DataW / 8);

  typedef enum logic [2:0] { StIdle, StLoad, StLoadLast, StCmd, StWait, StStore } state_e;
  state_e          state_q, state_d;
  logic [RowW-1:0] cnt_q, cnt_d;
  pipe_cmd_t       cmd_q;
  logic [8:0]      base_q;
  logic [7:0]      status_q;
  logic            take_q;                 // row_rdata_i holds a row of the image
  logic [mcu_pkg::ImageBits-1:0] image_q;

  assign busy_o      = state_q != StIdle;
  assign status_o    = status_q;
  assign cmd_valid_o = state_q == StCmd;
  assign cmd_o       = cmd_q;
  assign image_o     = image_q;
  assign row_req_o   = state_q == StLoad || state_q == StStore;
  assign row_we_o    = state_q == StStore;
  assign row_addr_o  = base_q + 9'(cnt_q);
  assign row_wdata_o = image_q[DataW-1:0];

  always_comb begin
    state_d = state_q;
    cnt_d   = cnt_q;
    unique case (state_q)
      StIdle: begin
        cnt_d = '0;
        if (start_i) state_d = cmd_i.op == CmdInstall ? StLoad : StCmd;
      end
      StLoad: begin
        cnt_d = cnt_q + 1'b1;
        if (cnt_q == RowW'(Rows - 1)) state_d = StLoadLast;
      end
      StLoadLast: state_d = StCmd;
      StCmd: if (cmd_ready_i) state_d = StWait;
      StWait: begin
        if (rsp_valid_i)
          state_d = (cmd_q.op == CmdEvict || cmd_q.op == CmdSnapshot) ? StStore : StIdle;
      end
      StStore: begin
        cnt_d = cnt_q + 1'b1;
        if (cnt_q == RowW'(Rows - 1)) state_d = StIdle;
      end
      default: state_d = StIdle;
    endcase
  end

  always_ff @(posedge clk_i) begin
    cnt_q  <= cnt_d;
    take_q <= state_q == StLoad;
    if (state_q == StIdle && start_i) begin
      cmd_q  <= cmd_i;
      base_q <= 9'(local_i >> ByteW);
    end
    if (take_q) image_q <= {row_rdata_i, image_q[mcu_pkg::ImageBits-1:DataW]};
    else if (state_q == StWait && rsp_valid_i && (cmd_q.op == CmdEvict || cmd_q.op == CmdSnapshot))
      image_q <= rsp_image_i;
    else if (state_q == StStore)
      image_q <= {image_q[DataW-1:0], image_q[mcu_pkg::ImageBits-1:DataW]};
    if (state_q == StWait && rsp_valid_i) status_q <= rsp_status_i;
    if (!rst_ni) state_q <= StIdle;
    else state_q <= state_d;
  end
endmodule
