-- WHAT MAY BE IN NOBODY'S USE ANY MORE
-- How values stand in columns is told in V1__schema.sql.

-- The one row: collection's own time, in which `since` and `after` below are. It begins as what the clock says and goes
-- on while nodes are up, however clocks are set. `ticked_by` is who moved it last. `freed_...` count what was deleted,
-- `walked_...` say how far the search for what nobody wrote down has come, and when it came to the end.
create table gc_clock (
    number integer primary key,
    now bigint not null,
    ticked_by text not null,
    freed_blobs bigint not null,
    freed_bytes bigint not null,
    walked_repo bigint not null,
    walked_blob bigint not null,
    walked_at bigint not null
);
insert into gc_clock (number, now, ticked_by, freed_blobs, freed_bytes, walked_repo, walked_blob, walked_at)
    values (1, cast(strftime('%s', 'now') as integer) * 1000000, '', 0, 0, 0, 0, 0);

-- A layer of a repository that may be named by no manifest since then: a manifest that named it is gone
-- (`manifest_id`), or it came, or somebody was told that it is there (0). Its newest row counts. Rows are only added and
-- taken away, so that who deletes images waits for nobody.
create table gc_link (
    repo_id bigint not null,
    blob_id bigint not null,
    since bigint not null,
    manifest_id bigint not null,
    primary key (repo_id, blob_id, since, manifest_id)
) without rowid;
create index gc_link_due on gc_link (since);
create index gc_link_by_blob on gc_link (blob_id, since);

-- A blob that may be in no repository since then.
create table gc_blob (
    blob_id bigint primary key,
    since bigint not null
) without rowid;
create index gc_blob_due on gc_blob (since);

-- Bytes that are to be deleted: how many, since when they are in nobody's use, and after which time of collection's own
-- they may go as well, where that is known; how often that failed, and why at last.
alter table blob_delete add column size bigint not null default 0;
alter table blob_delete add column since bigint;
alter table blob_delete add column after bigint not null default 0;
alter table blob_delete add column tries integer not null default 0;
alter table blob_delete add column error text;
create index blob_delete_failed on blob_delete (storage_key) where tries > 0;
