//! The tables of this crate. The only SQL of it.

mod accounts;
mod roles;
mod schema;
mod sessions;

pub use schema::MIGRATIONS;

pub(crate) use accounts::{
    account_by_id, account_by_login, accounts_page, close_account, has_account_of, insert_account, password_history, set_attempts, set_password,
    set_state, set_version,
};
pub(crate) use roles::{delete_role, insert_role, roles_of};
pub(crate) use sessions::{
    acts_for, close_other_sessions, close_session, close_sessions_of, insert_session, session_by_id, session_by_token, sessions_of, touch_session,
};
