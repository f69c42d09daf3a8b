//! Tables.

use store::Migration;

/// To be applied as component `trust`.
pub const MIGRATIONS: &[Migration] = &[Migration {
    number: 1,
    name: "accounts, passwords, roles, sessions",
    sql: "
create table trust_account (
    id text not null primary key,
    login text not null,
    kind text not null,
    party text,
    staff text,
    state text not null,
    assurance bigint not null,
    password text not null,
    password_version bigint not null,
    password_set_ms bigint not null,
    password_initial bigint not null,
    failures bigint not null,
    locked_until_ms bigint,
    version bigint not null,
    opened_ms bigint not null,
    constraint uq_trust_account__login unique (login),
    constraint uq_trust_account__party__kind unique (party, kind),
    constraint uq_trust_account__staff unique (staff)
);
create table trust_password (
    account text not null,
    version bigint not null,
    password text not null,
    set_ms bigint not null,
    primary key (account, version)
);
create table trust_role (
    account text not null,
    role text not null,
    granted_ms bigint not null,
    granted_by text not null,
    primary key (account, role)
);
create table trust_session (
    token_sm3 text not null primary key,
    id text not null,
    account text not null,
    assurance bigint not null,
    opened_ms bigint not null,
    seen_ms bigint not null,
    closed_ms bigint,
    closed_reason text,
    on_behalf text,
    address text not null,
    browser text not null,
    constraint uq_trust_session__id unique (id)
);
create index ix_trust_session__account on trust_session (account, opened_ms);
",
}];
