//! Search terms of resources: pairs of Han characters, and words. In the database, so that what is committed is found at once by every process.

use std::collections::BTreeMap;

use store::{Bind, StoreError, Tx};

use super::statement::Statement;
use crate::model::{Content, ResourceCode, fold};

/// Terms of one resource, at most.
const TERMS_MAX: usize = 400;
/// Pieces of a query, at most; the rest is ignored.
const QUERY_TERMS_MAX: usize = 24;
const WEIGHT_NAME: i64 = 8;
const WEIGHT_ITEM: i64 = 3;
const WEIGHT_OTHER: i64 = 1;

/// The terms of a text: overlapping pairs of Han characters, a single one where it stands alone, and words of letters and digits.
pub fn terms_of(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let (mut word, mut han) = (String::new(), Vec::new());
    for c in text.chars().map(fold).chain(std::iter::once(' ')) {
        let is_han = matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFD}');
        if !is_han {
            pairs(&mut han, &mut found);
        }
        if c.is_alphanumeric() && !is_han {
            word.push(c);
        } else if !word.is_empty() {
            found.push(std::mem::take(&mut word));
        }
        if is_han {
            han.push(c);
        }
    }
    found
}

fn pairs(han: &mut Vec<char>, found: &mut Vec<String>) {
    match han.as_slice() {
        [] => {}
        [single] => found.push(single.to_string()),
        longer => found.extend(longer.windows(2).map(String::from_iter)),
    }
    han.clear();
}

/// Puts the terms of a resource in the place of what was there.
pub fn replace(tx: &mut Tx<'_>, resource: &str, content: &Content, code: &ResourceCode, organ_name: &str, is_new: bool) -> Result<(), StoreError> {
    let mut weights: BTreeMap<String, i64> = BTreeMap::new();
    let mut add = |text: &str, weight: i64| {
        for term in terms_of(text) {
            let entry = weights.entry(term).or_insert(weight);
            *entry = (*entry).max(weight);
        }
    };
    add(&content.name, WEIGHT_NAME);
    for single in content.name.chars().map(fold) {
        add(&single.to_string(), WEIGHT_NAME);
    }
    add(&code.to_string(), WEIGHT_NAME);
    for item in &content.items {
        add(&item.title, WEIGHT_ITEM);
        add(&item.name, WEIGHT_ITEM);
    }
    for text in [organ_name, &content.storage.system, &content.domain, &content.summary] {
        add(text, WEIGHT_OTHER);
    }
    let row = |(term, weight)| -> Vec<Box<dyn Bind>> { vec![Box::new(resource.to_owned()), Box::new(term), Box::new(weight)] };
    let rows: Vec<_> = weights.into_iter().take(TERMS_MAX).map(row).collect();
    if !is_new {
        tx.execute("delete from catalogue_term where resource = $1", &[&resource])?;
    }
    tx.insert_rows("insert into catalogue_term (resource, term, weight)", &rows)
}

/// A condition for resources that have every term of a query, with their scores: a derived table. `None` for a query without terms.
pub(super) fn matching(statement: &mut Statement, query: &str) -> Option<String> {
    let mut terms = terms_of(query);
    terms.sort_unstable();
    terms.dedup();
    terms.truncate(QUERY_TERMS_MAX);
    if terms.is_empty() {
        return None;
    }
    let count = statement.bind(i64::try_from(terms.len()).unwrap_or(i64::MAX));
    let names = statement.bind_all(terms);
    Some(format!(
        "(select resource, cast(sum(weight) as bigint) as score from catalogue_term where term in ({names}) group by resource having count(*) = {count})"
    ))
}

#[cfg(test)]
mod tests {
    use super::terms_of;

    #[test]
    fn han_is_indexed_in_pairs_and_the_rest_in_words() {
        assert_eq!(terms_of("食品经营ＩＤ卡 307013/000012"), ["食品", "品经", "经营", "id", "卡", "307013", "000012"]);
        assert_eq!(terms_of(" ，。"), Vec::<String>::new());
    }
}
