#![allow(clippy::unwrap_used)]
use super::*;
use crate::model::dataset::Metadata;
use crate::model::words::Opening;
use i18n::Text;

fn release(number: u32, title: &str, tags: &[&str], theme: &str) -> Release {
    Release {
        dataset: crate::DatasetId::parse(&format!("dataset_{number:026}")).unwrap(),
        slug: format!("set-{number}"),
        organ: parties::OrganId::parse(&format!("organ_{:026}", number % 2)).unwrap(),
        organ_name: Text::new("云溪县交通运输局", "Transport"),
        division: parties::DivisionCode::parse("339921").unwrap(),
        metadata: Metadata {
            title: Text::same(title),
            notes: Text::same("说明文字"),
            themes: vec![theme.to_owned()],
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            licence: "open".into(),
            period: "daily".into(),
            opening: Opening::Unconditional,
            ..Metadata::default()
        },
        resources: Vec::new(),
        number: 1,
        created_ms: i64::from(number),
        at_ms: i64::from(number) * 10,
        changes: Text::default(),
        fingerprint: String::new(),
        harvested_from: String::new(),
    }
}

fn catalogue() -> Catalogue {
    let catalogue = Catalogue::default();
    catalogue.put(&release(1, "公交站点", &["公交", "站点"], "tran"));
    catalogue.put(&release(2, "空气质量日报", &["空气"], "envi"));
    catalogue.put(&release(3, "公交线路", &["公交"], "tran"));
    catalogue.put(&release(4, "公共厕所 Public toilets", &["厕所"], "regi"));
    catalogue
}

fn slugs(catalogue: &Catalogue, asked: Asked) -> Vec<String> {
    let found = catalogue.search(&Asked { rows: 100, ..asked });
    found.ids.iter().map(|id| id.trim_start_matches("dataset_").trim_start_matches('0').to_owned()).collect()
}

#[test]
fn all_words_must_be_found_and_titles_weigh_most() {
    let catalogue = catalogue();
    let words = |words: &str| slugs(&catalogue, Asked { words: words.into(), ..Asked::default() });
    assert_eq!(words("公交"), ["3", "1"]);
    assert_eq!(words("公交 站点"), ["1"]);
    assert_eq!(words("toilets"), ["4"]);
    assert_eq!(words("厕"), ["4"]);
    assert_eq!(words("交通运输局"), ["4", "3", "2", "1"]);
    assert_eq!(words("没有这个词"), Vec::<String>::new());
    assert_eq!(words("!!"), Vec::<String>::new());
    assert_eq!(words(" ").len(), 4);
}

#[test]
fn facets_count_what_matches() {
    let found = catalogue().search(&Asked { facets: vec![Facet::Theme, Facet::Tag], facet_values: 2, ..Asked::default() });
    assert_eq!((found.count, found.ids.len()), (4, 0));
    assert_eq!(found.facets[0].1, [("tran".to_owned(), 2), ("envi".to_owned(), 1)]);
    assert_eq!(found.facets[1].1[0], ("公交".to_owned(), 2));
}

#[test]
fn filters_hold_together_and_can_be_turned_round() {
    let catalogue = catalogue();
    let wanted = |facet, value: &str, not| Wanted { facet, any_of: vec![value.into()], not };
    let slugs = |wanted| slugs(&catalogue, Asked { wanted, order: Order::Slug, ..Asked::default() });
    assert_eq!(slugs(vec![wanted(Facet::Theme, "tran", false)]), ["1", "3"]);
    assert_eq!(slugs(vec![wanted(Facet::Theme, "tran", false), wanted(Facet::Tag, "站点", true)]), ["3"]);
    assert_eq!(slugs(vec![wanted(Facet::Theme, "none", false)]), Vec::<String>::new());
}

#[test]
fn pages_do_not_overlap_in_any_order() {
    let catalogue = catalogue();
    for order in [Order::Score, Order::Modified, Order::ModifiedAscending, Order::Created, Order::Title, Order::Slug] {
        let page = |start| catalogue.search(&Asked { order, start, rows: 2, ..Asked::default() }).ids;
        let mut all = [page(0), page(2)].concat();
        assert_eq!(all, catalogue.search(&Asked { order, rows: 10, ..Asked::default() }).ids, "{order:?}");
        all.sort();
        all.dedup();
        assert_eq!((all.len(), page(4).len()), (4, 0));
    }
}

#[test]
fn a_new_release_takes_the_place_of_the_old_one() {
    let catalogue = catalogue();
    for _ in 0..DEAD_MIN * 3 {
        catalogue.put(&release(1, "地铁站点", &["地铁"], "tran"));
    }
    assert_eq!(catalogue.len(), 4);
    let words = |words: &str| slugs(&catalogue, Asked { words: words.into(), ..Asked::default() });
    assert_eq!((words("公交"), words("地铁")), (vec!["3".to_owned()], vec!["1".to_owned()]));
}
