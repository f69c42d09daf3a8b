//! Lists: the data scope is part of the statement, nothing is filtered afterwards.

use std::collections::BTreeSet;

use clock::Date;
use i18n::Text;
use runner::Actor;
use store::{Bind, Row, StoreError, Tx};
use trust::{Scope, ScopePart};

use super::{sight, tasks};
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

    /// Takes the text out, to be put into another; the parameters stay.
    fn cut(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    fn run(&self, tx: &mut Tx<'_>) -> Result<Vec<Row>, StoreError> {
        let parameters: Vec<&dyn Bind> = self.parameters.iter().map(|value| &**value).collect();
        tx.query(&self.text, &parameters)
    }
}

/// Open tasks of the actor's posts. Each post is read in the order of its own index; those of several are merged before anything else of
/// a task is read.
pub(crate) fn inbox(tx: &mut Tx<'_>, actor: &Actor, filter: &InboxFilter, limit: u32) -> Result<Vec<InboxRow>, StoreError> {
    let posts: BTreeSet<(&str, &str)> = actor.posts.iter().map(|held| (held.organ.as_str(), held.post.as_str())).collect();
    let posts: Vec<(&str, &str)> = posts.into_iter().collect();
    let looks_at_case = filter.slug.is_some() || filter.number.is_some();
    let statements: Vec<Statement> = if posts.len() > 1 && !looks_at_case {
        posts.chunks(READ_AT_ONCE_MAX).map(|posts| inbox_of_posts(tx, posts, &actor.account, filter, limit)).collect()
    } else {
        posts.iter().map(|post| inbox_of_post(*post, &actor.account, filter, limit)).collect()
    };
    let mut found = Vec::new();
    for statement in statements {
        found.extend(statement.run(tx)?.iter().map(inbox_row).collect::<Result<Vec<_>, _>>()?);
    }
    match filter.sort {
        InboxSort::Opened => found.sort_by(|a, b| a.task.id.cmp(&b.task.id)),
        InboxSort::Due => found.sort_by_cached_key(|row| (row.case_due_on.unwrap_or(Date::MAX), row.task.id.clone())),
    }
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found)
}

fn inbox_of_posts(tx: &Tx<'_>, posts: &[(&str, &str)], account: &str, filter: &InboxFilter, limit: u32) -> Statement {
    let (key, order) = match filter.sort {
        InboxSort::Opened => ("t.id", "1"),
        InboxSort::Due => ("t.id, t.case_due_on", "2, 1"),
    };
    let mut statement = Statement::new(String::new());
    let mut lists = Vec::with_capacity(posts.len());
    for (organ, post) in posts {
        let (organ, post) = (statement.bind((*organ).to_owned()), statement.bind((*post).to_owned()));
        statement.push(&format!("select {key} from case_task t where t.state = 'open' and t.organ = {organ} and t.post = {post}"));
        filter_tasks(&mut statement, account, filter);
        lists.push(statement.cut());
    }
    let limit = statement.bind(i64::from(limit));
    let page = tx.merged(&lists, order, &limit);
    statement.push(&format!("select {} from ({page}) page cross join case_task t cross join case_file c", inbox_columns()));
    statement.push(" where t.id = page.id and c.line = t.line");
    statement
}

fn inbox_of_post((organ, post): (&str, &str), account: &str, filter: &InboxFilter, limit: u32) -> Statement {
    let mut statement = Statement::new(format!("{} where t.state = 'open'", inbox_select()));
    let (organ, post) = (statement.bind(organ.to_owned()), statement.bind(post.to_owned()));
    // A number is one case: it and its tasks are found by that, not among the tasks of the post.
    let by = if filter.number.is_some() { " || ''" } else { "" };
    statement.push(&format!(" and t.organ{by} = {organ} and t.post = {post}"));
    if let Some(slug) = &filter.slug {
        let slug = statement.bind(slug.clone());
        statement.push(&format!(" and c.slug = {slug}"));
    }
    if let Some(number) = &filter.number {
        let number = statement.bind(number.trim().to_owned());
        statement.push(&format!(" and c.number = {number} and t.case_id = c.id"));
    }
    filter_tasks(&mut statement, account, filter);
    let limit = statement.bind(i64::from(limit));
    let order = match filter.sort {
        InboxSort::Opened => "t.id",
        InboxSort::Due => "t.case_due_on, t.id",
    };
    statement.push(&format!(" order by {order} limit {limit}"));
    statement
}

