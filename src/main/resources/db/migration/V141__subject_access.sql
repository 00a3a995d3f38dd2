-- A request by or for a person to see what is held about them. state: open (items are gone through), decided, checked, answered, withdrawn.
create table access_request (
  id          bigint generated always as identity primary key,
  family      text not null references family,
  person_id   bigint not null references person,
  received_on date not null,
  state       text not null check (state in ('open', 'decided', 'checked', 'answered', 'withdrawn')),
  opened_at   timestamptz not null,
  decided_by  text references app_user,
  checked_by  text references app_user,
  ended_at    timestamptz,
  check (checked_by <> decided_by),
  check ((state in ('answered', 'withdrawn')) = (ended_at is not null))
);
create unique index access_request_open on access_request (person_id) where ended_at is null;
create index access_request_family on access_request (family);

-- One thing held about the person and what was decided about it. It says where the original stands (entry with the field of the answer, or kind and id) and never changes
-- that; words: what of it is released in part. restricted: what kept it from being released at the start.
create table access_item (
  id         bigint generated always as identity primary key,
  request_id bigint not null references access_request,
  position   integer not null,
  kind       text not null check (kind in ('answer', 'fact', 'event', 'file')),
  family     text not null references family,
  entry      bigint,
  source     text not null,
  restricted text,
  decision   text check (decision in ('release', 'part', 'withhold')),
  reason     text,
  words      text,
  decided_by text references app_user,
  decided_at timestamptz,
  unique (request_id, position),
  check ((decision in ('part', 'withhold')) = (reason is not null)),
  check ((decision = 'part') = (words is not null))
);
create index access_item_undecided on access_item (request_id, position) where decision is null;
create index access_item_family on access_item (family);
revoke delete on access_request, access_item from ${application};
