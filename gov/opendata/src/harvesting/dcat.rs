//! Portals that show their catalogue as linked data: DCAT in Turtle, RDF/XML or JSON-LD, in one text or in pages.

use i18n::Text;
use rdf::{Facts, Object};

use super::{FILES_MAX, Fetch, Files, Found, NOTES_CHARS_MAX, Page, Said, TITLE_CHARS_MAX, cut, file, tags};
use crate::model::dataset::Metadata;
use crate::model::harvest::HarvestSource;
use crate::model::words::{self, Word};

/// Datasets that are taken over in one go; a longer text is fetched again for those after them.
const PART_SIZE: u32 = 200;
const NEXT: [&str; 2] = ["http://www.w3.org/ns/hydra/core#next", "http://www.w3.org/ns/hydra/core#nextPage"];

macro_rules! dcat {
    ($name:literal) => {
        concat!("http://www.w3.org/ns/dcat#", $name)
    };
}

macro_rules! dct {
    ($name:literal) => {
        concat!("http://purl.org/dc/terms/", $name)
    };
}

pub(super) fn page(fetch: &dyn Fetch, source: &HarvestSource) -> Result<Page, String> {
    let round = &source.round;
    let url = if round.next_page.is_empty() { &source.url } else { &round.next_page };
    let body = fetch.get(url)?;
    let text = std::str::from_utf8(&body).map_err(|_| "the catalogue is not in UTF-8".to_owned())?;
    let facts = Facts::read(text, url).map_err(|error| format!("the catalogue is no linked data: {error}"))?;
    let subjects: Vec<&str> = facts.of_class(dcat!("Dataset")).collect();
    let size = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
    let part: Vec<&str> = subjects.iter().copied().skip(size(round.next)).take(size(PART_SIZE)).collect();
    let until = round.next.saturating_add(PART_SIZE);
    let next = match size(until) < subjects.len() {
        true => Some((until, round.next_page.clone())),
        // A page without datasets is the last one, whatever it says.
        false => following(&facts, source, url).filter(|_| !subjects.is_empty()).map(|next| (0, next)),
    };
    Ok(Page { found: part.into_iter().map(|subject| found(&facts, subject)).collect(), next })
}

/// The page that comes after this one, if it is of the same portal.
fn following(facts: &Facts, source: &HarvestSource, here: &str) -> Option<String> {
    let said = NEXT.iter().flat_map(|predicate| facts.with(predicate));
    // A page may hold what is said of other pages too: only what this one says of itself counts, where it says so.
    let mut next: Vec<(&str, &str)> = said.filter_map(|(subject, object)| Some((subject, object.address()?))).collect();
    if next.iter().any(|(subject, _)| *subject == here) {
        next.retain(|(subject, _)| *subject == here);
    }
    let next = next.first().map(|(_, next)| *next)?;
    (next != here && next != source.url && origin(next) == origin(&source.url)).then(|| next.to_owned())
}

/// `https://host:port` of an address.
fn origin(url: &str) -> &str {
    let host_at = url.find("://").map_or(0, |at| at + 3);
    let end = url.get(host_at..).and_then(|rest| rest.find(['/', '?', '#'])).map_or(url.len(), |at| host_at + at);
    url.get(..end).unwrap_or(url)
}

fn found(facts: &Facts, subject: &str) -> Found {
    let said = read(facts, subject);
    let identifier = facts.about(subject, dct!("identifier")).find_map(Object::words).unwrap_or_default();
    // What has no address of its own is called otherwise in every text.
    let there = if subject.starts_with("_:") { identifier } else { subject };
    let name = subject.trim_end_matches('/').rsplit(['/', '#', '=']).next().unwrap_or_default();
    Found {
        there: there.to_owned(),
        content: seal::hash::sm3_hex(serde_json::to_string(&said).unwrap_or_default().as_bytes()),
        name: if subject.starts_with("_:") { identifier.to_owned() } else { name.to_owned() },
        said,
    }
}

