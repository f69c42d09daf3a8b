//! Publishing a version of a package.

use std::sync::Arc;

use jiff::civil::Date;
use runner::{Command, Cx, Halt, Refusal, Resource};
use serde::{Deserialize, Serialize};

use crate::check::check;
use crate::events::{PackagePublished, stream};
use crate::files::Files;
use crate::finding::{Finding, Severity, has_errors};
use crate::package::Package;
use crate::sign::{PackageSignature, PublishingKeys, SignatureProblem};
use crate::store as tables;

/// How many findings a refusal lists; the checker shows all of them.
const FINDINGS_LISTED_MAX: usize = 50;

/// Publishes a package: checked, signed, from a day on. The service [`PublishingKeys`] must be given to the runner.
#[derive(Clone, Debug, Serialize)]
pub struct PublishPackage {
    /// The files.
    pub files: Arc<Files>,
    /// The signature over their hash.
    pub signature: PackageSignature,
    /// First day on which cases start under this version; not before today and not before the version it follows.
    pub valid_from: Date,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// The item.
    pub slug: String,
    /// The version.
    pub version: i64,
    /// The package hash.
    pub hash: String,
    /// False when this very package had been published before; nothing has changed then.
    pub new: bool,
}

impl Command for PublishPackage {
    type Outcome = Published;
    const ACTION: &'static str = "package.publish";

    fn run(&self, cx: &mut Cx<'_>) -> Result<Published, Halt> {
        cx.authorise(&Resource::of("package"))?;
        let hash = self.files.hash();
        if let Some(known) = tables::version_by_hash(cx.tx(), hash.as_str())? {
            return Ok(Published { slug: known.slug, version: known.version, hash: known.hash, new: false });
        }
        let keys = cx.service::<PublishingKeys>()?;
        keys.verify(&hash, &self.signature).map_err(|problem| wrong_signature(&problem))?;
        let package = Package::parse(Files::clone(&self.files)).map_err(|findings| wrong_package(&findings))?;
        let findings = check(&package);
        if has_errors(&findings) {
            return Err(wrong_package(&findings).into());
        }
        let version = self.next_version(cx, &package.slug)?;
        let event = PackagePublished {
            slug: package.slug.clone(),
            version,
            hash: hash.clone(),
            signature: self.signature.value.clone(),
            signed_by: self.signature.signed_by.clone(),
            valid_from: self.valid_from.to_string(),
            files: Arc::clone(&self.files),
        };
        cx.record(&stream(&package.slug), &event)?;
        Ok(Published { slug: package.slug.clone(), version, hash: hash.to_string(), new: true })
    }
}

impl PublishPackage {
    fn next_version(&self, cx: &mut Cx<'_>, slug: &str) -> Result<i64, Halt> {
        let versions = tables::versions_of(cx.tx(), slug)?;
        let Some(latest) = versions.last() else { return Ok(1) };
        let valid_from = self.valid_from.to_string();
        if valid_from < latest.valid_from {
            let refusal = Refusal::new(
                "valid-from-too-early",
                format!("新版本的生效日期 {valid_from} 早于现行第 {} 版的 {}。", latest.version, latest.valid_from),
                format!("The new version would be valid from {valid_from}, before version {} ({}).", latest.version, latest.valid_from),
                "请选择不早于现行版本的生效日期。",
                "Choose a day that is not before that of the latest version.",
            );
            return Err(refusal.into());
        }
        Ok(latest.version.saturating_add(1))
    }
}

fn wrong_signature(problem: &SignatureProblem) -> Refusal {
    let (zh, en) = match problem {
        SignatureProblem::Unreadable => {
            ("签名无法读取，应为 128 个十六进制字符的 SM2 签名值。", "The signature cannot be read; it must be 128 hexadecimal characters.")
        }
        SignatureProblem::UnknownKey(_) => {
            ("签名所用的密钥不是本节点的发布密钥。", "The signature was made with a key that may not publish on this node.")
        }
        SignatureProblem::Wrong(_) => {
            ("签名与规程包的杂凑值不符，规程包可能被改动过。", "The signature does not fit the package; the package may have been changed.")
        }
    };
    Refusal::new("package-signature-wrong", zh, en, "请用本节点的发布密钥重新签名。", "Sign the package again with the publishing key of this node.")
        .under("电子签名法 第十三条")
}

fn wrong_package(findings: &[Finding]) -> Refusal {
    let errors: Vec<&Finding> = findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
    let mut refusal = Refusal::new(
        "package-has-errors",
        format!("规程包检查发现 {} 处错误，不能发布。", errors.len()),
        format!("The check found {} error(s); the package cannot be published.", errors.len()),
        "请按所列文件和行修改后重新检查。",
        "Mend the places listed and check again.",
    );
    for finding in errors.into_iter().take(FINDINGS_LISTED_MAX) {
        refusal = refusal.with_field(format!("{}:{}", finding.file, finding.line), finding.zh.clone(), finding.en.clone());
    }
    refusal
}
