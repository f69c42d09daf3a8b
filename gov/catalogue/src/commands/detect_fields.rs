//! 自动识别

use runner::{Command, Cx, Halt};
use serde::Serialize;

use super::loading::load;
use crate::detect::{Column, Finding, detect_all};
use crate::events::FieldsDetected;
use crate::model::ResourceId;

/// Values of one field, for the detector alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldSamples {
    /// Key of the item.
    pub item_key: String,
    /// Values.
    pub values: Vec<String>,
}

/// Lets the detector look at the fields of a resource. It suggests; a person decides. Samples may be personal: they are neither kept nor journalled.
#[derive(Clone, Debug, Serialize)]
pub struct DetectFields {
    /// The resource.
    pub resource: ResourceId,
    /// Samples, for as many fields as there are.
    #[serde(skip)]
    pub samples: Vec<FieldSamples>,
}

impl Command for DetectFields {
    type Outcome = Vec<(String, Finding)>;
    const ACTION: &'static str = "catalogue.grade";

    fn run(&self, cx: &mut Cx<'_>) -> Result<Vec<(String, Finding)>, Halt> {
        let resource = load(cx, &self.resource, None)?;
        let keys: Vec<String> = resource.content.items.iter().map(crate::model::InformationItem::key).collect();
        let samples_of = |key: &str| self.samples.iter().find(|field| field.item_key == key).map(|field| field.values.as_slice()).unwrap_or_default();
        let columns: Vec<Column<'_>> = resource
            .content
            .items
            .iter()
            .zip(&keys)
            .map(|(item, key)| Column { name: &item.name, title: &item.title, samples: samples_of(key) })
            .collect();
        let found = detect_all(&columns, resource.content.storage.records);
        let findings: Vec<(String, Finding)> = keys.into_iter().zip(found).collect();
        cx.record(self.resource.as_str(), &FieldsDetected { findings: findings.clone(), after: resource })?;
        Ok(findings)
    }
}
