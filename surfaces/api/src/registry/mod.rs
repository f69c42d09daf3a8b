//! The operations: each is registered once, with its handler and its description, so that router and document cannot differ.

mod describe;
mod document;
mod operation;

use axum::Router;
use axum::handler::Handler;
use axum::routing::{MethodFilter, on};
use gate::App;

pub(crate) use document::{document, problems};
pub(crate) use operation::{Answer, Operation, Tag};

/// The router and the description of everything in it.
#[derive(Default)]
pub(crate) struct Api {
    router: Router<App>,
    operations: Vec<Operation>,
}

impl Api {
    /// Adds an operation with its handler.
    pub(crate) fn on<H, T>(mut self, operation: Operation, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        let filter = MethodFilter::try_from(operation.method.clone()).unwrap_or(MethodFilter::GET);
        self.router = self.router.route(operation.path, on(filter, handler));
        self.operations.push(operation);
        self
    }

    /// Router and descriptions.
    pub(crate) fn into_parts(self) -> (Router<App>, Vec<Operation>) {
        (self.router, self.operations)
    }
}
