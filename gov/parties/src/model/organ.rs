//! Organs, their posts and staff, and the divisions a node serves.

use super::division::DivisionCode;
use super::party::{OrganId, PostId, StaffId};
use super::unified::UnifiedCode;
use clock::Date;
use i18n::Text;
use runner::ActorPost;
use serde::{Deserialize, Serialize};

/// A division as the node uses it: with the time it was in force, and what took its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalDivision {
    /// Its code.
    pub code: DivisionCode,
    /// Its name, without the names of those above it.
    pub name: Text,
    /// First day.
    pub valid_from: Date,
    /// Last day; `None` while in force.
    pub valid_until: Option<Date>,
    /// The division that took its place.
    pub successor: Option<DivisionCode>,
}

impl LocalDivision {
    /// Whether it is in force on a day.
    pub fn in_force(&self, on: Date) -> bool {
        self.valid_from <= on && self.valid_until.is_none_or(|until| on <= until)
    }
}

/// What stands in the middle of an organ's seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SealMotif {
    /// 国徽: governments from county level and their departments with statutory power.
    NationalEmblem,
    /// 五角星
    #[default]
    Star,
    /// Nothing.
    Plain,
}

/// What the public needs to know about an organ, and what it is for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganDetails {
    /// Short name.
    pub short_name: Text,
    /// Duties, as procedure packages name them: `market-supervision`.
    pub duties: Vec<String>,
    /// Office address.
    pub address: Text,
    /// Office hours.
    pub hours: Text,
    /// Telephone for questions.
    pub phone: String,
    /// Telephone for complaints; another one (监督投诉电话).
    pub complaint_phone: String,
    /// What stands in its seal.
    #[serde(default)]
    pub seal_motif: SealMotif,
}

/// 机构: an organ or an organisation that exercises public power.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organ {
    /// Identifier.
    pub id: OrganId,
    /// 统一社会信用代码
    pub code: UnifiedCode,
    /// Full name.
    pub name: Text,
    /// The division it serves.
    pub division: DivisionCode,
    /// The organ it belongs to.
    pub parent: Option<OrganId>,
    /// The rest.
    #[serde(flatten)]
    pub details: OrganDetails,
    /// Version of its stream in the journal.
    pub version: i64,
}

/// 岗位
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// Identifier.
    pub id: PostId,
    /// The organ.
    pub organ: OrganId,
    /// Its code, unique in the organ: `window-1`.
    pub code: String,
    /// Its name.
    pub name: Text,
    /// The lane of processes that it works in: `window`.
    pub lane: String,
    /// Whether only officers with a law-enforcement licence may hold it.
    pub requires_licence: bool,
}

/// 工作人员
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staff {
    /// Identifier.
    pub id: StaffId,
    /// The organ.
    pub organ: OrganId,
    /// Name.
    pub name: String,
    /// 行政执法证号
    pub officer_licence: Option<String>,
    /// The absence that is announced or running.
    pub absence: Option<Absence>,
    /// Version of its stream in the journal.
    pub version: i64,
}

/// When somebody is away, and who stands in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    /// First day away.
    pub from: Date,
    /// Last day away.
    pub until: Date,
    /// Who holds the posts meanwhile.
    pub substitute: StaffId,
}

impl Absence {
    /// Whether somebody is away on a day.
    pub fn covers(&self, on: Date) -> bool {
        self.from <= on && on <= self.until
    }

    /// Whether two absences share a day.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.from <= other.until && other.from <= self.until
    }
}

/// A post that a member of staff holds on a day, in person or for somebody who is away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldPost {
    /// The post.
    pub post: PostId,
    /// Its organ.
    pub organ: OrganId,
    /// The division of the organ.
    pub division: DivisionCode,
    /// Its code.
    pub code: String,
    /// Its lane.
    pub lane: String,
    /// Its name.
    pub name: Text,
    /// Who is away, when this is a substitution.
    pub substitute_for: Option<StaffId>,
}

impl HeldPost {
    /// The post as commands see it: by its lane.
    pub fn to_actor_post(&self) -> ActorPost {
        ActorPost { post: self.lane.clone(), organ: self.organ.to_string(), division: self.division.to_string() }
    }
}
