//! What was published, and what changed between two releases.

use i18n::Text;
use parties::{DivisionCode, OrganId};
use serde::{Deserialize, Serialize};

use super::DatasetId;
use super::dataset::{Dataset, Metadata};
use super::resource::Resource;

/// A published version of a dataset. Never changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// The dataset.
    pub dataset: DatasetId,
    /// Name in addresses.
    pub slug: String,
    /// The organ that answers for it.
    pub organ: OrganId,
    /// Its name at that time.
    pub organ_name: Text,
    /// Its division.
    pub division: DivisionCode,
    /// What is said about it.
    pub metadata: Metadata,
    /// Its files.
    pub resources: Vec<Resource>,
    /// From 1.
    pub number: u32,
    /// First release, in milliseconds since 1970.
    pub created_ms: i64,
    /// This release, in milliseconds since 1970.
    pub at_ms: i64,
    /// What changed, as the organ says.
    #[serde(default)]
    pub changes: Text,
    /// SM3 of everything that was approved.
    pub fingerprint: String,
    /// Where it was harvested from; empty for our own.
    #[serde(default)]
    pub harvested_from: String,
}

impl Release {
    pub(crate) fn of(dataset: &Dataset, organ_name: Text, created_ms: i64, at_ms: i64, changes: Text) -> Self {
        Self {
            dataset: dataset.id.clone(),
            slug: dataset.slug.clone(),
            organ: dataset.organ.clone(),
            organ_name,
            division: dataset.division,
            metadata: dataset.metadata.clone(),
            resources: dataset.resources.clone(),
            number: dataset.release + 1,
            created_ms,
            at_ms,
            changes,
            fingerprint: dataset.fingerprint(),
            harvested_from: dataset.harvested_from.clone(),
        }
    }

    /// The file with an identifier.
    #[must_use]
    pub fn resource(&self, id: &str) -> Option<&Resource> {
        self.resources.iter().find(|resource| resource.id.as_str() == id)
    }
}

/// One difference between two releases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Where.
    pub place: Text,
    /// Before; empty for what is new.
    pub before: String,
    /// After; empty for what is gone.
    pub after: String,
}

/// What changed between two releases of a dataset, apart from rows.
#[must_use]
pub fn differences(before: &Release, after: &Release) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut note = |zh: String, en: String, before: String, after: String| {
        if before != after {
            found.push(Difference { place: Text::new(zh, en), before, after });
        }
    };
    let (old, new) = (&before.metadata, &after.metadata);
    let mut said = |zh: &str, en: &str, before: String, after: String| note(zh.to_owned(), en.to_owned(), before, after);
    said("标题", "Title", old.title.zh.clone(), new.title.zh.clone());
    said("说明", "Description", old.notes.zh.clone(), new.notes.zh.clone());
    said("主题", "Themes", old.themes.join("、"), new.themes.join("、"));
    said("标签", "Tags", old.tags.join("、"), new.tags.join("、"));
    said("许可", "Licence", old.licence.clone(), new.licence.clone());
    said("更新周期", "Renewed", old.period.clone(), new.period.clone());
    let days = |metadata: &Metadata| [metadata.from, metadata.until].iter().flatten().map(ToString::to_string).collect::<Vec<_>>().join(" – ");
    said("时间范围", "Time covered", days(old), days(new));
    for resource in &before.resources {
        let now = after.resource(resource.id.as_str());
        let name = &resource.name;
        let about = |zh: &str, en: &str| (format!("{}：{zh}", name.zh), format!("{}: {en}", name.en));
        let Some(now) = now else {
            let (zh, en) = about("文件", "file");
            note(zh, en, resource.format.clone(), String::new());
            continue;
        };
        for (zh, en, before, after) in [
            ("行数", "rows", rows(resource), rows(now)),
            ("字段", "fields", fields(resource), fields(now)),
            ("文件哈希", "hash of the file", resource.blob.clone().unwrap_or_default(), now.blob.clone().unwrap_or_default()),
        ] {
            let (zh, en) = about(zh, en);
            note(zh, en, before, after);
        }
    }
    for resource in after.resources.iter().filter(|resource| before.resource(resource.id.as_str()).is_none()) {
        note(format!("{}：文件", resource.name.zh), format!("{}: file", resource.name.en), String::new(), resource.format.clone());
    }
    found
}

fn rows(resource: &Resource) -> String {
    resource.rows.map(|rows| rows.to_string()).unwrap_or_default()
}

fn fields(resource: &Resource) -> String {
    resource.fields.iter().map(|field| field.field.name.as_str()).collect::<Vec<_>>().join("、")
}