/// Whose the tasks are, and after which of them.
fn filter_tasks(statement: &mut Statement, account: &str, filter: &InboxFilter) {
    if filter.mine {
        let account = statement.bind(account.to_owned());
        statement.push(&format!(" and t.assignee = {account}"));
    }
    if filter.unclaimed {
        statement.push(" and t.assignee is null");
    }
    let Some(after) = &filter.after else { return };
    match filter.sort {
        InboxSort::Opened => {
            let after = statement.bind(after.clone());
            statement.push(&format!(" and t.id > {after}"));
        }
        InboxSort::Due => {
            if let Some((due, id)) = after.split_once('~') {
                let (due, id) = (statement.bind(due.to_owned()), statement.bind(id.to_owned()));
                statement.push(&format!(" and (t.case_due_on, t.id) > ({due}, {id})"));
            }
        }
    }
}

pub(crate) fn done_by(tx: &mut Tx<'_>, account: &str, limit: u32) -> Result<Vec<InboxRow>, StoreError> {
    let statement = format!("{} where t.assignee = $1 and t.state = 'done' order by t.closed_ms desc, t.id desc limit $2", inbox_select());
    tx.query(&statement, &[&account, &i64::from(limit)])?.iter().map(inbox_row).collect()
}

fn inbox_select() -> String {
    format!("select {} from case_task t join case_file c on c.line = t.line", inbox_columns())
}

fn inbox_columns() -> String {
    let shown = "c.number, c.slug, c.item_name_zh, c.item_name_en, c.applicant_shown, c.status, c.due_on, c.submitted_ms";
    format!("{}, {shown}", tasks::COLUMNS)
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

/// A statement reads so many lists at once; SQLite merges no more than 500.
const READ_AT_ONCE_MAX: usize = 200;

const CASE_COLUMNS: &str =
    "c.line, c.id, c.number, c.slug, c.item_name_zh, c.item_name_en, c.organ, c.division, c.party, c.applicant_shown, c.status,
    c.outcome, c.submitted_ms, c.due_on, c.closed_ms";

/// Cases of a scope, the newest first. Whatever lets the actor see a case is a list of lines in the order of an index; the lists are merged
/// before anything else of a case is read. So a clerk's list costs what everybody's costs, however many cases there are.
pub(crate) fn cases(tx: &mut Tx<'_>, scope: &Scope, filter: &CaseFilter, limit: u32) -> Result<Vec<CaseRow>, StoreError> {
    let mut found = Vec::new();
    for statement in cases_of(tx, scope, filter, limit) {
        found.extend(statement.run(tx)?.iter().map(case_row).collect::<Result<Vec<_>, _>>()?);
    }
    found.sort_by_key(|row| std::cmp::Reverse(row.line));
    found.dedup_by_key(|row| row.line);
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found)
}

/// One statement, unless there are more reasons to see a case than a statement may have.
fn cases_of(tx: &Tx<'_>, scope: &Scope, filter: &CaseFilter, limit: u32) -> Vec<Statement> {
    let reasons = match scope {
        Scope::All => vec![Reason::Any],
        Scope::Nothing => vec![],
        Scope::AnyOf(parts) => parts.iter().flat_map(|part| reasons_of(part, filter)).collect(),
    };
    match reasons.as_slice() {
        [Reason::Seen(_)] => vec![merged(tx, &reasons, filter, limit)],
        [reason] => vec![files_of(reason, filter, limit)],
        reasons => reasons.chunks(READ_AT_ONCE_MAX).map(|reasons| merged(tx, reasons, filter, limit)).collect(),
    }
}

