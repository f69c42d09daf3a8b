use serde::{Deserialize, Serialize};

/// What a document does in a case. The law behind each is in the crate README.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentKind {
    /// 受理通知书.
    AcceptanceNotice,
    /// 一次性补正告知书.
    CorrectionNotice,
    /// 不予受理决定书.
    RefusalNotice,
    /// 准予行政许可决定书, or 准予办理决定书 for other items.
    Decision,
    /// 不予行政许可决定书, or 不予办理决定书 for other items.
    Rejection,
    /// 延长办理期限告知书.
    ExtensionNotice,
    /// 特别程序告知书.
    SuspensionNotice,
    /// 办结告知书.
    Reply,
    /// 终止办理通知书.
    Termination,
    /// 撤回申请确认书.
    Withdrawal,
    /// A certificate (证照), by the template of its package.
    Certificate,
}

impl DocumentKind {
    /// All kinds.
    pub const ALL: [DocumentKind; 11] = [
        DocumentKind::AcceptanceNotice,
        DocumentKind::CorrectionNotice,
        DocumentKind::RefusalNotice,
        DocumentKind::Decision,
        DocumentKind::Rejection,
        DocumentKind::ExtensionNotice,
        DocumentKind::SuspensionNotice,
        DocumentKind::Reply,
        DocumentKind::Termination,
        DocumentKind::Withdrawal,
        DocumentKind::Certificate,
    ];

    /// The name in tables, packages and addresses: `acceptance-notice`.
    pub fn as_str(self) -> &'static str {
        match self {
            DocumentKind::AcceptanceNotice => "acceptance-notice",
            DocumentKind::CorrectionNotice => "correction-notice",
            DocumentKind::RefusalNotice => "refusal-notice",
            DocumentKind::Decision => "decision",
            DocumentKind::Rejection => "rejection",
            DocumentKind::ExtensionNotice => "extension-notice",
            DocumentKind::SuspensionNotice => "suspension-notice",
            DocumentKind::Reply => "reply",
            DocumentKind::Termination => "termination",
            DocumentKind::Withdrawal => "withdrawal",
            DocumentKind::Certificate => "certificate",
        }
    }

    /// The kind with this name.
    pub fn parse(name: &str) -> Option<DocumentKind> {
        DocumentKind::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// The Chinese title; permits have their own for decisions.
    pub fn title(self, permit: bool) -> &'static str {
        match self {
            DocumentKind::AcceptanceNotice => "受理通知书",
            DocumentKind::CorrectionNotice => "一次性补正告知书",
            DocumentKind::RefusalNotice => "不予受理决定书",
            DocumentKind::Decision if permit => "准予行政许可决定书",
            DocumentKind::Decision => "准予办理决定书",
            DocumentKind::Rejection if permit => "不予行政许可决定书",
            DocumentKind::Rejection => "不予办理决定书",
            DocumentKind::ExtensionNotice => "延长办理期限告知书",
            DocumentKind::SuspensionNotice => "特别程序告知书",
            DocumentKind::Reply => "办结告知书",
            DocumentKind::Termination => "终止办理通知书",
            DocumentKind::Withdrawal => "撤回申请确认书",
            DocumentKind::Certificate => "证照",
        }
    }

    /// The English name, for pages.
    pub fn english(self) -> &'static str {
        match self {
            DocumentKind::AcceptanceNotice => "Acceptance notice",
            DocumentKind::CorrectionNotice => "Correction notice",
            DocumentKind::RefusalNotice => "Decision not to accept",
            DocumentKind::Decision => "Decision of approval",
            DocumentKind::Rejection => "Decision of rejection",
            DocumentKind::ExtensionNotice => "Extension notice",
            DocumentKind::SuspensionNotice => "Notice of special procedure",
            DocumentKind::Reply => "Reply",
            DocumentKind::Termination => "Notice of termination",
            DocumentKind::Withdrawal => "Confirmation of withdrawal",
            DocumentKind::Certificate => "Certificate",
        }
    }

    /// The word of its number series behind the organ's own word: 云市监许**受**〔2026〕1号.
    pub fn series_word(self) -> &'static str {
        match self {
            DocumentKind::AcceptanceNotice => "受",
            DocumentKind::CorrectionNotice => "补",
            DocumentKind::RefusalNotice => "不受",
            DocumentKind::Decision => "准",
            DocumentKind::Rejection => "不准",
            DocumentKind::ExtensionNotice => "延",
            DocumentKind::SuspensionNotice => "特",
            DocumentKind::Reply => "复",
            DocumentKind::Termination => "终",
            DocumentKind::Withdrawal => "撤",
            DocumentKind::Certificate => "证",
        }
    }

    /// The built-in template.
    pub fn template(self) -> &'static str {
        match self {
            DocumentKind::AcceptanceNotice => include_str!("../../templates/acceptance-notice.typ"),
            DocumentKind::CorrectionNotice => include_str!("../../templates/correction-notice.typ"),
            DocumentKind::RefusalNotice => include_str!("../../templates/refusal-notice.typ"),
            DocumentKind::Decision => include_str!("../../templates/decision.typ"),
            DocumentKind::Rejection => include_str!("../../templates/rejection.typ"),
            DocumentKind::ExtensionNotice => include_str!("../../templates/extension-notice.typ"),
            DocumentKind::SuspensionNotice => include_str!("../../templates/suspension-notice.typ"),
            DocumentKind::Reply => include_str!("../../templates/reply.typ"),
            DocumentKind::Termination => include_str!("../../templates/termination.typ"),
            DocumentKind::Withdrawal => include_str!("../../templates/withdrawal.typ"),
            DocumentKind::Certificate => include_str!("../../templates/certificate.typ"),
        }
    }
}
