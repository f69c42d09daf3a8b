//! The session between sign-in and sign-out.

use std::fmt;

use seal::{Entropy, hash};
use serde::{Deserialize, Serialize};

use super::{AccountId, Assurance};

ids::id_type! {
    /// A session.
    SessionId, "session"
}

/// Without a request for so long, a session ends (GB/T 22239-2019 8.1.4.1 b).
pub const IDLE_MINUTES_MAX: i64 = 30;
/// After so long it ends in any case.
pub const ABSOLUTE_HOURS_MAX: i64 = 12;

const IDLE_MS: i64 = IDLE_MINUTES_MAX * 60_000;
const ABSOLUTE_MS: i64 = ABSOLUTE_HOURS_MAX * 3_600_000;
/// The time of the last request is written down at most once a minute.
const TOUCH_MS: i64 = 60_000;
const TOKEN_BYTES: usize = 32;

/// What the browser keeps: 256 random bits. The store keeps their SM3 alone. Serialised it is empty, so that no record holds it.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct SessionToken(String);

impl SessionToken {
    /// A new token.
    pub fn make(entropy: &mut dyn Entropy) -> Self {
        let bytes: [u8; TOKEN_BYTES] = seal::random_bytes(entropy);
        Self(hash::to_hex(&bytes))
    }

    /// What a browser sent; `None` when it is no token.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        hash::digest_from_hex(text).map(|bytes| Self(hash::to_hex(&bytes)))
    }

    /// The text for the cookie.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Under which the session is stored.
    #[must_use]
    pub fn sm3(&self) -> String {
        hash::sm3_hex(self.0.as_bytes())
    }
}

impl fmt::Debug for SessionToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SessionToken(…)")
    }
}

/// Why a session was closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CloseReason {
    /// The owner signed out.
    SignedOut,
    /// The owner or the security administrator revoked it.
    Revoked,
    /// The password was changed.
    PasswordChanged,
    /// The account was locked or closed.
    AccountLocked,
}

impl CloseReason {
    /// The code, as stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::SignedOut => "signed-out",
            Self::Revoked => "revoked",
            Self::PasswordChanged => "password-changed",
            Self::AccountLocked => "account-locked",
        }
    }

    /// The reason with this code.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::SignedOut, Self::Revoked, Self::PasswordChanged, Self::AccountLocked].into_iter().find(|reason| reason.code() == code)
    }
}

/// A session as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Identifier, for lists and revocation.
    pub id: SessionId,
    /// Whose.
    pub account: AccountId,
    /// Assurance of the sign-in.
    pub assurance: Assurance,
    /// When opened (milliseconds since 1970).
    pub opened_ms: i64,
    /// Last request written down.
    pub seen_ms: i64,
    /// Why it was closed, if it was.
    pub closed: Option<CloseReason>,
    /// The party acted for, if another one.
    pub on_behalf: Option<String>,
    /// From where: the address of the client.
    pub address: String,
    /// With what: the name of the browser.
    pub browser: String,
}

/// Whether a session still serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionState {
    /// It does.
    Live,
    /// Nothing was asked for 30 minutes.
    Idle,
    /// It is older than 12 hours.
    Expired,
    /// It was closed.
    Closed(CloseReason),
}

impl Session {
    /// Its state at that moment.
    #[must_use]
    pub fn state(&self, now_ms: i64) -> SessionState {
        if let Some(reason) = self.closed {
            return SessionState::Closed(reason);
        }
        if now_ms >= self.opened_ms.saturating_add(ABSOLUTE_MS) {
            return SessionState::Expired;
        }
        match now_ms >= self.seen_ms.saturating_add(IDLE_MS) {
            true => SessionState::Idle,
            false => SessionState::Live,
        }
    }

    /// Whether the present request should be written down.
    #[must_use]
    pub const fn wants_touch(&self, now_ms: i64) -> bool {
        now_ms >= self.seen_ms.saturating_add(TOUCH_MS)
    }

    /// When it ends at the latest.
    #[must_use]
    pub const fn ends_ms(&self) -> i64 {
        self.opened_ms.saturating_add(ABSOLUTE_MS)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use ids::{IdSource, SeededEntropy};

    use super::*;

    const MINUTE: i64 = 60_000;

    fn session(seen_ms: i64, closed: Option<CloseReason>) -> Session {
        let (mut first, mut second) = (SeededEntropy::new(1), SeededEntropy::new(2));
        Session {
            id: SessionId::make(&mut IdSource::new(0, &mut first)),
            account: AccountId::make(&mut IdSource::new(0, &mut second)),
            assurance: Assurance::Checked,
            opened_ms: 0,
            seen_ms,
            closed,
            on_behalf: None,
            address: String::new(),
            browser: String::new(),
        }
    }

    #[test]
    fn a_session_ends_after_half_an_hour_of_silence() {
        assert_eq!(session(0, None).state(30 * MINUTE - 1), SessionState::Live);
        assert_eq!(session(0, None).state(30 * MINUTE), SessionState::Idle);
    }

    #[test]
    fn a_session_ends_after_twelve_hours_however_busy() {
        let busy = session(12 * 60 * MINUTE - 1, None);
        assert_eq!(busy.state(12 * 60 * MINUTE - 1), SessionState::Live);
        assert_eq!(busy.state(12 * 60 * MINUTE), SessionState::Expired);
        assert_eq!(busy.ends_ms(), 12 * 60 * MINUTE);
    }

    #[test]
    fn a_closed_session_stays_closed() {
        let closed = session(0, Some(CloseReason::Revoked));
        assert_eq!(closed.state(0), SessionState::Closed(CloseReason::Revoked));
    }

    #[test]
    fn the_last_request_is_written_down_once_a_minute() {
        assert!(!session(0, None).wants_touch(MINUTE - 1));
        assert!(session(0, None).wants_touch(MINUTE));
    }

    #[test]
    fn a_token_is_256_bits_and_hidden() {
        let token = SessionToken::make(&mut SeededEntropy::new(1));
        assert_eq!(token.as_str().len(), 64);
        assert_ne!(token.sm3(), token.as_str());
        assert_eq!(SessionToken::parse(token.as_str()), Some(token.clone()));
        assert_eq!(SessionToken::parse("x"), None);
        assert_eq!(format!("{token:?}"), "SessionToken(…)");
    }
}
