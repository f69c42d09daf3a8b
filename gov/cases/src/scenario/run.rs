//! Running a scenario on a stage: a runner over a small town, whose clock the scenario moves.

use std::sync::Arc;

use clock::FixedClock;
use jobs::Worker;
use procedure::Package;
use runner::{Actor, Command, Halt, Request, Runner};
use seal::FieldKeys;
use serde_json::{Map, Value};

use super::expect::{Before, Now, differences};
use super::script::{Script, Step};
use crate::commands::{
    AnswerCorrection, AttachMaterial, CompleteTask, DeliverMessage, ExtendCase, RateCase, ReopenCase, RequestCorrection, ResumeCase, StartDraft,
    SubmitCase, SuspendCase, WithdrawCase,
};
use crate::engine::open_by_system;
use crate::model::{CorrectionItem, RatingLevel, Task, TaskState};
use crate::queries::{CaseView, case_view};

const SAMPLE_BLOB: &str = "sm3:0000000000000000000000000000000000000000000000000000000000000000";

/// The actor for a person, by name and identity number (the sample person for `None`).
pub type FindApplicant = dyn Fn(Option<&super::Applicant>) -> Option<Actor>;
/// An actor who holds a post: `(post, organ of the task if there is one)`.
pub type FindPost = dyn Fn(&str, Option<&str>) -> Option<Actor>;
/// The organ of a duty.
pub type FindOrgan = dyn Fn(&str) -> Option<String>;

/// Where scenarios are played: a runner whose clock can be moved, and somebody who knows the people of the town.
pub struct Stage {
    /// The runner; the package is published.
    pub runner: Arc<Runner>,
    /// Its clock.
    pub clock: Arc<FixedClock>,
    /// The actor for a person, by name and identity number (the sample person for `None`).
    pub applicant: Box<FindApplicant>,
    /// An actor who holds a post: `(post, organ of the task if there is one)`.
    pub post: Box<FindPost>,
    /// The organ of a duty.
    pub organ: Box<FindOrgan>,
}

/// A step that did not go as expected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("step {step} ({verb}): {}", what.join("; "))]
pub struct Failure {
    /// From 1.
    pub step: usize,
    /// The verb.
    pub verb: String,
    /// Every difference.
    pub what: Vec<String>,
}

/// Plays a scenario to its end, or to the first step that does not go as expected.
///
/// # Errors
/// The step and what was different.
pub fn run_scenario(stage: &Stage, package: &Package, script: &Script) -> Result<(), Failure> {
    let failed = |step: usize, verb: &str, what: String| Failure { step, verb: verb.to_owned(), what: vec![what] };
    stage.move_to(&script.start).map_err(|what| failed(0, "start", what))?;
    let applicant = stage.applicant_of(script).ok_or_else(|| failed(0, "start", "the applicant is unknown".into()))?;
    let mut play = Play { stage, package, script, applicant, case: None, before: Before::default() };
    for (position, step) in script.step.iter().enumerate() {
        let what = play.step(step).map_err(|what| failed(position + 1, &step.verb, what))?;
        if !what.is_empty() {
            return Err(Failure { step: position + 1, verb: step.verb.clone(), what });
        }
    }
    Ok(())
}

/// Who acts for an organ that applies.
const POST_OF_AN_ORGAN: &str = "handler";

impl Stage {
    /// A person, or somebody of an organ who acts for it; the organ is named by its duty.
    fn applicant_of(&self, script: &Script) -> Option<Actor> {
        let Some(named) = script.applicant.as_ref().filter(|named| named.kind == "organ") else {
            return (self.applicant)(script.applicant.as_ref());
        };
        let organ = (self.organ)(&named.name)?;
        let clerk = (self.post)(POST_OF_AN_ORGAN, Some(&organ))?;
        Some(Actor { on_behalf: Some(organ), ..clerk })
    }

