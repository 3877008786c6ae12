// SPDX-License-Identifier: Apache-2.0
// Shares the lookup table's operation port between the pipeline (deletions) and the firmware.
// Contract: one operation at a time; the pipeline goes first. The answer goes to whoever asked, as
// a pulse. Ready is combinational from op_ready_i. Reset forgets who asked.
module toe_lk_arb (
  input  logic                clk_i,
  input  logic                rst_ni,
  input  logic                pipe_valid_i,
  output logic                pipe_ready_o,
  input  toe_pkg::lk_req_t    pipe_i,
  output logic                pipe_done_o,
  input  logic                mcu_valid_i,
  output logic                mcu_ready_o,
  input  toe_pkg::lk_req_t    mcu_i,
  output logic                mcu_done_o,
  output logic                op_valid_o,
  input  logic                op_ready_i,
  output toe_pkg::lk_req_t    op_o,
  input  logic                op_done_i,
  output logic                idle_o
);

  // Once offered a choice stands: busy_q covers the time from the offer to the answer.
  logic busy_q, taken_q, mine_q, mine;      // mine: the pipeline's

  assign mine         = busy_q ? mine_q : pipe_valid_i;
  assign op_valid_o   = !taken_q && (mine ? pipe_valid_i : mcu_valid_i);
  assign op_o         = mine ? pipe_i : mcu_i;
  assign pipe_ready_o = op_valid_o && op_ready_i && mine;
  assign mcu_ready_o  = op_valid_o && op_ready_i && !mine;
  assign pipe_done_o  = op_done_i && mine_q;
  assign mcu_done_o   = op_done_i && !mine_q;
  assign idle_o       = !busy_q && !op_valid_o;

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      busy_q  <= 1'b0;
      taken_q <= 1'b0;
      mine_q  <= 1'b0;
    end else if (op_done_i) begin
      busy_q  <= 1'b0;
      taken_q <= 1'b0;
    end else if (op_valid_o) begin
      busy_q  <= 1'b1;
      mine_q  <= mine;
      taken_q <= op_ready_i;
    end
  end

endmodule
