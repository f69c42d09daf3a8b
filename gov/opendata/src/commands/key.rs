//! 开发者密钥

use super::checks::Checks;
use crate::events::{KeyIssued, KeyRevoked};
use crate::model::KeyId;
use crate::model::key::{CALLS_PER_DAY, KEYS_MAX, Key, hash};
use crate::store as tables;
use i18n::Text;
use runner::{Command, Cx, Halt, Refusal, Resource};
use serde::{Deserialize, Serialize};

const NAME_CHARS_MAX: usize = 60;

/// Issues a key to the acting account. Not to be sent with an idempotency key: the answer holds the secret, once.
#[derive(Debug, Clone, Serialize)]
pub struct IssueKey {
    /// What it is for.
    pub name: String,
}

/// A key as it is told once.
#[derive(Clone, Serialize, Deserialize)]
pub struct IssuedKey {
    /// Identifier.
    pub id: KeyId,
    /// What programs send.
    pub token: String,
}

impl std::fmt::Debug for IssuedKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IssuedKey").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Command for IssueKey {
    type Outcome = IssuedKey;
    const ACTION: &'static str = "opendata.keep-key";

    fn run(&self, cx: &mut Cx<'_>) -> Result<IssuedKey, Halt> {
        let account = cx.actor().account.clone();
        cx.authorise(&Resource { id: account.clone(), ..Resource::of("account") })?;
        let mut checks = Checks::default();
        checks.text("name", &Text::same(self.name.trim()), NAME_CHARS_MAX);
        checks.finish()?;
        let open = tables::keys::of_account(cx.tx(), &account)?.into_iter().filter(|key| key.revoked_ms.is_none()).count();
        if open >= KEYS_MAX {
            return Err(too_many().into());
        }
        let id = KeyId::make(cx.ids());
        let token = format!("zs-{:016x}{:016x}{:016x}", cx.entropy().next_u64(), cx.entropy().next_u64(), cx.entropy().next_u64());
        let key = Key {
            id: id.clone(),
            account,
            name: self.name.trim().to_owned(),
            calls_per_day: CALLS_PER_DAY,
            created_ms: cx.now_ms(),
            revoked_ms: None,
        };
        cx.record(id.as_str(), &KeyIssued { name: key.name.clone(), key, hash: hash(&token) })?;
        Ok(IssuedKey { id, token })
    }
}

/// Ends a key of the acting account.
#[derive(Debug, Clone, Serialize)]
pub struct RevokeKey {
    /// The key.
    pub key: KeyId,
}

impl Command for RevokeKey {
    type Outcome = ();
    const ACTION: &'static str = "opendata.keep-key";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let key = tables::keys::find(cx.tx(), self.key.as_str())?.ok_or_else(Refusal::not_found)?;
        let resource = Resource { id: key.account, ..Resource::of("account") };
        if !cx.may(Self::ACTION, &resource) {
            return Err(Refusal::not_found().into());
        }
        cx.authorise(&resource)?;
        if key.revoked_ms.is_none() {
            cx.record(self.key.as_str(), &KeyRevoked { key: self.key.clone() })?;
        }
        Ok(())
    }
}

fn too_many() -> Refusal {
    Refusal::new("keys-too-many", "密钥太多了。", "There are too many keys.", "请先停用不再使用的密钥。", "End keys that are no longer used first.")
}
