create table account_setting (
    registry integer not null references registry,
    name text not null,
    value text not null,
    primary key (registry, name)
) without rowid;

-- Which repositories have a blob.
create index repo_blob_by_blob on repo_blob (blob_id);

-- The digest of the manifest in the other format, where it can be converted without loss.
alter table manifest add column converted_digest blob;
create index manifest_converted on manifest (repo_id, converted_digest) where converted_digest is not null;
