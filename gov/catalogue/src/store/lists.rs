//! Lists and facets: the scope of the reader is part of the statement, nothing is filtered afterwards.

use parties::OrganId;
use store::{Row, StoreError, Tx};

use super::statement::Statement;
use super::{date, parsed, parsed_opt, terms};
use crate::model::{Grade, OpenType, Personal, ResourceId, ShareType, Status, Tier, UpdatePeriod};
use crate::queries::{Facet, Filter, ResourceRow, Viewer};

const COLUMNS: &str = "r.id, r.code, r.name, r.organ, r.organ_name, r.status, r.published_version, r.tier, r.branch, r.share_type, r.open_type, r.period, \
                       r.grade, r.personal, r.mounted, r.updated_on, r.update_due_on, r.review_due_on, r.item_count, r.ungraded_count, r.changed_at_ms, \
                       r.submitted_by";
const COLUMN_COUNT: usize = 22;

fn row(row: &Row) -> Result<ResourceRow, StoreError> {
    Ok(ResourceRow {
        id: parsed(row, 0, "a resource", |text| ResourceId::parse(text).ok())?,
        code: row.get(1)?,
        name: row.get(2)?,
        organ: parsed(row, 3, "an organ", |text| OrganId::parse(text).ok())?,
        organ_name: row.get(4)?,
        status: parsed(row, 5, "a status", Status::parse)?,
        published_version: row.get(6)?,
        tier: parsed(row, 7, "a tier", Tier::parse)?,
        branch: row.get(8)?,
        share_type: parsed(row, 9, "a share type", ShareType::parse)?,
        open_type: parsed(row, 10, "an open type", OpenType::parse)?,
        period: parsed(row, 11, "a period", UpdatePeriod::parse)?,
        grade: parsed_opt(row, 12, "a grade", Grade::parse)?,
        personal: parsed_opt(row, 13, "personal or not", Personal::parse)?,
        mounted: row.get(14)?,
        updated_on: parsed_opt(row, 15, "a day", date)?,
        update_due_on: parsed_opt(row, 16, "a day", date)?,
        review_due_on: parsed_opt(row, 17, "a day", date)?,
        item_count: row.get(18)?,
        ungraded_count: row.get(19)?,
        changed_at_ms: row.get(20)?,
        submitted_by: row.get(21)?,
    })
}

/// Starts a statement over what a reader may see and a filter wants; says whether rows carry a score.
fn narrowed(select: &str, viewer: &Viewer, filter: &Filter, skip: Option<Facet>) -> (Statement, bool) {
    let mut statement = Statement::new(format!("select {select} from catalogue_resource r"));
    let matching = filter.text.as_deref().and_then(|text| terms::matching(&mut statement, text));
    if let Some(matching) = &matching {
        statement.push(&format!(" join {matching} m on m.resource = r.id"));
    }
    statement.push(" where 1 = 1");
    seen_by(&mut statement, viewer);
    let mut equal = |column: &str, value: Option<String>| {
        if let Some(value) = value {
            let name = statement.bind(value);
            statement.push(&format!(" and r.{column} = {name}"));
        }
    };
    let unless = |facet: Facet, value: Option<String>| value.filter(|_| skip != Some(facet));
    equal("branch", unless(Facet::Branch, filter.branch.clone()));
    equal("tier", unless(Facet::Tier, filter.tier.map(|tier| tier.as_str().to_owned())));
    equal("organ", unless(Facet::Organ, filter.organ.as_ref().map(ToString::to_string)));
    equal("share_type", unless(Facet::ShareType, filter.share_type.map(|kind| kind.as_str().to_owned())));
    equal("open_type", filter.open_type.map(|kind| kind.as_str().to_owned()));
    equal("status", unless(Facet::Status, filter.status.map(|status| status.as_str().to_owned())));
    equal("personal", filter.personal.map(|personal| personal.as_str().to_owned()));
    equal("register", filter.register.clone());
    (statement, matching.is_some())
}

/// 已发布的各部门可见；未发布的只有本部门和数据主管部门可见。
fn seen_by(statement: &mut Statement, viewer: &Viewer) {
    if viewer.everything {
        return;
    }
    let organs = statement.bind_all(viewer.organs.iter().cloned());
    let own = if organs.is_empty() { String::new() } else { format!(" or r.organ in ({organs})") };
    statement.push(&format!(" and (r.published_version is not null{own})"));
}

