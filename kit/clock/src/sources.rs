//! Where "now" comes from. Nothing else in the product reads the system time.

use crate::time::midnight;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Who is asked for the time.
pub trait Clock: Send + Sync {
    /// The present moment. Answers of one clock never decrease.
    fn now(&self) -> Timestamp;
}

impl<C: Clock + ?Sized> Clock for Arc<C> {
    fn now(&self) -> Timestamp {
        (**self).now()
    }
}

impl<C: Clock + ?Sized> Clock for &C {
    fn now(&self) -> Timestamp {
        (**self).now()
    }
}

/// Backward steps up to this size are ordinary: two threads, or the time service slewing.
const JUMP_TOLERANCE_MICROS: i64 = 1_000_000;

/// The clock of the machine, made monotone: when the machine's time is set back, the largest answer is repeated until
/// time has caught up, because the order of the journal is evidence.
#[derive(Debug)]
pub struct SystemClock {
    largest_micros: AtomicI64,
    jumped_back: AtomicBool,
}

impl SystemClock {
    /// A clock which has answered nothing yet.
    pub const fn new() -> Self {
        Self { largest_micros: AtomicI64::new(i64::MIN), jumped_back: AtomicBool::new(false) }
    }

    /// A clock which will not answer earlier than `floor`, for example the time of the last journal entry.
    pub fn not_before(floor: Timestamp) -> Self {
        Self { largest_micros: AtomicI64::new(floor.as_microsecond()), jumped_back: AtomicBool::new(false) }
    }

    /// Whether the machine's time was seen more than a second behind an earlier answer since this clock was made.
    pub fn jumped_back(&self) -> bool {
        self.jumped_back.load(Ordering::Relaxed)
    }

    fn answer(&self, seen: Timestamp) -> Timestamp {
        let seen_micros = seen.as_microsecond();
        let largest = self.largest_micros.fetch_max(seen_micros, Ordering::AcqRel);
        if seen_micros >= largest {
            return Timestamp::from_microsecond(seen_micros).unwrap_or(seen);
        }
        if largest.saturating_sub(seen_micros) > JUMP_TOLERANCE_MICROS {
            self.jumped_back.store(true, Ordering::Relaxed);
        }
        Timestamp::from_microsecond(largest).unwrap_or(seen)
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        self.answer(Timestamp::now())
    }
}

/// A clock that stands until it is moved, for tests and simulation. Clones share the same hands.
#[derive(Debug, Clone)]
pub struct FixedClock {
    hands: Arc<Mutex<Timestamp>>,
}

impl FixedClock {
    /// A clock standing at `at`.
    pub fn new(at: Timestamp) -> Self {
        Self { hands: Arc::new(Mutex::new(at)) }
    }

    /// A clock standing at nine in the morning of `date` in Beijing, when the counters open.
    pub fn on(date: Date) -> Self {
        let clock = Self::new(midnight(date));
        clock.advance(SignedDuration::from_hours(9));
        clock
    }

    /// Moves the hands to `at`, also backwards.
    pub fn set(&self, at: Timestamp) {
        *self.hands() = at;
    }

    /// Moves the hands to nine in the morning of `date` in Beijing.
    pub fn set_date(&self, date: Date) {
        let nine = Self::on(date).now();
        self.set(nine);
    }

    /// Moves the hands by `by` and answers the new time. Stops at the end of time.
    pub fn advance(&self, by: SignedDuration) -> Timestamp {
        let mut hands = self.hands();
        let end = if by.is_negative() { Timestamp::MIN } else { Timestamp::MAX };
        *hands = hands.checked_add(by).unwrap_or(end);
        *hands
    }

    fn hands(&self) -> MutexGuard<'_, Timestamp> {
        self.hands.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        *self.hands()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::local_date;
    use jiff::civil::date;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn the_system_clock_never_goes_backwards() {
        let clock = SystemClock::new();
        assert_eq!(clock.answer(at("2026-03-02T01:00:00Z")), at("2026-03-02T01:00:00Z"));
        assert_eq!(clock.answer(at("2026-03-02T00:00:00Z")), at("2026-03-02T01:00:00Z"));
        assert!(clock.jumped_back());
        assert_eq!(clock.answer(at("2026-03-02T01:00:01Z")), at("2026-03-02T01:00:01Z"));
    }

    #[test]
    fn a_small_step_back_is_hidden_but_not_reported() {
        let clock = SystemClock::new();
        clock.answer(at("2026-03-02T01:00:00.5Z"));
        assert_eq!(clock.answer(at("2026-03-02T01:00:00Z")), at("2026-03-02T01:00:00.5Z"));
        assert!(!clock.jumped_back());
    }

    #[test]
    fn the_floor_is_respected() {
        let floor = Timestamp::now().checked_add(SignedDuration::from_hours(1)).unwrap();
        let clock = SystemClock::not_before(floor);
        assert_eq!(clock.now().as_microsecond(), floor.as_microsecond());
        assert!(clock.jumped_back());
    }

    #[test]
    fn threads_see_answers_that_never_decrease() {
        let clock = SystemClock::new();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let mut last = clock.now();
                    for _ in 0..2_000 {
                        let now = clock.now();
                        assert!(now >= last);
                        last = now;
                    }
                });
            }
        });
        assert!(!clock.jumped_back());
    }

    #[test]
    fn a_fixed_clock_moves_only_when_told_and_clones_share_its_hands() {
        let clock = FixedClock::on(date(2026, 3, 2));
        let shared: Arc<dyn Clock> = Arc::new(clock.clone());
        assert_eq!(clock.now(), at("2026-03-02T01:00:00Z"));
        clock.advance(SignedDuration::from_hours(24));
        assert_eq!(local_date(shared.now()), date(2026, 3, 3));
        clock.set(at("2020-01-01T00:00:00Z"));
        assert_eq!(shared.now(), at("2020-01-01T00:00:00Z"));
        assert_eq!(clock.advance(SignedDuration::MAX), Timestamp::MAX);
        assert_eq!(clock.advance(SignedDuration::MIN), Timestamp::MIN);
    }
}
