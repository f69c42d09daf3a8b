//! `/data`: search with facets.

use axum::extract::{Query, State};
use axum::response::Response;
use gate::{App, PageError, Visitor};
use i18n::Lang;
use maud::{Markup, html};
use opendata::index::{Asked, Facet, Found, Order, Wanted};
use opendata::{Release, Word, queries, words};
use ui::{Button, PageItem, PageLink, Pagination, SearchBox, Select, SelectItem};

use super::kept::catalogue;
use super::{say, text};
use crate::public::view::{View, moment, param, query_string, send};

const PAGE_SIZE: usize = 20;
const PAGE_MAX: usize = 500;
const QUERY_CHARS_MAX: usize = 100;
const FACET_VALUES: usize = 60;
const TAGS_SHOWN: usize = 20;

/// What was asked for.
struct Wish {
    q: String,
    organ: String,
    theme: String,
    format: String,
    tag: String,
    sort: String,
    page: usize,
}

struct Listed {
    found: Found,
    releases: Vec<Release>,
    organs: Vec<(String, i18n::Text)>,
}

/// `GET /data`
pub(super) async fn get(State(app): State<App>, visitor: Visitor, Query(pairs): Query<Vec<(String, String)>>) -> Result<Response, PageError> {
    let wish = Wish::read(&pairs);
    let asked = wish.asked();
    let kept = catalogue(&app)?;
    let listed = app.read(move |tx| {
        kept.follow(tx)?;
        let found = kept.search(&asked);
        let releases = queries::releases(tx, &found.ids)?;
        let organs = parties::organs(tx)?.into_iter().map(|organ| (organ.id.to_string(), organ.name)).collect();
        Ok(Listed { found, releases, organs })
    });
    let listed = listed.await?;
    let lang = visitor.lang;
    Ok(send(&app, &visitor, View::new(say(lang, "开放数据", "Open data"), body(lang, &wish, &listed)).below_home(lang)))
}

impl Wish {
    fn read(pairs: &[(String, String)]) -> Self {
        let get = |name: &str| param(pairs, name).trim().chars().take(QUERY_CHARS_MAX).collect::<String>();
        Self {
            q: get("q"),
            organ: get("organ"),
            theme: get("theme"),
            format: get("format"),
            tag: get("tag"),
            sort: get("sort"),
            page: param(pairs, "page").parse().unwrap_or(1).clamp(1, PAGE_MAX),
        }
    }

    fn asked(&self) -> Asked {
        let filters = [(Facet::Organ, &self.organ), (Facet::Theme, &self.theme), (Facet::Format, &self.format), (Facet::Tag, &self.tag)];
        let given = filters.into_iter().filter(|(_, value)| !value.is_empty());
        Asked {
            words: self.q.clone(),
            wanted: given.map(|(facet, value)| Wanted { facet, any_of: vec![value.clone()], not: false }).collect(),
            order: match self.sort.as_str() {
                "new" => Order::Modified,
                "title" => Order::Title,
                _ => Order::Score,
            },
            start: (self.page - 1) * PAGE_SIZE,
            rows: PAGE_SIZE,
            facets: vec![Facet::Organ, Facet::Theme, Facet::Format, Facet::Tag],
            facet_values: FACET_VALUES,
            ..Asked::default()
        }
    }

    fn href(&self, tag: &str, page: usize) -> String {
        let page = if page > 1 { page.to_string() } else { String::new() };
        let pairs: [(&str, &str); 7] = [
            ("q", self.q.as_str()),
            ("organ", &self.organ),
            ("theme", &self.theme),
            ("format", &self.format),
            ("tag", tag),
            ("sort", &self.sort),
            ("page", &page),
        ];
        format!("/data{}", query_string(&pairs))
    }

    fn is_narrowed(&self) -> bool {
        [&self.organ, &self.theme, &self.format, &self.tag].iter().any(|value| !value.is_empty())
    }
}

fn body(lang: Lang, wish: &Wish, listed: &Listed) -> Markup {
    let count = u64::try_from(listed.found.count).unwrap_or(u64::MAX);
    html! {
        h1.govuk-heading-l { (say(lang, "开放数据", "Open data")) }
        p.govuk-body-l { (say(
            lang,
            "政府部门依法开放的数据，任何人都可以免费查找、下载和通过接口使用。",
            "Data that public bodies open by law. Anybody may find, download and query them, free of charge.",
        )) }
        (SearchBox::new(lang, "/data", say(lang, "搜索数据集", "Search datasets")).value(wish.q.as_str())
            .placeholder(say(lang, "例如：公交站点、空气质量", "For example: bus stops, air quality")))
        (filters(lang, wish, listed))
        p.govuk-body role="status" {
            (i18n::count(lang, i64::try_from(count).unwrap_or(i64::MAX), "个数据集", "dataset", "datasets"))
            @if wish.is_narrowed() || !wish.q.is_empty() { " · " a.govuk-link href="/data" { (say(lang, "清除条件", "Clear")) } }
        }
        @if listed.releases.is_empty() { (nothing(lang)) } @else {
            h2.govuk-visually-hidden { (say(lang, "数据集列表", "Datasets")) }
            ul.zs-items { @for release in &listed.releases { (card(lang, release)) } }
            (pages(lang, wish, listed.found.count))
        }
        (tags(lang, wish, listed))
        h2.govuk-heading-m { (say(lang, "更多", "More")) }
        ul.govuk-list.govuk-list--bullet {
            li { a.govuk-link href="/data/requests" { (say(lang, "我需要的数据", "Ask for data")) } }
            li { a.govuk-link href="/data/reuses" { (say(lang, "数据应用展示", "What others made of it")) } }
            li { a.govuk-link href="/data/following" { (say(lang, "我订阅的数据集", "Datasets I follow")) } }
            li { a.govuk-link href="/data/developers" { (say(lang, "接口说明（CKAN 兼容接口、DCAT）", "Interfaces (CKAN Action API, DCAT)")) } }
        }
    }
}

