//! Signing in. A failed try is an event like a successful one; the answer does not tell which part was wrong.

use ::store::Store;
use runner::{Actor, Command, Cx, Halt, Refusal, Request, Resource, Runner};
use serde::{Deserialize, Serialize};

use super::load_account;
use crate::{
    events::{FailureReason, SignInFailed, SignedIn},
    model::{
        Account, AccountId, AccountKind, AccountState, Assurance, Attempts, LoginName, Password, PasswordState, Session, SessionId, SessionToken,
        verify_or_waste,
    },
    refusals, store,
};

const ADDRESS_CHARACTERS_MAX: usize = 64;
const BROWSER_CHARACTERS_MAX: usize = 200;
const RACES_MAX: usize = 8;
const MINUTE_MS: i64 = 60_000;

/// A try to sign in, the password being verified already. Run it without idempotency key: its answer must not be kept.
#[derive(Clone, Debug, Serialize)]
pub struct SignIn {
    account: Option<AccountId>,
    verified: bool,
    verified_version: i64,
    address: String,
    browser: String,
}

/// The answer to a try.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignInAnswer {
    /// A session is open.
    Opened(OpenedSession),
    /// Not this time.
    Refused(Box<Refusal>),
}

/// The session which was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenedSession {
    /// The session.
    pub session: SessionId,
    /// Whose.
    pub account: AccountId,
    /// Which kind of account, for the page to go to.
    pub kind: AccountKind,
    /// For the cookie; empty when read back from a record.
    #[serde(skip)]
    pub token: SessionToken,
    /// When the session ends at the latest (milliseconds since 1970).
    pub ends_ms: i64,
    /// Whether the password must be changed before anything else can be done.
    pub password: PasswordState,
}

/// Signs in: finds the account, verifies the password outside any transaction, opens the session.
///
/// # Errors
/// Faults only; a refusal is part of the answer.
pub fn sign_in(runner: &Runner, login: &str, password: &Password, address: &str, browser: &str) -> Result<SignInAnswer, Halt> {
    let attempt = SignIn::prepare(runner.store(), login, password, address, browser)?;
    for _ in 0..RACES_MAX {
        match runner.execute(Request::by(Actor::anonymous()), attempt.clone()) {
            // Two tries at the same account at once: the later one counts on top of the earlier one.
            Err(Halt::Refused(refusal)) if refusal.code == "stale-version" => {}
            Err(halt) => return Err(halt),
            Ok(done) => return Ok(done.outcome),
        }
    }
    Ok(SignInAnswer::Refused(Box::new(refusals::sign_in_failed())))
}

impl SignIn {
    /// Finds the account and verifies the password; an unknown name takes as long as a wrong password.
    ///
    /// # Errors
    /// The database's fault.
    pub fn prepare(store: &Store, login: &str, password: &Password, address: &str, browser: &str) -> Result<Self, Halt> {
        let account = match LoginName::parse(login) {
            Some(login) => store.read(|tx| store::account_by_login(tx, &login))?,
            None => None,
        };
        let verified = verify_or_waste(password, account.as_ref().map(|account| &account.password));
        Ok(Self {
            verified,
            verified_version: account.as_ref().map_or(0, |account| account.password_version),
            account: account.map(|account| account.id),
            address: address.chars().take(ADDRESS_CHARACTERS_MAX).collect(),
            browser: browser.chars().take(BROWSER_CHARACTERS_MAX).collect(),
        })
    }

    /// Why the try fails, if it does.
    fn failure(&self, account: &Account, now_ms: i64) -> Option<FailureReason> {
        if account.attempts.is_locked(now_ms) {
            return Some(FailureReason::LockedForAWhile);
        }
        if account.password_version != self.verified_version {
            return Some(FailureReason::PasswordJustChanged);
        }
        if !self.verified {
            return Some(FailureReason::WrongPassword);
        }
        match account.state {
            AccountState::Open => None,
            AccountState::Locked | AccountState::Closed => Some(FailureReason::NotOpen),
        }
    }

