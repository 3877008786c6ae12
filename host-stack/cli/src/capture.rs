// SPDX-License-Identifier: Apache-2.0
//! `toe capture`.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use pcap_file::DataLink;
use pcap_file::pcapng::PcapNgWriter;
use pcap_file::pcapng::blocks::enhanced_packet::{EnhancedPacketBlock, EnhancedPacketOption};
use pcap_file::pcapng::blocks::interface_description::{
    InterfaceDescriptionBlock, InterfaceDescriptionOption,
};
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
    /// File, or - for standard output
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
    #[arg(short, long, value_name = "SECONDS")]
    time: Option<f64>,
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

impl Args {
    pub(crate) fn run<S: Stream>(&self, client: &mut Client<S>) -> Result<()> {
        let fail = |e: io::Error| CliError::Other(format!("{}: {e}", self.write.display()));
        let filter = Filter { port: self.port, host: self.host };
        let reply = client.ask(&Request::Capture { filter })?;
        let Reply::Capture { capture, engine: _ } = reply else {
            return Err(CliError::Other(format!("{reply:?}")));
        };
        let out: Box<dyn Write> = if self.write.as_os_str() == "-" {
            Box::new(io::stdout())
        } else {
            Box::new(File::create(&self.write).map_err(fail)?)
        };
        let broken = |e: pcap_file::PcapError| match e {
            pcap_file::PcapError::IoError(e) if e.kind() == io::ErrorKind::BrokenPipe => {
                CliError::Pipe
            }
            other => CliError::Other(other.to_string()),
        };
        let mut file = PcapNgWriter::new(BufWriter::new(out)).map_err(broken)?;
        for name in PATHS {
            let mut block = InterfaceDescriptionBlock::new(DataLink::ETHERNET, 0);
            block.options.push(InterfaceDescriptionOption::IfName(name.into()));
            // The writer writes nanoseconds, whatever stands here.
            block.options.push(InterfaceDescriptionOption::IfTsResol(9));
            file.write_pcapng_block(block).map_err(broken)?;
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
                let block = block(frame)
                    .ok_or_else(|| CliError::Other("the stack sends nonsense".to_owned()))?;
                counts[usize::from(block.interface_id == 1)] += 1;
                file.write_pcapng_block(block).map_err(broken)?;
            }
            if over || enough(counts.iter().sum()) {
                let [software, engine] = counts;
                eprintln!(
                    "{software} frames by software, {engine} by the engine, {dropped} dropped"
                );
                return file.into_inner().flush().map_err(fail);
            }
            if frames.is_empty() {
                file.get_mut().flush().map_err(fail)?;
                std::thread::sleep(EVERY);
            }
        }
    }
}
