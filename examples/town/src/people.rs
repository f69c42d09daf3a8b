//! Registers residents and companies, and gives those who appear in stories accounts and authorisations.

use clock::Date;
use parties::{AcceptDelegation, DelegationKind, GrantDelegation, LegalPersonId, Party, PersonId, RegisterLegalPerson, Scope};
use runner::{Actor, Fault, Halt, Request, Runner};
use trust::{AccountId, Role, SCOPE_EVERYTHING, delegation_role};

use crate::accounts::{KEEPER, open_citizens};
use crate::basics::people::{ACCOUNTANT, DAUGHTER, FATHER, FOOD_COMPANY, MANAGER, SHOPKEEPER};
use crate::basics::{Basics, citizen, division};
use crate::bulk::run_all;
use crate::companies::{Company, companies};
use crate::history::cast::{Applicant, Cast, Operator};
use crate::residents::{COUNTED_ON, Resident, residents};
use crate::seed::{Parts, Size};

const ELDER_AGE: u16 = 81;
const GROWN_AGES: std::ops::RangeInclusive<u16> = 23..=58;
/// Every third elder has an account; the others are helped by a child.
const ELDERS_ALONE: usize = 3;
const APPLICANTS_MAX: usize = 400;
const ALLOWANCE: &str = "gaoling-jintie";
const FOOD: &str = "shipin-jingying-xuke";

/// Everybody, with identifiers.
pub(crate) struct People {
    pub residents: Vec<(Resident, PersonId)>,
    pub companies: Vec<(Company, LegalPersonId)>,
}

impl People {
    /// People of working age with a telephone, who represent no business of the stories.
    fn grown(&self, on: Date, taken: &[usize], count: usize) -> Vec<&(Resident, PersonId)> {
        let fits = |(place, (resident, _)): &(usize, &(Resident, PersonId))| {
            GROWN_AGES.contains(&resident.age(on)) && resident.mobile.is_some() && !taken.contains(place)
        };
        self.residents.iter().enumerate().filter(fits).map(|(_, known)| known).take(count).collect()
    }

    /// People who can ask for the allowance.
    fn elders(&self, on: Date, count: usize) -> Vec<&(Resident, PersonId)> {
        self.residents.iter().filter(|(resident, _)| resident.age(on) >= ELDER_AGE).take(count).collect()
    }
}

/// Who appears in stories, and how many accounts and authorisations that took.
pub(crate) struct Casting {
    pub cast: Cast,
    pub tea_shop: String,
    pub accounts: usize,
    pub delegations: usize,
}

/// Registers residents and companies: those who are born on the day on which the town begins.
pub(crate) fn register(runner: &Runner, parts: &Parts, start: Date, size: &Size) -> Result<People, Halt> {
    let mut people = residents(parts.seed, size.residents);
    people.retain(|resident| resident.identity_number.birth_date() <= start);
    let commands: Vec<_> = people.iter().filter_map(Resident::register).collect();
    let persons = run_all(runner, &Actor::system(), commands)?;
    let firms = companies(parts.seed, size.companies, &people, COUNTED_ON);
    let mut commands = Vec::with_capacity(firms.len());
    for firm in &firms {
        let (resident, id) = people.get(firm.representative).zip(persons.get(firm.representative)).ok_or_else(|| missing("a representative"))?;
        commands.push(RegisterLegalPerson {
            code: firm.code.as_str().to_owned(),
            name: firm.name.clone(),
            representative_name: resident.name.clone(),
            representative: Some(id.clone()),
            division: division(crate::basics::county::TOWNS.get(firm.town).map_or("339921", |town| town.division.code))?,
            address: firm.address.clone(),
        });
    }
    let legal = run_all(runner, &Actor::system(), commands)?;
    Ok(People { residents: people.into_iter().zip(persons).collect(), companies: firms.into_iter().zip(legal).collect() })
}

