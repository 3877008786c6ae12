// SPDX-License-Identifier: Apache-2.0
//! A peer that knows the key of the engine's hash, which it cannot (`Options::rss_key`): all its sessions fall into one
//! bucket. What it gets is that they stay in software, or have their TIME_WAIT there, one by one; nobody else notices. The model has
//! no buckets: there everything goes in.

use crate::peer::{Id, Shape, patterns};
use crate::rig::{App, On, Rig, about};
use crate::time_wait::{ask, command, entries, entry, refused, told};
use std::collections::HashSet;
use std::net::SocketAddr;
use toe_abi::{AdminOpcode, AdminStatus, MslClass, TwEvent, regs};
use toe_driver::{
    AdminError, DriverEvent, Options, PUBLISHED_RSS_KEY, SessionEvent, SessionHandle, SessionState,
    TimeWaitOptions,
};
use toe_image::addr_words;
use toe_tcp::{Flags, Segment, SeqNum, Timestamps};
use toe_testkit::hash::{Place, Toeplitz, preimages};

on_each!(
    sessions_of_one_bucket_stay_in_software_one_by_one,
    entries_of_one_bucket_are_refused_one_by_one,
    under_another_key_the_same_peers_are_like_any_others,
);

/// Both buckets of four places.
const ROOM: usize = 8;
/// How long entries stay here, µs.
const LINGER: u64 = 3_000_000;

fn hash() -> impl Fn(Id) -> u32 {
    let toeplitz = Toeplitz::new(&PUBLISHED_RSS_KEY);
    move |id| {
        let (host, station) = id.addresses();
        toeplitz.hash(SocketAddr::new(host, 80), SocketAddr::new(station, id.port()))
    }
}

/// Connections of the station whose hash has the bits `kept` of that of `like`. They are IPv6's: 31 bits of an address and
/// the port are enough for the index of any size.
fn peers_like(like: u32, kept: u32) -> impl Iterator<Item = Id> {
    let peer = |n: u64| {
        let [_, _, a, b, c, d, p, q] = n.to_be_bytes();
        Id::new(u32::from_be_bytes([a | 0x80, b, c, d]), u16::from_be_bytes([p, q]))
    };
    let hash = hash();
    preimages(47, move |n| hash(peer(n)), kept, like).map(peer).filter(|id| id.port() > 1024)
}

/// `count` connections with the same part of the hash.
fn of_one_hash(place: Place, count: usize) -> Vec<Id> {
    let all: Vec<Id> = peers_like(0x1234_5678, place.part_mask()).take(count).collect();
    assert_eq!(all.len(), count);
    all
}

/// Connections of one pair of buckets, not that of these hashes, of which no two have the same part of the hash: `count`, or
/// as many as there are.
fn of_one_pair(place: Place, count: usize, not: &[u32]) -> Vec<Id> {
    let (hash, mut seen) = (hash(), HashSet::new());
    let taken = |like: &u32| not.iter().any(|h| place.buckets(*h) == place.buckets(*like));
    let like = (0x9abc_def0..).find(|like| !taken(like)).unwrap();
    let parts = place.part_mask() & !place.buckets_mask();
    let count = count.min(1 << parts.count_ones());
    let all = peers_like(like, place.buckets_mask());
    let all: Vec<Id> = all.filter(|id| seen.insert(place.part(hash(*id)))).take(count).collect();
    assert_eq!(all.len(), count);
    all
}

/// Installs a session; the reason if the engine does not take it, and how long it took, µs.
fn install(rig: &mut Rig, id: Id) -> (Result<SessionHandle, AdminStatus>, u64) {
    let since = rig.now().0;
    let handle = rig.install_as(id, &Shape::default());
    rig.until(10_000, "the engine answers", |rig| {
        rig.driver.session_info(handle).unwrap().state != SessionState::Installing
    });
    let took = rig.now().0 - since;
    let outcome = match about(&rig.events, handle).pop() {
        Some(SessionEvent::Installed) => Ok(handle),
        Some(SessionEvent::InstallFailed { error: AdminError::Refused { status, .. }, .. }) => {
            rig.driver.session_release(handle).unwrap();
            Err(status)
        }
        other => panic!("{other:?}"),
    };
    rig.events.clear();
    (outcome, took)
}

fn works(rig: &mut Rig, id: Id, handle: SessionHandle, app: &mut App, total: u32) {
    rig.transfer(handle, id, app, total, 2_000_000);
    let _seen = rig.take_events();
}

