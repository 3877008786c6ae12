// SPDX-License-Identifier: Apache-2.0
// The RV32 core and its bus: ROM for code, RAM for data, exchange buffer, peripherals.
// Contract: two cycles a bus word. With `ClockGate` the core's clock stops while `sleep_i` is high
//   and its buses are quiet; without it (targets that have no clock buffer to spare) sleep is a
//   busy wait. Reset: the core fetches from address 0.
module mcu_core
  import toe_fw_pkg::*;
#(
    parameter bit ClockGate = 1'b1
) (
    input  logic        clk_i,
    input  logic        rst_ni,
    input  logic        sleep_i,
    output logic        asleep_o,
    // Exchange buffer, words
    output logic        xbuf_req_o,
    input  logic        xbuf_gnt_i,
    output logic        xbuf_we_o,
    output logic [3:0]  xbuf_be_o,
    output logic [9:0]  xbuf_addr_o,
    output logic [31:0] xbuf_wdata_o,
    input  logic [31:0] xbuf_rdata_i,
    // Peripheral registers
    output logic        reg_req_o,
    output logic        reg_we_o,
    output logic [toe_mcu_addr_pkg::AddrW-1:0] reg_addr_o,
    output logic [31:0] reg_wdata_o,
    input  logic [31:0] reg_rdata_i
);
  localparam int unsigned RamWords = 4096;

  typedef enum logic [1:0] { TgtRom, TgtRam, TgtXbuf, TgtReg } target_e;

  logic        core_clk, rst_q;
  logic        icyc, istb, iack_q, dcyc, dstb, dwe, dack_q, d_go, d_served;
  logic [29:0] iadr, dadr;
  logic [3:0]  dsel;
  logic [31:0] dwdata, irdata_q, rom_rdata_q, ram_rdata_q, drdata;
  target_e     d_tgt, d_tgt_q;

  logic [31:0] rom [Words];
  logic [31:0] ram [RamWords];

  initial begin
    for (int unsigned i = 0; i < Words; i++) rom[i] = Image[i];
  end

  // The instruction side only ever fetches from ROM; the firmware has no code elsewhere.
  always_ff @(posedge clk_i) begin
    iack_q   <= icyc && istb && !iack_q && rst_ni;
    irdata_q <= rom[iadr[$clog2(Words)-1:0]];
  end

  assign d_tgt = dadr[29] ? (dadr[26] ? TgtReg : TgtXbuf) : (dadr[26] ? TgtRam : TgtRom);
  assign d_go  = dcyc && dstb && !dack_q;
  assign d_served = d_go && (d_tgt != TgtXbuf || xbuf_gnt_i);

  always_ff @(posedge clk_i) begin
    dack_q  <= d_served && rst_ni;
    d_tgt_q <= d_tgt;
    if (d_go) rom_rdata_q <= rom[dadr[$clog2(Words)-1:0]];
    if (d_go && d_tgt == TgtRam) begin
      for (int unsigned b = 0; b < 4; b++) begin
        if (dwe && dsel[b]) ram[dadr[11:0]][8*b +: 8] <= dwdata[8*b +: 8];
      end
      ram_rdata_q <= ram[dadr[11:0]];
    end
  end

  assign xbuf_req_o   = d_go && d_tgt == TgtXbuf;
  assign xbuf_we_o    = dwe;
  assign xbuf_be_o    = dsel;
  assign xbuf_addr_o  = dadr[9:0];
  assign xbuf_wdata_o = dwdata;
  assign reg_req_o    = d_go && d_tgt == TgtReg;
  assign reg_we_o     = dwe;
  assign reg_addr_o   = {dadr[toe_mcu_addr_pkg::AddrW-3:0], 2'b00};
  assign reg_wdata_o  = dwdata;

  always_comb begin
    unique case (d_tgt_q)
      TgtRom:  drdata = rom_rdata_q;
      TgtRam:  drdata = ram_rdata_q;
      TgtXbuf: drdata = xbuf_rdata_i;
      default: drdata = reg_rdata_i;
    endcase
  end

  // Clock gate: the enable changes while the clock is low.
  logic stop, en_q;
  assign stop     = sleep_i && !icyc && !dcyc && !rst_q;
  assign asleep_o = stop;
  if (ClockGate) begin : gen_gate
    always_ff @(negedge clk_i) en_q <= !stop;
    assign core_clk = clk_i && en_q;
  end else begin : gen_no_gate
    assign en_q     = 1'b1;
    assign core_clk = clk_i && en_q;
  end

  always_ff @(posedge clk_i) rst_q <= !rst_ni;

  logic        unused_iwe, unused_ierr, unused_derr;
  logic [31:0] unused_imosi;
  logic [3:0]  unused_isel;
  logic [2:0]  unused_icti, unused_dcti;
  logic [1:0]  unused_ibte, unused_dbte;
  assign unused_ierr = 1'b0;
  assign unused_derr = 1'b0;

  VexRiscv i_core (
    .clk                    (core_clk),
    .reset                  (rst_q),
    .externalResetVector    (32'h0000_0000),
    .timerInterrupt         (1'b0),
    .softwareInterrupt      (1'b0),
    .externalInterruptArray (32'd0),
    .iBusWishbone_CYC       (icyc),
    .iBusWishbone_STB       (istb),
    .iBusWishbone_ACK       (iack_q),
    .iBusWishbone_WE        (unused_iwe),
    .iBusWishbone_ADR       (iadr),
    .iBusWishbone_DAT_MISO  (irdata_q),
    .iBusWishbone_DAT_MOSI  (unused_imosi),
    .iBusWishbone_SEL       (unused_isel),
    .iBusWishbone_ERR       (unused_ierr),
    .iBusWishbone_CTI       (unused_icti),
    .iBusWishbone_BTE       (unused_ibte),
    .dBusWishbone_CYC       (dcyc),
    .dBusWishbone_STB       (dstb),
    .dBusWishbone_ACK       (dack_q),
    .dBusWishbone_WE        (dwe),
    .dBusWishbone_ADR       (dadr),
    .dBusWishbone_DAT_MISO  (drdata),
    .dBusWishbone_DAT_MOSI  (dwdata),
    .dBusWishbone_SEL       (dsel),
    .dBusWishbone_ERR       (unused_derr),
    .dBusWishbone_CTI       (unused_dcti),
    .dBusWishbone_BTE       (unused_dbte)
  );

  logic unused;
  assign unused = ^{unused_iwe, unused_imosi, unused_isel, unused_icti, unused_ibte, unused_dcti,
      unused_dbte,
                    iadr[29:$clog2(Words)], dadr[28:27], dadr[25:12]};
endmodule
