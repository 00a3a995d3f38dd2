-- Professional challenges: a practitioner disagrees with a decision, and a manager answers.
create table challenge (
  id              bigint generated always as identity primary key,
  family_ref      text not null references family,
  process_id      text not null,
  stage           smallint not null,
  raised_by       text not null references app_user,
  raised_role     text not null,
  raised_service  text not null,
  raised_at       timestamptz not null,
  raised_entry    bigint not null unique references entry,
  outcome         text check (outcome in ('changed', 'stands')),
  answered_by     text references app_user,
  answered_at     timestamptz,
  answered_entry  bigint references entry
);
create index challenge_family on challenge (family_ref, id desc);
create index challenge_open on challenge (process_id) where outcome is null;
