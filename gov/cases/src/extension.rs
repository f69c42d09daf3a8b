//! What another crate adds to the engine: it looks at applications for items it knows before they become cases, and does service tasks of
//! its own. All of it happens in the transaction of the command.

use std::collections::BTreeMap;

use runner::{Cx, Halt};
use serde_json::{Map, Value};

use crate::model::{Applicant, CaseFile};

/// A complete application that is about to become a case.
#[derive(Clone, Copy, Debug)]
pub struct Application<'a> {
    /// The item.
    pub slug: &'a str,
    /// For whom.
    pub applicant: &'a Applicant,
    /// What was stated; checked against the form.
    pub answers: &'a Map<String, Value>,
}

/// A service task of a flow that the engine itself does not know.
#[derive(Clone, Copy, Debug)]
pub struct ServiceCall<'a> {
    /// `zs:action`.
    pub action: &'a str,
    /// The other attributes of the task.
    pub attributes: &'a BTreeMap<String, String>,
    /// The case.
    pub file: &'a CaseFile,
    /// What the flow knows by now.
    pub variables: &'a Map<String, Value>,
}

/// Work that is not the engine's own.
pub trait Extension: Send + Sync {
    /// Items whose applications it looks at.
    fn items(&self) -> &'static [&'static str];

    /// Looks at an application; names the organ responsible when that is another one than the organ of the item's duty.
    ///
    /// # Errors
    /// A refusal, when this must not become a case.
    fn examine(&self, cx: &mut Cx<'_>, application: &Application<'_>) -> Result<Option<String>, Halt>;

    /// Actions of service tasks that it does.
    fn actions(&self) -> &'static [&'static str];

    /// Does one; the answer becomes the variable of the node.
    ///
    /// # Errors
    /// A refusal or fault; nothing of the command stays.
    fn serve(&self, cx: &mut Cx<'_>, call: &ServiceCall<'_>) -> Result<Map<String, Value>, Halt>;
}

/// All extensions of a node. Given to the runner as a service.
#[derive(Default)]
pub struct Extensions(Vec<Box<dyn Extension>>);

impl Extensions {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    #[must_use]
    pub fn with(mut self, extension: impl Extension + 'static) -> Self {
        self.0.push(Box::new(extension));
        self
    }

    pub(crate) fn examine(&self, cx: &mut Cx<'_>, application: &Application<'_>) -> Result<Option<String>, Halt> {
        let mut organ = None;
        for extension in self.0.iter().filter(|extension| extension.items().contains(&application.slug)) {
            organ = extension.examine(cx, application)?.or(organ);
        }
        Ok(organ)
    }

    pub(crate) fn of_action(&self, action: &str) -> Option<&dyn Extension> {
        self.0.iter().find(|extension| extension.actions().contains(&action)).map(AsRef::as_ref)
    }
}

impl std::fmt::Debug for Extensions {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Extensions").field("count", &self.0.len()).finish()
    }
}
