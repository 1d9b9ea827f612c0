-- All that is not the bytes of a blob, in SQLite.
--
-- How values stand in columns:
--   times     microseconds since 1970, in UTC
--   truths    0 and 1
--   digests   one byte for the algorithm (1 sha256, 2 sha512) and the hash: their bytes order as their texts do
--   names     in the order of their bytes, which is SQLite's own
--   numbers   `bigint` what may need 64 bits, `integer` what never does; SQLite keeps both alike
--
-- Another engine has a file like this one in a folder beside this, with the same tables, columns and indexes. There,
-- ids that are `integer primary key` here are numbers that the engine gives, `blob` has its name for bytes, names say
-- that they order by bytes, and `without rowid` (rows lie in their primary key) is left out.
--
-- This file never changes again: what is to be different is a migration beside it, with the next number.


-- REGISTRIES AND REPOSITORIES

-- An account in a region, from the first thing that it has there. `policy` is the registry's policy, as JSON.
create table registry (
    id integer primary key,
    account text not null,
    region text not null,
    policy text,
    unique (account, region)
);

-- What a registry has set (`BLOB_MOUNTING`). What is not here is as AWS has it for a new registry.
create table account_setting (
    registry bigint not null references registry,
    name text not null,
    value text not null,
    primary key (registry, name)
) without rowid;

-- A repository. A deleted one is out of sight at once, and its name is free; a job takes its rows away. An id is never
-- used again, hence autoincrement. `settings_version` counts the changes of its settings, `tag_exclusions` are the
-- filters of its mutability, one a line, and `policy` is its policy, as JSON.
create table repository (
    id integer primary key autoincrement,
    registry bigint not null references registry,
    name text not null,
    settings_version integer not null default 1,
    tag_mutability text not null,
    tag_exclusions text not null,
    scan_on_push integer not null,
    created_at bigint not null,
    deleted_at bigint,
    policy text
);
create unique index repository_name on repository (registry, name) where deleted_at is null;
create index repository_deleted on repository (id) where deleted_at is not null;

-- What a repository is tagged with by AWS's TagResource. The tags of its images are in `tag`.
create table resource_tag (
    repo_id bigint not null references repository,
    name text not null,
    value text not null,
    primary key (repo_id, name)
) without rowid;


-- LAYERS

-- One physical copy of some bytes, and where the blob store keeps them.
create table blob (
    id integer primary key,
    digest blob not null unique,
    size bigint not null,
    storage_key text not null unique,
    created_at bigint not null
);

-- The repository has the blob. Nothing shows a blob through a repository that has it not. `registry` is the
-- repository's, so that who has a blob is looked for within one registry.
create table repo_blob (
    repo_id bigint not null references repository,
    blob_id bigint not null references blob,
    media_type text,
    linked_at bigint not null,
    registry bigint not null references registry,
    primary key (repo_id, blob_id)
) without rowid;
create index repo_blob_by_blob on repo_blob (blob_id, registry);

-- Bytes in the blob store that no row names any more, and when they may go.
create table blob_delete (
    storage_key text primary key,
    not_before bigint not null
);
create index blob_delete_due on blob_delete (not_before);

-- A layer on its way in; its id is the storage key of its bytes. `principal` is the ARN of who began it,
-- `completed_as` the digest of the layer that it became, as a text. `has_small_part`: a part smaller than ECR's minimum
-- came before another one. `broke_off`: the newest part did, so that its sender was never answered, and may send it
-- again.
create table upload (
    id text primary key,
    repo_id bigint not null references repository,
    principal text not null,
    received bigint not null,
    parts integer not null,
    last_part_first_byte bigint not null,
    has_small_part integer not null,
    completed_as text,
    touched_at bigint not null,
    broke_off integer not null
);
create index upload_by_repository on upload (repo_id);
-- With what is summed and what is asked, so that the sum is read from the index alone.
create index upload_open on upload (principal, received, completed_as) where completed_as is null;
create index upload_touched on upload (touched_at);

-- The parts that came by ECR's law, so that one that is sent again is known. Keyed by the end: from a byte on, all that
-- have it or a later one are neighbours.
create table upload_part (
    upload_id text not null references upload on delete cascade,
    last_byte bigint not null,
    first_byte bigint not null,
    digest blob not null,
    primary key (upload_id, last_byte)
) without rowid;


-- IMAGES

-- A manifest: an image, a list of them, an artifact. Its id is never used again, and pages are in its order. `size` is
-- of the manifest's bytes, `image_size` of its config and stored layers, or of a list's largest child; `tag_count` says
-- whether it is tagged; `converted_digest` is that of the manifest in the other format, where it can be converted
-- without loss.
create table manifest (
    id integer primary key autoincrement,
    repo_id bigint not null references repository,
    digest blob not null,
    media_type text not null,
    artifact_type text,
    subject blob,
    size bigint not null,
    image_size bigint not null,
    tag_count integer not null default 0,
    pushed_at bigint not null,
    converted_digest blob,
    unique (repo_id, digest),
    unique (repo_id, id)
);
create index manifest_tagged on manifest (repo_id, id) where tag_count > 0;
create index manifest_untagged on manifest (repo_id, id) where tag_count = 0;
create index manifest_untagged_digest on manifest (repo_id, digest) where tag_count = 0;
create index manifest_converted on manifest (repo_id, converted_digest) where converted_digest is not null;

