//! Why a command stopped.

use std::borrow::Cow;

use i18n::Text;
use serde::{Deserialize, Serialize};

use crate::actor::{Actor, ActorKind};

/// The answer to a person whose request cannot be met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Stable, for programs: `task-not-open`.
    pub code: Cow<'static, str>,
    /// What is the matter.
    pub sentence: Text,
    /// The article it rests on; empty when it is a matter of fact.
    pub basis: Cow<'static, str>,
    /// What the person can do now.
    pub next_step: Text,
    /// The fields concerned, with their own sentences.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldRefusal>,
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldRefusal {
    /// The field.
    pub field: String,
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Refusal {
    /// A refusal without fields and basis.
    #[must_use]
    pub fn new(code: &'static str, zh: impl Into<String>, en: impl Into<String>, next_zh: impl Into<String>, next_en: impl Into<String>) -> Self {
        Self {
            code: Cow::Borrowed(code),
            sentence: Text::new(zh, en),
            basis: Cow::Borrowed(""),
            next_step: Text::new(next_zh, next_en),
            fields: Vec::new(),
        }
    }

    /// Names the article it rests on.
    #[must_use]
    pub fn under(mut self, basis: impl Into<Cow<'static, str>>) -> Self {
        self.basis = basis.into();
        self
    }

    /// Adds what is wrong with a field.
    #[must_use]
    pub fn with_field(mut self, field: impl Into<String>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.fields.push(FieldRefusal { field: field.into(), zh: zh.into(), en: en.into() });
        self
    }

    /// For things that do not exist or are hidden from the actor; both look the same from outside.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new("not-found", "没有找到您要的内容。", "There is nothing here.", "请核对网址或编号。", "Check the address or the number.")
    }

    /// For acts the authority does not permit.
    #[must_use]
    pub fn not_permitted() -> Self {
        Self::new(
            "not-permitted",
            "您没有办理这一步的权限。",
            "You are not permitted to do this.",
            "请由有权限的岗位办理，或联系本单位系统管理员。",
            "Ask somebody who holds the post, or the administrator of your organ.",
        )
    }

    /// The same in words for who asked: whoever acts for somebody else is told of the authorisation, and a citizen is sent to no administrator.
    #[must_use]
    pub fn not_permitted_for(actor: &Actor) -> Self {
        match (actor.kind, &actor.on_behalf) {
            (ActorKind::Person, Some(_)) => Self::new(
                "not-permitted",
                "您得到的授权不包括这一步。",
                "What you have been authorised to do does not include this.",
                "请改为给自己办，或者请授权您的人把这个事项加进授权。",
                "Act for yourself instead, or ask whoever authorised you to include this service.",
            ),
            (ActorKind::Person, None) => Self::new(
                "not-permitted",
                "您不能办理这一步。",
                "You cannot do this.",
                "请核对是不是您本人的事项；需要帮助的，请拨打网页底部的电话。",
                "Check that it is your own affair; if you need help, call the number at the foot of the page.",
            ),
            (ActorKind::Anonymous | ActorKind::Staff | ActorKind::Admin | ActorKind::System, _) => Self::not_permitted(),
        }
    }

    /// For a change on top of a version that is no longer the latest.
    #[must_use]
    pub fn stale_version() -> Self {
        Self::new(
            "stale-version",
            "在您操作期间，别人已经更新了这件事。",
            "Somebody else changed this while you were working on it.",
            "请刷新页面，查看最新情况后再办理；您填写的内容没有丢失。",
            "Reload, look at the present state and try again; what you typed is kept.",
        )
    }

    pub(crate) fn key_reused() -> Self {
        Self::new(
            "idempotency-key-reused",
            "同一个幂等键用在了不同的请求上。",
            "The same idempotency key was used for another request.",
            "请为新的请求使用新的幂等键。",
            "Use a new key for a new request.",
        )
    }
}

/// An error for operators, with its sources.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Fault(pub Box<dyn std::error::Error + Send + Sync>);

impl Fault {
    /// A fault with nothing behind it.
    #[must_use]
    pub fn because(what: impl Into<String>) -> Self {
        Self(what.into().into())
    }
}

/// Why a command stopped.
#[derive(Debug)]
pub enum Halt {
    /// An answer to a person.
    Refused(Box<Refusal>),
    /// An error for operators.
    Fault(Fault),
}

impl From<Refusal> for Halt {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

impl From<Fault> for Halt {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<store::StoreError> for Halt {
    fn from(error: store::StoreError) -> Self {
        Self::Fault(Fault(Box::new(error)))
    }
}

impl From<serde_json::Error> for Halt {
    fn from(error: serde_json::Error) -> Self {
        Self::Fault(Fault(Box::new(error)))
    }
}

impl From<journal::JournalError> for Halt {
    fn from(error: journal::JournalError) -> Self {
        match error {
            journal::JournalError::VersionTaken { .. } => Refusal::stale_version().into(),
            other => Self::Fault(Fault(Box::new(other))),
        }
    }
}

impl Halt {
    /// The refusal, if it is one.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            Self::Fault(_) => None,
        }
    }

    /// A fault from any error.
    pub fn fault(error: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::Fault(Fault(Box::new(error)))
    }
}
