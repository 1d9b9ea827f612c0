-- REPLICATION
-- How values stand in columns is told in V1__schema.sql.

-- What a registry's images are replicated to. `rules` has a rule a line: whether deletions follow, the destinations, the
-- prefixes of repositories. What is pushed goes by the rules that were in force at that moment, so those that were replaced
-- stay for a while.
create table replication_configuration (
    id integer primary key autoincrement,
    registry bigint not null references registry,
    rules text not null,
    is_current integer not null,
    replaced_at bigint
);
create unique index replication_configuration_current on replication_configuration (registry) where is_current = 1;

-- A change of an image, made while its registry had such rules, in the transaction that made it. `id` is drawn as that of an
-- event is (docs/decisions/0039-events.md), `repo` is the repository's ARN, `tags` has one a line. `is_new`: to be put into
-- the lines of destinations. It goes when no destination waits for it any more.
create table replication_change (
    id integer primary key autoincrement,
    configuration bigint not null,
    repo text not null,
    kind text not null,
    digest blob not null,
    tags text not null,
    at bigint not null,
    is_new integer not null,
    backfill bigint
);
create index replication_change_new on replication_change (id) where is_new = 1;
create index replication_change_image on replication_change (repo, digest);
create index replication_change_backfill on replication_change (backfill, id) where backfill is not null;

-- A change that a destination, ACCOUNT/REGION, is still to have, and since when. Those of one repository are brought in the
-- order of `change_id`.
create table replication_waiting (
    destination text not null,
    repo text not null,
    change_id bigint not null,
    since bigint not null,
    primary key (destination, repo, change_id)
) without rowid;
create index replication_waiting_by_change on replication_waiting (change_id);

-- The line of a repository at a destination, as long as one of its changes waits: when the first one is due, how often that
-- has failed, and why. Only who has the lease writes here.
create table replication_line (
    destination text not null,
    repo text not null,
    due_at bigint not null,
    tries integer not null,
    error text,
    primary key (destination, repo)
) without rowid;
create index replication_line_due on replication_line (destination, due_at);

-- What last came of bringing an image to a destination. `failure` is null where it came there.
create table replication_result (
    manifest_id bigint not null references manifest on delete cascade,
    destination text not null,
    failure text,
    at bigint not null,
    primary key (manifest_id, destination)
) without rowid;

-- Bringing a destination what was there already. `rules` are those that were in force when it began; `after_repo` and
-- `after_image` tell how far whoever looks for images has come, and `status` what it is at.
create table replication_backfill (
    id integer primary key autoincrement,
    uuid text not null unique,
    registry bigint not null references registry,
    account text not null,
    region text not null,
    rules text not null,
    status text not null,
    failure text,
    after_repo text not null,
    after_image bigint not null,
    total bigint not null,
    started_at bigint not null,
    ended_at bigint
);
create unique index replication_backfill_running on replication_backfill (registry, region) where ended_at is null;
create index replication_backfill_page on replication_backfill (registry, id);
create index replication_backfill_ended on replication_backfill (ended_at) where ended_at is not null;

-- An image of a backfill and one of its tags, or none, and what came of it; `status` is null as long as nothing has. `id` is
-- that of the change that brings it, `parts` has what failed of what a list names, one a line; null where it is no list.
create table replication_backfill_image (
    backfill_id bigint not null references replication_backfill on delete cascade,
    id bigint not null,
    repo text not null,
    digest blob not null,
    tag text,
    status text,
    failure text,
    parts text,
    primary key (backfill_id, id)
) without rowid;
create index replication_backfill_image_waiting on replication_backfill_image (backfill_id) where status is null;

-- A layer that is on its way to a destination elsewhere, and where there its upload goes on.
create table replication_upload (
    destination text not null,
    repo text not null,
    digest blob not null,
    location text not null,
    at bigint not null,
    primary key (destination, repo, digest)
) without rowid;
create index replication_upload_at on replication_upload (at);