    fn move_to(&self, moment: &str) -> Result<(), String> {
        let civil: jiff::civil::DateTime = moment.parse().map_err(|e| format!("{moment}: {e}"))?;
        let moment = civil.to_zoned(clock::zone().clone()).map_err(|e| e.to_string())?.timestamp();
        self.clock.set(moment);
        let worker = crate::handlers(&self.runner)
            .into_iter()
            .fold(Worker::new(Arc::clone(self.runner.store()), "scenario".into()), |worker, (kind, handler)| worker.with(kind, handler));
        let worker = worker.with(documents::RENDER_DOCUMENT, Arc::new(|_| Ok(())));
        while worker.run_due(moment.as_millisecond()).map_err(|e| e.to_string())? > 0 {}
        Ok(())
    }
}

struct Play<'p> {
    stage: &'p Stage,
    package: &'p Package,
    script: &'p Script,
    applicant: Actor,
    case: Option<String>,
    before: Before,
}

impl Play<'_> {
    /// Does a step; returns the differences.
    fn step(&mut self, step: &Step) -> Result<Vec<String>, String> {
        if let Some(at) = &step.at {
            self.stage.move_to(at)?;
        }
        let refused = match self.act(step) {
            Ok(()) => String::new(),
            Err(Halt::Refused(refusal)) => refusal.code.to_string(),
            Err(Halt::Fault(fault)) => return Err(format!("{fault:?}")),
        };
        if refused != step.expect.refusal {
            return Ok(vec![format!("refusal: expected “{}”, but it is “{refused}”", step.expect.refusal)]);
        }
        let Some(view) = self.view()? else { return Ok(Vec::new()) };
        let store = Arc::clone(self.stage.runner.store());
        let mut view = Some(view);
        let now = store.read(|tx| match view.take() {
            Some(view) => Now::read(tx, view),
            None => Err(Halt::Fault(runner::Fault::because("the view was read twice"))),
        });
        let now = now.map_err(|halt| format!("{halt:?}"))?;
        let certificates = &self.package.item.certificates;
        let name_of = |name: &str| certificates.iter().find(|spec| spec.name.zh == name).map(|spec| spec.id.clone());
        let found = differences(&step.expect, &now, &self.before, name_of);
        self.before = now.remember();
        Ok(found)
    }

    fn act(&mut self, step: &Step) -> Result<(), Halt> {
        let with = &step.with;
        let case = self.case.clone().unwrap_or_default();
        match step.verb.as_str() {
            "submit" if step.by == "system" => self.open(),
            "submit" => self.submit(),
            "accept" => self.complete(step, "accepted"),
            "refuse" => self.complete(step, "refused"),
            "complete" => self.complete(step, &text(with, "outcome")),
            "request-correction" => {
                let (task, actor) = self.task(step)?;
                let items = with.get("items").and_then(Value::as_array).cloned().unwrap_or_default();
                let item = |value: &Value| CorrectionItem { target: text_of(value, "target"), says: text_of(value, "says") };
                self.run(actor, RequestCorrection { task: task.id, items: items.iter().map(item).collect(), seen: None })
            }
            "answer-correction" => {
                for (material, kind) in with.get("materials").and_then(Value::as_object).cloned().unwrap_or_default() {
                    self.attach(&case, &material, &kind)?;
                }
                let answers = with.get("answers").and_then(Value::as_object).cloned().unwrap_or_default();
                self.run(self.applicant.clone(), AnswerCorrection { case, answers, seen: None })
            }
            "withdraw" => self.run(self.applicant.clone(), WithdrawCase { case, seen: None }),
            "message" => {
                let message = DeliverMessage { case, message: text(with, "message"), fields: Map::new() };
                self.run(self.applicant.clone(), message)
            }
            "suspend" => {
                let days_estimated = number(with, "days").max(number(with, "workdays"));
                let suspend = SuspendCase { case, reason: text(with, "reason"), days_estimated, seen: None };
                self.run(self.someone(step)?, suspend)
            }
            "resume" => self.run(self.someone(step)?, ResumeCase { case, seen: None }),
            "extend" => {
                let workdays = number(with, "workdays").max(number(with, "days"));
                let reason = first_text(with, &["reasons", "reason"]);
                self.run(self.head(step)?, ExtendCase { case, workdays, reason, seen: None })
            }
            "rate" => self.rate(case, with),
            "reopen" => {
                let reason = first_text(with, &["reasons", "reason"]);
                self.run(self.applicant.clone(), ReopenCase { case, reason })
            }
            "wait" => Ok(()),
            other => Err(runner::Fault::because(format!("unknown verb {other}")).into()),
        }
    }

    fn rate(&self, case: String, with: &Map<String, Value>) -> Result<(), Halt> {
        let level = RatingLevel::parse(&text(with, "level")).ok_or_else(|| runner::Fault::because("unknown level"))?;
        let code = |tag: &Value| tag.as_u64().and_then(|tag| u16::try_from(tag).ok()).or_else(|| tag.as_str()?.parse().ok());
        let tags = with.get("tags").and_then(Value::as_array).map(|tags| tags.iter().filter_map(code).collect()).unwrap_or_default();
        self.run(self.applicant.clone(), RateCase { case, level, tags, comment: text(with, "comment") })
    }

    fn submit(&mut self) -> Result<(), Halt> {
        let (slug, situation, answers) = (self.package.slug.clone(), self.script.situation.clone(), self.script.answers.clone());
        let draft = self.outcome(self.applicant.clone(), StartDraft { slug, situation, answers, prefill: false })?;
        for (material, kind) in self.script.materials.clone() {
            self.attach(&draft, &material, &kind)?;
        }
        let submit = SubmitCase { draft: Some(draft), channel: "web".into(), promised: true, ..SubmitCase::default() };
        self.case = Some(self.outcome(self.applicant.clone(), submit)?.case);
        Ok(())
    }

    /// A case that the installation opens by itself; its answers are checked like anybody's.
    fn open(&mut self) -> Result<(), Halt> {
        let mut answers = self.script.answers.clone();
        let organ = answers.get("organ").and_then(Value::as_str).map(|duty| (self.stage.organ)(duty).unwrap_or_else(|| duty.to_owned()));
        if let Some(organ) = &organ {
            answers.insert("organ".into(), Value::String(organ.clone()));
        }
        let open = OpenBySystem { slug: self.package.slug.clone(), answers, organ };
        self.case = Some(self.outcome(Actor::system(), open)?);
        Ok(())
    }

    fn attach(&self, owner: &str, material: &str, kind: &Value) -> Result<(), Halt> {
        let extension = kind.as_str().unwrap_or("pdf").to_owned();
        let attach = AttachMaterial {
            owner: owner.to_owned(),
            material: material.to_owned(),
            file_name: format!("{material}.{extension}"),
            blob: SAMPLE_BLOB.into(),
            size_bytes: 1024,
            extension,
        };
        self.run(self.applicant.clone(), attach)
    }

    fn complete(&self, step: &Step, outcome: &str) -> Result<(), Halt> {
        let (task, actor) = self.task(step)?;
        let with = &step.with;
        let mut fields = with.clone();
        fields.retain(|name, _| !matches!(name.as_str(), "task" | "outcome" | "opinion"));
        if let Some(organ) = with.get("organ").and_then(Value::as_str) {
            fields.insert("organ".into(), Value::String((self.stage.organ)(organ).unwrap_or_else(|| organ.to_owned())));
        }
        let opinion = first_text(with, &["reply", "reasons", "opinion"]);
        self.run(actor, CompleteTask { task: task.id, outcome: outcome.to_owned(), opinion, fields, seen: None })
    }

    /// The open task that a step names (else the last closed one of that name), and an actor for it.
    fn task(&self, step: &Step) -> Result<(Task, Actor), Halt> {
        let view = self.view().map_err(runner::Fault::because)?.ok_or_else(|| runner::Fault::because("there is no case"))?;
        let named = text(&step.with, "task");
        let wanted = |task: &&Task| named.is_empty() || task.node == named;
        let open = view.tasks.iter().filter(wanted).find(|task| task.state == TaskState::Open);
        let task = open.or_else(|| view.tasks.iter().rev().find(wanted)).cloned();
        let task = task.ok_or_else(|| runner::Fault::because(format!("there is no task {named}")))?;
        let actor = self.actor(&step.by, Some(&task.organ))?;
        Ok((task, actor))
    }

    fn actor(&self, by: &str, organ: Option<&str>) -> Result<Actor, Halt> {
        let found = match by {
            "applicant" => Some(self.applicant.clone()),
            "system" => Some(Actor::system()),
            post => (self.stage.post)(post, organ),
        };
        found.ok_or_else(|| runner::Fault::because(format!("nobody holds the post {by}")).into())
    }

    /// Whoever holds the post in the organ of an open task.
    fn someone(&self, step: &Step) -> Result<Actor, Halt> {
        let view = self.view().map_err(runner::Fault::because)?;
        let task = view.as_ref().and_then(|view| view.tasks.iter().find(|task| task.state == TaskState::Open && task.post == step.by));
        self.actor(&step.by, task.map(|task| task.organ.as_str()))
    }

    /// Extensions are the head's: a step by another post means its head.
    fn head(&self, step: &Step) -> Result<Actor, Halt> {
        let view = self.view().map_err(runner::Fault::because)?;
        let organ = view.map(|view| view.file.organ);
        if step.expect.refusal == "not-permitted" {
            return self.actor(&step.by, organ.as_deref());
        }
        self.actor("head", organ.as_deref())
    }

    fn view(&self) -> Result<Option<CaseView>, String> {
        let Some(case) = &self.case else { return Ok(None) };
        let keys = self.stage.runner.service::<FieldKeys>().ok_or("the runner was built without keys")?;
        self.stage
            .runner
            .store()
            .read(|tx| case_view(tx, &keys, case, &tracker::in_process("a scenario of a package")))
            .map_err(|halt| format!("{halt:?}"))
    }

    fn run<C: Command>(&self, actor: Actor, command: C) -> Result<(), Halt> {
        self.outcome(actor, command).map(drop)
    }

    fn outcome<C: Command>(&self, actor: Actor, command: C) -> Result<C::Outcome, Halt> {
        Ok(self.stage.runner.execute(Request::by(actor), command)?.outcome)
    }
}

