//! Actors and resources in the words of the policies. See `policies/schema.cedarschema`.

use std::{
    collections::{HashMap, HashSet},
    str::FromStr,
    sync::LazyLock,
};

use cedar_policy::{Entity, EntityId, EntityTypeName, EntityUid, RestrictedExpression};
use runner::{Actor, ActorKind, Resource};

use crate::model::{HEAD_POST, delegation_scopes, private_person};

static ACCOUNT: LazyLock<Option<EntityTypeName>> = LazyLock::new(|| EntityTypeName::from_str("Account").ok());
static THING: LazyLock<Option<EntityTypeName>> = LazyLock::new(|| EntityTypeName::from_str("Thing").ok());

/// The actor as a principal.
pub(super) fn of_actor(actor: &Actor) -> Result<Entity, String> {
    let posts = actor.posts.iter().map(|held| task_name(&held.organ, &held.post));
    let heads = actor.posts.iter().filter(|held| held.post == HEAD_POST).map(|held| held.organ.clone());
    let attributes = HashMap::from([
        ("account".to_owned(), text(&actor.account)),
        ("kind".to_owned(), text(kind_name(actor.kind))),
        ("party".to_owned(), text(actor.party.as_deref().unwrap_or_default())),
        ("acting_party".to_owned(), text(actor.acting_party().unwrap_or_default())),
        ("persons".to_owned(), set(persons_of(actor))),
        ("delegated".to_owned(), RestrictedExpression::new_bool(actor.on_behalf.is_some())),
        ("scopes".to_owned(), set(delegation_scopes(actor).map(str::to_owned))),
        ("posts".to_owned(), set(posts)),
        ("post_codes".to_owned(), set(actor.posts.iter().map(|held| held.post.clone()))),
        ("organs".to_owned(), set(actor.posts.iter().map(|held| held.organ.clone()))),
        ("heads".to_owned(), set(heads)),
        ("roles".to_owned(), set(actor.roles.iter().cloned())),
        ("assurance".to_owned(), RestrictedExpression::new_long(i64::from(actor.assurance))),
    ]);
    entity(&ACCOUNT, &actor.account, attributes)
}

/// The resource as such.
pub(super) fn of_resource(resource: &Resource) -> Result<Entity, String> {
    let task_organ = task_organ(resource).unwrap_or_default();
    let task = resource.post.as_deref().map(|post| task_name(task_organ, post)).unwrap_or_default();
    let attributes = HashMap::from([
        ("kind".to_owned(), text(&resource.kind)),
        ("thing".to_owned(), text(&resource.id)),
        ("organ".to_owned(), text(resource.organ.as_deref().unwrap_or_default())),
        ("division".to_owned(), text(resource.division.as_deref().unwrap_or_default())),
        ("task".to_owned(), text(&task)),
        ("task_organ".to_owned(), text(task_organ)),
        ("party".to_owned(), text(resource.party.as_deref().unwrap_or_default())),
        ("assignee".to_owned(), text(resource.assignee.as_deref().unwrap_or_default())),
        ("handlers".to_owned(), set(resource.handlers.iter().cloned())),
        ("scope".to_owned(), text(resource.scope.as_deref().unwrap_or_default())),
        ("sensitivity".to_owned(), RestrictedExpression::new_long(i64::from(resource.sensitivity))),
    ]);
    entity(&THING, &resource.id, attributes)
}

/// The organ whose post has the task.
pub(crate) fn task_organ(resource: &Resource) -> Option<&str> {
    resource.post.as_ref()?;
    resource.post_organ.as_deref().or(resource.organ.as_deref())
}

/// Everybody whose affairs are the actor's own.
fn persons_of(actor: &Actor) -> impl Iterator<Item = String> {
    let persons = [actor.party.as_deref(), actor.on_behalf.as_deref(), private_person(actor)];
    persons.into_iter().flatten().map(str::to_owned)
}

fn task_name(organ: &str, post: &str) -> String {
    format!("{organ}/{post}")
}

const fn kind_name(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::Anonymous => "anonymous",
        ActorKind::Person => "person",
        ActorKind::Staff => "staff",
        ActorKind::Admin => "admin",
        ActorKind::System => "system",
    }
}

fn entity(kind: &Option<EntityTypeName>, id: &str, attributes: HashMap<String, RestrictedExpression>) -> Result<Entity, String> {
    let kind = kind.clone().ok_or("an entity type has no name")?;
    let uid = EntityUid::from_type_name_and_id(kind, EntityId::new(id));
    Entity::new(uid, attributes, HashSet::new()).map_err(|fault| fault.to_string())
}

fn text(value: &str) -> RestrictedExpression {
    RestrictedExpression::new_string(value.to_owned())
}

fn set(values: impl Iterator<Item = String>) -> RestrictedExpression {
    RestrictedExpression::new_set(values.map(RestrictedExpression::new_string))
}
