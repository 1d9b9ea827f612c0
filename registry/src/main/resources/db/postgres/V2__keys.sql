-- THE KEY SERVICE
-- How values stand in columns is told in V1__schema.sql.

-- A key of the key service. Its id is a UUID and never used again. `manager` is CUSTOMER or AWS; `state` is ENABLED,
-- DISABLED or PENDING_DELETION, which alone has `deletion_at` and the days that it was set with. `rotation_days` and
-- `rotates_at` are there while it rotates by itself. `material` is the number of the newest of its materials, `policy`
-- its policy, as JSON.
create table kms_key (
    id text collate "C" primary key,
    account text collate "C" not null,
    region text collate "C" not null,
    manager text collate "C" not null,
    description text collate "C" not null,
    state text collate "C" not null,
    deletion_days integer,
    deletion_at bigint,
    rotation_days integer,
    rotates_at bigint,
    material integer not null,
    policy text collate "C" not null,
    created_at bigint not null,
    unique (account, region, id)
);
create index kms_key_to_delete on kms_key (deletion_at) where deletion_at is not null;
create index kms_key_to_rotate on kms_key (rotates_at) where rotates_at is not null;

-- What a key encrypts with, sealed under the server's key: the newest, and those before, for what they encrypted.
create table kms_key_material (
    key_id text collate "C" not null references kms_key on delete cascade,
    number integer not null,
    value bytea not null,
    created_at bigint not null,
    on_demand integer not null,
    primary key (key_id, number)
);

create table kms_key_tag (
    key_id text collate "C" not null references kms_key on delete cascade,
    name text collate "C" not null,
    value text collate "C" not null,
    primary key (key_id, name)
);

-- A name of a key, such as `alias/app`.
create table kms_alias (
    account text collate "C" not null,
    region text collate "C" not null,
    name text collate "C" not null,
    key_id text collate "C" not null references kms_key on delete cascade,
    created_at bigint not null,
    updated_at bigint not null,
    primary key (account, region, name)
);
create index kms_alias_by_key on kms_alias (key_id, name);

-- What somebody may do with a key besides what policies say, as domain.KeyGrant has it: principals by their ids,
-- operations with a space between them, constraints as domain.GrantConstraints writes them.
create table kms_grant (
    id text collate "C" primary key,
    key_id text collate "C" not null references kms_key on delete cascade,
    grantee text collate "C" not null,
    retiring text collate "C",
    operations text collate "C" not null,
    constraints text collate "C" not null,
    name text collate "C",
    issuer text collate "C" not null,
    created_at bigint not null
);
create index kms_grant_by_key on kms_grant (key_id, id);
create index kms_grant_by_grantee on kms_grant (key_id, grantee, id);
create index kms_grant_by_constraints on kms_grant (key_id, grantee, constraints);
