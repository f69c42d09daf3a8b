//! Which chart suits a file, and how it is drawn.

use std::fmt::Write as _;

use i18n::Lang;
use opendata::{DataField, Resource};
use tables::{Answer, Cell, Kind};

use super::{say, text};

pub(super) const WIDTH: u32 = 720;
pub(super) const HEIGHT: u32 = 320;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 700.0;
const TOP: f64 = 40.0;
const BOTTOM: f64 = 280.0;
const LINES_MAX: usize = 4;
const BARS_MAX: usize = 12;
/// Told apart by dashes too: colour never carries meaning alone.
const STROKES: [(&str, &str); LINES_MAX] = [("#1d70b8", ""), ("#d4351c", "8 4"), ("#00703c", "2 4"), ("#4c2c92", "12 4 2 4")];

/// What the chart shows.
pub(super) enum Plan<'f> {
    /// A number over time, a line for each group.
    Lines { time: &'f DataField, group: Option<&'f DataField>, value: &'f DataField },
    /// How many rows have each value.
    Bars { group: &'f DataField },
}

/// The chart for a file, if one suits it.
pub(super) fn plan(file: &Resource) -> Option<Plan<'_>> {
    let coordinates = file.coordinates();
    let is_coordinate = |field: &DataField| coordinates.is_some_and(|(lon, lat)| field.field.name == lon || field.field.name == lat);
    let time = file.fields.iter().find(|field| matches!(field.field.kind, Kind::Date | Kind::Timestamp) || field.field.name == "year");
    let value = file.numbers().find(|field| !is_coordinate(field) && field.field.name != "year");
    let group = file.fields.iter().find(|field| field.field.kind == Kind::Text && field.field.indexed && !is_label(field));
    match (time, value, group) {
        (Some(time), Some(value), group) => Some(Plan::Lines { time, group, value }),
        (None, _, Some(group)) => Some(Plan::Bars { group }),
        _ => None,
    }
}

/// Names and codes differ from row to row: nothing to group by.
fn is_label(field: &DataField) -> bool {
    ["code", "name", "id", "address", "编号", "名称", "地址"].contains(&field.field.name.as_str())
}

fn title(lang: Lang, field: &DataField) -> String {
    let title = text(lang, &field.title);
    if title.is_empty() { field.field.name.clone() } else { title.to_owned() }
}

fn quoted(field: &DataField) -> String {
    format!("\"{}\"", field.field.name.replace('"', "\"\""))
}

impl Plan<'_> {
    /// In words, for people who do not see it.
    pub(super) fn describe(&self, lang: Lang) -> String {
        match self {
            Plan::Lines { time, group, value } => {
                let by = group.map(|group| format!("{}{}", say(lang, "，分", ", by "), title(lang, group))).unwrap_or_default();
                format!("{}{}{}{by}", title(lang, value), say(lang, "随", " over "), title(lang, time))
            }
            Plan::Bars { group } => format!("{}{}", say(lang, "各类数量，按", "numbers by "), title(lang, group)),
        }
    }

    /// The statement whose answer is drawn, over the table `t`.
    pub(super) fn sql(&self) -> String {
        match self {
            Plan::Lines { time, group, value } => {
                let group = group.map_or_else(|| "''".to_owned(), quoted);
                let (time, value) = (quoted(time), quoted(value));
                format!("select {time}, {group}, avg({value}) from t where {value} is not null and {time} is not null group by 1, 2 order by 1, 2")
            }
            Plan::Bars { group } => {
                let group = quoted(group);
                format!("select {group}, count(*) from t where {group} is not null group by 1 order by 2 desc, 1 limit {BARS_MAX}")
            }
        }
    }

    /// The picture of an answer.
    pub(super) fn draw(&self, lang: Lang, answer: &Answer) -> String {
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
             font-family=\"sans-serif\" font-size=\"13\" role=\"img\"><title>{}</title><rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>",
            escaped(&self.describe(lang))
        );
        match self {
            Plan::Lines { value, .. } => lines(&mut svg, &title(lang, value), answer),
            Plan::Bars { .. } => bars(&mut svg, answer),
        }
        svg.push_str("</svg>");
        svg
    }
}

pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn words(cell: Option<&Cell>) -> String {
    match cell {
        Some(Cell::Text(text)) => text.clone(),
        Some(Cell::Int(n)) => n.to_string(),
        Some(Cell::Real(x)) => x.to_string(),
        Some(Cell::Null) | None => String::new(),
    }
}

