-- WHICH RULES A PUSH IS SIGNED BY
-- How values stand in columns is told in V1__schema.sql.

-- The rules of registries, as they were put one after the other; what no push is signed by any more is taken away.
create table signing_rules (
    id integer primary key autoincrement,
    registry bigint not null references registry,
    rules text not null
);
create index signing_rules_by_registry on signing_rules (registry, id);

-- Those in force, which are the same as `rules` beside it unless the version before has written that.
alter table registry_signing add column rules_id bigint;
insert into signing_rules (registry, rules) select registry, rules from registry_signing;
update registry_signing set rules_id = (select id from signing_rules where registry = registry_signing.registry);

-- Pushes as signing_push has them, with the number of their rules in the place of a copy.
create table push_to_sign (
    id integer primary key autoincrement,
    manifest_id bigint not null,
    repo_id bigint not null,
    digest blob not null,
    pusher text not null,
    rules_id bigint not null references signing_rules,
    at bigint not null
);
create index push_to_sign_by_image on push_to_sign (manifest_id);
create index push_to_sign_by_repository on push_to_sign (repo_id);
create index push_to_sign_by_rules on push_to_sign (rules_id);
