//! `/workspace/exchange/log`: logged calls by message or case, each with what its verification finds; evidence as a file.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use exchange::{ExportEvidence, LogSide, LoggedCall, Verification};
use gate::{App, Form, PageError, StaffMember, Visitor};
use maud::{Markup, html};
use serde::Deserialize;
use ui::{Button, Cell, Input, SortColumn, SortableTable, Tag, TagColour};

use super::{LOG, ended, has_log, reads_log, ways};
use crate::frame::{Desk, Place, headed, heading, hidden};
use crate::pages::shown;
use crate::say::{Say, moment};

const ROWS: u32 = 50;

#[derive(Clone, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    message: String,
    #[serde(default)]
    case: String,
}

struct Line {
    call: LoggedCall,
    /// Organ whose evidence it is: who provides, or who called another node.
    organ: Option<String>,
    /// Organ of this node that called.
    client: Option<String>,
    found: Verification,
}

/// `GET /workspace/exchange/log`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember, Query(asked): Query<Asked>) -> Result<Markup, PageError> {
    if !Place::Exchange.is_for(&app, &visitor) || !has_log(&app, &visitor) {
        return Err(PageError::NotFound);
    }
    let (wanted, keys) = (asked.clone(), std::sync::Arc::clone(&app.keys));
    // Who keeps the log as a whole sees the node's calls, the others those of their organs.
    let organs = (!reads_log(&app, &visitor, None)).then(|| headed(&visitor.actor));
    let lines = app.read(move |tx| {
        let calls = match (wanted.message.trim(), wanted.case.trim()) {
            ("", "") => match &organs {
                None => exchange::latest_calls(tx, ROWS)?,
                Some(organs) => {
                    let mut own = exchange::members(tx)?;
                    own.retain(|member| member.organ.as_ref().is_some_and(|organ| organs.contains(organ)));
                    let own: Vec<_> = own.into_iter().map(|member| member.id).collect();
                    exchange::latest_calls_of(tx, &own, ROWS)?
                }
            },
            ("", case) => exchange::calls_by_case(tx, case)?,
            (message, _) => match exchange::call(tx, message)? {
                Some(call) => vec![call],
                None => exchange::calls_by_message(tx, message)?,
            },
        };
        let organs: BTreeMap<String, Option<String>> =
            exchange::members(tx)?.into_iter().map(|member| (member.id.to_string(), member.organ)).collect();
        let mut lines = Vec::new();
        for call in calls {
            let provider = if call.side == LogSide::Provider { call.service.subsystem() } else { &call.client };
            let organ_of = |member: &exchange::SubsystemId| organs.get(&member.to_string()).cloned().flatten();
            let (organ, client) = (organ_of(provider), organ_of(&call.client));
            lines.push(Line { found: exchange::verification(tx, &keys, &call)?, organ, client, call });
        }
        Ok(lines)
    });
    // A call inside of the node is one row, and both sides see it.
    let sees = |line: &Line| [&line.organ, &line.client].iter().any(|organ| reads_log(&app, &visitor, organ.as_deref()));
    let lines: Vec<Line> = lines.await?.into_iter().filter(sees).collect();
    let title = visitor.lang.say("消息日志", "Message log");
    Ok(Desk::new(&app, &visitor, Place::Exchange, title).below().show(body(&app, &visitor, &asked, &lines)))
}

/// `POST /workspace/exchange/evidence`: the file, without the texts of the messages.
pub(super) async fn export(State(app): State<App>, StaffMember(visitor): StaffMember, form: Form) -> Result<Response, PageError> {
    let call = form.text("call").to_owned();
    let command = ExportEvidence { call: call.clone(), with_texts: false, purpose: String::new() };
    let executed = match app.execute(&visitor, None, command).await {
        Ok(executed) => executed,
        Err(error) => return Err(PageError::Refused(Box::new(shown(error)?))),
    };
    let file = serde_json::to_vec_pretty(&executed.outcome).unwrap_or_default();
    let name = format!("attachment; filename=\"{call}.json\"");
    Ok((
        [(header::CONTENT_TYPE, "application/json".to_owned()), (header::CONTENT_DISPOSITION, name), (header::CACHE_CONTROL, "no-store".to_owned())],
        file,
    )
        .into_response())
}

fn body(app: &App, visitor: &Visitor, asked: &Asked, lines: &[Line]) -> Markup {
    let lang = visitor.lang;
    let columns = [
        lang.say("时间", "Time"),
        lang.say("请求方 → 服务", "Client → service"),
        lang.say("办件", "Case"),
        lang.say("结果", "Outcome"),
        lang.say("核验", "Check"),
        lang.say("消息", "Message"),
        lang.say("证据", "Evidence"),
    ];
    html! {
        (heading(lang.say("消息日志", "Message log")))
        (ways(app, visitor, LOG))
        form.zs-inline method="get" action=(LOG) {
            (Input::new("message", lang.say("消息编号", "Message")).value(asked.message.as_str()).attribute("data-search-key", "").width(20))
            (Input::new("case", lang.say("办件编号", "Case number")).value(asked.case.as_str()).width(20))
            (Button::submit(lang.say("查找", "Find")).secondary())
        }
        (SortableTable {
            caption: lang.say("交换记录", "Calls").into(),
            columns: columns.map(SortColumn::fixed).to_vec(),
            rows: lines.iter().map(|line| row(visitor, line, reads_log(app, visitor, line.organ.as_deref()))).collect(),
            empty: lang.say("没有符合条件的记录。", "No call fits.").into(),
        })
    }
}

fn row(visitor: &Visitor, line: &Line, exports: bool) -> Vec<Cell> {
    let (lang, call) = (visitor.lang, &line.call);
    vec![
        Cell::new(moment(lang, call.at_ms)),
        Cell::new(html! { code.zs-break { (call.client) } " → " code.zs-break { (call.service) "/" (call.endpoint) } }),
        Cell::new(call.case.clone().unwrap_or_else(|| "—".to_owned())),
        Cell::new(ended(lang, call.code)),
        Cell::new(html! { (verdict(visitor, &line.found)) }),
        Cell::new(html! { code.zs-break { (call.message) } br; code.zs-break { (call.id) } }),
        Cell::new(html! {
            @if exports {
                form method="post" action="/workspace/exchange/evidence" {
                    (hidden(visitor, &format!("e-{}", call.id.chars().skip(18).collect::<String>())))
                    input type="hidden" name="call" value=(call.id);
                    (Button::submit(lang.say("下载", "Download")).secondary())
                }
            } @else { (lang.say("向提供方索取", "Ask the provider")) }
        }),
    ]
}

fn verdict(visitor: &Visitor, found: &Verification) -> Markup {
    let lang = visitor.lang;
    let tag = match found {
        Verification::Holds => Tag::new(TagColour::Green, lang.say("签名相符，答复与请求对应", "Signatures hold, response bound")),
        Verification::HoldsErased => Tag::new(TagColour::Grey, lang.say("签名相符，内容已按期清除", "Signatures hold, texts erased by rule")),
        Verification::NoResponse => Tag::new(TagColour::Yellow, lang.say("请求签名相符，没有答复", "Request signed, no response")),
        Verification::Unsigned => Tag::new(TagColour::Yellow, lang.say("签名待登记", "Signature still being kept")),
        Verification::Broken(_) | Verification::Unreadable => Tag::new(TagColour::Red, lang.say("核验不通过", "Not verified")),
    };
    let cause = match found {
        Verification::Broken(fault) => fault.to_string(),
        _ => String::new(),
    };
    html! { (tag) @if !cause.is_empty() { br; span.govuk-body-s { (cause) } } }
}
