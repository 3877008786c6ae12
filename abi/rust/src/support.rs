// SPDX-License-Identifier: Apache-2.0
//! What the generated modules share: bit fields in little-endian words, typed register offsets, errors.

use core::fmt;
use core::marker::PhantomData;

/// A field holds a value that its enumeration does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invalid {
    /// Name of the field, or of the enumeration when a bare value was converted.
    pub field: &'static str,
    /// Byte offset of the field in its structure.
    pub offset: u16,
    /// The value found.
    pub value: u32,
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "field {} (byte {}) has no meaning for value {}",
            self.field, self.offset, self.value
        )
    }
}

impl core::error::Error for Invalid {}

/// A value needs more bits than its field has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfRange {
    /// Name of the field.
    pub field: &'static str,
    /// The value given.
    pub value: u64,
    /// Bits that the field has.
    pub width: u32,
}

impl fmt::Display for OutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} does not fit the {} bits of field {}", self.value, self.width, self.field)
    }
}

impl core::error::Error for OutOfRange {}

/// Where a field lies in a structure. Bit 0 is bit 0 of byte 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Name as in `abi/*.rdl`.
    pub name: &'static str,
    /// First bit, of element 0 when it is an array.
    pub lsb: u32,
    /// Bits.
    pub width: u32,
    /// Elements; 1 when it is no array.
    pub count: u32,
    /// Bits from one element to the next.
    pub stride: u32,
}

impl Field {
    /// Offset of the byte that holds the field's first bit.
    pub const fn byte(&self) -> u32 {
        self.lsb / 8
    }

    /// Index of the 32-bit word that holds the field's first bit.
    pub const fn word(&self) -> u32 {
        self.lsb / 32
    }

    /// The largest value that fits.
    pub const fn max(&self) -> u64 {
        mask(self.width)
    }

    /// The value of element `index` in the words of a structure, if both are in range.
    pub fn read(&self, words: &[u32], index: u32) -> Option<u64> {
        if index >= self.count {
            return None;
        }
        let lsb = self.lsb.checked_add(index.checked_mul(self.stride)?)?;
        let last = lsb.checked_add(self.width)?.checked_sub(1)? / 32;
        words.get(last as usize)?;
        Some(get(words, lsb, self.width))
    }
}

/// What the host may do with a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Reads give the value; writes are ignored.
    ReadOnly,
    /// Reads give what was written, or what the engine put there.
    ReadWrite,
    /// Reads give zero.
    WriteOnly,
}

/// A row of a register map, for tools that look at it as data: tracing, the functional model, tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RegInfo {
    /// Path with underscores.
    pub name: &'static str,
    /// Offset of element 0.
    pub offset: u32,
    /// Elements; 1 when it is no array.
    pub count: u32,
    /// Bytes from one element to the next.
    pub stride: u32,
    /// Value after reset.
    pub reset: u32,
    /// Bits that the host can write.
    pub writable: u32,
    /// Bits that clear themselves after a write.
    pub pulse: u32,
    /// What the host may do with it.
    pub access: Access,
    /// What it is, in a sentence.
    pub doc: &'static str,
}

/// Offset of a register whose value has type `T`.
pub struct Reg<T> {
    offset: u32,
    value: PhantomData<fn() -> T>,
}

impl<T> Reg<T> {
    pub(crate) const fn new(offset: u32) -> Self {
        Self { offset, value: PhantomData }
    }

    /// Bytes from the start of the register map.
    pub const fn offset(&self) -> u32 {
        self.offset
    }
}

impl<T> Clone for Reg<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Reg<T> {}
impl<T> PartialEq for Reg<T> {
    fn eq(&self, other: &Self) -> bool {
        self.offset == other.offset
    }
}
impl<T> Eq for Reg<T> {}
impl<T> fmt::Debug for Reg<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reg({:#x})", self.offset)
    }
}

/// Offsets of an array of registers, or of one register in an array of blocks.
pub struct RegArray<T> {
    base: u32,
    stride: u32,
    count: u32,
    value: PhantomData<fn() -> T>,
}

impl<T> RegArray<T> {
    pub(crate) const fn new(base: u32, stride: u32, count: u32) -> Self {
        Self { base, stride, count, value: PhantomData }
    }

    /// Number of elements.
    pub const fn count(&self) -> u32 {
        self.count
    }

    /// Bytes from one element to the next.
    pub const fn stride(&self) -> u32 {
        self.stride
    }

