use documents::{CertificateAct, DocumentKind, FileMarks, IssueCertificate, Paper, Verdict, Verification, VerifyPaper, samples};
use runner::Actor;
use testkit::on_both;

use crate::desk::{Desk, food_licence};

fn by_code(desk: &Desk, code: &str, today: &str) -> Verification {
    desk.world.move_to(&format!("{today}T10:00"));
    let answer = desk.world.execute(&Actor::anonymous(), VerifyPaper { paper: Paper::Code(code.into()) }).outcome;
    desk.world.move_to("2026-03-16T10:00");
    answer
}

fn by_file(desk: &Desk, bytes: &[u8]) -> Verification {
    desk.world.move_to("2026-03-20T10:00");
    let marks = FileMarks::of(bytes, std::slice::from_ref(&desk.root));
    let answer = desk.world.execute(&Actor::anonymous(), VerifyPaper { paper: Paper::File(marks) }).outcome;
    desk.world.move_to("2026-03-16T10:00");
    answer
}

fn value<'a>(verification: &'a Verification, label: &str) -> &'a str {
    verification.facts.iter().find(|fact| fact.label.zh == label).map(|fact| fact.value.as_str()).unwrap()
}

#[test]
fn a_code_is_answered_with_masked_facts() {
    on_both(|database| {
        let desk = Desk::on(database);
        let made = desk.make(samples::content(DocumentKind::Decision));
        assert_eq!(by_code(&desk, &made.code, "2026-03-20").verdict, Verdict::Pending);
        desk.print();
        let typed = made.code.to_lowercase();
        let answer = by_code(&desk, &format!(" {}-{}", &typed[..4], &typed[4..]), "2026-03-20");
        assert_eq!(answer.verdict, Verdict::Valid);
        assert_eq!((value(&answer, "当事人"), value(&answer, "编号")), ("张*", "云市监许准〔2026〕1号"));
        let shown = serde_json::to_string(&answer).unwrap();
        assert!(!shown.contains("张三") && !shown.contains("91339921MA00000153"), "{shown}");
        for wrong in ["", "ABC", "000000000000", "' or 1=1 --"] {
            assert_eq!(by_code(&desk, wrong, "2026-03-20").verdict, Verdict::Unknown, "{wrong}");
        }
    });
}

#[test]
fn the_status_of_a_certificate_decides() {
    on_both(|database| {
        let desk = Desk::on(database);
        let command = IssueCertificate { facts: samples::case_facts(), certificate: food_licence(), template: None };
        let issued = desk.world.execute(&desk.clerk, command).outcome;
        desk.print();
        let verdict = |day: &str| by_code(&desk, &issued.document.code, day).verdict;
        assert_eq!([verdict("2026-03-15"), verdict("2026-03-16")], [Verdict::NotYetValid, Verdict::Valid]);
        assert_eq!([verdict("2031-03-15"), verdict("2031-03-16")], [Verdict::Valid, Verdict::Expired]);
        desk.world.execute(&desk.clerk, desk.end(&issued.id, CertificateAct::Suspend));
        assert_eq!(verdict("2026-03-20"), Verdict::Suspended);
        desk.world.execute(&desk.clerk, desk.end(&issued.id, CertificateAct::Revoke));
        let answer = by_code(&desk, &issued.document.code, "2026-03-20");
        assert_eq!(answer.verdict, Verdict::Revoked);
        assert_eq!(answer.reason.zh, "已于2026年3月16日撤销：隐瞒有关情况取得许可（行政许可法 第六十九条第二款）。");
        assert_eq!(value(&answer, "当事人"), "王*明", "the holder is a person, whoever applied");
    });
}

#[test]
fn a_file_is_valid_only_when_every_byte_is_the_issued_one() {
    on_both(|database| {
        let desk = Desk::on(database);
        let made = desk.make(samples::content(DocumentKind::AcceptanceNotice));
        desk.print();
        let issued = desk.pdf(&made.id);
        assert_eq!(by_file(&desk, &issued).verdict, Verdict::Valid);
        for at in [9, issued.len() / 3, issued.len() - 30] {
            let mut altered = issued.clone();
            altered[at] ^= 1;
            let answer = by_file(&desk, &altered);
            assert_eq!(answer.verdict, Verdict::Altered, "byte {at}");
            assert_eq!(value(&answer, "编号"), made.number, "what the register says is shown beside the altered file");
        }
        let mut longer = issued.clone();
        longer.extend(b"\n% more\n");
        assert_eq!(by_file(&desk, &longer).verdict, Verdict::Altered);
    });
}

#[test]
fn foreign_and_unsigned_files_are_unknown() {
    on_both(|database| {
        let desk = Desk::on(database);
        for bytes in [b"".as_slice(), b"%PDF-1.7 nothing", b"(zs-000000000000)", b"(zs-"] {
            assert_eq!(by_file(&desk, bytes).verdict, Verdict::Unknown);
        }
    });
}

#[test]
fn the_holder_sees_that_a_certificate_was_verified_and_own_eyes_leave_nothing() {
    on_both(|database| {
        let desk = Desk::on(database);
        let command = IssueCertificate { facts: samples::case_facts(), certificate: food_licence(), template: None };
        let issued = desk.world.execute(&desk.clerk, command).outcome;
        desk.print();
        let record = desk.world.read(|tx| documents::queries::certificate(tx, &issued.id)).unwrap();
        let holder = record.open(&desk.keys, &tracker::in_process("a test")).unwrap().holder_code;
        let readings = || desk.world.read(|tx| tracker::readings_of(tx, &desk.keys, &holder, i64::MAX, None, 10));
        by_code(&desk, &issued.document.code, "2026-03-20");
        by_code(&desk, "000000000000", "2026-03-20");
        let seen = readings();
        assert_eq!(seen.len(), 1, "an unknown code is nobody's");
        assert_eq!((seen[0].source.kind, seen[0].manner), (tracker::SourceKind::Certificate, tracker::Manner::Masked));
        let own = Actor { party: Some(record.holder_party), ..Actor::bare("account_holder", runner::ActorKind::Person) };
        desk.world.execute(&own, VerifyPaper { paper: Paper::Code(issued.document.code) });
        assert_eq!(readings().len(), 1);
    });
}
