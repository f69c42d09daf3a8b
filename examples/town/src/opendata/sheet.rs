//! A table about to become a CSV file.

use clock::Date;

/// A column with what it means.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    /// Name in the header.
    pub(super) name: &'static str,
    /// Chinese and English.
    pub(super) title: (&'static str, &'static str),
    /// Unit; empty where there is none.
    pub(super) unit: &'static str,
    /// Whether it counts people or cases.
    pub(super) counts: bool,
}

pub(super) const fn column(name: &'static str, zh: &'static str, en: &'static str, unit: &'static str) -> Column {
    Column { name, title: (zh, en), unit, counts: false }
}

/// A column that counts people or cases.
pub(super) const fn count(name: &'static str, zh: &'static str, en: &'static str) -> Column {
    Column { name, title: (zh, en), unit: "", counts: true }
}

/// A table with the days it covers.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Vec<String>>,
    pub(super) from: Option<Date>,
    pub(super) until: Option<Date>,
}

impl Sheet {
    pub(super) fn csv(&self) -> Vec<u8> {
        let mut text = String::new();
        let header: Vec<&str> = self.columns.iter().map(|column| column.name).collect();
        text.push_str(&header.join(","));
        text.push('\n');
        for row in &self.rows {
            // No value of these tables holds a comma, a quote or a line break.
            text.push_str(&row.join(","));
            text.push('\n');
        }
        text.into_bytes()
    }
}

/// `12.3` from tenths.
pub(super) fn tenths(value: i64) -> String {
    format!("{}.{}", value.div_euclid(10), value.rem_euclid(10))
}
