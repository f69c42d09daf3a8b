//! 发布服务

use runner::{Command, Cx, Halt, Refusal};
use serde::Serialize;

use super::{input_invalid, offered};
use crate::events::ServiceOffered;
use crate::model::feed::{BATCH_ENDPOINTS, INBOX};
use crate::model::identifier::ServiceId;
use crate::model::message::BODY_BYTES_MAX;
use crate::model::question::Question;
use crate::model::service::{FieldType, Service};
use crate::ports::Ports;
use crate::store::directory;

const KEPT_DAYS_MAX: u32 = 3_660;

/// Offers a service of a subsystem of this node, or changes its description.
#[derive(Debug, Clone, Serialize)]
pub struct OfferService {
    /// The service.
    pub service: Service,
}

impl Command for OfferService {
    type Outcome = ();
    const ACTION: &'static str = "exchange.offer-service";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let service = &self.service;
        let member = directory::find_member(cx.tx(), service.id.subsystem())?.ok_or_else(Refusal::not_found)?;
        cx.authorise(&offered(member.organ.clone()))?;
        let mut refusal = match &member.organ {
            Some(organ) => self.check_register(cx, organ)?,
            None => input_invalid().with_field("id", "只能发布本节点成员的服务", "Only services of this node's members are offered"),
        };
        if service.title.is_incomplete() {
            refusal = refusal.with_field("title", "请填写中英文名称", "Give its name in both languages");
        }
        if service.fields.is_empty() || service.endpoints.is_empty() {
            refusal = refusal.with_field("fields", "服务至少有一个数据项和一个接口", "A service has a field and an endpoint at least");
        }
        let takes_batches = service.register.starts_with(INBOX);
        let names_nobody = |name: &String| !takes_batches || service.field(name).is_none_or(|field| field.kind != FieldType::Text);
        if service.subject.as_ref().is_some_and(names_nobody) {
            let (zh, en) = ("应是所收数据项中的一个文本项", "It must be one of the fields that are taken, of type text");
            refusal = refusal.with_field("subject", zh, en);
        }
        let known: &[&str] = if takes_batches { &BATCH_ENDPOINTS } else { &Question::ENDPOINTS };
        if service.endpoints.iter().any(|endpoint| !known.contains(&endpoint.as_str())) {
            let (zh, en) = (format!("接口只有 {}", known.join("、")), format!("Endpoints are {}", known.join(", ")));
            refusal = refusal.with_field("endpoints", zh, en);
        }
        let bytes = usize::try_from(service.body_bytes_max).unwrap_or(usize::MAX);
        if bytes == 0 || bytes > BODY_BYTES_MAX {
            refusal = refusal.with_field("body_bytes_max", "应在 1 字节至 10 MiB 之间", "Between 1 byte and 10 MiB");
        }
        if service.kept_days == 0 || service.kept_days > KEPT_DAYS_MAX {
            refusal = refusal.with_field("kept_days", "应为 1 至 3660 天", "1 to 3660 days");
        }
        if service.id.code().starts_with("list") || ["allowedMethods", "getOpenAPI"].contains(&service.id.code()) {
            refusal = refusal.with_field("id", "这个代码留给元服务", "This code is kept for the metadata services");
        }
        if !refusal.fields.is_empty() {
            return Err(refusal.into());
        }
        cx.record(&service_stream(&service.id), &ServiceOffered { service: service.clone() }).map(drop)
    }
}

impl OfferService {
    /// The register behind it is kept by the organ, and stays the same: rights to the service were given for it.
    fn check_register(&self, cx: &mut Cx<'_>, organ: &str) -> Result<Refusal, Halt> {
        let service = &self.service;
        let ports = cx.service::<Ports>()?;
        if !service.register.starts_with(INBOX) && !ports.provider.keeps(cx.tx(), organ, &service.register)? {
            return Ok(input_invalid().with_field("register", "只能发布本机构保存的登记", "Only a register that the organ keeps is offered"));
        }
        match directory::find_service(cx.tx(), &service.id)? {
            Some(before) if before.register != service.register => Ok(input_invalid().with_field(
                "register",
                "已发布的服务不能换成另一个登记，请另发布一项",
                "A service stays with its register; offer another one",
            )),
            Some(_) | None => Ok(input_invalid()),
        }
    }
}

pub(super) fn service_stream(id: &ServiceId) -> String {
    format!("exchange-service:{id}")
}
