//! Public data of the county: facts about places, air, money and work. Nothing in them is about a person.

mod places;
mod series;
mod sheet;
mod spec;

use std::collections::HashMap;
use std::sync::Arc;

use blobs::Blobs;
use clock::Date;
use i18n::Text;
use opendata::{
    ApproveAsOfficer, ApproveAsOwner, DATA_DUTY, DataField, DraftDataset, Metadata, NewResource, PublishDataset, PutResource, SubmitDataset, queries,
};
use runner::{Actor, Command, Fault, Halt, Request, Runner};
use tables::{Shelf, guess};

use crate::basics::{Basics, TownStaff};
use sheet::Sheet;
use spec::{DATASETS, DatasetSpec};

const FILE_BYTES_MAX: u64 = 20_000_000;

/// Prepares, scans, approves and publishes all datasets, each step by who has that post. Answers how many.
///
/// # Errors
/// A refusal or fault of a command; what the scan forbids.
pub fn seed_opendata(
    runner: &Arc<Runner>,
    blobs: &Blobs,
    basics: &Basics,
    account_of: &dyn Fn(&TownStaff) -> String,
    today: Date,
    seed: u64,
) -> Result<usize, Halt> {
    let shelf = runner.service::<Shelf>().ok_or_else(|| Fault::because("the runner was built without the shelf of tables"))?;
    let actor_of = |duty: &str, lane: &str| -> Result<Actor, Halt> {
        let organ = basics.organ(duty).ok_or_else(|| Fault::because(format!("no organ for {duty}")))?;
        let holder = basics.holders(organ.id.as_str(), lane).next();
        let holder = holder.ok_or_else(|| Fault::because(format!("nobody is {lane} of {duty}")))?;
        Ok(holder.actor(&account_of(holder)))
    };
    let officer = actor_of(DATA_DUTY, "head")?;
    for spec in &DATASETS {
        let organ = basics.organ(spec.organ).ok_or_else(|| Fault::because(format!("no organ for {}", spec.organ)))?.id.clone();
        let (clerk, head) = (actor_of(spec.organ, "handler").or_else(|_| actor_of(spec.organ, "head"))?, actor_of(spec.organ, "head")?);
        let sheet = spec.sheet(seed, today);
        let draft = DraftDataset { slug: spec.slug.to_owned(), organ, metadata: metadata(spec, &sheet), harvested: None };
        let id = act(runner, &clerk, draft)?;
        act(runner, &clerk, PutResource { dataset: id.clone(), replaces: None, resource: file(spec, &sheet, blobs)?, seen: None })?;
        act(runner, &clerk, SubmitDataset { dataset: id.clone() })?;
        opendata::scan_now(runner, blobs, &shelf, &id).map_err(|fault| Halt::Fault(Fault(fault)))?;
        let fingerprint =
            runner.store().read(|tx| Ok::<_, store::StoreError>(queries::dataset(tx, id.as_str())?.map(|found| found.fingerprint())))?;
        let fingerprint = fingerprint.ok_or_else(|| Fault::because("a dataset that was drafted is there"))?;
        act(runner, &head, ApproveAsOwner { dataset: id.clone(), fingerprint: fingerprint.clone() })?;
        act(runner, &officer, ApproveAsOfficer { dataset: id.clone(), fingerprint })?;
        act(runner, &head, PublishDataset { dataset: id, changes: Text::new("首次发布", "First release") })?;
    }
    Ok(DATASETS.len())
}

fn act<C: Command>(runner: &Runner, actor: &Actor, command: C) -> Result<C::Outcome, Halt> {
    Ok(runner.execute(Request::by(actor.clone()), command)?.outcome)
}

fn metadata(spec: &DatasetSpec, sheet: &Sheet) -> Metadata {
    Metadata {
        title: Text::new(spec.title.0, spec.title.1),
        notes: Text::new(spec.notes.0, spec.notes.1),
        themes: vec![spec.theme.to_owned()],
        tags: spec.tags.iter().map(|tag| (*tag).to_owned()).collect(),
        licence: "open".to_owned(),
        period: spec.period.to_owned(),
        spatial: crate::DIVISION.to_owned(),
        from: sheet.from,
        until: sheet.until,
        contact: "0999-6000071".to_owned(),
        catalogue_code: String::new(),
        ..Metadata::default()
    }
}

fn file(spec: &DatasetSpec, sheet: &Sheet, blobs: &Blobs) -> Result<NewResource, Halt> {
    let bytes = sheet.csv();
    let named: HashMap<&str, _> = sheet.columns.iter().map(|column| (column.name, column)).collect();
    let mut fields: Vec<DataField> = guess(&bytes).map_err(Halt::fault)?.into_iter().map(DataField::plain).collect();
    for field in &mut fields {
        if let Some(column) = named.get(field.field.name.as_str()) {
            field.title = Text::new(column.title.0, column.title.1);
            field.note = Text::same(column.unit);
            field.counts = column.counts;
        }
    }
    Ok(NewResource {
        name: Text::new(spec.title.0, spec.title.1),
        note: Text::default(),
        format: "CSV".to_owned(),
        blob: Some(blobs.put(&bytes, FILE_BYTES_MAX).map_err(Halt::fault)?),
        url: String::new(),
        size_bytes: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
        fields,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_files_and_another_gives_others() {
        let today = Date::constant(2026, 11, 28);
        for spec in &DATASETS {
            assert_eq!(spec.sheet(7, today).csv(), spec.sheet(7, today).csv());
            assert_ne!(spec.sheet(7, today).csv(), spec.sheet(8, today).csv(), "{}", spec.slug);
        }
    }

    #[test]
    fn names_are_taken_once() {
        let mut slugs: Vec<&str> = DATASETS.iter().map(|spec| spec.slug).collect();
        slugs.sort_unstable();
        slugs.dedup();
        assert_eq!(slugs.len(), DATASETS.len());
        assert!(slugs.len() >= 25);
    }
}
