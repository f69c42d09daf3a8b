//! From what was typed to the command.

use cases::commands::{CompleteTask, RequestCorrection};
use cases::model::CorrectionItem;
use serde_json::{Map, Value, json};

use super::{Ask, CORRECTION};
use crate::typed::Typed;

/// The command of an act.
#[derive(Clone, Debug)]
pub(crate) enum Deed {
    /// An outcome of the task.
    Complete(CompleteTask),
    /// The one-time correction notice.
    Correct(RequestCorrection),
}

/// Rows of the correction form; more come with “add a row”.
pub(crate) const ITEM_ROWS: usize = 3;
/// A notice with more than this is no longer one notice.
pub(crate) const ITEM_ROWS_MAX: usize = 20;

impl Deed {
    /// Reads an act; `asks` says what belongs to it, so that a reason typed for one act does not slip into another.
    pub(crate) fn read(task: &str, code: &str, asks: &[Ask], typed: &Typed) -> Self {
        let seen = typed.get("seen").parse().ok();
        if code == CORRECTION {
            return Self::Correct(RequestCorrection { task: task.to_owned(), items: items(typed), seen });
        }
        let mut fields = Map::new();
        for ask in asks {
            match ask {
                Ask::Basis => insert(&mut fields, "basis", typed),
                Ask::Findings => insert(&mut fields, "findings", typed),
                Ask::Organ => insert(&mut fields, "organ", typed),
                Ask::Officers(_) => {
                    let named: Vec<String> = typed.all("officer").into_iter().filter(|name| !name.is_empty()).collect();
                    fields.insert("officers".into(), json!(named));
                }
                Ask::Opinion | Ask::Reasons | Ask::Reply | Ask::Items => {}
            }
        }
        Self::Complete(CompleteTask { task: task.to_owned(), outcome: code.to_owned(), opinion: typed.get("opinion").to_owned(), fields, seen })
    }
}

fn insert(fields: &mut Map<String, Value>, name: &str, typed: &Typed) {
    let value = typed.get(name);
    if !value.is_empty() {
        fields.insert(name.to_owned(), json!(value));
    }
}

/// The rows of the correction form in which something was said. A row with a target alone is kept, so that the command asks what is wrong.
fn items(typed: &Typed) -> Vec<CorrectionItem> {
    let (targets, says) = (typed.all("target"), typed.all("says"));
    let rows = targets.into_iter().zip(says).map(|(target, says)| CorrectionItem { target, says });
    rows.filter(|item| !item.target.is_empty() || !item.says.is_empty()).take(ITEM_ROWS_MAX).collect()
}

/// The control at which the sentence of a refusal stands.
pub(crate) fn control_of(code: &str) -> &'static str {
    match code {
        "reasons-missing" | "reply-missing" => "opinion",
        "basis-missing" => "basis",
        "officers-missing" => "officer",
        "findings-missing" => "findings",
        "organ-unknown" => "organ",
        "correction-empty" => "says-1",
        _ => "",
    }
}
