#![doc = include_str!("../README.md")]

mod bundle;
mod format;
mod lang;
mod text;

pub use bundle::Bundle;
pub use format::{count, date, date_text, date_time, money, month, number, size, time, weekday};
pub use lang::{Lang, UnknownLang};
pub use text::Text;
