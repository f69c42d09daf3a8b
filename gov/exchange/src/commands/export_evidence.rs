//! 导出证据

use base64::{Engine, engine::general_purpose::STANDARD};
use i18n::Text;
use runner::{Command, Cx, Halt, Refusal, Resource};
use seal::FieldKeys;
use serde::Serialize;
use tracker::{Manner, Reading, Source, SourceKind, Trace};

use crate::events::EvidenceExported;
use crate::model::log::{LogSide, LoggedCall};
use crate::model::proof::ProvenExchange;
use crate::model::question::Question;
use crate::store::{directory, messages};

/// Hands out a logged call as evidence that verifies with public keys alone: without the texts, or with them, which is then a reading.
#[derive(Debug, Clone, Serialize)]
pub struct ExportEvidence {
    /// The call in the message log.
    pub call: String,
    /// Whether head and body are part of it.
    pub with_texts: bool,
    /// What the texts are needed for.
    pub purpose: String,
}

impl Command for ExportEvidence {
    type Outcome = ProvenExchange;
    const ACTION: &'static str = "exchange.export-evidence";

    fn run(&self, cx: &mut Cx<'_>) -> Result<ProvenExchange, Halt> {
        let call = messages::find(cx.tx(), &self.call)?.ok_or_else(Refusal::not_found)?;
        // Whose evidence it is: of who provides here, or of who called another node.
        let side = if call.side == LogSide::Provider { call.service.subsystem() } else { &call.client };
        let organ = directory::find_member(cx.tx(), side)?.and_then(|member| member.organ);
        cx.authorise(&Resource { organ: organ.clone(), id: call.id.clone(), ..Resource::of("exchange-log") })?;
        if self.with_texts && self.purpose.trim().is_empty() {
            let refusal = Refusal::new(
                "purpose-missing",
                "没有写明用途。",
                "The purpose is missing.",
                "请写明为什么需要报文内容。",
                "Say what the texts are needed for.",
            );
            return Err(refusal.with_field("purpose", "请填写用途", "Give the purpose").into());
        }
        let keys = cx.service::<FieldKeys>()?;
        let sealed = call.exchange(&keys, &tracker::in_process("prepare the evidence of an exchanged message")).map_err(Halt::fault)?;
        cx.record(&format!("{}-evidence", call.id), &EvidenceExported { call: call.id.clone(), with_texts: self.with_texts })?;
        if !self.with_texts {
            return Ok(ProvenExchange {
                request: sealed.request.erased(),
                response: sealed.response.map(crate::model::proof::ProvenMessage::erased),
                ..sealed
            });
        }
        let _trace: Option<Trace> = self.record_reading(cx, &keys, &call, &sealed, organ)?;
        Ok(sealed)
    }
}

impl ExportEvidence {
    /// Whoever sees the texts reads about the person whom the call was about.
    fn record_reading(
        &self,
        cx: &mut Cx<'_>,
        keys: &FieldKeys,
        call: &LoggedCall,
        exchange: &ProvenExchange,
        organ: Option<String>,
    ) -> Result<Option<Trace>, Halt> {
        let body = exchange.request.body.as_ref().and_then(|body| STANDARD.decode(body).ok()).unwrap_or_default();
        let (Question::Read { key, .. } | Question::Verify { key, .. }) = (match Question::parse("POST", &call.endpoint, &body) {
            Ok(question) => question,
            Err(_) => return Ok(None),
        }) else {
            return Ok(None);
        };
        let reading = Reading {
            subject: &key,
            source: Source {
                kind: SourceKind::Register, name: call.service.code().to_owned(), title: Text::new("交换报文", "Exchanged message")
            },
            fields: vec!["message".to_owned()],
            manner: Manner::Full,
            organ,
            purpose: Text::same(self.purpose.trim()),
            basis: "政务数据共享条例".to_owned(),
            case: None,
            grant: call.grant.clone(),
            message: Some(call.id.clone()),
            secret_until: None,
        };
        tracker::record(cx, keys, reading).map(Some)
    }
}
