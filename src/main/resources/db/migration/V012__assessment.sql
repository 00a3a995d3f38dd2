-- A joint assessment: one row for each that was allocated. Its dates due are clocks; its words are entries.
create table assessment (
  process_id         text primary key,
  family_ref         text not null references family,
  adult_id           bigint references person,
  started_on         date not null,
  factors            text[] not null default '{}',
  agreed             boolean,
  signed_alone       text check (signed_alone in ('childrens', 'adult')),
  signed_alone_entry bigint references entry,
  authorised_on      date,
  authorised_by      text references app_user,
  completed_on       date,
  check ((signed_alone is null) = (signed_alone_entry is null)),
  check ((authorised_on is null) = (authorised_by is null)),
  check (completed_on is null or authorised_on is not null)
);
create index assessment_family on assessment (family_ref, started_on);

-- What was asked of each side. given = false: answered, but it could not be had; the entry says why.
create table assessment_part (
  process_id text not null references assessment,
  part       text not null check (part in ('childrens-side', 'adult-side', 'gp', 'child-seen', 'child-alone')),
  person_id  bigint references person,
  given      boolean not null,
  entry_id   bigint not null references entry,
  unique nulls not distinct (process_id, part, person_id)
);

-- How each side sees the risk to a child, and what came of the assessment for that child.
create table assessment_child (
  process_id      text not null references assessment,
  child_id        bigint not null references person,
  childrens_band  text,
  adult_band      text,
  change_possible text,
  outcome         text,
  primary key (process_id, child_id)
);

create table assessment_signature (
  process_id text not null references assessment,
  side       text not null check (side in ('childrens', 'adult', 'adult-manager')),
  username   text not null references app_user,
  signed_on  date not null,
  primary key (process_id, side)
);
