//! 质量规则: what the records of a register must satisfy, declared in one file beside the register's own.

use std::collections::BTreeMap;

use i18n::Text;
use serde::{Deserialize, Serialize};

use super::dimension::Dimension;

/// Where divisions are looked up instead of in a register.
pub const DIVISIONS: &str = "divisions";

/// All rules of a register, as its file says (`registers/quality/*.toml`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleSet {
    /// The register.
    pub register: String,
    /// How often it is examined; the night is chosen by the program.
    pub every: Every,
    /// The rules.
    pub rules: Vec<Rule>,
}

/// How often a register is examined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Every {
    /// Each night.
    Day,
    /// Each seventh night.
    Week,
    /// Each thirtieth night.
    Month,
}

impl Every {
    /// In days.
    #[must_use]
    pub const fn days(self) -> i64 {
        match self {
            Self::Day => 1,
            Self::Week => 7,
            Self::Month => 30,
        }
    }

    /// In words.
    #[must_use]
    pub fn label(self) -> Text {
        match self {
            Self::Day => Text::new("每天", "Daily"),
            Self::Week => Text::new("每周", "Weekly"),
            Self::Month => Text::new("每月", "Monthly"),
        }
    }
}

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Name in addresses and programs, unique in the set.
    pub slug: String,
    /// What it demands, for people.
    pub title: Text,
    /// The dimension it counts for.
    pub dimension: Dimension,
    /// How much it counts within its dimension.
    #[serde(default = "one")]
    pub weight: u32,
    /// Percent of the records that must satisfy it; below, a correction case is opened.
    #[serde(default = "all")]
    pub least_percent: u32,
    /// What is checked.
    pub check: Check,
}

const fn one() -> u32 {
    1
}

const fn all() -> u32 {
    100
}

/// What is checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Check {
    /// The value satisfies what the register's declaration demands of it today; what was loaded under an older one may not.
    Declared {
        /// The field.
        field: String,
    },
    /// The text has the form that was agreed.
    Form {
        /// The field.
        field: String,
        /// Fewest characters.
        #[serde(default)]
        characters_min: usize,
        /// Most characters; 0 for no bound.
        #[serde(default)]
        characters_max: usize,
        /// At least one of these stands in it; empty for no demand.
        #[serde(default)]
        contains_any: Vec<String>,
        /// None of these stands in it.
        #[serde(default)]
        contains_none: Vec<String>,
    },
    /// All these fields have a value.
    Present {
        /// The fields.
        fields: Vec<String>,
        /// Only where this holds.
        #[serde(default)]
        when: Option<When>,
    },
    /// No two records that hold have the same values here.
    Unique {
        /// The fields, taken together; a record without one of them is not checked.
        fields: Vec<String>,
    },
    /// The value is a key of another register, or a known division (`divisions`).
    Reference {
        /// The field.
        field: String,
        /// The other register, whose key has one field.
        register: String,
    },
    /// The record of another register that belongs to this one says the same.
    Agrees {
        /// The other register.
        register: String,
        /// The field by which records belong together: here and there.
        by: Pair,
        /// Fields that must say the same: name here, name there.
        fields: BTreeMap<String, String>,
    },
    /// A day that has not passed.
    NotPast {
        /// The field with the day.
        field: String,
        /// Only where this holds.
        #[serde(default)]
        when: Option<When>,
    },
    /// The owner keeps the update period it promised; about the register as a whole.
    Fresh,
    /// Every record can be opened.
    Readable,
}

/// A condition on another field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// The field.
    pub field: String,
    /// The value it must have.
    pub equals: String,
}

/// A field here and one there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pair {
    /// In the register of the rule.
    pub here: String,
    /// In the other register.
    pub there: String,
}

impl RuleSet {
    /// Reads a file of rules; what it has wrong comes with [`RuleSet::problems`].
    ///
    /// # Errors
    /// Where the text is no such file at all, in the words of its format.
    pub fn read(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|fault| fault.to_string())
    }

    /// The rule with this name.
    #[must_use]
    pub fn rule(&self, slug: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.slug == slug)
    }

    /// Other registers that are looked into.
    #[must_use]
    pub fn others(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.rules.iter().filter_map(|rule| rule.check.other()).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

impl Check {
    /// The other register it looks into.
    #[must_use]
    pub fn other(&self) -> Option<&str> {
        match self {
            Self::Reference { register, .. } if register == DIVISIONS => None,
            Self::Reference { register, .. } | Self::Agrees { register, .. } => Some(register),
            Self::Declared { .. }
            | Self::Form { .. }
            | Self::Present { .. }
            | Self::Unique { .. }
            | Self::NotPast { .. }
            | Self::Fresh
            | Self::Readable => None,
        }
    }

    /// The fields of its own register that it looks at.
    #[must_use]
    pub fn fields(&self) -> Vec<&str> {
        match self {
            Self::Declared { field } | Self::Form { field, .. } | Self::Reference { field, .. } => vec![field],
            Self::NotPast { field, when } => std::iter::once(field.as_str()).chain(when.iter().map(|when| when.field.as_str())).collect(),
            Self::Present { fields, when } => fields.iter().map(String::as_str).chain(when.iter().map(|when| when.field.as_str())).collect(),
            Self::Unique { fields } => fields.iter().map(String::as_str).collect(),
            Self::Agrees { by, fields, .. } => std::iter::once(by.here.as_str()).chain(fields.keys().map(String::as_str)).collect(),
            Self::Fresh | Self::Readable => Vec::new(),
        }
    }
}
