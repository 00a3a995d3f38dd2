-- Services, teams, users and roles -----------------------------------------------------------------------------------

create table service (
  id   text primary key,
  name text not null,
  kind text not null check (kind in ('children', 'mental-health', 'drug-alcohol', 'gp', 'education', 'health', 'young-carers'))
);

create table team (
  id         text primary key,
  service_id text not null references service,
  name       text not null,
  email      text
);

-- A role is one of the field's roles. Work for a role nobody holds for a family goes to the role's duty team.
create table app_role (
  code         text primary key,
  name         text not null,
  manages      boolean not null default false,
  duty_team_id text references team
);

create table app_user (
  username      text primary key,
  name          text not null,
  email         text,
  team_id       text references team,
  enabled       boolean not null default true,
  password_hash text
);

create table user_role (
  username text not null references app_user on delete cascade,
  role     text not null references app_role,
  primary key (username, role)
);

-- A manager oversees the own team, and these besides.
create table managed_team (
  username text not null references app_user on delete cascade,
  team_id  text not null references team,
  primary key (username, team_id)
);

insert into app_role (code, name, manages) values
  ('adult-mental-health-practitioner', 'Adult mental health practitioner', false),
  ('drug-alcohol-practitioner', 'Drug and alcohol practitioner', false),
  ('adult-team-manager', 'Adult services team manager', true),
  ('consultant-psychiatrist', 'Consultant psychiatrist', false),
  ('gp', 'GP', false),
  ('health-visitor', 'Health visitor', false),
  ('school-lead', 'School designated lead', false),
  ('front-door-screener', 'Front door screener', false),
  ('front-door-manager', 'Front door manager', true),
  ('childrens-social-worker', 'Children and families social worker', false),
  ('childrens-team-manager', 'Children''s team manager', true),
  ('supervising-social-worker', 'Supervising social worker (fostering)', false),
  ('iro', 'Independent reviewing officer', false),
  ('iro-manager', 'Independent reviewing manager', true),
  ('young-carers-worker', 'Young carers worker', false),
  ('service-manager', 'Service manager', false);

-- People and families ------------------------------------------------------------------------------------------------

create sequence family_number start 10001;

create table family (
  ref        text primary key default 'F-' || nextval('family_number'),
  created_at timestamptz not null,
  created_by text not null
);

create table person (
  id             bigint generated always as identity primary key,
  first_name     text not null,
  last_name      text not null,
  date_of_birth  date,
  expected_on    date,
  nhs_number     text check (nhs_number ~ '^[0-9]{10}$'),
  sex            text,
  gp_practice_id text references team,
  school_id      text references team,
  check (date_of_birth is null or expected_on is null)
);
create extension if not exists pg_trgm;
create index person_name on person using gin ((lower(first_name || ' ' || last_name)) gin_trgm_ops);
create index person_nhs_number on person (nhs_number);
create index person_date_of_birth on person (date_of_birth);

create table family_member (
  family_ref   text not null references family,
  person_id    bigint not null references person,
  position     text not null check (position in ('child', 'adult')),
  relationship text,
  home         text,
  young_carer  text,
  primary key (family_ref, person_id)
);
create index family_member_person on family_member (person_id);

-- Where a fact of the record came from; the newest row of a person and fact is the one in force.
create table fact_source (
  person_id  bigint not null references person,
  fact       text not null,
  family_ref text not null references family,
  said_by    text not null,
  said_on    date not null,
  source     text not null,
  primary key (person_id, fact)
);

-- Who is involved with a family, from when until when. username null: the team's queue. Sight of a family rests on this.
create table involvement (
  id         bigint generated always as identity primary key,
  family_ref text not null references family,
  role       text not null references app_role,
  team_id    text not null references team,
  username   text references app_user,
  person_id  bigint references person,
  began_on   date not null,
  ended_on   date
);
create unique index involvement_current on involvement (family_ref, role, team_id, coalesce(username, ''), coalesce(person_id, 0)) where ended_on is null;
create index involvement_user on involvement (username, family_ref) where ended_on is null;
create index involvement_team on involvement (team_id, family_ref) where ended_on is null;

-- The record ---------------------------------------------------------------------------------------------------------

create table entry (
  id             bigint generated always as identity primary key,
  family_ref     text not null references family,
  title          text not null,
  process_key    text not null,
  process_id     text,
  step_key       text not null,
  work_id        text,
  form_key       text not null,
  form_version   integer not null,
  deployment_id  text not null,
  about          bigint[] not null,
  answers        jsonb not null,
  author         text not null references app_user,
  author_name    text not null,
  role           text not null,
  service        text not null,
  filed_at       timestamptz not null,
  supersedes     bigint unique references entry,
  reason         text,
  check (supersedes is null or reason is not null)
);
create index entry_family on entry (family_ref, id desc);

