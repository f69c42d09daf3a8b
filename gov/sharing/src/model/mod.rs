//! Grants, resources, limits, refusals.

pub mod call;
pub mod canonical;
pub mod grant;
pub mod limits;
pub mod refusals;
pub mod request;
pub mod resource;

pub use call::{Call, Candidate, Permit, Rights, Used, decide};
pub use canonical::{canonical, terms_sm3};
pub use grant::{Grant, GrantState, Ground, ItemUse, Method, RowScope, Terms};
pub use limits::{Checked, Limits, StepLimit};
pub use request::{Demand, DemandState, Request};
pub use resource::{ResourceFacts, ResourceField, ResourceService, ResourceTable, Resources, ShareType};