/// Opens a case as a rating or a flow would; only scenarios use it.
#[derive(serde::Serialize)]
struct OpenBySystem {
    slug: String,
    answers: Map<String, Value>,
    organ: Option<String>,
}

impl Command for OpenBySystem {
    type Outcome = String;
    const ACTION: &'static str = "case.submit";

    fn run(&self, cx: &mut runner::Cx<'_>) -> Result<String, Halt> {
        cx.authorise(&runner::Resource::of("case"))?;
        let package = cx.service::<procedure::Library>()?.current(&self.slug, cx.today());
        let package = package.ok_or_else(crate::model::refusals::item_unavailable)?;
        let nobody = crate::model::Applicant::default();
        let checked = crate::queries::check_answers(&package, &Map::new(), &self.answers, &nobody, cx.today());
        if !checked.problems.is_empty() {
            return Err(crate::model::refusals::answers_invalid().into());
        }
        Ok(open_by_system(cx, &self.slug, self.organ.clone(), checked.answers, None)?.id)
    }
}

fn text(with: &Map<String, Value>, name: &str) -> String {
    with.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn text_of(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn first_text(with: &Map<String, Value>, names: &[&str]) -> String {
    names.iter().map(|name| text(with, name)).find(|found| !found.is_empty()).unwrap_or_default()
}

fn number(with: &Map<String, Value>, name: &str) -> u32 {
    with.get(name).and_then(Value::as_u64).and_then(|found| u32::try_from(found).ok()).unwrap_or(0)
}
