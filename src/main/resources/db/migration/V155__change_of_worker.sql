-- Who worked with a family in a role, and who does from then on. from_user, to_user null: a team's queue. entry_id: what the worker who left wrote, or null when nobody
-- handed over. Never changed, but for the entry that comes a moment after it.
create table change_of_worker (
  id         bigint generated always as identity primary key,
  family_ref text not null references family,
  role       text not null references app_role,
  from_user  text references app_user,
  to_user    text references app_user,
  changed_at timestamptz not null,
  entry_id   bigint references entry
);
create index change_of_worker_family on change_of_worker (family_ref, id desc);
revoke update, delete on change_of_worker from ${application};
grant update (entry_id) on change_of_worker to ${application};
