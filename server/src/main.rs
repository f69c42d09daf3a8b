//! The command line.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use clock::Date;
use exchange::{BatchNumber, ServiceId, SubsystemId};
use seal::NoteVerifier;
use zhengshu::config::Place;
use zhengshu::demo::Wanted;
use zhengshu::handover::{self, Connector, Sending};
use zhengshu::node::{Node, StartError};
use zhengshu::{backup, compare, demo, doctor, exchanging, packages, serve, verify};

/// 政枢: the operating system of a digital government.
#[derive(Parser)]
#[command(name = "zhengshu", version, about)]
struct Line {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve portal, workspace and API, and do the jobs.
    Serve,
    /// Do the jobs only.
    Work,
    /// Create the example town in an empty data folder.
    Demo {
        /// Multiplies people, companies and cases.
        #[arg(long, default_value_t = 1)]
        scale: u32,
        /// Serve afterwards; with existing data, only serve.
        #[arg(long)]
        serve: bool,
        /// Folder of the procedure packages to publish.
        #[arg(long, default_value = "packages")]
        packages: PathBuf,
        /// The day on which the year of the town ends, for example 2026-03-02, instead of today.
        #[arg(long)]
        on: Option<Date>,
    },
    /// List everything that is wrong with a procedure package.
    Check {
        /// Its folder.
        package: PathBuf,
    },
    /// Play the scenarios of a package.
    Test {
        /// Its folder.
        package: PathBuf,
    },
    /// Sign and publish a package.
    Publish {
        /// Its folder.
        package: PathBuf,
    },
    /// Verify an export of the journal, or a receipt, without a database.
    Verify {
        /// The file.
        file: PathBuf,
        /// Public key of a signer, as published at /api/v1/journal/keys; repeat for several.
        #[arg(long = "key")]
        keys: Vec<String>,
    },
    /// Verify an exported exchange of messages, without a database.
    VerifyExchange {
        /// The file.
        file: PathBuf,
        /// PEM file of a signer's public key, as published at /exchange/keys; repeat for several.
        #[arg(long = "key")]
        keys: Vec<PathBuf>,
    },
    /// Compare two sources by key: what is missing, double or different.
    Compare {
        /// A file (CSV, Excel, JSON, Parquet), or `register:<name>` for a register about nobody, also one kept elsewhere.
        left: String,
        /// The same.
        right: String,
        /// A column of the key; `first=second` where the two call it differently; repeat for several.
        #[arg(long = "key", required = true)]
        key: Vec<String>,
        /// A column that must be the same; repeat for several.
        #[arg(long = "field")]
        fields: Vec<String>,
        /// Differences that are listed.
        #[arg(long, default_value_t = 20)]
        show: usize,
    },
    /// Send a file of any size, as a batch, to a service that takes batches. Interrupted, the same command goes on where it ended.
    Send {
        /// CSV, lines of JSON, Excel, Parquet. Columns `cd_operation` (I, U, D) and `cd_time` (milliseconds) say what happened to a row; without them
        /// it is as the file was written.
        file: PathBuf,
        /// Address of the node's connector, for example http://127.0.0.1:8095.
        #[arg(long)]
        connector: String,
        /// The subsystem that sends, one of those in whose name the connector speaks.
        #[arg(long = "as", value_parser = subsystem)]
        client: SubsystemId,
        /// The service that takes it.
        #[arg(long = "to", value_parser = service)]
        service: ServiceId,
        /// A column of the key; repeat for several. Without one the file is sent as it is, whatever it is, in pieces: the service has the fields `file`
        /// (text), `offset` (integer) and `bytes` (text, base64).
        #[arg(long = "key")]
        key: Vec<String>,
        /// Number of the batch, the day and five digits: 2026030200001. Without it, the first of today.
        #[arg(long, value_parser = batch_number)]
        batch: Option<BatchNumber>,
        /// Largest part in KiB, at most 1024.
        #[arg(long, default_value_t = 1024, value_parser = clap::value_parser!(u32).range(1..=1024))]
        part_kib: u32,
    },
    /// Take what a service of an own subsystem has received, as lines of JSON at the end of a file. Called again, it takes what has come since.
    Take {
        /// The service.
        #[arg(value_parser = service)]
        service: ServiceId,
        /// Address of the node's connector.
        #[arg(long)]
        connector: String,
        /// The file; an existing folder puts files together that were sent in pieces.
        #[arg(long)]
        into: PathBuf,
    },
    /// Write the journal as lines of JSON, with a signed checkpoint.
    Export {
        /// The file.
        file: PathBuf,
    },
    /// Say what is wrong and how to mend it.
    Doctor,
    /// Copy database, keys and files into one file.
    Backup {
        /// The file; it must not exist.
        file: PathBuf,
    },
    /// Restore a backup into an empty data folder, proven against its checkpoint.
    Restore {
        /// The file.
        file: PathBuf,
    },
}

