//! Numbers, codes and persons, without I/O.

pub mod certificate_id;
pub mod checks;
pub mod division;
pub mod divisions;
pub mod identity;
pub mod masking;
pub mod problem;
pub mod service_code;
pub mod unified;
