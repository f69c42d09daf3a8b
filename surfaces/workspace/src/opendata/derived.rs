//! Datasets computed from cases, ratings and readings: counted, small numbers left blank, always the same from the same records.

use blobs::Blobs;
use cases::queries::{MonthCount, is_counted, month_counts, rating_counts_before, register_uses};
use cases::{CaseFile, Outcome};
use clock::{Clock, Date};
use i18n::Text;
use opendata::gate::CELL_MIN;
use opendata::{
    Computation, DataField, DatasetId, DraftDataset, Foundation, Metadata, NewResource, PutResource, ReviseDataset, State, SubmitDataset, queries,
};
use parties::{DivisionCode, OrganId};
use registers::ReadingLine;
use runner::{Actor, Command, Halt, Refusal, Request, Runner};
use store::{StoreError, Tx};
use tables::guess;

const FILE_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// One view over what the node has recorded.
struct View {
    slug: &'static str,
    title: (&'static str, &'static str),
    notes: (&'static str, &'static str),
    columns: &'static [(&'static str, &'static str, &'static str)],
    counted: &'static str,
    source: (&'static str, &'static str),
    tags: &'static [&'static str],
    steps: &'static [(&'static str, &'static str)],
    rows: fn(&Figures) -> Rows,
}

/// Cells of each row, and its number unless it is too small to be told.
type Rows = Vec<(Vec<String>, Option<i64>)>;

/// What is counted from.
struct Figures {
    months: Vec<MonthCount>,
    ratings: Vec<(String, cases::RatingLevel, i64)>,
    readings: Vec<(String, ReadingLine)>,
    journal_size: i64,
    /// What the counted cases took from registers, and the hash of that.
    rests_on: Vec<Foundation>,
    facts_sm3: String,
}

/// Counts cases, which rest on facts of registers.
const COUNTS_CASES: &str = "cases";
/// Months before the day whose readings are counted.
const READING_MONTHS: usize = 12;
const OF_CASES: (&str, &str) = ("本节点的办件和评价记录", "Case and rating records of this node");