fn sessions_of_one_bucket_stay_in_software_one_by_one(on: On) {
    let mut rig = Rig::connected(on, &Options::default());
    let place = Place::new(rig.driver.info().sessions);
    let hash = hash();
    // Honest ones that were there before.
    let honest: Vec<Id> = (4000..4004).map(Id::from).collect();
    let mut there: Vec<_> =
        honest.iter().map(|id| (*id, rig.established(*id), App::default())).collect();
    let _installed = rig.take_events();
    for (id, handle, app) in &mut there {
        works(&mut rig, *id, *handle, app, 3_000);
    }

    let mut refused = Vec::new();
    let (mut slowest, mut slowest_refusal) = (0, 0);
    let mut attack = |rig: &mut Rig, ids: &[Id]| {
        let mut in_engine = Vec::new();
        for id in ids {
            let (outcome, took) = install(rig, *id);
            match outcome {
                Ok(handle) => {
                    in_engine.push((*id, handle, App::default()));
                    slowest = slowest.max(took);
                }
                Err(status) => {
                    assert_eq!(status, AdminStatus::TableFull);
                    refused.push(*id);
                    slowest_refusal = slowest_refusal.max(took);
                }
            }
        }
        in_engine
    };
    // Two of the same hash, as far as the table knows it: one is enough for the other to stay away.
    let twins = of_one_hash(place, 2);
    let mut evil = attack(&mut rig, &twins);
    assert_eq!(evil.len(), if on == On::Model { 2 } else { 1 });
    // Of one pair of buckets, otherwise different: as many as there is room for. (`large` tells four apart, `small` 256.)
    let others: Vec<u32> = honest.iter().chain(&twins).map(|id| hash(*id)).collect();
    let same = of_one_pair(place, ROOM + 4, &others);
    let more = attack(&mut rig, &same);
    assert_eq!(more.len(), if on == On::Model { same.len() } else { same.len().min(ROOM) });
    evil.extend(more);
    println!("{on:?}: installed within {slowest} µs, refused within {slowest_refusal} µs");
    assert!(slowest_refusal <= 2 * slowest + 100, "a refusal takes {slowest_refusal} µs");
    assert_eq!(rig.counter("lookup_insert_fail"), refused.len() as u64);
    assert_eq!(rig.counter("lookup_insert"), (honest.len() + evil.len()) as u64);

    // What comes for a session that was refused is the host's, and no other session's.
    for id in refused.clone() {
        let waiting = rig.driver.nic_waiting(0);
        let segment = Segment { flags: Flags::ACK, seq: SeqNum(7), ..Segment::default() };
        assert!(ask(&mut rig, id, &segment, &patterns(0, 100)).is_none());
        assert_eq!(rig.driver.nic_waiting(0), waiting + 1, "{id:?}");
    }
    // Who comes now is served at once, and everybody's bytes flow.
    for id in (4100..4104).map(Id::from) {
        let (outcome, took) = install(&mut rig, id);
        assert!(took <= 2 * slowest + 100, "{took} µs");
        there.push((id, outcome.unwrap(), App::default()));
    }
    for (id, handle, app) in there.iter_mut().chain(&mut evil) {
        works(&mut rig, *id, *handle, app, 6_000);
    }
    // A place that becomes free is one again.
    if let Some(next) = refused.pop() {
        let pair = place.buckets(hash(next));
        let its = evil.iter().position(|(id, ..)| place.buckets(hash(*id)) == pair).unwrap();
        let (_, handle, _) = evil.remove(its);
        rig.evict(handle);
        rig.driver.session_release(handle).unwrap();
        let _evicted = rig.take_events();
        let (outcome, _) = install(&mut rig, next);
        let handle = outcome.unwrap();
        let mut app = App::default();
        works(&mut rig, next, handle, &mut app, 6_000);
        evil.push((next, handle, app));
    }
    // Nothing is left of any of them.
    for (_, handle, _) in there.iter().chain(&evil) {
        rig.evict(*handle);
        rig.driver.session_release(*handle).unwrap();
        let _evicted = rig.take_events();
    }
    assert_eq!(rig.driver.session_slots().0, 0);
    let (inserted, deleted) = (rig.counter("lookup_insert"), rig.counter("lookup_delete"));
    assert_eq!(inserted, deleted);
}

