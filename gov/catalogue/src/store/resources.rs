use parties::{DivisionCode, OrganId};
use store::{Row, StoreError, Tx};

use super::{date, json, json_text, parsed, parsed_opt, terms};
use crate::model::{ClassCode, Content, Grade, Personal, Resource, ResourceCode, ResourceId, Status};

const COLUMNS: &str = "id, code, organ, organ_name, organ_code, division, content, status, published_version, published_on, mounted, updated_on, \
                       update_due_on, submitted_by, review_due_on, remark, changed_at_ms, version";

fn resource(row: &Row) -> Result<Resource, StoreError> {
    Ok(Resource {
        id: parsed(row, 0, "a resource", |text| ResourceId::parse(text).ok())?,
        code: parsed(row, 1, "a resource code", ResourceCode::parse)?,
        organ: parsed(row, 2, "an organ", |text| OrganId::parse(text).ok())?,
        organ_name: row.get(3)?,
        organ_code: row.get(4)?,
        division: parsed(row, 5, "a division", |text| DivisionCode::parse(text).ok())?,
        content: parsed(row, 6, "a description", json::<Content>)?,
        status: parsed(row, 7, "a status", Status::parse)?,
        published_version: row.get(8)?,
        published_on: parsed_opt(row, 9, "a day", date)?,
        mounted: row.get(10)?,
        updated_on: parsed_opt(row, 11, "a day", date)?,
        update_due_on: parsed_opt(row, 12, "a day", date)?,
        submitted_by: row.get(13)?,
        review_due_on: parsed_opt(row, 14, "a day", date)?,
        remark: row.get(15)?,
        changed_at_ms: row.get(16)?,
        version: row.get(17)?,
    })
}

pub fn find(tx: &mut Tx<'_>, id: &str) -> Result<Option<Resource>, StoreError> {
    tx.query_opt(&format!("select {COLUMNS} from catalogue_resource where id = $1"), &[&id])?.as_ref().map(resource).transpose()
}

pub fn find_by_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<Resource>, StoreError> {
    tx.query_opt(&format!("select {COLUMNS} from catalogue_resource where code = $1"), &[&code])?.as_ref().map(resource).transpose()
}

pub fn find_by_name(tx: &mut Tx<'_>, organ: &str, name: &str) -> Result<Option<Resource>, StoreError> {
    let sql = format!("select {COLUMNS} from catalogue_resource where organ = $1 and name = $2");
    tx.query_opt(&sql, &[&organ, &name])?.as_ref().map(resource).transpose()
}

/// Resources after one, in the order of their identifiers: for exports and whole walks.
pub fn after(tx: &mut Tx<'_>, organ: Option<&str>, after: &str, limit: i64) -> Result<Vec<Resource>, StoreError> {
    let rows = match organ {
        Some(organ) => {
            let sql = format!("select {COLUMNS} from catalogue_resource where organ = $1 and id > $2 order by id limit $3");
            tx.query(&sql, &[&organ, &after, &limit])?
        }
        None => tx.query(&format!("select {COLUMNS} from catalogue_resource where id > $1 order by id limit $2"), &[&after, &limit])?,
    };
    rows.iter().map(resource).collect()
}

/// The next serial number in a classification.
pub fn next_serial(tx: &mut Tx<'_>, class: &ClassCode) -> Result<i64, StoreError> {
    tx.scalar(
        "insert into catalogue_sequence (class, last) values ($1, 1)
         on conflict (class) do update set last = catalogue_sequence.last + 1 returning last",
        &[&class.as_str()],
    )
}

/// A code that came from outside: numbers up to it are not given again.
pub fn reserve_serial(tx: &mut Tx<'_>, code: &ResourceCode) -> Result<(), StoreError> {
    tx.execute(
        "insert into catalogue_sequence (class, last) values ($1, $2) on conflict (class) do update set last = \
         case when catalogue_sequence.last < excluded.last then excluded.last else catalogue_sequence.last end",
        &[&code.class().as_str(), &code.serial()],
    )?;
    Ok(())
}

/// Writes a new resource with its first version.
pub fn insert(tx: &mut Tx<'_>, new: &Resource, actor: &str) -> Result<(), StoreError> {
    let content = json_text(&new.content);
    tx.execute(
        "insert into catalogue_resource (id, code, organ, organ_name, organ_code, division, content, status, mounted, remark, changed_at_ms, version, \
         name, tier, branch, share_type, open_type, period, item_count, ungraded_count) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, 0, '', $9, $10, $11, '', '', '', '', '', 0, 0)",
        &[
            &new.id.as_str(),
            &new.code.to_string(),
            &new.organ.as_str(),
            &new.organ_name,
            &new.organ_code,
            &new.division.as_str(),
            &content,
            &new.status.as_str(),
            &new.changed_at_ms,
            &new.version,
            &new.content.name,
        ],
    )?;
    add_version(tx, new, actor)?;
    describe(tx, new, &new.content, true)
}