fn number(cell: Option<&Cell>) -> f64 {
    match cell {
        Some(Cell::Int(n)) => i32::try_from(*n).map_or(f64::from(i32::MAX), f64::from),
        Some(Cell::Real(x)) => *x,
        Some(Cell::Text(_) | Cell::Null) | None => 0.0,
    }
}

fn share(at: usize, of: usize) -> f64 {
    let part = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    if of == 0 { 0.0 } else { part(at) / part(of) }
}

fn lines(svg: &mut String, title: &str, answer: &Answer) {
    let mut times: Vec<String> = answer.rows.iter().map(|row| words(row.first())).collect();
    times.dedup();
    let mut groups: Vec<String> = answer.rows.iter().map(|row| words(row.get(1))).collect();
    groups.sort();
    groups.dedup();
    groups.truncate(LINES_MAX);
    let top = answer.rows.iter().map(|row| number(row.get(2))).fold(1.0_f64, f64::max);
    axes(svg, title, top);
    for (at, group) in groups.iter().enumerate() {
        let (stroke, dash) = STROKES.get(at).copied().unwrap_or_default();
        let mut points = String::new();
        for row in answer.rows.iter().filter(|row| words(row.get(1)) == *group) {
            let time = words(row.first());
            let place = times.binary_search(&time).unwrap_or(0);
            let x = LEFT + (RIGHT - LEFT) * share(place, times.len().saturating_sub(1));
            let y = BOTTOM - (BOTTOM - TOP) * number(row.get(2)) / top;
            // Writing into a text cannot fail, here and below.
            let _ = write!(points, "{x:.1},{y:.1} ");
        }
        let _ = write!(svg, "<polyline points=\"{points}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"2\" stroke-dasharray=\"{dash}\"/>");
        let x = LEFT + 150.0 * f64::from(u8::try_from(at).unwrap_or(0));
        let _ = write!(
            svg,
            "<line x1=\"{x}\" y1=\"308\" x2=\"{}\" y2=\"308\" stroke=\"{stroke}\" stroke-width=\"3\" stroke-dasharray=\"{dash}\"/>",
            x + 30.0
        );
        let _ = write!(svg, "<text x=\"{}\" y=\"312\">{}</text>", x + 36.0, escaped(group));
    }
    for (x, anchor, time) in [(LEFT, "start", times.first()), (RIGHT, "end", times.last())] {
        let _ = write!(svg, "<text x=\"{x}\" y=\"296\" text-anchor=\"{anchor}\">{}</text>", escaped(time.map_or("", String::as_str)));
    }
}

fn axes(svg: &mut String, title: &str, top: f64) {
    let _ = write!(svg, "<text x=\"8\" y=\"20\" font-weight=\"bold\">{}</text>", escaped(title));
    for step in 0..=4_u8 {
        let part = f64::from(step) / 4.0;
        let y = BOTTOM - (BOTTOM - TOP) * part;
        let _ = write!(svg, "<line x1=\"{LEFT}\" y1=\"{y}\" x2=\"{RIGHT}\" y2=\"{y}\" stroke=\"#b1b4b6\"/>");
        let _ = write!(svg, "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>", LEFT - 6.0, y + 4.0, rounded(top * part));
    }
}

fn rounded(value: f64) -> String {
    if value >= 100.0 || value == 0.0 { format!("{value:.0}") } else { format!("{value:.1}") }
}

fn bars(svg: &mut String, answer: &Answer) {
    let top = answer.rows.iter().map(|row| number(row.get(1))).fold(1.0_f64, f64::max);
    let height = (BOTTOM - 10.0) / f64::from(u8::try_from(answer.rows.len().max(1)).unwrap_or(u8::MAX));
    for (at, row) in answer.rows.iter().enumerate() {
        let y = 20.0 + height * f64::from(u8::try_from(at).unwrap_or(0));
        let width = (RIGHT - 240.0) * number(row.get(1)) / top;
        let middle = y + height / 2.0;
        let _ = write!(svg, "<text x=\"172\" y=\"{middle:.1}\" text-anchor=\"end\">{}</text>", escaped(&words(row.first())));
        let _ = write!(svg, "<rect x=\"180\" y=\"{:.1}\" width=\"{width:.1}\" height=\"{:.1}\" fill=\"#1d70b8\"/>", y + 1.0, (height - 4.0).max(1.0));
        let _ = write!(svg, "<text x=\"{:.1}\" y=\"{middle:.1}\">{}</text>", 186.0 + width, words(row.get(1)));
    }
}
