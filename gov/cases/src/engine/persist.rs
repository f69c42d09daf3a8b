//! Sealing and opening what is kept of a case and a draft.

use ids::Entropy;
use runner::{Fault, Halt};
use seal::FieldKeys;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use store::Tx;

use super::variables::KEPT_ELSEWHERE;
use crate::model::{Applicant, CaseClock, CaseFile, CaseStatus, Correction, Decision, Draft, Outcome};
use crate::store::drafts::DraftRow;
use crate::store::files::{self, FileRow};
use crate::store::ratings::Rating;

const PLACE_CASE: &str = "case.content";
const PLACE_DRAFT: &str = "draft.content";
const PLACE_COMMENT: &str = "rating.comment";

/// What of a case is sealed.
#[derive(Serialize, Deserialize)]
struct Content {
    applicant: Applicant,
    answers: Map<String, Value>,
    situation: Map<String, Value>,
    variables: Map<String, Value>,
    clock: Option<CaseClock>,
    correction: Option<Correction>,
    decision: Option<Decision>,
}

#[derive(Serialize, Deserialize)]
struct DraftContent {
    situation: Map<String, Value>,
    answers: Map<String, Value>,
}

pub(crate) fn seal_case(file: &CaseFile, keys: &FieldKeys, entropy: &mut dyn Entropy) -> Result<FileRow, Halt> {
    let mut instance = file.instance.clone();
    let mut variables = std::mem::take(instance.variables_mut());
    variables.retain(|name, _| !KEPT_ELSEWHERE.contains(&name.as_str()));
    let content = Content {
        applicant: file.applicant.clone(),
        answers: file.answers.clone(),
        situation: file.situation.clone(),
        variables,
        clock: file.clock.clone(),
        correction: file.correction.clone(),
        decision: file.decision.clone(),
    };
    let plain = serde_json::to_string(&content)?;
    let content = keys.seal(&file.id, PLACE_CASE, &plain, entropy).map_err(Halt::fault)?.to_string();
    Ok(FileRow {
        line: file.line,
        id: file.id.clone(),
        number: file.number.clone(),
        query_code: file.query_code.clone(),
        package_hash: file.package_hash.clone(),
        slug: file.slug.clone(),
        item_name_zh: file.item_name.zh.clone(),
        item_name_en: file.item_name.en.clone(),
        organ: file.organ.clone(),
        division: file.division.clone(),
        party: file.applicant.party.clone(),
        applicant_shown: file.applicant_shown.clone(),
        agent: file.agent.clone(),
        channel: file.channel.clone(),
        status: file.status.code().into(),
        outcome: file.outcome.map(|outcome| outcome.code().to_owned()),
        version: file.version,
        submitted_ms: file.submitted_ms,
        accepted_on: file.accepted_on.map(|date| date.to_string()),
        accepted_by_default: file.accepted_by_default,
        closed_ms: file.closed_ms,
        due_on: file.due_on.map(|date| date.to_string()),
        content,
        flow: serde_json::to_string(&instance)?,
        parent: file.parent.clone(),
        reopened: file.reopened,
    })
}

/// Reads and opens a case; `None` when there is none of that id.
pub(crate) fn read_case(tx: &mut Tx<'_>, keys: &FieldKeys, id: &str) -> Result<Option<CaseFile>, Halt> {
    files::find(tx, id)?.map(|row| open_case(row, keys)).transpose()
}

