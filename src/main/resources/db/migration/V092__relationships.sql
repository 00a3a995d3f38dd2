-- What one person is to another, from when until when. never: somebody said that it was never so, although the record had it.
create table relationship (
  id             bigint generated always as identity primary key,
  family_ref     text not null references family,
  person_id      bigint not null references person,
  other_id       bigint not null references person,
  kind           text not null check (kind in ('parent', 'step-parent', 'carer', 'parental-responsibility', 'partner', 'sibling', 'conflict')),
  since_on       date,
  until_on       date,
  state          text not null check (state in ('now', 'ended', 'never')),
  said_by        text not null,
  said_on        date not null,
  entry_id       bigint not null references entry,
  check (person_id <> other_id)
);
create index relationship_family on relationship (family_ref, id);
create index relationship_person on relationship (person_id);
create index relationship_other on relationship (other_id);

-- Who lives in which of a family's homes, from when until when: the open row is where they live now.
create table home_stay (
  id         bigint generated always as identity primary key,
  family_ref text not null references family,
  person_id  bigint not null references person,
  home       text not null check (home in ('first', 'second', 'third', 'away')),
  since_on   date,
  said_by    text not null,
  said_on    date not null,
  entry_id   bigint not null references entry
);
create index home_stay_family on home_stay (family_ref, person_id, id desc);
