//! `/workspace/registers/{slug}`: what a register holds, who keeps it, under which law; its loads and its last changes.

use axum::extract::{Path, State};
use gate::{App, PageError, StaffMember, Visitor};
use maud::{Markup, html};
use registers::{Cause, Change, Field, Load, Overview};
use ui::{Cell, SummaryList, SummaryRow, Table};

use super::{freshness, href, overview, privacy};
use crate::frame::{Desk, Place, heading};
use crate::people::organ_text;
use crate::say::{Say, moment};

/// Changes shown.
const CHANGES_SHOWN: i64 = 10;

/// `GET /workspace/registers/{slug}`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember, Path(slug): Path<String>) -> Result<Markup, PageError> {
    let register = overview(&app, &visitor, &slug).await?;
    let lang = visitor.lang;
    let from = register.position.saturating_sub(CHANGES_SHOWN);
    let (loads, changes, versions) = app
        .read(move |tx| {
            let loads = registers::loads(tx, &slug)?;
            Ok((loads, registers::changes_after(tx, &slug, from, 100)?, registers::declaration_versions(tx, &slug)?))
        })
        .await?;
    let title = register.declaration.title.get(lang).to_owned();
    let body = html! {
        (heading(&title))
        p.govuk-body-l { (register.declaration.summary.get(lang)) }
        (acts(&app, &visitor, &register))
        (facts(&visitor, &register, versions.len(), app.now_ms()))
        h2.govuk-heading-m { (lang.say("字段", "Fields")) }
        (fields(&visitor, &register))
        h2.govuk-heading-m { (lang.say("导入记录", "Loads")) }
        (load_table(&visitor, &register, &loads))
        h2.govuk-heading-m { (lang.say("最近变更", "Last changes")) }
        (change_table(&visitor, &register, &changes))
    };
    Ok(Desk::new(&app, &visitor, Place::Registers, title).below().show(body))
}

fn acts(app: &App, visitor: &Visitor, register: &Overview) -> Markup {
    let lang = visitor.lang;
    let (resource, base) = (register.resource(), href(&register.declaration.slug));
    let may = |action: &str| app.may(visitor, action, &resource);
    html! {
        ul.govuk-list {
            li { a.govuk-link href={ (base) "/read" } { (lang.say("查询一条记录", "Look up a record")) } }
            @if register.declaration.subject.is_some() {
                li { a.govuk-link href={ (base) "/consents" } { (lang.say("征求本人同意", "Ask somebody for consent")) } }
            }
            @if may("register.correct") { li { a.govuk-link href={ (base) "/correct" } { (lang.say("更正一条记录", "Correct a record")) } } }
            li { a.govuk-link href={ "/workspace/quality/" (register.declaration.slug) } { (lang.say("数据质量", "Data quality")) } }
            @if may("register.load") { li { a.govuk-link href={ (base) "/load" } { (lang.say("导入文件", "Load a file")) } } }
            @if may("register.declare") { li { a.govuk-link href={ (base) "/declaration" } { (lang.say("修改登记文件", "Change the declaration")) } } }
        }
    }
}

fn facts(visitor: &Visitor, register: &Overview, versions: usize, now_ms: i64) -> SummaryList {
    let lang = visitor.lang;
    let declaration = &register.declaration;
    let owner = register.owner.as_ref().map(|organ| organ_text(organ).get(lang).to_owned());
    let titles = |names: &[String]| {
        let title = |name: &String| declaration.field(name).map_or_else(|| name.clone(), |field| field.title.get(lang).to_owned());
        names.iter().map(title).collect::<Vec<_>>().join(lang.say("、", ", "))
    };
    let subject = declaration.subject.as_ref().map(|name| titles(std::slice::from_ref(name)));
    let fresh = html! {
        (declaration.update_period.label().get(lang)) " " (freshness(visitor, register, now_ms))
        @if let Some(at_ms) = register.fresh_at_ms { br; (lang.say("最近更新：", "Last update: ")) (moment(lang, at_ms)) }
    };
    SummaryList::new(vec![
        SummaryRow::new(lang.say("主管单位", "Kept by"), owner.unwrap_or_else(|| lang.say("未落实", "Nobody yet").to_owned())),
        SummaryRow::new(lang.say("法律依据", "Legal basis"), declaration.basis.as_str()),
        SummaryRow::new(lang.say("主键", "Key"), titles(&declaration.key)),
        SummaryRow::new(lang.say("当事人", "Subject"), subject.unwrap_or_else(|| lang.say("不涉及个人或单位", "About nobody").to_owned())),
        SummaryRow::new(lang.say("记录数", "Records"), i18n::number(register.key_count)),
        SummaryRow::new(lang.say("更新周期", "Update period"), fresh),
        SummaryRow::new(lang.say("登记版本", "Version of the declaration"), format!("{} / {versions}", register.version)),
    ])
}