fn values<'l>(listed: &'l Listed, wanted: Facet) -> &'l [(String, u32)] {
    listed.found.facets.iter().find(|(facet, _)| *facet == wanted).map(|(_, values)| values.as_slice()).unwrap_or_default()
}

fn filters(lang: Lang, wish: &Wish, listed: &Listed) -> Markup {
    let all = || vec![SelectItem::new("", say(lang, "全部", "All"))];
    let items = |facet: Facet, name: &dyn Fn(&str) -> String, chosen: &str| {
        let mut items = all();
        let counted = values(listed, facet);
        items.extend(counted.iter().map(|(value, count)| SelectItem::new(value.as_str(), format!("{}（{count}）", name(value)))));
        if !chosen.is_empty() && !counted.iter().any(|(value, _)| value == chosen) {
            items.push(SelectItem::new(chosen, format!("{}（0）", name(chosen))));
        }
        items
    };
    let organ = |id: &str| listed.organs.iter().find(|(known, _)| known == id).map_or_else(|| id.to_owned(), |(_, name)| text(lang, name).to_owned());
    let theme = |code: &str| named(lang, &words::THEMES, code);
    let same = |value: &str| value.to_owned();
    let sorts = vec![
        SelectItem::new("", say(lang, "最相关", "Best match")),
        SelectItem::new("new", say(lang, "最近更新", "Last renewed")),
        SelectItem::new("title", say(lang, "按标题", "By title")),
    ];
    html! {
        form.zs-narrow method="get" action="/data" {
            input type="hidden" name="q" value=(wish.q);
            @if !wish.tag.is_empty() { input type="hidden" name="tag" value=(wish.tag); }
            (Select::new("organ", say(lang, "提供单位", "Published by"), items(Facet::Organ, &organ, &wish.organ)).value(wish.organ.as_str()))
            (Select::new("theme", say(lang, "主题", "Theme"), items(Facet::Theme, &theme, &wish.theme)).value(wish.theme.as_str()))
            (Select::new("format", say(lang, "格式", "Format"), items(Facet::Format, &same, &wish.format)).value(wish.format.as_str()))
            (Select::new("sort", say(lang, "排序", "Order"), sorts).value(wish.sort.as_str()))
            (Button { content: say(lang, "筛选", "Narrow down").into(), ..Button::default() }.secondary())
        }
    }
}

/// The name of a word of a list.
pub(super) fn named(lang: Lang, list: &[Word], code: &str) -> String {
    words::find(list, code).map_or_else(|| code.to_owned(), |word| word.name().get(lang).to_owned())
}

fn card(lang: Lang, release: &Release) -> Markup {
    let metadata = &release.metadata;
    let rows: u64 = release.resources.iter().filter_map(|file| file.rows).sum();
    let mut formats: Vec<&str> = release.resources.iter().map(|file| file.format.as_str()).collect();
    formats.dedup();
    html! {
        li.zs-item {
            h3.zs-item__name { a.govuk-link href={ "/data/" (release.slug) } { (text(lang, &metadata.title)) } }
            p.zs-item__lead { (text(lang, &metadata.notes).chars().take(160).collect::<String>()) }
            ul.zs-facts {
                li { (text(lang, &release.organ_name)) }
                li { (named(lang, &words::PERIODS, &metadata.period)) }
                @if rows > 0 { li { (i18n::count(lang, i64::try_from(rows).unwrap_or(i64::MAX), "行", "row", "rows")) } }
                li { (formats.join(" ")) }
                li { (say(lang, "更新于", "renewed")) " " (moment(lang, release.at_ms)) }
            }
        }
    }
}

fn tags(lang: Lang, wish: &Wish, listed: &Listed) -> Markup {
    let counted = values(listed, Facet::Tag);
    html! {
        @if !counted.is_empty() {
            h2.govuk-heading-m { (say(lang, "标签", "Tags")) }
            ul.zs-facts {
                @for (tag, count) in counted.iter().take(TAGS_SHOWN) {
                    li { a.govuk-link href=(wish.href(tag, 1)) { (tag) } "（" (count) "）" }
                }
            }
        }
    }
}

fn nothing(lang: Lang) -> Markup {
    html! {
        div.zs-nothing {
            h2.govuk-heading-m { (say(lang, "没有找到数据集", "No dataset was found")) }
            ul.govuk-list.govuk-list--bullet {
                li { (say(lang, "换一个说法，或者只写一个关键词。", "Try other words, or one word only.")) }
                li { a.govuk-link href="/data" { (say(lang, "查看全部数据集", "See all datasets")) } }
            }
        }
    }
}

fn pages(lang: Lang, wish: &Wish, total: usize) -> Markup {
    let last = total.div_ceil(PAGE_SIZE).clamp(1, PAGE_MAX);
    if last < 2 {
        return Markup::default();
    }
    let now = wish.page;
    let href = |page: usize| wish.href(&wish.tag, page);
    let item = |number: usize| PageItem { number: number.to_string(), href: href(number), is_current: number == now, ..PageItem::default() };
    let near = (1..=last).filter(|number| *number == 1 || *number == last || number.abs_diff(now) < 3);
    html! {
        (Pagination {
            lang,
            previous: (now > 1).then(|| PageLink::new(href(now - 1))),
            next: (now < last).then(|| PageLink::new(href(now + 1))),
            items: Some(near.map(item).collect()),
            ..Pagination::default()
        })
    }
}
