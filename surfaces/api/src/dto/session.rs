//! Sessions.

use i18n::Text;
use serde::{Deserialize, Serialize};
use trust::AccountKind;
use utoipa::ToSchema;

use super::{At, Words};

/// Name and password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Credentials {
    /// Login name.
    pub(crate) login: String,
    /// Password.
    pub(crate) password: String,
}

/// A session that was opened.
#[derive(Serialize, ToSchema)]
pub(crate) struct OpenedSession {
    /// To be sent as `Authorization: Bearer …`. It is shown this once.
    pub(crate) token: String,
    /// When it ends at the latest; it also ends after half an hour without a request.
    #[schema(value_type = String, format = DateTime)]
    pub(crate) ends_at: At,
    /// The account.
    pub(crate) account: String,
    /// `person`, `staff` or `admin`.
    #[schema(value_type = String)]
    pub(crate) kind: AccountKind,
    /// Whether the password must be changed before anything else can be done.
    pub(crate) must_change_password: bool,
}

/// Who has signed in.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Session {
    /// The session.
    pub(crate) session: String,
    /// The account.
    pub(crate) account: String,
    /// Login name.
    pub(crate) login: String,
    /// `person`, `staff` or `admin`.
    #[schema(value_type = String)]
    pub(crate) kind: AccountKind,
    /// Assurance of the sign-in, 1 to 4.
    pub(crate) assurance: u8,
    /// The person or member of staff.
    pub(crate) party: Option<String>,
    /// The party acted for, when that is another one.
    pub(crate) acting_for: Option<String>,
    /// Posts held today.
    pub(crate) posts: Vec<HeldPost>,
    /// Roles of administration and of the profession.
    pub(crate) roles: Vec<String>,
    /// When the session ends at the latest.
    #[schema(value_type = String, format = DateTime)]
    pub(crate) ends_at: At,
    /// Whether the password must be changed before anything else can be done.
    pub(crate) must_change_password: bool,
    /// For cookie sessions: to be sent as `X-CSRF-Token` with requests that change something.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) csrf: Option<String>,
}

/// A post held today.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HeldPost {
    /// Its code, as tasks name it.
    pub(crate) post: String,
    /// The organ.
    pub(crate) organ: String,
    /// Name of the organ.
    #[schema(value_type = Option<Words>)]
    pub(crate) organ_name: Option<Text>,
    /// Division of the organ.
    pub(crate) division: String,
}

/// A new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasswordChange {
    /// The present one.
    pub(crate) present: String,
    /// The new one.
    pub(crate) new: String,
}

/// For whom to act.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ActingFor {
    /// The party that authorised the caller; `null` for oneself.
    pub(crate) party: Option<String>,
}
