-- MANY NODES AND ONE, AND THE WAY BETWEEN THEM
-- How values stand in columns is told in V1__schema.sql.

-- A move into this database that has not ended: of the registry with this id. There is nothing to serve until it has.
create table move (
    source text primary key
);

-- The blobs that came with it so far, by their keys.
create table moved_blob (
    storage_key text primary key
) without rowid;
