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

    // Read & write latencies are balanced. Stalls not required
    assign cpuif_req_stall_rd = '0;
    assign cpuif_req_stall_wr = '0;
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
            logic event_coalesce_us;
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
        struct packed {
            logic rx_frames;
            logic rx_bytes;
            logic rx_drop_error;
            logic rx_drop_runt;
            logic rx_drop_oversize;
            logic rx_drop_overflow;
            logic rx_drop_checksum;
            logic rx_drop_loopback;
            logic rx_to_session;
            logic rx_to_host;
            logic rx_to_time_wait;
            logic rx_drop_stale;
            logic rx_drop_disabled;
            logic rx_drop_ring_full;
            logic rx_drop_event_full;
            logic rx_host_not_ip;
            logic rx_host_fragment;
            logic rx_host_ip_options;
            logic rx_host_tcp_options;
            logic rx_host_urgent;
            logic tx_frames;
            logic tx_bytes;
            logic tx_session_segs;
            logic tx_nic_frames;
            logic tx_time_wait_replies;
            logic tx_loop_frames;
            logic tx_drop_guard;
            logic tx_drop_bad_desc;
            logic tx_drop_dma;
            logic tcp_segs_in;
            logic tcp_bytes_in;
            logic tcp_bytes_out;
            logic tcp_acks_out;
            logic tcp_delacks;
            logic tcp_retransmit_segs;
            logic tcp_retransmit_bytes;
            logic tcp_dup_acks_in;
            logic tcp_fast_retransmits;
            logic tcp_rto;
            logic tcp_persist_probes;
            logic tcp_keepalive_probes;
            logic tcp_ooo_in;
            logic tcp_ooo_drop;
            logic tcp_duplicate_in;
            logic tcp_out_of_window;
            logic tcp_paws_drop;
            logic tcp_challenge_acks;
            logic tcp_challenge_limited;
            logic tcp_rst_in;
            logic tcp_rst_out;
            logic tcp_data_after_close;
            logic tcp_ecn_ce_in;
            logic tcp_ecn_reductions;
            logic tcp_parked;
            logic tcp_timeouts;
            logic tcp_closed;
            logic events_in;
            logic pipe_stall_cycles;
            logic bumps_in;
            logic bump_stale;
            logic bump_bad;
            logic stale_command;
            logic lookup_insert;
            logic lookup_insert_fail;
            logic lookup_delete;
            logic evq_records;
            logic evq_stall_cycles;
            logic irqs;
            logic dma_read_errors;
            logic dma_write_errors;
            logic dma_read_bytes;
            logic dma_write_bytes;
            logic tw_insert;
            logic tw_insert_fail;
            logic tw_evict;
            logic tw_expire;
            logic tw_delete;
            logic tw_lookup;
            logic tw_hit;
            logic tw_miss;
            logic tw_probe;
            logic tw_losing;
            logic tw_max_probe;
            logic tw_recycle;
            logic tw_reply;
            logic tw_rst_out;
            logic tw_limited;
            logic fw_commands;
            logic fw_refused;
            logic rx_drop_filtered;
            logic tx_drop_stale;
            logic tx_drop_nexthop;
            logic evq_lost;
            logic bump_lost;
            logic tcp_no_ack;
            logic fault_stale;
            logic rx_mirrored;
            logic tx_mirrored;
            logic mirror_lost;
            logic trace_records;
            logic trace_lost;
            logic tcp_lost_retransmits;
            logic tcp_paced;
            logic cc_summaries;
            logic cc_lost;
            logic cc_answers;
            logic tw_event_lost;
        } counters;
    } decoded_reg_strb_t;
    decoded_reg_strb_t decoded_reg_strb;
    logic decoded_err;
    logic [14:0] decoded_addr;
    logic decoded_req;
    logic decoded_req_is_wr;
    logic [31:0] decoded_wr_data;
    logic [31:0] decoded_wr_biten;

    always_comb begin
        automatic logic is_valid_addr;
        automatic logic is_valid_rw;
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
        decoded_reg_strb.tcp.event_coalesce_us = cpuif_req_masked & (cpuif_addr == 15'h328);
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
        decoded_reg_strb.counters.rx_frames = cpuif_req_masked & (cpuif_addr == 15'h4000) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.rx_bytes = cpuif_req_masked & (cpuif_addr == 15'h4004) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.rx_drop_error = cpuif_req_masked & (cpuif_addr == 15'h4008) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.rx_drop_runt = cpuif_req_masked & (cpuif_addr == 15'h400c) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.rx_drop_oversize = cpuif_req_masked & (cpuif_addr == 15'h4010) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.rx_drop_overflow = cpuif_req_masked & (cpuif_addr == 15'h4014) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.rx_drop_checksum = cpuif_req_masked & (cpuif_addr == 15'h4018) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.rx_drop_loopback = cpuif_req_masked & (cpuif_addr == 15'h401c) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.rx_to_session = cpuif_req_masked & (cpuif_addr == 15'h4020) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.rx_to_host = cpuif_req_masked & (cpuif_addr == 15'h4024) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.rx_to_time_wait = cpuif_req_masked & (cpuif_addr == 15'h4028) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.rx_drop_stale = cpuif_req_masked & (cpuif_addr == 15'h402c) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.rx_drop_disabled = cpuif_req_masked & (cpuif_addr == 15'h4030) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.rx_drop_ring_full = cpuif_req_masked & (cpuif_addr == 15'h4034) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.rx_drop_event_full = cpuif_req_masked & (cpuif_addr == 15'h4038) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.rx_host_not_ip = cpuif_req_masked & (cpuif_addr == 15'h403c) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.rx_host_fragment = cpuif_req_masked & (cpuif_addr == 15'h4040) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.rx_host_ip_options = cpuif_req_masked & (cpuif_addr == 15'h4044) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.rx_host_tcp_options = cpuif_req_masked & (cpuif_addr == 15'h4048) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.rx_host_urgent = cpuif_req_masked & (cpuif_addr == 15'h404c) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tx_frames = cpuif_req_masked & (cpuif_addr == 15'h4050) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tx_bytes = cpuif_req_masked & (cpuif_addr == 15'h4054) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tx_session_segs = cpuif_req_masked & (cpuif_addr == 15'h4058) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tx_nic_frames = cpuif_req_masked & (cpuif_addr == 15'h405c) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tx_time_wait_replies = cpuif_req_masked & (cpuif_addr == 15'h4060) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tx_loop_frames = cpuif_req_masked & (cpuif_addr == 15'h4064) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tx_drop_guard = cpuif_req_masked & (cpuif_addr == 15'h4068) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tx_drop_bad_desc = cpuif_req_masked & (cpuif_addr == 15'h406c) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tx_drop_dma = cpuif_req_masked & (cpuif_addr == 15'h4070) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tcp_segs_in = cpuif_req_masked & (cpuif_addr == 15'h4074) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tcp_bytes_in = cpuif_req_masked & (cpuif_addr == 15'h4078) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tcp_bytes_out = cpuif_req_masked & (cpuif_addr == 15'h407c) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tcp_acks_out = cpuif_req_masked & (cpuif_addr == 15'h4080) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tcp_delacks = cpuif_req_masked & (cpuif_addr == 15'h4084) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tcp_retransmit_segs = cpuif_req_masked & (cpuif_addr == 15'h4088) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tcp_retransmit_bytes = cpuif_req_masked & (cpuif_addr == 15'h408c) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tcp_dup_acks_in = cpuif_req_masked & (cpuif_addr == 15'h4090) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tcp_fast_retransmits = cpuif_req_masked & (cpuif_addr == 15'h4094) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tcp_rto = cpuif_req_masked & (cpuif_addr == 15'h4098) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tcp_persist_probes = cpuif_req_masked & (cpuif_addr == 15'h409c) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tcp_keepalive_probes = cpuif_req_masked & (cpuif_addr == 15'h40a0) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tcp_ooo_in = cpuif_req_masked & (cpuif_addr == 15'h40a4) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tcp_ooo_drop = cpuif_req_masked & (cpuif_addr == 15'h40a8) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tcp_duplicate_in = cpuif_req_masked & (cpuif_addr == 15'h40ac) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tcp_out_of_window = cpuif_req_masked & (cpuif_addr == 15'h40b0) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tcp_paws_drop = cpuif_req_masked & (cpuif_addr == 15'h40b4) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tcp_challenge_acks = cpuif_req_masked & (cpuif_addr == 15'h40b8) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tcp_challenge_limited = cpuif_req_masked & (cpuif_addr == 15'h40bc) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tcp_rst_in = cpuif_req_masked & (cpuif_addr == 15'h40c0) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tcp_rst_out = cpuif_req_masked & (cpuif_addr == 15'h40c4) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tcp_data_after_close = cpuif_req_masked & (cpuif_addr == 15'h40c8) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tcp_ecn_ce_in = cpuif_req_masked & (cpuif_addr == 15'h40cc) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tcp_ecn_reductions = cpuif_req_masked & (cpuif_addr == 15'h40d0) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tcp_parked = cpuif_req_masked & (cpuif_addr == 15'h40d4) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tcp_timeouts = cpuif_req_masked & (cpuif_addr == 15'h40d8) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tcp_closed = cpuif_req_masked & (cpuif_addr == 15'h40dc) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.events_in = cpuif_req_masked & (cpuif_addr == 15'h40e0) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.pipe_stall_cycles = cpuif_req_masked & (cpuif_addr == 15'h40e4) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.bumps_in = cpuif_req_masked & (cpuif_addr == 15'h40e8) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.bump_stale = cpuif_req_masked & (cpuif_addr == 15'h40ec) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.bump_bad = cpuif_req_masked & (cpuif_addr == 15'h40f0) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.stale_command = cpuif_req_masked & (cpuif_addr == 15'h40f4) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.lookup_insert = cpuif_req_masked & (cpuif_addr == 15'h40f8) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.lookup_insert_fail = cpuif_req_masked & (cpuif_addr == 15'h40fc) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.lookup_delete = cpuif_req_masked & (cpuif_addr == 15'h4100) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.evq_records = cpuif_req_masked & (cpuif_addr == 15'h4104) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.evq_stall_cycles = cpuif_req_masked & (cpuif_addr == 15'h4108) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.irqs = cpuif_req_masked & (cpuif_addr == 15'h410c) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.dma_read_errors = cpuif_req_masked & (cpuif_addr == 15'h4110) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.dma_write_errors = cpuif_req_masked & (cpuif_addr == 15'h4114) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.dma_read_bytes = cpuif_req_masked & (cpuif_addr == 15'h4118) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.dma_write_bytes = cpuif_req_masked & (cpuif_addr == 15'h411c) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tw_insert = cpuif_req_masked & (cpuif_addr == 15'h4120) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tw_insert_fail = cpuif_req_masked & (cpuif_addr == 15'h4124) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tw_evict = cpuif_req_masked & (cpuif_addr == 15'h4128) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tw_expire = cpuif_req_masked & (cpuif_addr == 15'h412c) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tw_delete = cpuif_req_masked & (cpuif_addr == 15'h4130) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tw_lookup = cpuif_req_masked & (cpuif_addr == 15'h4134) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tw_hit = cpuif_req_masked & (cpuif_addr == 15'h4138) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tw_miss = cpuif_req_masked & (cpuif_addr == 15'h413c) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tw_probe = cpuif_req_masked & (cpuif_addr == 15'h4140) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tw_losing = cpuif_req_masked & (cpuif_addr == 15'h4144) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tw_max_probe = cpuif_req_masked & (cpuif_addr == 15'h4148) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tw_recycle = cpuif_req_masked & (cpuif_addr == 15'h414c) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tw_reply = cpuif_req_masked & (cpuif_addr == 15'h4150) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tw_rst_out = cpuif_req_masked & (cpuif_addr == 15'h4154) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tw_limited = cpuif_req_masked & (cpuif_addr == 15'h4158) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.fw_commands = cpuif_req_masked & (cpuif_addr == 15'h415c) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.fw_refused = cpuif_req_masked & (cpuif_addr == 15'h4160) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.rx_drop_filtered = cpuif_req_masked & (cpuif_addr == 15'h4164) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tx_drop_stale = cpuif_req_masked & (cpuif_addr == 15'h4168) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tx_drop_nexthop = cpuif_req_masked & (cpuif_addr == 15'h416c) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.evq_lost = cpuif_req_masked & (cpuif_addr == 15'h4170) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.bump_lost = cpuif_req_masked & (cpuif_addr == 15'h4174) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tcp_no_ack = cpuif_req_masked & (cpuif_addr == 15'h4178) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.fault_stale = cpuif_req_masked & (cpuif_addr == 15'h417c) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.rx_mirrored = cpuif_req_masked & (cpuif_addr == 15'h4180) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tx_mirrored = cpuif_req_masked & (cpuif_addr == 15'h4184) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.mirror_lost = cpuif_req_masked & (cpuif_addr == 15'h4188) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.trace_records = cpuif_req_masked & (cpuif_addr == 15'h418c) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.trace_lost = cpuif_req_masked & (cpuif_addr == 15'h4190) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tcp_lost_retransmits = cpuif_req_masked & (cpuif_addr == 15'h4194) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tcp_paced = cpuif_req_masked & (cpuif_addr == 15'h4198) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.cc_summaries = cpuif_req_masked & (cpuif_addr == 15'h419c) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.cc_lost = cpuif_req_masked & (cpuif_addr == 15'h41a0) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.cc_answers = cpuif_req_masked & (cpuif_addr == 15'h41a4) & !cpuif_req_is_wr;
        decoded_reg_strb.counters.tw_event_lost = cpuif_req_masked & (cpuif_addr == 15'h41a8) & !cpuif_req_is_wr;
        decoded_err = '0;
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
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                } v;
            } event_coalesce_us;
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
        struct packed {
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } rx_frames;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } rx_bytes;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } rx_drop_error;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } rx_drop_runt;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } rx_drop_oversize;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } rx_drop_overflow;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } rx_drop_checksum;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } rx_drop_loopback;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } rx_to_session;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } rx_to_host;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } rx_to_time_wait;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } rx_drop_stale;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } rx_drop_disabled;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } rx_drop_ring_full;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } rx_drop_event_full;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } rx_host_not_ip;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } rx_host_fragment;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } rx_host_ip_options;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } rx_host_tcp_options;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } rx_host_urgent;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tx_frames;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tx_bytes;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tx_session_segs;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tx_nic_frames;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tx_time_wait_replies;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tx_loop_frames;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tx_drop_guard;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tx_drop_bad_desc;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tx_drop_dma;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tcp_segs_in;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tcp_bytes_in;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tcp_bytes_out;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tcp_acks_out;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tcp_delacks;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tcp_retransmit_segs;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tcp_retransmit_bytes;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tcp_dup_acks_in;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tcp_fast_retransmits;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tcp_rto;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tcp_persist_probes;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tcp_keepalive_probes;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tcp_ooo_in;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tcp_ooo_drop;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tcp_duplicate_in;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tcp_out_of_window;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tcp_paws_drop;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tcp_challenge_acks;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tcp_challenge_limited;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tcp_rst_in;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tcp_rst_out;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tcp_data_after_close;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tcp_ecn_ce_in;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tcp_ecn_reductions;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tcp_parked;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tcp_timeouts;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tcp_closed;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } events_in;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } pipe_stall_cycles;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } bumps_in;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } bump_stale;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } bump_bad;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } stale_command;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } lookup_insert;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } lookup_insert_fail;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } lookup_delete;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } evq_records;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } evq_stall_cycles;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } irqs;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } dma_read_errors;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } dma_write_errors;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } dma_read_bytes;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } dma_write_bytes;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tw_insert;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tw_insert_fail;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tw_evict;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tw_expire;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tw_delete;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tw_lookup;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tw_hit;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tw_miss;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tw_probe;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tw_losing;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tw_recycle;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tw_reply;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tw_rst_out;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tw_limited;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } fw_commands;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } fw_refused;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } rx_drop_filtered;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tx_drop_stale;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tx_drop_nexthop;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } evq_lost;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } bump_lost;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tcp_no_ack;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } fault_stale;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } rx_mirrored;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tx_mirrored;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } mirror_lost;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } trace_records;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } trace_lost;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tcp_lost_retransmits;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tcp_paced;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } cc_summaries;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } cc_lost;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } cc_answers;
            struct packed {
                struct packed {
                    logic [31:0] next;
                    logic load_next;
                    logic incrthreshold;
                    logic overflow;
                } v;
            } tw_event_lost;
        } counters;
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
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } event_coalesce_us;
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
        struct packed {
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } rx_frames;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } rx_bytes;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } rx_drop_error;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } rx_drop_runt;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } rx_drop_oversize;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } rx_drop_overflow;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } rx_drop_checksum;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } rx_drop_loopback;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } rx_to_session;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } rx_to_host;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } rx_to_time_wait;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } rx_drop_stale;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } rx_drop_disabled;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } rx_drop_ring_full;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } rx_drop_event_full;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } rx_host_not_ip;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } rx_host_fragment;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } rx_host_ip_options;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } rx_host_tcp_options;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } rx_host_urgent;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tx_frames;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tx_bytes;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tx_session_segs;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tx_nic_frames;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tx_time_wait_replies;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tx_loop_frames;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tx_drop_guard;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tx_drop_bad_desc;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tx_drop_dma;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tcp_segs_in;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tcp_bytes_in;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tcp_bytes_out;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tcp_acks_out;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tcp_delacks;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tcp_retransmit_segs;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tcp_retransmit_bytes;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tcp_dup_acks_in;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tcp_fast_retransmits;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tcp_rto;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tcp_persist_probes;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tcp_keepalive_probes;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tcp_ooo_in;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tcp_ooo_drop;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tcp_duplicate_in;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tcp_out_of_window;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tcp_paws_drop;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tcp_challenge_acks;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tcp_challenge_limited;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tcp_rst_in;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tcp_rst_out;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tcp_data_after_close;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tcp_ecn_ce_in;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tcp_ecn_reductions;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tcp_parked;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tcp_timeouts;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tcp_closed;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } events_in;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } pipe_stall_cycles;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } bumps_in;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } bump_stale;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } bump_bad;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } stale_command;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } lookup_insert;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } lookup_insert_fail;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } lookup_delete;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } evq_records;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } evq_stall_cycles;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } irqs;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } dma_read_errors;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } dma_write_errors;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } dma_read_bytes;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } dma_write_bytes;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tw_insert;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tw_insert_fail;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tw_evict;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tw_expire;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tw_delete;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tw_lookup;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tw_hit;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tw_miss;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tw_probe;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tw_losing;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tw_recycle;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tw_reply;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tw_rst_out;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tw_limited;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } fw_commands;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } fw_refused;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } rx_drop_filtered;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tx_drop_stale;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tx_drop_nexthop;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } evq_lost;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } bump_lost;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tcp_no_ack;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } fault_stale;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } rx_mirrored;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tx_mirrored;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } mirror_lost;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } trace_records;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } trace_lost;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tcp_lost_retransmits;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tcp_paced;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } cc_summaries;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } cc_lost;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } cc_answers;
            struct packed {
                struct packed {
                    logic [31:0] value;
                } v;
            } tw_event_lost;
        } counters;
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
    // Field: toe_regs.tcp.event_coalesce_us.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.tcp.event_coalesce_us.v.value;
        load_next_c = '0;
        if(decoded_reg_strb.tcp.event_coalesce_us && decoded_req_is_wr) begin // SW write
            next_c = (field_storage.tcp.event_coalesce_us.v.value & ~decoded_wr_biten[31:0]) | (decoded_wr_data[31:0] & decoded_wr_biten[31:0]);
            load_next_c = '1;
        end
        field_combo.tcp.event_coalesce_us.v.next = next_c;
        field_combo.tcp.event_coalesce_us.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.tcp.event_coalesce_us.v.value <= 32'h1f4;
        end else begin
            if(field_combo.tcp.event_coalesce_us.v.load_next) begin
                field_storage.tcp.event_coalesce_us.v.value <= field_combo.tcp.event_coalesce_us.v.next;
            end
        end
    end
    assign hwif_out.tcp.event_coalesce_us.v.value = field_storage.tcp.event_coalesce_us.v.value;
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
            if(decoded_reg_strb.qp[i0].txq_base_lo && decoded_req_is_wr) begin // SW write
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
            if(decoded_reg_strb.qp[i0].txq_base_hi && decoded_req_is_wr) begin // SW write
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
            if(decoded_reg_strb.qp[i0].bmq_base_lo && decoded_req_is_wr) begin // SW write
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
            if(decoded_reg_strb.qp[i0].bmq_base_hi && decoded_req_is_wr) begin // SW write
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
            if(decoded_reg_strb.qp[i0].rxr_base_lo && decoded_req_is_wr) begin // SW write
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
            if(decoded_reg_strb.qp[i0].rxr_base_hi && decoded_req_is_wr) begin // SW write
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
            if(decoded_reg_strb.qp[i0].evq_base_lo && decoded_req_is_wr) begin // SW write
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
            if(decoded_reg_strb.qp[i0].evq_base_hi && decoded_req_is_wr) begin // SW write
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
            if(decoded_reg_strb.qp[i0].config_ && decoded_req_is_wr) begin // SW write
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
            if(decoded_reg_strb.qp[i0].config_ && decoded_req_is_wr) begin // SW write
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
            if(decoded_reg_strb.qp[i0].config_ && decoded_req_is_wr) begin // SW write
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
            if(decoded_reg_strb.qp[i0].config_ && decoded_req_is_wr) begin // SW write
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
            if(decoded_reg_strb.qp[i0].config_ && decoded_req_is_wr) begin // SW write
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
            if(decoded_reg_strb.qp[i0].config_ && decoded_req_is_wr) begin // SW write
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
            if(decoded_reg_strb.qp[i0].config_ && decoded_req_is_wr) begin // SW write
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
            if(decoded_reg_strb.qp[i0].irq && decoded_req_is_wr) begin // SW write
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
            if(decoded_reg_strb.db[i0].txq_tail && decoded_req_is_wr) begin // SW write
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
            if(decoded_reg_strb.db[i0].bmq_tail && decoded_req_is_wr) begin // SW write
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
            if(decoded_reg_strb.db[i0].rxr_head && decoded_req_is_wr) begin // SW write
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
            if(decoded_reg_strb.db[i0].evq_head && decoded_req_is_wr) begin // SW write
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
    // Field: toe_regs.counters.rx_frames.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.rx_frames.v.value;
        load_next_c = '0;

        if(hwif_in.counters.rx_frames.v.incr) begin // increment
            field_combo.counters.rx_frames.v.overflow = (((33)'(next_c) + hwif_in.counters.rx_frames.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.rx_frames.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.rx_frames.v.overflow = '0;
        end
        field_combo.counters.rx_frames.v.incrthreshold = (field_storage.counters.rx_frames.v.value >= 32'hffffffff);
        field_combo.counters.rx_frames.v.next = next_c;
        field_combo.counters.rx_frames.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.rx_frames.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.rx_frames.v.load_next) begin
                field_storage.counters.rx_frames.v.value <= field_combo.counters.rx_frames.v.next;
            end
        end
    end
    assign hwif_out.counters.rx_frames.v.value = field_storage.counters.rx_frames.v.value;
    // Field: toe_regs.counters.rx_bytes.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.rx_bytes.v.value;
        load_next_c = '0;

        if(hwif_in.counters.rx_bytes.v.incr) begin // increment
            field_combo.counters.rx_bytes.v.overflow = (((33)'(next_c) + hwif_in.counters.rx_bytes.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.rx_bytes.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.rx_bytes.v.overflow = '0;
        end
        field_combo.counters.rx_bytes.v.incrthreshold = (field_storage.counters.rx_bytes.v.value >= 32'hffffffff);
        field_combo.counters.rx_bytes.v.next = next_c;
        field_combo.counters.rx_bytes.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.rx_bytes.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.rx_bytes.v.load_next) begin
                field_storage.counters.rx_bytes.v.value <= field_combo.counters.rx_bytes.v.next;
            end
        end
    end
    assign hwif_out.counters.rx_bytes.v.value = field_storage.counters.rx_bytes.v.value;
    // Field: toe_regs.counters.rx_drop_error.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.rx_drop_error.v.value;
        load_next_c = '0;

        if(hwif_in.counters.rx_drop_error.v.incr) begin // increment
            field_combo.counters.rx_drop_error.v.overflow = (((33)'(next_c) + hwif_in.counters.rx_drop_error.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.rx_drop_error.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.rx_drop_error.v.overflow = '0;
        end
        field_combo.counters.rx_drop_error.v.incrthreshold = (field_storage.counters.rx_drop_error.v.value >= 32'hffffffff);
        field_combo.counters.rx_drop_error.v.next = next_c;
        field_combo.counters.rx_drop_error.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.rx_drop_error.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.rx_drop_error.v.load_next) begin
                field_storage.counters.rx_drop_error.v.value <= field_combo.counters.rx_drop_error.v.next;
            end
        end
    end
    assign hwif_out.counters.rx_drop_error.v.value = field_storage.counters.rx_drop_error.v.value;
    // Field: toe_regs.counters.rx_drop_runt.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.rx_drop_runt.v.value;
        load_next_c = '0;

        if(hwif_in.counters.rx_drop_runt.v.incr) begin // increment
            field_combo.counters.rx_drop_runt.v.overflow = (((33)'(next_c) + hwif_in.counters.rx_drop_runt.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.rx_drop_runt.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.rx_drop_runt.v.overflow = '0;
        end
        field_combo.counters.rx_drop_runt.v.incrthreshold = (field_storage.counters.rx_drop_runt.v.value >= 32'hffffffff);
        field_combo.counters.rx_drop_runt.v.next = next_c;
        field_combo.counters.rx_drop_runt.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.rx_drop_runt.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.rx_drop_runt.v.load_next) begin
                field_storage.counters.rx_drop_runt.v.value <= field_combo.counters.rx_drop_runt.v.next;
            end
        end
    end
    assign hwif_out.counters.rx_drop_runt.v.value = field_storage.counters.rx_drop_runt.v.value;
    // Field: toe_regs.counters.rx_drop_oversize.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.rx_drop_oversize.v.value;
        load_next_c = '0;

        if(hwif_in.counters.rx_drop_oversize.v.incr) begin // increment
            field_combo.counters.rx_drop_oversize.v.overflow = (((33)'(next_c) + hwif_in.counters.rx_drop_oversize.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.rx_drop_oversize.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.rx_drop_oversize.v.overflow = '0;
        end
        field_combo.counters.rx_drop_oversize.v.incrthreshold = (field_storage.counters.rx_drop_oversize.v.value >= 32'hffffffff);
        field_combo.counters.rx_drop_oversize.v.next = next_c;
        field_combo.counters.rx_drop_oversize.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.rx_drop_oversize.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.rx_drop_oversize.v.load_next) begin
                field_storage.counters.rx_drop_oversize.v.value <= field_combo.counters.rx_drop_oversize.v.next;
            end
        end
    end
    assign hwif_out.counters.rx_drop_oversize.v.value = field_storage.counters.rx_drop_oversize.v.value;
    // Field: toe_regs.counters.rx_drop_overflow.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.rx_drop_overflow.v.value;
        load_next_c = '0;

        if(hwif_in.counters.rx_drop_overflow.v.incr) begin // increment
            field_combo.counters.rx_drop_overflow.v.overflow = (((33)'(next_c) + hwif_in.counters.rx_drop_overflow.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.rx_drop_overflow.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.rx_drop_overflow.v.overflow = '0;
        end
        field_combo.counters.rx_drop_overflow.v.incrthreshold = (field_storage.counters.rx_drop_overflow.v.value >= 32'hffffffff);
        field_combo.counters.rx_drop_overflow.v.next = next_c;
        field_combo.counters.rx_drop_overflow.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.rx_drop_overflow.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.rx_drop_overflow.v.load_next) begin
                field_storage.counters.rx_drop_overflow.v.value <= field_combo.counters.rx_drop_overflow.v.next;
            end
        end
    end
    assign hwif_out.counters.rx_drop_overflow.v.value = field_storage.counters.rx_drop_overflow.v.value;
    // Field: toe_regs.counters.rx_drop_checksum.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.rx_drop_checksum.v.value;
        load_next_c = '0;

        if(hwif_in.counters.rx_drop_checksum.v.incr) begin // increment
            field_combo.counters.rx_drop_checksum.v.overflow = (((33)'(next_c) + hwif_in.counters.rx_drop_checksum.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.rx_drop_checksum.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.rx_drop_checksum.v.overflow = '0;
        end
        field_combo.counters.rx_drop_checksum.v.incrthreshold = (field_storage.counters.rx_drop_checksum.v.value >= 32'hffffffff);
        field_combo.counters.rx_drop_checksum.v.next = next_c;
        field_combo.counters.rx_drop_checksum.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.rx_drop_checksum.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.rx_drop_checksum.v.load_next) begin
                field_storage.counters.rx_drop_checksum.v.value <= field_combo.counters.rx_drop_checksum.v.next;
            end
        end
    end
    assign hwif_out.counters.rx_drop_checksum.v.value = field_storage.counters.rx_drop_checksum.v.value;
    // Field: toe_regs.counters.rx_drop_loopback.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.rx_drop_loopback.v.value;
        load_next_c = '0;

        if(hwif_in.counters.rx_drop_loopback.v.incr) begin // increment
            field_combo.counters.rx_drop_loopback.v.overflow = (((33)'(next_c) + hwif_in.counters.rx_drop_loopback.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.rx_drop_loopback.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.rx_drop_loopback.v.overflow = '0;
        end
        field_combo.counters.rx_drop_loopback.v.incrthreshold = (field_storage.counters.rx_drop_loopback.v.value >= 32'hffffffff);
        field_combo.counters.rx_drop_loopback.v.next = next_c;
        field_combo.counters.rx_drop_loopback.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.rx_drop_loopback.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.rx_drop_loopback.v.load_next) begin
                field_storage.counters.rx_drop_loopback.v.value <= field_combo.counters.rx_drop_loopback.v.next;
            end
        end
    end
    assign hwif_out.counters.rx_drop_loopback.v.value = field_storage.counters.rx_drop_loopback.v.value;
    // Field: toe_regs.counters.rx_to_session.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.rx_to_session.v.value;
        load_next_c = '0;

        if(hwif_in.counters.rx_to_session.v.incr) begin // increment
            field_combo.counters.rx_to_session.v.overflow = (((33)'(next_c) + hwif_in.counters.rx_to_session.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.rx_to_session.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.rx_to_session.v.overflow = '0;
        end
        field_combo.counters.rx_to_session.v.incrthreshold = (field_storage.counters.rx_to_session.v.value >= 32'hffffffff);
        field_combo.counters.rx_to_session.v.next = next_c;
        field_combo.counters.rx_to_session.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.rx_to_session.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.rx_to_session.v.load_next) begin
                field_storage.counters.rx_to_session.v.value <= field_combo.counters.rx_to_session.v.next;
            end
        end
    end
    assign hwif_out.counters.rx_to_session.v.value = field_storage.counters.rx_to_session.v.value;
    // Field: toe_regs.counters.rx_to_host.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.rx_to_host.v.value;
        load_next_c = '0;

        if(hwif_in.counters.rx_to_host.v.incr) begin // increment
            field_combo.counters.rx_to_host.v.overflow = (((33)'(next_c) + hwif_in.counters.rx_to_host.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.rx_to_host.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.rx_to_host.v.overflow = '0;
        end
        field_combo.counters.rx_to_host.v.incrthreshold = (field_storage.counters.rx_to_host.v.value >= 32'hffffffff);
        field_combo.counters.rx_to_host.v.next = next_c;
        field_combo.counters.rx_to_host.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.rx_to_host.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.rx_to_host.v.load_next) begin
                field_storage.counters.rx_to_host.v.value <= field_combo.counters.rx_to_host.v.next;
            end
        end
    end
    assign hwif_out.counters.rx_to_host.v.value = field_storage.counters.rx_to_host.v.value;
    // Field: toe_regs.counters.rx_to_time_wait.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.rx_to_time_wait.v.value;
        load_next_c = '0;

        if(hwif_in.counters.rx_to_time_wait.v.incr) begin // increment
            field_combo.counters.rx_to_time_wait.v.overflow = (((33)'(next_c) + hwif_in.counters.rx_to_time_wait.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.rx_to_time_wait.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.rx_to_time_wait.v.overflow = '0;
        end
        field_combo.counters.rx_to_time_wait.v.incrthreshold = (field_storage.counters.rx_to_time_wait.v.value >= 32'hffffffff);
        field_combo.counters.rx_to_time_wait.v.next = next_c;
        field_combo.counters.rx_to_time_wait.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.rx_to_time_wait.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.rx_to_time_wait.v.load_next) begin
                field_storage.counters.rx_to_time_wait.v.value <= field_combo.counters.rx_to_time_wait.v.next;
            end
        end
    end
    assign hwif_out.counters.rx_to_time_wait.v.value = field_storage.counters.rx_to_time_wait.v.value;
    // Field: toe_regs.counters.rx_drop_stale.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.rx_drop_stale.v.value;
        load_next_c = '0;

        if(hwif_in.counters.rx_drop_stale.v.incr) begin // increment
            field_combo.counters.rx_drop_stale.v.overflow = (((33)'(next_c) + hwif_in.counters.rx_drop_stale.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.rx_drop_stale.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.rx_drop_stale.v.overflow = '0;
        end
        field_combo.counters.rx_drop_stale.v.incrthreshold = (field_storage.counters.rx_drop_stale.v.value >= 32'hffffffff);
        field_combo.counters.rx_drop_stale.v.next = next_c;
        field_combo.counters.rx_drop_stale.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.rx_drop_stale.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.rx_drop_stale.v.load_next) begin
                field_storage.counters.rx_drop_stale.v.value <= field_combo.counters.rx_drop_stale.v.next;
            end
        end
    end
    assign hwif_out.counters.rx_drop_stale.v.value = field_storage.counters.rx_drop_stale.v.value;
    // Field: toe_regs.counters.rx_drop_disabled.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.rx_drop_disabled.v.value;
        load_next_c = '0;

        if(hwif_in.counters.rx_drop_disabled.v.incr) begin // increment
            field_combo.counters.rx_drop_disabled.v.overflow = (((33)'(next_c) + hwif_in.counters.rx_drop_disabled.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.rx_drop_disabled.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.rx_drop_disabled.v.overflow = '0;
        end
        field_combo.counters.rx_drop_disabled.v.incrthreshold = (field_storage.counters.rx_drop_disabled.v.value >= 32'hffffffff);
        field_combo.counters.rx_drop_disabled.v.next = next_c;
        field_combo.counters.rx_drop_disabled.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.rx_drop_disabled.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.rx_drop_disabled.v.load_next) begin
                field_storage.counters.rx_drop_disabled.v.value <= field_combo.counters.rx_drop_disabled.v.next;
            end
        end
    end
    assign hwif_out.counters.rx_drop_disabled.v.value = field_storage.counters.rx_drop_disabled.v.value;
    // Field: toe_regs.counters.rx_drop_ring_full.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.rx_drop_ring_full.v.value;
        load_next_c = '0;

        if(hwif_in.counters.rx_drop_ring_full.v.incr) begin // increment
            field_combo.counters.rx_drop_ring_full.v.overflow = (((33)'(next_c) + hwif_in.counters.rx_drop_ring_full.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.rx_drop_ring_full.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.rx_drop_ring_full.v.overflow = '0;
        end
        field_combo.counters.rx_drop_ring_full.v.incrthreshold = (field_storage.counters.rx_drop_ring_full.v.value >= 32'hffffffff);
        field_combo.counters.rx_drop_ring_full.v.next = next_c;
        field_combo.counters.rx_drop_ring_full.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.rx_drop_ring_full.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.rx_drop_ring_full.v.load_next) begin
                field_storage.counters.rx_drop_ring_full.v.value <= field_combo.counters.rx_drop_ring_full.v.next;
            end
        end
    end
    assign hwif_out.counters.rx_drop_ring_full.v.value = field_storage.counters.rx_drop_ring_full.v.value;
    // Field: toe_regs.counters.rx_drop_event_full.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.rx_drop_event_full.v.value;
        load_next_c = '0;

        if(hwif_in.counters.rx_drop_event_full.v.incr) begin // increment
            field_combo.counters.rx_drop_event_full.v.overflow = (((33)'(next_c) + hwif_in.counters.rx_drop_event_full.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.rx_drop_event_full.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.rx_drop_event_full.v.overflow = '0;
        end
        field_combo.counters.rx_drop_event_full.v.incrthreshold = (field_storage.counters.rx_drop_event_full.v.value >= 32'hffffffff);
        field_combo.counters.rx_drop_event_full.v.next = next_c;
        field_combo.counters.rx_drop_event_full.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.rx_drop_event_full.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.rx_drop_event_full.v.load_next) begin
                field_storage.counters.rx_drop_event_full.v.value <= field_combo.counters.rx_drop_event_full.v.next;
            end
        end
    end
    assign hwif_out.counters.rx_drop_event_full.v.value = field_storage.counters.rx_drop_event_full.v.value;
    // Field: toe_regs.counters.rx_host_not_ip.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.rx_host_not_ip.v.value;
        load_next_c = '0;

        if(hwif_in.counters.rx_host_not_ip.v.incr) begin // increment
            field_combo.counters.rx_host_not_ip.v.overflow = (((33)'(next_c) + hwif_in.counters.rx_host_not_ip.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.rx_host_not_ip.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.rx_host_not_ip.v.overflow = '0;
        end
        field_combo.counters.rx_host_not_ip.v.incrthreshold = (field_storage.counters.rx_host_not_ip.v.value >= 32'hffffffff);
        field_combo.counters.rx_host_not_ip.v.next = next_c;
        field_combo.counters.rx_host_not_ip.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.rx_host_not_ip.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.rx_host_not_ip.v.load_next) begin
                field_storage.counters.rx_host_not_ip.v.value <= field_combo.counters.rx_host_not_ip.v.next;
            end
        end
    end
    assign hwif_out.counters.rx_host_not_ip.v.value = field_storage.counters.rx_host_not_ip.v.value;
    // Field: toe_regs.counters.rx_host_fragment.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.rx_host_fragment.v.value;
        load_next_c = '0;

        if(hwif_in.counters.rx_host_fragment.v.incr) begin // increment
            field_combo.counters.rx_host_fragment.v.overflow = (((33)'(next_c) + hwif_in.counters.rx_host_fragment.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.rx_host_fragment.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.rx_host_fragment.v.overflow = '0;
        end
        field_combo.counters.rx_host_fragment.v.incrthreshold = (field_storage.counters.rx_host_fragment.v.value >= 32'hffffffff);
        field_combo.counters.rx_host_fragment.v.next = next_c;
        field_combo.counters.rx_host_fragment.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.rx_host_fragment.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.rx_host_fragment.v.load_next) begin
                field_storage.counters.rx_host_fragment.v.value <= field_combo.counters.rx_host_fragment.v.next;
            end
        end
    end
    assign hwif_out.counters.rx_host_fragment.v.value = field_storage.counters.rx_host_fragment.v.value;
    // Field: toe_regs.counters.rx_host_ip_options.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.rx_host_ip_options.v.value;
        load_next_c = '0;

        if(hwif_in.counters.rx_host_ip_options.v.incr) begin // increment
            field_combo.counters.rx_host_ip_options.v.overflow = (((33)'(next_c) + hwif_in.counters.rx_host_ip_options.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.rx_host_ip_options.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.rx_host_ip_options.v.overflow = '0;
        end
        field_combo.counters.rx_host_ip_options.v.incrthreshold = (field_storage.counters.rx_host_ip_options.v.value >= 32'hffffffff);
        field_combo.counters.rx_host_ip_options.v.next = next_c;
        field_combo.counters.rx_host_ip_options.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.rx_host_ip_options.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.rx_host_ip_options.v.load_next) begin
                field_storage.counters.rx_host_ip_options.v.value <= field_combo.counters.rx_host_ip_options.v.next;
            end
        end
    end
    assign hwif_out.counters.rx_host_ip_options.v.value = field_storage.counters.rx_host_ip_options.v.value;
    // Field: toe_regs.counters.rx_host_tcp_options.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.rx_host_tcp_options.v.value;
        load_next_c = '0;

        if(hwif_in.counters.rx_host_tcp_options.v.incr) begin // increment
            field_combo.counters.rx_host_tcp_options.v.overflow = (((33)'(next_c) + hwif_in.counters.rx_host_tcp_options.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.rx_host_tcp_options.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.rx_host_tcp_options.v.overflow = '0;
        end
        field_combo.counters.rx_host_tcp_options.v.incrthreshold = (field_storage.counters.rx_host_tcp_options.v.value >= 32'hffffffff);
        field_combo.counters.rx_host_tcp_options.v.next = next_c;
        field_combo.counters.rx_host_tcp_options.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.rx_host_tcp_options.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.rx_host_tcp_options.v.load_next) begin
                field_storage.counters.rx_host_tcp_options.v.value <= field_combo.counters.rx_host_tcp_options.v.next;
            end
        end
    end
    assign hwif_out.counters.rx_host_tcp_options.v.value = field_storage.counters.rx_host_tcp_options.v.value;
    // Field: toe_regs.counters.rx_host_urgent.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.rx_host_urgent.v.value;
        load_next_c = '0;

        if(hwif_in.counters.rx_host_urgent.v.incr) begin // increment
            field_combo.counters.rx_host_urgent.v.overflow = (((33)'(next_c) + hwif_in.counters.rx_host_urgent.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.rx_host_urgent.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.rx_host_urgent.v.overflow = '0;
        end
        field_combo.counters.rx_host_urgent.v.incrthreshold = (field_storage.counters.rx_host_urgent.v.value >= 32'hffffffff);
        field_combo.counters.rx_host_urgent.v.next = next_c;
        field_combo.counters.rx_host_urgent.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.rx_host_urgent.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.rx_host_urgent.v.load_next) begin
                field_storage.counters.rx_host_urgent.v.value <= field_combo.counters.rx_host_urgent.v.next;
            end
        end
    end
    assign hwif_out.counters.rx_host_urgent.v.value = field_storage.counters.rx_host_urgent.v.value;
    // Field: toe_regs.counters.tx_frames.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tx_frames.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tx_frames.v.incr) begin // increment
            field_combo.counters.tx_frames.v.overflow = (((33)'(next_c) + hwif_in.counters.tx_frames.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tx_frames.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tx_frames.v.overflow = '0;
        end
        field_combo.counters.tx_frames.v.incrthreshold = (field_storage.counters.tx_frames.v.value >= 32'hffffffff);
        field_combo.counters.tx_frames.v.next = next_c;
        field_combo.counters.tx_frames.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tx_frames.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tx_frames.v.load_next) begin
                field_storage.counters.tx_frames.v.value <= field_combo.counters.tx_frames.v.next;
            end
        end
    end
    assign hwif_out.counters.tx_frames.v.value = field_storage.counters.tx_frames.v.value;
    // Field: toe_regs.counters.tx_bytes.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tx_bytes.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tx_bytes.v.incr) begin // increment
            field_combo.counters.tx_bytes.v.overflow = (((33)'(next_c) + hwif_in.counters.tx_bytes.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tx_bytes.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tx_bytes.v.overflow = '0;
        end
        field_combo.counters.tx_bytes.v.incrthreshold = (field_storage.counters.tx_bytes.v.value >= 32'hffffffff);
        field_combo.counters.tx_bytes.v.next = next_c;
        field_combo.counters.tx_bytes.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tx_bytes.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tx_bytes.v.load_next) begin
                field_storage.counters.tx_bytes.v.value <= field_combo.counters.tx_bytes.v.next;
            end
        end
    end
    assign hwif_out.counters.tx_bytes.v.value = field_storage.counters.tx_bytes.v.value;
    // Field: toe_regs.counters.tx_session_segs.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tx_session_segs.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tx_session_segs.v.incr) begin // increment
            field_combo.counters.tx_session_segs.v.overflow = (((33)'(next_c) + hwif_in.counters.tx_session_segs.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tx_session_segs.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tx_session_segs.v.overflow = '0;
        end
        field_combo.counters.tx_session_segs.v.incrthreshold = (field_storage.counters.tx_session_segs.v.value >= 32'hffffffff);
        field_combo.counters.tx_session_segs.v.next = next_c;
        field_combo.counters.tx_session_segs.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tx_session_segs.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tx_session_segs.v.load_next) begin
                field_storage.counters.tx_session_segs.v.value <= field_combo.counters.tx_session_segs.v.next;
            end
        end
    end
    assign hwif_out.counters.tx_session_segs.v.value = field_storage.counters.tx_session_segs.v.value;
    // Field: toe_regs.counters.tx_nic_frames.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tx_nic_frames.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tx_nic_frames.v.incr) begin // increment
            field_combo.counters.tx_nic_frames.v.overflow = (((33)'(next_c) + hwif_in.counters.tx_nic_frames.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tx_nic_frames.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tx_nic_frames.v.overflow = '0;
        end
        field_combo.counters.tx_nic_frames.v.incrthreshold = (field_storage.counters.tx_nic_frames.v.value >= 32'hffffffff);
        field_combo.counters.tx_nic_frames.v.next = next_c;
        field_combo.counters.tx_nic_frames.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tx_nic_frames.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tx_nic_frames.v.load_next) begin
                field_storage.counters.tx_nic_frames.v.value <= field_combo.counters.tx_nic_frames.v.next;
            end
        end
    end
    assign hwif_out.counters.tx_nic_frames.v.value = field_storage.counters.tx_nic_frames.v.value;
    // Field: toe_regs.counters.tx_time_wait_replies.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tx_time_wait_replies.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tx_time_wait_replies.v.incr) begin // increment
            field_combo.counters.tx_time_wait_replies.v.overflow = (((33)'(next_c) + hwif_in.counters.tx_time_wait_replies.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tx_time_wait_replies.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tx_time_wait_replies.v.overflow = '0;
        end
        field_combo.counters.tx_time_wait_replies.v.incrthreshold = (field_storage.counters.tx_time_wait_replies.v.value >= 32'hffffffff);
        field_combo.counters.tx_time_wait_replies.v.next = next_c;
        field_combo.counters.tx_time_wait_replies.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tx_time_wait_replies.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tx_time_wait_replies.v.load_next) begin
                field_storage.counters.tx_time_wait_replies.v.value <= field_combo.counters.tx_time_wait_replies.v.next;
            end
        end
    end
    assign hwif_out.counters.tx_time_wait_replies.v.value = field_storage.counters.tx_time_wait_replies.v.value;
    // Field: toe_regs.counters.tx_loop_frames.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tx_loop_frames.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tx_loop_frames.v.incr) begin // increment
            field_combo.counters.tx_loop_frames.v.overflow = (((33)'(next_c) + hwif_in.counters.tx_loop_frames.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tx_loop_frames.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tx_loop_frames.v.overflow = '0;
        end
        field_combo.counters.tx_loop_frames.v.incrthreshold = (field_storage.counters.tx_loop_frames.v.value >= 32'hffffffff);
        field_combo.counters.tx_loop_frames.v.next = next_c;
        field_combo.counters.tx_loop_frames.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tx_loop_frames.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tx_loop_frames.v.load_next) begin
                field_storage.counters.tx_loop_frames.v.value <= field_combo.counters.tx_loop_frames.v.next;
            end
        end
    end
    assign hwif_out.counters.tx_loop_frames.v.value = field_storage.counters.tx_loop_frames.v.value;
    // Field: toe_regs.counters.tx_drop_guard.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tx_drop_guard.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tx_drop_guard.v.incr) begin // increment
            field_combo.counters.tx_drop_guard.v.overflow = (((33)'(next_c) + hwif_in.counters.tx_drop_guard.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tx_drop_guard.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tx_drop_guard.v.overflow = '0;
        end
        field_combo.counters.tx_drop_guard.v.incrthreshold = (field_storage.counters.tx_drop_guard.v.value >= 32'hffffffff);
        field_combo.counters.tx_drop_guard.v.next = next_c;
        field_combo.counters.tx_drop_guard.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tx_drop_guard.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tx_drop_guard.v.load_next) begin
                field_storage.counters.tx_drop_guard.v.value <= field_combo.counters.tx_drop_guard.v.next;
            end
        end
    end
    assign hwif_out.counters.tx_drop_guard.v.value = field_storage.counters.tx_drop_guard.v.value;
    // Field: toe_regs.counters.tx_drop_bad_desc.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tx_drop_bad_desc.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tx_drop_bad_desc.v.incr) begin // increment
            field_combo.counters.tx_drop_bad_desc.v.overflow = (((33)'(next_c) + hwif_in.counters.tx_drop_bad_desc.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tx_drop_bad_desc.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tx_drop_bad_desc.v.overflow = '0;
        end
        field_combo.counters.tx_drop_bad_desc.v.incrthreshold = (field_storage.counters.tx_drop_bad_desc.v.value >= 32'hffffffff);
        field_combo.counters.tx_drop_bad_desc.v.next = next_c;
        field_combo.counters.tx_drop_bad_desc.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tx_drop_bad_desc.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tx_drop_bad_desc.v.load_next) begin
                field_storage.counters.tx_drop_bad_desc.v.value <= field_combo.counters.tx_drop_bad_desc.v.next;
            end
        end
    end
    assign hwif_out.counters.tx_drop_bad_desc.v.value = field_storage.counters.tx_drop_bad_desc.v.value;
    // Field: toe_regs.counters.tx_drop_dma.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tx_drop_dma.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tx_drop_dma.v.incr) begin // increment
            field_combo.counters.tx_drop_dma.v.overflow = (((33)'(next_c) + hwif_in.counters.tx_drop_dma.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tx_drop_dma.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tx_drop_dma.v.overflow = '0;
        end
        field_combo.counters.tx_drop_dma.v.incrthreshold = (field_storage.counters.tx_drop_dma.v.value >= 32'hffffffff);
        field_combo.counters.tx_drop_dma.v.next = next_c;
        field_combo.counters.tx_drop_dma.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tx_drop_dma.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tx_drop_dma.v.load_next) begin
                field_storage.counters.tx_drop_dma.v.value <= field_combo.counters.tx_drop_dma.v.next;
            end
        end
    end
    assign hwif_out.counters.tx_drop_dma.v.value = field_storage.counters.tx_drop_dma.v.value;
    // Field: toe_regs.counters.tcp_segs_in.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tcp_segs_in.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tcp_segs_in.v.incr) begin // increment
            field_combo.counters.tcp_segs_in.v.overflow = (((33)'(next_c) + hwif_in.counters.tcp_segs_in.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tcp_segs_in.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tcp_segs_in.v.overflow = '0;
        end
        field_combo.counters.tcp_segs_in.v.incrthreshold = (field_storage.counters.tcp_segs_in.v.value >= 32'hffffffff);
        field_combo.counters.tcp_segs_in.v.next = next_c;
        field_combo.counters.tcp_segs_in.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tcp_segs_in.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tcp_segs_in.v.load_next) begin
                field_storage.counters.tcp_segs_in.v.value <= field_combo.counters.tcp_segs_in.v.next;
            end
        end
    end
    assign hwif_out.counters.tcp_segs_in.v.value = field_storage.counters.tcp_segs_in.v.value;
    // Field: toe_regs.counters.tcp_bytes_in.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tcp_bytes_in.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tcp_bytes_in.v.incr) begin // increment
            field_combo.counters.tcp_bytes_in.v.overflow = (((33)'(next_c) + hwif_in.counters.tcp_bytes_in.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tcp_bytes_in.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tcp_bytes_in.v.overflow = '0;
        end
        field_combo.counters.tcp_bytes_in.v.incrthreshold = (field_storage.counters.tcp_bytes_in.v.value >= 32'hffffffff);
        field_combo.counters.tcp_bytes_in.v.next = next_c;
        field_combo.counters.tcp_bytes_in.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tcp_bytes_in.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tcp_bytes_in.v.load_next) begin
                field_storage.counters.tcp_bytes_in.v.value <= field_combo.counters.tcp_bytes_in.v.next;
            end
        end
    end
    assign hwif_out.counters.tcp_bytes_in.v.value = field_storage.counters.tcp_bytes_in.v.value;
    // Field: toe_regs.counters.tcp_bytes_out.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tcp_bytes_out.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tcp_bytes_out.v.incr) begin // increment
            field_combo.counters.tcp_bytes_out.v.overflow = (((33)'(next_c) + hwif_in.counters.tcp_bytes_out.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tcp_bytes_out.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tcp_bytes_out.v.overflow = '0;
        end
        field_combo.counters.tcp_bytes_out.v.incrthreshold = (field_storage.counters.tcp_bytes_out.v.value >= 32'hffffffff);
        field_combo.counters.tcp_bytes_out.v.next = next_c;
        field_combo.counters.tcp_bytes_out.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tcp_bytes_out.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tcp_bytes_out.v.load_next) begin
                field_storage.counters.tcp_bytes_out.v.value <= field_combo.counters.tcp_bytes_out.v.next;
            end
        end
    end
    assign hwif_out.counters.tcp_bytes_out.v.value = field_storage.counters.tcp_bytes_out.v.value;
    // Field: toe_regs.counters.tcp_acks_out.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tcp_acks_out.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tcp_acks_out.v.incr) begin // increment
            field_combo.counters.tcp_acks_out.v.overflow = (((33)'(next_c) + hwif_in.counters.tcp_acks_out.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tcp_acks_out.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tcp_acks_out.v.overflow = '0;
        end
        field_combo.counters.tcp_acks_out.v.incrthreshold = (field_storage.counters.tcp_acks_out.v.value >= 32'hffffffff);
        field_combo.counters.tcp_acks_out.v.next = next_c;
        field_combo.counters.tcp_acks_out.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tcp_acks_out.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tcp_acks_out.v.load_next) begin
                field_storage.counters.tcp_acks_out.v.value <= field_combo.counters.tcp_acks_out.v.next;
            end
        end
    end
    assign hwif_out.counters.tcp_acks_out.v.value = field_storage.counters.tcp_acks_out.v.value;
    // Field: toe_regs.counters.tcp_delacks.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tcp_delacks.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tcp_delacks.v.incr) begin // increment
            field_combo.counters.tcp_delacks.v.overflow = (((33)'(next_c) + hwif_in.counters.tcp_delacks.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tcp_delacks.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tcp_delacks.v.overflow = '0;
        end
        field_combo.counters.tcp_delacks.v.incrthreshold = (field_storage.counters.tcp_delacks.v.value >= 32'hffffffff);
        field_combo.counters.tcp_delacks.v.next = next_c;
        field_combo.counters.tcp_delacks.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tcp_delacks.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tcp_delacks.v.load_next) begin
                field_storage.counters.tcp_delacks.v.value <= field_combo.counters.tcp_delacks.v.next;
            end
        end
    end
    assign hwif_out.counters.tcp_delacks.v.value = field_storage.counters.tcp_delacks.v.value;
    // Field: toe_regs.counters.tcp_retransmit_segs.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tcp_retransmit_segs.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tcp_retransmit_segs.v.incr) begin // increment
            field_combo.counters.tcp_retransmit_segs.v.overflow = (((33)'(next_c) + hwif_in.counters.tcp_retransmit_segs.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tcp_retransmit_segs.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tcp_retransmit_segs.v.overflow = '0;
        end
        field_combo.counters.tcp_retransmit_segs.v.incrthreshold = (field_storage.counters.tcp_retransmit_segs.v.value >= 32'hffffffff);
        field_combo.counters.tcp_retransmit_segs.v.next = next_c;
        field_combo.counters.tcp_retransmit_segs.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tcp_retransmit_segs.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tcp_retransmit_segs.v.load_next) begin
                field_storage.counters.tcp_retransmit_segs.v.value <= field_combo.counters.tcp_retransmit_segs.v.next;
            end
        end
    end
    assign hwif_out.counters.tcp_retransmit_segs.v.value = field_storage.counters.tcp_retransmit_segs.v.value;
    // Field: toe_regs.counters.tcp_retransmit_bytes.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tcp_retransmit_bytes.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tcp_retransmit_bytes.v.incr) begin // increment
            field_combo.counters.tcp_retransmit_bytes.v.overflow = (((33)'(next_c) + hwif_in.counters.tcp_retransmit_bytes.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tcp_retransmit_bytes.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tcp_retransmit_bytes.v.overflow = '0;
        end
        field_combo.counters.tcp_retransmit_bytes.v.incrthreshold = (field_storage.counters.tcp_retransmit_bytes.v.value >= 32'hffffffff);
        field_combo.counters.tcp_retransmit_bytes.v.next = next_c;
        field_combo.counters.tcp_retransmit_bytes.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tcp_retransmit_bytes.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tcp_retransmit_bytes.v.load_next) begin
                field_storage.counters.tcp_retransmit_bytes.v.value <= field_combo.counters.tcp_retransmit_bytes.v.next;
            end
        end
    end
    assign hwif_out.counters.tcp_retransmit_bytes.v.value = field_storage.counters.tcp_retransmit_bytes.v.value;
    // Field: toe_regs.counters.tcp_dup_acks_in.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tcp_dup_acks_in.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tcp_dup_acks_in.v.incr) begin // increment
            field_combo.counters.tcp_dup_acks_in.v.overflow = (((33)'(next_c) + hwif_in.counters.tcp_dup_acks_in.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tcp_dup_acks_in.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tcp_dup_acks_in.v.overflow = '0;
        end
        field_combo.counters.tcp_dup_acks_in.v.incrthreshold = (field_storage.counters.tcp_dup_acks_in.v.value >= 32'hffffffff);
        field_combo.counters.tcp_dup_acks_in.v.next = next_c;
        field_combo.counters.tcp_dup_acks_in.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tcp_dup_acks_in.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tcp_dup_acks_in.v.load_next) begin
                field_storage.counters.tcp_dup_acks_in.v.value <= field_combo.counters.tcp_dup_acks_in.v.next;
            end
        end
    end
    assign hwif_out.counters.tcp_dup_acks_in.v.value = field_storage.counters.tcp_dup_acks_in.v.value;
    // Field: toe_regs.counters.tcp_fast_retransmits.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tcp_fast_retransmits.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tcp_fast_retransmits.v.incr) begin // increment
            field_combo.counters.tcp_fast_retransmits.v.overflow = (((33)'(next_c) + hwif_in.counters.tcp_fast_retransmits.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tcp_fast_retransmits.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tcp_fast_retransmits.v.overflow = '0;
        end
        field_combo.counters.tcp_fast_retransmits.v.incrthreshold = (field_storage.counters.tcp_fast_retransmits.v.value >= 32'hffffffff);
        field_combo.counters.tcp_fast_retransmits.v.next = next_c;
        field_combo.counters.tcp_fast_retransmits.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tcp_fast_retransmits.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tcp_fast_retransmits.v.load_next) begin
                field_storage.counters.tcp_fast_retransmits.v.value <= field_combo.counters.tcp_fast_retransmits.v.next;
            end
        end
    end
    assign hwif_out.counters.tcp_fast_retransmits.v.value = field_storage.counters.tcp_fast_retransmits.v.value;
    // Field: toe_regs.counters.tcp_rto.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tcp_rto.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tcp_rto.v.incr) begin // increment
            field_combo.counters.tcp_rto.v.overflow = (((33)'(next_c) + hwif_in.counters.tcp_rto.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tcp_rto.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tcp_rto.v.overflow = '0;
        end
        field_combo.counters.tcp_rto.v.incrthreshold = (field_storage.counters.tcp_rto.v.value >= 32'hffffffff);
        field_combo.counters.tcp_rto.v.next = next_c;
        field_combo.counters.tcp_rto.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tcp_rto.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tcp_rto.v.load_next) begin
                field_storage.counters.tcp_rto.v.value <= field_combo.counters.tcp_rto.v.next;
            end
        end
    end
    assign hwif_out.counters.tcp_rto.v.value = field_storage.counters.tcp_rto.v.value;
    // Field: toe_regs.counters.tcp_persist_probes.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tcp_persist_probes.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tcp_persist_probes.v.incr) begin // increment
            field_combo.counters.tcp_persist_probes.v.overflow = (((33)'(next_c) + hwif_in.counters.tcp_persist_probes.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tcp_persist_probes.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tcp_persist_probes.v.overflow = '0;
        end
        field_combo.counters.tcp_persist_probes.v.incrthreshold = (field_storage.counters.tcp_persist_probes.v.value >= 32'hffffffff);
        field_combo.counters.tcp_persist_probes.v.next = next_c;
        field_combo.counters.tcp_persist_probes.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tcp_persist_probes.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tcp_persist_probes.v.load_next) begin
                field_storage.counters.tcp_persist_probes.v.value <= field_combo.counters.tcp_persist_probes.v.next;
            end
        end
    end
    assign hwif_out.counters.tcp_persist_probes.v.value = field_storage.counters.tcp_persist_probes.v.value;
    // Field: toe_regs.counters.tcp_keepalive_probes.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tcp_keepalive_probes.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tcp_keepalive_probes.v.incr) begin // increment
            field_combo.counters.tcp_keepalive_probes.v.overflow = (((33)'(next_c) + hwif_in.counters.tcp_keepalive_probes.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tcp_keepalive_probes.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tcp_keepalive_probes.v.overflow = '0;
        end
        field_combo.counters.tcp_keepalive_probes.v.incrthreshold = (field_storage.counters.tcp_keepalive_probes.v.value >= 32'hffffffff);
        field_combo.counters.tcp_keepalive_probes.v.next = next_c;
        field_combo.counters.tcp_keepalive_probes.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tcp_keepalive_probes.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tcp_keepalive_probes.v.load_next) begin
                field_storage.counters.tcp_keepalive_probes.v.value <= field_combo.counters.tcp_keepalive_probes.v.next;
            end
        end
    end
    assign hwif_out.counters.tcp_keepalive_probes.v.value = field_storage.counters.tcp_keepalive_probes.v.value;
    // Field: toe_regs.counters.tcp_ooo_in.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tcp_ooo_in.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tcp_ooo_in.v.incr) begin // increment
            field_combo.counters.tcp_ooo_in.v.overflow = (((33)'(next_c) + hwif_in.counters.tcp_ooo_in.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tcp_ooo_in.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tcp_ooo_in.v.overflow = '0;
        end
        field_combo.counters.tcp_ooo_in.v.incrthreshold = (field_storage.counters.tcp_ooo_in.v.value >= 32'hffffffff);
        field_combo.counters.tcp_ooo_in.v.next = next_c;
        field_combo.counters.tcp_ooo_in.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tcp_ooo_in.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tcp_ooo_in.v.load_next) begin
                field_storage.counters.tcp_ooo_in.v.value <= field_combo.counters.tcp_ooo_in.v.next;
            end
        end
    end
    assign hwif_out.counters.tcp_ooo_in.v.value = field_storage.counters.tcp_ooo_in.v.value;
    // Field: toe_regs.counters.tcp_ooo_drop.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tcp_ooo_drop.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tcp_ooo_drop.v.incr) begin // increment
            field_combo.counters.tcp_ooo_drop.v.overflow = (((33)'(next_c) + hwif_in.counters.tcp_ooo_drop.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tcp_ooo_drop.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tcp_ooo_drop.v.overflow = '0;
        end
        field_combo.counters.tcp_ooo_drop.v.incrthreshold = (field_storage.counters.tcp_ooo_drop.v.value >= 32'hffffffff);
        field_combo.counters.tcp_ooo_drop.v.next = next_c;
        field_combo.counters.tcp_ooo_drop.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tcp_ooo_drop.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tcp_ooo_drop.v.load_next) begin
                field_storage.counters.tcp_ooo_drop.v.value <= field_combo.counters.tcp_ooo_drop.v.next;
            end
        end
    end
    assign hwif_out.counters.tcp_ooo_drop.v.value = field_storage.counters.tcp_ooo_drop.v.value;
    // Field: toe_regs.counters.tcp_duplicate_in.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tcp_duplicate_in.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tcp_duplicate_in.v.incr) begin // increment
            field_combo.counters.tcp_duplicate_in.v.overflow = (((33)'(next_c) + hwif_in.counters.tcp_duplicate_in.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tcp_duplicate_in.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tcp_duplicate_in.v.overflow = '0;
        end
        field_combo.counters.tcp_duplicate_in.v.incrthreshold = (field_storage.counters.tcp_duplicate_in.v.value >= 32'hffffffff);
        field_combo.counters.tcp_duplicate_in.v.next = next_c;
        field_combo.counters.tcp_duplicate_in.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tcp_duplicate_in.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tcp_duplicate_in.v.load_next) begin
                field_storage.counters.tcp_duplicate_in.v.value <= field_combo.counters.tcp_duplicate_in.v.next;
            end
        end
    end
    assign hwif_out.counters.tcp_duplicate_in.v.value = field_storage.counters.tcp_duplicate_in.v.value;
    // Field: toe_regs.counters.tcp_out_of_window.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tcp_out_of_window.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tcp_out_of_window.v.incr) begin // increment
            field_combo.counters.tcp_out_of_window.v.overflow = (((33)'(next_c) + hwif_in.counters.tcp_out_of_window.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tcp_out_of_window.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tcp_out_of_window.v.overflow = '0;
        end
        field_combo.counters.tcp_out_of_window.v.incrthreshold = (field_storage.counters.tcp_out_of_window.v.value >= 32'hffffffff);
        field_combo.counters.tcp_out_of_window.v.next = next_c;
        field_combo.counters.tcp_out_of_window.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tcp_out_of_window.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tcp_out_of_window.v.load_next) begin
                field_storage.counters.tcp_out_of_window.v.value <= field_combo.counters.tcp_out_of_window.v.next;
            end
        end
    end
    assign hwif_out.counters.tcp_out_of_window.v.value = field_storage.counters.tcp_out_of_window.v.value;
    // Field: toe_regs.counters.tcp_paws_drop.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tcp_paws_drop.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tcp_paws_drop.v.incr) begin // increment
            field_combo.counters.tcp_paws_drop.v.overflow = (((33)'(next_c) + hwif_in.counters.tcp_paws_drop.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tcp_paws_drop.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tcp_paws_drop.v.overflow = '0;
        end
        field_combo.counters.tcp_paws_drop.v.incrthreshold = (field_storage.counters.tcp_paws_drop.v.value >= 32'hffffffff);
        field_combo.counters.tcp_paws_drop.v.next = next_c;
        field_combo.counters.tcp_paws_drop.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tcp_paws_drop.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tcp_paws_drop.v.load_next) begin
                field_storage.counters.tcp_paws_drop.v.value <= field_combo.counters.tcp_paws_drop.v.next;
            end
        end
    end
    assign hwif_out.counters.tcp_paws_drop.v.value = field_storage.counters.tcp_paws_drop.v.value;
    // Field: toe_regs.counters.tcp_challenge_acks.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tcp_challenge_acks.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tcp_challenge_acks.v.incr) begin // increment
            field_combo.counters.tcp_challenge_acks.v.overflow = (((33)'(next_c) + hwif_in.counters.tcp_challenge_acks.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tcp_challenge_acks.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tcp_challenge_acks.v.overflow = '0;
        end
        field_combo.counters.tcp_challenge_acks.v.incrthreshold = (field_storage.counters.tcp_challenge_acks.v.value >= 32'hffffffff);
        field_combo.counters.tcp_challenge_acks.v.next = next_c;
        field_combo.counters.tcp_challenge_acks.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tcp_challenge_acks.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tcp_challenge_acks.v.load_next) begin
                field_storage.counters.tcp_challenge_acks.v.value <= field_combo.counters.tcp_challenge_acks.v.next;
            end
        end
    end
    assign hwif_out.counters.tcp_challenge_acks.v.value = field_storage.counters.tcp_challenge_acks.v.value;
    // Field: toe_regs.counters.tcp_challenge_limited.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tcp_challenge_limited.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tcp_challenge_limited.v.incr) begin // increment
            field_combo.counters.tcp_challenge_limited.v.overflow = (((33)'(next_c) + hwif_in.counters.tcp_challenge_limited.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tcp_challenge_limited.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tcp_challenge_limited.v.overflow = '0;
        end
        field_combo.counters.tcp_challenge_limited.v.incrthreshold = (field_storage.counters.tcp_challenge_limited.v.value >= 32'hffffffff);
        field_combo.counters.tcp_challenge_limited.v.next = next_c;
        field_combo.counters.tcp_challenge_limited.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tcp_challenge_limited.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tcp_challenge_limited.v.load_next) begin
                field_storage.counters.tcp_challenge_limited.v.value <= field_combo.counters.tcp_challenge_limited.v.next;
            end
        end
    end
    assign hwif_out.counters.tcp_challenge_limited.v.value = field_storage.counters.tcp_challenge_limited.v.value;
    // Field: toe_regs.counters.tcp_rst_in.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tcp_rst_in.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tcp_rst_in.v.incr) begin // increment
            field_combo.counters.tcp_rst_in.v.overflow = (((33)'(next_c) + hwif_in.counters.tcp_rst_in.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tcp_rst_in.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tcp_rst_in.v.overflow = '0;
        end
        field_combo.counters.tcp_rst_in.v.incrthreshold = (field_storage.counters.tcp_rst_in.v.value >= 32'hffffffff);
        field_combo.counters.tcp_rst_in.v.next = next_c;
        field_combo.counters.tcp_rst_in.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tcp_rst_in.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tcp_rst_in.v.load_next) begin
                field_storage.counters.tcp_rst_in.v.value <= field_combo.counters.tcp_rst_in.v.next;
            end
        end
    end
    assign hwif_out.counters.tcp_rst_in.v.value = field_storage.counters.tcp_rst_in.v.value;
    // Field: toe_regs.counters.tcp_rst_out.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tcp_rst_out.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tcp_rst_out.v.incr) begin // increment
            field_combo.counters.tcp_rst_out.v.overflow = (((33)'(next_c) + hwif_in.counters.tcp_rst_out.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tcp_rst_out.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tcp_rst_out.v.overflow = '0;
        end
        field_combo.counters.tcp_rst_out.v.incrthreshold = (field_storage.counters.tcp_rst_out.v.value >= 32'hffffffff);
        field_combo.counters.tcp_rst_out.v.next = next_c;
        field_combo.counters.tcp_rst_out.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tcp_rst_out.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tcp_rst_out.v.load_next) begin
                field_storage.counters.tcp_rst_out.v.value <= field_combo.counters.tcp_rst_out.v.next;
            end
        end
    end
    assign hwif_out.counters.tcp_rst_out.v.value = field_storage.counters.tcp_rst_out.v.value;
    // Field: toe_regs.counters.tcp_data_after_close.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tcp_data_after_close.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tcp_data_after_close.v.incr) begin // increment
            field_combo.counters.tcp_data_after_close.v.overflow = (((33)'(next_c) + hwif_in.counters.tcp_data_after_close.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tcp_data_after_close.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tcp_data_after_close.v.overflow = '0;
        end
        field_combo.counters.tcp_data_after_close.v.incrthreshold = (field_storage.counters.tcp_data_after_close.v.value >= 32'hffffffff);
        field_combo.counters.tcp_data_after_close.v.next = next_c;
        field_combo.counters.tcp_data_after_close.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tcp_data_after_close.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tcp_data_after_close.v.load_next) begin
                field_storage.counters.tcp_data_after_close.v.value <= field_combo.counters.tcp_data_after_close.v.next;
            end
        end
    end
    assign hwif_out.counters.tcp_data_after_close.v.value = field_storage.counters.tcp_data_after_close.v.value;
    // Field: toe_regs.counters.tcp_ecn_ce_in.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tcp_ecn_ce_in.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tcp_ecn_ce_in.v.incr) begin // increment
            field_combo.counters.tcp_ecn_ce_in.v.overflow = (((33)'(next_c) + hwif_in.counters.tcp_ecn_ce_in.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tcp_ecn_ce_in.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tcp_ecn_ce_in.v.overflow = '0;
        end
        field_combo.counters.tcp_ecn_ce_in.v.incrthreshold = (field_storage.counters.tcp_ecn_ce_in.v.value >= 32'hffffffff);
        field_combo.counters.tcp_ecn_ce_in.v.next = next_c;
        field_combo.counters.tcp_ecn_ce_in.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tcp_ecn_ce_in.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tcp_ecn_ce_in.v.load_next) begin
                field_storage.counters.tcp_ecn_ce_in.v.value <= field_combo.counters.tcp_ecn_ce_in.v.next;
            end
        end
    end
    assign hwif_out.counters.tcp_ecn_ce_in.v.value = field_storage.counters.tcp_ecn_ce_in.v.value;
    // Field: toe_regs.counters.tcp_ecn_reductions.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tcp_ecn_reductions.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tcp_ecn_reductions.v.incr) begin // increment
            field_combo.counters.tcp_ecn_reductions.v.overflow = (((33)'(next_c) + hwif_in.counters.tcp_ecn_reductions.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tcp_ecn_reductions.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tcp_ecn_reductions.v.overflow = '0;
        end
        field_combo.counters.tcp_ecn_reductions.v.incrthreshold = (field_storage.counters.tcp_ecn_reductions.v.value >= 32'hffffffff);
        field_combo.counters.tcp_ecn_reductions.v.next = next_c;
        field_combo.counters.tcp_ecn_reductions.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tcp_ecn_reductions.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tcp_ecn_reductions.v.load_next) begin
                field_storage.counters.tcp_ecn_reductions.v.value <= field_combo.counters.tcp_ecn_reductions.v.next;
            end
        end
    end
    assign hwif_out.counters.tcp_ecn_reductions.v.value = field_storage.counters.tcp_ecn_reductions.v.value;
    // Field: toe_regs.counters.tcp_parked.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tcp_parked.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tcp_parked.v.incr) begin // increment
            field_combo.counters.tcp_parked.v.overflow = (((33)'(next_c) + hwif_in.counters.tcp_parked.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tcp_parked.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tcp_parked.v.overflow = '0;
        end
        field_combo.counters.tcp_parked.v.incrthreshold = (field_storage.counters.tcp_parked.v.value >= 32'hffffffff);
        field_combo.counters.tcp_parked.v.next = next_c;
        field_combo.counters.tcp_parked.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tcp_parked.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tcp_parked.v.load_next) begin
                field_storage.counters.tcp_parked.v.value <= field_combo.counters.tcp_parked.v.next;
            end
        end
    end
    assign hwif_out.counters.tcp_parked.v.value = field_storage.counters.tcp_parked.v.value;
    // Field: toe_regs.counters.tcp_timeouts.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tcp_timeouts.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tcp_timeouts.v.incr) begin // increment
            field_combo.counters.tcp_timeouts.v.overflow = (((33)'(next_c) + hwif_in.counters.tcp_timeouts.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tcp_timeouts.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tcp_timeouts.v.overflow = '0;
        end
        field_combo.counters.tcp_timeouts.v.incrthreshold = (field_storage.counters.tcp_timeouts.v.value >= 32'hffffffff);
        field_combo.counters.tcp_timeouts.v.next = next_c;
        field_combo.counters.tcp_timeouts.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tcp_timeouts.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tcp_timeouts.v.load_next) begin
                field_storage.counters.tcp_timeouts.v.value <= field_combo.counters.tcp_timeouts.v.next;
            end
        end
    end
    assign hwif_out.counters.tcp_timeouts.v.value = field_storage.counters.tcp_timeouts.v.value;
    // Field: toe_regs.counters.tcp_closed.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tcp_closed.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tcp_closed.v.incr) begin // increment
            field_combo.counters.tcp_closed.v.overflow = (((33)'(next_c) + hwif_in.counters.tcp_closed.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tcp_closed.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tcp_closed.v.overflow = '0;
        end
        field_combo.counters.tcp_closed.v.incrthreshold = (field_storage.counters.tcp_closed.v.value >= 32'hffffffff);
        field_combo.counters.tcp_closed.v.next = next_c;
        field_combo.counters.tcp_closed.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tcp_closed.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tcp_closed.v.load_next) begin
                field_storage.counters.tcp_closed.v.value <= field_combo.counters.tcp_closed.v.next;
            end
        end
    end
    assign hwif_out.counters.tcp_closed.v.value = field_storage.counters.tcp_closed.v.value;
    // Field: toe_regs.counters.events_in.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.events_in.v.value;
        load_next_c = '0;

        if(hwif_in.counters.events_in.v.incr) begin // increment
            field_combo.counters.events_in.v.overflow = (((33)'(next_c) + hwif_in.counters.events_in.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.events_in.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.events_in.v.overflow = '0;
        end
        field_combo.counters.events_in.v.incrthreshold = (field_storage.counters.events_in.v.value >= 32'hffffffff);
        field_combo.counters.events_in.v.next = next_c;
        field_combo.counters.events_in.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.events_in.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.events_in.v.load_next) begin
                field_storage.counters.events_in.v.value <= field_combo.counters.events_in.v.next;
            end
        end
    end
    assign hwif_out.counters.events_in.v.value = field_storage.counters.events_in.v.value;
    // Field: toe_regs.counters.pipe_stall_cycles.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.pipe_stall_cycles.v.value;
        load_next_c = '0;

        if(hwif_in.counters.pipe_stall_cycles.v.incr) begin // increment
            field_combo.counters.pipe_stall_cycles.v.overflow = (((33)'(next_c) + hwif_in.counters.pipe_stall_cycles.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.pipe_stall_cycles.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.pipe_stall_cycles.v.overflow = '0;
        end
        field_combo.counters.pipe_stall_cycles.v.incrthreshold = (field_storage.counters.pipe_stall_cycles.v.value >= 32'hffffffff);
        field_combo.counters.pipe_stall_cycles.v.next = next_c;
        field_combo.counters.pipe_stall_cycles.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.pipe_stall_cycles.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.pipe_stall_cycles.v.load_next) begin
                field_storage.counters.pipe_stall_cycles.v.value <= field_combo.counters.pipe_stall_cycles.v.next;
            end
        end
    end
    assign hwif_out.counters.pipe_stall_cycles.v.value = field_storage.counters.pipe_stall_cycles.v.value;
    // Field: toe_regs.counters.bumps_in.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.bumps_in.v.value;
        load_next_c = '0;

        if(hwif_in.counters.bumps_in.v.incr) begin // increment
            field_combo.counters.bumps_in.v.overflow = (((33)'(next_c) + hwif_in.counters.bumps_in.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.bumps_in.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.bumps_in.v.overflow = '0;
        end
        field_combo.counters.bumps_in.v.incrthreshold = (field_storage.counters.bumps_in.v.value >= 32'hffffffff);
        field_combo.counters.bumps_in.v.next = next_c;
        field_combo.counters.bumps_in.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.bumps_in.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.bumps_in.v.load_next) begin
                field_storage.counters.bumps_in.v.value <= field_combo.counters.bumps_in.v.next;
            end
        end
    end
    assign hwif_out.counters.bumps_in.v.value = field_storage.counters.bumps_in.v.value;
    // Field: toe_regs.counters.bump_stale.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.bump_stale.v.value;
        load_next_c = '0;

        if(hwif_in.counters.bump_stale.v.incr) begin // increment
            field_combo.counters.bump_stale.v.overflow = (((33)'(next_c) + hwif_in.counters.bump_stale.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.bump_stale.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.bump_stale.v.overflow = '0;
        end
        field_combo.counters.bump_stale.v.incrthreshold = (field_storage.counters.bump_stale.v.value >= 32'hffffffff);
        field_combo.counters.bump_stale.v.next = next_c;
        field_combo.counters.bump_stale.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.bump_stale.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.bump_stale.v.load_next) begin
                field_storage.counters.bump_stale.v.value <= field_combo.counters.bump_stale.v.next;
            end
        end
    end
    assign hwif_out.counters.bump_stale.v.value = field_storage.counters.bump_stale.v.value;
    // Field: toe_regs.counters.bump_bad.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.bump_bad.v.value;
        load_next_c = '0;

        if(hwif_in.counters.bump_bad.v.incr) begin // increment
            field_combo.counters.bump_bad.v.overflow = (((33)'(next_c) + hwif_in.counters.bump_bad.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.bump_bad.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.bump_bad.v.overflow = '0;
        end
        field_combo.counters.bump_bad.v.incrthreshold = (field_storage.counters.bump_bad.v.value >= 32'hffffffff);
        field_combo.counters.bump_bad.v.next = next_c;
        field_combo.counters.bump_bad.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.bump_bad.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.bump_bad.v.load_next) begin
                field_storage.counters.bump_bad.v.value <= field_combo.counters.bump_bad.v.next;
            end
        end
    end
    assign hwif_out.counters.bump_bad.v.value = field_storage.counters.bump_bad.v.value;
    // Field: toe_regs.counters.stale_command.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.stale_command.v.value;
        load_next_c = '0;

        if(hwif_in.counters.stale_command.v.incr) begin // increment
            field_combo.counters.stale_command.v.overflow = (((33)'(next_c) + hwif_in.counters.stale_command.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.stale_command.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.stale_command.v.overflow = '0;
        end
        field_combo.counters.stale_command.v.incrthreshold = (field_storage.counters.stale_command.v.value >= 32'hffffffff);
        field_combo.counters.stale_command.v.next = next_c;
        field_combo.counters.stale_command.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.stale_command.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.stale_command.v.load_next) begin
                field_storage.counters.stale_command.v.value <= field_combo.counters.stale_command.v.next;
            end
        end
    end
    assign hwif_out.counters.stale_command.v.value = field_storage.counters.stale_command.v.value;
    // Field: toe_regs.counters.lookup_insert.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.lookup_insert.v.value;
        load_next_c = '0;

        if(hwif_in.counters.lookup_insert.v.incr) begin // increment
            field_combo.counters.lookup_insert.v.overflow = (((33)'(next_c) + hwif_in.counters.lookup_insert.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.lookup_insert.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.lookup_insert.v.overflow = '0;
        end
        field_combo.counters.lookup_insert.v.incrthreshold = (field_storage.counters.lookup_insert.v.value >= 32'hffffffff);
        field_combo.counters.lookup_insert.v.next = next_c;
        field_combo.counters.lookup_insert.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.lookup_insert.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.lookup_insert.v.load_next) begin
                field_storage.counters.lookup_insert.v.value <= field_combo.counters.lookup_insert.v.next;
            end
        end
    end
    assign hwif_out.counters.lookup_insert.v.value = field_storage.counters.lookup_insert.v.value;
    // Field: toe_regs.counters.lookup_insert_fail.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.lookup_insert_fail.v.value;
        load_next_c = '0;

        if(hwif_in.counters.lookup_insert_fail.v.incr) begin // increment
            field_combo.counters.lookup_insert_fail.v.overflow = (((33)'(next_c) + hwif_in.counters.lookup_insert_fail.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.lookup_insert_fail.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.lookup_insert_fail.v.overflow = '0;
        end
        field_combo.counters.lookup_insert_fail.v.incrthreshold = (field_storage.counters.lookup_insert_fail.v.value >= 32'hffffffff);
        field_combo.counters.lookup_insert_fail.v.next = next_c;
        field_combo.counters.lookup_insert_fail.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.lookup_insert_fail.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.lookup_insert_fail.v.load_next) begin
                field_storage.counters.lookup_insert_fail.v.value <= field_combo.counters.lookup_insert_fail.v.next;
            end
        end
    end
    assign hwif_out.counters.lookup_insert_fail.v.value = field_storage.counters.lookup_insert_fail.v.value;
    // Field: toe_regs.counters.lookup_delete.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.lookup_delete.v.value;
        load_next_c = '0;

        if(hwif_in.counters.lookup_delete.v.incr) begin // increment
            field_combo.counters.lookup_delete.v.overflow = (((33)'(next_c) + hwif_in.counters.lookup_delete.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.lookup_delete.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.lookup_delete.v.overflow = '0;
        end
        field_combo.counters.lookup_delete.v.incrthreshold = (field_storage.counters.lookup_delete.v.value >= 32'hffffffff);
        field_combo.counters.lookup_delete.v.next = next_c;
        field_combo.counters.lookup_delete.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.lookup_delete.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.lookup_delete.v.load_next) begin
                field_storage.counters.lookup_delete.v.value <= field_combo.counters.lookup_delete.v.next;
            end
        end
    end
    assign hwif_out.counters.lookup_delete.v.value = field_storage.counters.lookup_delete.v.value;
    // Field: toe_regs.counters.evq_records.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.evq_records.v.value;
        load_next_c = '0;

        if(hwif_in.counters.evq_records.v.incr) begin // increment
            field_combo.counters.evq_records.v.overflow = (((33)'(next_c) + hwif_in.counters.evq_records.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.evq_records.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.evq_records.v.overflow = '0;
        end
        field_combo.counters.evq_records.v.incrthreshold = (field_storage.counters.evq_records.v.value >= 32'hffffffff);
        field_combo.counters.evq_records.v.next = next_c;
        field_combo.counters.evq_records.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.evq_records.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.evq_records.v.load_next) begin
                field_storage.counters.evq_records.v.value <= field_combo.counters.evq_records.v.next;
            end
        end
    end
    assign hwif_out.counters.evq_records.v.value = field_storage.counters.evq_records.v.value;
    // Field: toe_regs.counters.evq_stall_cycles.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.evq_stall_cycles.v.value;
        load_next_c = '0;

        if(hwif_in.counters.evq_stall_cycles.v.incr) begin // increment
            field_combo.counters.evq_stall_cycles.v.overflow = (((33)'(next_c) + hwif_in.counters.evq_stall_cycles.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.evq_stall_cycles.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.evq_stall_cycles.v.overflow = '0;
        end
        field_combo.counters.evq_stall_cycles.v.incrthreshold = (field_storage.counters.evq_stall_cycles.v.value >= 32'hffffffff);
        field_combo.counters.evq_stall_cycles.v.next = next_c;
        field_combo.counters.evq_stall_cycles.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.evq_stall_cycles.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.evq_stall_cycles.v.load_next) begin
                field_storage.counters.evq_stall_cycles.v.value <= field_combo.counters.evq_stall_cycles.v.next;
            end
        end
    end
    assign hwif_out.counters.evq_stall_cycles.v.value = field_storage.counters.evq_stall_cycles.v.value;
    // Field: toe_regs.counters.irqs.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.irqs.v.value;
        load_next_c = '0;

        if(hwif_in.counters.irqs.v.incr) begin // increment
            field_combo.counters.irqs.v.overflow = (((33)'(next_c) + hwif_in.counters.irqs.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.irqs.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.irqs.v.overflow = '0;
        end
        field_combo.counters.irqs.v.incrthreshold = (field_storage.counters.irqs.v.value >= 32'hffffffff);
        field_combo.counters.irqs.v.next = next_c;
        field_combo.counters.irqs.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.irqs.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.irqs.v.load_next) begin
                field_storage.counters.irqs.v.value <= field_combo.counters.irqs.v.next;
            end
        end
    end
    assign hwif_out.counters.irqs.v.value = field_storage.counters.irqs.v.value;
    // Field: toe_regs.counters.dma_read_errors.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.dma_read_errors.v.value;
        load_next_c = '0;

        if(hwif_in.counters.dma_read_errors.v.incr) begin // increment
            field_combo.counters.dma_read_errors.v.overflow = (((33)'(next_c) + hwif_in.counters.dma_read_errors.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.dma_read_errors.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.dma_read_errors.v.overflow = '0;
        end
        field_combo.counters.dma_read_errors.v.incrthreshold = (field_storage.counters.dma_read_errors.v.value >= 32'hffffffff);
        field_combo.counters.dma_read_errors.v.next = next_c;
        field_combo.counters.dma_read_errors.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.dma_read_errors.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.dma_read_errors.v.load_next) begin
                field_storage.counters.dma_read_errors.v.value <= field_combo.counters.dma_read_errors.v.next;
            end
        end
    end
    assign hwif_out.counters.dma_read_errors.v.value = field_storage.counters.dma_read_errors.v.value;
    // Field: toe_regs.counters.dma_write_errors.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.dma_write_errors.v.value;
        load_next_c = '0;

        if(hwif_in.counters.dma_write_errors.v.incr) begin // increment
            field_combo.counters.dma_write_errors.v.overflow = (((33)'(next_c) + hwif_in.counters.dma_write_errors.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.dma_write_errors.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.dma_write_errors.v.overflow = '0;
        end
        field_combo.counters.dma_write_errors.v.incrthreshold = (field_storage.counters.dma_write_errors.v.value >= 32'hffffffff);
        field_combo.counters.dma_write_errors.v.next = next_c;
        field_combo.counters.dma_write_errors.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.dma_write_errors.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.dma_write_errors.v.load_next) begin
                field_storage.counters.dma_write_errors.v.value <= field_combo.counters.dma_write_errors.v.next;
            end
        end
    end
    assign hwif_out.counters.dma_write_errors.v.value = field_storage.counters.dma_write_errors.v.value;
    // Field: toe_regs.counters.dma_read_bytes.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.dma_read_bytes.v.value;
        load_next_c = '0;

        if(hwif_in.counters.dma_read_bytes.v.incr) begin // increment
            field_combo.counters.dma_read_bytes.v.overflow = (((33)'(next_c) + hwif_in.counters.dma_read_bytes.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.dma_read_bytes.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.dma_read_bytes.v.overflow = '0;
        end
        field_combo.counters.dma_read_bytes.v.incrthreshold = (field_storage.counters.dma_read_bytes.v.value >= 32'hffffffff);
        field_combo.counters.dma_read_bytes.v.next = next_c;
        field_combo.counters.dma_read_bytes.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.dma_read_bytes.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.dma_read_bytes.v.load_next) begin
                field_storage.counters.dma_read_bytes.v.value <= field_combo.counters.dma_read_bytes.v.next;
            end
        end
    end
    assign hwif_out.counters.dma_read_bytes.v.value = field_storage.counters.dma_read_bytes.v.value;
    // Field: toe_regs.counters.dma_write_bytes.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.dma_write_bytes.v.value;
        load_next_c = '0;

        if(hwif_in.counters.dma_write_bytes.v.incr) begin // increment
            field_combo.counters.dma_write_bytes.v.overflow = (((33)'(next_c) + hwif_in.counters.dma_write_bytes.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.dma_write_bytes.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.dma_write_bytes.v.overflow = '0;
        end
        field_combo.counters.dma_write_bytes.v.incrthreshold = (field_storage.counters.dma_write_bytes.v.value >= 32'hffffffff);
        field_combo.counters.dma_write_bytes.v.next = next_c;
        field_combo.counters.dma_write_bytes.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.dma_write_bytes.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.dma_write_bytes.v.load_next) begin
                field_storage.counters.dma_write_bytes.v.value <= field_combo.counters.dma_write_bytes.v.next;
            end
        end
    end
    assign hwif_out.counters.dma_write_bytes.v.value = field_storage.counters.dma_write_bytes.v.value;
    // Field: toe_regs.counters.tw_insert.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tw_insert.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tw_insert.v.incr) begin // increment
            field_combo.counters.tw_insert.v.overflow = (((33)'(next_c) + hwif_in.counters.tw_insert.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tw_insert.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tw_insert.v.overflow = '0;
        end
        field_combo.counters.tw_insert.v.incrthreshold = (field_storage.counters.tw_insert.v.value >= 32'hffffffff);
        field_combo.counters.tw_insert.v.next = next_c;
        field_combo.counters.tw_insert.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tw_insert.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tw_insert.v.load_next) begin
                field_storage.counters.tw_insert.v.value <= field_combo.counters.tw_insert.v.next;
            end
        end
    end
    assign hwif_out.counters.tw_insert.v.value = field_storage.counters.tw_insert.v.value;
    // Field: toe_regs.counters.tw_insert_fail.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tw_insert_fail.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tw_insert_fail.v.incr) begin // increment
            field_combo.counters.tw_insert_fail.v.overflow = (((33)'(next_c) + hwif_in.counters.tw_insert_fail.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tw_insert_fail.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tw_insert_fail.v.overflow = '0;
        end
        field_combo.counters.tw_insert_fail.v.incrthreshold = (field_storage.counters.tw_insert_fail.v.value >= 32'hffffffff);
        field_combo.counters.tw_insert_fail.v.next = next_c;
        field_combo.counters.tw_insert_fail.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tw_insert_fail.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tw_insert_fail.v.load_next) begin
                field_storage.counters.tw_insert_fail.v.value <= field_combo.counters.tw_insert_fail.v.next;
            end
        end
    end
    assign hwif_out.counters.tw_insert_fail.v.value = field_storage.counters.tw_insert_fail.v.value;
    // Field: toe_regs.counters.tw_evict.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tw_evict.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tw_evict.v.incr) begin // increment
            field_combo.counters.tw_evict.v.overflow = (((33)'(next_c) + hwif_in.counters.tw_evict.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tw_evict.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tw_evict.v.overflow = '0;
        end
        field_combo.counters.tw_evict.v.incrthreshold = (field_storage.counters.tw_evict.v.value >= 32'hffffffff);
        field_combo.counters.tw_evict.v.next = next_c;
        field_combo.counters.tw_evict.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tw_evict.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tw_evict.v.load_next) begin
                field_storage.counters.tw_evict.v.value <= field_combo.counters.tw_evict.v.next;
            end
        end
    end
    assign hwif_out.counters.tw_evict.v.value = field_storage.counters.tw_evict.v.value;
    // Field: toe_regs.counters.tw_expire.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tw_expire.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tw_expire.v.incr) begin // increment
            field_combo.counters.tw_expire.v.overflow = (((33)'(next_c) + hwif_in.counters.tw_expire.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tw_expire.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tw_expire.v.overflow = '0;
        end
        field_combo.counters.tw_expire.v.incrthreshold = (field_storage.counters.tw_expire.v.value >= 32'hffffffff);
        field_combo.counters.tw_expire.v.next = next_c;
        field_combo.counters.tw_expire.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tw_expire.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tw_expire.v.load_next) begin
                field_storage.counters.tw_expire.v.value <= field_combo.counters.tw_expire.v.next;
            end
        end
    end
    assign hwif_out.counters.tw_expire.v.value = field_storage.counters.tw_expire.v.value;
    // Field: toe_regs.counters.tw_delete.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tw_delete.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tw_delete.v.incr) begin // increment
            field_combo.counters.tw_delete.v.overflow = (((33)'(next_c) + hwif_in.counters.tw_delete.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tw_delete.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tw_delete.v.overflow = '0;
        end
        field_combo.counters.tw_delete.v.incrthreshold = (field_storage.counters.tw_delete.v.value >= 32'hffffffff);
        field_combo.counters.tw_delete.v.next = next_c;
        field_combo.counters.tw_delete.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tw_delete.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tw_delete.v.load_next) begin
                field_storage.counters.tw_delete.v.value <= field_combo.counters.tw_delete.v.next;
            end
        end
    end
    assign hwif_out.counters.tw_delete.v.value = field_storage.counters.tw_delete.v.value;
    // Field: toe_regs.counters.tw_lookup.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tw_lookup.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tw_lookup.v.incr) begin // increment
            field_combo.counters.tw_lookup.v.overflow = (((33)'(next_c) + hwif_in.counters.tw_lookup.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tw_lookup.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tw_lookup.v.overflow = '0;
        end
        field_combo.counters.tw_lookup.v.incrthreshold = (field_storage.counters.tw_lookup.v.value >= 32'hffffffff);
        field_combo.counters.tw_lookup.v.next = next_c;
        field_combo.counters.tw_lookup.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tw_lookup.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tw_lookup.v.load_next) begin
                field_storage.counters.tw_lookup.v.value <= field_combo.counters.tw_lookup.v.next;
            end
        end
    end
    assign hwif_out.counters.tw_lookup.v.value = field_storage.counters.tw_lookup.v.value;
    // Field: toe_regs.counters.tw_hit.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tw_hit.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tw_hit.v.incr) begin // increment
            field_combo.counters.tw_hit.v.overflow = (((33)'(next_c) + hwif_in.counters.tw_hit.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tw_hit.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tw_hit.v.overflow = '0;
        end
        field_combo.counters.tw_hit.v.incrthreshold = (field_storage.counters.tw_hit.v.value >= 32'hffffffff);
        field_combo.counters.tw_hit.v.next = next_c;
        field_combo.counters.tw_hit.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tw_hit.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tw_hit.v.load_next) begin
                field_storage.counters.tw_hit.v.value <= field_combo.counters.tw_hit.v.next;
            end
        end
    end
    assign hwif_out.counters.tw_hit.v.value = field_storage.counters.tw_hit.v.value;
    // Field: toe_regs.counters.tw_miss.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tw_miss.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tw_miss.v.incr) begin // increment
            field_combo.counters.tw_miss.v.overflow = (((33)'(next_c) + hwif_in.counters.tw_miss.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tw_miss.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tw_miss.v.overflow = '0;
        end
        field_combo.counters.tw_miss.v.incrthreshold = (field_storage.counters.tw_miss.v.value >= 32'hffffffff);
        field_combo.counters.tw_miss.v.next = next_c;
        field_combo.counters.tw_miss.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tw_miss.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tw_miss.v.load_next) begin
                field_storage.counters.tw_miss.v.value <= field_combo.counters.tw_miss.v.next;
            end
        end
    end
    assign hwif_out.counters.tw_miss.v.value = field_storage.counters.tw_miss.v.value;
    // Field: toe_regs.counters.tw_probe.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tw_probe.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tw_probe.v.incr) begin // increment
            field_combo.counters.tw_probe.v.overflow = (((33)'(next_c) + hwif_in.counters.tw_probe.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tw_probe.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tw_probe.v.overflow = '0;
        end
        field_combo.counters.tw_probe.v.incrthreshold = (field_storage.counters.tw_probe.v.value >= 32'hffffffff);
        field_combo.counters.tw_probe.v.next = next_c;
        field_combo.counters.tw_probe.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tw_probe.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tw_probe.v.load_next) begin
                field_storage.counters.tw_probe.v.value <= field_combo.counters.tw_probe.v.next;
            end
        end
    end
    assign hwif_out.counters.tw_probe.v.value = field_storage.counters.tw_probe.v.value;
    // Field: toe_regs.counters.tw_losing.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tw_losing.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tw_losing.v.incr) begin // increment
            field_combo.counters.tw_losing.v.overflow = (((33)'(next_c) + hwif_in.counters.tw_losing.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tw_losing.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tw_losing.v.overflow = '0;
        end
        field_combo.counters.tw_losing.v.incrthreshold = (field_storage.counters.tw_losing.v.value >= 32'hffffffff);
        field_combo.counters.tw_losing.v.next = next_c;
        field_combo.counters.tw_losing.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tw_losing.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tw_losing.v.load_next) begin
                field_storage.counters.tw_losing.v.value <= field_combo.counters.tw_losing.v.next;
            end
        end
    end
    assign hwif_out.counters.tw_losing.v.value = field_storage.counters.tw_losing.v.value;
    // Field: toe_regs.counters.tw_recycle.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tw_recycle.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tw_recycle.v.incr) begin // increment
            field_combo.counters.tw_recycle.v.overflow = (((33)'(next_c) + hwif_in.counters.tw_recycle.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tw_recycle.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tw_recycle.v.overflow = '0;
        end
        field_combo.counters.tw_recycle.v.incrthreshold = (field_storage.counters.tw_recycle.v.value >= 32'hffffffff);
        field_combo.counters.tw_recycle.v.next = next_c;
        field_combo.counters.tw_recycle.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tw_recycle.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tw_recycle.v.load_next) begin
                field_storage.counters.tw_recycle.v.value <= field_combo.counters.tw_recycle.v.next;
            end
        end
    end
    assign hwif_out.counters.tw_recycle.v.value = field_storage.counters.tw_recycle.v.value;
    // Field: toe_regs.counters.tw_reply.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tw_reply.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tw_reply.v.incr) begin // increment
            field_combo.counters.tw_reply.v.overflow = (((33)'(next_c) + hwif_in.counters.tw_reply.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tw_reply.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tw_reply.v.overflow = '0;
        end
        field_combo.counters.tw_reply.v.incrthreshold = (field_storage.counters.tw_reply.v.value >= 32'hffffffff);
        field_combo.counters.tw_reply.v.next = next_c;
        field_combo.counters.tw_reply.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tw_reply.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tw_reply.v.load_next) begin
                field_storage.counters.tw_reply.v.value <= field_combo.counters.tw_reply.v.next;
            end
        end
    end
    assign hwif_out.counters.tw_reply.v.value = field_storage.counters.tw_reply.v.value;
    // Field: toe_regs.counters.tw_rst_out.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tw_rst_out.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tw_rst_out.v.incr) begin // increment
            field_combo.counters.tw_rst_out.v.overflow = (((33)'(next_c) + hwif_in.counters.tw_rst_out.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tw_rst_out.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tw_rst_out.v.overflow = '0;
        end
        field_combo.counters.tw_rst_out.v.incrthreshold = (field_storage.counters.tw_rst_out.v.value >= 32'hffffffff);
        field_combo.counters.tw_rst_out.v.next = next_c;
        field_combo.counters.tw_rst_out.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tw_rst_out.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tw_rst_out.v.load_next) begin
                field_storage.counters.tw_rst_out.v.value <= field_combo.counters.tw_rst_out.v.next;
            end
        end
    end
    assign hwif_out.counters.tw_rst_out.v.value = field_storage.counters.tw_rst_out.v.value;
    // Field: toe_regs.counters.tw_limited.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tw_limited.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tw_limited.v.incr) begin // increment
            field_combo.counters.tw_limited.v.overflow = (((33)'(next_c) + hwif_in.counters.tw_limited.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tw_limited.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tw_limited.v.overflow = '0;
        end
        field_combo.counters.tw_limited.v.incrthreshold = (field_storage.counters.tw_limited.v.value >= 32'hffffffff);
        field_combo.counters.tw_limited.v.next = next_c;
        field_combo.counters.tw_limited.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tw_limited.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tw_limited.v.load_next) begin
                field_storage.counters.tw_limited.v.value <= field_combo.counters.tw_limited.v.next;
            end
        end
    end
    assign hwif_out.counters.tw_limited.v.value = field_storage.counters.tw_limited.v.value;
    // Field: toe_regs.counters.fw_commands.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.fw_commands.v.value;
        load_next_c = '0;

        if(hwif_in.counters.fw_commands.v.incr) begin // increment
            field_combo.counters.fw_commands.v.overflow = (((33)'(next_c) + hwif_in.counters.fw_commands.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.fw_commands.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.fw_commands.v.overflow = '0;
        end
        field_combo.counters.fw_commands.v.incrthreshold = (field_storage.counters.fw_commands.v.value >= 32'hffffffff);
        field_combo.counters.fw_commands.v.next = next_c;
        field_combo.counters.fw_commands.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.fw_commands.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.fw_commands.v.load_next) begin
                field_storage.counters.fw_commands.v.value <= field_combo.counters.fw_commands.v.next;
            end
        end
    end
    assign hwif_out.counters.fw_commands.v.value = field_storage.counters.fw_commands.v.value;
    // Field: toe_regs.counters.fw_refused.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.fw_refused.v.value;
        load_next_c = '0;

        if(hwif_in.counters.fw_refused.v.incr) begin // increment
            field_combo.counters.fw_refused.v.overflow = (((33)'(next_c) + hwif_in.counters.fw_refused.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.fw_refused.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.fw_refused.v.overflow = '0;
        end
        field_combo.counters.fw_refused.v.incrthreshold = (field_storage.counters.fw_refused.v.value >= 32'hffffffff);
        field_combo.counters.fw_refused.v.next = next_c;
        field_combo.counters.fw_refused.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.fw_refused.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.fw_refused.v.load_next) begin
                field_storage.counters.fw_refused.v.value <= field_combo.counters.fw_refused.v.next;
            end
        end
    end
    assign hwif_out.counters.fw_refused.v.value = field_storage.counters.fw_refused.v.value;
    // Field: toe_regs.counters.rx_drop_filtered.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.rx_drop_filtered.v.value;
        load_next_c = '0;

        if(hwif_in.counters.rx_drop_filtered.v.incr) begin // increment
            field_combo.counters.rx_drop_filtered.v.overflow = (((33)'(next_c) + hwif_in.counters.rx_drop_filtered.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.rx_drop_filtered.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.rx_drop_filtered.v.overflow = '0;
        end
        field_combo.counters.rx_drop_filtered.v.incrthreshold = (field_storage.counters.rx_drop_filtered.v.value >= 32'hffffffff);
        field_combo.counters.rx_drop_filtered.v.next = next_c;
        field_combo.counters.rx_drop_filtered.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.rx_drop_filtered.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.rx_drop_filtered.v.load_next) begin
                field_storage.counters.rx_drop_filtered.v.value <= field_combo.counters.rx_drop_filtered.v.next;
            end
        end
    end
    assign hwif_out.counters.rx_drop_filtered.v.value = field_storage.counters.rx_drop_filtered.v.value;
    // Field: toe_regs.counters.tx_drop_stale.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tx_drop_stale.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tx_drop_stale.v.incr) begin // increment
            field_combo.counters.tx_drop_stale.v.overflow = (((33)'(next_c) + hwif_in.counters.tx_drop_stale.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tx_drop_stale.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tx_drop_stale.v.overflow = '0;
        end
        field_combo.counters.tx_drop_stale.v.incrthreshold = (field_storage.counters.tx_drop_stale.v.value >= 32'hffffffff);
        field_combo.counters.tx_drop_stale.v.next = next_c;
        field_combo.counters.tx_drop_stale.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tx_drop_stale.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tx_drop_stale.v.load_next) begin
                field_storage.counters.tx_drop_stale.v.value <= field_combo.counters.tx_drop_stale.v.next;
            end
        end
    end
    assign hwif_out.counters.tx_drop_stale.v.value = field_storage.counters.tx_drop_stale.v.value;
    // Field: toe_regs.counters.tx_drop_nexthop.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tx_drop_nexthop.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tx_drop_nexthop.v.incr) begin // increment
            field_combo.counters.tx_drop_nexthop.v.overflow = (((33)'(next_c) + hwif_in.counters.tx_drop_nexthop.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tx_drop_nexthop.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tx_drop_nexthop.v.overflow = '0;
        end
        field_combo.counters.tx_drop_nexthop.v.incrthreshold = (field_storage.counters.tx_drop_nexthop.v.value >= 32'hffffffff);
        field_combo.counters.tx_drop_nexthop.v.next = next_c;
        field_combo.counters.tx_drop_nexthop.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tx_drop_nexthop.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tx_drop_nexthop.v.load_next) begin
                field_storage.counters.tx_drop_nexthop.v.value <= field_combo.counters.tx_drop_nexthop.v.next;
            end
        end
    end
    assign hwif_out.counters.tx_drop_nexthop.v.value = field_storage.counters.tx_drop_nexthop.v.value;
    // Field: toe_regs.counters.evq_lost.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.evq_lost.v.value;
        load_next_c = '0;

        if(hwif_in.counters.evq_lost.v.incr) begin // increment
            field_combo.counters.evq_lost.v.overflow = (((33)'(next_c) + hwif_in.counters.evq_lost.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.evq_lost.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.evq_lost.v.overflow = '0;
        end
        field_combo.counters.evq_lost.v.incrthreshold = (field_storage.counters.evq_lost.v.value >= 32'hffffffff);
        field_combo.counters.evq_lost.v.next = next_c;
        field_combo.counters.evq_lost.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.evq_lost.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.evq_lost.v.load_next) begin
                field_storage.counters.evq_lost.v.value <= field_combo.counters.evq_lost.v.next;
            end
        end
    end
    assign hwif_out.counters.evq_lost.v.value = field_storage.counters.evq_lost.v.value;
    // Field: toe_regs.counters.bump_lost.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.bump_lost.v.value;
        load_next_c = '0;

        if(hwif_in.counters.bump_lost.v.incr) begin // increment
            field_combo.counters.bump_lost.v.overflow = (((33)'(next_c) + hwif_in.counters.bump_lost.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.bump_lost.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.bump_lost.v.overflow = '0;
        end
        field_combo.counters.bump_lost.v.incrthreshold = (field_storage.counters.bump_lost.v.value >= 32'hffffffff);
        field_combo.counters.bump_lost.v.next = next_c;
        field_combo.counters.bump_lost.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.bump_lost.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.bump_lost.v.load_next) begin
                field_storage.counters.bump_lost.v.value <= field_combo.counters.bump_lost.v.next;
            end
        end
    end
    assign hwif_out.counters.bump_lost.v.value = field_storage.counters.bump_lost.v.value;
    // Field: toe_regs.counters.tcp_no_ack.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tcp_no_ack.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tcp_no_ack.v.incr) begin // increment
            field_combo.counters.tcp_no_ack.v.overflow = (((33)'(next_c) + hwif_in.counters.tcp_no_ack.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tcp_no_ack.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tcp_no_ack.v.overflow = '0;
        end
        field_combo.counters.tcp_no_ack.v.incrthreshold = (field_storage.counters.tcp_no_ack.v.value >= 32'hffffffff);
        field_combo.counters.tcp_no_ack.v.next = next_c;
        field_combo.counters.tcp_no_ack.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tcp_no_ack.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tcp_no_ack.v.load_next) begin
                field_storage.counters.tcp_no_ack.v.value <= field_combo.counters.tcp_no_ack.v.next;
            end
        end
    end
    assign hwif_out.counters.tcp_no_ack.v.value = field_storage.counters.tcp_no_ack.v.value;
    // Field: toe_regs.counters.fault_stale.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.fault_stale.v.value;
        load_next_c = '0;

        if(hwif_in.counters.fault_stale.v.incr) begin // increment
            field_combo.counters.fault_stale.v.overflow = (((33)'(next_c) + hwif_in.counters.fault_stale.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.fault_stale.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.fault_stale.v.overflow = '0;
        end
        field_combo.counters.fault_stale.v.incrthreshold = (field_storage.counters.fault_stale.v.value >= 32'hffffffff);
        field_combo.counters.fault_stale.v.next = next_c;
        field_combo.counters.fault_stale.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.fault_stale.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.fault_stale.v.load_next) begin
                field_storage.counters.fault_stale.v.value <= field_combo.counters.fault_stale.v.next;
            end
        end
    end
    assign hwif_out.counters.fault_stale.v.value = field_storage.counters.fault_stale.v.value;
    // Field: toe_regs.counters.rx_mirrored.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.rx_mirrored.v.value;
        load_next_c = '0;

        if(hwif_in.counters.rx_mirrored.v.incr) begin // increment
            field_combo.counters.rx_mirrored.v.overflow = (((33)'(next_c) + hwif_in.counters.rx_mirrored.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.rx_mirrored.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.rx_mirrored.v.overflow = '0;
        end
        field_combo.counters.rx_mirrored.v.incrthreshold = (field_storage.counters.rx_mirrored.v.value >= 32'hffffffff);
        field_combo.counters.rx_mirrored.v.next = next_c;
        field_combo.counters.rx_mirrored.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.rx_mirrored.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.rx_mirrored.v.load_next) begin
                field_storage.counters.rx_mirrored.v.value <= field_combo.counters.rx_mirrored.v.next;
            end
        end
    end
    assign hwif_out.counters.rx_mirrored.v.value = field_storage.counters.rx_mirrored.v.value;
    // Field: toe_regs.counters.tx_mirrored.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tx_mirrored.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tx_mirrored.v.incr) begin // increment
            field_combo.counters.tx_mirrored.v.overflow = (((33)'(next_c) + hwif_in.counters.tx_mirrored.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tx_mirrored.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tx_mirrored.v.overflow = '0;
        end
        field_combo.counters.tx_mirrored.v.incrthreshold = (field_storage.counters.tx_mirrored.v.value >= 32'hffffffff);
        field_combo.counters.tx_mirrored.v.next = next_c;
        field_combo.counters.tx_mirrored.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tx_mirrored.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tx_mirrored.v.load_next) begin
                field_storage.counters.tx_mirrored.v.value <= field_combo.counters.tx_mirrored.v.next;
            end
        end
    end
    assign hwif_out.counters.tx_mirrored.v.value = field_storage.counters.tx_mirrored.v.value;
    // Field: toe_regs.counters.mirror_lost.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.mirror_lost.v.value;
        load_next_c = '0;

        if(hwif_in.counters.mirror_lost.v.incr) begin // increment
            field_combo.counters.mirror_lost.v.overflow = (((33)'(next_c) + hwif_in.counters.mirror_lost.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.mirror_lost.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.mirror_lost.v.overflow = '0;
        end
        field_combo.counters.mirror_lost.v.incrthreshold = (field_storage.counters.mirror_lost.v.value >= 32'hffffffff);
        field_combo.counters.mirror_lost.v.next = next_c;
        field_combo.counters.mirror_lost.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.mirror_lost.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.mirror_lost.v.load_next) begin
                field_storage.counters.mirror_lost.v.value <= field_combo.counters.mirror_lost.v.next;
            end
        end
    end
    assign hwif_out.counters.mirror_lost.v.value = field_storage.counters.mirror_lost.v.value;
    // Field: toe_regs.counters.trace_records.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.trace_records.v.value;
        load_next_c = '0;

        if(hwif_in.counters.trace_records.v.incr) begin // increment
            field_combo.counters.trace_records.v.overflow = (((33)'(next_c) + hwif_in.counters.trace_records.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.trace_records.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.trace_records.v.overflow = '0;
        end
        field_combo.counters.trace_records.v.incrthreshold = (field_storage.counters.trace_records.v.value >= 32'hffffffff);
        field_combo.counters.trace_records.v.next = next_c;
        field_combo.counters.trace_records.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.trace_records.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.trace_records.v.load_next) begin
                field_storage.counters.trace_records.v.value <= field_combo.counters.trace_records.v.next;
            end
        end
    end
    assign hwif_out.counters.trace_records.v.value = field_storage.counters.trace_records.v.value;
    // Field: toe_regs.counters.trace_lost.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.trace_lost.v.value;
        load_next_c = '0;

        if(hwif_in.counters.trace_lost.v.incr) begin // increment
            field_combo.counters.trace_lost.v.overflow = (((33)'(next_c) + hwif_in.counters.trace_lost.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.trace_lost.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.trace_lost.v.overflow = '0;
        end
        field_combo.counters.trace_lost.v.incrthreshold = (field_storage.counters.trace_lost.v.value >= 32'hffffffff);
        field_combo.counters.trace_lost.v.next = next_c;
        field_combo.counters.trace_lost.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.trace_lost.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.trace_lost.v.load_next) begin
                field_storage.counters.trace_lost.v.value <= field_combo.counters.trace_lost.v.next;
            end
        end
    end
    assign hwif_out.counters.trace_lost.v.value = field_storage.counters.trace_lost.v.value;
    // Field: toe_regs.counters.tcp_lost_retransmits.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tcp_lost_retransmits.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tcp_lost_retransmits.v.incr) begin // increment
            field_combo.counters.tcp_lost_retransmits.v.overflow = (((33)'(next_c) + hwif_in.counters.tcp_lost_retransmits.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tcp_lost_retransmits.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tcp_lost_retransmits.v.overflow = '0;
        end
        field_combo.counters.tcp_lost_retransmits.v.incrthreshold = (field_storage.counters.tcp_lost_retransmits.v.value >= 32'hffffffff);
        field_combo.counters.tcp_lost_retransmits.v.next = next_c;
        field_combo.counters.tcp_lost_retransmits.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tcp_lost_retransmits.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tcp_lost_retransmits.v.load_next) begin
                field_storage.counters.tcp_lost_retransmits.v.value <= field_combo.counters.tcp_lost_retransmits.v.next;
            end
        end
    end
    assign hwif_out.counters.tcp_lost_retransmits.v.value = field_storage.counters.tcp_lost_retransmits.v.value;
    // Field: toe_regs.counters.tcp_paced.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tcp_paced.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tcp_paced.v.incr) begin // increment
            field_combo.counters.tcp_paced.v.overflow = (((33)'(next_c) + hwif_in.counters.tcp_paced.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tcp_paced.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tcp_paced.v.overflow = '0;
        end
        field_combo.counters.tcp_paced.v.incrthreshold = (field_storage.counters.tcp_paced.v.value >= 32'hffffffff);
        field_combo.counters.tcp_paced.v.next = next_c;
        field_combo.counters.tcp_paced.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tcp_paced.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tcp_paced.v.load_next) begin
                field_storage.counters.tcp_paced.v.value <= field_combo.counters.tcp_paced.v.next;
            end
        end
    end
    assign hwif_out.counters.tcp_paced.v.value = field_storage.counters.tcp_paced.v.value;
    // Field: toe_regs.counters.cc_summaries.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.cc_summaries.v.value;
        load_next_c = '0;

        if(hwif_in.counters.cc_summaries.v.incr) begin // increment
            field_combo.counters.cc_summaries.v.overflow = (((33)'(next_c) + hwif_in.counters.cc_summaries.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.cc_summaries.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.cc_summaries.v.overflow = '0;
        end
        field_combo.counters.cc_summaries.v.incrthreshold = (field_storage.counters.cc_summaries.v.value >= 32'hffffffff);
        field_combo.counters.cc_summaries.v.next = next_c;
        field_combo.counters.cc_summaries.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.cc_summaries.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.cc_summaries.v.load_next) begin
                field_storage.counters.cc_summaries.v.value <= field_combo.counters.cc_summaries.v.next;
            end
        end
    end
    assign hwif_out.counters.cc_summaries.v.value = field_storage.counters.cc_summaries.v.value;
    // Field: toe_regs.counters.cc_lost.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.cc_lost.v.value;
        load_next_c = '0;

        if(hwif_in.counters.cc_lost.v.incr) begin // increment
            field_combo.counters.cc_lost.v.overflow = (((33)'(next_c) + hwif_in.counters.cc_lost.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.cc_lost.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.cc_lost.v.overflow = '0;
        end
        field_combo.counters.cc_lost.v.incrthreshold = (field_storage.counters.cc_lost.v.value >= 32'hffffffff);
        field_combo.counters.cc_lost.v.next = next_c;
        field_combo.counters.cc_lost.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.cc_lost.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.cc_lost.v.load_next) begin
                field_storage.counters.cc_lost.v.value <= field_combo.counters.cc_lost.v.next;
            end
        end
    end
    assign hwif_out.counters.cc_lost.v.value = field_storage.counters.cc_lost.v.value;
    // Field: toe_regs.counters.cc_answers.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.cc_answers.v.value;
        load_next_c = '0;

        if(hwif_in.counters.cc_answers.v.incr) begin // increment
            field_combo.counters.cc_answers.v.overflow = (((33)'(next_c) + hwif_in.counters.cc_answers.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.cc_answers.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.cc_answers.v.overflow = '0;
        end
        field_combo.counters.cc_answers.v.incrthreshold = (field_storage.counters.cc_answers.v.value >= 32'hffffffff);
        field_combo.counters.cc_answers.v.next = next_c;
        field_combo.counters.cc_answers.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.cc_answers.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.cc_answers.v.load_next) begin
                field_storage.counters.cc_answers.v.value <= field_combo.counters.cc_answers.v.next;
            end
        end
    end
    assign hwif_out.counters.cc_answers.v.value = field_storage.counters.cc_answers.v.value;
    // Field: toe_regs.counters.tw_event_lost.v
    always_comb begin
        automatic logic [31:0] next_c;
        automatic logic load_next_c;
        next_c = field_storage.counters.tw_event_lost.v.value;
        load_next_c = '0;

        if(hwif_in.counters.tw_event_lost.v.incr) begin // increment
            field_combo.counters.tw_event_lost.v.overflow = (((33)'(next_c) + hwif_in.counters.tw_event_lost.v.incrvalue) > 33'hffffffff);
            next_c = next_c + hwif_in.counters.tw_event_lost.v.incrvalue;
            load_next_c = '1;
        end else begin
            field_combo.counters.tw_event_lost.v.overflow = '0;
        end
        field_combo.counters.tw_event_lost.v.incrthreshold = (field_storage.counters.tw_event_lost.v.value >= 32'hffffffff);
        field_combo.counters.tw_event_lost.v.next = next_c;
        field_combo.counters.tw_event_lost.v.load_next = load_next_c;
    end
    always_ff @(posedge clk) begin
        if(~rst_n) begin
            field_storage.counters.tw_event_lost.v.value <= 32'h0;
        end else begin
            if(field_combo.counters.tw_event_lost.v.load_next) begin
                field_storage.counters.tw_event_lost.v.value <= field_combo.counters.tw_event_lost.v.next;
            end
        end
    end
    assign hwif_out.counters.tw_event_lost.v.value = field_storage.counters.tw_event_lost.v.value;

    //--------------------------------------------------------------------------
    // Write response
    //--------------------------------------------------------------------------
    assign cpuif_wr_ack = decoded_req & decoded_req_is_wr;
    // Writes are always granted with no error response
    assign cpuif_wr_err = '0;

    //--------------------------------------------------------------------------
    // Readback
    //--------------------------------------------------------------------------

    logic [14:0] rd_mux_addr;
    assign rd_mux_addr = decoded_addr;

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
        if(rd_mux_addr == 15'h328) begin
            readback_data_var[31:0] = field_storage.tcp.event_coalesce_us.v.value;
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
        if(rd_mux_addr == 15'h4000) begin
            readback_data_var[31:0] = field_storage.counters.rx_frames.v.value;
        end
        if(rd_mux_addr == 15'h4004) begin
            readback_data_var[31:0] = field_storage.counters.rx_bytes.v.value;
        end
        if(rd_mux_addr == 15'h4008) begin
            readback_data_var[31:0] = field_storage.counters.rx_drop_error.v.value;
        end
        if(rd_mux_addr == 15'h400c) begin
            readback_data_var[31:0] = field_storage.counters.rx_drop_runt.v.value;
        end
        if(rd_mux_addr == 15'h4010) begin
            readback_data_var[31:0] = field_storage.counters.rx_drop_oversize.v.value;
        end
        if(rd_mux_addr == 15'h4014) begin
            readback_data_var[31:0] = field_storage.counters.rx_drop_overflow.v.value;
        end
        if(rd_mux_addr == 15'h4018) begin
            readback_data_var[31:0] = field_storage.counters.rx_drop_checksum.v.value;
        end
        if(rd_mux_addr == 15'h401c) begin
            readback_data_var[31:0] = field_storage.counters.rx_drop_loopback.v.value;
        end
        if(rd_mux_addr == 15'h4020) begin
            readback_data_var[31:0] = field_storage.counters.rx_to_session.v.value;
        end
        if(rd_mux_addr == 15'h4024) begin
            readback_data_var[31:0] = field_storage.counters.rx_to_host.v.value;
        end
        if(rd_mux_addr == 15'h4028) begin
            readback_data_var[31:0] = field_storage.counters.rx_to_time_wait.v.value;
        end
        if(rd_mux_addr == 15'h402c) begin
            readback_data_var[31:0] = field_storage.counters.rx_drop_stale.v.value;
        end
        if(rd_mux_addr == 15'h4030) begin
            readback_data_var[31:0] = field_storage.counters.rx_drop_disabled.v.value;
        end
        if(rd_mux_addr == 15'h4034) begin
            readback_data_var[31:0] = field_storage.counters.rx_drop_ring_full.v.value;
        end
        if(rd_mux_addr == 15'h4038) begin
            readback_data_var[31:0] = field_storage.counters.rx_drop_event_full.v.value;
        end
        if(rd_mux_addr == 15'h403c) begin
            readback_data_var[31:0] = field_storage.counters.rx_host_not_ip.v.value;
        end
        if(rd_mux_addr == 15'h4040) begin
            readback_data_var[31:0] = field_storage.counters.rx_host_fragment.v.value;
        end
        if(rd_mux_addr == 15'h4044) begin
            readback_data_var[31:0] = field_storage.counters.rx_host_ip_options.v.value;
        end
        if(rd_mux_addr == 15'h4048) begin
            readback_data_var[31:0] = field_storage.counters.rx_host_tcp_options.v.value;
        end
        if(rd_mux_addr == 15'h404c) begin
            readback_data_var[31:0] = field_storage.counters.rx_host_urgent.v.value;
        end
        if(rd_mux_addr == 15'h4050) begin
            readback_data_var[31:0] = field_storage.counters.tx_frames.v.value;
        end
        if(rd_mux_addr == 15'h4054) begin
            readback_data_var[31:0] = field_storage.counters.tx_bytes.v.value;
        end
        if(rd_mux_addr == 15'h4058) begin
            readback_data_var[31:0] = field_storage.counters.tx_session_segs.v.value;
        end
        if(rd_mux_addr == 15'h405c) begin
            readback_data_var[31:0] = field_storage.counters.tx_nic_frames.v.value;
        end
        if(rd_mux_addr == 15'h4060) begin
            readback_data_var[31:0] = field_storage.counters.tx_time_wait_replies.v.value;
        end
        if(rd_mux_addr == 15'h4064) begin
            readback_data_var[31:0] = field_storage.counters.tx_loop_frames.v.value;
        end
        if(rd_mux_addr == 15'h4068) begin
            readback_data_var[31:0] = field_storage.counters.tx_drop_guard.v.value;
        end
        if(rd_mux_addr == 15'h406c) begin
            readback_data_var[31:0] = field_storage.counters.tx_drop_bad_desc.v.value;
        end
        if(rd_mux_addr == 15'h4070) begin
            readback_data_var[31:0] = field_storage.counters.tx_drop_dma.v.value;
        end
        if(rd_mux_addr == 15'h4074) begin
            readback_data_var[31:0] = field_storage.counters.tcp_segs_in.v.value;
        end
        if(rd_mux_addr == 15'h4078) begin
            readback_data_var[31:0] = field_storage.counters.tcp_bytes_in.v.value;
        end
        if(rd_mux_addr == 15'h407c) begin
            readback_data_var[31:0] = field_storage.counters.tcp_bytes_out.v.value;
        end
        if(rd_mux_addr == 15'h4080) begin
            readback_data_var[31:0] = field_storage.counters.tcp_acks_out.v.value;
        end
        if(rd_mux_addr == 15'h4084) begin
            readback_data_var[31:0] = field_storage.counters.tcp_delacks.v.value;
        end
        if(rd_mux_addr == 15'h4088) begin
            readback_data_var[31:0] = field_storage.counters.tcp_retransmit_segs.v.value;
        end
        if(rd_mux_addr == 15'h408c) begin
            readback_data_var[31:0] = field_storage.counters.tcp_retransmit_bytes.v.value;
        end
        if(rd_mux_addr == 15'h4090) begin
            readback_data_var[31:0] = field_storage.counters.tcp_dup_acks_in.v.value;
        end
        if(rd_mux_addr == 15'h4094) begin
            readback_data_var[31:0] = field_storage.counters.tcp_fast_retransmits.v.value;
        end
        if(rd_mux_addr == 15'h4098) begin
            readback_data_var[31:0] = field_storage.counters.tcp_rto.v.value;
        end
        if(rd_mux_addr == 15'h409c) begin
            readback_data_var[31:0] = field_storage.counters.tcp_persist_probes.v.value;
        end
        if(rd_mux_addr == 15'h40a0) begin
            readback_data_var[31:0] = field_storage.counters.tcp_keepalive_probes.v.value;
        end
        if(rd_mux_addr == 15'h40a4) begin
            readback_data_var[31:0] = field_storage.counters.tcp_ooo_in.v.value;
        end
        if(rd_mux_addr == 15'h40a8) begin
            readback_data_var[31:0] = field_storage.counters.tcp_ooo_drop.v.value;
        end
        if(rd_mux_addr == 15'h40ac) begin
            readback_data_var[31:0] = field_storage.counters.tcp_duplicate_in.v.value;
        end
        if(rd_mux_addr == 15'h40b0) begin
            readback_data_var[31:0] = field_storage.counters.tcp_out_of_window.v.value;
        end
        if(rd_mux_addr == 15'h40b4) begin
            readback_data_var[31:0] = field_storage.counters.tcp_paws_drop.v.value;
        end
        if(rd_mux_addr == 15'h40b8) begin
            readback_data_var[31:0] = field_storage.counters.tcp_challenge_acks.v.value;
        end
        if(rd_mux_addr == 15'h40bc) begin
            readback_data_var[31:0] = field_storage.counters.tcp_challenge_limited.v.value;
        end
        if(rd_mux_addr == 15'h40c0) begin
            readback_data_var[31:0] = field_storage.counters.tcp_rst_in.v.value;
        end
        if(rd_mux_addr == 15'h40c4) begin
            readback_data_var[31:0] = field_storage.counters.tcp_rst_out.v.value;
        end
        if(rd_mux_addr == 15'h40c8) begin
            readback_data_var[31:0] = field_storage.counters.tcp_data_after_close.v.value;
        end
        if(rd_mux_addr == 15'h40cc) begin
            readback_data_var[31:0] = field_storage.counters.tcp_ecn_ce_in.v.value;
        end
        if(rd_mux_addr == 15'h40d0) begin
            readback_data_var[31:0] = field_storage.counters.tcp_ecn_reductions.v.value;
        end
        if(rd_mux_addr == 15'h40d4) begin
            readback_data_var[31:0] = field_storage.counters.tcp_parked.v.value;
        end
        if(rd_mux_addr == 15'h40d8) begin
            readback_data_var[31:0] = field_storage.counters.tcp_timeouts.v.value;
        end
        if(rd_mux_addr == 15'h40dc) begin
            readback_data_var[31:0] = field_storage.counters.tcp_closed.v.value;
        end
        if(rd_mux_addr == 15'h40e0) begin
            readback_data_var[31:0] = field_storage.counters.events_in.v.value;
        end
        if(rd_mux_addr == 15'h40e4) begin
            readback_data_var[31:0] = field_storage.counters.pipe_stall_cycles.v.value;
        end
        if(rd_mux_addr == 15'h40e8) begin
            readback_data_var[31:0] = field_storage.counters.bumps_in.v.value;
        end
        if(rd_mux_addr == 15'h40ec) begin
            readback_data_var[31:0] = field_storage.counters.bump_stale.v.value;
        end
        if(rd_mux_addr == 15'h40f0) begin
            readback_data_var[31:0] = field_storage.counters.bump_bad.v.value;
        end
        if(rd_mux_addr == 15'h40f4) begin
            readback_data_var[31:0] = field_storage.counters.stale_command.v.value;
        end
        if(rd_mux_addr == 15'h40f8) begin
            readback_data_var[31:0] = field_storage.counters.lookup_insert.v.value;
        end
        if(rd_mux_addr == 15'h40fc) begin
            readback_data_var[31:0] = field_storage.counters.lookup_insert_fail.v.value;
        end
        if(rd_mux_addr == 15'h4100) begin
            readback_data_var[31:0] = field_storage.counters.lookup_delete.v.value;
        end
        if(rd_mux_addr == 15'h4104) begin
            readback_data_var[31:0] = field_storage.counters.evq_records.v.value;
        end
        if(rd_mux_addr == 15'h4108) begin
            readback_data_var[31:0] = field_storage.counters.evq_stall_cycles.v.value;
        end
        if(rd_mux_addr == 15'h410c) begin
            readback_data_var[31:0] = field_storage.counters.irqs.v.value;
        end
        if(rd_mux_addr == 15'h4110) begin
            readback_data_var[31:0] = field_storage.counters.dma_read_errors.v.value;
        end
        if(rd_mux_addr == 15'h4114) begin
            readback_data_var[31:0] = field_storage.counters.dma_write_errors.v.value;
        end
        if(rd_mux_addr == 15'h4118) begin
            readback_data_var[31:0] = field_storage.counters.dma_read_bytes.v.value;
        end
        if(rd_mux_addr == 15'h411c) begin
            readback_data_var[31:0] = field_storage.counters.dma_write_bytes.v.value;
        end
        if(rd_mux_addr == 15'h4120) begin
            readback_data_var[31:0] = field_storage.counters.tw_insert.v.value;
        end
        if(rd_mux_addr == 15'h4124) begin
            readback_data_var[31:0] = field_storage.counters.tw_insert_fail.v.value;
        end
        if(rd_mux_addr == 15'h4128) begin
            readback_data_var[31:0] = field_storage.counters.tw_evict.v.value;
        end
        if(rd_mux_addr == 15'h412c) begin
            readback_data_var[31:0] = field_storage.counters.tw_expire.v.value;
        end
        if(rd_mux_addr == 15'h4130) begin
            readback_data_var[31:0] = field_storage.counters.tw_delete.v.value;
        end
        if(rd_mux_addr == 15'h4134) begin
            readback_data_var[31:0] = field_storage.counters.tw_lookup.v.value;
        end
        if(rd_mux_addr == 15'h4138) begin
            readback_data_var[31:0] = field_storage.counters.tw_hit.v.value;
        end
        if(rd_mux_addr == 15'h413c) begin
            readback_data_var[31:0] = field_storage.counters.tw_miss.v.value;
        end
        if(rd_mux_addr == 15'h4140) begin
            readback_data_var[31:0] = field_storage.counters.tw_probe.v.value;
        end
        if(rd_mux_addr == 15'h4144) begin
            readback_data_var[31:0] = field_storage.counters.tw_losing.v.value;
        end
        if(rd_mux_addr == 15'h4148) begin
            readback_data_var[31:0] = hwif_in.counters.tw_max_probe.v.next;
        end
        if(rd_mux_addr == 15'h414c) begin
            readback_data_var[31:0] = field_storage.counters.tw_recycle.v.value;
        end
        if(rd_mux_addr == 15'h4150) begin
            readback_data_var[31:0] = field_storage.counters.tw_reply.v.value;
        end
        if(rd_mux_addr == 15'h4154) begin
            readback_data_var[31:0] = field_storage.counters.tw_rst_out.v.value;
        end
        if(rd_mux_addr == 15'h4158) begin
            readback_data_var[31:0] = field_storage.counters.tw_limited.v.value;
        end
        if(rd_mux_addr == 15'h415c) begin
            readback_data_var[31:0] = field_storage.counters.fw_commands.v.value;
        end
        if(rd_mux_addr == 15'h4160) begin
            readback_data_var[31:0] = field_storage.counters.fw_refused.v.value;
        end
        if(rd_mux_addr == 15'h4164) begin
            readback_data_var[31:0] = field_storage.counters.rx_drop_filtered.v.value;
        end
        if(rd_mux_addr == 15'h4168) begin
            readback_data_var[31:0] = field_storage.counters.tx_drop_stale.v.value;
        end
        if(rd_mux_addr == 15'h416c) begin
            readback_data_var[31:0] = field_storage.counters.tx_drop_nexthop.v.value;
        end
        if(rd_mux_addr == 15'h4170) begin
            readback_data_var[31:0] = field_storage.counters.evq_lost.v.value;
        end
        if(rd_mux_addr == 15'h4174) begin
            readback_data_var[31:0] = field_storage.counters.bump_lost.v.value;
        end
        if(rd_mux_addr == 15'h4178) begin
            readback_data_var[31:0] = field_storage.counters.tcp_no_ack.v.value;
        end
        if(rd_mux_addr == 15'h417c) begin
            readback_data_var[31:0] = field_storage.counters.fault_stale.v.value;
        end
        if(rd_mux_addr == 15'h4180) begin
            readback_data_var[31:0] = field_storage.counters.rx_mirrored.v.value;
        end
        if(rd_mux_addr == 15'h4184) begin
            readback_data_var[31:0] = field_storage.counters.tx_mirrored.v.value;
        end
        if(rd_mux_addr == 15'h4188) begin
            readback_data_var[31:0] = field_storage.counters.mirror_lost.v.value;
        end
        if(rd_mux_addr == 15'h418c) begin
            readback_data_var[31:0] = field_storage.counters.trace_records.v.value;
        end
        if(rd_mux_addr == 15'h4190) begin
            readback_data_var[31:0] = field_storage.counters.trace_lost.v.value;
        end
        if(rd_mux_addr == 15'h4194) begin
            readback_data_var[31:0] = field_storage.counters.tcp_lost_retransmits.v.value;
        end
        if(rd_mux_addr == 15'h4198) begin
            readback_data_var[31:0] = field_storage.counters.tcp_paced.v.value;
        end
        if(rd_mux_addr == 15'h419c) begin
            readback_data_var[31:0] = field_storage.counters.cc_summaries.v.value;
        end
        if(rd_mux_addr == 15'h41a0) begin
            readback_data_var[31:0] = field_storage.counters.cc_lost.v.value;
        end
        if(rd_mux_addr == 15'h41a4) begin
            readback_data_var[31:0] = field_storage.counters.cc_answers.v.value;
        end
        if(rd_mux_addr == 15'h41a8) begin
            readback_data_var[31:0] = field_storage.counters.tw_event_lost.v.value;
        end
        readback_data = readback_data_var;
        readback_done = decoded_req & ~decoded_req_is_wr;
        readback_err = '0;
    end

    assign cpuif_rd_ack = readback_done;
    assign cpuif_rd_data = readback_data;
    assign cpuif_rd_err = readback_err;
endmodule
