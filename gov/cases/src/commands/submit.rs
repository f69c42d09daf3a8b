//! Submitting an application.

use std::sync::Arc;

use procedure::Package;
use procedure::codes::MaterialNeed;
use runner::{Command, Cx, Halt, Refusal, Resource};
use seal::FieldKeys;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::drafts::own_draft;
use crate::engine::{NewCase, applicant_of, open_case};
use crate::model::{Applicant, MaterialFile, refusals};
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
        let party = cx.actor().acting_party().map(str::to_owned).ok_or_else(Refusal::not_permitted)?;
        cx.authorise(&Resource { party: Some(party.clone()), scope: Some(application.slug.clone()), ..Resource::of("case") })?;
        if cx.actor().assurance < package.item.case.assurance_min {
            return Err(refusals::assurance_too_low().into());
        }
        let keys = cx.service::<FieldKeys>()?;
        let applicant = applicant_of(cx.tx(), &keys, &party)?.ok_or_else(Refusal::not_found)?;
        let answers = check(cx, &package, &application, &applicant)?;
        let new = NewCase {
            slug: application.slug,
            applicant,
            agent: cx.actor().on_behalf.is_some().then(|| cx.actor().account.clone()),
            channel: if self.channel.is_empty() { "web".into() } else { self.channel.clone() },
            situation: application.situation,
            answers,
            materials: application.materials,
            draft: self.draft.clone(),
            parent: None,
            organ: None,
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

/// Checks situation, answers and materials; returns the answers that count (hidden fields dropped).
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
    if !checked.problems.is_empty() {
        let fields = checked.problems.into_iter();
        let refusal = fields.fold(refusals::answers_invalid(), |refusal, problem| refusal.with_field(problem.field, problem.zh, problem.en));
        return Err(refusal.into());
    }
    let needed = crate::queries::needed_materials(package, &application.situation, &checked.answers, applicant, cx.today());
    let missing = needed
        .iter()
        .filter(|material| material.need == MaterialNeed::Required && material.waived_by.is_none())
        .filter(|material| !application.materials.iter().any(|file| file.material == material.id));
    let refusal = missing.fold(None, |refusal: Option<Refusal>, material| {
        let (zh, en) = (format!("请上传“{}”。", material.name.zh), format!("Upload \"{}\".", material.name.en));
        Some(refusal.unwrap_or_else(refusals::material_missing).with_field(&material.id, zh, en))
    });
    match refusal {
        Some(refusal) => Err(refusal.into()),
        None => Ok(checked.answers),
    }
}
