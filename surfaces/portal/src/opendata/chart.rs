//! Which chart suits a file, and how it is drawn: wide, and narrow for a phone.

use std::fmt::Write as _;

use i18n::Lang;
use opendata::{DataField, Resource};
use tables::{Answer, Cell, Kind};

use super::picture::Sheet;
use super::{say, text};

const LEFT: f64 = 64.0;
const TOP: f64 = 40.0;
const BOTTOM: f64 = 280.0;
/// Room on the right of the axes, for the end of the last label.
const EDGE: f64 = 20.0;
const LEGEND_COLUMN: f64 = 140.0;
const LEGEND_LINE: f64 = 20.0;
const LINES_MAX: usize = 4;
const BARS_MAX: usize = 12;
const BAR_LINE: f64 = 23.0;
/// A bar under its own label, where there is no room beside it.
const BAR_BELOW_LABEL: f64 = 42.0;
/// Room for the number behind a bar.
const NUMBER: f64 = 60.0;
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
    pub(super) fn draw(&self, lang: Lang, sheet: Sheet, answer: &Answer) -> String {
        let (drawn, height) = match self {
            Plan::Lines { value, .. } => lines(sheet, &title(lang, value), answer),
            Plan::Bars { .. } => bars(sheet, answer),
        };
        sheet.svg(height, &self.describe(lang), &drawn)
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

/// What is drawn, and how high it is.
fn lines(sheet: Sheet, title: &str, answer: &Answer) -> (String, f64) {
    let right = sheet.width() - EDGE;
    let mut svg = String::new();
    let mut times: Vec<String> = answer.rows.iter().map(|row| words(row.first())).collect();
    times.dedup();
    let mut groups: Vec<String> = answer.rows.iter().map(|row| words(row.get(1))).collect();
    groups.sort();
    groups.dedup();
    groups.truncate(LINES_MAX);
    let top = answer.rows.iter().map(|row| number(row.get(2))).fold(1.0_f64, f64::max);
    axes(&mut svg, right, title, top);
    for (x, anchor, time) in [(LEFT, "start", times.first()), (right, "end", times.last())] {
        // Writing into a text cannot fail, here and below.
        let _ = write!(svg, "<text x=\"{x}\" y=\"296\" text-anchor=\"{anchor}\">{}</text>", escaped(time.map_or("", String::as_str)));
    }
    let mut place = (LEFT, BOTTOM + 32.0);
    for (group, (stroke, dash)) in groups.iter().zip(STROKES) {
        let mut points = String::new();
        for row in answer.rows.iter().filter(|row| words(row.get(1)) == *group) {
            let time = words(row.first());
            let at = times.binary_search(&time).unwrap_or(0);
            let x = LEFT + (right - LEFT) * share(at, times.len().saturating_sub(1));
            let y = BOTTOM - (BOTTOM - TOP) * number(row.get(2)) / top;
            let _ = write!(points, "{x:.1},{y:.1} ");
        }
        let _ = write!(svg, "<polyline points=\"{points}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"2\" stroke-dasharray=\"{dash}\"/>");
        if group.is_empty() {
            continue;
        }
        if place.0 + LEGEND_COLUMN > sheet.width() {
            place = (LEFT, place.1 + LEGEND_LINE);
        }
        legend(&mut svg, place, (stroke, dash), group);
        place.0 += LEGEND_COLUMN;
    }
    (svg, place.1 + 14.0)
}

fn legend(svg: &mut String, (x, y): (f64, f64), (stroke, dash): (&str, &str), group: &str) {
    let _ = write!(
        svg,
        "<line x1=\"{x}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" stroke=\"{stroke}\" stroke-width=\"3\" stroke-dasharray=\"{dash}\"/>",
        y - 4.0,
        x + 30.0,
        y - 4.0
    );
    let _ = write!(svg, "<text x=\"{}\" y=\"{y}\">{}</text>", x + 36.0, escaped(group));
}

fn axes(svg: &mut String, right: f64, title: &str, top: f64) {
    let _ = write!(svg, "<text x=\"8\" y=\"20\" font-weight=\"bold\">{}</text>", escaped(title));
    for step in 0..=4_u8 {
        let part = f64::from(step) / 4.0;
        let y = BOTTOM - (BOTTOM - TOP) * part;
        let _ = write!(svg, "<line x1=\"{LEFT}\" y1=\"{y}\" x2=\"{right}\" y2=\"{y}\" stroke=\"#b1b4b6\"/>");
        let _ = write!(svg, "<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>", LEFT - 6.0, y + 4.0, rounded(top * part));
    }
}

fn rounded(value: f64) -> String {
    if value >= 100.0 || value == 0.0 { format!("{value:.0}") } else { format!("{value:.1}") }
}

/// What is drawn, and how high it is.
fn bars(sheet: Sheet, answer: &Answer) -> (String, f64) {
    let mut svg = String::new();
    let top = answer.rows.iter().map(|row| number(row.get(1))).fold(1.0_f64, f64::max);
    let (left, line) = match sheet {
        Sheet::Wide => (180.0, BAR_LINE),
        Sheet::Narrow => (8.0, BAR_BELOW_LABEL),
    };
    let mut y = 12.0;
    for row in &answer.rows {
        let (label, bar) = match sheet {
            Sheet::Wide => (format!("x=\"{}\" y=\"{:.1}\" text-anchor=\"end\"", left - 8.0, y + 15.0), y),
            Sheet::Narrow => (format!("x=\"{left}\" y=\"{:.1}\"", y + 13.0), y + 18.0),
        };
        let width = (sheet.width() - left - NUMBER) * number(row.get(1)) / top;
        let _ = write!(svg, "<text {label}>{}</text>", escaped(&words(row.first())));
        let _ = write!(svg, "<rect x=\"{left}\" y=\"{bar:.1}\" width=\"{width:.1}\" height=\"19\" fill=\"#1d70b8\"/>");
        let _ = write!(svg, "<text x=\"{:.1}\" y=\"{:.1}\">{}</text>", left + width + 6.0, bar + 14.0, words(row.get(1)));
        y += line;
    }
    (svg, y + 8.0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use tables::Column;

    fn answer(rows: &[(&str, &str, f64)]) -> Answer {
        let column = |name: &str| Column { name: name.to_owned(), kind: None };
        let row =
            |(time, group, value): &(&str, &str, f64)| vec![Cell::Text((*time).to_owned()), Cell::Text((*group).to_owned()), Cell::Real(*value)];
        Answer { columns: ["t", "g", "v"].map(column).to_vec(), rows: rows.iter().map(row).collect(), total: None, is_cut: false }
    }

    /// Every number after `name="`.
    fn numbers(svg: &str, name: &str) -> Vec<f64> {
        svg.split(&format!(" {name}=\"")).skip(1).map(|part| part.split('"').next().unwrap().parse().unwrap()).collect()
    }

    #[test]
    fn everything_lies_on_the_sheet_wide_and_narrow() {
        let groups = answer(&[("2026-01", "城关镇", 5.0), ("2026-01", "溪口街道", 4.0), ("2026-01", "白石镇", 3.0), ("2026-02", "石门乡", 1.0)]);
        for sheet in [Sheet::Wide, Sheet::Narrow] {
            let (svg, height) = lines(sheet, "数", &groups);
            assert!(["x", "x1", "x2"].iter().flat_map(|name| numbers(&svg, name)).all(|x| (0.0..=sheet.width() - 20.0).contains(&x)), "{svg}");
            assert!(["y", "y1", "y2"].iter().flat_map(|name| numbers(&svg, name)).all(|y| (0.0..=height).contains(&y)), "{svg}");
            assert_eq!(svg.matches("<polyline").count(), 4);
        }
        assert!(lines(Sheet::Narrow, "数", &groups).1 > lines(Sheet::Wide, "数", &groups).1, "the legend takes more lines");
    }

    #[test]
    fn a_label_stands_over_its_bar_where_there_is_no_room_beside_it() {
        let towns = Answer { rows: vec![vec![Cell::Text("云溪县城关镇中心卫生院".into()), Cell::Int(40)]], ..answer(&[]) };
        let (narrow, _) = bars(Sheet::Narrow, &towns);
        assert_eq!((numbers(&narrow, "width")[0], numbers(&narrow, "x")[0]), (Sheet::Narrow.width() - 68.0, 8.0));
        assert!(bars(Sheet::Wide, &towns).0.contains("text-anchor=\"end\""));
    }
}
