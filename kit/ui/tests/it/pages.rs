//! All pages × languages × skins: they render, have their landmarks, and every control has a label.
use i18n::Lang;
use ui::gallery;
use ui::layout::{Page, ProblemKind, Skin, offline, problem};

use crate::dom::normal_form;

fn pages() -> Vec<(String, Lang, Skin, String)> {
    let mut pages = Vec::new();
    for lang in Lang::ALL {
        for skin in Skin::ALL {
            for (name, page) in
                [("gallery", gallery::gallery(lang, skin)), ("form", gallery::sample_form(lang, skin)), ("home", gallery::sample_home(lang, skin))]
            {
                pages.push((format!("{name} {lang} {}", skin.code()), lang, skin, page.0));
            }
        }
        let site = gallery::sample_site();
        pages.push((format!("problem offline {lang}"), lang, Skin::Citizen, offline(&Page::new(&site, lang, "")).0));
        for kind in ProblemKind::ALL {
            let page = problem(&Page::new(&site, lang, ""), kind, "req-1");
            pages.push((format!("problem {} {lang}", kind.status()), lang, Skin::Citizen, page.0));
        }
    }
    pages
}

/// The values of an attribute in the normal form.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    html.match_indices(&start).map(|(at, _)| html[at + start.len()..].split_once('"').unwrap().0).collect()
}

#[test]
fn pages_have_landmarks_and_a_language() {
    for (name, lang, skin, html) in pages() {
        let page = normal_form(&html);
        assert!(page.contains(&format!("lang=\"{}\"", lang.code())), "{name}");
        for landmark in ["<main ", "<header ", "<title>", "href=\"#main-content\"", "<h1 "] {
            assert_eq!(page.matches(landmark).count(), 1, "{name}: {landmark}");
        }
        assert_eq!(page.contains("<footer"), skin != Skin::Staff, "{name}");
        assert_eq!(page.contains("<aside") && page.contains("tel:12345"), skin == Skin::Elder, "{name}");
    }
}

#[test]
fn ids_are_unique_and_every_reference_leads_to_one() {
    for (name, _, _, html) in pages() {
        let page = normal_form(&html);
        let mut ids = values(&page, "id");
        ids.sort_unstable();
        let count = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), count, "{name}: an id is used twice");
        let local = values(&page, "href").into_iter().filter_map(|href| href.strip_prefix('#')).filter(|id| id.len() > 1);
        let described = values(&page, "aria-describedby").into_iter().flat_map(str::split_whitespace);
        for id in local.chain(described).chain(values(&page, "for")).chain(values(&page, "aria-labelledby")) {
            assert!(ids.contains(&id), "{name}: nothing has the id {id}");
        }
    }
}

#[test]
fn every_control_has_a_label() {
    for (name, _, _, html) in pages() {
        let page = normal_form(&html);
        let labelled = values(&page, "for");
        for line in page.lines().map(str::trim).filter(|line| ["<input ", "<select ", "<textarea "].iter().any(|tag| line.starts_with(tag))) {
            if !line.contains("type=\"hidden\"") {
                let id = values(line, "id");
                assert!(id.len() == 1 && labelled.contains(&id[0]), "{name}: no label for {line}");
            }
        }
    }
}

#[test]
fn nothing_is_inline_and_nothing_comes_from_outside() {
    for (name, _, _, html) in pages() {
        let page = normal_form(&html);
        assert!(!page.contains(" style=") && !page.contains("<style"), "{name}: inline style");
        for handler in ["onclick", "onload", "onchange", "onsubmit", "javascript:"] {
            assert!(!page.contains(handler), "{name}: {handler}");
        }
        for source in values(&page, "src") {
            assert!(source.starts_with("/assets/"), "{name}: {source}");
        }
        for script in html.split("<script").skip(1) {
            assert!(script.split_once('>').unwrap().1.starts_with("</script>"), "{name}: inline script");
        }
        for line in page.lines().filter(|line| line.contains("<link ")) {
            assert!(values(line, "href")[0].starts_with("/assets/"), "{name}: {line}");
        }
    }
}

#[test]
fn english_pages_hold_no_chinese_of_ours() {
    // Names of languages and the registration numbers of the footer stay Chinese.
    let allowed = ["中文", "示例ICP备00000000号", "示例公网安备 00000000000000号"];
    for (name, lang, _, html) in pages().into_iter().filter(|(name, lang, ..)| *lang == Lang::En && !name.starts_with("problem")) {
        let page = allowed.iter().fold(normal_form(&html), |page, word| page.replace(word, ""));
        let chinese: String = page.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).collect();
        assert_eq!(chinese, "", "{name} {lang}");
    }
}

#[test]
fn a_signed_in_visitor_signs_out_by_post_with_the_hidden_field() {
    let page = gallery::gallery(Lang::ZhHans, Skin::Staff).0;
    assert!(
        page.contains(
            "<form class=\"zs-tools__sign-out\" method=\"post\" action=\"/sign-out\"><input type=\"hidden\" name=\"csrf\" value=\"sample\">"
        )
    );
}

#[test]
fn a_page_with_its_styles_and_scripts_stays_small() {
    // HTML, CSS and JavaScript compress at least three to one, so 300 KB stay under the 100 KB of a compressed page.
    for (name, _, skin, html) in pages() {
        let assets =
            html.split('"').filter_map(|part| part.strip_prefix(ui::assets::PREFIX)).filter(|path| path.ends_with("css") || path.ends_with("js"));
        let bytes: usize = assets.map(|path| ui::assets::get(path).expect("an embedded asset").bytes.len()).sum();
        let engine = ui::assets::get("vendor/govuk-frontend/6.6.0/govuk-frontend.min.js").unwrap().bytes.len();
        assert!(html.len() + bytes + engine < 300_000, "{name} {}: {} bytes", skin.code(), html.len() + bytes + engine);
    }
}