/// A reason to see a case, as a condition.
enum Reason {
    Any,
    /// The file has this organ or party, and perhaps this item.
    Filed(&'static str, String, Option<String>),
    /// It is among what this viewer sees.
    Seen(String),
}

fn reasons_of(part: &ScopePart, filter: &CaseFilter) -> Vec<Reason> {
    match part {
        ScopePart::Organs(organs) => organs.iter().map(|organ| Reason::Filed("c.organ", organ.clone(), None)).collect(),
        ScopePart::Own { party, items: None } => vec![Reason::Filed("c.party", party.clone(), None)],
        ScopePart::Own { party, items: Some(items) } => {
            let wanted = items.iter().filter(|item| filter.slug.as_ref().is_none_or(|slug| slug == *item));
            wanted.map(|item| Reason::Filed("c.party", party.clone(), Some(item.clone()))).collect()
        }
        ScopePart::Posts(posts) => posts.iter().map(|held| Reason::Seen(sight::of_post(&held.organ, &held.post))).collect(),
        ScopePart::Granted { account } => vec![Reason::Seen(sight::of_account(account))],
    }
}

fn files_of(reason: &Reason, filter: &CaseFilter, limit: u32) -> Statement {
    let mut statement = Statement::new(format!("select {CASE_COLUMNS} from case_file c where 1 = 1"));
    lines_filed(&mut statement, reason, filter);
    let limit = statement.bind(i64::from(limit));
    statement.push(&format!(" order by c.line desc limit {limit}"));
    statement
}

/// The lines of all reasons, merged, and the cases of the page.
fn merged(tx: &Tx<'_>, reasons: &[Reason], filter: &CaseFilter, limit: u32) -> Statement {
    let mut statement = Statement::new(String::new());
    let mut lists = Vec::with_capacity(reasons.len());
    for reason in reasons {
        lines_of(&mut statement, reason, filter);
        lists.push(statement.cut());
    }
    let limit = statement.bind(i64::from(limit));
    let page = tx.merged(&lists, "1 desc", &limit);
    statement.push(&format!("select {CASE_COLUMNS} from ({page}) page cross join case_file c where c.line = page.line"));
    statement
}

/// The lines that a reason lets somebody see.
fn lines_of(statement: &mut Statement, reason: &Reason, filter: &CaseFilter) {
    let looks_at_case = filter.status.is_some() || filter.slug.is_some();
    match (reason, &filter.number) {
        (Reason::Any | Reason::Filed(..), _) => {
            statement.push("select c.line from case_file c where 1 = 1");
            lines_filed(statement, reason, filter);
        }
        (Reason::Seen(viewer), number) => {
            // A number is one case; otherwise the list of the viewer is walked.
            statement.push(match (number, looks_at_case) {
                (Some(_), _) => "select s.line from case_file c cross join case_sight s where s.line = c.line",
                (None, true) => "select s.line from case_sight s cross join case_file c where s.line = c.line",
                (None, false) => "select s.line from case_sight s where 1 = 1",
            });
            let viewer = statement.bind(viewer.clone());
            statement.push(&format!(" and s.viewer = {viewer}"));
            filter_cases(statement, filter, filter.slug.as_ref(), "s.line");
        }
    }
}

fn lines_filed(statement: &mut Statement, reason: &Reason, filter: &CaseFilter) {
    let mut slug = filter.slug.as_ref();
    if let Reason::Filed(column, value, item) = reason {
        let value = statement.bind(value.clone());
        statement.push(&format!(" and {column} = {value}"));
        slug = item.as_ref().or(slug);
    }
    filter_cases(statement, filter, slug, "c.line");
}

fn filter_cases(statement: &mut Statement, filter: &CaseFilter, slug: Option<&String>, line: &str) {
    if let Some(status) = filter.status {
        let status = statement.bind(status.code().to_owned());
        statement.push(&format!(" and c.status = {status}"));
    }
    if let Some(slug) = slug {
        let slug = statement.bind(slug.clone());
        statement.push(&format!(" and c.slug = {slug}"));
    }
    if let Some(number) = &filter.number {
        let number = statement.bind(number.trim().to_owned());
        statement.push(&format!(" and c.number = {number}"));
    }
    if let Some(after) = filter.after.as_ref().and_then(|after| after.parse::<i64>().ok()) {
        let after = statement.bind(after);
        statement.push(&format!(" and {line} < {after}"));
    }
}

pub(crate) fn of_party(tx: &mut Tx<'_>, party: &str, limit: u32) -> Result<Vec<CaseRow>, StoreError> {
    let statement = format!("select {CASE_COLUMNS} from case_file c where c.party = $1 order by c.line desc limit $2");
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
        line: row.get(0)?,
        id: row.get(1)?,
        number: row.get(2)?,
        slug: row.get(3)?,
        item_name: Text::new(row.get::<String>(4)?, row.get::<String>(5)?),
        organ: row.get(6)?,
        division: row.get(7)?,
        party: row.get(8)?,
        applicant_shown: row.get(9)?,
        status: status(row, 10)?,
        outcome: row.get::<Option<String>>(11)?.as_deref().and_then(Outcome::parse),
        submitted_ms: row.get(12)?,
        due_on: date(row, 13)?,
        closed_ms: row.get(14)?,
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
        let parameters: Vec<&dyn Bind> = statement.parameters.iter().map(|value| &**value).collect();
        database.plan(&statement.text, &parameters)
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
        for step in ["uq_case_file__number", "ix_case_task__case"] {
            assert!(numbered.iter().any(|found| found.contains(step)), "{step}: {numbered:#?}");
        }
    }

