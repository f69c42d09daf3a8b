//! 从其他门户采集

use super::checks::Checks;
use super::{publish, resource_of};
use crate::events::{DatasetDrafted, DatasetHarvested, DatasetWithdrawn, HarvestArranged, HarvestRound};
use crate::model::dataset::{Dataset, Metadata, State, Withdrawal};
use crate::model::harvest::{HarvestRecord, HarvestSource, Protocol, Round};
use crate::model::release::Release;
use crate::model::resource::Resource;
use crate::model::{DatasetId, HarvestId, ResourceId};
use crate::store as tables;
use i18n::Text;
use parties::OrganId;
use runner::{Command, Cx, Halt, Refusal};
use serde::{Deserialize, Serialize};

/// Kind of the job that takes one page of a portal.
pub const HARVEST_ROUND: &str = "harvest-round";
const TITLE_CHARS_MAX: usize = 120;
const GONE_AT_ONCE: u32 = 200;

/// What the job is told.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct HarvestDue {
    /// The source.
    pub source: HarvestId,
    /// The round, by the moment it began.
    pub began_ms: i64,
}

/// Arranges that a portal is harvested, and starts a round. Unless the source rests, every round but a paused one can be started again: what is
/// known already is not taken twice.
#[derive(Debug, Clone, Serialize)]
pub struct ArrangeHarvest {
    /// The source, unless it is new.
    pub source: Option<HarvestId>,
    /// Address of the portal; for DCAT that of its catalogue.
    pub url: String,
    /// How it tells what it has.
    pub protocol: Protocol,
    /// What it is called.
    pub title: String,
    /// The organ that answers for what is taken over.
    pub organ: OrganId,
    /// Whether it rests.
    pub paused: bool,
}

impl Command for ArrangeHarvest {
    type Outcome = HarvestId;
    const ACTION: &'static str = "opendata.harvest";

    fn run(&self, cx: &mut Cx<'_>) -> Result<HarvestId, Halt> {
        let resource = resource_of(cx, &self.organ, "")?;
        cx.authorise(&resource)?;
        let url = self.url.trim().trim_end_matches('/').to_owned();
        let mut checks = Checks::default();
        checks.require(
            url.starts_with("https://") || url.starts_with("http://"),
            "url",
            "请填写以 https:// 开头的网址",
            "Give an address that begins with https://",
        );
        checks.text("title", &Text::same(self.title.trim()), TITLE_CHARS_MAX);
        checks.finish()?;
        let known = match &self.source {
            Some(id) => Some(tables::harvests::find(cx.tx(), id.as_str())?.ok_or_else(Refusal::not_found)?),
            None => None,
        };
        let id = known.as_ref().map_or_else(|| HarvestId::make(cx.ids()), |source| source.id.clone());
        let began_ms = cx.now_ms();
        let round = Round { began_ms, ended_ms: self.paused.then_some(began_ms), ..Round::default() };
        let source = HarvestSource {
            id: id.clone(),
            url: url.clone(),
            protocol: self.protocol,
            title: self.title.trim().to_owned(),
            organ: self.organ.clone(),
            paused: self.paused,
            round,
            version: 0,
        };
        let key = format!("{id}/round");
        cx.cancel_jobs(&key)?;
        if !self.paused {
            cx.enqueue(HARVEST_ROUND, &HarvestDue { source: id.clone(), began_ms }, Some(key), None)?;
        }
        cx.record(id.as_str(), &HarvestArranged { url, paused: self.paused, source })?;
        Ok(id)
    }
}

/// Takes a dataset of a portal over, as it stands there. It was published there by whoever answers for it; what stands here is its description and
/// where its files lie.
#[derive(Debug, Clone, Serialize)]
pub struct TakeOverDataset {
    /// The source.
    pub source: HarvestId,
    /// The round.
    pub began_ms: i64,
    /// Its identifier there.
    pub there: String,
    /// SM3 of what it says there.
    pub content: String,
    /// Name wanted for addresses here.
    pub slug: String,
    /// What is said about it; or why it cannot be taken over.
    pub said: Result<(Metadata, Vec<(Text, String, String)>), String>,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Taken {
    /// It says what it said before.
    Same,
    /// It is new, or says something else.
    Changed,
    /// It could not be taken over; the record says why.
    Failed,
}

impl Command for TakeOverDataset {
    type Outcome = Taken;
    const ACTION: &'static str = "opendata.record-harvest";

