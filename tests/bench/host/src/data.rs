// SPDX-License-Identifier: Apache-2.0
//! The real routing table: every prefix of a full BGP feed, both families.

use std::io::Read;
use std::net::IpAddr;
use std::path::PathBuf;

use ipnet::IpNet;
use toe_stack::Prng;

/// Where data sets lie: `OPENTOE_DATA`, or `shared/data` beside the checkout.
#[must_use]
pub fn folder() -> PathBuf {
    std::env::var_os("OPENTOE_DATA").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/data"),
        PathBuf::from,
    )
}

/// All prefixes, without duplicates, in the order of the file.
///
/// # Errors
/// The file is not there or not what it should be; the text says where it was looked for.
pub fn prefixes() -> Result<Vec<IpNet>, String> {
    let path = folder().join("bgp/prefixes.txt.gz");
    let text = || -> std::io::Result<String> {
        let mut text = String::new();
        flate2::read::GzDecoder::new(std::fs::File::open(&path)?).read_to_string(&mut text)?;
        Ok(text)
    };
    let text = text().map_err(|error| {
        format!("{}: {error}; set OPENTOE_DATA to the folder that has bgp/", path.display())
    })?;
    let mut seen = std::collections::HashSet::new();
    let mut all = Vec::new();
    for line in text.lines() {
        let net: IpNet = line.parse().map_err(|_| format!("{}: {line}", path.display()))?;
        if seen.insert(net.trunc()) {
            all.push(net.trunc());
        }
    }
    Ok(all)
}

/// Destinations as traffic has them: an address of a prefix, any prefix as likely as any other; one in eight is random.
#[must_use]
pub fn destinations(of: &[IpNet], count: usize, seed: u64) -> Vec<IpAddr> {
    let mut dice = Prng::new(seed.into());
    let address = |dice: &mut Prng| {
        let host = u128::from(dice.next_u64()) << 64 | u128::from(dice.next_u64());
        let anywhere = dice.next_u64().is_multiple_of(8);
        match of[dice.below(of.len() as u64) as usize] {
            IpNet::V4(_) if anywhere => IpAddr::V4((host as u32).into()),
            IpNet::V4(p) => {
                let mask = p.hostmask().to_bits();
                IpAddr::V4((p.network().to_bits() | host as u32 & mask).into())
            }
            // Within what is handed out at all (2000::/3).
            IpNet::V6(_) if anywhere => IpAddr::V6((1 << 125 | host >> 3).into()),
            IpNet::V6(p) => {
                let mask = p.hostmask().to_bits();
                IpAddr::V6((p.network().to_bits() | host & mask).into())
            }
        }
    };
    (0..count).map(|_| address(&mut dice)).collect()
}
