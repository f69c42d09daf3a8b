use maud::{Markup, Render, html};

use crate::html::{Attributes, Content, Tag};

/// One cell of a table.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    /// What it shows.
    pub content: Content,
    /// `numeric` sets it to the right.
    pub format: String,
    /// Columns it spans; 0 is one.
    pub colspan: u16,
    /// Rows it spans; 0 is one.
    pub rowspan: u16,
    /// Extra classes.
    pub classes: String,
    /// Extra attributes.
    pub attributes: Attributes,
}

impl Cell {
    /// A cell.
    pub fn new(content: impl Into<Content>) -> Cell {
        Cell { content: content.into(), ..Cell::default() }
    }

    /// A cell with a number.
    pub fn number(content: impl Into<Content>) -> Cell {
        Cell { content: content.into(), format: "numeric".to_owned(), ..Cell::default() }
    }

    fn spans(&self, tag: Tag) -> Tag {
        let some = |count: u16| if count == 0 { String::new() } else { count.to_string() };
        tag.some("colspan", &some(self.colspan)).some("rowspan", &some(self.rowspan)).attrs(&self.attributes)
    }

    fn format_class(&self, prefix: &str) -> String {
        if self.format.is_empty() { String::new() } else { format!("{prefix}--{}", self.format) }
    }

    fn head(&self) -> Markup {
        let class = self.format_class("govuk-table__header");
        self.spans(Tag::new("th").attr("scope", "col").class(&["govuk-table__header", &class, &self.classes])).wrap(&self.content)
    }

    fn row_header(&self) -> Markup {
        self.spans(Tag::new("th").attr("scope", "row").class(&["govuk-table__header", &self.classes])).wrap(&self.content)
    }

    fn data(&self) -> Markup {
        let class = self.format_class("govuk-table__cell");
        self.spans(Tag::new("td").class(&["govuk-table__cell", &class, &self.classes])).wrap(&self.content)
    }
}

/// A table of data. Never for layout.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// What the table shows.
    pub caption: String,
    /// Classes of the caption.
    pub caption_classes: String,
    /// The column heads; `None` leaves out the head.
    pub head: Option<Vec<Cell>>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
    /// Whether the first cell names its row.
    pub first_cell_is_header: bool,
    /// Extra classes.
    pub classes: String,
    /// Extra attributes.
    pub attributes: Attributes,
}

impl Table {
    /// A table with a caption, column heads and rows.
    pub fn new(caption: impl Into<String>, head: Vec<Cell>, rows: Vec<Vec<Cell>>) -> Table {
        let caption_classes = "govuk-table__caption--m".to_owned();
        Table { caption: caption.into(), caption_classes, head: Some(head), rows, ..Table::default() }
    }

    /// Makes the first cell of each row its header.
    pub fn first_cell_is_header(mut self) -> Table {
        self.first_cell_is_header = true;
        self
    }

    /// The table in a region that scrolls sideways where it is too wide, reachable by keyboard. On a phone its rows stand as blocks, each value behind
    /// the name of its column, unless classes say what becomes of it.
    pub fn scrolling(mut self, label: &str) -> Markup {
        if self.classes.is_empty() {
            self = self.stacking();
        }
        html! { div.zs-table-scroll role="region" tabindex="0" aria-label=(label) { (self) } }
    }

    /// Rows stand as blocks on a phone.
    pub fn stacking(mut self) -> Table {
        self.classes = format!("{} zs-stacks", self.classes).trim_start().to_owned();
        let heads = self.head.as_deref().unwrap_or_default();
        for row in &mut self.rows {
            for (cell, head) in row.iter_mut().zip(heads) {
                if let Content::Text(name) = &head.content {
                    cell.attributes = std::mem::take(&mut cell.attributes).with("data-label", name);
                }
            }
        }
        self
    }

    fn row(&self, row: &[Cell]) -> Markup {
        html! {
            tr.govuk-table__row {
                @for (index, cell) in row.iter().enumerate() {
                    @if index == 0 && self.first_cell_is_header { (cell.row_header()) } @else { (cell.data()) }
                }
            }
        }
    }
}

impl Render for Table {
    fn render(&self) -> Markup {
        Tag::new("table").class(&["govuk-table", &self.classes]).attrs(&self.attributes).wrap(html! {
            @if !self.caption.is_empty() {
                (Tag::new("caption").class(&["govuk-table__caption", &self.caption_classes]).wrap(&self.caption))
            }
            @if let Some(head) = &self.head {
                thead.govuk-table__head { tr.govuk-table__row { @for cell in head { (cell.head()) } } }
            }
            tbody.govuk-table__body { @for row in &self.rows { (self.row(row)) } }
        })
    }
}
