use crate::world::{County, STOPS};
use i18n::Text;
use opendata::WithdrawDataset;
use opendata::index::Asked;
use testkit::on_both;

#[test]
fn the_catalogue_follows_what_is_public() {
    on_both(|database| {
        let county = County::new(database);
        let count = |words: &str| {
            county.world.read(|tx| county.catalogue.follow(tx));
            county.catalogue.search(&Asked { words: words.into(), rows: 10, ..Asked::default() }).ids.len()
        };
        assert_eq!(count(""), 0);
        let first = county.publish("bus-stops", STOPS);
        county.publish("bus-lines", STOPS);
        county.draft("not-public");
        assert_eq!((count("公交"), count("stops")), (2, 2));
        assert_eq!(county.catalogue.slugs(0, 10), ["bus-lines", "bus-stops"]);
        county.world.execute(&county.officer(), WithdrawDataset { dataset: first, reason: Text::same("有误") });
        assert_eq!((count("公交"), county.catalogue.len()), (1, 1));
    });
}
