//! A bounded set of connections for reading.

use crossbeam_channel::{Receiver, Sender, bounded};

use crate::StoreError;

pub(crate) struct Pool<C> {
    give: Sender<C>,
    take: Receiver<C>,
}

impl<C> Pool<C> {
    pub(crate) fn new(connections: Vec<C>) -> Self {
        let (give, take) = bounded(connections.len().max(1));
        for connection in connections {
            // The channel has room for every connection, so this cannot fail.
            let _ = give.send(connection);
        }
        Self { give, take }
    }

    /// Waits for a connection, uses it, gives it back (also when the use panics).
    pub(crate) fn with<T, E: From<StoreError>>(&self, run: impl FnOnce(&mut C) -> Result<T, E>) -> Result<T, E> {
        struct Loan<'a, C>(Option<C>, &'a Sender<C>);
        impl<C> Drop for Loan<'_, C> {
            fn drop(&mut self) {
                if let Some(connection) = self.0.take() {
                    let _ = self.1.send(connection);
                }
            }
        }
        let connection = self.take.recv().map_err(|_| StoreError::Closed)?;
        let mut loan = Loan(Some(connection), &self.give);
        match loan.0.as_mut() {
            Some(connection) => run(connection),
            None => Err(StoreError::Closed.into()),
        }
    }
}
