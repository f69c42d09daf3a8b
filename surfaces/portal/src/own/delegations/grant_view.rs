//! The page on which one authorises somebody.

use gate::{App, Form, Visitor, form_fields};
use i18n::Lang;
use maud::{Markup, Render, html};
use parties::DelegationKind;
use ui::{Button, Checkboxes, Choice, DateInput, Input, Legend, Radios};

use super::grant::Offer;
use super::kind_words;
use crate::own::view::{View, Wrong, at, column, summary, t};

/// The page, with what was typed.
pub(super) fn page(app: &App, visitor: &Visitor, offer: &Offer, form: &Form, wrong: &[Wrong]) -> Markup {
    let (lang, title) = (visitor.lang, t(visitor.lang, "grant.title"));
    let text = |name: &str, label: &'static str| Input::new(name, t(lang, label)).value(form.text(name)).error(at(lang, wrong, name));
    let until = DateInput::new(lang, "until", Legend::new(t(lang, "grant.until")));
    let body = html! {
        (summary(lang, wrong))
        h1.govuk-heading-l { (title) }
        p.govuk-body { (t(lang, "grant.explain")) }
        form method="post" action="/delegations/new" novalidate {
            (form_fields(visitor))
            (principals(lang, offer, form))
            (text("agent_name", "grant.name").autocomplete("off"))
            (text("agent_number", "grant.number").hint(t(lang, "grant.number-hint")).autocomplete("off").width(20))
            (kinds(lang, form, wrong))
            (scopes(lang, offer, form, wrong))
            (until.hint(t(lang, "grant.until-hint")).error(at(lang, wrong, "until-year"))
                .values(form.text("until-year"), form.text("until-month"), form.text("until-day")))
            (Button::submit(t(lang, "grant.do")))
        }
    };
    View::new(app, visitor, title).back("/delegations").wrong(wrong).show(column(body))
}

fn principals(lang: Lang, offer: &Offer, form: &Form) -> Markup {
    let first = offer.principals.first().map(|principal| principal.party.as_str()).unwrap_or_default();
    let chosen = if form.text("principal").is_empty() { first } else { form.text("principal") };
    let choice = |principal: &super::Principal| Choice::new(principal.party.as_str(), principal.name.as_str());
    html! {
        @if offer.principals.len() > 1 {
            (Radios::new("principal", Legend::new(t(lang, "grant.principal")), offer.principals.iter().map(choice).collect()).value(chosen))
        }
    }
}

fn kinds(lang: Lang, form: &Form, wrong: &[Wrong]) -> Markup {
    let kinds = [DelegationKind::Spouse, DelegationKind::Parent, DelegationKind::Child, DelegationKind::OtherRelative];
    let choices = kinds.map(|kind| Choice::new(kind.as_str(), kind_words(lang, kind))).to_vec();
    Radios::new("kind", Legend::new(t(lang, "grant.kind")), choices)
        .hint(t(lang, "grant.kind-hint"))
        .value(form.text("kind"))
        .error(at(lang, wrong, "kind"))
        .render()
}

fn scopes(lang: Lang, offer: &Offer, form: &Form, wrong: &[Wrong]) -> Markup {
    let item = |(slug, name): &(String, i18n::Text)| Choice::new(slug.as_str(), name.get(lang));
    let items = Checkboxes::new("item", Legend::new(t(lang, "grant.items")), offer.items.iter().map(item).collect())
        .values(form.all("item").into_iter().map(str::to_owned).collect());
    let choices = vec![
        Choice::new("items", t(lang, "grant.some")).reveals(items.render()),
        Choice::new("all", t(lang, "grant.all")).hint(t(lang, "grant.all-hint")),
    ];
    Radios::new("scope", Legend::new(t(lang, "grant.scope")), choices).value(form.text("scope")).error(at(lang, wrong, "scope")).render()
}
