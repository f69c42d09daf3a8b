//! The base registers of the county, loaded in bulk from the same people and companies as everything else.

use std::sync::Arc;

use clock::Date;
use i18n::Text;
use parties::IdentityNumber;
use registers::{AskConsent, CorrectRecord, DATA_OFFICER, DeclareRegister, LoadRecords, LoadRow, SHIPPED};
use runner::{Actor, Fault, Halt, Request, Runner};
use serde_json::{Map, Value, json};
use trust::AccountId;

use crate::basics::county::{COUNTY, TOWNS};
use crate::basics::organs::ORGANS;
use crate::basics::people::{COMPANIES, PERSONS, SHOPKEEPER};
use crate::basics::{Basics, organs::OrganSpec};
use crate::companies::Company;
use crate::pace::day_after;
use crate::people::People;
use crate::residents::Resident;

/// Every so many residents have moved before the year began.
const MOVED_EVERY: usize = 60;
/// Every so many companies have a finding about their good or bad faith.
const FINDING_EVERY: usize = 13;
const ELDER_CARD_AGE: u16 = 70;
const MOVED_FROM: &str = "2019-06-01";
const LICENSED_ON: &str = "2023-03-15";
/// For so long the school would like to look.
const CONSENT_DAYS: i64 = 120;
/// Rows of the file that an owner sends to say that nothing changed.
const CONFIRMED_ROWS: usize = 5;
const ALLOWANCE: &str = "gaoling-jintie";
const CASES_LOOKED_AT: u32 = 20;

/// Declares the registers that ship and loads the people known by name alone, for scenarios of packages.
///
/// # Errors
/// A refusal or fault of a command.
pub fn register_basics(runner: &Runner, on: Date) -> Result<(), Halt> {
    declare(runner)?;
    load(runner, "population", on, known_persons())?;
    load(runner, "legal-persons", on, known_companies())
}

/// Declares the registers that ship and fills them, at the beginning of the year.
pub(crate) fn fill(runner: &Runner, people: &People, on: Date) -> Result<(), Halt> {
    declare(runner)?;
    load(runner, "population", on, population(people, on))?;
    load(runner, "legal-persons", on, legal_persons(people))?;
    load(runner, "addresses", on, addresses())?;
    load(runner, "certificates", on, certificates(people, on))?;
    load(runner, "credit", on, credit(people))?;
    load(runner, "macro-economy", on, economy())
}

/// What the owners do at the end of the year: they confirm what is unchanged, the registers are examined, and the police correct a door number.
/// Nobody has sent the names of roads and villages for a year.
pub(crate) fn keep_up(runner: &Runner, people: &People, basics: &Basics, accounts: &[AccountId], on: Date) -> Result<(), Halt> {
    for (register, rows) in [
        ("population", population(people, on)),
        ("legal-persons", legal_persons(people)),
        ("certificates", certificates(people, on)),
        ("credit", credit(people)),
        ("macro-economy", economy()),
    ] {
        let held = rows.into_iter().filter(|row| row.get("valid_until").is_none()).take(CONFIRMED_ROWS).collect();
        load(runner, register, on, held)?;
    }
    crate::data_quality::close(runner)?;
    ask_consent(runner, basics, accounts, on)?;
    correct(runner, people, basics, accounts)
}

/// The education authority would like to know the address of a parent by her consent; she has not answered yet.
fn ask_consent(runner: &Runner, basics: &Basics, accounts: &[AccountId], on: Date) -> Result<(), Halt> {
    let clerk = basics.staff.iter().zip(accounts).find(|(member, _)| member.spec.organ == "education" && member.spec.lanes.contains(&"handler"));
    let Some((clerk, account)) = clerk else { return Ok(()) };
    let organ = basics.organs.iter().find(|organ| organ.spec.duty == clerk.spec.organ).map(|organ| organ.id.to_string());
    let command = AskConsent {
        register: "population".into(),
        organ: organ.unwrap_or_default(),
        for_member: None,
        name: "入学登记免交户口簿".into(),
        purpose: Text::new("核对入学片区，免交户口簿复印件", "To check the school district without a copy of the household book"),
        fields: vec!["address".into(), "division".into()],
        subject: SHOPKEEPER.to_owned(),
        until: day_after(on, CONSENT_DAYS),
    };
    runner.execute(Request::by(clerk.actor(account.as_str())), command).map(drop)
}

