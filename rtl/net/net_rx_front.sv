// SPDX-License-Identifier: Apache-2.0
// Streams a frame past: collects its header and sums its IP packet.
// Contract: moves only with en_i. One cycle (of en_i) after the last beat hdr_valid_o is high for
// one cycle with the header and the frame's information; sum_o follows one cycle of en_i later.
// sum_o is the plain sum of the big-endian 16-bit words from byte 14 to the end that the IP header
// states; bytes of hdr_o behind the frame's end are left from earlier frames.
module net_rx_front #(
  parameter int unsigned DataW = 64,
  localparam int unsigned NB = DataW / 8
) (
  input  logic                 clk_i,
  input  logic                 rst_ni,
  input  logic                 en_i,
  input  logic                 valid_i,
  input  logic [DataW-1:0]     data_i,
  input  logic                 last_i,
  input  logic                 good_i,        // with last_i: the frame is kept
  input  net_pkg::frame_info_t info_i,        // with last_i
  output logic                 hdr_valid_o,
  output net_pkg::hdr_t        hdr_o,
  output net_pkg::frame_info_t info_o,
  output logic [31:0]          sum_o
);
  import net_pkg::*;

  localparam int unsigned Words   = NB / 2;
  localparam int unsigned HdrBeats = (HdrKeep + NB - 1) / NB;
  localparam int unsigned BeatW   = 4;
  localparam int unsigned RemW    = $clog2(NB) + 1;

  logic [NB-1:0][7:0] b;                      // bytes of the incoming beat
  assign b = data_i;

  // Where the IP packet ends. Both length fields arrive before, or in, the first beat that an end
  // can lie in.
  logic [BeatW-1:0] beat_q;                   // number of the incoming beat, stops at the top
  logic [15:0]      pos_q;                    // of the incoming beat's first byte
  logic [15:0]      et_q, et;
  logic [16:0]      end_q, end_off, rem;

  always_comb begin
    et      = et_q;
    end_off = end_q;
    if (beat_q == BeatW'(12 / NB)) et = be16(b[12%NB], b[13%NB]);
    if (beat_q == BeatW'(16 / NB)) begin
      end_off = (et == EtherIpv6) ? 17'd54 + 17'(be16(b[18%NB], b[19%NB]))
                                  : 17'd14 + 17'(be16(b[16%NB], b[17%NB]));
    end
    rem = end_off - 17'(pos_q);
    if (end_off < 17'(pos_q)) rem = '0;
  end

  // Stage A: the beat, its first byte to sum and the bytes left to sum
  logic             a_valid_q, a_first_q;
  logic [DataW-1:0] a_data_q;
  logic [RemW-1:0]  a_rem_q;  // bytes of this beat inside the IP packet (from its start)
  logic             a_start_q;                // Ethernet header bytes are in this beat
  logic [3:0]       a_skip_q;                 // how many

  always_ff @(posedge clk_i) begin
    if (!rst_ni) begin
      beat_q    <= '0;
      pos_q     <= '0;
      a_valid_q <= 1'b0;
    end else if (en_i) begin
      a_valid_q <= valid_i;
      if (valid_i) begin
        beat_q <= last_i ? '0 : (beat_q == '1) ? beat_q : beat_q + 1'b1;
        pos_q  <= last_i ? '0 : pos_q + 16'(NB);
      end
    end
    if (en_i && valid_i) begin
      et_q      <= et;
      end_q     <= end_off;
      a_data_q  <= data_i;
      a_first_q <= beat_q == '0;
      a_start_q <= pos_q < 16'd14;
      a_skip_q  <= (pos_q == '0) ? 4'd14 : 4'd6;   // 6: second beat of a 64-bit path
      // Before the length is known every byte counts.
      a_rem_q   <= ((16 / NB != 0 && beat_q < BeatW'(16 / NB)) || rem > 17'(NB)) ? RemW'(NB)
          : RemW'(rem);
    end
  end

  // Header, complete one cycle after the last beat
  for (genvar i = 0; i < int'(HdrBeats); i++) begin : g_hdr
    localparam int unsigned Part = (HdrKeep - i * NB < NB) ? HdrKeep - i * NB : NB;
    always_ff @(posedge clk_i) begin
      if (en_i && valid_i && beat_q == BeatW'(i)) hdr_o[i*NB+:Part] <= data_i[8*Part-1:0];
    end
  end

  always_ff @(posedge clk_i) begin
    if (!rst_ni) hdr_valid_o <= 1'b0;
    else if (en_i) hdr_valid_o <= valid_i && last_i && good_i;
    if (en_i && valid_i && last_i) info_o <= info_i;
  end

  // Stage B: sum of the beat; stage C: sum of the frame
  logic [Words-1:0][15:0] w;
  logic [21:0]            beat_sum;

  always_comb begin
    beat_sum = '0;
    for (int i = 0; i < int'(Words); i++) begin
      w[i] = {a_data_q[16*i+:8], a_data_q[16*i+8+:8]};
      if (RemW'(2 * i) >= a_rem_q) w[i] = '0;
      else if (RemW'(2 * i + 1) == a_rem_q) w[i][7:0] = '0;
      if (a_start_q && 2 * i < int'(a_skip_q)) w[i] = '0;
      beat_sum += 22'(w[i]);
    end
  end

  always_ff @(posedge clk_i) begin
    if (en_i && a_valid_q) sum_o <= (a_first_q ? 32'd0 : sum_o) + 32'(beat_sum);
  end

endmodule
