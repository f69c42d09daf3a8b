//! A table sent by the command line to another node and taken there, both killed in the middle again and again.

use std::collections::{BTreeMap, HashSet};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use exchange::{BATCH_ENDPOINTS, Carrier, Code, FieldType, INBOX, OfferService, RecordDuty, Service, ServiceField, Standing, SubsystemId};
use gateway::HttpCarrier;
use i18n::Text;
use runner::{Actor, Request};
use serde_json::Value;
use testkit::{TestDatabase, on_both};
use tokio::runtime::Runtime;
use tracker::Manner;

use crate::feeds::{Side, id};

const HEALTH: &str = "CN-339921/GOV/11339921MB0000070Q/health";
const POLICE: &str = "CN-339922/GOV/11339922MB00000011/population";
const BIRTHS: &str = "CN-339922/GOV/11339922MB00000011/population/births";
const PAPERS: &str = "CN-339922/GOV/11339922MB00000011/population/papers";
const ROWS: u64 = 1_500;
const KILLS: u64 = 4;

fn births() -> Service {
    let field = |(name, kind): (&str, FieldType)| ServiceField { name: name.into(), title: Text::same(name), kind };
    let fields = [("certificate", FieldType::Text), ("mother", FieldType::Text), ("weight_g", FieldType::Integer), ("alive", FieldType::Boolean)];
    Service {
        id: BIRTHS.parse().unwrap(),
        title: Text::new("出生医学证明信息", "Births"),
        register: format!("{INBOX}births"),
        endpoints: BATCH_ENDPOINTS.map(str::to_owned).to_vec(),
        fields: fields.map(field).to_vec(),
        subject: Some("mother".into()),
        body_bytes_max: 2 * 1024 * 1024,
        kept_days: 30,
        standing: Standing::Active,
    }
}

fn duty() -> RecordDuty {
    RecordDuty {
        client: id(HEALTH),
        service: BIRTHS.parse().unwrap(),
        fields: births().fields.into_iter().map(|field| field.name).collect(),
        masks: BTreeMap::new(),
        rows: BTreeMap::new(),
        manners: vec![Manner::Full],
        calls_per_minute_max: 100_000,
        calls_per_day_max: 100_000,
        cell_count_min: 10,
        purpose: Text::new("办理出生登记", "To enter births"),
        basis: "户口登记条例 第七条".into(),
        needs_case: false,
        consent: None,
        from: None,
        days: 90,
    }
}

/// A node that sends, one that receives, and where the systems of each ask.
struct World {
    sender: Side,
    receiver: Side,
    sending: String,
    taking: String,
    _runtime: Runtime,
}

impl World {
    fn on(first: &TestDatabase, second: &TestDatabase) -> Self {
        let (sender, receiver) = (Side::on(first), Side::on(second));
        let runtime = Runtime::new().unwrap();
        let serve = |router: axum::Router| {
            let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
            let address = format!("http://{}", listener.local_addr().unwrap());
            runtime.spawn(async move { axum::serve(listener, router).await });
            address
        };
        let connector = |side: &Side, client: &str| {
            let carrier: Arc<dyn Carrier> = Arc::new(HttpCarrier::new(runtime.handle().clone()).unwrap());
            serve(gateway::connector(Arc::clone(&side.node.exchange), carrier, HashSet::from([id(client)])))
        };
        let (sending, taking) = (connector(&sender, HEALTH), connector(&receiver, POLICE));
        let address = serve(gateway::routes(Arc::clone(&receiver.node.exchange), Arc::clone(&receiver.node.store)));
        sender.enrol(HEALTH, Some("organ_health"), "", sender.pem());
        sender.enrol(POLICE, None, &address, receiver.pem());
        receiver.enrol(POLICE, Some("organ_police"), "", receiver.pem());
        receiver.enrol(HEALTH, None, "https://health.example", sender.pem());
        receiver.run(OfferService { service: births() });
        receiver.run(duty());
        Self { sender, receiver, sending, taking, _runtime: runtime }
    }

    /// Does something while the receiver's jobs are done, as a node that serves does them.
    fn while_it_applies<T>(&self, work: impl FnOnce() -> T) -> T {
        let done = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    self.receiver.do_jobs();
                    std::thread::sleep(Duration::from_millis(50));
                }
            });
            let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
            done.store(true, Ordering::Relaxed);
            ended.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })
    }

    fn send(&self, file: &Path, more: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zhengshu"));
        command.arg("send").arg(file).args(["--connector", &self.sending, "--as", HEALTH, "--to", BIRTHS, "--key", "certificate", "--part-kib", "1"]);
        command.args(more);
        command
    }

    fn take(&self, into: &Path) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zhengshu"));
        command.args(["take", BIRTHS, "--connector", &self.taking, "--into"]).arg(into);
        command
    }
}

fn mother(number: u64) -> String {
    let born = "1990-01-01".parse().unwrap();
    parties::IdentityNumber::compose("339921", born, u16::try_from(number % 900).unwrap() + 1).unwrap().as_str().to_owned()
}

