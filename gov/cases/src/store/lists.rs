//! Lists: the data scope is part of the statement, nothing is filtered afterwards.

use std::collections::BTreeSet;

use clock::Date;
use i18n::Text;
use runner::Actor;
use store::{Bind, Row, StoreError, Tx};
use trust::{Scope, ScopePart};

use super::tasks;
use crate::model::{CaseStatus, Outcome};
use crate::queries::{CaseFilter, CaseRow, InboxFilter, InboxRow, InboxSort, OrganFigures};

/// A statement that grows, and its parameters.
struct Statement {
    text: String,
    parameters: Vec<Box<dyn Bind>>,
}

impl Statement {
    fn new(text: String) -> Self {
        Self { text, parameters: Vec::new() }
    }

    /// Adds a parameter; returns its name in the text.
    fn bind(&mut self, value: impl Bind + 'static) -> String {
        self.parameters.push(Box::new(value));
        format!("${}", self.parameters.len())
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn run(&self, tx: &mut Tx<'_>) -> Result<Vec<Row>, StoreError> {
        let parameters: Vec<&dyn Bind> = self.parameters.iter().map(|value| &**value).collect();
        tx.query(&self.text, &parameters)
    }
}

/// Open tasks of the actor's posts: each post is a statement of its own, in the order of its own index; the pages are merged.
pub(crate) fn inbox(tx: &mut Tx<'_>, actor: &Actor, filter: &InboxFilter, limit: u32) -> Result<Vec<InboxRow>, StoreError> {
    let posts: BTreeSet<(&String, &String)> = actor.posts.iter().map(|held| (&held.organ, &held.post)).collect();
    let mut found = Vec::new();
    for (organ, post) in posts {
        let rows = inbox_of_post((organ, post), &actor.account, filter, limit).run(tx)?;
        found.extend(rows.iter().map(inbox_row).collect::<Result<Vec<_>, _>>()?);
    }
    match filter.sort {
        InboxSort::Opened => found.sort_by(|a, b| a.task.id.cmp(&b.task.id)),
        InboxSort::Due => found.sort_by_cached_key(|row| (row.case_due_on.unwrap_or(Date::MAX), row.task.id.clone())),
    }
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found)
}

fn inbox_of_post((organ, post): (&str, &str), account: &str, filter: &InboxFilter, limit: u32) -> Statement {
    let mut statement = Statement::new(format!("{} where t.state = 'open'", inbox_select()));
    let (organ, post) = (statement.bind(organ.to_owned()), statement.bind(post.to_owned()));
    // A number is one case: it is found by that, not among the tasks of the post.
    let by = if filter.number.is_some() { " || ''" } else { "" };
    statement.push(&format!(" and t.organ{by} = {organ} and t.post = {post}"));
    if filter.mine {
        let account = statement.bind(account.to_owned());
        statement.push(&format!(" and t.assignee = {account}"));
    }
    if filter.unclaimed {
        statement.push(" and t.assignee is null");
    }
    if let Some(slug) = &filter.slug {
        let slug = statement.bind(slug.clone());
        statement.push(&format!(" and c.slug = {slug}"));
    }
    if let Some(number) = &filter.number {
        let number = statement.bind(number.trim().to_owned());
        statement.push(&format!(" and c.number = {number}"));
    }
    page_of_inbox(&mut statement, filter, limit);
    statement
}

fn page_of_inbox(statement: &mut Statement, filter: &InboxFilter, limit: u32) {
    match filter.sort {
        InboxSort::Opened => {
            if let Some(after) = &filter.after {
                let after = statement.bind(after.clone());
                statement.push(&format!(" and t.id > {after}"));
            }
            statement.push(" order by t.id");
        }
        InboxSort::Due => {
            if let Some((due, id)) = filter.after.as_ref().and_then(|after| after.split_once('~')) {
                let (due, id) = (statement.bind(due.to_owned()), statement.bind(id.to_owned()));
                statement.push(&format!(" and (t.case_due_on, t.id) > ({due}, {id})"));
            }
            statement.push(" order by t.case_due_on, t.id");
        }
    }
    let limit = statement.bind(i64::from(limit));
    statement.push(&format!(" limit {limit}"));
}

pub(crate) fn done_by(tx: &mut Tx<'_>, account: &str, limit: u32) -> Result<Vec<InboxRow>, StoreError> {
    let statement = format!("{} where t.assignee = $1 and t.state = 'done' order by t.closed_ms desc, t.id desc limit $2", inbox_select());
    tx.query(&statement, &[&account, &i64::from(limit)])?.iter().map(inbox_row).collect()
}

