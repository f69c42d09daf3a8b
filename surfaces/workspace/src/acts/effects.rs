//! The legal effect of each act, in one sentence, with the days it leads to.

use cases::TaskKind;
use clock::{LegalClock, Limit};
use i18n::{Lang, Text};
use procedure::codes::{ClockStarts, ItemType, Unit};
use procedure::item::{Basis, Duration};

use super::Ground;

/// The article of the one-time notice.
pub(super) const CORRECTION_BASIS: &str = "行政许可法 第三十二条第一款第四项";

/// Effect and basis of an outcome.
pub(super) fn of_outcome(ground: &Ground<'_>, code: &str) -> (Text, String) {
    match (ground.task.kind, code) {
        (TaskKind::Accept, "accepted") => (accepted(ground), article(ground, "行政许可法 第三十二条第一款第五项")),
        (TaskKind::Accept, _) => (refused(), article(ground, "行政许可法 第三十二条第一款第一项、第二项，第二款")),
        (TaskKind::Review, "passed") => (
            Text::new("记录审查意见，转入下一环节；期限继续计算。", "Records the opinion and passes the case on; the clock goes on."),
            article(ground, "行政许可法 第三十四条"),
        ),
        (TaskKind::Review, _) => (
            Text::new(
                "写明理由，退回上一环节；期限继续计算，不因退回重新起算。",
                "Returns the case to the step before, with reasons; the clock goes on.",
            ),
            String::new(),
        ),
        (TaskKind::Countersign, "agreed") => (
            Text::new("会签单位同意；全部会签意见齐全后进入下一环节。", "Your organ agrees; the case goes on once all have answered."),
            String::new(),
        ),
        (TaskKind::Countersign, _) => (
            Text::new("会签单位不同意并说明理由；意见随案卷交决定机关。", "Your organ objects, with reasons; they go to whoever decides."),
            String::new(),
        ),
        (TaskKind::Visit, "qualified") => (visit("核查合格", "qualified"), article(ground, "行政许可法 第三十四条第三款")),
        (TaskKind::Visit, _) => (visit("核查不合格", "not qualified"), article(ground, "行政许可法 第三十四条第三款")),
        (TaskKind::Decide, "approved") => (approved(ground), article(ground, "行政许可法 第三十八条第一款、第四十四条")),
        (TaskKind::Decide, _) => (rejected(ground), article(ground, "行政许可法 第三十八条第二款")),
        (TaskKind::Assign, _) => (
            Text::new(
                "派往所选单位承办；承办期限自诉求提交之日起计算，不重新起算。",
                "Sends it to the organ chosen; the limit runs from submission and does not start anew.",
            ),
            first_basis(ground),
        ),
        (TaskKind::Handle, "resolved") => (resolved(ground), first_basis(ground)),
        (TaskKind::Handle, _) => (
            Text::new(
                "写明理由，退回派单岗位；每件只能退回一次，期限继续计算。",
                "Sends it back to the dispatcher, with reasons; possible once, and the clock goes on.",
            ),
            first_basis(ground),
        ),
        (TaskKind::Confirm, _) => (Text::new("确认完成，转入下一环节或者办结。", "Confirms; the case goes on or is closed."), String::new()),
    }
}

/// Effect of the one-time correction notice.
pub(super) fn correction(ground: &Ground<'_>) -> Text {
    let days = ground.item.limits.correction_answer_workdays;
    let until = ground.calendar.add_workdays(ground.today, days).date;
    let (zh, en) = both(until);
    Text::new(
        format!("一次告知需要补正的全部内容，只能告知这一次；向申请人出具补正告知书，请其最迟在{zh}（{days}个工作日内）补正，逾期未补正的终止办理。"),
        format!(
            "Tells everything that is missing, once and never again; the applicant is given until {en} ({days} working days), after which the case ends."
        ),
    )
}

