//! `/workspace/cases`: cases within the data scope.

use axum::extract::{Query, State};
use cases::CaseStatus;
use cases::queries::{CaseFilter, CaseListPage, case_list};
use gate::{App, PageError, StaffMember, Visitor};
use maud::{Markup, html};
use serde::Deserialize;
use trust::Scope;
use ui::{Filter, FilterCategory, FilterTag, Input, Pagination, Select, SelectItem};

use super::inbox::items;
use super::rows::{Rows, query};
use crate::frame::{Desk, Place, heading};
use crate::say::Say;

/// What was asked for.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    status: String,
    #[serde(default)]
    item: String,
    #[serde(default)]
    number: String,
    #[serde(default)]
    after: String,
}

/// `GET /workspace/cases`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember, Query(asked): Query<Asked>) -> Result<Markup, PageError> {
    if !Place::Cases.is_for(&app, &visitor) {
        return Err(PageError::NotFound);
    }
    let (scope, filter) = (Scope::for_case_list(&visitor.actor), asked.filter());
    let page = app.read(move |tx| Ok(case_list(tx, &scope, &filter)?)).await?;
    let title = Place::Cases.name(visitor.lang);
    Ok(Desk::new(&app, &visitor, Place::Cases, title).show(body(&app, &visitor, &asked, &page)))
}

impl Asked {
    fn filter(&self) -> CaseFilter {
        let some = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        CaseFilter {
            status: CaseStatus::parse(&self.status),
            slug: some(&self.item),
            number: some(&self.number),
            after: some(&self.after),
            page_size: None,
        }
    }

    fn href(&self, change: impl Fn(&mut Self)) -> String {
        let mut asked = Self { after: String::new(), ..self.clone() };
        change(&mut asked);
        let pairs = [("status", asked.status.as_str()), ("item", &asked.item), ("number", &asked.number), ("after", &asked.after)];
        format!("{}{}", Place::Cases.href(), query(&pairs))
    }
}

fn body(app: &App, visitor: &Visitor, asked: &Asked, page: &CaseListPage) -> Markup {
    let lang = visitor.lang;
    let rows = Rows { lang, calendar: &app.calendar, today: app.today() };
    let title = Place::Cases.name(lang);
    html! {
        (heading(title))
        p.govuk-body { (lang.say("只列出您岗位上的办件、您办过的办件，以及您负责单位的办件。", "Cases of your posts, those you have handled, and those of organs you head.")) }
        div.zs-with-filter {
            form method="get" action=(Place::Cases.href()) { (filter(app, visitor, asked)) }
            div {
                (rows.cases(title, &page.rows, lang.say("没有符合条件的办件。", "No case fits.")))
                @if let Some(next) = &page.next { (Pagination::by_key(lang, None, Some(asked.href(|asked| asked.after.clone_from(next))))) }
            }
        }
    }
}

fn filter(app: &App, visitor: &Visitor, asked: &Asked) -> Markup {
    let lang = visitor.lang;
    let items = items(app, visitor);
    let mut tags = Vec::new();
    if let Some(status) = CaseStatus::parse(&asked.status) {
        tags.push(FilterTag { text: status.label().get(lang).into(), href: asked.href(|asked| asked.status.clear()) });
    }
    if let Some((_, name)) = items.iter().find(|(slug, _)| *slug == asked.item) {
        tags.push(FilterTag { text: name.clone(), href: asked.href(|asked| asked.item.clear()) });
    }
    if !asked.number.is_empty() {
        tags.push(FilterTag { text: asked.number.clone(), href: asked.href(|asked| asked.number.clear()) });
    }
    let any = || SelectItem::new("", lang.say("全部", "All"));
    let statuses = std::iter::once(any()).chain(CaseStatus::ALL.map(|status| SelectItem::new(status.code(), status.label().get(lang)))).collect();
    let options = std::iter::once(any()).chain(items.iter().map(|(slug, name)| SelectItem::new(slug.as_str(), name.as_str()))).collect();
    html! {
        (Filter {
            lang,
            selected: vec![FilterCategory { heading: lang.say("条件", "Filters").into(), tags }],
            clear_href: Place::Cases.href().into(),
            options: html! {
                (Input::new("number", lang.say("办件编号", "Case number")).value(asked.number.as_str()).attribute("data-search-key", ""))
                (Select::new("status", lang.say("状态", "State"), statuses).value(asked.status.as_str()))
                (Select::new("item", lang.say("事项", "Item"), options).value(asked.item.as_str()))
            },
        })
    }
}
