use clock::Date;
use runner::{Command, Cx, Halt, Refusal};
use seal::FieldKeys;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Consequences, RecordCorrection};
use crate::events::{RecordCorrected, stream};
use crate::model::asking::refusals;
use crate::model::record::{Cause, Stored};
use crate::queries::{Present, present};
use crate::sealing::{key_indexes, reason_place, subject_of};
use crate::store as tables;
use crate::store::records::Correction;
use crate::writing::{NewVersion, Put, Writer};

const REASON_LENGTH_MAX: usize = 1_000;

/// Corrects a record (校核纠错): a new version for the days of the wrong one, which is kept.
#[derive(Clone, Debug, Serialize)]
pub struct CorrectRecord {
    /// The register.
    pub register: String,
    /// The key of the record.
    pub key: String,
    /// A day on which the wrong version holds; today when absent.
    pub on: Option<Date>,
    /// The version that was seen, by its place in the change feed.
    pub seen_position: Option<i64>,
    /// New values by field; null for none.
    pub values: Map<String, Value>,
    /// Why the old values are wrong.
    pub reason: String,
    /// The law or document on which the new values rest.
    pub basis: String,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corrected {
    /// Place of the corrected version in the change feed.
    pub corrected: i64,
    /// Place of the new version.
    pub position: i64,
    /// Fields that are different now.
    pub fields: Vec<String>,
    /// Hash of the record as it was: what was computed from it can be found by this.
    pub before_sm3: String,
    /// Hash of the record as it is.
    pub sm3: String,
}

impl Command for CorrectRecord {
    type Outcome = Corrected;
    const ACTION: &'static str = "register.correct";

    fn run(&self, cx: &mut Cx<'_>) -> Result<Corrected, Halt> {
        cx.hold(&stream(&self.register))?;
        let found = present(cx.tx(), &self.register)?;
        let keys = cx.service::<FieldKeys>()?;
        let key = found.declaration.parse_key(&self.key).ok_or_else(refusals::key_unfit)?;
        let day = self.on.unwrap_or_else(|| cx.today());
        let versions = versions(cx, &found, &keys, &key)?;
        let holds = |stored: &&Stored| stored.superseded_at_ms.is_none() && stored.holds_on(day);
        let wrong = versions.iter().find(holds).cloned();
        self.authorise(cx, &found, &keys, wrong.as_ref())?;
        self.check_words()?;
        let wrong = wrong.ok_or_else(Refusal::not_found)?;
        if self.seen_position.is_some_and(|seen| seen != wrong.position) {
            return Err(Refusal::stale_version().into());
        }
        let values = self.corrected_values(cx, &found, &keys, &wrong)?;
        let mut writer = Writer::of(cx, &found, &keys, &[&key])?;
        let new = NewVersion { key, values, from: wrong.valid_from, until: wrong.valid_until, cause: Cause::Corrected };
        if writer.put(cx, new)? == Put::Unchanged {
            return Err(nothing_changed().into());
        }
        let (written, _) = writer.finish(false);
        let last = written.rows.last().map(|(stored, _)| stored.clone()).ok_or_else(nothing_changed)?;
        let place = reason_place(&self.register, last.position);
        let owner = last.subject_index.clone().unwrap_or_else(|| last.key_index.clone());
        let reason_sealed = keys.seal(&owner, &place, self.reason.trim(), cx.entropy()).map_err(Halt::fault)?.to_string();
        let correction = Correction { reason_sealed, basis: self.basis.trim().to_owned(), account: cx.actor().account.clone(), at_ms: cx.now_ms() };
        let event = RecordCorrected {
            register: self.register.clone(),
            corrected: wrong.position,
            position: last.position,
            fields: last.changed.clone(),
            before_sm3: wrong.sm3.clone(),
            sm3: last.sm3.clone(),
            reason_sm3: seal::hash::sm3_hex(correction.reason_sealed.as_bytes()),
            basis: correction.basis.clone(),
            valid_from: last.valid_from,
            correction,
            written,
        };
        cx.record(&stream(&self.register), &event)?;
        if let Ok(consequences) = cx.service::<Consequences>() {
            let correction = RecordCorrection {
                register: self.register.clone(),
                position: last.position,
                earlier: versions.iter().map(|stored| stored.position).collect(),
                fields: last.changed.clone(),
                valid_from: wrong.valid_from,
                valid_until: wrong.valid_until,
                basis: self.basis.trim().to_owned(),
            };
            consequences.follow(cx, &correction)?;
        }
        Ok(Corrected { corrected: wrong.position, position: last.position, fields: last.changed, before_sm3: wrong.sm3, sm3: last.sm3 })
    }
}

impl CorrectRecord {
    /// The owner corrects, and nobody the own record (公务员法 第七十六条).
    fn authorise(&self, cx: &mut Cx<'_>, found: &Present, keys: &FieldKeys, wrong: Option<&Stored>) -> Result<(), Halt> {
        let mut resource = found.resource(cx.tx())?;
        if let Some(stored) = wrong {
            let values = stored.open(&found.declaration, keys, &tracker::in_process("find whose record is corrected"))?;
            let number = subject_of(&found.declaration, &values).and_then(|number| parties::IdentityNumber::parse(&number).ok());
            if let Some(number) = number {
                resource.party = parties::person_by_identity_number(cx.tx(), keys, &number)?.map(|person| person.id.to_string());
            }
        }
        cx.authorise(&resource)
    }

