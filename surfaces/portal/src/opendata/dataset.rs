//! `/data/{slug}`: one dataset.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use gate::{App, PageError, Visitor, form_fields};
use i18n::Lang;
use maud::{Markup, html};
use opendata::{DataField, Dataset, Opening, PARQUET, Release, Resource, queries, words};
use ui::{Button, Cell, Crumb, Details, InsetText, SummaryList, SummaryRow, Table};

use super::list::named;
use super::preview::{Preview, preview};
use super::{chart, kept, picture, say, text};
use crate::public::view::{View, document, moment, param, query_string, send};

/// `GET /data/{slug}`; `?file=`, `?q=` and `?page=` choose the rows shown.
pub(super) async fn get(
    State(app): State<App>,
    visitor: Visitor,
    Path(slug): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let release = match kept::release(&app, &slug).await {
        Ok(release) => release,
        Err(PageError::NotFound) => return gone(&app, &visitor, slug).await,
        Err(error) => return Err(error),
    };
    let shown = match kept::table_of(&release, param(&pairs, "file")) {
        Some(file) => Preview::load(&app, file, &pairs).await?,
        None => None,
    };
    let lang = visitor.lang;
    let title = text(lang, &release.metadata.title).to_owned();
    let (account, dataset) = (visitor.actor.account.clone(), release.dataset.to_string());
    let follows = app.read(move |tx| Ok(queries::is_subscribed(tx, &account, &dataset)?)).await?;
    let body = html! {
        (body(lang, &app.settings.public_url, &release, shown.as_ref()))
        (together(&visitor, &release, follows))
    };
    Ok(send(&app, &visitor, View::new(title.as_str(), body).below(lang, crumbs(lang), &title)))
}

pub(super) fn crumbs(lang: Lang) -> Vec<Crumb> {
    vec![Crumb::link(say(lang, "开放数据", "Open data"), "/data")]
}

/// A dataset that was taken down says why; one that never was is not found.
async fn gone(app: &App, visitor: &Visitor, slug: String) -> Result<Response, PageError> {
    let found: Option<Dataset> = app.read(move |tx| Ok(queries::dataset(tx, &slug)?)).await?;
    let withdrawal = found.and_then(|dataset| dataset.withdrawal).ok_or(PageError::NotFound)?;
    let lang = visitor.lang;
    let title = say(lang, "这个数据集已经下架", "This dataset was taken down");
    let body = html! {
        h1.govuk-heading-l { (title) }
        (InsetText::new(text(lang, &withdrawal.reason)))
        p.govuk-body { (say(lang, "下架时间：", "Taken down: ")) (moment(lang, withdrawal.at_ms)) }
        p.govuk-body { a.govuk-link href="/data" { (say(lang, "查看其他数据集", "See other datasets")) } }
    };
    let view = View::new(title, body).below(lang, crumbs(lang), title).private();
    Ok((StatusCode::GONE, document(app, visitor, view)).into_response())
}

fn body(lang: Lang, base: &str, release: &Release, shown: Option<&Preview>) -> Markup {
    let metadata = &release.metadata;
    html! {
        h1.govuk-heading-l { (text(lang, &metadata.title)) }
        p.govuk-body-l { (text(lang, &metadata.notes)) }
        @if metadata.opening == Opening::Conditional {
            (InsetText::new(html! { strong { (say(lang, "有条件开放：", "Conditions: ")) } (text(lang, &metadata.terms)) }))
        }
        h2.govuk-heading-m { (say(lang, "下载", "Download")) }
        (files(lang, release))
        @if let Some(shown) = shown { (pictures(lang, release, &shown.file)) (preview(lang, release, shown)) }
        h2.govuk-heading-m { (say(lang, "数据说明", "About")) }
        (SummaryList::new(about(lang, release)))
        @for file in release.resources.iter().filter(|file| file.is_table()) { (dictionary(lang, file)) }
        @if let Some(file) = shown.map(|shown| &shown.file) { (snippets(lang, base, file)) }
    }
}

