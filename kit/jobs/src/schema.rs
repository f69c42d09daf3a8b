//! Tables.

use store::Migration;

/// To be applied as component `jobs`.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        number: 1,
        name: "the queue",
        sql: "
create table job (
    id text not null primary key,
    kind text not null,
    payload text not null,
    job_key text,
    due_ms bigint not null,
    state text not null,
    attempts bigint not null,
    leased_by text,
    leased_until_ms bigint,
    last_error text
);
create index ix_job__state__due on job (state, due_ms);
create index ix_job__key on job (job_key);
",
    },
    Migration {
        number: 2,
        name: "find by key and state together, whatever the planner believes of the table's size",
        sql: "
create index ix_job__key__state on job (job_key, state);
drop index ix_job__key;
",
    },
];
