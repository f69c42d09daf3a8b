//! Plays stories in the order of time, with timers in between.

use std::collections::BTreeMap;
use std::sync::Arc;

use cases::commands::{
    AnswerCorrection, AttachMaterial, ClaimTask, CompleteTask, DeliverMessage, ExtendCase, RateCase, ReopenCase, RequestCorrection, ResumeCase,
    SaveDraft, StartDraft, SubmitCase, SuspendCase, WithdrawCase,
};
use cases::model::CorrectionItem;
use cases::queries::{CaseView, case_view};
use cases::{RatingLevel, Task, TaskState};
use clock::{Clock, Date, FixedClock, Timestamp};
use runner::{Actor, Command, Fault, Halt, Request, Runner};
use seal::FieldKeys;
use serde_json::{Map, Value, json};
use trust::{AccountId, HEAD_POST};

use super::{Act, Application, Extra, Opening, Story, rectify};
use crate::basics::{Basics, TownStaff};
use crate::dice::{chance, dice, index};
use crate::pace::Pace;
use crate::sample::Sample;
use crate::timers::Timers;

/// What playing needs.
pub(crate) struct Stage<'a> {
    pub runner: &'a Arc<Runner>,
    pub clock: &'a FixedClock,
    pub timers: &'a Timers,
    pub keys: &'a FieldKeys,
    pub pace: Pace,
    pub basics: &'a Basics,
    /// Accounts of the staff, in their order.
    pub accounts: &'a [AccountId],
    /// What is attached as every material.
    pub sample: &'a Sample,
    /// The present: nothing happens after it.
    pub now: Timestamp,
    pub seed: u64,
}

struct Running {
    story: Story,
    case: Option<String>,
}

type Queue = BTreeMap<(Timestamp, usize), Running>;

