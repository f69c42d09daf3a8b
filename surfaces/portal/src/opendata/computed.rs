//! `/data/{slug}/computed`: how the numbers came about, so that anybody with the same records gets the same file.

use axum::extract::{Path, State};
use axum::response::Response;
use gate::{App, PageError, Visitor};
use maud::html;
use ui::{Crumb, SummaryList, SummaryRow};

use super::dataset::crumbs;
use super::{kept, say, text};
use crate::public::view::{View, send};

/// `GET /data/{slug}/computed`
pub(super) async fn get(State(app): State<App>, visitor: Visitor, Path(slug): Path<String>) -> Result<Response, PageError> {
    let lang = visitor.lang;
    let release = kept::release(&app, &slug).await?;
    let computed = release.metadata.computed.as_ref().ok_or(PageError::NotFound)?;
    let title = say(lang, "这是怎么算出来的", "How was this computed");
    let rows = vec![
        SummaryRow::new(say(lang, "来源", "Source"), text(lang, &computed.source)),
        SummaryRow::new(say(lang, "统计截至", "Counted until"), i18n::date(lang, computed.as_of)),
        SummaryRow::new(say(lang, "存证日志条数", "Entries of the journal"), computed.journal_size.to_string()),
        SummaryRow::new(
            say(lang, "小数抑制", "Small numbers"),
            match lang {
                i18n::Lang::ZhHans => format!("小于 {} 的数不公布，共 {} 处留空", computed.small_cells_below, computed.suppressed),
                i18n::Lang::En => format!("numbers below {} are left blank: {} of them", computed.small_cells_below, computed.suppressed),
            },
        ),
        SummaryRow::new(say(lang, "快照哈希（SM3）", "Hash of the snapshot (SM3)"), html! { code { (computed.hash) } }),
    ];
    let body = html! {
        h1.govuk-heading-l { (title) }
        p.govuk-body-l { (text(lang, &release.metadata.title)) }
        (SummaryList::new(rows))
        h2.govuk-heading-m { (say(lang, "步骤", "Steps")) }
        ol.govuk-list.govuk-list--number { @for step in &computed.steps { li { (text(lang, step)) } } }
        h2.govuk-heading-m { (say(lang, "自己验证", "See for yourself")) }
        p.govuk-body { (say(
            lang,
            "下载 CSV 文件，计算它的 SM3，应当与上面的快照哈希相同（sm3: 之后的部分）。用同一份办件记录重新计算，得到的文件逐字节相同。",
            "Download the CSV and compute its SM3: it is the hash above, after sm3:. Computed again from the same records, the file is the same byte for byte.",
        )) }
    };
    let mut between = crumbs(lang);
    between.push(Crumb::link(text(lang, &release.metadata.title), format!("/data/{slug}")));
    Ok(send(&app, &visitor, View::new(title, body).below(lang, between, title)))
}
