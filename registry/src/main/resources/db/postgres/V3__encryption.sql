-- Encryption under keys of a key service. `data_keys` is what bytes are sealed under, as domain.WrappedKeys writes it;
-- null is what all bytes were before: not sealed.

alter table repository add column data_keys text collate "C";
alter table upload add column data_keys text collate "C";

-- Bytes are known by digest and encryption together.
alter table blob add column encryption text collate "C" not null default 'AES256';
alter table blob add column data_keys text collate "C";
alter table blob alter column encryption drop default;
alter table blob drop constraint blob_digest_key;
create unique index blob_by_digest on blob (digest, encryption);
