//! Accounts, jobs and packages, for those who run the installation.

use clock::{ImportDay, YearImport};
use i18n::Text;
use jobs::Job;
use procedure::{Finding, PackageVersion, Severity, VersionStatus};
use runner::Refusal;
use serde::{Deserialize, Serialize};
use trust::queries::AccountView;
use trust::{AccountKind, AccountState};
use utoipa::{IntoParams, ToSchema};

use super::{At, Words};

/// A person who registers.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRegistration {
    /// Name, as on the identity card.
    pub(crate) name: String,
    /// 公民身份号码.
    pub(crate) identity_number: String,
    /// Mobile number.
    pub(crate) mobile: String,
    /// Address.
    pub(crate) address: String,
    /// Login name: 3 to 64 letters, digits, dots, hyphens, underscores or @.
    pub(crate) login: String,
    /// Password.
    pub(crate) password: String,
}

/// An account that was opened.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OpenedAccount {
    /// The account.
    pub(crate) account: String,
}

/// Which accounts.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct AccountQuery {
    /// This login name alone.
    #[param(example = "linxiaohe")]
    pub(crate) login: Option<String>,
    /// Those after this login name: `next` of the page before.
    pub(crate) after: Option<String>,
}

/// A page of accounts, by login name.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AccountPage {
    /// The accounts.
    pub(crate) accounts: Vec<AccountOf>,
    /// Where the next page starts; `null` at the end.
    pub(crate) next: Option<String>,
}

/// An account.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AccountOf {
    /// The account.
    account: String,
    /// Login name.
    login: String,
    /// `person`, `staff` or `admin`.
    #[schema(value_type = String)]
    kind: AccountKind,
    /// The person, where it is a person's.
    party: Option<String>,
    /// The member of staff, where it is one's.
    staff: Option<String>,
    /// `open`, `locked` or `closed`.
    #[schema(value_type = String)]
    state: AccountState,
    /// Assurance, 1 to 4.
    assurance: u8,
    /// Locked until then after failed sign-ins.
    #[schema(value_type = Option<String>, format = DateTime)]
    locked_until: Option<At>,
    /// Codes of its roles.
    roles: Vec<String>,
    /// Version.
    version: i64,
}

impl AccountOf {
    pub(crate) fn of(view: AccountView) -> Self {
        Self {
            account: view.id.to_string(),
            login: view.login.to_string(),
            kind: view.kind,
            party: view.party,
            staff: view.staff,
            state: view.state,
            assurance: view.assurance,
            locked_until: view.locked_until_ms.map(At),
            roles: view.roles,
            version: view.version,
        }
    }
}

/// Why, for the record.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reason {
    /// Why.
    pub(crate) reason: String,
}

impl Reason {
    /// What was given; an empty reason is none.
    pub(crate) fn given(self) -> Result<String, Refusal> {
        let reason = self.reason.trim();
        if reason.is_empty() { Err(reason_missing()) } else { Ok(reason.to_owned()) }
    }
}

fn reason_missing() -> Refusal {
    Refusal::new("account-reason-missing", "锁定或解锁必须写明原因。", "Locking or unlocking needs a reason.", "请填写原因。", "Write the reason.")
        .with_field("reason", "请填写原因", "Write the reason")
}

/// Background jobs.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JobsOf {
    /// Waiting, due or not.
    pub(crate) waiting: i64,
    /// Being done.
    pub(crate) running: i64,
    /// Set aside after eight failures.
    pub(crate) set_aside_total: i64,
    /// Those set aside, 100 at most.
    pub(crate) set_aside: Vec<JobOf>,
}

/// A job that was set aside.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct JobOf {
    /// The job.
    job: String,
    /// What kind of work.
    kind: String,
    /// When it was due.
    #[schema(value_type = String, format = DateTime)]
    due_at: At,
    /// Tries so far.
    attempts: i64,
    /// Why the last one failed.
    last_error: Option<String>,
}

impl JobOf {
    pub(crate) fn of(job: Job) -> Self {
        Self { job: job.id, kind: job.kind, due_at: At(job.due_ms), attempts: job.attempts, last_error: job.last_error }
    }
}

/// Packages in force.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PackagesOf {
    /// One for each item.
    pub(crate) packages: Vec<PackageRow>,
}

/// A package in force.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PackageRow {
    /// Name of the item.
    #[schema(value_type = Words)]
    pub(crate) name: Text,
    /// 基本编码.
    pub(crate) basic_code: String,
    /// The version in force.
    pub(crate) version: VersionOf,
}

/// A version of a package.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct VersionOf {
    /// The item.
    slug: String,
    /// From 1, without a gap.
    version: i64,
    /// Hash of all its files.
    hash: String,
    /// Name of the publishing key.
    signed_by: String,
    /// First day on which cases start under it.
    #[schema(format = Date)]
    valid_from: String,
    /// First day on which none starts under it any more.
    #[schema(format = Date)]
    retired_on: Option<String>,
    /// `draft`, `published` or `retired`.
    #[schema(value_type = String)]
    status: VersionStatus,
}

impl VersionOf {
    pub(crate) fn of(version: PackageVersion) -> Self {
        Self {
            slug: version.slug,
            version: version.version,
            hash: version.hash,
            signed_by: version.signed_by,
            valid_from: version.valid_from,
            retired_on: version.retired_on,
            status: version.status,
        }
    }
}

/// Which version is checked.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct PackageQuery {
    /// The version; without it the one in force.
    pub(crate) version: Option<i64>,
}

/// A package and what the check says.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CheckedPackage {
    /// All versions.
    pub(crate) versions: Vec<VersionOf>,
    /// The version that was checked.
    pub(crate) checked: i64,
    /// What was found; nothing when all is well.
    pub(crate) findings: Vec<FindingOf>,
}

/// A finding of the check.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FindingOf {
    /// File of the package.
    file: String,
    /// Line from 1; 0 for the file as a whole.
    line: u32,
    /// `error` or `warning`.
    #[schema(value_type = String)]
    severity: Severity,
    /// The rule.
    code: String,
    /// What is the matter.
    says: Words,
}

impl FindingOf {
    pub(crate) fn of(finding: Finding) -> Self {
        Self {
            file: finding.file,
            line: finding.line,
            severity: finding.severity,
            code: finding.code.into_owned(),
            says: Words { zh: finding.zh, en: finding.en },
        }
    }
}

/// The arrangement of a year's working days, by the State Council's notice.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Arrangement {
    /// Addresses of the notices.
    #[serde(default)]
    papers: Vec<String>,
    /// Days off and make-up working days; plain weekends may be left out.
    days: Vec<ArrangedDay>,
}

/// A day that the notice sets apart.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ArrangedDay {
    /// The holiday.
    name: String,
    /// The day.
    #[schema(value_type = String, format = Date)]
    date: clock::Date,
    /// `true` for a make-up working day, `false` for a day off.
    workday: bool,
}

impl Arrangement {
    pub(crate) fn of_year(self, year: i16) -> YearImport {
        let day = |day: ArrangedDay| ImportDay { name: day.name, date: day.date, is_off_day: !day.workday };
        YearImport { year, papers: self.papers, days: self.days.into_iter().map(day).collect() }
    }
}
