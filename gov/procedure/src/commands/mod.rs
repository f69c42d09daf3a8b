//! What can be done to packages.

mod publish;
mod retire;

pub use publish::{PublishPackage, Published};
pub use retire::{RetirePackage, Retired};
