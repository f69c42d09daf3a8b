use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use store::{Row, StoreError, Tx};

use super::{from_json, to_json};
use crate::model::dimension::Dimension;
use crate::model::run::{Finding, RuleResult, Score};

/// A run that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Identifier.
    pub id: String,
    /// The register.
    pub register: String,
    /// The organ that kept it; `None` when nobody did.
    pub organ: Option<String>,
    /// Version of the rules.
    pub rules_version: i64,
    /// The last place of the feed that was looked at.
    pub position: i64,
    /// Records that held.
    pub records: i64,
    /// When it began, in milliseconds since 1970.
    pub began_ms: i64,
    /// When it was recorded.
    pub at_ms: i64,
    /// The score; `None` when nothing was checked.
    pub score: Option<Score>,
    /// The score of each dimension.
    pub dimensions: BTreeMap<Dimension, Score>,
    /// What came of each rule; its findings are asked for by themselves.
    pub results: Vec<ResultLine>,
}

/// What came of one rule, as it is kept.
pub type ResultLine = RuleResult;

const COLUMNS: &str = "id, register, organ, rules_version, position, records, began_ms, at_ms, score, dimensions, results";

fn run(row: &Row) -> Result<Run, StoreError> {
    Ok(Run {
        id: row.get(0)?,
        register: row.get(1)?,
        organ: row.get(2)?,
        rules_version: row.get(3)?,
        position: row.get(4)?,
        records: row.get(5)?,
        began_ms: row.get(6)?,
        at_ms: row.get(7)?,
        score: row.get::<Option<i64>>(8)?.map(Score),
        dimensions: from_json(row, 9, "scores of dimensions")?,
        results: from_json(row, 10, "results of rules")?,
    })
}

/// Writes a run, with the findings that its results carry.
pub fn insert(tx: &mut Tx<'_>, run: &Run) -> Result<(), StoreError> {
    tx.execute(
        "insert into quality_run (id, register, organ, rules_version, position, records, began_ms, at_ms, score, dimensions, results)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        &[
            &run.id,
            &run.register,
            &run.organ,
            &run.rules_version,
            &run.position,
            &run.records,
            &run.began_ms,
            &run.at_ms,
            &run.score.map(|score| score.0),
            &to_json(&run.dimensions),
            &to_json(&run.results),
        ],
    )?;
    for result in &run.results {
        for finding in &result.findings {
            tx.execute(
                "insert into quality_finding (run, rule, place, finding) values ($1, $2, $3, $4)",
                &[&run.id, &result.rule, &finding.position, &to_json(finding)],
            )?;
        }
    }
    Ok(())
}

pub fn find(tx: &mut Tx<'_>, id: &str) -> Result<Option<Run>, StoreError> {
    tx.query_opt(&format!("select {COLUMNS} from quality_run where id = $1"), &[&id])?.as_ref().map(run).transpose()
}

/// Runs of a register, newest first.
pub fn of_register(tx: &mut Tx<'_>, register: &str, count_max: u32) -> Result<Vec<Run>, StoreError> {
    let sql = format!("select {COLUMNS} from quality_run where register = $1 order by id desc limit $2");
    tx.query(&sql, &[&register, &count_max])?.iter().map(run).collect()
}

/// Register, organ, moment and score of all runs since a moment, oldest first.
pub fn scores_since(tx: &mut Tx<'_>, from_ms: i64) -> Result<Vec<(String, Option<String>, i64, Option<Score>)>, StoreError> {
    let sql = "select register, organ, at_ms, score from quality_run where at_ms >= $1 order by at_ms, id";
    let rows = tx.query(sql, &[&from_ms])?;
    rows.iter().map(|row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get::<Option<i64>>(3)?.map(Score)))).collect()
}

/// Findings of one rule in a run, in the order of the feed.
pub fn findings(tx: &mut Tx<'_>, run: &str, rule: &str, count_max: u32) -> Result<Vec<Finding>, StoreError> {
    let sql = "select finding from quality_finding where run = $1 and rule = $2 order by place limit $3";
    tx.query(sql, &[&run, &rule, &count_max])?.iter().map(|row| from_json(row, 0, "a finding")).collect()
}
