//! Submitting an application.

use std::sync::Arc;

use procedure::Package;
use procedure::codes::{Audience, MaterialNeed};
use procedure::item::Material;
use runner::{Actor, ActorKind, Command, Cx, Halt, Refusal};
use seal::FieldKeys;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::drafts::{applicant_party, own_draft};
use crate::engine::{NewCase, applicant_of, open_case};
use crate::extension::Extensions;
use crate::model::{Applicant, Burden, Fact, MaterialFile, refusals};
use crate::queries::Held;
use crate::store::materials;

/// Submits a draft, or an application given at once.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct SubmitCase {
    /// The draft; what follows is then taken from it.
    #[serde(default)]
    pub draft: Option<String>,
    /// The item.
    #[serde(default)]
    pub slug: String,
    /// Answers to the guide questions.
    #[serde(default)]
    pub situation: Map<String, Value>,
    /// Answers to the form.
    #[serde(default)]
    pub answers: Map<String, Value>,
    /// `web`, `mobile`, `window`, `hotline`.
    #[serde(default)]
    pub channel: String,
    /// Whether the declaration before submitting was made, where the item asks for one.
    #[serde(default)]
    pub promised: bool,
}

/// What the applicant takes home.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submitted {
    /// The case.
    pub case: String,
    /// 办件编号.
    pub number: String,
    /// For the anonymous progress query.
    pub query_code: String,
    /// The promised day, when the clock runs already.
    pub due_on: Option<clock::Date>,
    /// Whether it was closed at once.
    pub closed: bool,
}

impl Command for SubmitCase {
    type Outcome = Submitted;
    const ACTION: &'static str = "case.submit";

    fn run(&self, cx: &mut Cx<'_>) -> Result<Submitted, Halt> {
        let application = self.gather(cx)?;
        let library = cx.service::<procedure::Library>()?;
        let package = library.current(&application.slug, cx.today()).ok_or_else(refusals::item_unavailable)?;
        if !package.item.on_application() {
            return Err(refusals::item_unavailable().into());
        }
        let party = applicant_party(cx).ok_or_else(Refusal::not_permitted)?;
        let resource = super::drafts::application(cx, Some(party.clone()), &application.slug)?;
        cx.authorise(&resource)?;
        let keys = cx.service::<FieldKeys>()?;
        // Who files at the counter has the person there; the case file and its readings begin with this submission.
        let trace = tracker::own(cx.actor(), &party).unwrap_or_else(|| tracker::in_process("an application filed at the counter"));
        let applicant = applicant_of(cx.tx(), &keys, &party, &trace)?.ok_or_else(Refusal::not_found)?;
        self.check_conditions(cx.actor(), &package, &applicant)?;
        let answers = check(cx, &package, &application, &applicant)?;
        let taken = take(cx, &package, &application, &applicant, &answers)?;
        let organ = examine(cx, &application.slug, &applicant, &answers)?;
        let is_organ = applicant.is_organ();
        let new = NewCase {
            slug: application.slug,
            applicant,
            agent: cx.actor().on_behalf.is_some().then(|| cx.actor().account.clone()),
            channel: if is_organ { "web" } else { channel(cx.actor(), &self.channel) }.into(),
            situation: application.situation,
            answers,
            materials: application.materials,
            draft: self.draft.clone(),
            organ,
            facts: taken.0,
            burden: Some(taken.1),
            ..NewCase::default()
        };
        let file = open_case(cx, new)?;
        Ok(Submitted {
            case: file.id.clone(),
            number: file.number.clone(),
            query_code: file.query_code.clone(),
            due_on: file.due_on,
            closed: !file.status.is_open(),
        })
    }
}

struct Application {
    slug: String,
    situation: Map<String, Value>,
    answers: Map<String, Value>,
    materials: Vec<MaterialFile>,
}

impl SubmitCase {
    /// Who may apply, and how: assurance, kind of applicant, agents, the declaration.
    fn check_conditions(&self, actor: &Actor, package: &Package, applicant: &Applicant) -> Result<(), Halt> {
        let (item, rules) = (&package.item, &package.item.case);
        if actor.assurance < rules.assurance_min {
            return Err(refusals::assurance_too_low().into());
        }
        let is_for = |audience: &Audience| match audience {
            Audience::Person => applicant.is_person(),
            Audience::Organ => applicant.is_organ(),
            Audience::Enterprise | Audience::Institution | Audience::SocialOrganisation | Audience::OtherOrganisation => {
                !applicant.is_person() && !applicant.is_organ()
            }
        };
        if !item.audience.iter().any(is_for) {
            return Err(refusals::audience_unfit().into());
        }
        if actor.kind == ActorKind::Person && actor.on_behalf.is_some() && !rules.agent {
            return Err(refusals::agent_not_allowed().into());
        }
        if rules.promise.is_some() && !self.promised {
            return Err(refusals::promise_missing().into());
        }
        Ok(())
    }

