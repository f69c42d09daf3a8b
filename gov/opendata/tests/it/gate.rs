use crate::world::County;
use opendata::gate::Fault;
use opendata::{PutResource, State, SubmitDataset};
use testkit::on_both;

#[test]
fn personal_data_do_not_pass_and_are_not_repeated() {
    on_both(|database| {
        let county = County::new(database);
        let dataset = county.draft("members");
        county.put(&dataset, "name,id\n王小明,11010519491231002X\n李四,x\n");
        let found = county.submit(&dataset);
        assert_eq!(found.state, State::Draft);
        assert!(found.findings.iter().any(|one| one.fault == Fault::Personal("identity-number".into()) && one.lines == [2] && one.forbids));
        assert!(!serde_json::to_string(&found.findings).unwrap().contains("110105"));
        assert!(!county.shelf.holds(&found.resources[0].table_key().unwrap()));
    });
}

#[test]
fn a_small_group_does_not_pass() {
    on_both(|database| {
        let county = County::new(database);
        let dataset = county.draft("patients");
        let resource = county.file("age,town\n30,城关镇\n31,城关镇\n", |field| field.quasi = true);
        county.world.execute(&county.clerk(), PutResource { dataset: dataset.clone(), replaces: None, resource, seen: None });
        let found = county.submit(&dataset);
        assert_eq!((found.state, &found.findings[0].fault), (State::Draft, &Fault::SmallGroups));
    });
}

#[test]
fn a_file_that_does_not_fit_its_dictionary_does_not_pass() {
    on_both(|database| {
        let county = County::new(database);
        let dataset = county.draft("numbers");
        let mut resource = county.file("n\n1\n2\n", |_| ());
        resource.blob = Some(county.blobs.put(b"n\n1\nx\n", 1_000).unwrap());
        county.world.execute(&county.clerk(), PutResource { dataset: dataset.clone(), replaces: None, resource, seen: None });
        let found = county.submit(&dataset);
        assert_eq!((found.state, &found.findings[0].fault, found.findings[0].lines.clone()), (State::Draft, &Fault::Unreadable, vec![3]));
    });
}

#[test]
fn a_small_dataset_is_scanned_while_one_waits_and_the_job_then_finds_nothing_to_do() {
    on_both(|database| {
        let county = County::new(database);
        let dataset = county.draft("bus-stops");
        county.put(&dataset, crate::world::STOPS);
        county.world.execute(&county.clerk(), SubmitDataset { dataset: dataset.clone() });
        assert!(opendata::scan_at_once(county.world.runner(), &county.blobs, &dataset));
        let at_once = county.look(&dataset);
        assert_eq!(at_once.state, State::Scanned);
        county.run_jobs();
        assert_eq!(county.look(&dataset), at_once);
    });
}

#[test]
fn a_large_dataset_is_left_to_the_job() {
    on_both(|database| {
        let county = County::new(database);
        let dataset = county.draft("large");
        let mut resource = county.file("n\n1\n2\n", |_| ());
        resource.size_bytes = opendata::AT_ONCE_BYTES_MAX + 1;
        county.world.execute(&county.clerk(), PutResource { dataset: dataset.clone(), replaces: None, resource, seen: None });
        county.world.execute(&county.clerk(), SubmitDataset { dataset: dataset.clone() });
        assert!(!opendata::scan_at_once(county.world.runner(), &county.blobs, &dataset));
        assert_eq!(county.look(&dataset).state, State::Submitted);
        county.run_jobs();
        assert_eq!(county.look(&dataset).state, State::Scanned);
    });
}
