use store::Migration;

/// The tables of this crate, to be applied as component `opendata`.
pub const MIGRATIONS: &[Migration] = &[Migration {
    number: 1,
    name: "datasets and their releases",
    sql: "
create table dataset (
    id text not null primary key,
    slug text not null,
    organ text not null,
    division text not null,
    state text not null,
    is_public bigint not null,
    body text not null,
    harvest_key text,
    modified_ms bigint not null,
    version bigint not null,
    constraint uq_dataset__slug unique (slug),
    constraint uq_dataset__harvest_key unique (harvest_key)
);
create index ix_dataset__organ on dataset (organ, modified_ms);
create index ix_dataset__state on dataset (state, modified_ms);
create table dataset_release (
    dataset text not null references dataset (id),
    number bigint not null,
    slug text not null,
    body text not null,
    at_ms bigint not null,
    primary key (dataset, number)
);
create table dataset_file (
    resource text not null,
    dataset text not null references dataset (id),
    primary key (resource)
);
create table dataset_change (
    seq bigint not null primary key,
    dataset text not null
);
",
}];
