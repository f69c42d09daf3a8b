//! Asking for consent, giving it, taking it back, and reading under it.

use i18n::Text;
use runner::{Cx, Event, Fault, Halt, Moment, Refusal};
use seal::{Algorithm, FieldKeys, NoteVerifier, PrivateKey, SealError, SignedNote, Signer};
use serde::Serialize;
use store::{StoreError, Tx};

use crate::model::{Consent, ConsentState, ConsentTerms, Reading};
use crate::recording::SUBJECT_PLACE;
use crate::store::consents;

/// Consents of one person that are shown.
const SHOWN_COUNT_MAX: u32 = 100;
/// Under which name the node signs.
const SIGNER: &str = "consents";
const LABEL: &str = "tracker.consent-key";
/// A derived number is outside the group with a chance of 2^-32.
const TRIES_MAX: u8 = 64;
/// On what a reading under consent rests.
pub const CONSENT_BASIS: &str = "个人信息保护法 第十三条第一款第一项";

/// The key with which the node signs what a person agreed to, SM2. Given to the runner as a service.
pub struct ConsentSeal(PrivateKey);

impl ConsentSeal {
    /// From a secret, such as that of a key ring for `consents`.
    ///
    /// # Errors
    /// When no key can be made of it.
    pub fn new(root: &[u8; 32]) -> Result<Self, SealError> {
        let mut last = SealError::BadSignature("no key could be derived");
        for attempt in 0..TRIES_MAX {
            match PrivateKey::from_scalar(Algorithm::Sm2, &seal::derive(root, LABEL, &[attempt])) {
                Ok(key) => return Ok(Self(key)),
                Err(fault) => last = fault,
            }
        }
        Err(last)
    }

    fn sign(&self, text: &str) -> Result<String, SealError> {
        let mut note = SignedNote::new(text)?;
        note.sign(SIGNER, &self.0)?;
        Ok(note.to_string())
    }

    /// Whether a consent is what the person agreed to: its note holds exactly its terms, signed by this node.
    #[must_use]
    pub fn holds(&self, consent: &Consent) -> bool {
        let verifier = NoteVerifier::new(SIGNER, self.0.public_key().clone());
        let note = consent.note.as_deref().and_then(|note| SignedNote::parse(note).ok());
        let (Ok(verifier), Some(note), Some(given_ms)) = (verifier, note, consent.given_ms) else { return false };
        note.text() == canonical(consent, given_ms) && note.verify(&verifier).is_ok()
    }
}

/// What is signed: a line for each part, in this order.
fn canonical(consent: &Consent, given_ms: i64) -> String {
    let terms = &consent.terms;
    let one_line = |text: &str| text.replace(|c: char| c.is_control(), " ");
    format!(
        "zhengshu-consent-1\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n",
        consent.id,
        consent.version,
        terms.organ,
        one_line(&terms.name),
        one_line(&terms.purpose.zh),
        terms.source.name,
        terms.fields.join(","),
        terms.sensitive,
        terms.until_ms,
        given_ms
    )
}

/// A consent was asked for, given, declined, revoked or replaced. The journal holds neither the subject nor her index.
#[derive(Debug, Serialize)]
struct ConsentChanged {
    state: ConsentState,
    version: i64,
    organ: String,
    source: String,
    fields: usize,
    terms_sm3: String,
    #[serde(skip)]
    consent: Consent,
    #[serde(skip)]
    new_for: Option<String>,
}

impl ConsentChanged {
    fn of(consent: &Consent, new_for: Option<String>) -> Result<Self, Halt> {
        Ok(Self {
            state: consent.state,
            version: consent.version,
            organ: consent.terms.organ.clone(),
            source: consent.terms.source.name.clone(),
            fields: consent.terms.fields.len(),
            terms_sm3: seal::hash::sm3_hex(serde_json::to_string(&consent.terms)?.as_bytes()),
            consent: consent.clone(),
            new_for,
        })
    }
}

impl Event for ConsentChanged {
    fn kind(&self) -> &'static str {
        match self.state {
            ConsentState::Asked => "consent-asked",
            ConsentState::Given => "consent-given",
            ConsentState::Declined => "consent-declined",
            ConsentState::Revoked => "consent-revoked",
            ConsentState::Replaced => "consent-replaced",
        }
    }

    fn apply(&self, tx: &mut Tx<'_>, _: &Moment) -> Result<(), StoreError> {
        match &self.new_for {
            Some(subject_index) => consents::insert(tx, &self.consent, subject_index),
            None => consents::update(tx, &self.consent),
        }
    }
}

