-- Contact of a child with each parent. Codes and dates only: the words, and what the child wishes, stay in the entries.

-- How a parent is, as the adult side has said; the newest row is the one in force.
create table parent_condition (
  id         bigint generated always as identity primary key,
  family_ref text not null references family,
  parent_id  bigint not null references person,
  condition  text not null check (condition in ('well', 'unsettled', 'unwell', 'in-hospital')),
  since_on   date not null,
  decided_by text not null,
  role       text not null,
  entry_id   bigint not null references entry
);
create index parent_condition_newest on parent_condition (parent_id, id desc);

-- The social worker's judgement that the rule rests on; the newest row of a child and parent is the one in force.
create table contact_judgement (
  id        bigint generated always as identity primary key,
  child_id  bigint not null references person,
  parent_id bigint not null references person,
  basis     text not null,
  risk      text not null,
  meeting   text not null,
  entry_id  bigint not null references entry
);
create index contact_judgement_newest on contact_judgement (child_id, parent_id, id desc);

-- What the rule suggests for a condition; never what holds.
create table contact_suggestion (
  child_id          bigint not null references person,
  parent_id         bigint not null references person,
  condition         text not null,
  kind              text not null,
  supervision       text not null,
  decides           text not null check (decides in ('childrens-social-worker', 'childrens-team-manager')),
  look_again_within integer not null,
  suggested_at      timestamptz not null,
  primary key (child_id, parent_id, condition)
);

-- A plan is proposed, then agreed with those who have parental responsibility, then confirmed by a manager.
create table contact_plan (
  id                 bigint generated always as identity primary key,
  family_ref         text not null references family,
  child_id           bigint not null references person,
  state              text not null check (state in ('proposed', 'in-force', 'replaced', 'ended')),
  restricts          boolean,
  starts_on          date,
  proposed_entry_id  bigint not null references entry,
  agreed_entry_id    bigint references entry,
  confirmed_entry_id bigint references entry,
  confirmed_by       text,
  ended_on           date
);
create unique index contact_plan_proposed on contact_plan (child_id) where state = 'proposed';
create unique index contact_plan_in_force on contact_plan (child_id) where state = 'in-force';

create table contact_arrangement (
  plan_id           bigint not null references contact_plan,
  parent_id         bigint not null references person,
  condition         text not null,
  kind              text not null,
  supervision       text not null,
  decides_condition text not null,
  primary key (plan_id, parent_id, condition)
);

-- What was decided for now, apart from the plan: after a change of condition, or an emergency. History; the newest row holds.
create table contact_decision (
  id         bigint generated always as identity primary key,
  child_id   bigint not null references person,
  parent_id  bigint not null references person,
  what       text not null check (what in ('condition', 'stopped', 'resume', 'refuse', 'court', 'plan-again')),
  condition  text,
  kind       text,
  supervision text,
  on_day     date not null,
  until_day  date,
  role       text not null,
  decided_by text not null,
  entry_id   bigint not null references entry
);
create index contact_decision_newest on contact_decision (child_id, parent_id, id desc);