fn inbox_select() -> String {
    format!(
        "select {}, c.number, c.slug, c.item_name_zh, c.item_name_en, c.applicant_shown, c.status, c.due_on, c.submitted_ms
         from case_task t join case_file c on c.id = t.case_id",
        tasks::COLUMNS
    )
}

fn inbox_row(row: &Row) -> Result<InboxRow, StoreError> {
    let at = |offset: usize| tasks::COLUMN_COUNT + offset;
    Ok(InboxRow {
        task: tasks::row(row)?,
        number: row.get(at(0))?,
        slug: row.get(at(1))?,
        item_name: Text::new(row.get::<String>(at(2))?, row.get::<String>(at(3))?),
        applicant_shown: row.get(at(4))?,
        status: status(row, at(5))?,
        case_due_on: date(row, at(6))?,
        submitted_ms: row.get(at(7))?,
    })
}

const CASE_COLUMNS: &str = "c.id, c.number, c.slug, c.item_name_zh, c.item_name_en, c.organ, c.division, c.party, c.applicant_shown, c.status,
    c.outcome, c.submitted_ms, c.due_on, c.closed_ms";

/// Cases of a scope: each reason to see a case is a statement of its own, in the order of its own index; the pages are merged.
/// So a clerk's list costs what a page costs, however many cases there are.
pub(crate) fn cases(tx: &mut Tx<'_>, scope: &Scope, filter: &CaseFilter, limit: u32) -> Result<Vec<CaseRow>, StoreError> {
    let mut found = Vec::new();
    match scope {
        Scope::All => found = by_file(tx, None, filter, limit)?,
        Scope::Nothing => {}
        Scope::AnyOf(parts) => {
            for part in parts {
                found.extend(cases_of_part(tx, part, filter, limit)?);
            }
        }
    }
    found.sort_by(|a, b| (b.submitted_ms, &b.id).cmp(&(a.submitted_ms, &a.id)));
    found.dedup_by(|a, b| a.id == b.id);
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found)
}

fn cases_of_part(tx: &mut Tx<'_>, part: &ScopePart, filter: &CaseFilter, limit: u32) -> Result<Vec<CaseRow>, StoreError> {
    let mut found = Vec::new();
    match part {
        ScopePart::Organs(organs) => {
            for organ in organs {
                found.extend(by_file(tx, Some(("c.organ", organ)), filter, limit)?);
            }
        }
        ScopePart::Own { party, items: None } => found = by_file(tx, Some(("c.party", party)), filter, limit)?,
        ScopePart::Own { party, items: Some(items) } => {
            for item in items.iter().filter(|item| filter.slug.as_ref().is_none_or(|slug| slug == *item)) {
                let filter = CaseFilter { slug: Some(item.clone()), ..filter.clone() };
                found.extend(by_file(tx, Some(("c.party", party)), &filter, limit)?);
            }
        }
        ScopePart::Posts(posts) => {
            for held in posts {
                let conditions = [("t.organ", &held.organ), ("t.post", &held.post)];
                found.extend(by_task(tx, "t.state = 'open'", &conditions, filter, limit)?);
            }
        }
        ScopePart::Granted { account } => found = by_task(tx, "1 = 1", &[("t.assignee", account)], filter, limit)?,
    }
    Ok(found)
}

fn by_file(tx: &mut Tx<'_>, condition: Option<(&str, &String)>, filter: &CaseFilter, limit: u32) -> Result<Vec<CaseRow>, StoreError> {
    files_of(condition, filter, limit).run(tx)?.iter().map(case_row).collect()
}

fn files_of(condition: Option<(&str, &String)>, filter: &CaseFilter, limit: u32) -> Statement {
    let mut statement = Statement::new(format!("select {CASE_COLUMNS} from case_file c where 1 = 1"));
    if let Some((column, value)) = condition {
        let value = statement.bind(value.clone());
        statement.push(&format!(" and {column} = {value}"));
    }
    filter_cases(&mut statement, filter, "c.submitted_ms", "c.id");
    let limit = statement.bind(i64::from(limit));
    statement.push(&format!(" order by c.submitted_ms desc, c.id desc limit {limit}"));
    statement
}

fn by_task(tx: &mut Tx<'_>, fixed: &str, conditions: &[(&str, &String)], filter: &CaseFilter, limit: u32) -> Result<Vec<CaseRow>, StoreError> {
    cases_with_tasks(fixed, conditions, filter, limit).run(tx)?.iter().map(case_row).collect()
}

