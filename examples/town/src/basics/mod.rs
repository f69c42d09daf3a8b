//! The small static part of the town: divisions, organs, posts, staff, and the persons known by name. Uses commands of `parties` alone, so
//! that scenarios of packages can run in it within a second.

pub mod county;
pub mod organs;
pub mod people;
pub mod staff;

use clock::Date;
use i18n::Text;
use parties::{
    AddPost, AddStaff, AssignPost, DivisionCode, EnactDivision, LegalPersonId, OrganId, PersonId, PostId, Problem, RegisterLegalPerson,
    RegisterOrgan, RegisterPerson, StaffId,
};
use runner::{Actor, ActorKind, ActorPost, Fault, Halt, Runner};

use crate::bulk::run_all;
use county::{ABOVE, COUNTY, DivisionSpec, TOWNS};
use organs::{ORGANS, OrganSpec};
use people::{COMPANIES, CompanySpec, PERSONS, PersonSpec};
use staff::{LICENSED_LANE, STAFF, StaffSpec, lane_name};

const ENACTED_ON: Date = jiff::civil::date(2020, 1, 1);
/// Assurance of staff at their desks: present in person.
const ASSURANCE_STAFF: u8 = 3;
/// Assurance of citizens whose name and number agreed with the register.
const ASSURANCE_CITIZEN: u8 = 2;

/// An organ with its identifier.
#[derive(Debug, Clone)]
pub struct TownOrgan {
    /// What the table says.
    pub spec: &'static OrganSpec,
    /// Identifier.
    pub id: OrganId,
}

/// A member of staff with identifiers.
#[derive(Debug, Clone)]
pub struct TownStaff {
    /// What the table says.
    pub spec: &'static StaffSpec,
    /// Identifier.
    pub id: StaffId,
    /// The organ.
    pub organ: OrganId,
    /// Division of the organ.
    pub division: &'static str,
}

/// What was set up.
#[derive(Debug, Clone, Default)]
pub struct Basics {
    /// Organs.
    pub organs: Vec<TownOrgan>,
    /// Staff.
    pub staff: Vec<TownStaff>,
    /// Persons known by name.
    pub persons: Vec<(&'static PersonSpec, PersonId)>,
    /// Companies known by name.
    pub companies: Vec<(&'static CompanySpec, LegalPersonId)>,
}

/// Sets the static part of the town up at the runner's present moment. The runner needs the service `seal::FieldKeys`.
///
/// # Errors
/// A refusal or fault of a command; a town that is there already is refused with `division-known`.
pub fn seed(runner: &Runner, actor: &Actor) -> Result<Basics, Halt> {
    let enact = |spec: &DivisionSpec| -> Result<EnactDivision, Halt> {
        Ok(EnactDivision { code: division(spec.code)?, name: Text::new(spec.zh, spec.en), valid_from: ENACTED_ON })
    };
    let divisions: Vec<DivisionSpec> = ABOVE.into_iter().chain(TOWNS.iter().map(|town| town.division)).collect();
    run_all(runner, actor, divisions.iter().map(enact).collect::<Result<_, _>>()?)?;
    let mut basics = Basics { organs: register_organs(runner, actor)?, ..Basics::default() };
    let posts = add_posts(runner, actor, &basics.organs)?;
    basics.staff = add_staff(runner, actor, &basics.organs)?;
    assign_posts(runner, actor, &basics.staff, &posts)?;
    register_people(runner, actor, &mut basics)?;
    Ok(basics)
}

impl Basics {
    /// The organ with a duty in the county: `market-supervision`.
    #[must_use]
    pub fn organ(&self, duty: &str) -> Option<&TownOrgan> {
        self.organs.iter().find(|organ| organ.spec.duty == duty)
    }

    /// The organ by what the table of staff calls it: its duty, for governments of towns `township/<division>`.
    #[must_use]
    pub fn organ_by_key(&self, key: &str) -> Option<&TownOrgan> {
        by_key(&self.organs, key)
    }

    /// Who works in a lane of an organ.
    pub fn holders<'a>(&'a self, organ: &'a str, lane: &'a str) -> impl Iterator<Item = &'a TownStaff> {
        self.staff.iter().filter(move |one| one.organ.as_str() == organ && one.spec.lanes.contains(&lane))
    }

