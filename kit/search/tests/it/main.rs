//! Searching a county's service items.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use proptest::prelude::*;
use search::{Doc, Error, Filter, Hits, Index, Synonyms};

const SYNONYMS: &str = r#"
"奶茶店" = ["餐饮", "开店"]
"老人补贴" = ["高龄津贴"]
"老人" = ["高龄", "老年"]
"摆摊" = ["个体工商户"]
"#;

fn doc(id: &str, title: &str, keywords: &[&str], body: &str, themes: &[&str]) -> Doc {
    Doc {
        id: id.into(),
        kind: "item".into(),
        title: title.into(),
        keywords: keywords.iter().map(|k| (*k).to_owned()).collect(),
        body: body.into(),
        facets: themes.iter().map(|t| ("theme".to_owned(), (*t).to_owned())).collect(),
    }
}

fn docs() -> Vec<Doc> {
    let mut docs = vec![
        doc(
            "shop",
            "个体工商户设立登记",
            &["开店", "执照", "营业执照"],
            "在本县从事经营活动的自然人，经登记为个体工商户，领取营业执照。",
            &["enterprise"],
        ),
        doc(
            "food",
            "食品经营许可",
            &["餐饮", "小饭馆"],
            "从事餐饮服务、食品销售的经营者，应当取得食品经营许可证。需先取得营业执照。",
            &["enterprise", "health"],
        ),
        doc("elder", "八十周岁以上老年人高龄津贴申领", &["高龄津贴", "敬老"], "本县户籍、年满八十周岁的老年人可按月领取高龄津贴。", &["person"]),
        doc("birth", "出生医学证明（首次签发）", &["出生证"], "新生儿出生后由助产机构签发。", &["person"]),
        doc("house", "不动产登记（首次登记）", &["房产证", "房本"], "房屋所有权首次登记。Real estate registration, form ＢＤ-12.", &["person"]),
        doc("pension", "城乡居民基本养老保险参保登记", &["养老", "社保"], "年满十六周岁的城乡居民可参加养老保险。", &["person"]),
        doc("fire", "公众聚集场所投入使用、营业前消防安全检查", &["消防"], "营业前向消防救援机构申请消防安全检查。", &["enterprise"]),
    ];
    let mut notice = doc("n1", "关于营业执照换发的通知", &[], "即日起换发营业执照。", &[]);
    notice.kind = "notice".into();
    docs.push(notice);
    docs
}

fn index() -> Index {
    let index = Index::new(Synonyms::from_toml(SYNONYMS).unwrap()).unwrap();
    for doc in docs() {
        index.put(&doc).unwrap();
    }
    index.commit().unwrap();
    index
}

fn ids(hits: &Hits) -> Vec<&str> {
    hits.hits.iter().map(|hit| hit.id.as_str()).collect()
}

fn first(index: &Index, query: &str) -> String {
    let hits = index.search(query, &[], 10, 0).unwrap();
    hits.hits.first().map(|hit| hit.id.clone()).unwrap_or_default()
}

#[test]
fn what_people_type_finds_the_item() {
    let index = index();
    for (query, id) in [
        ("高龄津贴", "elder"),
        ("津贴", "elder"),
        ("食品", "food"),
        ("食品经营许可证", "food"),
        ("出生证", "birth"),
        ("房本", "house"),
        ("消防检查", "fire"),
        ("养老保险怎么参保", "pension"),
        ("我要申请个体户执照", "shop"),
        ("real ESTATE", "house"),
        ("ｂｄ 12", "house"),
        ("不动产 登记", "house"),
        ("执照开店", "shop"),
    ] {
        assert_eq!(first(&index, query), id, "{query}");
    }
}

#[test]
fn synonyms_lead_to_the_words_of_the_documents() {
    let index = index();
    assert_eq!(first(&index, "老人补贴"), "elder");
    let hits = index.search("我想开一家奶茶店", &[], 10, 0).unwrap();
    assert!(ids(&hits).contains(&"food") && ids(&hits).contains(&"shop"), "{hits:?}");
    assert_eq!(first(&index, "摆摊"), "shop");
    // One way only.
    let plain = Index::new(Synonyms::none()).unwrap();
    docs().iter().for_each(|doc| plain.put(doc).unwrap());
    plain.commit().unwrap();
    assert_eq!(plain.search("摆摊", &[], 10, 0).unwrap().total, 0);
}

#[test]
fn title_counts_more_than_keywords_and_keywords_more_than_body() {
    let index = Index::new(Synonyms::none()).unwrap();
    index.put(&doc("body", "甲", &["乙"], "排水许可的办理", &[])).unwrap();
    index.put(&doc("keyword", "甲", &["排水许可"], "乙", &[])).unwrap();
    index.put(&doc("title", "排水许可", &["甲"], "乙", &[])).unwrap();
    index.commit().unwrap();
    assert_eq!(ids(&index.search("排水许可", &[], 10, 0).unwrap()), ["title", "keyword", "body"]);
}

#[test]
fn words_in_one_stretch_come_first() {
    let index = Index::new(Synonyms::none()).unwrap();
    index.put(&doc("apart", "许可排水", &[], "可排", &[])).unwrap();
    index.put(&doc("together", "排水许可", &[], "可排", &[])).unwrap();
    index.commit().unwrap();
    assert_eq!(ids(&index.search("排水许可", &[], 10, 0).unwrap()), ["together", "apart"]);
}

