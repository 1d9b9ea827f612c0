-- A repository that has a blob is looked for within one registry, so the link says of which one its repository is.
-- A repository stays in its registry.
alter table repo_blob add column registry integer references registry;
update repo_blob set registry = (select registry from repository where id = repo_id);

drop index repo_blob_by_blob;
create index repo_blob_by_blob on repo_blob (blob_id, registry);