    /// Element `index`, if there is one.
    pub const fn at(&self, index: u32) -> Option<Reg<T>> {
        if index < self.count { Some(Reg::new(self.base + index * self.stride)) } else { None }
    }

    /// Which element lies at `offset`, if one does.
    pub const fn index_of(&self, offset: u32) -> Option<u32> {
        if offset < self.base || !(offset - self.base).is_multiple_of(self.stride) {
            return None;
        }
        let index = (offset - self.base) / self.stride;
        if index < self.count { Some(index) } else { None }
    }
}

impl<T> Clone for RegArray<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for RegArray<T> {}
impl<T> fmt::Debug for RegArray<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RegArray({:#x} + i*{:#x}, i < {})", self.base, self.stride, self.count)
    }
}

/// The row and element of `table` at `offset`, if it is a register's first byte.
pub(crate) fn find(table: &'static [RegInfo], offset: u32) -> Option<(&'static RegInfo, u32)> {
    // Blocks interleave, so the row with the nearest start below need not be the one.
    table.iter().find_map(|row| {
        let distance = offset.checked_sub(row.offset)?;
        let index = distance.checked_div(row.stride)?;
        (distance % row.stride == 0 && index < row.count).then_some((row, index))
    })
}

pub(crate) const fn mask(width: u32) -> u64 {
    if width >= 64 { u64::MAX } else { (1 << width) - 1 }
}

/// The field of `width` ≤ 64 bits at bit `lsb`. Callers keep it inside `words`.
#[inline(always)]
pub(crate) const fn get(words: &[u32], lsb: u32, width: u32) -> u64 {
    let mut word = (lsb / 32) as usize;
    let mut value = (words[word] >> (lsb % 32)) as u64;
    let mut got = 32 - lsb % 32;
    while got < width {
        word += 1;
        value |= (words[word] as u64) << got;
        got += 32;
    }
    value & mask(width)
}

/// Writes the low `width` ≤ 64 bits of `value` at bit `lsb`. Callers keep it inside `words`.
#[inline(always)]
pub(crate) const fn put(words: &mut [u32], lsb: u32, width: u32, value: u64) {
    let mut lsb = lsb;
    let mut width = width;
    let mut value = value & mask(width);
    while width > 0 {
        let shift = lsb % 32;
        let step = if width < 32 - shift { width } else { 32 - shift };
        let keep = !low32(mask(step) << shift);
        let word = (lsb / 32) as usize;
        words[word] = (words[word] & keep) | low32(value << shift);
        value = if step >= 64 { 0 } else { value >> step };
        lsb += step;
        width -= step;
    }
}

// Truncation is what these are for.
#[allow(clippy::cast_possible_truncation)]
pub(crate) const fn low32(value: u64) -> u32 {
    value as u32
}
#[allow(clippy::cast_possible_truncation)]
pub(crate) const fn low16(value: u64) -> u16 {
    value as u16
}
#[allow(clippy::cast_possible_truncation)]
pub(crate) const fn low8(value: u64) -> u8 {
    value as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_across_words_reads_back_and_leaves_its_neighbours() {
        let mut words = [u32::MAX; 4];
        put(&mut words, 28, 48, 0x1234_5678_9abc);
        assert_eq!(get(&words, 28, 48), 0x1234_5678_9abc);
        assert_eq!(get(&words, 0, 28), 0x0fff_ffff);
        assert_eq!(get(&words, 76, 32), 0xffff_ffff);
        put(&mut words, 40, 64, 0);
        assert_eq!(words, [0xcfff_ffff, 0x0000_00ab, 0, 0xffff_ff00]);
    }

    #[test]
    fn a_field_outside_its_words_is_no_value() {
        let field = Field { name: "x", lsb: 32, width: 32, count: 2, stride: 32 };
        assert_eq!(field.read(&[1, 2, 3], 1), Some(3));
        assert_eq!(field.read(&[1, 2], 1), None);
        assert_eq!(field.read(&[1, 2, 3, 4], 2), None);
    }

    #[test]
    fn register_arrays_know_their_elements() {
        let array = RegArray::<u32>::new(0x100, 0x40, 4);
        assert_eq!(array.at(3).map(|r| r.offset()), Some(0x1c0));
        assert_eq!(array.at(4), None);
        assert_eq!(array.index_of(0x140), Some(1));
        assert_eq!(array.index_of(0x144), None);
        assert_eq!(array.index_of(0x200), None);
        assert_eq!(array.index_of(0), None);
    }
}
