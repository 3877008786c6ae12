// SPDX-License-Identifier: Apache-2.0
// The two functions Verilator's FST writer takes from LZ4, served by the crate `verilated` (no system library needed).
#pragma once
#define LZ4_compressBound vlt_lz4_bound
#define LZ4_compress_default vlt_lz4_compress
extern "C" int vlt_lz4_bound(int size);
extern "C" int vlt_lz4_compress(const char* from, char* to, int size, int capacity);