/// One page: by score when there is a text, else the last changed first.
pub fn page(tx: &mut Tx<'_>, viewer: &Viewer, filter: &Filter, limit: i64) -> Result<Vec<(ResourceRow, i64)>, StoreError> {
    let has_text = filter.text.as_deref().is_some_and(|text| !terms::terms_of(text).is_empty());
    let order = if has_text { "m.score" } else { "r.changed_at_ms" };
    let (mut statement, _) = narrowed(&format!("{COLUMNS}, {order}"), viewer, filter, None);
    if let Some((score, id)) = filter.after.as_deref().and_then(|after| after.split_once('~')) {
        let (score, id) = (statement.bind(score.parse::<i64>().unwrap_or(0)), statement.bind(id.to_owned()));
        statement.push(&format!(" and ({order} < {score} or ({order} = {score} and r.id < {id}))"));
    }
    let limit = statement.bind(limit);
    statement.push(&format!(" order by {order} desc, r.id desc limit {limit}"));
    statement.query(tx)?.iter().map(|found| Ok((row(found)?, found.get(COLUMN_COUNT)?))).collect()
}

/// How many there are.
pub fn count(tx: &mut Tx<'_>, viewer: &Viewer, filter: &Filter) -> Result<i64, StoreError> {
    let (statement, _) = narrowed("count(*)", viewer, filter, None);
    statement.query(tx)?.first().map_or(Ok(0), |row| row.get(0))
}

/// How many there are by the values of a facet, its own filter left out: value, name where the table has it, count.
pub fn facet(tx: &mut Tx<'_>, viewer: &Viewer, filter: &Filter, facet: Facet) -> Result<Vec<(String, String, i64)>, StoreError> {
    let (column, name) = match facet {
        Facet::Tier => ("r.tier", "r.tier"),
        Facet::Branch => ("r.branch", "r.branch"),
        Facet::Organ => ("r.organ", "r.organ_name"),
        Facet::ShareType => ("r.share_type", "r.share_type"),
        Facet::Status => ("r.status", "r.status"),
    };
    let (mut statement, _) = narrowed(&format!("{column}, min({name}), count(*)"), viewer, filter, Some(facet));
    statement.push(&format!(" group by {column} order by count(*) desc, {column}"));
    statement.query(tx)?.iter().map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).collect()
}

/// What waits for the authority, the most urgent first.
pub fn under_review(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<ResourceRow>, StoreError> {
    let sql = format!(
        "select {COLUMNS} from catalogue_resource r where r.status in ('registration-review', 'publication-review') order by r.review_due_on, r.id limit $1"
    );
    tx.query(&sql, &[&limit])?.iter().map(row).collect()
}

/// Published resources with a fixed period whose update is due on or before a day, and those never updated; the longest overdue first.
pub fn to_update(tx: &mut Tx<'_>, organ: Option<&str>, until: &str, limit: i64) -> Result<Vec<ResourceRow>, StoreError> {
    let mut statement =
        Statement::new(format!("select {COLUMNS} from catalogue_resource r where r.published_version is not null and r.period <> 'irregular'"));
    let until = statement.bind(until.to_owned());
    statement.push(&format!(" and coalesce(r.update_due_on, '') <= {until}"));
    if let Some(organ) = organ {
        let organ = statement.bind(organ.to_owned());
        statement.push(&format!(" and r.organ = {organ}"));
    }
    let limit = statement.bind(limit);
    statement.push(&format!(" order by coalesce(r.update_due_on, ''), r.id limit {limit}"));
    statement.query(tx)?.iter().map(row).collect()
}

/// Rows by their identifiers, in no order.
pub fn by_ids(tx: &mut Tx<'_>, ids: &[String]) -> Result<Vec<ResourceRow>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut statement = Statement::new(format!("select {COLUMNS} from catalogue_resource r where r.id in ("));
    let names = statement.bind_all(ids.iter().cloned());
    statement.push(&format!("{names})"));
    statement.query(tx)?.iter().map(row).collect()
}
