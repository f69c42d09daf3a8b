use store::Migration;

/// The tables of this crate, to be applied as component `parties`.
pub const MIGRATIONS: &[Migration] = &[Migration {
    number: 1,
    name: "divisions, organs, posts, staff, persons, legal persons, delegations",
    sql: "
create table division (
    code text not null primary key,
    name_zh text not null,
    name_en text not null,
    valid_from text not null,
    valid_until text,
    successor text
);
create table organ (
    id text not null primary key,
    code text not null,
    name_zh text not null,
    name_en text not null,
    division text not null,
    parent text references organ (id),
    details text not null,
    version bigint not null,
    constraint uq_organ__code unique (code)
);
create index ix_organ__division on organ (division);
create table organ_duty (
    organ text not null references organ (id),
    duty text not null,
    division text not null,
    primary key (organ, duty),
    constraint uq_organ_duty__duty__division unique (duty, division)
);
create table post (
    id text not null primary key,
    organ text not null references organ (id),
    code text not null,
    name_zh text not null,
    name_en text not null,
    lane text not null,
    requires_licence bigint not null,
    constraint uq_post__organ__code unique (organ, code)
);
create table staff (
    id text not null primary key,
    organ text not null references organ (id),
    name text not null,
    officer_licence text,
    absent_from text,
    absent_until text,
    substitute text references staff (id),
    version bigint not null,
    constraint uq_staff__officer_licence unique (officer_licence)
);
create index ix_staff__organ on staff (organ);
create index ix_staff__substitute on staff (substitute);
create table staff_post (
    staff text not null references staff (id),
    post text not null references post (id),
    primary key (staff, post)
);
create index ix_staff_post__post on staff_post (post);
create table person (
    id text not null primary key,
    name_sealed text not null,
    name_index text not null,
    identity_number_sealed text not null,
    identity_number_index text not null,
    address_sealed text not null,
    mobile_sealed text,
    mobile_index text,
    sex text not null,
    division text not null,
    version bigint not null,
    constraint uq_person__identity_number_index unique (identity_number_index)
);
create index ix_person__name_index on person (name_index);
create index ix_person__mobile_index on person (mobile_index);
create table legal_person (
    id text not null primary key,
    code text not null,
    class text not null,
    name text not null,
    representative_name text not null,
    representative text references person (id),
    division text not null,
    address text not null,
    status text not null,
    version bigint not null,
    constraint uq_legal_person__code unique (code)
);
create index ix_legal_person__representative on legal_person (representative);
create table delegation (
    id text not null primary key,
    kind text not null,
    principal text not null,
    agent text not null references person (id),
    scope text not null,
    valid_from text not null,
    valid_until text not null,
    state text not null,
    version bigint not null
);
create index ix_delegation__agent on delegation (agent);
create index ix_delegation__principal on delegation (principal);
",
}];
