-- IMAGES WITHOUT TAGS
-- How values stand in columns is told in V1__schema.sql.

-- A page of them is read from the index alone: in the table, few among many lie each on a page of its own. Who pushes
-- with a tag writes nothing here.
drop index manifest_untagged;
create index manifest_untagged on manifest (
    repo_id, id, digest, media_type, artifact_type, subject, size, image_size, pushed_at, tag_count, pulled_at,
    status, archived_at, activated_at
) where tag_count = 0;
