// SPDX-License-Identifier: Apache-2.0
//! S-RTC-3: filling a route cache against adding a route, in every interleaving that the memory model allows. The code
//! under test is the order in `toe_stack::generation`; table and counter are loom's.

use std::sync::atomic::Ordering;

use loom::sync::Arc;
use loom::sync::atomic::AtomicU64;
use toe_stack::generation::{change, fill};

/// What a cache holds afterwards, against what the table says: a cache that looks valid must have the new route.
fn race(fill_in_order: bool) {
    loom::model(move || {
        let table = Arc::new(AtomicU64::new(1));
        let generation = Arc::new(AtomicU64::new(1));
        let writer = {
            let (table, generation) = (Arc::clone(&table), Arc::clone(&generation));
            loom::thread::spawn(move || {
                for route in [2, 3] {
                    change(
                        || table.store(route, Ordering::Release),
                        || {
                            generation.fetch_add(1, Ordering::Release);
                        },
                    );
                }
            })
        };
        let read = || generation.load(Ordering::Acquire);
        let lookup = || table.load(Ordering::Acquire);
        let (kept, route) = if fill_in_order {
            fill(read, lookup)
        } else {
            // The defect of the original: looked up first, stamped afterwards.
            let route = lookup();
            (read(), route)
        };
        // At any later moment: if the stamp still holds, so does the route.
        if kept == read() && kept == 3 {
            assert_eq!(route, 3, "stale but fresh");
        }
        writer.join().unwrap();
        if kept == read() {
            assert_eq!(route, lookup(), "stale but fresh");
        }
    });
}

#[test]
fn a_kept_route_is_never_stale_but_fresh() {
    race(true);
}

#[test]
#[should_panic(expected = "stale but fresh")]
fn the_wrong_order_is_found() {
    race(false);
}
