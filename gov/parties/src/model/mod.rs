//! Numbers, codes and records, without I/O.

pub mod certificate_id;
pub mod checks;
pub mod delegation;
pub mod division;
pub mod divisions;
pub mod identity;
pub mod masking;
pub mod organ;
pub mod party;
pub mod person;
pub mod problem;
pub mod service_code;
pub mod unified;
