# SPDX-License-Identifier: Apache-2.0
"""Reference for the network blocks: builds frames, and says what the receive path must make of any bytes.

Written from the RFCs, with plain arithmetic and no sharing with the RTL's shortcuts.
"""
import struct

NO_SESSION, NOT_IP, NOT_TCP, FRAGMENT, IP_OPTIONS, TCP_OPTIONS, URGENT, SYN = range(8)
BAD_CHECKSUM, MALFORMED = 12, 13
NOT_CHECKED, GOOD, BAD, NOT_PRESENT = range(4)
FIN_F, SYN_F, RST_F, PSH_F, ACK_F, URG_F, ECE_F, CWR_F = (1 << i for i in range(8))

MS_KEY = bytes.fromhex(
    "6d5a56da255b0ec24167253d43a38fb0d0ca2bcbae7b30b477cb2da38030f20c6a42b73bbeac01fa"
)


def csum(data, start=0):
    """RFC 1071 sum, folded, not complemented."""
    total = start
    if len(data) % 2:
        data = data + b"\0"
    for (word,) in struct.iter_unpack("!H", data):
        total += word
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return total


def pseudo(src, dst, proto, length):
    if len(src) == 4:
        return src + dst + struct.pack("!BBH", 0, proto, length)
    return src + dst + struct.pack("!IHBB", length, 0, 0, proto)


