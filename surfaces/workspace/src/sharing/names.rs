//! Names of organs, resources and fields on the pages of the room.

use std::collections::BTreeMap;

use i18n::{Lang, Text};
use runner::Halt;
use sharing::{ResourceFacts, Terms};
use store::Tx;

use crate::people::organ_name;
use crate::say::Say;

/// What the terms of a page speak of.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    organs: BTreeMap<String, Text>,
    /// All resources.
    pub resources: Vec<ResourceFacts>,
}

impl Names {
    /// Looks up each organ once.
    pub(super) fn of<'a>(tx: &mut Tx<'_>, resources: Vec<ResourceFacts>, organs: impl IntoIterator<Item = &'a str>) -> Result<Self, Halt> {
        let mut names = Self { organs: BTreeMap::new(), resources };
        for organ in organs {
            if !names.organs.contains_key(organ) {
                names.organs.insert(organ.to_owned(), organ_name(tx, organ)?);
            }
        }
        Ok(names)
    }

    /// An organ.
    pub(super) fn organ(&self, id: &str, lang: Lang) -> String {
        self.organs.get(id).map_or_else(|| id.to_owned(), |name| name.get(lang).to_owned())
    }

    /// A resource.
    pub(super) fn resource(&self, code: &str, lang: Lang) -> String {
        self.find(code).map_or_else(|| code.to_owned(), |facts| facts.title.get(lang).to_owned())
    }

    /// Fields of a resource, joined.
    pub(super) fn fields<'a>(&self, code: &str, fields: impl IntoIterator<Item = &'a String>, lang: Lang) -> String {
        let name = |field: &String| {
            let known = self.find(code).and_then(|facts| facts.fields.iter().find(|known| known.name == *field));
            known.map_or_else(|| field.clone(), |known| known.title.get(lang).to_owned())
        };
        fields.into_iter().map(name).collect::<Vec<_>>().join(lang.say("、", ", "))
    }

    /// The fields of terms, joined.
    pub(super) fn fields_of(&self, terms: &Terms, lang: Lang) -> String {
        self.fields(&terms.resource, &terms.fields, lang)
    }

    fn find(&self, code: &str) -> Option<&ResourceFacts> {
        self.resources.iter().find(|facts| facts.code == code)
    }
}
