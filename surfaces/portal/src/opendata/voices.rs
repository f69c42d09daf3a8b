//! `/data/requests`, `/data/reuses`, `/data/{slug}/feedback`: what people say, and the answers.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use gate::{App, Flash, Form, PageError, Visitor, form_fields, see_other_with, status_of};
use i18n::Lang;
use maud::{Markup, html};
use opendata::{DatasetId, RaiseVoice, Release, Voice, VoiceKind, VoiceState, queries};
use runner::Refusal;
use ui::{Button, Crumb, ErrorMessage, ErrorSummary, Input, Tag, TagColour, Textarea};

use super::dataset::crumbs;
use super::{kept, say, text};
use crate::public::view::{View, document, moment, send};

const SHOWN_MAX: u32 = 50;

/// Which page of voices this is.
#[derive(Clone)]
struct Board {
    kind: VoiceKind,
    /// The dataset it is about.
    about: Option<Release>,
}

/// What was typed, and what is wrong with it.
#[derive(Default)]
struct Typed {
    title: String,
    text: String,
    url: String,
    refusal: Option<Refusal>,
}

/// `GET /data/requests`
pub(super) async fn requests(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    show(&app, &visitor, &Board { kind: VoiceKind::Wish, about: None }, &Typed::default()).await
}

/// `POST /data/requests`
pub(super) async fn request(State(app): State<App>, visitor: Visitor, form: Form) -> Result<Response, PageError> {
    raise(&app, &visitor, Board { kind: VoiceKind::Wish, about: None }, &form).await
}

/// `GET /data/reuses`
pub(super) async fn reuses(State(app): State<App>, visitor: Visitor) -> Result<Response, PageError> {
    show(&app, &visitor, &Board { kind: VoiceKind::Reuse, about: None }, &Typed::default()).await
}

/// `POST /data/reuses`
pub(super) async fn reuse(State(app): State<App>, visitor: Visitor, form: Form) -> Result<Response, PageError> {
    raise(&app, &visitor, Board { kind: VoiceKind::Reuse, about: None }, &form).await
}

/// `GET /data/{slug}/feedback`
pub(super) async fn feedbacks(State(app): State<App>, visitor: Visitor, Path(slug): Path<String>) -> Result<Response, PageError> {
    let about = Some(kept::release(&app, &slug).await?);
    show(&app, &visitor, &Board { kind: VoiceKind::Feedback, about }, &Typed::default()).await
}

/// `POST /data/{slug}/feedback`
pub(super) async fn feedback(State(app): State<App>, visitor: Visitor, Path(slug): Path<String>, form: Form) -> Result<Response, PageError> {
    let about = Some(kept::release(&app, &slug).await?);
    raise(&app, &visitor, Board { kind: VoiceKind::Feedback, about }, &form).await
}

impl Board {
    fn path(&self) -> String {
        match (self.kind, &self.about) {
            (VoiceKind::Feedback, Some(release)) => format!("/data/{}/feedback", release.slug),
            (VoiceKind::Reuse, _) => "/data/reuses".to_owned(),
            (VoiceKind::Wish | VoiceKind::Feedback, _) => "/data/requests".to_owned(),
        }
    }

    fn title(&self, lang: Lang) -> &'static str {
        match self.kind {
            VoiceKind::Wish => say(lang, "我需要的数据", "Data that should be opened"),
            VoiceKind::Feedback => say(lang, "对这个数据集的意见", "Feedback on this dataset"),
            VoiceKind::Reuse => say(lang, "数据应用展示", "What others made of it"),
        }
    }

    fn lead(&self, lang: Lang) -> &'static str {
        match self.kind {
            VoiceKind::Wish => say(
                lang,
                "目录里没有您要的数据？告诉我们您要什么、用来做什么，数据主管部门会公开答复。",
                "Is something missing? Say what you want and what for; the data authority answers in public.",
            ),
            VoiceKind::Feedback => say(
                lang,
                "数据有错、不全、过期，或者您有建议，请告诉提供单位。答复后公开。",
                "Tell its publisher what is wrong, missing or out of date. Published with the answer.",
            ),
            VoiceKind::Reuse => say(
                lang,
                "用开放数据做了网站、应用、研究或报道？登记后在这里展示。",
                "Did you build, study or write something with open data? Have it shown here.",
            ),
        }
    }
}

async fn show(app: &App, visitor: &Visitor, board: &Board, typed: &Typed) -> Result<Response, PageError> {
    let (kind, about) = (board.kind, board.about.as_ref().map(|release| release.dataset.to_string()));
    let voices = app.read(move |tx| Ok(queries::voices(tx, kind, Some(VoiceState::Answered), about.as_deref(), SHOWN_MAX)?)).await?;
    let lang = visitor.lang;
    let mut between = crumbs(lang);
    if let Some(release) = &board.about {
        between.push(Crumb::link(text(lang, &release.metadata.title), format!("/data/{}", release.slug)));
    }
    let view = View::new(board.title(lang), body(visitor, board, typed, &voices)).below(lang, between, board.title(lang));
    match &typed.refusal {
        None => Ok(send(app, visitor, view)),
        Some(refusal) => Ok((status_of(refusal), document(app, visitor, view.with_errors(true))).into_response()),
    }
}

