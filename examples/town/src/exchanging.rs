//! Data exchange among the county's organs: who takes part, two services, a few duties that stand without a case, and calls of today.

use std::collections::BTreeMap;

use exchange::{
    AnswerCall, Asking, Code, EnrolMember, LEGAL_PERSONS, OfferService, POPULATION, PartyRegisters, Ports, RecordDuty, RefuseCall, Service,
    ServiceId, Standing, SubsystemId,
};
use i18n::Text;
use runner::{Actor, Command, Fault, Halt, Request, Runner};
use serde_json::{Value, json};
use tracker::Manner;

use crate::basics::{Basics, TownOrgan};

const INSTANCE: &str = "CN-339921";
const NEIGHBOUR: &str = "CN-339922/GOV/11339922MB00000011/court";
const BODY_BYTES_MAX: u32 = 64 * 1024;
const KEPT_DAYS: u32 = 180;

/// Enrols members, offers services, records duties; where the runner can answer calls, makes some.
pub(crate) fn seed(runner: &Runner, basics: &Basics) -> Result<(), Halt> {
    let county: Vec<&TownOrgan> = basics.organs.iter().filter(|organ| organ.spec.division == crate::basics::county::COUNTY).collect();
    for organ in &county {
        let (zh, en) = organ.spec.name;
        let name = Text::new(format!("{zh}业务系统"), format!("Systems of {en}"));
        let id = subsystem(organ)?;
        run(runner, EnrolMember { id, name, organ: Some(organ.id.to_string()), address: String::new(), ed25519_allowed: false })?;
    }
    let name = Text::new("云北县人民法院", "Yunbei County People's Court");
    run(
        runner,
        EnrolMember { id: parsed(NEIGHBOUR)?, name, organ: None, address: "https://exchange.yunbei.example".into(), ed25519_allowed: false },
    )?;
    let population = offer(runner, basics, "public-security", POPULATION, ("人口基本信息", "Population, basic data"), &["read", "verify"])?;
    let companies = offer(runner, basics, "market-supervision", LEGAL_PERSONS, ("法人基本信息", "Legal persons, basic data"), &["read", "verify"])?;
    duty(
        runner,
        basics,
        "health",
        &population,
        &["name", "birth_date"],
        &[Manner::YesNo],
        ("签发出生医学证明核对父母身份", "To check parents for birth certificates", "母婴保健法 第二十三条"),
    )?;
    duty(
        runner,
        basics,
        "taxation",
        &companies,
        &["code", "name", "status", "representative"],
        &[Manner::Full],
        ("税务登记信息确认", "To confirm tax registration", "税收征收管理法 第十五条"),
    )?;
    if runner.service::<Ports>().is_some() {
        calls(runner, basics, &population, &companies)?;
    }
    Ok(())
}

fn run<C: Command>(runner: &Runner, command: C) -> Result<C::Outcome, Halt> {
    Ok(runner.execute(Request::by(Actor::system()), command)?.outcome)
}

fn parsed<T: std::str::FromStr<Err = Code>>(text: &str) -> Result<T, Halt> {
    Ok(text.parse::<T>()?)
}

fn organ<'b>(basics: &'b Basics, duty: &str) -> Result<&'b TownOrgan, Halt> {
    Ok(basics.organ(duty).ok_or_else(|| Fault::because(format!("no organ has the duty {duty}")))?)
}

fn subsystem(organ: &TownOrgan) -> Result<SubsystemId, Halt> {
    let code = organ.spec.code().map_err(|problem| Fault::because(format!("{problem:?}")))?;
    Ok(SubsystemId::new(INSTANCE, "GOV", code.as_str(), organ.spec.duty)?)
}

fn offer(runner: &Runner, basics: &Basics, duty: &str, register: &str, title: (&str, &str), endpoints: &[&str]) -> Result<ServiceId, Halt> {
    let id = subsystem(organ(basics, duty)?)?.service(register)?;
    let service = Service {
        id: id.clone(),
        title: Text::new(title.0, title.1),
        register: register.to_owned(),
        endpoints: endpoints.iter().map(|endpoint| (*endpoint).to_owned()).collect(),
        fields: PartyRegisters::fields(register),
        body_bytes_max: BODY_BYTES_MAX,
        kept_days: KEPT_DAYS,
        standing: Standing::Active,
    };
    run(runner, OfferService { service })?;
    Ok(id)
}

fn duty(
    runner: &Runner,
    basics: &Basics,
    client: &str,
    service: &ServiceId,
    fields: &[&str],
    manners: &[Manner],
    why: (&str, &str, &str),
) -> Result<(), Halt> {
    let command = RecordDuty {
        client: subsystem(organ(basics, client)?)?,
        service: service.clone(),
        fields: fields.iter().map(|field| (*field).to_owned()).collect(),
        masks: BTreeMap::new(),
        rows: BTreeMap::new(),
        manners: manners.to_vec(),
        calls_per_minute_max: 600,
        calls_per_day_max: 20_000,
        cell_count_min: 10,
        purpose: Text::new(why.0, why.1),
        basis: why.2.to_owned(),
        needs_case: false,
        days: 366,
    };
    run(runner, command).map(drop)
}

/// Calls of today: under standing duties, under grants of data sharing, and some that nobody granted.
fn calls(runner: &Runner, basics: &Basics, population: &ServiceId, companies: &ServiceId) -> Result<(), Halt> {
    for (person, _) in basics.persons.iter().take(6) {
        let claims = json!({ "name": person.name });
        ask(runner, basics, "health", population, "verify", json!({ "key": person.identity_number, "claims": claims }))?;
        ask(runner, basics, "urban-management", population, "read", json!({ "key": person.identity_number, "fields": ["name", "address"] }))?;
    }
    for (company, _) in &basics.companies {
        let body = json!({ "key": company.code, "fields": ["code", "name", "status"] });
        ask(runner, basics, "taxation", companies, "read", body.clone())?;
        ask(runner, basics, "civil-affairs", companies, "read", body)?;
    }
    Ok(())
}

/// A call; a refused one stays in the message log like every other.
fn ask(runner: &Runner, basics: &Basics, client: &str, service: &ServiceId, endpoint: &str, body: Value) -> Result<(), Halt> {
    let asking = Asking {
        client: subsystem(organ(basics, client)?)?,
        service: service.clone(),
        endpoint: endpoint.to_owned(),
        body,
        user: None,
        case: None,
        purpose: None,
    };
    match run(runner, AnswerCall::Asked(asking.clone())) {
        Err(Halt::Refused(refusal)) => run(runner, RefuseCall { call: AnswerCall::Asked(asking), code: Code::of_refusal(&refusal) }).map(drop),
        answer => answer.map(drop),
    }
}
