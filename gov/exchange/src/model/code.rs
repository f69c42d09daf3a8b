//! What can go wrong with a call: one table.

use i18n::Text;
use runner::Refusal;
use serde::{Deserialize, Serialize};

/// Who has to do something about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Blame {
    /// Nobody: the call was answered.
    Nobody,
    /// Who calls.
    Client,
    /// Who provides.
    Provider,
    /// The gateway of the node that says so.
    Gateway,
    /// What lies between two nodes.
    Network,
}

/// Whether it helps to send again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Retry {
    /// The same call will fail again.
    Never,
    /// As a new message with a new identifier, after the cause is mended.
    Mended,
    /// As a new message, after a pause.
    Later,
}

macro_rules! codes {
    ($($name:ident, $code:literal, $status:literal, $blame:ident, $retry:ident, $xroad:literal, $zh:literal, $en:literal;)+) => {
        /// The outcome of a call.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = $en] $name,)+
        }

        impl Code {
            /// All of them, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Its stable text.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            /// The HTTP status that carries it.
            #[must_use]
            pub const fn status(self) -> u16 {
                match self { $(Self::$name => $status),+ }
            }

            /// Who has to do something about it.
            #[must_use]
            pub const fn blame(self) -> Blame {
                match self { $(Self::$name => Blame::$blame),+ }
            }

            /// Whether it helps to send again.
            #[must_use]
            pub const fn retry(self) -> Retry {
                match self { $(Self::$name => Retry::$retry),+ }
            }

            /// The value of the header `X-Road-Error`.
            #[must_use]
            pub const fn xroad(self) -> &'static str {
                match self { $(Self::$name => $xroad),+ }
            }

            /// In words.
            #[must_use]
            pub fn sentence(self) -> Text {
                match self { $(Self::$name => Text::new($zh, $en)),+ }
            }
        }
    };
}