pub(crate) fn open_case(row: FileRow, keys: &FieldKeys) -> Result<CaseFile, Halt> {
    let sealed = row.content.parse().map_err(Halt::fault)?;
    let plain = keys.open(&row.id, PLACE_CASE, &sealed).map_err(Halt::fault)?;
    let content: Content = serde_json::from_str(&plain)?;
    let mut instance: flow::Instance = serde_json::from_str(&row.flow)?;
    *instance.variables_mut() = content.variables;
    let status = CaseStatus::parse(&row.status).ok_or_else(|| Fault::because(format!("case {} has the status {}", row.id, row.status)))?;
    Ok(CaseFile {
        line: row.line,
        id: row.id,
        number: row.number,
        query_code: row.query_code,
        package_hash: row.package_hash,
        slug: row.slug,
        item_name: i18n::Text::new(row.item_name_zh, row.item_name_en),
        organ: row.organ,
        division: row.division,
        applicant: content.applicant,
        applicant_shown: row.applicant_shown,
        agent: row.agent,
        channel: row.channel,
        status,
        outcome: row.outcome.as_deref().and_then(Outcome::parse),
        version: row.version,
        submitted_ms: row.submitted_ms,
        accepted_on: row.accepted_on.and_then(|date| date.parse().ok()),
        accepted_by_default: row.accepted_by_default,
        closed_ms: row.closed_ms,
        clock: content.clock,
        due_on: row.due_on.and_then(|date| date.parse().ok()),
        correction: content.correction,
        decision: content.decision,
        situation: content.situation,
        answers: content.answers,
        instance,
        parent: row.parent,
        reopened: row.reopened,
    })
}

pub(crate) fn seal_draft(draft: &Draft, keys: &FieldKeys, entropy: &mut dyn Entropy) -> Result<DraftRow, Halt> {
    let content = DraftContent { situation: draft.situation.clone(), answers: draft.answers.clone() };
    let plain = serde_json::to_string(&content)?;
    Ok(DraftRow {
        id: draft.id.clone(),
        slug: draft.slug.clone(),
        account: draft.account.clone(),
        party: draft.party.clone(),
        content: keys.seal(&draft.id, PLACE_DRAFT, &plain, entropy).map_err(Halt::fault)?.to_string(),
        page: draft.page.clone(),
        version: draft.version,
        updated_ms: draft.updated_ms,
    })
}

pub(crate) fn open_draft(row: DraftRow, keys: &FieldKeys) -> Result<Draft, Halt> {
    let sealed = row.content.parse().map_err(Halt::fault)?;
    let plain = keys.open(&row.id, PLACE_DRAFT, &sealed).map_err(Halt::fault)?;
    let content: DraftContent = serde_json::from_str(&plain)?;
    Ok(Draft {
        id: row.id,
        slug: row.slug,
        account: row.account,
        party: row.party,
        situation: content.situation,
        answers: content.answers,
        page: row.page,
        version: row.version,
        updated_ms: row.updated_ms,
    })
}

/// Reads and opens a draft of the account; `None` when there is none, or it is somebody else's.
pub(crate) fn load_draft(tx: &mut Tx<'_>, keys: &FieldKeys, id: &str, account: &str) -> Result<Option<Draft>, Halt> {
    let row = crate::store::drafts::find(tx, id)?.filter(|row| row.account == account);
    row.map(|row| open_draft(row, keys)).transpose()
}

/// Seals what a person wrote with a rating.
pub(crate) fn seal_comment(keys: &FieldKeys, case: &str, comment: &str, entropy: &mut dyn Entropy) -> Result<String, Halt> {
    Ok(keys.seal(case, PLACE_COMMENT, comment, entropy).map_err(Halt::fault)?.to_string())
}

/// Opens it.
pub(crate) fn open_comment(keys: &FieldKeys, rating: Rating) -> Result<Rating, Halt> {
    let comment = match rating.comment.parse() {
        Ok(sealed) => keys.open(&rating.case, PLACE_COMMENT, &sealed).map_err(Halt::fault)?.to_string(),
        // Comments of the first releases were not sealed.
        Err(_) => rating.comment,
    };
    Ok(Rating { comment, ..rating })
}

/// SM3 of a text, hex.
pub(crate) fn sm3_of(text: &str) -> String {
    seal::hash::to_hex(&seal::hash::sm3(text.as_bytes()))
}
