//! Patience with others: pauses between tries, and a circuit breaker per address.

use super::code::{Blame, Code};

/// Tries of one call at most, the first included.
pub const TRIES_COUNT_MAX: u32 = 3;
const PAUSE_FIRST_MS: i64 = 200;
const PAUSE_MS_MAX: i64 = 5_000;
const FAILURES_COUNT_MAX: u32 = 5;
const OPEN_MS_FIRST: i64 = 5_000;
const OPEN_MS_MAX: i64 = 300_000;

/// Whether a call that ended so may be tried again by itself, and after which pause. Each try is a message of its own.
#[must_use]
pub fn pause_before(try_number: u32, code: Code, idempotent: bool) -> Option<i64> {
    let worth = matches!(code, Code::ProviderDown | Code::ProviderSlow | Code::ProviderFailed | Code::LogUnavailable);
    if !worth || !idempotent || try_number >= TRIES_COUNT_MAX {
        return None;
    }
    Some(PAUSE_FIRST_MS.saturating_mul(1_i64 << try_number.saturating_sub(1).min(10)).min(PAUSE_MS_MAX))
}

/// Whether an address is spared calls for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Circuit {
    /// Calls pass.
    Closed {
        /// Failures in a row.
        failures: u32,
    },
    /// Calls wait until a moment; then one may try.
    Open {
        /// Until when, in milliseconds since 1970.
        until_ms: i64,
        /// How long the pause was.
        pause_ms: i64,
    },
    /// One call tries.
    Trying {
        /// How long the pause before was.
        pause_ms: i64,
        /// Since when; a try that never ends is given up.
        since_ms: i64,
    },
}

impl Default for Circuit {
    fn default() -> Self {
        Self::Closed { failures: 0 }
    }
}

impl Circuit {
    /// Lets a call pass or not.
    ///
    /// # Errors
    /// [`Code::CircuitOpen`].
    pub const fn pass(&mut self, now_ms: i64) -> Result<(), Code> {
        match *self {
            Self::Closed { .. } => Ok(()),
            Self::Open { until_ms, pause_ms } if now_ms >= until_ms => {
                *self = Self::Trying { pause_ms, since_ms: now_ms };
                Ok(())
            }
            Self::Trying { pause_ms, since_ms } if now_ms.saturating_sub(since_ms) > OPEN_MS_MAX => {
                *self = Self::Trying { pause_ms, since_ms: now_ms };
                Ok(())
            }
            Self::Open { .. } | Self::Trying { .. } => Err(Code::CircuitOpen),
        }
    }

    /// Learns how a call ended. Only failures of the other side count: a refused client says nothing about the provider's health.
    pub fn ended(&mut self, code: Code, now_ms: i64) {
        let failed = matches!(code.blame(), Blame::Provider | Blame::Network) && code != Code::CircuitOpen;
        *self = match (*self, failed) {
            (Self::Open { until_ms, pause_ms }, _) => Self::Open { until_ms, pause_ms },
            (Self::Closed { .. } | Self::Trying { .. }, false) => Self::Closed { failures: 0 },
            (Self::Closed { failures }, true) if failures.saturating_add(1) < FAILURES_COUNT_MAX => {
                Self::Closed { failures: failures.saturating_add(1) }
            }
            (Self::Closed { .. }, true) => Self::Open { until_ms: now_ms.saturating_add(OPEN_MS_FIRST), pause_ms: OPEN_MS_FIRST },
            (Self::Trying { pause_ms, .. }, true) => {
                let pause_ms = pause_ms.saturating_mul(2).min(OPEN_MS_MAX);
                Self::Open { until_ms: now_ms.saturating_add(pause_ms), pause_ms }
            }
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_may_pass_later_is_tried_again_with_growing_pauses() {
        assert_eq!(pause_before(1, Code::ProviderSlow, true), Some(200));
        assert_eq!(pause_before(2, Code::ProviderSlow, true), Some(400));
        assert_eq!(pause_before(3, Code::ProviderSlow, true), None);
        assert_eq!(pause_before(1, Code::ProviderSlow, false), None);
        assert_eq!(pause_before(1, Code::NotGranted, true), None);
        assert_eq!(pause_before(1, Code::ResponseInvalid, true), None);
    }

    #[test]
    fn a_provider_that_fails_in_a_row_is_spared_and_tried_by_one() {
        let mut circuit = Circuit::default();
        for _ in 0..5 {
            assert_eq!(circuit.pass(0), Ok(()));
            circuit.ended(Code::ProviderDown, 0);
        }
        assert_eq!(circuit.pass(4_999), Err(Code::CircuitOpen));
        assert_eq!(circuit.pass(5_000), Ok(()));
        assert_eq!(circuit.pass(5_000), Err(Code::CircuitOpen), "one tries, the others wait");
        circuit.ended(Code::ProviderSlow, 6_000);
        assert_eq!(circuit.pass(15_999), Err(Code::CircuitOpen));
        assert_eq!(circuit.pass(16_000), Ok(()));
        circuit.ended(Code::Answered, 16_001);
        assert_eq!(circuit, Circuit::Closed { failures: 0 });
    }

    #[test]
    fn refusals_of_clients_never_open_it() {
        let mut circuit = Circuit::default();
        for _ in 0..50 {
            circuit.ended(Code::NotGranted, 0);
            circuit.ended(Code::Replayed, 0);
        }
        assert_eq!(circuit.pass(0), Ok(()));
    }
}