    fn fail(&self, cx: &mut Cx<'_>, account: &Account, reason: FailureReason) -> Result<SignInAnswer, Halt> {
        let now_ms = cx.now_ms();
        let attempts = match reason {
            FailureReason::WrongPassword => account.attempts.after_failure(now_ms),
            FailureReason::UnknownAccount | FailureReason::LockedForAWhile | FailureReason::NotOpen | FailureReason::PasswordJustChanged => {
                account.attempts
            }
        };
        let event = SignInFailed {
            account: Some(account.id.clone()),
            reason,
            failures: attempts.failures,
            locks: attempts.is_locked(now_ms) && !account.attempts.is_locked(now_ms),
            address: self.address.clone(),
            attempts,
        };
        cx.record(account.id.as_str(), &event)?;
        Ok(SignInAnswer::Refused(Box::new(self.refusal(reason, account.attempts, now_ms))))
    }

    /// Only who knows the password is told more than that it failed.
    fn refusal(&self, reason: FailureReason, attempts: Attempts, now_ms: i64) -> Refusal {
        match (reason, self.verified) {
            (FailureReason::LockedForAWhile, true) => {
                let left_ms = attempts.locked_until_ms.unwrap_or(now_ms).saturating_sub(now_ms);
                refusals::locked_for_a_while(left_ms.saturating_add(MINUTE_MS - 1).div_euclid(MINUTE_MS))
            }
            (FailureReason::NotOpen, true) => refusals::account_not_open(),
            _ => refusals::sign_in_failed(),
        }
    }

    fn open(&self, cx: &mut Cx<'_>, account: &Account) -> Result<SignInAnswer, Halt> {
        let now_ms = cx.now_ms();
        let token = SessionToken::make(cx.entropy());
        let session = Session {
            id: SessionId::make(cx.ids()),
            account: account.id.clone(),
            assurance: account.assurance,
            opened_ms: now_ms,
            seen_ms: now_ms,
            closed: None,
            on_behalf: None,
            address: self.address.clone(),
            browser: self.browser.clone(),
        };
        let opened = OpenedSession {
            session: session.id.clone(),
            account: account.id.clone(),
            kind: account.kind,
            ends_ms: session.ends_ms(),
            password: account.password_state(now_ms),
            token,
        };
        let assurance: Assurance = session.assurance;
        let event = SignedIn {
            account: account.id.clone(),
            id: session.id.clone(),
            assurance,
            address: self.address.clone(),
            token_sm3: opened.token.sm3(),
            session,
        };
        cx.record(account.id.as_str(), &event)?;
        Ok(SignInAnswer::Opened(opened))
    }
}

impl Command for SignIn {
    type Outcome = SignInAnswer;
    const ACTION: &'static str = "session.open";

    fn run(&self, cx: &mut Cx<'_>) -> Result<SignInAnswer, Halt> {
        cx.authorise(&Resource::of("session"))?;
        let Some(id) = &self.account else { return fail_unknown(cx, &self.address) };
        let account = load_account(cx, id)?;
        match self.failure(&account, cx.now_ms()) {
            Some(reason) => self.fail(cx, &account, reason),
            None => self.open(cx, &account),
        }
    }
}

/// The name which was typed is not recorded: people type passwords there by mistake.
fn fail_unknown(cx: &mut Cx<'_>, address: &str) -> Result<SignInAnswer, Halt> {
    let event = SignInFailed {
        account: None,
        reason: FailureReason::UnknownAccount,
        failures: 0,
        locks: false,
        address: address.to_owned(),
        attempts: Attempts::default(),
    };
    let stream = cx.ids().next_text("attempt");
    cx.record(&stream, &event)?;
    Ok(SignInAnswer::Refused(Box::new(refusals::sign_in_failed())))
}
