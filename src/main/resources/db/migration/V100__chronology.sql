-- What happened before this record began, or outside it: added by hand (entry_id) or from a file (import_id). Never changed; a correction is another entry,
-- and a file that was wrong is withdrawn as a whole.
create table history_import (
  id               bigint generated always as identity primary key,
  family_ref       text not null references family,
  events           integer not null,
  imported_by      text not null references app_user,
  imported_by_name text not null,
  imported_at      timestamptz not null,
  withdrawn_by     text references app_user,
  withdrawn_at     timestamptz,
  withdrawn_why    text,
  check ((withdrawn_by is null) = (withdrawn_at is null) and (withdrawn_by is null) = (withdrawn_why is null))
);
create index history_import_family on history_import (family_ref, id desc);

-- happened_on is the first day of the month or year where no more is known.
create table history_event (
  id            bigint generated always as identity primary key,
  family_ref    text not null references family,
  happened_on   date not null,
  precision     text not null check (precision in ('day', 'month', 'year')),
  title         text not null,
  detail        text,
  about         bigint[] not null,
  origin        text not null,
  source        text not null,
  confidence    text not null check (confidence in ('confirmed', 'likely', 'unverified')),
  entry_id      bigint unique references entry,
  import_id     bigint references history_import,
  added_by      text not null references app_user,
  added_by_name text not null,
  added_at      timestamptz not null,
  check ((entry_id is null) <> (import_id is null))
);
create index history_event_family on history_event (family_ref, happened_on, id);

-- Whether somebody holds an item of the chronology (such as entry:17) for significant; the newest row of an item is in force.
create table chronology_mark (
  id             bigint generated always as identity primary key,
  family_ref     text not null references family,
  item           text not null,
  significant    boolean not null,
  reason         text not null check (reason <> ''),
  marked_by      text not null references app_user,
  marked_by_name text not null,
  marked_at      timestamptz not null
);
create index chronology_mark_newest on chronology_mark (family_ref, item, id desc);

create index care_period_family on care_period (family_ref);
create index contact_plan_family on contact_plan (family_ref);
create index parent_condition_family on parent_condition (family_ref);
create index contact_decision_entry on contact_decision (entry_id);

revoke update, delete on history_event, chronology_mark from ${application};
revoke delete on history_import from ${application};
