// SPDX-License-Identifier: Apache-2.0
// Generated from abi/regs.rdl by abi/exporter (`make gen`). Do not edit.
// Written by PeakRDL-regblock.
// Contract: one AXI4-Lite access at a time, answered the clock after it is
// accepted; reset is synchronous and active low.

module toe_regs (
        input wire clk,
        input wire rst_n,

        output logic s_axil_awready,
        input wire s_axil_awvalid,
        input wire [14:0] s_axil_awaddr,
        input wire [2:0] s_axil_awprot,
        output logic s_axil_wready,
        input wire s_axil_wvalid,
        input wire [31:0] s_axil_wdata,
        input wire [3:0]s_axil_wstrb,
        input wire s_axil_bready,
        output logic s_axil_bvalid,
        output logic [1:0] s_axil_bresp,
        output logic s_axil_arready,
        input wire s_axil_arvalid,
        input wire [14:0] s_axil_araddr,
        input wire [2:0] s_axil_arprot,
        input wire s_axil_rready,
        output logic s_axil_rvalid,
        output logic [31:0] s_axil_rdata,
        output logic [1:0] s_axil_rresp,

        input toe_regs_pkg::toe_regs__in_t hwif_in,
        output toe_regs_pkg::toe_regs__out_t hwif_out
    );

    //--------------------------------------------------------------------------
    // CPU Bus interface logic
    //--------------------------------------------------------------------------
    logic cpuif_req;
    logic cpuif_req_is_wr;
    logic [14:0] cpuif_addr;
    logic [31:0] cpuif_wr_data;
    logic [31:0] cpuif_wr_biten;
    logic cpuif_req_stall_wr;
    logic cpuif_req_stall_rd;

    logic cpuif_rd_ack;
    logic cpuif_rd_err;
    logic [31:0] cpuif_rd_data;

    logic cpuif_wr_ack;
    logic cpuif_wr_err;

    // Max Outstanding Transactions: 2
    logic [1:0] axil_n_in_flight;
    logic axil_prev_was_rd;
    logic axil_arvalid;
    logic [14:0] axil_araddr;
    logic axil_ar_accept;
    logic axil_awvalid;
    logic [14:0] axil_awaddr;
    logic axil_wvalid;
    logic [31:0] axil_wdata;
    logic [3:0] axil_wstrb;
    logic axil_aw_accept;
    logic axil_resp_acked;

    // Transaction request acceptance
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            axil_prev_was_rd <= '0;
            axil_arvalid <= '0;
            axil_araddr <= '0;
            axil_awvalid <= '0;
            axil_awaddr <= '0;
            axil_wvalid <= '0;
            axil_wdata <= '0;
            axil_wstrb <= '0;
            axil_n_in_flight <= '0;
        end else begin
            // AR* acceptance register
            if(axil_ar_accept) begin
                axil_prev_was_rd <= '1;
                axil_arvalid <= '0;
            end
            if(s_axil_arvalid && s_axil_arready) begin
                axil_arvalid <= '1;
                axil_araddr <= s_axil_araddr;
            end

            // AW* & W* acceptance registers
            if(axil_aw_accept) begin
                axil_prev_was_rd <= '0;
                axil_awvalid <= '0;
                axil_wvalid <= '0;
            end
            if(s_axil_awvalid && s_axil_awready) begin
                axil_awvalid <= '1;
                axil_awaddr <= s_axil_awaddr;
            end
            if(s_axil_wvalid && s_axil_wready) begin
                axil_wvalid <= '1;
                axil_wdata <= s_axil_wdata;
                axil_wstrb <= s_axil_wstrb;
            end

            // Keep track of in-flight transactions
            if((axil_ar_accept || axil_aw_accept) && !axil_resp_acked) begin
                axil_n_in_flight <= axil_n_in_flight + 1'b1;
            end else if(!(axil_ar_accept || axil_aw_accept) && axil_resp_acked) begin
                axil_n_in_flight <= axil_n_in_flight - 1'b1;
            end
        end
    end

    always_comb begin
        s_axil_arready = (!axil_arvalid || axil_ar_accept);
        s_axil_awready = (!axil_awvalid || axil_aw_accept);
        s_axil_wready = (!axil_wvalid || axil_aw_accept);
    end

    // Request dispatch
    always_comb begin
        cpuif_wr_data = axil_wdata;
        for(int i=0; i<4; i++) begin
            cpuif_wr_biten[i*8 +: 8] = {8{axil_wstrb[i]}};
        end
        cpuif_req = '0;
        cpuif_req_is_wr = '0;
        cpuif_addr = '0;
        axil_ar_accept = '0;
        axil_aw_accept = '0;

        if(axil_n_in_flight < 2'd2) begin
            // Can safely issue more transactions without overwhelming response buffer
            if(axil_arvalid && !axil_prev_was_rd) begin
                cpuif_req = '1;
                cpuif_req_is_wr = '0;
                cpuif_addr = {axil_araddr[14:2], 2'b0};
                if(!cpuif_req_stall_rd) axil_ar_accept = '1;
            end else if(axil_awvalid && axil_wvalid) begin
                cpuif_req = '1;
                cpuif_req_is_wr = '1;
                cpuif_addr = {axil_awaddr[14:2], 2'b0};
                if(!cpuif_req_stall_wr) axil_aw_accept = '1;
            end else if(axil_arvalid) begin
                cpuif_req = '1;
                cpuif_req_is_wr = '0;
                cpuif_addr = {axil_araddr[14:2], 2'b0};
                if(!cpuif_req_stall_rd) axil_ar_accept = '1;
            end
        end
    end


    // AXI4-Lite Response Logic
    logic [2-1:0] axil_resp_buffer_is_wr;
    logic [2-1:0] axil_resp_buffer_err;
    logic [31:0] axil_resp_buffer_rdata[2];

    logic [1:0] axil_resp_wptr;
    logic [1:0] axil_resp_rptr;

    always_ff @(posedge clk) begin
        if(~rst_n) begin
            for(int i=0; i<2; i++) begin
                axil_resp_buffer_is_wr[i] <= '0;
                axil_resp_buffer_err[i] <= '0;
                axil_resp_buffer_rdata[i] <= '0;
            end
            axil_resp_wptr <= '0;
            axil_resp_rptr <= '0;
        end else begin
            // Store responses in buffer until AXI response channel accepts them
            if(cpuif_rd_ack || cpuif_wr_ack) begin
                if(cpuif_rd_ack) begin
                    axil_resp_buffer_is_wr[axil_resp_wptr[0:0]] <= '0;
                    axil_resp_buffer_err[axil_resp_wptr[0:0]] <= cpuif_rd_err;
                    axil_resp_buffer_rdata[axil_resp_wptr[0:0]] <= cpuif_rd_data;

                end else if(cpuif_wr_ack) begin
                    axil_resp_buffer_is_wr[axil_resp_wptr[0:0]] <= '1;
                    axil_resp_buffer_err[axil_resp_wptr[0:0]] <= cpuif_wr_err;
                end
                axil_resp_wptr <= axil_resp_wptr + 1'b1;
            end

            // Advance read pointer when acknowledged
            if(axil_resp_acked) begin
                axil_resp_rptr <= axil_resp_rptr + 1'b1;
            end
        end
    end

    always_comb begin
        axil_resp_acked = '0;
        s_axil_bvalid = '0;
        s_axil_rvalid = '0;
        if(axil_resp_rptr != axil_resp_wptr) begin
            if(axil_resp_buffer_is_wr[axil_resp_rptr[0:0]]) begin
                s_axil_bvalid = '1;
                if(s_axil_bready) axil_resp_acked = '1;
            end else begin
                s_axil_rvalid = '1;
                if(s_axil_rready) axil_resp_acked = '1;
            end
        end

        s_axil_rdata = axil_resp_buffer_rdata[axil_resp_rptr[0:0]];
        if(axil_resp_buffer_err[axil_resp_rptr[0:0]]) begin
            s_axil_bresp = 2'b10;
            s_axil_rresp = 2'b10;
        end else begin
            s_axil_bresp = 2'b00;
            s_axil_rresp = 2'b00;
        end
    end

    logic cpuif_req_masked;
    logic external_pending;

    // Read & write latencies are balanced. Stalls not required
    // except if external
    assign cpuif_req_stall_rd = external_pending;
    assign cpuif_req_stall_wr = external_pending;
    assign cpuif_req_masked = cpuif_req
                            & !(!cpuif_req_is_wr & cpuif_req_stall_rd)
                            & !(cpuif_req_is_wr & cpuif_req_stall_wr);

    //--------------------------------------------------------------------------
    // Address Decode
    //--------------------------------------------------------------------------
    typedef struct packed {
        struct packed {
            logic magic;
            logic version;
            logic abi_hash_lo;
            logic abi_hash_hi;
            logic data_width;
            logic sessions;
            logic tw_entries_v4;
            logic tw_entries_v6;
            logic queue_pairs;
            logic nexthops;
            logic max_frame;
            logic features;
            logic clock_khz;
            logic ooo_intervals;
        } id;
        struct packed {
            logic control;
            logic reset;
            logic status;
            logic fw_heartbeat;
            logic fw_abi_hash_lo;
            logic fw_abi_hash_hi;
            logic now_us_lo;
            logic now_us_hi;
            logic mac_lo;
            logic mac_hi;
            logic fw_control;
            logic evq_failed;
        } ctl;
        struct packed {
            logic [10-1:0] key;
            logic hash_types;
            logic [32-1:0] indirection;
        } rss;
        struct packed {
            logic delack_us;
            logic min_rto_us;
            logic max_rto_us;
            logic max_backoff;
            logic challenge_per_s;
            logic keep_idle_s;
            logic keep_interval_s;
            logic keep_count;
            logic fin_wait_2_s;
            logic delack_segs;
        } tcp;
        struct packed {
            logic [3-1:0] linger_us;
            logic policy;
            logic replies_per_s;
            logic [3-1:0] entries_v4;
            logic [3-1:0] entries_v6;
        } tw;
        struct packed {
            logic asq_base_lo;
            logic asq_base_hi;
            logic acq_base_lo;
            logic acq_base_hi;
            logic config_;
        } admin;
        struct packed {
            logic base_lo;
            logic base_hi;
            logic config_;
            logic count;
        } trace;
        struct packed {
            logic txq_base_lo;
            logic txq_base_hi;
            logic bmq_base_lo;
            logic bmq_base_hi;
            logic rxr_base_lo;
            logic rxr_base_hi;
            logic evq_base_lo;
            logic evq_base_hi;
            logic config_;
            logic irq;
            logic txq_head;
            logic bmq_head;
            logic rxr_tail;
            logic evq_tail;
        } [16-1:0] qp;
        struct packed {
            logic txq_tail;
            logic bmq_tail;
            logic rxr_head;
            logic evq_head;
        } [16-1:0] db;
        struct packed {
            logic asq_tail;
            logic acq_head;
        } admin_db;
        logic counters;
    } decoded_reg_strb_t;
    decoded_reg_strb_t decoded_reg_strb;
    logic decoded_err;
    logic decoded_req_is_external;

    logic [14:0] decoded_addr;
    logic decoded_req;
    logic decoded_req_is_wr;
    logic [31:0] decoded_wr_data;
    logic [31:0] decoded_wr_biten;

    always_comb begin
        automatic logic is_valid_addr;
        automatic logic is_valid_rw;
        automatic logic is_external;
        is_external = '0;
        is_valid_addr = '1; // No valid address check
        is_valid_rw = '1; // No valid RW check
        decoded_reg_strb.id.magic = cpuif_req_masked & (cpuif_addr == 15'h0) & !cpuif_req_is_wr;
        decoded_reg_strb.id.version = cpuif_req_masked & (cpuif_addr == 15'h4) & !cpuif_req_is_wr;
        decoded_reg_strb.id.abi_hash_lo = cpuif_req_masked & (cpuif_addr == 15'h8) & !cpuif_req_is_wr;
        decoded_reg_strb.id.abi_hash_hi = cpuif_req_masked & (cpuif_addr == 15'hc) & !cpuif_req_is_wr;
        decoded_reg_strb.id.data_width = cpuif_req_masked & (cpuif_addr == 15'h10) & !cpuif_req_is_wr;
        decoded_reg_strb.id.sessions = cpuif_req_masked & (cpuif_addr == 15'h14) & !cpuif_req_is_wr;
        decoded_reg_strb.id.tw_entries_v4 = cpuif_req_masked & (cpuif_addr == 15'h18) & !cpuif_req_is_wr;
        decoded_reg_strb.id.tw_entries_v6 = cpuif_req_masked & (cpuif_addr == 15'h1c) & !cpuif_req_is_wr;
        decoded_reg_strb.id.queue_pairs = cpuif_req_masked & (cpuif_addr == 15'h20) & !cpuif_req_is_wr;
        decoded_reg_strb.id.nexthops = cpuif_req_masked & (cpuif_addr == 15'h24) & !cpuif_req_is_wr;
        decoded_reg_strb.id.max_frame = cpuif_req_masked & (cpuif_addr == 15'h28) & !cpuif_req_is_wr;
        decoded_reg_strb.id.features = cpuif_req_masked & (cpuif_addr == 15'h2c) & !cpuif_req_is_wr;
        decoded_reg_strb.id.clock_khz = cpuif_req_masked & (cpuif_addr == 15'h30) & !cpuif_req_is_wr;
        decoded_reg_strb.id.ooo_intervals = cpuif_req_masked & (cpuif_addr == 15'h34) & !cpuif_req_is_wr;
        decoded_reg_strb.ctl.control = cpuif_req_masked & (cpuif_addr == 15'h100);
        decoded_reg_strb.ctl.reset = cpuif_req_masked & (cpuif_addr == 15'h104);
        decoded_reg_strb.ctl.status = cpuif_req_masked & (cpuif_addr == 15'h108) & !cpuif_req_is_wr;
        decoded_reg_strb.ctl.fw_heartbeat = cpuif_req_masked & (cpuif_addr == 15'h10c) & !cpuif_req_is_wr;
        decoded_reg_strb.ctl.fw_abi_hash_lo = cpuif_req_masked & (cpuif_addr == 15'h110) & !cpuif_req_is_wr;
        decoded_reg_strb.ctl.fw_abi_hash_hi = cpuif_req_masked & (cpuif_addr == 15'h114) & !cpuif_req_is_wr;
        decoded_reg_strb.ctl.now_us_lo = cpuif_req_masked & (cpuif_addr == 15'h118) & !cpuif_req_is_wr;
        decoded_reg_strb.ctl.now_us_hi = cpuif_req_masked & (cpuif_addr == 15'h11c) & !cpuif_req_is_wr;
        decoded_reg_strb.ctl.mac_lo = cpuif_req_masked & (cpuif_addr == 15'h120);
        decoded_reg_strb.ctl.mac_hi = cpuif_req_masked & (cpuif_addr == 15'h124);
        decoded_reg_strb.ctl.fw_control = cpuif_req_masked & (cpuif_addr == 15'h128);
        decoded_reg_strb.ctl.evq_failed = cpuif_req_masked & (cpuif_addr == 15'h12c) & !cpuif_req_is_wr;
        for(int i0=0; i0<10; i0++) begin
            decoded_reg_strb.rss.key[i0] = cpuif_req_masked & (cpuif_addr == 15'h200 + (15)'(i0) * 15'h4);
        end
        decoded_reg_strb.rss.hash_types = cpuif_req_masked & (cpuif_addr == 15'h240);
        for(int i0=0; i0<32; i0++) begin
            decoded_reg_strb.rss.indirection[i0] = cpuif_req_masked & (cpuif_addr == 15'h280 + (15)'(i0) * 15'h4);
        end
        decoded_reg_strb.tcp.delack_us = cpuif_req_masked & (cpuif_addr == 15'h300);
        decoded_reg_strb.tcp.min_rto_us = cpuif_req_masked & (cpuif_addr == 15'h304);
        decoded_reg_strb.tcp.max_rto_us = cpuif_req_masked & (cpuif_addr == 15'h308);
        decoded_reg_strb.tcp.max_backoff = cpuif_req_masked & (cpuif_addr == 15'h30c);
        decoded_reg_strb.tcp.challenge_per_s = cpuif_req_masked & (cpuif_addr == 15'h310);
        decoded_reg_strb.tcp.keep_idle_s = cpuif_req_masked & (cpuif_addr == 15'h314);
        decoded_reg_strb.tcp.keep_interval_s = cpuif_req_masked & (cpuif_addr == 15'h318);
        decoded_reg_strb.tcp.keep_count = cpuif_req_masked & (cpuif_addr == 15'h31c);
        decoded_reg_strb.tcp.fin_wait_2_s = cpuif_req_masked & (cpuif_addr == 15'h320);
        decoded_reg_strb.tcp.delack_segs = cpuif_req_masked & (cpuif_addr == 15'h324);
        for(int i0=0; i0<3; i0++) begin
            decoded_reg_strb.tw.linger_us[i0] = cpuif_req_masked & (cpuif_addr == 15'h400 + (15)'(i0) * 15'h4);
        end
        decoded_reg_strb.tw.policy = cpuif_req_masked & (cpuif_addr == 15'h40c);
        decoded_reg_strb.tw.replies_per_s = cpuif_req_masked & (cpuif_addr == 15'h410);
        for(int i0=0; i0<3; i0++) begin
            decoded_reg_strb.tw.entries_v4[i0] = cpuif_req_masked & (cpuif_addr == 15'h420 + (15)'(i0) * 15'h4) & !cpuif_req_is_wr;
        end
        for(int i0=0; i0<3; i0++) begin
            decoded_reg_strb.tw.entries_v6[i0] = cpuif_req_masked & (cpuif_addr == 15'h430 + (15)'(i0) * 15'h4) & !cpuif_req_is_wr;
        end
        decoded_reg_strb.admin.asq_base_lo = cpuif_req_masked & (cpuif_addr == 15'h500);
        decoded_reg_strb.admin.asq_base_hi = cpuif_req_masked & (cpuif_addr == 15'h504);
        decoded_reg_strb.admin.acq_base_lo = cpuif_req_masked & (cpuif_addr == 15'h508);
        decoded_reg_strb.admin.acq_base_hi = cpuif_req_masked & (cpuif_addr == 15'h50c);
        decoded_reg_strb.admin.config_ = cpuif_req_masked & (cpuif_addr == 15'h510);
        decoded_reg_strb.trace.base_lo = cpuif_req_masked & (cpuif_addr == 15'h600);
        decoded_reg_strb.trace.base_hi = cpuif_req_masked & (cpuif_addr == 15'h604);
        decoded_reg_strb.trace.config_ = cpuif_req_masked & (cpuif_addr == 15'h608);
        decoded_reg_strb.trace.count = cpuif_req_masked & (cpuif_addr == 15'h60c) & !cpuif_req_is_wr;
        for(int i0=0; i0<16; i0++) begin
            decoded_reg_strb.qp[i0].txq_base_lo = cpuif_req_masked & (cpuif_addr == 15'h1000 + (15)'(i0) * 15'h40);
            decoded_reg_strb.qp[i0].txq_base_hi = cpuif_req_masked & (cpuif_addr == 15'h1004 + (15)'(i0) * 15'h40);
            decoded_reg_strb.qp[i0].bmq_base_lo = cpuif_req_masked & (cpuif_addr == 15'h1008 + (15)'(i0) * 15'h40);
            decoded_reg_strb.qp[i0].bmq_base_hi = cpuif_req_masked & (cpuif_addr == 15'h100c + (15)'(i0) * 15'h40);
            decoded_reg_strb.qp[i0].rxr_base_lo = cpuif_req_masked & (cpuif_addr == 15'h1010 + (15)'(i0) * 15'h40);
            decoded_reg_strb.qp[i0].rxr_base_hi = cpuif_req_masked & (cpuif_addr == 15'h1014 + (15)'(i0) * 15'h40);
            decoded_reg_strb.qp[i0].evq_base_lo = cpuif_req_masked & (cpuif_addr == 15'h1018 + (15)'(i0) * 15'h40);
            decoded_reg_strb.qp[i0].evq_base_hi = cpuif_req_masked & (cpuif_addr == 15'h101c + (15)'(i0) * 15'h40);
            decoded_reg_strb.qp[i0].config_ = cpuif_req_masked & (cpuif_addr == 15'h1020 + (15)'(i0) * 15'h40);
            decoded_reg_strb.qp[i0].irq = cpuif_req_masked & (cpuif_addr == 15'h1024 + (15)'(i0) * 15'h40);
            decoded_reg_strb.qp[i0].txq_head = cpuif_req_masked & (cpuif_addr == 15'h1028 + (15)'(i0) * 15'h40) & !cpuif_req_is_wr;
            decoded_reg_strb.qp[i0].bmq_head = cpuif_req_masked & (cpuif_addr == 15'h102c + (15)'(i0) * 15'h40) & !cpuif_req_is_wr;
            decoded_reg_strb.qp[i0].rxr_tail = cpuif_req_masked & (cpuif_addr == 15'h1030 + (15)'(i0) * 15'h40) & !cpuif_req_is_wr;
            decoded_reg_strb.qp[i0].evq_tail = cpuif_req_masked & (cpuif_addr == 15'h1034 + (15)'(i0) * 15'h40) & !cpuif_req_is_wr;
        end
        for(int i0=0; i0<16; i0++) begin
            decoded_reg_strb.db[i0].txq_tail = cpuif_req_masked & (cpuif_addr == 15'h2000 + (15)'(i0) * 15'h10);
            decoded_reg_strb.db[i0].bmq_tail = cpuif_req_masked & (cpuif_addr == 15'h2004 + (15)'(i0) * 15'h10);
            decoded_reg_strb.db[i0].rxr_head = cpuif_req_masked & (cpuif_addr == 15'h2008 + (15)'(i0) * 15'h10);
            decoded_reg_strb.db[i0].evq_head = cpuif_req_masked & (cpuif_addr == 15'h200c + (15)'(i0) * 15'h10);
        end
        decoded_reg_strb.admin_db.asq_tail = cpuif_req_masked & (cpuif_addr == 15'h2100);
        decoded_reg_strb.admin_db.acq_head = cpuif_req_masked & (cpuif_addr == 15'h2104);
        decoded_reg_strb.counters = cpuif_req_masked & (cpuif_addr >= 15'h4000) & (cpuif_addr <= 15'h4000 + 15'h1af);
        is_external |= cpuif_req_masked & (cpuif_addr >= 15'h4000) & (cpuif_addr <= 15'h4000 + 15'h1af);
        is_valid_rw |= cpuif_req_masked & (cpuif_addr >= 15'h4000) & (cpuif_addr <= 15'h4000 + 15'h1af);
        decoded_err = '0;
        decoded_req_is_external = is_external;
    end
    logic external_wr_ack;
    logic external_rd_ack;
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            external_pending <= '0;
        end else begin
            if(decoded_req_is_external & ~external_wr_ack & ~external_rd_ack) external_pending <= '1;
            else if(external_wr_ack | external_rd_ack) external_pending <= '0;
            `ifndef SYNTHESIS
                assert_bad_ext_wr_ack: assert(!external_wr_ack || (external_pending | decoded_req_is_external))
                    else $error("An external wr_ack strobe was asserted when no external request was active");
                assert_bad_ext_rd_ack: assert(!external_rd_ack || (external_pending | decoded_req_is_external))
                    else $error("An external rd_ack strobe was asserted when no external request was active");
            `endif
        end
    end

    // Pass down signals to next stage
    assign decoded_addr = cpuif_addr;
    assign decoded_req = cpuif_req_masked;
    assign decoded_req_is_wr = cpuif_req_is_wr;
    assign decoded_wr_data = cpuif_wr_data;
    assign decoded_wr_biten = cpuif_wr_biten;

    //--------------------------------------------------------------------------
    // Field logic
    //--------------------------------------------------------------------------
    typedef struct packed {
        struct packed {
            struct packed {
                struct packed {
                    logic next;
                    logic load_next;
                } rx_enable;
                struct packed {
                    logic next;
                    logic load_next;
                } tx_enable;
                struct packed {
                    logic next;
                    logic load_next;
                } session_enable;
                struct packed {
                    logic next;
                    logic load_next;
                } tw_enable;
                struct packed {
                    logic next;
                    logic load_next;
                } pass_bad_csum;
                struct packed {
                    logic next;
                    logic load_next;
                } promiscuous;
            } control;
            struct packed {
                struct packed {
                    logic next;
                    logic load_next;
                } soft_reset;
            } reset;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                } v;
            } mac_lo;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                } v;
            } mac_hi;
            struct packed {
                struct packed {
                    logic next;
                    logic load_next;
                } hold;
            } fw_control;
        } ctl;
        struct packed {
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                } v;
            } [10-1:0] key;
            struct packed {
                struct packed {
                    logic next;
                    logic load_next;
                } ipv4;
                struct packed {
                    logic next;
                    logic load_next;
                } ipv4_tcp;
                struct packed {
                    logic next;
                    logic load_next;
                } ipv6;
                struct packed {
                    logic next;
                    logic load_next;
                } ipv6_tcp;
            } hash_types;
            struct packed {
                struct packed {
                    logic [7:0] next;
                    logic load_next;
                } q0;
                struct packed {
                    logic [7:0] next;
                    logic load_next;
                } q1;
                struct packed {
                    logic [7:0] next;
                    logic load_next;
                } q2;
                struct packed {
                    logic [7:0] next;
                    logic load_next;
                } q3;
            } [32-1:0] indirection;
        } rss;
        struct packed {
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                } v;
            } delack_us;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                } v;
            } min_rto_us;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                } v;
            } max_rto_us;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                } v;
            } max_backoff;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                } v;
            } challenge_per_s;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                } v;
            } keep_idle_s;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                } v;
            } keep_interval_s;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                } v;
            } keep_count;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                } v;
            } fin_wait_2_s;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                } v;
            } delack_segs;
        } tcp;
        struct packed {
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                } v;
            } [3-1:0] linger_us;
            struct packed {
                struct packed {
                    logic next;
                    logic load_next;
                } rst_exact;
                struct packed {
                    logic [1:0] next;
                    logic load_next;
                } recycle;
            } policy;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                } v;
            } replies_per_s;
        } tw;
        struct packed {
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                } v;
            } asq_base_lo;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                } v;
            } asq_base_hi;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                } v;
            } acq_base_lo;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                } v;
            } acq_base_hi;
            struct packed {
                struct packed {
                    logic [3:0] next;
                    logic load_next;
                } asq_log2;
                struct packed {
                    logic [3:0] next;
                    logic load_next;
                } acq_log2;
                struct packed {
                    logic next;
                    logic load_next;
                } enable;
                struct packed {
                    logic [7:0] next;
                    logic load_next;
                } vector;
            } config_;
        } admin;
        struct packed {
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                } v;
            } base_lo;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                } v;
            } base_hi;
            struct packed {
                struct packed {
                    logic [4:0] next;
                    logic load_next;
                } log2;
                struct packed {
                    logic next;
                    logic load_next;
                } enable;
            } config_;
        } trace;
        struct packed {
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                } v;
            } txq_base_lo;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                } v;
            } txq_base_hi;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                } v;
            } bmq_base_lo;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                } v;
            } bmq_base_hi;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                } v;
            } rxr_base_lo;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                } v;
            } rxr_base_hi;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                } v;
            } evq_base_lo;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                } v;
            } evq_base_hi;
            struct packed {
                struct packed {
                    logic [3:0] next;
                    logic load_next;
                } txq_log2;
                struct packed {
                    logic [3:0] next;
                    logic load_next;
                } bmq_log2;
                struct packed {
                    logic [3:0] next;
                    logic load_next;
                } rxr_log2;
                struct packed {
                    logic [3:0] next;
                    logic load_next;
                } slot_log2;
                struct packed {
                    logic [4:0] next;
                    logic load_next;
                } evq_log2;
                struct packed {
                    logic [5:0] next;
                    logic load_next;
                } vector;
                struct packed {
                    logic next;
                    logic load_next;
                } enable;
            } config_;
            struct packed {
                struct packed {
                    logic [15:0] next;
                    logic load_next;
                } moderation_us;
            } irq;
        } [16-1:0] qp;
        struct packed {
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                } v;
            } txq_tail;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                } v;
            } bmq_tail;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                } v;
            } rxr_head;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                } v;
            } evq_head;
        } [16-1:0] db;
        struct packed {
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                } v;
            } asq_tail;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                } v;
            } acq_head;
        } admin_db;
    } field_combo_t;
    field_combo_t field_combo;

    typedef struct packed {
        struct packed {
            struct packed {
                struct packed {
                    logic value;
                } rx_enable;
                struct packed {
                    logic value;
                } tx_enable;
                struct packed {
                    logic value;
                } session_enable;
                struct packed {
                    logic value;
                } tw_enable;
                struct packed {
                    logic value;
                } pass_bad_csum;
                struct packed {
                    logic value;
                } promiscuous;
            } control;
            struct packed {
                struct packed {
                    logic value;
                } soft_reset;
            } reset;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } mac_lo;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } mac_hi;
            struct packed {
                struct packed {
                    logic value;
                } hold;
            } fw_control;
        } ctl;
        struct packed {
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } [10-1:0] key;
            struct packed {
                struct packed {
                    logic value;
                } ipv4;
                struct packed {
                    logic value;
                } ipv4_tcp;
                struct packed {
                    logic value;
                } ipv6;
                struct packed {
                    logic value;
                } ipv6_tcp;
            } hash_types;
            struct packed {
                struct packed {
                    logic [7:0] value;
                } q0;
                struct packed {
                    logic [7:0] value;
                } q1;
                struct packed {
                    logic [7:0] value;
                } q2;
                struct packed {
                    logic [7:0] value;
                } q3;
            } [32-1:0] indirection;
        } rss;
        struct packed {
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } delack_us;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } min_rto_us;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } max_rto_us;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } max_backoff;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } challenge_per_s;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } keep_idle_s;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } keep_interval_s;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } keep_count;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } fin_wait_2_s;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } delack_segs;
        } tcp;
        struct packed {
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } [3-1:0] linger_us;
            struct packed {
                struct packed {
                    logic value;
                } rst_exact;
                struct packed {
                    logic [1:0] value;
                } recycle;
            } policy;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } replies_per_s;
        } tw;
        struct packed {
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } asq_base_lo;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } asq_base_hi;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } acq_base_lo;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } acq_base_hi;
            struct packed {
                struct packed {
                    logic [3:0] value;
                } asq_log2;
                struct packed {
                    logic [3:0] value;
                } acq_log2;
                struct packed {
                    logic value;
                } enable;
                struct packed {
                    logic [7:0] value;
                } vector;
            } config_;
        } admin;
        struct packed {
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } base_lo;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } base_hi;
            struct packed {
                struct packed {
                    logic [4:0] value;
                } log2;
                struct packed {
                    logic value;
                } enable;
            } config_;
        } trace;
        struct packed {
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } txq_base_lo;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } txq_base_hi;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } bmq_base_lo;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } bmq_base_hi;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } rxr_base_lo;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } rxr_base_hi;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } evq_base_lo;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } evq_base_hi;
            struct packed {
                struct packed {
                    logic [3:0] value;
                } txq_log2;
                struct packed {
                    logic [3:0] value;
                } bmq_log2;
                struct packed {
                    logic [3:0] value;
                } rxr_log2;
                struct packed {
                    logic [3:0] value;
                } slot_log2;
                struct packed {
                    logic [4:0] value;
                } evq_log2;
                struct packed {
                    logic [5:0] value;
                } vector;
                struct packed {
                    logic value;
                } enable;
            } config_;
            struct packed {
                struct packed {
                    logic [15:0] value;
                } moderation_us;
            } irq;
        } [16-1:0] qp;
        struct packed {
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } txq_tail;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } bmq_tail;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } rxr_head;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } evq_head;
        } [16-1:0] db;
        struct packed {
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } asq_tail;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } acq_head;
        } admin_db;
    } field_storage_t;
    field_storage_t field_storage;

    // Field: toe_regs.ctl.control.rx_enable
    always_comb begin
        automatic logic [0:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.ctl.control.rx_enable.value;
        load_next_c = '0;
        if(decoded_reg_strb.ctl.control && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.ctl.control.rx_enable.value & ~decoded_wr_biten[0:0]) | (decoded_wr_data[0:0] & decoded_wr_biten[0:0]);
            load_next_c = '1;
        end
        field_combo.ctl.control.rx_enable.next = next_c;
        field_combo.ctl.control.rx_enable.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.ctl.control.rx_enable.value <= 1'h0;
        end else begin
            if(field_combo.ctl.control.rx_enable.load_next) begin
                field_storage.ctl.control.rx_enable.value <= field_combo.ctl.control.rx_enable.next;
            end
        end
    end
    assign hwif_out.ctl.control.rx_enable.value = field_storage.ctl.control.rx_enable.value;
    // Field: toe_regs.ctl.control.tx_enable
    always_comb begin
        automatic logic [0:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.ctl.control.tx_enable.value;
        load_next_c = '0;
        if(decoded_reg_strb.ctl.control && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.ctl.control.tx_enable.value & ~decoded_wr_biten[1:1]) | (decoded_wr_data[1:1] & decoded_wr_biten[1:1]);
            load_next_c = '1;
        end
        field_combo.ctl.control.tx_enable.next = next_c;
        field_combo.ctl.control.tx_enable.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.ctl.control.tx_enable.value <= 1'h0;
        end else begin
            if(field_combo.ctl.control.tx_enable.load_next) begin
                field_storage.ctl.control.tx_enable.value <= field_combo.ctl.control.tx_enable.next;
            end
        end
    end
    assign hwif_out.ctl.control.tx_enable.value = field_storage.ctl.control.tx_enable.value;
    // Field: toe_regs.ctl.control.session_enable
    always_comb begin
        automatic logic [0:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.ctl.control.session_enable.value;
        load_next_c = '0;
        if(decoded_reg_strb.ctl.control && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.ctl.control.session_enable.value & ~decoded_wr_biten[2:2]) | (decoded_wr_data[2:2] & decoded_wr_biten[2:2]);
            load_next_c = '1;
        end
        field_combo.ctl.control.session_enable.next = next_c;
        field_combo.ctl.control.session_enable.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.ctl.control.session_enable.value <= 1'h0;
        end else begin
            if(field_combo.ctl.control.session_enable.load_next) begin
                field_storage.ctl.control.session_enable.value <= field_combo.ctl.control.session_enable.next;
            end
        end
    end
    assign hwif_out.ctl.control.session_enable.value = field_storage.ctl.control.session_enable.value;
    // Field: toe_regs.ctl.control.tw_enable
    always_comb begin
        automatic logic [0:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.ctl.control.tw_enable.value;
        load_next_c = '0;
        if(decoded_reg_strb.ctl.control && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.ctl.control.tw_enable.value & ~decoded_wr_biten[3:3]) | (decoded_wr_data[3:3] & decoded_wr_biten[3:3]);
            load_next_c = '1;
        end
        field_combo.ctl.control.tw_enable.next = next_c;
        field_combo.ctl.control.tw_enable.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.ctl.control.tw_enable.value <= 1'h1;
        end else begin
            if(field_combo.ctl.control.tw_enable.load_next) begin
                field_storage.ctl.control.tw_enable.value <= field_combo.ctl.control.tw_enable.next;
            end
        end
    end
    assign hwif_out.ctl.control.tw_enable.value = field_storage.ctl.control.tw_enable.value;
    // Field: toe_regs.ctl.control.pass_bad_csum
    always_comb begin
        automatic logic [0:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.ctl.control.pass_bad_csum.value;
        load_next_c = '0;
        if(decoded_reg_strb.ctl.control && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.ctl.control.pass_bad_csum.value & ~decoded_wr_biten[4:4]) | (decoded_wr_data[4:4] & decoded_wr_biten[4:4]);
            load_next_c = '1;
        end
        field_combo.ctl.control.pass_bad_csum.next = next_c;
        field_combo.ctl.control.pass_bad_csum.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.ctl.control.pass_bad_csum.value <= 1'h0;
        end else begin
            if(field_combo.ctl.control.pass_bad_csum.load_next) begin
                field_storage.ctl.control.pass_bad_csum.value <= field_combo.ctl.control.pass_bad_csum.next;
            end
        end
    end
    assign hwif_out.ctl.control.pass_bad_csum.value = field_storage.ctl.control.pass_bad_csum.value;
    // Field: toe_regs.ctl.control.promiscuous
    always_comb begin
        automatic logic [0:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.ctl.control.promiscuous.value;
        load_next_c = '0;
        if(decoded_reg_strb.ctl.control && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.ctl.control.promiscuous.value & ~decoded_wr_biten[5:5]) | (decoded_wr_data[5:5] & decoded_wr_biten[5:5]);
            load_next_c = '1;
        end
        field_combo.ctl.control.promiscuous.next = next_c;
        field_combo.ctl.control.promiscuous.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.ctl.control.promiscuous.value <= 1'h1;
        end else begin
            if(field_combo.ctl.control.promiscuous.load_next) begin
                field_storage.ctl.control.promiscuous.value <= field_combo.ctl.control.promiscuous.next;
            end
        end
    end
    assign hwif_out.ctl.control.promiscuous.value = field_storage.ctl.control.promiscuous.value;
    // Field: toe_regs.ctl.reset.soft_reset
    always_comb begin
        automatic logic [0:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.ctl.reset.soft_reset.value;
        load_next_c = '0;
        if(decoded_reg_strb.ctl.reset && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.ctl.reset.soft_reset.value & ~decoded_wr_biten[0:0]) | (decoded_wr_data[0:0] & decoded_wr_biten[0:0]);
            load_next_c = '1;
        end else begin // singlepulse clears back to 0
            next_c = '0;
            load_next_c = '1;
        end
        field_combo.ctl.reset.soft_reset.next = next_c;
        field_combo.ctl.reset.soft_reset.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.ctl.reset.soft_reset.value <= 1'h0;
        end else begin
            if(field_combo.ctl.reset.soft_reset.load_next) begin
                field_storage.ctl.reset.soft_reset.value <= field_combo.ctl.reset.soft_reset.next;
            end
        end
    end
    assign hwif_out.ctl.reset.soft_reset.value = field_storage.ctl.reset.soft_reset.value;
    // Field: toe_regs.ctl.mac_lo.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.ctl.mac_lo.v.value;
        load_next_c = '0;
        if(decoded_reg_strb.ctl.mac_lo && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.ctl.mac_lo.v.value & ~decoded_wr_biten[31:0]) | (decoded_wr_data[31:0] & decoded_wr_biten[31:0]);
            load_next_c = '1;
        end
        field_combo.ctl.mac_lo.v.next = next_c;
        field_combo.ctl.mac_lo.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.ctl.mac_lo.v.value <= 32'h0;
        end else begin
            if(field_combo.ctl.mac_lo.v.load_next) begin
                field_storage.ctl.mac_lo.v.value <= field_combo.ctl.mac_lo.v.next;
            end
        end
    end
    assign hwif_out.ctl.mac_lo.v.value = field_storage.ctl.mac_lo.v.value;
    // Field: toe_regs.ctl.mac_hi.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.ctl.mac_hi.v.value;
        load_next_c = '0;
        if(decoded_reg_strb.ctl.mac_hi && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.ctl.mac_hi.v.value & ~decoded_wr_biten[31:0]) | (decoded_wr_data[31:0] & decoded_wr_biten[31:0]);
            load_next_c = '1;
        end
        field_combo.ctl.mac_hi.v.next = next_c;
        field_combo.ctl.mac_hi.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.ctl.mac_hi.v.value <= 32'h0;
        end else begin
            if(field_combo.ctl.mac_hi.v.load_next) begin
                field_storage.ctl.mac_hi.v.value <= field_combo.ctl.mac_hi.v.next;
            end
        end
    end
    assign hwif_out.ctl.mac_hi.v.value = field_storage.ctl.mac_hi.v.value;
    // Field: toe_regs.ctl.fw_control.hold
    always_comb begin
        automatic logic [0:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.ctl.fw_control.hold.value;
        load_next_c = '0;
        if(decoded_reg_strb.ctl.fw_control && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.ctl.fw_control.hold.value & ~decoded_wr_biten[0:0]) | (decoded_wr_data[0:0] & decoded_wr_biten[0:0]);
            load_next_c = '1;
        end
        field_combo.ctl.fw_control.hold.next = next_c;
        field_combo.ctl.fw_control.hold.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.ctl.fw_control.hold.value <= 1'h0;
        end else begin
            if(field_combo.ctl.fw_control.hold.load_next) begin
                field_storage.ctl.fw_control.hold.value <= field_combo.ctl.fw_control.hold.next;
            end
        end
    end
    assign hwif_out.ctl.fw_control.hold.value = field_storage.ctl.fw_control.hold.value;
    for(genvar i0=0; i0<10; i0++) begin
        // Field: toe_regs.rss.key[].v
        always_comb begin
            automatic logic [31:0] next_c;
            automatic logic load_next_c;
            next_c = field_storage.rss.key[i0].v.value;
            load_next_c = '0;
            if(decoded_reg_strb.rss.key[i0] && decoded_req_is_wr) begin // SW write
                next_c = (field_storage.rss.key[i0].v.value & ~decoded_wr_biten[31:0]) | (decoded_wr_data[31:0] & decoded_wr_biten[31:0]);
                load_next_c = '1;
            end
            field_combo.rss.key[i0].v.next = next_c;
            field_combo.rss.key[i0].v.load_next = load_next_c;
        end
        always_ff @(posedge clk) begin
            if(~rst_n) begin
                field_storage.rss.key[i0].v.value <= 32'h0;
            end else begin
                if(field_combo.rss.key[i0].v.load_next) begin
                    field_storage.rss.key[i0].v.value <= field_combo.rss.key[i0].v.next;
                end
            end
        end
        assign hwif_out.rss.key[i0].v.value = field_storage.rss.key[i0].v.value;
    end
    // Field: toe_regs.rss.hash_types.ipv4
    always_comb begin
        automatic logic [0:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.rss.hash_types.ipv4.value;
        load_next_c = '0;
        if(decoded_reg_strb.rss.hash_types && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.rss.hash_types.ipv4.value & ~decoded_wr_biten[0:0]) | (decoded_wr_data[0:0] & decoded_wr_biten[0:0]);
            load_next_c = '1;
        end
        field_combo.rss.hash_types.ipv4.next = next_c;
        field_combo.rss.hash_types.ipv4.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.rss.hash_types.ipv4.value <= 1'h1;
        end else begin
            if(field_combo.rss.hash_types.ipv4.load_next) begin
                field_storage.rss.hash_types.ipv4.value <= field_combo.rss.hash_types.ipv4.next;
            end
        end
    end
    assign hwif_out.rss.hash_types.ipv4.value = field_storage.rss.hash_types.ipv4.value;
    // Field: toe_regs.rss.hash_types.ipv4_tcp
    always_comb begin
        automatic logic [0:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.rss.hash_types.ipv4_tcp.value;
        load_next_c = '0;
        if(decoded_reg_strb.rss.hash_types && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.rss.hash_types.ipv4_tcp.value & ~decoded_wr_biten[1:1]) | (decoded_wr_data[1:1] & decoded_wr_biten[1:1]);
            load_next_c = '1;
        end
        field_combo.rss.hash_types.ipv4_tcp.next = next_c;
        field_combo.rss.hash_types.ipv4_tcp.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.rss.hash_types.ipv4_tcp.value <= 1'h1;
        end else begin
            if(field_combo.rss.hash_types.ipv4_tcp.load_next) begin
                field_storage.rss.hash_types.ipv4_tcp.value <= field_combo.rss.hash_types.ipv4_tcp.next;
            end
        end
    end
    assign hwif_out.rss.hash_types.ipv4_tcp.value = field_storage.rss.hash_types.ipv4_tcp.value;
    // Field: toe_regs.rss.hash_types.ipv6
    always_comb begin
        automatic logic [0:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.rss.hash_types.ipv6.value;
        load_next_c = '0;
        if(decoded_reg_strb.rss.hash_types && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.rss.hash_types.ipv6.value & ~decoded_wr_biten[2:2]) | (decoded_wr_data[2:2] & decoded_wr_biten[2:2]);
            load_next_c = '1;
        end
        field_combo.rss.hash_types.ipv6.next = next_c;
        field_combo.rss.hash_types.ipv6.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.rss.hash_types.ipv6.value <= 1'h1;
        end else begin
            if(field_combo.rss.hash_types.ipv6.load_next) begin
                field_storage.rss.hash_types.ipv6.value <= field_combo.rss.hash_types.ipv6.next;
            end
        end
    end
    assign hwif_out.rss.hash_types.ipv6.value = field_storage.rss.hash_types.ipv6.value;
    // Field: toe_regs.rss.hash_types.ipv6_tcp
    always_comb begin
        automatic logic [0:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.rss.hash_types.ipv6_tcp.value;
        load_next_c = '0;
        if(decoded_reg_strb.rss.hash_types && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.rss.hash_types.ipv6_tcp.value & ~decoded_wr_biten[3:3]) | (decoded_wr_data[3:3] & decoded_wr_biten[3:3]);
            load_next_c = '1;
        end
        field_combo.rss.hash_types.ipv6_tcp.next = next_c;
        field_combo.rss.hash_types.ipv6_tcp.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.rss.hash_types.ipv6_tcp.value <= 1'h1;
        end else begin
            if(field_combo.rss.hash_types.ipv6_tcp.load_next) begin
                field_storage.rss.hash_types.ipv6_tcp.value <= field_combo.rss.hash_types.ipv6_tcp.next;
            end
        end
    end
    assign hwif_out.rss.hash_types.ipv6_tcp.value = field_storage.rss.hash_types.ipv6_tcp.value;
    for(genvar i0=0; i0<32; i0++) begin
        // Field: toe_regs.rss.indirection[].q0
        always_comb begin
            automatic logic [7:0] next_c;
            automatic logic load_next_c;
            next_c = field_storage.rss.indirection[i0].q0.value;
            load_next_c = '0;
            if(decoded_reg_strb.rss.indirection[i0] && decoded_req_is_wr) begin // SW write
                next_c = (field_storage.rss.indirection[i0].q0.value & ~decoded_wr_biten[7:0]) | (decoded_wr_data[7:0] & decoded_wr_biten[7:0]);
                load_next_c = '1;
            end
            field_combo.rss.indirection[i0].q0.next = next_c;
            field_combo.rss.indirection[i0].q0.load_next = load_next_c;
        end
        always_ff @(posedge clk) begin
            if(~rst_n) begin
                field_storage.rss.indirection[i0].q0.value <= 8'h0;
            end else begin
                if(field_combo.rss.indirection[i0].q0.load_next) begin
                    field_storage.rss.indirection[i0].q0.value <= field_combo.rss.indirection[i0].q0.next;
                end
            end
        end
        assign hwif_out.rss.indirection[i0].q0.value = field_storage.rss.indirection[i0].q0.value;
        // Field: toe_regs.rss.indirection[].q1
        always_comb begin
            automatic logic [7:0] next_c;
            automatic logic load_next_c;
            next_c = field_storage.rss.indirection[i0].q1.value;
            load_next_c = '0;
            if(decoded_reg_strb.rss.indirection[i0] && decoded_req_is_wr) begin // SW write
                next_c = (field_storage.rss.indirection[i0].q1.value & ~decoded_wr_biten[15:8]) | (decoded_wr_data[15:8] & decoded_wr_biten[15:8]);
                load_next_c = '1;
            end
            field_combo.rss.indirection[i0].q1.next = next_c;
            field_combo.rss.indirection[i0].q1.load_next = load_next_c;
        end
        always_ff @(posedge clk) begin
            if(~rst_n) begin
                field_storage.rss.indirection[i0].q1.value <= 8'h0;
            end else begin
                if(field_combo.rss.indirection[i0].q1.load_next) begin
                    field_storage.rss.indirection[i0].q1.value <= field_combo.rss.indirection[i0].q1.next;
                end
            end
        end
        assign hwif_out.rss.indirection[i0].q1.value = field_storage.rss.indirection[i0].q1.value;
        // Field: toe_regs.rss.indirection[].q2
        always_comb begin
            automatic logic [7:0] next_c;
            automatic logic load_next_c;
            next_c = field_storage.rss.indirection[i0].q2.value;
            load_next_c = '0;
            if(decoded_reg_strb.rss.indirection[i0] && decoded_req_is_wr) begin // SW write
                next_c = (field_storage.rss.indirection[i0].q2.value & ~decoded_wr_biten[23:16]) | (decoded_wr_data[23:16] & decoded_wr_biten[23:16]);
                load_next_c = '1;
            end
            field_combo.rss.indirection[i0].q2.next = next_c;
            field_combo.rss.indirection[i0].q2.load_next = load_next_c;
        end
        always_ff @(posedge clk) begin
            if(~rst_n) begin
                field_storage.rss.indirection[i0].q2.value <= 8'h0;
            end else begin
                if(field_combo.rss.indirection[i0].q2.load_next) begin
                    field_storage.rss.indirection[i0].q2.value <= field_combo.rss.indirection[i0].q2.next;
                end
            end
        end
        assign hwif_out.rss.indirection[i0].q2.value = field_storage.rss.indirection[i0].q2.value;
        // Field: toe_regs.rss.indirection[].q3
        always_comb begin
            automatic logic [7:0] next_c;
            automatic logic load_next_c;
            next_c = field_storage.rss.indirection[i0].q3.value;
            load_next_c = '0;
            if(decoded_reg_strb.rss.indirection[i0] && decoded_req_is_wr) begin // SW write
                next_c = (field_storage.rss.indirection[i0].q3.value & ~decoded_wr_biten[31:24]) | (decoded_wr_data[31:24] & decoded_wr_biten[31:24]);
                load_next_c = '1;
            end
            field_combo.rss.indirection[i0].q3.next = next_c;
            field_combo.rss.indirection[i0].q3.load_next = load_next_c;
        end
        always_ff @(posedge clk) begin
            if(~rst_n) begin
                field_storage.rss.indirection[i0].q3.value <= 8'h0;
            end else begin
                if(field_combo.rss.indirection[i0].q3.load_next) begin
                    field_storage.rss.indirection[i0].q3.value <= field_combo.rss.indirection[i0].q3.next;
                end
            end
        end
        assign hwif_out.rss.indirection[i0].q3.value = field_storage.rss.indirection[i0].q3.value;
    end
    // Field: toe_regs.tcp.delack_us.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.tcp.delack_us.v.value;
        load_next_c = '0;
        if(decoded_reg_strb.tcp.delack_us && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.tcp.delack_us.v.value & ~decoded_wr_biten[31:0]) | (decoded_wr_data[31:0] & decoded_wr_biten[31:0]);
            load_next_c = '1;
        end
        field_combo.tcp.delack_us.v.next = next_c;
        field_combo.tcp.delack_us.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.tcp.delack_us.v.value <= 32'h9c40;
        end else begin
            if(field_combo.tcp.delack_us.v.load_next) begin
                field_storage.tcp.delack_us.v.value <= field_combo.tcp.delack_us.v.next;
            end
        end
    end
    assign hwif_out.tcp.delack_us.v.value = field_storage.tcp.delack_us.v.value;
    // Field: toe_regs.tcp.min_rto_us.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.tcp.min_rto_us.v.value;
        load_next_c = '0;
        if(decoded_reg_strb.tcp.min_rto_us && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.tcp.min_rto_us.v.value & ~decoded_wr_biten[31:0]) | (decoded_wr_data[31:0] & decoded_wr_biten[31:0]);
            load_next_c = '1;
        end
        field_combo.tcp.min_rto_us.v.next = next_c;
        field_combo.tcp.min_rto_us.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.tcp.min_rto_us.v.value <= 32'h30d40;
        end else begin
            if(field_combo.tcp.min_rto_us.v.load_next) begin
                field_storage.tcp.min_rto_us.v.value <= field_combo.tcp.min_rto_us.v.next;
            end
        end
    end
    assign hwif_out.tcp.min_rto_us.v.value = field_storage.tcp.min_rto_us.v.value;
    // Field: toe_regs.tcp.max_rto_us.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.tcp.max_rto_us.v.value;
        load_next_c = '0;
        if(decoded_reg_strb.tcp.max_rto_us && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.tcp.max_rto_us.v.value & ~decoded_wr_biten[31:0]) | (decoded_wr_data[31:0] & decoded_wr_biten[31:0]);
            load_next_c = '1;
        end
        field_combo.tcp.max_rto_us.v.next = next_c;
        field_combo.tcp.max_rto_us.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.tcp.max_rto_us.v.value <= 32'h3938700;
        end else begin
            if(field_combo.tcp.max_rto_us.v.load_next) begin
                field_storage.tcp.max_rto_us.v.value <= field_combo.tcp.max_rto_us.v.next;
            end
        end
    end
    assign hwif_out.tcp.max_rto_us.v.value = field_storage.tcp.max_rto_us.v.value;
    // Field: toe_regs.tcp.max_backoff.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.tcp.max_backoff.v.value;
        load_next_c = '0;
        if(decoded_reg_strb.tcp.max_backoff && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.tcp.max_backoff.v.value & ~decoded_wr_biten[31:0]) | (decoded_wr_data[31:0] & decoded_wr_biten[31:0]);
            load_next_c = '1;
        end
        field_combo.tcp.max_backoff.v.next = next_c;
        field_combo.tcp.max_backoff.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.tcp.max_backoff.v.value <= 32'hf;
        end else begin
            if(field_combo.tcp.max_backoff.v.load_next) begin
                field_storage.tcp.max_backoff.v.value <= field_combo.tcp.max_backoff.v.next;
            end
        end
    end
    assign hwif_out.tcp.max_backoff.v.value = field_storage.tcp.max_backoff.v.value;
    // Field: toe_regs.tcp.challenge_per_s.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.tcp.challenge_per_s.v.value;
        load_next_c = '0;
        if(decoded_reg_strb.tcp.challenge_per_s && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.tcp.challenge_per_s.v.value & ~decoded_wr_biten[31:0]) | (decoded_wr_data[31:0] & decoded_wr_biten[31:0]);
            load_next_c = '1;
        end
        field_combo.tcp.challenge_per_s.v.next = next_c;
        field_combo.tcp.challenge_per_s.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.tcp.challenge_per_s.v.value <= 32'h64;
        end else begin
            if(field_combo.tcp.challenge_per_s.v.load_next) begin
                field_storage.tcp.challenge_per_s.v.value <= field_combo.tcp.challenge_per_s.v.next;
            end
        end
    end
    assign hwif_out.tcp.challenge_per_s.v.value = field_storage.tcp.challenge_per_s.v.value;
    // Field: toe_regs.tcp.keep_idle_s.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.tcp.keep_idle_s.v.value;
        load_next_c = '0;
        if(decoded_reg_strb.tcp.keep_idle_s && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.tcp.keep_idle_s.v.value & ~decoded_wr_biten[31:0]) | (decoded_wr_data[31:0] & decoded_wr_biten[31:0]);
            load_next_c = '1;
        end
        field_combo.tcp.keep_idle_s.v.next = next_c;
        field_combo.tcp.keep_idle_s.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.tcp.keep_idle_s.v.value <= 32'h1c20;
        end else begin
            if(field_combo.tcp.keep_idle_s.v.load_next) begin
                field_storage.tcp.keep_idle_s.v.value <= field_combo.tcp.keep_idle_s.v.next;
            end
        end
    end
    assign hwif_out.tcp.keep_idle_s.v.value = field_storage.tcp.keep_idle_s.v.value;
    // Field: toe_regs.tcp.keep_interval_s.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.tcp.keep_interval_s.v.value;
        load_next_c = '0;
        if(decoded_reg_strb.tcp.keep_interval_s && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.tcp.keep_interval_s.v.value & ~decoded_wr_biten[31:0]) | (decoded_wr_data[31:0] & decoded_wr_biten[31:0]);
            load_next_c = '1;
        end
        field_combo.tcp.keep_interval_s.v.next = next_c;
        field_combo.tcp.keep_interval_s.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.tcp.keep_interval_s.v.value <= 32'h4b;
        end else begin
            if(field_combo.tcp.keep_interval_s.v.load_next) begin
                field_storage.tcp.keep_interval_s.v.value <= field_combo.tcp.keep_interval_s.v.next;
            end
        end
    end
    assign hwif_out.tcp.keep_interval_s.v.value = field_storage.tcp.keep_interval_s.v.value;
    // Field: toe_regs.tcp.keep_count.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.tcp.keep_count.v.value;
        load_next_c = '0;
        if(decoded_reg_strb.tcp.keep_count && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.tcp.keep_count.v.value & ~decoded_wr_biten[31:0]) | (decoded_wr_data[31:0] & decoded_wr_biten[31:0]);
            load_next_c = '1;
        end
        field_combo.tcp.keep_count.v.next = next_c;
        field_combo.tcp.keep_count.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.tcp.keep_count.v.value <= 32'h9;
        end else begin
            if(field_combo.tcp.keep_count.v.load_next) begin
                field_storage.tcp.keep_count.v.value <= field_combo.tcp.keep_count.v.next;
            end
        end
    end
    assign hwif_out.tcp.keep_count.v.value = field_storage.tcp.keep_count.v.value;
    // Field: toe_regs.tcp.fin_wait_2_s.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.tcp.fin_wait_2_s.v.value;
        load_next_c = '0;
        if(decoded_reg_strb.tcp.fin_wait_2_s && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.tcp.fin_wait_2_s.v.value & ~decoded_wr_biten[31:0]) | (decoded_wr_data[31:0] & decoded_wr_biten[31:0]);
            load_next_c = '1;
        end
        field_combo.tcp.fin_wait_2_s.v.next = next_c;
        field_combo.tcp.fin_wait_2_s.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.tcp.fin_wait_2_s.v.value <= 32'h3c;
        end else begin
            if(field_combo.tcp.fin_wait_2_s.v.load_next) begin
                field_storage.tcp.fin_wait_2_s.v.value <= field_combo.tcp.fin_wait_2_s.v.next;
            end
        end
    end
    assign hwif_out.tcp.fin_wait_2_s.v.value = field_storage.tcp.fin_wait_2_s.v.value;
    // Field: toe_regs.tcp.delack_segs.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.tcp.delack_segs.v.value;
        load_next_c = '0;
        if(decoded_reg_strb.tcp.delack_segs && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.tcp.delack_segs.v.value & ~decoded_wr_biten[31:0]) | (decoded_wr_data[31:0] & decoded_wr_biten[31:0]);
            load_next_c = '1;
        end
        field_combo.tcp.delack_segs.v.next = next_c;
        field_combo.tcp.delack_segs.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.tcp.delack_segs.v.value <= 32'h2;
        end else begin
            if(field_combo.tcp.delack_segs.v.load_next) begin
                field_storage.tcp.delack_segs.v.value <= field_combo.tcp.delack_segs.v.next;
            end
        end
    end
    assign hwif_out.tcp.delack_segs.v.value = field_storage.tcp.delack_segs.v.value;
    for(genvar i0=0; i0<3; i0++) begin
        // Field: toe_regs.tw.linger_us[].v
        always_comb begin
            automatic logic [31:0] next_c;
            automatic logic load_next_c;
            next_c = field_storage.tw.linger_us[i0].v.value;
            load_next_c = '0;
            if(decoded_reg_strb.tw.linger_us[i0] && decoded_req_is_wr) begin // SW write
                next_c = (field_storage.tw.linger_us[i0].v.value & ~decoded_wr_biten[31:0]) | (decoded_wr_data[31:0] & decoded_wr_biten[31:0]);
                load_next_c = '1;
            end
            field_combo.tw.linger_us[i0].v.next = next_c;
            field_combo.tw.linger_us[i0].v.load_next = load_next_c;
        end
        always_ff @(posedge clk) begin
            if(~rst_n) begin
                field_storage.tw.linger_us[i0].v.value <= 32'h3938700;
            end else begin
                if(field_combo.tw.linger_us[i0].v.load_next) begin
                    field_storage.tw.linger_us[i0].v.value <= field_combo.tw.linger_us[i0].v.next;
                end
            end
        end
        assign hwif_out.tw.linger_us[i0].v.value = field_storage.tw.linger_us[i0].v.value;
    end
    // Field: toe_regs.tw.policy.rst_exact
    always_comb begin
        automatic logic [0:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.tw.policy.rst_exact.value;
        load_next_c = '0;
        if(decoded_reg_strb.tw.policy && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.tw.policy.rst_exact.value & ~decoded_wr_biten[0:0]) | (decoded_wr_data[0:0] & decoded_wr_biten[0:0]);
            load_next_c = '1;
        end
        field_combo.tw.policy.rst_exact.next = next_c;
        field_combo.tw.policy.rst_exact.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.tw.policy.rst_exact.value <= 1'h0;
        end else begin
            if(field_combo.tw.policy.rst_exact.load_next) begin
                field_storage.tw.policy.rst_exact.value <= field_combo.tw.policy.rst_exact.next;
            end
        end
    end
    assign hwif_out.tw.policy.rst_exact.value = field_storage.tw.policy.rst_exact.value;
    // Field: toe_regs.tw.policy.recycle
    always_comb begin
        automatic logic [1:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.tw.policy.recycle.value;
        load_next_c = '0;
        if(decoded_reg_strb.tw.policy && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.tw.policy.recycle.value & ~decoded_wr_biten[2:1]) | (decoded_wr_data[2:1] & decoded_wr_biten[2:1]);
            load_next_c = '1;
        end
        field_combo.tw.policy.recycle.next = next_c;
        field_combo.tw.policy.recycle.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.tw.policy.recycle.value <= 2'h2;
        end else begin
            if(field_combo.tw.policy.recycle.load_next) begin
                field_storage.tw.policy.recycle.value <= field_combo.tw.policy.recycle.next;
            end
        end
    end
    assign hwif_out.tw.policy.recycle.value = field_storage.tw.policy.recycle.value;
    // Field: toe_regs.tw.replies_per_s.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.tw.replies_per_s.v.value;
        load_next_c = '0;
        if(decoded_reg_strb.tw.replies_per_s && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.tw.replies_per_s.v.value & ~decoded_wr_biten[31:0]) | (decoded_wr_data[31:0] & decoded_wr_biten[31:0]);
            load_next_c = '1;
        end
        field_combo.tw.replies_per_s.v.next = next_c;
        field_combo.tw.replies_per_s.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.tw.replies_per_s.v.value <= 32'h64;
        end else begin
            if(field_combo.tw.replies_per_s.v.load_next) begin
                field_storage.tw.replies_per_s.v.value <= field_combo.tw.replies_per_s.v.next;
            end
        end
    end
    assign hwif_out.tw.replies_per_s.v.value = field_storage.tw.replies_per_s.v.value;
    // Field: toe_regs.admin.asq_base_lo.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.admin.asq_base_lo.v.value;
        load_next_c = '0;
        if(decoded_reg_strb.admin.asq_base_lo && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.admin.asq_base_lo.v.value & ~decoded_wr_biten[31:0]) | (decoded_wr_data[31:0] & decoded_wr_biten[31:0]);
            load_next_c = '1;
        end
        field_combo.admin.asq_base_lo.v.next = next_c;
        field_combo.admin.asq_base_lo.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.admin.asq_base_lo.v.value <= 32'h0;
        end else begin
            if(field_combo.admin.asq_base_lo.v.load_next) begin
                field_storage.admin.asq_base_lo.v.value <= field_combo.admin.asq_base_lo.v.next;
            end
        end
    end
    assign hwif_out.admin.asq_base_lo.v.value = field_storage.admin.asq_base_lo.v.value;
    // Field: toe_regs.admin.asq_base_hi.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.admin.asq_base_hi.v.value;
        load_next_c = '0;
        if(decoded_reg_strb.admin.asq_base_hi && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.admin.asq_base_hi.v.value & ~decoded_wr_biten[31:0]) | (decoded_wr_data[31:0] & decoded_wr_biten[31:0]);
            load_next_c = '1;
        end
        field_combo.admin.asq_base_hi.v.next = next_c;
        field_combo.admin.asq_base_hi.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.admin.asq_base_hi.v.value <= 32'h0;
        end else begin
            if(field_combo.admin.asq_base_hi.v.load_next) begin
                field_storage.admin.asq_base_hi.v.value <= field_combo.admin.asq_base_hi.v.next;
            end
        end
    end
    assign hwif_out.admin.asq_base_hi.v.value = field_storage.admin.asq_base_hi.v.value;
    // Field: toe_regs.admin.acq_base_lo.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.admin.acq_base_lo.v.value;
        load_next_c = '0;
        if(decoded_reg_strb.admin.acq_base_lo && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.admin.acq_base_lo.v.value & ~decoded_wr_biten[31:0]) | (decoded_wr_data[31:0] & decoded_wr_biten[31:0]);
            load_next_c = '1;
        end
        field_combo.admin.acq_base_lo.v.next = next_c;
        field_combo.admin.acq_base_lo.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.admin.acq_base_lo.v.value <= 32'h0;
        end else begin
            if(field_combo.admin.acq_base_lo.v.load_next) begin
                field_storage.admin.acq_base_lo.v.value <= field_combo.admin.acq_base_lo.v.next;
            end
        end
    end
    assign hwif_out.admin.acq_base_lo.v.value = field_storage.admin.acq_base_lo.v.value;
    // Field: toe_regs.admin.acq_base_hi.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.admin.acq_base_hi.v.value;
        load_next_c = '0;
        if(decoded_reg_strb.admin.acq_base_hi && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.admin.acq_base_hi.v.value & ~decoded_wr_biten[31:0]) | (decoded_wr_data[31:0] & decoded_wr_biten[31:0]);
            load_next_c = '1;
        end
        field_combo.admin.acq_base_hi.v.next = next_c;
        field_combo.admin.acq_base_hi.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.admin.acq_base_hi.v.value <= 32'h0;
        end else begin
            if(field_combo.admin.acq_base_hi.v.load_next) begin
                field_storage.admin.acq_base_hi.v.value <= field_combo.admin.acq_base_hi.v.next;
            end
        end
    end
    assign hwif_out.admin.acq_base_hi.v.value = field_storage.admin.acq_base_hi.v.value;
    // Field: toe_regs.admin.config.asq_log2
    always_comb begin
        automatic logic [3:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.admin.config_.asq_log2.value;
        load_next_c = '0;
        if(decoded_reg_strb.admin.config_ && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.admin.config_.asq_log2.value & ~decoded_wr_biten[3:0]) | (decoded_wr_data[3:0] & decoded_wr_biten[3:0]);
            load_next_c = '1;
        end
        field_combo.admin.config_.asq_log2.next = next_c;
        field_combo.admin.config_.asq_log2.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.admin.config_.asq_log2.value <= 4'h0;
        end else begin
            if(field_combo.admin.config_.asq_log2.load_next) begin
                field_storage.admin.config_.asq_log2.value <= field_combo.admin.config_.asq_log2.next;
            end
        end
    end
    assign hwif_out.admin.config_.asq_log2.value = field_storage.admin.config_.asq_log2.value;
    // Field: toe_regs.admin.config.acq_log2
    always_comb begin
        automatic logic [3:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.admin.config_.acq_log2.value;
        load_next_c = '0;
        if(decoded_reg_strb.admin.config_ && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.admin.config_.acq_log2.value & ~decoded_wr_biten[7:4]) | (decoded_wr_data[7:4] & decoded_wr_biten[7:4]);
            load_next_c = '1;
        end
        field_combo.admin.config_.acq_log2.next = next_c;
        field_combo.admin.config_.acq_log2.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.admin.config_.acq_log2.value <= 4'h0;
        end else begin
            if(field_combo.admin.config_.acq_log2.load_next) begin
                field_storage.admin.config_.acq_log2.value <= field_combo.admin.config_.acq_log2.next;
            end
        end
    end
    assign hwif_out.admin.config_.acq_log2.value = field_storage.admin.config_.acq_log2.value;
    // Field: toe_regs.admin.config.enable
    always_comb begin
        automatic logic [0:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.admin.config_.enable.value;
        load_next_c = '0;
        if(decoded_reg_strb.admin.config_ && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.admin.config_.enable.value & ~decoded_wr_biten[8:8]) | (decoded_wr_data[8:8] & decoded_wr_biten[8:8]);
            load_next_c = '1;
        end
        field_combo.admin.config_.enable.next = next_c;
        field_combo.admin.config_.enable.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.admin.config_.enable.value <= 1'h0;
        end else begin
            if(field_combo.admin.config_.enable.load_next) begin
                field_storage.admin.config_.enable.value <= field_combo.admin.config_.enable.next;
            end
        end
    end
    assign hwif_out.admin.config_.enable.value = field_storage.admin.config_.enable.value;
    // Field: toe_regs.admin.config.vector
    always_comb begin
        automatic logic [7:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.admin.config_.vector.value;
        load_next_c = '0;
        if(decoded_reg_strb.admin.config_ && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.admin.config_.vector.value & ~decoded_wr_biten[23:16]) | (decoded_wr_data[23:16] & decoded_wr_biten[23:16]);
            load_next_c = '1;
        end
        field_combo.admin.config_.vector.next = next_c;
        field_combo.admin.config_.vector.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.admin.config_.vector.value <= 8'h0;
        end else begin
            if(field_combo.admin.config_.vector.load_next) begin
                field_storage.admin.config_.vector.value <= field_combo.admin.config_.vector.next;
            end
        end
    end
    assign hwif_out.admin.config_.vector.value = field_storage.admin.config_.vector.value;
    // Field: toe_regs.trace.base_lo.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.trace.base_lo.v.value;
        load_next_c = '0;
        if(decoded_reg_strb.trace.base_lo && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.trace.base_lo.v.value & ~decoded_wr_biten[31:0]) | (decoded_wr_data[31:0] & decoded_wr_biten[31:0]);
            load_next_c = '1;
        end
        field_combo.trace.base_lo.v.next = next_c;
        field_combo.trace.base_lo.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.trace.base_lo.v.value <= 32'h0;
        end else begin
            if(field_combo.trace.base_lo.v.load_next) begin
                field_storage.trace.base_lo.v.value <= field_combo.trace.base_lo.v.next;
            end
        end
    end
    assign hwif_out.trace.base_lo.v.value = field_storage.trace.base_lo.v.value;
    // Field: toe_regs.trace.base_hi.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.trace.base_hi.v.value;
        load_next_c = '0;
        if(decoded_reg_strb.trace.base_hi && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.trace.base_hi.v.value & ~decoded_wr_biten[31:0]) | (decoded_wr_data[31:0] & decoded_wr_biten[31:0]);
            load_next_c = '1;
        end
        field_combo.trace.base_hi.v.next = next_c;
        field_combo.trace.base_hi.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.trace.base_hi.v.value <= 32'h0;
        end else begin
            if(field_combo.trace.base_hi.v.load_next) begin
                field_storage.trace.base_hi.v.value <= field_combo.trace.base_hi.v.next;
            end
        end
    end
    assign hwif_out.trace.base_hi.v.value = field_storage.trace.base_hi.v.value;
    // Field: toe_regs.trace.config.log2
    always_comb begin
        automatic logic [4:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.trace.config_.log2.value;
        load_next_c = '0;
        if(decoded_reg_strb.trace.config_ && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.trace.config_.log2.value & ~decoded_wr_biten[4:0]) | (decoded_wr_data[4:0] & decoded_wr_biten[4:0]);
            load_next_c = '1;
        end
        field_combo.trace.config_.log2.next = next_c;
        field_combo.trace.config_.log2.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.trace.config_.log2.value <= 5'h0;
        end else begin
            if(field_combo.trace.config_.log2.load_next) begin
                field_storage.trace.config_.log2.value <= field_combo.trace.config_.log2.next;
            end
        end
    end
    assign hwif_out.trace.config_.log2.value = field_storage.trace.config_.log2.value;
    // Field: toe_regs.trace.config.enable
    always_comb begin
        automatic logic [0:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.trace.config_.enable.value;
        load_next_c = '0;
        if(decoded_reg_strb.trace.config_ && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.trace.config_.enable.value & ~decoded_wr_biten[31:31]) | (decoded_wr_data[31:31] & decoded_wr_biten[31:31]);
            load_next_c = '1;
        end
        field_combo.trace.config_.enable.next = next_c;
        field_combo.trace.config_.enable.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.trace.config_.enable.value <= 1'h0;
        end else begin
            if(field_combo.trace.config_.enable.load_next) begin
                field_storage.trace.config_.enable.value <= field_combo.trace.config_.enable.next;
            end
        end
    end
    assign hwif_out.trace.config_.enable.value = field_storage.trace.config_.enable.value;
    for(genvar i0=0; i0<16; i0++) begin
        // Field: toe_regs.qp[].txq_base_lo.v
        always_comb begin
            automatic logic [31:0] next_c;
            automatic logic load_next_c;
            next_c = field_storage.qp[i0].txq_base_lo.v.value;
            load_next_c = '0;
            if(decoded_reg_strb.qp[i0].txq_base_lo && decoded_req_is_wr && hwif_in.qp[i0].txq_base_lo.v.swwe) begin // SW write
                next_c = (field_storage.qp[i0].txq_base_lo.v.value & ~decoded_wr_biten[31:0]) | (decoded_wr_data[31:0] & decoded_wr_biten[31:0]);
                load_next_c = '1;
            end
            field_combo.qp[i0].txq_base_lo.v.next = next_c;
            field_combo.qp[i0].txq_base_lo.v.load_next = load_next_c;
        end
        always_ff @(posedge clk) begin
            if(~rst_n) begin
                field_storage.qp[i0].txq_base_lo.v.value <= 32'h0;
            end else begin
                if(field_combo.qp[i0].txq_base_lo.v.load_next) begin
                    field_storage.qp[i0].txq_base_lo.v.value <= field_combo.qp[i0].txq_base_lo.v.next;
                end
            end
        end
        assign hwif_out.qp[i0].txq_base_lo.v.value = field_storage.qp[i0].txq_base_lo.v.value;
        // Field: toe_regs.qp[].txq_base_hi.v
        always_comb begin
            automatic logic [31:0] next_c;
            automatic logic load_next_c;
            next_c = field_storage.qp[i0].txq_base_hi.v.value;
            load_next_c = '0;
            if(decoded_reg_strb.qp[i0].txq_base_hi && decoded_req_is_wr && hwif_in.qp[i0].txq_base_hi.v.swwe) begin // SW write
                next_c = (field_storage.qp[i0].txq_base_hi.v.value & ~decoded_wr_biten[31:0]) | (decoded_wr_data[31:0] & decoded_wr_biten[31:0]);
                load_next_c = '1;
            end
            field_combo.qp[i0].txq_base_hi.v.next = next_c;
            field_combo.qp[i0].txq_base_hi.v.load_next = load_next_c;
        end
        always_ff @(posedge clk) begin
            if(~rst_n) begin
                field_storage.qp[i0].txq_base_hi.v.value <= 32'h0;
            end else begin
                if(field_combo.qp[i0].txq_base_hi.v.load_next) begin
                    field_storage.qp[i0].txq_base_hi.v.value <= field_combo.qp[i0].txq_base_hi.v.next;
                end
            end
        end
        assign hwif_out.qp[i0].txq_base_hi.v.value = field_storage.qp[i0].txq_base_hi.v.value;
        // Field: toe_regs.qp[].bmq_base_lo.v
        always_comb begin
            automatic logic [31:0] next_c;
            automatic logic load_next_c;
            next_c = field_storage.qp[i0].bmq_base_lo.v.value;
            load_next_c = '0;
            if(decoded_reg_strb.qp[i0].bmq_base_lo && decoded_req_is_wr && hwif_in.qp[i0].bmq_base_lo.v.swwe) begin // SW write
                next_c = (field_storage.qp[i0].bmq_base_lo.v.value & ~decoded_wr_biten[31:0]) | (decoded_wr_data[31:0] & decoded_wr_biten[31:0]);
                load_next_c = '1;
            end
            field_combo.qp[i0].bmq_base_lo.v.next = next_c;
            field_combo.qp[i0].bmq_base_lo.v.load_next = load_next_c;
        end
        always_ff @(posedge clk) begin
            if(~rst_n) begin
                field_storage.qp[i0].bmq_base_lo.v.value <= 32'h0;
            end else begin
                if(field_combo.qp[i0].bmq_base_lo.v.load_next) begin
                    field_storage.qp[i0].bmq_base_lo.v.value <= field_combo.qp[i0].bmq_base_lo.v.next;
                end
            end
        end
        assign hwif_out.qp[i0].bmq_base_lo.v.value = field_storage.qp[i0].bmq_base_lo.v.value;
        // Field: toe_regs.qp[].bmq_base_hi.v
        always_comb begin
            automatic logic [31:0] next_c;
            automatic logic load_next_c;
            next_c = field_storage.qp[i0].bmq_base_hi.v.value;
            load_next_c = '0;
            if(decoded_reg_strb.qp[i0].bmq_base_hi && decoded_req_is_wr && hwif_in.qp[i0].bmq_base_hi.v.swwe) begin // SW write
                next_c = (field_storage.qp[i0].bmq_base_hi.v.value & ~decoded_wr_biten[31:0]) | (decoded_wr_data[31:0] & decoded_wr_biten[31:0]);
                load_next_c = '1;
            end
            field_combo.qp[i0].bmq_base_hi.v.next = next_c;
            field_combo.qp[i0].bmq_base_hi.v.load_next = load_next_c;
        end
        always_ff @(posedge clk) begin
            if(~rst_n) begin
                field_storage.qp[i0].bmq_base_hi.v.value <= 32'h0;
            end else begin
                if(field_combo.qp[i0].bmq_base_hi.v.load_next) begin
                    field_storage.qp[i0].bmq_base_hi.v.value <= field_combo.qp[i0].bmq_base_hi.v.next;
                end
            end
        end
        assign hwif_out.qp[i0].bmq_base_hi.v.value = field_storage.qp[i0].bmq_base_hi.v.value;
        // Field: toe_regs.qp[].rxr_base_lo.v
        always_comb begin
            automatic logic [31:0] next_c;
            automatic logic load_next_c;
            next_c = field_storage.qp[i0].rxr_base_lo.v.value;
            load_next_c = '0;
            if(decoded_reg_strb.qp[i0].rxr_base_lo && decoded_req_is_wr && hwif_in.qp[i0].rxr_base_lo.v.swwe) begin // SW write
                next_c = (field_storage.qp[i0].rxr_base_lo.v.value & ~decoded_wr_biten[31:0]) | (decoded_wr_data[31:0] & decoded_wr_biten[31:0]);
                load_next_c = '1;
            end
            field_combo.qp[i0].rxr_base_lo.v.next = next_c;
            field_combo.qp[i0].rxr_base_lo.v.load_next = load_next_c;
        end
        always_ff @(posedge clk) begin
            if(~rst_n) begin
                field_storage.qp[i0].rxr_base_lo.v.value <= 32'h0;
            end else begin
                if(field_combo.qp[i0].rxr_base_lo.v.load_next) begin
                    field_storage.qp[i0].rxr_base_lo.v.value <= field_combo.qp[i0].rxr_base_lo.v.next;
                end
            end
        end
        assign hwif_out.qp[i0].rxr_base_lo.v.value = field_storage.qp[i0].rxr_base_lo.v.value;
        // Field: toe_regs.qp[].rxr_base_hi.v
        always_comb begin
            automatic logic [31:0] next_c;
            automatic logic load_next_c;
            next_c = field_storage.qp[i0].rxr_base_hi.v.value;
            load_next_c = '0;
            if(decoded_reg_strb.qp[i0].rxr_base_hi && decoded_req_is_wr && hwif_in.qp[i0].rxr_base_hi.v.swwe) begin // SW write
                next_c = (field_storage.qp[i0].rxr_base_hi.v.value & ~decoded_wr_biten[31:0]) | (decoded_wr_data[31:0] & decoded_wr_biten[31:0]);
                load_next_c = '1;
            end
            field_combo.qp[i0].rxr_base_hi.v.next = next_c;
            field_combo.qp[i0].rxr_base_hi.v.load_next = load_next_c;
        end
        always_ff @(posedge clk) begin
            if(~rst_n) begin
                field_storage.qp[i0].rxr_base_hi.v.value <= 32'h0;
            end else begin
                if(field_combo.qp[i0].rxr_base_hi.v.load_next) begin
                    field_storage.qp[i0].rxr_base_hi.v.value <= field_combo.qp[i0].rxr_base_hi.v.next;
                end
            end
        end
        assign hwif_out.qp[i0].rxr_base_hi.v.value = field_storage.qp[i0].rxr_base_hi.v.value;
        // Field: toe_regs.qp[].evq_base_lo.v
        always_comb begin
            automatic logic [31:0] next_c;
            automatic logic load_next_c;
            next_c = field_storage.qp[i0].evq_base_lo.v.value;
            load_next_c = '0;
            if(decoded_reg_strb.qp[i0].evq_base_lo && decoded_req_is_wr && hwif_in.qp[i0].evq_base_lo.v.swwe) begin // SW write
                next_c = (field_storage.qp[i0].evq_base_lo.v.value & ~decoded_wr_biten[31:0]) | (decoded_wr_data[31:0] & decoded_wr_biten[31:0]);
                load_next_c = '1;
            end
            field_combo.qp[i0].evq_base_lo.v.next = next_c;
            field_combo.qp[i0].evq_base_lo.v.load_next = load_next_c;
        end
        always_ff @(posedge clk) begin
            if(~rst_n) begin
                field_storage.qp[i0].evq_base_lo.v.value <= 32'h0;
            end else begin
                if(field_combo.qp[i0].evq_base_lo.v.load_next) begin
                    field_storage.qp[i0].evq_base_lo.v.value <= field_combo.qp[i0].evq_base_lo.v.next;
                end
            end
        end
        assign hwif_out.qp[i0].evq_base_lo.v.value = field_storage.qp[i0].evq_base_lo.v.value;
        // Field: toe_regs.qp[].evq_base_hi.v
        always_comb begin
            automatic logic [31:0] next_c;
            automatic logic load_next_c;
            next_c = field_storage.qp[i0].evq_base_hi.v.value;
            load_next_c = '0;
            if(decoded_reg_strb.qp[i0].evq_base_hi && decoded_req_is_wr && hwif_in.qp[i0].evq_base_hi.v.swwe) begin // SW write
                next_c = (field_storage.qp[i0].evq_base_hi.v.value & ~decoded_wr_biten[31:0]) | (decoded_wr_data[31:0] & decoded_wr_biten[31:0]);
                load_next_c = '1;
            end
            field_combo.qp[i0].evq_base_hi.v.next = next_c;
            field_combo.qp[i0].evq_base_hi.v.load_next = load_next_c;
        end
        always_ff @(posedge clk) begin
            if(~rst_n) begin
                field_storage.qp[i0].evq_base_hi.v.value <= 32'h0;
            end else begin
                if(field_combo.qp[i0].evq_base_hi.v.load_next) begin
                    field_storage.qp[i0].evq_base_hi.v.value <= field_combo.qp[i0].evq_base_hi.v.next;
                end
            end
        end
        assign hwif_out.qp[i0].evq_base_hi.v.value = field_storage.qp[i0].evq_base_hi.v.value;
        // Field: toe_regs.qp[].config.txq_log2
        always_comb begin
            automatic logic [3:0] next_c;
            automatic logic load_next_c;
            next_c = field_storage.qp[i0].config_.txq_log2.value;
            load_next_c = '0;
            if(decoded_reg_strb.qp[i0].config_ && decoded_req_is_wr && hwif_in.qp[i0].config_.txq_log2.swwe) begin // SW write
                next_c = (field_storage.qp[i0].config_.txq_log2.value & ~decoded_wr_biten[3:0]) | (decoded_wr_data[3:0] & decoded_wr_biten[3:0]);
                load_next_c = '1;
            end
            field_combo.qp[i0].config_.txq_log2.next = next_c;
            field_combo.qp[i0].config_.txq_log2.load_next = load_next_c;
        end
        always_ff @(posedge clk) begin
            if(~rst_n) begin
                field_storage.qp[i0].config_.txq_log2.value <= 4'h0;
            end else begin
                if(field_combo.qp[i0].config_.txq_log2.load_next) begin
                    field_storage.qp[i0].config_.txq_log2.value <= field_combo.qp[i0].config_.txq_log2.next;
                end
            end
        end
        assign hwif_out.qp[i0].config_.txq_log2.value = field_storage.qp[i0].config_.txq_log2.value;
        // Field: toe_regs.qp[].config.bmq_log2
        always_comb begin
            automatic logic [3:0] next_c;
            automatic logic load_next_c;
            next_c = field_storage.qp[i0].config_.bmq_log2.value;
            load_next_c = '0;
            if(decoded_reg_strb.qp[i0].config_ && decoded_req_is_wr && hwif_in.qp[i0].config_.bmq_log2.swwe) begin // SW write
                next_c = (field_storage.qp[i0].config_.bmq_log2.value & ~decoded_wr_biten[7:4]) | (decoded_wr_data[7:4] & decoded_wr_biten[7:4]);
                load_next_c = '1;
            end
            field_combo.qp[i0].config_.bmq_log2.next = next_c;
            field_combo.qp[i0].config_.bmq_log2.load_next = load_next_c;
        end
        always_ff @(posedge clk) begin
            if(~rst_n) begin
                field_storage.qp[i0].config_.bmq_log2.value <= 4'h0;
            end else begin
                if(field_combo.qp[i0].config_.bmq_log2.load_next) begin
                    field_storage.qp[i0].config_.bmq_log2.value <= field_combo.qp[i0].config_.bmq_log2.next;
                end
            end
        end
        assign hwif_out.qp[i0].config_.bmq_log2.value = field_storage.qp[i0].config_.bmq_log2.value;
        // Field: toe_regs.qp[].config.rxr_log2
        always_comb begin
            automatic logic [3:0] next_c;
            automatic logic load_next_c;
            next_c = field_storage.qp[i0].config_.rxr_log2.value;
            load_next_c = '0;
            if(decoded_reg_strb.qp[i0].config_ && decoded_req_is_wr && hwif_in.qp[i0].config_.rxr_log2.swwe) begin // SW write
                next_c = (field_storage.qp[i0].config_.rxr_log2.value & ~decoded_wr_biten[11:8]) | (decoded_wr_data[11:8] & decoded_wr_biten[11:8]);
                load_next_c = '1;
            end
            field_combo.qp[i0].config_.rxr_log2.next = next_c;
            field_combo.qp[i0].config_.rxr_log2.load_next = load_next_c;
        end
        always_ff @(posedge clk) begin
            if(~rst_n) begin
                field_storage.qp[i0].config_.rxr_log2.value <= 4'h0;
            end else begin
                if(field_combo.qp[i0].config_.rxr_log2.load_next) begin
                    field_storage.qp[i0].config_.rxr_log2.value <= field_combo.qp[i0].config_.rxr_log2.next;
                end
            end
        end
        assign hwif_out.qp[i0].config_.rxr_log2.value = field_storage.qp[i0].config_.rxr_log2.value;
        // Field: toe_regs.qp[].config.slot_log2
        always_comb begin
            automatic logic [3:0] next_c;
            automatic logic load_next_c;
            next_c = field_storage.qp[i0].config_.slot_log2.value;
            load_next_c = '0;
            if(decoded_reg_strb.qp[i0].config_ && decoded_req_is_wr && hwif_in.qp[i0].config_.slot_log2.swwe) begin // SW write
                next_c = (field_storage.qp[i0].config_.slot_log2.value & ~decoded_wr_biten[15:12]) | (decoded_wr_data[15:12] & decoded_wr_biten[15:12]);
                load_next_c = '1;
            end
            field_combo.qp[i0].config_.slot_log2.next = next_c;
            field_combo.qp[i0].config_.slot_log2.load_next = load_next_c;
        end
        always_ff @(posedge clk) begin
            if(~rst_n) begin
                field_storage.qp[i0].config_.slot_log2.value <= 4'h0;
            end else begin
                if(field_combo.qp[i0].config_.slot_log2.load_next) begin
                    field_storage.qp[i0].config_.slot_log2.value <= field_combo.qp[i0].config_.slot_log2.next;
                end
            end
        end
        assign hwif_out.qp[i0].config_.slot_log2.value = field_storage.qp[i0].config_.slot_log2.value;
        // Field: toe_regs.qp[].config.evq_log2
        always_comb begin
            automatic logic [4:0] next_c;
            automatic logic load_next_c;
            next_c = field_storage.qp[i0].config_.evq_log2.value;
            load_next_c = '0;
            if(decoded_reg_strb.qp[i0].config_ && decoded_req_is_wr && hwif_in.qp[i0].config_.evq_log2.swwe) begin // SW write
                next_c = (field_storage.qp[i0].config_.evq_log2.value & ~decoded_wr_biten[20:16]) | (decoded_wr_data[20:16] & decoded_wr_biten[20:16]);
                load_next_c = '1;
            end
            field_combo.qp[i0].config_.evq_log2.next = next_c;
            field_combo.qp[i0].config_.evq_log2.load_next = load_next_c;
        end
        always_ff @(posedge clk) begin
            if(~rst_n) begin
                field_storage.qp[i0].config_.evq_log2.value <= 5'h0;
            end else begin
                if(field_combo.qp[i0].config_.evq_log2.load_next) begin
                    field_storage.qp[i0].config_.evq_log2.value <= field_combo.qp[i0].config_.evq_log2.next;
                end
            end
        end
        assign hwif_out.qp[i0].config_.evq_log2.value = field_storage.qp[i0].config_.evq_log2.value;
        // Field: toe_regs.qp[].config.vector
        always_comb begin
            automatic logic [5:0] next_c;
            automatic logic load_next_c;
            next_c = field_storage.qp[i0].config_.vector.value;
            load_next_c = '0;
            if(decoded_reg_strb.qp[i0].config_ && decoded_req_is_wr && hwif_in.qp[i0].config_.vector.swwe) begin // SW write
                next_c = (field_storage.qp[i0].config_.vector.value & ~decoded_wr_biten[29:24]) | (decoded_wr_data[29:24] & decoded_wr_biten[29:24]);
                load_next_c = '1;
            end
            field_combo.qp[i0].config_.vector.next = next_c;
            field_combo.qp[i0].config_.vector.load_next = load_next_c;
        end
        always_ff @(posedge clk) begin
            if(~rst_n) begin
                field_storage.qp[i0].config_.vector.value <= 6'h0;
            end else begin
                if(field_combo.qp[i0].config_.vector.load_next) begin
                    field_storage.qp[i0].config_.vector.value <= field_combo.qp[i0].config_.vector.next;
                end
            end
        end
        assign hwif_out.qp[i0].config_.vector.value = field_storage.qp[i0].config_.vector.value;
        // Field: toe_regs.qp[].config.enable
        always_comb begin
            automatic logic [0:0] next_c;
            automatic logic load_next_c;
            next_c = field_storage.qp[i0].config_.enable.value;
            load_next_c = '0;
            if(decoded_reg_strb.qp[i0].config_ && decoded_req_is_wr && hwif_in.qp[i0].config_.enable.swwe) begin // SW write
                next_c = (field_storage.qp[i0].config_.enable.value & ~decoded_wr_biten[31:31]) | (decoded_wr_data[31:31] & decoded_wr_biten[31:31]);
                load_next_c = '1;
            end
            field_combo.qp[i0].config_.enable.next = next_c;
            field_combo.qp[i0].config_.enable.load_next = load_next_c;
        end
        always_ff @(posedge clk) begin
            if(~rst_n) begin
                field_storage.qp[i0].config_.enable.value <= 1'h0;
            end else begin
                if(field_combo.qp[i0].config_.enable.load_next) begin
                    field_storage.qp[i0].config_.enable.value <= field_combo.qp[i0].config_.enable.next;
                end
            end
        end
        assign hwif_out.qp[i0].config_.enable.value = field_storage.qp[i0].config_.enable.value;
        // Field: toe_regs.qp[].irq.moderation_us
        always_comb begin
            automatic logic [15:0] next_c;
            automatic logic load_next_c;
            next_c = field_storage.qp[i0].irq.moderation_us.value;
            load_next_c = '0;
            if(decoded_reg_strb.qp[i0].irq && decoded_req_is_wr && hwif_in.qp[i0].irq.moderation_us.swwe) begin // SW write
                next_c = (field_storage.qp[i0].irq.moderation_us.value & ~decoded_wr_biten[15:0]) | (decoded_wr_data[15:0] & decoded_wr_biten[15:0]);
                load_next_c = '1;
            end
            field_combo.qp[i0].irq.moderation_us.next = next_c;
            field_combo.qp[i0].irq.moderation_us.load_next = load_next_c;
        end
        always_ff @(posedge clk) begin
            if(~rst_n) begin
                field_storage.qp[i0].irq.moderation_us.value <= 16'h0;
            end else begin
                if(field_combo.qp[i0].irq.moderation_us.load_next) begin
                    field_storage.qp[i0].irq.moderation_us.value <= field_combo.qp[i0].irq.moderation_us.next;
                end
            end
        end
        assign hwif_out.qp[i0].irq.moderation_us.value = field_storage.qp[i0].irq.moderation_us.value;
    end
    for(genvar i0=0; i0<16; i0++) begin
        // Field: toe_regs.db[].txq_tail.v
        always_comb begin
            automatic logic [31:0] next_c;
            automatic logic load_next_c;
            next_c = field_storage.db[i0].txq_tail.v.value;
            load_next_c = '0;
            if(decoded_reg_strb.db[i0].txq_tail && decoded_req_is_wr && hwif_in.db[i0].txq_tail.v.swwe) begin // SW write
                next_c = (field_storage.db[i0].txq_tail.v.value & ~decoded_wr_biten[31:0]) | (decoded_wr_data[31:0] & decoded_wr_biten[31:0]);
                load_next_c = '1;
            end
            field_combo.db[i0].txq_tail.v.next = next_c;
            field_combo.db[i0].txq_tail.v.load_next = load_next_c;
        end
        always_ff @(posedge clk) begin
            if(~rst_n) begin
                field_storage.db[i0].txq_tail.v.value <= 32'h0;
            end else begin
                if(field_combo.db[i0].txq_tail.v.load_next) begin
                    field_storage.db[i0].txq_tail.v.value <= field_combo.db[i0].txq_tail.v.next;
                end
            end
        end
        assign hwif_out.db[i0].txq_tail.v.value = field_storage.db[i0].txq_tail.v.value;
        assign hwif_out.db[i0].txq_tail.v.swmod = decoded_reg_strb.db[i0].txq_tail && decoded_req_is_wr && |(decoded_wr_biten[31:0]);
        // Field: toe_regs.db[].bmq_tail.v
        always_comb begin
            automatic logic [31:0] next_c;
            automatic logic load_next_c;
            next_c = field_storage.db[i0].bmq_tail.v.value;
            load_next_c = '0;
            if(decoded_reg_strb.db[i0].bmq_tail && decoded_req_is_wr && hwif_in.db[i0].bmq_tail.v.swwe) begin // SW write
                next_c = (field_storage.db[i0].bmq_tail.v.value & ~decoded_wr_biten[31:0]) | (decoded_wr_data[31:0] & decoded_wr_biten[31:0]);
                load_next_c = '1;
            end
            field_combo.db[i0].bmq_tail.v.next = next_c;
            field_combo.db[i0].bmq_tail.v.load_next = load_next_c;
        end
        always_ff @(posedge clk) begin
            if(~rst_n) begin
                field_storage.db[i0].bmq_tail.v.value <= 32'h0;
            end else begin
                if(field_combo.db[i0].bmq_tail.v.load_next) begin
                    field_storage.db[i0].bmq_tail.v.value <= field_combo.db[i0].bmq_tail.v.next;
                end
            end
        end
        assign hwif_out.db[i0].bmq_tail.v.value = field_storage.db[i0].bmq_tail.v.value;
        assign hwif_out.db[i0].bmq_tail.v.swmod = decoded_reg_strb.db[i0].bmq_tail && decoded_req_is_wr && |(decoded_wr_biten[31:0]);
        // Field: toe_regs.db[].rxr_head.v
        always_comb begin
            automatic logic [31:0] next_c;
            automatic logic load_next_c;
            next_c = field_storage.db[i0].rxr_head.v.value;
            load_next_c = '0;
            if(decoded_reg_strb.db[i0].rxr_head && decoded_req_is_wr && hwif_in.db[i0].rxr_head.v.swwe) begin // SW write
                next_c = (field_storage.db[i0].rxr_head.v.value & ~decoded_wr_biten[31:0]) | (decoded_wr_data[31:0] & decoded_wr_biten[31:0]);
                load_next_c = '1;
            end
            field_combo.db[i0].rxr_head.v.next = next_c;
            field_combo.db[i0].rxr_head.v.load_next = load_next_c;
        end
        always_ff @(posedge clk) begin
            if(~rst_n) begin
                field_storage.db[i0].rxr_head.v.value <= 32'h0;
            end else begin
                if(field_combo.db[i0].rxr_head.v.load_next) begin
                    field_storage.db[i0].rxr_head.v.value <= field_combo.db[i0].rxr_head.v.next;
                end
            end
        end
        assign hwif_out.db[i0].rxr_head.v.value = field_storage.db[i0].rxr_head.v.value;
        assign hwif_out.db[i0].rxr_head.v.swmod = decoded_reg_strb.db[i0].rxr_head && decoded_req_is_wr && |(decoded_wr_biten[31:0]);
        // Field: toe_regs.db[].evq_head.v
        always_comb begin
            automatic logic [31:0] next_c;
            automatic logic load_next_c;
            next_c = field_storage.db[i0].evq_head.v.value;
            load_next_c = '0;
            if(decoded_reg_strb.db[i0].evq_head && decoded_req_is_wr && hwif_in.db[i0].evq_head.v.swwe) begin // SW write
                next_c = (field_storage.db[i0].evq_head.v.value & ~decoded_wr_biten[31:0]) | (decoded_wr_data[31:0] & decoded_wr_biten[31:0]);
                load_next_c = '1;
            end
            field_combo.db[i0].evq_head.v.next = next_c;
            field_combo.db[i0].evq_head.v.load_next = load_next_c;
        end
        always_ff @(posedge clk) begin
            if(~rst_n) begin
                field_storage.db[i0].evq_head.v.value <= 32'h0;
            end else begin
                if(field_combo.db[i0].evq_head.v.load_next) begin
                    field_storage.db[i0].evq_head.v.value <= field_combo.db[i0].evq_head.v.next;
                end
            end
        end
        assign hwif_out.db[i0].evq_head.v.value = field_storage.db[i0].evq_head.v.value;
        assign hwif_out.db[i0].evq_head.v.swmod = decoded_reg_strb.db[i0].evq_head && decoded_req_is_wr && |(decoded_wr_biten[31:0]);
    end
    // Field: toe_regs.admin_db.asq_tail.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.admin_db.asq_tail.v.value;
        load_next_c = '0;
        if(decoded_reg_strb.admin_db.asq_tail && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.admin_db.asq_tail.v.value & ~decoded_wr_biten[31:0]) | (decoded_wr_data[31:0] & decoded_wr_biten[31:0]);
            load_next_c = '1;
        end
        field_combo.admin_db.asq_tail.v.next = next_c;
        field_combo.admin_db.asq_tail.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.admin_db.asq_tail.v.value <= 32'h0;
        end else begin
            if(field_combo.admin_db.asq_tail.v.load_next) begin
                field_storage.admin_db.asq_tail.v.value <= field_combo.admin_db.asq_tail.v.next;
            end
        end
    end
    assign hwif_out.admin_db.asq_tail.v.value = field_storage.admin_db.asq_tail.v.value;
    assign hwif_out.admin_db.asq_tail.v.swmod = decoded_reg_strb.admin_db.asq_tail && decoded_req_is_wr && |(decoded_wr_biten[31:0]);
    // Field: toe_regs.admin_db.acq_head.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.admin_db.acq_head.v.value;
        load_next_c = '0;
        if(decoded_reg_strb.admin_db.acq_head && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.admin_db.acq_head.v.value & ~decoded_wr_biten[31:0]) | (decoded_wr_data[31:0] & decoded_wr_biten[31:0]);
            load_next_c = '1;
        end
        field_combo.admin_db.acq_head.v.next = next_c;
        field_combo.admin_db.acq_head.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.admin_db.acq_head.v.value <= 32'h0;
        end else begin
            if(field_combo.admin_db.acq_head.v.load_next) begin
                field_storage.admin_db.acq_head.v.value <= field_combo.admin_db.acq_head.v.next;
            end
        end
    end
    assign hwif_out.admin_db.acq_head.v.value = field_storage.admin_db.acq_head.v.value;
    assign hwif_out.admin_db.acq_head.v.swmod = decoded_reg_strb.admin_db.acq_head && decoded_req_is_wr && |(decoded_wr_biten[31:0]);
    // External region: toe_regs.counters
    assign hwif_out.counters.req = decoded_reg_strb.counters;
    assign hwif_out.counters.addr = decoded_addr[8:0];
    assign hwif_out.counters.req_is_wr = decoded_req_is_wr;
    assign hwif_out.counters.wr_data = decoded_wr_data;
    assign hwif_out.counters.wr_biten = decoded_wr_biten;

    //--------------------------------------------------------------------------
    // Write response
    //--------------------------------------------------------------------------
    always_comb begin
        automatic logic wr_ack;
        wr_ack = '0;
        wr_ack |= hwif_in.counters.wr_ack;
        external_wr_ack = wr_ack;
    end
    assign cpuif_wr_ack = external_wr_ack | (decoded_req & decoded_req_is_wr & ~decoded_req_is_external);
    // Writes are always granted with no error response
    assign cpuif_wr_err = '0;

    //--------------------------------------------------------------------------
    // Readback
    //--------------------------------------------------------------------------
    logic readback_external_rd_ack_c;
    always_comb begin
        automatic logic rd_ack;
        rd_ack = '0;
        rd_ack |= hwif_in.counters.rd_ack;
        readback_external_rd_ack_c = rd_ack;
    end

    logic readback_external_rd_ack;

    assign readback_external_rd_ack = readback_external_rd_ack_c;

    logic [14:0] rd_mux_addr;
    logic [14:0] pending_rd_addr;
    // Hold read mux address to guarantee it is stable throughout any external accesses
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            pending_rd_addr <= '0;
        end else begin
            if(decoded_req) pending_rd_addr <= decoded_addr;
        end
    end
    assign rd_mux_addr = decoded_req ? decoded_addr : pending_rd_addr;

    logic readback_err;
    logic readback_done;
    logic [31:0] readback_data;
    always_comb begin
        automatic logic [31:0] readback_data_var;
        readback_data_var = '0;
        if(rd_mux_addr == 15'h0) begin
            readback_data_var[31:0] = hwif_in.id.magic.v.next;
        end
        if(rd_mux_addr == 15'h4) begin
            readback_data_var[31:0] = hwif_in.id.version.v.next;
        end
        if(rd_mux_addr == 15'h8) begin
            readback_data_var[31:0] = hwif_in.id.abi_hash_lo.v.next;
        end
        if(rd_mux_addr == 15'hc) begin
            readback_data_var[31:0] = hwif_in.id.abi_hash_hi.v.next;
        end
        if(rd_mux_addr == 15'h10) begin
            readback_data_var[31:0] = hwif_in.id.data_width.v.next;
        end
        if(rd_mux_addr == 15'h14) begin
            readback_data_var[31:0] = hwif_in.id.sessions.v.next;
        end
        if(rd_mux_addr == 15'h18) begin
            readback_data_var[31:0] = hwif_in.id.tw_entries_v4.v.next;
        end
        if(rd_mux_addr == 15'h1c) begin
            readback_data_var[31:0] = hwif_in.id.tw_entries_v6.v.next;
        end
        if(rd_mux_addr == 15'h20) begin
            readback_data_var[31:0] = hwif_in.id.queue_pairs.v.next;
        end
        if(rd_mux_addr == 15'h24) begin
            readback_data_var[31:0] = hwif_in.id.nexthops.v.next;
        end
        if(rd_mux_addr == 15'h28) begin
            readback_data_var[31:0] = hwif_in.id.max_frame.v.next;
        end
        if(rd_mux_addr == 15'h2c) begin
            readback_data_var[31:0] = hwif_in.id.features.v.next;
        end
        if(rd_mux_addr == 15'h30) begin
            readback_data_var[31:0] = hwif_in.id.clock_khz.v.next;
        end
        if(rd_mux_addr == 15'h34) begin
            readback_data_var[31:0] = hwif_in.id.ooo_intervals.v.next;
        end
        if(rd_mux_addr == 15'h100) begin
            readback_data_var[0] = field_storage.ctl.control.rx_enable.value;
            readback_data_var[1] = field_storage.ctl.control.tx_enable.value;
            readback_data_var[2] = field_storage.ctl.control.session_enable.value;
            readback_data_var[3] = field_storage.ctl.control.tw_enable.value;
            readback_data_var[4] = field_storage.ctl.control.pass_bad_csum.value;
            readback_data_var[5] = field_storage.ctl.control.promiscuous.value;
        end
        if(rd_mux_addr == 15'h104) begin
            readback_data_var[0] = field_storage.ctl.reset.soft_reset.value;
        end
        if(rd_mux_addr == 15'h108) begin
            readback_data_var[7:0] = hwif_in.ctl.status.fw_state.next;
            readback_data_var[8] = hwif_in.ctl.status.busy.next;
            readback_data_var[9] = hwif_in.ctl.status.idle.next;
        end
        if(rd_mux_addr == 15'h10c) begin
            readback_data_var[31:0] = hwif_in.ctl.fw_heartbeat.v.next;
        end
        if(rd_mux_addr == 15'h110) begin
            readback_data_var[31:0] = hwif_in.ctl.fw_abi_hash_lo.v.next;
        end
        if(rd_mux_addr == 15'h114) begin
            readback_data_var[31:0] = hwif_in.ctl.fw_abi_hash_hi.v.next;
        end
        if(rd_mux_addr == 15'h118) begin
            readback_data_var[31:0] = hwif_in.ctl.now_us_lo.v.next;
        end
        if(rd_mux_addr == 15'h11c) begin
            readback_data_var[31:0] = hwif_in.ctl.now_us_hi.v.next;
        end
        if(rd_mux_addr == 15'h120) begin
            readback_data_var[31:0] = field_storage.ctl.mac_lo.v.value;
        end
        if(rd_mux_addr == 15'h124) begin
            readback_data_var[31:0] = field_storage.ctl.mac_hi.v.value;
        end
        if(rd_mux_addr == 15'h128) begin
            readback_data_var[0] = field_storage.ctl.fw_control.hold.value;
        end
        if(rd_mux_addr == 15'h12c) begin
            readback_data_var[31:0] = hwif_in.ctl.evq_failed.v.next;
        end
        for(int i0=0; i0<10; i0++) begin
            if(rd_mux_addr == 15'h200 + (15)'(i0) * 15'h4) begin
                readback_data_var[31:0] = field_storage.rss.key[i0].v.value;
            end
        end
        if(rd_mux_addr == 15'h240) begin
            readback_data_var[0] = field_storage.rss.hash_types.ipv4.value;
            readback_data_var[1] = field_storage.rss.hash_types.ipv4_tcp.value;
            readback_data_var[2] = field_storage.rss.hash_types.ipv6.value;
            readback_data_var[3] = field_storage.rss.hash_types.ipv6_tcp.value;
        end
        for(int i0=0; i0<32; i0++) begin
            if(rd_mux_addr == 15'h280 + (15)'(i0) * 15'h4) begin
                readback_data_var[7:0] = field_storage.rss.indirection[i0].q0.value;
                readback_data_var[15:8] = field_storage.rss.indirection[i0].q1.value;
                readback_data_var[23:16] = field_storage.rss.indirection[i0].q2.value;
                readback_data_var[31:24] = field_storage.rss.indirection[i0].q3.value;
            end
        end
        if(rd_mux_addr == 15'h300) begin
            readback_data_var[31:0] = field_storage.tcp.delack_us.v.value;
        end
        if(rd_mux_addr == 15'h304) begin
            readback_data_var[31:0] = field_storage.tcp.min_rto_us.v.value;
        end
        if(rd_mux_addr == 15'h308) begin
            readback_data_var[31:0] = field_storage.tcp.max_rto_us.v.value;
        end
        if(rd_mux_addr == 15'h30c) begin
            readback_data_var[31:0] = field_storage.tcp.max_backoff.v.value;
        end
        if(rd_mux_addr == 15'h310) begin
            readback_data_var[31:0] = field_storage.tcp.challenge_per_s.v.value;
        end
        if(rd_mux_addr == 15'h314) begin
            readback_data_var[31:0] = field_storage.tcp.keep_idle_s.v.value;
        end
        if(rd_mux_addr == 15'h318) begin
            readback_data_var[31:0] = field_storage.tcp.keep_interval_s.v.value;
        end
        if(rd_mux_addr == 15'h31c) begin
            readback_data_var[31:0] = field_storage.tcp.keep_count.v.value;
        end
        if(rd_mux_addr == 15'h320) begin
            readback_data_var[31:0] = field_storage.tcp.fin_wait_2_s.v.value;
        end
        if(rd_mux_addr == 15'h324) begin
            readback_data_var[31:0] = field_storage.tcp.delack_segs.v.value;
        end
        for(int i0=0; i0<3; i0++) begin
            if(rd_mux_addr == 15'h400 + (15)'(i0) * 15'h4) begin
                readback_data_var[31:0] = field_storage.tw.linger_us[i0].v.value;
            end
        end
        if(rd_mux_addr == 15'h40c) begin
            readback_data_var[0] = field_storage.tw.policy.rst_exact.value;
            readback_data_var[2:1] = field_storage.tw.policy.recycle.value;
        end
        if(rd_mux_addr == 15'h410) begin
            readback_data_var[31:0] = field_storage.tw.replies_per_s.v.value;
        end
        for(int i0=0; i0<3; i0++) begin
            if(rd_mux_addr == 15'h420 + (15)'(i0) * 15'h4) begin
                readback_data_var[31:0] = hwif_in.tw.entries_v4[i0].v.next;
            end
        end
        for(int i0=0; i0<3; i0++) begin
            if(rd_mux_addr == 15'h430 + (15)'(i0) * 15'h4) begin
                readback_data_var[31:0] = hwif_in.tw.entries_v6[i0].v.next;
            end
        end
        if(rd_mux_addr == 15'h500) begin
            readback_data_var[31:0] = field_storage.admin.asq_base_lo.v.value;
        end
        if(rd_mux_addr == 15'h504) begin
            readback_data_var[31:0] = field_storage.admin.asq_base_hi.v.value;
        end
        if(rd_mux_addr == 15'h508) begin
            readback_data_var[31:0] = field_storage.admin.acq_base_lo.v.value;
        end
        if(rd_mux_addr == 15'h50c) begin
            readback_data_var[31:0] = field_storage.admin.acq_base_hi.v.value;
        end
        if(rd_mux_addr == 15'h510) begin
            readback_data_var[3:0] = field_storage.admin.config_.asq_log2.value;
            readback_data_var[7:4] = field_storage.admin.config_.acq_log2.value;
            readback_data_var[8] = field_storage.admin.config_.enable.value;
            readback_data_var[23:16] = field_storage.admin.config_.vector.value;
        end
        if(rd_mux_addr == 15'h600) begin
            readback_data_var[31:0] = field_storage.trace.base_lo.v.value;
        end
        if(rd_mux_addr == 15'h604) begin
            readback_data_var[31:0] = field_storage.trace.base_hi.v.value;
        end
        if(rd_mux_addr == 15'h608) begin
            readback_data_var[4:0] = field_storage.trace.config_.log2.value;
            readback_data_var[31] = field_storage.trace.config_.enable.value;
        end
        if(rd_mux_addr == 15'h60c) begin
            readback_data_var[31:0] = hwif_in.trace.count.v.next;
        end
        for(int i0=0; i0<16; i0++) begin
            if(rd_mux_addr == 15'h1000 + (15)'(i0) * 15'h40) begin
                readback_data_var[31:0] = field_storage.qp[i0].txq_base_lo.v.value;
            end
            if(rd_mux_addr == 15'h1004 + (15)'(i0) * 15'h40) begin
                readback_data_var[31:0] = field_storage.qp[i0].txq_base_hi.v.value;
            end
            if(rd_mux_addr == 15'h1008 + (15)'(i0) * 15'h40) begin
                readback_data_var[31:0] = field_storage.qp[i0].bmq_base_lo.v.value;
            end
            if(rd_mux_addr == 15'h100c + (15)'(i0) * 15'h40) begin
                readback_data_var[31:0] = field_storage.qp[i0].bmq_base_hi.v.value;
            end
            if(rd_mux_addr == 15'h1010 + (15)'(i0) * 15'h40) begin
                readback_data_var[31:0] = field_storage.qp[i0].rxr_base_lo.v.value;
            end
            if(rd_mux_addr == 15'h1014 + (15)'(i0) * 15'h40) begin
                readback_data_var[31:0] = field_storage.qp[i0].rxr_base_hi.v.value;
            end
            if(rd_mux_addr == 15'h1018 + (15)'(i0) * 15'h40) begin
                readback_data_var[31:0] = field_storage.qp[i0].evq_base_lo.v.value;
            end
            if(rd_mux_addr == 15'h101c + (15)'(i0) * 15'h40) begin
                readback_data_var[31:0] = field_storage.qp[i0].evq_base_hi.v.value;
            end
            if(rd_mux_addr == 15'h1020 + (15)'(i0) * 15'h40) begin
                readback_data_var[3:0] = field_storage.qp[i0].config_.txq_log2.value;
                readback_data_var[7:4] = field_storage.qp[i0].config_.bmq_log2.value;
                readback_data_var[11:8] = field_storage.qp[i0].config_.rxr_log2.value;
                readback_data_var[15:12] = field_storage.qp[i0].config_.slot_log2.value;
                readback_data_var[20:16] = field_storage.qp[i0].config_.evq_log2.value;
                readback_data_var[29:24] = field_storage.qp[i0].config_.vector.value;
                readback_data_var[31] = field_storage.qp[i0].config_.enable.value;
            end
            if(rd_mux_addr == 15'h1024 + (15)'(i0) * 15'h40) begin
                readback_data_var[15:0] = field_storage.qp[i0].irq.moderation_us.value;
            end
            if(rd_mux_addr == 15'h1028 + (15)'(i0) * 15'h40) begin
                readback_data_var[31:0] = hwif_in.qp[i0].txq_head.v.next;
            end
            if(rd_mux_addr == 15'h102c + (15)'(i0) * 15'h40) begin
                readback_data_var[31:0] = hwif_in.qp[i0].bmq_head.v.next;
            end
            if(rd_mux_addr == 15'h1030 + (15)'(i0) * 15'h40) begin
                readback_data_var[31:0] = hwif_in.qp[i0].rxr_tail.v.next;
            end
            if(rd_mux_addr == 15'h1034 + (15)'(i0) * 15'h40) begin
                readback_data_var[31:0] = hwif_in.qp[i0].evq_tail.v.next;
            end
        end
        for(int i0=0; i0<16; i0++) begin
            if(rd_mux_addr == 15'h2000 + (15)'(i0) * 15'h10) begin
                readback_data_var[31:0] = field_storage.db[i0].txq_tail.v.value;
            end
            if(rd_mux_addr == 15'h2004 + (15)'(i0) * 15'h10) begin
                readback_data_var[31:0] = field_storage.db[i0].bmq_tail.v.value;
            end
            if(rd_mux_addr == 15'h2008 + (15)'(i0) * 15'h10) begin
                readback_data_var[31:0] = field_storage.db[i0].rxr_head.v.value;
            end
            if(rd_mux_addr == 15'h200c + (15)'(i0) * 15'h10) begin
                readback_data_var[31:0] = field_storage.db[i0].evq_head.v.value;
            end
        end
        if(rd_mux_addr == 15'h2100) begin
            readback_data_var[31:0] = field_storage.admin_db.asq_tail.v.value;
        end
        if(rd_mux_addr == 15'h2104) begin
            readback_data_var[31:0] = field_storage.admin_db.acq_head.v.value;
        end
        if((rd_mux_addr >= 15'h4000) && (rd_mux_addr <= 15'h4000 + 15'h1af)) begin
            readback_data_var = hwif_in.counters.rd_data;
        end
        readback_data = readback_data_var;
        readback_done = decoded_req & ~decoded_req_is_wr & ~decoded_req_is_external;
        readback_err = '0;
    end

    assign external_rd_ack = readback_external_rd_ack;
    assign cpuif_rd_ack = readback_done | readback_external_rd_ack;
    assign cpuif_rd_data = readback_data;
    assign cpuif_rd_err = readback_err;
endmodule