    /// The person with an identity number.
    #[must_use]
    pub fn person(&self, identity_number: &str) -> Option<&PersonId> {
        self.persons.iter().find(|(spec, _)| spec.identity_number == identity_number).map(|(_, id)| id)
    }

    /// The company with a code.
    #[must_use]
    pub fn company(&self, code: &str) -> Option<&LegalPersonId> {
        self.companies.iter().find(|(spec, _)| spec.code == code).map(|(_, id)| id)
    }

    /// For scenarios: the person known by that identity number, 林晓禾 for none. There are no accounts here, the person stands for hers.
    #[must_use]
    pub fn scenario_applicant(&self, identity_number: Option<&str>) -> Option<Actor> {
        let person = self.person(identity_number.unwrap_or(people::SHOPKEEPER))?;
        Some(citizen(&format!("account of {person}"), person))
    }

    /// For scenarios: somebody who holds a post in the organ of the task, or in whichever organ has it.
    #[must_use]
    pub fn scenario_post(&self, lane: &str, organ: Option<&str>) -> Option<Actor> {
        let holds = |one: &&TownStaff| one.spec.lanes.contains(&lane);
        let here = |one: &&TownStaff| organ.is_none_or(|organ| one.organ.as_str() == organ);
        let found = self.staff.iter().filter(holds).find(here).or_else(|| self.staff.iter().find(holds))?;
        Some(found.actor(&format!("account of {}", found.spec.login)))
    }
}

impl TownStaff {
    /// As commands see somebody who has signed in with an account.
    #[must_use]
    pub fn actor(&self, account: &str) -> Actor {
        let post = |lane: &&str| ActorPost { post: (*lane).to_owned(), organ: self.organ.to_string(), division: self.division.to_owned() };
        let posts = self.spec.lanes.iter().map(post).collect();
        let party = Some(self.id.to_string());
        Actor { posts, party, assurance: ASSURANCE_STAFF, ..Actor::bare(account, ActorKind::Staff) }
    }
}

/// A person who has signed in with an account, in her own affairs.
#[must_use]
pub fn citizen(account: &str, person: &PersonId) -> Actor {
    Actor { party: Some(person.to_string()), assurance: ASSURANCE_CITIZEN, ..Actor::bare(account, ActorKind::Person) }
}

pub(crate) fn division(code: &str) -> Result<DivisionCode, Halt> {
    DivisionCode::parse(code).map_err(|problem| wrong(&problem))
}

/// The tables of this crate are wrong; its tests find that.
pub(crate) fn wrong(problem: &Problem) -> Halt {
    Fault::because(format!("the town's tables are wrong: {}", problem.sentence.en)).into()
}

fn by_key<'a>(organs: &'a [TownOrgan], key: &str) -> Option<&'a TownOrgan> {
    let (duty, place) = key.split_once('/').unwrap_or((key, COUNTY));
    organs.iter().find(|organ| organ.spec.duty == duty && organ.spec.division == place)
}

fn organ_of<'a>(organs: &'a [TownOrgan], member: &StaffSpec) -> Result<&'a TownOrgan, Halt> {
    by_key(organs, member.organ).ok_or_else(|| Fault::because(format!("{} works in an organ that is not there", member.login)).into())
}

fn register_organs(runner: &Runner, actor: &Actor) -> Result<Vec<TownOrgan>, Halt> {
    let command = |spec: &OrganSpec| -> Result<RegisterOrgan, Halt> {
        Ok(RegisterOrgan {
            code: spec.code().map_err(|problem| wrong(&problem))?.to_string(),
            name: Text::new(spec.name.0, spec.name.1),
            division: division(spec.division)?,
            parent: None,
            details: spec.details(),
        })
    };
    let ids = run_all(runner, actor, ORGANS.iter().map(command).collect::<Result<_, _>>()?)?;
    Ok(ORGANS.iter().zip(ids).map(|(spec, id)| TownOrgan { spec, id }).collect())
}

