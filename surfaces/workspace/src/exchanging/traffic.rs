//! `/workspace/exchange`: calls of the last seven days by service.

use axum::extract::State;
use exchange::{Code, ServiceTraffic};
use gate::{App, PageError, StaffMember, Visitor};
use maud::{Markup, html};
use ui::{Cell, SortColumn, SortableTable};

use super::{TRAFFIC, ways};
use crate::frame::{Desk, Place, heading};
use crate::say::Say;

const SPAN_MS: i64 = 7 * 86_400_000;

/// `GET /workspace/exchange`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember) -> Result<Markup, PageError> {
    if !Place::Exchange.is_for(&app, &visitor) {
        return Err(PageError::NotFound);
    }
    let now_ms = app.now_ms();
    let traffic = app.read(move |tx| Ok(exchange::traffic(tx, now_ms - SPAN_MS, now_ms.saturating_add(1))?)).await?;
    let title = Place::Exchange.name(visitor.lang);
    Ok(Desk::new(&app, &visitor, Place::Exchange, title).show(body(&app, &visitor, &traffic)))
}

fn body(app: &App, visitor: &Visitor, traffic: &[ServiceTraffic]) -> Markup {
    let lang = visitor.lang;
    let columns = [
        lang.say("服务", "Service"),
        lang.say("调用次数", "Calls"),
        lang.say("已答复", "Answered"),
        lang.say("未答复的原因", "Not answered, by reason"),
        lang.say("一半快于", "Half under"),
        lang.say("99%快于", "99% under"),
        lang.say("答复数据量", "Bytes answered"),
    ];
    html! {
        (heading(Place::Exchange.name(lang)))
        (ways(app, visitor, TRAFFIC))
        p.govuk-body { (lang.say(
            "最近七天，本节点所提供服务的调用。每次调用都有签名、日志和数据使用踪迹；这里只有次数，没有内容。",
            "Calls of the services of this node in the last seven days. Each is signed, logged and tracked; here are counts, no content.",
        )) }
        (SortableTable {
            caption: lang.say("按服务统计", "By service").into(),
            columns: columns.map(SortColumn::fixed).to_vec(),
            rows: traffic.iter().map(|entry| row(visitor, entry)).collect(),
            empty: lang.say("最近七天没有调用。", "No call in the last seven days.").into(),
        })
    }
}

fn row(visitor: &Visitor, entry: &ServiceTraffic) -> Vec<Cell> {
    let lang = visitor.lang;
    let answered: i64 = entry.by_code.iter().filter(|(code, _)| *code == Code::Answered).map(|(_, count)| count).sum();
    let refused = entry.by_code.iter().filter(|(code, _)| *code != Code::Answered);
    vec![
        Cell::new(html! { code.zs-break { (entry.service) } }),
        Cell::number(i18n::number(entry.calls)),
        Cell::number(i18n::number(answered)),
        Cell::new(html! { ul.govuk-list { @for (code, count) in refused { li { (code.sentence().get(lang)) " " (i18n::number(*count)) } } } }),
        Cell::number(milliseconds(entry.p50_us)),
        Cell::number(milliseconds(entry.p99_us)),
        Cell::number(i18n::number(entry.response_bytes)),
    ]
}

/// Microseconds as milliseconds with one digit behind the point.
fn milliseconds(us: i64) -> String {
    format!("{}.{} ms", us / 1_000, us % 1_000 / 100)
}
