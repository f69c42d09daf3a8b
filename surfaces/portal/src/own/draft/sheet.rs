//! A draft with all that is needed to go on with it.

use std::sync::Arc;

use cases::model::{Applicant, Draft, MaterialFile};
use cases::queries::{Given, Held, draft_of, facts_variables, held_about, materials_of_draft, needed_materials, with_facts};
use clock::Date;
use forms::{Facts, Field, Journey, Widget};
use gate::{App, PageError, Visitor};
use i18n::{Lang, Text};
use procedure::codes::MaterialNeed;
use procedure::item::Material;
use procedure::{Guidance, Package};
use runner::Refusal;
use serde_json::{Map, Value};
use store::{StoreError, Tx};

use super::sourced;

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
    /// What government holds already.
    pub held: Held,
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
            let held = held_about(tx, &keys, &actor, &package, &applicant, today)?;
            let (seen, files) = (journal::stream_version(tx, &id)?, materials_of_draft(tx, &id)?);
            Ok(Self { draft, seen, package, applicant, files, held, divisions: divisions(tx, today)?, today })
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
        let must = |material: &&Material| material.need == MaterialNeed::Required && !self.held.is_waived(material);
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

    /// What is held for a field.
    pub fn given(&self, field: &str) -> Option<Given<'_>> {
        self.held.given(&self.package.form).into_iter().find(|given| given.field == field)
    }

    /// The value that a register fixes for a field: it is shown, and not asked.
    pub fn fixed(&self, field: &Field) -> Option<Value> {
        self.given(&field.name).filter(|given| given.fixed).map(|given| given.value)
    }

    /// Where the value of a field comes from, in words; `None` for what was typed.
    pub fn source(&self, lang: Lang, field: &Field) -> Option<String> {
        let given = self.given(&field.name)?;
        let held = self.display(lang, field, &given.value);
        sourced::note(lang, &given, self.draft.answers.get(&field.name), &held)
    }

    /// A value as people read it; a division by its name.
    pub fn display(&self, lang: Lang, field: &Field, value: &Value) -> String {
        let code = value.as_str().filter(|_| field.widget == Widget::Division);
        let name = code.and_then(|code| self.divisions.iter().find(|(known, _)| known == code)).map(|(_, name)| name.get(lang).to_owned());
        name.unwrap_or_else(|| field.display(value, lang))
    }
}

fn divisions(tx: &mut Tx<'_>, today: Date) -> Result<Vec<(String, Text)>, StoreError> {
    Ok(parties::divisions_in_force(tx, today)?.into_iter().map(|division| (division.code.to_string(), division.name)).collect())
}
