//! Failed sign-ins: five in a row lock the account for half an hour (GB/T 22239-2019 8.1.4.1 b).

/// So many failures in a row lock.
pub const FAILURES_MAX: i64 = 5;
/// So long is an account locked.
pub const LOCK_MINUTES: i64 = 30;

const LOCK_MS: i64 = LOCK_MINUTES * 60_000;

/// The failures of an account since its last success.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attempts {
    /// Failures in a row.
    pub failures: i64,
    /// Locked until then (milliseconds since 1970), if locked.
    pub locked_until_ms: Option<i64>,
}

impl Attempts {
    /// Whether the account is locked at that moment.
    #[must_use]
    pub fn is_locked(&self, now_ms: i64) -> bool {
        self.locked_until_ms.is_some_and(|until| now_ms < until)
    }

    /// After one more failure. While locked nothing counts, so that nobody can lock somebody out for ever.
    #[must_use]
    pub fn after_failure(self, now_ms: i64) -> Self {
        if self.is_locked(now_ms) {
            return self;
        }
        let earlier = if self.locked_until_ms.is_some() { 0 } else { self.failures };
        let failures = earlier.saturating_add(1);
        let locked_until_ms = (failures >= FAILURES_MAX).then(|| now_ms.saturating_add(LOCK_MS));
        Self { failures, locked_until_ms }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MINUTE: i64 = 60_000;

    fn after(failures: usize) -> Attempts {
        (0..failures).fold(Attempts::default(), |attempts, _| attempts.after_failure(0))
    }

    #[test]
    fn the_fifth_failure_locks_for_thirty_minutes() {
        assert!(!after(4).is_locked(0));
        assert!(after(5).is_locked(0));
        assert!(after(5).is_locked(30 * MINUTE - 1));
        assert!(!after(5).is_locked(30 * MINUTE));
    }

    #[test]
    fn failures_while_locked_do_not_prolong_and_afterwards_counting_begins_anew() {
        let locked = after(5);
        assert_eq!(locked.after_failure(29 * MINUTE), locked);
        assert_eq!(locked.after_failure(31 * MINUTE), Attempts { failures: 1, locked_until_ms: None });
    }

    proptest! {
        #[test]
        fn never_more_than_five_tries_in_half_an_hour(gaps in prop::collection::vec(0_i64..10 * MINUTE, 1..60)) {
            let (mut now, mut attempts, mut tried) = (0, Attempts::default(), Vec::new());
            for gap in gaps {
                now += gap;
                if !attempts.is_locked(now) {
                    tried.push(now);
                }
                attempts = attempts.after_failure(now);
            }
            for window in tried.windows(6) {
                prop_assert!(window[5] - window[0] >= 30 * MINUTE);
            }
        }
    }
}
