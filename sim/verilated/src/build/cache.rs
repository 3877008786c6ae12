// SPDX-License-Identifier: Apache-2.0
//! Finished libraries by the hash of what went into them.

use super::Error;
use std::collections::hash_map::DefaultHasher;
use std::env;
use std::fs::{self, File};
use std::hash::Hasher;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// Entries kept whatever their age; older ones beyond these go after [`KEEP_FOR`].
const KEEP: usize = 16;
const KEEP_FOR: Duration = Duration::from_secs(24 * 3600);
/// Present in a complete entry.
const MARK: &str = "complete";

#[derive(Debug)]
pub(super) struct Cache {
    folder: PathBuf,
}

/// The key of an entry; feed it everything that decides the result.
pub(super) struct Key(DefaultHasher);

impl Key {
    pub(super) fn new() -> Self {
        // Fixed keys: the same in every run of this compiler's standard library.
        Self(DefaultHasher::new())
    }

    pub(super) fn add(&mut self, bytes: impl AsRef<[u8]>) -> &mut Self {
        let bytes = bytes.as_ref();
        self.0.write_usize(bytes.len());
        self.0.write(bytes);
        self
    }

    pub(super) fn finish(&self) -> String {
        format!("{:016x}", self.0.finish())
    }
}

impl Cache {
    /// `build/verilated` of the checkout, or `$VERILATED_CACHE`.
    pub(super) fn new(root: &Path) -> Self {
        let folder = env::var_os("VERILATED_CACHE")
            .map_or_else(|| root.join("build/verilated"), PathBuf::from);
        Self { folder }
    }

    /// The entry's folder; `make` fills a fresh folder when there is no complete entry yet.
    pub(super) fn entry(
        &self,
        name: &str,
        key: &Key,
        make: impl FnOnce(&Path) -> Result<(), Error>,
    ) -> Result<PathBuf, Error> {
        let id = format!("{name}-{}", key.finish());
        let folder = self.folder.join(&id);
        fs::create_dir_all(&self.folder)
            .map_err(|e| Error::io("cannot create", &self.folder, &e))?;
        let lock_path = self.folder.join(format!("{id}.lock"));
        let lock =
            File::create(&lock_path).map_err(|e| Error::io("cannot create", &lock_path, &e))?;
        lock.lock().map_err(|e| Error::io("cannot lock", &lock_path, &e))?;
        let mark = folder.join(MARK);
        if mark.is_file() {
            // Its time tells the pruning that the entry is in use.
            let _ = fs::write(&mark, "");
            return Ok(folder);
        }
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).map_err(|e| Error::io("cannot create", &folder, &e))?;
        make(&folder)?;
        fs::write(&mark, "").map_err(|e| Error::io("cannot write", &mark, &e))?;
        self.prune(&id);
        Ok(folder)
    }

    fn prune(&self, current: &str) {
        let Ok(entries) = fs::read_dir(&self.folder) else { return };
        let mut old: Vec<_> = entries
            .flatten()
            .filter_map(|entry| {
                let used = fs::metadata(entry.path().join(MARK)).ok()?.modified().ok()?;
                (entry.file_name() != current).then(|| (used, entry.path()))
            })
            .collect();
        old.sort();
        old.reverse();
        for (used, path) in old.into_iter().skip(KEEP) {
            if SystemTime::now().duration_since(used).is_ok_and(|age| age > KEEP_FOR) {
                let _ = fs::remove_file(path.with_extension("lock"));
                let _ = fs::remove_dir_all(path);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn builds_once_and_again_after_a_failure() {
        let root = env::temp_dir().join(format!("verilated-cache-{}", std::process::id()));
        let cache = Cache { folder: root.clone() };
        let mut key = Key::new();
        key.add("a").add("b");
        let mut runs = 0;
        for fail in [true, false, false] {
            let result = cache.entry("x", &key, |folder| {
                runs += 1;
                fs::write(folder.join("part"), "").unwrap();
                if fail { Err(Error("no".into())) } else { Ok(()) }
            });
            assert_eq!(result.is_err(), fail);
        }
        assert_eq!(runs, 2);
        fs::remove_dir_all(&root).unwrap();
    }

    #[test]
    fn key_separates_its_parts() {
        let (mut a, mut b) = (Key::new(), Key::new());
        a.add("ab").add("c");
        b.add("a").add("bc");
        assert_ne!(a.finish(), b.finish());
    }
}
