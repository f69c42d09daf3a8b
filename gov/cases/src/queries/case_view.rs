//! One case with all that belongs to it.

use i18n::{Lang, Text};
use journal::Entry;
use procedure::codes::{Code, SuspendReason};
use runner::{Actor, Halt, Resource};
use seal::FieldKeys;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{StoreError, Tx};
use tracker::Trace;

use crate::engine::{open_comment, read_case};
use crate::model::{CaseFile, CaseStatus, Fact, MaterialFile, Outcome, Task, TaskKind, TaskState};
use crate::store::ratings::Rating;
use crate::store::{facts, files, materials, ratings, tasks};

/// One line of the timeline, in plain words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineEntry {
    /// Position in the journal.
    pub index: i64,
    /// Milliseconds since 1970.
    pub at_ms: i64,
    /// Kind of the event.
    pub kind: String,
    /// What happened, for everybody.
    pub title: Text,
    /// More, for everybody who may see the case; may be empty.
    pub detail: Text,
    /// Who acted: an account.
    pub actor: String,
    /// Whether the applicant is shown it (internal steps are not).
    pub public: bool,
}

/// A case, its tasks, files, rating and timeline.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CaseView {
    /// The file.
    pub file: CaseFile,
    /// All tasks, in the order they were opened.
    pub tasks: Vec<Task>,
    /// Files attached.
    pub materials: Vec<MaterialFile>,
    /// What was taken from registers.
    #[serde(default)]
    pub facts: Vec<Fact>,
    /// Reviews after corrections of what it was made from: their cases, oldest first.
    #[serde(default)]
    pub reviews: Vec<String>,
    /// The rating, once given.
    pub rating: Option<Rating>,
    /// What happened, oldest first.
    pub timeline: Vec<TimelineEntry>,
}

/// Reads a case with all that belongs to it. The caller asks the authority before, with [`case_resource`]; who is not a side of the
/// case comes with [`crate::commands::ReadCase`], which leaves a reading.
///
/// # Errors
/// The database's, or a key is missing.
pub fn case_view(tx: &mut Tx<'_>, keys: &FieldKeys, id: &str, _: &Trace) -> Result<Option<CaseView>, Halt> {
    let Some(file) = read_case(tx, keys, id)? else { return Ok(None) };
    let tasks = tasks::of_case(tx, id)?;
    let timeline = journal::entries_of(tx, id)?.iter().filter_map(timeline_entry).collect();
    let rating = ratings::find(tx, id)?.map(|rating| open_comment(keys, rating)).transpose()?;
    Ok(Some(CaseView {
        tasks,
        materials: materials::of_owner(tx, id)?,
        facts: facts::of_case(tx, id)?,
        reviews: facts::reviews_of(tx, id)?,
        rating,
        timeline,
        file,
    }))
}

/// The file of a case alone; for whom [`case_view`] says.
///
/// # Errors
/// The database's, or a key is missing.
pub fn case_file(tx: &mut Tx<'_>, keys: &FieldKeys, id: &str, _: &Trace) -> Result<Option<CaseFile>, Halt> {
    read_case(tx, keys, id)
}

/// The tasks of a case, in the order they were opened.
///
/// # Errors
/// The database's.
pub fn tasks_of(tx: &mut Tx<'_>, case: &str) -> Result<Vec<Task>, StoreError> {
    tasks::of_case(tx, case)
}

/// The number of a case.
///
/// # Errors
/// The database's.
pub fn number_of(tx: &mut Tx<'_>, case: &str) -> Result<Option<String>, StoreError> {
    Ok(files::facts(tx, case)?.map(|file| file.number))
}

/// Files attached to a case.
///
/// # Errors
/// The database's.
pub fn materials_of(tx: &mut Tx<'_>, case: &str) -> Result<Vec<MaterialFile>, StoreError> {
    materials::of_owner(tx, case)
}

/// One task.
///
/// # Errors
/// The database's.
pub fn task_by_id(tx: &mut Tx<'_>, id: &str) -> Result<Option<Task>, StoreError> {
    tasks::find(tx, id)
}