    fn gather(&self, cx: &mut Cx<'_>) -> Result<Application, Halt> {
        let Some(draft) = &self.draft else {
            let (situation, answers) = (self.situation.clone(), self.answers.clone());
            return Ok(Application { slug: self.slug.clone(), situation, answers, materials: Vec::new() });
        };
        let found = own_draft(cx, draft)?;
        let materials = materials::of_owner(cx.tx(), draft)?;
        Ok(Application { slug: found.slug, situation: found.situation, answers: found.answers, materials })
    }
}

/// What of the application is as registers have it, and what it asked of whoever made it. What the package holds fixed must not differ, and
/// the materials must be there that government does not have.
fn take(
    cx: &mut Cx<'_>,
    package: &Package,
    application: &Application,
    applicant: &Applicant,
    answers: &Map<String, Value>,
) -> Result<(Vec<Fact>, Burden), Halt> {
    let (keys, actor, today, now_ms) = (cx.service::<FieldKeys>()?, cx.actor(), cx.today(), cx.now_ms());
    let held = crate::queries::held_about(cx.tx(), &keys, actor, package, applicant, today)?;
    refuse_wrong(held.problems(&package.form, answers))?;
    let needed = crate::queries::needed_materials(package, &application.situation, answers, applicant, today);
    check_materials(&held, &needed, &application.materials)?;
    let facts = held.facts(package, answers, &needed, now_ms, today);
    Ok((facts, held.burden(package, answers, &needed, &application.materials)))
}

/// All problems of an application in one refusal.
pub(super) fn refuse_wrong(problems: Vec<forms::FieldProblem>) -> Result<(), Halt> {
    if problems.is_empty() {
        return Ok(());
    }
    let problems = problems.into_iter();
    Err(problems.fold(refusals::answers_invalid(), |refusal, problem| refusal.with_field(problem.field, problem.zh, problem.en)).into())
}

/// What other crates have to say before this becomes a case.
fn examine(cx: &mut Cx<'_>, slug: &str, applicant: &Applicant, answers: &Map<String, Value>) -> Result<Option<String>, Halt> {
    match cx.service::<Extensions>() {
        Ok(extensions) => extensions.examine(cx, &crate::extension::Application { slug, applicant, answers }),
        Err(_) => Ok(None),
    }
}

/// Checks situation and answers; returns the answers that count (hidden fields dropped).
fn check(cx: &Cx<'_>, package: &Arc<Package>, application: &Application, applicant: &Applicant) -> Result<Map<String, Value>, Halt> {
    for situation in &package.item.situations {
        let chosen = application.situation.get(&situation.id).and_then(Value::as_str);
        if let Some(stop) = situation.stop.as_ref().filter(|stop| chosen == Some(stop.value.as_str())) {
            return Err(refusals::situation_stops().with_field(&situation.id, stop.say.zh.clone(), stop.say.en.clone()).into());
        }
        if !situation.options.iter().any(|option| chosen == Some(option.value.as_str())) {
            let (zh, en) = (format!("请回答：{}", situation.question.zh), format!("Answer: {}", situation.question.en));
            return Err(refusals::answers_invalid().with_field(&situation.id, zh, en).into());
        }
    }
    let checked = crate::queries::check_answers(package, &application.situation, &application.answers, applicant, cx.today());
    refuse_wrong(checked.problems)?;
    Ok(checked.answers)
}

/// Every material that is required in this situation must be there, unless government has it.
pub(super) fn check_materials(held: &Held, needed: &[&Material], files: &[MaterialFile]) -> Result<(), Halt> {
    let missing = needed
        .iter()
        .filter(|material| material.need == MaterialNeed::Required && !held.is_waived(material))
        .filter(|material| !files.iter().any(|file| file.material == material.id));
    let refusal = missing.fold(None, |refusal: Option<Refusal>, material| {
        let (zh, en) = (format!("请上传“{}”。", material.name.zh), format!("Upload \"{}\".", material.name.en));
        Some(refusal.unwrap_or_else(refusals::material_missing).with_field(&material.id, zh, en))
    });
    match refusal {
        Some(refusal) => Err(refusal.into()),
        None => Ok(()),
    }
}

/// How the application came in: what an actor of this kind can use, whatever is claimed.
fn channel(actor: &Actor, claimed: &str) -> &'static str {
    match (actor.kind, claimed) {
        (ActorKind::Staff, "hotline") => "hotline",
        (ActorKind::Staff, _) => "window",
        (ActorKind::System, _) => "system",
        (ActorKind::Anonymous | ActorKind::Person | ActorKind::Admin, "mobile") => "mobile",
        (ActorKind::Anonymous | ActorKind::Person | ActorKind::Admin, _) => "web",
    }
}
