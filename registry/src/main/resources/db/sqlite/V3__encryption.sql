-- Encryption under keys of a key service. `data_keys` is what bytes are sealed under, as domain.WrappedKeys writes it;
-- null is what all bytes were before: not sealed.

alter table repository add column data_keys text;
alter table upload add column data_keys text;

-- Bytes are known by digest and encryption together, and the `unique` of a column cannot be taken away, so the table is
-- made anew. Nothing is checked meanwhile: rows that name its rows keep naming the same ids.
create table blob_by_encryption (
    id integer primary key,
    digest blob not null,
    encryption text not null,
    size bigint not null,
    storage_key text not null unique,
    data_keys text,
    created_at bigint not null
);
insert into blob_by_encryption (id, digest, encryption, size, storage_key, created_at)
    select id, digest, 'AES256', size, storage_key, created_at from blob;
drop table blob;
alter table blob_by_encryption rename to blob;
create unique index blob_by_digest on blob (digest, encryption);
