-- What a manifest with a subject says of itself to whoever asks for its subject's referrers. The annotations are last,
-- and their size in bytes apart, so that a page knows how many of them it can bear before it reads one.
create table referrer (
    manifest_id integer primary key references manifest on delete cascade,
    repo_id integer not null,
    subject blob not null,
    artifact_type text,
    annotations_size integer not null,
    annotations text not null
);
create index referrer_page on referrer (repo_id, subject, manifest_id);
create index referrer_page_of_type on referrer (repo_id, subject, artifact_type, manifest_id);

-- Those pushed before. An annotation is a text; what else may stand there is none.
insert into referrer (manifest_id, repo_id, subject, artifact_type, annotations_size, annotations)
select id, repo_id, subject, artifact_type, length(cast(annotations as blob)), annotations
from (
    select m.id, m.repo_id, m.subject,
        coalesce(m.artifact_type, json_extract(cast(c.bytes as text), '$.artifactType')) as artifact_type,
        case json_type(cast(c.bytes as text), '$.annotations')
            when 'object' then (
                select json_group_object(key, value) from json_each(cast(c.bytes as text), '$.annotations')
                where type = 'text')
            else '{}'
        end as annotations
    from manifest m join manifest_content c on c.manifest_id = m.id
    where m.subject is not null
);

-- What a sparse manifest names that its repository does not have yet: a blob, with the media type that it is called
-- by, or a manifest, without.
create table manifest_absent (
    repo_id integer not null,
    digest blob not null,
    manifest_id integer not null references manifest on delete cascade,
    media_type text,
    primary key (repo_id, digest, manifest_id)
) without rowid;
create index manifest_absent_by_manifest on manifest_absent (manifest_id);