/// How many people appear in the stories of so many cases.
struct Wanted {
    grown: usize,
    elders: usize,
    operators: usize,
}

impl Wanted {
    fn of(size: &Size) -> Self {
        let share = |hundredths: usize| (size.cases * hundredths / 100).clamp(8, APPLICANTS_MAX);
        Self { grown: share(24).max(14), elders: share(15), operators: share(17) }
    }
}

/// Opens accounts, grants authorisations, and says who applies.
pub(crate) fn cast(
    runner: &Runner,
    basics: &Basics,
    people: &People,
    parts: &Parts,
    staff: &[AccountId],
    start: Date,
    size: &Size,
) -> Result<Casting, Halt> {
    let wanted = Wanted::of(size);
    let operators: Vec<&(Company, LegalPersonId)> = distinct_operators(people, wanted.operators);
    let taken: Vec<usize> = operators.iter().map(|(company, _)| company.representative).collect();
    let (grown, elders) = (people.grown(start, &taken, wanted.grown), people.elders(start, wanted.elders));
    let managers: Vec<&(Resident, PersonId)> = operators.iter().filter_map(|(company, _)| people.residents.get(company.representative)).collect();
    let alone: Vec<&(Resident, PersonId)> = elders.iter().copied().step_by(ELDERS_ALONE).collect();
    let known = known_by_name(basics)?;
    let mut logins: Vec<(String, PersonId)> = known.iter().map(|(login, id)| ((*login).to_owned(), id.clone())).collect();
    for (place, (resident, id)) in grown.iter().chain(&managers).chain(&alone).copied().enumerate() {
        let login = resident.mobile.clone().unwrap_or_else(|| format!("citizen-{place}"));
        logins.push((login, id.clone()));
    }
    let accounts = open_citizens(runner, &logins, &parts.entropy)?;
    let book = Book { logins: &logins, accounts: &accounts };
    let counter = Counter { runner, clerk: clerk(basics, staff)?, start, book: &book };
    let delegations = counter.known(basics)?;
    let mut cast = Cast { shopkeeper: known_applicant(basics, &book, SHOPKEEPER), ..Cast::default() };
    cast.grown = grown.iter().filter_map(|(resident, id)| Some(Applicant::of(resident, book.actor(id)?))).collect();
    let mut helped = 0;
    for (place, (resident, id)) in elders.iter().copied().enumerate() {
        let actor = match book.actor(id) {
            Some(own) => own,
            None => {
                helped += 1;
                let child = grown.get(place % grown.len().max(1)).ok_or_else(|| missing("a child"))?;
                counter.helps(id, &child.1)?
            }
        };
        cast.elders.push(Applicant::of(resident, actor));
    }
    for ((company, id), (manager, person)) in operators.iter().copied().zip(managers) {
        let actor = book.actor(person).ok_or_else(|| missing("an account of a manager"))?;
        let actor = Actor { on_behalf: Some(id.to_string()), roles: vec![delegation_role(SCOPE_EVERYTHING)], ..actor };
        cast.operators.push(Operator::of(company, manager, actor));
    }
    let tea_shop = basics.companies.first().map(|(_, id)| id.to_string()).unwrap_or_default();
    Ok(Casting { cast, tea_shop, accounts: accounts.len(), delegations: delegations + helped })
}

/// Businesses with food, each with a representative of its own.
fn distinct_operators(people: &People, count: usize) -> Vec<&(Company, LegalPersonId)> {
    let mut seen = Vec::new();
    let mut found = Vec::new();
    for known in people.companies.iter().filter(|(company, _)| company.serves_food) {
        if found.len() < count && !seen.contains(&known.0.representative) {
            seen.push(known.0.representative);
            found.push(known);
        }
    }
    found
}

