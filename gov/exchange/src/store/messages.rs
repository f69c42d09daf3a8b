//! The message log.

use store::{Row, StoreError, Tx};

use super::parsed;
use crate::model::code::Code;
use crate::model::identifier::SubsystemId;
use crate::model::log::{LogSide, LoggedCall, LoggedText};

const COLUMNS: &str = "id, side, message_id, client, service, endpoint, case_number, purpose, grant_id, code, at_ms, client_at_ms, duration_us, \
                       request_bytes, response_bytes, request_text, request_head_sm3, request_body_sm3, request_body_sha512, request_signature, \
                       response_text, response_head_sm3, response_body_sm3, response_body_sha512, response_signature, kept_until_ms";

fn call(row: &Row) -> Result<LoggedCall, StoreError> {
    let response = match row.get::<Option<String>>(21)? {
        Some(head_sm3) => {
            Some(LoggedText { sealed: row.get(20)?, head_sm3, body_sm3: row.get(22)?, body_sha512: row.get(23)?, signature: row.get(24)? })
        }
        None => None,
    };
    Ok(LoggedCall {
        id: row.get(0)?,
        side: parsed(row, 1, "a side", LogSide::parse)?,
        message: row.get(2)?,
        client: parsed(row, 3, "a subsystem", |text| text.parse().ok())?,
        service: parsed(row, 4, "a service", |text| text.parse().ok())?,
        endpoint: row.get(5)?,
        case: row.get(6)?,
        purpose: row.get(7)?,
        grant: row.get(8)?,
        code: parsed(row, 9, "a code", Code::parse)?,
        at_ms: row.get(10)?,
        client_at_ms: row.get(11)?,
        duration_us: row.get(12)?,
        request_bytes: row.get(13)?,
        response_bytes: row.get(14)?,
        request: LoggedText {
            sealed: row.get(15)?,
            head_sm3: row.get(16)?,
            body_sm3: row.get(17)?,
            body_sha512: row.get(18)?,
            signature: row.get(19)?,
        },
        response,
        kept_until_ms: row.get(25)?,
    })
}

pub fn insert(tx: &mut Tx<'_>, call: &LoggedCall) -> Result<(), StoreError> {
    let response = call.response.as_ref();
    tx.execute(
        "insert into exchange_message (id, side, message_id, client, service, endpoint, case_number, purpose, grant_id, code, at_ms, client_at_ms, \
         duration_us, request_bytes, response_bytes, request_text, request_head_sm3, request_body_sm3, request_body_sha512, request_signature, \
         response_text, response_head_sm3, response_body_sm3, response_body_sha512, response_signature, kept_until_ms) values ($1, $2, $3, $4, $5, \
         $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26)",
        &[
            &call.id,
            &call.side.as_str(),
            &call.message,
            &call.client.to_string(),
            &call.service.to_string(),
            &call.endpoint,
            &call.case,
            &call.purpose,
            &call.grant,
            &call.code.as_str(),
            &call.at_ms,
            &call.client_at_ms,
            &call.duration_us,
            &call.request_bytes,
            &call.response_bytes,
            &call.request.sealed,
            &call.request.head_sm3,
            &call.request.body_sm3,
            &call.request.body_sha512,
            &call.request.signature,
            &response.and_then(|text| text.sealed.clone()),
            &response.map(|text| text.head_sm3.clone()),
            &response.map(|text| text.body_sm3.clone()),
            &response.map(|text| text.body_sha512.clone()),
            &response.and_then(|text| text.signature.clone()),
            &call.kept_until_ms,
        ],
    )?;
    Ok(())
}

/// Writes what came back to a call of the client's side.
pub fn finish(tx: &mut Tx<'_>, id: &str, code: Code, duration_us: i64, bytes: i64, response: Option<&LoggedText>) -> Result<(), StoreError> {
    tx.execute(
        "update exchange_message set code = $2, duration_us = $3, response_bytes = $4, response_text = $5, response_head_sm3 = $6, \
         response_body_sm3 = $7, response_body_sha512 = $8, response_signature = $9 where id = $1",
        &[
            &id,
            &code.as_str(),
            &duration_us,
            &bytes,
            &response.and_then(|text| text.sealed.clone()),
            &response.map(|text| text.head_sm3.clone()),
            &response.map(|text| text.body_sm3.clone()),
            &response.map(|text| text.body_sha512.clone()),
            &response.and_then(|text| text.signature.clone()),
        ],
    )?;
    Ok(())
}

