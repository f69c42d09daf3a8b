//! Cascading correction: a record of a register was wrong, so whoever decided on the strength of it looks again.

use i18n::{Lang, Text};
use registers::RecordCorrection;
use runner::{Command, Cx, Fault, Halt, Resource};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::consequences::promise;
use crate::engine::{Work, open_by_system};
use crate::events::Happened;
use crate::model::{Task, TaskKind, TaskState};
use crate::store::{facts, tasks};

/// The package of reviews.
pub const REVIEW: &str = "shuju-fuhe";
/// So many cases in one transaction; the rest follows.
const CASES_AT_ONCE: u32 = 20;

/// Opens a review of each case made from a corrected record, open or closed, for the organ that decided or handles it
/// (个人信息保护法 第八条、第四十六条). Of cases that are reviewed for this correction already, none is opened.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReviewCorrection {
    /// The correction.
    pub correction: RecordCorrection,
}

impl Command for ReviewCorrection {
    type Outcome = Vec<String>;
    const ACTION: &'static str = "case.review-correction";

    fn run(&self, cx: &mut Cx<'_>) -> Result<Vec<String>, Halt> {
        cx.authorise(&Resource::of("case"))?;
        if cx.service::<procedure::Library>()?.current(REVIEW, cx.today()).is_none() {
            return Err(Fault::because(format!("expected the package {REVIEW} to be in force, but it is not")).into());
        }
        let touched = facts::touched(cx.tx(), &self.correction, CASES_AT_ONCE)?;
        if touched.len() >= usize::try_from(CASES_AT_ONCE).unwrap_or(usize::MAX) {
            promise(cx, &self.correction)?;
        }
        let register = registers::declaration(cx.tx(), &self.correction.register)?;
        let title = register.as_ref().map_or_else(|| Text::same(&*self.correction.register), |register| register.title.clone());
        let field = |name: &String| register.as_ref().and_then(|register| register.field(name)).map_or(name.clone(), |field| field.title.zh.clone());
        let fields = self.correction.fields.iter().map(field).collect::<Vec<_>>().join("、");
        let mut reviews = Vec::new();
        for case in touched {
            reviews.push(self.review(cx, &case, &title, &fields)?);
        }
        Ok(reviews)
    }
}

impl ReviewCorrection {
    fn review(&self, cx: &mut Cx<'_>, case: &str, register: &Text, fields: &str) -> Result<String, Halt> {
        let mut work = Work::load(cx, case)?;
        let (organ, file) = (responsible_organ(&mut work)?, work.file);
        let certificates = documents::queries::certificates_of_case(cx.tx(), case)?;
        let numbers: Vec<String> = certificates.into_iter().map(|certificate| certificate.number).collect();
        let mut answers = Map::from_iter([
            ("register".to_owned(), json!(register.get(Lang::ZhHans))),
            ("fields".to_owned(), json!(fields)),
            ("corrected_on".to_owned(), json!(cx.today())),
            ("basis".to_owned(), json!(self.correction.basis)),
            ("organ".to_owned(), json!(organ)),
            ("case_number".to_owned(), json!(file.number)),
            ("item_name".to_owned(), json!(file.item_name.zh)),
            ("case_state".to_owned(), json!(if file.status.is_open() { "open" } else { "closed" })),
        ]);
        if !numbers.is_empty() {
            answers.insert("certificates".to_owned(), Value::from(numbers.join("、")));
        }
        let review = open_by_system(cx, REVIEW, Some(organ), answers, Some(case.to_owned()))?.id;
        let mut work = Work::load(cx, case)?;
        let (register, position) = (self.correction.register.clone(), self.correction.position);
        work.record(&Happened::ReviewOpened { review: review.clone(), register, fields: self.correction.fields.clone(), position })?;
        work.finish()?;
        Ok(review)
    }
}

/// Who answers for the result: the organ that decided or handled the case last, else the one that has it.
pub(super) fn responsible_organ(work: &mut Work<'_, '_>) -> Result<String, Halt> {
    let tasks = tasks::of_case(work.cx.tx(), &work.file.id)?;
    let judged = |task: &&Task| task.state == TaskState::Done && matches!(task.kind, TaskKind::Handle | TaskKind::Decide);
    let last = tasks.iter().filter(judged).max_by_key(|task| task.closed_ms);
    Ok(last.map_or_else(|| work.file.organ.clone(), |task| task.organ.clone()))
}
