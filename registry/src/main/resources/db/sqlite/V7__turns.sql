-- WHO WRITES AN UPLOAD, WHERE MANY NODES MAY
-- How values stand in columns is told in V1__schema.sql.

-- `turn` is counted up by each request that is about to write, where other nodes may be at the same upload: who finds
-- another number than his own has been overtaken. `blob_key` is where its bytes lie, where that is not named as it is.

alter table upload add column turn integer not null default 0;
alter table upload add column blob_key text;
create index upload_by_key on upload (blob_key) where blob_key is not null;
