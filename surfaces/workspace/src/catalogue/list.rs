//! `/workspace/catalogue`: the catalogue with facets and search.

use ::catalogue::queries::{self, Facet, FacetValue, Filter as Wanted, Page, Viewer};
use ::catalogue::{OpenType, Personal, ShareType, Status, Tier};
use axum::extract::{Query, State};
use gate::{App, PageError, StaffMember, Visitor};
use i18n::Lang;
use maud::{Markup, html};
use parties::OrganId;
use serde::Deserialize;
use ui::{Button, Filter, FilterCategory, FilterTag, Input, Pagination, Select, SelectItem};

use super::words::{self, options, with_any};
use super::{kept, needs};
use crate::frame::{Desk, Place, heading};
use crate::pages::rows::query;
use crate::say::Say;

/// What was asked for.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    tier: String,
    #[serde(default)]
    branch: String,
    #[serde(default)]
    organ: String,
    #[serde(default)]
    share: String,
    #[serde(default)]
    open: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    personal: String,
    #[serde(default)]
    after: String,
}

/// What the page shows.
struct Catalogue {
    asked: Asked,
    page: Page,
    total: i64,
    facets: Vec<(Facet, Vec<FacetValue>)>,
    keeps: bool,
}

/// `GET /workspace/catalogue`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember, Query(asked): Query<Asked>) -> Result<Markup, PageError> {
    needs(&app, &visitor, Place::Catalogue)?;
    let (viewer, filter) = (Viewer::of(&visitor.actor), asked.filter());
    let (page, total, facets) = app
        .read(move |tx| Ok((queries::page(tx, &viewer, &filter)?, queries::count(tx, &viewer, &filter)?, queries::facets(tx, &viewer, &filter)?)))
        .await?;
    let keeps = !kept(&app, &visitor).await?.is_empty();
    let view = Catalogue { asked, page, total, facets, keeps };
    Ok(Desk::new(&app, &visitor, Place::Catalogue, Place::Catalogue.name(visitor.lang)).show(body(&visitor, &view)))
}

impl Asked {
    fn filter(&self) -> Wanted {
        let some = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        Wanted {
            text: some(&self.q),
            tier: Tier::parse(&self.tier),
            branch: some(&self.branch),
            organ: OrganId::parse(&self.organ).ok(),
            share_type: ShareType::parse(&self.share),
            open_type: OpenType::parse(&self.open),
            status: Status::parse(&self.status),
            personal: Personal::parse(&self.personal),
            register: None,
            after: some(&self.after),
            page_size: None,
        }
    }

    /// The same list with something changed.
    fn href(&self, change: impl Fn(&mut Self)) -> String {
        let mut asked = Self { after: String::new(), ..self.clone() };
        change(&mut asked);
        let pairs = [
            ("q", asked.q.as_str()),
            ("tier", &asked.tier),
            ("branch", &asked.branch),
            ("organ", &asked.organ),
            ("share", &asked.share),
            ("open", &asked.open),
            ("status", &asked.status),
            ("personal", &asked.personal),
            ("after", &asked.after),
        ];
        format!("{}{}", Place::Catalogue.href(), query(&pairs))
    }
}

fn body(visitor: &Visitor, view: &Catalogue) -> Markup {
    let lang = visitor.lang;
    let title = Place::Catalogue.name(lang);
    let empty = lang.say("没有符合条件的信息资源，请放宽条件。", "No resource fits; loosen the filters.");
    html! {
        (heading(title))
        p.govuk-body { (lang.say(
            "已发布的目录各部门都能看到；未发布的只有提供方和数据主管部门能看到。",
            "Every organ sees what is published; the rest is seen by its provider and the data authority alone.",
        )) }
        div.govuk-button-group {
            @if view.keeps {
                (Button::link(lang.say("编制目录", "Catalogue a resource"), "/workspace/catalogue/new"))
                (Button::link(lang.say("导入 Excel", "Import a table"), "/workspace/catalogue/import").secondary())
            }
            (Button::link(lang.say("导出 Excel", "Export as Excel"), "/workspace/catalogue/export?format=xlsx").secondary())
            (Button::link(lang.say("导出 CSV", "Export as CSV"), "/workspace/catalogue/export?format=csv").secondary())
        }
        div.zs-with-filter {
            form method="get" action=(Place::Catalogue.href()) { (filter(lang, view)) }
            div {
                p.govuk-body role="status" { (lang.tell(format!("共 {} 条", view.total), i18n::count(Lang::En, view.total, "", "resource", "resources"))) }
                (words::table(lang, title, &view.page.rows, empty))
                @if let Some(next) = &view.page.next { (Pagination::by_key(lang, None, Some(view.asked.href(|asked| asked.after.clone_from(next))))) }
            }
        }
    }
}

