//! The applicant completes the application.

use runner::{Command, Cx, Halt};
use seal::FieldKeys;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::own_case;
use crate::engine::Work;
use crate::events::{Happened, MaterialMark};
use crate::model::{CaseStatus, Fact, MaterialFile, Pause, refusals};
use crate::store::materials;

/// Answers the correction; files were attached to the case before.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AnswerCorrection {
    /// The case.
    pub case: String,
    /// Answers to be changed.
    #[serde(default)]
    pub answers: Map<String, Value>,
    /// The version of the case the actor saw.
    #[serde(default)]
    pub seen: Option<i64>,
}

impl Command for AnswerCorrection {
    type Outcome = ();
    const ACTION: &'static str = "case.answer-correction";

    fn run(&self, cx: &mut Cx<'_>) -> Result<(), Halt> {
        let mut work = own_case(cx, &self.case, self.seen)?;
        if work.file.status != CaseStatus::Correcting {
            return Err(refusals::not_correcting().into());
        }
        let mut answers = work.file.answers.clone();
        answers.extend(self.answers.clone());
        answers.retain(|_, value| !value.is_null());
        let (package, today) = (std::sync::Arc::clone(&work.package), work.today());
        let checked = crate::queries::check_answers(&package, &work.file.situation, &answers, &work.file.applicant, today);
        super::submit::refuse_wrong(checked.problems)?;
        let files = materials::of_owner(work.cx.tx(), &self.case)?;
        let facts = taken_anew(&mut work, &checked.answers, &files)?;
        work.file.answers = checked.answers;
        work.file.status = CaseStatus::Submitted;
        let asked_on = work.file.correction.as_mut().map(|correction| {
            correction.answered_on = Some(today);
            correction.asked_on
        });
        let lapse = work.lapse_key();
        work.cx.cancel_jobs(&lapse)?;
        work.arm_acceptance(today)?;
        let pause = asked_on.map(|from| Pause { from, last_day: today });
        work.release_timers(pause)?;
        let tasks = work.moved_tasks(pause)?;
        let marks = files.into_iter().map(|file| MaterialMark { material: file.material, blob: file.blob }).collect();
        let sm3 = work.mark_of_answers()?;
        work.record(&Happened::CorrectionAnswered { answers_sm3: sm3, materials: marks, facts, tasks })?;
        work.finish().map(drop)
    }
}

/// What the completed application has from registers; what else it needs must be there.
fn taken_anew(work: &mut Work<'_, '_>, answers: &Map<String, Value>, files: &[MaterialFile]) -> Result<Vec<Fact>, Halt> {
    let (package, applicant, today) = (std::sync::Arc::clone(&work.package), work.file.applicant.clone(), work.today());
    let (keys, actor, now_ms) = (work.cx.service::<FieldKeys>()?, work.cx.actor(), work.cx.now_ms());
    let held = crate::queries::held_about(work.cx.tx(), &keys, actor, &package, &applicant, today)?;
    super::submit::refuse_wrong(held.problems(&package.form, answers))?;
    let needed = crate::queries::needed_materials(&package, &work.file.situation, answers, &applicant, today);
    super::submit::check_materials(&held, &needed, files)?;
    Ok(held.facts(&package, answers, &needed, now_ms, today))
}
