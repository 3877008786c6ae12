// SPDX-License-Identifier: Apache-2.0
use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

type Model = BTreeMap<IpNet, u64>;

fn brute(model: &Model, dst: IpAddr) -> Option<u64> {
    let all = model.iter().filter(|(p, _)| p.contains(&dst));
    all.max_by_key(|(p, _)| p.prefix_len()).map(|(_, v)| *v)
}

/// Few bits of freedom, spread over the whole address, so that prefixes nest at every length.
fn prefix(n: u16, len: u8, v6: bool) -> IpNet {
    let net = if v6 {
        let bits = u128::from(n & 0x3ff).wrapping_mul(0x1041_0410_4104_1041_0410_4104_1041_0411);
        IpNet::new(IpAddr::V6(bits.into()), len % 129)
    } else {
        let bits = u32::from(n & 0x3ff).wrapping_mul(0x1041_0411);
        IpNet::new(IpAddr::V4(bits.into()), len % 33)
    };
    net.unwrap().trunc()
}

/// Addresses where an answer can change: both ends of a prefix, and their neighbours.
fn edges(p: &IpNet) -> Vec<IpAddr> {
    match p {
        IpNet::V4(p) => {
            let (a, b) = (p.network().to_bits(), p.broadcast().to_bits());
            let all = [a, a.wrapping_sub(1), b, b.wrapping_add(1), a + (b - a) / 2];
            all.map(|x| IpAddr::V4(x.into())).to_vec()
        }
        IpNet::V6(p) => {
            let (a, b) = (p.network().to_bits(), p.broadcast().to_bits());
            let all = [a, a.wrapping_sub(1), b, b.wrapping_add(1), a + (b - a) / 2];
            all.map(|x| IpAddr::V6(x.into())).to_vec()
        }
    }
}

fn check(table: &LpmTable<u64>, model: &Model, touched: &[IpNet]) -> Result<(), TestCaseError> {
    prop_assert_eq!(table.len(), model.len());
    for dst in touched.iter().flat_map(edges) {
        prop_assert_eq!(table.lookup(dst).copied(), brute(model, dst), "{}", dst);
    }
    Ok(())
}

proptest! {
    /// S-LNX-1: the compiled table against brute force, at every edge of every prefix, after insertions, replacements
    /// and removals; a snapshot taken on the way keeps its answers.
    #[test]
    fn the_flat_form_is_the_longest_match(
        ops in proptest::collection::vec((any::<u16>(), any::<u8>(), any::<bool>(), 0u8..3), 1..80),
        snap_at in 0usize..80,
    ) {
        let mut builder = LpmBuilder::new();
        let mut model = Model::new();
        let mut old = None;
        let touched: Vec<IpNet> = ops.iter().map(|(n, len, v6, _)| prefix(*n, *len, *v6)).collect();
        for (i, (n, len, v6, op)) in ops.iter().enumerate() {
            let p = prefix(*n, *len, *v6);
            if i == snap_at {
                old = Some((builder.snapshot(), model.clone()));
            }
            if *op == 0 {
                prop_assert_eq!(builder.remove(p), model.remove(&p));
            } else {
                prop_assert_eq!(builder.insert(p, i as u64).unwrap(), model.insert(p, i as u64));
            }
        }
        check(builder.table(), &model, &touched)?;
        if let Some((table, model)) = old {
            check(&table, &model, &touched)?;
        }
        // Everything out again: nothing is left behind.
        for p in model.keys() {
            builder.remove(*p);
        }
        check(builder.table(), &Model::new(), &touched)?;
        let table = builder.table();
        prop_assert_eq!(table.values().count(), 0);
        for (used, free) in [
            (table.v4.chunks.next, table.v4.chunks.free.len()),
            (table.v6.chunks.next, table.v6.chunks.free.len()),
            (table.tails.next, table.tails.free.len()),
            (table.values.next - 1, table.values.free.len()),
        ] {
            prop_assert_eq!(used as usize, free, "slots leak");
        }
    }
}

/// A default route is one page, however many addresses it has.
#[test]
fn equal_pages_are_shared() {
    let mut builder = LpmBuilder::new();
    builder.insert("0.0.0.0/0".parse().unwrap(), 1).unwrap();
    builder.insert("10.0.0.0/8".parse().unwrap(), 2).unwrap();
    let root = builder.table().v4.root.as_ref().unwrap();
    let pages: std::collections::HashSet<_> =
        root.iter().flat_map(|b| b.iter()).map(Arc::as_ptr).collect();
    assert_eq!(pages.len(), 2);
}
