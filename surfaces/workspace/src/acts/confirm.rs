//! The second look before something is taken from the applicant: the decision as it will be read, and one more button.

use i18n::Lang;
use maud::{Markup, html};
use ui::{Button, SummaryList, SummaryRow, WarningText};

use super::{Act, Offer};
use crate::say::Say;
use crate::typed::Typed;

/// The page part that asks for confirmation; everything typed travels along and can still be changed.
pub(crate) fn confirmation(lang: Lang, offer: &Offer<'_>, act: &Act, typed: &Typed, applicant: &str) -> Markup {
    let label = act.label.get(lang);
    let rows = vec![
        SummaryRow::new(lang.say("决定", "Decision"), label),
        SummaryRow::new(lang.say("送达", "Addressed to"), applicant),
        SummaryRow::new(lang.say("理由", "Reasons"), html! { span.zs-preline { (typed.get("opinion")) } }),
        SummaryRow::new(lang.say("依据", "Basis"), typed.get("basis")),
        SummaryRow::new(lang.say("救济权利", "Remedies"), offer.remedies.get(lang)),
    ];
    html! {
        section.zs-action #act aria-labelledby="confirm-title" {
            h2.govuk-heading-m #confirm-title { (lang.tell(format!("请核对后确认：{label}"), format!("Check and confirm: {label}"))) }
            (WarningText::new(lang, act.effect.get(lang)))
            (SummaryList::new(rows))
            form method="post" action=(offer.action) {
                (offer.hidden(act))
                @for (name, value) in typed.pairs().iter().filter(|(name, _)| !matches!(name.as_str(), "act" | "seen" | "confirm")) {
                    input type="hidden" name=(name) value=(value);
                }
                div.govuk-button-group {
                    (Button::submit(lang.tell(format!("确认{label}"), format!("Confirm: {label}"))).named("confirm", "yes").warning())
                    (Button::submit(lang.say("返回修改", "Back to change")).named("confirm", "no").secondary())
                }
            }
        }
    }
}
