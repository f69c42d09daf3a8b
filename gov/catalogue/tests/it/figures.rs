use crate::world::{Town, content};
use catalogue::queries::{self, Board};
use catalogue::{
    AdoptResources, Adopted, Formula, Grade, OpenType, Personal, RecordMeasure, ReportUpdate, SetFormula, ShareType, Status, UpdatePeriod,
    default_formulas,
};
use i18n::Text;
use runner::Actor;
use testkit::on_both;

fn board(town: &Town) -> Board {
    town.world.read(|tx| queries::board(tx, "2026-03-10".parse().unwrap(), 0))
}

fn figure(board: &Board, organ: &parties::OrganId, slug: &str) -> Option<f64> {
    let place = board.formulas.iter().position(|formula| formula.slug == slug).unwrap();
    board.organs.iter().find(|one| one.organ == *organ).unwrap().figures[place].percent
}

fn seeded(town: &Town) {
    let first = town.published(&town.market, content("甲"));
    town.world.execute(&town.officer(&town.market), ReportUpdate { resource: first, updated_on: "2026-03-02".parse().unwrap(), mounted: true });
    let mut yearly = content("乙");
    yearly.period = UpdatePeriod::Yearly;
    let second = town.published(&town.market, yearly);
    town.world.execute(&town.officer(&town.market), ReportUpdate { resource: second, updated_on: "2026-03-02".parse().unwrap(), mounted: false });
    let mut kept = content("丙");
    (kept.sharing.share_type, kept.sharing.condition) = (ShareType::NotShared, "统计法 第二十八条".into());
    let third = town.draft_of(&town.health, kept);
    town.submit(&third);
    town.review(&third, catalogue::Verdict::Approve, "");
}

#[test]
fn figures_follow_their_formulas_and_can_be_traced() {
    on_both(|database| {
        let town = Town::new(database);
        seeded(&town);
        let board = board(&town);
        assert_eq!(figure(&board, &town.market, "sharing"), Some(100.0));
        assert_eq!(figure(&board, &town.market, "mounting"), Some(50.0));
        assert_eq!(figure(&board, &town.market, "timeliness"), Some(50.0), "the daily one is overdue");
        assert_eq!(figure(&board, &town.health, "sharing"), Some(0.0));
        assert_eq!(figure(&board, &town.health, "mounting"), None, "nothing is to be mounted");
        assert_eq!(figure(&board, &town.market, "satisfaction"), None, "nobody recorded demands");
        assert_eq!(board.organs.iter().map(|one| one.rank).collect::<Vec<_>>(), [Some(1), Some(2)]);
        assert_eq!(board.organs[0].organ, town.market);
        let today = "2026-03-10".parse().unwrap();
        let behind = |measure: &str| {
            let found = town.world.read(|tx| queries::figure_resources(tx, measure, Some(&town.market), today));
            found.into_iter().map(|(row, adds)| (row.name, adds)).collect::<Vec<_>>()
        };
        assert_eq!(behind("mounted"), [("甲".to_owned(), 1)]);
        assert_eq!(behind("updated_in_time"), [("乙".to_owned(), 1)]);
        assert_eq!(behind("to_mount").len(), 2);
        assert!(queries::measure_source("mounted").is_some_and(|source| source.contains("mounted = 1")));
    });
}

