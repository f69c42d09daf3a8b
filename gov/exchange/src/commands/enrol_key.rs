//! 登记、更换密钥

use runner::{Command, Cx, Halt, Refusal, Resource};
use seal::{Algorithm, PublicKey};
use serde::Serialize;

use super::MANAGE;
use super::enrol_member::member_stream;
use crate::events::KeyEnrolled;
use crate::model::envelope::key_id;
use crate::model::identifier::SubsystemId;
use crate::model::service::MemberKey;
use crate::store::directory;

const VALID_DAYS_MAX: u32 = 3 * 366;
const DAY_MS: i64 = 86_400_000;
/// How long the key before stays valid, so that messages under way and nodes that learn of it later are not cut off.
const OVERLAP_MS: i64 = 7 * DAY_MS;

/// Enrols a signing key. Older keys of the same algorithm end a week later, so a rotation interrupts nothing.
#[derive(Debug, Clone, Serialize)]
pub struct EnrolKey {
    /// Whose.
    pub member: SubsystemId,
    /// PEM of the public key, SM2 or Ed25519.
    pub pem: String,
    /// For how many days.
    pub valid_days: u32,
}

impl Command for EnrolKey {
    type Outcome = String;
    const ACTION: &'static str = MANAGE;

    fn run(&self, cx: &mut Cx<'_>) -> Result<String, Halt> {
        let member = directory::find_member(cx.tx(), &self.member)?.ok_or_else(Refusal::not_found)?;
        cx.authorise(&Resource { organ: member.organ.clone(), ..Resource::of("exchange-member") })?;
        let key = PublicKey::from_pem(self.pem.trim()).map_err(|_| unreadable())?;
        let usable = match key.algorithm() {
            Algorithm::Sm2 => true,
            Algorithm::Ed25519 => member.ed25519_allowed,
            Algorithm::P256 => false,
        };
        if !usable {
            return Err(algorithm_not_allowed().into());
        }
        if self.valid_days == 0 || self.valid_days > VALID_DAYS_MAX {
            return Err(too_long().into());
        }
        let (id, now_ms) = (key_id(&key), cx.now_ms());
        let before = directory::keys_of(cx.tx(), &self.member)?;
        if before.iter().any(|known| known.id == id) {
            return Err(known().into());
        }
        let of_same_kind = |known: &&MemberKey| PublicKey::from_pem(&known.pem).is_ok_and(|other| other.algorithm() == key.algorithm());
        let ends = before.iter().filter(|known| known.valid_at(now_ms)).filter(of_same_kind).map(|known| known.id.clone()).collect();
        let key = MemberKey {
            id: id.clone(),
            subsystem: self.member.clone(),
            pem: self.pem.trim().to_owned(),
            from_ms: now_ms,
            until_ms: now_ms.saturating_add(i64::from(self.valid_days).saturating_mul(DAY_MS)),
            revoked_ms: None,
        };
        cx.record(&member_stream(&self.member), &KeyEnrolled { key, ends, ends_ms: now_ms.saturating_add(OVERLAP_MS) })?;
        Ok(id)
    }
}

fn unreadable() -> Refusal {
    let refusal = Refusal::new(
        "key-unreadable",
        "读不出公钥。",
        "The public key cannot be read.",
        "请粘贴 PEM 格式的 SM2 或 Ed25519 公钥。",
        "Paste an SM2 or Ed25519 public key in PEM.",
    );
    refusal.with_field("pem", "不是 PEM 格式的公钥", "Not a public key in PEM")
}

fn algorithm_not_allowed() -> Refusal {
    let refusal = Refusal::new(
        "algorithm-not-allowed",
        "这个成员不能使用这种算法的密钥。",
        "This member may not use a key of this algorithm.",
        "请使用 SM2 密钥；确需 Ed25519 的，登记成员时须写明。",
        "Use an SM2 key; where Ed25519 is needed, the member is enrolled so.",
    );
    refusal.under("GB/T 39786-2021 第 8 章").with_field("pem", "算法不被允许", "The algorithm is not allowed")
}

fn too_long() -> Refusal {
    let refusal =
        Refusal::new("key-validity", "密钥有效期不对。", "The validity of the key is not right.", "请填 1 至 1098 天。", "Choose 1 to 1098 days.");
    refusal.with_field("valid_days", "应为 1 至 1098 天", "1 to 1098 days")
}

fn known() -> Refusal {
    Refusal::new("key-known", "这把密钥已经登记。", "This key is enrolled already.", "请换一把新的密钥。", "Use a new key.")
}
