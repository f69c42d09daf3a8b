//! Resources of different departments that hold the same items: candidates for one source (一数一源).

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

/// What is compared of one resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The resource.
    pub resource: String,
    /// Its provider.
    pub organ: String,
    /// Keys of its items, each once.
    pub keys: Vec<String>,
}

/// Two resources of different departments with the same items.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair {
    /// One.
    pub first: String,
    /// The other.
    pub second: String,
    /// Keys that both have, sorted.
    pub shared: Vec<String>,
    /// Shared keys of all keys of both, in percent.
    pub likeness_percent: u32,
}

/// Fewer items in common are no sign.
pub const SHARED_ITEMS_MIN: usize = 3;
/// Less likeness is no sign.
pub const LIKENESS_PERCENT_MIN: u32 = 50;
/// An item in more resources than this (such as 备注) says nothing about two of them.
const RESOURCES_PER_ITEM_MAX: usize = 400;

/// All pairs that are alike, the most alike first. Takes time in proportion to the pairs that share an item.
#[must_use]
pub fn pairs(compared: &[Compared]) -> Vec<Pair> {
    let mut by_key: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, one) in compared.iter().enumerate() {
        for key in &one.keys {
            by_key.entry(key).or_default().push(at);
        }
    }
    let mut common: HashMap<(usize, usize), Vec<&str>> = HashMap::new();
    for (key, holders) in by_key.iter().filter(|(_, holders)| holders.len() <= RESOURCES_PER_ITEM_MAX) {
        for (nth, first) in holders.iter().enumerate() {
            for second in holders.iter().skip(nth + 1) {
                let organs = (compared.get(*first), compared.get(*second));
                if organs.0.map(|one| &one.organ) != organs.1.map(|one| &one.organ) {
                    common.entry((*first, *second)).or_default().push(key);
                }
            }
        }
    }
    let mut found: Vec<Pair> = common.into_iter().filter_map(|(places, shared)| pair(compared, places, shared)).collect();
    found.sort_by(|a, b| b.likeness_percent.cmp(&a.likeness_percent).then_with(|| (&a.first, &a.second).cmp(&(&b.first, &b.second))));
    found
}

fn pair(compared: &[Compared], places: (usize, usize), shared: Vec<&str>) -> Option<Pair> {
    let (first, second) = (compared.get(places.0)?, compared.get(places.1)?);
    let all = first.keys.len() + second.keys.len() - shared.len().min(second.keys.len());
    let likeness_percent = u32::try_from(shared.len() * 100 / all.max(1)).ok()?;
    if shared.len() < SHARED_ITEMS_MIN || likeness_percent < LIKENESS_PERCENT_MIN {
        return None;
    }
    let mut shared: Vec<String> = shared.into_iter().map(str::to_owned).collect();
    shared.sort_unstable();
    Some(Pair { first: first.resource.clone(), second: second.resource.clone(), shared, likeness_percent })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(resource: &str, organ: &str, keys: &[&str]) -> Compared {
        Compared { resource: resource.into(), organ: organ.into(), keys: keys.iter().map(|key| (*key).to_owned()).collect() }
    }

    #[test]
    fn the_same_items_in_two_departments_are_found() {
        let compared = [
            one("a", "health", &["姓名", "公民身份号码", "出生日期", "出生地点"]),
            one("b", "police", &["姓名", "公民身份号码", "出生日期", "住址"]),
            one("c", "police", &["姓名", "公民身份号码", "出生日期", "住址"]),
            one("d", "tax", &["姓名", "公民身份号码", "税种", "税额", "期间", "状态"]),
        ];
        let found: Vec<_> = pairs(&compared).into_iter().map(|pair| (pair.first, pair.second, pair.shared.len(), pair.likeness_percent)).collect();
        assert_eq!(found, [("a".to_owned(), "b".to_owned(), 3, 60), ("a".to_owned(), "c".to_owned(), 3, 60)]);
    }

    #[test]
    fn one_department_alone_has_no_duplicates_across_departments() {
        let compared = [one("a", "x", &["1", "2", "3"]), one("b", "x", &["1", "2", "3"])];
        assert_eq!(pairs(&compared), Vec::new());
    }
}
