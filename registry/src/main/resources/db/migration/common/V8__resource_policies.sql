-- The policies of repositories and of registries, as texts. They go with what they are about.
alter table repository add column policy text;
alter table registry add column policy text;
