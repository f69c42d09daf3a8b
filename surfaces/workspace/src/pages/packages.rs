//! `/workspace/packages`: the items in force.

use axum::extract::State;
use gate::{App, PageError, StaffMember, Visitor};
use maud::{Markup, html};
use ui::{Cell, SortColumn, SortableTable};

use crate::frame::{Desk, Place, heading};
use crate::say::Say;

/// `GET /workspace/packages`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember) -> Result<Markup, PageError> {
    if !Place::Packages.is_for(&app, &visitor) {
        return Err(PageError::NotFound);
    }
    let body = body(&app, &visitor);
    Ok(Desk::new(&app, &visitor, Place::Packages, Place::Packages.name(visitor.lang)).show(body))
}

fn body(app: &App, visitor: &Visitor) -> Markup {
    let (lang, today) = (visitor.lang, app.today());
    let columns = [
        lang.say("事项", "Item"),
        lang.say("基本编码", "Basic code"),
        lang.say("版本", "Version"),
        lang.say("生效日期", "Valid from"),
        lang.say("承诺时限", "Promised"),
    ];
    let current = app.library.all_current(today);
    let rows = current.iter().map(|package| {
        let version = app.library.current_version(&package.slug, today);
        let number = version.as_ref().map(|version| version.version.to_string()).unwrap_or_default();
        let from = version.map(|version| i18n::date_text(lang, &version.valid_from)).unwrap_or_default();
        vec![
            Cell::new(html! { a.govuk-link href={ (Place::Packages.href()) "/" (package.slug) } { (package.item.name.get(lang)) } }),
            Cell::new(package.item.basic_code.as_str()),
            Cell::number(number),
            Cell::new(from),
            Cell::new(package.item.limits.promised.label().get(lang)),
        ]
    });
    html! {
        (heading(Place::Packages.name(lang)))
        (SortableTable {
            caption: Place::Packages.name(lang).into(),
            columns: columns.map(SortColumn::fixed).to_vec(),
            rows: rows.collect(),
            empty: lang.say("没有生效的事项。发布规程包后会列在这里。", "No item is in force. Published packages are listed here.").into(),
        })
    }
}
