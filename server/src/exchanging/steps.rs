//! Steps of cases that ask a register of another node: the question goes through the exchange with the case as its issue, the answer comes back as a
//! command. Who does not answer now is asked again for some minutes; then, and after a refusal, a person looks.

use std::path::PathBuf;
use std::sync::Arc;

use cases::commands::{AnswerStep, PrepareStep, StepAnswer, StepQuestion};
use cases::{ASK_ELSEWHERE, WaitingStep};
use exchange::{Asking, Carrier, Code, Gateway, Retry, ServiceId, Standing};
use jobs::{Handler, Job, JobFault};
use registers::Fetched;
use runner::{Actor, Command, Halt, Request, Runner};
use serde_json::json;

use super::register_desk::first_row;
use super::tls;
use crate::config::ExchangeTls;

/// Tries of the job: at once, then after 2, 12 and 72 seconds. Each of them is a call with tries of its own.
const TRIES_COUNT_MAX: i64 = 4;

/// Who asks.
pub(crate) struct Steps {
    /// The node's runner.
    pub runner: Arc<Runner>,
    /// Its gateway.
    pub exchange: Arc<Gateway>,
    /// Its data folder, where certificates are.
    pub data: PathBuf,
    /// Which certificates it shows other nodes.
    pub tls: Option<ExchangeTls>,
}

impl Steps {
    /// For `jobs::Worker::with`.
    pub(crate) fn handler(self) -> (&'static str, Handler) {
        (ASK_ELSEWHERE, Arc::new(move |job: &Job| self.ask(job)))
    }

    fn ask(&self, job: &Job) -> Result<(), JobFault> {
        let step: WaitingStep = serde_json::from_str(&job.payload)?;
        let Some(question) = self.run(PrepareStep { step: step.clone() })? else { return Ok(()) };
        let answer = match &question.key {
            None => StepAnswer::NotAsked,
            Some(key) => match self.answer(&question, key)? {
                Ok(answer) => answer,
                Err(code) if code.retry() == Retry::Later && job.attempts.saturating_add(1) < TRIES_COUNT_MAX => {
                    return Err(format!("the other node did not answer: {}", code.as_str()).into());
                }
                Err(code) => StepAnswer::Unanswered { code: code.as_str().to_owned(), why: code.sentence() },
            },
        };
        self.run(AnswerStep { step, answer }).map(drop)
    }

    /// Asks; a call that was not answered is a code, whoever it is that did not.
    fn answer(&self, question: &StepQuestion, key: &str) -> Result<Result<StepAnswer, Code>, JobFault> {
        let asked = &question.asked;
        let Ok(service) = question.service.parse::<ServiceId>() else { return Ok(Err(Code::ServiceUnknown)) };
        let (organ, register) = (asked.organ.clone().unwrap_or_default(), asked.register.clone());
        let found = self.runner.store().read(|tx| -> Result<_, Halt> {
            let members = exchange::members_of_organ(tx, &organ)?;
            Ok((members.into_iter().find(|member| member.standing == Standing::Active), registers::declaration(tx, &register)?))
        });
        let (client, declaration) = found.map_err(fault)?;
        let (Some(client), Some(declaration)) = (client, declaration) else { return Ok(Err(Code::ClientUnknown)) };
        let asking = Asking {
            client: client.id,
            service,
            endpoint: "read".to_owned(),
            body: json!({ "key": key, "fields": asked.fields }),
            user: None,
            case: asked.case.as_ref().map(|case| case.number.clone()),
            purpose: None,
            represented: None,
            query: None,
        };
        // Few cases ask elsewhere: each question has a small runtime of its own.
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        let carrier = tls::carrier(&self.data, self.tls.as_ref(), runtime.handle().clone()).map_err(|fault| fault.to_string())?;
        let outcome = match self.exchange.call(&Actor::system(), &asking, &carrier as &dyn Carrier) {
            Ok(outcome) => outcome,
            Err(Halt::Refused(refusal)) => return Ok(Err(Code::of_refusal(&refusal))),
            Err(halt) => return Err(fault(halt)),
        };
        if outcome.code != Code::Answered {
            return Ok(Err(outcome.code));
        }
        Ok(Ok(StepAnswer::Answered { call: outcome.call, fetched: Fetched::of(&declaration, first_row(&outcome.body).as_ref()) }))
    }

    fn run<C: Command>(&self, command: C) -> Result<C::Outcome, JobFault> {
        Ok(self.runner.execute(Request::by(Actor::system()), command).map_err(fault)?.outcome)
    }
}

fn fault(halt: Halt) -> JobFault {
    match halt {
        Halt::Refused(refusal) => format!("refused: {}", refusal.code).into(),
        Halt::Fault(fault) => Box::new(fault),
    }
}
