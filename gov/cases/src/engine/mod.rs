//! The engine: what follows from what people did.

pub(crate) mod clocks;
mod documents_link;
mod effects;
mod elsewhere;
mod open;
mod parties_link;
mod persist;
mod services;
pub(crate) mod timers;
pub(crate) mod variables;

use std::sync::Arc;

use clock::{Date, WorkCalendar};
use flow::{Effect, Input};
use i18n::Text;
use procedure::Package;
use runner::{Cx, Fault, Halt, Refusal, Resource};
use seal::FieldKeys;
use serde_json::{Map, Value};

use crate::events::Happened;
use crate::model::{CaseFile, CaseStatus, Fact, Outcome};
use crate::store::messages::Message;
use crate::{CaseId, MessageId, store};

pub(crate) use documents_link::cited;
pub(crate) use elsewhere::Waiting;
pub use elsewhere::{ASK_ELSEWHERE, WaitingStep};
pub use open::open_by_system;
pub(crate) use open::{NewCase, open_case};
pub use parties_link::applicant_of;
pub(crate) use parties_link::{organ_exists, organ_of_duty};
pub(crate) use persist::{load_draft, open_comment, open_draft, read_case, seal_comment, seal_draft, sm3_of};
pub(crate) use services::not_found;

/// The action of a step that compares what was stated with a register.
pub(crate) const VERIFY: &str = "verify";
const PLACE_OF_MARKS: &str = "case.marks";

/// What the engine needs to know about the installation.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The division whose organs this node serves.
    pub division: String,
    /// The body that reconsiders decisions, 行政复议法 第二十四条.
    pub reconsideration: i18n::Text,
    /// The court that hears suits against decisions.
    pub court: i18n::Text,
}

/// The settings as given to the runner.
pub type SettingsService = Settings;

/// One case in the hands of one command.
pub(crate) struct Work<'w, 'c> {
    pub cx: &'w mut Cx<'c>,
    pub package: Arc<Package>,
    pub file: CaseFile,
    pub calendar: Arc<WorkCalendar>,
    keys: Arc<FieldKeys>,
    is_new: bool,
    /// The due day as lists know it; tasks opened since do not carry it yet.
    due_in_lists: Option<Date>,
    opened_tasks: bool,
    /// Reasons of the last table that was evaluated, for a decision made by rules.
    rule_reasons: Vec<String>,
    /// What the service task that runs has taken from registers.
    facts: Vec<Fact>,
}

/// FEEL for the flow.
struct FlowExpressions<'a>(&'a rules::Feel);

impl flow::Expressions for FlowExpressions<'_> {
    fn evaluate(&self, feel: &str, variables: &Map<String, Value>) -> Result<Value, String> {
        self.0.evaluate(feel, variables)
    }
}

impl<'w, 'c> Work<'w, 'c> {
    /// Loads a case; nobody else changes it until this command ends.
    pub fn load(cx: &'w mut Cx<'c>, case: &str) -> Result<Self, Halt> {
        let keys = cx.service::<FieldKeys>()?;
        cx.hold(case)?;
        let file = read_case(cx.tx(), &keys, case)?.ok_or_else(Refusal::not_found)?;
        cx.loaded_version(&file.id, file.version);
        let package = pinned_package(cx, &file)?;
        Self::of(cx, package, file, keys, false)
    }

    fn of(cx: &'w mut Cx<'c>, package: Arc<Package>, file: CaseFile, keys: Arc<FieldKeys>, is_new: bool) -> Result<Self, Halt> {
        // As it is known now: an import meanwhile counts from the next command on.
        let calendar = Arc::new(WorkCalendar::clone(&*cx.service::<WorkCalendar>()?));
        let due_in_lists = file.due_on;
        Ok(Self { cx, package, file, calendar, keys, is_new, due_in_lists, opened_tasks: false, rule_reasons: Vec::new(), facts: Vec::new() })
    }

