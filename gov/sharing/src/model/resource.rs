//! What a decision needs to know about a resource of the catalogue, and who answers it.

use std::sync::Arc;

use i18n::Text;
use parties::DivisionCode;
use runner::{Fault, Halt};
use serde::{Deserialize, Serialize};
use store::Tx;

use super::grant::Method;

/// 共享属性.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ShareType {
    /// 无条件共享: to every organ, at once.
    Unconditional,
    /// 有条件共享: to organs and for purposes that the catalogue names.
    Conditional,
    /// 不予共享: by a law, an administrative regulation or a decision of the State Council.
    NotShared,
}

impl ShareType {
    /// Its code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unconditional => "unconditional",
            Self::Conditional => "conditional",
            Self::NotShared => "not-shared",
        }
    }

    /// In words.
    #[must_use]
    pub fn label(self) -> Text {
        match self {
            Self::Unconditional => Text::new("无条件共享", "Shared without condition"),
            Self::Conditional => Text::new("有条件共享", "Shared on condition"),
            Self::NotShared => Text::new("不予共享", "Not shared"),
        }
    }
}

/// A field of a resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResourceField {
    /// Name, as calls name it.
    pub name: String,
    /// As people read it.
    pub title: Text,
    /// 数据分级, 1 (general) to 4.
    pub grade: u8,
    /// The mask when values are shown in part; none: not maskable.
    pub mask: Option<String>,
}

/// What the catalogue says of a resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResourceFacts {
    /// Code in the catalogue.
    pub code: String,
    /// Name.
    pub title: Text,
    /// Slug of the register behind it.
    pub register: String,
    /// The organ that provides it.
    pub provider: String,
    /// 共享属性.
    pub share: ShareType,
    /// 使用条件: for whom and what it is shared on condition.
    pub condition: Text,
    /// The law that keeps it from being shared; empty unless it is not shared.
    pub basis: String,
    /// Its fields.
    pub fields: Vec<ResourceField>,
    /// How it can be had.
    pub methods: Vec<Method>,
}

/// Who knows the resources: the catalogue.
pub trait Resources: Send + Sync {
    /// A resource by its code.
    ///
    /// # Errors
    /// The database's.
    fn resource(&self, tx: &mut Tx<'_>, code: &str) -> Result<Option<ResourceFacts>, Halt>;

    /// All resources, by code: for the lists of responsibility and of what is not shared.
    ///
    /// # Errors
    /// The database's.
    fn all(&self, tx: &mut Tx<'_>) -> Result<Vec<ResourceFacts>, Halt>;
}

/// The resources as given to the runner.
#[derive(Clone)]
pub struct ResourceService(pub Arc<dyn Resources>);

impl ResourceService {
    /// From whoever knows them.
    #[must_use]
    pub fn new(resources: impl Resources + 'static) -> Self {
        Self(Arc::new(resources))
    }
}

/// Resources from a table: for tests and for nodes whose catalogue is kept elsewhere. The provider is the organ that has a duty.
#[derive(Clone, Debug, Default)]
pub struct ResourceTable {
    division: String,
    rows: Vec<(String, ResourceFacts)>,
}

impl ResourceTable {
    /// An empty table of a division.
    #[must_use]
    pub fn of(division: &str) -> Self {
        Self { division: division.to_owned(), rows: Vec::new() }
    }

    /// Adds a resource that the organ with this duty provides.
    #[must_use]
    pub fn with(mut self, duty: &str, facts: ResourceFacts) -> Self {
        self.rows.push((duty.to_owned(), facts));
        self
    }

    fn resolved(&self, tx: &mut Tx<'_>, duty: &str, facts: &ResourceFacts) -> Result<Option<ResourceFacts>, Halt> {
        let division = DivisionCode::parse(&self.division).map_err(|problem| Fault::because(problem.sentence.en))?;
        let organ = parties::organ_for_duty(tx, duty, &division)?;
        Ok(organ.map(|organ| ResourceFacts { provider: organ.id.to_string(), ..facts.clone() }))
    }
}

impl Resources for ResourceTable {
    fn resource(&self, tx: &mut Tx<'_>, code: &str) -> Result<Option<ResourceFacts>, Halt> {
        match self.rows.iter().find(|(_, facts)| facts.code == code) {
            Some((duty, facts)) => self.resolved(tx, duty, facts),
            None => Ok(None),
        }
    }

    fn all(&self, tx: &mut Tx<'_>) -> Result<Vec<ResourceFacts>, Halt> {
        let mut found = Vec::new();
        for (duty, facts) in &self.rows {
            found.extend(self.resolved(tx, duty, facts)?);
        }
        found.sort_by(|one, other| one.code.cmp(&other.code));
        Ok(found)
    }
}
