//! On the page of a service that takes batches: what has arrived, and how the organ's own systems take it.

use exchange::{InboxState, Received, Service, ServiceId};
use i18n::Lang;
use maud::{Markup, html};
use store::{StoreError, Tx};
use ui::{Cell, SortColumn, SortableTable};

use super::DELIVERIES;
use super::directory::Directory;
use crate::say::{Say, moment};

/// What a service has received.
pub(super) struct Inbox {
    /// How many records there are.
    count: i64,
    batches: Vec<Received>,
}

impl Inbox {
    pub(super) fn load(tx: &mut Tx<'_>, service: &ServiceId) -> Result<Self, StoreError> {
        Ok(Self { count: exchange::received_count(tx, service)?, batches: exchange::received_batches(tx, service)? })
    }
}

pub(super) fn section(lang: Lang, keeps: bool, directory: &Directory, service: &Service, inbox: &Inbox) -> Markup {
    html! {
        h2.govuk-heading-m { (lang.say("收到的数据", "What has been received")) }
        p.govuk-body { (lang.tell(
            format!("现有{}条。只在本机构业务系统领取时给出，关于个人或单位的每一次领取都记入当事人的数据使用踪迹。", inbox.count),
            format!("{} now. They are given to the organ's own systems alone; whom a row is about sees each time it is taken.",
                i18n::count(Lang::En, inbox.count, "", "record", "records")),
        )) }
        (batches(lang, directory, inbox))
        @if keeps {
            p.govuk-body { (lang.say("在连接器能到达的机器上，用这条命令领取，重复执行只领取新到的：", "To be taken where the connector can be reached; called again, only what is new:")) }
            p.govuk-body { code.zs-break { "zhengshu take " (service.id) " --connector http://… --into rows.jsonl" } }
            p.govuk-body { a.govuk-link href=(DELIVERIES) { (lang.say("未入库的行", "Rows that were set aside")) } }
        }
    }
}

fn batches(lang: Lang, directory: &Directory, inbox: &Inbox) -> SortableTable {
    let columns = [
        SortColumn::fixed(lang.say("批次", "Batch")),
        SortColumn::fixed(lang.say("来自", "From")),
        SortColumn::fixed(lang.say("开始时间", "Begun")),
        SortColumn::fixed(lang.say("状态", "State")),
        SortColumn::fixed(lang.say("已入库", "Applied")),
        SortColumn::fixed(lang.say("未入库", "Set aside")),
    ];
    let row = |received: &Received| {
        let batch = &received.batch;
        let state = match batch.state {
            InboxState::Open => lang.tell(
                format!("接收中，{}块到{}块", batch.parts, received.arrived_parts),
                format!("{} of {} parts arrived", received.arrived_parts, batch.parts),
            ),
            InboxState::Closed => lang.tell(
                format!("入库中，{}块完成{}块", batch.parts, batch.applied_parts),
                format!("{} of {} parts applied", batch.applied_parts, batch.parts),
            ),
            InboxState::Applied => lang.say("已入库", "Applied").to_owned(),
        };
        let source = received.source.parse().map_or_else(|_| received.source.clone(), |source| directory.member_name(lang, &source));
        vec![
            Cell::new(received.cd_batch.as_str()),
            Cell::new(source),
            Cell::new(moment(lang, received.opened_ms)),
            Cell::new(state),
            Cell::number(batch.applied_rows.to_string()),
            Cell::number(batch.dead_rows.to_string()),
        ]
    };
    SortableTable {
        caption: lang.say("最近的批次", "Latest batches").into(),
        columns: columns.to_vec(),
        rows: inbox.batches.iter().map(row).collect(),
        empty: lang.say("还没有收到批次。", "No batch has arrived yet.").into(),
    }
}
