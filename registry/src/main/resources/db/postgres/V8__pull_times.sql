-- PULL TIMES
-- How values stand in columns is told in V1__schema.sql.

-- When the image was pulled last, as far as that was recorded: the first time at once, then once in 24 hours.
alter table manifest add column pulled_at bigint;

-- Whose pulls are not recorded in a registry.
create table pull_time_exclusion (
    registry bigint not null references registry,
    principal text collate "C" not null,
    created_at bigint not null,
    primary key (registry, principal)
);
