-- CONSOLE
-- How values stand in columns is told in V1__schema.sql.

-- Who is signed in to the console, by the SHA-256 of the secret that their browser has. A session is an access key's
-- and goes with it.
create table console_session (
    hash blob primary key,
    key_id text not null references access_key on delete cascade,
    created_at bigint not null,
    ends_at bigint not null
) without rowid;
create index console_session_by_key on console_session (key_id, created_at);
create index console_session_by_end on console_session (ends_at);

-- What was deleted last is shown first.
create index history_image_by_deletion on history_image (repo_id, deleted_at, id);
