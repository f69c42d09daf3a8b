//! `/workspace/quality`: how good the registers are, by the six dimensions.

use axum::extract::State;
use gate::{App, PageError, StaffMember, Visitor};
use maud::{Markup, html};
use quality::Dimension;
use quality::queries::{self, Run};
use registers::Overview;
use ui::{Button, Cell, Table};

use super::{href, needs, score};
use crate::frame::{Desk, Place, heading};
use crate::people::organ_text;
use crate::say::{Say, moment};

/// A register, its last run, and how many corrections are open.
struct Line {
    register: Overview,
    run: Option<Run>,
    open: usize,
}

/// `GET /workspace/quality`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember) -> Result<Markup, PageError> {
    needs(&app, &visitor)?;
    let lines = app
        .read(|tx| {
            let mut lines = Vec::new();
            for register in registers::overviews(tx)? {
                let slug = register.declaration.slug.clone();
                let open = queries::corrections(tx, &slug)?.iter().filter(|one| one.is_open).count();
                lines.push(Line { run: queries::last_run(tx, &slug)?, register, open });
            }
            Ok(lines)
        })
        .await?;
    let lang = visitor.lang;
    let title = Place::Quality.name(lang);
    let compares = super::compare::organ(&app, &visitor).is_some();
    let body = html! {
        (heading(title))
        p.govuk-body { (lang.say(
            "每个登记按质量规则定期检查，按国家标准的六个维度计分；低于最低合格率的自动交主管单位整改。检查不向任何人出示个人信息。",
            "Each register is examined by its rules and scored by the six dimensions of the national standard; what is below the least percent goes to \
             its owner for correction. An examination shows nobody anybody's data.",
        )) " GB/T 36344-2018" }
        div.govuk-button-group {
            (Button::link(lang.say("部门质量走势", "Trend of organs"), "/workspace/quality/trend").secondary())
            @if compares { (Button::link(lang.say("交叉比对", "Compare two sources"), "/workspace/quality/compare").secondary()) }
        }
        @if lines.is_empty() { p.govuk-body { (lang.say("还没有登记的基础信息库。", "No register has been declared yet.")) } }
        @else { (table(&visitor, &lines)) }
    };
    Ok(Desk::new(&app, &visitor, Place::Quality, title).show(body))
}

fn table(visitor: &Visitor, lines: &[Line]) -> Markup {
    let lang = visitor.lang;
    let mut head = vec![
        Cell::new(lang.say("登记", "Register")),
        Cell::new(lang.say("主管单位", "Kept by")),
        Cell::new(lang.say("最近检查", "Last run")),
        Cell::number(lang.say("得分", "Score")),
    ];
    head.extend(Dimension::ALL.map(|dimension| Cell::number(dimension.label().get(lang).to_owned())));
    head.push(Cell::number(lang.say("整改中", "Open cases")));
    let row = |line: &Line| {
        let declaration = &line.register.declaration;
        let owner = line.register.owner.as_ref().map(|organ| organ_text(organ).get(lang).to_owned());
        let mut cells = vec![
            Cell::new(html! { a.govuk-link href=(href(&declaration.slug)) { (declaration.title.get(lang)) } }),
            Cell::new(owner.unwrap_or_else(|| lang.say("未落实", "Nobody yet").to_owned())),
            Cell::new(line.run.as_ref().map_or_else(|| "—".to_owned(), |run| moment(lang, run.at_ms))),
            Cell::number(score(lang, line.run.as_ref().and_then(|run| run.score))),
        ];
        let of = |dimension: &Dimension| line.run.as_ref().and_then(|run| run.dimensions.get(dimension)).map_or("—".to_owned(), ToString::to_string);
        cells.extend(Dimension::ALL.iter().map(|dimension| Cell::number(of(dimension))));
        cells.push(Cell::number(line.open.to_string()));
        cells
    };
    Table::new("", head, lines.iter().map(row).collect()).scrolling(Place::Quality.name(lang))
}
