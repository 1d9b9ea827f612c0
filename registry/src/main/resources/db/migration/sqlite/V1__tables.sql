-- Tables with what engines spell differently: ids that count by themselves, bytes, names in the order of their bytes
-- (SQLite's default), rows kept in their primary key. Times are microseconds since 1970. A digest is one byte for the
-- algorithm (1 sha256, 2 sha512) and the hash, so that the order of bytes is the order of texts.

create table registry (
    id integer primary key,
    account text not null,
    region text not null,
    unique (account, region)
);

-- Ids of repositories and manifests are never used again, hence autoincrement.
create table repository (
    id integer primary key autoincrement,
    registry integer not null references registry,
    name text not null,
    settings_version integer not null default 1,
    tag_mutability text not null,
    tag_exclusions text not null,
    scan_on_push integer not null,
    created_at integer not null,
    deleted_at integer
);

create table resource_tag (
    repo_id integer not null references repository,
    name text not null,
    value text not null,
    primary key (repo_id, name)
) without rowid;

-- One physical copy of some bytes.
create table blob (
    id integer primary key,
    digest blob not null unique,
    size integer not null,
    storage_key text not null unique,
    created_at integer not null
);

-- The repository has the blob. Nothing shows a blob through a repository that has it not.
create table repo_blob (
    repo_id integer not null references repository,
    blob_id integer not null references blob,
    media_type text,
    linked_at integer not null,
    primary key (repo_id, blob_id)
) without rowid;

create table manifest (
    id integer primary key autoincrement,
    repo_id integer not null references repository,
    digest blob not null,
    media_type text not null,
    artifact_type text,
    subject blob,
    size integer not null,
    image_size integer not null,
    tag_count integer not null default 0,
    pushed_at integer not null,
    unique (repo_id, digest),
    unique (repo_id, id)
);

-- Apart from the manifest, so that lists touch small rows only.
create table manifest_content (
    manifest_id integer primary key references manifest on delete cascade,
    bytes blob not null
);

-- Keyed for "does a manifest of this repository name this blob"; what is named cannot be unlinked.
create table manifest_blob (
    repo_id integer not null,
    blob_id integer not null,
    manifest_id integer not null references manifest on delete cascade,
    primary key (repo_id, blob_id, manifest_id),
    foreign key (repo_id, blob_id) references repo_blob
) without rowid;

-- Keyed for "which lists name this image"; what is named cannot be deleted.
create table manifest_child (
    repo_id integer not null,
    child_id integer not null,
    parent_id integer not null references manifest on delete cascade,
    primary key (repo_id, child_id, parent_id),
    foreign key (repo_id, child_id) references manifest (repo_id, id)
) without rowid;

create table tag (
    repo_id integer not null references repository,
    name text not null,
    manifest_id integer not null references manifest on delete cascade,
    pushed_at integer not null,
    primary key (repo_id, name)
) without rowid;

create table secret (
    name text primary key,
    value blob not null
);
