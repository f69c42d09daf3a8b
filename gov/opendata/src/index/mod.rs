//! The public catalogue in memory: found, counted and sorted without asking the database.

mod postings;

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use store::{StoreError, Tx};

use crate::model::release::Release;
use crate::model::resource::{PARQUET, Resource};
use crate::store as tables;
use postings::Postings;

/// Values of a facet that are answered.
pub const FACET_VALUES_MAX: usize = 1_000;
const CHANGES_AT_ONCE: u32 = 5_000;
/// When so many of the entries are dead, all are laid anew.
const DEAD_SHARE: usize = 2;
const DEAD_MIN: usize = 1_000;

/// What datasets are counted and filtered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Facet {
    /// The organ, by identifier.
    Organ,
    /// Themes.
    Theme,
    /// Tags.
    Tag,
    /// Formats of the files, in capitals.
    Format,
    /// Licence.
    Licence,
    /// How often it is renewed.
    Period,
    /// With or without conditions.
    Opening,
    /// The name in addresses; for filters.
    Slug,
    /// The identifier; for filters.
    Id,
}

impl Facet {
    const ALL: [Self; 9] = [Self::Organ, Self::Theme, Self::Tag, Self::Format, Self::Licence, Self::Period, Self::Opening, Self::Slug, Self::Id];

    const fn at(self) -> usize {
        match self {
            Self::Organ => 0,
            Self::Theme => 1,
            Self::Tag => 2,
            Self::Format => 3,
            Self::Licence => 4,
            Self::Period => 5,
            Self::Opening => 6,
            Self::Slug => 7,
            Self::Id => 8,
        }
    }

    fn values(self, release: &Release) -> Vec<String> {
        let metadata = &release.metadata;
        match self {
            Self::Organ => vec![release.organ.to_string()],
            Self::Theme => metadata.themes.clone(),
            Self::Tag => metadata.tags.clone(),
            Self::Format => {
                let mut formats: Vec<String> = release.resources.iter().map(|resource| resource.format.to_uppercase()).collect();
                if release.resources.iter().any(Resource::is_table) {
                    formats.push(PARQUET.to_uppercase());
                }
                formats.sort();
                formats.dedup();
                formats
            }
            Self::Licence => vec![metadata.licence.clone()],
            Self::Period => vec![metadata.period.clone()],
            Self::Opening => vec![metadata.opening.as_str().to_owned()],
            Self::Slug => vec![release.slug.clone()],
            Self::Id => vec![release.dataset.to_string()],
        }
    }
}

/// In which order datasets come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// Best first; last changed first among equals.
    #[default]
    Score,
    /// Last changed first.
    Modified,
    /// Last changed last.
    ModifiedAscending,
    /// Last created first.
    Created,
    /// By title.
    Title,
    /// By name in addresses.
    Slug,
}

/// One condition on a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Which facet.
    pub facet: Facet,
    /// One of these values.
    pub any_of: Vec<String>,
    /// Or none of them.
    pub not: bool,
}

/// A question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Words; all must be found.
    pub words: String,
    /// All must hold.
    pub wanted: Vec<Wanted>,
    /// Changed between these moments, in milliseconds since 1970.
    pub modified: Option<(i64, i64)>,
    /// In which order.
    pub order: Order,
    /// After so many.
    pub start: usize,
    /// How many.
    pub rows: usize,
    /// What to count by.
    pub facets: Vec<Facet>,
    /// How many values of each.
    pub facet_values: usize,
}

/// Values of a facet, with how many datasets have each; most first.
pub type Counted = (Facet, Vec<(String, u32)>);

/// The answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// How many there are.
    pub count: usize,
    /// Identifiers of the page asked for.
    pub ids: Vec<String>,
    /// Counts.
    pub facets: Vec<Counted>,
}

/// The catalogue. Shared by all threads; follows the database when it is asked to.
#[derive(Default)]
pub struct Catalogue(RwLock<Laid>);

#[derive(Default)]
struct Laid {
    /// Number of the last change that is in here.
    seq: i64,
    entries: Vec<Entry>,
    /// Where a dataset stands.
    places: HashMap<String, u32>,
    words: Postings,
    names: [Names; 9],
}

