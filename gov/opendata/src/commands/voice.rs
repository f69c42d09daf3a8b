//! 提出需求、反馈意见、登记应用成果，以及答复

use super::checks::Checks;
use super::{approve::no_reason, resource_of};
use crate::events::{VoiceAnswered, VoiceRaised};
use crate::model::voice::{Voice, VoiceKind, VoiceState};
use crate::model::{DatasetId, VoiceId};
use crate::queries;
use crate::store as tables;
use catalogue::detect::stray_in;
use i18n::Text;
use parties::OrganId;
use runner::{Command, Cx, Halt, Refusal, Resource};
use serde::Serialize;

const TITLE_CHARS_MAX: usize = 80;
const TEXT_CHARS_MAX: usize = 2_000;
const ANSWER_CHARS_MAX: usize = 2_000;
const PER_DAY_MAX: i64 = 20;
const DAY_MS: i64 = 24 * 3_600 * 1_000;

/// Says something about public data.
#[derive(Debug, Clone, Serialize)]
pub struct RaiseVoice {
    /// What it is about.
    pub kind: VoiceKind,
    /// The dataset, for feedback and reuses.
    pub dataset: Option<DatasetId>,
    /// In a few words.
    pub title: String,
    /// In full.
    #[serde(skip)]
    pub text: String,
    /// Where a reuse is to be seen.
    pub url: String,
}

impl Command for RaiseVoice {
    type Outcome = VoiceId;
    const ACTION: &'static str = "opendata.raise-voice";

    fn run(&self, cx: &mut Cx<'_>) -> Result<VoiceId, Halt> {
        let account = cx.actor().account.clone();
        cx.authorise(&Resource { id: account.clone(), ..Resource::of("account") })?;
        let (title, text, url) = (self.title.trim(), self.text.trim(), self.url.trim());
        let mut checks = Checks::default();
        checks.text("title", &Text::same(title), TITLE_CHARS_MAX);
        checks.text("text", &Text::same(text), TEXT_CHARS_MAX);
        let personal = !stray_in(title).is_empty() || !stray_in(text).is_empty();
        checks.require(
            !personal,
            "text",
            "内容会公开，请不要写身份证号、手机号等个人信息",
            "This will be public: leave out identity numbers, mobiles and the like",
        );
        let link = url.is_empty() || url.starts_with("https://") || url.starts_with("http://");
        checks.require(
            link && (self.kind != VoiceKind::Reuse || !url.is_empty()),
            "url",
            "请填写以 https:// 开头的网址",
            "Give an address that begins with https://",
        );
        checks.finish()?;
        let since_ms = cx.now_ms() - DAY_MS;
        if tables::voices::count_of_account(cx.tx(), &account, since_ms)? >= PER_DAY_MAX {
            return Err(too_many().into());
        }
        let about = match (&self.dataset, self.kind) {
            (Some(id), _) => Some(queries::release(cx.tx(), id.as_str())?.ok_or_else(Refusal::not_found)?),
            (None, VoiceKind::Wish | VoiceKind::Reuse) => None,
            (None, VoiceKind::Feedback) => return Err(Refusal::not_found().into()),
        };
        let id = VoiceId::make(cx.ids());
        let voice = Voice {
            id: id.clone(),
            kind: self.kind,
            dataset: about.as_ref().map(|release| release.dataset.to_string()),
            organ: about.as_ref().map(|release| release.organ.to_string()),
            account,
            title: title.to_owned(),
            text: text.to_owned(),
            url: url.to_owned(),
            state: VoiceState::Open,
            answer: String::new(),
            at_ms: cx.now_ms(),
            answered_ms: None,
        };
        cx.record(id.as_str(), &VoiceRaised { voice_kind: self.kind, dataset: voice.dataset.clone(), voice })?;
        Ok(id)
    }
}

/// Answers a voice; the answer and what was said are public then, unless it is declined.
#[derive(Debug, Clone, Serialize)]
pub struct AnswerVoice {
    /// Which.
    pub voice: VoiceId,
    /// Whether it is taken up and shown.
    pub accept: bool,
    /// The answer.
    pub answer: String,
}

impl Command for AnswerVoice {
    type Outcome = ();
    const ACTION: &'static str = "opendata.answer-voice";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let voice = tables::voices::find(cx.tx(), self.voice.as_str())?.ok_or_else(Refusal::not_found)?;
        let resource = voice_resource(cx, &voice)?;
        cx.authorise(&resource)?;
        if voice.state != VoiceState::Open {
            return Err(answered_already().into());
        }
        let answer = self.answer.trim().to_owned();
        if answer.is_empty() || answer.chars().count() > ANSWER_CHARS_MAX || !stray_in(&answer).is_empty() {
            return Err(no_reason()
                .with_field(
                    "answer",
                    "请写明答复，不超过 2000 个字，不含个人信息",
                    "Write an answer of at most 2000 characters without personal data",
                )
                .into());
        }
        let state = if self.accept { VoiceState::Answered } else { VoiceState::Declined };
        let voice = Voice { state, answer, answered_ms: Some(cx.now_ms()), ..voice };
        cx.record(self.voice.as_str(), &VoiceAnswered { state, voice })?;
        Ok(())
    }
}

fn voice_resource(cx: &mut Cx<'_>, voice: &Voice) -> Result<Resource, Halt> {
    let organ = voice.organ.as_deref().and_then(|id| OrganId::parse(id).ok());
    let authority = parties::organs(cx.tx())?.into_iter().find(|organ| organ.details.duties.iter().any(|duty| duty == super::DATA_DUTY));
    match organ.or_else(|| authority.map(|organ| organ.id)) {
        Some(organ) => resource_of(cx, &organ, voice.id.as_str()),
        None => Ok(Resource { id: voice.id.to_string(), ..Resource::of("dataset") }),
    }
}

fn too_many() -> Refusal {
    Refusal::new(
        "voices-too-many",
        "您今天提交得太多了。",
        "You have sent too many today.",
        "请明天再提交，或拨打 12345。",
        "Try again tomorrow, or call 12345.",
    )
}

fn answered_already() -> Refusal {
    Refusal::new(
        "voice-answered",
        "这条来信已经答复过了。",
        "This has been answered already.",
        "请查看已有的答复。",
        "See the answer that was given.",
    )
}
