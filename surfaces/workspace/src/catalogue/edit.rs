//! `/workspace/catalogue/new` and `…/{id}/edit`: the editor of a description.

use ::catalogue::{
    BRANCHES, CompileResource, DataType, EditResource, FormatKind, Level, NAME_CHARS_MAX, OpenType, Resource, Secrecy, ShareMethod, ShareType,
    UpdatePeriod,
};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with};
use i18n::Lang;
use maud::{Markup, html};
use parties::{Organ, OrganId};
use ui::{Button, Cell, Checkboxes, Choice, Details, Input, Legend, Select, SelectItem, Table, Textarea};

use super::words::options;
use super::{address, fields, kept, readable};
use crate::frame::{Desk, Place, heading, hidden};
use crate::pages::shown;
use crate::say::Say;
use crate::typed::Typed;

/// `GET /workspace/catalogue/new`
pub(super) async fn new(State(app): State<App>, StaffMember(visitor): StaffMember) -> Result<Response, PageError> {
    let organs = keeper(&app, &visitor).await?;
    let mut typed = Typed::default();
    for (name, value) in [("secrecy", "not-secret"), ("level", "department"), ("format", "database"), ("opening-open_type", "closed")] {
        typed.set(name, value);
    }
    Ok(Editor { organs: &organs, resource: None }.page(&app, &visitor, &typed).into_response())
}

/// `POST /workspace/catalogue/new`
pub(super) async fn create(State(app): State<App>, StaffMember(visitor): StaffMember, form: Form) -> Result<Response, PageError> {
    let organs = keeper(&app, &visitor).await?;
    let editor = Editor { organs: &organs, resource: None };
    let mut typed = Typed::from_pairs(&form.0);
    let organ = OrganId::parse(typed.get("organ")).ok().filter(|id| organs.iter().any(|organ| organ.id == *id));
    let organ = organ.or_else(|| organs.first().map(|organ| organ.id.clone())).ok_or(PageError::NotFound)?;
    let Some(content) = fields::read(&mut typed, visitor.lang, None) else {
        return Ok(gate::unprocessable(editor.page(&app, &visitor, &typed)));
    };
    match app.execute(&visitor, form.key(), CompileResource { organ, content, code: None }).await {
        Ok(done) => Ok(see_other_with(&app, &address(&done.outcome), &Flash::success("目录已保存为草稿。", "Saved as a draft."))),
        Err(error) => editor.refused(&app, &visitor, typed, error),
    }
}

/// `GET /workspace/catalogue/resources/{id}/edit`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember, Path(id): Path<String>) -> Result<Response, PageError> {
    let resource = editable(&app, &visitor, &id).await?;
    let typed = fields::fill(&resource.content);
    Ok(Editor { organs: &[], resource: Some(&resource) }.page(&app, &visitor, &typed).into_response())
}

/// `POST /workspace/catalogue/resources/{id}/edit`
pub(super) async fn post(
    State(app): State<App>,
    StaffMember(visitor): StaffMember,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, PageError> {
    let resource = editable(&app, &visitor, &id).await?;
    let editor = Editor { organs: &[], resource: Some(&resource) };
    let mut typed = Typed::from_pairs(&form.0);
    let Some(content) = fields::read(&mut typed, visitor.lang, Some(&resource.content)) else {
        return Ok(gate::unprocessable(editor.page(&app, &visitor, &typed)));
    };
    let command = EditResource { resource: resource.id.clone(), content, seen: typed.get("seen").parse().ok() };
    match app.execute(&visitor, form.key(), command).await {
        Ok(_) => Ok(see_other_with(&app, &address(&resource.id), &Flash::success("目录已保存。", "Saved."))),
        Err(error) => editor.refused(&app, &visitor, typed, error),
    }
}

async fn keeper(app: &App, visitor: &Visitor) -> Result<Vec<Organ>, PageError> {
    let organs = kept(app, visitor).await?;
    if organs.is_empty() { Err(PageError::NotFound) } else { Ok(organs) }
}

async fn editable(app: &App, visitor: &Visitor, id: &str) -> Result<Resource, PageError> {
    let resource = readable(app, visitor, id).await?;
    if app.may(visitor, "catalogue.compile", &resource.to_thing()) { Ok(resource) } else { Err(PageError::NotFound) }
}

struct Editor<'a> {
    organs: &'a [Organ],
    resource: Option<&'a Resource>,
}

