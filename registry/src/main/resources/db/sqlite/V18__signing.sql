-- SIGNING
-- How values stand in columns is told in V1__schema.sql.

-- By which profiles the images of a registry are signed. `rules` has one a line: the profile's ARN, and then each filter
-- after a space.
create table registry_signing (
    registry bigint primary key references registry,
    rules text not null
) without rowid;

-- Pushes of images that may be to be signed, written in their transactions: who pushed, and the rules of that time.
create table signing_push (
    id integer primary key autoincrement,
    manifest_id bigint not null,
    repo_id bigint not null,
    digest blob not null,
    pusher text not null,
    rules text not null,
    at bigint not null
);
create index signing_push_by_image on signing_push (manifest_id);
create index signing_push_by_repository on signing_push (repo_id);

-- The signature of an image by a profile. While its `status` is IN_PROGRESS it is to be made by `due_at`; `manifest` and
-- `envelope` are there when it has been made and until it is stored, under the repository's cover. `signature` is the
-- digest of `manifest`.
create table image_signing (
    manifest_id bigint not null,
    profile text not null,
    repo_id bigint not null,
    digest blob not null,
    pusher text not null,
    pushed_at bigint not null,
    status text not null,
    code text,
    reason text,
    tries integer not null,
    due_at bigint not null,
    signature blob,
    manifest blob,
    envelope blob,
    primary key (manifest_id, profile)
) without rowid;
create index image_signing_due on image_signing (due_at) where status = 'IN_PROGRESS';
create index image_signing_by_repository on image_signing (repo_id);