#[test]
fn formulas_are_edited_by_the_authority_and_must_be_computable() {
    on_both(|database| {
        let town = Town::new(database);
        seeded(&town);
        let sharing = default_formulas().into_iter().find(|formula| formula.slug == "sharing").unwrap();
        let edited = Formula { numerator: "unconditional".into(), denominator: "2 * resources".into(), ..sharing.clone() };
        assert_eq!(town.world.refuse(&town.officer(&town.market), SetFormula { formula: edited.clone() }).code, "not-permitted");
        for wrong in ["", "resources +", "secrets", "resources > 1", "now()"] {
            let refusal = town.world.refuse(&town.reviewer(), SetFormula { formula: Formula { numerator: wrong.into(), ..sharing.clone() } });
            assert_eq!((refusal.code.as_ref(), refusal.fields[0].field.as_str()), ("formula-wrong", "numerator"), "{wrong}");
        }
        town.world.execute(&town.reviewer(), SetFormula { formula: edited });
        let own =
            Formula { slug: "own".into(), name: Text::new("自定", "Own"), numerator: "open".into(), denominator: "resources".into(), weight: 0 };
        town.world.execute(&town.reviewer(), SetFormula { formula: own });
        let board = board(&town);
        assert_eq!((figure(&board, &town.market, "sharing"), figure(&board, &town.market, "own")), (Some(50.0), Some(0.0)));
    });
}

#[test]
fn recorded_measures_keep_their_source() {
    on_both(|database| {
        let town = Town::new(database);
        seeded(&town);
        let record = |measure: &str, value: i64| RecordMeasure {
            organ: town.market.clone(),
            measure: measure.into(),
            value,
            source: "共享交换 2026年2月".into(),
        };
        town.world.execute(&Actor::system(), record("demands", 8));
        town.world.execute(&Actor::system(), record("demands_met", 6));
        assert_eq!(town.world.refuse(&Actor::system(), record("mounted", 6)).code, "measure-unknown", "the catalogue counts that itself");
        assert_eq!(town.world.refuse(&Actor::system(), record("demands", -1)).code, "measure-wrong");
        let board = board(&town);
        assert_eq!(figure(&board, &town.market, "satisfaction"), Some(75.0));
        let facts = &board.organs.iter().find(|one| one.organ == town.market).unwrap().measures;
        let fact = facts.iter().find(|fact| fact.word == "demands").unwrap();
        assert_eq!(fact.recorded.as_ref().map(|recorded| recorded.source.as_str()), Some("共享交换 2026年2月"));
    });
}

#[test]
fn an_existing_catalogue_is_taken_over_with_its_states_and_under_the_same_rules() {
    on_both(|database| {
        let town = Town::new(database);
        let adopted = |name: &str, status: Status| Adopted {
            organ: town.market.clone(),
            code: None,
            content: content(name),
            status,
            published_on: Some("2025-01-02".parse().unwrap()),
            mounted: true,
            updated_on: Some("2026-03-01".parse().unwrap()),
            remark: String::new(),
            negative: None,
        };
        assert_eq!(town.world.refuse(&town.officer(&town.market), AdoptResources { rows: vec![adopted("甲", Status::Draft)] }).code, "not-permitted");
        let mut kept = adopted("乙", Status::Published);
        (kept.content.sharing.share_type, kept.content.sharing.condition) = (ShareType::NotShared, "统计法 第二十八条".into());
        assert_eq!(town.world.refuse(&Actor::system(), AdoptResources { rows: vec![kept] }).code, "negative-entry-missing");
        let mut lacking = adopted("丙", Status::Registered);
        lacking.content.summary = String::new();
        assert_eq!(town.world.refuse(&Actor::system(), AdoptResources { rows: vec![lacking] }).code, "description-incomplete");
        let rows: Vec<Adopted> = Status::ALL.iter().map(|status| adopted(status.as_str(), *status)).collect();
        let ids = town.world.execute(&Actor::system(), AdoptResources { rows }).outcome;
        for (id, status) in ids.iter().zip(Status::ALL) {
            let found = town.get(id);
            assert_eq!((found.status, found.published_version.is_some()), (*status, *status == Status::Published));
            assert_eq!(found.review_due_on.is_some(), status.awaits_review());
        }
        let mut open = content("丁");
        open.opening.open_type = OpenType::Open;
        (open.items[0].personal, open.items[0].grade) = (Some(Personal::None), Some(Grade::General1));
        town.draft_of(&town.market, open);
    });
}