    /// Refuses when the case has changed since the actor saw it.
    pub fn expect(&mut self, seen: Option<i64>) -> Result<(), Halt> {
        let Self { cx, file, .. } = self;
        cx.expect_version(&file.id, seen)
    }

    /// What the authority is asked about.
    pub fn resource(&self) -> Resource {
        Resource {
            kind: "case".into(),
            id: self.file.id.clone(),
            organ: Some(self.file.organ.clone()),
            division: Some(self.file.division.clone()),
            party: Some(self.file.applicant.party.clone()),
            scope: Some(self.file.slug.clone()),
            sensitivity: 2,
            ..Resource::default()
        }
    }

    pub fn today(&self) -> Date {
        self.cx.today()
    }

    pub fn record(&mut self, event: &Happened) -> Result<(), Halt> {
        self.file.version = self.cx.record(&self.file.id, event)?;
        Ok(())
    }

    /// Gives the flow an input and does all that follows, until it waits or ends.
    pub fn advance(&mut self, input: Input) -> Result<(), Halt> {
        let mut inputs = std::collections::VecDeque::from([input]);
        while let Some(input) = inputs.pop_front() {
            self.refresh_variables();
            let package = Arc::clone(&self.package);
            let expressions = FlowExpressions(package.feel());
            let effects = flow::advance(&package.flow, &mut self.file.instance, input, &expressions).map_err(Halt::fault)?;
            for effect in effects {
                if let Some(next) = self.follow(effect)? {
                    inputs.push_back(next);
                }
            }
        }
        Ok(())
    }

    fn follow(&mut self, effect: Effect) -> Result<Option<Input>, Halt> {
        match effect {
            Effect::OpenTask { activity, node, kind, lane, attributes } => {
                self.open_task(activity, node, &kind, lane, &attributes)?;
            }
            Effect::CloseTask { activity, node, reason } => self.close_task(activity, node, reason)?,
            Effect::CallService { activity, node, action, attributes } => {
                if action == VERIFY && self.ask_elsewhere(activity, &node, &attributes)? {
                    return Ok(None);
                }
                let variables = self.call_service(&node, &action, &attributes)?;
                return Ok(Some(Input::Complete { activity, variables }));
            }
            Effect::EvaluateTable { activity, node, table, decision } => {
                let variables = self.evaluate_table(node, table, &decision)?;
                return Ok(Some(Input::Complete { activity, variables }));
            }
            Effect::ArmTimer { timer, duration, calendar, .. } => self.arm_timer(timer, &duration, calendar)?,
            Effect::DisarmTimer { timer, .. } => {
                let key = self.timer_key(timer);
                self.cx.cancel_jobs(&key)?;
            }
            Effect::Ended { outcome, .. } => {
                let outcome = outcome.as_deref().and_then(Outcome::parse).unwrap_or(Outcome::Done);
                self.close(outcome)?;
            }
            Effect::Await { .. } | Effect::EnterNode { .. } | Effect::LeaveNode { .. } => {}
        }
        Ok(None)
    }

    /// Ends the case: status, promises taken back, the applicant told.
    pub fn close(&mut self, outcome: Outcome) -> Result<(), Halt> {
        if self.file.status == CaseStatus::Closed {
            return Ok(());
        }
        self.decide_by_rules(outcome)?;
        self.file.status = CaseStatus::Closed;
        self.file.outcome = Some(outcome);
        self.file.closed_ms = Some(self.cx.now_ms());
        for key in [self.acceptance_key(), self.lapse_key()] {
            self.cx.cancel_jobs(&key)?;
        }
        self.closing_document(outcome)?;
        self.record(&Happened::CaseClosed { outcome: outcome.code().into() })?;
        let label = outcome.label();
        let zh = format!("您的“{}”（{}）已办结：{}。", self.file.item_name.zh, self.file.number, label.zh);
        let en = format!("Your case {} ({}) is closed: {}.", self.file.number, self.file.item_name.en, label.en);
        self.notify(Text::new(zh, en))
    }