fn declare(runner: &Runner) -> Result<(), Halt> {
    for (_, text) in SHIPPED {
        let command = DeclareRegister { text: text.to_owned(), division: COUNTY.to_owned() };
        runner.execute(Request::by(Actor::system()), command)?;
    }
    Ok(())
}

/// Whether nothing in a row is later than a day but the end of something: a town of the past knows less.
fn has_happened(row: &Map<String, Value>, on: Date) -> bool {
    let days = row.iter().filter(|(name, _)| !name.ends_with("until") && !name.starts_with("expires"));
    days.filter_map(|(_, value)| value.as_str()?.parse::<Date>().ok()).all(|day| day <= on)
}

fn load(runner: &Runner, register: &str, on: Date, rows: Vec<Map<String, Value>>) -> Result<(), Halt> {
    let rows: Vec<Map<String, Value>> = rows.into_iter().filter(|row| has_happened(row, on)).collect();
    let file = serde_json::to_vec(&rows)?;
    let rows: Vec<LoadRow> = rows.into_iter().enumerate().map(|(index, cells)| LoadRow { row: index.saturating_add(2), cells }).collect();
    let command =
        LoadRecords { register: register.to_owned(), file_sm3: seal::hash::sm3_hex(&file), valid_from: on, rows: Arc::new(rows), unread: Vec::new() };
    let loaded = runner.execute(Request::by(Actor::system()), command)?.outcome;
    match loaded.report.problems.first() {
        None => Ok(()),
        Some(problem) => {
            let at = format!("row {} of {register}, {}: {}", problem.row, problem.column, problem.sentence.en);
            Err(Fault::because(at).into())
        }
    }
}

/// The last resident's door number was taken down wrongly, and that of somebody who was granted the old-age allowance meanwhile, whose case
/// is reviewed; the data officer of the police puts both right.
fn correct(runner: &Runner, people: &People, basics: &Basics, accounts: &[AccountId]) -> Result<(), Halt> {
    let keeps =
        |(member, _): &(&crate::basics::TownStaff, &AccountId)| member.spec.organ == "public-security" && member.spec.lanes.contains(&DATA_OFFICER);
    let Some((officer, account)) = basics.staff.iter().zip(accounts).find(keeps) else { return Ok(()) };
    let mut wrong = Vec::new();
    wrong.extend(people.residents.last().map(|(resident, _)| (resident, resident.address.clone())));
    wrong.extend(granted(runner, people)?.map(|resident| (resident, format!("{}（2单元）", resident.address))));
    for (resident, address) in wrong {
        let command = CorrectRecord {
            register: "population".into(),
            key: resident.identity_number.as_str().to_owned(),
            on: None,
            seen_position: None,
            values: object(json!({ "address": address })),
            reason: "门牌号录入错误，经社区民警实地核对后更正".into(),
            basis: "中华人民共和国户口登记条例 第十八条".into(),
        };
        runner.execute(Request::by(officer.actor(account.as_str())), command)?;
    }
    Ok(())
}

/// Somebody who was granted the allowance.
fn granted<'p>(runner: &Runner, people: &'p People) -> Result<Option<&'p Resident>, Halt> {
    runner.store().read(|tx| {
        for (resident, party) in people.residents.iter().rev().skip(1) {
            let cases = cases::queries::cases_of_party(tx, &party.to_string(), CASES_LOOKED_AT)?;
            if cases.iter().any(|case| case.slug == ALLOWANCE && case.outcome == Some(cases::Outcome::Approved)) {
                return Ok(Some(resident));
            }
        }
        Ok(None)
    })
}

