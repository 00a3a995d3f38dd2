-- Days that differ from the bank holidays by rule: proclaimed once, or withdrawn.
create table proclaimed_day (
  day     date primary key,
  name    text not null check (name <> ''),
  working boolean not null
);

-- A clock of a family. It keeps the limit it was started with, so a changed table of timescales moves no date.
-- Whether it is running, met, late or stopped is computed from the times, never stored.
create table clock (
  id                  bigint generated always as identity primary key,
  family_ref          text not null,
  person_id           bigint,
  process_instance_id text not null,
  name                text not null,
  title               text not null,
  amount              integer not null,
  unit                text not null,
  remind_before       integer,
  reference           text,
  source              text not null,
  status              text not null,
  started_on          date not null,
  due_on              date not null,
  due_at              timestamptz not null,
  remind_on           date,
  reminded_at         timestamptz,
  late_role           text,
  late_told_at        timestamptz,
  met_at              timestamptz,
  stopped_at          timestamptz,
  stop_reason         text,
  late_reason         text,
  late_reason_by      text,
  version             integer not null default 0,
  check (met_at is null or stopped_at is null),
  check ((stopped_at is null) = (stop_reason is null)),
  check ((late_reason is null) = (late_reason_by is null))
);

-- One running clock of a name for a process and person.
create unique index clock_running on clock (process_instance_id, name, person_id) nulls not distinct
  where met_at is null and stopped_at is null;
create index clock_family on clock (family_ref);
create index clock_due on clock (due_at) where met_at is null and stopped_at is null;
create index clock_remind on clock (remind_on)
  where reminded_at is null and met_at is null and stopped_at is null;

-- What was changed about a clock, with the reason. A start that was only explained has the same dates before and after.
create table clock_change (
  id         bigint generated always as identity primary key,
  clock_id   bigint not null references clock,
  old_start  date not null,
  new_start  date not null,
  old_due    date not null,
  new_due    date not null,
  why        text not null check (why <> ''),
  who        text not null,
  changed_at timestamptz not null
);
create index clock_change_clock on clock_change (clock_id);