-- Entries are never changed: a correction is a new entry that supersedes the old one.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% rows are never changed or deleted', tg_table_name;
end $$;
create trigger entry_is_final before update or delete on entry for each row execute function refuse_change();

-- What a decision table was asked, what it answered and which rules said so.
create table decision_taken (
  id           bigint generated always as identity primary key,
  family_ref   text not null,
  process_id   text,
  person_id    bigint,
  decision     text not null,
  name         text not null,
  version      integer not null,
  definition_id text not null,
  decided_at   timestamptz not null,
  inputs       jsonb not null,
  rules        jsonb not null,
  outputs      jsonb not null
);
create index decision_taken_family on decision_taken (family_ref, id desc);
create trigger decision_is_final before update or delete on decision_taken for each row execute function refuse_change();

-- Work ---------------------------------------------------------------------------------------------------------------

-- The tasks people see, written in the engine's transaction. sort_at: when it is due, or the end of time.
create table work_item (
  id            text primary key,
  family_ref    text not null references family,
  name          text not null,
  process_key   text not null,
  process_name  text not null,
  process_id    text not null,
  definition_id text not null,
  deployment_id text not null,
  step_key      text not null,
  form_key      text not null,
  role          text not null,
  team_id       text not null references team,
  assignee      text references app_user,
  about         bigint[] not null,
  subjects      jsonb not null,
  clock         text,
  due_on        date,
  sort_at       timestamptz not null,
  created_at    timestamptz not null,
  done_at       timestamptz,
  done_by       text,
  entry_id      bigint
);
create index work_mine on work_item (assignee, sort_at, id) where done_at is null;
create index work_queue on work_item (team_id, role, sort_at, id) where done_at is null and assignee is null;
create index work_team on work_item (team_id, sort_at, id) where done_at is null;
create index work_family on work_item (family_ref, sort_at, id) where done_at is null;
create index work_done on work_item (family_ref, done_at) where done_at is not null;

-- Answers not yet given: one for each person and thing they are filling in.
create table draft (
  subject  text not null,
  username text not null references app_user on delete cascade,
  answers  jsonb not null,
  saved_at timestamptz not null,
  primary key (subject, username)
);

-- Mail, audit, models, answers to repeated requests ------------------------------------------------------------------

create table outgoing_mail (
  id         bigint generated always as identity primary key,
  kind       text not null,
  recipient  text not null,
  address    text,
  family_ref text not null,
  subject    text not null,
  body       text not null,
  queued_at  timestamptz not null,
  handed_on  boolean not null default false,
  sent_at    timestamptz
);
create index outgoing_mail_waiting on outgoing_mail (id) where sent_at is null;

-- Each time the mail server would not take a message.
create table mail_refusal (
  id      bigint generated always as identity primary key,
  mail_id bigint not null,
  at      timestamptz not null,
  what    text not null
);
create index mail_refusal_mail on mail_refusal (mail_id);

create table audit_event (
  id         bigint generated always as identity primary key,
  at         timestamptz not null,
  username   text not null,
  roles      text not null,
  action     text not null,
  family_ref text,
  subject    text,
  reason     text
);
create index audit_event_family on audit_event (family_ref, id desc);
create trigger audit_is_final before update or delete on audit_event for each row execute function refuse_change();

-- One row for each release of a unit of models (a process with its forms, or a decision).
create table model_release (
  id            bigint generated always as identity primary key,
  unit          text not null,
  digest        text not null,
  origin        text not null check (origin in ('installation', 'studio')),
  deployment_id text,
  released_at   timestamptz not null,
  released_by   text not null
);
create index model_release_unit on model_release (unit, id desc);

create table repeated_request (
  username text not null,
  key      text not null,
  at       timestamptz not null,
  digest   text not null,
  status   integer,
  location text,
  body     text,
  primary key (username, key)
);

-- Sessions live here, so that any node can serve any request (the columns are Spring Session's).
create table spring_session (
  primary_id            char(36) primary key,
  session_id            char(36) not null unique,
  creation_time         bigint not null,
  last_access_time      bigint not null,
  max_inactive_interval int not null,
  expiry_time           bigint not null,
  principal_name        varchar(100)
);
create index spring_session_expiry on spring_session (expiry_time);
create index spring_session_principal on spring_session (principal_name);
create table spring_session_attributes (
  session_primary_id char(36) not null references spring_session on delete cascade,
  attribute_name     varchar(200) not null,
  attribute_bytes    bytea not null,
  primary key (session_primary_id, attribute_name)
);

-- Without this every completed task scans every open one.
create index act_ru_task_parent on act_ru_task (parent_task_id_);
