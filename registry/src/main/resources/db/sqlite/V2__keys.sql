-- THE KEY SERVICE
-- How values stand in columns is told in V1__schema.sql.

-- A key of the key service. Its id is a UUID and never used again. `manager` is CUSTOMER or AWS; `state` is ENABLED,
-- DISABLED or PENDING_DELETION, which alone has `deletion_at` and the days that it was set with. `rotation_days` and
-- `rotates_at` are there while it rotates by itself. `material` is the number of the newest of its materials, `policy`
-- its policy, as JSON.
create table kms_key (
    id text primary key,
    account text not null,
    region text not null,
    manager text not null,
    description text not null,
    state text not null,
    deletion_days integer,
    deletion_at bigint,
    rotation_days integer,
    rotates_at bigint,
    material integer not null,
    policy text not null,
    created_at bigint not null,
    unique (account, region, id)
);
create index kms_key_to_delete on kms_key (deletion_at) where deletion_at is not null;
create index kms_key_to_rotate on kms_key (rotates_at) where rotates_at is not null;

-- What a key encrypts with, sealed under the server's key: the newest, and those before, for what they encrypted.
create table kms_key_material (
    key_id text not null references kms_key on delete cascade,
    number integer not null,
    value blob not null,
    created_at bigint not null,
    on_demand integer not null,
    primary key (key_id, number)
) without rowid;

create table kms_key_tag (
    key_id text not null references kms_key on delete cascade,
    name text not null,
    value text not null,
    primary key (key_id, name)
);

-- A name of a key, such as `alias/app`.
create table kms_alias (
    account text not null,
    region text not null,
    name text not null,
    key_id text not null references kms_key on delete cascade,
    created_at bigint not null,
    updated_at bigint not null,
    primary key (account, region, name)
) without rowid;
create index kms_alias_by_key on kms_alias (key_id, name);

-- What somebody may do with a key besides what policies say, as domain.KeyGrant has it: principals by their ids,
-- operations with a space between them, constraints as domain.GrantConstraints writes them.
create table kms_grant (
    id text primary key,
    key_id text not null references kms_key on delete cascade,
    grantee text not null,
    retiring text,
    operations text not null,
    constraints text not null,
    name text,
    issuer text not null,
    created_at bigint not null
) without rowid;
create index kms_grant_by_key on kms_grant (key_id, id);
create index kms_grant_by_grantee on kms_grant (key_id, grantee, id);
create index kms_grant_by_constraints on kms_grant (key_id, grantee, constraints);
