-- The families of the synthetic authority that were built to their end. Empty outside the demo profile.
create table demo_family (
  storyline  text not null,
  number     integer not null,
  family_ref text references family,
  built_at   timestamptz not null,
  primary key (storyline, number)
);
