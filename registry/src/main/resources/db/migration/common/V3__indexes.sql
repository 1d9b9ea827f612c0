create unique index repository_name on repository (registry, name) where deleted_at is null;
create index repository_deleted on repository (id) where deleted_at is not null;

create index manifest_tagged on manifest (repo_id, id) where tag_count > 0;
create index manifest_untagged on manifest (repo_id, id) where tag_count = 0;
create index manifest_untagged_digest on manifest (repo_id, digest) where tag_count = 0;

create index manifest_blob_by_manifest on manifest_blob (manifest_id);
create index manifest_child_by_parent on manifest_child (parent_id);
create index tag_by_manifest on tag (manifest_id);

create index upload_by_repository on upload (repo_id);
create index upload_open on upload (principal) where completed_as is null;
create index upload_touched on upload (touched_at);
create index blob_delete_due on blob_delete (not_before);