impl Catalogue {
    /// The values of a facet with their counts.
    fn counted(&self, lang: Lang, facet: Facet) -> Vec<SelectItem> {
        let values = self.facets.iter().find(|(known, _)| *known == facet).map(|(_, values)| values.as_slice()).unwrap_or_default();
        with_any(lang.say("全部", "All"), values.iter().map(|value| (value.value.clone(), format!("{}（{}）", value.name.get(lang), value.count))))
    }

    /// The name of a chosen value.
    fn chosen(&self, lang: Lang, facet: Facet, value: &str) -> String {
        let found = self.facets.iter().find(|(known, _)| *known == facet).and_then(|(_, values)| values.iter().find(|known| known.value == value));
        found.map_or_else(|| value.to_owned(), |found| found.name.get(lang).to_owned())
    }
}

fn filter(lang: Lang, view: &Catalogue) -> Markup {
    let asked = &view.asked;
    html! {
        (Filter {
            lang,
            selected: vec![FilterCategory { heading: lang.say("条件", "Filters").into(), tags: tags(lang, view) }],
            clear_href: Place::Catalogue.href().into(),
            options: html! {
                (Input::new("q", lang.say("名称、代码、信息项、系统", "Name, code, item, system")).value(asked.q.as_str()).attribute("data-search-key", ""))
                (Select::new("tier", lang.say("资源属性", "Tier"), view.counted(lang, Facet::Tier)).value(asked.tier.as_str()))
                (Select::new("branch", lang.say("分类", "Branch"), view.counted(lang, Facet::Branch)).value(asked.branch.as_str()))
                (Select::new("organ", lang.say("提供方", "Provider"), view.counted(lang, Facet::Organ)).value(asked.organ.as_str()))
                (Select::new("share", lang.say("共享类型", "Sharing"), view.counted(lang, Facet::ShareType)).value(asked.share.as_str()))
                (Select::new("status", lang.say("状态", "State"), view.counted(lang, Facet::Status)).value(asked.status.as_str()))
                (Select::new("open", lang.say("开放属性", "Opening"), options!(OpenType, lang, lang.say("全部", "All"))).value(asked.open.as_str()))
                (Select::new("personal", lang.say("个人信息", "Personal"), options!(Personal, lang, lang.say("全部", "All"))).value(asked.personal.as_str()))
            },
        })
    }
}

fn tags(lang: Lang, view: &Catalogue) -> Vec<FilterTag> {
    let asked = &view.asked;
    let mut tags = Vec::new();
    let mut add = |value: &str, text: String, href: String| {
        if !value.is_empty() {
            tags.push(FilterTag { text, href });
        }
    };
    let domain = |name: Option<i18n::Text>| name.map(|name| name.get(lang).to_owned()).unwrap_or_default();
    add(&asked.q, asked.q.clone(), asked.href(|asked| asked.q.clear()));
    add(&asked.tier, domain(Tier::parse(&asked.tier).map(Tier::name)), asked.href(|asked| asked.tier.clear()));
    add(&asked.branch, view.chosen(lang, Facet::Branch, &asked.branch), asked.href(|asked| asked.branch.clear()));
    add(&asked.organ, view.chosen(lang, Facet::Organ, &asked.organ), asked.href(|asked| asked.organ.clear()));
    add(&asked.share, domain(ShareType::parse(&asked.share).map(ShareType::name)), asked.href(|asked| asked.share.clear()));
    add(&asked.status, domain(Status::parse(&asked.status).map(Status::name)), asked.href(|asked| asked.status.clear()));
    add(&asked.open, domain(OpenType::parse(&asked.open).map(OpenType::name)), asked.href(|asked| asked.open.clear()));
    add(&asked.personal, domain(Personal::parse(&asked.personal).map(Personal::name)), asked.href(|asked| asked.personal.clear()));
    tags
}
