//! One file per page.

pub(crate) mod act_for;
pub(crate) mod health;
pub(crate) mod kept_form;
pub(crate) mod manifest;
pub(crate) mod offline;
pub(crate) mod password;
pub(crate) mod preferences;
pub(crate) mod register;
pub(crate) mod sign_in;
pub(crate) mod sign_out;
pub(crate) mod staff_sign_in;
