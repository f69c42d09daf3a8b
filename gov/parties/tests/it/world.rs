//! The test world: Yunxi county with two organs.

use std::sync::Arc;

use i18n::Text;
use parties::{
    AddPost, AddStaff, AssignPost, DivisionCode, EnactDivision, IdentityNumber, LegalPersonId, OrganDetails, OrganId, PersonId, PostId,
    RegisterLegalPerson, RegisterOrgan, RegisterPerson, StaffId, UnifiedCode,
};
use runner::{Actor, ActorKind};
use seal::FieldKeys;
use testkit::{PermitAll, TestDatabase, World};

pub struct Town {
    pub world: World,
    pub keys: Arc<FieldKeys>,
}

pub fn keys() -> Arc<FieldKeys> {
    Arc::new(FieldKeys::new([(1, [7; 32])]).unwrap())
}

pub fn code(text: &str) -> DivisionCode {
    DivisionCode::parse(text).unwrap()
}

pub fn day(text: &str) -> clock::Date {
    text.parse().unwrap()
}

pub fn keeper() -> Actor {
    Actor::bare("keeper", ActorKind::Staff)
}

pub fn system() -> Actor {
    Actor::system()
}

/// A signed-in person.
pub fn citizen(id: &PersonId) -> Actor {
    Actor { party: Some(id.to_string()), ..Actor::bare("account_of_a_person", ActorKind::Person) }
}

pub fn details(duties: &[&str]) -> OrganDetails {
    OrganDetails {
        short_name: Text::new("县局", "Bureau"),
        duties: duties.iter().map(|duty| (*duty).to_owned()).collect(),
        address: Text::new("人民路1号", "1 Renmin Road"),
        hours: Text::new("工作日 9:00-17:00", "Working days 9:00-17:00"),
        phone: "0570-6000001".into(),
        complaint_phone: "0570-6000002".into(),
        ..OrganDetails::default()
    }
}

impl Town {
    pub fn new(database: TestDatabase) -> Self {
        Self::with(database, PermitAll)
    }

    pub fn with(database: TestDatabase, authority: impl runner::Authority + 'static) -> Self {
        let keys = keys();
        let builder = World::on(database, "2026-03-02T09:00", authority).migrate("parties", parties::MIGRATIONS);
        let world = builder.with(Arc::clone(&keys)).build();
        let town = Self { world, keys };
        for (code_, zh, en) in [
            ("330000", "浙江省", "Zhejiang"),
            ("339900", "云州市", "Yunzhou"),
            ("339921", "云溪县", "Yunxi County"),
            ("339921100", "城关镇", "Chengguan Town"),
        ] {
            let enact = EnactDivision { code: code(code_), name: Text::new(zh, en), valid_from: day("2020-01-01") };
            town.world.execute(&system(), enact);
        }
        town
    }

    pub fn organ(&self, serial: u32, division: &str, duties: &[&str]) -> OrganId {
        let uscc = UnifiedCode::from_serial('1', '1', &code(division), serial).unwrap();
        let command = RegisterOrgan {
            code: uscc.to_string(),
            name: Text::new(format!("云溪县第{serial}局"), format!("Yunxi Bureau {serial}")),
            division: code(division),
            parent: None,
            details: details(duties),
        };
        self.world.execute(&keeper(), command).outcome
    }

    pub fn post(&self, organ: &OrganId, code: &str, lane: &str, requires_licence: bool) -> PostId {
        let name = Text::new("岗位", "Post");
        let command = AddPost { organ: organ.clone(), code: code.into(), name, lane: lane.into(), requires_licence };
        self.world.execute(&keeper(), command).outcome
    }

    pub fn staff(&self, organ: &OrganId, name: &str, licence: Option<&str>) -> StaffId {
        let command = AddStaff { organ: organ.clone(), name: name.into(), officer_licence: licence.map(str::to_owned) };
        self.world.execute(&keeper(), command).outcome
    }

    pub fn assign(&self, staff: &StaffId, post: &PostId) {
        self.world.execute(&keeper(), AssignPost { staff: staff.clone(), post: post.clone() });
    }

    pub fn person(&self, name: &str, birth: &str, sequence: u16) -> PersonId {
        self.world.execute(&keeper(), register(name, birth, sequence)).outcome
    }

    pub fn company(&self, serial: u32, representative: Option<&PersonId>) -> LegalPersonId {
        let command = RegisterLegalPerson {
            code: UnifiedCode::from_serial('9', '1', &code("339921"), serial).unwrap().to_string(),
            name: format!("云溪第{serial}贸易有限公司"),
            representative_name: "王小明".into(),
            representative: representative.cloned(),
            division: code("339921"),
            address: "人民路2号".into(),
        };
        self.world.execute(&keeper(), command).outcome
    }
}

pub fn number(birth: &str, sequence: u16) -> IdentityNumber {
    IdentityNumber::compose("339921", day(birth), sequence).unwrap()
}

pub fn register(name: &str, birth: &str, sequence: u16) -> RegisterPerson {
    RegisterPerson {
        name: name.into(),
        identity_number: number(birth, sequence).as_str().into(),
        division: code("339921100"),
        address: "城关镇人民路3号".into(),
        mobile: Some("138 0000 0001".into()),
    }
}
