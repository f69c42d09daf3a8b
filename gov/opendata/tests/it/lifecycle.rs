use crate::world::{County, STOPS, metadata};
use i18n::Text;
use opendata::{
    ApproveAsOfficer, ApproveAsOwner, DraftDataset, PublishDataset, PutResource, RemoveResource, ReturnDataset, ReviseDataset, State, SubmitDataset,
    WithdrawDataset, differences, queries,
};
use testkit::on_both;

#[test]
fn nothing_is_public_before_scan_and_two_approvals() {
    on_both(|database| {
        let county = County::new(database);
        let dataset = county.draft("bus-stops");
        let public = || county.world.read(|tx| queries::release(tx, "bus-stops")).is_some();
        let publish = || PublishDataset { dataset: dataset.clone(), changes: Text::default() };
        assert_eq!(county.world.refuse(&county.clerk(), SubmitDataset { dataset: dataset.clone() }).code, "dataset-empty");
        let resource = county.put(&dataset, STOPS);
        assert_eq!(county.world.refuse(&county.head(), publish()).code, "dataset-state");
        let scanned = county.submit(&dataset);
        assert_eq!((scanned.state, scanned.resources[0].rows, scanned.findings.len()), (State::Scanned, Some(2), 0));
        let print = scanned.fingerprint();
        let officer = ApproveAsOfficer { dataset: dataset.clone(), fingerprint: print.clone() };
        assert_eq!(county.world.refuse(&county.officer(), officer.clone()).code, "dataset-state");
        county.world.execute(&county.head(), ApproveAsOwner { dataset: dataset.clone(), fingerprint: print });
        assert_eq!(county.world.refuse(&county.head(), officer.clone()).code, "same-person-approves");
        assert_eq!(county.world.refuse(&county.head(), publish()).code, "dataset-state");
        assert!(!public());
        county.world.execute(&county.officer(), officer);
        assert!(!public());
        assert_eq!(county.world.execute(&county.head(), publish()).outcome, 1);
        let release = county.world.read(|tx| queries::release_of_resource(tx, resource.as_str())).unwrap();
        assert_eq!((release.number, release.slug.as_str(), release.organ_name.zh.as_str()), (1, "bus-stops", "云溪县交通运输局"));
        assert!(county.shelf.holds(&release.resources[0].table_key().unwrap()));
    });
}

#[test]
fn an_edit_undoes_scan_and_approvals_and_the_public_sees_the_old_release() {
    on_both(|database| {
        let county = County::new(database);
        let dataset = county.publish("bus-stops", STOPS);
        let seen = county.look(&dataset);
        county
            .world
            .execute(&county.clerk(), ReviseDataset { dataset: dataset.clone(), metadata: metadata("公交站点（新）"), seen: Some(seen.version) });
        let stale = ReviseDataset { dataset: dataset.clone(), metadata: metadata("x"), seen: Some(seen.version) };
        assert_eq!(county.world.refuse(&county.clerk(), stale).code, "stale-version");
        let changed = county.look(&dataset);
        assert_eq!((changed.state, changed.owner_approval, changed.officer_approval), (State::Draft, None, None));
        let title = || county.world.read(|tx| queries::release(tx, "bus-stops")).unwrap().metadata.title.zh;
        assert_eq!(title(), "公交站点");
        let replaces = Some(seen.resources[0].id.clone());
        let more = county.file("code,name,lines\nP1,中山路站,3\n", |_| ());
        county.world.execute(&county.clerk(), PutResource { dataset: dataset.clone(), replaces, resource: more, seen: None });
        assert_eq!(county.approve_and_publish(&dataset), 2);
        assert_eq!(title(), "公交站点（新）");
        let history = county.world.read(|tx| queries::history(tx, "bus-stops"));
        assert_eq!(history.iter().map(|release| release.number).collect::<Vec<_>>(), [2, 1]);
        let places: Vec<String> = differences(&history[1], &history[0]).into_iter().map(|one| one.place.zh).collect();
        assert_eq!(places, ["标题", "站点表：行数", "站点表：文件哈希"]);
    });
}

