//! `/workspace/data/voices`: what people say, and answering it.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with, status_of};
use maud::{Markup, html};
use opendata::{AnswerVoice, Voice, VoiceId, VoiceKind, VoiceState, queries};
use ui::{Button, Textarea};

use super::parts::{is_authority, own_organs};
use crate::frame::{Desk, Place, heading, hidden};
use crate::say::{Say, moment};
use crate::typed::Typed;

const SHOWN_MAX: u32 = 200;
const KINDS: [VoiceKind; 3] = [VoiceKind::Wish, VoiceKind::Feedback, VoiceKind::Reuse];

/// `GET /workspace/data/voices`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember) -> Result<Response, PageError> {
    Ok(page(&app, &visitor, &Typed::default()).await?.into_response())
}

/// `POST /workspace/data/voices`
pub(super) async fn post(State(app): State<App>, StaffMember(visitor): StaffMember, form: Form) -> Result<Response, PageError> {
    let voice = VoiceId::parse(form.text("voice")).map_err(|_| PageError::NotFound)?;
    let command = AnswerVoice { voice, accept: form.text("act") != "decline", answer: form.text("answer").to_owned() };
    match app.execute(&visitor, form.key(), command).await {
        Ok(_) => Ok(see_other_with(&app, "/workspace/data/voices", &Flash::success("已答复。", "Answered."))),
        Err(error) => {
            let refusal = crate::pages::shown(error)?;
            let typed = Typed::from_pairs(&form.0);
            let control = format!("answer-{}", typed.get("voice"));
            let mut typed = typed;
            typed.blame(control, format!("{} {}", refusal.sentence.get(visitor.lang), refusal.next_step.get(visitor.lang)));
            Ok((status_of(&refusal), page(&app, &visitor, &typed).await?).into_response())
        }
    }
}

/// Those that wait, and that the visitor may answer.
async fn page(app: &App, visitor: &Visitor, typed: &Typed) -> Result<Markup, PageError> {
    if !Place::Data.is_for(app, visitor) {
        return Err(PageError::NotFound);
    }
    let organs = own_organs(app, visitor).await?;
    let all = is_authority(&organs, visitor);
    let ids: Vec<String> = organs.iter().map(|organ| organ.id.to_string()).collect();
    let voices = app.read(move |tx| {
        let mut found = Vec::new();
        for kind in KINDS {
            found.extend(queries::voices(tx, kind, Some(VoiceState::Open), None, SHOWN_MAX)?);
        }
        Ok::<_, runner::Halt>(found)
    });
    let mut voices = voices.await?;
    voices.retain(|voice| all || voice.organ.as_ref().is_some_and(|organ| ids.contains(organ)));
    let lang = visitor.lang;
    let title = lang.say("需求、意见和应用", "What people say");
    let body = html! {
        (typed.summary(lang))
        (heading(title))
        @if voices.is_empty() { p.govuk-body { (lang.say("没有待答复的来信。", "Nothing waits for an answer.")) } }
        @for voice in &voices { (one(visitor, voice, typed)) }
    };
    Ok(Desk::new(app, visitor, Place::Data, title).below().wrong(typed.has_errors()).show(body))
}

fn one(visitor: &Visitor, voice: &Voice, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let control = format!("answer-{}", voice.id);
    let value = if typed.get("voice") == voice.id.as_str() { typed.get("answer") } else { "" };
    html! {
        section {
            h2.govuk-heading-m { (voice.kind.name().get(lang)) "：" (voice.title) }
            p.govuk-body { (voice.text) }
            @if !voice.url.is_empty() { p.govuk-body { (voice.url) } }
            p.govuk-body-s { (moment(lang, voice.at_ms)) }
            form method="post" action="/workspace/data/voices" novalidate {
                (hidden(visitor, voice.id.as_str()))
                input type="hidden" name="voice" value=(voice.id.as_str());
                (Textarea::new("answer", lang.say("答复（公开）", "Answer (public)")).id(control.as_str()).value(value).rows(3).error(typed.error(lang, &control)))
                (Button::submit(lang.say("答复并公开", "Answer and publish")).named("act", "accept"))
                (Button::submit(lang.say("不予采纳", "Decline")).secondary().named("act", "decline"))
            }
        }
    }
}
