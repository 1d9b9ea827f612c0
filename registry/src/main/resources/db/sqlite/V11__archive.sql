-- THE ARCHIVE
-- How values stand in columns is told in V1__schema.sql.

-- `status` is ECR's: ACTIVE, ARCHIVED, ACTIVATING. The times are those of when it was archived and restored last.
alter table manifest add column status text not null default 'ACTIVE';
alter table manifest add column archived_at bigint;
alter table manifest add column activated_at bigint;

-- The images that are not active, with their status once more: so they are found without a look at the others.
create table archived_image (
    manifest_id integer primary key references manifest on delete cascade,
    repo_id bigint not null,
    status text not null
);
create index archived_image_page on archived_image (repo_id, manifest_id);
create index archived_image_activating on archived_image (manifest_id) where status = 'ACTIVATING';

-- The blobs whose bytes lie in the archive.
create table archived_blob (
    blob_id integer primary key references blob on delete cascade
);

-- Blobs whose bytes may lie in the wrong place, since an image that names them has changed its status or is gone. Who
-- changes it has the row until he is done, so that whoever looks at what it says afterwards sees the change.
create table archive_look (
    blob_id bigint not null,
    manifest_id bigint not null,
    primary key (blob_id, manifest_id)
) without rowid;
