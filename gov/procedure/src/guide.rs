//! 导办: what follows from the guide questions - go on, stop, and which materials apply.

use serde_json::{Map, Value};

use crate::codes::MaterialNeed;
use crate::item::{Material, Situation, Stop};
use crate::package::Package;

/// Where a person stands in the guide questions.
#[derive(Debug, PartialEq)]
pub enum Guidance<'p> {
    /// Questions without a valid answer, in order.
    Ask(Vec<&'p Situation>),
    /// An answer says that this is not the right item, and what to do instead.
    Stop {
        /// The question.
        situation: &'p Situation,
        /// What to do instead.
        stop: &'p Stop,
    },
    /// All questions are answered; the form follows.
    Ready,
}

/// Whether a material is asked in a situation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applies {
    /// It is asked.
    Yes,
    /// It depends on something not known yet.
    Perhaps,
}

/// A material as it stands for one applicant.
#[derive(Clone, Debug, PartialEq)]
pub struct MaterialFor<'p> {
    /// The material.
    pub material: &'p Material,
    /// Whether it is asked for certain.
    pub applies: Applies,
    /// It is taken from a register or certificate and need not be handed in (免交).
    pub waived: bool,
    /// Submitting without it is refused: required, certain and not waived.
    pub must_upload: bool,
}

impl Package {
    /// Where a person stands with these answers (`situation.<id>` → value). A stop counts before open questions.
    #[must_use]
    pub fn guidance(&self, situation: &Map<String, Value>) -> Guidance<'_> {
        let answer = |question: &Situation| situation.get(&question.id).and_then(Value::as_str).map(str::to_owned);
        for question in &self.item.situations {
            if let Some(stop) = question.stop.as_ref().filter(|stop| answer(question).as_deref() == Some(stop.value.as_str())) {
                return Guidance::Stop { situation: question, stop };
            }
        }
        let valid = |question: &Situation| answer(question).is_some_and(|value| question.options.iter().any(|option| option.value == value));
        let open: Vec<&Situation> = self.item.situations.iter().filter(|question| !valid(question)).collect();
        if open.is_empty() { Guidance::Ready } else { Guidance::Ask(open) }
    }

    /// The materials that apply, in the order of the item. `variables` holds `situation`, `answers` and `applicant` as far as they are
    /// known; a condition over something unknown gives [`Applies::Perhaps`].
    #[must_use]
    pub fn materials_for(&self, variables: &Map<String, Value>) -> Vec<MaterialFor<'_>> {
        let mut found = Vec::new();
        for material in &self.item.materials {
            let applies = match &material.when {
                None => Some(Applies::Yes),
                Some(when) => self.applies(when, variables),
            };
            let Some(applies) = applies else { continue };
            let waived = material.waived_by.is_some();
            let must_upload = applies == Applies::Yes && material.need == MaterialNeed::Required && !waived;
            found.push(MaterialFor { material, applies, waived, must_upload });
        }
        found
    }

    fn applies(&self, when: &str, variables: &Map<String, Value>) -> Option<Applies> {
        let known = |path: &String| known(path, variables);
        let complete = self.feel().variables(when).is_ok_and(|paths| paths.iter().all(known));
        match self.feel().holds(when, variables) {
            Ok(true) => Some(Applies::Yes),
            Ok(false) if complete => None,
            Ok(false) | Err(_) => Some(Applies::Perhaps),
        }
    }
}

/// Whether the variable is there. A root that is there is complete: a missing member has no value and stays so.
fn known(path: &str, variables: &Map<String, Value>) -> bool {
    let (root, rest) = path.split_once('.').unwrap_or((path, ""));
    match variables.get(root) {
        Some(Value::Object(members)) if root == "situation" => rest.split('.').next().is_some_and(|name| members.contains_key(name)),
        Some(_) => true,
        None => false,
    }
}
