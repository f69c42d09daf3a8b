//! The case file and the draft.

use clock::{Certainty, ClockError, Date, LegalClock, Light, WorkCalendar};
use i18n::Text;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{CaseStatus, Outcome};

/// For whom the case is, as known at submission.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applicant {
    /// The party.
    pub party: String,
    /// `person`, `legal-person` or `organ`.
    pub kind: String,
    /// Full name.
    pub name: String,
    /// Identity number or 统一社会信用代码.
    pub id_number: String,
    /// Day of birth, for persons.
    #[serde(default)]
    pub birth_date: Option<Date>,
    /// `male` or `female`, for persons.
    #[serde(default)]
    pub sex: Option<String>,
    /// Mobile number.
    #[serde(default)]
    pub mobile: Option<String>,
    /// Address.
    #[serde(default)]
    pub address: Option<String>,
    /// Division of residence or registration.
    #[serde(default)]
    pub division: Option<String>,
    /// Legal representative or operator, for legal persons.
    #[serde(default)]
    pub representative: Option<String>,
}

impl Applicant {
    /// A natural person.
    #[must_use]
    pub fn is_person(&self) -> bool {
        self.kind == "person"
    }

    /// An organ, through its staff.
    #[must_use]
    pub fn is_organ(&self) -> bool {
        self.kind == "organ"
    }
}

/// One thing to be completed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorrectionItem {
    /// A field or material of the package; empty for the application as a whole.
    pub target: String,
    /// What is wrong and what would be right.
    pub says: String,
}

/// The one-time request to complete an application, 行政许可法 第三十二条.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// Everything that is wrong, told at once.
    pub items: Vec<CorrectionItem>,
    /// Asked on this day.
    pub asked_on: Date,
    /// To be answered by this day.
    pub answer_by: Date,
    /// Answered on this day.
    pub answered_on: Option<Date>,
}

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// `approved`, `rejected`, `refused` or `resolved`.
    pub outcome: String,
    /// Why, in words for the applicant.
    pub reasons: String,
    /// The article it rests on.
    pub basis: String,
    /// By whom (account), or `rules`.
    pub by: String,
    /// On this day.
    pub on: Date,
}

/// Days that are not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pause {
    /// The first of them.
    pub from: Date,
    /// The last of them.
    pub last_day: Date,
}

/// One limit with its clock.
pub type Legal = LegalClock;

/// The promised and the statutory clock of a case; both pause and extend together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseClock {
    /// 承诺办结时限.
    pub promised: LegalClock,
    /// 法定办结时限.
    pub statutory: Option<LegalClock>,
}

impl CaseClock {
    /// The promised day, as of a day (an open pause counts up to it).
    #[must_use]
    pub fn due(&self, calendar: &WorkCalendar, on: Date) -> (Date, Certainty) {
        let due = self.promised.due_as_of(calendar, on);
        (due.date, due.certainty)
    }

    /// The statutory day.
    #[must_use]
    pub fn statutory_due(&self, calendar: &WorkCalendar, on: Date) -> Option<Date> {
        self.statutory.as_ref().map(|clock| clock.due_as_of(calendar, on).date)
    }

    /// The first day of the pause that is open.
    #[must_use]
    pub fn paused_from(&self) -> Option<Date> {
        self.promised.pauses.last().filter(|pause| pause.until.is_none()).map(|pause| pause.from)
    }

    /// Stops both clocks from a day on; after a pause that ended on that very day, from the next.
    pub(crate) fn pause(&mut self, on: Date, reason: &str) -> Result<(), ClockError> {
        for clock in self.each() {
            let ended = clock.pauses.last().and_then(|pause| pause.until).filter(|until| *until >= on);
            let from = ended.and_then(|until| until.tomorrow().ok()).unwrap_or(on);
            clock.pause(from, reason)?;
        }
        Ok(())
    }

    /// Both clocks go on after a day. Returns the days of the pause; none when it ended before it could begin.
    pub(crate) fn resume(&mut self, last_day: Date) -> Result<Option<Pause>, ClockError> {
        let from = self.paused_from();
        for clock in self.each() {
            let is_empty = clock.pauses.last().is_some_and(|pause| pause.until.is_none() && pause.from > last_day);
            if is_empty {
                clock.pauses.pop();
            } else {
                clock.resume(last_day)?;
            }
        }
        Ok(from.filter(|from| *from <= last_day).map(|from| Pause { from, last_day }))
    }

