//! Comparing what is with what was expected.

use std::collections::BTreeSet;

use runner::Halt;
use store::Tx;

use super::script::Expectation;
use crate::model::TaskState;
use crate::queries::CaseView;

/// What there was before a step, so that "made in this step" means something.
#[derive(Clone, Debug, Default)]
pub(super) struct Before {
    pub documents: BTreeSet<String>,
    pub certificates: BTreeSet<String>,
}

/// What there is now.
pub(super) struct Now {
    pub view: CaseView,
    pub documents: Vec<(String, String)>,
    pub certificates: Vec<(String, String)>,
}

impl Now {
    pub fn read(tx: &mut Tx<'_>, view: CaseView) -> Result<Self, Halt> {
        let documents = documents::queries::documents_of_case(tx, &view.file.id)?;
        let certificates = documents::queries::certificates_of_case(tx, &view.file.id)?;
        Ok(Self {
            documents: documents.into_iter().map(|made| (made.id, made.kind.as_str().to_owned())).collect(),
            certificates: certificates.into_iter().map(|issued| (issued.id, issued.name)).collect(),
            view,
        })
    }

    pub fn remember(&self) -> Before {
        Before {
            documents: self.documents.iter().map(|(id, _)| id.clone()).collect(),
            certificates: self.certificates.iter().map(|(id, _)| id.clone()).collect(),
        }
    }
}

/// Every difference, in words.
pub(super) fn differences(expected: &Expectation, now: &Now, before: &Before, name_of: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let mut found = Vec::new();
    let mut compare = |what: &str, expected: Option<String>, actual: String| {
        if let Some(expected) = expected.filter(|expected| *expected != actual) {
            found.push(format!("{what}: expected {expected}, but it is {actual}"));
        }
    };
    let file = &now.view.file;
    compare("status", expected.status.clone(), file.status.code().to_owned());
    compare("outcome", expected.outcome.clone(), file.outcome.map(|outcome| outcome.code().to_owned()).unwrap_or_default());
    compare("due", expected.due.clone(), file.due_on.map(|date| date.to_string()).unwrap_or_default());
    compare("accepted", expected.accepted.clone(), file.accepted_on.map(|date| date.to_string()).unwrap_or_default());
    let mut open: Vec<String> = now.view.tasks.iter().filter(|task| task.state == TaskState::Open).map(|task| task.node.clone()).collect();
    open.sort();
    compare("tasks", sorted(expected.tasks.clone()), format!("{open:?}"));
    let mut made: Vec<String> =
        now.documents.iter().filter(|(id, kind)| !before.documents.contains(id) && kind != "certificate").map(|(_, kind)| kind.clone()).collect();
    made.sort();
    compare("documents", sorted(expected.documents.clone()), format!("{made:?}"));
    let issued = now.certificates.iter().filter(|(id, _)| !before.certificates.contains(id));
    let mut issued: Vec<String> = issued.map(|(_, name)| name_of(name).unwrap_or_else(|| name.clone())).collect();
    issued.sort();
    compare("certificates", sorted(expected.certificates.clone()), format!("{issued:?}"));
    found
}

fn sorted(list: Option<Vec<String>>) -> Option<String> {
    list.map(|mut list| {
        list.sort();
        format!("{list:?}")
    })
}
