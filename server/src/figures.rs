//! Datasets computed from the node's own records: prepared when a month is over, then approved by people like any other.

use clock::Date;
use opendata::DatasetId;
use parties::DivisionCode;
use runner::{Actor, Fault, Halt};

use crate::node::Node;

/// The duty (职责) of the organ that answers for them.
const DUTY: &str = "government-services";

/// Prepares the datasets as of a day, each once; none while no organ has the duty. Answers which were prepared.
///
/// # Errors
/// A refusal or fault of a command; the files'.
pub(crate) fn prepare(node: &Node, as_of: Date) -> Result<Vec<DatasetId>, Halt> {
    let division = DivisionCode::parse(&node.site.division).map_err(|problem| Fault::because(problem.sentence.en))?;
    let organ = node.store.read(|tx| parties::organ_for_duty(tx, DUTY, &division))?;
    let Some(organ) = organ else { return Ok(Vec::new()) };
    workspace::derive_datasets(&node.runner, &node.blobs, &Actor::system(), &organ.id, as_of)
}
