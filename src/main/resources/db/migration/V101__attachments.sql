-- Files attached to entries. restricted: as in docs/models.md; null: whoever may read the entry. scan: none (no scanner was configured), waiting, clean, infected.
create table attachment (
  id            bigint generated always as identity primary key,
  family_ref    text not null references family,
  entry_id      bigint not null references entry,
  name          text not null,
  media_type    text not null,
  bytes         bigint not null,
  restricted    text,
  scan          text not null check (scan in ('none', 'waiting', 'clean', 'infected')),
  scanned_at    timestamptz,
  added_by      text not null references app_user,
  added_by_name text not null,
  added_at      timestamptz not null
);
create index attachment_entry on attachment (entry_id, id);
create index attachment_family on attachment (family_ref);
create index attachment_waiting on attachment (id) where scan = 'waiting';

-- The content in pieces, so that no file is ever in memory whole; rows, unlike PostgreSQL's large objects, can be kept from who may not see the family.
create table attachment_part (
  attachment_id bigint not null references attachment,
  family_ref    text not null references family,
  position      integer not null,
  content       bytea not null,
  primary key (attachment_id, position)
);
alter table attachment_part alter column content set storage external;

-- Only what the scanner found may change, and only what it found infected is destroyed.
revoke update, delete on attachment from ${application};
grant update (scan, scanned_at) on attachment to ${application};
revoke update on attachment_part from ${application};
