use crate::world::{Town, content};
use catalogue::queries::{self, Facet, Filter, Viewer};
use catalogue::{ClassCode, OpenType, ShareType, Status};
use runner::{Actor, Authority};
use testkit::on_both;

fn names(town: &Town, viewer: &Viewer, filter: &Filter) -> Vec<String> {
    town.world.read(|tx| queries::page(tx, viewer, filter)).rows.into_iter().map(|row| row.name).collect()
}

fn text(text: &str) -> Filter {
    Filter { text: Some(text.into()), ..Filter::default() }
}

fn everybody() -> Viewer {
    Viewer { everything: true, organs: Vec::new() }
}

#[test]
fn lists_say_the_same_as_the_policy() {
    on_both(|database| {
        let town = Town::new(database);
        town.published(&town.market, content("已发布"));
        town.draft(&town.market, "草稿");
        town.draft(&town.health, "卫生草稿");
        let authority = trust::Authority::new().unwrap();
        let all = town.world.read(|tx| queries::resources_after(tx, None, "", 100));
        assert_eq!(all.len(), 3);
        let actors = [town.officer(&town.market), town.clerk(&town.market), town.officer(&town.health), town.clerk(&town.data), town.reviewer()];
        for actor in actors {
            let permitted = |resource: &&catalogue::Resource| authority.rule(&actor, "catalogue.read", &resource.to_thing()).permitted;
            let mut by_policy: Vec<String> = all.iter().filter(permitted).map(|resource| resource.content.name.clone()).collect();
            let mut by_list = names(&town, &Viewer::of(&actor), &Filter::default());
            by_policy.sort();
            by_list.sort();
            assert_eq!(by_list, by_policy, "{}", actor.account);
        }
        assert_eq!(names(&town, &Viewer::of(&Actor::anonymous()), &Filter::default()), ["已发布"]);
    });
}

#[test]
fn search_finds_names_items_codes_and_systems() {
    on_both(|database| {
        let town = Town::new(database);
        town.draft(&town.market, "食品经营许可信息");
        let mut births = content("出生医学证明");
        births.items[0].title = "新生儿姓名".into();
        births.items[0].name = "xsexm".into();
        births.storage.system = "妇幼健康系统".into();
        births.summary = "签发情况".into();
        town.draft_of(&town.health, births);
        let find = |query: &str| names(&town, &everybody(), &text(query));
        assert_eq!(find("食品许可"), Vec::<String>::new(), "all pairs must occur");
        assert_eq!(find("食品 许可"), ["食品经营许可信息"]);
        assert_eq!(find("新生儿"), ["出生医学证明"]);
        assert_eq!(find("妇幼"), ["出生医学证明"]);
        assert_eq!(find("３０３０１３/000002"), ["出生医学证明"]);
        assert_eq!(find("JYZMC"), ["食品经营许可信息"]);
        assert_eq!(find("证"), ["出生医学证明"], "a single character is looked up in names");
        assert_eq!(find("没有的东西"), Vec::<String>::new());
        assert_eq!(find("，。").len(), 2, "no words, no condition");
    });
}

#[test]
fn a_name_counts_more_than_a_summary() {
    on_both(|database| {
        let town = Town::new(database);
        let mut mentions = content("抽检信息");
        mentions.summary = "与特种设备有关的抽检。".into();
        town.draft(&town.market, "特种设备登记信息");
        town.draft_of(&town.market, mentions);
        assert_eq!(names(&town, &everybody(), &text("特种设备")), ["特种设备登记信息", "抽检信息"]);
    });
}

#[test]
fn pages_follow_each_other_without_gap_or_repetition() {
    on_both(|database| {
        let town = Town::new(database);
        for nth in 0..7 {
            town.draft(&town.market, &format!("信息{nth}"));
        }
        for query in [None, Some("信息")] {
            let mut seen = Vec::new();
            let mut after = None;
            loop {
                let filter = Filter { text: query.map(str::to_owned), page_size: Some(3), after: after.clone(), ..Filter::default() };
                let page = town.world.read(|tx| queries::page(tx, &everybody(), &filter));
                seen.extend(page.rows.into_iter().map(|row| row.name));
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            seen.sort();
            assert_eq!(seen, (0..7).map(|nth| format!("信息{nth}")).collect::<Vec<_>>());
        }
    });
}

#[test]
fn facets_count_without_their_own_filter() {
    on_both(|database| {
        let town = Town::new(database);
        let mut base = content("法人库");
        base.class = ClassCode::parse("102001").unwrap();
        base.opening.open_type = OpenType::Open;
        town.published(&town.market, base);
        town.draft(&town.market, "食品经营许可信息");
        let mut kept = content("举报信息");
        kept.sharing.share_type = ShareType::NotShared;
        town.draft_of(&town.health, kept);
        let filter = Filter { share_type: Some(ShareType::Unconditional), ..Filter::default() };
        let facets = town.world.read(|tx| queries::facets(tx, &everybody(), &filter));
        let of = |wanted: Facet| {
            let (_, values) = facets.iter().find(|(facet, _)| *facet == wanted).unwrap();
            values.iter().map(|value| (value.name.zh.clone(), value.count)).collect::<Vec<_>>()
        };
        assert_eq!(of(Facet::ShareType), [("无条件共享".to_owned(), 2), ("不予共享".to_owned(), 1)]);
        assert_eq!(of(Facet::Organ), [("云溪县市场监督管理局".to_owned(), 2)]);
        assert_eq!(of(Facet::Tier), [("基础信息资源".to_owned(), 1), ("部门信息资源".to_owned(), 1)]);
        let narrow = Filter { status: Some(Status::Published), open_type: Some(OpenType::Open), ..Filter::default() };
        assert_eq!(names(&town, &everybody(), &narrow), ["法人库"]);
        assert_eq!(town.world.read(|tx| queries::count(tx, &Viewer::outsider(), &Filter::default())), 1);
    });
}
