//! The systems of other offices that are asked live, from the site file.

use registers::Connections;
use sources::{FileDrop, HttpJson, Mapping, MySqlTable, PostgresTable, Source, SqliteTable};

use crate::config::{Connection, ConnectionKind, Site};
use crate::node::StartError;

/// All connections of a site, by name.
///
/// # Errors
/// An environment variable is missing that holds an address or a token.
pub fn connections(site: &Site) -> Result<Connections, StartError> {
    let mut all = Connections::default();
    for connection in &site.connections {
        all = all.with(&connection.name, source(connection)?);
    }
    Ok(all)
}

fn source(connection: &Connection) -> Result<Box<dyn Source>, StartError> {
    let mapping: Mapping = connection.columns.iter().map(|(own, theirs)| (own.clone(), theirs.clone())).collect();
    Ok(match &connection.kind {
        ConnectionKind::Sqlite { path, table } => Box::new(SqliteTable::new(path, table, mapping)),
        ConnectionKind::Postgres { address_from, table } => Box::new(PostgresTable::new(&secret(&connection.name, address_from)?, table, mapping)),
        ConnectionKind::MySql { address_from, table } => Box::new(MySqlTable::new(&secret(&connection.name, address_from)?, table, mapping)?),
        ConnectionKind::Http { address, token_from, rows_at } => {
            let token = token_from.as_deref().map(|name| secret(&connection.name, name)).transpose()?;
            Box::new(HttpJson::new(address, token, rows_at, mapping))
        }
        ConnectionKind::Folder { path } => Box::new(FileDrop::new(path, mapping)),
    })
}

fn secret(connection: &str, name: &str) -> Result<String, StartError> {
    std::env::var(name).map_err(|_| format!("zhengshu.toml names the connection {connection}, but {name} is not set").into())
}
