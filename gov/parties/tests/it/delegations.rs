use crate::world::{Town, citizen, day, keeper};
use parties::{
    AcceptDelegation, DeclineDelegation, DelegationId, DelegationKind, DelegationState, GrantDelegation, LegalPersonStatus, Party, PersonId,
    RevokeDelegation, Scope, SetLegalPersonStatus,
};
use runner::{Actor, ActorKind, Authority, Resource, Ruling};
use testkit::on_both;

fn grant(principal: Party, agent: &PersonId, kind: DelegationKind) -> GrantDelegation {
    GrantDelegation {
        principal,
        agent: agent.clone(),
        kind,
        scope: Scope::Items(vec!["gaoling-jintie".into()]),
        valid_from: day("2026-03-02"),
        valid_until: day("2027-03-01"),
    }
}

fn person(id: &PersonId) -> Party {
    Party::Person(id.clone())
}

fn scopes(town: &Town, agent: &PersonId, principal: &Party, on: &str) -> Vec<Scope> {
    town.world.read(|tx| parties::scopes_for(tx, agent, principal, day(on)))
}

fn state(town: &Town, id: &DelegationId) -> DelegationState {
    town.world.read(|tx| parties::delegation(tx, id)).unwrap().state
}

#[test]
fn a_daughter_acts_for_her_mother_once_she_has_accepted() {
    on_both(|database| {
        let town = Town::new(database);
        let (mother, daughter) = (town.person("王奶奶", "1944-05-06", 12), town.person("王小红", "1980-05-06", 22));
        let granted = town.world.execute(&citizen(&mother), grant(person(&mother), &daughter, DelegationKind::Child)).outcome;
        assert!(scopes(&town, &daughter, &person(&mother), "2026-03-02").is_empty());
        town.world.execute(&citizen(&daughter), AcceptDelegation { delegation: granted.clone() });
        let covered = scopes(&town, &daughter, &person(&mother), "2026-03-02");
        assert!(covered[0].covers("gaoling-jintie") && !covered[0].covers("other"));
        assert!(scopes(&town, &daughter, &person(&mother), "2026-03-01").is_empty());
        assert_eq!(scopes(&town, &daughter, &person(&mother), "2027-03-01").len(), 1);
        assert!(scopes(&town, &daughter, &person(&mother), "2027-03-02").is_empty());
        assert!(scopes(&town, &mother, &person(&daughter), "2026-03-02").is_empty());
        assert_eq!(town.world.read(|tx| parties::active_delegations(tx, &daughter, day("2026-03-02"))).len(), 1);
        assert_eq!(town.world.read(|tx| parties::delegations_of_principal(tx, &person(&mother))).len(), 1);

        town.world.execute(&citizen(&mother), RevokeDelegation { delegation: granted.clone(), reason: String::new() });
        assert!(scopes(&town, &daughter, &person(&mother), "2026-03-02").is_empty());
        let again = town.world.refuse(&citizen(&daughter), RevokeDelegation { delegation: granted.clone(), reason: String::new() });
        assert_eq!((again.code.as_ref(), again.basis.as_ref()), ("delegation-not-open", "民法典 第一百七十三条"));
        assert_eq!(state(&town, &granted), DelegationState::Revoked);
    });
}

#[test]
fn an_offer_is_answered_once_and_in_time() {
    on_both(|database| {
        let town = Town::new(database);
        let (mother, daughter) = (town.person("王奶奶", "1944-05-06", 12), town.person("王小红", "1980-05-06", 22));
        let offer = || town.world.execute(&citizen(&mother), grant(person(&mother), &daughter, DelegationKind::Child)).outcome;
        let declined = offer();
        town.world.execute(&citizen(&daughter), DeclineDelegation { delegation: declined.clone() });
        assert_eq!(state(&town, &declined), DelegationState::Declined);
        assert_eq!(town.world.refuse(&citizen(&daughter), AcceptDelegation { delegation: declined }).code, "delegation-not-open");
        let late = offer();
        assert_eq!(town.world.refuse(&citizen(&mother), grant(person(&mother), &daughter, DelegationKind::Child)).code, "delegation-exists");
        town.world.move_to("2027-03-02T09:00");
        assert_eq!(town.world.refuse(&citizen(&daughter), AcceptDelegation { delegation: late }).code, "delegation-not-open");
    });
}

#[test]
fn an_employee_acts_for_a_company_until_it_ends() {
    on_both(|database| {
        let town = Town::new(database);
        let (boss, clerk) = (town.person("王总", "1970-05-06", 12), town.person("小李", "1995-05-06", 22));
        let company = town.company(1, Some(&boss));
        let party = Party::Legal(company.clone());
        assert_eq!(scopes(&town, &boss, &party, "2026-03-02"), [Scope::All]);
        let granted = town.world.execute(&citizen(&boss), grant(party.clone(), &clerk, DelegationKind::Agent)).outcome;
        town.world.execute(&citizen(&clerk), AcceptDelegation { delegation: granted.clone() });
        assert_eq!(scopes(&town, &clerk, &party, "2026-03-02").len(), 1);
        let end = SetLegalPersonStatus { legal_person: company, status: LegalPersonStatus::Deregistered, basis: "注销登记".into(), seen: None };
        town.world.execute(&keeper(), end);
        assert!(scopes(&town, &clerk, &party, "2026-03-02").is_empty());
        assert!(scopes(&town, &boss, &party, "2026-03-02").is_empty());
        let more = GrantDelegation { scope: Scope::All, ..grant(party, &clerk, DelegationKind::Agent) };
        assert_eq!(town.world.refuse(&citizen(&boss), more).code, "principal-ended");
    });
}

