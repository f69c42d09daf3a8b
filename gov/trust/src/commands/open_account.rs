//! Opening accounts: a person registers, or the security administrator opens one for staff or an administrator.

use runner::{Command, Cx, Halt, Resource};
use seal::Entropy;
use serde::{Deserialize, Serialize};

use crate::{
    events::AccountOpened,
    model::{Account, AccountId, AccountKind, AccountState, Assurance, Attempts, LoginName, Password, PasswordHash},
    refusals, store,
};

/// The account that is wanted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NewAccount {
    /// Login name, as typed.
    pub login: String,
    /// Whose account.
    pub kind: AccountKind,
    /// The person behind it.
    pub party: Option<String>,
    /// The member of staff, for staff accounts.
    pub staff: Option<String>,
    /// How sure the platform is of the owner.
    pub assurance: Assurance,
}

/// A person opens her own account.
#[derive(Debug, Serialize)]
pub struct RegisterAccount {
    account: NewAccount,
    #[serde(skip)]
    password: PasswordHash,
}

/// The security administrator opens an account for somebody, with a first password that must be changed.
#[derive(Debug, Serialize)]
pub struct OpenAccount {
    account: NewAccount,
    #[serde(skip)]
    password: PasswordHash,
}

impl RegisterAccount {
    /// Checks name and password, and hashes the password.
    ///
    /// # Errors
    /// The refusals `login-unfit` and `password-unfit`.
    pub fn prepare(account: NewAccount, password: &Password, entropy: &mut dyn Entropy) -> Result<Self, Halt> {
        let password = checked_hash(&account.login, password, entropy)?;
        Ok(Self { account: NewAccount { kind: AccountKind::Person, staff: None, ..account }, password })
    }
}

impl OpenAccount {
    /// Checks name and password, and hashes the password.
    ///
    /// # Errors
    /// The refusals `login-unfit` and `password-unfit`.
    pub fn prepare(account: NewAccount, password: &Password, entropy: &mut dyn Entropy) -> Result<Self, Halt> {
        let password = checked_hash(&account.login, password, entropy)?;
        Ok(Self { account, password })
    }
}

impl Command for RegisterAccount {
    type Outcome = AccountId;
    const ACTION: &'static str = "account.register";

    fn run(&self, cx: &mut Cx<'_>) -> Result<AccountId, Halt> {
        open(cx, &self.account, &self.password, false)
    }
}

impl Command for OpenAccount {
    type Outcome = AccountId;
    const ACTION: &'static str = "account.manage";

    fn run(&self, cx: &mut Cx<'_>) -> Result<AccountId, Halt> {
        open(cx, &self.account, &self.password, true)
    }
}

fn open(cx: &mut Cx<'_>, new: &NewAccount, password: &PasswordHash, given: bool) -> Result<AccountId, Halt> {
    cx.authorise(&Resource::of("account"))?;
    let login = LoginName::parse(&new.login).ok_or_else(refusals::login_unfit)?;
    if store::account_by_login(cx.tx(), &login)?.is_some() {
        return Err(refusals::login_taken().into());
    }
    if store::has_account_of(cx.tx(), new.kind, new.party.as_deref(), new.staff.as_deref())? {
        return Err(refusals::party_has_account().into());
    }
    let id = AccountId::make(cx.ids());
    let account = Account {
        id: id.clone(),
        login,
        kind: new.kind,
        party: new.party.clone(),
        staff: new.staff.clone(),
        state: AccountState::Open,
        assurance: new.assurance,
        password: password.clone(),
        password_version: 1,
        password_set_ms: cx.now_ms(),
        password_initial: given,
        attempts: Attempts::default(),
        version: 0,
    };
    let (party, staff) = (new.party.clone(), new.staff.clone());
    let event = AccountOpened { id: id.clone(), kind: new.kind, party, staff, assurance: new.assurance, account };
    match cx.record(id.as_str(), &event) {
        Ok(_) => Ok(id),
        Err(halt) => Err(taken_meanwhile(halt)),
    }
}

/// Two who register the same name at once: the database's constraint decides, and the later one gets the same answer as if she came later.
fn taken_meanwhile(halt: Halt) -> Halt {
    let Halt::Fault(fault) = &halt else { return halt };
    match fault.0.downcast_ref::<::store::StoreError>().and_then(::store::StoreError::constraint) {
        Some("uq_trust_account__login") => refusals::login_taken().into(),
        Some("uq_trust_account__party__kind" | "uq_trust_account__staff") => refusals::party_has_account().into(),
        _ => halt,
    }
}

pub(super) fn checked_hash(login: &str, password: &Password, entropy: &mut dyn Entropy) -> Result<PasswordHash, Halt> {
    let login = LoginName::parse(login).ok_or_else(refusals::login_unfit)?;
    let problems = password.problems(login.as_str());
    if !problems.is_empty() {
        return Err(refusals::password_unfit(&problems).into());
    }
    password.hash(entropy).map_err(Halt::fault)
}
