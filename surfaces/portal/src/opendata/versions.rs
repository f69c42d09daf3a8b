//! `/data/{slug}/versions`: all releases, and what changed between two.

use std::collections::HashSet;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use gate::{App, PageError, Visitor};
use i18n::Lang;
use maud::{Markup, html};
use opendata::{Release, Resource, differences, queries};
use tables::{Cell as Value, Search};
use ui::{Cell, Crumb, Table};

use super::dataset::crumbs;
use super::preview::shown;
use super::{kept, say, text};
use crate::public::view::{View, moment, param, send};

/// Rows compared one by one; larger files are compared by their hashes.
const ROWS_COMPARED_MAX: u32 = 20_000;
const ROWS_SHOWN_MAX: usize = 50;

/// Rows of one file that are gone, and that are new.
struct Rows {
    name: String,
    gone: Vec<String>,
    new: Vec<String>,
}

/// `GET /data/{slug}/versions?from=&to=`
pub(super) async fn get(
    State(app): State<App>,
    visitor: Visitor,
    Path(slug): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let lang = visitor.lang;
    let name = slug.clone();
    let history = app.read(move |tx| Ok(queries::history(tx, &name)?)).await?;
    let latest = history.first().ok_or(PageError::NotFound)?;
    let number = |name: &str, otherwise: u32| param(&pairs, name).parse().unwrap_or(otherwise);
    let (from, to) = (number("from", latest.number.saturating_sub(1)), number("to", latest.number));
    let find = |number: u32| history.iter().find(|release| release.number == number);
    let mut compared = None;
    if let (Some(before), Some(after)) = (find(from), find(to)) {
        let mut rows = Vec::new();
        for file in after.resources.iter().filter(|file| file.is_table()) {
            if let Some(old) = before.resource(file.id.as_str()).filter(|old| old.is_table() && old.blob != file.blob) {
                rows.extend(changed_rows(&app, lang, old, file).await?);
            }
        }
        compared = Some((before, after, rows));
    }
    let title = say(lang, "版本与变更", "Versions and changes");
    let mut between = crumbs(lang);
    between.push(Crumb::link(text(lang, &latest.metadata.title), format!("/data/{slug}")));
    let body = body(lang, &slug, &history, compared.as_ref().map(|(before, after, rows)| (*before, *after, rows.as_slice())));
    Ok(send(&app, &visitor, View::new(title, body).below(lang, between, title)))
}

async fn changed_rows(app: &App, lang: Lang, old: &Resource, new: &Resource) -> Result<Option<Rows>, PageError> {
    if [old, new].iter().any(|file| file.rows.is_none_or(|rows| rows > u64::from(ROWS_COMPARED_MAX))) {
        return Ok(None);
    }
    let (Some(before), Some(after)) = (all(app, lang, old).await?, all(app, lang, new).await?) else { return Ok(None) };
    let only = |these: &[String], those: &[String]| {
        let known: HashSet<&String> = those.iter().collect();
        these.iter().filter(|row| !known.contains(row)).cloned().collect::<Vec<_>>()
    };
    Ok(Some(Rows { name: text(lang, &new.name).to_owned(), gone: only(&before, &after), new: only(&after, &before) }))
}

async fn all(app: &App, lang: Lang, file: &Resource) -> Result<Option<Vec<String>>, PageError> {
    let columns = file.fields.iter().map(|field| field.field.name.clone()).collect();
    let answer = kept::rows(app, file, Search { columns, limit: ROWS_COMPARED_MAX, ..Search::default() }).await?;
    let line = |row: &Vec<Value>| row.iter().map(|value| shown(lang, value, None)).collect::<Vec<_>>().join(" | ");
    Ok(answer.map(|answer| answer.rows.iter().map(line).collect()))
}

fn body(lang: Lang, slug: &str, history: &[Release], compared: Option<(&Release, &Release, &[Rows])>) -> Markup {
    let head = [say(lang, "版本", "Version"), say(lang, "发布时间", "Published"), say(lang, "变更说明", "Changes"), say(lang, "比较", "Compare")];
    let row = |release: &Release| {
        let before = release.number.saturating_sub(1);
        let compare = html! {
            @if before > 0 {
                a.govuk-link href={ "/data/" (slug) "/versions?from=" (before) "&to=" (release.number) } {
                    (say(lang, "与上一版比较", "with the one before"))
                }
            }
        };
        vec![
            Cell::new(release.number.to_string()),
            Cell::new(moment(lang, release.at_ms)),
            Cell::new(text(lang, &release.changes)),
            Cell::new(compare),
        ]
    };
    let caption = say(lang, "全部版本", "All versions");
    html! {
        h1.govuk-heading-l { (say(lang, "版本与变更", "Versions and changes")) }
        (Table::new(caption, head.map(Cell::new).to_vec(), history.iter().map(row).collect()).first_cell_is_header().scrolling(caption))
        @if let Some((before, after, rows)) = compared { (comparison(lang, before, after, rows)) }
    }
}

fn comparison(lang: Lang, before: &Release, after: &Release, rows: &[Rows]) -> Markup {
    let found = differences(before, after);
    let head = [say(lang, "项目", "What"), say(lang, "之前", "Before"), say(lang, "之后", "After")];
    let table = found.iter().map(|one| vec![Cell::new(one.place.get(lang)), Cell::new(one.before.as_str()), Cell::new(one.after.as_str())]).collect();
    let caption = format!("{} {} → {}", say(lang, "版本", "Version"), before.number, after.number);
    html! {
        h2.govuk-heading-m { (say(lang, "变更内容", "What changed")) }
        @if found.is_empty() && rows.is_empty() { p.govuk-body { (say(lang, "内容没有变化。", "Nothing changed.")) } } @else {
            (Table::new(caption.as_str(), head.map(Cell::new).to_vec(), table).first_cell_is_header().scrolling(&caption))
        }
        @for file in rows {
            h3.govuk-heading-s { (file.name) }
            (lines(say(lang, "删除的行", "Rows gone"), &file.gone))
            (lines(say(lang, "新增的行", "Rows new"), &file.new))
        }
    }
}

fn lines(heading: &str, lines: &[String]) -> Markup {
    html! {
        p.govuk-body { (heading) "：" (lines.len()) }
        @if !lines.is_empty() {
            ul.govuk-list.govuk-list--bullet { @for line in lines.iter().take(ROWS_SHOWN_MAX) { li { (line) } } }
            @if lines.len() > ROWS_SHOWN_MAX { p.govuk-body { "…" } }
        }
    }
}
