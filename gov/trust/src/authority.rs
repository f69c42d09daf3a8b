//! The authority: Cedar policies which rule on single acts.
//!
//! Evaluation costs time for every policy in the set. Therefore the policies are sliced by action once, and an act is ruled by the few that
//! can apply to it.

use std::{collections::HashMap, sync::Arc};

use cedar_policy::{ActionConstraint, Authorizer, Context, Decision, Entities, EntityUid, Policy, PolicyId, PolicySet, Request};
use runner::{Actor, Resource, Ruling};

use crate::actions::ACTIONS;

mod entity;
mod matrix;

pub(crate) use entity::task_organ;
pub use matrix::authority_matrix;

const POLICY_TEXTS: &[(&str, &str)] = &[
    ("general.cedar", include_str!("../policies/general.cedar")),
    ("cases.cedar", include_str!("../policies/cases.cedar")),
    ("catalogue.cedar", include_str!("../policies/catalogue.cedar")),
    ("administration.cedar", include_str!("../policies/administration.cedar")),
    ("exchange.cedar", include_str!("../policies/exchange.cedar")),
    ("accounts.cedar", include_str!("../policies/accounts.cedar")),
    ("opendata.cedar", include_str!("../policies/opendata.cedar")),
    ("sharing.cedar", include_str!("../policies/sharing.cedar")),
    ("registers.cedar", include_str!("../policies/registers.cedar")),
];

/// The name that stands for the deciding policy when the act is not in the registry.
pub const UNKNOWN_ACTION: &str = "unknown-action";

/// Rules on single acts by the platform's policies.
#[derive(Clone)]
pub struct Authority {
    slices: Arc<HashMap<&'static str, Slice>>,
}

struct Slice {
    action: EntityUid,
    policies: PolicySet,
}

/// Why the policies cannot be used. It would be a fault of the program, found by its tests.
#[derive(Debug, thiserror::Error)]
#[error("expected policies in {file}, but {cause}")]
pub struct PolicyFault {
    /// The file concerned.
    pub file: String,
    /// What is wrong.
    pub cause: String,
}

impl PolicyFault {
    fn new(file: &str, cause: impl std::fmt::Display) -> Self {
        Self { file: file.to_owned(), cause: cause.to_string() }
    }
}

impl Authority {
    /// The authority with the policies of the program.
    ///
    /// # Errors
    /// [`PolicyFault`] when a policy cannot be read or names an act which the registry lacks.
    pub fn new() -> Result<Self, PolicyFault> {
        let policies = named_policies()?;
        let mut slices = HashMap::new();
        for action in ACTIONS {
            let uid = action_uid(action.code)?;
            let applying = policies.iter().filter(|policy| applies_to(policy, &uid)).cloned();
            let policies = PolicySet::from_policies(applying).map_err(|fault| PolicyFault::new(action.code, fault))?;
            slices.insert(action.code, Slice { action: uid, policies });
        }
        Ok(Self { slices: Arc::new(slices) })
    }

    /// Rules on one act; which policies decided is part of the answer.
    #[must_use]
    pub fn decide(&self, actor: &Actor, action: &str, resource: &Resource) -> Ruling {
        let Some(slice) = self.slices.get(action) else {
            return Ruling { permitted: false, policies: vec![UNKNOWN_ACTION.to_owned()] };
        };
        evaluate(slice, actor, resource).unwrap_or_else(|fault| Ruling { permitted: false, policies: vec![fault] })
    }

    /// How many policies are evaluated for an act; 0 for an unknown one.
    #[must_use]
    pub fn policies_for(&self, action: &str) -> usize {
        self.slices.get(action).map_or(0, |slice| slice.policies.num_of_policies())
    }
}

impl runner::Authority for Authority {
    fn rule(&self, actor: &Actor, action: &str, resource: &Resource) -> Ruling {
        self.decide(actor, action, resource)
    }
}

impl std::fmt::Debug for Authority {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Authority").field("actions", &self.slices.len()).finish()
    }
}

/// An error in evaluation denies, and says so in place of the policies.
fn evaluate(slice: &Slice, actor: &Actor, resource: &Resource) -> Result<Ruling, String> {
    let fault = |what: &str| format!("fault: {what}");
    let principal = entity::of_actor(actor).map_err(|cause| fault(&cause))?;
    let thing = entity::of_resource(resource).map_err(|cause| fault(&cause))?;
    let request =
        Request::new(principal.uid(), slice.action.clone(), thing.uid(), Context::empty(), None).map_err(|cause| fault(&cause.to_string()))?;
    let entities = Entities::from_entities([principal, thing], None).map_err(|cause| fault(&cause.to_string()))?;
    let response = Authorizer::new().is_authorized(&request, &slice.policies, &entities);
    if let Some(error) = response.diagnostics().errors().next() {
        return Err(fault(&error.to_string()));
    }
    let mut policies: Vec<String> = response.diagnostics().reason().map(ToString::to_string).collect();
    policies.sort_unstable();
    Ok(Ruling { permitted: response.decision() == Decision::Allow, policies })
}

/// All policies, each under the name it gives itself.
fn named_policies() -> Result<Vec<Policy>, PolicyFault> {
    let mut named: Vec<Policy> = Vec::new();
    for (file, text) in POLICY_TEXTS {
        let set: PolicySet = text.parse().map_err(|fault| PolicyFault::new(file, fault))?;
        for policy in set.policies() {
            let name = policy.annotation("id").ok_or_else(|| PolicyFault::new(file, "one has no @id"))?;
            check_actions(file, policy)?;
            named.push(policy.new_id(PolicyId::new(name)));
        }
    }
    Ok(named)
}

fn check_actions(file: &str, policy: &Policy) -> Result<(), PolicyFault> {
    let named = match policy.action_constraint() {
        ActionConstraint::Any => Vec::new(),
        ActionConstraint::In(actions) => actions,
        ActionConstraint::Eq(action) => vec![action],
    };
    let known = |uid: &EntityUid| crate::actions::Action::find(uid.id().unescaped()).is_some();
    match named.iter().find(|uid| !known(uid)) {
        Some(unknown) => Err(PolicyFault::new(file, format!("{unknown} is not in the registry"))),
        None => Ok(()),
    }
}

fn applies_to(policy: &Policy, action: &EntityUid) -> bool {
    match policy.action_constraint() {
        ActionConstraint::Any => true,
        ActionConstraint::In(actions) => actions.contains(action),
        ActionConstraint::Eq(only) => &only == action,
    }
}

fn action_uid(code: &str) -> Result<EntityUid, PolicyFault> {
    format!("Action::\"{code}\"").parse().map_err(|fault| PolicyFault::new(code, fault))
}

#[cfg(test)]
mod tests;
