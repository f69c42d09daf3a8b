//! What registering and describing an organ have in common.

use super::checks::{Checks, NAME_CHARS_MAX, TEXT_CHARS_MAX, on_constraint};
use crate::model::organ::OrganDetails;
use runner::{Halt, Refusal};

const DUTIES_MAX: usize = 200;
const PHONE_CHARS_MAX: usize = 40;

/// The details, trimmed.
pub(super) fn checked_details(checks: &mut Checks, details: &OrganDetails) -> OrganDetails {
    checks.require(details.duties.len() <= DUTIES_MAX, "duties", "职责不能超过 200 项", "At most 200 duties");
    let mut duties: Vec<String> = details.duties.iter().map(|duty| checks.slug("duties", duty)).collect();
    duties.sort();
    duties.dedup();
    let phone = checks.text("phone", &details.phone, PHONE_CHARS_MAX);
    let complaint_phone = checks.text("complaint_phone", &details.complaint_phone, PHONE_CHARS_MAX);
    checks.require(
        phone.is_empty() || phone != complaint_phone,
        "complaint_phone",
        "监督投诉电话不能与咨询电话相同",
        "The telephone for complaints must differ from the one for questions",
    );
    OrganDetails {
        short_name: checks.bilingual("short_name", &details.short_name, NAME_CHARS_MAX),
        duties,
        address: checks.bilingual("address", &details.address, TEXT_CHARS_MAX),
        hours: checks.bilingual("hours", &details.hours, TEXT_CHARS_MAX),
        phone,
        complaint_phone,
        seal_motif: details.seal_motif,
    }
}

/// One duty, one organ in a division: otherwise nobody could say who is responsible.
pub(super) fn duty_taken(halt: Halt) -> Halt {
    on_constraint(halt, "uq_organ_duty__duty__division", || {
        Refusal::new(
            "duty-taken",
            "其中一项职责在本行政区划内已由另一个机构承担。",
            "Another organ of this division already has one of these duties.",
            "请先调整原机构的职责，再登记到本机构。",
            "Take the duty from the other organ first.",
        )
    })
}
