//! Which variables exist at a place of the package, and what values they may have.

use std::collections::{BTreeMap, BTreeSet};

use flow::{Node, NodeKind};

use crate::check::decision_facts::{DecisionFacts, Outcome};
use crate::check::form_facts::FormFacts;
use crate::item::Item;
use crate::package::Package;

/// What the engine says of the applicant.
pub(crate) const APPLICANT: [&str; 7] = ["kind", "name", "id_number", "birth_date", "age", "division", "mobile"];
/// What the engine says of the case.
pub(crate) const CASE: [&str; 4] = ["number", "submitted_on", "accepted_on", "channel"];

/// What a completed task carries.
const TASK_FIELDS: [&str; 16] = [
    "outcome",
    "opinion",
    "by",
    "at",
    "post",
    "organ",
    "reasons",
    "legal_basis",
    "basis",
    "reply",
    "officers",
    "findings",
    "visited_on",
    "fields",
    "materials",
    "note",
];

/// What may stand under a variable.
enum Under {
    /// Anything: the engine or an action decides.
    Anything,
    /// Nothing: the value is plain, with its allowed texts (empty: any).
    Nothing(Vec<String>),
    /// These names, each with its allowed texts (empty: any).
    Names(BTreeMap<String, Vec<String>>),
}

/// The variables known at one place.
#[derive(Default)]
pub(crate) struct Scope {
    roots: BTreeMap<String, Under>,
}

impl Scope {
    /// Before submitting: `situation`, `answers`, `applicant`.
    pub(crate) fn of_form(item: &Item, form: &FormFacts) -> Self {
        let mut scope = Self::default();
        let situations = item.situations.iter().map(|situation| {
            let values = situation.options.iter().map(|option| option.value.clone()).collect();
            (situation.id.clone(), values)
        });
        scope.roots.insert("situation".to_owned(), Under::Names(situations.collect()));
        let answers = form.iter().map(|(name, field)| (name.clone(), field.values.clone()));
        scope.roots.insert("answers".to_owned(), Under::Names(answers.collect()));
        scope.names("applicant", &APPLICANT);
        scope
    }

    /// Leaves only these members of `answers`: the fields asked before.
    pub(crate) fn only_answers(&mut self, known: &[&str]) {
        if let Some(Under::Names(names)) = self.roots.get_mut("answers") {
            names.retain(|name, _| known.contains(&name.as_str()));
        }
    }

    /// After submitting, with the results of the nodes that some path has completed.
    pub(crate) fn of_case(package: &Package, form: &FormFacts, decisions: &BTreeMap<String, DecisionFacts>, completed: &[&Node]) -> Self {
        let mut scope = Self::of_form(&package.item, form);
        scope.names("case", &CASE);
        for node in completed {
            scope.add_result(node, decisions);
        }
        scope
    }

    /// On a certificate, also the certificate, its organ and the decision.
    pub(crate) fn with_certificate(mut self) -> Self {
        for root in ["certificate", "organ", "decision", "item"] {
            self.open(root);
        }
        self
    }

    /// Allows anything under a variable.
    pub(crate) fn open(&mut self, root: &str) {
        self.roots.insert(root.to_owned(), Under::Anything);
    }

    fn names(&mut self, root: &str, names: &[&str]) {
        let names = names.iter().map(|name| ((*name).to_owned(), Vec::new())).collect();
        self.roots.insert(root.to_owned(), Under::Names(names));
    }

    fn add_result(&mut self, node: &Node, decisions: &BTreeMap<String, DecisionFacts>) {
        let under = match &node.kind {
            // Which outcomes a kind has is checked by the flow itself.
            NodeKind::UserTask { .. } => Under::Names(TASK_FIELDS.iter().map(|name| ((*name).to_owned(), Vec::new())).collect()),
            NodeKind::BusinessRuleTask { table, decision } => match decisions.get(table).and_then(|facts| facts.results.get(decision)) {
                Some(Outcome::Value(texts)) => Under::Nothing(texts.clone()),
                Some(Outcome::Context(outputs)) => Under::Names(outputs.clone()),
                None => Under::Anything,
            },
            NodeKind::ScriptTask { sets } => {
                for set in sets {
                    self.roots.insert(set.name.clone(), Under::Anything);
                }
                return;
            }
            NodeKind::ServiceTask { .. } | NodeKind::ReceiveTask { .. } | NodeKind::Catch(_) | NodeKind::Boundary { .. } => Under::Anything,
            _ => return,
        };
        self.roots.insert(node.id.clone(), under);
    }

    /// Whether the path names a variable that exists here; otherwise what is known at the point where it goes wrong.
    pub(crate) fn find(&self, path: &str) -> Result<(), BTreeSet<String>> {
        let (root, rest) = path.split_once('.').map_or((path, None), |(root, rest)| (root, Some(rest)));
        let Some(under) = self.roots.get(root) else { return Err(self.roots.keys().cloned().collect()) };
        let Some(rest) = rest else { return Ok(()) };
        match under {
            Under::Anything => Ok(()),
            Under::Nothing(_) => Err(BTreeSet::from([root.to_owned()])),
            Under::Names(names) => {
                let name = rest.split('.').next().unwrap_or(rest);
                if names.contains_key(name) { Ok(()) } else { Err(names.keys().map(|name| format!("{root}.{name}")).collect()) }
            }
        }
    }

    /// The texts a path may be equal to; empty: any.
    pub(crate) fn values(&self, path: &str) -> &[String] {
        let (root, name) = path.split_once('.').unwrap_or((path, ""));
        match self.roots.get(root) {
            Some(Under::Names(names)) => names.get(name).map_or(&[], Vec::as_slice),
            Some(Under::Nothing(texts)) if name.is_empty() => texts,
            _ => &[],
        }
    }
}