impl Stage<'_> {
    /// Plays all stories up to the present. Returns those that ended early, because a step was refused.
    pub fn play(&self, stories: Vec<Story>) -> Result<Vec<String>, Halt> {
        let mut broken = Vec::new();
        let mut queue: Queue =
            stories.into_iter().enumerate().map(|(place, story)| ((begins(&story), place), Running { story, case: None })).collect();
        let mut place = queue.len();
        let mut day: Option<Date> = None;
        while let Some(((at, _), mut running)) = queue.pop_first() {
            if at > self.now {
                continue;
            }
            if day != Some(clock::local_date(at)) {
                day = Some(clock::local_date(at));
                self.timers_until(at)?;
            }
            self.move_clock(at);
            match self.next(&mut running) {
                Ok(opened) => {
                    place += 1;
                    self.enqueue(&mut queue, place, at, running);
                    if let Some(case) = opened {
                        place += 1;
                        let story = rectify::story(case.clone(), at, dice(self.seed, &format!("rectify {place}")));
                        self.enqueue(&mut queue, place, at, Running { story, case: Some(case) });
                    }
                }
                Err(Halt::Refused(refusal)) => {
                    let fields: Vec<&str> = refusal.fields.iter().map(|field| field.field.as_str()).collect();
                    broken.push(format!("{}: {} {fields:?} ({})", running.story.name, refusal.code, refusal.sentence.en));
                }
                Err(fault) => return Err(fault),
            }
        }
        self.timers_until(self.now)?;
        self.move_clock(self.now);
        Ok(broken)
    }

    fn enqueue(&self, queue: &mut Queue, place: usize, from: Timestamp, mut running: Running) {
        if let Some(step) = running.story.steps.front() {
            let at = self.pace.after(from, step.pause, &mut running.story.dice);
            queue.insert((at, place), running);
        }
    }

    /// The clock never goes back.
    fn move_clock(&self, at: Timestamp) {
        if at > self.clock.now() {
            self.clock.set(at);
        }
    }

    /// Fires timers, each at its own time.
    fn timers_until(&self, at: Timestamp) -> Result<(), Halt> {
        let until = at.as_millisecond();
        while let Some(due) = self.timers.next_due()? {
            if due > until {
                break;
            }
            self.move_clock(clock::from_millis(due).map_err(Halt::fault)?);
            self.timers.run_due(self.clock.now().as_millisecond())?;
        }
        Ok(())
    }

    /// Does the next thing of a story; answers a case that was opened thereby.
    fn next(&self, running: &mut Running) -> Result<Option<String>, Halt> {
        let Some(case) = running.case.clone() else {
            running.case = self.open(&running.story)?;
            return Ok(None);
        };
        match running.story.steps.pop_front() {
            Some(step) => self.act(&mut running.story, &case, step.act),
            None => Ok(None),
        }
    }

    fn open(&self, story: &Story) -> Result<Option<String>, Halt> {
        let who = &story.applicant;
        match &story.opening {
            Opening::Submit(application) if application.materials.is_empty() => {
                let submit = SubmitCase {
                    slug: application.slug.to_owned(),
                    situation: application.situation.clone(),
                    answers: application.answers.clone(),
                    channel: application.channel.to_owned(),
                    promised: true,
                    ..SubmitCase::default()
                };
                Ok(Some(self.run(who, submit)?.case))
            }
            Opening::Submit(application) => {
                let draft = self.draft(who, application)?;
                let submit = SubmitCase { draft: Some(draft), channel: application.channel.to_owned(), promised: true, ..SubmitCase::default() };
                Ok(Some(self.run(who, submit)?.case))
            }
            Opening::Draft(application) => {
                let draft = self.draft(who, application)?;
                let (situation, answers) = (Map::new(), Map::new());
                self.run(who, SaveDraft { draft, situation, answers, page: "premises".to_owned(), seen: None })?;
                Ok(None)
            }
            Opening::Opened { case, .. } => Ok(Some(case.clone())),
        }
    }

    fn draft(&self, who: &Actor, application: &Application) -> Result<String, Halt> {
        let (situation, answers) = (application.situation.clone(), application.answers.clone());
        let draft = self.run(who, StartDraft { slug: application.slug.to_owned(), situation, answers, prefill: true })?;
        for material in &application.materials {
            let file = AttachMaterial {
                owner: draft.clone(),
                material: (*material).to_owned(),
                file_name: format!("{material}.pdf"),
                blob: self.sample.name.clone(),
                size_bytes: self.sample.size_bytes,
                extension: "pdf".to_owned(),
            };
            self.run(who, file)?;
        }
        Ok(draft)
    }

    fn act(&self, story: &mut Story, case: &str, act: Act) -> Result<Option<String>, Halt> {
        let who = story.applicant.clone();
        let case = case.to_owned();
        match act {
            Act::Complete { node, outcome, opinion, extra } => self.complete(story, &case, node, outcome, opinion, extra)?,
            Act::Claim(node) => {
                let (task, actor) = self.task(story, &case, node)?;
                self.run(&actor, ClaimTask { task: task.id })?;
            }
            Act::RequestCorrection { target, says } => {
                let (task, actor) = self.task(story, &case, "accept")?;
                let items = vec![CorrectionItem { target: target.to_owned(), says }];
                self.run(&actor, RequestCorrection { task: task.id, items, seen: None })?;
            }
            Act::AnswerCorrection(answers) => self.run(&who, AnswerCorrection { case, answers, seen: None })?,
            Act::Report(message) => self.run(&who, DeliverMessage { case, message: message.to_owned(), fields: Map::new() })?,
            Act::Withdraw => self.run(&who, WithdrawCase { case, seen: None })?,
            Act::Suspend { reason, days } => {
                let actor = self.handler(story, &case)?;
                self.run(&actor, SuspendCase { case, reason: reason.to_owned(), days_estimated: days, seen: None })?;
            }
            Act::Resume => {
                let actor = self.handler(story, &case)?;
                self.run(&actor, ResumeCase { case, seen: None })?;
            }
            Act::Extend { workdays, reason } => {
                let head = self.member(story, &self.view(&case)?.file.organ, HEAD_POST)?;
                self.run(&head, ExtendCase { case, workdays, reason: reason.to_owned(), seen: None })?;
            }
            Act::Rate { level, comment } => return self.run(&who, RateCase { case, level, tags: tags(level, story), comment }),
            Act::Reopen(reason) => self.run(&who, ReopenCase { case, reason })?,
            Act::Wait => {}
        }
        Ok(None)
    }

    fn complete(&self, story: &mut Story, case: &str, node: &str, outcome: &str, opinion: String, extra: Extra) -> Result<(), Halt> {
        let (task, actor) = self.task(story, case, node)?;
        if task.assignee.is_none() && chance(&mut story.dice, 50) {
            self.run(&actor, ClaimTask { task: task.id.clone() })?;
        }
        let mut fields = Map::new();
        match extra {
            Extra::Nothing => {}
            Extra::Basis(basis) => drop(fields.insert("basis".into(), json!(basis))),
            Extra::Visit(findings) => {
                fields.insert("officers".into(), self.officers(&task.organ));
                fields.insert("findings".into(), json!(findings));
            }
            Extra::Organ(key) => {
                let organ = self.basics.organ_by_key(&key).ok_or_else(|| Fault::because(format!("no organ is called {key}")))?;
                fields.insert("organ".into(), json!(organ.id));
            }
        }
        self.run(&actor, CompleteTask { task: task.id, outcome: outcome.to_owned(), opinion, fields, seen: None })?;
        Ok(())
    }

    /// Two officers with their licences.
    fn officers(&self, organ: &str) -> Value {
        let named = |member: &TownStaff| format!("{}（执法证号{}）", member.spec.name, member.spec.licence.unwrap_or_default());
        self.basics.holders(organ, "inspector").map(named).collect::<Vec<_>>().into()
    }

    /// The open task of a node, and somebody who may do it.
    fn task(&self, story: &mut Story, case: &str, node: &str) -> Result<(Task, Actor), Halt> {
        let open = self.view(case)?.tasks.into_iter().find(|task| task.state == TaskState::Open && task.node == node);
        let task = open.ok_or_else(|| Fault::because(format!("{}: case {case} has no open task {node}", story.name)))?;
        let actor = match &task.assignee {
            Some(account) => self.by_account(account)?,
            None => self.member(story, &task.organ, &task.post)?,
        };
        Ok((task, actor))
    }

    /// Whoever has an open task of the case.
    fn handler(&self, story: &mut Story, case: &str) -> Result<Actor, Halt> {
        let open = self.view(case)?.tasks.into_iter().find(|task| task.state == TaskState::Open);
        let task = open.ok_or_else(|| Fault::because(format!("{}: case {case} has no open task", story.name)))?;
        self.member(story, &task.organ, &task.post)
    }

    fn view(&self, case: &str) -> Result<CaseView, Halt> {
        let found = self.runner.store().read(|tx| case_view(tx, self.keys, case, &tracker::in_process("the history of the example town")))?;
        found.ok_or_else(|| Fault::because(format!("case {case} is gone")).into())
    }

    fn member(&self, story: &mut Story, organ: &str, lane: &str) -> Result<Actor, Halt> {
        let staff: Vec<&TownStaff> = self.basics.holders(organ, lane).collect();
        let chosen = staff.get(index(&mut story.dice, staff.len())).copied();
        let chosen = chosen.ok_or_else(|| Fault::because(format!("{}: nobody works as {lane} in {organ}", story.name)))?;
        self.actor(chosen)
    }

    fn by_account(&self, account: &str) -> Result<Actor, Halt> {
        let place = self.accounts.iter().position(|known| known.as_str() == account);
        let member = place.and_then(|place| self.basics.staff.get(place));
        self.actor(member.ok_or_else(|| Fault::because(format!("{account} is no account of the staff")))?)
    }

    fn actor(&self, member: &TownStaff) -> Result<Actor, Halt> {
        let place = self.basics.staff.iter().position(|known| known.id == member.id);
        let account = place.and_then(|place| self.accounts.get(place));
        let account = account.ok_or_else(|| Fault::because(format!("{} has no account", member.spec.login)))?;
        Ok(member.actor(account.as_str()))
    }

    fn run<C: Command>(&self, actor: &Actor, command: C) -> Result<C::Outcome, Halt> {
        Ok(self.runner.execute(Request::by(actor.clone()), command)?.outcome)
    }
}

fn begins(story: &Story) -> Timestamp {
    match &story.opening {
        Opening::Submit(application) | Opening::Draft(application) => application.at,
        Opening::Opened { at, .. } => *at,
    }
}

fn tags(level: RatingLevel, story: &mut Story) -> Vec<u16> {
    let codes: Vec<u16> = level.tags().map(|tag| tag.code).collect();
    codes.get(index(&mut story.dice, codes.len())).copied().into_iter().collect()
}
