//! Whether a call may pass, and how much of the answer.

use std::collections::{BTreeMap, BTreeSet};

use i18n::Text;
use parties::MaskKind;
use runner::{Cx, Halt, Refusal};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::Tx;
use tracker::{CaseRef, Manner};

use super::code::Code;
use super::identifier::{ServiceId, SubsystemId};
use super::question::Question;
use super::service::Service;

/// A call before anybody has said whether it may pass.
#[derive(Clone, Debug)]
pub struct Passage<'a> {
    /// Who calls.
    pub client: &'a SubsystemId,
    /// Its organ, when it is one of this node.
    pub organ: Option<&'a str>,
    /// What is called.
    pub service: &'a ServiceId,
    /// Register behind the service.
    pub register: &'a str,
    /// Fields whose values the answer would show.
    pub fields: &'a BTreeSet<String>,
    /// How they would be used.
    pub manner: Manner,
    /// Number of the case the client names.
    pub case: Option<&'a str>,
    /// Purpose the client names.
    pub purpose: Option<&'a str>,
    /// Now, in milliseconds since 1970.
    pub now_ms: i64,
}

/// The right of a call to pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permit {
    /// Identifier of the grant, or of the standing lawful duty.
    pub grant: String,
    /// What for, as the subject is told.
    pub purpose: Text,
    /// Under which law.
    pub basis: String,
    /// The open case, where the right rests on one.
    pub case: Option<CaseRef>,
    /// Fields that may be shown.
    pub fields: BTreeSet<String>,
    /// Masks by field; a field without one is shown as it is.
    pub masks: BTreeMap<String, MaskKind>,
    /// Which rows.
    pub rows: RowScope,
    /// Manners that are permitted.
    pub manners: Vec<Manner>,
    /// Calls a minute at most.
    pub calls_per_minute_max: u32,
    /// Calls a day at most.
    pub calls_per_day_max: u32,
    /// Figures under this count are not told.
    pub cell_count_min: u32,
    /// Milliseconds since 1970 before which the subject is not shown the reading, with the approval.
    pub secret_until: Option<(i64, String)>,
    /// Name of the consent on which the right rests: only who has given it to the organ, and has not taken it back, is read about.
    pub consent: Option<String>,
}

/// Who knows which call may pass: the grants of data sharing.
pub trait Rights: Send + Sync {
    /// The permit of a call.
    ///
    /// # Errors
    /// A refusal whose code is one of [`Code`]: `not-granted`, `case-needed`, `case-closed`; the database's fault.
    fn permit(&self, tx: &mut Tx<'_>, passage: &Passage<'_>) -> Result<Permit, Halt>;
}

/// What an entry of the negative list (负面清单) keeps back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptBack {
    /// Name of the information resource.
    pub resource: Text,
    /// The law it rests on, with its article.
    pub basis: String,
}

impl KeptBack {
    /// The refusal of a duty, or of a call under one: [`Code::NegativeListed`] with the resource and its law.
    #[must_use]
    pub fn refusal(&self) -> Refusal {
        let Text { zh, en } = Code::NegativeListed.sentence();
        Refusal::new(
            Code::NegativeListed.as_str(),
            format!("{zh}（{}）", self.resource.zh),
            format!("{en} ({})", self.resource.en),
            "有法律、行政法规规定应当共享的，请先由提供单位申请移出负面清单。",
            "Where a law demands that it is shared, the provider first has the entry removed from the list.",
        )
        .under(self.basis.clone())
    }
}

