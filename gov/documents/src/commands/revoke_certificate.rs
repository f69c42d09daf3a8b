use runner::{Command, Cx, Halt, Refusal};
use serde::Serialize;

use crate::commands::certificate_resource;
use crate::door::change_status;
use crate::model::CertificateAct;
use crate::store::certificates;

/// Takes force from a certificate (撤销, 注销, 作废, 暂停), or gives it back after a suspension.
#[derive(Debug, Clone, Serialize)]
pub struct RevokeCertificate {
    /// The certificate.
    pub certificate: String,
    /// What is done. A new version is not made here: see `SupersedeCertificate`.
    pub act: CertificateAct,
    /// Why, in words that the public verification page shows.
    pub reason: String,
    /// The article: 行政许可法 第六十九条 to revoke, 第七十条 to cancel.
    pub basis: String,
}

impl Command for RevokeCertificate {
    type Outcome = ();
    const ACTION: &'static str = "certificate.revoke";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let old = certificates::by_id(cx.tx(), &self.certificate)?.ok_or_else(Refusal::not_found)?;
        cx.authorise(&certificate_resource(&old.id, &old.organ_id))?;
        if self.act == CertificateAct::Supersede {
            return Err(incomplete().with_field("act", "请办理证照变更", "Make a new version instead").into());
        }
        let (no_reason, no_basis) = (self.reason.trim().is_empty(), self.basis.trim().is_empty());
        if no_reason || no_basis {
            let mut refusal = incomplete();
            if no_reason {
                refusal = refusal.with_field("reason", "请填写理由", "State the reason");
            }
            if no_basis {
                refusal = refusal.with_field("basis", "请填写法律依据", "State the legal basis");
            }
            return Err(refusal.into());
        }
        change_status(cx, &old, self.act, self.reason.trim(), self.basis.trim())
    }
}

fn incomplete() -> Refusal {
    let refusal = Refusal::new(
        "certificate-act-incomplete",
        "变更证照状态必须说明理由和法律依据。",
        "A change of a certificate's status needs a reason and a legal basis.",
        "请补充后重新提交。",
        "Complete it and try again.",
    );
    refusal.under("行政许可法 第六十九条、第七十条")
}
