//! Tables.

use store::Migration;

/// To be applied as component `journal`.
pub const MIGRATIONS: &[Migration] = &[Migration {
    number: 1,
    name: "entries, tiles, head, checkpoints",
    sql: "
create table journal_entry (
    idx bigint not null primary key,
    at_ms bigint not null,
    node text not null,
    actor text not null,
    on_behalf text,
    action text not null,
    stream text not null,
    version bigint not null,
    kind text not null,
    salt bytea not null,
    commitment bytea not null,
    payload text,
    leaf_sm3 bytea not null,
    leaf_sha256 bytea not null
);
create unique index uq_journal_entry__stream__version on journal_entry (stream, version);
create table journal_tile (
    height bigint not null,
    position bigint not null,
    sm3 bytea not null,
    sha256 bytea not null,
    primary key (height, position)
);
create table journal_head (id bigint not null primary key, size bigint not null, frontier bytea not null);
insert into journal_head (id, size, frontier) values (1, 0, '');
create table journal_checkpoint (size bigint not null primary key, at_ms bigint not null, note text not null);
",
}];