#[test]
fn an_approval_is_worth_the_content_that_was_seen_and_no_other() {
    on_both(|database| {
        let county = County::new(database);
        let dataset = county.draft("bus-stops");
        county.put(&dataset, STOPS);
        let first = county.submit(&dataset).fingerprint();
        county.put(&dataset, "a\n1\n");
        county.submit(&dataset);
        assert_eq!(county.world.refuse(&county.head(), ApproveAsOwner { dataset, fingerprint: first }).code, "stale-version");
    });
}

#[test]
fn a_dataset_is_sent_back_with_a_reason() {
    on_both(|database| {
        let county = County::new(database);
        let dataset = county.draft("bus-stops");
        county.put(&dataset, STOPS);
        county.submit(&dataset);
        let back = |reason: &str| ReturnDataset { dataset: dataset.clone(), reason: reason.into() };
        assert_eq!(county.world.refuse(&county.head(), back(" ")).code, "reason-needed");
        county.world.execute(&county.head(), back("缺少字段说明"));
        let found = county.look(&dataset);
        assert_eq!((found.state, found.returned.as_str()), (State::Draft, "缺少字段说明"));
        assert_eq!(county.world.refuse(&county.head(), back("x")).code, "dataset-state");
    });
}

#[test]
fn what_is_withdrawn_is_gone_at_once_and_says_why() {
    on_both(|database| {
        let county = County::new(database);
        let dataset = county.publish("bus-stops", STOPS);
        let resource = county.look(&dataset).resources[0].id.clone();
        let withdraw = |zh: &str| WithdrawDataset { dataset: dataset.clone(), reason: Text::new(zh, "wrong positions") };
        assert_eq!(county.world.refuse(&county.officer(), withdraw("")).code, "reason-needed");
        county.world.execute(&county.officer(), withdraw("位置有误"));
        assert!(county.world.read(|tx| queries::release(tx, "bus-stops")).is_none());
        assert!(county.world.read(|tx| queries::release_of_resource(tx, resource.as_str())).is_none());
        assert!(county.world.read(|tx| queries::history(tx, "bus-stops")).is_empty());
        assert_eq!(county.look(&dataset).withdrawal.unwrap().reason.zh, "位置有误");
        assert_eq!(county.world.refuse(&county.officer(), withdraw("x")).code, "dataset-state");
        county.world.execute(&county.clerk(), ReviseDataset { dataset: dataset.clone(), metadata: metadata("公交站点"), seen: None });
        assert_eq!(county.approve_and_publish(&dataset), 2);
    });
}

#[test]
fn everything_wrong_is_said_at_once_and_names_are_taken_once() {
    on_both(|database| {
        let county = County::new(database);
        county.draft("bus-stops");
        let draft = |slug: &str, metadata| DraftDataset { slug: slug.into(), organ: county.transport.clone(), metadata, harvested: None };
        assert_eq!(county.world.refuse(&county.clerk(), draft("bus-stops", metadata("x"))).code, "dataset-known");
        let mut wrong = metadata("");
        wrong.themes = vec!["cats".into()];
        wrong.licence = "none".into();
        wrong.notes = Text::same("联系 13812345678");
        let refusal = county.world.refuse(&county.clerk(), draft("Bus Stops", wrong));
        let fields: Vec<&str> = refusal.fields.iter().map(|field| field.field.as_str()).collect();
        assert_eq!(fields, ["slug", "title.zh", "themes", "licence", "notes"]);
    });
}

#[test]
fn a_file_is_removed_from_the_draft_alone() {
    on_both(|database| {
        let county = County::new(database);
        let dataset = county.publish("bus-stops", STOPS);
        let resource = county.look(&dataset).resources[0].id.clone();
        county.world.execute(&county.clerk(), RemoveResource { dataset: dataset.clone(), resource: resource.clone() });
        assert!(county.look(&dataset).resources.is_empty());
        assert_eq!(county.world.read(|tx| queries::release(tx, "bus-stops")).unwrap().resources.len(), 1);
        assert_eq!(county.world.refuse(&county.clerk(), RemoveResource { dataset, resource }).code, "not-found");
    });
}
