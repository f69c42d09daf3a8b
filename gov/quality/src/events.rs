//! What happened to the quality of data. The journal holds counts and scores, never a value, and no place of a record.

use std::collections::BTreeMap;

use serde::Serialize;
use store::{StoreError, Tx};

use crate::model::comparison::Kind;
use crate::model::dimension::Dimension;
use crate::model::run::Score;
use crate::store as tables;
use crate::store::comparisons::Compared;
use crate::store::corrections::Correction;
use crate::store::runs::Run;

/// The journal stream of the quality of a register.
pub(crate) fn stream(register: &str) -> String {
    format!("quality:{register}")
}

runner::events! {
    /// Rules were declared, or declared anew.
    RulesDeclared = "quality-rules-declared" {
        register: String,
        version: i64,
        rules_sm3: String,
        rules: usize,
        #[serde(skip)]
        text: String,
    } => |this, tx, moment| tables::rules::insert(
        tx, &this.register, this.version, &this.rules_sm3, &this.text, moment.at_ms, &moment.actor,
    );

    /// Somebody asked for a run before its night.
    RunRequested = "quality-run-requested" { register: String } => |this, tx, moment| {
        let _ = (this, tx);
        Ok(())
    };

    /// A register was examined. Of each rule: its name, checked, failed.
    RegisterExamined = "register-examined" {
        register: String,
        run_id: String,
        rules_version: i64,
        records: i64,
        score: Option<Score>,
        dimensions: BTreeMap<Dimension, Score>,
        rules: Vec<(String, i64, i64)>,
        #[serde(skip)]
        run: Run,
    } => |this, tx, moment| tables::runs::insert(tx, &this.run);

    /// The owner was asked to correct: a case was opened.
    CorrectionOpened = "quality-correction-opened" { correction: Correction } => |this, tx, moment| {
        tables::corrections::insert(tx, &this.correction)
    };

    /// Two sources were compared.
    SourcesCompared = "sources-compared" {
        comparison: String,
        organ: String,
        register: Option<String>,
        left_rows: i64,
        right_rows: i64,
        same: i64,
        counts: BTreeMap<Kind, i64>,
        #[serde(skip)]
        compared: Compared,
    } => |this, tx, moment| tables::comparisons::insert(tx, &this.compared);
}