fn fields(visitor: &Visitor, register: &Overview) -> Markup {
    let lang = visitor.lang;
    let head = [
        lang.say("字段", "Field"),
        lang.say("类型", "Kind"),
        lang.say("个人信息", "Personal information"),
        lang.say("分级", "Grade"),
        lang.say("脱敏后示例", "Masked"),
        lang.say("要求", "Demands"),
    ];
    let row = |field: &Field| {
        let demands = [(field.required, lang.say("必填", "required")), (field.indexed, lang.say("可检索", "searchable"))];
        let demands: Vec<&str> = demands.into_iter().filter(|(is, _)| *is).map(|(_, word)| word).collect();
        let masked = match (field.mask, field.personal) {
            (Some(_), _) => example(field),
            (None, true) => lang.say("不显示", "not shown").to_owned(),
            (None, false) => lang.say("不脱敏", "shown as it is").to_owned(),
        };
        vec![
            Cell::new(html! { (field.title.get(lang)) br; code { (field.name) } }),
            Cell::new(field.kind.label().get(lang).to_owned()),
            Cell::new(privacy(visitor, field)),
            Cell::new(field.grade.label().get(lang).to_owned()),
            Cell::new(masked),
            Cell::new(demands.join(lang.say("、", ", "))),
        ]
    };
    let rows = register.declaration.fields.iter().map(row).collect();
    Table::new("", head.map(Cell::new).to_vec(), rows).scrolling(lang.say("字段", "Fields"))
}

/// What the mask of a field leaves, on a value that belongs to nobody.
fn example(field: &Field) -> String {
    use parties::MaskKind as Mask;
    let Some(mask) = field.mask else { return String::new() };
    let value = match mask {
        Mask::Name | Mask::NamePublic => "王小明",
        Mask::IdNumber | Mask::IdNumberPublic => "11010519491231002X",
        Mask::Mobile => "13812345678",
        Mask::Phone => "010-62345678",
        Mask::BankCard => "6228480402564890018",
        Mask::Email => "abc@example.cn",
        Mask::Address => "云溪县和平路12号",
        Mask::Plate => "京A12345",
    };
    mask.mask(value)
}

fn load_table(visitor: &Visitor, register: &Overview, loads: &[Load]) -> Markup {
    let lang = visitor.lang;
    let head = vec![
        Cell::new(lang.say("时间", "When")),
        Cell::number(lang.say("行数", "Rows")),
        Cell::number(lang.say("新增", "Added")),
        Cell::number(lang.say("变更", "Changed")),
        Cell::number(lang.say("未变", "Unchanged")),
        Cell::number(lang.say("未导入", "Refused")),
        Cell::new(lang.say("报告", "Report")),
    ];
    let count = |count: usize| Cell::number(i18n::number(i64::try_from(count).unwrap_or(i64::MAX)));
    let row = |load: &Load| {
        let report = &load.report;
        let link = html! { a.govuk-link href={ (href(&register.declaration.slug)) "/loads/" (load.id) } { (lang.say("查看", "View")) } };
        vec![
            Cell::new(moment(lang, load.at_ms)),
            count(report.rows),
            count(report.added),
            count(report.changed),
            count(report.unchanged),
            count(report.refused),
            Cell::new(link),
        ]
    };
    html! {
        @if loads.is_empty() { p.govuk-body { (lang.say("还没有导入过文件。", "No file has been loaded yet.")) } }
        @else { (Table::new("", head, loads.iter().map(row).collect()).scrolling(lang.say("导入记录", "Loads"))) }
    }
}

fn change_table(visitor: &Visitor, register: &Overview, changes: &[Change]) -> Markup {
    let lang = visitor.lang;
    let head = vec![
        Cell::number(lang.say("序号", "Position")),
        Cell::new(lang.say("时间", "When")),
        Cell::new(lang.say("情况", "What")),
        Cell::new(lang.say("字段", "Fields")),
        Cell::new(lang.say("有效期", "Valid")),
    ];
    let title = |name: &String| register.declaration.field(name).map_or_else(|| name.clone(), |field| field.title.get(lang).to_owned());
    let row = |change: &Change| {
        let until = change.valid_until.map_or_else(|| lang.say("至今", "now").to_owned(), |day| i18n::date(lang, day));
        vec![
            Cell::number(i18n::number(change.position)),
            Cell::new(moment(lang, change.recorded_at_ms)),
            Cell::new(cause(visitor, change.cause)),
            Cell::new(change.fields.iter().map(title).collect::<Vec<_>>().join(lang.say("、", ", "))),
            Cell::new(format!("{} – {until}", i18n::date(lang, change.valid_from))),
        ]
    };
    html! {
        @if changes.is_empty() { p.govuk-body { (lang.say("没有变更。", "Nothing has changed.")) } }
        @else { (Table::new("", head, changes.iter().rev().map(row).collect()).scrolling(lang.say("最近变更", "Last changes"))) }
    }
}

fn cause(visitor: &Visitor, cause: Cause) -> &'static str {
    let lang = visitor.lang;
    match cause {
        Cause::Added => lang.say("新增", "Added"),
        Cause::Changed => lang.say("变更", "Changed"),
        Cause::Corrected => lang.say("更正", "Corrected"),
        Cause::Kept => lang.say("保留原值的时段", "Days that keep the old values"),
    }
}
