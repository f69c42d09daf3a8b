//! `/workspace/catalogue/resources/{id}/grade`: what the detector suggests, and what a person decides.

use ::catalogue::detect::Finding;
use ::catalogue::queries::{self, Graded};
use ::catalogue::spreadsheet::{Grid, grids};
use ::catalogue::{DecideGrades, DetectFields, FieldSamples, Grade, InformationItem, ItemGrade, Personal, Resource};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use gate::{App, Flash, Form, PageError, StaffMember, UploadForm, Visitor, see_other_with};
use i18n::Lang;
use maud::{Markup, html};
use parties::MaskKind;
use ui::{Button, Cell, FileUpload, Input, Select, SelectItem, Table, Tag, TagColour};

use super::words::options;
use super::{address, readable};
use crate::frame::{Desk, Place, heading, hidden};
use crate::say::Say;
use crate::typed::Typed;

/// Rows of a sample file that are looked at.
const SAMPLE_ROWS_MAX: u32 = 200;

/// `GET /workspace/catalogue/resources/{id}/grade`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember, Path(id): Path<String>) -> Result<Response, PageError> {
    let (resource, graded) = load(&app, &visitor, &id).await?;
    Ok(page(&app, &visitor, &resource, &graded, &Typed::default()).into_response())
}

/// `POST /workspace/catalogue/resources/{id}/detect`: with or without a file of samples.
pub(super) async fn detect(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path(id): Path<String>,
    form: UploadForm,
) -> Result<Response, PageError> {
    let (resource, graded) = load(&app, &visitor, &id).await?;
    let mut typed = Typed::from_pairs(&form.fields.0);
    let samples = match form.files.into_iter().next() {
        None => Vec::new(),
        Some(file) => {
            let items = resource.content.items.clone();
            match app.blocking(move || grids(&file.bytes).map(|grids| samples(&grids, &items))).await? {
                Ok(samples) => samples,
                Err(problem) => {
                    typed.blame("samples", problem.sentence().get(visitor.lang));
                    return Ok(gate::unprocessable(page(&app, &visitor, &resource, &graded, &typed)));
                }
            }
        }
    };
    let count = samples.len();
    // Samples are no part of the command's identity, so a key would give the first answer to another file.
    match app.execute(&visitor, None, DetectFields { resource: resource.id.clone(), samples }).await {
        Ok(_) => {
            let flash = Flash::success(
                format!("已识别，其中 {count} 个信息项使用了样本；样本不保存。请逐项确认。"),
                format!("Done; {count} items had samples, which are not kept. Please decide item by item."),
            );
            Ok(see_other_with(&app, &format!("{}/grade", address(&resource.id)), &flash))
        }
        Err(error) => {
            let (status, typed) = typed.refused(visitor.lang, error, |_| "")?;
            Ok((status, page(&app, &visitor, &resource, &graded, &typed)).into_response())
        }
    }
}

/// Columns of a sample file by item: the first row names titles or fields.
fn samples(grids: &[Grid], items: &[InformationItem]) -> Vec<FieldSamples> {
    let mut found: Vec<FieldSamples> = Vec::new();
    for grid in grids {
        for column in 0..grid.column_count {
            let heading = grid.get(0, column).trim();
            let Some(item) = items.iter().find(|item| item.title == heading || item.name.eq_ignore_ascii_case(heading)) else { continue };
            let values = (1..grid.row_count.min(SAMPLE_ROWS_MAX + 1)).map(|row| grid.get(row, column).to_owned()).collect();
            found.push(FieldSamples { item_key: item.key(), values });
        }
    }
    found
}

/// `POST /workspace/catalogue/resources/{id}/grade`
pub(super) async fn post(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let (resource, graded) = load(&app, &visitor, &id).await?;
    let mut typed = Typed::from_pairs(&form.0);
    let items = decisions(&mut typed, visitor.lang, &resource);
    if typed.has_errors() {
        return Ok(gate::unprocessable(page(&app, &visitor, &resource, &graded, &typed)));
    }
    let command = DecideGrades { resource: resource.id.clone(), items, seen: typed.get("seen").parse().ok() };
    match app.execute(&visitor, form.key(), command).await {
        Ok(_) => Ok(see_other_with(&app, &address(&resource.id), &Flash::success("定级已记录。", "The grades are recorded."))),
        Err(error) => {
            let (status, typed) = typed.refused(visitor.lang, error, |_| "")?;
            Ok((status, page(&app, &visitor, &resource, &graded, &typed)).into_response())
        }
    }
}

