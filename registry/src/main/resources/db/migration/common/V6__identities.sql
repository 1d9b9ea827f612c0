-- Accounts, users, their keys and policies. Names are unique without regard to case, hence each beside its lower-case
-- form, by which lists are read too. Ids of users (AIDA...) and policies (ANPA...) are never used again.

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

create table iam_user_policy (
    user_id text not null references iam_user,
    name text not null,
    document text not null,
    primary key (user_id, name)
);

-- A policy's versions are numbered from 1; a number is never used again.
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

create table iam_policy_version (
    policy_id text not null references iam_policy on delete cascade,
    version integer not null,
    document text not null,
    created_at bigint not null,
    primary key (policy_id, version)
);

-- By ARN, since AWS's own policies are not in a table.
create table iam_attachment (
    user_id text not null references iam_user,
    policy_arn text not null,
    account text not null,
    primary key (user_id, policy_arn)
);
create index iam_attachment_by_policy on iam_attachment (account, policy_arn);

-- A key without a user is its account's root's. The secret is sealed, in Base64.
alter table access_key drop column principal;
alter table access_key add column user_id text references iam_user;
alter table access_key add column is_active integer not null default 1;
alter table access_key add column created_at bigint not null default 0;
alter table access_key add column last_used_at bigint;
alter table access_key add column last_used_region text;
alter table access_key add column last_used_service text;
create index access_key_by_owner on access_key (account, user_id, id);

insert into account (id, created_at) select distinct account, 0 from access_key;