async fn raise(app: &App, visitor: &Visitor, board: Board, form: &Form) -> Result<Response, PageError> {
    if visitor.signed_in.is_none() {
        return Err(PageError::NeedsSignIn { staff: false, next: board.path() });
    }
    let dataset: Option<DatasetId> = board.about.as_ref().map(|release| release.dataset.clone());
    let typed = Typed { title: form.text("title").to_owned(), text: form.text("text").to_owned(), url: form.text("url").to_owned(), refusal: None };
    let command = RaiseVoice { kind: board.kind, dataset, title: typed.title.clone(), text: typed.text.clone(), url: typed.url.clone() };
    match app.execute(visitor, form.key(), command).await {
        Ok(_) => {
            let flash = Flash::success("已经收到，答复后在本页公开。", "Received. It will be shown on this page with the answer.");
            Ok(see_other_with(app, &board.path(), &flash))
        }
        Err(PageError::Refused(refusal)) => show(app, visitor, &board, &Typed { refusal: Some(*refusal), ..typed }).await,
        Err(error) => Err(error),
    }
}

fn body(visitor: &Visitor, board: &Board, typed: &Typed, voices: &[Voice]) -> Markup {
    let lang = visitor.lang;
    html! {
        @if let Some(refusal) = &typed.refusal { (summary(lang, refusal)) }
        h1.govuk-heading-l { (board.title(lang)) }
        p.govuk-body-l { (board.lead(lang)) }
        @if voices.is_empty() { p.govuk-body { (say(lang, "还没有公开的内容。", "Nothing has been published yet.")) } }
        @for voice in voices { (shown(lang, voice)) }
        h2.govuk-heading-m { (say(lang, "提交", "Send yours")) }
        @if visitor.signed_in.is_none() { p.govuk-body { (say(lang, "提交时需要登录，已填写的内容会保留。", "You will be asked to sign in; what you typed is kept.")) } }
        form method="post" action=(board.path()) novalidate {
            (form_fields(visitor))
            (Input::new("title", say(lang, "标题", "In a few words")).value(typed.title.as_str()).error(error(lang, typed, "title"))
                .attribute("maxlength", "80").attribute("autocomplete", "off"))
            (Textarea::new("text", say(lang, "内容", "In full")).value(typed.text.as_str()).error(error(lang, typed, "text"))
                .hint(say(lang, "会公开，请不要写身份证号、手机号等个人信息。", "It will be public: leave out personal data.")))
            @if board.kind == VoiceKind::Reuse {
                (Input::new("url", say(lang, "网址", "Address")).value(typed.url.as_str()).error(error(lang, typed, "url")).attribute("autocomplete", "off"))
            }
            (Button::submit(say(lang, "提交", "Send")))
        }
    }
}

/// The field a refusal names; `title.zh` is the title.
fn control(field: &str) -> &str {
    field.split('.').next().unwrap_or(field)
}

fn error(lang: Lang, typed: &Typed, name: &str) -> Option<ErrorMessage> {
    let field = typed.refusal.as_ref()?.fields.iter().find(|field| control(&field.field) == name)?;
    Some(ErrorMessage::new(lang, if lang == Lang::En { field.en.as_str() } else { field.zh.as_str() }))
}

pub(super) fn summary(lang: Lang, refusal: &Refusal) -> Markup {
    let start = ErrorSummary::new(lang);
    if refusal.fields.is_empty() {
        return html! { (start.error("title", format!("{} {}", refusal.sentence.get(lang), refusal.next_step.get(lang)))) };
    }
    let said = |field: &runner::FieldRefusal| if lang == Lang::En { field.en.clone() } else { field.zh.clone() };
    html! { (refusal.fields.iter().fold(start, |all, field| all.error(control(&field.field), said(field)))) }
}

fn shown(lang: Lang, voice: &Voice) -> Markup {
    html! {
        section.zs-item {
            h3.govuk-heading-s { (voice.title) " " (Tag::new(TagColour::Green, voice.state.name().get(lang))) }
            p.govuk-body { (voice.text) }
            @if !voice.url.is_empty() { p.govuk-body { a.govuk-link href=(voice.url) rel="noopener noreferrer nofollow" { (voice.url) } } }
            p.govuk-body { strong { (say(lang, "答复：", "Answer: ")) } (voice.answer) }
            p.govuk-body-s { (moment(lang, voice.answered_ms.unwrap_or(voice.at_ms))) }
        }
    }
}
