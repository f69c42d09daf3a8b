//! `/workspace/data`

use axum::extract::{Query, State};
use clock::Date;
use gate::{App, PageError, StaffMember, Visitor};
use i18n::Lang;
use maud::{Markup, html};
use opendata::{Dataset, Lapse, State as Step, queries};
use serde::Deserialize;
use ui::{Badge, BadgeColour, Button, Cell, SortColumn, SortableTable};

use super::parts::{is_authority, own_organs};
use crate::frame::{Desk, Place, heading};
use crate::say::{Say, moment};

const SHOWN_MAX: u32 = 300;

#[derive(Deserialize)]
pub(super) struct Wanted {
    state: Option<String>,
}

/// `GET /workspace/data`: one's own organs; for the data authority, all.
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember, Query(wanted): Query<Wanted>) -> Result<Markup, PageError> {
    if !Place::Data.is_for(&app, &visitor) {
        return Err(PageError::NotFound);
    }
    let step = wanted.state.and_then(|code| Step::ALL.into_iter().find(|step| step.as_str() == code));
    let organs = own_organs(&app, &visitor).await?;
    let all = is_authority(&organs, &visitor);
    let ids: Vec<String> = if all { Vec::new() } else { organs.iter().map(|organ| organ.id.to_string()).collect() };
    let datasets = match ids.is_empty() && !all {
        true => Vec::new(),
        false => app.read(move |tx| Ok(queries::datasets(tx, &ids, step, SHOWN_MAX)?)).await?,
    };
    let body = body(&visitor, step, &datasets, app.today());
    Ok(Desk::new(&app, &visitor, Place::Data, Place::Data.name(visitor.lang)).show(body))
}

pub(super) const fn colour(step: Step) -> BadgeColour {
    match step {
        Step::Draft | Step::Withdrawn => BadgeColour::Grey,
        Step::Submitted | Step::Scanned | Step::OwnerApproved | Step::OfficerApproved => BadgeColour::Blue,
        Step::Published => BadgeColour::Green,
    }
}

/// What the organ is reminded of.
fn reminder(lang: Lang, lapse: Lapse) -> Markup {
    html! {
        @match lapse {
            Lapse::Far => {}
            Lapse::Soon => { (Badge::new(BadgeColour::Purple, lang.say("即将到期，请更新", "Due soon: renew it"))) }
            Lapse::Over => { (Badge::new(BadgeColour::Red, lang.say("已过期，请更新", "Overdue: renew it"))) }
        }
    }
}

fn body(visitor: &Visitor, step: Option<Step>, datasets: &[Dataset], today: Date) -> Markup {
    let lang = visitor.lang;
    let columns = [
        lang.say("数据集", "Dataset"),
        lang.say("状态", "State"),
        lang.say("检查发现", "Findings"),
        lang.say("版本", "Version"),
        lang.say("修改时间", "Changed"),
        lang.say("更新到期", "Renew by"),
    ];
    let row = |dataset: &Dataset| {
        vec![
            Cell::new(html! { a.govuk-link href={ "/workspace/data/" (dataset.id) } { (dataset.metadata.title.get(lang)) } }),
            Cell::new(html! { (Badge::new(colour(dataset.state), dataset.state.name().get(lang))) }),
            Cell::number(dataset.findings.len().to_string()),
            Cell::number(dataset.release.to_string()),
            Cell::new(moment(lang, dataset.modified_ms)),
            Cell::new(
                html! { @if let Some(renewal) = dataset.renewal() { (i18n::date(lang, renewal.due)) " " (reminder(lang, renewal.lapse(today))) } },
            ),
        ]
    };
    html! {
        (heading(Place::Data.name(lang)))
        (Button::link(lang.say("新建数据集", "New dataset"), "/workspace/data/new"))
        nav aria-label=(lang.say("按状态筛选", "By state")) {
            ul.govuk-list {
                li { a.govuk-link href="/workspace/data" { (lang.say("全部", "All")) } }
                @for one in Step::ALL {
                    @let here = (step == Some(one)).then_some("page");
                    li { a.govuk-link href={ "/workspace/data?state=" (one.as_str()) } aria-current=[here] { (one.name().get(lang)) } }
                }
                li { a.govuk-link href="/workspace/data/voices" { (lang.say("需求、意见和应用", "What people say")) } }
                li { a.govuk-link href="/workspace/data/harvest" { (lang.say("数据采集", "Harvest")) } }
            }
        }
        (SortableTable {
            caption: Place::Data.name(lang).into(),
            columns: columns.map(SortColumn::fixed).to_vec(),
            rows: datasets.iter().map(row).collect(),
            empty: lang.say("没有数据集。新建后会列在这里。", "No dataset yet. New ones are listed here.").into(),
        })
    }
}