    /// Extends what has not run out, once; 行政许可法 第四十二条 speaks of limits that still run. Returns the day that moved.
    pub(crate) fn extend(&mut self, calendar: &WorkCalendar, today: Date, workdays: u32) -> Result<Option<Date>, ClockError> {
        let mut moved = None;
        for clock in self.each() {
            if !clock.is_overdue(calendar, today) {
                clock.extend(workdays)?;
                moved = moved.or(Some(clock.due_as_of(calendar, today).date));
            }
        }
        Ok(moved)
    }

    /// Whether it was extended.
    pub(crate) fn is_extended(&mut self) -> bool {
        self.each().any(|clock| clock.extension.is_some())
    }

    /// Both clocks, for what must be done to both.
    pub(crate) fn each(&mut self) -> impl Iterator<Item = &mut LegalClock> {
        std::iter::once(&mut self.promised).chain(self.statutory.as_mut())
    }
}

/// A file attached as a material.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaterialFile {
    /// Identifier.
    pub id: String,
    /// Draft or case it belongs to.
    pub owner: String,
    /// The material of the package.
    pub material: String,
    /// As the applicant called it.
    pub file_name: String,
    /// Content-addressed name: `sm3:…`.
    pub blob: String,
    /// Bytes.
    pub size_bytes: i64,
    /// `pdf`, `jpg`, …
    pub extension: String,
    /// Milliseconds since 1970.
    pub added_ms: i64,
}

/// An application being filled in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Identifier.
    pub id: String,
    /// The item.
    pub slug: String,
    /// The account that fills it in.
    pub account: String,
    /// The party for whom.
    pub party: String,
    /// Answers to the guide questions.
    pub situation: Map<String, Value>,
    /// Answers so far; may be incomplete or wrong.
    pub answers: Map<String, Value>,
    /// The page last looked at.
    pub page: String,
    /// Counts its changes.
    pub version: i64,
    /// Milliseconds since 1970.
    pub updated_ms: i64,
}

/// The case file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseFile {
    /// Its place in lists: the later submitted, the larger.
    #[serde(skip)]
    pub line: i64,
    /// Identifier, and the name of its stream in the journal.
    pub id: String,
    /// 办件编号, at most 50 characters.
    pub number: String,
    /// For the anonymous progress query.
    pub query_code: String,
    /// The package it runs under.
    pub package_hash: String,
    /// The item.
    pub slug: String,
    /// Its name.
    pub item_name: Text,
    /// The organ responsible.
    pub organ: String,
    /// The division of that organ.
    pub division: String,
    /// For whom.
    pub applicant: Applicant,
    /// The applicant's name as shown in lists.
    pub applicant_shown: String,
    /// Who acted for the applicant, if somebody did.
    pub agent: Option<String>,
    /// `web`, `mobile`, `window`, `hotline`, `system`.
    pub channel: String,
    /// Where it stands.
    pub status: CaseStatus,
    /// What became of it.
    pub outcome: Option<Outcome>,
    /// Version of its stream.
    pub version: i64,
    /// Submitted at, milliseconds since 1970.
    pub submitted_ms: i64,
    /// The day from which acceptance counts.
    pub accepted_on: Option<Date>,
    /// Accepted because no notice went out in time.
    pub accepted_by_default: bool,
    /// Closed at.
    pub closed_ms: Option<i64>,
    /// The clock, once it runs.
    pub clock: Option<CaseClock>,
    /// The promised day, once the clock runs; moves with pauses and the extension. Not known while a pause is open, unless it was missed
    /// before.
    pub due_on: Option<Date>,
    /// The one correction.
    pub correction: Option<Correction>,
    /// What was decided.
    pub decision: Option<Decision>,
    /// Answers to the guide questions.
    pub situation: Map<String, Value>,
    /// What the applicant stated.
    pub answers: Map<String, Value>,
    /// The running flow, without the variables that are kept elsewhere.
    pub instance: flow::Instance,
    /// The case this one grew out of, for example the one rated.
    pub parent: Option<String>,
    /// Whether it was reopened.
    pub reopened: bool,
}

impl CaseFile {
    /// The traffic light of the promised clock.
    #[must_use]
    pub fn light(&self, calendar: &WorkCalendar, today: Date) -> Option<Light> {
        let clock = self.clock.as_ref().filter(|_| self.status.is_open())?;
        Some(clock.promised.light(calendar, today))
    }

    /// Whether a decision was made, so that withdrawal is too late.
    #[must_use]
    pub const fn is_decided(&self) -> bool {
        self.decision.is_some()
    }
}
