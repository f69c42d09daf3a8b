//! Complaint lifecycles over HTTP.

pub fn run(_stored: u64, _clients: u64, _seconds: u64) {}