fn decisions(typed: &mut Typed, lang: Lang, resource: &Resource) -> Vec<ItemGrade> {
    let mut items = Vec::new();
    for (nth, item) in resource.content.items.iter().enumerate() {
        let get = |part: &str| typed.get(&format!("{part}-{nth}")).to_owned();
        let (personal, grade) = (Personal::parse(&get("personal")), Grade::parse(&get("grade")));
        match (personal, grade) {
            (Some(personal), Some(grade)) => {
                items.push(ItemGrade { item_key: item.key(), personal, grade, mask: MaskKind::parse(&get("mask")), reason: get("reason") });
            }
            (None, None) => {}
            (Some(_), None) => typed.blame(format!("grade-{nth}"), lang.say("请选择级别。", "Choose a level.")),
            (None, Some(_)) => typed.blame(format!("personal-{nth}"), lang.say("请选择是否个人信息。", "Choose whether it is personal.")),
        }
    }
    if items.is_empty() && !typed.has_errors() && !resource.content.items.is_empty() {
        typed.blame("personal-0", lang.say("请至少为一个信息项定级。", "Decide about one item at least."));
    }
    items
}

async fn load(app: &App, visitor: &Visitor, id: &str) -> Result<(Resource, Vec<Graded>), PageError> {
    let resource = readable(app, visitor, id).await?;
    if !app.may(visitor, "catalogue.grade", &resource.to_thing()) {
        return Err(PageError::NotFound);
    }
    let id = resource.id.clone();
    let graded = app.read(move |tx| Ok(queries::graded(tx, &id)?)).await?;
    Ok((resource, graded))
}

fn page(app: &App, visitor: &Visitor, resource: &Resource, graded: &[Graded], typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let title = lang.say("数据分类分级", "Classify and grade");
    let body = html! {
        (typed.summary(lang))
        (heading(title))
        p.govuk-body { a.govuk-link href=(address(&resource.id)) { (resource.content.name) } }
        p.govuk-body { (lang.say(
            "系统按名称和样本识别个人信息、敏感个人信息，给出建议和把握程度；由您决定。低于建议的，必须写明理由。",
            "The detector suggests from names and samples, and says how sure it is; you decide. Going below a suggestion needs a reason.",
        )) " " (lang.say("依据：GB/T 43697-2024，个人信息保护法 第二十八条、第五十一条", "Basis: GB/T 43697-2024; Personal Information Protection Law art. 28 and 51")) }
        (detect_form(visitor, resource, typed))
        form method="post" action={ (address(&resource.id)) "/grade" } novalidate {
            (hidden(visitor, "grade"))
            input type="hidden" name="seen" value=(resource.version);
            (table(lang, resource, graded, typed))
            (Button::submit(lang.say("记录定级", "Record the grades")))
        }
    };
    Desk::new(app, visitor, Place::Catalogue, title).below().wrong(typed.has_errors()).show(body)
}

fn detect_form(visitor: &Visitor, resource: &Resource, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let file = FileUpload::new(lang, "samples", lang.say("样本文件（可以不选）", "Samples (optional)"))
        .hint(lang.say(
            "xlsx、xls 或 csv，首行为信息项名称或字段名，读取前 200 行；样本只用于识别，不保存。",
            "xlsx, xls or csv; the first row names items or fields; 200 rows are read and none is kept.",
        ))
        .limits(lang, &["xlsx".into(), "xls".into(), "csv".into()], 20_000_000)
        .error(typed.error(lang, "samples"));
    html! {
        form method="post" action={ (address(&resource.id)) "/detect" } enctype="multipart/form-data" novalidate {
            (hidden(visitor, "detect"))
            (file)
            (Button::submit(lang.say("自动识别", "Detect")).secondary())
        }
    }
}

fn table(lang: Lang, resource: &Resource, graded: &[Graded], typed: &Typed) -> Markup {
    let head = [
        lang.say("信息项", "Item"),
        lang.say("建议", "Suggestion"),
        lang.say("个人信息", "Personal"),
        lang.say("级别", "Level"),
        lang.say("脱敏", "Mask"),
        lang.say("理由", "Reason"),
    ];
    let rows = resource.content.items.iter().enumerate().map(|(nth, item)| {
        let known = graded.iter().find(|graded| graded.item_key == item.key());
        row(lang, typed, nth, item, known.and_then(|graded| graded.finding.as_ref()))
    });
    let label = lang.say("信息项", "Items");
    html! { (Table::new("", head.map(Cell::new).to_vec(), rows.collect()).scrolling(label)) }
}