/// What the authority is asked about before a case is shown: `None` when there is no such case. Of several open tasks the one
/// whose post the actor holds speaks for the case.
///
/// # Errors
/// The database's.
pub fn case_resource(tx: &mut Tx<'_>, actor: &Actor, id: &str) -> Result<Option<Resource>, StoreError> {
    let Some(file) = files::facts(tx, id)? else { return Ok(None) };
    let tasks = tasks::of_case(tx, id)?;
    let mut open = tasks.iter().filter(|task| task.state == TaskState::Open);
    let open = open.clone().find(|task| actor.holds(&task.organ, &task.post)).or_else(|| open.next());
    Ok(Some(Resource {
        kind: "case".into(),
        id: file.id,
        organ: Some(file.organ),
        division: Some(file.division),
        post: open.map(|task| task.post.clone()),
        post_organ: open.map(|task| task.organ.clone()),
        party: Some(file.party),
        assignee: open.and_then(|task| task.assignee.clone()),
        handlers: tasks.iter().filter_map(|task| task.assignee.clone()).collect(),
        scope: Some(file.slug),
        sensitivity: 2,
    }))
}

/// The cases made from a version of a record, by identifier, newest first. For the organ that keeps the register: whom a correction concerns.
///
/// # Errors
/// The database's.
pub fn cases_made_from(tx: &mut Tx<'_>, register: &str, position: i64, count_max: u32) -> Result<Vec<String>, StoreError> {
    facts::made_from(tx, register, position, count_max)
}

/// Where the journal entry of an event of the case stands; for its receipt.
///
/// # Errors
/// The database's.
pub fn receipt_index(tx: &mut Tx<'_>, case: &str, kind: &str) -> Result<Option<i64>, Halt> {
    Ok(journal::entries_of(tx, case)?.iter().rev().find(|entry| entry.header.kind == kind).map(|entry| entry.index))
}

fn timeline_entry(entry: &Entry) -> Option<TimelineEntry> {
    let payload: Value = entry.payload.as_deref().and_then(|payload| serde_json::from_str(payload).ok()).unwrap_or(Value::Null);
    let text = |field: &str| payload.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
    let day = |field: &str| {
        let iso = text(field);
        Text::new(i18n::date_text(Lang::ZhHans, &iso), i18n::date_text(Lang::En, &iso))
    };
    let (title, detail, public) = match entry.header.kind.as_str() {
        "case-submitted" => (Text::new("提交申请", "Submitted"), Text::same(text("number")), true),
        "case-accepted" if payload.get("by_default") == Some(&Value::Bool(true)) => (
            Text::new("逾期未告知，视为已受理", "Accepted by default: no notice went out in time"),
            worded("承诺办结日：", "Promised: ", day("due_on")),
            true,
        ),
        "case-accepted" => (Text::new("已受理", "Accepted"), worded("承诺办结日：", "Promised: ", day("due_on")), true),
        "correction-requested" => (Text::new("一次性告知补正", "Correction requested"), worded("补正截止：", "Answer by ", day("answer_by")), true),
        "correction-answered" => (Text::new("已提交补正", "Correction answered"), Text::default(), true),
        "task-opened" => (Text::new("进入环节", "Step opened"), task_name(&payload), false),
        "task-claimed" => (Text::new("签收", "Claimed"), Text::same(text("node")), false),
        "task-released" => (Text::new("释放", "Released"), Text::same(text("node")), false),
        "task-completed" => (completed_title(&payload), Text::same(text("opinion")), false),
        "task-cancelled" => (Text::new("任务取消", "Step cancelled"), Text::same(text("node")), false),
        "step-asked" => (Text::new("正在向其他节点核对", "Another node is asked"), Text::new(text("zh"), text("en")), true),
        "step-unanswered" => (
            Text::new("其他节点没有答复，转由工作人员核对", "The other node gave no answer; a person looks"),
            Text::new(text("zh"), text("en")),
            false,
        ),
        "service-done" => (Text::new("系统办理", "Done by the system"), Text::same(text("action")), false),
        "table-evaluated" => (Text::new("规则判定", "Decided by rule"), Text::same(reasons(&payload)), true),
        "case-suspended" => (Text::new("进入特别程序，暂停计时", "Clock paused for a special procedure"), procedure_label(&text("reason")), true),
        "case-resumed" => (Text::new("特别程序结束，继续计时", "Clock resumed"), worded("承诺办结日：", "Promised: ", day("due_on")), true),
        "case-extended" => (Text::new("延长办理期限", "Limit extended"), Text::same(text("reason")), true),
        "case-decided" => {
            let label = Outcome::parse(&text("outcome")).map(Outcome::label).unwrap_or_default();
            (Text::new(format!("作出决定：{}", label.zh), format!("Decided: {}", label.en)), Text::same(text("reasons")), true)
        }
        "case-reopened" => (Text::new("要求重新办理", "Reopened"), Text::default(), true),
        "case-rated" => (Text::new("已评价", "Rated"), Text::default(), true),
        "review-opened" => (Text::new("登记更正，已立件复核", "A record it was made from was corrected; a review was opened"), Text::default(), true),
        "message-received" => (Text::new("收到反馈", "Reported"), Text::same(text("message")), true),
        "case-closed" => {
            let label = Outcome::parse(&text("outcome")).map(Outcome::label).unwrap_or_default();
            (Text::new("办结", "Closed"), label, true)
        }
        _ => return None,
    };
    Some(TimelineEntry {
        index: entry.index,
        at_ms: entry.header.at_ms,
        kind: entry.header.kind.clone(),
        title,
        detail,
        actor: entry.header.actor.clone(),
        public,
    })
}

