-- SECRETS MANAGER
-- How values stand in columns is told in V1__schema.sql. The server's own secrets are elsewhere, in `secret`.

-- A secret of an account in a region. Its id is a UUID and never used again; `suffix` stands at the end of its ARN.
-- `policy` is its resource policy, as JSON. One that is to be deleted has `deleted_at`, when somebody said so, and
-- `delete_at`, when it goes. `accessed_at` is the day that a value was last asked for.
create table sm_secret (
    id text collate "C" primary key,
    account text collate "C" not null,
    region text collate "C" not null,
    name text collate "C" not null,
    suffix text collate "C" not null,
    description text collate "C",
    policy text collate "C",
    deleted_at bigint,
    delete_at bigint,
    created_at bigint not null,
    changed_at bigint not null,
    accessed_at bigint,
    unique (account, region, name)
);
create index sm_secret_by_creation on sm_secret (account, region, created_at, name);
create index sm_secret_to_delete on sm_secret (delete_at) where delete_at is not null;

-- A value of a secret, sealed under the server's key. `id` is as its maker called it; `is_text` tells whether it came
-- as a text, whose UTF-8 it is then.
create table sm_secret_version (
    secret_id text collate "C" not null references sm_secret on delete cascade,
    id text collate "C" not null,
    is_text integer not null,
    value bytea not null,
    created_at bigint not null,
    accessed_at bigint,
    primary key (secret_id, id)
);

-- Which version a label such as `AWSCURRENT` is at: at one of each secret.
create table sm_secret_stage (
    secret_id text collate "C" not null,
    stage text collate "C" not null,
    version_id text collate "C" not null,
    primary key (secret_id, stage),
    foreign key (secret_id, version_id) references sm_secret_version on delete cascade
);

create table sm_secret_tag (
    secret_id text collate "C" not null references sm_secret on delete cascade,
    name text collate "C" not null,
    value text collate "C" not null,
    primary key (secret_id, name)
);
