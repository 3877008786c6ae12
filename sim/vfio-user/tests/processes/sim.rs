// SPDX-License-Identifier: Apache-2.0
//! A simulator in another process.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use toe_device_cli::{Outcome, TransferArgs};
use toe_vfio::DeviceName;

/// Configurations that are built in and quick enough for every test.
pub(crate) fn configs() -> Vec<&'static str> {
    let mut all = vec!["model"];
    if cfg!(feature = "rtl-small") {
        all.push("small");
    }
    all
}

pub(crate) struct Sim {
    folder: PathBuf,
    child: Child,
}

impl Sim {
    /// Starts one with an smoltcp host that exchanges `bytes` on ports 5001 and 5002.
    pub(crate) fn start(config: &str, bytes: u64, more: &[&str]) -> Self {
        let ports = [format!("5001=exchange:{bytes}:7"), format!("5002=exchange:{bytes}:8")];
        let listen = ["--listen", &ports[0], "--listen", &ports[1]];
        Self::with(config, &[&listen, more].concat()).unwrap()
    }

    /// Starts one; the error is what it said when it has ended at once.
    pub(crate) fn with(config: &str, more: &[&str]) -> Result<Self, String> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let n = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("toe-sim-{}-{n}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_toe-sim"))
            .args(["serve", "--config", config])
            .arg("--vfio-user")
            .arg(folder.join("socket"))
            .arg("--report")
            .arg(folder.join("report.json"))
            .args(more)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut sim = Self { folder, child };
        let start = Instant::now();
        while !sim.folder.join("report.json").exists() {
            if !sim.is_running() {
                let mut text = String::new();
                if let Some(stderr) = &mut sim.child.stderr {
                    std::io::Read::read_to_string(stderr, &mut text).unwrap();
                }
                return Err(text);
            }
            assert!(start.elapsed() < Duration::from_secs(30), "it does not start");
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(sim)
    }

    pub(crate) fn socket(&self) -> PathBuf {
        self.folder.join("socket")
    }

    pub(crate) fn name(&self) -> DeviceName {
        DeviceName::VfioUser(self.socket())
    }

    /// A transfer with both ports.
    pub(crate) fn args(&self, bytes: u64) -> TransferArgs {
        let connect = ["10.0.0.2:5001", "[fd00::2]:5002"];
        TransferArgs {
            device: self.name(),
            connect: connect.iter().map(|a| a.parse().unwrap()).collect(),
            address: ["10.0.0.1/24", "fd00::1/64"].iter().map(|a| a.parse().unwrap()).collect(),
            bytes,
            seed: 3,
            reset_after: None,
            limit: 60,
        }
    }

    /// Waits until the report says so.
    #[track_caller]
    pub(crate) fn report_when(
        &self,
        mut goal: impl FnMut(&serde_json::Value) -> bool,
    ) -> serde_json::Value {
        let start = Instant::now();
        loop {
            let text = std::fs::read_to_string(self.folder.join("report.json")).unwrap_or_default();
            if let Ok(report) = serde_json::from_str(&text)
                && goal(&report)
            {
                return report;
            }
            assert!(start.elapsed() < Duration::from_secs(30), "it never comes to that: {text}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// The report after so many clients have come and gone.
    #[track_caller]
    pub(crate) fn report_after(&self, clients: u64) -> serde_json::Value {
        self.report_when(|r| r["clients"] == clients && r["connected"] == false)
    }

    pub(crate) fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    pub(crate) fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }
}

impl Drop for Sim {
    fn drop(&mut self) {
        self.kill();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// What one end has sent is what the other has received, both ways.
#[track_caller]
pub(crate) fn hashes_agree(session: &Outcome, report: &serde_json::Value) {
    let port = session.remote.port();
    let peer = report["connections"].as_array().unwrap().iter();
    let mut peer = peer;
    let peer = peer.rfind(|c| c["port"] == port).unwrap();
    assert_eq!(peer["received"], session.sent);
    assert_eq!(peer["received_sha256"], session.sent_sha256.as_str(), "to the peer");
    assert_eq!(peer["sent"], session.received);
    assert_eq!(peer["sent_sha256"], session.received_sha256.as_str(), "from the peer");
}
