//! A step of a case asks a register of another organ: through the exchange, in the transaction of the case.

use std::collections::BTreeMap;

use cases::{DeskAnswer, ForCase, RegisterDesk};
use exchange::{Asking, Member, Permit, RowScope, Service, Standing};
use registers::Asked;
use runner::{Cx, Halt};
use serde_json::{Map, Value, json};
use store::{StoreError, Tx};
use tracker::Manner;

/// The desk of a node.
pub(crate) fn register_desk() -> RegisterDesk {
    RegisterDesk::new(ask)
}

/// Who asks whom.
struct Route {
    client: Member,
    keeper: Member,
    service: Service,
}

fn ask(cx: &mut Cx<'_>, question: &ForCase<'_>) -> Result<DeskAnswer, Halt> {
    let asked = question.asked;
    let Some(route) = route(cx.tx(), asked)? else { return Ok(DeskAnswer::NotCarried) };
    // What is suspended stays suspended for cases too: nothing is found, and a person looks.
    let active = |standing: Standing| standing == Standing::Active;
    let declared = asked.fields.iter().all(|field| route.service.field(field).is_some());
    if !active(route.client.standing) || !active(route.keeper.standing) || !active(route.service.standing) || !declared {
        return Ok(DeskAnswer::Found(None));
    }
    let asking = Asking {
        client: route.client.id,
        service: route.service.id,
        endpoint: "read".to_owned(),
        body: json!({ "key": question.key, "fields": asked.fields }),
        user: None,
        case: asked.case.as_ref().map(|case| case.number.clone()),
        purpose: None,
        represented: None,
        query: None,
    };
    let answered = exchange::ask_under(cx, &asking, &permit(question))?;
    let body: Value = serde_json::from_slice(&answered.response.body)?;
    Ok(DeskAnswer::Found(first_row(&body)))
}

/// The organ's system, the keeper's, and its service for reading the register; none where the register is the organ's own or somebody has none.
fn route(tx: &mut Tx<'_>, asked: &Asked) -> Result<Option<Route>, StoreError> {
    let keeper = registers::overview(tx, &asked.register)?.and_then(|register| register.owner).map(|owner| owner.id.to_string());
    let (Some(keeper), Some(organ)) = (keeper, &asked.organ) else { return Ok(None) };
    if keeper == *organ {
        return Ok(None);
    }
    let (clients, keepers) = (exchange::members_of_organ(tx, organ)?, exchange::members_of_organ(tx, &keeper)?);
    let Some(client) = clients.into_iter().next() else { return Ok(None) };
    for service in exchange::services(tx)? {
        let reads = service.register == asked.register && service.endpoints.iter().any(|endpoint| endpoint == "read");
        if let Some(keeper) = keepers.iter().find(|keeper| reads && keeper.id == *service.id.subsystem()) {
            return Ok(Some(Route { client, keeper: keeper.clone(), service }));
        }
    }
    Ok(None)
}

/// The right of the step: the law made the item, the published package declares the fields, and the case is the organ's. The engine says so; the
/// exchange need not ask again.
fn permit(question: &ForCase<'_>) -> Permit {
    let asked = question.asked;
    Permit {
        grant: format!("item:{}", question.item),
        purpose: asked.purpose.clone(),
        basis: asked.basis.clone(),
        case: asked.case.clone(),
        fields: asked.fields.iter().cloned().collect(),
        masks: BTreeMap::new(),
        rows: RowScope::default(),
        manners: vec![Manner::Full],
        calls_per_minute_max: u32::MAX,
        calls_per_day_max: u32::MAX,
        cell_count_min: 0,
        consent: None,
        secret_until: asked.secret_until.clone(),
    }
}

/// Fields without a value are left out, as the register leaves them out.
pub(super) fn first_row(body: &Value) -> Option<Map<String, Value>> {
    let row = body.get("rows")?.get(0)?.as_object()?;
    Some(row.iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| (name.clone(), value.clone())).collect())
}