fn accepted(ground: &Ground<'_>) -> Text {
    let limits = &ground.item.limits;
    let from_submission = ground.item.case.clock_starts == ClockStarts::Submitted;
    let due = |limit: Duration| match &ground.file.clock {
        Some(clock) if from_submission => clock.due(ground.calendar, ground.today).0,
        _ => LegalClock::start(ground.today, limit_of(limit)).due(ground.calendar).date,
    };
    let ((zh, en), promised) = (both(due(limits.promised)), limits.promised.label());
    let starts = if from_submission {
        ("期限自提交之日起计算", "the limit runs from submission")
    } else {
        ("自受理之日起计时", "the clock starts today")
    };
    let mut text = Text::new(
        format!("予以受理，{}：承诺办结日{zh}（{}）", starts.0, promised.zh),
        format!("Accepts the application; {}: promised by {en} ({})", starts.1, promised.en),
    );
    if let Some(statutory) = &limits.statutory {
        let ((zh, en), label) = (both(due(statutory.limit)), statutory.limit.label());
        text.zh.push_str(&format!("，法定办结日{zh}（{}）", label.zh));
        text.en.push_str(&format!(", by law until {en} ({})", label.en));
    }
    text.zh.push_str("；向申请人出具受理通知书。");
    text.en.push_str("; the applicant receives an acceptance notice.");
    text
}

fn refused() -> Text {
    Text::new(
        "不予受理，本件终结：出具加盖专用印章、注明日期的不予受理决定书，告知申请人复议和诉讼的权利。",
        "Refuses the application; the case ends with a sealed and dated notice that names the remedies.",
    )
}

fn visit(zh: &str, en: &str) -> Text {
    Text::new(
        format!("记录{zh}：由两名以上工作人员核查并写明看到的情况，核查记录归入案卷，作为决定的依据。"),
        format!("Records the visit as {en}: two officers or more, with what they found; the record is part of the file."),
    )
}

fn approved(ground: &Ground<'_>) -> Text {
    let days = ground.item.limits.delivery_workdays;
    let names = |of: fn(&Text) -> &str, comma: &str| ground.item.certificates.iter().map(|spec| of(&spec.name)).collect::<Vec<_>>().join(comma);
    let (zh, en) = (names(|text| &text.zh, "、"), names(|text| &text.en, ", "));
    let (zh, en) = if zh.is_empty() { (String::new(), String::new()) } else { (format!("并签发{zh}"), format!(" and issues {en}")) };
    Text::new(
        format!("作出准予决定{zh}；自决定之日起{days}个工作日内送达，决定作出后不能撤回重办。"),
        format!("Grants it{en}; delivered within {days} working days. The decision cannot be taken back."),
    )
}

fn rejected(ground: &Ground<'_>) -> Text {
    let kind = if is_permit(ground) { ("不予行政许可决定", "a refusal of the permit") } else { ("不予办理决定", "a refusal") };
    Text::new(
        format!("作出{}：书面说明理由和依据，告知申请人六十日内申请行政复议、六个月内提起行政诉讼的权利；本件办结。", kind.0),
        format!(
            "Makes {}: with reasons, basis and the remedies (60 days to apply for reconsideration, six months to sue); the case is closed.",
            kind.1
        ),
    )
}

fn resolved(ground: &Ground<'_>) -> Text {
    let again = if ground.file.reopened {
        ("", "")
    } else {
        ("，不满意的可以要求重新办理一次", " and may ask once for it to be handled again")
    };
    Text::new(
        format!("以本答复办结：答复送达诉求人，诉求人可以评价{}。", again.0),
        format!("Closes with this reply; the person receives it, rates it{}.", again.1),
    )
}

/// The article of the permit law for permits, the item's own basis for others.
fn article(ground: &Ground<'_>, of_permits: &str) -> String {
    if is_permit(ground) { of_permits.to_owned() } else { first_basis(ground) }
}

fn is_permit(ground: &Ground<'_>) -> bool {
    ground.item.item_type == ItemType::Permit
}

fn first_basis(ground: &Ground<'_>) -> String {
    ground.item.basis.first().map(Basis::citation).unwrap_or_default()
}

fn both(day: clock::Date) -> (String, String) {
    (i18n::date(Lang::ZhHans, day), i18n::date(Lang::En, day))
}

fn limit_of(duration: Duration) -> Limit {
    match duration.unit {
        Unit::Workday => Limit::workdays(duration.value),
        Unit::CalendarDay => Limit::calendar_days(duration.value),
        Unit::Hour => Limit::hours(duration.value),
    }
}
