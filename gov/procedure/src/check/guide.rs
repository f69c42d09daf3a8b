//! 情形引导: the guide questions.

use crate::check::report::Report;
use crate::codes::StartedBy;
use crate::item::{Item, Situation};

pub(crate) fn check(item: &Item, report: &mut Report<'_>) {
    for (index, situation) in item.situations.iter().enumerate() {
        let at = format!("situation[{index}]");
        if item.situations.iter().take(index).any(|other| other.id == situation.id) {
            let (zh, en) = (format!("情形标识“{}”重复。", situation.id), format!("The situation id \"{}\" is used twice.", situation.id));
            report.item(&format!("{at}.id"), "situation-repeated", zh, en);
        }
        check_situation(&at, situation, report);
    }
    if item.case.start == StartedBy::Applicant && item.case.promise.is_none() {
        report.item("case", "promise-missing", "缺少提交前的承诺（case.promise）。", "The declaration before submitting (case.promise) is missing.");
    }
}

fn check_situation(at: &str, situation: &Situation, report: &mut Report<'_>) {
    let (zh, en) = (&situation.question.zh, &situation.question.en);
    if situation.options.len() < 2 {
        report.item(at, "situation-options", format!("问题“{zh}”至少要有两个选项。"), format!("The question \"{en}\" needs at least two options."));
    }
    for (index, option) in situation.options.iter().enumerate() {
        if situation.options.iter().take(index).any(|other| other.value == option.value) {
            let value = &option.value;
            let key = format!("{at}.options[{index}].value");
            report.item(
                &key,
                "option-repeated",
                format!("问题“{zh}”的选项值“{value}”重复。"),
                format!("The question \"{en}\" has the value \"{value}\" twice."),
            );
        }
    }
    let Some(stop) = &situation.stop else { return };
    if !situation.options.iter().any(|option| option.value == stop.value) {
        let value = &stop.value;
        let key = format!("{at}.stop.value");
        report.item(
            &key,
            "stop-unknown",
            format!("终止值“{value}”不是问题“{zh}”的选项。"),
            format!("The stop value \"{value}\" is no option of the question \"{en}\"."),
        );
    }
}
