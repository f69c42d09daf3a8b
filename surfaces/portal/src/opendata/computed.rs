//! `/data/{slug}/computed`: how the numbers came about, so that anybody with the same records gets the same file.

use axum::extract::{Path, State};
use axum::response::Response;
use gate::{App, PageError, Visitor};
use i18n::Lang;
use maud::{Markup, html};
use opendata::{Computation, Foundation};
use ui::{Cell, Crumb, SummaryList, SummaryRow, Table};

use super::dataset::crumbs;
use super::{kept, say, text};
use crate::public::view::{View, send};

/// `GET /data/{slug}/computed`
pub(super) async fn get(State(app): State<App>, visitor: Visitor, Path(slug): Path<String>) -> Result<Response, PageError> {
    let lang = visitor.lang;
    let release = kept::release(&app, &slug).await?;
    let computed = release.metadata.computed.as_ref().ok_or(PageError::NotFound)?;
    let title = say(lang, "这是怎么算出来的", "How was this computed");
    let mut rows = vec![
        SummaryRow::new(say(lang, "来源", "Source"), text(lang, &computed.source)),
        SummaryRow::new(say(lang, "统计截至", "Counted until"), i18n::date(lang, computed.as_of)),
        SummaryRow::new(say(lang, "存证日志条数", "Entries of the journal"), computed.journal_size.to_string()),
        SummaryRow::new(
            say(lang, "小数抑制", "Small numbers"),
            match lang {
                Lang::ZhHans => format!("小于 {} 的数不公布，共 {} 处留空", computed.small_cells_below, computed.suppressed),
                Lang::En => format!("numbers below {} are left blank: {} of them", computed.small_cells_below, computed.suppressed),
            },
        ),
        SummaryRow::new(say(lang, "快照哈希（SM3）", "Hash of the snapshot (SM3)"), html! { code { (computed.hash) } }),
    ];
    if !computed.facts_sm3.is_empty() {
        rows.push(SummaryRow::new(say(lang, "取用记录的哈希（SM3）", "Hash of the records (SM3)"), html! { code { (computed.facts_sm3) } }));
    }
    let body = html! {
        h1.govuk-heading-l { (title) }
        p.govuk-body-l { (text(lang, &release.metadata.title)) }
        (SummaryList::new(rows))
        h2.govuk-heading-m { (say(lang, "步骤", "Steps")) }
        ol.govuk-list.govuk-list--number { @for step in &computed.steps { li { (text(lang, step)) } } }
        (foundations(lang, computed))
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

/// The registers on which the numbers rest: counts and versions, nobody's record.
fn foundations(lang: Lang, computed: &Computation) -> Markup {
    let title = say(lang, "依据的登记", "The records it rests on");
    let head = [
        say(lang, "基础信息库", "Register"),
        say(lang, "计算时的版本（变更数）", "Version when computed (changes)"),
        say(lang, "取用它的办件", "Cases that took facts from it"),
        say(lang, "取用的登记项", "Facts taken"),
        say(lang, "取用的记录版本", "Versions of records"),
    ];
    let kept_back = match lang {
        Lang::ZhHans => format!("少于{}件，不公布", computed.small_cells_below),
        Lang::En => format!("below {}, kept back", computed.small_cells_below),
    };
    let told = |count: Option<i64>| count.map_or_else(|| kept_back.clone(), i18n::number);
    let row = |one: &Foundation| {
        let counts = [one.cases, one.facts, one.records].map(|count| Cell::number(told(count)));
        let mut cells = vec![Cell::new(text(lang, &one.title)), Cell::number(i18n::number(one.position))];
        cells.extend(counts);
        cells
    };
    html! {
        @if !computed.rests_on.is_empty() {
            h2.govuk-heading-m { (title) }
            p.govuk-body { (say(
                lang,
                "被统计的办件从下列基础信息库取用了登记内容，每一项都记着取自哪条记录的哪个版本。这里只有数量，没有个人信息。",
                "The cases counted took facts from these registers, each noted with the record and the version it came from. Here are counts alone.",
            )) }
            (Table::new("", head.map(Cell::new).to_vec(), computed.rests_on.iter().map(row).collect()).scrolling(title))
            p.govuk-hint { (say(
                lang,
                "取用记录的哈希按行“库名 序号 记录哈希”计算，按库名和序号排序，每行以换行结束。经办人在办件的“数据来源”里看到每项的序号和哈希。",
                "The hash of the records is over lines “register place hash”, sorted. Officers see place and hash of each fact in its case.",
            )) }
        }
    }
}
