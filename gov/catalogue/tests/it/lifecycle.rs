use crate::world::{Town, content, fields};
use catalogue::queries;
use catalogue::{
    CompileResource, EditResource, RecallResource, ReportUpdate, ResourceCode, ReviewResource, ShareType, Status, SubmitResource, Verdict,
    WithdrawResource, changes,
};
use testkit::on_both;

#[test]
fn codes_are_generated_in_a_row_by_classification() {
    on_both(|database| {
        let town = Town::new(database);
        let first = town.draft(&town.market, "食品经营许可信息");
        let second = town.draft(&town.market, "食品生产许可信息");
        assert_eq!(town.get(&first).code.to_string(), "303013/000001");
        assert_eq!(town.get(&second).code.to_string(), "303013/000002");
        let brought = CompileResource { organ: town.market.clone(), content: content("抽检信息"), code: ResourceCode::parse("303013/000009") };
        town.world.execute(&town.officer(&town.market), brought.clone());
        let again = CompileResource { content: content("抽检结果"), ..brought };
        assert_eq!(town.world.refuse(&town.officer(&town.market), again).code, "resource-code-taken");
        assert_eq!(town.get(&town.draft(&town.market, "监督检查信息")).code.to_string(), "303013/000010");
    });
}

#[test]
fn a_resource_is_registered_and_published_by_the_authority() {
    on_both(|database| {
        let town = Town::new(database);
        let id = town.draft(&town.market, "食品经营许可信息");
        town.submit(&id);
        let waiting = town.get(&id);
        assert_eq!((waiting.status, waiting.review_due_on.map(|day| day.to_string())), (Status::RegistrationReview, Some("2026-03-04".into())));
        town.review(&id, Verdict::Approve, "");
        assert_eq!(town.get(&id).status, Status::Registered);
        town.submit(&id);
        town.review(&id, Verdict::Approve, "");
        let published = town.get(&id);
        assert_eq!((published.status, published.published_version), (Status::Published, Some(1)));
        assert_eq!(published.published_on.map(|day| day.to_string()).as_deref(), Some("2026-03-02"));
    });
}

#[test]
fn an_incomplete_description_is_refused_with_everything_at_once() {
    on_both(|database| {
        let town = Town::new(database);
        let mut incomplete = content("食品经营许可信息");
        incomplete.summary = String::new();
        incomplete.sharing.share_type = ShareType::Conditional;
        incomplete.items[0].length_max = None;
        let id = town.draft_of(&town.market, incomplete);
        let refusal = town.world.refuse(&town.officer(&town.market), SubmitResource { resource: id, seen: None });
        assert_eq!(refusal.code, "description-incomplete");
        assert_eq!(fields(&refusal), ["summary", "sharing.condition", "items.0.length"]);
    });
}

#[test]
fn a_return_needs_reasons_and_leads_back_to_the_provider() {
    on_both(|database| {
        let town = Town::new(database);
        let id = town.draft(&town.market, "食品经营许可信息");
        town.submit(&id);
        let silent = ReviewResource { resource: id.clone(), verdict: Verdict::Return, remark: " ".into(), seen: None };
        assert_eq!(town.world.refuse(&town.reviewer(), silent).code, "reason-missing");
        town.review(&id, Verdict::Return, "请补充共享范围。");
        let returned = town.get(&id);
        assert_eq!((returned.status, returned.remark.as_str()), (Status::Returned, "请补充共享范围。"));
        town.submit(&id);
        town.review(&id, Verdict::Refuse, "与人口库重复。");
        assert_eq!(town.get(&id).status, Status::RegistrationRefused);
    });
}

#[test]
fn what_is_under_review_is_recalled_before_it_is_changed() {
    on_both(|database| {
        let town = Town::new(database);
        let officer = town.officer(&town.market);
        let id = town.draft(&town.market, "食品经营许可信息");
        town.submit(&id);
        let edit = EditResource { resource: id.clone(), content: content("食品许可信息"), seen: None };
        assert_eq!(town.world.refuse(&officer, edit.clone()).code, "resource-status");
        assert_eq!(town.world.execute(&officer, RecallResource { resource: id.clone(), seen: None }).outcome, Status::Draft);
        town.world.execute(&officer, edit);
        assert_eq!(town.get(&id).content.name, "食品许可信息");
    });
}

#[test]
fn a_change_of_what_is_published_is_seen_by_others_after_review_alone() {
    on_both(|database| {
        let town = Town::new(database);
        let id = town.published(&town.market, content("食品经营许可信息"));
        let mut changed = content("食品经营许可与备案信息");
        changed.items.remove(3);
        town.world.execute(&town.officer(&town.market), EditResource { resource: id.clone(), content: changed, seen: None });
        let working = town.get(&id);
        assert_eq!((working.status, working.published_version), (Status::Draft, Some(1)));
        let seen = |town: &Town| town.world.read(|tx| queries::rows_of(tx, &[id.to_string()])).remove(0).name;
        assert_eq!(seen(&town), "食品经营许可信息");
        for _ in 0..2 {
            town.submit(&id);
            town.review(&id, Verdict::Approve, "");
        }
        assert_eq!(seen(&town), "食品经营许可与备案信息");
        let versions = town.world.read(|tx| queries::versions(tx, &id));
        assert_eq!(versions.len(), 2);
        let of = |nth: usize| town.world.read(|tx| queries::content_of(tx, &id, versions[nth].number)).unwrap();
        let told: Vec<String> = changes(&of(1), &of(0)).into_iter().map(|change| change.label.zh).collect();
        assert_eq!(told, ["信息资源名称", "信息项 许可证编号"]);
    });
}