/// Who knows what is not shared: the negative list of the data catalogue.
pub trait NegativeList: Send + Sync {
    /// The entry that keeps back any of these fields of a register, with whom an organ keeps it; `None` where all may be shared.
    ///
    /// # Errors
    /// The database's.
    fn kept_back(&self, tx: &mut Tx<'_>, organ: &str, register: &str, fields: &[String]) -> Result<Option<KeptBack>, Halt>;
}

/// A negative list without entries, for nodes without a catalogue.
#[derive(Clone, Copy, Debug, Default)]
pub struct NothingListed;

impl NegativeList for NothingListed {
    fn kept_back(&self, _tx: &mut Tx<'_>, _organ: &str, _register: &str, _fields: &[String]) -> Result<Option<KeptBack>, Halt> {
        Ok(None)
    }
}

/// A call that may pass, as its provider gets it.
#[derive(Clone, Debug)]
pub struct Call<'a> {
    /// The service.
    pub service: &'a Service,
    /// What is asked.
    pub question: &'a Question,
    /// On which right.
    pub permit: &'a Permit,
    /// Organ that calls, or the member where it is of another node.
    pub organ: &'a str,
    /// How the data are used, masks counted in.
    pub manner: Manner,
    /// Identifier of the message in the log.
    pub message: &'a str,
}

/// What a provider answers. The gateway filters, checks and masks it; nothing is trusted to be what was asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// Records.
    Rows {
        /// In the order of the register.
        rows: Vec<FoundRow>,
        /// Where a search goes on; `None` at the end.
        next: Option<String>,
    },
    /// Whether the record exists, and which claims hold.
    Matches {
        /// Whether there is such a record.
        known: bool,
        /// By field.
        holds: BTreeMap<String, bool>,
        /// The record itself, or as much of it as the row scope may ask about; it is not shown.
        row: BTreeMap<String, Value>,
    },
    /// Groups with their counts; `None` where the register keeps a small one back itself.
    Groups(Vec<(Vec<Value>, Option<u64>)>),
}

/// One record of an answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FoundRow {
    /// Values by field; masked by the register where the call's manner says so.
    pub values: BTreeMap<String, Value>,
    /// Raw values of what a row scope may ask about; not shown.
    pub scope: BTreeMap<String, Value>,
}

impl From<BTreeMap<String, Value>> for FoundRow {
    fn from(values: BTreeMap<String, Value>) -> Self {
        Self { scope: values.clone(), values }
    }
}

/// Who answers permitted calls: the registers. What it reads it records in the tracker, in the same transaction; where the permit rests on a
/// consent, under that consent or not at all.
pub trait Provider: Send + Sync {
    /// Answers a call.
    ///
    /// # Errors
    /// A refusal, [`Code::ConsentNotInForce`] among them, which undoes the call and is answered by its code; a fault, which is answered as `provider-failed`.
    fn answer(&self, cx: &mut Cx<'_>, call: &Call<'_>) -> Result<Found, Halt>;

    /// Whether an organ keeps a register, so that it may offer it. Nobody gives away what others keep by naming it.
    ///
    /// # Errors
    /// The database's.
    fn keeps(&self, tx: &mut Tx<'_>, organ: &str, register: &str) -> Result<bool, Halt>;
}

/// Which rows a right covers. What a row does not say is not covered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowScope {
    /// Rows whose `division` is this one or inside it.
    pub division: Option<String>,
    /// Rows whose fields have one of these values.
    pub values: BTreeMap<String, Vec<String>>,
    /// Rows that meet this condition.
    pub condition: Option<RowCondition>,
}

/// A condition on one field: `age >= 80`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowCondition {
    field: String,
    comparison: &'static str,
    value: String,
}

impl RowCondition {
    /// Reads a condition; `None` for anything but a field, a comparison and a value.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let comparison = [">=", "<=", "=", ">", "<"].into_iter().find(|sign| text.contains(sign))?;
        let (field, value) = text.split_once(comparison)?;
        let (field, value) = (field.trim(), value.trim().trim_matches('"'));
        let named = !field.is_empty() && field.chars().all(|character| character.is_ascii_alphanumeric() || character == '_');
        let plain = !value.is_empty() && !value.contains(['<', '>', '=', '"', '&', '|']);
        (named && plain).then(|| Self { field: field.to_owned(), comparison, value: value.to_owned() })
    }

    fn holds(&self, row: &BTreeMap<String, Value>) -> bool {
        let order = match row.get(&self.field) {
            Some(Value::Number(number)) => number.as_f64().zip(self.value.parse::<f64>().ok()).and_then(|(found, wanted)| found.partial_cmp(&wanted)),
            // Days and codes order like their texts.
            Some(Value::String(text)) => Some(text.as_str().cmp(self.value.as_str())),
            _ => None,
        };
        order.is_some_and(|order| match self.comparison {
            ">=" => order.is_ge(),
            "<=" => order.is_le(),
            ">" => order.is_gt(),
            "<" => order.is_lt(),
            _ => order.is_eq(),
        })
    }
}

