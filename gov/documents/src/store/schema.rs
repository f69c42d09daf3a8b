use store::Migration;

/// To be applied as component `documents`.
pub const MIGRATIONS: &[Migration] = &[Migration {
    number: 1,
    name: "documents, certificates and their numbers",
    sql: "
create table document_sequence (
    organ_code text not null,
    series text not null,
    year bigint not null,
    last bigint not null,
    primary key (organ_code, series, year)
);
create table document (
    id text not null primary key,
    case_id text not null,
    certificate_id text,
    kind text not null,
    title text not null,
    number text not null,
    organ_id text not null,
    organ_code text not null,
    dated text not null,
    made_at_ms bigint not null,
    code text not null,
    public_facts text not null,
    draft text,
    status text not null,
    blob text,
    page_count bigint,
    signature text,
    key_version bigint,
    filed_at_ms bigint,
    constraint uq_document__code unique (code)
);
create index ix_document__case on document (case_id, made_at_ms);
create index ix_document__blob on document (blob);
create index ix_document__certificate on document (certificate_id);
create table certificate (
    id text not null primary key,
    case_id text not null,
    document_id text not null,
    previous_id text,
    type_code text not null,
    name text not null,
    number text not null,
    identifier text not null,
    edition bigint not null,
    organ_id text not null,
    organ_code text not null,
    holder_kind text not null,
    holder_party text not null,
    holder_index text not null,
    sealed text not null,
    issued_on text not null,
    valid_from text not null,
    valid_until text,
    status text not null,
    status_reason text not null,
    status_basis text not null,
    status_at_ms bigint not null,
    constraint uq_certificate__identifier unique (identifier),
    constraint uq_certificate__type_code__number__edition unique (type_code, number, edition)
);
create index ix_certificate__holder_party on certificate (holder_party);
create index ix_certificate__holder_index on certificate (holder_index);
create index ix_certificate__case on certificate (case_id);
",
}];
