//! `/figures/readings`: how often organs read personal data, for what, month by month, and how often secrecy was ordered. Small cells are kept
//! back, so that nobody can be told from a figure.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Extension;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use clock::Date;
use gate::{App, PageError, Visitor};
use i18n::Lang;
use maud::{Markup, html};
use registers::{MonthReadings, ReadingLine};
use serde::Deserialize;
use ui::{Cell, InsetText, Table};

use super::texts::{fill, t};
use super::view::{View, moment, send};

/// A month is counted anew after so long.
const KEPT_MS: i64 = 600_000;
/// Months that can be asked for, the present one included.
const MONTHS: usize = 12;

/// Which month.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    month: String,
}

/// The figures of a month, and when they were counted.
#[derive(Clone, Debug)]
pub(crate) struct MonthFigures {
    pub(crate) readings: MonthReadings,
    pub(crate) at_ms: i64,
}

/// Figures that were counted within the last minutes, by month.
#[derive(Clone, Debug, Default)]
pub(crate) struct ReadingsCache(Arc<Mutex<BTreeMap<Date, Arc<MonthFigures>>>>);

impl ReadingsCache {
    async fn get(&self, app: &App, month: Date) -> Result<Arc<MonthFigures>, PageError> {
        let now_ms = app.now_ms();
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&month).cloned();
        if let Some(kept) = kept.filter(|kept| (0..KEPT_MS).contains(&(now_ms - kept.at_ms))) {
            return Ok(kept);
        }
        let readings = app.read(move |tx| registers::readings_of_month(tx, month)).await?;
        let figures = Arc::new(MonthFigures { readings, at_ms: now_ms });
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, kept| (0..KEPT_MS).contains(&(now_ms - kept.at_ms)));
        all.insert(month, Arc::clone(&figures));
        Ok(figures)
    }
}

/// `GET /figures/readings`
pub(crate) async fn get(
    State(app): State<App>,
    Extension(cache): Extension<ReadingsCache>,
    Query(asked): Query<Asked>,
    visitor: Visitor,
) -> Result<Response, PageError> {
    let months = months(app.today());
    let month = chosen(&months, &asked.month)?;
    let figures = cache.get(&app, month).await?;
    Ok(send(&app, &visitor, view(visitor.lang, &months, month, &figures)))
}

/// `GET /figures/readings.csv`
pub(crate) async fn csv(
    State(app): State<App>,
    Extension(cache): Extension<ReadingsCache>,
    Query(asked): Query<Asked>,
) -> Result<Response, PageError> {
    let month = chosen(&months(app.today()), &asked.month)?;
    let figures = cache.get(&app, month).await?;
    let name = format!("attachment; filename=\"readings-{}.csv\"", label(month));
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8"), (header::CONTENT_DISPOSITION, name.as_str())], table_of(month, &figures)).into_response())
}

/// The months that can be asked for, newest first, by their first days.
fn months(today: Date) -> Vec<Date> {
    let mut months = vec![today.first_of_month()];
    while months.len() < MONTHS {
        let Some(before) = months.last().and_then(|first| first.yesterday().ok()) else { break };
        months.push(before.first_of_month());
    }
    months
}

fn chosen(months: &[Date], wanted: &str) -> Result<Date, PageError> {
    let found = if wanted.is_empty() { months.first() } else { months.iter().find(|month| label(**month) == wanted) };
    found.copied().ok_or(PageError::NotFound)
}

fn label(month: Date) -> String {
    format!("{}-{:02}", month.year(), month.month())
}

pub(crate) fn view(lang: Lang, months: &[Date], month: Date, figures: &MonthFigures) -> View {
    View::new(t(lang, "p.readings.title"), body(lang, months, month, figures)).below_home(lang)
}

fn body(lang: Lang, months: &[Date], month: Date, figures: &MonthFigures) -> Markup {
    let total = figures.readings.total.map_or_else(|| t(lang, "p.readings.hidden").to_owned(), i18n::number);
    html! {
        h1.govuk-heading-l { (t(lang, "p.readings.title")) }
        p.govuk-body-l { (t(lang, "p.readings.lead")) }
        nav aria-label=(t(lang, "p.readings.months")) {
            ul.govuk-list { @for one in months {
                li {
                    @if *one == month { strong { (label(*one)) } }
                    @else { a.govuk-link href={ "/figures/readings?month=" (label(*one)) } { (label(*one)) } }
                }
            } }
        }
        dl.zs-figures__list {
            div { dt { (t(lang, "p.readings.all")) } dd { (total) } }
            div { dt { (t(lang, "p.readings.secrecy")) } dd { (i18n::number(figures.readings.secrecy)) } }
        }
        h2.govuk-heading-m { (fill(lang, "p.readings.of-month", &[("month", &label(month))])) }
        @if figures.readings.lines.is_empty() { p.govuk-body { (t(lang, "p.readings.none")) } } @else { (table(lang, &figures.readings.lines)) }
        (InsetText::new(t(lang, "p.readings.how")))
        p.govuk-body { a.govuk-link href={ "/figures/readings.csv?month=" (label(month)) } { (t(lang, "p.readings.csv")) } }
        p.govuk-body { (fill(lang, "p.home.counted-at", &[("at", &moment(lang, figures.at_ms))])) }
    }
}

fn table(lang: Lang, lines: &[ReadingLine]) -> Markup {
    let head = vec![Cell::new(t(lang, "p.readings.organ")), Cell::new(t(lang, "p.readings.purpose")), Cell::number(t(lang, "p.readings.count"))];
    let row = |line: &ReadingLine| {
        let count = line.count.map_or_else(|| t(lang, "p.readings.hidden").to_owned(), i18n::number);
        vec![Cell::new(line.organ.get(lang)), Cell::new(line.purpose.get(lang)), Cell::number(count)]
    };
    Table::new("", head, lines.iter().map(row).collect()).scrolling(t(lang, "p.readings.title"))
}

/// The same as a table for machines; kept back is empty. Names of organs and items hold neither quotation marks nor breaks, but are quoted.
fn table_of(month: Date, figures: &MonthFigures) -> String {
    let cell = |text: &str| format!("\"{}\"", text.replace('"', "\"\"").replace(['\n', '\r'], " "));
    let mut text = String::from("\u{feff}month,organ,purpose,readings\n");
    for line in &figures.readings.lines {
        let count = line.count.map(|count| count.to_string()).unwrap_or_default();
        text.push_str(&format!("{},{},{},{count}\n", label(month), cell(&line.organ.zh), cell(&line.purpose.zh)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_those_of_a_year_and_no_others() {
        let all = months("2026-02-17".parse().unwrap());
        assert_eq!((all.len(), label(all[0]).as_str(), label(all[11]).as_str()), (12, "2026-02", "2025-03"));
        assert!(chosen(&all, "2025-12").is_ok() && chosen(&all, "").is_ok_and(|month| month == all[0]));
        assert!(chosen(&all, "2025-02").is_err() && chosen(&all, "drop table").is_err());
    }

    #[test]
    fn what_is_kept_back_is_empty_in_the_table_for_machines() {
        let line = |count| ReadingLine { organ: i18n::Text::same("甲\"局"), purpose: i18n::Text::same("许可"), count };
        let figures = MonthFigures { readings: MonthReadings { lines: vec![line(Some(12)), line(None)], ..MonthReadings::default() }, at_ms: 0 };
        let text = table_of("2026-03-01".parse().unwrap(), &figures);
        assert!(text.ends_with("2026-03,\"甲\"\"局\",\"许可\",12\n2026-03,\"甲\"\"局\",\"许可\",\n"), "{text}");
    }
}