const VIEWS: [View; 3] = [
    View {
        slug: "case-figures-monthly",
        title: ("政务服务办件月报", "Cases by month"),
        notes: (
            "按月份、事项和结果统计的办件数量，由办件记录自动计算。",
            "Cases submitted, by month, item and outcome; computed from the case records.",
        ),
        columns: &[
            ("month", "提交月份", "Month of submission"),
            ("item", "事项", "Item"),
            ("item_en", "事项（英文）", "Item, in English"),
            ("outcome", "结果", "Outcome"),
            ("cases", "办件数", "Cases"),
        ],
        counted: COUNTS_CASES,
        source: OF_CASES,
        tags: &["政务服务", "办件", "统计"],
        steps: &[
            ("取截止日之前提交的全部办件，不含差评整改件。", "Take all cases submitted before the day, without rectifications of bad ratings."),
            (
                "按提交月份（北京时间）、事项、结果分组计数；未办结的结果记为“办理中”。",
                "Count them by month (China's time), item and outcome; open ones as 办理中.",
            ),
            ("小于 5 的数留空。", "Leave numbers below 5 blank."),
            ("按月份、事项、结果排序，写成 UTF-8 的 CSV，行尾为换行符。", "Sort by month, item and outcome; write CSV in UTF-8 with line feeds."),
        ],
        rows: |figures| {
            let row = |count: &MonthCount| {
                let outcome = count.outcome.map_or_else(|| "办理中".to_owned(), |outcome: Outcome| outcome.label().zh);
                (vec![count.month.clone(), count.item.zh.clone(), count.item.en.clone(), outcome], shown(count.cases))
            };
            figures.months.iter().map(row).collect()
        },
    },
    View {
        slug: "case-ratings",
        title: ("政务服务好差评", "Ratings of services"),
        notes: ("按事项和满意等级统计的评价数量，由评价记录自动计算。", "Ratings by item and level; computed from the ratings."),
        columns: &[("item", "事项编码", "Code of the item"), ("level", "满意等级", "Level"), ("ratings", "评价数", "Ratings")],
        counted: "ratings",
        source: OF_CASES,
        tags: &["政务服务", "办件", "统计"],
        steps: &[
            ("取截止日之前作出的全部评价。", "Take all ratings given before the day."),
            ("按事项和满意等级分组计数。", "Count them by item and level."),
            ("小于 5 的数留空。", "Leave numbers below 5 blank."),
            ("按事项、等级排序，写成 UTF-8 的 CSV，行尾为换行符。", "Sort by item and level; write CSV in UTF-8 with line feeds."),
        ],
        rows: |figures| figures.ratings.iter().map(|(slug, level, count)| (vec![slug.clone(), level.label().zh], shown(*count))).collect(),
    },
    View {
        slug: "reading-figures-monthly",
        title: ("个人信息查阅月报", "Readings of personal data by month"),
        notes: (
            "按月份、单位和用途统计的个人信息查阅次数，由数据追踪记录自动计算，与“查阅统计”页面一致。",
            "How often organs read personal data, by month, organ and purpose; computed from the records of the tracker, as on the page of figures.",
        ),
        columns: &[
            ("month", "月份", "Month"),
            ("organ", "单位", "Organ"),
            ("organ_en", "单位（英文）", "Organ, in English"),
            ("purpose", "用途", "Purpose"),
            ("purpose_en", "用途（英文）", "Purpose, in English"),
            ("readings", "查阅次数", "Readings"),
        ],
        counted: "readings",
        source: ("本节点的数据追踪记录", "Records of this node's data tracker"),
        tags: &["个人信息保护", "数据追踪", "统计"],
        steps: &[
            ("取截止日之前十二个整月的全部查阅记录。", "Take all readings of the twelve whole months before the day."),
            (
                "按月份（北京时间）、单位、用途分组计数；用途是办理的事项，没有办件的是查阅的依据。",
                "Count them by month (China's time), organ and purpose: the item of the case, or the ground where there is none.",
            ),
            (
                "小于 5 的数留空；一个月里只有一个小于 5 的数时，再留空一个最小的数，使它不能由别处公布的合计推算。",
                "Leave numbers below 5 blank; where a month has only one, leave the next smallest blank too, so that the published total does not tell it.",
            ),
            ("按月份、单位、用途排序，写成 UTF-8 的 CSV，行尾为换行符。", "Sort by month, organ and purpose; write CSV in UTF-8 with line feeds."),
        ],
        rows: |figures| {
            let row = |(month, line): &(String, ReadingLine)| {
                let (organ, purpose) = (&line.organ, &line.purpose);
                (vec![month.clone(), organ.zh.clone(), organ.en.clone(), purpose.zh.clone(), purpose.en.clone()], line.count)
            };
            figures.readings.iter().map(row).collect()
        },
    },
];

/// A number, unless it is so small that it tells of somebody.
fn shown(count: i64) -> Option<i64> {
    Some(count).filter(|count| !(1..CELL_MIN).contains(count))
}

/// The readings of the months before a day, the oldest first.
fn readings_before(tx: &mut Tx<'_>, as_of: Date) -> Result<Vec<(String, ReadingLine)>, Halt> {
    let mut months = Vec::new();
    let mut first = as_of.first_of_month();
    while months.len() < READING_MONTHS {
        first = first.yesterday().map_err(Halt::fault)?.first_of_month();
        months.push(first);
    }
    let mut found = Vec::new();
    for month in months.into_iter().rev() {
        let label = format!("{}-{:02}", month.year(), month.month());
        found.extend(registers::readings_of_month(tx, month)?.lines.into_iter().map(|line| (label.clone(), line)));
    }
    Ok(found)
}