#[test]
fn minors_have_guardians() {
    on_both(|database| {
        let town = Town::new(database);
        let (child, father) = (town.person("王小宝", "2015-05-06", 11), town.person("王爸爸", "1985-05-06", 13));
        let by = |kind| grant(person(&child), &father, kind);
        assert_eq!(town.world.refuse(&citizen(&child), by(DelegationKind::Parent)).code, "principal-minor");
        assert_eq!(town.world.refuse(&citizen(&child), by(DelegationKind::Guardian)).code, "guardian-at-counter");
        town.world.execute(&keeper(), by(DelegationKind::Guardian));
        assert_eq!(scopes(&town, &father, &person(&child), "2026-03-02").len(), 1);
        assert_eq!(town.world.refuse(&citizen(&father), grant(person(&father), &child, DelegationKind::Child)).code, "agent-minor");
    });
}

#[test]
fn what_makes_no_sense_is_refused() {
    on_both(|database| {
        let town = Town::new(database);
        let (mother, daughter) = (town.person("王奶奶", "1944-05-06", 12), town.person("王小红", "1980-05-06", 22));
        let good = grant(person(&mother), &daughter, DelegationKind::Child);
        let cases = [
            (GrantDelegation { kind: DelegationKind::Agent, ..good.clone() }, "kind"),
            (GrantDelegation { agent: mother.clone(), ..good.clone() }, "agent"),
            (GrantDelegation { valid_from: day("2026-03-01"), ..good.clone() }, "valid_from"),
            (GrantDelegation { valid_until: day("2026-03-01"), ..good.clone() }, "valid_until"),
            (GrantDelegation { valid_until: day("2029-03-03"), ..good.clone() }, "valid_until"),
            (GrantDelegation { scope: Scope::Items(vec![]), ..good.clone() }, "scope"),
            (GrantDelegation { scope: Scope::Items(vec!["Not A Slug".into()]), ..good.clone() }, "scope"),
        ];
        for (command, field) in cases {
            let refusal = town.world.refuse(&citizen(&mother), command);
            assert_eq!((refusal.code.as_ref(), refusal.fields[0].field.as_str()), ("input-invalid", field));
        }
        let nobody = PersonId::parse("person_00000000000000000000000000").unwrap();
        assert_eq!(town.world.refuse(&citizen(&mother), GrantDelegation { agent: nobody.clone(), ..good.clone() }).code, "agent-unknown");
        let unknown = GrantDelegation { principal: Party::Person(nobody), ..good };
        assert_eq!(town.world.refuse(&citizen(&mother), unknown).code, "not-found");
    });
}

/// What the platform's policies say about delegations: the party itself, and the keeper at the counter.
struct OwnAffairs;

impl Authority for OwnAffairs {
    fn rule(&self, actor: &Actor, action: &str, resource: &Resource) -> Ruling {
        let own = actor.on_behalf.is_none() && actor.party.is_some() && actor.party == resource.party && action.starts_with("delegation.");
        let kept = matches!(actor.kind, ActorKind::Staff | ActorKind::System) && action == "parties.manage";
        Ruling { permitted: own || kept, policies: Vec::new() }
    }
}

#[test]
fn each_side_speaks_for_itself() {
    on_both(|database| {
        let town = Town::with(database, OwnAffairs);
        let (mother, daughter) = (town.person("王奶奶", "1944-05-06", 12), town.person("王小红", "1980-05-06", 22));
        let stranger = town.person("生人", "1980-05-06", 24);
        let offer = || grant(person(&mother), &daughter, DelegationKind::Child);
        assert_eq!(town.world.refuse(&citizen(&daughter), offer()).code, "not-permitted");
        let acting = Actor { on_behalf: Some(mother.to_string()), ..citizen(&daughter) };
        assert_eq!(town.world.refuse(&acting, offer()).code, "not-permitted");
        let id = town.world.execute(&citizen(&mother), offer()).outcome;
        let accept = || AcceptDelegation { delegation: id.clone() };
        assert_eq!(town.world.refuse(&citizen(&mother), accept()).code, "not-permitted");
        town.world.execute(&citizen(&daughter), accept());
        let revoke = || RevokeDelegation { delegation: id.clone(), reason: "不再需要".into() };
        assert_eq!(town.world.refuse(&citizen(&stranger), revoke()).code, "not-permitted");
        town.world.execute(&citizen(&daughter), revoke());

        let company = town.company(1, Some(&mother));
        let for_company = || grant(Party::Legal(company.clone()), &daughter, DelegationKind::Agent);
        assert_eq!(town.world.refuse(&citizen(&stranger), for_company()).code, "not-permitted");
        town.world.execute(&citizen(&mother), for_company());
    });
}
