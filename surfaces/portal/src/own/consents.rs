//! My consents: what organs ask leave to read, what I allowed, and taking it back (个人信息保护法 第十三条至第十六条).

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use gate::{App, Citizen, Flash, Form, PageError, Visitor, form_fields, see_other_with};
use i18n::{Lang, Text};
use maud::{Markup, html};
use registers::{AnswerConsent, Declaration, RevokeConsent};
use runner::Refusal;
use tracker::{Consent, ConsentState};
use ui::{Button, Details, InsetText, SummaryCard, SummaryList, SummaryRow, Tag, TagColour};

use super::tracker::organ_names;
use super::view::{TEXTS, View, column, moment, t};

struct Shown {
    consents: Vec<Consent>,
    organs: BTreeMap<String, Text>,
    registers: BTreeMap<String, Arc<Declaration>>,
}

/// `GET /consents`
pub(super) async fn get(State(app): State<App>, Citizen(visitor): Citizen) -> Result<Markup, PageError> {
    let shown = load(&app, &visitor).await?;
    let (lang, title) = (visitor.lang, t(visitor.lang, "consents.title"));
    let now_ms = app.now_ms();
    let part = |wanted: fn(&Consent, i64) -> bool| shown.consents.iter().filter(move |consent| wanted(consent, now_ms)).collect::<Vec<_>>();
    let asked = part(|consent, now_ms| consent.state == ConsentState::Asked && now_ms < consent.terms.until_ms);
    let in_force = part(|consent, now_ms| consent.in_force(now_ms));
    let ended = part(|consent, now_ms| !consent.in_force(now_ms) && (consent.state != ConsentState::Asked || now_ms >= consent.terms.until_ms));
    let section = |heading: &'static str, empty: &'static str, some: &[&Consent]| {
        html! {
            h2.govuk-heading-l { (t(lang, heading)) }
            @if some.is_empty() { p.govuk-body { (t(lang, empty)) } }
            @for consent in some { (card(&visitor, &shown, consent, now_ms)) }
        }
    };
    let body = html! {
        h1.govuk-heading-xl { (title) }
        p.govuk-body-l { (t(lang, "consents.lead")) }
        (InsetText::new(t(lang, "consents.law")))
        (section("consents.asked", "consents.none-asked", &asked))
        (section("consents.in-force", "consents.none-in-force", &in_force))
        (section("consents.ended", "consents.none-ended", &ended))
    };
    Ok(View::new(&app, &visitor, title).show(column(body)))
}

/// `POST /consents/{consent}/{answer}`
pub(super) async fn post(
    State(app): State<App>,
    Citizen(visitor): Citizen,
    Path((consent, answer)): Path<(String, String)>,
    form: Form,
) -> Result<Response, PageError> {
    let done = match answer.as_str() {
        "agree" | "decline" => {
            let agrees = answer == "agree";
            app.execute(&visitor, form.key(), AnswerConsent { consent, agrees }).await?;
            if agrees { "consents.done-agree" } else { "consents.done-decline" }
        }
        "revoke" => {
            app.execute(&visitor, form.key(), RevokeConsent { consent }).await?;
            "consents.done-revoke"
        }
        _ => return Err(PageError::NotFound),
    };
    let text = TEXTS.text(done);
    Ok(see_other_with(&app, "/consents", &Flash::success(text.zh, text.en)))
}

async fn load(app: &App, visitor: &Visitor) -> Result<Shown, PageError> {
    let (keys, actor) = (Arc::clone(&app.keys), visitor.actor.clone());
    app.read(move |tx| {
        let number = registers::own_number(tx, &keys, &actor)?.ok_or_else(Refusal::not_found)?;
        let consents = tracker::consents_of(tx, &keys, &number)?;
        let organs = organ_names(tx, consents.iter().map(|consent| consent.terms.organ.as_str()))?;
        let registers = registers::declarations(tx)?.into_iter().map(|one| (one.slug.clone(), one)).collect();
        Ok(Shown { consents, organs, registers })
    })
    .await
}

