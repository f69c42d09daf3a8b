use crate::world::{Town, content};
use catalogue::queries;
use catalogue::{DecideGrades, DetectFields, FieldSamples, Grade, ItemGrade, Personal, Status};
use testkit::on_both;

fn decision(key: &str, personal: Personal, grade: Grade, reason: &str) -> ItemGrade {
    ItemGrade { item_key: key.into(), personal, grade, mask: None, reason: reason.into() }
}

#[test]
fn the_detector_suggests_and_a_person_decides() {
    on_both(|database| {
        let town = Town::new(database);
        let officer = town.officer(&town.market);
        let id = town.draft_of(&town.market, content("食品经营许可信息"));
        let samples = vec![FieldSamples { item_key: "许可证编号".into(), values: vec!["11010519491231002X".into(); 20] }];
        let found = town.world.execute(&officer, DetectFields { resource: id.clone(), samples }).outcome;
        let of = |key: &str| found.iter().find(|(known, _)| known == key).map(|(_, finding)| (finding.personal, finding.grade)).unwrap();
        assert_eq!(of("公民身份号码"), (Personal::Sensitive, Grade::General3));
        assert_eq!(of("许可证编号"), (Personal::Sensitive, Grade::General3), "the samples tell");
        assert_eq!(of("发证日期"), (Personal::None, Grade::General1));
        assert_eq!(town.get(&id).content.grade(), None, "a suggestion is no decision");

        let decide = |items: Vec<ItemGrade>| DecideGrades { resource: id.clone(), items, seen: None };
        let lower = decision("公民身份号码", Personal::None, Grade::General1, " ");
        assert_eq!(town.world.refuse(&officer, decide(vec![lower])).code, "reason-missing");
        assert_eq!(town.world.refuse(&officer, decide(vec![decision("没有的", Personal::None, Grade::General1, "")])).code, "item-unknown");
        let items = vec![
            decision("公民身份号码", Personal::Sensitive, Grade::General4, ""),
            decision("许可证编号", Personal::None, Grade::General1, "样本误导入，编号不是身份号码。"),
        ];
        town.world.execute(&officer, decide(items));
        let now = town.get(&id);
        assert_eq!((now.content.grade(), now.content.personal(), now.content.ungraded()), (Some(Grade::General4), Some(Personal::Sensitive), 3));
        let kept = town.world.read(|tx| queries::graded(tx, &id));
        let number = kept.iter().find(|graded| graded.item_key == "许可证编号").unwrap();
        assert_eq!(number.finding.as_ref().map(|finding| finding.grade), Some(Grade::General3), "the suggestion stays beside the decision");
        assert_eq!(number.decision.as_ref().and_then(|decision| decision.as_suggested), Some(false));
    });
}

#[test]
fn samples_stay_out_of_the_journal() {
    on_both(|database| {
        let town = Town::new(database);
        let id = town.draft_of(&town.market, content("食品经营许可信息"));
        let samples = vec![FieldSamples { item_key: "公民身份号码".into(), values: vec!["11010519491231002X".into()] }];
        town.world.execute(&town.officer(&town.market), DetectFields { resource: id, samples });
        let mut exported = Vec::new();
        town.world
            .store()
            .read(|tx| {
                exported.clear();
                let head = journal::head(tx, "test.node")?;
                journal::export(tx, &head.body(), head.size, &mut exported).unwrap();
                Ok::<_, journal::JournalError>(())
            })
            .unwrap();
        assert!(!String::from_utf8_lossy(&exported).contains("11010519491231002X"));
    });
}

#[test]
fn grading_what_is_published_needs_a_new_review() {
    on_both(|database| {
        let town = Town::new(database);
        let id = town.published(&town.market, content("食品经营许可信息"));
        let items = vec![decision("发证日期", Personal::None, Grade::General1, "")];
        town.world.execute(&town.officer(&town.market), DecideGrades { resource: id.clone(), items, seen: None });
        let now = town.get(&id);
        assert_eq!((now.status, now.published_version), (Status::Draft, Some(1)));
    });
}