/// Asks a person, known by her number, for a consent; gives its identifier. Of the same organ under the same name it is the next version, and
/// the one in force stays in force until this one is given. The command that calls it has asked the authority.
///
/// # Errors
/// The refusal `consent-incomplete`; the database's.
pub fn ask_consent(cx: &mut Cx<'_>, keys: &FieldKeys, subject: &str, terms: ConsentTerms) -> Result<String, Halt> {
    let incomplete = terms.purpose.is_incomplete() || terms.name.trim().is_empty() || terms.fields.is_empty();
    if incomplete || terms.until_ms <= cx.now_ms() {
        return Err(refusals::incomplete().into());
    }
    let before = all_of(cx.tx(), keys, subject)?;
    let same = before.iter().filter(|consent| consent.terms.organ == terms.organ && consent.terms.name == terms.name);
    let version = same.clone().map(|consent| consent.version).max().unwrap_or(0).saturating_add(1);
    for asked in same.filter(|consent| consent.state == ConsentState::Asked) {
        let replaced = Consent { state: ConsentState::Replaced, ended_ms: Some(cx.now_ms()), ..asked.clone() };
        cx.record(&replaced.id, &ConsentChanged::of(&replaced, None)?)?;
    }
    let asked_ms = cx.now_ms();
    let id = cx.ids().next_text("consent");
    let consent = Consent { id, version, terms, state: ConsentState::Asked, asked_ms, given_ms: None, ended_ms: None, note: None };
    let index = keys.blind_index(SUBJECT_PLACE, subject).map_err(Halt::fault)?;
    cx.record(&consent.id, &ConsentChanged::of(&consent, Some(index))?)?;
    Ok(consent.id)
}

/// The person, known by her number, agrees or does not. What she agreed to is signed; an older version in force ends.
///
/// # Errors
/// Refusals: no such consent of hers, already answered, past its end. The database's.
pub fn answer_consent(cx: &mut Cx<'_>, keys: &FieldKeys, subject: &str, id: &str, agrees: bool) -> Result<(), Halt> {
    cx.hold(id)?;
    let consent = own_consent(cx, keys, subject, id)?;
    let state = consent.state.answered(agrees).ok_or_else(refusals::answered)?;
    let now_ms = cx.now_ms();
    if !agrees {
        let declined = Consent { state, ended_ms: Some(now_ms), ..consent };
        return cx.record(id, &ConsentChanged::of(&declined, None)?).map(drop);
    }
    if now_ms >= consent.terms.until_ms {
        return Err(refusals::not_in_force().into());
    }
    let older: Vec<Consent> = all_of(cx.tx(), keys, subject)?;
    let same = |other: &&Consent| other.terms.organ == consent.terms.organ && other.terms.name == consent.terms.name;
    for other in older.iter().filter(same).filter(|other| other.state == ConsentState::Given) {
        let replaced = Consent { state: ConsentState::Replaced, ended_ms: Some(now_ms), ..other.clone() };
        cx.record(&replaced.id, &ConsentChanged::of(&replaced, None)?)?;
    }
    let note = cx.service::<ConsentSeal>()?.sign(&canonical(&consent, now_ms)).map_err(Halt::fault)?;
    let given = Consent { state, given_ms: Some(now_ms), note: Some(note), ..consent };
    cx.record(id, &ConsentChanged::of(&given, None)?).map(drop)
}

/// The person takes a consent back. What was read before stays lawful (第十五条第二款).
///
/// # Errors
/// Refusals: no such consent of hers, nothing to take back. The database's.
pub fn revoke_consent(cx: &mut Cx<'_>, keys: &FieldKeys, subject: &str, id: &str) -> Result<(), Halt> {
    cx.hold(id)?;
    let consent = own_consent(cx, keys, subject, id)?;
    let state = consent.state.revoked().ok_or_else(refusals::not_in_force)?;
    let revoked = Consent { state, ended_ms: Some(cx.now_ms()), ..consent };
    cx.record(id, &ConsentChanged::of(&revoked, None)?).map(drop)
}

/// One consent. Whoever shows it has asked the authority.
///
/// # Errors
/// The database's.
pub fn consent(tx: &mut Tx<'_>, id: &str) -> Result<Option<Consent>, StoreError> {
    consents::find(tx, id)
}

/// Consents of a person, given by her number, newest first.
///
/// # Errors
/// The database's.
pub fn consents_of(tx: &mut Tx<'_>, keys: &FieldKeys, subject: &str) -> Result<Vec<Consent>, StoreError> {
    let mut found = all_of(tx, keys, subject)?;
    found.truncate(usize::try_from(SHOWN_COUNT_MAX).unwrap_or(usize::MAX));
    Ok(found)
}

