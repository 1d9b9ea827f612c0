-- Whether the newest part of an upload broke off: its sender was never answered, and may send it again.
alter table upload add column broke_off integer not null default 0;

-- The parts that came by ECR's law, so that one that is sent again is known. Keyed by the end: from a byte on, all that
-- have it or a later one are neighbours.
create table upload_part (
    upload_id text not null references upload on delete cascade,
    last_byte integer not null,
    first_byte integer not null,
    digest blob not null,
    primary key (upload_id, last_byte)
) without rowid;

-- With what is summed and what is asked, so that the sum is read from the index alone.
drop index upload_open;
create index upload_open on upload (principal, received, completed_as) where completed_as is null;
