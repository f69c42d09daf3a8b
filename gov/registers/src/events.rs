//! What happened to registers. Journal payloads hold counts and hashes, never a value of a record.

use clock::Date;
use runner::{Event, Moment};
use serde::Serialize;
use store::{StoreError, Tx};

use crate::model::loading::Load;
use crate::model::record::Stored;
use crate::store as tables;

/// The journal stream of a register.
pub(crate) fn stream(slug: &str) -> String {
    format!("register:{slug}")
}

/// What is written to the tables of one register.
#[derive(Debug, Default)]
pub(crate) struct Written {
    pub register: String,
    pub rows: Vec<(Stored, Vec<(String, String)>)>,
    pub superseded: Vec<i64>,
    pub position: i64,
    pub key_count: i64,
    /// Whether the owner brought the register up to date.
    pub fresh: bool,
}

impl Written {
    fn apply(&self, tx: &mut Tx<'_>, moment: &Moment) -> Result<(), StoreError> {
        tables::records::insert(tx, &self.register, &self.rows)?;
        tables::records::supersede(tx, &self.register, &self.superseded, moment.at_ms)?;
        tables::declarations::advance(tx, &self.register, self.position, self.key_count, self.fresh.then_some(moment.at_ms))
    }
}

/// A register was declared, or declared anew.
#[derive(Debug, Serialize)]
pub(crate) struct RegisterDeclared {
    pub register: String,
    pub version: i64,
    pub division: String,
    pub declaration_sm3: String,
    #[serde(skip)]
    pub text: String,
}

impl Event for RegisterDeclared {
    fn kind(&self) -> &'static str {
        "register-declared"
    }

    fn apply(&self, tx: &mut Tx<'_>, moment: &Moment) -> Result<(), StoreError> {
        tables::declarations::declare(tx, &self.register, self.version, &self.division, &self.declaration_sm3, &self.text, moment.at_ms)
    }
}

/// A file was loaded: one entry for all its rows, with the hash over them.
#[derive(Debug, Serialize)]
pub(crate) struct RecordsLoaded {
    pub register: String,
    pub load: String,
    pub file_sm3: String,
    pub rows: usize,
    pub added: usize,
    pub changed: usize,
    pub unchanged: usize,
    pub refused: usize,
    pub records_sm3: String,
    pub position_from: i64,
    pub position_to: i64,
    #[serde(skip)]
    pub kept: Load,
    #[serde(skip)]
    pub written: Written,
}

impl Event for RecordsLoaded {
    fn kind(&self) -> &'static str {
        "records-loaded"
    }

    fn apply(&self, tx: &mut Tx<'_>, moment: &Moment) -> Result<(), StoreError> {
        tables::loads::insert(tx, &self.kept)?;
        self.written.apply(tx, moment)
    }
}

/// A record was corrected; the version before is kept.
#[derive(Debug, Serialize)]
pub(crate) struct RecordCorrected {
    pub register: String,
    /// Place of the corrected version in the change feed.
    pub corrected: i64,
    /// Place of the new version.
    pub position: i64,
    pub fields: Vec<String>,
    pub before_sm3: String,
    pub sm3: String,
    pub reason_sm3: String,
    pub basis: String,
    pub valid_from: Date,
    #[serde(skip)]
    pub correction: tables::records::Correction,
    #[serde(skip)]
    pub written: Written,
}

impl Event for RecordCorrected {
    fn kind(&self) -> &'static str {
        "record-corrected"
    }

    fn apply(&self, tx: &mut Tx<'_>, moment: &Moment) -> Result<(), StoreError> {
        self.written.apply(tx, moment)?;
        tables::records::insert_correction(tx, &self.register, self.position, &self.correction)
    }
}

/// Records were counted; a figure discloses nobody, so that it has an entry and no reading of each subject.
#[derive(Debug, Serialize)]
pub(crate) struct RecordsCounted {
    pub register: String,
    pub field: String,
    pub organ: Option<String>,
    pub basis: String,
    pub cells: usize,
    pub suppressed: usize,
}

impl Event for RecordsCounted {
    fn kind(&self) -> &'static str {
        "records-counted"
    }

    fn apply(&self, _: &mut Tx<'_>, _: &Moment) -> Result<(), StoreError> {
        Ok(())
    }
}

/// An office elsewhere answered about somebody at her own wish; none when it holds nothing about her.
#[derive(Debug, Serialize)]
pub(crate) struct AnswerHeld {
    pub register: String,
    pub sm3: Option<String>,
    #[serde(skip)]
    pub index: String,
    #[serde(skip)]
    pub stored: Option<Stored>,
}

impl Event for AnswerHeld {
    fn kind(&self) -> &'static str {
        "answer-held"
    }

    fn apply(&self, tx: &mut Tx<'_>, _: &Moment) -> Result<(), StoreError> {
        match &self.stored {
            Some(stored) => tables::answers::put(tx, &self.register, &self.index, stored),
            None => tables::answers::remove(tx, &self.register, &self.index),
        }
    }
}

/// Answers of earlier days were removed.
#[derive(Debug, Serialize)]
pub(crate) struct AnswersForgotten {
    pub before: Date,
}

impl Event for AnswersForgotten {
    fn kind(&self) -> &'static str {
        "answers-forgotten"
    }

    fn apply(&self, tx: &mut Tx<'_>, _: &Moment) -> Result<(), StoreError> {
        tables::answers::forget_before(tx, &self.before.to_string())
    }
}
