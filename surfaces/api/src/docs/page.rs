//! The page: sections by tag, each operation with its parameters, body, example and a line for the shell.

use axum::http::Method;
use i18n::Lang;
use maud::{Markup, html};
use serde_json::Value;

use super::schema;
use crate::error::ApiError;
use crate::refusals;
use crate::registry::{Answer, Operation, Tag, problems};
use crate::routes::Described;

type Words = (&'static str, &'static str);

fn t(lang: Lang, words: Words) -> &'static str {
    match lang {
        Lang::ZhHans => words.0,
        Lang::En => words.1,
    }
}

pub(super) fn title(lang: Lang) -> &'static str {
    t(lang, ("开放接口说明", "API documentation"))
}

/// Everything below the header of the site.
pub(super) fn body(described: &Described, lang: Lang, site: &str) -> Markup {
    let document: Value = serde_json::from_str(described.text(lang)).unwrap_or_default();
    let of = |tag: Tag| described.operations().iter().filter(move |operation| operation.tag == tag);
    html! {
        h1.govuk-heading-xl { (title(lang)) }
        (introduction(lang, site))
        nav aria-labelledby="contents" {
            h2.govuk-heading-m #contents { (t(lang, ("目录", "Contents"))) }
            @for tag in Tag::ALL {
                h3.govuk-heading-s { a.govuk-link href={ "#" (tag.words().0) } { (t(lang, (tag.words().1, tag.words().2))) } }
                ul.govuk-list.govuk-list--bullet {
                    @for operation in of(tag) {
                        li { a.govuk-link href={ "#" (operation.id) } { (t(lang, operation.title)) } " " code { (operation.method) " " (operation.path) } }
                    }
                }
            }
        }
        @for tag in Tag::ALL {
            h2.govuk-heading-l id=(tag.words().0) { (t(lang, (tag.words().1, tag.words().2))) }
            @for operation in of(tag) { (section(operation, &document, lang, site)) }
        }
        h2.govuk-heading-l #errors { (t(lang, ("接口本身的错误", "Errors of the interface itself"))) }
        (errors(lang))
        h2.govuk-heading-l #schemas { (t(lang, ("数据结构", "Schemas"))) }
        (schema::all(&document, lang))
    }
}

fn introduction(lang: Lang, site: &str) -> Markup {
    html! {
        p.govuk-body { (t(lang, (
            "网页能办的事都能用接口办。请求和回答都是 JSON；错误用问题详情（RFC 9457）表示，语言随 Accept-Language。",
            "Whatever the pages do, the interface does. Requests and answers are JSON; errors are problem details \
             (RFC 9457) in the language of Accept-Language.",
        ))) }
        p.govuk-body { (t(lang, ("机器可读的说明：", "For programs: "))) a.govuk-link href="/api/v1/openapi.json" { "/api/v1/openapi.json" } " (OpenAPI 3.1)" }
        h2.govuk-heading-m { (t(lang, ("三步开始", "Three steps to begin"))) }
        ol.govuk-list.govuk-list--number {
            li { (t(lang, ("登录换取令牌：", "Sign in for a token:")))
                pre { code { "curl -s " (site) "/api/v1/session -H 'Content-Type: application/json' \\\n  -d '{\"login\":\"…\",\"password\":\"…\"}'" } } }
            li { (t(lang, ("带令牌请求：", "Ask with the token:"))) pre { code { "curl -s " (site) "/api/v1/cases -H \"Authorization: Bearer $TOKEN\"" } } }
            li { (t(lang, (
                "改动类请求带幂等键，重发不会办两次；带 If-Match（取自 ETag），别人先改了会答 412。",
                "Send changes with an Idempotency-Key, so that sending again does nothing twice, \
                 and with If-Match (from the ETag), so that a change by somebody else is told with 412.",
            ))) }
        }
    }
}

fn section(operation: &Operation, document: &Value, lang: Lang, site: &str) -> Markup {
    let described = document
        .get("paths")
        .and_then(|paths| paths.get(format!("/api/v1{}", operation.path)))
        .and_then(|path| path.get(operation.method.as_str().to_ascii_lowercase()));
    let parameters = described.and_then(|one| one.get("parameters")?.as_array()).map(Vec::as_slice).unwrap_or_default();
    html! {
        section aria-labelledby=(operation.id) {
            h3.govuk-heading-m id=(operation.id) { (t(lang, operation.title)) }
            p.govuk-body { code { strong { (operation.method) } " /api/v1" (operation.path) } }
            @if !t(lang, operation.note).is_empty() { p.govuk-body { (t(lang, operation.note)) } }
            p.govuk-body-s.govuk-hint {
                (if operation.public { t(lang, ("不用登录", "Without signing in")) } else { t(lang, ("须登录", "Signed in")) })
                " · " (t(lang, ("权限", "Act"))) " " code { (operation.action) }
            }
            @if !parameters.is_empty() { (table_of_parameters(parameters, lang)) }
            (request_and_answer(operation, lang))
            details.govuk-details {
                summary.govuk-details__summary { span.govuk-details__summary-text { (t(lang, ("命令行示例", "In the shell"))) } }
                div.govuk-details__text { pre { code { (curl(operation, site)) } } }
            }
        }
    }
}