/// The residents of the county. Whoever lives elsewhere is in the register of that place.
fn known_persons() -> Vec<Map<String, Value>> {
    let here = PERSONS.iter().filter(|person| person.division.starts_with(COUNTY));
    here.filter_map(|person| of_person(person.name, person.identity_number, Some(person.mobile), person.address, person.division)).collect()
}

fn population(people: &People, on: Date) -> Vec<Map<String, Value>> {
    let mut rows = known_persons();
    let count = people.residents.len();
    for (place, (resident, _)) in people.residents.iter().enumerate() {
        let Some(mut row) = of_resident(resident) else { continue };
        if place.saturating_add(1) == count {
            row.insert("address".into(), format!("{}（待核）", resident.address).into());
        }
        if place % MOVED_EVERY == MOVED_EVERY - 1 {
            rows.extend(before_the_move(people, place, &row, on));
            row.insert("valid_from".into(), on.to_string().into());
        }
        rows.push(row);
    }
    rows
}

/// Where somebody lived before: at the present address of a neighbour in the list.
fn before_the_move(people: &People, place: usize, row: &Map<String, Value>, on: Date) -> Option<Map<String, Value>> {
    let (neighbour, _) = people.residents.get(place.checked_sub(1)?)?;
    let number = row.get("birth_date").and_then(Value::as_str)?;
    let mut former = row.clone();
    former.insert("address".into(), neighbour.address.clone().into());
    former.insert("division".into(), neighbour.division().into());
    former.insert("valid_from".into(), std::cmp::max(MOVED_FROM, number).into());
    former.insert("valid_until".into(), on.yesterday().ok()?.to_string().into());
    Some(former)
}

fn of_resident(resident: &Resident) -> Option<Map<String, Value>> {
    of_person(&resident.name, resident.identity_number.as_str(), resident.mobile.as_deref(), &resident.address, resident.division())
}

fn of_person(name: &str, number: &str, mobile: Option<&str>, address: &str, division: &str) -> Option<Map<String, Value>> {
    let parsed = IdentityNumber::parse(number).ok()?;
    Some(object(json!({
        "name": name,
        "id_number": number,
        "birth_date": parsed.birth_date().to_string(),
        "sex": parsed.sex().as_str(),
        "mobile": mobile,
        "address": address,
        "division": division,
    })))
}

fn known_companies() -> Vec<Map<String, Value>> {
    let representative = |number: &str| PERSONS.iter().find(|person| person.identity_number == number).map(|person| person.name);
    let row = |company: &crate::basics::people::CompanySpec| {
        let name = representative(company.representative);
        object(json!({
            "name": company.name, "id_number": company.code, "representative": name, "address": company.address, "division": COUNTY,
            "status": "active",
        }))
    };
    COMPANIES.iter().map(row).collect()
}

fn legal_persons(people: &People) -> Vec<Map<String, Value>> {
    let row = |(company, _): &(Company, parties::LegalPersonId)| {
        let representative = people.residents.get(company.representative).map(|(resident, _)| resident.name.as_str());
        object(json!({
            "name": company.name, "id_number": company.code.as_str(), "representative": representative, "address": company.address,
            "division": division_of(company), "status": "active",
        }))
    };
    known_companies().into_iter().chain(people.companies.iter().map(row)).collect()
}

fn division_of(company: &Company) -> &'static str {
    TOWNS.get(company.town).map_or(COUNTY, |town| town.division.code)
}

fn addresses() -> Vec<Map<String, Value>> {
    let mut rows = Vec::new();
    let mut add = |division: &str, kind: &str, name: String, address: Option<&str>| {
        let code = format!("{division}{:04}", rows.len() + 1);
        rows.push(object(json!({ "place_code": code, "kind": kind, "name": name, "address": address, "division": division })));
    };
    for town in &TOWNS {
        add(town.division.code, "town", town.division.zh.to_owned(), None);
        town.roads.iter().for_each(|road| add(town.division.code, "road", format!("{}{road}", town.division.zh), None));
        town.villages.iter().for_each(|village| add(town.division.code, "village", format!("{}{village}", town.division.zh), None));
    }
    for OrganSpec { name, division, address, .. } in &ORGANS {
        add(division, "public-building", name.0.to_owned(), Some(address.0));
    }
    rows
}