-- The bytes as they were pushed, the first 64 KiB of them. Apart from the manifest, so that lists touch small rows only.
create table manifest_content (
    manifest_id integer primary key references manifest on delete cascade,
    bytes blob not null
);

-- The bytes after those, in pieces of 64 KiB numbered from 1, so that a part can be read without the rest.
create table manifest_piece (
    manifest_id bigint not null references manifest on delete cascade,
    number integer not null,
    bytes blob not null,
    primary key (manifest_id, number)
);

-- How many manifests a repository holds: the sum of its slots, so that no row need be hot.
create table image_count (
    repo_id bigint not null references repository,
    slot integer not null,
    images bigint not null,
    primary key (repo_id, slot)
);

-- A tag, with its manifest's digest, which never changes: a page of tags is read from neighbouring rows alone, while
-- the rows of its manifests lie anywhere.
create table tag (
    repo_id bigint not null references repository,
    name text not null,
    manifest_id bigint not null references manifest on delete cascade,
    pushed_at bigint not null,
    digest blob not null,
    primary key (repo_id, name)
) without rowid;
create index tag_by_manifest on tag (manifest_id, pushed_at desc, name);


-- WHAT MANIFESTS NAME

-- Its layers and config. Keyed for "does a manifest of this repository name this blob"; what is named cannot be
-- unlinked.
create table manifest_blob (
    repo_id bigint not null,
    blob_id bigint not null,
    manifest_id bigint not null references manifest on delete cascade,
    primary key (repo_id, blob_id, manifest_id),
    foreign key (repo_id, blob_id) references repo_blob
) without rowid;
create index manifest_blob_by_manifest on manifest_blob (manifest_id);

-- The images of a list. Keyed for "which lists name this image"; what is named cannot be deleted.
create table manifest_child (
    repo_id bigint not null,
    child_id bigint not null,
    parent_id bigint not null references manifest on delete cascade,
    primary key (repo_id, child_id, parent_id),
    foreign key (repo_id, child_id) references manifest (repo_id, id)
) without rowid;
create index manifest_child_by_parent on manifest_child (parent_id);

-- What a sparse manifest names that its repository does not have yet: a blob, with the media type that it is called
-- by, or a manifest, without.
create table manifest_absent (
    repo_id bigint not null,
    digest blob not null,
    manifest_id bigint not null references manifest on delete cascade,
    media_type text,
    primary key (repo_id, digest, manifest_id)
) without rowid;
create index manifest_absent_by_manifest on manifest_absent (manifest_id);

-- What a manifest with a subject says of itself to whoever asks for its subject's referrers. The annotations are last,
-- and their size in bytes apart, so that a page knows how many of them it can bear before it reads one.
create table referrer (
    manifest_id integer primary key references manifest on delete cascade,
    repo_id bigint not null,
    subject blob not null,
    artifact_type text,
    annotations_size integer not null,
    annotations text not null
);
create index referrer_page on referrer (repo_id, subject, manifest_id);
create index referrer_page_of_type on referrer (repo_id, subject, artifact_type, manifest_id);


-- ACCOUNTS, USERS AND THEIR POLICIES
-- Names are unique without regard to case, hence each beside its lower-case form, by which lists are read too. Ids of
-- users (AIDA...) and policies (ANPA...) are never used again.

create table account (
    id text primary key,
    created_at bigint not null
);

create table iam_user (
    id text primary key,
    account text not null references account,
    name text not null,
    folded_name text not null,
    path text not null,
    created_at bigint not null,
    unique (account, folded_name)
);

create table iam_user_tag (
    user_id text not null references iam_user on delete cascade,
    name text not null,
    value text not null,
    primary key (user_id, name)
);

-- The policies that are written into a user.
create table iam_user_policy (
    user_id text not null references iam_user,
    name text not null,
    document text not null,
    primary key (user_id, name)
);

-- A policy of an account's own, which may be attached to many. AWS's policies are not in a table.
create table iam_policy (
    id text primary key,
    account text not null references account,
    name text not null,
    folded_name text not null,
    path text not null,
    description text,
    default_version integer not null,
    latest_version integer not null,
    created_at bigint not null,
    updated_at bigint not null,
    unique (account, folded_name)
);

create table iam_policy_tag (
    policy_id text not null references iam_policy on delete cascade,
    name text not null,
    value text not null,
    primary key (policy_id, name)
);

-- A policy's versions are numbered from 1; a number is never used again.
create table iam_policy_version (
    policy_id text not null references iam_policy on delete cascade,
    version integer not null,
    document text not null,
    created_at bigint not null,
    primary key (policy_id, version)
);

-- Which policies a user has, by ARN, since AWS's own are not in a table.
create table iam_attachment (
    user_id text not null references iam_user,
    policy_arn text not null,
    account text not null,
    primary key (user_id, policy_arn)
);
create index iam_attachment_by_policy on iam_attachment (account, policy_arn);


-- KEYS AND SECRETS

-- An access key. One without a user is its account's root's. The secret is sealed under the server's key, in Base64.
create table access_key (
    id text primary key,
    secret text not null,
    account text not null,
    user_id text references iam_user,
    is_active integer not null,
    created_at bigint not null,
    last_used_at bigint,
    last_used_region text,
    last_used_service text
);
create index access_key_by_owner on access_key (account, user_id, id);

-- The server's own secrets, sealed under its key: what it signs tokens with, and a mark by which the key is known.
create table secret (
    name text primary key,
    value blob not null
);
