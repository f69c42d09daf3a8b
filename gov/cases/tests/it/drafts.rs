//! Drafts and their materials.

use cases::commands::{AttachMaterial, DiscardDraft, RemoveMaterial, SaveDraft, StartDraft};
use cases::queries::{draft_of, drafts_of, materials_of_draft};
use runner::Halt;
use seal::FieldKeys;
use serde_json::{Map, json};
use testkit::on_both;

use crate::stage::County;
use crate::steps::*;

const TEA: &str = "ordinary-tea-shop";
const DRAFTS_MAX: usize = 50;

fn empty(slug: &str) -> StartDraft {
    StartDraft { slug: slug.into(), situation: Map::new(), answers: Map::new(), prefill: false }
}

fn save(draft: &str, seen: Option<i64>) -> SaveDraft {
    SaveDraft { draft: draft.into(), situation: Map::new(), answers: fields(&json!({ "person_in_charge": "林晓禾" })), page: "shop".into(), seen }
}

#[test]
fn a_draft_belongs_to_the_account_that_writes_it() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        let (me, other) = (county.sample(), county.person("339921194003080135").unwrap());
        let draft = draft(&county, &me, FOOD, TEA);
        assert_eq!(refused(&county, &other, save(&draft, None)), "not-found");
        assert_eq!(refused(&county, &other, submission(&draft)), "not-found");
        assert_eq!(refused(&county, &other, attachment(&draft, "layout_drawing")), "not-found");
        assert_eq!(refused(&county, &other, DiscardDraft { draft: draft.clone() }), "not-found");
        let keys = county.runner().service::<FieldKeys>().unwrap();
        let read = |account: &str| county.world.store().read(|tx| draft_of(tx, &keys, &draft, account)).unwrap();
        assert!(read(&other.account).is_none() && read(&me.account).is_some());
        assert!(county.world.store().read(|tx| drafts_of(tx, &keys, &other.account)).unwrap().is_empty());
    });
}

#[test]
fn two_devices_at_once_are_told() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        let me = county.sample();
        let draft = county.world.execute(&me, empty(FOOD)).outcome;
        let version = county.world.execute(&me, save(&draft, Some(1))).outcome;
        assert_eq!(version, 2);
        assert_eq!(refused(&county, &me, save(&draft, Some(1))), "stale-version");
        county.world.execute(&me, save(&draft, Some(2)));
    });
}

#[test]
fn a_draft_becomes_one_case_however_often_it_is_sent() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        let me = county.sample();
        for _ in 0..3 {
            let draft = draft(&county, &me, FOOD, TEA);
            let answers: Vec<bool> = std::thread::scope(|scope| {
                let send = || match county.world.try_execute(&me, submission(&draft)) {
                    Ok(_) => true,
                    Err(Halt::Refused(refusal)) => {
                        assert_eq!(refusal.code, "not-found");
                        false
                    }
                    Err(Halt::Fault(fault)) => panic!("{fault:?}"),
                };
                let sending: Vec<_> = (0..4).map(|_| scope.spawn(send)).collect();
                sending.into_iter().map(|sending| sending.join().unwrap()).collect()
            });
            assert_eq!(answers.iter().filter(|sent| **sent).count(), 1);
        }
        let cases = county.world.read(|tx| tx.scalar::<i64>("select count(*) from case_file", &[]));
        let files = county.world.read(|tx| tx.scalar::<i64>("select count(*) from case_material", &[]));
        assert_eq!((cases, files), (3, 15), "and every case has its five materials");
    });
}

#[test]
fn materials_have_limits() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        let me = county.sample();
        let draft = county.world.execute(&me, empty(FOOD)).outcome;
        let drawing = || attachment(&draft, "layout_drawing");
        assert_eq!(refused(&county, &me, attachment(&draft, "no_such_material")), "material-unknown");
        assert_eq!(refused(&county, &me, AttachMaterial { extension: "exe".into(), ..drawing() }), "material-type-wrong");
        assert_eq!(refused(&county, &me, AttachMaterial { size_bytes: 0, ..drawing() }), "file-empty");
        assert_eq!(refused(&county, &me, AttachMaterial { size_bytes: -1, ..drawing() }), "material-too-large");
        assert_eq!(refused(&county, &me, AttachMaterial { size_bytes: 10 * 1024 * 1024 + 1, ..drawing() }), "material-too-large");
        county.world.execute(&me, AttachMaterial { size_bytes: 10 * 1024 * 1024, extension: "JPEG".into(), ..drawing() });
        for _ in 1..20 {
            county.world.execute(&me, AttachMaterial { file_name: "图\u{0}\n纸".into(), ..drawing() });
        }
        assert_eq!(refused(&county, &me, drawing()), "too-many-files");
        let files = county.world.read(|tx| materials_of_draft(tx, &draft));
        assert_eq!((files.len(), files[19].file_name.as_str()), (20, "图纸"));
        county.world.execute(&me, RemoveMaterial { owner: draft.clone(), file: files[0].id.clone() });
        county.world.execute(&me, drawing());
    });
}

#[test]
fn an_account_has_so_many_drafts_and_no_more() {
    on_both(|database| {
        let county = County::on(database, "2026-03-02T09:00");
        let me = county.sample();
        let drafts: Vec<String> = (0..DRAFTS_MAX).map(|_| county.world.execute(&me, empty(FOOD)).outcome).collect();
        assert_eq!(refused(&county, &me, empty(FOOD)), "too-many-drafts");
        county.world.execute(&me, DiscardDraft { draft: drafts[0].clone() });
        county.world.execute(&me, empty(FOOD));
        assert_eq!(refused(&county, &me, empty("haochaping-zhenggai")), "item-unavailable", "opened by the system only");
    });
}
