// SPDX-License-Identifier: Apache-2.0
//! Arithmetic that RV32IM has no instruction for, by the ones that it has: a 64-bit division of the compiler's library takes
//! some 500 cycles on the core, and a summary needs several.

/// 1/C of CUBIC in ms³ for one segment: 10⁹/0.4.
pub(crate) const MS3_PER_SEGMENT: u32 = 2_500_000_000;
/// cbrt(2⁶⁴ − 1).
pub(crate) const MAX_CBRT: u32 = 2_642_245;

/// The lower word, saturated.
#[allow(clippy::cast_possible_truncation)] // saturated first
pub(crate) const fn low(x: u64) -> u32 {
    if x > u32::MAX as u64 { u32::MAX } else { x as u32 }
}

#[allow(clippy::cast_possible_truncation)] // halves are what is wanted
const fn halves(x: u64) -> (u32, u32) {
    ((x >> 32) as u32, x as u32)
}

/// `n / d`; `n` where `d` is 0.
pub(crate) const fn div(n: u64, d: u32) -> u64 {
    if d == 0 {
        return n;
    }
    let (high, lower) = halves(n);
    ((high / d) as u64) << 32 | long(high % d, lower, d) as u64
}

/// (high · 2³² + lower) / d for high < d: schoolbook division by digits of 16 bits (Knuth, The Art of Computer Programming
/// vol. 2, 4.3.1, algorithm D).
const fn long(high: u32, lower: u32, d: u32) -> u32 {
    if high == 0 {
        return lower / d;
    }
    let shift = d.leading_zeros();
    let d = d << shift;
    let (d1, d0) = (d >> 16, d & 0xffff);
    // The shift by 32 − 0 would be none.
    let n2 = high << shift | if shift == 0 { 0 } else { lower >> (32 - shift) };
    let n10 = lower << shift;
    let (q1, rest) = digit(n2, n10 >> 16, d, d1, d0);
    let (q0, _) = digit(rest, n10 & 0xffff, d, d1, d0);
    q1 << 16 | q0
}

/// One digit of the quotient of (n · 2¹⁶ + next) / d, and the rest; n < d, d's highest bit is set.
const fn digit(n: u32, next: u32, d: u32, d1: u32, d0: u32) -> (u32, u32) {
    let mut q = n / d1;
    let mut r = n - q * d1;
    // The guess is at most two too large.
    while q > 0xffff || q * d0 > (r << 16 | next) {
        q -= 1;
        r += d1;
        if r > 0xffff {
            break;
        }
    }
    let rest = (n << 16).wrapping_add(next).wrapping_sub(q.wrapping_mul(d));
    (q, rest)
}

/// The upper 64 bits of a product.
const fn mul_high(a: u64, b: u64) -> u64 {
    let ((a1, a0), (b1, b0)) = (halves(a), halves(b));
    let (a1, a0, b1, b0) = (a1 as u64, a0 as u64, b1 as u64, b0 as u64);
    let middle = a1 * b0 + ((a0 * b0) >> 32);
    let carry = (middle & 0xffff_ffff) + a0 * b1;
    a1 * b1 + (middle >> 32) + (carry >> 32)
}

/// `x / MS3_PER_SEGMENT` by multiplication with 2⁹⁵/2.5·10⁹, rounded up: exact, or one too large for the very largest.
pub(crate) const fn per_segment(x: u64) -> u64 {
    mul_high(x, 15_845_632_502_852_867_519) >> 31
}

/// Integer cube root, rounded down.
pub(crate) fn cbrt(x: u64) -> u32 {
    let mut root = 0_u32;
    let mut bit = 1_u32 << 21;
    while bit > 0 {
        let r = root | bit;
        let square = u64::from(r) * u64::from(r);
        if r <= MAX_CBRT && square * u64::from(r) <= x {
            root = r;
        }
        bit >>= 1;
    }
    root
}
