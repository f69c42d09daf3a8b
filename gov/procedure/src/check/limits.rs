//! 时限: order of the limits, and what 行政许可法 allows.

use crate::check::report::Report;
use crate::codes::{ClockStarts, Code, Handling, ItemType, Unit};
use crate::item::{Item, StatutoryLimit};

/// 行政许可法 第四十二条第一款.
const PERMIT_WORKDAYS_MAX: u32 = 20;
/// 行政许可法 第四十二条第一款.
const EXTENSION_WORKDAYS_MAX: u32 = 10;
/// 行政许可法 第三十二条第一款第四项.
const CORRECTION_NOTICE_WORKDAYS_MAX: u32 = 5;
/// 行政许可法 第四十四条.
const DELIVERY_WORKDAYS_MAX: u32 = 10;

pub(crate) fn check(item: &Item, report: &mut Report<'_>) {
    let promised = item.limits.promised;
    match &item.limits.statutory {
        Some(statutory) => check_order(item, statutory, report),
        None if item.item_type == ItemType::Permit => {
            report.item("limits", "statutory-missing", "行政许可必须写明法定办结时限。", "A permit must name its statutory limit.");
        }
        None => {}
    }
    let at_once = promised.unit == Unit::Workday && promised.value <= 1 || promised.unit == Unit::Hour && promised.value <= 24;
    if item.handling == Handling::Instant && !at_once {
        let zh = format!("即办件的承诺时限应为 0 或 1 个工作日，而不是{}。", promised.label().zh);
        report.item(
            "limits.promised",
            "instant-limit",
            zh,
            format!("An item handled at once must promise 0 or 1 working day, not {}.", promised.label().en),
        );
    }
    if item.handling == Handling::Promised && promised.value == 0 {
        report.item("limits.promised", "promised-zero", "承诺件的承诺时限不能为 0。", "A promised limit of 0 is for items handled at once.");
    }
    if item.limits.extension_workdays_max > EXTENSION_WORKDAYS_MAX {
        let zh = format!("延长期限最多 {EXTENSION_WORKDAYS_MAX} 个工作日（行政许可法第四十二条）。");
        let en = format!("The extension is at most {EXTENSION_WORKDAYS_MAX} working days (行政许可法 article 42).");
        report.item("limits.extension_workdays_max", "extension-too-long", zh, en);
    }
    if item.item_type == ItemType::Permit {
        check_permit(item, report);
    }
}

fn check_order(item: &Item, statutory: &StatutoryLimit, report: &mut Report<'_>) {
    let (promised, limit) = (item.limits.promised, statutory.limit);
    if promised.unit == limit.unit && promised.value > limit.value {
        let zh = format!("承诺时限{}长于法定时限{}。", promised.label().zh, limit.label().zh);
        let en = format!("The promised limit of {} is longer than the statutory one of {}.", promised.label().en, limit.label().en);
        report.item("limits.promised", "limits-order", zh, en);
    }
    if promised.unit != limit.unit && promised.hours() > limit.hours() {
        let zh = format!("承诺时限{}与法定时限{}单位不同，似乎更长。", promised.label().zh, limit.label().zh);
        let en = format!("The promised limit of {} seems longer than the statutory one of {}.", promised.label().en, limit.label().en);
        report.item_warning("limits.promised", "limits-units", zh, en);
    }
    if limit.value == 0 {
        report.item("limits.statutory", "statutory-zero", "法定时限不能为 0。", "The statutory limit cannot be 0.");
    }
}

fn check_permit(item: &Item, report: &mut Report<'_>) {
    let limits = &item.limits;
    if let Some(statutory) = &limits.statutory {
        if statutory.limit.unit != Unit::Workday {
            let zh = format!("行政许可的期限以工作日计算（行政许可法第八十二条），不是{}。", statutory.limit.unit.label().zh);
            report.item("limits.statutory", "permit-unit", zh, "Limits of permits are working days (行政许可法 article 82).");
        } else if statutory.limit.value > PERMIT_WORKDAYS_MAX && statutory.note.is_none() {
            let zh = format!("行政许可的法定时限超过 {PERMIT_WORKDAYS_MAX} 个工作日，须在 note 中写明特别法的规定（行政许可法第四十二条）。");
            let en = format!("A permit with more than {PERMIT_WORKDAYS_MAX} working days must name the special law in note (行政许可法 article 42).");
            report.item("limits.statutory", "permit-too-long", zh, en);
        }
    }
    if !(1..=CORRECTION_NOTICE_WORKDAYS_MAX).contains(&limits.correction_notice_workdays) {
        let zh = format!("行政许可的补正告知期限为 {CORRECTION_NOTICE_WORKDAYS_MAX} 个工作日以内（行政许可法第三十二条）。");
        let en = format!("The correction notice of a permit is due within {CORRECTION_NOTICE_WORKDAYS_MAX} working days (行政许可法 article 32).");
        report.item("limits.correction_notice_workdays", "correction-notice-limit", zh, en);
    }
    if limits.delivery_workdays > DELIVERY_WORKDAYS_MAX {
        let zh = format!("行政许可决定后 {DELIVERY_WORKDAYS_MAX} 个工作日内颁发、送达（行政许可法第四十四条）。");
        let en = format!("A permit is delivered within {DELIVERY_WORKDAYS_MAX} working days of the decision (行政许可法 article 44).");
        report.item("limits.delivery_workdays", "delivery-too-long", zh, en);
    }
    if !item.case.deemed_acceptance {
        let zh = "行政许可逾期不告知补正的，自收到材料之日起即为受理（行政许可法第三十二条），deemed_acceptance 不能为 false。";
        let en = "A permit is accepted by default (行政许可法 article 32); deemed_acceptance must stay true.";
        report.item("case.deemed_acceptance", "deemed-acceptance", zh, en);
    }
    if item.case.clock_starts != ClockStarts::Accepted {
        let zh = "行政许可的期限自受理之日起计算（行政许可法第四十二条）。";
        report.item("case.clock_starts", "clock-start", zh, "The limit of a permit runs from acceptance (行政许可法 article 42).");
    }
}
