//! 同意: what a person allows an organ to read, for what and until when. 个人信息保护法 第十三条至第十六条.

use i18n::Text;
use serde::{Deserialize, Serialize};

use super::Source;

/// What is asked for. A change of any of it is a new version and needs a new consent (第十四条第二款).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentTerms {
    /// The organ that reads.
    pub organ: String,
    /// What it is about, as the organ calls it; asking again under the same name makes the next version.
    pub name: String,
    /// What for.
    pub purpose: Text,
    /// Where the data are.
    pub source: Source,
    /// Names of the fields.
    pub fields: Vec<String>,
    /// Whether sensitive personal information is among them, which takes a consent of its own (第二十九条).
    pub sensitive: bool,
    /// Milliseconds since 1970 at which it ends by itself.
    pub until_ms: i64,
}

/// Where a consent stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConsentState {
    /// The organ asks; nothing may be read yet.
    Asked,
    /// The person agreed.
    Given,
    /// The person did not agree. Nothing she is entitled to may be refused for that (第十六条).
    Declined,
    /// The person took it back (第十五条).
    Revoked,
    /// A newer version took its place.
    Replaced,
}

impl ConsentState {
    /// Its code.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Given => "given",
            Self::Declined => "declined",
            Self::Revoked => "revoked",
            Self::Replaced => "replaced",
        }
    }

    /// The state with this code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Asked, Self::Given, Self::Declined, Self::Revoked, Self::Replaced].into_iter().find(|state| state.as_str() == code)
    }

    /// After the person answered, where an answer is awaited.
    #[must_use]
    pub const fn answered(self, agrees: bool) -> Option<Self> {
        match self {
            Self::Asked if agrees => Some(Self::Given),
            Self::Asked => Some(Self::Declined),
            Self::Given | Self::Declined | Self::Revoked | Self::Replaced => None,
        }
    }

    /// After the person took it back, where there is something to take back.
    #[must_use]
    pub const fn revoked(self) -> Option<Self> {
        match self {
            Self::Given => Some(Self::Revoked),
            Self::Asked | Self::Declined | Self::Revoked | Self::Replaced => None,
        }
    }
}

/// One version of a consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Identifier of this version; also its stream in the journal.
    pub id: String,
    /// From 1, for each person, organ and name.
    pub version: i64,
    /// What is asked for.
    pub terms: ConsentTerms,
    /// Where it stands.
    pub state: ConsentState,
    /// When it was asked for, in milliseconds since 1970.
    pub asked_ms: i64,
    /// When the person agreed.
    pub given_ms: Option<i64>,
    /// When it was declined, revoked or replaced.
    pub ended_ms: Option<i64>,
    /// The text that the node signed when the person agreed, with its signature.
    pub note: Option<String>,
}

impl Consent {
    /// Whether something may be read under it at a moment.
    #[must_use]
    pub const fn in_force(&self, now_ms: i64) -> bool {
        matches!(self.state, ConsentState::Given) && now_ms < self.terms.until_ms
    }

    /// Whether it covers a reading: this source, no other fields, this organ.
    #[must_use]
    pub fn covers(&self, source: &Source, fields: &[String], organ: Option<&str>) -> bool {
        let terms = &self.terms;
        let same_place = terms.source.kind == source.kind && terms.source.name == source.name;
        same_place && organ == Some(terms.organ.as_str()) && !fields.is_empty() && fields.iter().all(|field| terms.fields.contains(field))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SourceKind;

    fn source(name: &str) -> Source {
        Source { kind: SourceKind::Register, name: name.into(), title: Text::default() }
    }

    fn given() -> Consent {
        let terms = ConsentTerms {
            organ: "organ_a".into(),
            name: "school".into(),
            purpose: Text::new("入学", "School"),
            source: source("population"),
            fields: vec!["name".into(), "address".into()],
            sensitive: true,
            until_ms: 100,
        };
        let state = ConsentState::Given;
        Consent { id: "consent_1".into(), version: 1, terms, state, asked_ms: 1, given_ms: Some(2), ended_ms: None, note: None }
    }

    #[test]
    fn a_consent_covers_its_organ_source_and_fields_and_ends_by_itself() {
        let consent = given();
        let covers = |name: &str, fields: &[&str], organ: &str| {
            let fields: Vec<String> = fields.iter().map(|field| (*field).to_owned()).collect();
            consent.covers(&source(name), &fields, Some(organ))
        };
        assert!(covers("population", &["address"], "organ_a") && covers("population", &["name", "address"], "organ_a"));
        assert!(!covers("population", &["mobile"], "organ_a") && !covers("population", &["name", "mobile"], "organ_a"));
        assert!(!covers("credit", &["name"], "organ_a") && !covers("population", &["name"], "organ_b") && !covers("population", &[], "organ_a"));
        assert!(consent.in_force(99) && !consent.in_force(100));
        for state in [ConsentState::Asked, ConsentState::Declined, ConsentState::Revoked, ConsentState::Replaced] {
            assert!(!Consent { state, ..given() }.in_force(1), "{state:?}");
        }
    }

    #[test]
    fn what_was_answered_is_not_answered_again_and_only_what_was_given_is_taken_back() {
        let states = [ConsentState::Asked, ConsentState::Given, ConsentState::Declined, ConsentState::Revoked, ConsentState::Replaced];
        let answered = states.map(|state| state.answered(true));
        assert_eq!(answered, [Some(ConsentState::Given), None, None, None, None]);
        assert_eq!(states.map(ConsentState::revoked), [None, Some(ConsentState::Revoked), None, None, None]);
        assert!(states.iter().all(|state| ConsentState::parse(state.as_str()) == Some(*state)));
    }
}