    fn check_words(&self) -> Result<(), Halt> {
        let empty = |text: &str| text.trim().is_empty();
        if empty(&self.reason) || empty(&self.basis) || self.reason.chars().count() > REASON_LENGTH_MAX {
            return Err(reason_missing(empty(&self.reason), empty(&self.basis)).into());
        }
        Ok(())
    }

    fn corrected_values(&self, cx: &mut Cx<'_>, found: &Present, keys: &FieldKeys, wrong: &Stored) -> Result<Map<String, Value>, Halt> {
        let declaration = &found.declaration;
        let mut values = wrong.open(declaration, keys, &tracker::in_process("write a new version of a record"))?;
        let before_key = declaration.key_of(&values);
        values.extend(self.values.clone());
        let values = declaration.record_values(&values, cx.today()).map_err(|problems| {
            let refusal = Refusal::new(
                "values-unfit",
                "更正后的内容不符合登记的规则。",
                "The corrected values do not satisfy the rules of the register.",
                "请逐项修改。",
                "Mend each of them.",
            );
            problems.into_iter().fold(refusal, |refusal, problem| refusal.with_field(problem.field, problem.sentence.zh, problem.sentence.en))
        })?;
        if declaration.key_of(&values) != before_key {
            return Err(key_fixed().into());
        }
        Ok(values)
    }
}

/// All versions under a key.
fn versions(cx: &mut Cx<'_>, found: &Present, keys: &FieldKeys, key: &str) -> Result<Vec<Stored>, Halt> {
    let mut versions = Vec::new();
    for index in key_indexes(&found.declaration, keys, key) {
        versions.extend(tables::records::by_key(cx.tx(), &found.declaration.slug, &index)?);
    }
    Ok(versions)
}

fn nothing_changed() -> Refusal {
    Refusal::new(
        "nothing-changed",
        "更正内容与现有记录相同。",
        "The corrected values are the recorded ones.",
        "请填写不同的内容。",
        "Give what is different.",
    )
}

fn key_fixed() -> Refusal {
    Refusal::new(
        "key-fixed",
        "主键不能更正。",
        "The key of a record cannot be corrected.",
        "请为原记录填写失效日期，再以正确的主键导入新记录。",
        "Load the old record with its last day, and a new one under the right key.",
    )
}

fn reason_missing(reason: bool, basis: bool) -> Refusal {
    let refusal = Refusal::new(
        "reason-missing",
        "更正须写明理由（不超过1000字）和依据。",
        "A correction needs its reason, of at most 1,000 characters, and its basis.",
        "请补充后重新提交。",
        "Add them and send it again.",
    )
    .under("政务数据共享条例");
    let refusal = if reason { refusal.with_field("reason", "请写明更正理由。", "Give the reason.") } else { refusal };
    if basis { refusal.with_field("basis", "请写明更正依据。", "Give the basis.") } else { refusal }
}