impl Editor<'_> {
    fn refused(&self, app: &App, visitor: &Visitor, typed: Typed, error: PageError) -> Result<Response, PageError> {
        let refusal = shown(error)?;
        let mut typed = typed.refuse(visitor.lang, &runner::Refusal { fields: Vec::new(), ..refusal.clone() }, |_| "");
        for field in &refusal.fields {
            typed.blame(fields::control(&field.field), visitor.lang.tell(field.zh.clone(), field.en.clone()));
        }
        Ok((gate::status_of(&refusal), self.page(app, visitor, &typed)).into_response())
    }

    fn page(&self, app: &App, visitor: &Visitor, typed: &Typed) -> Markup {
        let lang = visitor.lang;
        let title = match self.resource {
            Some(_) => lang.say("变更目录", "Change a resource"),
            None => lang.say("编制目录", "Catalogue a resource"),
        };
        let body = html! {
            (typed.summary(lang))
            (heading(title))
            @if self.resource.is_some_and(|resource| resource.published_version.is_some()) {
                p.govuk-body { strong { (lang.say("法律效果：", "Legal effect: ")) }
                    (lang.say("变更经注册、发布审核后生效；此前各部门看到的仍是已发布的版本。",
                        "A change takes effect after review; until then others see what is published.")) " "
                    (lang.say("依据：政务数据共享条例", "Basis: Regulation on the Sharing of Government Data")) }
            }
            form method="post" novalidate {
                (hidden(visitor, "edit"))
                @if let Some(resource) = self.resource { input type="hidden" name="seen" value=(resource.version); }
                @if self.organs.len() > 1 { (organ_select(lang, self.organs, typed)) }
                (basic(lang, typed))
                (sharing(lang, typed))
                (items(lang, typed))
                (storage(lang, typed))
                (relations(lang, typed))
                (Button::submit(lang.say("保存", "Save")))
                p.govuk-hint { (lang.say("草稿可以先不填全；申请注册时一次检查全部要求。", "A draft may lack things; everything is checked when you submit it.")) }
            }
        };
        Desk::new(app, visitor, Place::Catalogue, title).below().wrong(typed.has_errors()).show(body)
    }
}

fn organ_select(lang: Lang, organs: &[Organ], typed: &Typed) -> Markup {
    let items = organs.iter().map(|organ| SelectItem::new(organ.id.as_str(), organ.name.get(lang))).collect();
    html! { (Select::new("organ", lang.say("信息资源提供方", "Provider"), items).value(typed.get("organ"))) }
}

fn input(lang: Lang, typed: &Typed, name: &str, label: &str) -> Input {
    Input::new(name, label).value(typed.get(name)).error(typed.error(lang, name))
}

fn select(lang: Lang, typed: &Typed, name: &str, label: &str, items: Vec<SelectItem>) -> Select {
    Select::new(name, label, items).value(typed.get(name)).error(typed.error(lang, name))
}