/// The cases of a page are told apart in the order of the tasks' index, before anything else of them is read.
fn cases_with_tasks(fixed: &str, conditions: &[(&str, &String)], filter: &CaseFilter, limit: u32) -> Statement {
    let looks_at_case = filter.status.is_some() || filter.slug.is_some() || filter.number.is_some();
    let join = if looks_at_case { "join case_file c on c.id = t.case_id" } else { "" };
    let mut statement =
        Statement::new(format!("select {CASE_COLUMNS} from (select distinct t.submitted_ms, t.case_id from case_task t {join} where {fixed}"));
    for (column, value) in conditions {
        let value = statement.bind((*value).clone());
        statement.push(&format!(" and {column} = {value}"));
    }
    filter_cases(&mut statement, filter, "t.submitted_ms", "t.case_id");
    let limit = statement.bind(i64::from(limit));
    statement.push(&format!(" order by t.submitted_ms desc, t.case_id desc limit {limit}) page join case_file c on c.id = page.case_id"));
    statement
}

fn filter_cases(statement: &mut Statement, filter: &CaseFilter, at_column: &str, id_column: &str) {
    if let Some(status) = filter.status {
        let status = statement.bind(status.code().to_owned());
        statement.push(&format!(" and c.status = {status}"));
    }
    if let Some(slug) = &filter.slug {
        let slug = statement.bind(slug.clone());
        statement.push(&format!(" and c.slug = {slug}"));
    }
    if let Some(number) = &filter.number {
        let number = statement.bind(number.trim().to_owned());
        statement.push(&format!(" and c.number = {number}"));
    }
    if let Some((at, id)) = filter.after.as_ref().and_then(|after| after.split_once('~')) {
        let (at, id) = (statement.bind(at.parse::<i64>().unwrap_or(i64::MAX)), statement.bind(id.to_owned()));
        statement.push(&format!(" and ({at_column}, {id_column}) < ({at}, {id})"));
    }
}

pub(crate) fn of_party(tx: &mut Tx<'_>, party: &str, limit: u32) -> Result<Vec<CaseRow>, StoreError> {
    let statement = format!("select {CASE_COLUMNS} from case_file c where c.party = $1 order by c.submitted_ms desc, c.id desc limit $2");
    tx.query(&statement, &[&party, &i64::from(limit)])?.iter().map(case_row).collect()
}

pub(crate) fn due(tx: &mut Tx<'_>, organ: &str, until: Date, limit: u32) -> Result<Vec<CaseRow>, StoreError> {
    let statement = format!(
        "select {CASE_COLUMNS} from case_file c where c.organ = $1 and c.status <> 'closed' and c.due_on <= $2 order by c.due_on, c.id limit $3"
    );
    tx.query(&statement, &[&organ, &until.to_string(), &i64::from(limit)])?.iter().map(case_row).collect()
}

/// Submitted and closed cases of an item, or of all.
pub(crate) fn counts(tx: &mut Tx<'_>, slug: Option<&str>) -> Result<(i64, i64), StoreError> {
    let row = match slug {
        Some(slug) => tx.query_one("select count(*), count(c.closed_ms) from case_file c where c.slug = $1", &[&slug])?,
        None => tx.query_one("select count(*), count(c.closed_ms) from case_file c", &[])?,
    };
    Ok((row.get(0)?, row.get(1)?))
}

/// Each figure is counted in an index of its own. A case whose clock stands has no due day and is not overdue.
pub(crate) fn organ_counts(tx: &mut Tx<'_>, organ: &str, today: Date) -> Result<OrganFigures, StoreError> {
    let open = tx.scalar("select count(*) from case_file c where c.organ = $1 and c.status <> 'closed'", &[&organ])?;
    let overdue =
        tx.scalar("select count(*) from case_file c where c.organ = $1 and c.status <> 'closed' and c.due_on < $2", &[&organ, &today.to_string()])?;
    let closed = tx.scalar("select count(*) from case_file c where c.organ = $1 and c.status = 'closed'", &[&organ])?;
    Ok(OrganFigures { open, overdue, closed })
}

