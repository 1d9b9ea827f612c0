-- EVENTS
-- How values stand in columns is told in V1__schema.sql.

-- A change of an image that targets are told of, written in the transaction that made it. `id` is drawn when that holds
-- what it changes: of two changes of one image or tag the later one has the larger number, though a smaller number may be
-- committed after a larger one of something else (docs/decisions/0039-events.md). `uuid` is the id that targets see, `repo`
-- the repository's ARN, `type` EventBridge's detail-type, `document` what is sent. `is_new`: to be put into the lines of
-- the targets.
create table event (
    id integer primary key autoincrement,
    uuid text not null unique,
    repo text not null,
    type text not null,
    at bigint not null,
    document text not null,
    is_new integer not null
);
create index event_new on event (id) where is_new = 1;
create index event_by_time on event (at);

-- An event that a target is still to be told of, and since when. Those of one repository are told in the order of `event_id`.
create table event_waiting (
    target text not null,
    repo text not null,
    event_id bigint not null,
    since bigint not null,
    primary key (target, repo, event_id)
) without rowid;
create index event_waiting_by_event on event_waiting (event_id);
create index event_waiting_since on event_waiting (target, since);

-- The line of a repository at a target, as long as one of its events waits: when the first one is due, how often that has
-- failed. Only who has the lease writes here.
create table event_line (
    target text not null,
    repo text not null,
    due_at bigint not null,
    tries integer not null,
    primary key (target, repo)
) without rowid;
create index event_line_due on event_line (target, due_at);

-- What last went wrong at a target.
create table event_target (
    target text primary key,
    error text not null,
    failed_at bigint not null
) without rowid;
