-- What each day's audit was, link by link: the hash of a link is sha256 over the hash before it and the row it stands for, so that a row cannot be changed, taken away or
-- put in between without all links after it. Written a few seconds after the rows.
create table audit_link (
  day      date not null,
  position integer not null check (position > 0),
  audit_id bigint not null,
  hash     bytea not null check (length(hash) = 32),
  primary key (day, position)
);
create unique index audit_link_row on audit_link (audit_id);
create trigger link_is_final before update or delete on audit_link for each row execute function refuse_change();

-- The hashes that have left the database, so that each leaves it once: while the day went on, and when it was over (closed).
create table audit_head (
  day      date not null,
  position integer not null,
  closed   boolean not null,
  hash     bytea not null,
  at       timestamptz not null,
  primary key (day, position, closed)
);
create trigger head_is_final before update or delete on audit_head for each row execute function refuse_change();

-- Lines of the nodes' emergency journals that have been taken over into the audit, each once.
create table audit_carried (
  line uuid primary key
);
revoke update, delete on audit_link, audit_head, audit_carried from ${application};
