//! The work itself, outside of any command, since it takes long: examining and comparing. Nobody is shown a value by it.

pub mod compare;
pub mod examine;
pub mod look;
