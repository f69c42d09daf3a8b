//! A file of a dataset, with what stands in its columns.

use i18n::Text;
use serde::{Deserialize, Serialize};
use tables::{Field, Kind};

use super::ResourceId;

/// The form of tables for those who count with them.
pub const PARQUET: &str = "Parquet";
/// What follows the identifier of a file where its table is meant as Parquet.
pub const AS_PARQUET: &str = "-parquet";

/// A column of the data dictionary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataField {
    /// Name, kind, and whether it is indexed.
    #[serde(flatten)]
    pub field: Field,
    /// What it is called.
    #[serde(default)]
    pub title: Text,
    /// What it means, in which unit.
    #[serde(default)]
    pub note: Text,
    /// Whether it narrows down who somebody is, together with others: year of birth, street, occupation (准标识符).
    #[serde(default)]
    pub quasi: bool,
    /// Whether it counts people or cases, so that small numbers give somebody away.
    #[serde(default)]
    pub counts: bool,
    /// The law by which names or addresses in it are public; empty when there is none.
    #[serde(default)]
    pub public_by: String,
}

impl DataField {
    /// A field with nothing said about it.
    #[must_use]
    pub fn plain(field: Field) -> Self {
        Self { field, title: Text::default(), note: Text::default(), quasi: false, counts: false, public_by: String::new() }
    }
}

/// 数据文件 (distribution).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resource {
    /// Identifier; stays the same over versions.
    pub id: ResourceId,
    /// Its name.
    pub name: Text,
    /// What is in it.
    #[serde(default)]
    pub note: Text,
    /// `CSV`, `JSON`, `GeoJSON`, `PDF`, …
    pub format: String,
    /// Name of the stored file; none for one that lies elsewhere.
    pub blob: Option<String>,
    /// Where it lies, if elsewhere.
    #[serde(default)]
    pub url: String,
    /// Size.
    pub size_bytes: u64,
    /// The columns, for CSV.
    #[serde(default)]
    pub fields: Vec<DataField>,
    /// Rows, for CSV; known after the scan.
    #[serde(default)]
    pub rows: Option<u64>,
    /// When the file was put in, in milliseconds since 1970.
    pub at_ms: i64,
}

impl Resource {
    /// Whether its rows can be questioned.
    #[must_use]
    pub fn is_table(&self) -> bool {
        self.format.eq_ignore_ascii_case("csv") && self.blob.is_some() && !self.fields.is_empty()
    }

    /// In which forms the file is offered, each under its identifier: as it is, and a table also as Parquet, which is made when it is first asked for.
    #[must_use]
    pub fn offered(&self) -> Vec<(String, Self)> {
        let mut offered = vec![(self.id.to_string(), self.clone())];
        if self.is_table() {
            let parquet = Self { format: PARQUET.to_owned(), blob: None, fields: Vec::new(), size_bytes: 0, ..self.clone() };
            offered.push((format!("{}{AS_PARQUET}", self.id), parquet));
        }
        offered
    }

    /// The columns as the table has them.
    #[must_use]
    pub fn table_fields(&self) -> Vec<Field> {
        self.fields.iter().map(|field| field.field.clone()).collect()
    }

    /// Under which name its table lies on the shelf: by what is in the file, and by how it is read.
    #[must_use]
    pub fn table_key(&self) -> Option<String> {
        let blob = self.blob.as_deref()?;
        let read_as = serde_json::to_vec(&self.table_fields()).unwrap_or_default();
        let content = seal::hash::sm3(&[blob.as_bytes(), &[0], &read_as].concat());
        Some(seal::hash::to_hex(&content))
    }

    /// The fields of a longitude and a latitude, where there are such.
    #[must_use]
    pub fn coordinates(&self) -> Option<(&str, &str)> {
        let named = |names: &[&str]| {
            let fits = |field: &&DataField| field.field.kind.is_number() && names.iter().any(|name| field.field.name.eq_ignore_ascii_case(name));
            self.fields.iter().find(fits).map(|field| field.field.name.as_str())
        };
        Some((named(&["lon", "lng", "longitude", "经度"])?, named(&["lat", "latitude", "纬度"])?))
    }

    /// Fields whose kind is a number.
    pub fn numbers(&self) -> impl Iterator<Item = &DataField> {
        self.fields.iter().filter(|field| matches!(field.field.kind, Kind::Integer | Kind::Numeric))
    }

    /// The media type of the file.
    #[must_use]
    pub fn media_type(&self) -> &'static str {
        match self.format.to_ascii_lowercase().as_str() {
            "csv" => "text/csv",
            "json" => "application/json",
            "geojson" => "application/geo+json",
            "pdf" => "application/pdf",
            "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "parquet" => "application/vnd.apache.parquet",
            "xml" => "application/xml",
            "zip" => "application/zip",
            _ => "application/octet-stream",
        }
    }
}
