//! What the pages have in common: the dataset a member of staff may see, with the acts on it.

use gate::{App, PageError, Visitor};
use opendata::{Dataset, dataset_resource, queries};
use parties::Organ;
use runner::{Halt, Resource};

/// A dataset with its organ, as the policies see it.
pub(super) struct Prepared {
    pub(super) dataset: Dataset,
    pub(super) organ: Organ,
    pub(super) resource: Resource,
}

/// The dataset, for somebody who may see it; for others there is nothing here.
pub(super) async fn load(app: &App, visitor: &Visitor, id: &str) -> Result<Prepared, PageError> {
    let id = id.to_owned();
    let found = app.read(move |tx| {
        let Some(dataset) = queries::dataset(tx, &id)? else { return Ok::<_, Halt>(None) };
        let (organ, resource) = (parties::organ(tx, &dataset.organ)?, dataset_resource(tx, &dataset.organ, dataset.id.as_str())?);
        Ok(organ.zip(resource).map(|(organ, resource)| Prepared { dataset, organ, resource }))
    });
    let prepared = found.await?.ok_or(PageError::NotFound)?;
    if app.may(visitor, "opendata.read-draft", &prepared.resource) { Ok(prepared) } else { Err(PageError::NotFound) }
}

/// Organs of the visitor, with their names, in which datasets can be prepared.
pub(super) async fn own_organs(app: &App, visitor: &Visitor) -> Result<Vec<Organ>, PageError> {
    let mut ids: Vec<String> = visitor.actor.posts.iter().map(|post| post.organ.clone()).collect();
    ids.sort();
    ids.dedup();
    app.read(move |tx| Ok(parties::organs(tx)?.into_iter().filter(|organ| ids.iter().any(|id| id == organ.id.as_str())).collect())).await
}

/// Whether the visitor is head of a data authority, which sees the datasets of all.
pub(super) fn is_authority(organs: &[Organ], visitor: &Visitor) -> bool {
    let authority = |organ: &Organ| organ.details.duties.iter().any(|duty| duty == opendata::DATA_DUTY);
    organs.iter().any(|organ| authority(organ) && visitor.actor.holds(organ.id.as_str(), trust::HEAD_POST))
}
