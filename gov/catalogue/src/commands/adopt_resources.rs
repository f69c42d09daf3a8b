//! 迁移已有目录

use clock::Date;
use parties::{Organ, OrganId};
use runner::{Command, Cx, Halt, Refusal, Resource as Thing};
use serde::Serialize;
use std::collections::BTreeMap;

use super::compile_resource::{compile, of_organ};
use super::loading::{calendar, check, organ};
use crate::events::{NegativeProposed, ResourceAdopted};
use crate::model::checks::Strictness;
use crate::model::{
    Content, LegalBasis, NegativeEntry, NegativeId, NegativeKind, NegativeState, Resource, ResourceCode, ResourceId, ShareType, Status,
};
use crate::{refusals, store as tables};

/// Resources of one command, at most.
pub const ADOPT_ROWS_MAX: usize = 200;

/// A resource that another platform has reviewed already.
#[derive(Clone, Debug, Serialize)]
pub struct Adopted {
    /// The provider.
    pub organ: OrganId,
    /// Its code, when it has one.
    pub code: Option<ResourceCode>,
    /// The description; complete from 已注册 on.
    pub content: Content,
    /// Where it stands.
    pub status: Status,
    /// When it was published.
    pub published_on: Option<Date>,
    /// Whether its data are mounted.
    pub mounted: bool,
    /// When its data were updated last.
    pub updated_on: Option<Date>,
    /// What its reviewer said last.
    pub remark: String,
    /// The approved entry of the negative list, for what is not shared.
    pub negative: Option<AdoptedEntry>,
}

/// An entry of the negative list that was approved elsewhere.
#[derive(Clone, Debug, Serialize)]
pub struct AdoptedEntry {
    /// Law and article.
    pub basis: LegalBasis,
    /// Its words.
    pub quote: String,
    /// Why it applies.
    pub reason: String,
    /// Number of the approval.
    pub approval: String,
    /// Day of the approval.
    pub approved_on: Date,
    /// Day of the next look.
    pub review_on: Date,
}

/// Takes over resources with the states another platform gave them, when a place moves to this one. The same rules hold: what is registered is
/// complete, what is not shared and published is on the negative list.
#[derive(Clone, Debug, Serialize)]
pub struct AdoptResources {
    /// At most [`ADOPT_ROWS_MAX`].
    pub rows: Vec<Adopted>,
}

impl Command for AdoptResources {
    type Outcome = Vec<ResourceId>;
    const ACTION: &'static str = "catalogue.adopt";

    fn run(&self, cx: &mut Cx<'_>) -> Result<Vec<ResourceId>, Halt> {
        cx.authorise(&Thing { sensitivity: 1, ..Thing::of("catalogue-resource") })?;
        if self.rows.len() > ADOPT_ROWS_MAX {
            let rows = ADOPT_ROWS_MAX;
            let refusal =
                Refusal::new("rows-too-many", format!("每次最多 {rows} 条。"), format!("At most {rows} rows."), "请分批迁移。", "Move in parts.");
            return Err(refusal.into());
        }
        let mut organs: BTreeMap<OrganId, Organ> = BTreeMap::new();
        let mut adopted = Vec::new();
        for row in &self.rows {
            if !organs.contains_key(&row.organ) {
                organs.insert(row.organ.clone(), organ(cx, &row.organ)?);
            }
            let Some(organ) = organs.get(&row.organ) else { return Err(Refusal::not_found().into()) };
            cx.authorise(&of_organ(organ))?;
            adopted.push(adopt(cx, organ, row)?);
        }
        Ok(adopted)
    }
}

fn adopt(cx: &mut Cx<'_>, organ: &Organ, row: &Adopted) -> Result<ResourceId, Halt> {
    let complete = row.status.is_registered() || row.status.awaits_review();
    check(&row.content, if complete { Strictness::Complete } else { Strictness::Draft })?;
    let published = row.status == Status::Published;
    if published && row.content.sharing.share_type == ShareType::NotShared && row.negative.is_none() {
        return Err(refusals::negative_entry_missing().into());
    }
    let id = compile(cx, organ, &row.content, row.code.as_ref(), None)?;
    let before = tables::resources::find(cx.tx(), id.as_str())?.ok_or_else(Refusal::not_found)?;
    let calendar = calendar(cx)?;
    let update_due_on = row.updated_on.and_then(|day| row.content.period.next_due(day, &calendar));
    let after = Resource {
        status: row.status,
        published_version: published.then_some(before.version),
        published_on: row.published_on.filter(|_| published),
        mounted: row.mounted,
        updated_on: row.updated_on,
        update_due_on,
        review_due_on: row.status.awaits_review().then(|| calendar.add_workdays(cx.today(), 2).date),
        remark: row.remark.clone(),
        ..before
    };
    let event = ResourceAdopted { status: row.status, published_on: after.published_on, mounted: row.mounted, updated_on: row.updated_on, after };
    cx.record(id.as_str(), &event)?;
    if let Some(entry) = &row.negative {
        enter(cx, &id, organ, entry)?;
    }
    Ok(id)
}

fn enter(cx: &mut Cx<'_>, resource: &ResourceId, organ: &Organ, adopted: &AdoptedEntry) -> Result<(), Halt> {
    let id = NegativeId::make(cx.ids());
    let entry = NegativeEntry {
        id: id.clone(),
        resource: resource.clone(),
        organ: organ.id.clone(),
        kind: NegativeKind::NotShared,
        basis: adopted.basis.clone(),
        quote: adopted.quote.clone(),
        reason: adopted.reason.clone(),
        approval: adopted.approval.clone(),
        approved_on: Some(adopted.approved_on),
        review_on: Some(adopted.review_on),
        proposed_by: cx.actor().account.clone(),
        state: NegativeState::Approved,
        version: 1,
    };
    cx.loaded_version(id.as_str(), 0);
    cx.record(id.as_str(), &NegativeProposed { entry })?;
    Ok(())
}
