//! In which entries a term stands, and how much it weighs there.

use std::collections::HashMap;

/// Terms of a question that are looked up.
const TERMS_MAX: usize = 64;

/// Entries by term, each with its weight; in the order of entries.
#[derive(Default)]
pub(super) struct Postings(HashMap<Box<str>, Vec<(u32, u32)>>);

impl Postings {
    /// An entry later than all before.
    pub(super) fn add(&mut self, place: u32, texts: &[(u32, &str)]) {
        let mut weights: HashMap<String, u32> = HashMap::new();
        for (weight, text) in texts {
            let singles = text.chars().filter(|c| !c.is_ascii() && c.is_alphanumeric()).map(String::from);
            // Single characters are found in what weighs most alone.
            let singles = singles.filter(|_| *weight >= 4);
            for term in tables::terms(text).into_iter().chain(singles) {
                let known = weights.entry(term).or_default();
                *known = (*known).max(*weight);
            }
        }
        for (term, weight) in weights {
            self.0.entry(term.into()).or_default().push((place, weight));
        }
    }

    /// Entries with all terms, and their weights together; `None` when nothing was asked for.
    pub(super) fn find(&self, words: &str) -> Option<Vec<(u32, u32)>> {
        let mut terms = tables::terms(words);
        terms.sort();
        terms.dedup();
        terms.truncate(TERMS_MAX);
        if terms.is_empty() {
            return if words.trim().is_empty() { None } else { Some(Vec::new()) };
        }
        let mut lists = Vec::with_capacity(terms.len());
        for term in &terms {
            let Some(list) = self.0.get(term.as_str()) else { return Some(Vec::new()) };
            lists.push(list.as_slice());
        }
        lists.sort_by_key(|list| list.len());
        let (first, rest) = lists.split_first()?;
        let weighed = first.iter().filter_map(|(place, weight)| {
            let mut sum = *weight;
            for list in rest {
                let at = list.binary_search_by_key(place, |(other, _)| *other).ok()?;
                sum += list.get(at)?.1;
            }
            Some((*place, sum))
        });
        Some(weighed.collect())
    }

    /// Drops entries that are dead.
    pub(super) fn forget(&mut self, is_alive: impl Fn(u32) -> bool) {
        for list in self.0.values_mut() {
            list.retain(|(place, _)| is_alive(*place));
        }
        self.0.retain(|_, list| !list.is_empty());
    }
}