/// One post for each lane of an organ that somebody works in.
fn add_posts(runner: &Runner, actor: &Actor, organs: &[TownOrgan]) -> Result<Vec<(OrganId, &'static str, PostId)>, Halt> {
    let mut wanted: Vec<(OrganId, &'static str)> = Vec::new();
    for member in &STAFF {
        let organ = organ_of(organs, member)?;
        for lane in member.lanes {
            if !wanted.iter().any(|(known, same)| *known == organ.id && same == lane) {
                wanted.push((organ.id.clone(), *lane));
            }
        }
    }
    let command = |(organ, lane): &(OrganId, &'static str)| {
        let (zh, en) = lane_name(lane);
        let code = (*lane).to_owned();
        AddPost { organ: organ.clone(), lane: code.clone(), code, name: Text::new(zh, en), requires_licence: *lane == LICENSED_LANE }
    };
    let ids = run_all(runner, actor, wanted.iter().map(command).collect())?;
    Ok(wanted.into_iter().zip(ids).map(|((organ, lane), id)| (organ, lane, id)).collect())
}

fn add_staff(runner: &Runner, actor: &Actor, organs: &[TownOrgan]) -> Result<Vec<TownStaff>, Halt> {
    let places = STAFF.iter().map(|member| organ_of(organs, member)).collect::<Result<Vec<_>, _>>()?;
    let command = |(member, organ): (&StaffSpec, &&TownOrgan)| AddStaff {
        organ: organ.id.clone(),
        name: member.name.to_owned(),
        officer_licence: member.licence.map(str::to_owned),
    };
    let ids = run_all(runner, actor, STAFF.iter().zip(&places).map(command).collect())?;
    let both = STAFF.iter().zip(places).zip(ids);
    Ok(both.map(|((spec, organ), id)| TownStaff { spec, id, organ: organ.id.clone(), division: organ.spec.division }).collect())
}

/// In rounds of one post for each member of staff: commands of one round run at once and must not meet in a stream.
fn assign_posts(runner: &Runner, actor: &Actor, staff: &[TownStaff], posts: &[(OrganId, &'static str, PostId)]) -> Result<(), Halt> {
    let rounds = staff.iter().map(|member| member.spec.lanes.len()).max().unwrap_or(0);
    for round in 0..rounds {
        let mut commands = Vec::new();
        for member in staff {
            let Some(lane) = member.spec.lanes.get(round) else { continue };
            let post = posts.iter().find(|(organ, known, _)| *organ == member.organ && known == lane);
            commands.extend(post.map(|(_, _, post)| AssignPost { staff: member.id.clone(), post: post.clone() }));
        }
        run_all(runner, actor, commands)?;
    }
    Ok(())
}

fn register_people(runner: &Runner, actor: &Actor, basics: &mut Basics) -> Result<(), Halt> {
    let person = |spec: &PersonSpec| -> Result<RegisterPerson, Halt> {
        Ok(RegisterPerson {
            name: spec.name.to_owned(),
            identity_number: spec.identity_number.to_owned(),
            division: division(spec.division)?,
            address: spec.address.to_owned(),
            mobile: Some(spec.mobile.to_owned()),
        })
    };
    let ids = run_all(runner, actor, PERSONS.iter().map(person).collect::<Result<_, _>>()?)?;
    basics.persons = PERSONS.iter().zip(ids).collect();
    let mut commands = Vec::new();
    for spec in &COMPANIES {
        let representative = basics.persons.iter().find(|(person, _)| person.identity_number == spec.representative);
        commands.push(RegisterLegalPerson {
            code: spec.code.to_owned(),
            name: spec.name.to_owned(),
            representative_name: representative.map(|(person, _)| person.name.to_owned()).unwrap_or_default(),
            representative: representative.map(|(_, id)| id.clone()),
            division: division(COUNTY)?,
            address: spec.address.to_owned(),
        });
    }
    let ids = run_all(runner, actor, commands)?;
    basics.companies = COMPANIES.iter().zip(ids).collect();
    Ok(())
}