/// Accounts of the demonstration, by login name.
fn known_by_name(basics: &Basics) -> Result<Vec<(&'static str, PersonId)>, Halt> {
    let logins = [("linxiaohe", SHOPKEEPER), ("zhoumin", DAUGHTER), ("shenlijuan", ACCOUNTANT), ("gaojianjun", MANAGER)];
    let person = |(login, number)| basics.person(number).map(|id| (login, id.clone())).ok_or_else(|| missing("a person known by name"));
    logins.into_iter().map(person).collect()
}

fn known_applicant(basics: &Basics, book: &Book<'_>, number: &str) -> Option<Applicant> {
    let (spec, id) = basics.persons.iter().find(|(spec, _)| spec.identity_number == number)?;
    let birth = parties::IdentityNumber::parse(number).ok()?.birth_date();
    Some(Applicant {
        actor: book.actor(id)?,
        name: spec.name.to_owned(),
        identity_number: number.to_owned(),
        birth,
        division: spec.division.to_owned(),
        address: spec.address.to_owned(),
        mobile: spec.mobile.to_owned(),
    })
}

fn clerk(basics: &Basics, accounts: &[AccountId]) -> Result<Actor, Halt> {
    let found = basics.staff.iter().zip(accounts).find(|(member, _)| member.spec.login == KEEPER);
    let (member, account) = found.ok_or_else(|| missing("the clerk at the counter"))?;
    let mut actor = member.actor(account.as_str());
    actor.roles.push(Role::PartiesKeeper.code().to_owned());
    Ok(actor)
}

/// Accounts of citizens.
struct Book<'a> {
    logins: &'a [(String, PersonId)],
    accounts: &'a [AccountId],
}

impl Book<'_> {
    fn actor(&self, person: &PersonId) -> Option<Actor> {
        let place = self.logins.iter().position(|(_, known)| known == person)?;
        self.accounts.get(place).map(|account| citizen(account.as_str(), person))
    }
}

/// The counter, where authorisations are recorded on presented documents; the agent accepts online.
struct Counter<'a> {
    runner: &'a Runner,
    clerk: Actor,
    start: Date,
    book: &'a Book<'a>,
}

impl Counter<'_> {
    /// A child may apply for the allowance; answers the child, acting for the elder.
    fn helps(&self, elder: &PersonId, child: &PersonId) -> Result<Actor, Halt> {
        let scope = Scope::Items(vec![ALLOWANCE.to_owned()]);
        let actor = self.grant(Party::Person(elder.clone()), child, DelegationKind::Child, scope)?;
        Ok(Actor { on_behalf: Some(elder.to_string()), roles: vec![delegation_role(ALLOWANCE)], ..actor })
    }

    /// The daughter for her father, the accountant for her company.
    fn known(&self, basics: &Basics) -> Result<usize, Halt> {
        let person = |number| basics.person(number).ok_or_else(|| missing("a person known by name"));
        let company = basics.company(FOOD_COMPANY).ok_or_else(|| missing("the food company"))?;
        self.grant(Party::Person(person(FATHER)?.clone()), person(DAUGHTER)?, DelegationKind::Child, Scope::All)?;
        let scope = Scope::Items(vec![FOOD.to_owned()]);
        self.grant(Party::Legal(company.clone()), person(ACCOUNTANT)?, DelegationKind::Agent, scope)?;
        Ok(2)
    }

    fn grant(&self, principal: Party, agent: &PersonId, kind: DelegationKind, scope: Scope) -> Result<Actor, Halt> {
        let valid_until = self.start.saturating_add(jiff::Span::new().years(3)).yesterday().map_err(Halt::fault)?;
        let grant = GrantDelegation { principal, agent: agent.clone(), kind, scope, valid_from: self.start, valid_until };
        let delegation = self.runner.execute(Request::by(self.clerk.clone()), grant)?.outcome;
        let actor = self.book.actor(agent).ok_or_else(|| missing("an account of an agent"))?;
        self.runner.execute(Request::by(actor.clone()), AcceptDelegation { delegation })?;
        Ok(actor)
    }
}

fn missing(what: &str) -> Halt {
    Fault::because(format!("the town lacks {what}")).into()
}