/// What one can do with the dataset besides reading it.
fn together(visitor: &Visitor, release: &Release, follows: bool) -> Markup {
    let lang = visitor.lang;
    let words = if follows { say(lang, "取消订阅", "Do not follow") } else { say(lang, "订阅更新", "Follow") };
    html! {
        h2.govuk-heading-m { (say(lang, "更多", "More")) }
        ul.govuk-list.govuk-list--bullet {
            li { a.govuk-link href={ "/data/" (release.slug) "/feedback" } { (say(lang, "对这个数据集的意见", "Feedback on this dataset")) } }
            @for (form, name) in [("ttl", "Turtle"), ("rdf", "RDF/XML"), ("jsonld", "JSON-LD")] {
                li { a.govuk-link href={ "/data/" (release.slug) "/dataset." (form) } { "DCAT-AP（" (name) "）" } }
            }
        }
        form method="post" action={ "/data/" (release.slug) "/follow" } {
            (form_fields(visitor))
            input type="hidden" name="follow" value=(if follows { "no" } else { "yes" });
            (Button::submit(words).secondary())
        }
    }
}

/// A size for people.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_024 => format!("{bytes} B"),
        1_024..1_048_576 => format!("{} KB", bytes / 1_024),
        _ => format!("{} MB", bytes / 1_048_576),
    }
}

fn files(lang: Lang, release: &Release) -> Markup {
    html! {
        ul.govuk-list {
            @for file in &release.resources {
                li {
                    strong { (text(lang, &file.name)) } " "
                    @if file.url.is_empty() {
                        a.govuk-link href=(path_of(release, file, &file.format)) { (file.format) "（" (size(file.size_bytes)) "）" }
                        @if file.is_table() {
                            " · " a.govuk-link href=(path_of(release, file, PARQUET)) { (PARQUET) }
                            " · " a.govuk-link href={ "/datastore/dump/" (file.id) "?format=json" } { "JSON" }
                            @if file.coordinates().is_some() { " · " a.govuk-link href={ "/datastore/dump/" (file.id) "?format=geojson" } { "GeoJSON" } }
                        }
                    } @else { a.govuk-link href=(file.url) rel="noopener noreferrer" { (file.format) "（" (say(lang, "站外", "elsewhere")) "）" } }
                }
            }
        }
    }
}

fn path_of(release: &Release, file: &Resource, format: &str) -> String {
    format!("/dataset/{}/resource/{}/download/{}.{}", release.dataset, file.id, release.slug, format.to_lowercase())
}

fn pictures(lang: Lang, release: &Release, file: &Resource) -> Markup {
    let address = |name: &str| format!("/data/{}/{name}{}", release.slug, query_string(&[("file", file.id.as_str()), ("lang", lang.code())]));
    let title = text(lang, &release.metadata.title);
    html! {
        @if file.coordinates().is_some() {
            h2.govuk-heading-m { (say(lang, "位置", "Map")) }
            @let alt = format!("{title}{}", say(lang, "：各点位置示意图，坐标见下表", ": positions of all points; coordinates are in the table below"));
            (picture::shown(&address("map.svg"), &alt))
        }
        @if let Some(plan) = chart::plan(file) {
            h2.govuk-heading-m { (say(lang, "图表", "Chart")) }
            @let below = say(lang, "，数值见下表", "; the numbers are in the table below");
            (picture::shown(&address("chart.svg"), &format!("{title}{}{}{below}", say(lang, "：", ": "), plan.describe(lang))))
        }
    }
}

