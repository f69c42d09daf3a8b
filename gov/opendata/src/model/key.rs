//! Keys of developers.

use serde::{Deserialize, Serialize};

use super::KeyId;

/// Calls a day under one key.
pub const CALLS_PER_DAY: u32 = 100_000;
/// Keys one account may have at a time.
pub const KEYS_MAX: usize = 10;

/// 开发者密钥. What a program sends is known by its hash alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    /// Identifier.
    pub id: KeyId,
    /// Whose it is, and for whom it acts.
    pub account: String,
    /// What it is for.
    pub name: String,
    /// Calls allowed a day.
    pub calls_per_day: u32,
    /// When it was issued, in milliseconds since 1970.
    pub created_ms: i64,
    /// When it ended.
    pub revoked_ms: Option<i64>,
}

/// The hash under which a key is kept.
#[must_use]
pub fn hash(token: &str) -> String {
    seal::hash::sm3_hex(token.trim().as_bytes())
}