    /// A flow that ended with an approval and without anybody's decision was decided by its rules. Nothing else can be.
    fn decide_by_rules(&mut self, outcome: Outcome) -> Result<(), Halt> {
        match outcome {
            Outcome::Approved if !self.file.is_decided() => {
                if self.file.accepted_on.is_none() {
                    self.accept(self.today(), false)?;
                }
                let reasons = self.rule_reasons.join("；");
                let basis = self.package.item.basis.first().map(procedure::item::Basis::citation).unwrap_or_default();
                self.decide(outcome, &reasons, &basis, true)
            }
            Outcome::Rejected | Outcome::Refused if !self.file.is_decided() => {
                let what = format!("the flow of {} ended {} as {} without a person's decision", self.file.slug, self.file.number, outcome.code());
                Err(Fault::because(what).into())
            }
            Outcome::Approved | Outcome::Rejected | Outcome::Refused | Outcome::Resolved | Outcome::Lapsed | Outcome::Withdrawn | Outcome::Done => {
                Ok(())
            }
        }
    }

    /// Tells the applicant.
    pub fn notify(&mut self, text: Text) -> Result<(), Halt> {
        if self.file.applicant.party.is_empty() {
            return Ok(());
        }
        let message = Message {
            id: MessageId::make(self.cx.ids()).to_string(),
            party: self.file.applicant.party.clone(),
            case: self.file.id.clone(),
            text: text.clone(),
            at_ms: self.cx.now_ms(),
            read_ms: None,
        };
        self.record(&Happened::PartyNotified { zh: text.zh, en: text.en, message: Box::new(message) })
    }

    /// Writes the case's row. The last step of every command.
    pub fn finish(self) -> Result<CaseFile, Halt> {
        let Self { cx, mut file, keys, calendar, is_new, due_in_lists, opened_tasks, .. } = self;
        let today = cx.today();
        file.due_on = file.clock.as_ref().and_then(|clock| {
            let due = clock.due(&calendar, today).0;
            clock.paused_from().is_none_or(|from| due < from).then_some(due)
        });
        let row = persist::seal_case(&file, &keys, cx.entropy())?;
        store::files::save(cx.tx(), &row, is_new)?;
        if opened_tasks || file.due_on != due_in_lists {
            store::tasks::set_case_due(cx.tx(), &file.id, file.due_on)?;
        }
        Ok(file)
    }

    /// What the journal keeps of a text that may be guessed: its hash, salted with what only this node can compute.
    pub fn mark_of(&self, text: &str) -> Result<String, Halt> {
        let salt = self.keys.blind_index(PLACE_OF_MARKS, &self.file.id).map_err(Halt::fault)?;
        Ok(sm3_of(&format!("{salt}\n{text}")))
    }

    /// The same of answers, in canonical JSON.
    pub fn mark_of_answers(&self) -> Result<String, Halt> {
        let sorted: std::collections::BTreeMap<&String, &Value> = self.file.answers.iter().collect();
        self.mark_of(&serde_json::to_string(&sorted)?)
    }

    fn new_id(cx: &mut Cx<'_>) -> String {
        CaseId::make(cx.ids()).to_string()
    }
}

/// The package a case runs under, also one that another process has published since this one looked.
pub(crate) fn pinned_package(cx: &mut Cx<'_>, file: &CaseFile) -> Result<Arc<Package>, Halt> {
    let library = cx.service::<procedure::Library>()?;
    if library.by_hash(&file.package_hash).is_none() {
        library.refresh(cx.tx()).map_err(Halt::fault)?;
    }
    let package = library.by_hash(&file.package_hash);
    package.ok_or_else(|| Fault::because(format!("package {} of case {} is missing", file.package_hash, file.id)).into())
}