codes! {
    Answered, "answered", 200, Nobody, Never, "",
        "已答复。",
        "The call was answered.";
    HeadMalformed, "head-malformed", 400, Client, Never, "Client.InvalidRequest",
        "请求的标识或报头缺失、不合规范。",
        "An identifier or header of the request is missing or malformed.";
    BodyMalformed, "body-malformed", 400, Client, Never, "Client.InvalidBody",
        "请求正文不是服务约定的格式。",
        "The body is not what the service expects.";
    Truncated, "truncated", 400, Client, Later, "Client.IncompleteMessage",
        "请求没有传完整。",
        "The message did not arrive whole.";
    TooLarge, "too-large", 413, Client, Never, "Client.MessageTooLarge",
        "请求超过了本服务的大小上限；大批数据请走批量交换。",
        "The message is larger than the service takes; use a batch for large data.";
    ClientUnknown, "client-unknown", 401, Client, Mended, "Client.UnknownMember",
        "请求方不在成员名录里，或已停用。",
        "The client is not in the directory of members, or is suspended.";
    SignatureMissing, "signature-missing", 401, Client, Mended, "Client.MissingSignature",
        "请求没有签名。",
        "The request is not signed.";
    SignatureInvalid, "signature-invalid", 401, Client, Never, "Client.InvalidSignature",
        "签名与请求内容不符。",
        "The signature does not fit the request.";
    KeyUnknown, "key-unknown", 401, Client, Mended, "Client.UnknownKey",
        "签名所用的密钥没有登记在请求方名下。",
        "The signing key is not enrolled for the client.";
    KeyRevoked, "key-revoked", 401, Client, Mended, "Client.RevokedKey",
        "签名所用的密钥已吊销或不在有效期内。",
        "The signing key is revoked or outside of its validity.";
    AlgorithmNotAllowed, "algorithm-not-allowed", 401, Client, Mended, "Client.AlgorithmNotAllowed",
        "本服务不接受这种签名算法。",
        "The service does not take this signature algorithm.";
    TimeExpired, "time-expired", 400, Client, Mended, "Client.MessageExpired",
        "请求的时间过早：可能是旧消息，或请求方时钟慢了。",
        "The request is too old: an old message, or the client's clock is slow.";
    TimeAhead, "time-ahead", 400, Client, Mended, "Client.MessageAhead",
        "请求的时间在将来：请求方时钟快了。",
        "The request comes from the future: the client's clock is fast.";
    Replayed, "replayed", 409, Client, Mended, "Client.ReplayedMessage",
        "这个消息编号已经用过；每次请求请用新的编号。",
        "This message identifier was used before; every call needs a new one.";
    ServiceElsewhere, "service-elsewhere", 421, Client, Mended, "Client.WrongServer",
        "这项服务不由本节点提供。",
        "The service is not provided by this node.";
    ServiceUnknown, "service-unknown", 404, Client, Never, "Server.ServerProxy.UnknownService",
        "没有这项服务或这个接口，或已停用。",
        "There is no such service or endpoint, or it is suspended.";
    NotGranted, "not-granted", 403, Client, Mended, "Server.ServerProxy.AccessDenied",
        "没有允许这次访问的共享授权。",
        "No grant permits this call.";
    FieldNotGranted, "field-not-granted", 403, Client, Mended, "Server.ServerProxy.AccessDenied.Field",
        "请求的数据项超出了授权范围。",
        "A field was asked for that is not granted.";
    MannerNotGranted, "manner-not-granted", 403, Client, Mended, "Server.ServerProxy.AccessDenied.Manner",
        "授权不允许以这种方式使用（查询、核验或统计）。",
        "The grant does not permit this manner: reading, yes or no, or figures.";
    CaseNeeded, "case-needed", 403, Client, Mended, "Server.ServerProxy.AccessDenied.Case",
        "这项数据只能凭在办的办件使用，请求没有写明办件。",
        "These data are for open cases only, and the request names none.";
    CaseClosed, "case-closed", 403, Client, Never, "Server.ServerProxy.AccessDenied.CaseClosed",
        "所凭的办件已经办结，使用权随之终止。",
        "The case has ended, and the right with it.";
    ConsentNotInForce, "consent-not-in-force", 403, Client, Mended, "Server.ServerProxy.AccessDenied.Consent",
        "没有本人对这项使用有效的同意，或者本人已经撤回。",
        "The person has given no consent for this use, or has taken it back.";
    NegativeListed, "negative-listed", 403, Client, Mended, "Server.ServerProxy.AccessDenied.NegativeList",
        "要用的数据在负面清单上，不予共享，不在常设共享之内。",
        "The data are on the negative list: they are not shared, and under no standing duty.";
    BatchUnknown, "batch-unknown", 404, Client, Mended, "Client.UnknownBatch",
        "没有这个批次或数据块，请先登记批次。",
        "There is no such batch or part; announce the batch first.";
    BatchConflict, "batch-conflict", 409, Client, Mended, "Client.BatchConflict",
        "同一批次号已用于不同的内容，请换批次号。",
        "The batch number was used for other content; take another number.";
    PartDamaged, "part-damaged", 400, Client, Later, "Client.DamagedPart",
        "数据块与其摘要不符，请重发这一块。",
        "The part does not fit its digest; send it again.";
    RateExceeded, "rate-exceeded", 429, Client, Later, "Server.ServerProxy.RateLimit",
        "请求太频繁，请稍后再发。",
        "Too many calls; send again later.";
    QuotaExceeded, "quota-exceeded", 429, Client, Later, "Server.ServerProxy.Quota",
        "今天的调用次数已用完。",
        "The calls of today are used up.";
    ProviderFailed, "provider-failed", 502, Provider, Later, "Server.ServerProxy.ServiceFailed",
        "提供方系统出错。",
        "The provider's system failed.";
    ProviderLied, "provider-lied", 502, Provider, Mended, "Server.ServerProxy.ServiceFailed.InvalidAnswer",
        "提供方的答复与登记的数据项类型不符，已拦下。",
        "The provider's answer does not fit the declared types and was held back.";
    ProviderDown, "provider-down", 503, Network, Later, "Server.ClientProxy.NetworkError",
        "连接不上提供方节点。",
        "The provider's node cannot be reached.";
    ProviderSlow, "provider-slow", 504, Provider, Later, "Server.ClientProxy.Timeout",
        "提供方没有在约定时间内答复。",
        "The provider did not answer in time.";
    CircuitOpen, "circuit-open", 503, Provider, Later, "Server.ClientProxy.CircuitOpen",
        "提供方连续出错，暂停发送，稍后自动恢复。",
        "The provider failed repeatedly; calls pause and resume by themselves.";
    ResponseInvalid, "response-invalid", 502, Provider, Mended, "Server.ClientProxy.InvalidSignature",
        "答复的签名不符或缺失，已拦下。",
        "The signature of the response is missing or does not fit; it was held back.";
    ResponseMismatched, "response-mismatched", 502, Provider, Mended, "Server.ClientProxy.InconsistentResponse",
        "答复对应的不是这次请求，已拦下。",
        "The response belongs to another request and was held back.";
    LogUnavailable, "log-unavailable", 503, Gateway, Later, "Server.MessageLog",
        "消息日志无法写入，本节点暂停交换。",
        "The message log cannot be written; this node does not exchange meanwhile.";
    Internal, "internal", 500, Gateway, Later, "Server.Internal",
        "本节点出错，运维人员已能看到原因。",
        "This node failed; its operators see why.";
}

