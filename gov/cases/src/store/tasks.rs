//! Tasks.

use clock::Date;
use i18n::Text;
use store::{Row, StoreError, Tx};

use super::sight;
use crate::model::{Task, TaskKind, TaskState};

pub(crate) const COLUMNS: &str = "t.id, t.case_id, t.activity, t.node, t.name_zh, t.name_en, t.kind, t.organ, t.post, t.state, t.assignee,
    t.opened_ms, t.due_on, t.closed_ms, t.outcome, t.officers_min, t.submitted_ms, t.line";
/// Comes after every due day.
pub(crate) const NO_DUE_DAY: &str = "9999-12-31";
/// How many columns [`COLUMNS`] names.
pub(crate) const COLUMN_COUNT: usize = 18;

pub(crate) fn insert(tx: &mut Tx<'_>, task: &Task) -> Result<(), StoreError> {
    let due_on = task.due_on.map(|date| date.to_string());
    tx.execute(
        "insert into case_task (id, case_id, activity, node, name_zh, name_en, kind, organ, post, state, assignee, opened_ms, due_on,
         closed_ms, outcome, officers_min, submitted_ms, line)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open', null, $10, $11, null, null, $12, $13, $14)",
        &[
            &task.id,
            &task.case,
            &task.activity,
            &task.node,
            &task.name.zh,
            &task.name.en,
            &task.kind.code(),
            &task.organ,
            &task.post,
            &task.opened_ms,
            &due_on,
            &task.officers_min,
            &task.submitted_ms,
            &task.line,
        ],
    )?;
    sight::give(tx, &sight::of_post(&task.organ, &task.post), task.line)
}

pub(crate) fn find(tx: &mut Tx<'_>, id: &str) -> Result<Option<Task>, StoreError> {
    let statement = format!("select {COLUMNS} from case_task t where t.id = $1");
    tx.query_opt(&statement, &[&id])?.as_ref().map(row).transpose()
}

/// In the order they were opened; the flow numbers those of one moment.
pub(crate) fn of_case(tx: &mut Tx<'_>, case: &str) -> Result<Vec<Task>, StoreError> {
    let statement = format!("select {COLUMNS} from case_task t where t.case_id = $1 order by t.opened_ms, t.activity, t.id");
    tx.query(&statement, &[&case])?.iter().map(row).collect()
}

pub(crate) fn assign(tx: &mut Tx<'_>, id: &str, assignee: Option<&str>) -> Result<(), StoreError> {
    let Some(before) = holding(tx, id)? else { return Ok(()) };
    tx.execute("update case_task set assignee = $2 where id = $1 and state = 'open'", &[&id, &assignee])?;
    change_hands(tx, &before, assignee)
}

/// What of a task decides who sees its case.
struct Holding {
    case: String,
    line: i64,
    organ: String,
    post: String,
    assignee: Option<String>,
}

fn holding(tx: &mut Tx<'_>, id: &str) -> Result<Option<Holding>, StoreError> {
    let found = tx.query_opt("select case_id, line, organ, post, assignee from case_task where id = $1", &[&id])?;
    let read = |row: Row| Ok(Holding { case: row.get(0)?, line: row.get(1)?, organ: row.get(2)?, post: row.get(3)?, assignee: row.get(4)? });
    found.map(read).transpose()
}

/// The account that has the task now sees the case; the one that had it no longer does, unless by another task.
fn change_hands(tx: &mut Tx<'_>, before: &Holding, assignee: Option<&str>) -> Result<(), StoreError> {
    if before.assignee.as_deref() == assignee {
        return Ok(());
    }
    if let Some(account) = &before.assignee {
        sight::take_from_account(tx, account, &before.case, before.line)?;
    }
    assignee.map_or(Ok(()), |account| sight::give(tx, &sight::of_account(account), before.line))
}

/// Another due day of the step itself.
pub(crate) fn set_due(tx: &mut Tx<'_>, id: &str, due_on: Date) -> Result<(), StoreError> {
    tx.execute("update case_task set due_on = $2 where id = $1 and state = 'open'", &[&id, &due_on.to_string()]).map(drop)
}

/// The due day of the case, as open tasks carry it so that an inbox can be in its order.
pub(crate) fn set_case_due(tx: &mut Tx<'_>, case: &str, due_on: Option<Date>) -> Result<(), StoreError> {
    let due_on = due_on.map_or_else(|| NO_DUE_DAY.to_owned(), |date| date.to_string());
    tx.execute("update case_task set case_due_on = $2 where case_id = $1 and state = 'open' and case_due_on <> $2", &[&case, &due_on]).map(drop)
}

pub(crate) fn close(tx: &mut Tx<'_>, id: &str, state: TaskState, assignee: Option<&str>, outcome: &str, at_ms: i64) -> Result<(), StoreError> {
    let Some(before) = holding(tx, id)? else { return Ok(()) };
    let assignee = assignee.or(before.assignee.as_deref());
    tx.execute(
        "update case_task set state = $2, assignee = $3, outcome = $4, closed_ms = $5 where id = $1",
        &[&id, &state.code(), &assignee, &outcome, &at_ms],
    )?;
    sight::take_from_post(tx, &before.organ, &before.post, &before.case, before.line)?;
    change_hands(tx, &before, assignee)
}

/// Reads the columns of [`COLUMNS`], which must come first in the row.
pub(crate) fn row(row: &Row) -> Result<Task, StoreError> {
    let wrong = |column, wanted| StoreError::Type { column, found: "another word", wanted };
    let due_on: Option<String> = row.get(12)?;
    Ok(Task {
        id: row.get(0)?,
        case: row.get(1)?,
        activity: row.get(2)?,
        node: row.get(3)?,
        name: Text::new(row.get::<String>(4)?, row.get::<String>(5)?),
        kind: TaskKind::parse(&row.get::<String>(6)?).ok_or_else(|| wrong(6, "a kind of task"))?,
        organ: row.get(7)?,
        post: row.get(8)?,
        state: TaskState::parse(&row.get::<String>(9)?).ok_or_else(|| wrong(9, "a state of a task"))?,
        assignee: row.get(10)?,
        opened_ms: row.get(11)?,
        due_on: due_on.as_deref().and_then(|text| text.parse::<Date>().ok()),
        closed_ms: row.get(13)?,
        outcome: row.get(14)?,
        officers_min: row.get(15)?,
        submitted_ms: row.get(16)?,
        line: row.get(17)?,
    })
}