#[test]
fn publication_ends_with_a_reason() {
    on_both(|database| {
        let town = Town::new(database);
        let id = town.published(&town.market, content("食品经营许可信息"));
        let withdraw = |reason: &str| WithdrawResource { resource: id.clone(), reason: reason.into(), seen: None };
        assert_eq!(town.world.refuse(&town.officer(&town.market), withdraw("")).code, "reason-missing");
        town.world.execute(&town.officer(&town.market), withdraw("系统停用。"));
        let now = town.get(&id);
        assert_eq!((now.status, now.published_version), (Status::Withdrawn, None));
        assert_eq!(town.world.refuse(&town.officer(&town.market), withdraw("再次")).code, "resource-status");
    });
}

#[test]
fn only_the_officer_of_the_organ_writes_and_only_the_authority_reviews() {
    on_both(|database| {
        let town = Town::new(database);
        let compile = CompileResource { organ: town.market.clone(), content: content("食品经营许可信息"), code: None };
        for stranger in [town.clerk(&town.market), town.officer(&town.health), town.reviewer(), runner::Actor::anonymous()] {
            assert_eq!(town.world.refuse(&stranger, compile.clone()).code, "not-permitted");
        }
        let id = town.draft(&town.market, "食品经营许可信息");
        town.submit(&id);
        let review = ReviewResource { resource: id.clone(), verdict: Verdict::Approve, remark: String::new(), seen: None };
        assert_eq!(town.world.refuse(&town.officer(&town.market), review.clone()).code, "not-permitted");
        assert_eq!(town.world.refuse(&town.officer(&town.health), review).code, "not-found", "for others it does not exist");
    });
}

#[test]
fn nobody_reviews_what_she_submitted() {
    on_both(|database| {
        let town = Town::new(database);
        let both = town.both();
        let id = town.world.execute(&both, CompileResource { organ: town.data.clone(), content: content("算力设施信息"), code: None }).outcome;
        town.world.execute(&both, SubmitResource { resource: id.clone(), seen: None });
        let review = ReviewResource { resource: id.clone(), verdict: Verdict::Approve, remark: String::new(), seen: None };
        assert_eq!(town.world.refuse(&both, review.clone()).code, "not-permitted");
        let colleague = runner::Actor { account: "colleague".into(), ..town.reviewer() };
        assert_eq!(town.world.execute(&colleague, review).outcome, Status::Registered);
    });
}

#[test]
fn of_two_officers_the_second_is_told() {
    on_both(|database| {
        let town = Town::new(database);
        let id = town.draft(&town.market, "食品经营许可信息");
        let edit = |name: &str| EditResource { resource: id.clone(), content: content(name), seen: Some(1) };
        town.world.execute(&town.officer(&town.market), edit("甲"));
        assert_eq!(town.world.refuse(&town.officer(&town.market), edit("乙")).code, "stale-version");
        let other = town.draft(&town.market, "丙");
        assert_eq!(
            town.world.refuse(&town.officer(&town.market), CompileResource { organ: town.market.clone(), content: content("丙"), code: None }).code,
            "resource-known"
        );
        assert_ne!(other, id);
    });
}

#[test]
fn the_data_are_overdue_after_their_period() {
    on_both(|database| {
        let town = Town::new(database);
        let mut weekly = content("食品经营许可信息");
        weekly.period = catalogue::UpdatePeriod::Weekly;
        let id = town.published(&town.market, weekly);
        let watched = |town: &Town, day: &str| {
            let day: clock::Date = day.parse().unwrap();
            let found = town.world.read(|tx| queries::monitor(tx, None, day, &crate::world::calendar(), 10));
            found.into_iter().map(|watched| (watched.freshness, watched.late_workdays)).collect::<Vec<_>>()
        };
        assert_eq!(watched(&town, "2026-03-02"), [(catalogue::Freshness::NeverUpdated, 0)]);
        let report = |on: &str| ReportUpdate { resource: id.clone(), updated_on: on.parse().unwrap(), mounted: true };
        assert_eq!(town.world.refuse(&town.officer(&town.market), report("2026-03-03")).code, "update-in-future");
        let due = town.world.execute(&town.officer(&town.market), report("2026-03-02")).outcome;
        assert_eq!(due.map(|day| day.to_string()).as_deref(), Some("2026-03-09"));
        assert_eq!(watched(&town, "2026-03-03"), []);
        assert_eq!(watched(&town, "2026-03-06"), [(catalogue::Freshness::DueSoon, -1)]);
        assert_eq!(watched(&town, "2026-03-11"), [(catalogue::Freshness::Overdue, 2)]);
        assert!(town.get(&id).mounted);
    });
}
