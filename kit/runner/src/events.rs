//! The shape of events that a domain crate declares as a list.

/// Declares events: name, kind, fields, and what each does to the state tables. Types of the call are those in scope there, with
/// `serde::Serialize` and `store::{StoreError, Tx}` among them.
#[macro_export]
macro_rules! events {
    ($(
        $(#[$doc:meta])*
        $name:ident = $kind:literal { $($(#[$attr:meta])* $field:ident: $type:ty),* $(,)? } => |$self:ident, $tx:ident, $moment:ident| $apply:expr;
    )+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Serialize)]
        pub(crate) struct $name { $($(#[$attr])* pub $field: $type),* }

        impl $crate::Event for $name {
            fn kind(&self) -> &'static str {
                $kind
            }

            fn apply(&self, $tx: &mut Tx<'_>, $moment: &$crate::Moment) -> Result<(), StoreError> {
                let $self = self;
                let _ = &$moment;
                $apply
            }
        }
    )+};
}
