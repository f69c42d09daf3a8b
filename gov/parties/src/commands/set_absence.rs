//! 登记离岗并指定代岗人

use super::assign_post::licence_missing;
use super::checks::Checks;
use crate::events::AbsenceSet;
use crate::model::organ::{Absence, Staff};
use crate::model::party::StaffId;
use crate::store as tables;
use clock::Date;
use jiff::ToSpan;
use runner::{Command, Cx, Halt, Refusal, Resource};
use serde::Serialize;

/// Longest absence in days; for longer ones posts are given to somebody else.
const ABSENCE_DAYS_MAX: i64 = 366;

/// Says when somebody is away and who holds the posts meanwhile. Replaces an earlier arrangement.
#[derive(Debug, Clone, Serialize)]
pub struct SetAbsence {
    /// Who is away.
    pub staff: StaffId,
    /// First day away.
    pub from: Date,
    /// Last day away.
    pub until: Date,
    /// Who stands in: of the same organ, present all the time.
    pub substitute: StaffId,
}

impl Command for SetAbsence {
    type Outcome = ();
    const ACTION: &'static str = "post.substitute";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let staff = tables::staff::find(cx.tx(), self.staff.as_str())?.ok_or_else(Refusal::not_found)?;
        let substitute = tables::staff::find(cx.tx(), self.substitute.as_str())?;
        let resource = absence_resource(cx, &staff);
        cx.authorise(&resource)?;
        let absence = Absence { from: self.from, until: self.until, substitute: self.substitute.clone() };
        self.check(cx, &staff, substitute.as_ref(), &absence)?;
        cx.record(staff.id.as_str(), &AbsenceSet { staff: staff.id.clone(), absence })?;
        Ok(())
    }
}

impl SetAbsence {
    fn check(&self, cx: &mut Cx<'_>, staff: &Staff, substitute: Option<&Staff>, absence: &Absence) -> Result<(), Halt> {
        let longest = self.from.saturating_add(ABSENCE_DAYS_MAX.days());
        let mut checks = Checks::new();
        checks.require(self.until >= self.from, "until", "结束日期早于开始日期", "The last day lies before the first");
        checks.require(self.until >= cx.today(), "until", "结束日期已经过去", "The last day is past");
        checks.require(self.until <= longest, "until", "离岗不能超过一年，请改为调整岗位", "At most a year; give the posts to somebody else instead");
        checks.require(self.substitute != self.staff, "substitute", "不能由本人代岗", "Nobody stands in for oneself");
        let same_organ = substitute.is_some_and(|other| other.organ == staff.organ);
        checks.require(same_organ, "substitute", "代岗人应为本机构工作人员", "The substitute must belong to the same organ");
        checks.finish()?;
        let Some(substitute) = substitute else { return Ok(()) };
        if substitute.absence.as_ref().is_some_and(|other| other.overlaps(absence)) {
            return Err(substitute_away().into());
        }
        let stood_in_for = tables::staff::substituted_by(cx.tx(), staff.id.as_str())?;
        if stood_in_for.iter().any(|other| other.absence.as_ref().is_some_and(|other| other.overlaps(absence))) {
            return Err(is_substitute().into());
        }
        self.check_licence(cx, staff, substitute)
    }

    fn check_licence(&self, cx: &mut Cx<'_>, staff: &Staff, substitute: &Staff) -> Result<(), Halt> {
        if substitute.officer_licence.is_some() {
            return Ok(());
        }
        for held in tables::posts::own(cx.tx(), staff.id.as_str())? {
            let post = tables::posts::find(cx.tx(), held.post.as_str())?;
            if post.is_some_and(|post| post.requires_licence) {
                return Err(licence_missing().into());
            }
        }
        Ok(())
    }
}

/// One's own absence, or one of the organ.
pub(super) fn absence_resource(cx: &Cx<'_>, staff: &Staff) -> Resource {
    let is_own = cx.actor().party.as_deref() == Some(staff.id.as_str());
    Resource {
        id: staff.id.to_string(),
        organ: Some(staff.organ.to_string()),
        assignee: is_own.then(|| cx.actor().account.clone()),
        ..Resource::of("staff")
    }
}

fn substitute_away() -> Refusal {
    Refusal::new(
        "substitute-away",
        "代岗人在这段时间也不在岗。",
        "The substitute is away at the same time.",
        "请另选在岗人员代岗，或缩短代岗时间。",
        "Choose somebody who is there, or a shorter time.",
    )
}

fn is_substitute() -> Refusal {
    Refusal::new(
        "already-a-substitute",
        "该人员在这段时间已受托为他人代岗，代岗不能再转给别人。",
        "This person stands in for somebody else at that time, which cannot be passed on.",
        "请先为被代岗人另行指定代岗人。",
        "Name another substitute for that colleague first.",
    )
}