fn certificates(people: &People, on: Date) -> Vec<Map<String, Value>> {
    let mut rows = Vec::new();
    let mut licence = |serial: usize, holder: &str, number: &str| {
        rows.push(object(json!({
            "number": format!("云市监营〔2023〕{serial}号"), "type": "business-licence", "holder": holder, "holder_number": number,
            "issued_by": "云溪县市场监督管理局", "issued_on": LICENSED_ON, "status": "valid",
        })));
    };
    for (serial, company) in COMPANIES.iter().enumerate() {
        licence(serial + 1, company.name, company.code);
    }
    for (serial, (company, _)) in people.companies.iter().enumerate() {
        licence(serial + COMPANIES.len() + 1, &company.name, company.code.as_str());
    }
    let elders = people.residents.iter().filter(|(resident, _)| resident.age(on) > ELDER_CARD_AGE);
    for (serial, (elder, _)) in elders.enumerate() {
        rows.push(object(json!({
            "number": format!("云民优〔2024〕{}号", serial + 1), "type": "elder-card", "holder": elder.name,
            "holder_number": elder.identity_number.as_str(), "issued_by": "云溪县民政局", "issued_on": "2024-04-01", "status": "valid",
        })));
    }
    rows
}

fn credit(people: &People) -> Vec<Map<String, Value>> {
    let kinds = [
        ("good-faith", "纳税信用等级为A级", "云溪县税务局"),
        ("slight", "未按规定公示年度报告，责令改正", "云溪县市场监督管理局"),
        ("ordinary", "使用不合格计量器具，罚款2000元", "云溪县市场监督管理局"),
        ("good-faith", "劳动保障守法诚信等级为A级", "云溪县人力资源和社会保障局"),
    ];
    let found = people.companies.iter().step_by(FINDING_EVERY).zip(kinds.iter().cycle()).enumerate();
    let row = |(serial, ((company, _), (kind, finding, found_by))): (usize, (&(Company, _), &(&str, &str, &str)))| {
        object(json!({
            "record_number": format!("云信〔2024〕{}号", serial + 1), "id_number": company.code.as_str(), "name": company.name, "kind": kind,
            "finding": finding, "found_by": found_by, "found_on": format!("2024-{:02}-15", serial % 9 + 1), "repaired": *kind == "slight",
        }))
    };
    found.map(row).collect()
}

fn economy() -> Vec<Map<String, Value>> {
    let figures = [
        ("gdp", "亿元", ["18.2", "39.5", "61.8", "86.3"], ["5.1", "5.4", "5.6", "5.7"]),
        ("fixed-investment", "亿元", ["7.4", "19.8", "31.6", "42.0"], ["3.2", "4.0", "4.4", "4.1"]),
        ("retail-sales", "亿元", ["9.6", "18.9", "28.7", "39.1"], ["4.8", "5.0", "5.3", "5.5"]),
        ("public-revenue", "亿元", ["2.1", "4.3", "6.2", "8.5"], ["2.9", "3.3", "3.6", "3.8"]),
        ("resident-population", "万人", ["31.2", "31.2", "31.3", "31.3"], ["0.1", "0.1", "0.2", "0.2"]),
        ("disposable-income", "元", ["9820", "18340", "27150", "36480"], ["5.9", "6.0", "6.1", "6.2"]),
    ];
    let quarters = ["2024Q1", "2024Q2", "2024Q3", "2024Q4"];
    let rows = figures.iter().flat_map(|(indicator, unit, values, growth)| {
        quarters.iter().zip(values).zip(growth).map(move |((period, value), growth)| {
            object(json!({
                "indicator": indicator, "period": period, "value": value, "unit": unit, "growth_percent": growth,
                "source": "云溪县统计公报（虚构）",
            }))
        })
    });
    rows.collect()
}

/// The macro gives an object; empty values are no values.
fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(mut map) => {
            map.retain(|_, value| !value.is_null());
            map
        }
        _ => Map::new(),
    }
}
