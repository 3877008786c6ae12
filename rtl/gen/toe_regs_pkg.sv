// SPDX-License-Identifier: Apache-2.0
// Generated from abi/regs.rdl by abi/exporter (`make gen`). Do not edit.
// Written by PeakRDL-regblock.

package toe_regs_pkg;

    localparam TOE_REGS_DATA_WIDTH = 32;
    localparam TOE_REGS_MIN_ADDR_WIDTH = 15;
    localparam TOE_REGS_SIZE = 'h41ac;

    typedef struct packed {
        logic [31:0] next;
    } toe_regs__id__magic__v__in_t;

    typedef struct packed {
        toe_regs__id__magic__v__in_t v;
    } toe_regs__id__magic__in_t;

    typedef struct packed {
        logic [31:0] next;
    } toe_regs__id__version__v__in_t;

    typedef struct packed {
        toe_regs__id__version__v__in_t v;
    } toe_regs__id__version__in_t;

    typedef struct packed {
        logic [31:0] next;
    } toe_regs__id__abi_hash_lo__v__in_t;

    typedef struct packed {
        toe_regs__id__abi_hash_lo__v__in_t v;
    } toe_regs__id__abi_hash_lo__in_t;

    typedef struct packed {
        logic [31:0] next;
    } toe_regs__id__abi_hash_hi__v__in_t;

    typedef struct packed {
        toe_regs__id__abi_hash_hi__v__in_t v;
    } toe_regs__id__abi_hash_hi__in_t;

    typedef struct packed {
        logic [31:0] next;
    } toe_regs__id__data_width__v__in_t;

    typedef struct packed {
        toe_regs__id__data_width__v__in_t v;
    } toe_regs__id__data_width__in_t;

    typedef struct packed {
        logic [31:0] next;
    } toe_regs__id__sessions__v__in_t;

    typedef struct packed {
        toe_regs__id__sessions__v__in_t v;
    } toe_regs__id__sessions__in_t;

    typedef struct packed {
        logic [31:0] next;
    } toe_regs__id__tw_entries_v4__v__in_t;

    typedef struct packed {
        toe_regs__id__tw_entries_v4__v__in_t v;
    } toe_regs__id__tw_entries_v4__in_t;

    typedef struct packed {
        logic [31:0] next;
    } toe_regs__id__tw_entries_v6__v__in_t;

    typedef struct packed {
        toe_regs__id__tw_entries_v6__v__in_t v;
    } toe_regs__id__tw_entries_v6__in_t;

    typedef struct packed {
        logic [31:0] next;
    } toe_regs__id__queue_pairs__v__in_t;

    typedef struct packed {
        toe_regs__id__queue_pairs__v__in_t v;
    } toe_regs__id__queue_pairs__in_t;

    typedef struct packed {
        logic [31:0] next;
    } toe_regs__id__nexthops__v__in_t;

    typedef struct packed {
        toe_regs__id__nexthops__v__in_t v;
    } toe_regs__id__nexthops__in_t;

    typedef struct packed {
        logic [31:0] next;
    } toe_regs__id__max_frame__v__in_t;

    typedef struct packed {
        toe_regs__id__max_frame__v__in_t v;
    } toe_regs__id__max_frame__in_t;

    typedef struct packed {
        logic [31:0] next;
    } toe_regs__id__features__v__in_t;

    typedef struct packed {
        toe_regs__id__features__v__in_t v;
    } toe_regs__id__features__in_t;

    typedef struct packed {
        logic [31:0] next;
    } toe_regs__id__clock_khz__v__in_t;

    typedef struct packed {
        toe_regs__id__clock_khz__v__in_t v;
    } toe_regs__id__clock_khz__in_t;

    typedef struct packed {
        logic [31:0] next;
    } toe_regs__id__ooo_intervals__v__in_t;

    typedef struct packed {
        toe_regs__id__ooo_intervals__v__in_t v;
    } toe_regs__id__ooo_intervals__in_t;

    typedef struct packed {
        toe_regs__id__magic__in_t magic;
        toe_regs__id__version__in_t version;
        toe_regs__id__abi_hash_lo__in_t abi_hash_lo;
        toe_regs__id__abi_hash_hi__in_t abi_hash_hi;
        toe_regs__id__data_width__in_t data_width;
        toe_regs__id__sessions__in_t sessions;
        toe_regs__id__tw_entries_v4__in_t tw_entries_v4;
        toe_regs__id__tw_entries_v6__in_t tw_entries_v6;
        toe_regs__id__queue_pairs__in_t queue_pairs;
        toe_regs__id__nexthops__in_t nexthops;
        toe_regs__id__max_frame__in_t max_frame;
        toe_regs__id__features__in_t features;
        toe_regs__id__clock_khz__in_t clock_khz;
        toe_regs__id__ooo_intervals__in_t ooo_intervals;
    } toe_regs__id__in_t;

    typedef struct packed {
        logic [7:0] next;
    } toe_regs__ctl__status__fw_state__in_t;

    typedef struct packed {
        logic next;
    } toe_regs__ctl__status__busy__in_t;

    typedef struct packed {
        logic next;
    } toe_regs__ctl__status__idle__in_t;

    typedef struct packed {
        toe_regs__ctl__status__fw_state__in_t fw_state;
        toe_regs__ctl__status__busy__in_t busy;
        toe_regs__ctl__status__idle__in_t idle;
    } toe_regs__ctl__status__in_t;

    typedef struct packed {
        logic [31:0] next;
    } toe_regs__ctl__fw_heartbeat__v__in_t;

    typedef struct packed {
        toe_regs__ctl__fw_heartbeat__v__in_t v;
    } toe_regs__ctl__fw_heartbeat__in_t;

    typedef struct packed {
        logic [31:0] next;
    } toe_regs__ctl__fw_abi_hash_lo__v__in_t;

    typedef struct packed {
        toe_regs__ctl__fw_abi_hash_lo__v__in_t v;
    } toe_regs__ctl__fw_abi_hash_lo__in_t;

    typedef struct packed {
        logic [31:0] next;
    } toe_regs__ctl__fw_abi_hash_hi__v__in_t;

    typedef struct packed {
        toe_regs__ctl__fw_abi_hash_hi__v__in_t v;
    } toe_regs__ctl__fw_abi_hash_hi__in_t;

    typedef struct packed {
        logic [31:0] next;
    } toe_regs__ctl__now_us_lo__v__in_t;

    typedef struct packed {
        toe_regs__ctl__now_us_lo__v__in_t v;
    } toe_regs__ctl__now_us_lo__in_t;

    typedef struct packed {
        logic [31:0] next;
    } toe_regs__ctl__now_us_hi__v__in_t;

    typedef struct packed {
        toe_regs__ctl__now_us_hi__v__in_t v;
    } toe_regs__ctl__now_us_hi__in_t;

    typedef struct packed {
        toe_regs__ctl__status__in_t status;
        toe_regs__ctl__fw_heartbeat__in_t fw_heartbeat;
        toe_regs__ctl__fw_abi_hash_lo__in_t fw_abi_hash_lo;
        toe_regs__ctl__fw_abi_hash_hi__in_t fw_abi_hash_hi;
        toe_regs__ctl__now_us_lo__in_t now_us_lo;
        toe_regs__ctl__now_us_hi__in_t now_us_hi;
    } toe_regs__ctl__in_t;

    typedef struct packed {
        logic [31:0] next;
    } toe_regs__tw__entries_v4x__v__in_t;

    typedef struct packed {
        toe_regs__tw__entries_v4x__v__in_t v;
    } toe_regs__tw__entries_v4x__in_t;

    typedef struct packed {
        logic [31:0] next;
    } toe_regs__tw__entries_v6x__v__in_t;

    typedef struct packed {
        toe_regs__tw__entries_v6x__v__in_t v;
    } toe_regs__tw__entries_v6x__in_t;

    typedef struct packed {
        toe_regs__tw__entries_v4x__in_t [3-1:0] entries_v4;
        toe_regs__tw__entries_v6x__in_t [3-1:0] entries_v6;
    } toe_regs__tw__in_t;

    typedef struct packed {
        logic [31:0] next;
    } toe_regs__trace__count__v__in_t;

    typedef struct packed {
        toe_regs__trace__count__v__in_t v;
    } toe_regs__trace__count__in_t;

    typedef struct packed {
        toe_regs__trace__count__in_t count;
    } toe_regs__trace__in_t;

    typedef struct packed {
        logic [31:0] next;
    } toe_regs__qpx__txq_head__v__in_t;

    typedef struct packed {
        toe_regs__qpx__txq_head__v__in_t v;
    } toe_regs__qpx__txq_head__in_t;

    typedef struct packed {
        logic [31:0] next;
    } toe_regs__qpx__bmq_head__v__in_t;

    typedef struct packed {
        toe_regs__qpx__bmq_head__v__in_t v;
    } toe_regs__qpx__bmq_head__in_t;

    typedef struct packed {
        logic [31:0] next;
    } toe_regs__qpx__rxr_tail__v__in_t;

    typedef struct packed {
        toe_regs__qpx__rxr_tail__v__in_t v;
    } toe_regs__qpx__rxr_tail__in_t;

    typedef struct packed {
        logic [31:0] next;
    } toe_regs__qpx__evq_tail__v__in_t;

    typedef struct packed {
        toe_regs__qpx__evq_tail__v__in_t v;
    } toe_regs__qpx__evq_tail__in_t;

    typedef struct packed {
        toe_regs__qpx__txq_head__in_t txq_head;
        toe_regs__qpx__bmq_head__in_t bmq_head;
        toe_regs__qpx__rxr_tail__in_t rxr_tail;
        toe_regs__qpx__evq_tail__in_t evq_tail;
    } toe_regs__qpx__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__rx_frames__v__in_t;

    typedef struct packed {
        toe_regs__counters__rx_frames__v__in_t v;
    } toe_regs__counters__rx_frames__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__rx_bytes__v__in_t;

    typedef struct packed {
        toe_regs__counters__rx_bytes__v__in_t v;
    } toe_regs__counters__rx_bytes__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__rx_drop_error__v__in_t;

    typedef struct packed {
        toe_regs__counters__rx_drop_error__v__in_t v;
    } toe_regs__counters__rx_drop_error__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__rx_drop_runt__v__in_t;

    typedef struct packed {
        toe_regs__counters__rx_drop_runt__v__in_t v;
    } toe_regs__counters__rx_drop_runt__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__rx_drop_oversize__v__in_t;

    typedef struct packed {
        toe_regs__counters__rx_drop_oversize__v__in_t v;
    } toe_regs__counters__rx_drop_oversize__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__rx_drop_overflow__v__in_t;

    typedef struct packed {
        toe_regs__counters__rx_drop_overflow__v__in_t v;
    } toe_regs__counters__rx_drop_overflow__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__rx_drop_checksum__v__in_t;

    typedef struct packed {
        toe_regs__counters__rx_drop_checksum__v__in_t v;
    } toe_regs__counters__rx_drop_checksum__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__rx_drop_loopback__v__in_t;

    typedef struct packed {
        toe_regs__counters__rx_drop_loopback__v__in_t v;
    } toe_regs__counters__rx_drop_loopback__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__rx_to_session__v__in_t;

    typedef struct packed {
        toe_regs__counters__rx_to_session__v__in_t v;
    } toe_regs__counters__rx_to_session__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__rx_to_host__v__in_t;

    typedef struct packed {
        toe_regs__counters__rx_to_host__v__in_t v;
    } toe_regs__counters__rx_to_host__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__rx_to_time_wait__v__in_t;

    typedef struct packed {
        toe_regs__counters__rx_to_time_wait__v__in_t v;
    } toe_regs__counters__rx_to_time_wait__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__rx_drop_stale__v__in_t;

    typedef struct packed {
        toe_regs__counters__rx_drop_stale__v__in_t v;
    } toe_regs__counters__rx_drop_stale__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__rx_drop_disabled__v__in_t;

    typedef struct packed {
        toe_regs__counters__rx_drop_disabled__v__in_t v;
    } toe_regs__counters__rx_drop_disabled__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__rx_drop_ring_full__v__in_t;

    typedef struct packed {
        toe_regs__counters__rx_drop_ring_full__v__in_t v;
    } toe_regs__counters__rx_drop_ring_full__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__rx_drop_event_full__v__in_t;

    typedef struct packed {
        toe_regs__counters__rx_drop_event_full__v__in_t v;
    } toe_regs__counters__rx_drop_event_full__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__rx_host_not_ip__v__in_t;

    typedef struct packed {
        toe_regs__counters__rx_host_not_ip__v__in_t v;
    } toe_regs__counters__rx_host_not_ip__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__rx_host_fragment__v__in_t;

    typedef struct packed {
        toe_regs__counters__rx_host_fragment__v__in_t v;
    } toe_regs__counters__rx_host_fragment__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__rx_host_ip_options__v__in_t;

    typedef struct packed {
        toe_regs__counters__rx_host_ip_options__v__in_t v;
    } toe_regs__counters__rx_host_ip_options__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__rx_host_tcp_options__v__in_t;

    typedef struct packed {
        toe_regs__counters__rx_host_tcp_options__v__in_t v;
    } toe_regs__counters__rx_host_tcp_options__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__rx_host_urgent__v__in_t;

    typedef struct packed {
        toe_regs__counters__rx_host_urgent__v__in_t v;
    } toe_regs__counters__rx_host_urgent__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tx_frames__v__in_t;

    typedef struct packed {
        toe_regs__counters__tx_frames__v__in_t v;
    } toe_regs__counters__tx_frames__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tx_bytes__v__in_t;

    typedef struct packed {
        toe_regs__counters__tx_bytes__v__in_t v;
    } toe_regs__counters__tx_bytes__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tx_session_segs__v__in_t;

    typedef struct packed {
        toe_regs__counters__tx_session_segs__v__in_t v;
    } toe_regs__counters__tx_session_segs__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tx_nic_frames__v__in_t;

    typedef struct packed {
        toe_regs__counters__tx_nic_frames__v__in_t v;
    } toe_regs__counters__tx_nic_frames__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tx_time_wait_replies__v__in_t;

    typedef struct packed {
        toe_regs__counters__tx_time_wait_replies__v__in_t v;
    } toe_regs__counters__tx_time_wait_replies__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tx_loop_frames__v__in_t;

    typedef struct packed {
        toe_regs__counters__tx_loop_frames__v__in_t v;
    } toe_regs__counters__tx_loop_frames__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tx_drop_guard__v__in_t;

    typedef struct packed {
        toe_regs__counters__tx_drop_guard__v__in_t v;
    } toe_regs__counters__tx_drop_guard__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tx_drop_bad_desc__v__in_t;

    typedef struct packed {
        toe_regs__counters__tx_drop_bad_desc__v__in_t v;
    } toe_regs__counters__tx_drop_bad_desc__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tx_drop_dma__v__in_t;

    typedef struct packed {
        toe_regs__counters__tx_drop_dma__v__in_t v;
    } toe_regs__counters__tx_drop_dma__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tcp_segs_in__v__in_t;

    typedef struct packed {
        toe_regs__counters__tcp_segs_in__v__in_t v;
    } toe_regs__counters__tcp_segs_in__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tcp_bytes_in__v__in_t;

    typedef struct packed {
        toe_regs__counters__tcp_bytes_in__v__in_t v;
    } toe_regs__counters__tcp_bytes_in__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tcp_bytes_out__v__in_t;

    typedef struct packed {
        toe_regs__counters__tcp_bytes_out__v__in_t v;
    } toe_regs__counters__tcp_bytes_out__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tcp_acks_out__v__in_t;

    typedef struct packed {
        toe_regs__counters__tcp_acks_out__v__in_t v;
    } toe_regs__counters__tcp_acks_out__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tcp_delacks__v__in_t;

    typedef struct packed {
        toe_regs__counters__tcp_delacks__v__in_t v;
    } toe_regs__counters__tcp_delacks__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tcp_retransmit_segs__v__in_t;

    typedef struct packed {
        toe_regs__counters__tcp_retransmit_segs__v__in_t v;
    } toe_regs__counters__tcp_retransmit_segs__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tcp_retransmit_bytes__v__in_t;

    typedef struct packed {
        toe_regs__counters__tcp_retransmit_bytes__v__in_t v;
    } toe_regs__counters__tcp_retransmit_bytes__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tcp_dup_acks_in__v__in_t;

    typedef struct packed {
        toe_regs__counters__tcp_dup_acks_in__v__in_t v;
    } toe_regs__counters__tcp_dup_acks_in__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tcp_fast_retransmits__v__in_t;

    typedef struct packed {
        toe_regs__counters__tcp_fast_retransmits__v__in_t v;
    } toe_regs__counters__tcp_fast_retransmits__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tcp_rto__v__in_t;

    typedef struct packed {
        toe_regs__counters__tcp_rto__v__in_t v;
    } toe_regs__counters__tcp_rto__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tcp_persist_probes__v__in_t;

    typedef struct packed {
        toe_regs__counters__tcp_persist_probes__v__in_t v;
    } toe_regs__counters__tcp_persist_probes__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tcp_keepalive_probes__v__in_t;

    typedef struct packed {
        toe_regs__counters__tcp_keepalive_probes__v__in_t v;
    } toe_regs__counters__tcp_keepalive_probes__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tcp_ooo_in__v__in_t;

    typedef struct packed {
        toe_regs__counters__tcp_ooo_in__v__in_t v;
    } toe_regs__counters__tcp_ooo_in__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tcp_ooo_drop__v__in_t;

    typedef struct packed {
        toe_regs__counters__tcp_ooo_drop__v__in_t v;
    } toe_regs__counters__tcp_ooo_drop__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tcp_duplicate_in__v__in_t;

    typedef struct packed {
        toe_regs__counters__tcp_duplicate_in__v__in_t v;
    } toe_regs__counters__tcp_duplicate_in__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tcp_out_of_window__v__in_t;

    typedef struct packed {
        toe_regs__counters__tcp_out_of_window__v__in_t v;
    } toe_regs__counters__tcp_out_of_window__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tcp_paws_drop__v__in_t;

    typedef struct packed {
        toe_regs__counters__tcp_paws_drop__v__in_t v;
    } toe_regs__counters__tcp_paws_drop__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tcp_challenge_acks__v__in_t;

    typedef struct packed {
        toe_regs__counters__tcp_challenge_acks__v__in_t v;
    } toe_regs__counters__tcp_challenge_acks__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tcp_challenge_limited__v__in_t;

    typedef struct packed {
        toe_regs__counters__tcp_challenge_limited__v__in_t v;
    } toe_regs__counters__tcp_challenge_limited__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tcp_rst_in__v__in_t;

    typedef struct packed {
        toe_regs__counters__tcp_rst_in__v__in_t v;
    } toe_regs__counters__tcp_rst_in__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tcp_rst_out__v__in_t;

    typedef struct packed {
        toe_regs__counters__tcp_rst_out__v__in_t v;
    } toe_regs__counters__tcp_rst_out__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tcp_data_after_close__v__in_t;

    typedef struct packed {
        toe_regs__counters__tcp_data_after_close__v__in_t v;
    } toe_regs__counters__tcp_data_after_close__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tcp_ecn_ce_in__v__in_t;

    typedef struct packed {
        toe_regs__counters__tcp_ecn_ce_in__v__in_t v;
    } toe_regs__counters__tcp_ecn_ce_in__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tcp_ecn_reductions__v__in_t;

    typedef struct packed {
        toe_regs__counters__tcp_ecn_reductions__v__in_t v;
    } toe_regs__counters__tcp_ecn_reductions__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tcp_parked__v__in_t;

    typedef struct packed {
        toe_regs__counters__tcp_parked__v__in_t v;
    } toe_regs__counters__tcp_parked__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tcp_timeouts__v__in_t;

    typedef struct packed {
        toe_regs__counters__tcp_timeouts__v__in_t v;
    } toe_regs__counters__tcp_timeouts__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tcp_closed__v__in_t;

    typedef struct packed {
        toe_regs__counters__tcp_closed__v__in_t v;
    } toe_regs__counters__tcp_closed__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__events_in__v__in_t;

    typedef struct packed {
        toe_regs__counters__events_in__v__in_t v;
    } toe_regs__counters__events_in__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__pipe_stall_cycles__v__in_t;

    typedef struct packed {
        toe_regs__counters__pipe_stall_cycles__v__in_t v;
    } toe_regs__counters__pipe_stall_cycles__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__bumps_in__v__in_t;

    typedef struct packed {
        toe_regs__counters__bumps_in__v__in_t v;
    } toe_regs__counters__bumps_in__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__bump_stale__v__in_t;

    typedef struct packed {
        toe_regs__counters__bump_stale__v__in_t v;
    } toe_regs__counters__bump_stale__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__bump_bad__v__in_t;

    typedef struct packed {
        toe_regs__counters__bump_bad__v__in_t v;
    } toe_regs__counters__bump_bad__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__stale_command__v__in_t;

    typedef struct packed {
        toe_regs__counters__stale_command__v__in_t v;
    } toe_regs__counters__stale_command__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__lookup_insert__v__in_t;

    typedef struct packed {
        toe_regs__counters__lookup_insert__v__in_t v;
    } toe_regs__counters__lookup_insert__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__lookup_insert_fail__v__in_t;

    typedef struct packed {
        toe_regs__counters__lookup_insert_fail__v__in_t v;
    } toe_regs__counters__lookup_insert_fail__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__lookup_delete__v__in_t;

    typedef struct packed {
        toe_regs__counters__lookup_delete__v__in_t v;
    } toe_regs__counters__lookup_delete__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__evq_records__v__in_t;

    typedef struct packed {
        toe_regs__counters__evq_records__v__in_t v;
    } toe_regs__counters__evq_records__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__evq_stall_cycles__v__in_t;

    typedef struct packed {
        toe_regs__counters__evq_stall_cycles__v__in_t v;
    } toe_regs__counters__evq_stall_cycles__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__irqs__v__in_t;

    typedef struct packed {
        toe_regs__counters__irqs__v__in_t v;
    } toe_regs__counters__irqs__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__dma_read_errors__v__in_t;

    typedef struct packed {
        toe_regs__counters__dma_read_errors__v__in_t v;
    } toe_regs__counters__dma_read_errors__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__dma_write_errors__v__in_t;

    typedef struct packed {
        toe_regs__counters__dma_write_errors__v__in_t v;
    } toe_regs__counters__dma_write_errors__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__dma_read_bytes__v__in_t;

    typedef struct packed {
        toe_regs__counters__dma_read_bytes__v__in_t v;
    } toe_regs__counters__dma_read_bytes__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__dma_write_bytes__v__in_t;

    typedef struct packed {
        toe_regs__counters__dma_write_bytes__v__in_t v;
    } toe_regs__counters__dma_write_bytes__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tw_insert__v__in_t;

    typedef struct packed {
        toe_regs__counters__tw_insert__v__in_t v;
    } toe_regs__counters__tw_insert__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tw_insert_fail__v__in_t;

    typedef struct packed {
        toe_regs__counters__tw_insert_fail__v__in_t v;
    } toe_regs__counters__tw_insert_fail__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tw_evict__v__in_t;

    typedef struct packed {
        toe_regs__counters__tw_evict__v__in_t v;
    } toe_regs__counters__tw_evict__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tw_expire__v__in_t;

    typedef struct packed {
        toe_regs__counters__tw_expire__v__in_t v;
    } toe_regs__counters__tw_expire__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tw_delete__v__in_t;

    typedef struct packed {
        toe_regs__counters__tw_delete__v__in_t v;
    } toe_regs__counters__tw_delete__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tw_lookup__v__in_t;

    typedef struct packed {
        toe_regs__counters__tw_lookup__v__in_t v;
    } toe_regs__counters__tw_lookup__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tw_hit__v__in_t;

    typedef struct packed {
        toe_regs__counters__tw_hit__v__in_t v;
    } toe_regs__counters__tw_hit__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tw_miss__v__in_t;

    typedef struct packed {
        toe_regs__counters__tw_miss__v__in_t v;
    } toe_regs__counters__tw_miss__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tw_probe__v__in_t;

    typedef struct packed {
        toe_regs__counters__tw_probe__v__in_t v;
    } toe_regs__counters__tw_probe__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tw_losing__v__in_t;

    typedef struct packed {
        toe_regs__counters__tw_losing__v__in_t v;
    } toe_regs__counters__tw_losing__in_t;

    typedef struct packed {
        logic [31:0] next;
    } toe_regs__counters__tw_max_probe__v__in_t;

    typedef struct packed {
        toe_regs__counters__tw_max_probe__v__in_t v;
    } toe_regs__counters__tw_max_probe__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tw_recycle__v__in_t;

    typedef struct packed {
        toe_regs__counters__tw_recycle__v__in_t v;
    } toe_regs__counters__tw_recycle__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tw_reply__v__in_t;

    typedef struct packed {
        toe_regs__counters__tw_reply__v__in_t v;
    } toe_regs__counters__tw_reply__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tw_rst_out__v__in_t;

    typedef struct packed {
        toe_regs__counters__tw_rst_out__v__in_t v;
    } toe_regs__counters__tw_rst_out__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tw_limited__v__in_t;

    typedef struct packed {
        toe_regs__counters__tw_limited__v__in_t v;
    } toe_regs__counters__tw_limited__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__fw_commands__v__in_t;

    typedef struct packed {
        toe_regs__counters__fw_commands__v__in_t v;
    } toe_regs__counters__fw_commands__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__fw_refused__v__in_t;

    typedef struct packed {
        toe_regs__counters__fw_refused__v__in_t v;
    } toe_regs__counters__fw_refused__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__rx_drop_filtered__v__in_t;

    typedef struct packed {
        toe_regs__counters__rx_drop_filtered__v__in_t v;
    } toe_regs__counters__rx_drop_filtered__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tx_drop_stale__v__in_t;

    typedef struct packed {
        toe_regs__counters__tx_drop_stale__v__in_t v;
    } toe_regs__counters__tx_drop_stale__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tx_drop_nexthop__v__in_t;

    typedef struct packed {
        toe_regs__counters__tx_drop_nexthop__v__in_t v;
    } toe_regs__counters__tx_drop_nexthop__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__evq_lost__v__in_t;

    typedef struct packed {
        toe_regs__counters__evq_lost__v__in_t v;
    } toe_regs__counters__evq_lost__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__bump_lost__v__in_t;

    typedef struct packed {
        toe_regs__counters__bump_lost__v__in_t v;
    } toe_regs__counters__bump_lost__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tcp_no_ack__v__in_t;

    typedef struct packed {
        toe_regs__counters__tcp_no_ack__v__in_t v;
    } toe_regs__counters__tcp_no_ack__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__fault_stale__v__in_t;

    typedef struct packed {
        toe_regs__counters__fault_stale__v__in_t v;
    } toe_regs__counters__fault_stale__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__rx_mirrored__v__in_t;

    typedef struct packed {
        toe_regs__counters__rx_mirrored__v__in_t v;
    } toe_regs__counters__rx_mirrored__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tx_mirrored__v__in_t;

    typedef struct packed {
        toe_regs__counters__tx_mirrored__v__in_t v;
    } toe_regs__counters__tx_mirrored__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__mirror_lost__v__in_t;

    typedef struct packed {
        toe_regs__counters__mirror_lost__v__in_t v;
    } toe_regs__counters__mirror_lost__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__trace_records__v__in_t;

    typedef struct packed {
        toe_regs__counters__trace_records__v__in_t v;
    } toe_regs__counters__trace_records__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__trace_lost__v__in_t;

    typedef struct packed {
        toe_regs__counters__trace_lost__v__in_t v;
    } toe_regs__counters__trace_lost__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tcp_lost_retransmits__v__in_t;

    typedef struct packed {
        toe_regs__counters__tcp_lost_retransmits__v__in_t v;
    } toe_regs__counters__tcp_lost_retransmits__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tcp_paced__v__in_t;

    typedef struct packed {
        toe_regs__counters__tcp_paced__v__in_t v;
    } toe_regs__counters__tcp_paced__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__cc_summaries__v__in_t;

    typedef struct packed {
        toe_regs__counters__cc_summaries__v__in_t v;
    } toe_regs__counters__cc_summaries__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__cc_lost__v__in_t;

    typedef struct packed {
        toe_regs__counters__cc_lost__v__in_t v;
    } toe_regs__counters__cc_lost__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__cc_answers__v__in_t;

    typedef struct packed {
        toe_regs__counters__cc_answers__v__in_t v;
    } toe_regs__counters__cc_answers__in_t;

    typedef struct packed {
        logic incr;
        logic [15:0] incrvalue;
    } toe_regs__counters__tw_event_lost__v__in_t;

    typedef struct packed {
        toe_regs__counters__tw_event_lost__v__in_t v;
    } toe_regs__counters__tw_event_lost__in_t;

    typedef struct packed {
        toe_regs__counters__rx_frames__in_t rx_frames;
        toe_regs__counters__rx_bytes__in_t rx_bytes;
        toe_regs__counters__rx_drop_error__in_t rx_drop_error;
        toe_regs__counters__rx_drop_runt__in_t rx_drop_runt;
        toe_regs__counters__rx_drop_oversize__in_t rx_drop_oversize;
        toe_regs__counters__rx_drop_overflow__in_t rx_drop_overflow;
        toe_regs__counters__rx_drop_checksum__in_t rx_drop_checksum;
        toe_regs__counters__rx_drop_loopback__in_t rx_drop_loopback;
        toe_regs__counters__rx_to_session__in_t rx_to_session;
        toe_regs__counters__rx_to_host__in_t rx_to_host;
        toe_regs__counters__rx_to_time_wait__in_t rx_to_time_wait;
        toe_regs__counters__rx_drop_stale__in_t rx_drop_stale;
        toe_regs__counters__rx_drop_disabled__in_t rx_drop_disabled;
        toe_regs__counters__rx_drop_ring_full__in_t rx_drop_ring_full;
        toe_regs__counters__rx_drop_event_full__in_t rx_drop_event_full;
        toe_regs__counters__rx_host_not_ip__in_t rx_host_not_ip;
        toe_regs__counters__rx_host_fragment__in_t rx_host_fragment;
        toe_regs__counters__rx_host_ip_options__in_t rx_host_ip_options;
        toe_regs__counters__rx_host_tcp_options__in_t rx_host_tcp_options;
        toe_regs__counters__rx_host_urgent__in_t rx_host_urgent;
        toe_regs__counters__tx_frames__in_t tx_frames;
        toe_regs__counters__tx_bytes__in_t tx_bytes;
        toe_regs__counters__tx_session_segs__in_t tx_session_segs;
        toe_regs__counters__tx_nic_frames__in_t tx_nic_frames;
        toe_regs__counters__tx_time_wait_replies__in_t tx_time_wait_replies;
        toe_regs__counters__tx_loop_frames__in_t tx_loop_frames;
        toe_regs__counters__tx_drop_guard__in_t tx_drop_guard;
        toe_regs__counters__tx_drop_bad_desc__in_t tx_drop_bad_desc;
        toe_regs__counters__tx_drop_dma__in_t tx_drop_dma;
        toe_regs__counters__tcp_segs_in__in_t tcp_segs_in;
        toe_regs__counters__tcp_bytes_in__in_t tcp_bytes_in;
        toe_regs__counters__tcp_bytes_out__in_t tcp_bytes_out;
        toe_regs__counters__tcp_acks_out__in_t tcp_acks_out;
        toe_regs__counters__tcp_delacks__in_t tcp_delacks;
        toe_regs__counters__tcp_retransmit_segs__in_t tcp_retransmit_segs;
        toe_regs__counters__tcp_retransmit_bytes__in_t tcp_retransmit_bytes;
        toe_regs__counters__tcp_dup_acks_in__in_t tcp_dup_acks_in;
        toe_regs__counters__tcp_fast_retransmits__in_t tcp_fast_retransmits;
        toe_regs__counters__tcp_rto__in_t tcp_rto;
        toe_regs__counters__tcp_persist_probes__in_t tcp_persist_probes;
        toe_regs__counters__tcp_keepalive_probes__in_t tcp_keepalive_probes;
        toe_regs__counters__tcp_ooo_in__in_t tcp_ooo_in;
        toe_regs__counters__tcp_ooo_drop__in_t tcp_ooo_drop;
        toe_regs__counters__tcp_duplicate_in__in_t tcp_duplicate_in;
        toe_regs__counters__tcp_out_of_window__in_t tcp_out_of_window;
        toe_regs__counters__tcp_paws_drop__in_t tcp_paws_drop;
        toe_regs__counters__tcp_challenge_acks__in_t tcp_challenge_acks;
        toe_regs__counters__tcp_challenge_limited__in_t tcp_challenge_limited;
        toe_regs__counters__tcp_rst_in__in_t tcp_rst_in;
        toe_regs__counters__tcp_rst_out__in_t tcp_rst_out;
        toe_regs__counters__tcp_data_after_close__in_t tcp_data_after_close;
        toe_regs__counters__tcp_ecn_ce_in__in_t tcp_ecn_ce_in;
        toe_regs__counters__tcp_ecn_reductions__in_t tcp_ecn_reductions;
        toe_regs__counters__tcp_parked__in_t tcp_parked;
        toe_regs__counters__tcp_timeouts__in_t tcp_timeouts;
        toe_regs__counters__tcp_closed__in_t tcp_closed;
        toe_regs__counters__events_in__in_t events_in;
        toe_regs__counters__pipe_stall_cycles__in_t pipe_stall_cycles;
        toe_regs__counters__bumps_in__in_t bumps_in;
        toe_regs__counters__bump_stale__in_t bump_stale;
        toe_regs__counters__bump_bad__in_t bump_bad;
        toe_regs__counters__stale_command__in_t stale_command;
        toe_regs__counters__lookup_insert__in_t lookup_insert;
        toe_regs__counters__lookup_insert_fail__in_t lookup_insert_fail;
        toe_regs__counters__lookup_delete__in_t lookup_delete;
        toe_regs__counters__evq_records__in_t evq_records;
        toe_regs__counters__evq_stall_cycles__in_t evq_stall_cycles;
        toe_regs__counters__irqs__in_t irqs;
        toe_regs__counters__dma_read_errors__in_t dma_read_errors;
        toe_regs__counters__dma_write_errors__in_t dma_write_errors;
        toe_regs__counters__dma_read_bytes__in_t dma_read_bytes;
        toe_regs__counters__dma_write_bytes__in_t dma_write_bytes;
        toe_regs__counters__tw_insert__in_t tw_insert;
        toe_regs__counters__tw_insert_fail__in_t tw_insert_fail;
        toe_regs__counters__tw_evict__in_t tw_evict;
        toe_regs__counters__tw_expire__in_t tw_expire;
        toe_regs__counters__tw_delete__in_t tw_delete;
        toe_regs__counters__tw_lookup__in_t tw_lookup;
        toe_regs__counters__tw_hit__in_t tw_hit;
        toe_regs__counters__tw_miss__in_t tw_miss;
        toe_regs__counters__tw_probe__in_t tw_probe;
        toe_regs__counters__tw_losing__in_t tw_losing;
        toe_regs__counters__tw_max_probe__in_t tw_max_probe;
        toe_regs__counters__tw_recycle__in_t tw_recycle;
        toe_regs__counters__tw_reply__in_t tw_reply;
        toe_regs__counters__tw_rst_out__in_t tw_rst_out;
        toe_regs__counters__tw_limited__in_t tw_limited;
        toe_regs__counters__fw_commands__in_t fw_commands;
        toe_regs__counters__fw_refused__in_t fw_refused;
        toe_regs__counters__rx_drop_filtered__in_t rx_drop_filtered;
        toe_regs__counters__tx_drop_stale__in_t tx_drop_stale;
        toe_regs__counters__tx_drop_nexthop__in_t tx_drop_nexthop;
        toe_regs__counters__evq_lost__in_t evq_lost;
        toe_regs__counters__bump_lost__in_t bump_lost;
        toe_regs__counters__tcp_no_ack__in_t tcp_no_ack;
        toe_regs__counters__fault_stale__in_t fault_stale;
        toe_regs__counters__rx_mirrored__in_t rx_mirrored;
        toe_regs__counters__tx_mirrored__in_t tx_mirrored;
        toe_regs__counters__mirror_lost__in_t mirror_lost;
        toe_regs__counters__trace_records__in_t trace_records;
        toe_regs__counters__trace_lost__in_t trace_lost;
        toe_regs__counters__tcp_lost_retransmits__in_t tcp_lost_retransmits;
        toe_regs__counters__tcp_paced__in_t tcp_paced;
        toe_regs__counters__cc_summaries__in_t cc_summaries;
        toe_regs__counters__cc_lost__in_t cc_lost;
        toe_regs__counters__cc_answers__in_t cc_answers;
        toe_regs__counters__tw_event_lost__in_t tw_event_lost;
    } toe_regs__counters__in_t;

    typedef struct packed {
        toe_regs__id__in_t id;
        toe_regs__ctl__in_t ctl;
        toe_regs__tw__in_t tw;
        toe_regs__trace__in_t trace;
        toe_regs__qpx__in_t [16-1:0] qp;
        toe_regs__counters__in_t counters;
    } toe_regs__in_t;

    typedef struct packed {
        logic value;
    } toe_regs__ctl__control__rx_enable__out_t;

    typedef struct packed {
        logic value;
    } toe_regs__ctl__control__tx_enable__out_t;

    typedef struct packed {
        logic value;
    } toe_regs__ctl__control__session_enable__out_t;

    typedef struct packed {
        logic value;
    } toe_regs__ctl__control__tw_enable__out_t;

    typedef struct packed {
        logic value;
    } toe_regs__ctl__control__pass_bad_csum__out_t;

    typedef struct packed {
        logic value;
    } toe_regs__ctl__control__promiscuous__out_t;

    typedef struct packed {
        toe_regs__ctl__control__rx_enable__out_t rx_enable;
        toe_regs__ctl__control__tx_enable__out_t tx_enable;
        toe_regs__ctl__control__session_enable__out_t session_enable;
        toe_regs__ctl__control__tw_enable__out_t tw_enable;
        toe_regs__ctl__control__pass_bad_csum__out_t pass_bad_csum;
        toe_regs__ctl__control__promiscuous__out_t promiscuous;
    } toe_regs__ctl__control__out_t;

    typedef struct packed {
        logic value;
    } toe_regs__ctl__reset__soft_reset__out_t;

    typedef struct packed {
        toe_regs__ctl__reset__soft_reset__out_t soft_reset;
    } toe_regs__ctl__reset__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__ctl__mac_lo__v__out_t;

    typedef struct packed {
        toe_regs__ctl__mac_lo__v__out_t v;
    } toe_regs__ctl__mac_lo__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__ctl__mac_hi__v__out_t;

    typedef struct packed {
        toe_regs__ctl__mac_hi__v__out_t v;
    } toe_regs__ctl__mac_hi__out_t;

    typedef struct packed {
        logic value;
    } toe_regs__ctl__fw_control__hold__out_t;

    typedef struct packed {
        toe_regs__ctl__fw_control__hold__out_t hold;
    } toe_regs__ctl__fw_control__out_t;

    typedef struct packed {
        toe_regs__ctl__control__out_t control;
        toe_regs__ctl__reset__out_t reset;
        toe_regs__ctl__mac_lo__out_t mac_lo;
        toe_regs__ctl__mac_hi__out_t mac_hi;
        toe_regs__ctl__fw_control__out_t fw_control;
    } toe_regs__ctl__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__rss__keyx__v__out_t;

    typedef struct packed {
        toe_regs__rss__keyx__v__out_t v;
    } toe_regs__rss__keyx__out_t;

    typedef struct packed {
        logic value;
    } toe_regs__rss__hash_types__ipv4__out_t;

    typedef struct packed {
        logic value;
    } toe_regs__rss__hash_types__ipv4_tcp__out_t;

    typedef struct packed {
        logic value;
    } toe_regs__rss__hash_types__ipv6__out_t;

    typedef struct packed {
        logic value;
    } toe_regs__rss__hash_types__ipv6_tcp__out_t;

    typedef struct packed {
        toe_regs__rss__hash_types__ipv4__out_t ipv4;
        toe_regs__rss__hash_types__ipv4_tcp__out_t ipv4_tcp;
        toe_regs__rss__hash_types__ipv6__out_t ipv6;
        toe_regs__rss__hash_types__ipv6_tcp__out_t ipv6_tcp;
    } toe_regs__rss__hash_types__out_t;

    typedef struct packed {
        logic [7:0] value;
    } toe_regs__rss__indirectionx__q0__out_t;

    typedef struct packed {
        logic [7:0] value;
    } toe_regs__rss__indirectionx__q1__out_t;

    typedef struct packed {
        logic [7:0] value;
    } toe_regs__rss__indirectionx__q2__out_t;

    typedef struct packed {
        logic [7:0] value;
    } toe_regs__rss__indirectionx__q3__out_t;

    typedef struct packed {
        toe_regs__rss__indirectionx__q0__out_t q0;
        toe_regs__rss__indirectionx__q1__out_t q1;
        toe_regs__rss__indirectionx__q2__out_t q2;
        toe_regs__rss__indirectionx__q3__out_t q3;
    } toe_regs__rss__indirectionx__out_t;

    typedef struct packed {
        toe_regs__rss__keyx__out_t [10-1:0] key;
        toe_regs__rss__hash_types__out_t hash_types;
        toe_regs__rss__indirectionx__out_t [32-1:0] indirection;
    } toe_regs__rss__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__tcp__delack_us__v__out_t;

    typedef struct packed {
        toe_regs__tcp__delack_us__v__out_t v;
    } toe_regs__tcp__delack_us__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__tcp__min_rto_us__v__out_t;

    typedef struct packed {
        toe_regs__tcp__min_rto_us__v__out_t v;
    } toe_regs__tcp__min_rto_us__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__tcp__max_rto_us__v__out_t;

    typedef struct packed {
        toe_regs__tcp__max_rto_us__v__out_t v;
    } toe_regs__tcp__max_rto_us__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__tcp__max_backoff__v__out_t;

    typedef struct packed {
        toe_regs__tcp__max_backoff__v__out_t v;
    } toe_regs__tcp__max_backoff__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__tcp__challenge_per_s__v__out_t;

    typedef struct packed {
        toe_regs__tcp__challenge_per_s__v__out_t v;
    } toe_regs__tcp__challenge_per_s__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__tcp__keep_idle_s__v__out_t;

    typedef struct packed {
        toe_regs__tcp__keep_idle_s__v__out_t v;
    } toe_regs__tcp__keep_idle_s__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__tcp__keep_interval_s__v__out_t;

    typedef struct packed {
        toe_regs__tcp__keep_interval_s__v__out_t v;
    } toe_regs__tcp__keep_interval_s__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__tcp__keep_count__v__out_t;

    typedef struct packed {
        toe_regs__tcp__keep_count__v__out_t v;
    } toe_regs__tcp__keep_count__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__tcp__fin_wait_2_s__v__out_t;

    typedef struct packed {
        toe_regs__tcp__fin_wait_2_s__v__out_t v;
    } toe_regs__tcp__fin_wait_2_s__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__tcp__delack_segs__v__out_t;

    typedef struct packed {
        toe_regs__tcp__delack_segs__v__out_t v;
    } toe_regs__tcp__delack_segs__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__tcp__event_coalesce_us__v__out_t;

    typedef struct packed {
        toe_regs__tcp__event_coalesce_us__v__out_t v;
    } toe_regs__tcp__event_coalesce_us__out_t;

    typedef struct packed {
        toe_regs__tcp__delack_us__out_t delack_us;
        toe_regs__tcp__min_rto_us__out_t min_rto_us;
        toe_regs__tcp__max_rto_us__out_t max_rto_us;
        toe_regs__tcp__max_backoff__out_t max_backoff;
        toe_regs__tcp__challenge_per_s__out_t challenge_per_s;
        toe_regs__tcp__keep_idle_s__out_t keep_idle_s;
        toe_regs__tcp__keep_interval_s__out_t keep_interval_s;
        toe_regs__tcp__keep_count__out_t keep_count;
        toe_regs__tcp__fin_wait_2_s__out_t fin_wait_2_s;
        toe_regs__tcp__delack_segs__out_t delack_segs;
        toe_regs__tcp__event_coalesce_us__out_t event_coalesce_us;
    } toe_regs__tcp__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__tw__linger_usx__v__out_t;

    typedef struct packed {
        toe_regs__tw__linger_usx__v__out_t v;
    } toe_regs__tw__linger_usx__out_t;

    typedef struct packed {
        logic value;
    } toe_regs__tw__policy__rst_exact__out_t;

    typedef struct packed {
        logic [1:0] value;
    } toe_regs__tw__policy__recycle__out_t;

    typedef struct packed {
        toe_regs__tw__policy__rst_exact__out_t rst_exact;
        toe_regs__tw__policy__recycle__out_t recycle;
    } toe_regs__tw__policy__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__tw__replies_per_s__v__out_t;

    typedef struct packed {
        toe_regs__tw__replies_per_s__v__out_t v;
    } toe_regs__tw__replies_per_s__out_t;

    typedef struct packed {
        toe_regs__tw__linger_usx__out_t [3-1:0] linger_us;
        toe_regs__tw__policy__out_t policy;
        toe_regs__tw__replies_per_s__out_t replies_per_s;
    } toe_regs__tw__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__admin__asq_base_lo__v__out_t;

    typedef struct packed {
        toe_regs__admin__asq_base_lo__v__out_t v;
    } toe_regs__admin__asq_base_lo__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__admin__asq_base_hi__v__out_t;

    typedef struct packed {
        toe_regs__admin__asq_base_hi__v__out_t v;
    } toe_regs__admin__asq_base_hi__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__admin__acq_base_lo__v__out_t;

    typedef struct packed {
        toe_regs__admin__acq_base_lo__v__out_t v;
    } toe_regs__admin__acq_base_lo__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__admin__acq_base_hi__v__out_t;

    typedef struct packed {
        toe_regs__admin__acq_base_hi__v__out_t v;
    } toe_regs__admin__acq_base_hi__out_t;

    typedef struct packed {
        logic [3:0] value;
    } toe_regs__admin__config__asq_log2__out_t;

    typedef struct packed {
        logic [3:0] value;
    } toe_regs__admin__config__acq_log2__out_t;

    typedef struct packed {
        logic value;
    } toe_regs__admin__config__enable__out_t;

    typedef struct packed {
        logic [7:0] value;
    } toe_regs__admin__config__vector__out_t;

    typedef struct packed {
        toe_regs__admin__config__asq_log2__out_t asq_log2;
        toe_regs__admin__config__acq_log2__out_t acq_log2;
        toe_regs__admin__config__enable__out_t enable;
        toe_regs__admin__config__vector__out_t vector;
    } toe_regs__admin__config__out_t;

    typedef struct packed {
        toe_regs__admin__asq_base_lo__out_t asq_base_lo;
        toe_regs__admin__asq_base_hi__out_t asq_base_hi;
        toe_regs__admin__acq_base_lo__out_t acq_base_lo;
        toe_regs__admin__acq_base_hi__out_t acq_base_hi;
        toe_regs__admin__config__out_t config_;
    } toe_regs__admin__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__trace__base_lo__v__out_t;

    typedef struct packed {
        toe_regs__trace__base_lo__v__out_t v;
    } toe_regs__trace__base_lo__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__trace__base_hi__v__out_t;

    typedef struct packed {
        toe_regs__trace__base_hi__v__out_t v;
    } toe_regs__trace__base_hi__out_t;

    typedef struct packed {
        logic [4:0] value;
    } toe_regs__trace__config__log2__out_t;

    typedef struct packed {
        logic value;
    } toe_regs__trace__config__enable__out_t;

    typedef struct packed {
        toe_regs__trace__config__log2__out_t log2;
        toe_regs__trace__config__enable__out_t enable;
    } toe_regs__trace__config__out_t;

    typedef struct packed {
        toe_regs__trace__base_lo__out_t base_lo;
        toe_regs__trace__base_hi__out_t base_hi;
        toe_regs__trace__config__out_t config_;
    } toe_regs__trace__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__qpx__txq_base_lo__v__out_t;

    typedef struct packed {
        toe_regs__qpx__txq_base_lo__v__out_t v;
    } toe_regs__qpx__txq_base_lo__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__qpx__txq_base_hi__v__out_t;

    typedef struct packed {
        toe_regs__qpx__txq_base_hi__v__out_t v;
    } toe_regs__qpx__txq_base_hi__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__qpx__bmq_base_lo__v__out_t;

    typedef struct packed {
        toe_regs__qpx__bmq_base_lo__v__out_t v;
    } toe_regs__qpx__bmq_base_lo__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__qpx__bmq_base_hi__v__out_t;

    typedef struct packed {
        toe_regs__qpx__bmq_base_hi__v__out_t v;
    } toe_regs__qpx__bmq_base_hi__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__qpx__rxr_base_lo__v__out_t;

    typedef struct packed {
        toe_regs__qpx__rxr_base_lo__v__out_t v;
    } toe_regs__qpx__rxr_base_lo__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__qpx__rxr_base_hi__v__out_t;

    typedef struct packed {
        toe_regs__qpx__rxr_base_hi__v__out_t v;
    } toe_regs__qpx__rxr_base_hi__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__qpx__evq_base_lo__v__out_t;

    typedef struct packed {
        toe_regs__qpx__evq_base_lo__v__out_t v;
    } toe_regs__qpx__evq_base_lo__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__qpx__evq_base_hi__v__out_t;

    typedef struct packed {
        toe_regs__qpx__evq_base_hi__v__out_t v;
    } toe_regs__qpx__evq_base_hi__out_t;

    typedef struct packed {
        logic [3:0] value;
    } toe_regs__qpx__config__txq_log2__out_t;

    typedef struct packed {
        logic [3:0] value;
    } toe_regs__qpx__config__bmq_log2__out_t;

    typedef struct packed {
        logic [3:0] value;
    } toe_regs__qpx__config__rxr_log2__out_t;

    typedef struct packed {
        logic [3:0] value;
    } toe_regs__qpx__config__slot_log2__out_t;

    typedef struct packed {
        logic [4:0] value;
    } toe_regs__qpx__config__evq_log2__out_t;

    typedef struct packed {
        logic [5:0] value;
    } toe_regs__qpx__config__vector__out_t;

    typedef struct packed {
        logic value;
    } toe_regs__qpx__config__enable__out_t;

    typedef struct packed {
        toe_regs__qpx__config__txq_log2__out_t txq_log2;
        toe_regs__qpx__config__bmq_log2__out_t bmq_log2;
        toe_regs__qpx__config__rxr_log2__out_t rxr_log2;
        toe_regs__qpx__config__slot_log2__out_t slot_log2;
        toe_regs__qpx__config__evq_log2__out_t evq_log2;
        toe_regs__qpx__config__vector__out_t vector;
        toe_regs__qpx__config__enable__out_t enable;
    } toe_regs__qpx__config__out_t;

    typedef struct packed {
        logic [15:0] value;
    } toe_regs__qpx__irq__moderation_us__out_t;

    typedef struct packed {
        toe_regs__qpx__irq__moderation_us__out_t moderation_us;
    } toe_regs__qpx__irq__out_t;

    typedef struct packed {
        toe_regs__qpx__txq_base_lo__out_t txq_base_lo;
        toe_regs__qpx__txq_base_hi__out_t txq_base_hi;
        toe_regs__qpx__bmq_base_lo__out_t bmq_base_lo;
        toe_regs__qpx__bmq_base_hi__out_t bmq_base_hi;
        toe_regs__qpx__rxr_base_lo__out_t rxr_base_lo;
        toe_regs__qpx__rxr_base_hi__out_t rxr_base_hi;
        toe_regs__qpx__evq_base_lo__out_t evq_base_lo;
        toe_regs__qpx__evq_base_hi__out_t evq_base_hi;
        toe_regs__qpx__config__out_t config_;
        toe_regs__qpx__irq__out_t irq;
    } toe_regs__qpx__out_t;

    typedef struct packed {
        logic [31:0] value;
        logic swmod;
    } toe_regs__dbx__txq_tail__v__out_t;

    typedef struct packed {
        toe_regs__dbx__txq_tail__v__out_t v;
    } toe_regs__dbx__txq_tail__out_t;

    typedef struct packed {
        logic [31:0] value;
        logic swmod;
    } toe_regs__dbx__bmq_tail__v__out_t;

    typedef struct packed {
        toe_regs__dbx__bmq_tail__v__out_t v;
    } toe_regs__dbx__bmq_tail__out_t;

    typedef struct packed {
        logic [31:0] value;
        logic swmod;
    } toe_regs__dbx__rxr_head__v__out_t;

    typedef struct packed {
        toe_regs__dbx__rxr_head__v__out_t v;
    } toe_regs__dbx__rxr_head__out_t;

    typedef struct packed {
        logic [31:0] value;
        logic swmod;
    } toe_regs__dbx__evq_head__v__out_t;

    typedef struct packed {
        toe_regs__dbx__evq_head__v__out_t v;
    } toe_regs__dbx__evq_head__out_t;

    typedef struct packed {
        toe_regs__dbx__txq_tail__out_t txq_tail;
        toe_regs__dbx__bmq_tail__out_t bmq_tail;
        toe_regs__dbx__rxr_head__out_t rxr_head;
        toe_regs__dbx__evq_head__out_t evq_head;
    } toe_regs__dbx__out_t;

    typedef struct packed {
        logic [31:0] value;
        logic swmod;
    } toe_regs__admin_db__asq_tail__v__out_t;

    typedef struct packed {
        toe_regs__admin_db__asq_tail__v__out_t v;
    } toe_regs__admin_db__asq_tail__out_t;

    typedef struct packed {
        logic [31:0] value;
        logic swmod;
    } toe_regs__admin_db__acq_head__v__out_t;

    typedef struct packed {
        toe_regs__admin_db__acq_head__v__out_t v;
    } toe_regs__admin_db__acq_head__out_t;

    typedef struct packed {
        toe_regs__admin_db__asq_tail__out_t asq_tail;
        toe_regs__admin_db__acq_head__out_t acq_head;
    } toe_regs__admin_db__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__rx_frames__v__out_t;

    typedef struct packed {
        toe_regs__counters__rx_frames__v__out_t v;
    } toe_regs__counters__rx_frames__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__rx_bytes__v__out_t;

    typedef struct packed {
        toe_regs__counters__rx_bytes__v__out_t v;
    } toe_regs__counters__rx_bytes__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__rx_drop_error__v__out_t;

    typedef struct packed {
        toe_regs__counters__rx_drop_error__v__out_t v;
    } toe_regs__counters__rx_drop_error__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__rx_drop_runt__v__out_t;

    typedef struct packed {
        toe_regs__counters__rx_drop_runt__v__out_t v;
    } toe_regs__counters__rx_drop_runt__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__rx_drop_oversize__v__out_t;

    typedef struct packed {
        toe_regs__counters__rx_drop_oversize__v__out_t v;
    } toe_regs__counters__rx_drop_oversize__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__rx_drop_overflow__v__out_t;

    typedef struct packed {
        toe_regs__counters__rx_drop_overflow__v__out_t v;
    } toe_regs__counters__rx_drop_overflow__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__rx_drop_checksum__v__out_t;

    typedef struct packed {
        toe_regs__counters__rx_drop_checksum__v__out_t v;
    } toe_regs__counters__rx_drop_checksum__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__rx_drop_loopback__v__out_t;

    typedef struct packed {
        toe_regs__counters__rx_drop_loopback__v__out_t v;
    } toe_regs__counters__rx_drop_loopback__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__rx_to_session__v__out_t;

    typedef struct packed {
        toe_regs__counters__rx_to_session__v__out_t v;
    } toe_regs__counters__rx_to_session__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__rx_to_host__v__out_t;

    typedef struct packed {
        toe_regs__counters__rx_to_host__v__out_t v;
    } toe_regs__counters__rx_to_host__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__rx_to_time_wait__v__out_t;

    typedef struct packed {
        toe_regs__counters__rx_to_time_wait__v__out_t v;
    } toe_regs__counters__rx_to_time_wait__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__rx_drop_stale__v__out_t;

    typedef struct packed {
        toe_regs__counters__rx_drop_stale__v__out_t v;
    } toe_regs__counters__rx_drop_stale__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__rx_drop_disabled__v__out_t;

    typedef struct packed {
        toe_regs__counters__rx_drop_disabled__v__out_t v;
    } toe_regs__counters__rx_drop_disabled__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__rx_drop_ring_full__v__out_t;

    typedef struct packed {
        toe_regs__counters__rx_drop_ring_full__v__out_t v;
    } toe_regs__counters__rx_drop_ring_full__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__rx_drop_event_full__v__out_t;

    typedef struct packed {
        toe_regs__counters__rx_drop_event_full__v__out_t v;
    } toe_regs__counters__rx_drop_event_full__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__rx_host_not_ip__v__out_t;

    typedef struct packed {
        toe_regs__counters__rx_host_not_ip__v__out_t v;
    } toe_regs__counters__rx_host_not_ip__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__rx_host_fragment__v__out_t;

    typedef struct packed {
        toe_regs__counters__rx_host_fragment__v__out_t v;
    } toe_regs__counters__rx_host_fragment__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__rx_host_ip_options__v__out_t;

    typedef struct packed {
        toe_regs__counters__rx_host_ip_options__v__out_t v;
    } toe_regs__counters__rx_host_ip_options__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__rx_host_tcp_options__v__out_t;

    typedef struct packed {
        toe_regs__counters__rx_host_tcp_options__v__out_t v;
    } toe_regs__counters__rx_host_tcp_options__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__rx_host_urgent__v__out_t;

    typedef struct packed {
        toe_regs__counters__rx_host_urgent__v__out_t v;
    } toe_regs__counters__rx_host_urgent__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tx_frames__v__out_t;

    typedef struct packed {
        toe_regs__counters__tx_frames__v__out_t v;
    } toe_regs__counters__tx_frames__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tx_bytes__v__out_t;

    typedef struct packed {
        toe_regs__counters__tx_bytes__v__out_t v;
    } toe_regs__counters__tx_bytes__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tx_session_segs__v__out_t;

    typedef struct packed {
        toe_regs__counters__tx_session_segs__v__out_t v;
    } toe_regs__counters__tx_session_segs__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tx_nic_frames__v__out_t;

    typedef struct packed {
        toe_regs__counters__tx_nic_frames__v__out_t v;
    } toe_regs__counters__tx_nic_frames__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tx_time_wait_replies__v__out_t;

    typedef struct packed {
        toe_regs__counters__tx_time_wait_replies__v__out_t v;
    } toe_regs__counters__tx_time_wait_replies__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tx_loop_frames__v__out_t;

    typedef struct packed {
        toe_regs__counters__tx_loop_frames__v__out_t v;
    } toe_regs__counters__tx_loop_frames__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tx_drop_guard__v__out_t;

    typedef struct packed {
        toe_regs__counters__tx_drop_guard__v__out_t v;
    } toe_regs__counters__tx_drop_guard__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tx_drop_bad_desc__v__out_t;

    typedef struct packed {
        toe_regs__counters__tx_drop_bad_desc__v__out_t v;
    } toe_regs__counters__tx_drop_bad_desc__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tx_drop_dma__v__out_t;

    typedef struct packed {
        toe_regs__counters__tx_drop_dma__v__out_t v;
    } toe_regs__counters__tx_drop_dma__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tcp_segs_in__v__out_t;

    typedef struct packed {
        toe_regs__counters__tcp_segs_in__v__out_t v;
    } toe_regs__counters__tcp_segs_in__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tcp_bytes_in__v__out_t;

    typedef struct packed {
        toe_regs__counters__tcp_bytes_in__v__out_t v;
    } toe_regs__counters__tcp_bytes_in__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tcp_bytes_out__v__out_t;

    typedef struct packed {
        toe_regs__counters__tcp_bytes_out__v__out_t v;
    } toe_regs__counters__tcp_bytes_out__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tcp_acks_out__v__out_t;

    typedef struct packed {
        toe_regs__counters__tcp_acks_out__v__out_t v;
    } toe_regs__counters__tcp_acks_out__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tcp_delacks__v__out_t;

    typedef struct packed {
        toe_regs__counters__tcp_delacks__v__out_t v;
    } toe_regs__counters__tcp_delacks__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tcp_retransmit_segs__v__out_t;

    typedef struct packed {
        toe_regs__counters__tcp_retransmit_segs__v__out_t v;
    } toe_regs__counters__tcp_retransmit_segs__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tcp_retransmit_bytes__v__out_t;

    typedef struct packed {
        toe_regs__counters__tcp_retransmit_bytes__v__out_t v;
    } toe_regs__counters__tcp_retransmit_bytes__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tcp_dup_acks_in__v__out_t;

    typedef struct packed {
        toe_regs__counters__tcp_dup_acks_in__v__out_t v;
    } toe_regs__counters__tcp_dup_acks_in__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tcp_fast_retransmits__v__out_t;

    typedef struct packed {
        toe_regs__counters__tcp_fast_retransmits__v__out_t v;
    } toe_regs__counters__tcp_fast_retransmits__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tcp_rto__v__out_t;

    typedef struct packed {
        toe_regs__counters__tcp_rto__v__out_t v;
    } toe_regs__counters__tcp_rto__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tcp_persist_probes__v__out_t;

    typedef struct packed {
        toe_regs__counters__tcp_persist_probes__v__out_t v;
    } toe_regs__counters__tcp_persist_probes__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tcp_keepalive_probes__v__out_t;

    typedef struct packed {
        toe_regs__counters__tcp_keepalive_probes__v__out_t v;
    } toe_regs__counters__tcp_keepalive_probes__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tcp_ooo_in__v__out_t;

    typedef struct packed {
        toe_regs__counters__tcp_ooo_in__v__out_t v;
    } toe_regs__counters__tcp_ooo_in__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tcp_ooo_drop__v__out_t;

    typedef struct packed {
        toe_regs__counters__tcp_ooo_drop__v__out_t v;
    } toe_regs__counters__tcp_ooo_drop__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tcp_duplicate_in__v__out_t;

    typedef struct packed {
        toe_regs__counters__tcp_duplicate_in__v__out_t v;
    } toe_regs__counters__tcp_duplicate_in__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tcp_out_of_window__v__out_t;

    typedef struct packed {
        toe_regs__counters__tcp_out_of_window__v__out_t v;
    } toe_regs__counters__tcp_out_of_window__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tcp_paws_drop__v__out_t;

    typedef struct packed {
        toe_regs__counters__tcp_paws_drop__v__out_t v;
    } toe_regs__counters__tcp_paws_drop__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tcp_challenge_acks__v__out_t;

    typedef struct packed {
        toe_regs__counters__tcp_challenge_acks__v__out_t v;
    } toe_regs__counters__tcp_challenge_acks__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tcp_challenge_limited__v__out_t;

    typedef struct packed {
        toe_regs__counters__tcp_challenge_limited__v__out_t v;
    } toe_regs__counters__tcp_challenge_limited__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tcp_rst_in__v__out_t;

    typedef struct packed {
        toe_regs__counters__tcp_rst_in__v__out_t v;
    } toe_regs__counters__tcp_rst_in__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tcp_rst_out__v__out_t;

    typedef struct packed {
        toe_regs__counters__tcp_rst_out__v__out_t v;
    } toe_regs__counters__tcp_rst_out__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tcp_data_after_close__v__out_t;

    typedef struct packed {
        toe_regs__counters__tcp_data_after_close__v__out_t v;
    } toe_regs__counters__tcp_data_after_close__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tcp_ecn_ce_in__v__out_t;

    typedef struct packed {
        toe_regs__counters__tcp_ecn_ce_in__v__out_t v;
    } toe_regs__counters__tcp_ecn_ce_in__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tcp_ecn_reductions__v__out_t;

    typedef struct packed {
        toe_regs__counters__tcp_ecn_reductions__v__out_t v;
    } toe_regs__counters__tcp_ecn_reductions__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tcp_parked__v__out_t;

    typedef struct packed {
        toe_regs__counters__tcp_parked__v__out_t v;
    } toe_regs__counters__tcp_parked__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tcp_timeouts__v__out_t;

    typedef struct packed {
        toe_regs__counters__tcp_timeouts__v__out_t v;
    } toe_regs__counters__tcp_timeouts__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tcp_closed__v__out_t;

    typedef struct packed {
        toe_regs__counters__tcp_closed__v__out_t v;
    } toe_regs__counters__tcp_closed__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__events_in__v__out_t;

    typedef struct packed {
        toe_regs__counters__events_in__v__out_t v;
    } toe_regs__counters__events_in__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__pipe_stall_cycles__v__out_t;

    typedef struct packed {
        toe_regs__counters__pipe_stall_cycles__v__out_t v;
    } toe_regs__counters__pipe_stall_cycles__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__bumps_in__v__out_t;

    typedef struct packed {
        toe_regs__counters__bumps_in__v__out_t v;
    } toe_regs__counters__bumps_in__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__bump_stale__v__out_t;

    typedef struct packed {
        toe_regs__counters__bump_stale__v__out_t v;
    } toe_regs__counters__bump_stale__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__bump_bad__v__out_t;

    typedef struct packed {
        toe_regs__counters__bump_bad__v__out_t v;
    } toe_regs__counters__bump_bad__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__stale_command__v__out_t;

    typedef struct packed {
        toe_regs__counters__stale_command__v__out_t v;
    } toe_regs__counters__stale_command__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__lookup_insert__v__out_t;

    typedef struct packed {
        toe_regs__counters__lookup_insert__v__out_t v;
    } toe_regs__counters__lookup_insert__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__lookup_insert_fail__v__out_t;

    typedef struct packed {
        toe_regs__counters__lookup_insert_fail__v__out_t v;
    } toe_regs__counters__lookup_insert_fail__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__lookup_delete__v__out_t;

    typedef struct packed {
        toe_regs__counters__lookup_delete__v__out_t v;
    } toe_regs__counters__lookup_delete__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__evq_records__v__out_t;

    typedef struct packed {
        toe_regs__counters__evq_records__v__out_t v;
    } toe_regs__counters__evq_records__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__evq_stall_cycles__v__out_t;

    typedef struct packed {
        toe_regs__counters__evq_stall_cycles__v__out_t v;
    } toe_regs__counters__evq_stall_cycles__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__irqs__v__out_t;

    typedef struct packed {
        toe_regs__counters__irqs__v__out_t v;
    } toe_regs__counters__irqs__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__dma_read_errors__v__out_t;

    typedef struct packed {
        toe_regs__counters__dma_read_errors__v__out_t v;
    } toe_regs__counters__dma_read_errors__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__dma_write_errors__v__out_t;

    typedef struct packed {
        toe_regs__counters__dma_write_errors__v__out_t v;
    } toe_regs__counters__dma_write_errors__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__dma_read_bytes__v__out_t;

    typedef struct packed {
        toe_regs__counters__dma_read_bytes__v__out_t v;
    } toe_regs__counters__dma_read_bytes__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__dma_write_bytes__v__out_t;

    typedef struct packed {
        toe_regs__counters__dma_write_bytes__v__out_t v;
    } toe_regs__counters__dma_write_bytes__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tw_insert__v__out_t;

    typedef struct packed {
        toe_regs__counters__tw_insert__v__out_t v;
    } toe_regs__counters__tw_insert__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tw_insert_fail__v__out_t;

    typedef struct packed {
        toe_regs__counters__tw_insert_fail__v__out_t v;
    } toe_regs__counters__tw_insert_fail__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tw_evict__v__out_t;

    typedef struct packed {
        toe_regs__counters__tw_evict__v__out_t v;
    } toe_regs__counters__tw_evict__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tw_expire__v__out_t;

    typedef struct packed {
        toe_regs__counters__tw_expire__v__out_t v;
    } toe_regs__counters__tw_expire__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tw_delete__v__out_t;

    typedef struct packed {
        toe_regs__counters__tw_delete__v__out_t v;
    } toe_regs__counters__tw_delete__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tw_lookup__v__out_t;

    typedef struct packed {
        toe_regs__counters__tw_lookup__v__out_t v;
    } toe_regs__counters__tw_lookup__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tw_hit__v__out_t;

    typedef struct packed {
        toe_regs__counters__tw_hit__v__out_t v;
    } toe_regs__counters__tw_hit__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tw_miss__v__out_t;

    typedef struct packed {
        toe_regs__counters__tw_miss__v__out_t v;
    } toe_regs__counters__tw_miss__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tw_probe__v__out_t;

    typedef struct packed {
        toe_regs__counters__tw_probe__v__out_t v;
    } toe_regs__counters__tw_probe__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tw_losing__v__out_t;

    typedef struct packed {
        toe_regs__counters__tw_losing__v__out_t v;
    } toe_regs__counters__tw_losing__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tw_recycle__v__out_t;

    typedef struct packed {
        toe_regs__counters__tw_recycle__v__out_t v;
    } toe_regs__counters__tw_recycle__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tw_reply__v__out_t;

    typedef struct packed {
        toe_regs__counters__tw_reply__v__out_t v;
    } toe_regs__counters__tw_reply__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tw_rst_out__v__out_t;

    typedef struct packed {
        toe_regs__counters__tw_rst_out__v__out_t v;
    } toe_regs__counters__tw_rst_out__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tw_limited__v__out_t;

    typedef struct packed {
        toe_regs__counters__tw_limited__v__out_t v;
    } toe_regs__counters__tw_limited__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__fw_commands__v__out_t;

    typedef struct packed {
        toe_regs__counters__fw_commands__v__out_t v;
    } toe_regs__counters__fw_commands__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__fw_refused__v__out_t;

    typedef struct packed {
        toe_regs__counters__fw_refused__v__out_t v;
    } toe_regs__counters__fw_refused__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__rx_drop_filtered__v__out_t;

    typedef struct packed {
        toe_regs__counters__rx_drop_filtered__v__out_t v;
    } toe_regs__counters__rx_drop_filtered__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tx_drop_stale__v__out_t;

    typedef struct packed {
        toe_regs__counters__tx_drop_stale__v__out_t v;
    } toe_regs__counters__tx_drop_stale__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tx_drop_nexthop__v__out_t;

    typedef struct packed {
        toe_regs__counters__tx_drop_nexthop__v__out_t v;
    } toe_regs__counters__tx_drop_nexthop__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__evq_lost__v__out_t;

    typedef struct packed {
        toe_regs__counters__evq_lost__v__out_t v;
    } toe_regs__counters__evq_lost__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__bump_lost__v__out_t;

    typedef struct packed {
        toe_regs__counters__bump_lost__v__out_t v;
    } toe_regs__counters__bump_lost__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tcp_no_ack__v__out_t;

    typedef struct packed {
        toe_regs__counters__tcp_no_ack__v__out_t v;
    } toe_regs__counters__tcp_no_ack__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__fault_stale__v__out_t;

    typedef struct packed {
        toe_regs__counters__fault_stale__v__out_t v;
    } toe_regs__counters__fault_stale__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__rx_mirrored__v__out_t;

    typedef struct packed {
        toe_regs__counters__rx_mirrored__v__out_t v;
    } toe_regs__counters__rx_mirrored__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tx_mirrored__v__out_t;

    typedef struct packed {
        toe_regs__counters__tx_mirrored__v__out_t v;
    } toe_regs__counters__tx_mirrored__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__mirror_lost__v__out_t;

    typedef struct packed {
        toe_regs__counters__mirror_lost__v__out_t v;
    } toe_regs__counters__mirror_lost__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__trace_records__v__out_t;

    typedef struct packed {
        toe_regs__counters__trace_records__v__out_t v;
    } toe_regs__counters__trace_records__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__trace_lost__v__out_t;

    typedef struct packed {
        toe_regs__counters__trace_lost__v__out_t v;
    } toe_regs__counters__trace_lost__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tcp_lost_retransmits__v__out_t;

    typedef struct packed {
        toe_regs__counters__tcp_lost_retransmits__v__out_t v;
    } toe_regs__counters__tcp_lost_retransmits__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tcp_paced__v__out_t;

    typedef struct packed {
        toe_regs__counters__tcp_paced__v__out_t v;
    } toe_regs__counters__tcp_paced__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__cc_summaries__v__out_t;

    typedef struct packed {
        toe_regs__counters__cc_summaries__v__out_t v;
    } toe_regs__counters__cc_summaries__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__cc_lost__v__out_t;

    typedef struct packed {
        toe_regs__counters__cc_lost__v__out_t v;
    } toe_regs__counters__cc_lost__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__cc_answers__v__out_t;

    typedef struct packed {
        toe_regs__counters__cc_answers__v__out_t v;
    } toe_regs__counters__cc_answers__out_t;

    typedef struct packed {
        logic [31:0] value;
    } toe_regs__counters__tw_event_lost__v__out_t;

    typedef struct packed {
        toe_regs__counters__tw_event_lost__v__out_t v;
    } toe_regs__counters__tw_event_lost__out_t;

    typedef struct packed {
        toe_regs__counters__rx_frames__out_t rx_frames;
        toe_regs__counters__rx_bytes__out_t rx_bytes;
        toe_regs__counters__rx_drop_error__out_t rx_drop_error;
        toe_regs__counters__rx_drop_runt__out_t rx_drop_runt;
        toe_regs__counters__rx_drop_oversize__out_t rx_drop_oversize;
        toe_regs__counters__rx_drop_overflow__out_t rx_drop_overflow;
        toe_regs__counters__rx_drop_checksum__out_t rx_drop_checksum;
        toe_regs__counters__rx_drop_loopback__out_t rx_drop_loopback;
        toe_regs__counters__rx_to_session__out_t rx_to_session;
        toe_regs__counters__rx_to_host__out_t rx_to_host;
        toe_regs__counters__rx_to_time_wait__out_t rx_to_time_wait;
        toe_regs__counters__rx_drop_stale__out_t rx_drop_stale;
        toe_regs__counters__rx_drop_disabled__out_t rx_drop_disabled;
        toe_regs__counters__rx_drop_ring_full__out_t rx_drop_ring_full;
        toe_regs__counters__rx_drop_event_full__out_t rx_drop_event_full;
        toe_regs__counters__rx_host_not_ip__out_t rx_host_not_ip;
        toe_regs__counters__rx_host_fragment__out_t rx_host_fragment;
        toe_regs__counters__rx_host_ip_options__out_t rx_host_ip_options;
        toe_regs__counters__rx_host_tcp_options__out_t rx_host_tcp_options;
        toe_regs__counters__rx_host_urgent__out_t rx_host_urgent;
        toe_regs__counters__tx_frames__out_t tx_frames;
        toe_regs__counters__tx_bytes__out_t tx_bytes;
        toe_regs__counters__tx_session_segs__out_t tx_session_segs;
        toe_regs__counters__tx_nic_frames__out_t tx_nic_frames;
        toe_regs__counters__tx_time_wait_replies__out_t tx_time_wait_replies;
        toe_regs__counters__tx_loop_frames__out_t tx_loop_frames;
        toe_regs__counters__tx_drop_guard__out_t tx_drop_guard;
        toe_regs__counters__tx_drop_bad_desc__out_t tx_drop_bad_desc;
        toe_regs__counters__tx_drop_dma__out_t tx_drop_dma;
        toe_regs__counters__tcp_segs_in__out_t tcp_segs_in;
        toe_regs__counters__tcp_bytes_in__out_t tcp_bytes_in;
        toe_regs__counters__tcp_bytes_out__out_t tcp_bytes_out;
        toe_regs__counters__tcp_acks_out__out_t tcp_acks_out;
        toe_regs__counters__tcp_delacks__out_t tcp_delacks;
        toe_regs__counters__tcp_retransmit_segs__out_t tcp_retransmit_segs;
        toe_regs__counters__tcp_retransmit_bytes__out_t tcp_retransmit_bytes;
        toe_regs__counters__tcp_dup_acks_in__out_t tcp_dup_acks_in;
        toe_regs__counters__tcp_fast_retransmits__out_t tcp_fast_retransmits;
        toe_regs__counters__tcp_rto__out_t tcp_rto;
        toe_regs__counters__tcp_persist_probes__out_t tcp_persist_probes;
        toe_regs__counters__tcp_keepalive_probes__out_t tcp_keepalive_probes;
        toe_regs__counters__tcp_ooo_in__out_t tcp_ooo_in;
        toe_regs__counters__tcp_ooo_drop__out_t tcp_ooo_drop;
        toe_regs__counters__tcp_duplicate_in__out_t tcp_duplicate_in;
        toe_regs__counters__tcp_out_of_window__out_t tcp_out_of_window;
        toe_regs__counters__tcp_paws_drop__out_t tcp_paws_drop;
        toe_regs__counters__tcp_challenge_acks__out_t tcp_challenge_acks;
        toe_regs__counters__tcp_challenge_limited__out_t tcp_challenge_limited;
        toe_regs__counters__tcp_rst_in__out_t tcp_rst_in;
        toe_regs__counters__tcp_rst_out__out_t tcp_rst_out;
        toe_regs__counters__tcp_data_after_close__out_t tcp_data_after_close;
        toe_regs__counters__tcp_ecn_ce_in__out_t tcp_ecn_ce_in;
        toe_regs__counters__tcp_ecn_reductions__out_t tcp_ecn_reductions;
        toe_regs__counters__tcp_parked__out_t tcp_parked;
        toe_regs__counters__tcp_timeouts__out_t tcp_timeouts;
        toe_regs__counters__tcp_closed__out_t tcp_closed;
        toe_regs__counters__events_in__out_t events_in;
        toe_regs__counters__pipe_stall_cycles__out_t pipe_stall_cycles;
        toe_regs__counters__bumps_in__out_t bumps_in;
        toe_regs__counters__bump_stale__out_t bump_stale;
        toe_regs__counters__bump_bad__out_t bump_bad;
        toe_regs__counters__stale_command__out_t stale_command;
        toe_regs__counters__lookup_insert__out_t lookup_insert;
        toe_regs__counters__lookup_insert_fail__out_t lookup_insert_fail;
        toe_regs__counters__lookup_delete__out_t lookup_delete;
        toe_regs__counters__evq_records__out_t evq_records;
        toe_regs__counters__evq_stall_cycles__out_t evq_stall_cycles;
        toe_regs__counters__irqs__out_t irqs;
        toe_regs__counters__dma_read_errors__out_t dma_read_errors;
        toe_regs__counters__dma_write_errors__out_t dma_write_errors;
        toe_regs__counters__dma_read_bytes__out_t dma_read_bytes;
        toe_regs__counters__dma_write_bytes__out_t dma_write_bytes;
        toe_regs__counters__tw_insert__out_t tw_insert;
        toe_regs__counters__tw_insert_fail__out_t tw_insert_fail;
        toe_regs__counters__tw_evict__out_t tw_evict;
        toe_regs__counters__tw_expire__out_t tw_expire;
        toe_regs__counters__tw_delete__out_t tw_delete;
        toe_regs__counters__tw_lookup__out_t tw_lookup;
        toe_regs__counters__tw_hit__out_t tw_hit;
        toe_regs__counters__tw_miss__out_t tw_miss;
        toe_regs__counters__tw_probe__out_t tw_probe;
        toe_regs__counters__tw_losing__out_t tw_losing;
        toe_regs__counters__tw_recycle__out_t tw_recycle;
        toe_regs__counters__tw_reply__out_t tw_reply;
        toe_regs__counters__tw_rst_out__out_t tw_rst_out;
        toe_regs__counters__tw_limited__out_t tw_limited;
        toe_regs__counters__fw_commands__out_t fw_commands;
        toe_regs__counters__fw_refused__out_t fw_refused;
        toe_regs__counters__rx_drop_filtered__out_t rx_drop_filtered;
        toe_regs__counters__tx_drop_stale__out_t tx_drop_stale;
        toe_regs__counters__tx_drop_nexthop__out_t tx_drop_nexthop;
        toe_regs__counters__evq_lost__out_t evq_lost;
        toe_regs__counters__bump_lost__out_t bump_lost;
        toe_regs__counters__tcp_no_ack__out_t tcp_no_ack;
        toe_regs__counters__fault_stale__out_t fault_stale;
        toe_regs__counters__rx_mirrored__out_t rx_mirrored;
        toe_regs__counters__tx_mirrored__out_t tx_mirrored;
        toe_regs__counters__mirror_lost__out_t mirror_lost;
        toe_regs__counters__trace_records__out_t trace_records;
        toe_regs__counters__trace_lost__out_t trace_lost;
        toe_regs__counters__tcp_lost_retransmits__out_t tcp_lost_retransmits;
        toe_regs__counters__tcp_paced__out_t tcp_paced;
        toe_regs__counters__cc_summaries__out_t cc_summaries;
        toe_regs__counters__cc_lost__out_t cc_lost;
        toe_regs__counters__cc_answers__out_t cc_answers;
        toe_regs__counters__tw_event_lost__out_t tw_event_lost;
    } toe_regs__counters__out_t;

    typedef struct packed {
        toe_regs__ctl__out_t ctl;
        toe_regs__rss__out_t rss;
        toe_regs__tcp__out_t tcp;
        toe_regs__tw__out_t tw;
        toe_regs__admin__out_t admin;
        toe_regs__trace__out_t trace;
        toe_regs__qpx__out_t [16-1:0] qp;
        toe_regs__dbx__out_t [16-1:0] db;
        toe_regs__admin_db__out_t admin_db;
        toe_regs__counters__out_t counters;
    } toe_regs__out_t;
endpackage
