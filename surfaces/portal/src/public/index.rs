//! The full-text index over the items.

use clock::Date;
use i18n::Lang;
use procedure::codes::Code;
use procedure::{Item, Library};
use search::{Doc, Index, Synonyms};

use super::catalogue::{Catalogue, Side, Theme};

const SYNONYMS: &str = include_str!("../../texts/synonyms.toml");

/// An index in memory over all items in force on a day, in both languages.
///
/// # Errors
/// The index's own faults.
pub fn index_items(library: &Library, on: Date) -> Result<Index, search::Error> {
    let index = Index::new(Synonyms::from_toml(SYNONYMS)?)?;
    reindex_items(&index, library, on)?;
    Ok(index)
}

/// Brings an index up to date after packages were published, retired or became valid.
///
/// # Errors
/// The index's own faults.
pub fn reindex_items(index: &Index, library: &Library, on: Date) -> Result<(), search::Error> {
    let catalogue = Catalogue::of(library, on);
    for id in known(index)?.iter().filter(|id| catalogue.find(slug_of(id)).is_none()) {
        index.remove(id);
    }
    for package in catalogue.packages() {
        for lang in Lang::ALL {
            index.put(&doc(lang, &package.item))?;
        }
    }
    index.commit()
}

/// The kind of documents that are items.
pub(crate) const KIND: &str = "item";
const PAGE_SIZE: usize = 100;

/// The ids of all items in the index.
fn known(index: &Index) -> Result<Vec<String>, search::Error> {
    let mut ids = Vec::new();
    loop {
        let found = index.search("", &[search::Filter::one("kind", KIND)], PAGE_SIZE, ids.len())?;
        let is_last = found.hits.len() < PAGE_SIZE;
        ids.extend(found.hits.into_iter().map(|hit| hit.id));
        if is_last {
            return Ok(ids);
        }
    }
}

/// The slug in the id of a document.
pub(crate) fn slug_of(id: &str) -> &str {
    id.split_once(':').map_or(id, |(_, slug)| slug)
}

fn doc(lang: Lang, item: &Item) -> Doc {
    let mut keywords = item.keywords.clone();
    keywords.push(item.name.get(lang.other()).to_owned());
    Doc {
        id: format!("{}:{}", lang.code(), item.slug),
        kind: KIND.to_owned(),
        title: item.name.get(lang).to_owned(),
        keywords,
        body: body(lang, item),
        facets: facets(lang, item),
    }
}

fn body(lang: Lang, item: &Item) -> String {
    let mut parts = vec![item.summary.get(lang).to_owned()];
    parts.extend(item.conditions.iter().map(|condition| condition.get(lang).to_owned()));
    parts.extend(item.materials.iter().map(|material| material.name.get(lang).to_owned()));
    parts.push(item.result.name.get(lang).to_owned());
    parts.extend(item.faqs.iter().map(|faq| format!("{} {}", faq.question.get(lang), faq.answer.get(lang))));
    parts.join("\n")
}

fn facets(lang: Lang, item: &Item) -> Vec<(String, String)> {
    let mut facets = vec![("lang".to_owned(), lang.code().to_owned())];
    for side in Side::ALL {
        if side.serves(item) {
            facets.push(("audience".to_owned(), side.code().to_owned()));
        }
        let themes = Theme::of_side(side).into_iter().filter(|theme| theme.holds(item));
        facets.extend(themes.map(|theme| ("theme".to_owned(), theme_value(theme))));
    }
    facets.extend(item.life_events.iter().map(|event| ("life-event".to_owned(), event.code().to_owned())));
    facets
}

/// `person-035`: the value of a theme in filters and addresses.
pub(crate) fn theme_value(theme: Theme) -> String {
    format!("{}-{}", theme.side().code(), theme.code())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::public::samples;
    use search::Filter;

    fn found(query: &str, filters: &[Filter]) -> Vec<String> {
        let index = Index::new(Synonyms::from_toml(SYNONYMS).unwrap()).unwrap();
        for package in samples::catalogue().packages() {
            for lang in Lang::ALL {
                index.put(&doc(lang, &package.item)).unwrap();
            }
        }
        index.commit().unwrap();
        let hits = index.search(query, filters, 10, 0).unwrap().hits;
        hits.iter().map(|hit| hit.id.clone()).collect()
    }

    #[test]
    fn people_find_items_by_their_own_words() {
        let zh = [Filter::one("lang", "zh-CN")];
        for (typed, slug) in [
            ("我想开奶茶店", "geti-shangpu-dengji"),
            ("营业执照", "geti-shangpu-dengji"),
            ("做烧烤要什么证", "shipin-jingying-xuke"),
            ("老人补贴", "gaoling-jintie"),
            ("噪音太大怎么投诉", "12345-suqiu"),
            ("business licence", "geti-shangpu-dengji"),
        ] {
            assert_eq!(found(typed, &zh).first().map(|id| slug_of(id).to_owned()), Some(slug.to_owned()), "{typed}");
        }
    }

    #[test]
    fn filters_narrow_by_audience_and_theme() {
        let legal = [Filter::one("lang", "en"), Filter::one("audience", "legal")];
        assert!(!found("", &legal).contains(&"en:gaoling-jintie".to_owned()));
        let theme = [Filter::one("lang", "zh-CN"), Filter::one("theme", "person-085")];
        assert_eq!(found("", &theme), ["zh-CN:gaoling-jintie"]);
    }
}