fn entries_of_one_bucket_are_refused_one_by_one(on: On) {
    let linger_us = [u32::try_from(LINGER).unwrap(); 3];
    let time_wait = TimeWaitOptions { linger_us, ..TimeWaitOptions::default() };
    let mut rig = Rig::connected(on, &Options { time_wait, ..Options::default() });
    let place = Place::new(rig.driver.register(regs::ID_TW_ENTRIES_V6).unwrap());
    let hash = hash();
    let honest: Vec<Id> = (6000..6004).map(Id::from).collect();
    let insert = |rig: &mut Rig, id: Id| {
        let image = entry(rig, id, MslClass::Remote);
        command(rig, AdminOpcode::TwInsert, &image)
    };
    // A repeated FIN is acknowledged with what the entry says.
    let answers = |rig: &mut Rig, id: Id| {
        let image = entry(rig, id, MslClass::Remote);
        let fin = Segment {
            seq: SeqNum(image.rcv_nxt.wrapping_sub(1)),
            ack: SeqNum(image.snd_nxt),
            flags: Flags::ACK.with(Flags::FIN),
            ts: Some(Timestamps { val: 5_001, ecr: 0 }),
            ..Segment::default()
        };
        let reply = ask(rig, id, &fin, &[]);
        reply.is_some_and(|r| (r.seq.0, r.ack.0) == (image.snd_nxt, image.rcv_nxt) && !r.rst())
    };
    for id in &honest {
        insert(&mut rig, *id).unwrap();
    }
    let mut there = honest.clone();
    let mut away = Vec::new();
    let mut attack = |rig: &mut Rig, ids: &[Id], room: usize| {
        for (n, id) in ids.iter().enumerate() {
            let result = insert(rig, *id);
            if n < room || on == On::Model {
                result.unwrap();
                there.push(*id);
            } else {
                assert_eq!(refused(result), AdminStatus::TableFull, "{n}: {id:?}");
                away.push(*id);
            }
        }
    };
    // Two of the same hash are twins; the third is refused.
    let triple = of_one_hash(place, 3);
    attack(&mut rig, &triple, 2);
    let others: Vec<u32> = honest.iter().chain(&triple).map(|id| hash(*id)).collect();
    let same = of_one_pair(place, ROOM + 3, &others);
    attack(&mut rig, &same, ROOM);
    assert_eq!(entries(&mut rig)[3] as usize, there.len());
    assert_eq!(rig.counter("tw_insert_fail"), away.len() as u64);
    let failed = told(&mut rig);
    let named: Vec<_> = failed.iter().map(|e| (e.what, (e.raddr, e.rport))).collect();
    let station = |id: &Id| (addr_words(id.addresses().1), id.port());
    let expected: Vec<_> = away.iter().map(|id| (TwEvent::InsertFailed, station(id))).collect();
    assert_eq!(named, expected);
    for (event, id) in failed.iter().zip(&away) {
        let image = entry(&rig, *id, MslClass::Remote);
        assert_eq!((event.rcv_nxt, event.snd_nxt), (image.rcv_nxt, image.snd_nxt));
    }
    // Each that is there answers for itself, twins too; those who come now find room.
    let new: Vec<Id> = (6100..6104).map(Id::from).collect();
    for id in &new {
        insert(&mut rig, *id).unwrap();
    }
    for id in there.clone().into_iter().chain(new) {
        assert!(answers(&mut rig, id), "{id:?}");
    }
    // The refused are the host's.
    for id in &away {
        let waiting = rig.driver.nic_waiting(0);
        assert!(!answers(&mut rig, *id));
        assert_eq!(rig.driver.nic_waiting(0), waiting + 1, "{id:?}");
    }
    // A place that becomes free is one again, and in the end nothing is left.
    if let Some(next) = away.pop() {
        let gone = there.pop().unwrap();
        let image = entry(&rig, gone, MslClass::Remote);
        command(&mut rig, AdminOpcode::TwDelete, &image).unwrap();
        insert(&mut rig, next).unwrap();
        assert!(answers(&mut rig, next));
    }
    let left = there.len() + 4 + usize::from(on != On::Model);
    let _refusals = told(&mut rig);
    rig.until(2 * LINGER, "all expire", |rig| {
        rig.events.iter().filter(|e| matches!(e, DriverEvent::TimeWait(_))).count() >= left
    });
    assert!(told(&mut rig).iter().all(|event| event.what == TwEvent::Expired));
    assert_eq!(entries(&mut rig)[3], 0);
}

/// What collides under one key tells nothing about another: who has computed collisions beforehand has nothing.
fn under_another_key_the_same_peers_are_like_any_others(on: On) {
    // Any key that is not the one that the peers know.
    let mut dice = 0x2545_f491_4f6c_dd1d_u64;
    let key = std::array::from_fn(|_| {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        dice.to_le_bytes()[3]
    });
    let mut rig = Rig::connected(on, &Options { rss_key: Some(key), ..Options::default() });
    // What collides under the published key.
    let of_table = |entries, twins, like: u32| {
        let place = Place::new(entries);
        let twins = peers_like(like, place.part_mask()).take(twins);
        twins.chain(peers_like(!like, place.buckets_mask()).take(3 * ROOM)).collect::<Vec<_>>()
    };
    let sessions = of_table(rig.driver.info().sessions, 2, 0x1234_5678);
    assert_eq!(sessions.len(), 2 + 3 * ROOM);
    for id in sessions {
        let (outcome, _) = install(&mut rig, id);
        assert!(outcome.is_ok(), "{id:?}: {outcome:?}");
    }
    let entries = of_table(rig.driver.register(regs::ID_TW_ENTRIES_V6).unwrap(), 3, 0x0765_4321);
    assert_eq!(entries.len(), 3 + 3 * ROOM);
    for id in entries {
        let image = entry(&rig, id, MslClass::Remote);
        command(&mut rig, AdminOpcode::TwInsert, &image).unwrap();
    }
    let counters = ["lookup_insert_fail", "tw_insert_fail"].map(|name| rig.counter(name));
    assert_eq!(counters, [0, 0]);
}