    fn run(&self, cx: &mut Cx<'_>) -> Result<Taken, Halt> {
        cx.hold(publish::lock())?;
        let source = tables::harvests::find(cx.tx(), self.source.as_str())?.ok_or_else(Refusal::not_found)?;
        let resource = resource_of(cx, &source.organ, "")?;
        cx.authorise(&resource)?;
        let known = tables::harvests::record(cx.tx(), self.source.as_str(), &self.there)?;
        let mut record = HarvestRecord {
            there: self.there.clone(),
            seen_in: self.began_ms.to_string(),
            content: self.content.clone(),
            dataset: known.as_ref().and_then(|known| known.dataset.clone()),
            error: String::new(),
        };
        let is_same = known.as_ref().is_some_and(|known| known.content == self.content && known.error.is_empty() && known.dataset.is_some());
        let mut taken = Taken::Failed;
        match &self.said {
            _ if is_same => taken = Taken::Same,
            Err(error) => record.error = error.clone(),
            Ok((metadata, files)) => {
                let mut checks = Checks::default();
                checks.metadata(metadata);
                match checks.finish() {
                    Err(Halt::Refused(refusal)) => {
                        let fields: Vec<&str> = refusal.fields.iter().map(|field| field.en.as_str()).collect();
                        record.error = format!("{}: {}", refusal.code, fields.join("; "));
                    }
                    Err(fault) => return Err(fault),
                    Ok(()) => {
                        record.dataset = Some(take_over(cx, self, &source, metadata, files)?.to_string());
                        taken = Taken::Changed;
                    }
                }
            }
        }
        // The record is what the round remembers, and no act of its own.
        tables::harvests::put_record(cx.tx(), self.source.as_str(), &record)?;
        Ok(taken)
    }
}

fn take_over(
    cx: &mut Cx<'_>,
    command: &TakeOverDataset,
    source: &HarvestSource,
    metadata: &Metadata,
    files: &[(Text, String, String)],
) -> Result<DatasetId, Halt> {
    let key = format!("{} {}", source.id, command.there);
    let organ = parties::organ(cx.tx(), &source.organ)?.ok_or_else(Refusal::not_found)?;
    let now_ms = cx.now_ms();
    let dataset = match tables::datasets::find_by_harvest_key(cx.tx(), &key)? {
        Some(dataset) => dataset,
        None => {
            let id = DatasetId::make(cx.ids());
            let taken = tables::datasets::find_by_slug(cx.tx(), &command.slug)?.is_some();
            let suffix: String = id.as_str().chars().rev().take(6).collect();
            let slug = if taken { format!("{}-{suffix}", command.slug) } else { command.slug.clone() };
            let fresh = Dataset {
                id: id.clone(),
                slug: slug.clone(),
                organ: organ.id.clone(),
                division: organ.division,
                metadata: metadata.clone(),
                resources: Vec::new(),
                state: State::Draft,
                findings: Vec::new(),
                returned: String::new(),
                owner_approval: None,
                officer_approval: None,
                release: 0,
                withdrawal: None,
                harvested_from: source.url.clone(),
                modified_ms: now_ms,
                version: 0,
            };
            let event = DatasetDrafted { slug, fingerprint: fresh.fingerprint(), dataset: fresh.clone(), harvest_key: Some(key) };
            cx.record(id.as_str(), &event)?;
            fresh
        }
    };
    let resources = files.iter().map(|(name, format, url)| {
        let known = dataset.resources.iter().find(|resource| resource.url == *url);
        Resource {
            id: known.map_or_else(|| ResourceId::make(cx.ids()), |known| known.id.clone()),
            name: name.clone(),
            note: Text::default(),
            format: format.clone(),
            blob: None,
            url: url.clone(),
            size_bytes: 0,
            fields: Vec::new(),
            rows: None,
            at_ms: now_ms,
        }
    });
    let resources = resources.collect();
    let id = dataset.id.clone();
    let dataset = Dataset { metadata: metadata.clone(), resources, ..dataset };
    let first = tables::releases::find(cx.tx(), id.as_str(), 1)?;
    let release = Release::of(&dataset, organ.name, first.map_or(now_ms, |first| first.created_ms), now_ms, Text::default());
    let number = release.number;
    let after = Dataset { state: State::Published, release: number, withdrawal: None, modified_ms: now_ms, ..dataset };
    cx.record(id.as_str(), &DatasetHarvested { dataset: id.clone(), number, fingerprint: release.fingerprint.clone(), after, release })?;
    Ok(id)
}

/// Writes down how far a round has come, and promises the next page. When it is through, what it did not see is taken down.
#[derive(Debug, Clone, Serialize)]
pub struct RecordHarvestRound {
    /// The source.
    pub source: HarvestId,
    /// How far it has come.
    pub round: Round,
}

impl Command for RecordHarvestRound {
    type Outcome = ();
    const ACTION: &'static str = "opendata.record-harvest";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        cx.hold(publish::lock())?;
        let source = tables::harvests::find(cx.tx(), self.source.as_str())?.ok_or_else(Refusal::not_found)?;
        let resource = resource_of(cx, &source.organ, "")?;
        cx.authorise(&resource)?;
        if source.round.began_ms != self.round.began_ms || source.round.ended_ms.is_some() {
            return Ok(());
        }
        let mut round = self.round.clone();
        if round.ended_ms.is_some() && round.error.is_empty() {
            round.gone = take_down(cx, &source, &round)?;
        }
        if round.ended_ms.is_none() {
            let due = HarvestDue { source: self.source.clone(), began_ms: round.began_ms };
            cx.enqueue(HARVEST_ROUND, &due, Some(format!("{}/round", self.source)), None)?;
        }
        let event = HarvestRound {
            ended: round.ended_ms.is_some(),
            seen: round.seen,
            changed: round.changed,
            failed: round.failed,
            source: HarvestSource { round, ..source },
        };
        cx.record(self.source.as_str(), &event)?;
        Ok(())
    }
}

fn take_down(cx: &mut Cx<'_>, source: &HarvestSource, round: &Round) -> Result<u32, Halt> {
    let mut gone = 0;
    for record in tables::harvests::unseen(cx.tx(), source.id.as_str(), &round.began_ms.to_string(), GONE_AT_ONCE)? {
        let dataset = match &record.dataset {
            Some(id) => tables::datasets::find(cx.tx(), id)?.filter(Dataset::is_public),
            None => None,
        };
        if let Some(dataset) = dataset {
            let reason = Text::new("来源门户已经不再提供这个数据集。", "The portal it came from does not show it any more.");
            let at_ms = cx.now_ms();
            let id = dataset.id.clone();
            let after =
                Dataset { state: State::Withdrawn, withdrawal: Some(Withdrawal { reason: reason.clone(), at_ms }), modified_ms: at_ms, ..dataset };
            cx.record(id.as_str(), &DatasetWithdrawn { dataset: id.clone(), reason, after })?;
            gone += 1;
        }
        tables::harvests::forget(cx.tx(), source.id.as_str(), &record.there)?;
    }
    Ok(gone)
}
