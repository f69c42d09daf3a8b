use store::Migration;

/// The tables of this crate, to be applied as component `catalogue`.
pub const MIGRATIONS: &[Migration] = &[Migration {
    number: 1,
    name: "resources, versions, search terms, items, detections, negative list, duplicates, formulas, measures, imports",
    sql: "
create table catalogue_sequence (
    class text not null primary key,
    last bigint not null
);
create table catalogue_resource (
    id text not null primary key,
    code text not null,
    organ text not null,
    organ_name text not null,
    organ_code text not null,
    division text not null,
    content text not null,
    status text not null,
    published_version bigint,
    published_on text,
    mounted bigint not null,
    updated_on text,
    update_due_on text,
    submitted_by text,
    review_due_on text,
    remark text not null,
    changed_at_ms bigint not null,
    version bigint not null,
    name text not null,
    tier text not null,
    branch text not null,
    share_type text not null,
    open_type text not null,
    period text not null,
    grade text,
    personal text,
    register text,
    source_code text,
    item_count bigint not null,
    ungraded_count bigint not null,
    system_items bigint,
    records bigint,
    constraint uq_catalogue_resource__code unique (code),
    constraint uq_catalogue_resource__organ__name unique (organ, name)
);
create index ix_catalogue_resource__changed on catalogue_resource (changed_at_ms, id);
create index ix_catalogue_resource__organ on catalogue_resource (organ, changed_at_ms, id);
create index ix_catalogue_resource__status on catalogue_resource (status, changed_at_ms, id);
create index ix_catalogue_resource__branch on catalogue_resource (branch, changed_at_ms, id);
create index ix_catalogue_resource__source on catalogue_resource (source_code);
create index ix_catalogue_resource__register on catalogue_resource (register);
create index ix_catalogue_resource__due on catalogue_resource (update_due_on, id);
create table catalogue_version (
    resource text not null,
    version bigint not null,
    at_ms bigint not null,
    actor text not null,
    content text not null,
    primary key (resource, version)
);
create table catalogue_term (
    term text not null,
    resource text not null,
    weight bigint not null,
    primary key (term, resource)
);
create index ix_catalogue_term__resource on catalogue_term (resource);
create table catalogue_item (
    resource text not null,
    nth bigint not null,
    item_key text not null,
    title text not null,
    primary key (resource, nth)
);
create index ix_catalogue_item__key on catalogue_item (item_key, resource);
create table catalogue_procedure (
    procedure text not null,
    resource text not null,
    primary key (procedure, resource)
);
create index ix_catalogue_procedure__resource on catalogue_procedure (resource);
create table catalogue_finding (
    resource text not null,
    item_key text not null,
    finding text not null,
    decision text,
    at_ms bigint not null,
    primary key (resource, item_key)
);
create table catalogue_negative (
    id text not null primary key,
    resource text not null,
    organ text not null,
    kind text not null,
    entry text not null,
    review_on text,
    state text not null,
    version bigint not null
);
create index ix_catalogue_negative__resource on catalogue_negative (resource);
create index ix_catalogue_negative__state on catalogue_negative (state, id);
create table catalogue_duplicate (
    first text not null,
    second text not null,
    settlement text not null,
    at_ms bigint not null,
    primary key (first, second)
);
create table catalogue_formula (
    slug text not null primary key,
    formula text not null,
    at_ms bigint not null,
    actor text not null
);
create table catalogue_measure (
    organ text not null,
    measure text not null,
    value bigint not null,
    source text not null,
    at_ms bigint not null,
    primary key (organ, measure)
);
create table catalogue_import (
    id text not null primary key,
    organ text not null,
    file_name text not null,
    report text not null,
    taken bigint not null,
    at_ms bigint not null,
    actor text not null
);
create index ix_catalogue_import__organ on catalogue_import (organ, at_ms);
",
}];
