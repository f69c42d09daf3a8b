//! A year that one process imports counts in the others.

use clock::{ImportDay, YearImport};
use gate::operation::ImportCalendar;
use runner::{Actor, ActorKind, Request};
use zhengshu::node::Node;
use zhengshu::serve;

use crate::folder::place;

#[test]
fn a_year_imported_by_another_process_counts_within_a_minute() {
    let folder = tempfile::tempdir().unwrap();
    let serving = Node::open(&place(folder.path())).unwrap();
    let other = Node::beside(&place(folder.path())).unwrap();
    let day = |name: &str, date: &str| ImportDay { name: name.into(), date: date.parse().unwrap(), is_off_day: true };
    let days = vec![day("元旦", "2027-01-01"), day("劳动节", "2027-05-01"), day("劳动节", "2027-05-03"), day("国庆节", "2027-10-01")];
    let admin = Actor { roles: vec!["system-admin".into()], ..Actor::bare("account_admin", ActorKind::Admin) };
    let import = YearImport { year: 2027, papers: vec![], days };
    other.runner.execute(Request::by(admin), ImportCalendar { import }).unwrap();
    assert!(!serving.calendar.knows(2027));
    serve::Rounds::default().every_minute(&serving, None).unwrap();
    assert!(serving.calendar.knows(2027), "pages reckon by it");
    assert!(serving.runner.service::<clock::WorkCalendar>().unwrap().knows(2027), "commands reckon by it");
}
