//! Whether a page was opened from the check of all answers, to which it then returns.

use serde::Deserialize;

/// The query `?from=check`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub(super) struct From {
    #[serde(default)]
    from: String,
}

impl From {
    /// Whether one came from the check.
    pub fn is_check(&self) -> bool {
        self.from == "check"
    }

    /// The query to keep.
    pub fn query(&self) -> &'static str {
        if self.is_check() { "?from=check" } else { "" }
    }
}
