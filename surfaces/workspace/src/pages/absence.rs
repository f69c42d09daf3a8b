//! `/workspace/absence`: when somebody is away and who stands in; one's own, and for the head that of the organ.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use clock::Date;
use gate::{App, Flash, Form, PageError, StaffMember, Visitor, see_other_with};
use i18n::Lang;
use maud::{Markup, html};
use parties::{EndAbsence, OrganId, SetAbsence, Staff, StaffId};
use runner::Resource;
use ui::{Button, Cell, Input, Select, SelectItem, Table, Tag, TagColour};

use crate::frame::{Desk, Place, headed, heading, hidden};
use crate::say::Say;
use crate::typed::{Typed, day};

/// Who is there to choose from.
struct Crew {
    /// Whose absence the visitor may arrange.
    arranged: Vec<Staff>,
    /// All colleagues.
    colleagues: Vec<Staff>,
}

/// `GET /workspace/absence`
pub(super) async fn get(State(app): State<App>, StaffMember(visitor): StaffMember) -> Result<Response, PageError> {
    let crew = crew(&app, &visitor).await?;
    Ok(page(&app, &visitor, &crew, &Typed::default()).into_response())
}

/// `POST /workspace/absence`
pub(super) async fn post(State(app): State<App>, StaffMember(visitor): StaffMember, form: Form) -> Result<Response, PageError> {
    let crew = crew(&app, &visitor).await?;
    let mut typed = Typed::from_pairs(&form.0);
    let flash =
        Flash::success("已保存。代岗期间，任务同时在代岗人的收件箱中。", "Saved. While it lasts, the tasks are in the substitute's inbox too.");
    let arranged = arrangement(&mut typed, visitor.lang);
    let done = match (typed.get("act"), arranged) {
        ("end", _) => match StaffId::parse(typed.get("staff")) {
            Ok(staff) => app.execute(&visitor, form.key(), EndAbsence { staff }).await.map(drop),
            Err(_) => return Err(PageError::NotFound),
        },
        (_, Some(command)) => app.execute(&visitor, form.key(), command).await.map(drop),
        (_, None) => return Ok(gate::unprocessable(page(&app, &visitor, &crew, &typed))),
    };
    match done {
        Ok(()) => Ok(see_other_with(&app, Place::Absence.href(), &flash)),
        Err(error) => {
            let (status, typed) = typed.refused(visitor.lang, error, control)?;
            Ok((status, page(&app, &visitor, &crew, &typed)).into_response())
        }
    }
}

fn control(code: &str) -> &'static str {
    match code {
        "substitute-away" | "officer-licence-missing" => "substitute",
        "already-a-substitute" => "staff",
        _ => "",
    }
}

/// The command of the form; `None` when something is missing, which is then said.
fn arrangement(typed: &mut Typed, lang: Lang) -> Option<SetAbsence> {
    if typed.get("act") == "end" {
        return None;
    }
    let from = day(typed, lang, "from", lang.say("第一天", "First day"));
    let until = day(typed, lang, "until", lang.say("最后一天", "Last day"));
    let staff = StaffId::parse(typed.get("staff")).ok();
    let substitute = StaffId::parse(typed.get("substitute")).ok();
    if staff.is_none() {
        typed.blame("staff", lang.say("请选择离岗人员。", "Choose who is away."));
    }
    if substitute.is_none() {
        typed.blame("substitute", lang.say("请选择代岗人。", "Choose the substitute."));
    }
    Some(SetAbsence { staff: staff?, from: from?, until: until?, substitute: substitute? })
}

async fn crew(app: &App, visitor: &Visitor) -> Result<Crew, PageError> {
    if !Place::Absence.is_for(app, visitor) {
        return Err(PageError::NotFound);
    }
    let (actor, inner) = (visitor.actor.clone(), app.clone());
    app.read(move |tx| {
        let own = actor.party.as_deref().and_then(|id| StaffId::parse(id).ok());
        let mut organs = headed(&actor);
        if let Some(own) = &own {
            organs.extend(parties::staff(tx, own)?.map(|staff| staff.organ.to_string()));
        }
        organs.sort();
        organs.dedup();
        let mut colleagues = Vec::new();
        for organ in organs.iter().filter_map(|organ| OrganId::parse(organ).ok()) {
            colleagues.extend(parties::staff_of_organ(tx, &organ)?);
        }
        let may = |staff: &&Staff| {
            let is_own = own.as_ref() == Some(&staff.id);
            let assignee = is_own.then(|| actor.account.clone());
            let resource = Resource { id: staff.id.to_string(), organ: Some(staff.organ.to_string()), assignee, ..Resource::of("staff") };
            inner.runner.authority().rule(&actor, "post.substitute", &resource).permitted
        };
        let arranged = colleagues.iter().filter(may).cloned().collect();
        Ok(Crew { arranged, colleagues })
    })
    .await
}