pub fn attach_request_signature(tx: &mut Tx<'_>, id: &str, signature: &str) -> Result<(), StoreError> {
    tx.execute("update exchange_message set request_signature = $2 where id = $1 and request_signature is null", &[&id, &signature])?;
    Ok(())
}

pub fn attach_response_signature(tx: &mut Tx<'_>, id: &str, signature: &str) -> Result<(), StoreError> {
    tx.execute("update exchange_message set response_signature = $2 where id = $1 and response_signature is null", &[&id, &signature])?;
    Ok(())
}

pub fn known(tx: &mut Tx<'_>, side: LogSide, client: &str, message: &str) -> Result<bool, StoreError> {
    let sql = "select 1 from exchange_message where side = $1 and client = $2 and message_id = $3";
    Ok(tx.query_opt(sql, &[&side.as_str(), &client, &message])?.is_some())
}

pub fn find(tx: &mut Tx<'_>, id: &str) -> Result<Option<LoggedCall>, StoreError> {
    tx.query_opt(&format!("select {COLUMNS} from exchange_message where id = $1"), &[&id])?.as_ref().map(call).transpose()
}

pub fn by_message(tx: &mut Tx<'_>, message: &str, count_max: u32) -> Result<Vec<LoggedCall>, StoreError> {
    let sql = format!("select {COLUMNS} from exchange_message where message_id = $1 order by id limit $2");
    tx.query(&sql, &[&message, &count_max])?.iter().map(call).collect()
}

pub fn by_case(tx: &mut Tx<'_>, case: &str, count_max: u32) -> Result<Vec<LoggedCall>, StoreError> {
    let sql = format!("select {COLUMNS} from exchange_message where case_number = $1 order by id desc limit $2");
    tx.query(&sql, &[&case, &count_max])?.iter().map(call).collect()
}

pub fn latest(tx: &mut Tx<'_>, count_max: u32) -> Result<Vec<LoggedCall>, StoreError> {
    let sql = format!("select {COLUMNS} from exchange_message order by at_ms desc, id desc limit $1");
    tx.query(&sql, &[&count_max])?.iter().map(call).collect()
}

/// The same of some members, on either side, looked for among so many calls. Only what says whose a call is, is read of those.
pub fn latest_of(tx: &mut Tx<'_>, members: &[SubsystemId], count_max: u32, looked_through_max: u32) -> Result<Vec<LoggedCall>, StoreError> {
    let sql = "select id, client, service from exchange_message order by at_ms desc, id desc limit $1";
    let is_of = |client: &str, service: &str| {
        members
            .iter()
            .map(ToString::to_string)
            .any(|member| client == member || service.strip_prefix(&member).is_some_and(|rest| rest.starts_with('/')))
    };
    let mut found = Vec::new();
    for row in tx.query(sql, &[&looked_through_max])? {
        let (id, client, service): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if is_of(&client, &service) {
            found.extend(find(tx, &id)?);
        }
        if found.len() >= usize::try_from(count_max).unwrap_or(usize::MAX) {
            break;
        }
    }
    Ok(found)
}

/// Calls whose own signature was made but not written down, because the process ended in between.
pub fn unsigned(tx: &mut Tx<'_>, before_ms: i64, count_max: u32) -> Result<Vec<LoggedCall>, StoreError> {
    let sql = format!(
        "select {COLUMNS} from exchange_message where at_ms < $1 and ((side = 'provider' and (response_signature is null or request_signature is null)) or \
         (side = 'client' and request_signature is null)) order by at_ms limit $2"
    );
    tx.query(&sql, &[&before_ms, &count_max])?.iter().map(call).collect()
}

/// Drops the texts whose time is over; digests and signatures stay.
pub fn erase_texts(tx: &mut Tx<'_>, now_ms: i64, count_max: u32) -> Result<u64, StoreError> {
    let sql = "select id from exchange_message where kept_until_ms <= $1 and (request_text is not null or response_text is not null) \
               order by kept_until_ms limit $2";
    let due = tx.query(sql, &[&now_ms, &count_max])?;
    for row in &due {
        tx.execute("update exchange_message set request_text = null, response_text = null where id = $1", &[&row.get::<String>(0)?])?;
    }
    Ok(u64::try_from(due.len()).unwrap_or(u64::MAX))
}

/// Whether a text's time is over.
pub fn has_expired(tx: &mut Tx<'_>, now_ms: i64) -> Result<bool, StoreError> {
    let sql = "select 1 from exchange_message where kept_until_ms <= $1 and (request_text is not null or response_text is not null) limit 1";
    Ok(tx.query_opt(sql, &[&now_ms])?.is_some())
}
