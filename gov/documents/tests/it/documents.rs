use documents::{Content, DocumentKind, DocumentStatus, FileDocument, FileOutcome, Filing, Remedies, queries, samples};
use runner::Actor;
use testkit::on_both;

use crate::desk::{Desk, MakeDocument};

#[test]
fn numbers_run_without_gap_per_series_and_start_again_each_year() {
    on_both(|database| {
        let desk = Desk::on(database);
        let accept = || desk.make(samples::content(DocumentKind::AcceptanceNotice)).number;
        assert_eq!([accept(), accept()], ["云市监许受〔2026〕1号", "云市监许受〔2026〕2号"]);
        assert_eq!(desk.make(samples::content(DocumentKind::Decision)).number, "云市监许准〔2026〕1号");
        let incomplete = Content::Reply { text: Vec::new(), basis: Vec::new() };
        desk.world.refuse(&desk.clerk, MakeDocument { content: incomplete, applicant: "张三".to_owned() });
        assert_eq!(desk.make(samples::content(DocumentKind::Reply)).number, "云市监许复〔2026〕1号");
        assert_eq!(accept(), "云市监许受〔2026〕3号");
        desk.world.move_to("2027-01-04T09:00");
        assert_eq!(accept(), "云市监许受〔2027〕1号");
        desk.print();
    });
}

#[test]
fn the_pdf_is_made_after_the_commit_and_filed_once() {
    on_both(|database| {
        let desk = Desk::on(database);
        let made = desk.make(samples::content(DocumentKind::AcceptanceNotice));
        let before = desk.world.read(|tx| queries::document(tx, &made.id)).unwrap();
        assert_eq!((before.status, before.filing), (DocumentStatus::Allotted, None));
        desk.print();
        let after = desk.world.read(|tx| queries::document(tx, &made.id)).unwrap();
        let filing = after.filing.clone().unwrap();
        assert_eq!((after.status, filing.page_count), (DocumentStatus::Filed, 1));
        assert!(desk.pdf(&made.id).starts_with(b"%PDF-"));

        let again = FileDocument { document: made.id.clone(), filing: filing.clone() };
        assert_eq!(desk.world.execute(&Actor::system(), again).outcome, FileOutcome::AlreadyFiled);
        let other = FileDocument { document: made.id.clone(), filing: Filing { blob: format!("sm3:{}", "0".repeat(64)), ..filing } };
        assert_eq!(desk.world.refuse(&Actor::system(), other).code, "document-already-filed");
        let case = after.case_id;
        assert_eq!(desk.world.read(|tx| queries::documents_of_case(tx, &case)).len(), 1);
    });
}

#[test]
fn the_draft_is_dropped_when_the_pdf_is_filed_and_the_journal_has_no_names() {
    on_both(|database| {
        let desk = Desk::on(database);
        let made = desk.make(samples::content(DocumentKind::AcceptanceNotice));
        let draft = |desk: &Desk| desk.world.read(|tx| tx.scalar::<Option<String>>("select draft from document where id = $1", &[&made.id]));
        let sealed = draft(&desk).unwrap();
        assert!(!sealed.contains("张三"));
        desk.print();
        assert_eq!(draft(&desk), None);
        let leaks =
            desk.world.read(|tx| tx.scalar::<i64>("select count(*) from journal_entry where payload like '%张三%' or payload like '%7K3M9P%'", &[]));
        assert_eq!(leaks, 0);
    });
}

#[test]
fn a_rejection_without_appeal_rights_is_refused_and_uses_no_number() {
    on_both(|database| {
        let desk = Desk::on(database);
        let bare = Content::Rejection {
            reasons: vec!["不符合条件".to_owned()],
            basis: Vec::new(),
            remedies: Remedies::statutory("云溪县人民政府", "云溪县人民法院"),
        };
        let refusal = desk.world.refuse(&desk.clerk, MakeDocument { content: bare, applicant: "张三".to_owned() });
        assert_eq!((refusal.code.as_ref(), refusal.fields[0].field.as_str()), ("document-incomplete", "basis"));
        assert_eq!(desk.make(samples::content(DocumentKind::Rejection)).number, "云市监许不准〔2026〕1号");
        desk.print();
    });
}

#[test]
fn a_name_that_no_font_draws_waits_for_the_operator() {
    on_both(|database| {
        let desk = Desk::on(database);
        let content = samples::content(DocumentKind::AcceptanceNotice);
        let made = desk.world.execute(&desk.clerk, MakeDocument { content, applicant: "王𬭎".to_owned() }).outcome;
        desk.print();
        let error = desk.world.read(|tx| tx.scalar::<String>("select last_error from job", &[]));
        assert!(error.contains("no installed font draws"), "{error}");
        let record = desk.world.read(|tx| queries::document(tx, &made.id)).unwrap();
        assert_eq!(record.status, DocumentStatus::Allotted);
        let _ = desk.world.leave_unfinished();
    });
}