fn page(app: &App, visitor: &Visitor, crew: &Crew, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let title = Place::Absence.name(lang);
    let body = html! {
        (typed.summary(lang))
        (heading(title))
        (present(visitor, crew, app.today()))
        h2.govuk-heading-m { (lang.say("登记离岗", "Record an absence")) }
        p.govuk-body { (lang.say(
            "离岗期间由代岗人行使同一岗位的职权；代岗不能再转给别人，执法岗位须由有执法证的人代岗。",
            "While it lasts the substitute holds the same posts; it cannot be passed on, and posts for licensed officers need a licensed substitute.",
        )) }
        (form(visitor, crew, typed))
    };
    Desk::new(app, visitor, Place::Absence, title).wrong(typed.has_errors()).show(body)
}

fn present(visitor: &Visitor, crew: &Crew, today: Date) -> Markup {
    let lang = visitor.lang;
    let name_of = |id: &StaffId| crew.colleagues.iter().find(|staff| staff.id == *id).map_or_else(|| id.to_string(), |staff| staff.name.clone());
    let head = [lang.say("人员", "Who"), lang.say("离岗时间", "Away"), lang.say("代岗人", "Substitute"), lang.say("操作", "Action")];
    let rows: Vec<Vec<Cell>> = crew
        .colleagues
        .iter()
        .filter_map(|staff| {
            let absence = staff.absence.as_ref().filter(|absence| absence.until >= today)?;
            let days = format!("{} – {}", i18n::date(lang, absence.from), i18n::date(lang, absence.until));
            let now = absence.covers(today);
            let may = crew.arranged.iter().any(|arranged| arranged.id == staff.id);
            Some(vec![
                Cell::new(staff.name.as_str()),
                Cell::new(html! { (days) " " @if now { (Tag::new(TagColour::Purple, lang.say("离岗中", "Away now"))) } }),
                Cell::new(name_of(&absence.substitute)),
                Cell::new(html! { @if may { (end_form(visitor, staff)) } }),
            ])
        })
        .collect();
    html! {
        h2.govuk-heading-m { (lang.say("已登记", "Recorded")) }
        @if rows.is_empty() { p.govuk-body { (lang.say("没有登记离岗。", "Nobody is away.")) } }
        @else { (Table::new("", head.map(Cell::new).to_vec(), rows).scrolling(lang.say("已登记的离岗", "Recorded absences"))) }
    }
}

fn end_form(visitor: &Visitor, staff: &Staff) -> Markup {
    html! {
        form method="post" action=(Place::Absence.href()) {
            (hidden(visitor, &format!("end-{}", staff.version)))
            input type="hidden" name="act" value="end";
            input type="hidden" name="staff" value=(staff.id);
            (Button::submit(visitor.lang.say("销假", "End it")).secondary())
        }
    }
}

fn form(visitor: &Visitor, crew: &Crew, typed: &Typed) -> Markup {
    let lang = visitor.lang;
    let options = |crew: &[Staff]| -> Vec<SelectItem> {
        let first = std::iter::once(SelectItem::new("", lang.say("请选择", "Choose")));
        first.chain(crew.iter().map(|staff| SelectItem::new(staff.id.to_string(), staff.name.as_str()))).collect()
    };
    let own = visitor.actor.party.as_deref().unwrap_or_default();
    let who = if typed.get("staff").is_empty() { own } else { typed.get("staff") };
    let date = |name: &'static str, label: &str| Input {
        kind: "date".to_owned(),
        ..Input::new(name, label).value(typed.get(name)).error(typed.error(lang, name)).width(10)
    };
    html! {
        form method="post" action=(Place::Absence.href()) novalidate {
            (hidden(visitor, "set"))
            (Select::new("staff", lang.say("离岗人员", "Who is away"), options(&crew.arranged)).value(who).error(typed.error(lang, "staff")))
            div.zs-pair { (date("from", lang.say("第一天", "First day"))) (date("until", lang.say("最后一天", "Last day"))) }
            (Select::new("substitute", lang.say("代岗人", "Substitute"), options(&crew.colleagues))
                .value(typed.get("substitute"))
                .error(typed.error(lang, "substitute")))
            (Button::submit(lang.say("登记", "Record")))
        }
    }
}
