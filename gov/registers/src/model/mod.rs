//! What registers, records and questions are, without I/O.

pub mod asking;
pub mod declaration;
pub mod loading;
pub mod problems;
pub mod record;
pub mod values;
