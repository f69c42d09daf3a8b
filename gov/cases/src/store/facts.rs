//! Where facts of cases come from, and how much people wrote themselves. No value stands here.

use registers::RecordCorrection;
use store::{Bind, Row, StoreError, Tx};

use crate::model::{Burden, Fact, FactUse, Outcome};
use crate::queries::{Measured, Proposed};

/// Comes after every day.
const NO_LAST_DAY: &str = "9999-12-31";
const COLUMNS: &str = "place, used, register, field, position, version, sm3, recorded_ms, taken_ms, day, agrees";

/// Keeps the facts of a case; what is known of the same place by now is replaced.
pub(crate) fn keep(tx: &mut Tx<'_>, case: &str, facts: &[Fact]) -> Result<(), StoreError> {
    let sql = format!(
        "insert into case_fact (case_id, {COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         on conflict (case_id, place, register, field) do update set used = excluded.used, position = excluded.position,
         version = excluded.version, sm3 = excluded.sm3, recorded_ms = excluded.recorded_ms, taken_ms = excluded.taken_ms,
         day = excluded.day, agrees = excluded.agrees"
    );
    for fact in facts {
        tx.execute(
            &sql,
            &[
                &case,
                &fact.place,
                &fact.used.as_str(),
                &fact.register,
                &fact.field,
                &fact.position,
                &fact.version,
                &fact.sm3,
                &fact.recorded_ms,
                &fact.taken_ms,
                &fact.day.to_string(),
                &fact.agrees,
            ],
        )?;
    }
    Ok(())
}

/// The facts of a case, by register and place.
pub(crate) fn of_case(tx: &mut Tx<'_>, case: &str) -> Result<Vec<Fact>, StoreError> {
    let sql = format!("select {COLUMNS} from case_fact where case_id = $1 order by register, place, field");
    tx.query(&sql, &[&case])?.iter().map(row).collect()
}

fn row(row: &Row) -> Result<Fact, StoreError> {
    let (used, day): (String, String) = (row.get(1)?, row.get(9)?);
    Ok(Fact {
        place: row.get(0)?,
        used: FactUse::parse(&used).ok_or(StoreError::Type { column: 1, found: "another word", wanted: "the use of a fact" })?,
        register: row.get(2)?,
        field: row.get(3)?,
        position: row.get(4)?,
        version: row.get(5)?,
        sm3: row.get(6)?,
        recorded_ms: row.get(7)?,
        taken_ms: row.get(8)?,
        day: day.parse().map_err(|_| StoreError::Type { column: 9, found: "another text", wanted: "a day" })?,
        agrees: row.get(10)?,
    })
}

/// Keeps what an application asked of whoever made it.
pub(crate) fn keep_burden(tx: &mut Tx<'_>, case: &str, slug: &str, burden: &Burden) -> Result<(), StoreError> {
    tx.execute(
        "insert into case_burden (case_id, slug, typed, given, changed, attached, waived) values ($1, $2, $3, $4, $5, $6, $7)",
        &[&case, &slug, &burden.typed, &burden.given, &burden.changed, &burden.attached, &burden.waived],
    )
    .map(drop)
}

/// Cases made from any version of a corrected record, by the fields and for the days that were corrected, without those that are reviewed
/// for this correction already.
pub(crate) fn touched(tx: &mut Tx<'_>, correction: &RecordCorrection, count_max: u32) -> Result<Vec<String>, StoreError> {
    if correction.fields.is_empty() || correction.earlier.is_empty() {
        return Ok(Vec::new());
    }
    let (from, until) = (correction.valid_from.to_string(), correction.valid_until.map_or(NO_LAST_DAY.to_owned(), |day| day.to_string()));
    let mut parameters: Vec<&dyn Bind> = vec![&correction.register, &correction.position, &from, &until, &count_max];
    let positions = marks(parameters.len(), correction.earlier.len());
    parameters.extend(correction.earlier.iter().map(|position| position as &dyn Bind));
    let fields = marks(parameters.len(), correction.fields.len());
    parameters.extend(correction.fields.iter().map(|field| field as &dyn Bind));
    let sql = format!(
        "select distinct f.case_id from case_fact f where f.register = $1 and f.position in ({positions}) and f.field in ('', {fields})
         and f.day between $3 and $4 and not exists
         (select 1 from case_review r where r.register = $1 and r.position = $2 and r.case_id = f.case_id) order by f.case_id limit $5"
    );
    tx.query(&sql, &parameters)?.iter().map(|row| row.get(0)).collect()
}

