//! What the tests of signed-in pages share: signing in, filling in an application, staff who act.

use ::cases::commands::{CompleteTask, RequestCorrection};
use ::cases::model::CorrectionItem;
use ::cases::queries::{InboxFilter, inbox};
use ::cases::scenario::{Script, run_scenario};
use axum::http::StatusCode;
use gate::testing::{Answer, Browser};
use ids::SeededEntropy;
use runner::Actor;
use town::basics::people;
use trust::{AccountKind, Assurance, NewAccount, Password, RegisterAccount};

use crate::county::County;

pub const SHOP: &str = "geti-shangpu-dengji";
const PASSWORD: &str = "Yunxi-2026";
pub const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n";

/// A person of the town, signed in.
pub async fn signed_in(county: &County, number: &str, login: &str) -> Browser {
    let party = county.basics.person(number).map(ToString::to_string);
    let new = NewAccount { login: login.into(), kind: AccountKind::Person, party, staff: None, assurance: Assurance::Checked };
    let seed = login.bytes().map(u64::from).sum();
    let command = RegisterAccount::prepare(new, &Password::new(PASSWORD), &mut SeededEntropy::new(seed)).unwrap();
    county.world.execute(&Actor::anonymous(), command);
    let mut browser = county.browser("zh-CN");
    browser.sign_in(login, PASSWORD).await;
    browser
}

/// 林晓禾, signed in.
pub async fn shopkeeper(county: &County) -> Browser {
    signed_in(county, people::SHOPKEEPER, "xiaohe").await
}

/// 林晓禾 comes back at a later moment; her session has ended meanwhile.
pub async fn later(county: &County, browser: &mut Browser, moment: &str) {
    county.world.move_to(moment);
    browser.sign_in("xiaohe", PASSWORD).await;
}

/// Opens a page and sends its form with these fields, its version with them.
pub async fn send(browser: &mut Browser, page: &str, fields: &[(&str, &str)]) -> Answer {
    let seen = browser.get(page).await.hidden("_seen").unwrap_or_default();
    let mut all = vec![("_seen", seen.as_str())];
    all.extend_from_slice(fields);
    browser.post(page, &all).await
}

/// As [`send`], and the answer must lead there.
pub async fn step(browser: &mut Browser, page: &str, fields: &[(&str, &str)], next: &str) {
    let answer = send(browser, page, fields).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, next), "{page}: {}", crate::public::text::main_text(&answer.text()));
}

/// Starts an application and answers the guide; the address of the draft.
pub async fn started(browser: &mut Browser) -> String {
    let start = format!("/items/{SHOP}/apply");
    browser.get(&start).await;
    let answer = browser.post(&start, &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let draft = answer.location().strip_suffix("/guide").unwrap().to_owned();
    let guide = [("operator", "citizen"), ("public_post", "no"), ("place", "rented"), ("naming", "named"), ("scope", "later")];
    for (index, (question, answer)) in guide.iter().enumerate() {
        let next = if index + 1 < guide.len() { format!("{draft}/guide") } else { format!("{draft}/notice") };
        step(browser, &format!("{draft}/guide/{question}"), &[("answer", answer)], &next).await;
    }
    draft
}

pub const OPERATOR: [(&str, &str); 4] = [
    ("operator_name", "林晓禾"),
    ("operator_id", "339921199005170241"),
    ("operator_mobile", "13800000001"),
    ("operator_address", "云溪县城关镇和平路12号"),
];

/// Fills in the whole form; materials are next.
pub async fn filled(browser: &mut Browser) -> String {
    let draft = started(browser).await;
    let page = |name: &str| format!("{draft}/pages/{name}");
    step(browser, &page("operator"), &OPERATOR, &page("composition")).await;
    step(browser, &page("composition"), &[("composition", "personal"), ("family_members", "")], &page("name")).await;
    step(browser, &page("name"), &[("trade_name", "云溪县晓禾奶茶店")], &page("scope")).await;
    step(browser, &page("scope"), &[("industry", "catering"), ("business_scope", "餐饮服务；食品销售")], &page("place")).await;
    let place = [("premises_division", "339921"), ("premises_address", "云溪县城关镇解放街88号一层")];
    step(browser, &page("place"), &place, &page("scale")).await;
    step(browser, &page("scale"), &[("capital_yuan", "50,000"), ("practitioners", "３")], &format!("{draft}/materials")).await;
    draft
}

/// Fills in, uploads and submits; the address of the case.
pub async fn submitted(browser: &mut Browser) -> String {
    let draft = filled(browser).await;
    browser.get(&format!("{draft}/materials")).await;
    let answer = browser.upload(&format!("{draft}/materials/premises_lease"), &[], &[("premises_lease", "合同.pdf", PDF)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", crate::public::text::main_text(&answer.text()));
    let answer = send(browser, &format!("{draft}/submit"), &[("promise", "yes")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", crate::public::text::main_text(&answer.text()));
    answer.location().strip_suffix("/submitted").unwrap().to_owned()
}

/// A food permit, up to the point where the case waits for the applicant to put right what was found.
pub fn play_until_message(county: &County) {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packages/shipin-jingying-xuke");
    let package = procedure::read_package(&folder).unwrap();
    let text = &package.scenarios.iter().find(|found| found.path == "tests/rectified-and-revisited.toml").unwrap().text;
    let (before, _) = text.split_once("[[step]]\ndo = \"message\"").unwrap();
    run_scenario(&county.stage(), &package, &Script::parse(before).unwrap()).unwrap();
}

/// Somebody of the market bureau.
pub fn staff(county: &County, lane: &str) -> Actor {
    let organ = county.basics.organ("market-supervision").unwrap().id.to_string();
    let holder = county.basics.holders(&organ, lane).next().unwrap();
    holder.actor(&format!("account_{}", holder.spec.login))
}

/// The open task of a post.
fn task(county: &County, actor: &Actor) -> String {
    let page = county.app.store.read(|tx| inbox(tx, actor, &InboxFilter::default())).unwrap();
    page.rows.first().expect("an open task").task.id.clone()
}

/// The counter asks for a correction.
pub fn ask_correction(county: &County, items: &[(&str, &str)]) {
    let window = staff(county, "window");
    let items = items.iter().map(|(target, says)| CorrectionItem { target: (*target).into(), says: (*says).into() }).collect();
    county.world.execute(&window, RequestCorrection { task: task(county, &window), items, seen: None });
}

/// A post completes its task.
pub fn complete(county: &County, lane: &str, fields: serde_json::Value) {
    let actor = staff(county, lane);
    let mut command = serde_json::json!({ "task": task(county, &actor) });
    for (name, value) in fields.as_object().unwrap() {
        command[name] = value.clone();
    }
    let command: CompleteTask = serde_json::from_value(command).unwrap();
    county.world.execute(&actor, command);
}