fn basic(lang: Lang, typed: &Typed) -> Markup {
    let none = lang.say("请选择", "Choose");
    let hint = lang.tell(format!("不超过 {NAME_CHARS_MAX} 个字"), format!("At most {NAME_CHARS_MAX} characters"));
    html! {
        h2.govuk-heading-m { (lang.say("基本信息", "Basics")) }
        (input(lang, typed, "name", lang.say("信息资源名称", "Name")).hint(hint))
        (input(lang, typed, "class", lang.say("信息资源分类码", "Classification code"))
            .hint(lang.say("类 1 位、项 2 位、目 3 位、细目不定长，例如 303013；顺序码自动生成。",
                "1 + 2 + 3 digits and more, for example 303013; the serial number is generated.")).width(20))
        (Details::new(lang.say("分类表", "The classification"), html! {
            ul.govuk-list { @for branch in BRANCHES { li { code { (branch.code()) } " " (branch.tier.name().get(lang)) " › " (branch.name().get(lang)) } } }
        }))
        (Textarea::new("summary", lang.say("信息资源摘要", "Summary")).value(typed.get("summary")).rows(4).error(typed.error(lang, "summary")))
        (select(lang, typed, "secrecy", lang.say("涉密属性", "Secrecy"), options!(Secrecy, lang, none)))
        (select(lang, typed, "level", lang.say("层级属性", "Level of the catalogue"), options!(Level, lang, none)))
        (select(lang, typed, "format", lang.say("信息资源格式", "Format"), options!(FormatKind, lang, none)))
        (input(lang, typed, "format_type", lang.say("格式类型", "Type of format"))
            .hint(lang.say("例如 mysql、xlsx、pdf、接口", "For example mysql, xlsx, pdf, an interface")).width(20))
        (select(lang, typed, "period", lang.say("更新周期", "Update period"), options!(UpdatePeriod, lang, none)))
        (input(lang, typed, "domain", lang.say("服务领域", "Field of service")))
    }
}

fn sharing(lang: Lang, typed: &Typed) -> Markup {
    let none = lang.say("请选择", "Choose");
    let methods = ShareMethod::ALL.iter().map(|method| Choice::new(method.as_str(), method.name().get(lang))).collect();
    let legend = Legend { classes: "govuk-fieldset__legend--s".into(), ..Legend::new(lang.say("共享方式", "Ways of sharing")) };
    let mut boxes = Checkboxes::new("sharing-methods", legend, methods).values(typed.all("sharing-methods"));
    boxes.group.error = typed.error(lang, "sharing-methods");
    html! {
        h2.govuk-heading-m { (lang.say("共享和开放", "Sharing and opening")) }
        (select(lang, typed, "sharing-share_type", lang.say("共享类型", "Sharing"), options!(ShareType, lang, none)))
        (Textarea::new("sharing-condition", lang.say("共享条件", "Conditions of sharing")).value(typed.get("sharing-condition")).rows(3)
            .hint(lang.say("无条件共享填“无条件”；有条件共享写明共享范围、使用用途；不予共享写明法律、行政法规或者国务院决定的依据。",
                "Without conditions: 无条件. On conditions: with whom and what for. Not shared: the law it rests on."))
            .error(typed.error(lang, "sharing-condition")))
        (boxes)
        (select(lang, typed, "opening-open_type", lang.say("是否向社会开放", "Open to the public"), options!(OpenType, lang, none)))
        (input(lang, typed, "opening-condition", lang.say("开放条件", "Conditions of opening")))
    }
}

fn items(lang: Lang, typed: &Typed) -> Markup {
    let head = [
        lang.say("序号", "No."),
        lang.say("信息项名称", "Item"),
        lang.say("字段名", "Field"),
        lang.say("数据类型", "Type"),
        lang.say("长度", "Length"),
    ];
    let rows = (0..fields::rows(typed)).map(|nth| item_row(lang, typed, nth)).collect();
    let label = lang.say("信息项", "Items");
    html! {
        h2.govuk-heading-m { (label) }
        p.govuk-hint { (lang.say("空行不保存；保存后会再出现空行。已有的定级随信息项保留。", "Empty rows are not saved; after saving there are new ones. Grades stay with their items.")) }
        (Table::new("", head.map(Cell::new).to_vec(), rows).scrolling(label))
    }
}

