# SPDX-License-Identifier: Apache-2.0
"""Layouts of the packed structs of rtl/pkg/toe_pkg.sv, for benches."""
from stream_bfm import Packed

TCP_HDR = [("seq", 32), ("ack", 32), ("flags", 8), ("wnd", 16), ("ts_ok", 1), ("ts_val", 32), ("ts_ecr", 32), ("sack_n", 3),
           ("sack", 256)]
MIRROR_NOTE = [("note_handle", 32), ("note_qp", 4), ("note_len", 16)]
TUPLE = [("ipv6", 1), ("laddr", 128), ("raddr", 128), ("lport", 16), ("rport", 16)]
META_FIELDS = [
    ("frame_len", 16), ("is_tcp", 1), ("reason", 8), ("ip_csum", 2), ("l4_csum", 2), ("vlan_present", 1), ("vlan_tci", 16),
    ("injected", 1), ("ce", 1), ("mcast", 1), ("l3_off", 8), ("l4_off", 8), ("payload_off", 8), ("payload_len", 16),
    *TUPLE, ("hash", 32), ("qp", 4), *TCP_HDR, ("dst_mac", 48), ("src_mac", 48),
]
META = Packed(*META_FIELDS)
WORK = Packed(*META_FIELDS, ("hit", 1), ("slot", 16), ("tw", 2))
LK_REQ = Packed(("op", 1), ("slot", 16), *TUPLE)
SEG = Packed(
    ("dst_mac", 48), ("src_mac", 48), ("vlan_present", 1), ("vlan_tci", 16), *TUPLE,
    ("ttl", 8), ("tos", 8), ("df", 1), ("ip_id", 16), ("flow_label", 20), ("payload_len", 16), *TCP_HDR,
    ("mirror", 1), *MIRROR_NOTE,
)
FRAME = Packed(("hdr", 1024), ("hdr_len", 8), ("payload_len", 16), ("l4_csum", 1), ("udp", 1), ("l4_off", 8), ("csum_off", 8),
               ("pseudo", 20), ("loop", 1), ("mirror", 1), *MIRROR_NOTE)
QP_CTL = Packed(
    ("enable", 1), ("txq_base", 64), ("bmq_base", 64), ("rxr_base", 64), ("evq_base", 64), ("txq_log2", 4), ("bmq_log2", 4), ("rxr_log2", 4),
    ("slot_log2", 4), ("evq_log2", 5), ("vector", 6), ("moderation_us", 16), ("txq_tail", 32), ("bmq_tail", 32), ("rxr_head", 32),
    ("evq_head", 32), ("evq_head_we", 1),
)
RD_CMD = Packed(("client", 3), ("addr", 64), ("len", 20))
