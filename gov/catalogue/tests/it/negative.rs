use crate::world::{Town, content, fields};
use catalogue::queries;
use catalogue::{
    DecideNegative, LegalBasis, NegativeKind, NegativeState, NegativeVerdict, ProposeNegative, ResourceId, SettleDuplicate, ShareType,
    SubmitResource, Verdict,
};
use testkit::on_both;

fn kept_back(town: &Town) -> ResourceId {
    let mut content = content("投诉举报信息");
    content.sharing.share_type = ShareType::NotShared;
    content.sharing.condition = "个人信息保护法 第二十五条".into();
    let id = town.draft_of(&town.market, content);
    town.submit(&id);
    town.review(&id, Verdict::Approve, "");
    id
}

fn proposal(resource: &ResourceId) -> ProposeNegative {
    ProposeNegative {
        resource: resource.clone(),
        kind: NegativeKind::NotShared,
        basis: LegalBasis { law: "个人信息保护法".into(), article: "第二十五条".into() },
        quote: "个人信息处理者不得公开其处理的个人信息，取得个人单独同意的除外。".into(),
        reason: "含举报人信息。".into(),
    }
}

#[test]
fn what_is_not_shared_is_published_on_the_negative_list_alone() {
    on_both(|database| {
        let town = Town::new(database);
        let (officer, id) = (town.officer(&town.market), kept_back(&town));
        let submit = SubmitResource { resource: id.clone(), seen: None };
        let refusal = town.world.refuse(&officer, submit.clone());
        assert_eq!((refusal.code.as_ref(), refusal.basis.is_empty()), ("negative-entry-missing", false));
        let entry = town.world.execute(&officer, proposal(&id)).outcome;
        assert_eq!(town.world.refuse(&officer, submit.clone()).code, "negative-entry-missing", "a proposal is not enough");
        let approve = |review_on: &str, approval: &str| DecideNegative {
            entry: entry.clone(),
            verdict: NegativeVerdict::Approve { approval: approval.into(), review_on: review_on.parse().unwrap() },
            remark: String::new(),
        };
        assert_eq!(town.world.refuse(&officer, approve("2027-03-01", "云数〔2026〕3号")).code, "not-permitted");
        assert_eq!(fields(&town.world.refuse(&town.reviewer(), approve("2026-03-02", " "))), ["approval", "review_on"]);
        town.world.execute(&town.reviewer(), approve("2027-03-01", "云数〔2026〕3号"));
        town.world.execute(&officer, submit);
        town.review(&id, Verdict::Approve, "");
        let entries = town.world.read(|tx| queries::negative_of(tx, &id));
        assert_eq!((entries[0].state, entries[0].review_on.map(|day| day.to_string()).as_deref()), (NegativeState::Approved, Some("2027-03-01")));
    });
}

#[test]
fn an_entry_rests_on_a_law_and_stands_once() {
    on_both(|database| {
        let town = Town::new(database);
        let (officer, id) = (town.officer(&town.market), kept_back(&town));
        let without = ProposeNegative { basis: LegalBasis::default(), quote: String::new(), ..proposal(&id) };
        let refusal = town.world.refuse(&officer, without);
        assert_eq!((refusal.code.as_ref(), fields(&refusal)), ("basis-missing", vec!["law", "article", "quote"]));
        town.world.execute(&officer, proposal(&id));
        assert_eq!(town.world.refuse(&officer, proposal(&id)).code, "negative-exists");
        let entry = town.world.read(|tx| queries::negative_list(tx, Some(NegativeState::Proposed), "", 10)).remove(0).id;
        let decide = |verdict: NegativeVerdict, remark: &str| DecideNegative { entry: entry.clone(), verdict, remark: remark.into() };
        assert_eq!(town.world.refuse(&town.reviewer(), decide(NegativeVerdict::Remove, "x")).code, "negative-state");
        assert_eq!(town.world.refuse(&town.reviewer(), decide(NegativeVerdict::Refuse, "")).code, "reason-missing");
        town.world.execute(&town.reviewer(), decide(NegativeVerdict::Refuse, "依据不是法律。"));
        town.world.execute(&officer, proposal(&id));
    });
}

#[test]
fn the_same_items_in_two_departments_are_settled_by_the_authority() {
    on_both(|database| {
        let town = Town::new(database);
        let first = town.published(&town.market, content("经营者信息"));
        town.world.move_to("2026-03-02T10:00");
        let second = town.published(&town.health, content("公共场所经营者"));
        let found = town.world.read(|tx| queries::duplicates(tx, true, 10));
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].pair.likeness_percent, found[0].pair.shared.len()), (100, 5));
        assert_eq!(found[0].source, first.to_string(), "catalogued first");
        let settle = |source: Option<ResourceId>, reason: &str| SettleDuplicate {
            first: first.clone(),
            second: second.clone(),
            source,
            reason: reason.into(),
        };
        assert_eq!(town.world.refuse(&town.officer(&town.market), settle(None, "x")).code, "not-permitted");
        assert_eq!(town.world.refuse(&town.reviewer(), settle(None, "")).code, "reason-missing");
        town.world.execute(&town.reviewer(), settle(Some(first.clone()), "市场监管局登记在先。"));
        assert_eq!(town.world.read(|tx| queries::duplicates(tx, true, 10)).len(), 0);
        let all = town.world.read(|tx| queries::duplicates(tx, false, 10));
        assert_eq!(all[0].settlement.as_ref().and_then(|settlement| settlement.source.clone()), Some(first.to_string()));
    });
}