fn card(visitor: &Visitor, shown: &Shown, consent: &Consent, now_ms: i64) -> Markup {
    let lang = visitor.lang;
    let terms = &consent.terms;
    let organ = shown.organs.get(&terms.organ).map_or(terms.organ.as_str(), |name| name.get(lang));
    let mut rows = vec![
        SummaryRow::new(t(lang, "consents.who"), organ),
        SummaryRow::new(t(lang, "consents.purpose"), terms.purpose.get(lang)),
        SummaryRow::new(t(lang, "consents.source"), terms.source.title.get(lang)),
        SummaryRow::new(t(lang, "consents.fields"), fields(lang, shown, consent)),
        SummaryRow::new(t(lang, "consents.until"), last_day(lang, terms.until_ms)),
        SummaryRow::new(t(lang, "consents.version"), consent.version.to_string()),
        SummaryRow::new(t(lang, "consents.state"), html! { (state(lang, consent, now_ms)) }),
    ];
    if let Some(given_ms) = consent.given_ms {
        rows.push(SummaryRow::new(t(lang, "consents.given"), moment(lang, given_ms)));
    }
    if let Some(ended_ms) = consent.ended_ms {
        rows.push(SummaryRow::new(t(lang, "consents.ended-at"), moment(lang, ended_ms)));
    }
    html! {
        div #(consent.id) {
            (SummaryList::new(rows).card(SummaryCard::new(terms.name.as_str())))
            @if terms.sensitive && consent.state == ConsentState::Asked { p.govuk-body { (t(lang, "consents.sensitive")) } }
            (acts(visitor, consent, now_ms))
            @if let Some(note) = &consent.note { (Details::new(t(lang, "consents.note"), html! { pre.zs-pre tabindex="0" { (note) } })) }
        }
    }
}

fn acts(visitor: &Visitor, consent: &Consent, now_ms: i64) -> Markup {
    let lang = visitor.lang;
    let button = |answer: &str, label: &'static str, secondary: bool| {
        let submit = Button::submit(html! { (t(lang, label)) span.govuk-visually-hidden { " " (consent.terms.name) } });
        let submit = if secondary { submit.secondary() } else { submit };
        html! { form method="post" action={ "/consents/" (consent.id) "/" (answer) } { (form_fields(visitor)) (submit) } }
    };
    html! {
        @if consent.state == ConsentState::Asked && now_ms < consent.terms.until_ms {
            div.govuk-button-group { (button("agree", "consents.agree", false)) (button("decline", "consents.decline", true)) }
        } @else if consent.in_force(now_ms) {
            (button("revoke", "consents.revoke", true))
        }
    }
}

fn fields(lang: Lang, shown: &Shown, consent: &Consent) -> String {
    let declaration = shown.registers.get(&consent.terms.source.name);
    let title = |name: &String| {
        let field = declaration.and_then(|declaration| declaration.field(name));
        field.map_or_else(|| name.clone(), |field| field.title.get(lang).to_owned())
    };
    consent.terms.fields.iter().map(title).collect::<Vec<_>>().join(t(lang, "list.separator"))
}

/// The consent ends with the first moment of the day after.
fn last_day(lang: Lang, until_ms: i64) -> String {
    let last = clock::from_millis(until_ms.saturating_sub(1)).map(clock::local_date);
    last.map(|day| i18n::date(lang, day)).unwrap_or_default()
}

fn state(lang: Lang, consent: &Consent, now_ms: i64) -> Tag {
    let (colour, key) = match consent.state {
        ConsentState::Asked => (TagColour::Yellow, "consents.state-asked"),
        ConsentState::Given if consent.in_force(now_ms) => (TagColour::Green, "consents.state-given"),
        ConsentState::Given => (TagColour::Grey, "consents.state-over"),
        ConsentState::Declined => (TagColour::Grey, "consents.state-declined"),
        ConsentState::Revoked => (TagColour::Grey, "consents.state-revoked"),
        ConsentState::Replaced => (TagColour::Grey, "consents.state-replaced"),
    };
    Tag::new(colour, t(lang, key))
}

/// Words for the row of the tracker.
pub(super) fn link(lang: Lang, consent: &str) -> Markup {
    html! { a.govuk-link href={ "/consents#" (consent) } { (t(lang, "consents.of-tracker")) } }
}