fn table_of_parameters(parameters: &[Value], lang: Lang) -> Markup {
    let text = |parameter: &Value, key: &str| parameter.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    html! {
        table.govuk-table {
            caption.govuk-table__caption.govuk-table__caption--s { (t(lang, ("参数", "Parameters"))) }
            thead.govuk-table__head { tr.govuk-table__row {
                th.govuk-table__header scope="col" { (t(lang, ("名称", "Name"))) }
                th.govuk-table__header scope="col" { (t(lang, ("位置", "Where"))) }
                th.govuk-table__header scope="col" { (t(lang, ("类型", "Type"))) }
                th.govuk-table__header scope="col" { (t(lang, ("说明", "What it is"))) }
            } }
            tbody.govuk-table__body { @for parameter in parameters {
                tr.govuk-table__row {
                    th.govuk-table__header scope="row" { code { (text(parameter, "name")) } }
                    td.govuk-table__cell { (text(parameter, "in")) }
                    td.govuk-table__cell { (schema::type_of(parameter.get("schema").unwrap_or(&Value::Null))) }
                    td.govuk-table__cell { (text(parameter, "description")) }
                }
            } }
        }
    }
}

fn request_and_answer(operation: &Operation, lang: Lang) -> Markup {
    let refused: Vec<String> = problems(operation).iter().map(u16::to_string).collect();
    html! {
        dl.govuk-summary-list.govuk-summary-list--no-border {
            @if let Some(body) = &operation.body {
                div.govuk-summary-list__row {
                    dt.govuk-summary-list__key { (t(lang, ("请求", "Request"))) }
                    dd.govuk-summary-list__value {
                        (body.kinds.join(", ")) " "
                        @if !body.schema.is_empty() { (schema::link(&body.schema)) }
                        @if body.optional { " " (t(lang, ("（可省略）", "(may be left out)"))) }
                    }
                }
            }
            div.govuk-summary-list__row {
                dt.govuk-summary-list__key { (t(lang, ("回答", "Answer"))) }
                dd.govuk-summary-list__value {
                    (operation.status) " "
                    @match &operation.answer {
                        Answer::Empty => {}
                        Answer::Json(name) => (schema::link(name)),
                        Answer::Content(kind) => (kind),
                    }
                }
            }
            div.govuk-summary-list__row {
                dt.govuk-summary-list__key { (t(lang, ("错误", "Errors"))) }
                dd.govuk-summary-list__value { (refused.join(" ")) " " (schema::link("Problem")) }
            }
        }
    }
}

/// The operation as a line for the shell.
fn curl(operation: &Operation, site: &str) -> String {
    let path = operation.path.replace('{', "$").replace('}', "");
    let mut line = format!("curl -s \"{site}/api/v1{path}\"");
    if operation.method != Method::GET && !(operation.method == Method::POST && operation.body.is_some()) {
        line.push_str(&format!(" -X {}", operation.method));
    }
    if !operation.public {
        line.push_str(" \\\n  -H \"Authorization: Bearer $TOKEN\"");
    }
    if operation.once {
        line.push_str(" \\\n  -H \"Idempotency-Key: $(uuidgen)\"");
    }
    if operation.conditional {
        line.push_str(" \\\n  -H 'If-Match: \"3\"'");
    }
    match &operation.body {
        Some(body) if body.kinds.contains(&"application/json") => {
            line.push_str(&format!(" \\\n  -H 'Content-Type: application/json' \\\n  -d '{}'", body.example));
        }
        Some(body) => line.push_str(&format!(" \\\n  {}", body.example)),
        None => {}
    }
    line
}

fn errors(lang: Lang) -> Markup {
    html! {
        p.govuk-body { (t(lang, (
            "办事规则的拒绝另有各自的代码（例如 task-not-open）、法律依据和下一步。",
            "Refusals by the rules of procedure have codes of their own (task-not-open, for example), with their legal basis and the next step.",
        ))) }
        table.govuk-table {
            thead.govuk-table__head { tr.govuk-table__row {
                th.govuk-table__header scope="col" { (t(lang, ("状态", "Status"))) }
                th.govuk-table__header scope="col" { (t(lang, ("代码", "Code"))) }
                th.govuk-table__header scope="col" { (t(lang, ("含义和下一步", "Meaning and next step"))) }
            } }
            tbody.govuk-table__body { @for error in refusals::all() {
                @if let ApiError::Refused { status, refusal } = error {
                    tr.govuk-table__row {
                        td.govuk-table__cell { (status.as_u16()) }
                        td.govuk-table__cell { code { (refusal.code) } }
                        td.govuk-table__cell { (refusal.sentence.get(lang)) " " (refusal.next_step.get(lang)) }
                    }
                }
            } }
        }
    }
}
