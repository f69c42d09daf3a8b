//! The seeded town: whole, repeatable, in every state, and lawful.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use cases::queries::{CaseFilter, case_list, case_view, cases_of_party, drafts_of, rating_of};
use cases::{CaseStatus, Outcome, TaskState};
use clock::{Light, WorkCalendar};
use runner::Actor;
use testkit::TestDatabase;
use town::{Presence, Size, presence};
use trust::{Password, Scope, SignInAnswer, sign_in};

use crate::office::{Office, now};

fn all_cases(office: &Office) -> Vec<cases::queries::CaseView> {
    let scope = Scope::for_case_list(&Actor::system());
    let mut views = Vec::new();
    office
        .database
        .store()
        .read(|tx| {
            let mut after = None;
            views.clear();
            loop {
                let page = case_list(tx, &scope, &CaseFilter { after, page_size: Some(100), ..CaseFilter::default() })?;
                for row in &page.rows {
                    views.push(case_view(tx, &office.keys, &row.id, &tracker::in_process("a test"))?.unwrap());
                }
                after = page.next;
                if after.is_none() {
                    return Ok::<_, runner::Halt>(());
                }
            }
        })
        .unwrap();
    views
}

/// An open case waits for somebody, never for nobody.
fn check_invariant(views: &[cases::queries::CaseView]) {
    for view in views {
        let file = &view.file;
        let open_tasks = view.tasks.iter().filter(|task| task.state == TaskState::Open).count();
        let waits = open_tasks > 0 || file.instance.timers().next().is_some() || file.instance.awaited().next().is_some();
        assert_eq!(file.status.is_open(), waits, "{} is {:?} with {open_tasks} open tasks", file.number, file.status);
        assert!(file.submitted_ms <= now().as_millisecond());
        assert!(view.timeline.windows(2).all(|pair| pair[0].at_ms <= pair[1].at_ms), "{} goes back in time", file.number);
        if let Some(accepted) = file.accepted_on {
            assert!(accepted <= clock::local_date(now()));
        }
    }
}

fn check_variety(office: &Office, views: &[cases::queries::CaseView]) {
    let calendar = WorkCalendar::official();
    let today = clock::local_date(now());
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for view in views {
        let file = &view.file;
        let outcome = file.outcome.map_or("open", Outcome::code);
        for mark in [
            format!("{} {outcome}", file.slug),
            format!("status {}", file.status.code()),
            format!("outcome {outcome}"),
            format!("channel {}", file.channel),
        ] {
            *seen.entry(mark).or_default() += 1;
        }
        let mut note = |mark: &str, holds: bool| *seen.entry(mark.to_owned()).or_default() += usize::from(holds);
        note("corrected", file.correction.as_ref().is_some_and(|correction| correction.answered_on.is_some()));
        note("accepted by default", file.accepted_by_default);
        note("reopened", file.reopened);
        note("overdue", file.light(&calendar, today) == Some(Light::Red));
        note("extended", file.clock.as_ref().is_some_and(|clock| clock.promised.extension.is_some()));
        note("suspended now", file.status == CaseStatus::Suspended);
        note("agent", file.agent.is_some());
        note("claimed", view.tasks.iter().any(|task| task.state == TaskState::Open && task.assignee.is_some()));
        note("sent back", view.tasks.iter().any(|task| task.outcome.as_deref() == Some("sent_back")));
        let rating = office.database.store().read(|tx| rating_of(tx, &file.id)).unwrap();
        note("rated", rating.is_some());
        note("rated badly", rating.is_some_and(|rating| rating.level.is_bad()));
        note("with certificate", view.timeline.iter().any(|entry| entry.kind == "service-done" && entry.detail.zh == "issue"));
    }
    println!("{seen:#?}");
    let wanted = [
        "status submitted",
        "status correcting",
        "status accepted",
        "status suspended",
        "status closed",
        "outcome approved",
        "outcome rejected",
        "outcome refused",
        "outcome resolved",
        "outcome lapsed",
        "outcome withdrawn",
        "outcome done",
        "corrected",
        "accepted by default",
        "reopened",
        "overdue",
        "claimed",
        "extended",
        "suspended now",
        "agent",
        "sent back",
        "rated",
        "rated badly",
        "with certificate",
        "haochaping-zhenggai done",
    ];
    let missing: BTreeSet<&str> = wanted.into_iter().filter(|mark| seen.get(*mark).copied().unwrap_or(0) == 0).collect();
    assert!(missing.is_empty(), "no case is {missing:?}");
}

fn check_journal(office: &Office) {
    let mut exported = Vec::new();
    office
        .database
        .store()
        .read(|tx| {
            exported.clear();
            let head = journal::head(tx, "test.node")?;
            journal::export(tx, &head.body(), head.size, &mut exported).expect("an export");
            Ok::<_, journal::JournalError>(())
        })
        .unwrap();
    journal::verify_export(&mut std::io::Cursor::new(exported)).unwrap();
}

