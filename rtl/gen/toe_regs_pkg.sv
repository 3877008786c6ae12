// SPDX-License-Identifier: Apache-2.0
// Generated from abi/regs.rdl by abi/exporter (`make gen`). Do not edit.
// Written by PeakRDL-regblock.

package toe_regs_pkg;

    localparam TOE_REGS_DATA_WIDTH = 32;
    localparam TOE_REGS_MIN_ADDR_WIDTH = 15;
    localparam TOE_REGS_SIZE = 'h41b0;

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
        logic [31:0] next;
    } toe_regs__ctl__evq_failed__v__in_t;

    typedef struct packed {
        toe_regs__ctl__evq_failed__v__in_t v;
    } toe_regs__ctl__evq_failed__in_t;

    typedef struct packed {
        toe_regs__ctl__status__in_t status;
        toe_regs__ctl__fw_heartbeat__in_t fw_heartbeat;
        toe_regs__ctl__fw_abi_hash_lo__in_t fw_abi_hash_lo;
        toe_regs__ctl__fw_abi_hash_hi__in_t fw_abi_hash_hi;
        toe_regs__ctl__now_us_lo__in_t now_us_lo;
        toe_regs__ctl__now_us_hi__in_t now_us_hi;
        toe_regs__ctl__evq_failed__in_t evq_failed;
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
        logic swwe;
    } toe_regs__qpx__txq_base_lo__v__in_t;

    typedef struct packed {
        toe_regs__qpx__txq_base_lo__v__in_t v;
    } toe_regs__qpx__txq_base_lo__in_t;

    typedef struct packed {
        logic swwe;
    } toe_regs__qpx__txq_base_hi__v__in_t;

    typedef struct packed {
        toe_regs__qpx__txq_base_hi__v__in_t v;
    } toe_regs__qpx__txq_base_hi__in_t;

    typedef struct packed {
        logic swwe;
    } toe_regs__qpx__bmq_base_lo__v__in_t;

    typedef struct packed {
        toe_regs__qpx__bmq_base_lo__v__in_t v;
    } toe_regs__qpx__bmq_base_lo__in_t;

    typedef struct packed {
        logic swwe;
    } toe_regs__qpx__bmq_base_hi__v__in_t;

    typedef struct packed {
        toe_regs__qpx__bmq_base_hi__v__in_t v;
    } toe_regs__qpx__bmq_base_hi__in_t;

    typedef struct packed {
        logic swwe;
    } toe_regs__qpx__rxr_base_lo__v__in_t;

    typedef struct packed {
        toe_regs__qpx__rxr_base_lo__v__in_t v;
    } toe_regs__qpx__rxr_base_lo__in_t;

    typedef struct packed {
        logic swwe;
    } toe_regs__qpx__rxr_base_hi__v__in_t;

    typedef struct packed {
        toe_regs__qpx__rxr_base_hi__v__in_t v;
    } toe_regs__qpx__rxr_base_hi__in_t;

    typedef struct packed {
        logic swwe;
    } toe_regs__qpx__evq_base_lo__v__in_t;

    typedef struct packed {
        toe_regs__qpx__evq_base_lo__v__in_t v;
    } toe_regs__qpx__evq_base_lo__in_t;

    typedef struct packed {
        logic swwe;
    } toe_regs__qpx__evq_base_hi__v__in_t;

    typedef struct packed {
        toe_regs__qpx__evq_base_hi__v__in_t v;
    } toe_regs__qpx__evq_base_hi__in_t;

    typedef struct packed {
        logic swwe;
    } toe_regs__qpx__config__txq_log2__in_t;

    typedef struct packed {
        logic swwe;
    } toe_regs__qpx__config__bmq_log2__in_t;

    typedef struct packed {
        logic swwe;
    } toe_regs__qpx__config__rxr_log2__in_t;

    typedef struct packed {
        logic swwe;
    } toe_regs__qpx__config__slot_log2__in_t;

    typedef struct packed {
        logic swwe;
    } toe_regs__qpx__config__evq_log2__in_t;

    typedef struct packed {
        logic swwe;
    } toe_regs__qpx__config__vector__in_t;

    typedef struct packed {
        logic swwe;
    } toe_regs__qpx__config__enable__in_t;

    typedef struct packed {
        toe_regs__qpx__config__txq_log2__in_t txq_log2;
        toe_regs__qpx__config__bmq_log2__in_t bmq_log2;
        toe_regs__qpx__config__rxr_log2__in_t rxr_log2;
        toe_regs__qpx__config__slot_log2__in_t slot_log2;
        toe_regs__qpx__config__evq_log2__in_t evq_log2;
        toe_regs__qpx__config__vector__in_t vector;
        toe_regs__qpx__config__enable__in_t enable;
    } toe_regs__qpx__config__in_t;

    typedef struct packed {
        logic swwe;
    } toe_regs__qpx__irq__moderation_us__in_t;

    typedef struct packed {
        toe_regs__qpx__irq__moderation_us__in_t moderation_us;
    } toe_regs__qpx__irq__in_t;

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
        toe_regs__qpx__txq_base_lo__in_t txq_base_lo;
        toe_regs__qpx__txq_base_hi__in_t txq_base_hi;
        toe_regs__qpx__bmq_base_lo__in_t bmq_base_lo;
        toe_regs__qpx__bmq_base_hi__in_t bmq_base_hi;
        toe_regs__qpx__rxr_base_lo__in_t rxr_base_lo;
        toe_regs__qpx__rxr_base_hi__in_t rxr_base_hi;
        toe_regs__qpx__evq_base_lo__in_t evq_base_lo;
        toe_regs__qpx__evq_base_hi__in_t evq_base_hi;
        toe_regs__qpx__config__in_t config_;
        toe_regs__qpx__irq__in_t irq;
        toe_regs__qpx__txq_head__in_t txq_head;
        toe_regs__qpx__bmq_head__in_t bmq_head;
        toe_regs__qpx__rxr_tail__in_t rxr_tail;
        toe_regs__qpx__evq_tail__in_t evq_tail;
    } toe_regs__qpx__in_t;

    typedef struct packed {
        logic swwe;
    } toe_regs__dbx__txq_tail__v__in_t;

    typedef struct packed {
        toe_regs__dbx__txq_tail__v__in_t v;
    } toe_regs__dbx__txq_tail__in_t;

    typedef struct packed {
        logic swwe;
    } toe_regs__dbx__bmq_tail__v__in_t;

    typedef struct packed {
        toe_regs__dbx__bmq_tail__v__in_t v;
    } toe_regs__dbx__bmq_tail__in_t;

    typedef struct packed {
        logic swwe;
    } toe_regs__dbx__rxr_head__v__in_t;

    typedef struct packed {
        toe_regs__dbx__rxr_head__v__in_t v;
    } toe_regs__dbx__rxr_head__in_t;

    typedef struct packed {
        logic swwe;
    } toe_regs__dbx__evq_head__v__in_t;

    typedef struct packed {
        toe_regs__dbx__evq_head__v__in_t v;
    } toe_regs__dbx__evq_head__in_t;

    typedef struct packed {
        toe_regs__dbx__txq_tail__in_t txq_tail;
        toe_regs__dbx__bmq_tail__in_t bmq_tail;
        toe_regs__dbx__rxr_head__in_t rxr_head;
        toe_regs__dbx__evq_head__in_t evq_head;
    } toe_regs__dbx__in_t;

    typedef struct packed {
        logic rd_ack;
        logic [31:0] rd_data;
        logic wr_ack;
    } toe_regs__counters__in_t;

    typedef struct packed {
        toe_regs__id__in_t id;
        toe_regs__ctl__in_t ctl;
        toe_regs__tw__in_t tw;
        toe_regs__trace__in_t trace;
        toe_regs__qpx__in_t [16-1:0] qp;
        toe_regs__dbx__in_t [16-1:0] db;
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
        logic req;
        logic [8:0] addr;
        logic req_is_wr;
        logic [31:0] wr_data;
        logic [31:0] wr_biten;
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
