use store::Migration;

/// The tables of this crate, to be applied as component `opendata`.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
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
create table data_voice (
    id text not null primary key,
    kind text not null,
    dataset text,
    organ text,
    account text not null,
    state text not null,
    body text not null,
    at_ms bigint not null
);
create index ix_data_voice__kind on data_voice (kind, state, at_ms);
create index ix_data_voice__dataset on data_voice (dataset, kind);
create index ix_data_voice__account on data_voice (account, at_ms);
create table dataset_subscription (
    account text not null,
    dataset text not null,
    at_ms bigint not null,
    primary key (account, dataset)
);
create table developer_key (
    id text not null primary key,
    account text not null,
    name text not null,
    hash text not null,
    calls_per_day bigint not null,
    created_ms bigint not null,
    revoked_ms bigint,
    constraint uq_developer_key__hash unique (hash)
);
create index ix_developer_key__account on developer_key (account);
create table developer_usage (
    developer_key text not null references developer_key (id),
    day text not null,
    calls bigint not null,
    primary key (developer_key, day)
);
create table harvest_source (
    id text not null primary key,
    organ text not null,
    body text not null,
    version bigint not null
);
create table harvest_record (
    source text not null references harvest_source (id),
    there text not null,
    seen_in text not null,
    content text not null,
    dataset text,
    error text not null,
    primary key (source, there)
);
",
    },
    Migration {
        number: 2,
        name: "notices of renewals",
        sql: "
create index ix_dataset_subscription__dataset on dataset_subscription (dataset);
create table dataset_notice (
    account text not null,
    dataset text not null,
    number bigint not null,
    at_ms bigint not null,
    read_ms bigint,
    primary key (account, dataset, number)
);
create index ix_dataset_notice__account on dataset_notice (account, at_ms);
",
    },
];
