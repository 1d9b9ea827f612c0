-- LIFECYCLE POLICIES
-- How values stand in columns is told in V1__schema.sql.

-- A repository's lifecycle policy, as the text that came. Its id is another one for each that was put, so that a run
-- knows whether it is still of the policy that it began with. `evaluated_at` is when it was run last, `due_at` when it is
-- to be run next.
create table lifecycle_policy (
    repo_id integer primary key references repository,
    id text not null,
    document text not null,
    evaluated_at bigint,
    due_at bigint not null
);
create index lifecycle_policy_due on lifecycle_policy (due_at);

-- What a policy would do to a repository. Its id is never used again. `state` is ECR's status (IN_PROGRESS, COMPLETE,
-- FAILED, EXPIRED), or REPLACED where a newer one is shown and this one is to go. A job makes them: whoever has the claim
-- until then. The counts are there when it is complete.
create table lifecycle_preview (
    id integer primary key autoincrement,
    repo_id bigint not null references repository,
    document text not null,
    state text not null,
    started_at bigint not null,
    claimed_until bigint not null,
    expiring integer not null,
    transitioning integer not null
);
create index lifecycle_preview_by_repository on lifecycle_preview (repo_id, id);
create index lifecycle_preview_open on lifecycle_preview (id) where state = 'IN_PROGRESS';
create index lifecycle_preview_replaced on lifecycle_preview (id) where state = 'REPLACED';
create index lifecycle_preview_complete on lifecycle_preview (started_at) where state = 'COMPLETE';

-- One image in it, by its place. `tags` has a space between them; `rule` is a priority, and null where the image goes
-- because what it is about was deleted.
create table lifecycle_preview_image (
    preview_id bigint not null references lifecycle_preview,
    place integer not null,
    repo_id bigint not null references repository,
    digest blob not null,
    tags text not null,
    is_tagged integer not null,
    pushed_at bigint not null,
    storage_class text not null,
    action text not null,
    rule integer,
    primary key (preview_id, place)
);
create index lifecycle_preview_image_tagged on lifecycle_preview_image (preview_id, place) where is_tagged = 1;
create index lifecycle_preview_image_untagged on lifecycle_preview_image (preview_id, place) where is_tagged = 0;
create unique index lifecycle_preview_image_by_digest on lifecycle_preview_image (preview_id, digest);
create index lifecycle_preview_image_by_repository on lifecycle_preview_image (repo_id);

-- Whether what a manifest is about was in the repository, and has been deleted. Of older rows nobody knows.
alter table referrer add column is_orphan integer not null default 0;

-- How often an image of the repository was deleted, or came to have other tags after its push: a run of a policy that
-- counts images is told by it that those that it counted may be fewer. In slots as the number of images.
alter table image_count add column changes bigint not null default 0;
