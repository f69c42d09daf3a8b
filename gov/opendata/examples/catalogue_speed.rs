//! How long a search over a large catalogue takes: words, filters, facets, pages. In memory, without HTTP and database.
//! `catalogue_speed [datasets]`
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement that cannot be made has failed")]

use std::time::{Duration, Instant};

use i18n::Text;
use opendata::index::{Asked, Facet, Order, Wanted};
use opendata::{Catalogue, DatasetId, Metadata, Release};
use parties::{DivisionCode, OrganId};

const ROUNDS: u32 = 400;
const WORDS: [&str; 20] = [
    "公交", "站点", "空气", "质量", "学校", "预算", "支出", "医院", "道路", "水质", "许可", "企业", "人口", "就业", "旅游", "土地", "森林", "图书",
    "停车", "充电",
];

fn release(number: u32) -> Release {
    let word = |step: u32| WORDS[usize::try_from((number.wrapping_mul(2_654_435_761) >> step) % 20).unwrap()];
    let title = format!("{}{}{}年度{}", word(3), word(7), 2000 + number % 27, word(11));
    Release {
        dataset: DatasetId::parse(&format!("dataset_{number:026}")).unwrap(),
        slug: format!("set-{number}"),
        organ: OrganId::parse(&format!("organ_{:026}", number % 300)).unwrap(),
        organ_name: Text::new("云溪县某某局", "Bureau"),
        division: DivisionCode::parse("339921").unwrap(),
        metadata: Metadata {
            title: Text::new(title.clone(), format!("Dataset number {number}")),
            notes: Text::new(format!("{title}，按{}和{}统计的全县数据，每月更新一次。", word(5), word(9)), "A description of some length"),
            themes: vec![["tran", "envi", "educ", "econ", "heal"][usize::try_from(number % 5).unwrap()].into()],
            tags: vec![word(2).into(), word(6).into(), word(10).into(), format!("标签{}", number % 2_000)],
            licence: "open".into(),
            period: "monthly".into(),
            ..Metadata::default()
        },
        resources: Vec::new(),
        number: 1,
        created_ms: i64::from(number),
        at_ms: i64::from(number.wrapping_mul(40_503) % 1_000_000),
        changes: Text::default(),
        fingerprint: String::new(),
        harvested_from: String::new(),
    }
}

fn main() {
    let count = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(100_000);
    let start = Instant::now();
    let catalogue = Catalogue::default();
    (0..count).for_each(|number| catalogue.put(&release(number)));
    println!("{count} datasets laid in {:.1} s", start.elapsed().as_secs_f64());
    let facets = vec![Facet::Organ, Facet::Theme, Facet::Tag, Facet::Format, Facet::Licence];
    let theme = Wanted { facet: Facet::Theme, any_of: vec!["tran".into()], not: false };
    for (name, words, wanted, order, start) in [
        ("everything, newest first", "", vec![], Order::Modified, 0),
        ("everything, page 1000", "", vec![], Order::Title, 10_000),
        ("one word", "公交", vec![], Order::Score, 0),
        ("two words and a theme", "空气 质量", vec![theme.clone()], Order::Score, 0),
        ("a theme", "", vec![theme], Order::Modified, 0),
        ("nothing", "没有这样的数据", vec![], Order::Score, 0),
    ] {
        let asked = Asked { words: words.into(), wanted, order, start, rows: 20, facets: facets.clone(), facet_values: 50, modified: None };
        let mut times: Vec<Duration> = (0..ROUNDS)
            .map(|_| {
                let start = Instant::now();
                std::hint::black_box(catalogue.search(&asked));
                start.elapsed()
            })
            .collect();
        times.sort();
        let at = |percent: usize| times[times.len() * percent / 100].as_secs_f64() * 1_000.0;
        println!("{name:<28} {:>8} found   p50 {:>7.2} ms   p95 {:>7.2} ms", catalogue.search(&asked).count, at(50), at(95));
    }
}
