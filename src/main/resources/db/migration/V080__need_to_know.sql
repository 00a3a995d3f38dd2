-- Sight that is opened in an emergency, by whom, why and until when. It ends by itself; it can end sooner.
create table break_glass (
  id         bigint generated always as identity primary key,
  family_ref text not null references family,
  username   text not null references app_user,
  role       text not null,
  reason     text not null check (reason <> ''),
  opened_at  timestamptz not null,
  until_at   timestamptz not null,
  check (until_at > opened_at and until_at <= opened_at + interval '24 hours')
);
create index break_glass_user on break_glass (username, until_at);
create index break_glass_family on break_glass (family_ref, id desc);

-- Who stands in for whom, from the first day to the last.
create table deputy (
  id       bigint generated always as identity primary key,
  username text not null references app_user,
  deputy   text not null references app_user,
  from_on  date not null,
  until_on date not null,
  named_by text not null,
  named_at timestamptz not null,
  ended_at timestamptz,
  check (username <> deputy),
  check (from_on <= until_on)
);
create index deputy_of on deputy (deputy) where ended_at is null;
create index deputy_for on deputy (username) where ended_at is null;

-- A family whose every involvement has ended is found as well.
create index involvement_family on involvement (family_ref);

-- The moment it is for everybody: the machine's, and in the demonstration as far ahead as that has been moved.
create function record_time() returns timestamptz language sql stable security definer set search_path = public, pg_temp as $$
  select now() + coalesce((select ahead_ms from demo_clock), 0) * interval '1 millisecond'
$$;

-- Whether the product acts by itself: only what the application declares (access.Acting).
create function acts_as_system() returns boolean language sql stable set search_path = public, pg_temp as $$
  select coalesce(current_setting('thinkfamily.acting', true), '') like 'system:%'
$$;

-- Who asks, when that is an enabled user; else null.
create function asking_user() returns text language sql stable security definer set search_path = public, pg_temp as $$
  select username from app_user where enabled and 'user:' || username = current_setting('thinkfamily.acting', true)
$$;

-- The users whose work the asking user may see and do: the own, and of those whose deputy the user is today.
create function stands_in_for() returns setof text language sql stable security definer set search_path = public, pg_temp as $$
  select asking_user() where asking_user() is not null
  union
  select d.username from deputy d
   where d.deputy = asking_user() and d.ended_at is null and (record_time() at time zone 'Europe/London')::date between d.from_on and d.until_on
$$;

-- The teams whose work and families the asking user oversees.
create function managed_teams() returns setof text language sql stable security definer set search_path = public, pg_temp as $$
  select m.team_id from managed_team m where m.username = asking_user()
  union
  select u.team_id from app_user u join user_role r using (username) join app_role a on a.code = r.role and a.manages
   where u.username = asking_user() and u.team_id is not null
$$;

-- The families the asking user may see at this moment: the rule of access.Policy, looked up by PostgreSQL itself. It runs with the owner's rights.
create function visible_families() returns setof text language plpgsql stable security definer rows 50 set search_path = public, pg_temp as $$
declare
  asks text := asking_user();
  team text;
begin
  if asks is null then
    return;
  end if;
  select u.team_id into team from app_user u where u.username = asks;
  return query
    select i.family_ref from involvement i where i.ended_on is null and i.username in (select stands_in_for())
    union all
    select i.family_ref from involvement i join user_role r on r.username = asks and r.role = i.role
     where i.ended_on is null and i.username is null and i.team_id = team
    union all
    select i.family_ref from involvement i where i.ended_on is null and i.team_id in (select managed_teams())
    union all
    select b.family_ref from break_glass b where b.username = asks and b.until_at > record_time();
end $$;

-- What was opened in an emergency stays as it was; a deputy's time can only be ended.
revoke update, delete on break_glass from ${application};
revoke delete on deputy from ${application};