fn item_row(lang: Lang, typed: &Typed, nth: usize) -> Vec<Cell> {
    let number = nth + 1;
    let label = |zh: &str, en: &str| lang.tell(format!("第{number}项{zh}"), format!("{en} of item {number}"));
    let field = |part: &str, label: String, width: u8| {
        let name = format!("items-{nth}-{part}");
        let mut input = Input::new(name.as_str(), label).value(typed.get(&name)).error(typed.error(lang, &name)).width(width);
        input.field.label.classes = "govuk-visually-hidden".into();
        Cell::new(html! { (input) })
    };
    let name = format!("items-{nth}-type");
    let mut kind =
        Select::new(name.as_str(), label("数据类型", "Type"), options!(DataType, lang, "—")).value(typed.get(&name)).error(typed.error(lang, &name));
    kind.field.label.classes = "govuk-visually-hidden".into();
    vec![
        Cell::number(number.to_string()),
        field("title", label("名称", "Name"), 20),
        field("name", label("字段名", "Field"), 10),
        Cell::new(html! { (kind) }),
        field("length", label("长度", "Length"), 5),
    ]
}

fn storage(lang: Lang, typed: &Typed) -> Markup {
    html! {
        h2.govuk-heading-m { (lang.say("存储情况", "Storage")) }
        (input(lang, typed, "storage-system", lang.say("所属信息系统", "System")))
        (input(lang, typed, "storage-place", lang.say("存储位置", "Place of storage")))
        (input(lang, typed, "storage-size_mib", lang.say("数据存储总量", "Size")).suffix("MB").inputmode("numeric").width(10))
        (input(lang, typed, "storage-records", lang.say("结构化记录总数", "Records")).inputmode("numeric").width(10))
        (input(lang, typed, "storage-system_items", lang.say("系统实有信息项数", "Fields of the system")).inputmode("numeric").width(10))
    }
}

fn relations(lang: Lang, typed: &Typed) -> Markup {
    html! {
        h2.govuk-heading-m { (lang.say("关联", "Relations")) }
        (input(lang, typed, "relations-source_code", lang.say("关联资源代码", "Code of the source resource"))
            .hint(lang.say("数据来自其他资源（如基础库）的，填写源资源的代码。", "When the data come from another resource, its code.")).width(30))
        (input(lang, typed, "relations-register", lang.say("登记簿", "Register"))
            .hint(lang.say("本平台登记簿的名称，例如 population", "A register of this platform, for example population")).width(20))
        (input(lang, typed, "relations-procedures", lang.say("关联事项", "Items"))
            .hint(lang.say("办事规程包的名称，用顿号分开", "Names of procedure packages, separated by commas")))
        (Textarea::new("relations-basis", lang.say("法律法规依据", "Legal basis")).value(typed.get("relations-basis")).rows(3)
            .hint(lang.say("每行一条：法律名称、空格、条款", "One a line: law, blank, article")))
    }
}

/// What tests compare.
#[cfg(test)]
mod tests {
    use catalogue::Content;

    use super::*;

    #[test]
    fn a_description_survives_the_form() {
        let content = super::super::sections::samples::content();
        let mut typed = fields::fill(&content);
        let read: Option<Content> = fields::read(&mut typed, Lang::ZhHans, Some(&content));
        assert_eq!(read.as_ref(), Some(&content));
    }

    #[test]
    fn what_cannot_be_read_is_blamed_all_at_once() {
        let mut typed = fields::fill(&super::super::sections::samples::content());
        for (name, value) in [("class", "abc"), ("period", ""), ("storage-records", "很多"), ("items-0-type", ""), ("relations-source_code", "x")] {
            typed.set(name, value);
        }
        assert!(fields::read(&mut typed, Lang::ZhHans, None).is_none());
        for name in ["class", "period", "storage-records", "items-0-type", "relations-source_code"] {
            assert!(typed.error(Lang::ZhHans, name).is_some(), "{name}");
        }
    }
}
