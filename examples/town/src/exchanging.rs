//! Data exchange among the county's organs: who takes part, the base registers as services, a few duties that stand without a case, feeds of
//! changes, and calls of today.

mod feeds;

use std::collections::BTreeMap;

use exchange::{
    AnswerCall, Asking, Code, EnrolMember, OfferService, Ports, Question, RecordDuty, RefuseCall, Service, ServiceId, Standing, SubsystemId,
    service_fields,
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
/// A part of a batch, and its number and digest.
const PART_BYTES_MAX: u32 = 2 * 1024 * 1024;

/// The base registers as services, by slug.
pub(crate) type Offered = BTreeMap<String, ServiceId>;

/// Enrols members and offers the base registers, at the beginning of the year: steps of cases ask them.
pub(crate) fn open(runner: &Runner, basics: &Basics) -> Result<Offered, Halt> {
    let county = basics.organs.iter().filter(|organ| organ.spec.division == crate::basics::county::COUNTY);
    for organ in county {
        let (zh, en) = organ.spec.name;
        let name = Text::new(format!("{zh}业务系统"), format!("Systems of {en}"));
        let id = subsystem(organ)?;
        run(runner, EnrolMember { id, name, organ: Some(organ.id.to_string()), address: String::new(), ed25519_allowed: false })?;
    }
    let name = Text::new("云北县人民法院", "Yunbei County People's Court");
    let address = "https://exchange.yunbei.example".into();
    run(runner, EnrolMember { id: parsed(NEIGHBOUR)?, name, organ: None, address, ed25519_allowed: false })?;
    offer_registers(runner, basics)
}

/// Records duties and starts feeds; where the runner can answer calls, makes some.
pub(crate) fn seed(runner: &Runner, basics: &Basics, offered: Offered) -> Result<(), Halt> {
    let services = Services { runner, basics, offered };
    services.duties()?;
    services.feeds()?;
    if runner.service::<Ports>().is_some() {
        services.calls()?;
        services.hydrants()?;
        services.births()?;
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

/// Every base register is a service of the organ that keeps it.
fn offer_registers(runner: &Runner, basics: &Basics) -> Result<Offered, Halt> {
    let mut offered = Offered::new();
    for register in runner.store().read(registers::overviews)? {
        let declaration = &register.declaration;
        let keeps = |organ: &&TownOrgan| register.owner.as_ref().is_some_and(|owner| owner.id == organ.id);
        let Some(keeper) = basics.organs.iter().find(keeps) else { continue };
        let id = subsystem(keeper)?.service(&declaration.slug)?;
        let service = Service {
            id: id.clone(),
            title: declaration.title.clone(),
            register: declaration.slug.clone(),
            endpoints: Question::ENDPOINTS.map(str::to_owned).to_vec(),
            fields: service_fields(declaration),
            subject: None,
            body_bytes_max: BODY_BYTES_MAX,
            kept_days: KEPT_DAYS,
            standing: Standing::Active,
        };
        run(runner, OfferService { service })?;
        offered.insert(declaration.slug.clone(), id);
    }
    Ok(offered)
}

/// A right that stands without a case: whose, to which register, to which fields, in which manner, what for and under which law.
type Duty = (&'static str, &'static str, &'static [&'static str], Manner, (&'static str, &'static str, &'static str));

const DUTIES: [Duty; 6] = [
    (
        "health",
        "population",
        &["birth_date", "name"],
        Manner::YesNo,
        ("签发出生医学证明核对父母身份", "To check parents for birth certificates", "母婴保健法 第二十三条"),
    ),
    (
        "emergency-management",
        "population",
        &["division"],
        Manner::Aggregate,
        ("防汛转移人口测算", "To reckon how many people to move before a flood", "突发事件应对法 第二十六条"),
    ),
    (
        "taxation",
        "legal-persons",
        &["id_number", "name", "representative", "status"],
        Manner::Full,
        ("税务登记信息确认", "To confirm tax registration", "税收征收管理法 第十五条"),
    ),
    (
        "taxation",
        "credit",
        &["finding", "found_on", "id_number", "kind", "repaired"],
        Manner::Full,
        ("纳税信用评价采集外部信息", "Outside findings for the rating of taxpayers", "纳税信用管理办法（试行） 第十条"),
    ),
    (
        "transport",
        "certificates",
        &["holder", "status", "type"],
        Manner::YesNo,
        ("道路运输从业资格核对驾驶证", "To check driving licences of carriers", "道路运输条例 第九条"),
    ),
    (
        "fire-rescue",
        "addresses",
        &["address", "division", "kind", "name"],
        Manner::Full,
        ("火警定位和力量调派", "To find the place of a fire", "消防法 第四十四条"),
    ),
];

struct Services<'a> {
    runner: &'a Runner,
    basics: &'a Basics,
    offered: Offered,
}

impl Services<'_> {
    fn duties(&self) -> Result<(), Halt> {
        for (client, register, fields, manner, (zh, en, law)) in DUTIES {
            let Some(service) = self.offered.get(register) else { continue };
            let fields = fields.iter().map(|field| (*field).to_owned()).collect();
            self.duty(client, service, fields, manner, (Text::new(zh, en), law))?;
        }
        Ok(())
    }

    fn duty(&self, client: &str, service: &ServiceId, fields: Vec<String>, manner: Manner, (purpose, law): (Text, &str)) -> Result<(), Halt> {
        let command = RecordDuty {
            client: subsystem(organ(self.basics, client)?)?,
            service: service.clone(),
            fields,
            masks: BTreeMap::new(),
            rows: BTreeMap::new(),
            manners: vec![manner],
            calls_per_minute_max: 600,
            calls_per_day_max: 20_000,
            cell_count_min: 10,
            purpose,
            basis: law.to_owned(),
            needs_case: false,
            consent: None,
            from: None,
            days: 366,
        };
        run(self.runner, command).map(drop)
    }

    /// Calls of today: under standing duties, under grants of data sharing, and some that nobody granted.
    fn calls(&self) -> Result<(), Halt> {
        for (person, _) in self.basics.persons.iter().take(6) {
            let claims = json!({ "name": person.name });
            self.ask("health", "population", "verify", json!({ "key": person.identity_number, "claims": claims }))?;
            self.ask("urban-management", "population", "read", json!({ "key": person.identity_number, "fields": ["name", "address"] }))?;
        }
        for (company, _) in &self.basics.companies {
            let body = json!({ "key": company.code, "fields": ["id_number", "name", "status"] });
            self.ask("taxation", "legal-persons", "read", body.clone())?;
            self.ask("civil-affairs", "legal-persons", "read", body)?;
            let findings = json!({ "filter": { "id_number": company.code }, "fields": ["kind", "finding", "found_on"] });
            self.ask("taxation", "credit", "search", findings)?;
        }
        self.ask("emergency-management", "population", "aggregate", json!({ "by": ["division"] }))?;
        self.ask("fire-rescue", "addresses", "search", json!({ "filter": { "kind": "road" }, "fields": ["name", "address"], "count": 20 }))
    }

    /// A call; a refused one stays in the message log like every other.
    fn ask(&self, client: &str, register: &str, endpoint: &str, body: Value) -> Result<(), Halt> {
        self.offered.get(register).map_or(Ok(()), |service| self.call(client, service, endpoint, body))
    }

    fn call(&self, client: &str, service: &ServiceId, endpoint: &str, body: Value) -> Result<(), Halt> {
        let asking = Asking {
            client: subsystem(organ(self.basics, client)?)?,
            service: service.clone(),
            endpoint: endpoint.to_owned(),
            body,
            user: None,
            case: None,
            purpose: None,
            represented: None,
            query: None,
        };
        match run(self.runner, AnswerCall::Asked(asking.clone())) {
            Err(Halt::Refused(refusal)) => {
                run(self.runner, RefuseCall { call: AnswerCall::Asked(asking), code: Code::of_refusal(&refusal) }).map(drop)
            }
            answer => answer.map(drop),
        }
    }
}
