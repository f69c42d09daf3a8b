//! Accounts: of the staff, of the three administrators, and of the citizens who use the portal. Passwords are hashed on all processors, since
//! each takes tens of milliseconds on purpose.

use std::num::NonZero;
use std::thread;

use ids::{Entropy, IdSource};
use parties::PersonId;
use runner::{Actor, Fault, Halt, Runner};
use trust::{AccountId, AccountKind, Assurance, ChangePassword, GrantRole, NewAccount, OpenAccount, Password, RegisterAccount, Role, SessionId};

use crate::basics::Basics;
use crate::bulk::{run_all, run_each};

/// The password of every account of the town, once it is complete.
pub const DEMO_PASSWORD: &str = "Yunxi-2026";
/// The password that the security administrator gives at first.
const FIRST_PASSWORD: &str = "Yunxi-First-1";
/// The last account to get its role: when it has, the town is complete.
pub(crate) const LAST_ADMIN: &str = "admin-audit";
/// The member of staff who publishes packages.
pub(crate) const PUBLISHER: &str = "chengsiyuan";
/// The member of staff who records authorisations at the counter.
pub(crate) const KEEPER: &str = "wenxiaoting";

/// The administrators, the one of audit last.
pub(crate) const ADMINS: [(&str, Role); 3] =
    [("admin-system", Role::SystemAdmin), ("admin-security", Role::SecurityAdmin), (LAST_ADMIN, Role::AuditAdmin)];

const THREADS_MAX: usize = 8;

/// A fresh source of random bits for each use.
pub type EntropySource = std::sync::Arc<dyn Fn() -> Box<dyn Entropy> + Send + Sync>;

/// Opens the accounts of the staff, in their order.
pub(crate) fn open_staff(runner: &Runner, basics: &Basics, entropy: &EntropySource) -> Result<Vec<AccountId>, Halt> {
    let prepared = in_parallel(&basics.staff, |member| {
        let (kind, staff) = (AccountKind::Staff, Some(member.id.to_string()));
        let new = NewAccount { login: member.spec.login.to_owned(), kind, party: None, staff, assurance: Assurance::Present };
        OpenAccount::prepare(new, &Password::new(FIRST_PASSWORD), &mut *entropy())
    })?;
    let accounts = run_all(runner, &Actor::system(), prepared)?;
    let mut grants = Vec::new();
    for (member, account) in basics.staff.iter().zip(&accounts) {
        let role = match member.spec.login {
            PUBLISHER => Role::PackagePublisher,
            KEEPER => Role::PartiesKeeper,
            _ => continue,
        };
        grants.push(GrantRole { account: account.clone(), role });
    }
    run_all(runner, &Actor::system(), grants)?;
    Ok(accounts)
}

/// Opens the accounts of citizens whose identity was checked; the login name is the mobile number or a name.
pub(crate) fn open_citizens(runner: &Runner, citizens: &[(String, PersonId)], entropy: &EntropySource) -> Result<Vec<AccountId>, Halt> {
    let prepared = in_parallel(citizens, |(login, person)| {
        let (kind, party) = (AccountKind::Person, Some(person.to_string()));
        let new = NewAccount { login: login.clone(), kind, party, staff: None, assurance: Assurance::Checked };
        RegisterAccount::prepare(new, &Password::new(DEMO_PASSWORD), &mut *entropy())
    })?;
    run_all(runner, &Actor::anonymous(), prepared)
}

/// Opens the accounts of the administrators, with their roles.
pub(crate) fn open_admins(runner: &Runner, entropy: &EntropySource) -> Result<Vec<AccountId>, Halt> {
    let prepared = in_parallel(&ADMINS, |(login, _)| {
        let new = NewAccount { login: (*login).to_owned(), kind: AccountKind::Admin, party: None, staff: None, assurance: Assurance::Present };
        OpenAccount::prepare(new, &Password::new(FIRST_PASSWORD), &mut *entropy())
    })?;
    run_all(runner, &Actor::system(), prepared)
}

/// Gives the administrators their roles. The last act of all: a town without it is not complete.
pub(crate) fn grant_admins(runner: &Runner, accounts: &[AccountId]) -> Result<(), Halt> {
    let grant = |(account, (_, role)): (&AccountId, &(&str, Role))| GrantRole { account: account.clone(), role: *role };
    run_all(runner, &Actor::system(), accounts.iter().zip(&ADMINS).map(grant).collect()).map(drop)
}

/// Every owner replaces the first password by the documented one, which is then as young as it can be.
pub(crate) fn change_passwords(runner: &Runner, accounts: &[AccountId], kind: AccountKind, entropy: &EntropySource) -> Result<(), Halt> {
    let now_ms = runner.clock().now().as_millisecond();
    let prepared = in_parallel(accounts, |account| {
        let mut source = entropy();
        let session = SessionId::make(&mut IdSource::new(now_ms, &mut *source));
        let (present, new) = (Password::new(FIRST_PASSWORD), Password::new(DEMO_PASSWORD));
        ChangePassword::prepare(runner.store(), account, &session, &present, &new, &mut *source)
    })?;
    let owner = |account: &AccountId| Actor::bare(account.as_str(), kind.actor_kind());
    run_each(runner, accounts.iter().map(owner).zip(prepared)).map(drop)
}

fn in_parallel<I: Sync, O: Send>(inputs: &[I], work: impl Fn(&I) -> Result<O, Halt> + Sync) -> Result<Vec<O>, Halt> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(THREADS_MAX);
    let share = inputs.len().div_ceil(threads).max(1);
    let work = &work;
    thread::scope(|scope| {
        let one = |part| scope.spawn(move || Iterator::map(<[I]>::iter(part), work).collect::<Result<Vec<O>, Halt>>());
        let handles: Vec<_> = inputs.chunks(share).map(one).collect();
        let mut outputs = Vec::with_capacity(inputs.len());
        for handle in handles {
            let part = handle.join().map_err(|_| Fault::because("a thread that hashes passwords panicked"))?;
            outputs.extend(part?);
        }
        Ok(outputs)
    })
}
