//! Whose case this is.

use i18n::Lang;
use maud::{Markup, html};
use parties::{IdentityMask, mask_identity};
use ui::{Badge, BadgeColour, Content, IdentityBar, SummaryList, SummaryRow};

use super::{Desktop, Dossier};
use crate::people::channel;
use crate::say::{RowClock, Say, moment, row_light, status_tag};

pub(super) fn bar(dossier: &Dossier, desk: Desktop<'_>) -> Markup {
    let (file, lang) = (&dossier.view.file, desk.lang);
    let row = RowClock::of(file.status, file.due_on);
    let applicant = if file.applicant_shown.is_empty() {
        lang.say("无申请人（系统开办）", "No applicant (opened by the system)")
    } else {
        &file.applicant_shown
    };
    let mut facts = vec![
        Content::from(applicant),
        Content::from(file.item_name.get(lang)),
        Content::Html(html! { (status_tag(lang, file.status)) }),
        Content::Html(html! { (row_light(lang, desk.calendar, row, desk.today)) }),
    ];
    if file.reopened {
        facts.push(Content::Html(html! { (Badge::new(BadgeColour::Red, lang.say("重新办理", "Reopened"))) }));
    }
    if file.accepted_by_default {
        facts.push(Content::Html(html! { (Badge::new(BadgeColour::Purple, lang.say("逾期视为受理", "Accepted by default"))) }));
    }
    html! { (IdentityBar { title: Content::from(file.number.as_str()), facts, actions: Content::Empty }) }
}

/// Applicant and origin of the case.
pub(super) fn facts(dossier: &Dossier, desk: Desktop<'_>) -> Markup {
    let (file, lang) = (&dossier.view.file, desk.lang);
    let applicant = &file.applicant;
    let mut rows = Vec::new();
    if !applicant.party.is_empty() {
        let open = dossier.is_open_to_reader;
        let name = if open { applicant.name.clone() } else { file.applicant_shown.clone() };
        rows.push(SummaryRow::new(lang.say("申请人", "Applicant"), name));
        rows.push(SummaryRow::new(lang.say("证件号码", "Identity or credit code"), shown_code(&applicant.id_number, &applicant.kind, open)));
        if let Some(mobile) = applicant.mobile.as_deref().filter(|_| open) {
            rows.push(SummaryRow::new(lang.say("手机", "Mobile"), html! { a.govuk-link href={ "tel:" (mobile) } { (mobile) } }));
        }
        if file.agent.is_some() {
            rows.push(SummaryRow::new(lang.say("代理", "Agent"), lang.say("由受托人代为申请", "Applied by an authorised agent")));
        }
    }
    rows.push(SummaryRow::new(lang.say("提交", "Submitted"), format!("{} · {}", moment(lang, file.submitted_ms), channel(lang, &file.channel))));
    rows.push(SummaryRow::new(lang.say("责任机关", "Organ"), dossier.organ.get(lang)));
    rows.extend(waiting(dossier, lang));
    if let Some(rating) = &dossier.view.rating {
        rows.push(SummaryRow::new(lang.say("好差评", "Rating"), html! { (rating.level.label().get(lang)) div.zs-preline { (rating.comment) } }));
    }
    html! {
        section aria-labelledby="facts-title" {
            h2.govuk-heading-m #facts-title { (lang.say("概要", "At a glance")) }
            (SummaryList::new(rows))
        }
    }
}

fn waiting(dossier: &Dossier, lang: Lang) -> Option<SummaryRow> {
    let who = dossier.waiting.iter().map(|(task, place)| {
        let claimed = task.assignee.as_ref().map(|account| {
            lang.tell(
                format!("，{}已签收", dossier.people.name(account, Lang::ZhHans)),
                format!(", claimed by {}", dossier.people.name(account, Lang::En)),
            )
        });
        format!("{}{}{}{}", task.name.get(lang), lang.say("：", ": "), place.get(lang), claimed.unwrap_or_default())
    });
    let who: Vec<String> = who.collect();
    (!who.is_empty()).then(|| SummaryRow::new(lang.say("当前环节", "Waits for"), html! { @for line in &who { div { (line) } } }))
}

fn shown_code(code: &str, kind: &str, open: bool) -> String {
    if open || kind != "person" { code.to_owned() } else { mask_identity(code, IdentityMask::Office) }
}
