//! Somebody looks at a case file. Who is not a side of it leaves a reading in the tracker, in the transaction that shows the file.

use documents::DocumentRecord;
use i18n::Text;
use runner::{Command, Cx, Halt, Refusal};
use seal::FieldKeys;
use serde::{Deserialize, Serialize};
use tracker::{CaseRef, Manner, Reading, Source, SourceKind, Trace};

use crate::engine::{pinned_package, read_case};
use crate::model::{CaseFile, MaterialFile, TaskState};
use crate::queries::{CaseView, case_resource, case_view};
use crate::store;

/// Shows a case file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReadCase {
    /// The case.
    pub case: String,
}

impl Command for ReadCase {
    type Outcome = CaseView;
    const ACTION: &'static str = "case.read";

    fn run(&self, cx: &mut Cx<'_>) -> Result<CaseView, Halt> {
        let (file, trace) = readable(cx, Self::ACTION, &self.case, fields_of)?;
        let keys = cx.service::<FieldKeys>()?;
        case_view(cx.tx(), &keys, &file.id, &trace)?.ok_or_else(|| Refusal::not_found().into())
    }
}

/// Shows one file of a case.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReadMaterial {
    /// The case.
    pub case: String,
    /// The file.
    pub file: String,
}

impl Command for ReadMaterial {
    type Outcome = MaterialFile;
    const ACTION: &'static str = "case.read-materials";

    fn run(&self, cx: &mut Cx<'_>) -> Result<MaterialFile, Halt> {
        let found = store::materials::of_owner(cx.tx(), &self.case)?.into_iter().find(|found| found.id == self.file);
        let found = found.ok_or_else(Refusal::not_found)?;
        let _trace = readable(cx, Self::ACTION, &self.case, |_| vec![format!("material:{}", found.material)])?;
        Ok(found)
    }
}

/// Shows one document of a case.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReadDocument {
    /// The case.
    pub case: String,
    /// The document.
    pub document: String,
}

impl Command for ReadDocument {
    type Outcome = DocumentRecord;
    const ACTION: &'static str = "document.read";

    fn run(&self, cx: &mut Cx<'_>) -> Result<DocumentRecord, Halt> {
        let found = documents::queries::document(cx.tx(), &self.document)?.filter(|found| found.case_id == self.case);
        let found = found.ok_or_else(Refusal::not_found)?;
        let _trace = readable(cx, Self::ACTION, &self.case, |_| vec![format!("document:{}", found.kind.as_str())])?;
        Ok(found)
    }
}

/// The case for whoever may do the act with it; for anybody else it does not exist. A side of the case sees its own; others are recorded.
fn readable(cx: &mut Cx<'_>, action: &str, case: &str, fields: impl FnOnce(&CaseFile) -> Vec<String>) -> Result<(CaseFile, Trace), Halt> {
    let actor = cx.actor().clone();
    let resource = case_resource(cx.tx(), &actor, case)?.ok_or_else(Refusal::not_found)?;
    if !cx.may(action, &resource) {
        return Err(Refusal::not_found().into());
    }
    cx.authorise_as(action, &resource)?;
    let keys = cx.service::<FieldKeys>()?;
    let file = read_case(cx.tx(), &keys, case)?.ok_or_else(Refusal::not_found)?;
    if let Some(own) = tracker::own(&actor, &file.applicant.party) {
        return Ok((file, own));
    }
    let handles = store::tasks::of_case(cx.tx(), case)?.iter().any(|task| task.state == TaskState::Open && actor.holds(&task.organ, &task.post));
    let package = pinned_package(cx, &file)?;
    let reading = Reading {
        subject: subject_of(&file),
        source: Source { kind: SourceKind::Case, name: file.number.clone(), title: Text::new("办件案卷", "Case file") },
        fields: fields(&file),
        manner: if handles { Manner::Full } else { Manner::Masked },
        organ: actor.posts.first().map(|post| post.organ.clone()),
        purpose: if handles { Text::new("办理本件", "To handle the case") } else { Text::new("查阅案卷", "To consult the file") },
        basis: package.item.basis.first().map(|basis| format!("{} {}", basis.law, basis.article)).unwrap_or_default(),
        case: Some(case_ref(&file)),
        grant: None,
        message: None,
        secret_until: None,
    };
    let trace = tracker::record(cx, &keys, reading)?;
    Ok((file, trace))
}

/// By what the subject of a case is known: the identity number or unified code, else the party.
pub(crate) fn subject_of(file: &CaseFile) -> &str {
    if file.applicant.id_number.is_empty() { &file.applicant.party } else { &file.applicant.id_number }
}

/// The case as readings name it.
pub(crate) fn case_ref(file: &CaseFile) -> CaseRef {
    CaseRef { id: file.id.clone(), number: file.number.clone(), title: file.item_name.clone() }
}

/// What the file shows of its applicant.
fn fields_of(file: &CaseFile) -> Vec<String> {
    let applicant = &file.applicant;
    let known = [
        ("name", true),
        ("id_number", !applicant.id_number.is_empty()),
        ("birth_date", applicant.birth_date.is_some()),
        ("sex", applicant.sex.is_some()),
        ("mobile", applicant.mobile.is_some()),
        ("address", applicant.address.is_some()),
        ("answers", !file.answers.is_empty()),
    ];
    known.into_iter().filter(|(_, is_known)| *is_known).map(|(name, _)| name.to_owned()).collect()
}
