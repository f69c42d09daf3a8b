//! Rows of a file, page by page.

use gate::{App, PageError};
use i18n::Lang;
use maud::{Markup, html};
use opendata::{Release, Resource};
use tables::{Answer, Cell as Value, Kind, Search, Sought};
use ui::{Cell, PageLink, Pagination, SearchBox, Table};

use super::{kept, say, text};
use crate::public::view::{param, query_string};

const ROWS: u32 = 10;
const PAGE_MAX: u32 = 10_000;
const QUERY_CHARS_MAX: usize = 60;

/// The rows shown, and what was asked for.
pub(super) struct Preview {
    pub(super) file: Resource,
    q: String,
    page: u32,
    answer: Answer,
}

impl Preview {
    pub(super) async fn load(app: &App, file: &Resource, pairs: &[(String, String)]) -> Result<Option<Self>, PageError> {
        let q: String = param(pairs, "q").trim().chars().take(QUERY_CHARS_MAX).collect();
        let page = param(pairs, "page").parse().unwrap_or(1).clamp(1, PAGE_MAX);
        let words = if q.is_empty() { Vec::new() } else { vec![Sought { field: None, text: q.clone() }] };
        let search = Search {
            columns: file.fields.iter().map(|field| field.field.name.clone()).collect(),
            words,
            limit: ROWS,
            offset: (page - 1) * ROWS,
            count: true,
            ..Search::default()
        };
        let answer = kept::rows(app, file, search).await?;
        Ok(answer.map(|answer| Self { file: file.clone(), q, page, answer }))
    }

    fn href(&self, release: &Release, page: u32) -> String {
        let page = page.to_string();
        let query = query_string(&[("file", self.file.id.as_str()), ("q", &self.q), ("page", &page)]);
        format!("/data/{}{query}#rows", release.slug)
    }
}

/// A value as text for people.
pub(super) fn shown(lang: Lang, value: &Value, kind: Option<Kind>) -> String {
    match (value, kind) {
        (Value::Null, _) => String::new(),
        (Value::Int(n), Some(Kind::Boolean)) => (if *n == 0 { say(lang, "否", "no") } else { say(lang, "是", "yes") }).to_owned(),
        (Value::Int(n), _) => n.to_string(),
        (Value::Real(x), _) => x.to_string(),
        (Value::Text(text), _) => text.clone(),
    }
}

pub(super) fn preview(lang: Lang, release: &Release, preview: &Preview) -> Markup {
    let answer = &preview.answer;
    let title = |name: &str| {
        let field = preview.file.fields.iter().find(|field| field.field.name == name);
        field.map(|field| text(lang, &field.title).to_owned()).filter(|title| !title.is_empty()).unwrap_or_else(|| name.to_owned())
    };
    let is_number = |kind: Option<Kind>| kind.is_some_and(Kind::is_number);
    let head = answer.columns.iter().map(|column| match is_number(column.kind) {
        true => Cell::number(title(&column.name)),
        false => Cell::new(title(&column.name)),
    });
    let row = |row: &Vec<Value>| {
        let cells = row.iter().zip(&answer.columns).map(|(value, column)| match is_number(column.kind) {
            true => Cell::number(shown(lang, value, column.kind)),
            false => Cell::new(shown(lang, value, column.kind)),
        });
        cells.collect::<Vec<Cell>>()
    };
    let total = answer.total.unwrap_or(0);
    let count = i18n::count(lang, i64::try_from(total).unwrap_or(i64::MAX), "行", "row", "rows");
    let caption = format!("{}（{count}）", text(lang, &preview.file.name));
    let last = total.div_ceil(u64::from(ROWS));
    html! {
        h2.govuk-heading-m id="rows" { (say(lang, "数据预览", "Rows")) }
        (SearchBox::new(lang, format!("/data/{}", release.slug), say(lang, "在数据中查找", "Look among the rows")).value(preview.q.as_str()))
        @if answer.rows.is_empty() { p.govuk-body role="status" { (say(lang, "没有符合条件的行。", "No row fits.")) } } @else {
            (Table::new(caption.as_str(), head.collect(), answer.rows.iter().map(row).collect()).scrolling(&caption))
            (Pagination {
                lang,
                previous: (preview.page > 1).then(|| PageLink::new(preview.href(release, preview.page - 1))),
                next: (u64::from(preview.page) < last).then(|| PageLink::new(preview.href(release, preview.page + 1))),
                ..Pagination::default()
            })
        }
    }
}
