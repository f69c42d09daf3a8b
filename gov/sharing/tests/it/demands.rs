//! The list of demands.

use sharing::commands::{AnswerDemand, DeclareDemand};
use sharing::{DemandState, queries};
use testkit::on_both;

use crate::world::County;

#[test]
fn a_demand_is_declared_for_ones_own_organ_and_answered_once_by_the_data_authority() {
    on_both(|database| {
        let county = County::on(database);
        let declare = |duty: &str| DeclareDemand {
            organ: county.organ(duty).into(),
            title: "殡葬火化信息".into(),
            purpose: "停发高龄津贴，依据老年人权益保障法第三十三条".into(),
        };
        let clerk = county.staff("civil-affairs", "handler");
        assert_eq!(county.world.refuse(&clerk, declare("health")).code, "not-permitted");
        let blank = DeclareDemand { title: " ".into(), ..declare("civil-affairs") };
        assert_eq!(county.world.refuse(&clerk, blank).code, "purpose-missing");
        let id = county.world.execute(&clerk, declare("civil-affairs")).outcome;
        let found = county.world.read(|tx| queries::demands(tx, 10));
        assert_eq!(found.first().unwrap().answer_by.to_string(), "2026-03-23", "15 working days");
        let answer =
            |resource: Option<&str>| AnswerDemand {
                demand: id.clone(), resource: resource.map(str::to_owned), answer: "由卫生健康局编目".into()
            };
        assert_eq!(county.world.refuse(&clerk, answer(None)).code, "not-permitted");
        let authority = county.staff("data-resources", "handler");
        assert_eq!(county.world.refuse(&authority, answer(Some("339921-nothing"))).code, "resource-unknown");
        county.world.execute(&authority, answer(Some("203002/000001")));
        assert_eq!(county.world.refuse(&authority, answer(None)).code, "demand-answered");
        let found = county.world.read(|tx| queries::demands(tx, 10));
        assert_eq!(found.first().unwrap().state, DemandState::Catalogued);
    });
}
