-- How far the demonstration's time is ahead of the machine's. Empty outside the demo profile.
create table demo_clock (
  one      boolean primary key default true check (one),
  ahead_ms bigint not null check (ahead_ms >= 0),
  moved_at timestamptz not null
);
