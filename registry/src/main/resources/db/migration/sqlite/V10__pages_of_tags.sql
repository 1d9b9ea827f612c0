-- A page of tags, or of images with their tags, is read from neighbouring rows alone: the rows of its manifests lie
-- anywhere. A manifest's digest never changes.
alter table tag add column digest blob not null default x'';
update tag set digest = (select digest from manifest where id = manifest_id);

drop index tag_by_manifest;
create index tag_by_manifest on tag (manifest_id, pushed_at desc, name);
