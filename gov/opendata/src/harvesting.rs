//! The job that harvests: one page of a portal a time, dataset by dataset, each with its error if it has one.

use std::sync::Arc;

use ::jobs::{Handler, Job, JobFault};
use clock::Clock;
use i18n::Text;
use runner::{Actor, Command, Halt, Request, Runner};
use serde_json::Value;

use crate::commands::{HARVEST_ROUND, HarvestDue, RecordHarvestRound, TakeOverDataset, Taken};
use crate::model::dataset::Metadata;
use crate::model::harvest::{HarvestSource, Round};
use crate::model::words;
use crate::queries;

/// Datasets of one page.
const PAGE_SIZE: u32 = 50;
/// Datasets of one round: a portal that goes on for ever is left.
const SEEN_MAX: u32 = 200_000;
const FILES_MAX: usize = 50;
const NOTES_CHARS_MAX: usize = 8_000;
const TITLE_CHARS_MAX: usize = 120;

/// Fetches an address: the body of an answer with status 200.
pub trait Fetch: Send + Sync {
    /// The body.
    ///
    /// # Errors
    /// In words, for the report of the round.
    fn get(&self, url: &str) -> Result<Vec<u8>, String>;
}

/// For `jobs::Worker::with`.
#[must_use]
pub fn harvest_handler(runner: &Arc<Runner>, fetch: Arc<dyn Fetch>) -> (&'static str, Handler) {
    let runner = Arc::clone(runner);
    let harvest = move |job: &Job| -> Result<(), JobFault> {
        let due: HarvestDue = serde_json::from_str(&job.payload)?;
        let source = runner.store().read(|tx| queries::harvest_source(tx, due.source.as_str()))?;
        let going_on = |source: &HarvestSource| source.round.began_ms == due.began_ms && source.round.ended_ms.is_none() && !source.paused;
        let Some(source) = source.filter(going_on) else { return Ok(()) };
        let round = page(&runner, &*fetch, &source)?;
        // Under the job's own number: a second lease of the same job finds the first answer and promises no second page.
        execute(&runner, Request::once(Actor::system(), &job.id), RecordHarvestRound { source: source.id, round })
    };
    (HARVEST_ROUND, Arc::new(harvest))
}

fn execute<C: Command>(runner: &Runner, request: Request, command: C) -> Result<(), JobFault> {
    match runner.execute(request, command) {
        Ok(_) => Ok(()),
        Err(Halt::Refused(refusal)) => Err(format!("refused: {}", refusal.code).into()),
        Err(Halt::Fault(fault)) => Err(Box::new(fault)),
    }
}

/// Takes one page and says how far the round is then.
fn page(runner: &Runner, fetch: &dyn Fetch, source: &HarvestSource) -> Result<Round, JobFault> {
    let mut round = source.round.clone();
    let now_ms = runner.clock().now().as_millisecond();
    let url = format!("{}/api/3/action/package_search?sort=name%20asc&rows={PAGE_SIZE}&start={}", source.url, round.next);
    let found = match fetch.get(&url).and_then(|body| results(&body)) {
        Ok(found) => found,
        Err(error) => return Ok(Round { ended_ms: Some(now_ms), error, ..round }),
    };
    let count = u32::try_from(found.len()).unwrap_or(u32::MAX);
    for package in found {
        round.seen += 1;
        let there = package.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
        if there.is_empty() {
            round.failed += 1;
            continue;
        }
        let content = seal::hash::sm3_hex(package.to_string().as_bytes());
        let said = read(&package);
        let slug = slug(package.get("name").and_then(Value::as_str).unwrap_or_default(), &there);
        let command = TakeOverDataset { source: source.id.clone(), began_ms: round.began_ms, there, content, slug, said };
        match runner.execute(Request::by(Actor::system()), command) {
            Ok(executed) => match executed.outcome {
                Taken::Same => {}
                Taken::Changed => round.changed += 1,
                Taken::Failed => round.failed += 1,
            },
            Err(Halt::Refused(refusal)) => return Err(format!("refused: {}", refusal.code).into()),
            Err(Halt::Fault(fault)) => return Err(Box::new(fault)),
        }
    }
    round.next += count;
    if count < PAGE_SIZE || round.seen >= SEEN_MAX {
        round.ended_ms = Some(now_ms);
    }
    Ok(round)
}

