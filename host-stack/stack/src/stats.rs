// SPDX-License-Identifier: Apache-2.0
//! Counters of the stack: every drop and refusal has its name.

macro_rules! stats {
    ($($name:ident,)*) => {
        /// Frames and packets, by what became of them.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub struct Stats {
            $(pub $name: u64,)*
        }

        impl Stats {
            /// Every counter with its name.
            pub fn iter(&self) -> impl Iterator<Item = (&'static str, u64)> + use<> {
                [$((stringify!($name), self.$name),)*].into_iter()
            }

            /// Adds those of another stack.
            pub fn add(&mut self, other: &Self) {
                $(self.$name += other.$name;)*
            }
        }
    };
}

stats! {
    rx_no_interface,
    rx_interface_down,
    rx_runt,
    rx_other_host,
    rx_unknown_vlan,
    rx_unknown_ethertype,
    rx_family_absent,
    rx_arp,
    arp_malformed,
    arp_bad_length,
    arp_own_address,
    arp_conflict,
    rx_ip,
    ip_malformed,
    ip_bad_checksum,
    ip_martian,
    ip_bad_scope,
    ip_not_ours,
    ip_fragment,
    ip_fragment_bad,
    ip_reassembled,
    ip_unknown_protocol,
    rx_tcp,
    tcp_malformed,
    tcp_bad_checksum,
    tcp_signature_good,
    tcp_signature_wrong,
    tcp_signature_missing,
    tcp_signature_unexpected,
    tcp_signature_built,
    tcp_no_socket,
    tcp_resets_sent,
    tcp_resets_limited,
    tcp_vain_syn,
    tcp_vain_other,
    tcp_caught,
    tcp_caught_overflow,
    tcp_time_wait_answers,
    tcp_time_wait_recycled,
    rx_udp,
    udp_malformed,
    udp_bad_checksum,
    udp_no_socket,
    udp_queue_full,
    rx_icmp,
    icmp_queue_drops,
    icmp_malformed,
    icmp_bad_checksum,
    icmp_echo_replies,
    icmp_errors_sent,
    icmp_errors_limited,
    icmp_out_of_window,
    icmp_pmtu_lowered,
    icmp_pmtu_ignored,
    icmp_redirect_accepted,
    icmp_redirect_refused,
    nd_malformed,
    nd_received,
    tx_egress_guard,
    tx_queue_full,
    tx_no_neighbour_room,
    tx_unreachable,
    tx_looped,
    tx_loop_full,
    sw_checksums,
    hw_checksums,
    sw_segmented,
    shard_forwarded,
    shard_taught,
    shard_held,
    shard_dropped,
}
