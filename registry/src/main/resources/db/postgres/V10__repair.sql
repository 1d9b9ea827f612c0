-- DAMAGED BYTES
-- How values stand in columns is told in V1__schema.sql.

set local lock_timeout = '2s';

-- What is wrong with the bytes under the blob's key, in words; null where nothing is known to be. Such a blob counts as
-- not there for who asks, until a push puts other bytes there.
alter table blob add column damage text collate "C";
create index blob_damaged on blob (id) where damage is not null;

-- How far whoever reads all that is stored has come, under his name: all blobs up to that id, of which there were so
-- many; then, where it is not negative, all repositories up to that one. `ended_at` is null while he is not at the end.
create table blob_walk (
    name text collate "C" primary key,
    began_at bigint not null,
    ended_at bigint,
    after_blob bigint not null,
    after_repo bigint not null,
    blobs bigint not null,
    bytes bigint not null
);
