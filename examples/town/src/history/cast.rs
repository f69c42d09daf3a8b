//! Who applies in the stories.

use clock::Date;
use runner::Actor;

use crate::companies::Company;
use crate::residents::Resident;

/// A person who applies, in her own affairs or for whom she may act.
#[derive(Clone, Debug)]
pub(crate) struct Applicant {
    /// Who signs in.
    pub actor: Actor,
    /// Name of the applicant.
    pub name: String,
    /// 公民身份号码
    pub identity_number: String,
    /// Day of birth.
    pub birth: Date,
    /// Division of residence.
    pub division: String,
    /// Address.
    pub address: String,
    /// Mobile number.
    pub mobile: String,
}

/// A company that applies through its representative or agent.
#[derive(Clone, Debug)]
pub(crate) struct Operator {
    /// Who signs in, acting for the company.
    pub actor: Actor,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Seat.
    pub address: String,
    /// Division of the seat.
    pub division: String,
    /// Name of the representative.
    pub manager: String,
    /// Mobile number.
    pub mobile: String,
}

/// Everybody who applies.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cast {
    /// 林晓禾.
    pub shopkeeper: Option<Applicant>,
    /// People of working age.
    pub grown: Vec<Applicant>,
    /// People over eighty.
    pub elders: Vec<Applicant>,
    /// Businesses with food.
    pub operators: Vec<Operator>,
}

impl Applicant {
    pub(crate) fn of(resident: &Resident, actor: Actor) -> Self {
        Self {
            actor,
            name: resident.name.clone(),
            identity_number: resident.identity_number.as_str().to_owned(),
            birth: resident.identity_number.birth_date(),
            division: resident.division().to_owned(),
            address: resident.address.clone(),
            mobile: resident.mobile.clone().unwrap_or_else(|| "15400000000".to_owned()),
        }
    }
}

impl Operator {
    pub(crate) fn of(company: &Company, manager: &Resident, actor: Actor) -> Self {
        Self {
            actor,
            code: company.code.as_str().to_owned(),
            name: company.name.clone(),
            address: company.address.clone(),
            division: crate::basics::county::TOWNS.get(company.town).map_or(crate::basics::county::COUNTY, |town| town.division.code).to_owned(),
            manager: manager.name.clone(),
            mobile: manager.mobile.clone().unwrap_or_else(|| "15400000000".to_owned()),
        }
    }
}
