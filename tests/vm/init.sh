#!/bin/busybox sh
# SPDX-License-Identifier: Apache-2.0
# The virtual machine's only program: binds the device with the kernel's own vfio-pci and runs the real driver on it.
# Every step prints "@@ NAME begin", waits for a line, and prints "@@ NAME end CODE"; tests/vm/run.py is at the other end of
# the serial line, and looks at the simulator from outside before it sends the line.

/bin/busybox mkdir -p /proc /sys /dev /tmp /bin /sbin
/bin/busybox --install -s /bin
export PATH=/bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
echo 4 > /proc/sys/kernel/printk
# What is sent to us does not come back between our own lines.
stty -echo
# The firmware leaves the cursor anywhere.
echo

. /parameters
DEVICE="vfio:$ADDRESS"

step() {
  name=$1; shift
  echo "@@ $name begin"
  read -r _
  "$@"
  echo "@@ $name end $?"
}

modules() {
  while read -r module; do insmod "/modules/$module" || return 1; done < /modules/order
  ls -l /dev/vfio/vfio
  # Driver and device share them: one huge page holds a chunk of session rings.
  echo 16 > /sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages
  grep -H . /sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages
  dmesg | grep -i -e DMAR -e iommu | tail -n 5
}

# Without vfio-pci the tool must say what to do.
before() {
  toe device info "$ADDRESS"
  toe device probe --device "$DEVICE" && return 1
  toe device list
}

bound() {
  toe device bind "$ADDRESS" && toe device info "$ADDRESS" && toe device probe --device "$DEVICE"
}

# Runs a command that has to fail and to say this.
fails_saying() {
  wanted=$1; shift
  out=$("$@" 2>&1) && { echo "$out"; echo "it did not fail"; return 1; }
  echo "$out"
  echo "$out" | grep -qF "$wanted" || { echo "it does not say: $wanted"; return 1; }
}

# An ordinary user: what is missing, each with its fix; then the device without any privilege.
user() {
  file=/dev/vfio/$(basename "$(readlink "/sys/bus/pci/devices/$ADDRESS/iommu_group")")
  probe="toe device probe --device $DEVICE"
  fails_saying "chown \$USER $file" su user -c "$probe" || return 1
  chown user "$file"
  fails_saying "ulimit -l unlimited" su user -c "ulimit -l 64; $probe" || return 1
  fails_saying "for root to say" su user -c "toe device unbind $ADDRESS" || return 1
  (ulimit -l unlimited; su user -c "$probe") || return 1
  chown root "$file"
}

PEER="--connect 10.0.0.2:5001 --connect [fd00::2]:5002"
transfer() { toe device transfer --device "$DEVICE" $PEER "$@"; }

# A transfer in the background that does not end by itself.
endless() {
  # The program itself, not a shell around it: it will be killed.
  toe device transfer --device "$DEVICE" $PEER --bytes 1000000000000 --limit 300 > /tmp/endless 2>&1 &
  victim=$!
  sleep "$LOAD_SECONDS"
  kill -0 $victim
}

killed() {
  endless || return 1
  free=$(cat /sys/kernel/mm/hugepages/hugepages-2048kB/free_hugepages)
  echo "huge pages: $free of 16 free"
  [ "$free" -lt 16 ] || return 1
  fails_saying "in use by another process" toe device probe --device "$DEVICE" || return 1
  kill -9 $victim
  wait $victim
  echo "@@ dead"
  read -r _
  sleep 2
  toe device info "$ADDRESS" | tee /tmp/info
  grep -q 'bus mastering off' /tmp/info
}

unbound() {
  endless || return 1
  toe device unbind "$ADDRESS" || return 1
  wait $victim
  code=$?
  cat /tmp/endless
  [ $code = 1 ] || { echo "the transfer ended with $code"; return 1; }
  toe device bind "$ADDRESS"
}

step early before
step modules modules
step bind bound
step user user
step vectors toe device vectors --device "$DEVICE"
step latency toe device latency --device "$DEVICE" --count 200
# Each with bytes of its own: their hash tells the connections of the peer apart.
step transfer transfer --seed 11 --bytes "$BYTES"
step reset transfer --seed 12 --bytes "$SMALL_BYTES" --reset-after "$RESET_AFTER"
step kill killed
step after-kill transfer --seed 13 --bytes "$SMALL_BYTES"
step fault toe device fault --device "$DEVICE" --connect 10.0.0.2:5001
step unbind unbound
step after-unbind transfer --seed 14 --bytes "$SMALL_BYTES"
dmesg | grep -i -e 'vfio' -e 'DMAR:.*fault' -e 'BUG' -e 'Call Trace' | tail -n 20
echo "@@ done"
poweroff -f
