//! 发布服务

use runner::{Command, Cx, Halt, Refusal, Resource};
use serde::Serialize;

use crate::events::ServiceOffered;
use crate::model::feed::{BATCH_ENDPOINTS, INBOX};
use crate::model::message::BODY_BYTES_MAX;
use crate::model::question::Question;
use crate::model::service::Service;
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
        cx.authorise(&Resource { organ: member.organ.clone(), ..Resource::of("exchange-service") })?;
        let mut refusal = Refusal::new(
            "input-invalid",
            "有的内容填写不对。",
            "Some fields are not right.",
            "请按各栏提示改正。",
            "Correct the fields as they say.",
        );
        if member.organ.is_none() {
            refusal = refusal.with_field("id", "只能发布本节点成员的服务", "Only services of this node's members are offered");
        }
        if service.fields.is_empty() || service.endpoints.is_empty() {
            refusal = refusal.with_field("fields", "服务至少有一个数据项和一个接口", "A service has a field and an endpoint at least");
        }
        let known: &[&str] = if service.register.starts_with(INBOX) { &BATCH_ENDPOINTS } else { &Question::ENDPOINTS };
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
        cx.record(&format!("exchange-service:{}", service.id), &ServiceOffered { service: service.clone() }).map(drop)
    }
}
