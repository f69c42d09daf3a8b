//! What the app keeps for public data, and how pages ask for rows.

use std::sync::Arc;

use gate::{App, PageError};
use opendata::{Catalogue, Release, Resource, ensure_table, queries};
use runner::{Fault, Halt};
use tables::{Answer, Bounds, Named, Search, Shelf, TableError};

pub(super) fn catalogue(app: &App) -> Result<Arc<Catalogue>, PageError> {
    let kept = app.runner.service::<Catalogue>();
    kept.ok_or_else(|| Halt::from(Fault::because("the runner was built without the catalogue of public data")).into())
}

/// The release shown, or what the page of a dataset that is gone says.
pub(super) async fn release(app: &App, slug: &str) -> Result<Release, PageError> {
    let name = slug.to_owned();
    app.read(move |tx| Ok(queries::release(tx, &name)?)).await?.ok_or(PageError::NotFound)
}

/// The file asked for, or the first that is a table.
pub(super) fn table_of<'r>(release: &'r Release, id: &str) -> Option<&'r Resource> {
    release.resource(id).filter(|file| file.is_table()).or_else(|| release.resources.iter().find(|file| file.is_table()))
}

async fn with_table<T: Send + 'static>(
    app: &App,
    file: &Resource,
    ask: impl FnOnce(&Shelf, &str, &Resource) -> Result<T, TableError> + Send + 'static,
) -> Result<Option<T>, PageError> {
    let shelf = app.runner.service::<Shelf>().ok_or_else(|| Halt::from(Fault::because("the runner was built without the shelf of tables")))?;
    let (blobs, file) = (app.blobs.clone(), file.clone());
    let answer = app.blocking(move || -> Result<Option<T>, Halt> {
        let Some(key) = ensure_table(&file, &blobs, &shelf).map_err(|fault| Halt::Fault(Fault(fault)))? else { return Ok(None) };
        match ask(&shelf, &key, &file) {
            Ok(answer) => Ok(Some(answer)),
            // A page without its table is still worth reading.
            Err(TableError::TooSlow | TableError::NoField(_)) => Ok(None),
            Err(error) => Err(Halt::fault(error)),
        }
    });
    Ok(answer.await??)
}

/// Rows of a file; none when the question makes no sense or takes too long.
pub(super) async fn rows(app: &App, file: &Resource, asked: Search) -> Result<Option<Answer>, PageError> {
    with_table(app, file, move |shelf, key, file| shelf.search(key, &file.table_fields(), &asked, &Bounds::default())).await
}

/// A statement of ours over a file, which it calls `t`.
pub(super) async fn statement(app: &App, file: &Resource, sql: String) -> Result<Option<Answer>, PageError> {
    with_table(app, file, move |shelf, key, file| shelf.query(&sql, &[Named { name: "t", key, fields: &file.table_fields() }], &Bounds::default()))
        .await
}