/// Computes all views as of a day, and prepares a dataset where the numbers are others than those of an earlier day: it then waits for approval
/// like any other. Answers which were prepared. `organ` answers for them.
///
/// # Errors
/// A refusal or fault of a command; the files'.
pub fn derive_datasets(runner: &Runner, blobs: &Blobs, actor: &Actor, organ: &OrganId, as_of: Date) -> Result<Vec<DatasetId>, Halt> {
    let origin = runner.node().to_owned();
    let figures = runner.store().read(|tx| {
        let journal_size = journal::head(tx, &origin)?.size;
        let (months, ratings, readings) = (month_counts(tx, as_of)?, rating_counts_before(tx, as_of)?, readings_before(tx, as_of)?);
        let (rests_on, facts_sm3) = foundations(tx, as_of)?;
        Ok::<_, Halt>(Figures { months, ratings, readings, journal_size, rests_on, facts_sm3 })
    })?;
    let mut prepared = Vec::new();
    for view in &VIEWS {
        prepared.extend(derive(runner, blobs, actor, organ, as_of, view, &figures)?);
    }
    Ok(prepared)
}

/// The registers on which cases submitted before a day rest; counts of few cases are kept back.
fn foundations(tx: &mut Tx<'_>, as_of: Date) -> Result<(Vec<Foundation>, String), Halt> {
    let (uses, sm3) = register_uses(tx, as_of)?;
    let mut found = Vec::with_capacity(uses.len());
    for used in uses {
        let Some(register) = registers::overview(tx, &used.register)? else { continue };
        let told = |count: i64| (used.cases >= CELL_MIN).then_some(count);
        found.push(Foundation {
            register: used.register.clone(),
            title: register.declaration.title.clone(),
            position: register.position,
            cases: told(used.cases),
            facts: told(used.facts),
            records: told(used.records),
        });
    }
    let sm3 = if found.is_empty() { String::new() } else { sm3 };
    Ok((found, sm3))
}

/// A published statistic that counts a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CountedIn {
    /// Name of the dataset in addresses.
    pub slug: String,
    /// Its title.
    pub title: Text,
    /// The first release that counts it, and the newest.
    pub releases: (u32, u32),
    /// The newest counts what was submitted before this day.
    pub as_of: Date,
    /// Hash of the newest file.
    pub hash: String,
}

/// The public releases that count a case.
pub(crate) fn counted_in(tx: &mut Tx<'_>, file: &CaseFile) -> Result<Vec<CountedIn>, StoreError> {
    let mut found = Vec::new();
    for view in VIEWS.iter().filter(|view| view.counted == COUNTS_CASES) {
        let history = queries::history(tx, view.slug)?;
        let counting = history.iter().filter_map(|release| Some((release, release.metadata.computed.as_ref()?)));
        let counting: Vec<_> = counting.filter(|(_, computed)| is_counted(file, computed.as_of)).collect();
        let (Some((newest, computed)), Some((first, _))) = (counting.first(), counting.last()) else { continue };
        found.push(CountedIn {
            slug: newest.slug.clone(),
            title: newest.metadata.title.clone(),
            releases: (first.number, newest.number),
            as_of: computed.as_of,
            hash: computed.hash.clone(),
        });
    }
    Ok(found)
}

/// The file of a view, and how many numbers were left blank.
fn file(view: &View, rows: Rows) -> (String, u64) {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    let mut suppressed = 0;
    // Writing into memory cannot fail.
    let _ = writer.write_record(view.columns.iter().map(|(name, _, _)| *name));
    for (mut row, count) in rows {
        suppressed += u64::from(count.is_none());
        row.push(count.map(|count| count.to_string()).unwrap_or_default());
        let _ = writer.write_record(&row);
    }
    (writer.into_inner().map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default(), suppressed)
}