fn about(lang: Lang, release: &Release) -> Vec<SummaryRow> {
    let metadata = &release.metadata;
    let licence = words::find(&words::LICENCES, &metadata.licence);
    let themes: Vec<String> = metadata.themes.iter().map(|code| named(lang, &words::THEMES, code)).collect();
    let mut rows = vec![
        SummaryRow::new(say(lang, "提供单位", "Published by"), text(lang, &release.organ_name)),
        SummaryRow::new(say(lang, "开放属性", "Opening"), metadata.opening.name().get(lang)),
        SummaryRow::new(
            say(lang, "许可", "Licence"),
            html! { @if let Some(word) = licence { (word.name().get(lang)) } @else { (metadata.licence) } },
        ),
        SummaryRow::new(say(lang, "更新周期", "Renewed"), named(lang, &words::PERIODS, &metadata.period)),
        SummaryRow::new(say(lang, "主题", "Themes"), themes.join("、")),
        SummaryRow::new(say(lang, "标签", "Tags"), metadata.tags.join("、")),
    ];
    if let (Some(from), Some(until)) = (metadata.from, metadata.until) {
        rows.push(SummaryRow::new(say(lang, "时间范围", "Time covered"), format!("{} – {}", i18n::date(lang, from), i18n::date(lang, until))));
    }
    if !metadata.contact.is_empty() {
        rows.push(SummaryRow::new(say(lang, "联系方式", "Contact"), metadata.contact.as_str()));
    }
    if !metadata.catalogue_code.is_empty() {
        rows.push(SummaryRow::new(say(lang, "目录编码", "Catalogue code"), metadata.catalogue_code.as_str()));
    }
    let versions = html! {
        (release.number) "（" (moment(lang, release.at_ms)) "） "
        a.govuk-link href={ "/data/" (release.slug) "/versions" } { (say(lang, "版本与变更", "Versions and changes")) }
    };
    rows.push(SummaryRow::new(say(lang, "版本", "Version"), versions));
    if metadata.computed.is_some() {
        let link = html! { a.govuk-link href={ "/data/" (release.slug) "/computed" } { (say(lang, "这是怎么算出来的", "How was this computed")) } };
        rows.push(SummaryRow::new(say(lang, "计算方法", "Computation"), link));
    }
    rows.push(SummaryRow::new(say(lang, "内容指纹（SM3）", "Fingerprint (SM3)"), html! { code { (release.fingerprint) } }));
    rows
}

fn dictionary(lang: Lang, file: &Resource) -> Markup {
    let head = [say(lang, "字段", "Field"), say(lang, "含义", "Meaning"), say(lang, "类型", "Kind"), say(lang, "说明", "Note")];
    let row = |field: &DataField| {
        vec![
            Cell::new(field.field.name.as_str()),
            Cell::new(text(lang, &field.title)),
            Cell::new(field.field.kind.as_str()),
            Cell::new(text(lang, &field.note)),
        ]
    };
    let caption = format!("{}{}", text(lang, &file.name), say(lang, "：数据字典", ": data dictionary"));
    let rows = file.fields.iter().map(row).collect();
    Table::new(caption.as_str(), head.map(Cell::new).to_vec(), rows).first_cell_is_header().scrolling(&caption)
}

fn snippets(lang: Lang, base: &str, file: &Resource) -> Markup {
    let id = file.id.as_str();
    let curl = format!("curl '{base}/api/3/action/datastore_search?resource_id={id}&limit=5'");
    let python = format!(
        "from ckanapi import RemoteCKAN\nsite = RemoteCKAN('{base}')\nrows = site.action.datastore_search(resource_id='{id}', limit=5)['records']"
    );
    let sql = format!("curl '{base}/api/3/action/datastore_search_sql' -d 'sql=SELECT count(*) FROM \"{id}\"'");
    let body = html! {
        p.govuk-body { "curl" } pre.zs-code tabindex="0" { code { (curl) } }
        p.govuk-body { "Python（ckanapi）" } pre.zs-code tabindex="0" { code { (python) } }
        p.govuk-body { "SQL" } pre.zs-code tabindex="0" { code { (sql) } }
        p.govuk-body { a.govuk-link href="/data/developers" { (say(lang, "接口说明", "About the interfaces")) } }
    };
    html! { (Details::new(say(lang, "通过接口使用", "Use it by programs"), body)) }
}
