-- CREATION TEMPLATES
-- How values stand in columns is told in V1__schema.sql.

-- How a registry's repositories are made that nobody makes by CreateRepository. `prefix` is a namespace without a `/` at
-- its end, or `ROOT`. `encryption` and `kms_key` are as they were asked for, `tag_mutability` and `tag_exclusions` as a
-- repository has them. `policy` is a repository policy as a repository has it, `lifecycle_policy` the text that came.
-- `applied_for` has what it is for, one a line.
create table creation_template (
    registry bigint not null references registry,
    prefix text collate "C" not null,
    description text collate "C",
    encryption text collate "C" not null,
    kms_key text collate "C",
    tag_mutability text collate "C" not null,
    tag_exclusions text collate "C" not null,
    policy text collate "C",
    lifecycle_policy text collate "C",
    applied_for text collate "C" not null,
    custom_role text collate "C",
    created_at bigint not null,
    updated_at bigint not null,
    primary key (registry, prefix)
);

-- What it tags repositories with, as `resource_tag`.
create table creation_template_tag (
    registry bigint not null,
    prefix text collate "C" not null,
    name text collate "C" not null,
    value text collate "C" not null,
    primary key (registry, prefix, name),
    foreign key (registry, prefix) references creation_template
);
