#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Has tshark look at captures with checksum validation on: any bad checksum or malformed packet is an error.
set -euo pipefail

if [ $# -eq 0 ]; then
  echo 'error: no capture; run `make demo` first' >&2
  exit 1
fi
command -v tshark >/dev/null || { echo 'error: tshark is missing (Debian: apt-get install tshark)' >&2; exit 1; }

bad='_ws.malformed or ip.checksum.status == 0 or tcp.checksum.status == 0 or udp.checksum.status == 0'
bad+=' or icmp.checksum.status == 0 or icmpv6.checksum.status == 0'
for capture in "$@"; do
  options=()
  for protocol in ip tcp udp; do options+=(-o "$protocol.check_checksum:TRUE"); done
  found=$(tshark -n -r "$capture" "${options[@]}" -Y "$bad" 2>/dev/null)
  packets=$(tshark -n -r "$capture" "${options[@]}" 2>/dev/null | wc -l)
  if [ -n "$found" ] || [ "$packets" -eq 0 ]; then
    printf 'error: %s: %s packets, bad ones:\n%s\n' "$capture" "$packets" "$found" >&2
    exit 1
  fi
  echo "$capture: $packets packets, no bad checksum, no malformed packet"
done
