-- WHAT WAS, AND MAY BE HAD BACK
-- How values stand in columns is told in V1__schema.sql. `since` is in collection's time (V6__collection.sql), and says
-- how long a row has been kept.

-- Something that happened to an image, or to one tag of it; without a digest, to the repository as a whole. `was` is the
-- image that the tag pointed at until then, and `was_since` from when on.
create table history_event (
    id integer primary key autoincrement,
    repo_id bigint not null references repository,
    at bigint not null,
    kind text not null,
    tag text,
    digest blob,
    principal text not null,
    was blob,
    was_since bigint,
    since bigint not null
);
create index history_event_by_repository on history_event (repo_id, at, id);
create index history_event_by_tag on history_event (repo_id, tag, at, id) where tag is not null;
create index history_event_by_image on history_event (repo_id, was, at) where was is not null;
create index history_event_due on history_event (since);

-- A manifest that was deleted, under the id that it had, with all that its row had.
create table history_image (
    id bigint primary key,
    repo_id bigint not null references repository,
    digest blob not null,
    media_type text not null,
    artifact_type text,
    subject blob,
    size bigint not null,
    image_size bigint not null,
    pushed_at bigint not null,
    converted_digest blob,
    pulled_at bigint,
    deleted_at bigint not null,
    since bigint not null
) without rowid;
create index history_image_by_digest on history_image (repo_id, digest, deleted_at);
create index history_image_by_subject on history_image (repo_id, subject) where subject is not null;
create index history_image_due on history_image (since);

-- Its bytes: the first piece has the number 0.
create table history_piece (
    manifest_id bigint not null references history_image on delete cascade,
    number integer not null,
    repo_id bigint not null,
    bytes blob not null,
    primary key (manifest_id, number)
);

-- The blobs that it named, which stay for it, and what its repository called them. Keyed for "does history need this
-- blob".
create table history_blob (
    blob_id bigint not null references blob,
    manifest_id bigint not null references history_image on delete cascade,
    repo_id bigint not null,
    media_type text,
    primary key (blob_id, manifest_id)
) without rowid;
create index history_blob_by_manifest on history_blob (manifest_id);

-- What else it named: the images of a list, and what it lacked, as in `manifest_absent`.
create table history_name (
    manifest_id bigint not null references history_image on delete cascade,
    digest blob not null,
    repo_id bigint not null,
    media_type text,
    is_absent integer not null,
    primary key (manifest_id, digest)
) without rowid;

-- What it said of itself to whoever asked for its subject's referrers.
create table history_referrer (
    manifest_id bigint primary key references history_image on delete cascade,
    repo_id bigint not null,
    artifact_type text,
    annotations_size integer not null,
    annotations text not null,
    is_orphan integer not null
) without rowid;

-- The lifecycle policy of a deleted repository.
create table history_policy (
    repo_id bigint primary key references repository,
    id text not null,
    document text not null,
    evaluated_at bigint
) without rowid;

-- Since when a deleted repository is kept; null for one whose rows go at once.
alter table repository add column deleted_since bigint;


-- BACKUPS UNDER WAY

-- Bytes that came to be deleted since then stay until a time of the database's clock.
create table backup_hold (
    id text primary key,
    since bigint not null,
    until bigint not null
);

-- When the row was written, in collection's time; 0 for what no backup can need.
alter table blob_delete add column written bigint not null default 0;
