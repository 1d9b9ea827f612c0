-- Tables that every engine spells alike.

-- How many manifests a repository holds: the sum of its slots, so that no row need be hot.
create table image_count (
    repo_id bigint not null references repository,
    slot integer not null,
    images bigint not null,
    primary key (repo_id, slot)
);

create table upload (
    id text primary key,
    repo_id bigint not null references repository,
    principal text not null,
    received bigint not null,
    parts integer not null,
    last_part_first_byte bigint not null,
    has_small_part integer not null,
    completed_as text,
    touched_at bigint not null
);

-- Bytes that no row names any more.
create table blob_delete (
    storage_key text primary key,
    not_before bigint not null
);

create table access_key (
    id text primary key,
    secret text not null,
    account text not null,
    principal text not null
);
