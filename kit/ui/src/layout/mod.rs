//! Whole pages: header, landmarks, footer, problem pages.
mod citizen;
mod document;
mod footer;
mod header;
mod page;
mod problem;
mod staff;

pub use citizen::citizen;
pub use footer::{Footer, MissingFooterField};
pub use header::preference_href;
pub use page::{Help, Page, Site, Skin, Visitor};
pub use problem::{ProblemKind, offline, problem};
pub use staff::{StaffNav, staff};
