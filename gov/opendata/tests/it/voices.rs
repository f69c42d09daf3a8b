use crate::world::{County, STOPS};
use i18n::Text;
use opendata::{AnswerVoice, IssueKey, Lapse, RaiseVoice, RevokeKey, Subscribe, VoiceKind, VoiceState, WithdrawDataset, queries};
use runner::{Actor, ActorKind};
use testkit::on_both;

fn citizen() -> Actor {
    Actor::bare("account_citizen", ActorKind::Person)
}

fn wish(text: &str) -> RaiseVoice {
    RaiseVoice { kind: VoiceKind::Wish, dataset: None, title: "停车场".into(), text: text.into(), url: String::new() }
}

#[test]
fn what_people_say_is_public_with_its_answer_and_not_before() {
    on_both(|database| {
        let county = County::new(database);
        let dataset = county.publish("bus-stops", STOPS);
        let feedback = RaiseVoice { kind: VoiceKind::Feedback, dataset: Some(dataset.clone()), ..wish("P2 的位置不对") };
        let voice = county.world.execute(&citizen(), feedback).outcome;
        let shown = || county.world.read(|tx| queries::voices(tx, VoiceKind::Feedback, Some(VoiceState::Answered), Some(dataset.as_str()), 10)).len();
        assert_eq!(shown(), 0);
        let answer = |text: &str| AnswerVoice { voice: voice.clone(), accept: true, answer: text.into() };
        assert_eq!(county.world.refuse(&county.clerk(), answer(" ")).code, "reason-needed");
        county.world.execute(&county.clerk(), answer("已经更正"));
        assert_eq!(shown(), 1);
        assert_eq!(county.world.refuse(&county.clerk(), answer("再答一次")).code, "voice-answered");
    });
}

#[test]
fn personal_data_are_not_taken_and_nobody_sends_without_end() {
    on_both(|database| {
        let county = County::new(database);
        let refusal = county.world.refuse(&citizen(), wish("请联系 13812345678"));
        assert_eq!((refusal.code.as_ref(), refusal.fields[0].field.as_str()), ("input-invalid", "text"));
        for _ in 0..20 {
            county.world.execute(&citizen(), wish("想要停车场位置"));
        }
        assert_eq!(county.world.refuse(&citizen(), wish("再要一个")).code, "voices-too-many");
        county.world.move_to("2026-03-04T09:00");
        county.world.execute(&citizen(), wish("第二天"));
    });
}

#[test]
fn a_key_is_known_by_its_hash_until_it_is_revoked() {
    on_both(|database| {
        let county = County::new(database);
        let issued = county.world.execute(&citizen(), IssueKey { name: "程序".into() }).outcome;
        let day = "2026-03-02".parse().unwrap();
        let known = || county.world.read(|tx| queries::key_of_token(tx, &issued.token, day));
        let (key, calls) = known().unwrap();
        assert_eq!((key.account.as_str(), calls), ("account_citizen", 0));
        county.world.store().write(move |tx| queries::count_call(tx, &key, day)).unwrap();
        assert_eq!(known().unwrap().1, 1);
        county.world.execute(&citizen(), RevokeKey { key: issued.id.clone() });
        assert!(known().is_none());
    });
}

#[test]
fn followed_datasets_are_listed() {
    on_both(|database| {
        let county = County::new(database);
        let dataset = county.publish("bus-stops", STOPS);
        let follow = |follow: bool| county.world.execute(&citizen(), Subscribe { dataset: dataset.clone(), follow });
        let followed = || county.world.read(|tx| queries::followed(tx, "account_citizen", 10)).len();
        follow(true);
        follow(true);
        assert_eq!(followed(), 1);
        follow(false);
        assert_eq!(followed(), 0);
    });
}

#[test]
fn who_follows_a_dataset_is_told_of_each_new_release_once() {
    on_both(|database| {
        let county = County::new(database);
        let dataset = county.publish("bus-stops", STOPS);
        county.world.execute(&citizen(), Subscribe { dataset: dataset.clone(), follow: true });
        let told = || county.world.read(|tx| queries::notices(tx, "account_citizen", 10));
        assert_eq!(told(), []);
        county.put(&dataset, &STOPS.replace("P1", "P9"));
        assert_eq!(county.approve_and_publish(&dataset), 2);
        let notices = told();
        assert_eq!(notices.iter().map(|notice| (notice.release.number, notice.read_ms)).collect::<Vec<_>>(), [(2, None)]);
        county.world.store().write(|tx| queries::mark_notices_read(tx, "account_citizen", 7)).unwrap();
        assert_eq!(told()[0].read_ms, Some(7));
        assert_eq!(county.world.read(|tx| queries::notices(tx, "account_other", 10)), []);
        county.world.execute(&county.head(), WithdrawDataset { dataset: dataset.clone(), reason: Text::new("有误", "Wrong") });
        assert_eq!(told(), []);
    });
}

#[test]
fn what_is_renewed_every_month_is_due_a_month_after_its_release() {
    on_both(|database| {
        let county = County::new(database);
        let dataset = county.publish("bus-stops", STOPS);
        let shown = |name: &str| county.world.read(|tx| queries::dataset(tx, name)).unwrap();
        let renewal = shown(dataset.as_str()).renewal().unwrap();
        assert_eq!(renewal.due.to_string(), "2026-04-02");
        let lapse = |day: &str| renewal.lapse(day.parse().unwrap());
        assert_eq!(
            [lapse("2026-03-25"), lapse("2026-03-26"), lapse("2026-04-02"), lapse("2026-04-03")],
            [Lapse::Far, Lapse::Soon, Lapse::Soon, Lapse::Over]
        );
        county.put(&dataset, STOPS);
        assert_eq!(shown(dataset.as_str()).renewal(), None);
    });
}
