//! 登记、终止常设共享

use std::collections::BTreeMap;

use clock::Date;
use i18n::Text;
use parties::MaskKind;
use runner::{Command, Cx, Halt, Refusal};
use serde::Serialize;
use tracker::Manner;

use super::{given_reason, input_invalid, offered};
use crate::events::{DutyEnded, DutyRecorded};
use crate::model::feed::INBOX;
use crate::model::identifier::{ServiceId, SubsystemId};
use crate::model::rights::StandingDuty;
use crate::model::service::Service;
use crate::ports::Ports;
use crate::store::{directory, duties};

const DAY_MS: i64 = 86_400_000;
const DAYS_MAX: u32 = 366;
/// How long before it begins a duty is recorded.
const AHEAD_DAYS_MAX: i32 = 366;
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
    /// Name of the consent on which it rests, where no law lets the client read: who has not given it is not read about.
    pub consent: Option<String>,
    /// First day, today or later; `None` for this moment.
    pub from: Option<Date>,
    /// For how many days.
    pub days: u32,
}

impl Command for RecordDuty {
    type Outcome = String;
    const ACTION: &'static str = "exchange.record-duty";

    fn run(&self, cx: &mut Cx<'_>) -> Result<String, Halt> {
        let service = directory::find_service(cx.tx(), &self.service)?.ok_or_else(Refusal::not_found)?;
        let provider = directory::find_member(cx.tx(), self.service.subsystem())?.ok_or_else(Refusal::not_found)?;
        cx.authorise(&offered(provider.organ.clone()))?;
        let client = directory::find_member(cx.tx(), &self.client)?;
        let refusal = self.check(&service, client.is_some(), cx.today());
        if !refusal.fields.is_empty() {
            return Err(refusal.into());
        }
        if let Some(organ) = &provider.organ {
            let ports = cx.service::<Ports>()?;
            if let Some(entry) = ports.negative.kept_back(cx.tx(), organ, &service.register, &self.fields)? {
                return Err(entry.refusal().into());
            }
        }
        let id = cx.ids().next_text("duty");
        let duty = self.duty(id.clone(), cx.now_ms());
        cx.record(&id, &DutyRecorded { duty })?;
        Ok(id)
    }
}

impl RecordDuty {
    /// Everything that is wrong with it.
    fn check(&self, service: &Service, client_known: bool, today: Date) -> Refusal {
        let mut refusal = input_invalid().under("政务数据共享条例");
        if !client_known {
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
        let ahead = self.from.map_or(0, |from| today.until(from).map_or(-1, |span| span.get_days()));
        if !(0..=AHEAD_DAYS_MAX).contains(&ahead) {
            refusal = refusal.with_field("from", "开始日期应在今天起一年以内", "It begins today, or within a year");
        }
        if self.days == 0 || self.days > DAYS_MAX || self.calls_per_minute_max == 0 || self.calls_per_day_max == 0 {
            refusal = refusal.with_field("days", "期限为 1 至 366 天，次数上限须大于零", "1 to 366 days, and limits above zero");
        }
        if self.manners.contains(&Manner::Aggregate) && self.cell_count_min < CELL_COUNT_LEAST {
            refusal = refusal.with_field("cell_count_min", "统计答复的最小单元不得少于 3", "Figures are told from a count of 3 at least");
        }
        // Nobody can be asked whether she agrees to what is counted, or to rows that arrive as a batch.
        let unasked = self.manners.contains(&Manner::Aggregate) || service.register.starts_with(INBOX);
        if self.consent.as_ref().is_some_and(|name| name.trim().is_empty() || unasked) {
            refusal = refusal.with_field(
                "consent",
                "统计和批次不能凭本人同意；请写明同意的事由",
                "Neither figures nor batches rest on consent; name the consent",
            );
        }
        refusal
    }

    fn duty(&self, id: String, now_ms: i64) -> StandingDuty {
        let from_ms = self.from.map_or(now_ms, |from| clock::midnight(from).as_millisecond());
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
            consent: self.consent.as_ref().map(|name| name.trim().to_owned()),
            from_ms,
            until_ms: from_ms.saturating_add(i64::from(self.days).saturating_mul(DAY_MS)),
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
        let (duty, until_ms) = duties::find(cx.tx(), &self.duty)?.ok_or_else(Refusal::not_found)?;
        let provider = directory::find_member(cx.tx(), duty.service.subsystem())?.ok_or_else(Refusal::not_found)?;
        cx.authorise(&offered(provider.organ))?;
        let reason = given_reason(&self.reason, ("请写明终止的原因。", "Say why it is ended."))?;
        if until_ms <= cx.now_ms() {
            return Ok(());
        }
        cx.record(&duty.id, &DutyEnded { duty: duty.id.clone(), reason }).map(drop)
    }
}
