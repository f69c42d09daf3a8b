#![doc = include_str!("../README.md")]

mod answer;
mod app;
mod citizen;
mod dress;
mod error;
mod flash;
mod form;
mod frame;
mod identify;
mod kept;
mod nav;
pub mod operation;
mod pages;
mod registration;
mod routes;
mod settings;
mod staff;
mod store;
pub mod testing;
mod visitor;
mod words;

pub use self::store::MIGRATIONS;
pub use answer::{see_other, see_other_with, unprocessable};
pub use app::{App, AppInner, AssembleError, Parts};
pub use citizen::Citizen;
pub use error::{PageError, status_of};
pub use flash::{Flash, FlashKind};
pub use form::{Form, UploadForm, form_fields};
pub use frame::{desk, desk_frame, frame, page, render_desk};
pub use nav::DeskItem;
pub use registration::{Registration, register};
pub use routes::{routes, server};
pub use settings::SiteSettings;
pub use staff::StaffMember;
pub use visitor::{Visitor, Who, WhoPost};
pub use words::Words;