impl RowScope {
    /// Fields that it asks about.
    #[must_use]
    pub fn fields(&self) -> BTreeSet<String> {
        let division = self.division.iter().map(|_| "division".to_owned());
        division.chain(self.values.keys().cloned()).chain(self.condition.iter().map(|condition| condition.field.clone())).collect()
    }

    /// Whether it covers every row.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.division.is_none() && self.values.is_empty() && self.condition.is_none()
    }

    /// Whether it covers a row.
    #[must_use]
    pub fn covers(&self, row: &BTreeMap<String, Value>) -> bool {
        let text = |field: &str| row.get(field).and_then(Value::as_str);
        let inside = |division: &String| text("division").is_some_and(|code| code.starts_with(division.trim_end_matches("00")));
        self.division.as_ref().is_none_or(inside)
            && self.values.iter().all(|(field, values)| text(field).is_some_and(|value| values.iter().any(|one| one == value)))
            && self.condition.as_ref().is_none_or(|condition| condition.holds(row))
    }
}

impl Permit {
    /// Whether it covers the fields and the manner of a call. Whoever made the permit has looked; this is the second look.
    ///
    /// # Errors
    /// [`Code::FieldNotGranted`], [`Code::MannerNotGranted`].
    pub fn covers(&self, fields: &BTreeSet<String>, manner: Manner) -> Result<(), Code> {
        if !fields.is_subset(&self.fields) {
            return Err(Code::FieldNotGranted);
        }
        // Figures are counted before rows can be left out, and before anybody can be asked whether she agrees.
        if manner == Manner::Aggregate && (!self.rows.is_all() || self.consent.is_some()) {
            return Err(Code::MannerNotGranted);
        }
        // Who may see full values may see less.
        let allowed = self.manners.contains(&manner) || (manner == Manner::Masked && self.manners.contains(&Manner::Full));
        if allowed { Ok(()) } else { Err(Code::MannerNotGranted) }
    }

    /// The manner of a question under the permit's masks: all fields masked is masked.
    #[must_use]
    pub fn manner_of(&self, question: &Question) -> Manner {
        let only_masked = !self.manners.contains(&Manner::Full) && self.manners.contains(&Manner::Masked);
        let masked = only_masked || question.fields().iter().all(|field| self.masks.contains_key(field));
        if question.manner() == Manner::Full && masked { Manner::Masked } else { question.manner() }
    }
}

/// A grant that this crate keeps itself, for duties that stand without a case (依法履职的常设共享) and for calls under an open case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingDuty {
    /// Identifier.
    pub id: String,
    /// Who may call.
    pub client: SubsystemId,
    /// What.
    pub service: ServiceId,
    /// Fields.
    pub fields: Vec<String>,
    /// Words of [`MaskKind`] by field.
    pub masks: BTreeMap<String, String>,
    /// Row scope.
    pub rows: BTreeMap<String, Vec<String>>,
    /// Manners.
    pub manners: Vec<Manner>,
    /// Calls a minute at most.
    pub calls_per_minute_max: u32,
    /// Calls a day at most.
    pub calls_per_day_max: u32,
    /// Figures under this count are not told.
    pub cell_count_min: u32,
    /// What for.
    pub purpose: Text,
    /// The law that gives the duty.
    pub basis: String,
    /// Whether every call must name an open case.
    pub needs_case: bool,
    /// Name of the consent on which the duty rests, instead of a law that lets the client read: only who has given it is read about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<String>,
    /// First moment, in milliseconds since 1970.
    #[serde(default)]
    pub from_ms: i64,
    /// Last moment, in milliseconds since 1970.
    pub until_ms: i64,
}