fn case_row(row: &Row) -> Result<CaseRow, StoreError> {
    Ok(CaseRow {
        id: row.get(0)?,
        number: row.get(1)?,
        slug: row.get(2)?,
        item_name: Text::new(row.get::<String>(3)?, row.get::<String>(4)?),
        organ: row.get(5)?,
        division: row.get(6)?,
        party: row.get(7)?,
        applicant_shown: row.get(8)?,
        status: status(row, 9)?,
        outcome: row.get::<Option<String>>(10)?.as_deref().and_then(Outcome::parse),
        submitted_ms: row.get(11)?,
        due_on: date(row, 12)?,
        closed_ms: row.get(13)?,
    })
}

fn status(row: &Row, column: usize) -> Result<CaseStatus, StoreError> {
    let wrong = StoreError::Type { column, found: "another word", wanted: "a status of a case" };
    CaseStatus::parse(&row.get::<String>(column)?).ok_or(wrong)
}

fn date(row: &Row, column: usize) -> Result<Option<Date>, StoreError> {
    Ok(row.get::<Option<String>>(column)?.and_then(|text| text.parse().ok()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use testkit::TestDatabase;

    use super::*;

    /// How SQLite goes about it; every word of it is checked, so that no list can begin to scan or to sort unseen.
    fn plan(statement: &Statement) -> Vec<String> {
        let database = TestDatabase::sqlite();
        database.store().migrate("cases", crate::MIGRATIONS).unwrap();
        let explained = Statement { text: format!("explain query plan {}", statement.text), parameters: Vec::new() };
        let parameters: Vec<&dyn Bind> = statement.parameters.iter().map(|value| &**value).collect();
        let rows = database.store().read(|tx| tx.query(&explained.text, &parameters)).unwrap();
        rows.iter().map(|row| row.get::<String>(3).unwrap()).collect()
    }

    fn check(statement: &Statement, index: &str) {
        let steps = plan(statement);
        assert!(steps.iter().any(|step| step.contains(index)), "{index} is not used: {steps:#?}");
        let bad = |step: &String| step.starts_with("SCAN c ") || step.starts_with("SCAN t") || step.contains("FOR ORDER BY");
        assert!(!steps.iter().any(bad), "{steps:#?}");
    }

    #[test]
    fn inboxes_are_read_in_the_order_of_an_index() {
        let inbox = |filter: InboxFilter| inbox_of_post(("organ", "post"), "account", &filter, 21);
        let (after, by_due) = (Some("task_1".to_owned()), Some("2026-03-02~task_1".to_owned()));
        check(&inbox(InboxFilter::default()), "ix_case_task__inbox");
        check(&inbox(InboxFilter { after, ..InboxFilter::default() }), "ix_case_task__inbox");
        check(&inbox(InboxFilter { sort: InboxSort::Due, ..InboxFilter::default() }), "ix_case_task__due");
        check(&inbox(InboxFilter { sort: InboxSort::Due, after: by_due, ..InboxFilter::default() }), "ix_case_task__due");
        check(&inbox(InboxFilter { mine: true, ..InboxFilter::default() }), "ix_case_task__claimed");
        check(&inbox(InboxFilter { unclaimed: true, ..InboxFilter::default() }), "ix_case_task__claimed");
        let numbered = plan(&inbox(InboxFilter { number: Some("1".into()), ..InboxFilter::default() }));
        assert!(numbered.iter().any(|step| step.contains("uq_case_file__number")), "{numbered:#?}");
    }

    #[test]
    fn lists_of_cases_are_read_in_the_order_of_an_index() {
        let (organ, post, party) = ("organ".to_owned(), "post".to_owned(), "party".to_owned());
        let all = CaseFilter::default();
        let after = CaseFilter { after: Some("1~case_1".into()), ..CaseFilter::default() };
        for filter in [&all, &after] {
            check(&files_of(Some(("c.organ", &organ)), filter, 21), "ix_case_file__organ");
            check(&files_of(Some(("c.party", &party)), filter, 21), "ix_case_file__party");
            check(&cases_with_tasks("t.state = 'open'", &[("t.organ", &organ), ("t.post", &post)], filter, 21), "ix_case_task__post");
            check(&cases_with_tasks("1 = 1", &[("t.assignee", &organ)], filter, 21), "ix_case_task__assignee");
        }
        let open = CaseFilter { status: Some(CaseStatus::Accepted), ..CaseFilter::default() };
        check(&files_of(Some(("c.organ", &organ)), &open, 21), "ix_case_file__status");
        let item = CaseFilter { slug: Some("12345-suqiu".into()), ..CaseFilter::default() };
        check(&files_of(Some(("c.organ", &organ)), &item, 21), "ix_case_file__item");
    }
}
