-- Children looked after, their reviews and what the reviews decided. Codes and dates only: the words stay in the entries.

create table care_period (
  id              bigint generated always as identity primary key,
  family_ref      text not null references family,
  child_id        bigint not null references person,
  from_on         date not null,
  legal_status    text not null,
  placement       text not null,
  entry_id        bigint not null references entry,
  ended_on        date,
  end_reason      text,
  ended_entry_id  bigint references entry,
  check ((ended_on is null) = (end_reason is null))
);
create unique index care_period_open on care_period (child_id) where ended_on is null;
create index care_period_child on care_period (child_id, from_on);

-- A review is planned as soon as its due date is known. due_on is never changed when the review is brought forward.
create table review (
  id                 bigint generated always as identity primary key,
  care_period_id     bigint not null references care_period,
  number             integer not null,
  kind               text not null check (kind in ('first', 'second', 'later')),
  due_on             date not null,
  planned_on         date,
  early_trigger      text,
  brought_forward    boolean not null default false,
  late_reason        text,
  late_entry_id      bigint references entry,
  adjourned_on       date,
  adjourned_entry_id bigint references entry,
  held_on            date,
  participation      text check (participation ~ '^PN[0-7]$'),
  held_entry_id      bigint references entry,
  unique (care_period_id, number),
  check ((held_on is null) = (participation is null))
);
create unique index review_next on review (care_period_id) where held_on is null;

create table review_decision (
  review_id      bigint not null references review,
  position       integer not null,
  kind           text not null,
  owner          text not null,
  due_on         date not null,
  decided_before boolean not null,
  entry_id       bigint not null references entry,
  outcome        text,
  outcome_entry_id bigint references entry,
  primary key (review_id, position)
);