/// What is said of a dataset, in our words.
fn read(facts: &Facts, subject: &str) -> Said {
    let Some(title) = text(facts, subject, dct!("title"), TITLE_CHARS_MAX) else { return Err("it has no title".to_owned()) };
    let of = |predicate| facts.about(subject, predicate);
    let themes = of(dcat!("theme")).filter_map(|theme| by_address(&words::THEMES, theme)).map(|word| word.code.to_owned());
    let mut metadata = Metadata {
        notes: text(facts, subject, dct!("description"), NOTES_CHARS_MAX).unwrap_or_else(|| title.clone()),
        title,
        themes: themes.collect(),
        tags: tags(of(dcat!("keyword")).filter_map(Object::words).map(str::to_owned)),
        licence: "open".to_owned(),
        period: of(dct!("accrualPeriodicity"))
            .find_map(|period| by_address(&words::PERIODS, period))
            .map_or("irregular", |word| word.code)
            .to_owned(),
        ..Metadata::default()
    };
    let distributions: Vec<&str> = of(dcat!("distribution")).filter_map(Object::address).collect();
    let licences = distributions.iter().flat_map(|one| facts.about(one, dct!("license"))).chain(of(dct!("license")));
    if let Some(licence) = licences.filter_map(Object::address).next() {
        match words::LICENCES.iter().find(|word| same_address(word.uri, licence)) {
            Some(word) => metadata.licence = word.code.to_owned(),
            None => drop(metadata.extras.insert("license_id".to_owned(), cut(licence, 200))),
        }
    }
    if let Some(page) = of(dcat!("landingPage")).filter_map(Object::address).next() {
        metadata.extras.insert("source_url".to_owned(), cut(page, 500));
    }
    if distributions.len() > FILES_MAX {
        return Err(format!("it has more than {FILES_MAX} files"));
    }
    let files: Result<Files, String> = distributions.into_iter().map(|one| distribution(facts, one)).collect();
    Ok((metadata, files?))
}

fn distribution(facts: &Facts, subject: &str) -> Result<(Text, String, String), String> {
    let address = |predicate| facts.about(subject, predicate).find_map(Object::address).map(str::to_owned);
    let words = |predicate| facts.about(subject, predicate).find_map(Object::words).map(str::to_owned);
    let url = address(dcat!("downloadURL")).or_else(|| address(dcat!("accessURL"))).unwrap_or_default();
    let format = [dct!("format"), dcat!("mediaType")].into_iter().find_map(|predicate| address(predicate).or_else(|| words(predicate)));
    let format = format.as_deref().map(|format| format.trim_end_matches('/').rsplit(['/', '#']).next().unwrap_or_default().to_uppercase());
    let title = text(facts, subject, dct!("title"), TITLE_CHARS_MAX);
    let (_, format, url) = file("", &format.unwrap_or_default(), &url)?;
    Ok((title.unwrap_or_else(|| Text::same(format.clone())), format, url))
}

/// A text in Chinese and English; in whatever language there is for one that is missing.
fn text(facts: &Facts, subject: &str, predicate: &str, chars_max: usize) -> Option<Text> {
    let said: Vec<(&str, &str)> = facts
        .about(subject, predicate)
        .filter_map(|object| match object {
            Object::Text(words, language) => Some((words.as_str(), language.as_str())),
            Object::Value(words, _) => Some((words.as_str(), "")),
            Object::Thing(_) => None,
        })
        .filter(|(words, _)| !words.trim().is_empty())
        .collect();
    let any = said.first()?.0;
    let tongue = |code: &str| said.iter().find(|(_, language)| language.to_ascii_lowercase().starts_with(code)).map(|(words, _)| *words);
    let none = said.iter().find(|(_, language)| language.is_empty()).map(|(words, _)| *words);
    let zh = tongue("zh").or(none).unwrap_or(any);
    let en = tongue("en").or(none).unwrap_or(any);
    Some(Text::new(cut(zh, chars_max), cut(en, chars_max)))
}

fn by_address<'w>(words: &'w [Word], object: &Object) -> Option<&'w Word> {
    let address = object.address()?;
    words.iter().find(|word| same_address(word.uri, address))
}

/// Many write `http` where the list says `https`, or add a slash.
fn same_address(one: &str, other: &str) -> bool {
    let plain = |address: &str| address.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/').to_owned();
    plain(one) == plain(other)
}