impl Code {
    /// The code with this text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == text)
    }

    /// As a refusal of a command.
    #[must_use]
    pub fn refusal(self) -> Refusal {
        let sentence = self.sentence();
        let (next_zh, next_en) = match (self.blame(), self.retry()) {
            (Blame::Nobody, _) => ("无须处理。", "Nothing is to be done."),
            (Blame::Client, Retry::Never) => ("请改正请求；同样的请求再发也不会通过。", "Correct the request; sent again as it is it fails again."),
            (Blame::Client, Retry::Mended) => ("请先消除原因，再用新的消息编号重发。", "Remove the cause, then send it as a new message."),
            (Blame::Client, Retry::Later) => ("请稍后用新的消息编号重发。", "Send it later as a new message."),
            (Blame::Provider, _) => ("请联系提供方；系统会记录这次失败。", "Ask the provider; the failure is on record."),
            (Blame::Gateway, _) => ("请联系本节点的运维人员。", "Ask the operators of this node."),
            (Blame::Network, _) => ("请稍后重发；持续失败请联系两端的运维人员。", "Send it later; if it goes on, ask the operators of both nodes."),
        };
        Refusal::new(self.as_str(), sentence.zh, sentence.en, next_zh, next_en)
    }

    /// The code that a refusal of a command stands for.
    #[must_use]
    pub fn of_refusal(refusal: &Refusal) -> Self {
        Self::parse(&refusal.code).unwrap_or(Self::NotGranted)
    }
}

impl From<Code> for runner::Halt {
    fn from(code: Code) -> Self {
        code.refusal().into()
    }
}

impl Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <String as Deserialize>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("no such code"))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_code_is_known_once_and_says_everything() {
        let mut seen = HashSet::new();
        for code in Code::ALL {
            assert!(seen.insert(code.as_str()), "{} twice", code.as_str());
            assert_eq!(Code::parse(code.as_str()), Some(*code));
            let refusal = code.refusal();
            assert_eq!(Code::of_refusal(&refusal), *code);
            assert!(!refusal.sentence.zh.is_empty() && !refusal.sentence.en.is_empty() && !refusal.next_step.zh.is_empty());
            assert_eq!(code.status() < 400, *code == Code::Answered);
            assert_eq!(code.xroad().is_empty(), *code == Code::Answered);
            assert_eq!((400..500).contains(&code.status()), code.blame() == Blame::Client, "{}", code.as_str());
        }
    }
}
