-- MANY NODES AND ONE, AND THE WAY BETWEEN THEM
-- How values stand in columns is told in V1__schema.sql.

-- A move into this database that has not ended: of the registry with this id. There is nothing to serve until it has.
create table move (
    source text collate "C" primary key
);

-- The blobs that came with it so far, by their keys.
create table moved_blob (
    storage_key text collate "C" primary key
);

-- Who has this database open to write, and when he last said so. One process alone need not write that down, and the
-- other engine does not.
create table node (
    id text collate "C" primary key,
    name text collate "C" not null,
    seen_at bigint not null
);
