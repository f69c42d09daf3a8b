//! Answers that are valid survive the way through the boxes of a page.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::{facts, shop};

fn answers() -> impl Strategy<Value = Map<String, Value>> {
    let text = "[\\PC\u{3000} ]{1,12}";
    let person = (text, "[0-9]{17}[0-9X]", prop::option::of("1[3-9][0-9]{9}"));
    let shop = (text, prop::sample::subsequence(vec!["food", "drinks", "retail"], 1..=2), any::<bool>());
    let premises = (any::<bool>(), 1000_i32..9999, 1_u8..=12, 1_u8..=31, prop::option::of(0_i64..=100_000_000));
    let kitchen = (prop_oneof![(1_i64..1_000_000).prop_map(Value::from), any::<f64>().prop_map(Value::from)], prop::option::of(4_i64..i64::MAX));
    (person, shop, premises, kitchen, prop::option::of("[\\PC\n\t]{0,40}")).prop_map(|(person, shop, premises, kitchen, remark)| {
        let value = json!({
            "operator_name": person.0, "id_number": person.1, "mobile": person.2,
            "trade_name": shop.0, "business": shop.1, "food": shop.2,
            "premises": if premises.0 { "rented" } else { "owned" },
            "rent_until": format!("{:04}-{:02}-{:02}", premises.1, premises.2, premises.3), "rent": premises.4,
            "area": kitchen.0, "kitchen_area": kitchen.1, "remark": remark,
        });
        value.as_object().unwrap().clone()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, max_global_rejects: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn valid_answers_survive(answers in answers()) {
        let form = shop();
        prop_assume!(form.validate(&answers, &facts()).is_empty());
        let kept = form.keep(&answers, &facts());
        let boxes = form.to_post(&kept);
        let mut read = Map::new();
        for page in form.pages(&kept, &facts()) {
            let found = form.parse_page(page, &boxes);
            prop_assert!(found.problems.is_empty(), "{:?}", found.problems);
            read.extend(found.answers);
        }
        prop_assert_eq!(form.keep(&read, &facts()), kept);
    }

    #[test]
    fn any_post_is_read_or_refused(values in prop::collection::vec(("[a-z_-]{0,12}", ".{0,30}"), 0..8), typed in "[0-9０-９.,，年月日/ -]{0,14}") {
        let form = shop();
        let mut boxes: Vec<(String, String)> = values;
        for name in ["rent", "rent_until", "rent_until-year", "area", "kitchen_area", "food", "business", "id_number"] {
            boxes.push((name.to_owned(), typed.clone()));
        }
        for page in form.all_pages() {
            let answered = form.answer_page(page, &boxes, &Map::new(), &facts());
            for (_, answer) in &answered.answers {
                prop_assert!(!answer.is_null());
            }
        }
    }
}
