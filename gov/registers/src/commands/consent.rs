//! 同意: an organ asks somebody for leave to read of a register, she agrees or not, and takes it back when she wants. 个人信息保护法
//! 第十三条至第十六条、第二十九条.

use clock::Date;
use i18n::Text;
use runner::{Command, Cx, Halt, Refusal, Resource};
use seal::FieldKeys;
use serde::Serialize;
use serde_json::Value;
use tracker::ConsentTerms;

use crate::model::asking::refusals;
use crate::model::values::plain_text;
use crate::queries::present;
use crate::reading::own_number;

/// Longest consent.
pub const CONSENT_DAYS_MAX: i32 = 730;
const TEXT_CHARS_MAX: usize = 300;

/// Asks somebody, known by her number, for leave to read some fields.
#[derive(Clone, Debug, Serialize)]
pub struct AskConsent {
    /// The register.
    pub register: String,
    /// The organ that asks, and wants to read unless it asks for a member.
    pub organ: String,
    /// The member of another node that wants to read, by the identifier of its subsystem: whoever keeps the register asks for it.
    pub for_member: Option<String>,
    /// What it is about; the same again is the next version.
    pub name: String,
    /// What for.
    pub purpose: Text,
    /// The fields that are needed, no more.
    pub fields: Vec<String>,
    /// Identity number or unified code of whom it is about.
    pub subject: String,
    /// The last day.
    pub until: Date,
}

impl Command for AskConsent {
    type Outcome = String;
    const ACTION: &'static str = "consent.ask";

    fn run(&self, cx: &mut Cx<'_>) -> Result<String, Halt> {
        cx.authorise(&Resource { organ: Some(self.organ.clone()), ..Resource::of("consent") })?;
        let found = present(cx.tx(), &self.register)?;
        let keeps = found.resource(cx.tx())?.organ.as_ref() == Some(&self.organ);
        if self.for_member.is_some() && !keeps {
            return Err(kept_by_others().into());
        }
        let declaration = found.declaration;
        let mut sensitive = false;
        for name in &self.fields {
            let field = declaration.field(name).ok_or_else(|| refusals::field_unknown(name))?;
            sensitive = sensitive || field.sensitive;
        }
        let subject = declaration.subject.as_ref().and_then(|name| declaration.field(name));
        let subject = subject.and_then(|field| field.value(&Value::from(self.subject.as_str())).ok().flatten());
        let subject = subject.as_ref().map(plain_text).ok_or_else(subject_unfit)?;
        let days = cx.today().until(self.until).map(|span| span.get_days()).unwrap_or_default();
        let too_long = [&self.name, &self.purpose.zh, &self.purpose.en].iter().any(|text| text.chars().count() > TEXT_CHARS_MAX);
        if !(0..=CONSENT_DAYS_MAX).contains(&days) || too_long {
            return Err(terms_unfit().into());
        }
        let after = self.until.tomorrow().map_err(Halt::fault)?;
        let terms = ConsentTerms {
            organ: self.for_member.as_ref().unwrap_or(&self.organ).clone(),
            name: self.name.trim().to_owned(),
            purpose: self.purpose.clone(),
            source: declaration.source(),
            fields: self.fields.clone(),
            sensitive,
            until_ms: clock::midnight(after).as_millisecond(),
        };
        let keys = cx.service::<FieldKeys>()?;
        tracker::ask_consent(cx, &keys, &subject, terms)
    }
}

/// The person agrees, or does not.
#[derive(Clone, Debug, Serialize)]
pub struct AnswerConsent {
    /// The consent.
    pub consent: String,
    /// Whether she agrees.
    pub agrees: bool,
}

impl Command for AnswerConsent {
    type Outcome = ();
    const ACTION: &'static str = "consent.answer";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let (keys, number) = authorised_own(cx)?;
        tracker::answer_consent(cx, &keys, &number, &self.consent, self.agrees)
    }
}

/// The person takes a consent back.
#[derive(Clone, Debug, Serialize)]
pub struct RevokeConsent {
    /// The consent.
    pub consent: String,
}

impl Command for RevokeConsent {
    type Outcome = ();
    const ACTION: &'static str = "consent.revoke";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let (keys, number) = authorised_own(cx)?;
        tracker::revoke_consent(cx, &keys, &number, &self.consent)
    }
}

/// Authorises an act of the acting party in her own affair; gives her number.
pub(super) fn authorised_own(cx: &mut Cx<'_>) -> Result<(std::sync::Arc<FieldKeys>, String), Halt> {
    let party = cx.actor().acting_party().map(str::to_owned);
    cx.authorise(&Resource { party, ..Resource::of("consent") })?;
    let (keys, actor) = (cx.service::<FieldKeys>()?, cx.actor());
    let number = own_number(cx.tx(), &keys, actor)?.ok_or_else(Refusal::not_found)?;
    Ok((keys, number))
}

fn subject_unfit() -> Refusal {
    Refusal::new(
        "subject-unfit",
        "这个登记不涉及个人或单位，或者号码不正确。",
        "The register is about nobody, or the number cannot be right.",
        "请核对登记和证件号码。",
        "Check the register and the number.",
    )
}

fn kept_by_others() -> Refusal {
    Refusal::new(
        "consent-of-others",
        "其他节点的成员要用的登记，由保存登记的单位征求同意。",
        "For a member of another node the organ that keeps the register asks.",
        "请由保存登记的单位征求。",
        "Have that organ ask.",
    )
    .under("个人信息保护法 第二十三条")
}

fn terms_unfit() -> Refusal {
    Refusal::new(
        "consent-terms-unfit",
        "同意的期限应在今天到两年之间，事由和目的各不超过300字。",
        "A consent lasts from today to two years at most; name and purpose have at most 300 characters.",
        "请修改截止日期或者文字。",
        "Change the last day or the words.",
    )
    .under("个人信息保护法 第十四条、第十九条")
}