fn derive(
    runner: &Runner,
    blobs: &Blobs,
    actor: &Actor,
    organ: &OrganId,
    as_of: Date,
    view: &View,
    figures: &Figures,
) -> Result<Option<DatasetId>, Halt> {
    let known = runner.store().read(|tx| queries::dataset(tx, view.slug))?;
    let rows = (view.rows)(figures);
    if known.is_none() && rows.is_empty() {
        return Ok(None);
    }
    let (csv, suppressed) = file(view, rows);
    let blob = blobs.put(csv.as_bytes(), FILE_BYTES_MAX).map_err(Halt::fault)?;
    let is_done = |known: &opendata::Dataset| {
        let is_same = known.resources.iter().any(|file| file.blob.as_deref() == Some(blob.as_str()));
        is_same || known.state == State::Submitted || known.metadata.computed.as_ref().is_some_and(|computed| computed.as_of >= as_of)
    };
    if known.as_ref().is_some_and(is_done) {
        return Ok(None);
    }
    let division = runner.store().read(|tx| parties::organ(tx, organ))?.ok_or_else(Refusal::not_found)?.division;
    let computed = computation(view, as_of, figures, suppressed, blob.as_str());
    let metadata = metadata(view, &division, computed);
    let mut replaces = None;
    let id = match known {
        Some(known) => {
            replaces = known.resources.first().map(|file| file.id.clone());
            act(runner, actor, ReviseDataset { dataset: known.id.clone(), metadata, seen: None })?;
            known.id
        }
        None => act(runner, actor, DraftDataset { slug: view.slug.to_owned(), organ: organ.clone(), metadata, harvested: None })?,
    };
    let resource = NewResource {
        name: Text::new(view.title.0, view.title.1),
        note: Text::default(),
        format: "CSV".to_owned(),
        blob: Some(blob),
        url: String::new(),
        size_bytes: u64::try_from(csv.len()).unwrap_or(u64::MAX),
        fields: fields(view, csv.as_bytes())?,
    };
    act(runner, actor, PutResource { dataset: id.clone(), replaces, resource, seen: None })?;
    act(runner, actor, SubmitDataset { dataset: id.clone() })?;
    Ok(Some(id))
}

fn act<C: Command>(runner: &Runner, actor: &Actor, command: C) -> Result<C::Outcome, Halt> {
    Ok(runner.execute(Request::by(actor.clone()), command)?.outcome)
}

fn fields(view: &View, csv: &[u8]) -> Result<Vec<DataField>, Halt> {
    let mut fields: Vec<DataField> = guess(csv).map_err(Halt::fault)?.into_iter().map(DataField::plain).collect();
    for (field, (name, zh, en)) in fields.iter_mut().zip(view.columns) {
        field.title = Text::new(*zh, *en);
        field.counts = *name == view.counted;
    }
    Ok(fields)
}

fn computation(view: &View, as_of: Date, figures: &Figures, suppressed: u64, hash: &str) -> Computation {
    let (rests_on, facts_sm3) =
        if view.counted == COUNTS_CASES { (figures.rests_on.clone(), figures.facts_sm3.clone()) } else { (Vec::new(), String::new()) };
    Computation {
        view: view.slug.to_owned(),
        source: Text::new(view.source.0, view.source.1),
        steps: view.steps.iter().map(|(zh, en)| Text::new(*zh, *en)).collect(),
        as_of,
        journal_size: figures.journal_size,
        small_cells_below: u32::try_from(CELL_MIN).unwrap_or(5),
        suppressed,
        hash: hash.to_owned(),
        rests_on,
        facts_sm3,
    }
}

fn metadata(view: &View, division: &DivisionCode, computed: Computation) -> Metadata {
    Metadata {
        title: Text::new(view.title.0, view.title.1),
        notes: Text::new(view.notes.0, view.notes.1),
        themes: vec!["gove".to_owned()],
        tags: view.tags.iter().map(|tag| (*tag).to_owned()).collect(),
        licence: "open".to_owned(),
        period: "monthly".to_owned(),
        spatial: division.to_string(),
        computed: Some(computed),
        ..Metadata::default()
    }
}

/// The day as of which views are computed: the first of this month, so that a month is whole.
#[must_use]
pub fn first_of_month(runner: &Runner) -> Date {
    let today = clock::local_date(runner.clock().now());
    today.first_of_month()
}
