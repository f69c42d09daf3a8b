use super::{parsed, parsed_opt};
use crate::model::division::DivisionCode;
use crate::model::organ::{HeldPost, Post};
use crate::model::party::{OrganId, PostId, StaffId};
use clock::Date;
use i18n::Text;
use store::{Row, StoreError, Tx};

const COLUMNS: &str = "id, organ, code, name_zh, name_en, lane, requires_licence";

fn post(row: &Row) -> Result<Post, StoreError> {
    Ok(Post {
        id: parsed(row, 0, "a post", |text| PostId::parse(text).ok())?,
        organ: parsed(row, 1, "an organ", |text| OrganId::parse(text).ok())?,
        code: row.get(2)?,
        name: Text { zh: row.get(3)?, en: row.get(4)? },
        lane: row.get(5)?,
        requires_licence: row.get(6)?,
    })
}

pub fn find(tx: &mut Tx<'_>, id: &str) -> Result<Option<Post>, StoreError> {
    tx.query_opt(&format!("select {COLUMNS} from post where id = $1"), &[&id])?.as_ref().map(post).transpose()
}

pub fn of_organ(tx: &mut Tx<'_>, organ: &str) -> Result<Vec<Post>, StoreError> {
    tx.query(&format!("select {COLUMNS} from post where organ = $1 order by code"), &[&organ])?.iter().map(post).collect()
}

pub fn insert(tx: &mut Tx<'_>, new: &Post) -> Result<(), StoreError> {
    tx.execute(
        &format!("insert into post ({COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7)"),
        &[&new.id.as_str(), &new.organ.as_str(), &new.code, &new.name.zh, &new.name.en, &new.lane, &new.requires_licence],
    )?;
    Ok(())
}

pub fn assign(tx: &mut Tx<'_>, staff: &str, post: &str) -> Result<(), StoreError> {
    tx.execute("insert into staff_post (staff, post) values ($1, $2)", &[&staff, &post])?;
    Ok(())
}

pub fn relieve(tx: &mut Tx<'_>, staff: &str, post: &str) -> Result<(), StoreError> {
    tx.execute("delete from staff_post where staff = $1 and post = $2", &[&staff, &post])?;
    Ok(())
}

pub fn is_assigned(tx: &mut Tx<'_>, staff: &str, post: &str) -> Result<bool, StoreError> {
    Ok(tx.query_opt("select 1 from staff_post where staff = $1 and post = $2", &[&staff, &post])?.is_some())
}

const HELD_COLUMNS: &str = "p.id, p.organ, o.division, p.code, p.lane, p.name_zh, p.name_en";
const HELD_JOINS: &str = "join post p on p.id = sp.post join organ o on o.id = p.organ";

fn held(row: &Row) -> Result<HeldPost, StoreError> {
    Ok(HeldPost {
        post: parsed(row, 0, "a post", |text| PostId::parse(text).ok())?,
        organ: parsed(row, 1, "an organ", |text| OrganId::parse(text).ok())?,
        division: parsed(row, 2, "a division code", |text| DivisionCode::parse(text).ok())?,
        code: row.get(3)?,
        lane: row.get(4)?,
        name: Text { zh: row.get(5)?, en: row.get(6)? },
        substitute_for: parsed_opt(row, 7, "a member of staff", |text| StaffId::parse(text).ok())?,
    })
}

/// Posts held in person.
pub fn own(tx: &mut Tx<'_>, staff: &str) -> Result<Vec<HeldPost>, StoreError> {
    let sql = format!("select {HELD_COLUMNS}, null from staff_post sp {HELD_JOINS} where sp.staff = $1 order by p.organ, p.code");
    tx.query(&sql, &[&staff])?.iter().map(held).collect()
}

/// Posts held for those who are away on a day. Substitution does not pass on.
pub fn substituted(tx: &mut Tx<'_>, staff: &str, on: Date) -> Result<Vec<HeldPost>, StoreError> {
    let sql = format!(
        "select {HELD_COLUMNS}, s.id from staff s join staff_post sp on sp.staff = s.id {HELD_JOINS} \
         where s.substitute = $1 and s.absent_from <= $2 and s.absent_until >= $2 order by p.organ, p.code, s.id"
    );
    tx.query(&sql, &[&staff, &on.to_string()])?.iter().map(held).collect()
}

/// Identifiers of those who hold a lane's posts in an organ in person.
pub fn holders(tx: &mut Tx<'_>, organ: &str, lane: &str) -> Result<Vec<StaffId>, StoreError> {
    let sql = "select distinct sp.staff from post p join staff_post sp on sp.post = p.id where p.organ = $1 and p.lane = $2 order by sp.staff";
    let rows = tx.query(sql, &[&organ, &lane])?;
    rows.iter().map(|row| parsed(row, 0, "a member of staff", |text| StaffId::parse(text).ok())).collect()
}
