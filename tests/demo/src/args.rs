// SPDX-License-Identifier: Apache-2.0
//! Values on the command line.

/// A number of bytes: `4M`, `64KiB`, `1000`.
///
/// # Errors
/// What is wrong with it.
pub fn bytes(text: &str) -> Result<u64, String> {
    let plain = text.trim_end_matches("iB").trim_end_matches('B');
    let split = plain.find(|c: char| !c.is_ascii_digit()).unwrap_or(plain.len());
    let (number, unit) = plain.split_at(split);
    let shift = match unit {
        "" => 0,
        "k" | "K" => 10,
        "m" | "M" => 20,
        "g" | "G" => 30,
        _ => return Err(format!("unknown unit `{unit}`")),
    };
    let number: u64 = number.parse().map_err(|_| "not a number".to_owned())?;
    match number.checked_mul(1 << shift) {
        Some(bytes @ 1..=0x4000_0000) => Ok(bytes),
        _ => Err("between 1 and 1G".into()),
    }
}

/// Per cent, 0 to 20.
///
/// # Errors
/// What is wrong with it.
pub fn percent(text: &str) -> Result<f64, String> {
    match text.trim_end_matches('%').parse() {
        Ok(value) if (0.0..=20.0).contains(&value) => Ok(value),
        _ => Err("between 0 and 20".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units() {
        assert_eq!(bytes("4M"), Ok(4 << 20));
        assert_eq!(bytes("64KiB"), Ok(65_536));
        assert_eq!(bytes("1G"), Ok(1 << 30));
        assert_eq!(bytes("12"), Ok(12));
        for bad in ["", "0", "M", "2G", "4X", "99999999999999999999", "18014398509481984K"] {
            assert!(bytes(bad).is_err(), "{bad}");
        }
        assert_eq!(percent("1.5%"), Ok(1.5));
        for bad in ["-1", "21", "NaN", "x"] {
            assert!(percent(bad).is_err(), "{bad}");
        }
    }
}