fn main() -> ExitCode {
    let line = Line::parse();
    match run(&line) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(e) => {
            eprintln!("zhengshu: {}", chain(&*e));
            ExitCode::FAILURE
        }
    }
}

/// `false`: it worked, and what it looked at is not well.
fn run(line: &Line) -> Result<bool, StartError> {
    let place = &line.place;
    match &line.command {
        Command::Serve => serve::serve(place).map(|()| true),
        Command::Work => serve::work(place).map(|()| true),
        Command::Demo { scale, serve, packages, on } => demo::demo(place, &Wanted { packages, scale: *scale, on: *on }, *serve).map(|()| true),
        Command::Check { package } => check(package),
        Command::Test { package } => packages::test(package),
        Command::Publish { package } => {
            let published = packages::publish(&Node::beside(place)?, package)?;
            println!("{published:?}");
            Ok(true)
        }
        Command::Verify { file, keys } => {
            let keys = keys.iter().map(|key| NoteVerifier::parse(key)).collect::<Result<Vec<_>, _>>()?;
            println!("{}", verify::verify(file, &keys)?);
            Ok(true)
        }
        Command::VerifyExchange { file, keys } => {
            println!("{}", exchanging::verify(file, keys)?);
            Ok(true)
        }
        Command::Compare { left, right, key, fields, show } => {
            let (report, same) = compare::compare(place, &compare::Wanted { left, right, key, fields, shown: *show })?;
            print!("{report}");
            Ok(same)
        }
        Command::Send { file, connector, client, service, key, batch, part_kib } => {
            let part_bytes_max = usize::try_from(*part_kib)?.saturating_mul(1024);
            let sending = Sending { file, service, key, cd_batch: batch.as_ref(), part_bytes_max };
            let sent = handover::send(&Connector::new(connector, client.clone())?, &sending)?;
            println!("批次 {}：发送{}块，入库{}行，未入库{}行。", sent.cd_batch, sent.sent_parts, sent.applied_rows, sent.dead_rows);
            println!("batch {}: {} parts sent, {} rows applied, {} set aside", sent.cd_batch, sent.sent_parts, sent.applied_rows, sent.dead_rows);
            Ok(sent.dead_rows == 0)
        }
        Command::Take { service, connector, into } => {
            let connector = Connector::new(connector, service.subsystem().clone())?;
            let rows = if into.is_dir() { handover::take_files(&connector, service, into)? } else { handover::take(&connector, service, into)? };
            println!("领取{rows}行。 {rows} rows were taken into {}", into.display());
            Ok(true)
        }
        Command::Export { file } => {
            let size = verify::export(&Node::beside(place)?, file)?;
            println!("{size} entries were written to {}", file.display());
            Ok(true)
        }
        Command::Doctor => Ok(examine(place)),
        Command::Backup { file } => {
            let manifest = backup::backup(&Node::beside(place)?, file)?;
            println!("{} journal entries and {} files were saved in {}", manifest.journal_size, manifest.files.len(), file.display());
            Ok(true)
        }
        Command::Restore { file } => {
            let manifest = backup::restore(file, place)?;
            println!("restored, and proven against the checkpoint of {} entries", manifest.journal_size);
            Ok(true)
        }
    }
}

fn subsystem(text: &str) -> Result<SubsystemId, String> {
    text.parse().map_err(|_| "应形如 expected like CN-339921/GOV/11339921MB0000609T/civil-affairs".to_owned())
}

fn service(text: &str) -> Result<ServiceId, String> {
    text.parse().map_err(|_| "应形如 expected like CN-339921/GOV/11339921MB0000609T/civil-affairs/births".to_owned())
}

fn batch_number(text: &str) -> Result<BatchNumber, String> {
    text.parse().map_err(|_| "应为日期加五位数字 expected a day and five digits, like 2026030200001".to_owned())
}

fn check(package: &std::path::Path) -> Result<bool, StartError> {
    let findings = packages::check(package)?;
    for finding in &findings {
        println!("{}:{}: {} {}", finding.file, finding.line, finding.code, finding.sentence(true));
        println!("    {}", finding.sentence(false));
    }
    let sound = !procedure::has_errors(&findings);
    println!("{}", if sound { "可以发布。 Ready to be published." } else { "不能发布。 Not ready." });
    Ok(sound)
}

fn examine(place: &Place) -> bool {
    let findings = doctor::examine(place);
    for finding in &findings {
        let mark = if finding.well { "✓" } else { "✗" };
        println!("{mark} {}\n  {}", finding.zh, finding.en);
    }
    findings.iter().all(|finding| finding.well)
}

fn chain(e: &(dyn std::error::Error + Send + Sync)) -> String {
    let mut text = e.to_string();
    let mut source = e.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
