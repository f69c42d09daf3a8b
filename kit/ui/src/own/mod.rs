//! Components of our own.
mod legal_clock;
mod process;
mod proof_block;
mod rating;
mod search_box;
mod step_indicator;
mod traffic_light;

pub use legal_clock::{ClockFace, ClockState, LegalClock};
pub use process::{ProcessStep, ProcessTable};
pub use proof_block::{ProofBlock, ProofState};
pub use rating::{Rating, RatingLevel};
pub use search_box::SearchBox;
pub use step_indicator::{Step, StepIndicator};
pub use traffic_light::{Light, TrafficLight};
