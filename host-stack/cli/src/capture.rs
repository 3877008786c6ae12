// SPDX-License-Identifier: Apache-2.0
//! `toe capture`.

use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use pcap_file::DataLink;
use pcap_file::pcapng::PcapNgWriter;
use pcap_file::pcapng::blocks::enhanced_packet::{EnhancedPacketBlock, EnhancedPacketOption};
use pcap_file::pcapng::blocks::interface_description::{
    InterfaceDescriptionBlock, InterfaceDescriptionOption,
};
use serde_json::json;
use toe_api::control::proto::{Filter, Frame, Reply, Request};

use crate::client::{CliError, Client, Result, Stream};

/// How often the stack is asked.
const EVERY: Duration = Duration::from_millis(50);
/// Interfaces of the file: by whom a frame went.
const PATHS: [&str; 2] = ["software", "engine"];

/// Frames of sessions as pcapng, those that the engine mirrors included
///
/// Two interfaces in the file say by which path a frame went: `software` between stack and device, `engine` inside it.
/// The sessions may come to be later than the capture. End it with ^C, --count or --time.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// File, or - for standard output, which must be a pipe or a file
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    write: PathBuf,
    /// Either end has this port
    #[arg(short, long, value_name = "N")]
    port: Option<u16>,
    /// Either end has this address
    #[arg(long, value_name = "ADDRESS")]
    host: Option<IpAddr>,
    /// Stop after so many frames
    #[arg(short, long, value_name = "N")]
    count: Option<u64>,
    /// Stop after so many seconds
    #[arg(short, long, value_name = "SECONDS", value_parser = seconds)]
    time: Option<f64>,
}

/// A span of time: a number, and no other.
pub(crate) fn seconds(word: &str) -> std::result::Result<f64, String> {
    let number = word.parse().ok().filter(|s: &f64| s.is_finite() && *s >= 0.0);
    number.ok_or_else(|| "seconds are expected, for instance 2.5".to_owned())
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |b: u8| char::from(b).to_digit(16).and_then(|d| u8::try_from(d).ok());
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs.iter().map(|[a, b]| Some(digit(*a)? << 4 | digit(*b)?)).collect()
}

fn block(frame: &Frame) -> Option<EnhancedPacketBlock<'static>> {
    let data = unhex(&frame.bytes)?;
    let interface_id = u32::from(frame.path == PATHS[1]);
    // pcapng §4.3.1: direction in the lowest bits.
    let flags = EnhancedPacketOption::Flags(if frame.outbound { 2 } else { 1 });
    Some(EnhancedPacketBlock {
        interface_id,
        timestamp: Duration::from_micros(frame.time_us),
        original_len: u32::try_from(data.len()).ok()?,
        data: data.into(),
        options: vec![flags],
    })
}

fn nonsense(what: impl std::fmt::Display) -> CliError {
    CliError::Other(format!("the stack sends nonsense: {what}"))
}

impl Args {
    pub(crate) fn run<S: Stream>(&self, client: &mut Client<S>) -> Result<()> {
        let to_stdout = self.write.as_os_str() == "-";
        if to_stdout && io::stdout().is_terminal() {
            return Err(CliError::Usage(
                "a capture is nothing for a terminal; write it to a file with -w FILE, or into a pipe".to_owned(),
            ));
        }
        let fail = |e: io::Error| match e.kind() {
            io::ErrorKind::BrokenPipe => CliError::Pipe,
            _ if to_stdout => CliError::Output(e),
            _ => CliError::Other(format!("{}: {e}", self.write.display())),
        };
        // First, so that a stack has nothing to do with a file that cannot be.
        let mut out: Box<dyn Write> = if to_stdout {
            Box::new(io::stdout())
        } else {
            Box::new(File::create(&self.write).map_err(fail)?)
        };
        let filter = Filter { port: self.port, host: self.host };
        let reply = client.ask(&Request::Capture { filter })?;
        let Reply::Capture { capture, engine: _ } = reply else {
            return Err(CliError::Other(format!("{reply:?}")));
        };
        // What the stack gave at once is written at once, in whole blocks: ^C leaves a file that can be read.
        let mut file = PcapNgWriter::new(Vec::new()).map_err(nonsense)?;
        for name in PATHS {
            let mut block = InterfaceDescriptionBlock::new(DataLink::ETHERNET, 0);
            block.options.push(InterfaceDescriptionOption::IfName(name.into()));
            // The writer writes nanoseconds, whatever stands here.
            block.options.push(InterfaceDescriptionOption::IfTsResol(9));
            file.write_pcapng_block(block).map_err(nonsense)?;
        }
        let started = Instant::now();
        let mut counts = [0_u64; 2];
        loop {
            let over = self.time.is_some_and(|t| started.elapsed().as_secs_f64() >= t);
            let enough = |n: u64| self.count.is_some_and(|count| n >= count);
            let reply = client.ask(&Request::CaptureRead { capture, stop: over })?;
            let Reply::Frames { frames, dropped } = reply else {
                return Err(CliError::Other(format!("{reply:?}")));
            };
            for frame in &frames {
                if enough(counts.iter().sum()) {
                    break;
                }
                let block = block(frame).ok_or_else(|| nonsense("a frame that is none"))?;
                counts[usize::from(block.interface_id == 1)] += 1;
                file.write_pcapng_block(block).map_err(nonsense)?;
            }
            out.write_all(file.get_ref()).and_then(|()| out.flush()).map_err(fail)?;
            file.get_mut().clear();
            if over || enough(counts.iter().sum()) {
                let [software, engine] = counts;
                if client.json && !to_stdout {
                    return client.print_json(&json!({
                        "file": self.write.display().to_string(), "software": software, "engine": engine, "dropped": dropped
                    }));
                }
                eprintln!(
                    "{software} frames by software, {engine} by the engine, {dropped} dropped"
                );
                return Ok(());
            }
            if frames.is_empty() {
                std::thread::sleep(EVERY);
            }
        }
    }
}
