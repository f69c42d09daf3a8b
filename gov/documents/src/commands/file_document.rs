use runner::{Command, Cx, Halt, Refusal, Resource};
use serde::{Deserialize, Serialize};

use crate::events::DocumentFiled;
use crate::record::Filing;
use crate::store::documents;

/// Files the signed PDF of a document. Filing the same PDF again changes nothing.
#[derive(Debug, Clone, Serialize)]
pub struct FileDocument {
    /// The document.
    pub document: String,
    /// Its PDF.
    pub filing: Filing,
}

/// Whether the PDF was filed now or before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileOutcome {
    /// Now.
    Filed,
    /// Before, and it is the same.
    AlreadyFiled,
}

impl Command for FileDocument {
    type Outcome = FileOutcome;
    const ACTION: &'static str = "document.file";

    fn run(&self, cx: &mut Cx<'_>) -> Result<FileOutcome, Halt> {
        cx.authorise(&Resource { id: self.document.clone(), ..Resource::of("document") })?;
        let record = documents::by_id(cx.tx(), &self.document)?.ok_or_else(Refusal::not_found)?;
        match record.filing {
            Some(filing) if filing == self.filing => Ok(FileOutcome::AlreadyFiled),
            Some(_) => Err(already_filed().into()),
            None => {
                cx.record(&self.document, &DocumentFiled { document: self.document.clone(), filing: self.filing.clone() })?;
                Ok(FileOutcome::Filed)
            }
        }
    }
}

fn already_filed() -> Refusal {
    Refusal::new(
        "document-already-filed",
        "该文书已经归档，不能替换。",
        "The document is filed already and cannot be replaced.",
        "如文书有误，请依法作出新的文书。",
        "If it is wrong, make a new document as the law provides.",
    )
}
