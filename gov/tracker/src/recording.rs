//! Recording a reading, and the proof that it was recorded.

use runner::{Actor, ActorKind, Cx, Event, Halt, Moment};
use seal::FieldKeys;
use serde::Serialize;
use store::{StoreError, Tx};

use crate::consenting::CONSENT_BASIS;
use crate::model::{Manner, Reading, Seen, SourceKind};
use crate::secrecy::secrecy_of;
use crate::store as tables;

/// Where subjects belong in the blind index; part of what is hashed, so never changed.
pub const SUBJECT_PLACE: &str = "tracker.subject";

const SYSTEM: &str = "system";

/// The proof that whoever holds it may open personal fields: a reading was recorded in this transaction, or nobody is shown anything
/// that is not about themselves.
#[derive(Debug)]
#[must_use]
pub struct Trace(Kind);

#[derive(Debug)]
enum Kind {
    Recorded(String),
    Own,
    InProcess(&'static str),
}

impl Trace {
    /// The reading that was recorded, if one was.
    #[must_use]
    pub fn reading(&self) -> Option<&str> {
        match &self.0 {
            Kind::Recorded(id) => Some(id),
            Kind::Own | Kind::InProcess(_) => None,
        }
    }

    /// Why the machine works on the fields, when nobody is shown them.
    #[must_use]
    pub const fn work(&self) -> Option<&'static str> {
        match &self.0 {
            Kind::InProcess(work) => Some(work),
            Kind::Own | Kind::Recorded(_) => None,
        }
    }
}

/// For the subject's own eyes, or those of somebody who acts for her: `None` when the acting party is another one.
#[must_use]
pub fn own(actor: &Actor, party: &str) -> Option<Trace> {
    (actor.acting_party() == Some(party)).then_some(Trace(Kind::Own))
}

/// For work of the machine that shows nobody anything. `work` says which; all of them stand in `docs/reference/processing.txt`.
pub const fn in_process(work: &'static str) -> Trace {
    Trace(Kind::InProcess(work))
}

/// Writes a reading into the tracker and the journal, in the transaction of the command.
///
/// # Errors
/// The database's, a key is missing, or nothing was authorised before.
pub fn record(cx: &mut Cx<'_>, keys: &FieldKeys, reading: Reading<'_>) -> Result<Trace, Halt> {
    write(cx, keys, reading, None)
}

/// The same under a consent of the subject, which must be in force and cover the reading.
///
/// # Errors
/// As [`record`]; the refusal `consent-not-in-force`.
pub fn record_under(cx: &mut Cx<'_>, keys: &FieldKeys, reading: Reading<'_>, consent: &str) -> Result<Trace, Halt> {
    crate::consenting::check(cx, keys, &reading, consent)?;
    write(cx, keys, reading, Some(consent.to_owned()))
}

/// The same under whichever consent the subject gave the organ under a name: for who knows what it is about, but not of whom it is asked. What
/// she agreed to is what she is told.
///
/// # Errors
/// As [`record_under`].
pub fn record_consented(cx: &mut Cx<'_>, keys: &FieldKeys, reading: Reading<'_>, name: &str) -> Result<Trace, Halt> {
    let consent = crate::consenting::given(cx, keys, &reading, name)?;
    crate::consenting::check(cx, keys, &reading, &consent.id)?;
    let reading = Reading { purpose: consent.terms.purpose, basis: CONSENT_BASIS.to_owned(), ..reading };
    write(cx, keys, reading, Some(consent.id))
}

fn write(cx: &mut Cx<'_>, keys: &FieldKeys, reading: Reading<'_>, consent: Option<String>) -> Result<Trace, Halt> {
    let id = cx.ids().next_text("reading");
    let subject_index = keys.blind_index(SUBJECT_PLACE, reading.subject).map_err(Halt::fault)?;
    let subject_sm3 = seal::hash::sm3_hex(format!("{id}\n{subject_index}").as_bytes());
    let secret_until = secret_until(cx, &reading)?;
    // What applicants and timers set off is read by the installation, for the organ named.
    let account = match cx.actor().kind {
        ActorKind::Staff | ActorKind::Admin => cx.actor().account.clone(),
        ActorKind::Person | ActorKind::Anonymous | ActorKind::System => SYSTEM.to_owned(),
    };
    let seen = Seen {
        id: id.clone(),
        at_ms: cx.now_ms(),
        account,
        organ: reading.organ,
        source: reading.source,
        fields: reading.fields,
        manner: reading.manner,
        purpose: reading.purpose,
        basis: reading.basis,
        case: reading.case,
        grant: reading.grant,
        message: reading.message,
        consent,
    };
    let event = DataRead { subject_sm3, source: seen.source.kind, secret_until, manner: seen.manner, subject_index, seen };
    cx.record(&id, &event)?;
    Ok(Trace(Kind::Recorded(id)))
}

/// The later of what the caller says and what was ordered for the case.
fn secret_until(cx: &mut Cx<'_>, reading: &Reading<'_>) -> Result<Option<(i64, String)>, Halt> {
    let now_ms = cx.now_ms();
    let ordered = match &reading.case {
        Some(case) => secrecy_of(cx.tx(), &case.id, now_ms)?.map(|order| (order.until_ms, order.id)),
        None => None,
    };
    Ok(ordered.into_iter().chain(reading.secret_until.clone()).max())
}

/// Fields about a subject were disclosed.
#[derive(Debug, Serialize)]
pub struct DataRead {
    subject_sm3: String,
    source: SourceKind,
    manner: Manner,
    secret_until: Option<(i64, String)>,
    #[serde(skip)]
    subject_index: String,
    #[serde(rename = "reading")]
    seen: Seen,
}

impl Event for DataRead {
    fn kind(&self) -> &'static str {
        "data-read"
    }

    fn apply(&self, tx: &mut Tx<'_>, _: &Moment) -> Result<(), StoreError> {
        tables::insert(tx, &self.seen, &self.subject_index, self.secret_until.as_ref())
    }
}
