-- PULL-THROUGH CACHE
-- How values stand in columns is told in V1__schema.sql.

-- Which repositories of a registry are filled from another registry, and from which. `prefix` is a namespace without a `/`
-- at its end, or `ROOT`, and so is `upstream_prefix`, in whose place it stands; null is as `ROOT`. `upstream` is the other one's host, with
-- its port if it has one. `credential` is the ARN of a secret.
create table cache_rule (
    registry bigint not null references registry,
    prefix text collate "C" not null,
    upstream text collate "C" not null,
    upstream_prefix text collate "C",
    credential text collate "C",
    custom_role text collate "C",
    created_at bigint not null,
    updated_at bigint not null,
    primary key (registry, prefix)
);

-- When the other registry was last asked for a tag of a repository, or for what is about a digest, and answered. `name` is
-- the tag or the digest.
create table cache_check (
    repo_id bigint not null references repository,
    name text collate "C" not null,
    checked_at bigint not null,
    primary key (repo_id, name)
);

-- An image that is being brought from another registry, until all of it is here. `reference` is the tag or the digest that
-- it was asked for by, `digest` what that was then, `principal` who asked. `due_at` is when somebody is to look after it.
create table cache_import (
    repo_id bigint not null references repository,
    reference text collate "C" not null,
    digest text collate "C" not null,
    principal text collate "C" not null,
    tries integer not null,
    due_at bigint not null,
    primary key (repo_id, reference)
);
create index cache_import_due on cache_import (due_at);
