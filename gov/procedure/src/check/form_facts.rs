//! What the checks need to know of the form: its fields, their values, and which of them a submitted case can lack.

use std::collections::BTreeMap;

use forms::Form;

/// The fields of a form by name.
pub(crate) struct FormFacts(BTreeMap<String, FieldFacts>);

/// One field.
pub(crate) struct FieldFacts {
    /// Allowed values; empty: any.
    pub values: Vec<String>,
    /// Whether a submitted case can lack it: optional, or hidden by a condition.
    pub perhaps_missing: bool,
}

impl FormFacts {
    pub(crate) fn of(form: &Form) -> Self {
        let facts = form.fields().iter().map(|field| {
            let hidden = field.when.is_some() || form.page_of(&field.name).is_some_and(|page| page.when.is_some());
            let values = field.choices.iter().map(|choice| choice.value.clone()).collect();
            (field.name.clone(), FieldFacts { values, perhaps_missing: hidden || !field.required })
        });
        Self(facts.collect())
    }

    pub(crate) fn get(&self, name: &str) -> Option<&FieldFacts> {
        self.0.get(name)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&String, &FieldFacts)> {
        self.0.iter()
    }
}

/// The line of `form.json` on which a text value stands first; 0 when it does not.
pub(crate) fn line_of(json: &str, value: &str) -> u32 {
    let written = serde_json::to_string(value).unwrap_or_default();
    let Some(before) = json.find(&written).and_then(|at| json.get(..at)) else { return 0 };
    u32::try_from(before.matches('\n').count()).unwrap_or(0).saturating_add(1)
}