fn check_accounts(office: &Office) {
    let runner = office.runner();
    for account in town::facts().accounts {
        let answer = sign_in(&runner, account.login, &Password::new(account.password), "127.0.0.1", "test").unwrap();
        match answer {
            SignInAnswer::Opened(session) => assert_eq!(session.password, trust::PasswordState::Valid, "{}", account.login),
            SignInAnswer::Refused(refusal) => panic!("{}: {refusal:?}", account.login),
        }
    }
}

#[test]
fn the_whole_town_has_what_the_documents_promise() {
    let started = Instant::now();
    let office = Office::seeded(TestDatabase::sqlite(), Size::demo(1));
    println!("the whole town took {:?}: {:#?}", started.elapsed(), office.report);
    let report = &office.report;
    assert!(report.broken.is_empty(), "{:#?}", report.broken);
    assert_eq!((report.organs, report.staff, report.packages), (29, 61, 11));
    assert!(report.resources >= 118, "{}", report.resources);
    assert!(report.persons >= 5_000 && report.legal_persons >= 800 && report.cases >= 300, "{report:?}");
    let views = all_cases(&office);
    assert_eq!(views.len(), report.cases);
    check_invariant(&views);
    check_variety(&office, &views);
    check_journal(&office);
    assert_eq!(office.database.store().read(presence).unwrap(), Presence::Complete);
    check_accounts(&office);
}

/// Everything about the town that does not come from random identifiers and salts.
fn content(office: &Office) -> Vec<String> {
    let mut lines = Vec::new();
    office
        .database
        .store()
        .read(|tx| {
            lines.clear();
            for person in parties::persons_after(tx, "", 10_000)? {
                let person = person.open(&office.keys, &tracker::in_process("a test")).map_err(runner::Halt::fault)?;
                lines.push(format!("{} {} {} {} {:?}", person.name, person.identity_number.as_str(), person.division, person.address, person.mobile));
            }
            for company in parties::legal_persons_after(tx, "", 10_000)? {
                lines.push(format!("{} {} {} {}", company.code, company.name, company.representative_name, company.address));
            }
            for organ in parties::organs(tx)? {
                lines.push(format!("{} {} {:?}", organ.code, organ.name.zh, organ.details.duties));
            }
            Ok::<_, runner::Halt>(())
        })
        .unwrap();
    for view in all_cases(office) {
        let file = &view.file;
        let state = (file.status, file.outcome, file.due_on);
        lines.push(format!("{} {state:?} {} {} {:?}", file.slug, file.applicant.name, file.submitted_ms, file.closed_ms));
    }
    lines.sort();
    lines
}

#[test]
fn the_same_seed_gives_the_same_town_on_both_databases() {
    let size = Size { residents: 150, companies: 40, cases: 20 };
    let contents = [TestDatabase::sqlite(), TestDatabase::postgres()].map(|database| {
        let office = Office::seeded(database, size);
        assert!(office.report.broken.is_empty(), "{:#?}", office.report.broken);
        check_invariant(&all_cases(&office));
        check_journal(&office);
        content(&office)
    });
    assert!(contents[0].len() > 250);
    assert_eq!(contents[0], contents[1]);
}

/// On a working day, and in the middle of the holidays of the National Day.
#[test]
fn the_shopkeeper_has_something_of_everything_on_any_day() {
    for now in [now(), "2026-10-05T08:10:00+08:00".parse().unwrap()] {
        let office = Office::seeded_at(TestDatabase::sqlite(), Size { residents: 120, companies: 40, cases: 4 }, now);
        assert!(office.report.broken.is_empty(), "{:#?}", office.report.broken);
        check_shopkeeper(&office);
    }
}

fn check_shopkeeper(office: &Office) {
    office
        .database
        .store()
        .read(|tx| {
            let number = parties::IdentityNumber::parse(town::basics::people::SHOPKEEPER).unwrap();
            let person = parties::person_by_identity_number(tx, &office.keys, &number)?.unwrap();
            let shop = parties::legal_persons_represented_by(tx, &person.id)?.into_iter().find(|shop| shop.name == "云溪县晓禾奶茶店").unwrap();
            let own = cases_of_party(tx, person.id.as_str(), 50)?;
            assert!(own.iter().any(|row| row.outcome == Some(Outcome::Approved)), "a licence: {own:#?}");
            let lamp = own.iter().find(|row| row.outcome == Some(Outcome::Resolved)).expect("an answered request");
            assert!(rating_of(tx, &lamp.id)?.is_none(), "it can still be rated");
            assert!(own.iter().any(|row| row.status == CaseStatus::Accepted), "a request in hand");
            let of_shop = cases_of_party(tx, shop.id.as_str(), 50)?;
            assert!(of_shop.iter().any(|row| row.status == CaseStatus::Correcting), "a correction: {of_shop:#?}");
            let login = trust::LoginName::parse("linxiaohe").unwrap();
            let account = trust::queries::account_of_login(tx, &login)?.unwrap();
            assert_eq!(drafts_of(tx, &office.keys, account.id.as_str())?.len(), 1);
            Ok::<_, runner::Halt>(())
        })
        .unwrap();
}
