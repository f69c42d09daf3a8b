//! Requests as both sides see them.

use store::{Row, StoreError, Tx};

use super::grants::{from_json, json, parsed};
use crate::model::Request;

const COLUMNS: &str = "case_id, number, wanted, asked_ms";

pub fn insert(tx: &mut Tx<'_>, request: &Request) -> Result<(), StoreError> {
    tx.execute(
        "insert into sharing_request (case_id, number, grantee, provider, resource, wanted, asked_ms) values ($1, $2, $3, $4, $5, $6, $7)",
        &[
            &request.case,
            &request.number,
            &request.terms.grantee,
            &request.terms.provider,
            &request.terms.resource,
            &json(&request.terms),
            &request.asked_ms,
        ],
    )
    .map(drop)
}

pub fn find(tx: &mut Tx<'_>, case: &str) -> Result<Option<Request>, StoreError> {
    let sql = format!("select {COLUMNS} from sharing_request where case_id = $1");
    tx.query_opt(&sql, &[&case])?.as_ref().map(request).transpose()
}

/// Requests of an organ, the newest first.
pub fn of_grantee(tx: &mut Tx<'_>, organ: &str, count_max: u32) -> Result<Vec<Request>, StoreError> {
    let sql = format!("select {COLUMNS} from sharing_request where grantee = $1 order by case_id desc limit $2");
    tx.query(&sql, &[&organ, &count_max])?.iter().map(request).collect()
}

/// Requests to an organ, the newest first.
pub fn of_provider(tx: &mut Tx<'_>, organ: &str, count_max: u32) -> Result<Vec<Request>, StoreError> {
    let sql = format!("select {COLUMNS} from sharing_request where provider = $1 order by case_id desc limit $2");
    tx.query(&sql, &[&organ, &count_max])?.iter().map(request).collect()
}

/// All requests, the newest first.
pub fn all(tx: &mut Tx<'_>, count_max: u32) -> Result<Vec<Request>, StoreError> {
    let sql = format!("select {COLUMNS} from sharing_request order by case_id desc limit $1");
    tx.query(&sql, &[&count_max])?.iter().map(request).collect()
}

fn request(row: &Row) -> Result<Request, StoreError> {
    Ok(Request { case: row.get(0)?, number: row.get(1)?, terms: parsed(row, 2, "terms", from_json)?, asked_ms: row.get(3)? })
}
