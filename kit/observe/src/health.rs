//! Whether the process should get requests.

use std::sync::atomic::{AtomicU8, Ordering};

/// In which part of its life the process is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HealthState {
    /// Migrating, loading, indexing: not yet.
    Starting,
    /// Answers requests.
    Ready,
    /// Finishes what it has begun; new requests go elsewhere.
    Draining,
}

/// The state, shared by the server and its health pages.
#[derive(Debug, Default)]
pub struct Health(AtomicU8);

impl Health {
    /// Starting.
    #[must_use]
    pub const fn new() -> Self {
        Self(AtomicU8::new(0))
    }

    /// The present state.
    #[must_use]
    pub fn state(&self) -> HealthState {
        match self.0.load(Ordering::Acquire) {
            0 => HealthState::Starting,
            1 => HealthState::Ready,
            _ => HealthState::Draining,
        }
    }

    /// Requests may come.
    pub fn ready(&self) {
        // A process that is shutting down does not become ready again.
        let _ = self.0.compare_exchange(0, 1, Ordering::AcqRel, Ordering::Acquire);
    }

    /// No more requests.
    pub fn drain(&self) {
        self.0.store(2, Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draining_process_stays_so() {
        let health = Health::new();
        assert_eq!(health.state(), HealthState::Starting);
        health.ready();
        assert_eq!(health.state(), HealthState::Ready);
        health.drain();
        health.ready();
        assert_eq!(health.state(), HealthState::Draining);
    }
}
