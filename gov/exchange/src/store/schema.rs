//! The tables.

use store::Migration;

/// The tables of this crate, to be applied as component `exchange`.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        number: 1,
        name: "members, keys, services, duties, message log, usage",
        sql: "
create table exchange_member (
    id text not null primary key,
    name_zh text not null,
    name_en text not null,
    organ text,
    address text not null,
    ed25519_allowed bigint not null,
    standing text not null
);
create index ix_exchange_member__organ on exchange_member (organ);
create table exchange_key (
    subsystem text not null references exchange_member (id),
    id text not null,
    pem text not null,
    from_ms bigint not null,
    until_ms bigint not null,
    revoked_ms bigint,
    reason text,
    primary key (subsystem, id)
);
create index ix_exchange_key__id on exchange_key (id);
create table exchange_service (
    id text not null primary key,
    subsystem text not null references exchange_member (id),
    body text not null,
    standing text not null
);
create index ix_exchange_service__subsystem on exchange_service (subsystem);
create table exchange_duty (
    id text not null primary key,
    client text not null,
    service text not null,
    until_ms bigint not null,
    body text not null
);
create index ix_exchange_duty__client__service on exchange_duty (client, service);
create table exchange_message (
    id text not null primary key,
    side text not null,
    message_id text not null,
    client text not null,
    service text not null,
    endpoint text not null,
    case_number text,
    purpose text,
    grant_id text,
    code text not null,
    at_ms bigint not null,
    client_at_ms bigint not null,
    duration_us bigint not null,
    request_bytes bigint not null,
    response_bytes bigint not null,
    request_text text,
    request_head_sm3 text not null,
    request_body_sm3 text not null,
    request_body_sha512 text not null,
    request_signature text,
    response_text text,
    response_head_sm3 text,
    response_body_sm3 text,
    response_body_sha512 text,
    response_signature text,
    kept_until_ms bigint not null,
    constraint uq_exchange_message__side__client__message_id unique (side, client, message_id)
);
create index ix_exchange_message__message_id on exchange_message (message_id);
create index ix_exchange_message__case on exchange_message (case_number, id);
create index ix_exchange_message__service on exchange_message (service, at_ms);
create index ix_exchange_message__at on exchange_message (at_ms);
create index ix_exchange_message__kept on exchange_message (kept_until_ms);
create table exchange_usage (
    client text not null,
    service text not null,
    span_ms bigint not null,
    began_ms bigint not null,
    used bigint not null,
    primary key (client, service, span_ms)
);
",
    },
    Migration {
        number: 2,
        name: "batches, received rows, rows set aside, feeds",
        sql: "
create table exchange_batch (
    service text not null,
    source text not null,
    cd_batch text not null,
    parts bigint not null,
    row_count bigint not null,
    sm3 text not null,
    state text not null,
    opened_ms bigint not null,
    applied_parts bigint not null,
    applied_rows bigint not null,
    dead_rows bigint not null,
    primary key (service, source, cd_batch)
);
create table exchange_batch_part (
    service text not null,
    source text not null,
    cd_batch text not null,
    number bigint not null,
    sm3 text not null,
    text text,
    primary key (service, source, cd_batch, number)
);
create table exchange_received (
    service text not null,
    source text not null,
    key_index text not null,
    cd_batch text not null,
    row_number bigint not null,
    cd_time bigint not null,
    record text,
    primary key (service, source, key_index)
);
create table exchange_dead_row (
    id text not null primary key,
    service text not null,
    source text not null,
    cd_batch text not null,
    row_number bigint not null,
    at_ms bigint not null,
    reason text not null,
    line text not null
);
create table exchange_feed (
    id text not null primary key,
    client text not null,
    service text not null,
    register text not null,
    position bigint not null,
    state text not null,
    pending_batch text,
    pending_until bigint not null,
    tries bigint not null,
    last_code text,
    serial_day text not null,
    serial bigint not null
);
",
    },
    Migration {
        number: 3,
        name: "feeds: last try and why they were stopped",
        sql: "
alter table exchange_feed add column tried_ms bigint;
alter table exchange_feed add column reason text not null default '';
create index ix_exchange_dead_row__service on exchange_dead_row (service, id);
",
    },
    Migration {
        number: 4,
        name: "batches: the right they came under; received rows: their key and their order",
        sql: "
alter table exchange_batch add column ground text not null default '';
alter table exchange_received add column position bigint not null default 0;
alter table exchange_received add column key text not null default '';
create index ix_exchange_received__service__position on exchange_received (service, position);
create index ix_exchange_batch__service__opened_ms on exchange_batch (service, opened_ms);
",
    },
];