/// Marks of so many parameters after others.
fn marks(after: usize, count: usize) -> String {
    (1..=count).map(|at| format!("${}", after.saturating_add(at))).collect::<Vec<_>>().join(", ")
}

/// Cases made from a version of a record, newest first.
pub(crate) fn made_from(tx: &mut Tx<'_>, register: &str, position: i64, count_max: u32) -> Result<Vec<String>, StoreError> {
    let sql = "select distinct case_id from case_fact where register = $1 and position = $2 order by case_id desc limit $3";
    tx.query(sql, &[&register, &position, &count_max])?.iter().map(|row| row.get(0)).collect()
}

pub(crate) fn keep_review(tx: &mut Tx<'_>, case: &str, review: &str, register: &str, position: i64, at_ms: i64) -> Result<(), StoreError> {
    tx.execute(
        "insert into case_review (register, position, case_id, review, at_ms) values ($1, $2, $3, $4, $5)",
        &[&register, &position, &case, &review, &at_ms],
    )
    .map(drop)
}

/// The reviews of a case, oldest first.
pub(crate) fn reviews_of(tx: &mut Tx<'_>, case: &str) -> Result<Vec<String>, StoreError> {
    let sql = "select review from case_review where case_id = $1 order by at_ms, review";
    tx.query(sql, &[&case])?.iter().map(|row| row.get(0)).collect()
}

pub(crate) fn keep_proposal(tx: &mut Tx<'_>, slug: &str, case: &str, at_ms: i64) -> Result<(), StoreError> {
    tx.execute("insert into case_proposal (case_id, slug, at_ms) values ($1, $2, $3)", &[&case, &slug, &at_ms]).map(drop)
}

/// The newest proposal for each item.
pub(crate) fn proposed(tx: &mut Tx<'_>) -> Result<Vec<(String, Proposed)>, StoreError> {
    let sql = "select p.slug, p.case_id, f.number, f.organ, f.outcome, p.at_ms from case_proposal p join case_file f on f.id = p.case_id
         where p.case_id = (select max(q.case_id) from case_proposal q where q.slug = p.slug) order by p.slug";
    let row = |row: &Row| {
        let outcome: Option<String> = row.get(4)?;
        let proposed = Proposed {
            case: row.get(1)?,
            number: row.get(2)?,
            organ: row.get(3)?,
            outcome: outcome.as_deref().and_then(Outcome::parse),
            at_ms: row.get(5)?,
        };
        Ok((row.get(0)?, proposed))
    };
    tx.query(sql, &[])?.iter().map(row).collect()
}

/// What was counted over the applications for each item.
pub(crate) fn measured(tx: &mut Tx<'_>) -> Result<Vec<(String, Measured)>, StoreError> {
    let sum = |column: &str| format!("cast(coalesce(sum({column}), 0) as bigint)");
    let sums = ["typed", "given", "changed", "attached", "waived"].map(sum).join(", ");
    let rows = tx.query(&format!("select slug, count(*), {sums} from case_burden group by slug order by slug"), &[])?;
    let row = |row: &Row| {
        let measured = Measured {
            applications: row.get(1)?,
            typed: row.get(2)?,
            given: row.get(3)?,
            changed: row.get(4)?,
            attached: row.get(5)?,
            waived: row.get(6)?,
        };
        Ok((row.get(0)?, measured))
    };
    rows.iter().map(row).collect()
}
