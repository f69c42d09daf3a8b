//! A message that the next page shows once.

use axum::http::HeaderMap;
use i18n::{Lang, Text};
use serde::{Deserialize, Serialize};
use ui::NotificationBanner;
use web::{Fields, SetCookie, cookie, percent_encoded};

use crate::App;

pub(crate) const FLASH_COOKIE: &str = "zs_flash";
const KEPT_S: u32 = 300;

/// How a message is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FlashKind {
    /// Something worked.
    Success,
    /// Something to know.
    Notice,
}

/// A message that the next page shows once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    /// How it is meant.
    pub kind: FlashKind,
    /// What it says.
    pub text: Text,
}

impl Flash {
    /// Something worked.
    #[must_use]
    pub fn success(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { kind: FlashKind::Success, text: Text::new(zh, en) }
    }

    /// Something to know.
    #[must_use]
    pub fn notice(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { kind: FlashKind::Notice, text: Text::new(zh, en) }
    }

    pub(crate) fn banner(&self, lang: Lang) -> NotificationBanner {
        match self.kind {
            FlashKind::Success => NotificationBanner::success(lang, self.text.get(lang)),
            FlashKind::Notice => NotificationBanner::notice(lang, self.text.get(lang)),
        }
    }

    /// The cookie, marked so that only our own messages are shown.
    pub(crate) fn cookie(&self, app: &App) -> SetCookie {
        let json = serde_json::to_string(self).unwrap_or_default();
        let mark = app.form_key.mark("flash", &json);
        SetCookie::kept(FLASH_COOKIE, format!("{mark}.{}", percent_encoded(&json)), KEPT_S)
    }

    pub(crate) fn read(app: &App, headers: &HeaderMap) -> Option<Self> {
        let (mark, encoded) = cookie(headers, FLASH_COOKIE)?.split_once('.')?;
        let fields = Fields::parse(format!("f={encoded}").as_bytes()).ok()?;
        let json = fields.get("f")?;
        if app.form_key.mark("flash", json) != mark {
            return None;
        }
        serde_json::from_str(json).ok()
    }
}
