//! What the exchange is given when a node starts.

use std::sync::Arc;

use clock::Clock;

use crate::model::rights::{NegativeList, Provider, Rights};

/// What commands of this crate ask the runner for.
pub struct Ports {
    /// Who knows which call may pass.
    pub rights: Arc<dyn Rights>,
    /// Who knows what is not shared.
    pub negative: Arc<dyn NegativeList>,
    /// Who answers permitted calls.
    pub provider: Arc<dyn Provider>,
    /// Tells how long a call took.
    pub clock: Arc<dyn Clock>,
    /// How the node takes part.
    pub settings: Settings,
}

/// How a node takes part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The federation: `CN-339921`.
    pub instance: String,
    /// How far the clocks of two nodes may differ, in milliseconds.
    pub clock_differs_ms_max: i64,
    /// How long an answer of another node is waited for, in milliseconds.
    pub wait_ms_max: i64,
    /// Most messages under one signature; 1 signs each on its own.
    pub batch_size_max: usize,
    /// Days for which the client's end keeps texts.
    pub kept_days: u32,
}

impl Settings {
    /// The usual settings in a federation.
    #[must_use]
    pub fn of(instance: impl Into<String>) -> Self {
        Self { instance: instance.into(), clock_differs_ms_max: 300_000, wait_ms_max: 15_000, batch_size_max: 256, kept_days: 180 }
    }
}

impl std::fmt::Debug for Ports {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ports").field("settings", &self.settings).finish_non_exhaustive()
    }
}
