#![doc = include_str!("../README.md")]

mod convert;
mod display;
mod form;
mod formats;
mod journey;
mod mask;
mod parse;
mod post;
mod prefill;
mod problem;
mod sentence;
mod validate;

pub use display::Row;
pub use form::{Choice, Condition, Field, Form, Kind, Mask, Page, Widget};
pub use formats::Formats;
pub use journey::{Conditions, Facts, Journey};
pub use post::{Answered, Posted};
pub use prefill::Prefilled;
pub use problem::{FieldProblem, Problem};
