use crate::world::{Town, code, day, details, keeper};
use i18n::Text;
use parties::{AbolishDivision, DescribeOrgan, EnactDivision, OrganDetails, RegisterOrgan, RenameOrgan, UnifiedCode};
use runner::Refusal;
use testkit::on_both;

fn fields(refusal: &Refusal) -> Vec<&str> {
    refusal.fields.iter().map(|field| field.field.as_str()).collect()
}

#[test]
fn a_duty_is_answered_for_by_the_nearest_organ_above() {
    on_both(|database| {
        let town = Town::new(database);
        let county = town.organ(1, "339921", &["market-supervision", "civil-affairs"]);
        let city = town.organ(2, "339900", &["market-supervision", "courts"]);
        let find = |duty: &str, division: &str| town.world.read(|tx| parties::organ_for_duty(tx, duty, &code(division))).map(|organ| organ.id);
        assert_eq!(find("market-supervision", "339921"), Some(county.clone()));
        assert_eq!(find("market-supervision", "339921100"), Some(county.clone()));
        assert_eq!(find("market-supervision", "339900"), Some(city.clone()));
        assert_eq!(find("courts", "339921100"), Some(city));
        assert_eq!(find("civil-affairs", "339900"), None);
        assert_eq!(find("fishing", "339921"), None);
        let found = town.world.read(|tx| parties::organs(tx));
        assert_eq!(found.len(), 2);
        let by_code = town.world.read(|tx| parties::organ_by_code(tx, &found[0].code)).unwrap();
        assert_eq!(by_code, found[0]);
    });
}

#[test]
fn a_duty_belongs_to_one_organ_of_a_division() {
    on_both(|database| {
        let town = Town::new(database);
        town.organ(1, "339921", &["market-supervision"]);
        let second = town.organ(2, "339921", &["civil-affairs"]);
        let take = |duties: &[&str]| DescribeOrgan { organ: second.clone(), details: details(duties), seen: None };
        assert_eq!(town.world.refuse(&keeper(), take(&["market-supervision"])).code, "duty-taken");
        town.world.execute(&keeper(), take(&["courts"]));
        let organ = town.world.read(|tx| parties::organ(tx, &second)).unwrap();
        assert_eq!((organ.details.duties, organ.version), (vec!["courts".to_owned()], 2));
    });
}

#[test]
fn an_organ_is_registered_once() {
    on_both(|database| {
        let town = Town::new(database);
        let uscc = UnifiedCode::from_serial('1', '1', &code("339921"), 5).unwrap();
        let again = |duty: &str| RegisterOrgan {
            code: uscc.to_string(),
            name: Text::new("云溪县民政局", "Civil Affairs Bureau"),
            division: code("339921"),
            parent: None,
            details: details(&[duty]),
        };
        town.world.execute(&keeper(), again("a"));
        let refusal = town.world.refuse(&keeper(), again("b"));
        assert_eq!((refusal.code.as_ref(), refusal.basis.as_ref()), ("organ-known", "GB 32100"));
    });
}

#[test]
fn everything_wrong_is_said_at_once() {
    on_both(|database| {
        let town = Town::new(database);
        let command = RegisterOrgan {
            code: "91350100M000100Y44".into(),
            name: Text::new("", "Bureau\n"),
            division: code("330106"),
            parent: None,
            details: OrganDetails { complaint_phone: "0570-6000001".into(), ..details(&["Not A Slug"]) },
        };
        let refusal = town.world.refuse(&keeper(), command);
        assert_eq!(refusal.code, "input-invalid");
        assert_eq!(fields(&refusal), ["code", "name.zh", "duties", "complaint_phone", "division"]);
        assert!(refusal.fields.iter().all(|field| !field.zh.is_empty() && !field.en.is_empty()));
    });
}

#[test]
fn a_renamed_organ_keeps_its_identity() {
    on_both(|database| {
        let town = Town::new(database);
        let organ = town.organ(1, "339921", &[]);
        let rename = |zh: &str, seen: Option<i64>| RenameOrgan {
            organ: organ.clone(),
            name: Text::new(zh, "New Name"),
            basis: "云编〔2026〕1号".into(),
            seen,
        };
        town.world.execute(&keeper(), rename("云溪县数据局", Some(1)));
        assert_eq!(town.world.refuse(&keeper(), rename("云溪县大数据局", Some(1))).code, "stale-version");
        assert_eq!(town.world.refuse(&keeper(), rename("云溪县数据局", Some(2))).code, "input-invalid");
        let now = town.world.read(|tx| parties::organ(tx, &organ)).unwrap();
        assert_eq!((now.name.zh.as_str(), now.version), ("云溪县数据局", 2));
    });
}

#[test]
fn divisions_end_but_are_never_deleted() {
    on_both(|database| {
        let town = Town::new(database);
        let enact = |text: &str| EnactDivision { code: code(text), name: Text::new("新镇", "New Town"), valid_from: day("2026-03-01") };
        assert_eq!(town.world.refuse(&keeper(), enact("339921100")).code, "division-known");
        town.world.execute(&keeper(), enact("339921101"));
        let end = |successor: &str| AbolishDivision { code: code("339921100"), valid_until: day("2026-02-28"), successor: Some(code(successor)) };
        assert_eq!(fields(&town.world.refuse(&keeper(), end("339921199"))), ["successor"]);
        assert_eq!(fields(&town.world.refuse(&keeper(), end("339921100"))), ["successor"]);
        town.world.execute(&keeper(), end("339921101"));
        assert_eq!(fields(&town.world.refuse(&keeper(), end("339921101"))), ["code"]);
        let codes = |on: &str| {
            let found = town.world.read(|tx| parties::divisions_in_force(tx, day(on)));
            found.iter().map(|division| division.code.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(codes("2026-02-28"), ["330000", "339900", "339921", "339921100"]);
        assert_eq!(codes("2026-03-01"), ["330000", "339900", "339921", "339921101"]);
        let all = town.world.read(|tx| parties::divisions(tx));
        assert_eq!(all.iter().find(|division| division.code == code("339921100")).unwrap().successor, Some(code("339921101")));
        assert_eq!(town.world.read(|tx| parties::division_name(tx, &code("339921"))).zh, "云溪县");
        assert_eq!(town.world.read(|tx| parties::division_name(tx, &code("330106"))).zh, "西湖区");
    });
}
