//! Tables.

use store::Migration;

/// To be applied as component `runner`.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        number: 1,
        name: "first answers by idempotency key",
        sql: "
create table runner_answer (
    actor text not null,
    answer_key text not null,
    command text not null,
    request_sm3 text not null,
    answer text not null,
    at_ms bigint not null,
    primary key (actor, answer_key)
);
create index ix_runner_answer__at on runner_answer (at_ms);
",
    },
    Migration {
        number: 2,
        name: "answers are sealed, with the hash of their request",
        sql: "
delete from runner_answer;
alter table runner_answer drop column request_sm3;
",
    },
];
