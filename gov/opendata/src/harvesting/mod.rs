//! The job that harvests: one page of a portal a time, dataset by dataset, each with its error if it has one.

mod ckan;
mod dcat;

use std::sync::Arc;

use ::jobs::{Handler, Job, JobFault};
use clock::Clock;
use i18n::Text;
use runner::{Actor, Command, Halt, Request, Runner};

use crate::commands::{HARVEST_ROUND, HarvestDue, RecordHarvestRound, TakeOverDataset, Taken};
use crate::model::dataset::Metadata;
use crate::model::harvest::{HarvestSource, Protocol, Round};
use crate::queries;

/// Datasets of one round: a portal that goes on for ever is left.
const SEEN_MAX: u32 = 200_000;
const FILES_MAX: usize = 50;
const NOTES_CHARS_MAX: usize = 8_000;
const TITLE_CHARS_MAX: usize = 120;
const TAG_CHARS_MAX: usize = 60;
const TAGS_MAX: usize = 30;

/// Fetches an address: the body of an answer with status 200.
pub trait Fetch: Send + Sync {
    /// The body.
    ///
    /// # Errors
    /// In words, for the report of the round.
    fn get(&self, url: &str) -> Result<Vec<u8>, String>;
}

/// Name, format and address of each file.
type Files = Vec<(Text, String, String)>;
/// What a portal says of a dataset in our words, or why that cannot be taken over.
type Said = Result<(Metadata, Files), String>;

/// A dataset of a portal.
struct Found {
    /// Its identifier there; empty where it has none.
    there: String,
    /// SM3 of what it says there.
    content: String,
    /// What it is called there.
    name: String,
    said: Said,
}

/// Some datasets of a portal, and where those after them are.
struct Page {
    found: Vec<Found>,
    next: Option<(u32, String)>,
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
        let round = take_page(&runner, &*fetch, &source)?;
        // Under the job's own number: a second lease of the same job finds the first answer and promises no second page.
        execute(&runner, Request::once(Actor::system(), &job.id), RecordHarvestRound { source: source.id, round })
    };
    (HARVEST_ROUND, Arc::new(harvest))
}

fn execute<C: Command>(runner: &Runner, request: Request, command: C) -> Result<C::Outcome, JobFault> {
    match runner.execute(request, command) {
        Ok(executed) => Ok(executed.outcome),
        Err(Halt::Refused(refusal)) => Err(format!("refused: {}", refusal.code).into()),
        Err(Halt::Fault(fault)) => Err(Box::new(fault)),
    }
}

/// Takes one page and says how far the round is then.
fn take_page(runner: &Runner, fetch: &dyn Fetch, source: &HarvestSource) -> Result<Round, JobFault> {
    let mut round = source.round.clone();
    let now_ms = runner.clock().now().as_millisecond();
    let page = match source.protocol {
        Protocol::Ckan => ckan::page(fetch, source),
        Protocol::Dcat => dcat::page(fetch, source),
    };
    let page = match page {
        Ok(page) => page,
        Err(error) => return Ok(Round { ended_ms: Some(now_ms), error, ..round }),
    };
    for Found { there, content, name, said } in page.found {
        round.seen += 1;
        if there.is_empty() {
            round.failed += 1;
            continue;
        }
        let slug = slug(&name, &there);
        let command = TakeOverDataset { source: source.id.clone(), began_ms: round.began_ms, there, content, slug, said };
        match execute(runner, Request::by(Actor::system()), command)? {
            Taken::Same => {}
            Taken::Changed => round.changed += 1,
            Taken::Failed => round.failed += 1,
        }
    }
    match page.next.filter(|_| round.seen < SEEN_MAX) {
        Some((next, next_page)) => Ok(Round { next, next_page, ..round }),
        None => Ok(Round { ended_ms: Some(now_ms), ..round }),
    }
}

/// A name fit for addresses.
fn slug(name: &str, there: &str) -> String {
    let fit =
        |text: &str| text.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' }).take(80).collect::<String>();
    let slug = fit(name);
    if slug.len() >= 2 { slug } else { fit(&format!("x-{there}")) }
}

fn cut(text: &str, max: usize) -> String {
    text.chars().filter(|c| !c.is_control() || *c == '\n').take(max).collect()
}

fn tags(names: impl Iterator<Item = String>) -> Vec<String> {
    let fit = names.map(|tag| cut(&tag, TAG_CHARS_MAX).replace([',', '"'], " ").trim().to_owned());
    let mut tags: Vec<String> = Vec::new();
    for tag in fit.filter(|tag| !tag.is_empty()) {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags.truncate(TAGS_MAX);
    tags
}

/// A file that lies there.
fn file(name: &str, format: &str, url: &str) -> Result<(Text, String, String), String> {
    if !url.starts_with("https://") && !url.starts_with("http://") {
        return Err("a file has no address".to_owned());
    }
    let name: String = if name.is_empty() { format } else { name }.chars().filter(|c| !c.is_control()).take(120).collect();
    let format: String = format.chars().filter(char::is_ascii_alphanumeric).take(20).collect();
    Ok((
        Text::same(if name.is_empty() { "file".to_owned() } else { name }),
        if format.is_empty() { "FILE".to_owned() } else { format },
        url.to_owned(),
    ))
}
