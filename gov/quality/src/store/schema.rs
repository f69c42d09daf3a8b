use store::Migration;

/// The tables of this crate, to be applied as component `quality`.
pub const MIGRATIONS: &[Migration] = &[Migration {
    number: 1,
    name: "rules, runs with their findings, correction cases, comparisons",
    sql: "
create table quality_rules (
    register text not null,
    version bigint not null,
    sm3 text not null,
    declared text not null,
    at_ms bigint not null,
    account text not null,
    primary key (register, version)
);
create table quality_run (
    id text not null primary key,
    register text not null,
    organ text,
    rules_version bigint not null,
    position bigint not null,
    records bigint not null,
    began_ms bigint not null,
    at_ms bigint not null,
    score bigint,
    dimensions text not null,
    results text not null
);
create index ix_quality_run__register on quality_run (register, id);
create index ix_quality_run__at on quality_run (at_ms);
create table quality_finding (
    run text not null,
    rule text not null,
    place bigint not null,
    finding text not null,
    primary key (run, rule, place)
);
create table quality_correction (
    case_id text not null primary key,
    case_number text not null,
    register text not null,
    rule text not null,
    origin text not null,
    organ text not null,
    at_ms bigint not null
);
create index ix_quality_correction__register on quality_correction (register, rule, case_id);
create index ix_quality_correction__origin on quality_correction (origin);
create table quality_comparison (
    id text not null primary key,
    organ text not null,
    left_name text not null,
    right_name text not null,
    register text,
    result text not null,
    at_ms bigint not null,
    account text not null
);
create index ix_quality_comparison__organ on quality_comparison (organ, id);
",
}];
