//! The list of demands.

use store::{Row, StoreError, Tx};

use super::grants::parsed;
use crate::model::{Demand, DemandState};

const COLUMNS: &str = "id, organ, title, content, state, answer, resource, declared_ms, answer_by, answered_ms";

pub fn insert(tx: &mut Tx<'_>, demand: &Demand) -> Result<(), StoreError> {
    tx.execute(
        "insert into sharing_demand (id, organ, title, content, state, answer, resource, declared_ms, answer_by, answered_ms)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &[
            &demand.id,
            &demand.organ,
            &demand.title,
            &demand.purpose,
            &demand.state.code(),
            &demand.answer,
            &demand.resource,
            &demand.declared_ms,
            &demand.answer_by.to_string(),
            &demand.answered_ms,
        ],
    )
    .map(drop)
}

pub fn answer(tx: &mut Tx<'_>, demand: &Demand) -> Result<(), StoreError> {
    let sql = "update sharing_demand set state = $2, answer = $3, resource = $4, answered_ms = $5 where id = $1";
    tx.execute(sql, &[&demand.id, &demand.state.code(), &demand.answer, &demand.resource, &demand.answered_ms]).map(drop)
}

pub fn find(tx: &mut Tx<'_>, id: &str) -> Result<Option<Demand>, StoreError> {
    let sql = format!("select {COLUMNS} from sharing_demand where id = $1");
    tx.query_opt(&sql, &[&id])?.as_ref().map(demand).transpose()
}

/// In a state, the newest first.
pub fn in_state(tx: &mut Tx<'_>, state: DemandState, count_max: u32) -> Result<Vec<Demand>, StoreError> {
    let sql = format!("select {COLUMNS} from sharing_demand where state = $1 order by id desc limit $2");
    tx.query(&sql, &[&state.code(), &count_max])?.iter().map(demand).collect()
}

fn demand(row: &Row) -> Result<Demand, StoreError> {
    Ok(Demand {
        id: row.get(0)?,
        organ: row.get(1)?,
        title: row.get(2)?,
        purpose: row.get(3)?,
        state: parsed(row, 4, "the state of a demand", DemandState::parse)?,
        answer: row.get(5)?,
        resource: row.get(6)?,
        declared_ms: row.get(7)?,
        answer_by: parsed(row, 8, "a day", |day| day.parse().ok())?,
        answered_ms: row.get(9)?,
    })
}
