//! What goes over the wire. Requests refuse unknown keys; answers carry both languages, times in ISO 8601, amounts in fen.

mod calendar;
mod case;
mod case_acts;
mod case_clock;
mod case_decision;
mod document;
mod draft;
mod figures;
mod item;
mod item_parts;
mod journal;
mod party;
mod problem;
mod progress;
mod registers;
mod session;
mod task;
mod words;

pub(crate) use self::registers::*;
pub(crate) use calendar::*;
pub(crate) use case::*;
pub(crate) use case_acts::*;
pub(crate) use case_clock::*;
pub(crate) use case_decision::*;
pub(crate) use document::*;
pub(crate) use draft::*;
pub(crate) use figures::*;
pub(crate) use item::*;
pub(crate) use item_parts::*;
pub(crate) use journal::*;
pub(crate) use party::*;
pub(crate) use problem::*;
pub(crate) use progress::*;
pub(crate) use session::*;
pub(crate) use task::*;
pub(crate) use words::*;
