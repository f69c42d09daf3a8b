//! A draft with all that is needed to go on with it.

use std::collections::BTreeMap;
use std::sync::Arc;

use cases::model::{Applicant, Draft, MaterialFile};
use cases::queries::{draft_of, facts_variables, materials_of_draft, needed_materials, with_facts};
use clock::Date;
use forms::{Facts, Journey};
use gate::{App, PageError, Visitor};
use i18n::Text;
use procedure::codes::MaterialNeed;
use procedure::item::Material;
use procedure::{Guidance, Package};
use runner::Refusal;
use serde_json::{Map, Value};
use store::{StoreError, Tx};

use crate::own::applicant::sources;

/// Where a person is to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::own) enum Place {
    /// A guide question is open, or ends the way.
    Guide,
    /// Something on a page is missing or wrong.
    Page(String),
    /// A material is missing.
    Materials,
    /// All is there.
    Check,
}

/// A draft of the visitor's own, for the party now acted for.
pub(in crate::own) struct Sheet {
    pub draft: Draft,
    /// Version of its stream: attaching a file counts too.
    pub seen: i64,
    pub package: Arc<Package>,
    pub applicant: Applicant,
    pub files: Vec<MaterialFile>,
    /// Divisions of the node: code and name.
    pub divisions: Vec<(String, Text)>,
    pub today: Date,
}

impl Sheet {
    /// Loads a draft; one of somebody else, or for another party, does not exist.
    pub async fn load(app: &App, visitor: &Visitor, id: &str) -> Result<Self, PageError> {
        let (keys, library, today) = (Arc::clone(&app.keys), Arc::clone(&app.library), app.today());
        let (id, actor) = (id.to_owned(), visitor.actor.clone());
        app.read(move |tx| {
            let draft = draft_of(tx, &keys, &id, &actor.account)?.filter(|draft| actor.acting_party() == Some(&draft.party));
            let draft = draft.ok_or_else(Refusal::not_found)?;
            let package = library.current(&draft.slug, today).ok_or_else(cases::model::refusals::item_unavailable)?;
            let own = tracker::own(&actor, &draft.party).ok_or_else(Refusal::not_found)?;
            let applicant = cases::queries::applicant_of(tx, &keys, &draft.party, &own)?.ok_or_else(Refusal::not_found)?;
            let (seen, files) = (journal::stream_version(tx, &id)?, materials_of_draft(tx, &id)?);
            Ok(Self { draft, seen, package, applicant, files, divisions: divisions(tx, today)?, today })
        })
        .await
    }

    /// Conditions of the form, with what they may read besides the answers.
    pub fn with_facts<T>(&self, work: impl FnOnce(&Facts<'_>) -> T) -> T {
        with_facts(&self.package, facts_variables(&self.draft.situation, &self.applicant, self.today), work)
    }

    /// The way through the form with the present answers.
    pub fn with_journey<T>(&self, work: impl FnOnce(&Journey<'_>) -> T) -> T {
        self.with_facts(|facts| work(&self.package.form.journey(&self.draft.answers, facts)))
    }

    /// The materials this application needs, those taken from registers included.
    pub fn needed(&self) -> Vec<&Material> {
        let answers = self.with_facts(|facts| self.package.form.keep(&self.draft.answers, facts));
        needed_materials(&self.package, &self.draft.situation, &answers, &self.applicant, self.today)
    }

    /// The materials that must be there and are not.
    pub fn missing(&self) -> Vec<&Material> {
        let must = |material: &&Material| material.need == MaterialNeed::Required && material.waived_by.is_none();
        self.needed().into_iter().filter(must).filter(|material| self.files_of(&material.id).next().is_none()).collect()
    }

    /// The files attached as a material.
    pub fn files_of<'a>(&'a self, material: &'a str) -> impl Iterator<Item = &'a MaterialFile> {
        self.files.iter().filter(move |file| file.material == material)
    }

    /// Where to go on.
    pub fn place(&self) -> Place {
        match self.package.guidance(&self.draft.situation) {
            Guidance::Ask(_) | Guidance::Stop { .. } => return Place::Guide,
            Guidance::Ready => {}
        }
        if let Some(page) = self.with_journey(|journey| journey.first_incomplete_page().map(|page| page.id.clone())) {
            return Place::Page(page);
        }
        if self.missing().is_empty() { Place::Check } else { Place::Materials }
    }

    /// The address of a place.
    pub fn href(&self, place: &Place) -> String {
        match place {
            Place::Guide => self.at("guide"),
            Place::Page(page) => self.at(&format!("pages/{page}")),
            Place::Materials => self.at("materials"),
            Place::Check => self.at("check"),
        }
    }

    /// An address below the draft.
    pub fn at(&self, rest: &str) -> String {
        format!("/drafts/{}/{rest}", self.draft.id)
    }

    /// The address of what comes after the form: materials, where the application needs any, else the check.
    pub fn after_form(&self) -> String {
        if self.needed().is_empty() { self.at("check") } else { self.at("materials") }
    }

    /// The address of the last page of the form; the guide where there is none.
    pub fn last_page(&self) -> String {
        let last = self.with_journey(|journey| journey.pages().last().map(|page| page.id.clone()));
        last.map_or_else(|| self.at("guide"), |page| self.at(&format!("pages/{page}")))
    }

    /// Whether these answers are saved already; `null` is no answer.
    pub fn holds(&self, answers: &Map<String, Value>) -> bool {
        answers.iter().all(|(name, value)| self.draft.answers.get(name).unwrap_or(&Value::Null) == value)
    }

    /// The fields whose answer is the one that a register gave, with the name of the register's text.
    pub fn sources(&self) -> BTreeMap<String, &'static str> {
        let mut found = BTreeMap::new();
        for prefilled in self.package.form.prefill(&sources(&self.applicant)) {
            if self.draft.answers.get(&prefilled.field) == Some(&prefilled.value) {
                found.insert(prefilled.field, source_key(&prefilled.source));
            }
        }
        found
    }
}

/// The answers with which a draft begins: what government holds already.
pub(super) fn first_answers(package: &Package, applicant: &Applicant) -> Map<String, Value> {
    package.form.prefill(&sources(applicant)).into_iter().map(|prefilled| (prefilled.field, prefilled.value)).collect()
}

fn source_key(path: &str) -> &'static str {
    match path.split('.').next() {
        Some("population") => "source.population",
        Some("legal-persons") => "source.legal-persons",
        _ => "source.account",
    }
}

fn divisions(tx: &mut Tx<'_>, today: Date) -> Result<Vec<(String, Text)>, StoreError> {
    Ok(parties::divisions_in_force(tx, today)?.into_iter().map(|division| (division.code.to_string(), division.name)).collect())
}
