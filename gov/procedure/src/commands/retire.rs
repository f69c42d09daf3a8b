//! Retiring a version of a package.

use jiff::civil::Date;
use runner::{Command, Cx, Halt, Refusal, Resource};
use serde::{Deserialize, Serialize};

use crate::events::{PackageRetired, stream};
use crate::store::{self as tables, VersionStatus};

/// Ends a version: from a day on no new case starts under it. Running cases stay on it.
#[derive(Clone, Debug, Serialize)]
pub struct RetirePackage {
    /// The package hash of the version.
    pub hash: String,
    /// First day on which no case starts under it.
    pub retired_on: Date,
    /// Why, for the record.
    pub reason: String,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retired {
    /// The item.
    pub slug: String,
    /// The version.
    pub version: i64,
}

impl Command for RetirePackage {
    type Outcome = Retired;
    const ACTION: &'static str = "package.retire";

    fn run(&self, cx: &mut Cx<'_>) -> Result<Retired, Halt> {
        let Some(version) = tables::version_by_hash(cx.tx(), &self.hash)? else {
            return Err(Refusal::not_found().into());
        };
        cx.authorise(&Resource { id: version.slug.clone(), ..Resource::of("package") })?;
        if version.status == VersionStatus::Retired {
            return Err(already_retired().into());
        }
        if self.reason.trim().is_empty() {
            return Err(reason_missing().into());
        }
        let retired_on = self.retired_on.to_string();
        if retired_on < version.valid_from {
            return Err(too_early(&version.valid_from).into());
        }
        let event = PackageRetired { slug: version.slug.clone(), version: version.version, retired_on, reason: self.reason.clone() };
        cx.record(&stream(&version.slug), &event)?;
        Ok(Retired { slug: version.slug, version: version.version })
    }
}

fn already_retired() -> Refusal {
    Refusal::new(
        "package-retired",
        "这一版规程已经停用。",
        "This version is retired already.",
        "无需再次停用；如需查看，请打开版本记录。",
        "Nothing is left to do; see the list of versions.",
    )
}

fn reason_missing() -> Refusal {
    Refusal::new("reason-missing", "停用必须写明原因。", "Retiring needs a reason.", "请填写原因后再提交。", "Write the reason and send again.")
}

fn too_early(valid_from: &str) -> Refusal {
    Refusal::new(
        "retired-before-valid",
        format!("停用日期早于生效日期 {valid_from}。"),
        format!("The day of retiring is before the version is valid ({valid_from})."),
        "请选择生效日期当天或者以后的日期。",
        "Choose that day or a later one.",
    )
}
