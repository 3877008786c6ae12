// SPDX-License-Identifier: Apache-2.0
// The two functions Verilator's FST writer takes from zlib, served by the crate `verilated` (no system library needed).
#pragma once
typedef unsigned char Bytef;
typedef unsigned long uLong;
typedef unsigned long uLongf;
#define Z_OK 0
#define compressBound vlt_zlib_bound
#define compress2 vlt_zlib_compress
extern "C" uLong vlt_zlib_bound(uLong size);
extern "C" int vlt_zlib_compress(Bytef* to, uLongf* capacity, const Bytef* from, uLong size, int level);
