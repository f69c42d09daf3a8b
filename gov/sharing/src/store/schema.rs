//! Tables.

use store::Migration;

/// To be applied as component `sharing`.
pub const MIGRATIONS: &[Migration] = &[Migration {
    number: 1,
    name: "grants, what they allow, calls, requests, demands, notices, keys of organs",
    sql: "
create table sharing_grant (
    id text not null primary key, resource text not null, register text not null, grantee text not null, provider text not null,
    state text not null, reason text not null, stopped_by text, issue bigint not null, terms text not null, note text not null,
    terms_sm3 text not null, valid_until text not null, case_id text, made_ms bigint not null, version bigint not null
);
create index ix_sharing_grant__grantee on sharing_grant (grantee, id);
create index ix_sharing_grant__provider on sharing_grant (provider, id);
create index ix_sharing_grant__case on sharing_grant (case_id);
create table sharing_permit (
    grantee text not null, target text not null, grant_id text not null, state text not null, rights text not null,
    primary key (grantee, target, grant_id)
);
create index ix_sharing_permit__grant on sharing_permit (grant_id);
create table sharing_usage (
    grant_id text not null, day text not null, calls bigint not null, minute bigint not null, minute_calls bigint not null,
    primary key (grant_id, day)
);
create table sharing_request (
    case_id text not null primary key, number text not null, grantee text not null, provider text not null, resource text not null,
    wanted text not null, asked_ms bigint not null
);
create index ix_sharing_request__grantee on sharing_request (grantee, case_id);
create index ix_sharing_request__provider on sharing_request (provider, case_id);
create table sharing_demand (
    id text not null primary key, organ text not null, title text not null, content text not null, state text not null,
    answer text not null, resource text, declared_ms bigint not null, answer_by text not null, answered_ms bigint
);
create index ix_sharing_demand__state on sharing_demand (state, id);
create table sharing_notice (
    id text not null primary key, organ text not null, grant_id text not null, zh text not null, en text not null, at_ms bigint not null
);
create index ix_sharing_notice__organ on sharing_notice (organ, id);
create table sharing_organ_key (
    organ text not null, verifier text not null, since_ms bigint not null,
    primary key (organ, verifier)
);
",
}];