fn row(lang: Lang, typed: &Typed, nth: usize, item: &InformationItem, finding: Option<&Finding>) -> Vec<Cell> {
    let name = &item.title;
    let value = |part: &str, decided: Option<&str>, suggested: Option<&str>| {
        let sent = typed.get(&format!("{part}-{nth}"));
        if sent.is_empty() { decided.or(suggested).unwrap_or_default().to_owned() } else { sent.to_owned() }
    };
    let select = |part: &str, label: &str, items: Vec<SelectItem>, value: String| {
        let id = format!("{part}-{nth}");
        let mut select = Select::new(id.as_str(), format!("{name} {label}"), items).value(value).error(typed.error(lang, &id));
        select.field.label.classes = "govuk-visually-hidden".into();
        Cell::new(html! { (select) })
    };
    let personal = value("personal", item.personal.map(Personal::as_str), finding.map(|finding| finding.personal.as_str()));
    let grade = value("grade", item.grade.map(Grade::as_str), finding.map(|finding| finding.grade.as_str()));
    let mask = value("mask", item.mask.map(mask_word), finding.and_then(|finding| finding.mask).map(mask_word));
    let reason = format!("reason-{nth}");
    let mut why = Input::new(reason.as_str(), format!("{name} {}", lang.say("理由", "Reason"))).value(typed.get(&reason)).width(20);
    why.field.label.classes = "govuk-visually-hidden".into();
    vec![
        Cell::new(html! { (name) br; code { (item.name) } }),
        Cell::new(suggestion(lang, finding)),
        select("personal", lang.say("个人信息", "personal"), options!(Personal, lang, "—"), personal),
        select("grade", lang.say("级别", "level"), options!(Grade, lang, "—"), grade),
        select("mask", lang.say("脱敏", "mask"), masks(lang), mask),
        Cell::new(html! { (why) }),
    ]
}

fn suggestion(lang: Lang, finding: Option<&Finding>) -> Markup {
    let Some(finding) = finding else { return html! { (lang.say("尚未识别", "Not looked at yet")) } };
    let colour = match finding.personal {
        Personal::None => TagColour::Grey,
        Personal::Personal => TagColour::Yellow,
        Personal::Sensitive => TagColour::Red,
    };
    html! {
        (Tag::new(colour, finding.personal.name().get(lang))) " " (finding.grade.name().get(lang)) br;
        (lang.tell(format!("把握 {}%", finding.confidence_percent), format!("{} % sure", finding.confidence_percent)))
        @for likely in &finding.likely {
            br; span.govuk-hint { (likely.name.get(lang)) " " (likely.confidence_percent) "%：" (likely.why.get(lang)) }
        }
        @for note in &finding.notes { br; span.govuk-hint { (note.get(lang)) } }
    }
}

const MASKS: [(MaskKind, &str, &str, &str); 8] = [
    (MaskKind::Name, "name", "姓名", "Name"),
    (MaskKind::IdNumber, "id-number", "证件号码", "Identity number"),
    (MaskKind::Mobile, "mobile", "手机号码", "Mobile number"),
    (MaskKind::Phone, "phone", "固定电话", "Telephone"),
    (MaskKind::BankCard, "bank-card", "银行账户", "Bank account"),
    (MaskKind::Email, "email", "电子邮箱", "Email"),
    (MaskKind::Address, "address", "地址", "Address"),
    (MaskKind::Plate, "plate", "号牌", "Number plate"),
];

fn mask_word(mask: MaskKind) -> &'static str {
    let mask = match mask {
        MaskKind::NamePublic => MaskKind::Name,
        MaskKind::IdNumberPublic => MaskKind::IdNumber,
        other => other,
    };
    MASKS.iter().find(|(known, ..)| *known == mask).map_or("", |(_, word, ..)| word)
}

fn masks(lang: Lang) -> Vec<SelectItem> {
    let all = MASKS.iter().map(|(_, word, zh, en)| SelectItem::new(*word, lang.say(zh, en)));
    std::iter::once(SelectItem::new("", lang.say("不脱敏", "None"))).chain(all).collect()
}
