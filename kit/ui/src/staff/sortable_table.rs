use maud::{Markup, Render, html};

use crate::components::Cell;
use crate::html::Content;

/// The order of a sorted column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SortDirection {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

impl SortDirection {
    fn aria(self) -> &'static str {
        match self {
            SortDirection::Ascending => "ascending",
            SortDirection::Descending => "descending",
        }
    }

    fn arrow(self) -> &'static str {
        match self {
            SortDirection::Ascending => "▲",
            SortDirection::Descending => "▼",
        }
    }
}

/// The head of one column.
#[derive(Debug, Clone, Default)]
pub struct SortColumn {
    /// Name.
    pub content: Content,
    /// The same list sorted by this column; empty where it cannot be sorted.
    pub href: String,
    /// The order, if the list is sorted by this column.
    pub sorted: Option<SortDirection>,
    /// Whether its cells are numbers.
    pub is_numeric: bool,
}

impl SortColumn {
    /// A column that cannot be sorted.
    pub fn fixed(content: impl Into<Content>) -> SortColumn {
        SortColumn { content: content.into(), ..SortColumn::default() }
    }

    /// A column that can be sorted.
    pub fn new(content: impl Into<Content>, href: impl Into<String>, sorted: Option<SortDirection>) -> SortColumn {
        SortColumn { content: content.into(), href: href.into(), sorted, is_numeric: false }
    }

    /// Says that its cells are numbers.
    pub fn numeric(mut self) -> SortColumn {
        self.is_numeric = true;
        self
    }
}

/// One row; its first link is what `j`, `k` and Enter act on.
pub type SortableRow = Vec<Cell>;

/// A list that is sorted by the server through links in the column heads; script only adds the keys.
#[derive(Debug, Clone, Default)]
pub struct SortableTable {
    /// What the table shows.
    pub caption: String,
    /// The column heads.
    pub columns: Vec<SortColumn>,
    /// The rows of this page.
    pub rows: Vec<SortableRow>,
    /// Said in place of rows when there are none.
    pub empty: Content,
}

impl Render for SortableTable {
    fn render(&self) -> Markup {
        html! {
            div.zs-table-scroll role="region" tabindex="0" aria-label=(self.caption) {
                table.govuk-table.zs-rows.zs-stacks data-module="zs-rows" {
                    caption.govuk-table__caption.govuk-visually-hidden { (self.caption) }
                    thead.govuk-table__head { tr.govuk-table__row { @for column in &self.columns { (head(column)) } } }
                    tbody.govuk-table__body {
                        @if self.rows.is_empty() {
                            tr.govuk-table__row { td.govuk-table__cell.zs-empty colspan=(self.columns.len()) { (self.empty) } }
                        }
                        @for row in &self.rows {
                            tr.govuk-table__row {
                                @for (cell, column) in row.iter().zip(&self.columns) { td class=(class(cell)) data-label=[label(column)] { (cell.content) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What stands before a value where a row is shown as a block.
fn label(column: &SortColumn) -> Option<&str> {
    match &column.content {
        Content::Text(text) => Some(text),
        Content::Empty | Content::Html(_) => None,
    }
}

fn class(cell: &Cell) -> String {
    let format = if cell.format.is_empty() { String::new() } else { format!(" govuk-table__cell--{}", cell.format) };
    format!("govuk-table__cell{format} {}", cell.classes).trim().to_owned()
}

fn head(column: &SortColumn) -> Markup {
    let class = if column.is_numeric { "govuk-table__header govuk-table__header--numeric" } else { "govuk-table__header" };
    let aria = if column.href.is_empty() { None } else { Some(column.sorted.map_or("none", SortDirection::aria)) };
    html! {
        th scope="col" class=(class) aria-sort=[aria] {
            @if column.href.is_empty() { (column.content) } @else {
                a.zs-sort href=(column.href) {
                    (column.content)
                    span.zs-sort__arrow aria-hidden="true" { (column.sorted.map_or("↕", SortDirection::arrow)) }
                }
            }
        }
    }
}
