//! A database for one test.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use store::{Bind, Config, Durability, Store};

static COUNT: AtomicU64 = AtomicU64::new(0);

/// A fresh, empty database, gone when dropped.
pub struct TestDatabase {
    store: Option<Arc<Store>>,
    _folder: Option<tempfile::TempDir>,
    schema: Option<(String, String)>,
}

fn address(server: &str, schema: &str) -> String {
    format!("{server} options='-c search_path={schema}'")
}

impl TestDatabase {
    /// SQLite in a folder of its own.
    #[must_use]
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let config = Config::Sqlite { path: folder.path().join("test.db"), durability: Durability::None };
        Self { store: Some(Arc::new(Store::open(&config).expect("an empty database"))), _folder: Some(folder), schema: None }
    }

    /// PostgreSQL in a schema of its own.
    ///
    /// # Panics
    /// When `ZHENGSHU_TEST_POSTGRES` names no server.
    #[must_use]
    pub fn postgres() -> Self {
        let server =
            std::env::var("ZHENGSHU_TEST_POSTGRES").expect("ZHENGSHU_TEST_POSTGRES must hold the address of a PostgreSQL server; ./test starts one");
        let schema = format!("test_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let mut client = postgres::Client::connect(&server, postgres::NoTls).expect("the server of ZHENGSHU_TEST_POSTGRES");
        client.batch_execute(&format!("drop schema if exists {schema} cascade; create schema {schema}")).expect("a schema of its own");
        let config = Config::Postgres { address: address(&server, &schema) };
        let store = Some(Arc::new(Store::open(&config).expect("a connection")));
        Self { store, _folder: None, schema: Some((server, schema)) }
    }

    /// The open store.
    #[must_use]
    pub fn store(&self) -> Arc<Store> {
        Arc::clone(self.store.as_ref().expect("open until dropped"))
    }

    /// How SQLite goes about a statement, a step each: `SEARCH r USING INDEX …`, `SCAN c`.
    ///
    /// # Panics
    /// When the statement is none.
    #[must_use]
    pub fn plan(&self, statement: &str, parameters: &[&dyn Bind]) -> Vec<String> {
        let explained = format!("explain query plan {statement}");
        let steps = self.store().read(|tx| tx.query(&explained, parameters)).expect("a statement");
        steps.iter().map(|step| step.get::<String>(3).expect("a step in words")).collect()
    }

    /// The address of the PostgreSQL schema, for what opens its database itself; `None` on SQLite.
    #[must_use]
    pub fn postgres_address(&self) -> Option<String> {
        self.schema.as_ref().map(|(server, schema)| address(server, schema))
    }

    /// For messages.
    #[must_use]
    pub fn name(&self) -> &'static str {
        if self.schema.is_some() { "postgresql" } else { "sqlite" }
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        self.store = None;
        if let Some((server, schema)) = &self.schema
            && let Ok(mut client) = postgres::Client::connect(server, postgres::NoTls)
        {
            // Another test's schema is never touched; a schema that cannot be dropped is merely litter.
            let _ = client.batch_execute(&format!("drop schema if exists {schema} cascade"));
        }
    }
}

/// Runs a test on both databases.
pub fn on_both(test: impl Fn(TestDatabase)) {
    for make in [TestDatabase::sqlite, TestDatabase::postgres] {
        let database = make();
        println!("on {}", database.name());
        test(database);
    }
}