    fn on_sqlite(build: impl Fn(&Tx<'_>) -> Statement) -> Statement {
        TestDatabase::sqlite().store().read(|tx| Ok::<_, StoreError>(build(tx))).unwrap()
    }

    #[test]
    fn inboxes_of_several_posts_are_merged_in_the_order_of_an_index() {
        let posts = [("organ", "post"), ("organ", "other"), ("third", "post")];
        let inbox = |filter: InboxFilter| on_sqlite(|tx| inbox_of_posts(tx, &posts, "account", &filter, 21));
        check(&inbox(InboxFilter::default()), "COVERING INDEX ix_case_task__inbox");
        check(&inbox(InboxFilter { after: Some("task_1".into()), ..InboxFilter::default() }), "COVERING INDEX ix_case_task__inbox");
        check(&inbox(InboxFilter { sort: InboxSort::Due, ..InboxFilter::default() }), "COVERING INDEX ix_case_task__due");
        check(&inbox(InboxFilter { mine: true, ..InboxFilter::default() }), "ix_case_task__claimed");
        check(&inbox(InboxFilter { unclaimed: true, ..InboxFilter::default() }), "ix_case_task__claimed");
    }

    #[test]
    fn lists_of_cases_are_read_in_the_order_of_an_index() {
        let all = CaseFilter::default();
        let after = CaseFilter { after: Some("1".into()), ..CaseFilter::default() };
        let filed = |column| Reason::Filed(column, "value".to_owned(), None);
        for filter in [&all, &after] {
            check(&files_of(&filed("c.organ"), filter, 21), "ix_case_file__organ");
            check(&files_of(&filed("c.party"), filter, 21), "ix_case_file__party");
        }
        assert_eq!(plan(&files_of(&Reason::Any, &all, 21)), ["SCAN c"]);
        let open = CaseFilter { status: Some(CaseStatus::Accepted), ..CaseFilter::default() };
        check(&files_of(&filed("c.organ"), &open, 21), "ix_case_file__status");
        let item = CaseFilter { slug: Some("12345-suqiu".into()), ..CaseFilter::default() };
        check(&files_of(&filed("c.organ"), &item, 21), "ix_case_file__item");
    }

    #[test]
    fn what_a_clerk_sees_for_several_reasons_is_merged_in_the_order_of_an_index() {
        let seen = [Reason::Seen("account/1".into()), Reason::Seen("post/organ/post".into()), Reason::Filed("c.organ", "organ".into(), None)];
        let list = |reasons: &[Reason], filter: &CaseFilter| on_sqlite(|tx| merged(tx, reasons, filter, 21));
        let after = CaseFilter { after: Some("1".into()), ..CaseFilter::default() };
        for filter in [&CaseFilter::default(), &after] {
            for step in ["COVERING INDEX sqlite_autoindex_case_sight_1", "COVERING INDEX ix_case_file__organ", "MERGE (UNION)", LINE] {
                check(&list(&seen, filter), step);
            }
            check(&list(&seen[..1], filter), LINE);
        }
        let open = CaseFilter { status: Some(CaseStatus::Accepted), ..CaseFilter::default() };
        let item = CaseFilter { slug: Some("12345-suqiu".into()), ..CaseFilter::default() };
        for filter in [&open, &item] {
            for step in ["SEARCH s USING COVERING INDEX sqlite_autoindex_case_sight_1 (viewer=?)", "MERGE (UNION)", LINE] {
                check(&list(&seen, filter), step);
            }
        }
        let numbered = plan(&list(&seen[..2], &CaseFilter { number: Some("1".into()), ..CaseFilter::default() }));
        assert!(numbered.iter().any(|step| step.contains("uq_case_file__number")), "{numbered:#?}");
    }

    /// A case file by its line: one step, since the line is the row's own number.
    const LINE: &str = "SEARCH c USING INTEGER PRIMARY KEY (rowid=?)";
}