struct Entry {
    id: String,
    slug: String,
    title: String,
    created_ms: i64,
    modified_ms: i64,
    /// Numbers of its values, facet by facet.
    values: [Box<[u32]>; 9],
    is_alive: bool,
}

/// The values of a facet, numbered.
#[derive(Default)]
struct Names {
    numbers: HashMap<String, u32>,
    names: Vec<String>,
}

impl Names {
    fn number(&mut self, name: String) -> u32 {
        if let Some(number) = self.numbers.get(&name) {
            return *number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(name.clone());
        self.numbers.insert(name, number);
        number
    }
}

impl std::fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Catalogue").finish_non_exhaustive()
    }
}

impl Catalogue {
    /// Takes in what changed since the last time. To be called before each question: it costs one look when nothing did.
    ///
    /// # Errors
    /// The database's.
    pub fn follow(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).seq;
        if tables::releases::last_change(tx)? == known {
            return Ok(());
        }
        let mut after = known;
        loop {
            let changes = tables::releases::changes(tx, after, CHANGES_AT_ONCE)?;
            let Some((last, _)) = changes.last() else { return Ok(()) };
            let last = *last;
            let mut taken = Vec::with_capacity(changes.len());
            for (_, dataset) in changes {
                let release = tables::releases::public(tx, &dataset)?;
                taken.push((dataset, release));
            }
            let mut laid = self.0.write().unwrap_or_else(PoisonError::into_inner);
            for (dataset, release) in taken {
                laid.replace(&dataset, release.as_ref());
            }
            laid.seq = laid.seq.max(last);
            after = last;
        }
    }

    /// Puts a release in without a database, for measurements and tests.
    pub fn put(&self, release: &Release) {
        self.0.write().unwrap_or_else(PoisonError::into_inner).replace(release.dataset.as_str(), Some(release));
    }

    /// Answers a question.
    #[must_use]
    pub fn search(&self, asked: &Asked) -> Found {
        self.0.read().unwrap_or_else(PoisonError::into_inner).search(asked)
    }

    /// Names of all public datasets, in their order.
    #[must_use]
    pub fn slugs(&self, start: usize, rows: usize) -> Vec<String> {
        let laid = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let mut slugs: Vec<&str> = laid.entries.iter().filter(|entry| entry.is_alive).map(|entry| entry.slug.as_str()).collect();
        slugs.sort_unstable();
        slugs.into_iter().skip(start).take(rows).map(str::to_owned).collect()
    }

    /// How many datasets are public.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.read().unwrap_or_else(PoisonError::into_inner).places.len()
    }

    /// Whether none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Laid {
    fn replace(&mut self, dataset: &str, release: Option<&Release>) {
        if let Some(place) = self.places.remove(dataset)
            && let Some(entry) = self.entries.get_mut(index(place))
        {
            entry.is_alive = false;
        }
        if let Some(release) = release {
            self.lay(release);
        }
        let dead = self.entries.len() - self.places.len();
        if dead > DEAD_MIN && dead * DEAD_SHARE > self.entries.len() {
            self.words.forget(|place| self.entries.get(index(place)).is_some_and(|entry| entry.is_alive));
        }
    }

    fn lay(&mut self, release: &Release) {
        let place = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        let metadata = &release.metadata;
        let values = Facet::ALL.map(|facet| {
            let names = facet.values(release);
            names.into_iter().filter_map(|name| self.names.get_mut(facet.at()).map(|known| known.number(name))).collect()
        });
        let title = if metadata.title.zh.is_empty() { &metadata.title.en } else { &metadata.title.zh };
        self.entries.push(Entry {
            id: release.dataset.to_string(),
            slug: release.slug.clone(),
            title: title.clone(),
            created_ms: release.created_ms,
            modified_ms: release.at_ms,
            values,
            is_alive: true,
        });
        self.places.insert(release.dataset.to_string(), place);
        let mut texts = vec![
            (8, metadata.title.zh.as_str()),
            (8, metadata.title.en.as_str()),
            (2, release.organ_name.zh.as_str()),
            (2, release.organ_name.en.as_str()),
            (1, metadata.notes.zh.as_str()),
            (1, metadata.notes.en.as_str()),
            (2, release.slug.as_str()),
        ];
        texts.extend(metadata.tags.iter().map(|tag| (4, tag.as_str())));
        for resource in &release.resources {
            texts.push((1, &resource.name.zh));
            texts.push((1, &resource.name.en));
            texts.extend(resource.fields.iter().map(|field| (1, field.field.name.as_str())));
        }
        self.words.add(place, &texts);
    }

    fn search(&self, asked: &Asked) -> Found {
        let filters: Vec<(usize, Vec<u32>, bool)> = asked.wanted.iter().map(|wanted| self.filter(wanted)).collect();
        let passes = |entry: &Entry| {
            entry.is_alive
                && asked.modified.is_none_or(|(from, until)| (from..=until).contains(&entry.modified_ms))
                && filters.iter().all(|(at, numbers, not)| {
                    let has = entry.values.get(*at).is_some_and(|values| values.iter().any(|value| numbers.contains(value)));
                    has != *not
                })
        };
        let mut matches: Vec<(u32, u32)> = match self.words.find(&asked.words) {
            Some(found) => found.into_iter().filter(|(place, _)| self.entries.get(index(*place)).is_some_and(passes)).collect(),
            None => {
                let all = self.entries.iter().enumerate().filter(|(_, entry)| passes(entry));
                all.filter_map(|(place, _)| u32::try_from(place).ok()).map(|place| (place, 0)).collect()
            }
        };
        let count = matches.len();
        let facets = asked.facets.iter().map(|facet| (*facet, self.counted(*facet, &matches, asked.facet_values))).collect();
        let end = asked.start.saturating_add(asked.rows).min(count);
        if end > 0 && end < count {
            // Only the page asked for has to be in order.
            matches.select_nth_unstable_by(end - 1, |one, other| self.compare(asked.order, *one, *other));
            matches.truncate(end);
        }
        matches.sort_unstable_by(|one, other| self.compare(asked.order, *one, *other));
        let page = matches.get(asked.start.min(end)..end).unwrap_or_default();
        let ids = page.iter().filter_map(|(place, _)| self.entries.get(index(*place))).map(|entry| entry.id.clone()).collect();
        Found { count, ids, facets }
    }

    fn filter(&self, wanted: &Wanted) -> (usize, Vec<u32>, bool) {
        let at = wanted.facet.at();
        let number = |name: &String| self.names.get(at).and_then(|known| known.numbers.get(name)).copied();
        (at, wanted.any_of.iter().filter_map(number).collect(), wanted.not)
    }

    fn counted(&self, facet: Facet, matches: &[(u32, u32)], values_max: usize) -> Vec<(String, u32)> {
        let at = facet.at();
        let Some(known) = self.names.get(at) else { return Vec::new() };
        let mut counts = vec![0_u32; known.names.len()];
        for (place, _) in matches {
            let values = self.entries.get(index(*place)).and_then(|entry| entry.values.get(at));
            for value in values.into_iter().flat_map(|values| values.iter()) {
                if let Some(count) = counts.get_mut(index(*value)) {
                    *count += 1;
                }
            }
        }
        let mut named: Vec<(usize, u32)> = counts.into_iter().enumerate().filter(|(_, count)| *count > 0).collect();
        let name = |at: usize| known.names.get(at).map(String::as_str).unwrap_or_default();
        named.sort_unstable_by(|(a, x), (b, y)| y.cmp(x).then_with(|| name(*a).cmp(name(*b))));
        named.truncate(values_max.min(FACET_VALUES_MAX));
        named.into_iter().map(|(at, count)| (name(at).to_owned(), count)).collect()
    }

    fn compare(&self, order: Order, one: (u32, u32), other: (u32, u32)) -> std::cmp::Ordering {
        let (Some(a), Some(b)) = (self.entries.get(index(one.0)), self.entries.get(index(other.0))) else { return one.cmp(&other) };
        let newest = || b.modified_ms.cmp(&a.modified_ms).then_with(|| b.id.cmp(&a.id));
        match order {
            Order::Score => other.1.cmp(&one.1).then_with(newest),
            Order::Modified => newest(),
            Order::ModifiedAscending => newest().reverse(),
            Order::Created => b.created_ms.cmp(&a.created_ms).then_with(newest),
            Order::Title => a.title.cmp(&b.title).then_with(newest),
            Order::Slug => a.slug.cmp(&b.slug),
        }
    }
}

fn index(place: u32) -> usize {
    usize::try_from(place).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests;