fn results(body: &[u8]) -> Result<Vec<Value>, String> {
    let answer: Value = serde_json::from_slice(body).map_err(|_| "the portal does not answer in JSON".to_owned())?;
    match answer.get("result").and_then(|result| result.get("results")).and_then(Value::as_array) {
        Some(results) if answer.get("success") == Some(&Value::Bool(true)) => Ok(results.clone()),
        _ => Err("the portal does not answer as CKAN does".to_owned()),
    }
}

/// A name fit for addresses.
fn slug(name: &str, there: &str) -> String {
    let fit =
        |text: &str| text.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' }).take(80).collect::<String>();
    let slug = fit(name);
    if slug.len() >= 2 { slug } else { fit(&format!("x-{there}")) }
}

type Said = (Metadata, Vec<(Text, String, String)>);

/// What a package of CKAN says, in our words.
fn read(package: &Value) -> Result<Said, String> {
    let text = |name: &str| package.get(name).and_then(Value::as_str).unwrap_or_default();
    let cut = |text: &str, max: usize| text.chars().filter(|c| !c.is_control() || *c == '\n').take(max).collect::<String>();
    let translated = |name: &str, plain: &str, max: usize| {
        let english = package.get(name).and_then(|texts| texts.get("en")).and_then(Value::as_str).unwrap_or(plain);
        Text::new(cut(plain, max), cut(english, max))
    };
    let title = if text("title").is_empty() { text("name") } else { text("title") };
    if title.is_empty() {
        return Err("it has no title".to_owned());
    }
    let notes = if text("notes").is_empty() { title } else { text("notes") };
    let names = |name: &str| {
        let listed = package.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        listed.iter().filter_map(|one| one.get("name").and_then(Value::as_str)).map(str::to_owned).collect::<Vec<_>>()
    };
    let mut metadata = Metadata {
        title: translated("title_translated", title, TITLE_CHARS_MAX),
        notes: translated("notes_translated", notes, NOTES_CHARS_MAX),
        themes: names("groups").into_iter().filter(|code| words::find(&words::THEMES, code).is_some()).collect(),
        tags: names("tags")
            .into_iter()
            .map(|tag| cut(&tag, 60).replace([',', '"'], " ").trim().to_owned())
            .filter(|tag| !tag.is_empty())
            .take(30)
            .collect(),
        licence: "open".to_owned(),
        period: "irregular".to_owned(),
        ..Metadata::default()
    };
    if words::find(&words::LICENCES, text("license_id")).is_some() {
        metadata.licence = text("license_id").to_owned();
    } else if !text("license_id").is_empty() {
        metadata.extras.insert("license_id".to_owned(), cut(text("license_id"), 200));
    }
    if !text("url").is_empty() {
        metadata.extras.insert("source_url".to_owned(), cut(text("url"), 500));
    }
    Ok((metadata, files(package)?))
}

fn files(package: &Value) -> Result<Vec<(Text, String, String)>, String> {
    let listed = package.get("resources").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    if listed.len() > FILES_MAX {
        return Err(format!("it has more than {FILES_MAX} files"));
    }
    let mut found = Vec::new();
    for file in listed {
        let text = |name: &str| file.get(name).and_then(Value::as_str).unwrap_or_default().trim();
        let url = text("url");
        if !url.starts_with("https://") && !url.starts_with("http://") {
            return Err("a file has no address".to_owned());
        }
        let name: String =
            if text("name").is_empty() { text("format") } else { text("name") }.chars().filter(|c| !c.is_control()).take(120).collect();
        let format: String = text("format").chars().filter(char::is_ascii_alphanumeric).take(20).collect();
        found.push((
            Text::same(if name.is_empty() { "file".to_owned() } else { name }),
            if format.is_empty() { "FILE".to_owned() } else { format },
            url.to_owned(),
        ));
    }
    Ok(found)
}