/// Words before a day; nothing when there is no day.
fn worded(zh: &str, en: &str, day: Text) -> Text {
    if day.is_empty() { day } else { Text::new(format!("{zh}{}", day.zh), format!("{en}{}", day.en)) }
}

/// A special procedure by its name.
fn procedure_label(code: &str) -> Text {
    SuspendReason::from_code(code).map_or_else(|| Text::same(code), |reason| reason.label())
}

fn task_name(payload: &Value) -> Text {
    payload.get("name").and_then(|name| serde_json::from_value(name.clone()).ok()).unwrap_or_default()
}

fn completed_title(payload: &Value) -> Text {
    let field = |name: &str| payload.get(name).and_then(Value::as_str).unwrap_or_default();
    let kind = TaskKind::parse(field("kind"));
    let outcome = kind.and_then(|kind| kind.outcomes().iter().find(|(code, ..)| *code == field("outcome")));
    match (kind, outcome) {
        (Some(kind), Some((_, zh, en))) => Text::new(format!("{}：{zh}", kind.label().zh), format!("{}: {en}", kind.label().en)),
        _ => Text::new("完成环节", "Step completed"),
    }
}

fn reasons(payload: &Value) -> String {
    let list = payload.get("reasons").and_then(Value::as_array).cloned().unwrap_or_default();
    list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("；")
}

/// What others may know of a case by its number: which it is, who handles it, whether it is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseStanding {
    /// Identifier.
    pub id: String,
    /// Number.
    pub number: String,
    /// The item.
    pub slug: String,
    /// Its name.
    pub item_name: Text,
    /// The organ responsible.
    pub organ: String,
    /// Hash of its package.
    pub package_hash: String,
    /// Whether somebody still has to do something.
    pub open: bool,
}

/// The case with a number, without anything about its applicant.
///
/// # Errors
/// The database's.
pub fn case_standing(tx: &mut Tx<'_>, number: &str) -> Result<Option<CaseStanding>, StoreError> {
    let row = files::by_number(tx, number)?;
    Ok(row.map(|row| CaseStanding {
        id: row.id,
        number: row.number,
        slug: row.slug,
        item_name: Text::new(row.item_name_zh, row.item_name_en),
        organ: row.organ,
        package_hash: row.package_hash,
        open: CaseStatus::parse(&row.status).is_some_and(CaseStatus::is_open),
    }))
}