#[test]
fn one_character_is_looked_up_as_such() {
    let index = index();
    assert_eq!(ids(&index.search("房", &[], 10, 0).unwrap()), ["house"]);
    assert_eq!(index.search("龘", &[], 10, 0).unwrap().total, 0);
}

#[test]
fn filters_narrow_and_pages_continue() {
    let index = index();
    let items = Filter::one("kind", "item");
    assert_eq!(index.search("营业执照", &[], 10, 0).unwrap().total, 4);
    assert!(!ids(&index.search("营业执照", std::slice::from_ref(&items), 10, 0).unwrap()).contains(&"n1"));
    assert_eq!(ids(&index.search("营业执照", &[Filter::one("kind", "notice")], 10, 0).unwrap()), ["n1"]);
    let both = Filter { facet: "theme".into(), any_of: vec!["health".into(), "person".into()] };
    assert_eq!(index.search("", &[items, both], 10, 0).unwrap().total, 5);
    assert_eq!(index.search("", &[Filter { facet: "theme".into(), any_of: vec![] }], 10, 0).unwrap().total, 0);
    let (one, two) = (index.search("登记", &[], 1, 0).unwrap(), index.search("登记", &[], 1, 1).unwrap());
    assert_eq!((one.hits.len(), one.total, two.hits.len()), (1, 3, 1));
    assert_ne!(one.hits[0].id, two.hits[0].id);
}

#[test]
fn changes_are_seen_after_the_commit() {
    let index = index();
    let mut changed = docs().remove(2);
    changed.title = "尊老金".into();
    index.put(&changed).unwrap();
    index.remove("birth");
    assert_eq!(first(&index, "出生证"), "birth");
    index.commit().unwrap();
    assert_eq!(first(&index, "尊老金"), "elder");
    assert_eq!(index.search("出生证", &[], 10, 0).unwrap().total, 0);
    assert_eq!(index.len(), 7);
    index.remove("never");
    index.commit().unwrap();
    assert!(!index.is_empty());
}

#[test]
fn the_snippet_marks_what_was_sought() {
    let index = index();
    let hits = index.search("老人补贴", &[], 1, 0).unwrap();
    assert!(hits.hits[0].snippet.iter().any(|s| s.hit && s.text == "高龄津贴"), "{hits:?}");
    assert!(hits.hits[0].score > 0.0 && hits.hits[0].title.contains("高龄津贴"));
}

#[test]
fn an_index_in_a_directory_remembers_its_position() {
    let directory = tempfile::tempdir().unwrap();
    {
        let index = Index::open(directory.path(), Synonyms::none()).unwrap();
        assert_eq!(index.position().unwrap(), 0);
        index.put(&docs()[0]).unwrap();
        index.commit_at(42).unwrap();
        index.commit().unwrap();
    }
    let index = Index::open(directory.path(), Synonyms::none()).unwrap();
    assert_eq!((index.position().unwrap(), index.len()), (42, 1));
    assert_eq!(first(&index, "个体工商户"), "shop");
}

#[test]
fn an_index_of_another_layout_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    drop(Index::open(directory.path(), Synonyms::none()).unwrap());
    let meta = directory.path().join("meta.json");
    let text = std::fs::read_to_string(&meta).unwrap().replace("\"characters\"", "\"letters\"");
    std::fs::write(&meta, text).unwrap();
    assert!(matches!(Index::open(directory.path(), Synonyms::none()), Err(Error::Outdated)));
}

#[test]
fn hostile_queries_find_something_or_nothing() {
    let index = index();
    let long = "执照".repeat(5_000);
    for query in [
        "\"",
        "'",
        "(",
        ")",
        "_",
        "title:营业",
        "AND OR NOT",
        "a AND",
        "*",
        "?*",
        "[a TO b]",
        "{",
        "~2",
        "执照~",
        "^5",
        "\\",
        "--",
        "/x/",
        "\u{0}",
        "🙂",
        "%00",
        "'; drop table--",
        "<script>alert(1)</script>",
        "+-&&||!(){}[]^\"~*?:\\/",
        "\u{202e}执照",
        "的",
        "怎么",
        &long,
        "é",
        "ǅ",
        "İ",
    ] {
        index.search(query, &[Filter::one("kind", query), Filter::one(query, query)], usize::MAX, usize::MAX).unwrap();
        index.search(query, &[], 0, 0).unwrap();
    }
    assert_eq!(index.search("!!!", &[], 10, 0).unwrap().total, 0);
    assert!(index.search("(营业执照\" OR", &[], 10, 0).unwrap().total > 0);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_indexed_and_any_query_answered(title in ".{0,20}", body in "\\PC{0,60}", query in ".{0,20}") {
        let index = Index::new(Synonyms::from_toml(SYNONYMS).unwrap()).unwrap();
        index.put(&doc("x", &title, &[&body], &body, &[&query])).unwrap();
        index.commit().unwrap();
        for sought in [&query, &title, &body] {
            let hits = index.search(sought, &[], 10, 0).unwrap();
            prop_assert!(hits.total <= 1);
        }
        let has_words = title.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        prop_assert!(!has_words || index.search(&title, &[], 10, 0).unwrap().total == 1, "{}", title);
    }
}
