-- CREATION TEMPLATES
-- How values stand in columns is told in V1__schema.sql.

-- How a registry's repositories are made that nobody makes by CreateRepository. `prefix` is a namespace without a `/` at
-- its end, or `ROOT`. `encryption` and `kms_key` are as they were asked for, `tag_mutability` and `tag_exclusions` as a
-- repository has them. `policy` is a repository policy as a repository has it, `lifecycle_policy` the text that came.
-- `applied_for` has what it is for, one a line.
create table creation_template (
    registry bigint not null references registry,
    prefix text not null,
    description text,
    encryption text not null,
    kms_key text,
    tag_mutability text not null,
    tag_exclusions text not null,
    policy text,
    lifecycle_policy text,
    applied_for text not null,
    custom_role text,
    created_at bigint not null,
    updated_at bigint not null,
    primary key (registry, prefix)
);

-- What it tags repositories with, as `resource_tag`.
create table creation_template_tag (
    registry bigint not null,
    prefix text not null,
    name text not null,
    value text not null,
    primary key (registry, prefix, name),
    foreign key (registry, prefix) references creation_template
) without rowid;
