-- IMAGES WITHOUT TAGS
-- Only SQLite reads them from an index alone. Here that would make each pull that is written down change an index.
select 1;
