-- Blobs on their way into a store that many nodes share. `progress` is what that store needs to go on with an upload,
-- `progress_before` what it needs to go back to where the newest part began; `sha256` is the digest of what was received,
-- where whoever took the newest part knew it.

alter table upload add column progress text collate "C" not null default '';
alter table upload add column progress_before text collate "C" not null default '';
alter table upload add column sha256 text collate "C";

-- What there is of a blob whose object is not whole: bytes that are not in the store yet (`bytes`), and parts that are
-- (`tag`). Each names the one before it, so that what an upload's progress names is one chain, whatever others were
-- added by who came too late. Never rewritten.
create table piece (
    blob_key text collate "C" not null,
    id text collate "C" not null,
    previous text collate "C" not null,
    first_byte bigint not null,
    length bigint not null,
    number integer not null,
    tag text collate "C" not null,
    bytes bytea not null,
    primary key (blob_key, id)
);