/// What an organ asked for of one source, newest first; of whom is not said.
///
/// # Errors
/// The database's.
pub fn consents_of_organ(tx: &mut Tx<'_>, organ: &str, source: &str) -> Result<Vec<Consent>, StoreError> {
    consents::of_organ(tx, organ, source, SHOWN_COUNT_MAX)
}

/// What the subject of a reading gave its organ under a name, in force now and covering it; the newest.
pub(crate) fn given(cx: &mut Cx<'_>, keys: &FieldKeys, reading: &Reading<'_>, name: &str) -> Result<Consent, Halt> {
    let now_ms = cx.now_ms();
    let fits = |consent: &Consent| {
        consent.terms.name == name && consent.in_force(now_ms) && consent.covers(&reading.source, &reading.fields, reading.organ.as_deref())
    };
    let found = all_of(cx.tx(), keys, reading.subject)?.into_iter().find(fits);
    found.ok_or_else(|| refusals::not_in_force().into())
}

/// The refusal of a reading that no consent in force covers.
#[must_use]
pub fn consent_not_in_force() -> Refusal {
    refusals::not_in_force()
}

/// A reading under a consent: of its subject, in force, and within its terms. Held until the commit, so that nobody takes it back meanwhile.
pub(crate) fn check(cx: &mut Cx<'_>, keys: &FieldKeys, reading: &Reading<'_>, id: &str) -> Result<(), Halt> {
    cx.hold(id)?;
    let index = consents::subject_of(cx.tx(), id)?;
    let hers = index.is_some_and(|index| keys.blind_indexes(SUBJECT_PLACE, reading.subject).contains(&index));
    let consent = consents::find(cx.tx(), id)?.filter(|_| hers).ok_or_else(refusals::not_in_force)?;
    let covers = consent.covers(&reading.source, &reading.fields, reading.organ.as_deref());
    if !consent.in_force(cx.now_ms()) || !covers {
        return Err(refusals::not_in_force().into());
    }
    let seal = cx.service::<ConsentSeal>()?;
    if !seal.holds(&consent) {
        return Err(Fault::because(format!("expected consent {id} to be what was signed, but it is not")).into());
    }
    Ok(())
}

fn own_consent(cx: &mut Cx<'_>, keys: &FieldKeys, subject: &str, id: &str) -> Result<Consent, Halt> {
    let index = consents::subject_of(cx.tx(), id)?;
    let hers = index.is_some_and(|index| keys.blind_indexes(SUBJECT_PLACE, subject).contains(&index));
    let found = if hers { consents::find(cx.tx(), id)? } else { None };
    found.ok_or_else(|| Refusal::not_found().into())
}

fn all_of(tx: &mut Tx<'_>, keys: &FieldKeys, subject: &str) -> Result<Vec<Consent>, StoreError> {
    let mut found = Vec::new();
    for index in keys.blind_indexes(SUBJECT_PLACE, subject) {
        found.extend(consents::of_subject(tx, &index, u32::MAX)?);
    }
    found.sort_by(|a: &Consent, b: &Consent| b.id.cmp(&a.id));
    Ok(found)
}

/// What consents are refused with.
mod refusals {
    use super::{Refusal, Text};

    fn refusal(code: &'static str, sentence: Text, next_step: Text) -> Refusal {
        Refusal::new(code, sentence.zh, sentence.en, next_step.zh, next_step.en)
    }

    pub fn incomplete() -> Refusal {
        refusal(
            "consent-incomplete",
            Text::new("征求同意须写明事由、目的、字段和截止日期。", "Asking for consent needs its name, purpose, fields and last day."),
            Text::new("请补充；截止日期应晚于今天。", "Add them; the last day lies after today."),
        )
        .under("个人信息保护法 第十四条、第十七条")
    }

    pub fn answered() -> Refusal {
        refusal(
            "consent-answered",
            Text::new("这一份同意书已经答复过，或者已被新的版本取代。", "This consent was answered already, or a newer version took its place."),
            Text::new("请刷新页面查看现在的状态。", "Load the page again to see where it stands."),
        )
    }

    pub fn not_in_force() -> Refusal {
        refusal(
            "consent-not-in-force",
            Text::new("没有对这些内容有效的本人同意。", "There is no consent in force that covers this."),
            Text::new("请重新征求本人同意，或者依据其他法定情形办理。", "Ask the person anew, or rely on another ground of law."),
        )
        .under("个人信息保护法 第十三条、第十五条")
    }
}
