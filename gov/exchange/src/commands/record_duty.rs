//! 登记、终止常设共享

use std::collections::BTreeMap;

use i18n::Text;
use parties::MaskKind;
use runner::{Command, Cx, Halt, Refusal, Resource};
use serde::Serialize;
use tracker::Manner;

use crate::events::{DutyEnded, DutyRecorded};
use crate::model::identifier::{ServiceId, SubsystemId};
use crate::model::rights::{KeptBack, StandingDuty};
use crate::ports::Ports;
use crate::store::{directory, duties};

const DAY_MS: i64 = 86_400_000;
const DAYS_MAX: u32 = 366;
const CELL_COUNT_LEAST: u32 = 3;

/// Records that a client may call a service: for cases of its own, or by a duty that stands without one.
#[derive(Debug, Clone, Serialize)]
pub struct RecordDuty {
    /// Who may call.
    pub client: SubsystemId,
    /// What.
    pub service: ServiceId,
    /// Fields, no more than the duty needs.
    pub fields: Vec<String>,
    /// Words of [`MaskKind`] by field.
    pub masks: BTreeMap<String, String>,
    /// Row scope.
    pub rows: BTreeMap<String, Vec<String>>,
    /// Manners.
    pub manners: Vec<Manner>,
    /// Calls a minute at most.
    pub calls_per_minute_max: u32,
    /// Calls a day at most.
    pub calls_per_day_max: u32,
    /// Figures under this count are not told.
    pub cell_count_min: u32,
    /// What for.
    pub purpose: Text,
    /// The law that gives the duty.
    pub basis: String,
    /// Whether every call must name an open case.
    pub needs_case: bool,
    /// For how many days.
    pub days: u32,
}

impl Command for RecordDuty {
    type Outcome = String;
    const ACTION: &'static str = "exchange.record-duty";

    fn run(&self, cx: &mut Cx<'_>) -> Result<String, Halt> {
        let service = directory::find_service(cx.tx(), &self.service)?.ok_or_else(Refusal::not_found)?;
        let provider = directory::find_member(cx.tx(), self.service.subsystem())?.ok_or_else(Refusal::not_found)?;
        cx.authorise(&Resource { organ: provider.organ.clone(), ..Resource::of("exchange-duty") })?;
        let client = directory::find_member(cx.tx(), &self.client)?;
        let mut refusal = Refusal::new(
            "input-invalid",
            "有的内容填写不对。",
            "Some fields are not right.",
            "请按各栏提示改正。",
            "Correct the fields as they say.",
        )
        .under("政务数据共享条例");
        if client.is_none() {
            refusal = refusal.with_field("client", "没有这个成员", "There is no such member");
        }
        if self.fields.is_empty() || self.fields.iter().any(|field| service.field(field).is_none()) {
            refusal = refusal.with_field("fields", "请选服务里有的数据项", "Choose fields of the service");
        }
        if self.manners.is_empty() {
            refusal = refusal.with_field("manners", "请选使用方式", "Choose a manner");
        }
        if self.masks.iter().any(|(field, word)| !self.fields.contains(field) || MaskKind::parse(word).is_none()) {
            refusal = refusal.with_field("masks", "脱敏方式不对", "A mask is not known");
        }
        if self.basis.trim().is_empty() || self.purpose.is_incomplete() {
            refusal = refusal.with_field("basis", "请写明法定依据和用途", "Give the lawful basis and the purpose");
        }
        if self.days == 0 || self.days > DAYS_MAX || self.calls_per_minute_max == 0 || self.calls_per_day_max == 0 {
            refusal = refusal.with_field("days", "期限为 1 至 366 天，次数上限须大于零", "1 to 366 days, and limits above zero");
        }
        if self.manners.contains(&Manner::Aggregate) && self.cell_count_min < CELL_COUNT_LEAST {
            refusal = refusal.with_field("cell_count_min", "统计答复的最小单元不得少于 3", "Figures are told from a count of 3 at least");
        }
        if !refusal.fields.is_empty() {
            return Err(refusal.into());
        }
        if let Some(organ) = &provider.organ {
            let ports = cx.service::<Ports>()?;
            if let Some(entry) = ports.negative.kept_back(cx.tx(), organ, &service.register, &self.fields)? {
                return Err(listed(&entry).into());
            }
        }
        let id = cx.ids().next_text("duty");
        let duty = self.duty(id.clone(), cx.now_ms());
        cx.record(&id, &DutyRecorded { duty })?;
        Ok(id)
    }
}

fn listed(entry: &KeptBack) -> Refusal {
    Refusal::new(
        "negative-listed",
        format!("“{}”在负面清单上，不予共享，不能登记常设共享。", entry.resource.zh),
        format!("\"{}\" is on the negative list and is not shared; no duty is recorded for it.", entry.resource.en),
        "有法律、行政法规规定应当共享的，请先由提供单位申请移出负面清单。",
        "Where a law demands that it is shared, the provider first has the entry removed from the list.",
    )
    .under(entry.basis.clone())
}

impl RecordDuty {
    fn duty(&self, id: String, now_ms: i64) -> StandingDuty {
        StandingDuty {
            id,
            client: self.client.clone(),
            service: self.service.clone(),
            fields: self.fields.clone(),
            masks: self.masks.clone(),
            rows: self.rows.clone(),
            manners: self.manners.clone(),
            calls_per_minute_max: self.calls_per_minute_max,
            calls_per_day_max: self.calls_per_day_max,
            cell_count_min: self.cell_count_min,
            purpose: self.purpose.clone(),
            basis: self.basis.trim().to_owned(),
            needs_case: self.needs_case,
            until_ms: now_ms.saturating_add(i64::from(self.days).saturating_mul(DAY_MS)),
        }
    }
}

/// Ends a duty at once.
#[derive(Debug, Clone, Serialize)]
pub struct EndDuty {
    /// Which.
    pub duty: String,
    /// Why.
    pub reason: String,
}

impl Command for EndDuty {
    type Outcome = ();
    const ACTION: &'static str = "exchange.record-duty";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let all = duties::all(cx.tx())?;
        let (duty, _) = all.into_iter().find(|(duty, _)| duty.id == self.duty).ok_or_else(Refusal::not_found)?;
        let provider = directory::find_member(cx.tx(), duty.service.subsystem())?.ok_or_else(Refusal::not_found)?;
        cx.authorise(&Resource { organ: provider.organ, ..Resource::of("exchange-duty") })?;
        cx.record(&duty.id, &DutyEnded { duty: duty.id.clone(), reason: self.reason.trim().to_owned() }).map(drop)
    }
}
