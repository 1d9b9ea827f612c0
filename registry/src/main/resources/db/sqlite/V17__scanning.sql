-- SCANNING
-- How values stand in columns is told in V1__schema.sql.

-- How the images of a registry are scanned. `rules` has one a line: the frequency, and then each filter after a space.
create table registry_scanning (
    registry bigint primary key references registry,
    scan_type text not null,
    rules text not null
) without rowid;

-- Images that were pushed and may be to be scanned, written in the transaction of the push.
create table scan_push (
    manifest_id bigint primary key,
    repo_id bigint not null,
    digest blob not null,
    at bigint not null
) without rowid;
create index scan_push_by_repository on scan_push (repo_id);

-- A scan of an image. `is_open`: it is to be made, and whoever makes it has it until `claimed_until`. `is_shown`: it is
-- what is known of the image. `is_last`: it is the last one of its image that came to a result, by which images are kept
-- from pulls. One that is none of that is taken away. `is_counted`: it counts in the quota of its registry.
-- `counts` has how many findings there are of each severity, `source` names the vulnerabilities that were looked at.
create table image_scan (
    id integer primary key autoincrement,
    manifest_id bigint not null,
    repo_id bigint not null references repository,
    registry bigint not null references registry,
    digest blob not null,
    scan_type text not null,
    cause text not null,
    status text not null,
    requested_at bigint not null,
    claimed_until bigint not null,
    description text,
    completed_at bigint,
    counts text,
    source text,
    source_at bigint,
    is_open integer not null,
    is_shown integer not null,
    is_counted integer not null,
    is_last integer not null
);
create index image_scan_by_image on image_scan (manifest_id, id);
create index image_scan_by_repository on image_scan (repo_id, id);
create index image_scan_counted on image_scan (registry, requested_at) where is_counted = 1;
create index image_scan_open on image_scan (is_counted desc, id) where is_open = 1;
create index image_scan_over on image_scan (id) where is_open = 0 and is_shown = 0 and is_last = 0;
create index image_scan_enhanced on image_scan (id) where is_shown = 1 and is_open = 0 and scan_type = 'ENHANCED';

-- What a scan found, the worst first: `severity` is 0 for CRITICAL. `document` lies under the repository's cover.
create table image_finding (
    scan_id bigint not null,
    severity integer not null,
    place integer not null,
    repo_id bigint not null,
    document blob not null,
    primary key (scan_id, severity, place)
) without rowid;
create index image_finding_by_repository on image_finding (repo_id);

-- What an image is made of, by its newest scan: a CycloneDX document, compressed, under the repository's cover.
create table image_components (
    manifest_id bigint primary key,
    repo_id bigint not null,
    document blob not null
) without rowid;
create index image_components_by_repository on image_components (repo_id);