/// Writes everything but the description, and moves the version on.
pub fn save(tx: &mut Tx<'_>, now: &Resource) -> Result<(), StoreError> {
    tx.execute(
        "update catalogue_resource set status = $2, published_version = $3, published_on = $4, mounted = $5, updated_on = $6, update_due_on = $7, \
         submitted_by = $8, review_due_on = $9, remark = $10, changed_at_ms = $11, version = $12, content = $13 where id = $1",
        &[
            &now.id.as_str(),
            &now.status.as_str(),
            &now.published_version,
            &now.published_on.map(|day| day.to_string()),
            &now.mounted,
            &now.updated_on.map(|day| day.to_string()),
            &now.update_due_on.map(|day| day.to_string()),
            &now.submitted_by,
            &now.review_due_on.map(|day| day.to_string()),
            &now.remark,
            &now.changed_at_ms,
            &now.version,
            &json_text(&now.content),
        ],
    )?;
    Ok(())
}

/// Keeps the present description as a version.
pub fn add_version(tx: &mut Tx<'_>, now: &Resource, actor: &str) -> Result<(), StoreError> {
    tx.execute(
        "insert into catalogue_version (resource, version, at_ms, actor, content) values ($1, $2, $3, $4, $5)",
        &[&now.id.as_str(), &now.version, &now.changed_at_ms, &actor, &json_text(&now.content)],
    )?;
    Ok(())
}

/// What lists, facets and search go by: the published description where there is one, else the present one.
pub fn describe(tx: &mut Tx<'_>, now: &Resource, shown: &Content, is_new: bool) -> Result<(), StoreError> {
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    tx.execute(
        "update catalogue_resource set name = $2, tier = $3, branch = $4, share_type = $5, open_type = $6, period = $7, grade = $8, personal = $9, \
         register = $10, item_count = $11, ungraded_count = $12, system_items = $13, records = $14, source_code = $15 where id = $1",
        &[
            &now.id.as_str(),
            &shown.name,
            &shown.tier().as_str(),
            &shown.class.branch_digits(),
            &shown.sharing.share_type.as_str(),
            &shown.opening.open_type.as_str(),
            &shown.period.as_str(),
            &shown.grade().map(Grade::as_str),
            &shown.personal().map(Personal::as_str),
            &shown.relations.register,
            &count(shown.items.len()),
            &count(shown.ungraded()),
            &shown.storage.system_items,
            &shown.storage.records,
            &shown.relations.source_code.as_ref().map(ToString::to_string),
        ],
    )?;
    terms::replace(tx, now.id.as_str(), shown, &now.code, &now.organ_name, is_new)?;
    replace_items(tx, now.id.as_str(), shown, is_new)
}

const ITEMS_AT_ONCE: usize = 20;

fn replace_items(tx: &mut Tx<'_>, id: &str, shown: &Content, is_new: bool) -> Result<(), StoreError> {
    if !is_new {
        tx.execute("delete from catalogue_item where resource = $1", &[&id])?;
        tx.execute("delete from catalogue_procedure where resource = $1", &[&id])?;
    }
    let rows: Vec<(i64, String, &str)> = (0..).zip(&shown.items).map(|(nth, item)| (nth, item.key(), item.title.as_str())).collect();
    for chunk in rows.chunks(ITEMS_AT_ONCE) {
        let mut statement = super::statement::Statement::new("insert into catalogue_item (resource, nth, item_key, title) values ");
        let resource = statement.bind(id.to_owned());
        let values: Vec<String> = chunk
            .iter()
            .map(|(nth, key, title)| {
                let (nth, key, title) = (statement.bind(*nth), statement.bind(key.clone()), statement.bind((*title).to_owned()));
                format!("({resource}, {nth}, {key}, {title})")
            })
            .collect();
        statement.push(&values.join(", "));
        statement.execute(tx)?;
    }
    for procedure in &shown.relations.procedures {
        let sql = "insert into catalogue_procedure (procedure, resource) values ($1, $2) on conflict (procedure, resource) do nothing";
        tx.execute(sql, &[procedure, &id])?;
    }
    Ok(())
}

/// A kept version of the description.
pub fn version(tx: &mut Tx<'_>, id: &str, version: i64) -> Result<Option<Content>, StoreError> {
    let sql = "select content from catalogue_version where resource = $1 and version = $2";
    tx.query_opt(sql, &[&id, &version])?.as_ref().map(|row| parsed(row, 0, "a description", json::<Content>)).transpose()
}

/// Number, moment and account of all kept versions, the newest first.
pub fn versions(tx: &mut Tx<'_>, id: &str) -> Result<Vec<(i64, i64, String)>, StoreError> {
    let sql = "select version, at_ms, actor from catalogue_version where resource = $1 order by version desc";
    tx.query(sql, &[&id])?.iter().map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).collect()
}

/// The resources that name this one as their source.
pub fn copies_of(tx: &mut Tx<'_>, code: &str) -> Result<Vec<String>, StoreError> {
    let sql = "select id from catalogue_resource where source_code = $1 order by id limit 100";
    tx.query(sql, &[&code])?.iter().map(|row| row.get(0)).collect()
}

/// Resources of a procedure package.
pub fn of_procedure(tx: &mut Tx<'_>, procedure: &str) -> Result<Vec<String>, StoreError> {
    let sql = "select resource from catalogue_procedure where procedure = $1 order by resource";
    tx.query(sql, &[&procedure])?.iter().map(|row| row.get(0)).collect()
}