fn write_births(file: &Path, rows: std::ops::Range<u64>) {
    let mut text = String::from("certificate,mother,weight_g,alive\n");
    for number in rows {
        text.push_str(&format!("H{number:06},{},{},是\n", mother(number), 2_500 + number % 1_500));
    }
    std::fs::write(file, text).unwrap();
}

/// Lets a command run for a while and kills it; `true` when it had ended by itself.
fn kill_after(mut command: Command, time: Duration) -> bool {
    let mut child = command.stdout(Stdio::null()).spawn().unwrap();
    std::thread::sleep(time);
    let ended = child.try_wait().unwrap().is_some();
    child.kill().unwrap();
    child.wait().unwrap();
    ended
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn a_table_arrives_whole_and_once_however_often_its_sending_and_its_taking_are_killed() {
    on_both(|first| {
        let second = if first.postgres_address().is_some() { TestDatabase::postgres() } else { TestDatabase::sqlite() };
        let world = World::on(&first, &second);
        let folder = tempfile::tempdir().unwrap();
        let (file, rows) = (folder.path().join("births.csv"), folder.path().join("rows.jsonl"));
        write_births(&file, 0..ROWS);
        world.while_it_applies(|| {
            let killed = (1..=KILLS).filter(|turn| !kill_after(world.send(&file, &["--batch", "2026030200001"]), Duration::from_millis(150 * turn)));
            assert!(killed.count() > 1, "it was killed in the middle");
            let output = world.send(&file, &["--batch", "2026030200001"]).output().unwrap();
            assert!(output.status.success(), "{}", said(&output));
            assert!(said(&output).contains(&format!("{ROWS} rows applied, 0 set aside")), "{}", said(&output));
        });
        let again = world.send(&file, &["--batch", "2026030200001"]).output().unwrap();
        assert!(said(&again).contains(": 0 parts sent"), "{}", said(&again));

        for turn in 1..=KILLS {
            kill_after(world.take(&rows), Duration::from_millis(20 * turn));
        }
        // Half a line, as a full disk or a power cut leaves it.
        std::fs::OpenOptions::new().create(true).append(true).open(&rows).unwrap().write_all(b"{\"position\": 77").unwrap();
        let output = world.take(&rows).output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
        let text = std::fs::read_to_string(&rows).unwrap();
        let taken: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let keys: Vec<&str> = taken.iter().map(|row| row["key"].as_str().unwrap()).collect();
        let wanted: Vec<String> = (0..ROWS).map(|number| format!("H{number:06}")).collect();
        assert_eq!(keys, wanted, "every row once, in order");
        let record = &taken[7]["record"];
        assert_eq!((record["weight_g"].as_i64(), record["alive"].as_bool(), record["mother"].as_str()), (Some(2_507), Some(true), Some(&*mother(7))));
        let seen = world.receiver.node.store.read(|tx| tracker::readings_of(tx, &world.receiver.node.keys, &mother(7), i64::MAX, None, 50)).unwrap();
        assert!(seen.iter().any(|reading| Some(reading.id.as_str()) == taken[7]["reading"].as_str()), "she sees that it was taken");

        // What changes or does not fit comes later: one row anew, one that names nobody.
        std::fs::write(&file, format!("certificate,mother,weight_g\nH000005,{},2600\nH009999,,2600\n", mother(5))).unwrap();
        let output = world.while_it_applies(|| world.send(&file, &["--batch", "2026030200002"]).output().unwrap());
        assert!(!output.status.success() && said(&output).contains("1 rows applied, 1 set aside"), "{}", said(&output));
        assert!(said(&world.take(&rows).output().unwrap()).contains("1 rows were taken"));
        let text = std::fs::read_to_string(&rows).unwrap();
        let last: Value = serde_json::from_str(text.lines().last().unwrap()).unwrap();
        assert_eq!((last["key"].as_str(), last["record"]["weight_g"].as_i64()), (Some("H000005"), Some(2_600)));
    });
}

#[test]
fn what_is_wrong_with_a_file_is_said_before_anything_is_sent() {
    let world = World::on(&TestDatabase::sqlite(), &TestDatabase::sqlite());
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("births.csv");
    let refused = |text: &str, more: &[&str]| {
        std::fs::write(&file, text).unwrap();
        let output = world.send(&file, more).output().unwrap();
        assert!(!output.status.success(), "{text}");
        said(&output)
    };
    assert!(refused("certificate,father\nH1,x\n", &[]).contains("“father” of row 2 is not a field of the service"));
    assert!(refused("certificate,mother\n,x\n", &[]).contains("Row 2 has no key"));
    assert!(refused("certificate,cd_operation\nH1,X\n", &[]).contains("none of I, U, D"));
    assert!(refused("certificate,cd_time\nH1,today\n", &[]).contains("no number of milliseconds"));
    assert!(refused("{\"certificate\": \"H1\"}\n{\"certificate\"\n", &[]).contains("Line 2 is no JSON object"));
    assert!(refused("", &[]).contains("The file is empty"));
    assert!(refused("certificate\nH1\n", &["--batch", "20260302"]).contains("2026030200001"));
    let unknown = world.sender.node.store.read(|tx| exchange::latest_calls(tx, 100)).unwrap();
    assert!(unknown.iter().all(|call| call.endpoint.is_empty()), "only the description was asked for: {unknown:?}");

    // In whose name the connector does not speak; a service that is not there; no right.
    std::fs::write(&file, "certificate\nH1\n").unwrap();
    let mut stranger = Command::new(env!("CARGO_BIN_EXE_zhengshu"));
    stranger.arg("send").arg(&file).args(["--connector", &world.sending, "--as", POLICE, "--to", BIRTHS, "--key", "certificate"]);
    assert!(said(&stranger.output().unwrap()).contains(Code::ClientUnknown.as_str()));
    let ended = world.receiver.node.store.read(exchange::all_duties).unwrap().remove(0).0.id;
    let end = exchange::EndDuty { duty: ended, reason: "到期".into() };
    world.receiver.node.runner.execute(Request::by(Actor::system()), end).unwrap();
    let refused = said(&world.send(&file, &[]).output().unwrap());
    assert!(refused.contains(Code::NotGranted.as_str()) && refused.contains(&Code::NotGranted.refusal().next_step.zh), "{refused}");
    let other: SubsystemId = id(HEALTH);
    let stolen = Command::new(env!("CARGO_BIN_EXE_zhengshu"))
        .args(["take", &format!("{other}/births"), "--connector", &world.taking, "--into"])
        .arg(folder.path().join("x.jsonl"))
        .output()
        .unwrap();
    assert!(said(&stolen).contains(Code::ClientUnknown.as_str()), "{}", said(&stolen));
}

/// A service that takes files of whatever kind.
fn papers() -> Service {
    let field = |(name, kind): (&str, FieldType)| ServiceField { name: name.into(), title: Text::same(name), kind };
    let fields = [("file", FieldType::Text), ("offset", FieldType::Integer), ("bytes", FieldType::Text)];
    Service { id: PAPERS.parse().unwrap(), register: format!("{INBOX}papers"), fields: fields.map(field).to_vec(), subject: None, ..births() }
}

#[test]
fn a_file_that_is_no_table_arrives_as_it_is_and_has_its_name_when_it_is_whole() {
    let world = World::on(&TestDatabase::sqlite(), &TestDatabase::sqlite());
    world.receiver.run(OfferService { service: papers() });
    let fields = papers().fields.into_iter().map(|field| field.name).collect();
    world.receiver.run(RecordDuty { service: papers().id, fields, ..duty() });
    let folder = tempfile::tempdir().unwrap();
    let (file, into) = (folder.path().join("档案 1982.zip"), folder.path().join("in"));
    std::fs::create_dir(&into).unwrap();
    let bytes: Vec<u8> = (0..3_000_000_u32).map(|number| (number.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    std::fs::write(&file, &bytes).unwrap();
    let send = |more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zhengshu"));
        command.arg("send").arg(&file).args(["--connector", &world.sending, "--as", HEALTH, "--to", PAPERS]).args(more);
        command
    };
    let take = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_zhengshu"));
        command.args(["take", PAPERS, "--connector", &world.taking, "--into"]).arg(&into);
        command
    };
    let whole = into.join("档案 1982.zip");
    world.while_it_applies(|| {
        kill_after(send(&["--batch", "2026030200001"]), Duration::from_millis(400));
        let output = send(&["--batch", "2026030200001"]).output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
    });
    kill_after(take(), Duration::from_millis(60));
    assert!(!whole.exists() || std::fs::read(&whole).unwrap() == bytes, "its name says that it is whole");
    let output = take().output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    assert!(std::fs::read(&whole).unwrap() == bytes);
    assert!(said(&take().output().unwrap()).contains("0 rows were taken"));

    // A name that leads out of the folder is none.
    let row = |name: &str| format!("{}\n", serde_json::json!({"file": name, "offset": 0, "bytes": "eA=="}));
    std::fs::write(folder.path().join("evil.jsonl"), row("../out")).unwrap();
    let mut evil = Command::new(env!("CARGO_BIN_EXE_zhengshu"));
    evil.arg("send").arg(folder.path().join("evil.jsonl")).args(["--connector", &world.sending, "--as", HEALTH, "--to", PAPERS]);
    evil.args(["--key", "file", "--batch", "2026030200002"]);
    let output = world.while_it_applies(|| evil.output().unwrap());
    assert!(output.status.success(), "{}", said(&output));
    let output = take().output().unwrap();
    assert!(output.status.success() && said(&output).contains("is no piece of a file and was passed over"), "{}", said(&output));
    assert!(!folder.path().join("out").exists() && !folder.path().join("out.part").exists());
}
