-- MANY NODES AND ONE, AND THE WAY BETWEEN THEM
-- How values stand in columns is told in V1__schema.sql.

-- Blobs on their way into a store that many nodes share. `progress` is what that store needs to go on with an upload,
-- `progress_before` what it needs to go back to where the newest part began; `sha256` is the digest of what was received,
-- where whoever took the newest part knew it.

alter table upload add column progress text not null default '';
alter table upload add column progress_before text not null default '';
alter table upload add column sha256 text;

-- What there is of a blob whose object is not whole: bytes that are not in the store yet (`bytes`), and parts that are
-- (`tag`). Each names the one before it, so that what an upload's progress names is one chain, whatever others were
-- added by who came too late. Never rewritten.
create table piece (
    blob_key text not null,
    id text not null,
    previous text not null,
    first_byte bigint not null,
    length bigint not null,
    number integer not null,
    tag text not null,
    bytes blob not null,
    primary key (blob_key, id)
);

-- A move into this database that has not ended: of the registry with this id. There is nothing to serve until it has.
create table move (
    source text primary key
);

-- The blobs that came with it so far, by their keys.
create table moved_blob (
    storage_key text primary key
) without rowid;
