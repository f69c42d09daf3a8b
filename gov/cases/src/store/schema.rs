//! Tables.

use store::Migration;

/// To be applied as component `cases`.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        number: 1,
        name: "drafts, case files, tasks, materials, messages, ratings",
        sql: "
create table case_draft (
    id text not null primary key, slug text not null, account text not null, party text not null,
    content text not null, page text not null, version bigint not null, updated_ms bigint not null
);
create index ix_case_draft__account on case_draft (account, updated_ms);
create table case_file (
    id text not null primary key, number text not null, query_code text not null,
    package_hash text not null, slug text not null, item_name_zh text not null, item_name_en text not null,
    organ text not null, division text not null,
    party text not null, applicant_shown text not null, agent text,
    channel text not null, status text not null, outcome text, version bigint not null,
    submitted_ms bigint not null, accepted_on text, accepted_by_default bigint not null, closed_ms bigint,
    due_on text, content text not null, flow text not null, parent text, reopened bigint not null
);
create unique index uq_case_file__number on case_file (number);
create index ix_case_file__party on case_file (party, submitted_ms);
create index ix_case_file__organ on case_file (organ, submitted_ms, id);
create index ix_case_file__submitted on case_file (submitted_ms, id);
create index ix_case_file__due on case_file (organ, due_on, id) where status <> 'closed';
create table case_task (
    id text not null primary key, case_id text not null, activity bigint not null, node text not null,
    name_zh text not null, name_en text not null, kind text not null, organ text not null, post text not null,
    state text not null, assignee text, opened_ms bigint not null, due_on text, closed_ms bigint, outcome text,
    officers_min bigint not null, submitted_ms bigint not null
);
create index ix_case_task__case on case_task (case_id);
create index ix_case_task__inbox on case_task (organ, post, id) where state = 'open';
create index ix_case_task__post on case_task (organ, post, submitted_ms, case_id) where state = 'open';
create index ix_case_task__assignee on case_task (assignee, submitted_ms, case_id);
create table case_material (
    id text not null primary key, owner text not null, material text not null, file_name text not null,
    blob text not null, size_bytes bigint not null, extension text not null, added_ms bigint not null
);
create index ix_case_material__owner on case_material (owner);
create table case_message (
    id text not null primary key, party text not null, case_id text not null, zh text not null, en text not null,
    at_ms bigint not null, read_ms bigint
);
create index ix_case_message__party on case_message (party, at_ms);
create table case_rating (
    case_id text not null primary key, organ text not null, slug text not null, level text not null, tags text not null,
    comment text not null, at_ms bigint not null
);
create index ix_case_rating__organ on case_rating (organ, at_ms);
create table case_serial (name text not null primary key, value bigint not null);
",
    },
    Migration {
        number: 2,
        name: "lists and figures in the order of an index",
        sql: "
alter table case_task add column case_due_on text not null default '9999-12-31';
update case_task set case_due_on = coalesce((select c.due_on from case_file c where c.id = case_task.case_id), '9999-12-31')
    where state = 'open';
create index ix_case_task__due on case_task (organ, post, case_due_on, id) where state = 'open';
create index ix_case_task__claimed on case_task (organ, post, assignee, id) where state = 'open';
create index ix_case_task__done on case_task (assignee, closed_ms, id) where state = 'done';
drop index ix_case_file__party;
create index ix_case_file__party on case_file (party, submitted_ms, id);
create index ix_case_file__status on case_file (organ, status, submitted_ms, id);
create index ix_case_file__item on case_file (organ, slug, submitted_ms, id);
create index ix_case_file__slug on case_file (slug, closed_ms);
create index ix_case_rating__slug on case_rating (slug, level);
",
    },
    Migration {
        number: 3,
        name: "case files by line, and who sees which",
        sql: "
create table case_file_before as
    select submitted_ms * 1048576 + row_number() over (partition by submitted_ms order by id) as line, c.* from case_file c;
drop table case_file;
create table case_file (
    line bigint not null primary key,
    id text not null, number text not null, query_code text not null,
    package_hash text not null, slug text not null, item_name_zh text not null, item_name_en text not null,
    organ text not null, division text not null,
    party text not null, applicant_shown text not null, agent text,
    channel text not null, status text not null, outcome text, version bigint not null,
    submitted_ms bigint not null, accepted_on text, accepted_by_default bigint not null, closed_ms bigint,
    due_on text, content text not null, flow text not null, parent text, reopened bigint not null
);
insert into case_file (line, id, number, query_code, package_hash, slug, item_name_zh, item_name_en, organ, division, party,
    applicant_shown, agent, channel, status, outcome, version, submitted_ms, accepted_on, accepted_by_default, closed_ms, due_on,
    content, flow, parent, reopened)
    select line, id, number, query_code, package_hash, slug, item_name_zh, item_name_en, organ, division, party,
    applicant_shown, agent, channel, status, outcome, version, submitted_ms, accepted_on, accepted_by_default, closed_ms, due_on,
    content, flow, parent, reopened from case_file_before order by line;
drop table case_file_before;
create unique index uq_case_file__id on case_file (id);
create unique index uq_case_file__number on case_file (number);
create index ix_case_file__party on case_file (party, line);
create index ix_case_file__organ on case_file (organ, line);
create index ix_case_file__due on case_file (organ, due_on, id) where status <> 'closed';
create index ix_case_file__status on case_file (organ, status, line);
create index ix_case_file__item on case_file (organ, slug, line);
create index ix_case_file__slug on case_file (slug, closed_ms);
alter table case_task add column line bigint not null default 0;
update case_task set line = coalesce((select c.line from case_file c where c.id = case_task.case_id), 0);
drop index ix_case_task__post;
drop index ix_case_task__assignee;
create table case_sight (viewer text not null, line bigint not null, primary key (viewer, line));
insert into case_sight (viewer, line)
    select 'account/' || assignee, line from case_task where assignee is not null
    union select 'post/' || organ || '/' || post, line from case_task where state = 'open';
",
    },
    Migration {
        number: 4,
        name: "where facts come from, what applications asked of people, reviews after corrections",
        sql: "
create table case_fact (
    case_id text not null, place text not null, used text not null, register text not null, field text not null,
    position bigint not null, version bigint not null, sm3 text not null, recorded_ms bigint not null, taken_ms bigint not null,
    day text not null, agrees bigint not null,
    primary key (case_id, place, register, field)
);
create index ix_case_fact__record on case_fact (register, position, case_id);
create table case_burden (
    case_id text not null primary key, slug text not null,
    typed bigint not null, given bigint not null, changed bigint not null, attached bigint not null, waived bigint not null
);
create index ix_case_burden__slug on case_burden (slug);
create table case_review (
    register text not null, position bigint not null, case_id text not null, review text not null, at_ms bigint not null,
    primary key (register, position, case_id)
);
create index ix_case_review__case on case_review (case_id);
",
    },
    Migration {
        number: 5,
        name: "proposals of changes to packages",
        sql: "
create table case_proposal (case_id text not null primary key, slug text not null, at_ms bigint not null);
create index ix_case_proposal__slug on case_proposal (slug, case_id);
",
    },
];
