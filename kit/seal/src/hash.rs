//! Digests and keyed digests: SM3 (GB/T 32905-2016), SHA-256, HMAC-SM3, and their hexadecimal text.

use sha2::{Digest, Sha256, Sha512};
use subtle::ConstantTimeEq;

/// Length in bytes of both digests of this module.
pub const DIGEST_BYTES: usize = 32;

const BLOCK_BYTES: usize = 64;

/// A digest of 32 bytes, SM3 or SHA-256.
pub type Digest32 = [u8; DIGEST_BYTES];

/// SM3 of `data`.
#[must_use]
pub fn sm3(data: &[u8]) -> Digest32 {
    sm3::Sm3::digest(data).into()
}

/// SHA-256 of `data`.
#[must_use]
pub fn sha256(data: &[u8]) -> Digest32 {
    Sha256::digest(data).into()
}

/// SHA-512 of `data` in pieces, one after the other; for protocols which prescribe it.
#[must_use]
pub fn sha512(pieces: &[&[u8]]) -> [u8; 64] {
    let mut digest = Sha512::new();
    for piece in pieces {
        Digest::update(&mut digest, piece);
    }
    digest.finalize().into()
}

/// SM3 over data which arrives in pieces.
#[derive(Clone, Default)]
pub struct Sm3(sm3::Sm3);

impl Sm3 {
    /// An empty computation.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds `data`.
    pub fn update(&mut self, data: &[u8]) {
        Digest::update(&mut self.0, data);
    }

    /// The digest of everything added.
    #[must_use]
    pub fn finish(self) -> Digest32 {
        self.0.finalize().into()
    }
}

impl std::io::Write for Sm3 {
    fn write(&mut self, data: &[u8]) -> std::io::Result<usize> {
        self.update(data);
        Ok(data.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// HMAC-SM3 (GM/T 0042) of `data` under `key`, which may have any length.
#[must_use]
pub fn hmac_sm3(key: &[u8], data: &[u8]) -> Digest32 {
    let mut block = [0_u8; BLOCK_BYTES];
    if key.len() > BLOCK_BYTES {
        fill(&mut block, &sm3(key));
    } else {
        fill(&mut block, key);
    }
    let mut inner = Sm3::new();
    inner.update(&block.map(|byte| byte ^ 0x36));
    inner.update(data);
    let mut outer = Sm3::new();
    outer.update(&block.map(|byte| byte ^ 0x5c));
    outer.update(&inner.finish());
    outer.finish()
}

fn fill(block: &mut [u8], bytes: &[u8]) {
    for (slot, byte) in block.iter_mut().zip(bytes) {
        *slot = *byte;
    }
}

/// Whether two byte strings are equal, in a time which depends on their lengths only.
#[must_use]
pub fn equal_in_constant_time(left: &[u8], right: &[u8]) -> bool {
    left.ct_eq(right).into()
}

/// Lower-case hexadecimal text of `bytes`.
#[must_use]
pub fn to_hex(bytes: &[u8]) -> String {
    hex::encode(bytes)
}

/// The bytes of a hexadecimal text, upper or lower case; `None` when it is none.
#[must_use]
pub fn from_hex(text: &str) -> Option<Vec<u8>> {
    hex::decode(text).ok()
}

/// The digest written as 64 hexadecimal characters; `None` for anything else.
#[must_use]
pub fn digest_from_hex(text: &str) -> Option<Digest32> {
    from_hex(text)?.try_into().ok()
}

/// SM3 of `data` as hexadecimal text.
#[must_use]
pub fn sm3_hex(data: &[u8]) -> String {
    to_hex(&sm3(data))
}

#[cfg(test)]
mod tests;
