use super::{json, parsed};
use crate::model::voice::{Voice, VoiceKind, VoiceState};
use store::{StoreError, Tx};

pub fn insert(tx: &mut Tx<'_>, voice: &Voice) -> Result<(), StoreError> {
    tx.execute(
        "insert into data_voice (id, kind, dataset, organ, account, state, body, at_ms) values ($1, $2, $3, $4, $5, $6, $7, $8)",
        &[&voice.id.as_str(), &voice.kind.as_str(), &voice.dataset, &voice.organ, &voice.account, &voice.state.as_str(), &json(voice), &voice.at_ms],
    )?;
    Ok(())
}

pub fn update(tx: &mut Tx<'_>, voice: &Voice) -> Result<(), StoreError> {
    tx.execute("update data_voice set state = $2, body = $3 where id = $1", &[&voice.id.as_str(), &voice.state.as_str(), &json(voice)])?;
    Ok(())
}

pub fn find(tx: &mut Tx<'_>, id: &str) -> Result<Option<Voice>, StoreError> {
    let row = tx.query_opt("select body from data_voice where id = $1", &[&id])?;
    row.as_ref().map(|row| parsed(row, 0, "a voice")).transpose()
}

/// Of a kind, in a state or in all, about a dataset or any; newest first.
pub fn list(tx: &mut Tx<'_>, kind: VoiceKind, state: Option<VoiceState>, dataset: Option<&str>, count_max: u32) -> Result<Vec<Voice>, StoreError> {
    let rows = tx.query(
        "select body from data_voice where kind = $1 and (cast($2 as text) is null or state = $2) \
         and (cast($3 as text) is null or dataset = $3) order by at_ms desc, id desc limit $4",
        &[&kind.as_str(), &state.map(VoiceState::as_str), &dataset, &count_max],
    )?;
    rows.iter().map(|row| parsed(row, 0, "a voice")).collect()
}

/// How many an account wrote since a moment.
pub fn count_of_account(tx: &mut Tx<'_>, account: &str, since_ms: i64) -> Result<i64, StoreError> {
    tx.scalar("select count(*) from data_voice where account = $1 and at_ms >= $2", &[&account, &since_ms])
}

pub fn subscribe(tx: &mut Tx<'_>, account: &str, dataset: &str, at_ms: i64) -> Result<(), StoreError> {
    tx.execute(
        "insert into dataset_subscription (account, dataset, at_ms) values ($1, $2, $3) on conflict (account, dataset) do nothing",
        &[&account, &dataset, &at_ms],
    )?;
    Ok(())
}

pub fn unsubscribe(tx: &mut Tx<'_>, account: &str, dataset: &str) -> Result<(), StoreError> {
    tx.execute("delete from dataset_subscription where account = $1 and dataset = $2", &[&account, &dataset])?;
    Ok(())
}

pub fn is_subscribed(tx: &mut Tx<'_>, account: &str, dataset: &str) -> Result<bool, StoreError> {
    Ok(tx.query_opt("select 1 from dataset_subscription where account = $1 and dataset = $2", &[&account, &dataset])?.is_some())
}

/// Datasets an account follows, last followed first.
pub fn followed(tx: &mut Tx<'_>, account: &str, count_max: u32) -> Result<Vec<String>, StoreError> {
    let rows =
        tx.query("select dataset from dataset_subscription where account = $1 order by at_ms desc, dataset limit $2", &[&account, &count_max])?;
    rows.iter().map(|row| row.get(0)).collect()
}

/// Tells everybody who follows a dataset of a release.
pub fn tell_followers(tx: &mut Tx<'_>, dataset: &str, number: u32, at_ms: i64) -> Result<(), StoreError> {
    tx.execute(
        "insert into dataset_notice (account, dataset, number, at_ms) \
         select account, dataset, cast($2 as bigint), cast($3 as bigint) from dataset_subscription where dataset = $1",
        &[&dataset, &number, &at_ms],
    )?;
    Ok(())
}

/// What an account was told of, the latest first: dataset, number of the release, when it was told and when it was read.
pub fn notices(tx: &mut Tx<'_>, account: &str, count_max: u32) -> Result<Vec<(String, u32, i64, Option<i64>)>, StoreError> {
    let sql = "select dataset, number, at_ms, read_ms from dataset_notice where account = $1 order by at_ms desc, dataset, number desc limit $2";
    tx.query(sql, &[&account, &count_max])?.iter().map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))).collect()
}

pub fn mark_notices_read(tx: &mut Tx<'_>, account: &str, at_ms: i64) -> Result<(), StoreError> {
    tx.execute("update dataset_notice set read_ms = $2 where account = $1 and read_ms is null", &[&account, &at_ms]).map(drop)
}
