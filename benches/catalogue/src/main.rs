//! Imports 10,000 resources from an Excel file. See the README.
#![expect(clippy::expect_used, reason = "a benchmark that cannot run should say so and stop")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use catalogue::queries::{self, Filter, Viewer};
use catalogue::spreadsheet::{Provider, read, to_xlsx};
use catalogue::{BeginImport, IMPORT_ROWS_MAX, ImportRows};
use clock::{SystemClock, WorkCalendar};
use i18n::Text;
use ids::{Entropy, SeededEntropy};
use parties::{DivisionCode, EnactDivision, OrganDetails, OrganId, RegisterOrgan, UnifiedCode};
use runner::{Actor, Authority, Request, Resource, Ruling, Runner};
use rust_xlsxwriter::Workbook;
use store::{Config, Durability, Store};

static SEED: AtomicU64 = AtomicU64::new(1);
const RESOURCES: u32 = 10_000;
const ITEMS: u32 = 5;
const SECONDS_MAX: u64 = 30;
const NAME: &str = "云溪县市场监督管理局";

struct Permit;

impl Authority for Permit {
    fn rule(&self, _: &Actor, _: &str, _: &Resource) -> Ruling {
        Ruling { permitted: true, policies: Vec::new() }
    }
}

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Arc::new(Store::open(&Config::Sqlite { path: folder.path().join("bench.db"), durability: Durability::Full }).expect("a database"));
    for (component, migrations) in [
        ("journal", journal::MIGRATIONS),
        ("jobs", jobs::MIGRATIONS),
        ("runner", runner::MIGRATIONS),
        ("parties", parties::MIGRATIONS),
        ("catalogue", catalogue::MIGRATIONS),
    ] {
        store.migrate(component, migrations).expect("tables");
    }
    let entropy = || -> Box<dyn Entropy> { Box::new(SeededEntropy::new(SEED.fetch_add(1, Ordering::Relaxed))) };
    let clock = Arc::new(SystemClock::default());
    let builder = Runner::builder(Arc::clone(&store), "bench", clock, Arc::new(Permit), entropy);
    let runner = builder.with(WorkCalendar::official()).build();
    let organ = organ(&runner);
    let provider = store.read(|tx| parties::organ(tx, &organ)).expect("a read").expect("an organ");
    let providers = [Provider { organ: organ.clone(), names: vec![NAME.into()], code: provider.code.to_string() }];

    let bytes = timed("make the file", file);
    println!("{:<28} {} MB", "size of the file", bytes.len() / 1_000_000);
    let start = Instant::now();
    let table = timed("read and check", || read(&bytes, &providers).expect("a table"));
    assert_eq!(table.rows.len(), usize::try_from(RESOURCES).unwrap_or(0), "every row is good");
    timed("take", || take(&runner, &organ, table));
    let seconds = start.elapsed().as_secs();
    println!("{:<28} {seconds} s of at most {SECONDS_MAX} s", "import in all");
    assert!(seconds <= SECONDS_MAX, "the import took too long");
    ask(&store);
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = work();
    println!("{what:<28} {:.3} s", start.elapsed().as_secs_f64());
    done
}

fn organ(runner: &Runner) -> OrganId {
    let system = || Request::by(Actor::system());
    let code = DivisionCode::parse("339921").expect("a division");
    let enact = EnactDivision { code, name: Text::same("云溪县"), valid_from: "2020-01-01".parse().expect("a day") };
    runner.execute(system(), enact).expect("a division");
    let details = OrganDetails {
        short_name: Text::same("县局"),
        duties: vec!["market-supervision".into()],
        address: Text::same("人民路1号"),
        hours: Text::same("工作日"),
        phone: "0570-6000001".into(),
        complaint_phone: "0570-6000002".into(),
        ..OrganDetails::default()
    };
    let uscc = UnifiedCode::from_serial('1', '1', &code, 1).expect("a code");
    let command = RegisterOrgan { code: uscc.to_string(), name: Text::same(NAME), division: code, parent: None, details };
    runner.execute(system(), command).expect("an organ").outcome
}

fn file() -> Vec<u8> {
    const HEAD: [&str; 14] = [
        "信息资源名称",
        "信息资源分类码",
        "提供方",
        "信息资源摘要",
        "信息资源格式",
        "格式类型",
        "信息项名称",
        "字段名",
        "数据类型",
        "数据长度",
        "共享类型",
        "共享条件",
        "共享方式",
        "更新周期",
    ];
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in (0_u16..).zip(HEAD) {
        sheet.write_string(0, column, heading).expect("a cell");
    }
    for nth in 0..RESOURCES {
        for item in 0..ITEMS {
            let row = 1 + nth * ITEMS + item;
            let (name, summary) =
                (format!("第{nth}号许可登记信息"), format!("第{nth}号许可的核发、变更、延续和注销情况，由业务系统在履行职责中形成。"));
            let (title, field) = (format!("第{nth}号信息项{item}"), format!("f{item}"));
            let of_resource = [name.as_str(), "303013", NAME, &summary, "数据库", "mysql"];
            let of_item = [title.as_str(), &field, "字符型C", "50"];
            let shared = ["无条件共享", "无条件", "接口", "每日"];
            let cells = of_resource.iter().map(|cell| if item == 0 { *cell } else { "" }).chain(of_item);
            let cells = cells.chain(shared.iter().map(|cell| if item == 0 { *cell } else { "" }));
            for (column, cell) in (0_u16..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
                sheet.write_string(row, column, cell).expect("a cell");
            }
        }
    }
    book.save_to_buffer().expect("a file")
}

fn take(runner: &Runner, organ: &OrganId, table: catalogue::spreadsheet::Table) {
    let begin = BeginImport { organ: organ.clone(), file_name: "目录.xlsx".into(), file_hash: String::new(), report: table.report };
    let import = runner.execute(Request::by(Actor::system()), begin).expect("an import").outcome;
    for rows in table.rows.chunks(IMPORT_ROWS_MAX) {
        let command = ImportRows { import: import.clone(), rows: rows.to_vec() };
        runner.execute(Request::by(Actor::system()), command).expect("rows");
    }
}

fn ask(store: &Store) {
    let viewer = Viewer { everything: true, organs: Vec::new() };
    let text = Filter { text: Some("9999号许可".into()), ..Filter::default() };
    let found = timed("search a rare name", || store.read(|tx| queries::page(tx, &viewer, &text)).expect("a page"));
    assert!(!found.rows.is_empty());
    let common = Filter { text: Some("许可登记".into()), ..Filter::default() };
    timed("search a common name", || store.read(|tx| queries::page(tx, &viewer, &common)).expect("a page"));
    timed("first page", || store.read(|tx| queries::page(tx, &viewer, &Filter::default())).expect("a page"));
    timed("all facets", || store.read(|tx| queries::facets(tx, &viewer, &Filter::default())).expect("facets"));
    timed("duplicates", || store.read(|tx| queries::duplicates(tx, true, 50)).expect("pairs"));
    let all = timed("read all", || store.read(|tx| queries::resources_after(tx, None, "", RESOURCES)).expect("resources"));
    timed("export as xlsx", || to_xlsx(&all).expect("a file"));
}
