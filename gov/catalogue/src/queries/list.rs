use clock::Date;
use parties::OrganId;
use runner::Actor;
use serde::{Deserialize, Serialize};
use store::{StoreError, Tx};

use crate::model::{Grade, OpenType, Personal, Resource, ResourceId, ShareType, Status, Tier, UpdatePeriod};
use crate::store::{lists, resources};
use crate::{AUTHORITY_POST, BRANCHES};

/// Whose eyes a list is for. The policy `catalogue.read` says the same of single resources.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Viewer {
    /// The data authority sees unpublished ones of every organ.
    pub everything: bool,
    /// Organs whose unpublished resources are seen.
    pub organs: Vec<String>,
}

impl Viewer {
    /// The eyes of an actor.
    #[must_use]
    pub fn of(actor: &Actor) -> Self {
        let mut organs: Vec<String> = actor.posts.iter().map(|held| held.organ.clone()).collect();
        organs.sort_unstable();
        organs.dedup();
        Self { everything: actor.posts.iter().any(|held| held.post == AUTHORITY_POST), organs }
    }

    /// Sees published ones alone.
    #[must_use]
    pub fn outsider() -> Self {
        Self::default()
    }
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words that must all occur.
    pub text: Option<String>,
    /// 资源属性
    pub tier: Option<Tier>,
    /// 类 and 项 as three digits.
    pub branch: Option<String>,
    /// Provider.
    pub organ: Option<OrganId>,
    /// 共享类型
    pub share_type: Option<ShareType>,
    /// 开放类型
    pub open_type: Option<OpenType>,
    /// 目录状态
    pub status: Option<Status>,
    /// Personal or not.
    pub personal: Option<Personal>,
    /// Register that holds the data.
    pub register: Option<String>,
    /// Where the page starts.
    pub after: Option<String>,
    /// Rows of the page, 20 when not given, at most [`PAGE_SIZE_MAX`].
    pub page_size: Option<u32>,
}

/// Most rows of a page.
pub const PAGE_SIZE_MAX: u32 = 100;
const PAGE_SIZE: u32 = 20;

/// One row of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResourceRow {
    /// Identifier.
    pub id: ResourceId,
    /// 信息资源代码
    pub code: String,
    /// Name, as published where it is.
    pub name: String,
    /// Provider.
    pub organ: OrganId,
    /// Its name.
    pub organ_name: String,
    /// State of the newest version.
    pub status: Status,
    /// Version that others see.
    pub published_version: Option<i64>,
    /// 资源属性
    pub tier: Tier,
    /// 类 and 项.
    pub branch: String,
    /// 共享类型
    pub share_type: ShareType,
    /// 开放类型
    pub open_type: OpenType,
    /// 更新周期
    pub period: UpdatePeriod,
    /// Highest level of its items.
    pub grade: Option<Grade>,
    /// Most personal of its items.
    pub personal: Option<Personal>,
    /// Whether the data can be had.
    pub mounted: bool,
    /// Last update of the data.
    pub updated_on: Option<Date>,
    /// Next update.
    pub update_due_on: Option<Date>,
    /// Until when it has to be reviewed.
    pub review_due_on: Option<Date>,
    /// Items.
    pub item_count: i64,
    /// Items nobody has graded.
    pub ungraded_count: i64,
    /// Last change.
    pub changed_at_ms: i64,
    /// Who submitted it.
    pub submitted_by: Option<String>,
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Page {
    /// Rows: by fit when there is a text, else the last changed first.
    pub rows: Vec<ResourceRow>,
    /// Where the next page starts; `None` at the end.
    pub next: Option<String>,
}

/// By what a list is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Facet {
    /// 资源属性
    Tier,
    /// 类 and 项
    Branch,
    /// Provider
    Organ,
    /// 共享类型
    ShareType,
    /// 目录状态
    Status,
}

impl Facet {
    /// All facets, in the order of the page.
    pub const ALL: [Self; 5] = [Self::Tier, Self::Branch, Self::Organ, Self::ShareType, Self::Status];
}

/// How many resources have a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FacetValue {
    /// For the filter.
    pub value: String,
    /// For people.
    pub name: i18n::Text,
    /// How many.
    pub count: i64,
}

/// A page of what a viewer may see.
///
/// # Errors
/// The database's.
pub fn page(tx: &mut Tx<'_>, viewer: &Viewer, filter: &Filter) -> Result<Page, StoreError> {
    let limit = filter.page_size.unwrap_or(PAGE_SIZE).clamp(1, PAGE_SIZE_MAX);
    let mut found = lists::page(tx, viewer, filter, i64::from(limit) + 1)?;
    let more = u32::try_from(found.len()).unwrap_or(u32::MAX) > limit;
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = found.last().filter(|_| more).map(|(row, order)| format!("{order}~{}", row.id));
    Ok(Page { rows: found.into_iter().map(|(row, _)| row).collect(), next })
}

/// How many a viewer may see.
///
/// # Errors
/// The database's.
pub fn count(tx: &mut Tx<'_>, viewer: &Viewer, filter: &Filter) -> Result<i64, StoreError> {
    lists::count(tx, viewer, filter)
}

/// How many by the values of each facet; a facet's own filter does not count for itself.
///
/// # Errors
/// The database's.
pub fn facets(tx: &mut Tx<'_>, viewer: &Viewer, filter: &Filter) -> Result<Vec<(Facet, Vec<FacetValue>)>, StoreError> {
    let mut all = Vec::new();
    for facet in Facet::ALL {
        let values = lists::facet(tx, viewer, filter, facet)?;
        let value = |(value, name, count): (String, String, i64)| FacetValue { name: facet_name(facet, &value, name), value, count };
        all.push((facet, values.into_iter().map(value).collect()));
    }
    Ok(all)
}

fn facet_name(facet: Facet, value: &str, name: String) -> i18n::Text {
    let found = match facet {
        Facet::Tier => Tier::parse(value).map(Tier::name),
        Facet::Branch => BRANCHES.iter().find(|branch| branch.code() == value).map(|branch| branch.name()),
        Facet::Organ => None,
        Facet::ShareType => ShareType::parse(value).map(ShareType::name),
        Facet::Status => Status::parse(value).map(Status::name),
    };
    found.unwrap_or_else(|| i18n::Text::same(name))
}

/// What waits for the authority, the most urgent first.
///
/// # Errors
/// The database's.
pub fn under_review(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<ResourceRow>, StoreError> {
    lists::under_review(tx, i64::from(limit))
}

/// Rows by identifiers, in their order.
///
/// # Errors
/// The database's.
pub fn rows_of(tx: &mut Tx<'_>, ids: &[String]) -> Result<Vec<ResourceRow>, StoreError> {
    let mut found = Vec::new();
    for chunk in ids.chunks(100) {
        found.extend(lists::by_ids(tx, chunk)?);
    }
    found.sort_by_key(|row| ids.iter().position(|id| id == row.id.as_str()));
    Ok(found)
}

/// Whole resources after one, of an organ or all, in the order of their identifiers: for exports.
///
/// # Errors
/// The database's.
pub fn resources_after(tx: &mut Tx<'_>, organ: Option<&OrganId>, after: &str, limit: u32) -> Result<Vec<Resource>, StoreError> {
    resources::after(tx, organ.map(OrganId::as_str), after, i64::from(limit))
}
