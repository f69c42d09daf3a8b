use store::Migration;

/// The tables of this crate, to be applied as component `registers`.
pub const MIGRATIONS: &[Migration] = &[FIRST, IN_ORDER, ANSWERS];

const FIRST: Migration = Migration {
    number: 1,
    name: "registers, records by valid and recorded time, searchable values, loads",
    sql: "
create table register_declaration (
    slug text not null,
    version bigint not null,
    division text not null,
    sm3 text not null,
    declared text not null,
    at_ms bigint not null,
    primary key (slug, version)
);
create table register_head (
    slug text not null primary key,
    version bigint not null,
    division text not null,
    sm3 text not null,
    position bigint not null,
    key_count bigint not null,
    fresh_at_ms bigint
);
create table register_record (
    register text not null,
    position bigint not null,
    key_index text not null,
    subject_index text,
    version bigint not null,
    valid_from text not null,
    valid_until text,
    recorded_at_ms bigint not null,
    superseded_at_ms bigint,
    cause text not null,
    changed text not null,
    plain text not null,
    sealed text not null,
    sm3 text not null,
    primary key (register, position)
);
create index ix_register_record__key on register_record (register, key_index);
create index ix_register_record__subject on register_record (subject_index);
create table register_value (
    register text not null,
    field text not null,
    value text not null,
    position bigint not null,
    primary key (register, field, value, position)
);
create table register_load (
    id text not null primary key,
    register text not null,
    file_sm3 text not null,
    report text not null,
    at_ms bigint not null,
    account text not null,
    constraint uq_register_load__file unique (register, file_sm3)
);
create index ix_register_load__register on register_load (register, id);
create table register_correction (
    register text not null,
    position bigint not null,
    reason_sealed text not null,
    basis text not null,
    account text not null,
    at_ms bigint not null,
    primary key (register, position)
);
",
};

/// Versions of a key are read in their order from the index alone; with another order SQLite walks the whole register instead.
const IN_ORDER: Migration = Migration {
    number: 2,
    name: "versions of a key and of a subject in their order",
    sql: "
drop index ix_register_record__key;
drop index ix_register_record__subject;
create index ix_register_record__key on register_record (register, key_index, position);
create index ix_register_record__subject on register_record (subject_index, register, position);
",
};

const ANSWERS: Migration = Migration {
    number: 3,
    name: "what others answered about somebody at her own wish",
    sql: "
create table register_answer (
    register text not null,
    subject_index text not null,
    day text not null,
    asked_ms bigint not null,
    plain text not null,
    sealed text not null,
    sm3 text not null,
    primary key (register, subject_index)
);
create index ix_register_answer__day on register_answer (day);
",
};