def toeplitz(key, data):
    """Bit by bit, as Microsoft's text puts it."""
    key_int, key_bits = int.from_bytes(key, "big"), len(key) * 8
    result = 0
    for i in range(len(data) * 8):
        if data[i // 8] >> (7 - i % 8) & 1:
            result ^= (key_int >> (key_bits - 32 - i)) & 0xFFFFFFFF
    return result


def ether(payload, etype, dst=b"\x02\0\0\0\0\x01", src=b"\x02\0\0\0\0\x02", vlan=None):
    tag = b"" if vlan is None else struct.pack("!HH", 0x8100, vlan)
    return dst + src + tag + struct.pack("!H", etype) + payload


def ipv4(src, dst, proto, payload, options=b"", frag=0, tos=0, ident=0, ttl=64, length=None, version=4, ihl=None, bad=0):
    options += b"\0" * (-len(options) % 4)
    ihl = 5 + len(options) // 4 if ihl is None else ihl
    length = 20 + len(options) + len(payload) if length is None else length
    head = struct.pack("!BBHHHBBH", version << 4 | ihl, tos, length, ident, frag, ttl, proto, 0) + src + dst + options
    check = csum(head) ^ 0xFFFF ^ bad
    return head[:10] + struct.pack("!H", check) + head[12:] + payload


def ipv6(src, dst, proto, payload, tc=0, flow=0, hops=64, length=None, version=6):
    length = len(payload) if length is None else length
    return struct.pack("!IHBB", version << 28 | tc << 20 | flow, length, proto, hops) + src + dst + payload


def tcp(src, dst, sport, dport, seq, ack, flags, wnd, payload=b"", options=b"", urg=0, bad=0, doff=None):
    options += b"\0" * (-len(options) % 4)
    doff = 5 + len(options) // 4 if doff is None else doff
    head = struct.pack("!HHIIBBHHH", sport, dport, seq, ack, doff << 4, flags, wnd, 0, urg) + options
    check = csum(pseudo(src, dst, 6, len(head) + len(payload)) + head + payload) ^ 0xFFFF ^ bad
    return head[:16] + struct.pack("!H", check) + head[18:] + payload


def udp(src, dst, sport, dport, payload=b"", bad=0, zero=False, length=None):
    length = 8 + len(payload) if length is None else length
    head = struct.pack("!HHHH", sport, dport, length, 0)
    check = csum(pseudo(src, dst, 17, 8 + len(payload)) + head + payload) ^ 0xFFFF
    check = 0 if zero else ((check or 0xFFFF) ^ bad)
    return head[:6] + struct.pack("!H", check) + payload


def opt_ts(val, ecr):
    return struct.pack("!BBII", 8, 10, val, ecr)


def opt_sack(blocks):
    return bytes([5, 2 + 8 * len(blocks)]) + b"".join(struct.pack("!II", *b) for b in blocks)


def is_mcast(addr):
    return addr[0] == 0xFF if len(addr) == 16 else (addr[0] >> 4 == 0xE or addr == b"\xff" * 4)


def is_loop(addr):
    return addr == b"\0" * 15 + b"\x01" if len(addr) == 16 else addr[0] == 127


def syn_timestamp(o):
    """The timestamp among a SYN's options; what makes no sense ends the search."""
    found, i = {}, 0
    while i < len(o) and o[i]:
        if o[i] == 1:
            i += 1
            continue
        if i + 1 >= len(o) or o[i + 1] < 2 or i + o[i + 1] > len(o) or (o[i] == 8 and o[i + 1] != 10):
            break
        if o[i] == 8:
            found = dict(ts_ok=1, ts_val=int.from_bytes(o[i + 2 : i + 6], "big"), ts_ecr=int.from_bytes(o[i + 6 : i + 10], "big"))
        i += o[i + 1]
    return found


def parse_options(data):
    """(result dict or None, 'unknown' | 'malformed' | None)"""
    out = dict(ts_ok=0, ts_val=0, ts_ecr=0, sack=[])
    i = 0
    while i < len(data):
        kind = data[i]
        if kind == 0:
            break
        if kind == 1:
            i += 1
            continue
        if kind not in (5, 8):
            return None, "unknown"
        if i + 1 >= len(data):
            return None, "malformed"
        length = data[i + 1]
        body = data[i + 2 : i + length]
        if kind == 8:
            if length != 10 or len(body) != 8:
                return None, "malformed"
            out["ts_ok"] = 1
            out["ts_val"], out["ts_ecr"] = struct.unpack("!II", body)
        else:
            if length not in (10, 18, 26, 34) or len(body) != length - 2:
                return None, "malformed"
            out["sack"] = [struct.unpack_from("!II", body, 8 * k) for k in range((length - 2) // 8)]
        i += length
    return out, None


class Ctl:
    """The settings that the receive path looks at."""

    def __init__(self, **kw):
        self.rx_enable = self.tx_enable = self.session_enable = self.tw_enable = 1
        self.pass_bad_csum = 0
        self.promiscuous = 1
        self.mac = b"\x02\0\0\0\0\x01"
        self.key = MS_KEY
        self.hash_ipv4 = self.hash_ipv4_tcp = self.hash_ipv6 = self.hash_ipv6_tcp = 1
        self.indirection = [i % 4 for i in range(128)]
        self.__dict__.update(kw)

    def word(self):
        """toe_pkg::net_ctl_t"""
        out = 0
        for name in ("rx_enable", "tx_enable", "session_enable", "tw_enable", "pass_bad_csum", "promiscuous"):
            out = out << 1 | getattr(self, name)
        out = out << 48 | int.from_bytes(self.mac, "big")
        out = out << 320 | int.from_bytes(self.key, "big")
        for name in ("hash_ipv4", "hash_ipv4_tcp", "hash_ipv6", "hash_ipv6_tcp"):
            out = out << 1 | getattr(self, name)
        for i in reversed(range(128)):
            out = out << 4 | self.indirection[i]
        return out


def expect(frame, ctl, max_frame, injected=False, bad=False):
    """What the receive path must do: (drop counter or None, stripped frame, metadata)."""
    if not injected and not ctl.rx_enable:
        return "rx_drop_disabled", frame, None
    if bad:
        return "rx_drop_error", frame, None
    if len(frame) > max_frame:
        return "rx_drop_oversize", frame, None
    m = dict(
        is_tcp=0, reason=NO_SESSION, ip_csum=NOT_CHECKED, l4_csum=NOT_CHECKED, vlan_present=0, vlan_tci=0, injected=int(injected),
        ce=0, mcast=0, l3_off=14, l4_off=0, payload_off=0, payload_len=0, ipv6=0, laddr=0, raddr=0, lport=0, rport=0, hash=0,
        seq=0, ack=0, flags=0, wnd=0, ts_ok=0, ts_val=0, ts_ecr=0, sack=[],
    )
    if len(frame) >= 16 and frame[12:14] == b"\x81\0":
        m["vlan_present"], m["vlan_tci"] = 1, struct.unpack("!H", frame[14:16])[0]
        frame = frame[:12] + frame[16:]
    m["frame_len"] = len(frame)
    if len(frame) < 14:
        return "rx_drop_runt", frame, None
    m["dst_mac"], m["src_mac"] = int.from_bytes(frame[:6], "big"), int.from_bytes(frame[6:12], "big")
    m["mcast"] = frame[0] & 1
    filtered = not ctl.promiscuous and not injected and not frame[0] & 1 and frame[:6] != ctl.mac
    etype = struct.unpack("!H", frame[12:14])[0]
    if etype not in (0x0800, 0x86DD):
        m["reason"] = NOT_IP
        m["qp"] = ctl.indirection[0]
        return ("rx_drop_filtered" if filtered else None), frame, m
    ip = frame[14:]
    v6 = etype == 0x86DD
    if len(ip) < (40 if v6 else 20):
        return "rx_drop_runt", frame, None
    if v6:
        malformed = ip[0] >> 4 != 6
        hlen, total = 40, 40 + struct.unpack("!H", ip[4:6])[0]
        proto, src, dst = ip[6], ip[8:24], ip[24:40]
        fragment, options = proto == 44, proto in (0, 43, 51, 60, 135, 139, 140)
        ce = (ip[0] << 8 | ip[1]) >> 4 & 3 == 3
    else:
        hlen, total = (ip[0] & 15) * 4, struct.unpack("!H", ip[2:4])[0]
        malformed = ip[0] >> 4 != 4 or hlen < 20 or total < hlen
        proto, src, dst = ip[9], ip[12:16], ip[16:20]
        frag = struct.unpack("!H", ip[6:8])[0]
        fragment, options = bool(frag & 0x3FFF), hlen > 20
        ce = ip[1] & 3 == 3
    if malformed:
        m["reason"] = MALFORMED
        m["qp"] = ctl.indirection[0]
        return ("rx_drop_filtered" if filtered else None), frame, m
    if total > len(ip):
        return "rx_drop_runt", frame, None
    l4 = ip[hlen:total]
    m.update(
        ipv6=int(v6), laddr=int.from_bytes(dst, "big"), raddr=int.from_bytes(src, "big"), l4_off=14 + hlen, payload_off=14 + hlen,
        payload_len=len(l4), ce=int(ce), mcast=int(bool(frame[0] & 1) or is_mcast(src) or is_mcast(dst)),
    )
    ip_bad = False
    if v6:
        m["ip_csum"] = NOT_PRESENT
    else:
        ip_bad = csum(ip[:hlen]) != 0xFFFF
        m["ip_csum"] = BAD if ip_bad else GOOD
    is_t, is_u = proto == 6, proto == 17
    bad_t = is_u and len(l4) < 8
    if is_t:
        bad_t = len(l4) < 20 or (not options and ((l4[12] >> 4) < 5 or (l4[12] >> 4) * 4 > len(l4)))
    ports = b""
    if (is_t or is_u) and not fragment and not bad_t:
        m["rport"], m["lport"] = struct.unpack("!HH", l4[:4])
        if is_t:
            ports = l4[:4]
        if is_u:
            m["payload_off"] += 8
            m["payload_len"] -= 8
        elif not options:
            m["payload_off"] += (l4[12] >> 4) * 4
            m["payload_len"] -= (l4[12] >> 4) * 4
        if is_u and not v6 and l4[6:8] == b"\0\0":
            m["l4_csum"] = NOT_PRESENT
        elif ip_bad or (is_u and struct.unpack("!H", l4[4:6])[0] != len(l4)):
            m["l4_csum"] = NOT_CHECKED
        else:
            m["l4_csum"] = GOOD if csum(pseudo(src, dst, proto, len(l4)) + l4) == 0xFFFF else BAD
        if is_t and not options:
            m["seq"], m["ack"] = struct.unpack("!II", l4[4:12])
            m["flags"], m["wnd"] = l4[13], struct.unpack("!H", l4[14:16])[0]
    any_bad = ip_bad or m["l4_csum"] == BAD
    mapped = b"\0" * 10 + b"\xff\xff"
    drop = None
    if any_bad and not ctl.pass_bad_csum:
        drop = "rx_drop_checksum"
    elif not injected and (is_loop(src) or is_loop(dst) or not any(dst) or (is_t and not any(src))):
        drop = "rx_drop_loopback"
    elif filtered:
        drop = "rx_drop_filtered"
    if bad_t and not fragment:
        m["reason"] = MALFORMED
    elif any_bad:
        m["reason"] = BAD_CHECKSUM
    elif fragment:
        m["reason"] = FRAGMENT
    elif options:
        m["reason"] = IP_OPTIONS
    elif not is_t:
        m["reason"] = NOT_TCP
    elif v6 and (src[:12] == mapped or dst[:12] == mapped):
        m["reason"] = MALFORMED
    elif m["flags"] & URG_F:
        m["reason"] = URGENT
    elif m["flags"] & SYN_F:
        m["reason"], m["is_tcp"] = SYN, 1
        m.update(syn_timestamp(l4[20 : (l4[12] >> 4) * 4]))
    else:
        opts, why = parse_options(l4[20 : (l4[12] >> 4) * 4])
        if why:
            m["reason"] = MALFORMED if why == "malformed" else TCP_OPTIONS
        else:
            m["is_tcp"] = 1
            m.update(opts)
    # What a session may take is hashed with its ports whatever the settings: the lookup depends on it.
    with_ports = bool(ports) and (m["is_tcp"] or (ctl.hash_ipv6_tcp if v6 else ctl.hash_ipv4_tcp))
    if with_ports or (ctl.hash_ipv6 if v6 else ctl.hash_ipv4):
        m["hash"] = toeplitz(ctl.key, src + dst + (ports if with_ports else b""))
    m["qp"] = ctl.indirection[m["hash"] & 127]
    return drop, frame, m
