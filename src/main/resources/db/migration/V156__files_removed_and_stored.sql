-- A file attached to the wrong entry is removed: its content, name and digest go, the row stays as a trace. sha256: of what was kept. object_key: its object in an
-- S3-compatible store; null: its content is in attachment_part.
alter table attachment alter column name drop not null;
alter table attachment add column sha256 text;
alter table attachment add column object_key text;
alter table attachment add column removed_at timestamptz;
alter table attachment add column removed_by text references app_user;
alter table attachment add column removed_by_name text;
alter table attachment add column removed_why text;
alter table attachment add constraint attachment_removed check (
  (removed_at is null) = (removed_by is null) and (removed_at is null) = (removed_why is null)
  and (removed_at is null and name is not null or removed_at is not null and name is null and bytes = 0 and sha256 is null and object_key is null));
grant update (name, bytes, sha256, object_key, removed_at, removed_by, removed_by_name, removed_why) on attachment to ${application};

-- Objects of the store that belong to no file: noted before one is put and when one is to go. Keys are random; nothing here says of whom.
create table attachment_orphan (
  object_key text primary key,
  noted_at   timestamptz not null
);
create index attachment_orphan_noted on attachment_orphan (noted_at);
