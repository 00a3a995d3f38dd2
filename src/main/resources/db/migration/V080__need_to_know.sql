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
create function acts_as_system() returns boolean language sql stable as $$
  select coalesce(pg_catalog.current_setting('thinkfamily.acting', true), '') like 'system:%'
$$;

-- What sight of the asking user rests on, looked up at most once a statement and kept in settings of the transaction until the next:
-- me: the user, when enabled. workers: the user and those for whom the user stands in today. queues: team and role. teams: those the user oversees.
-- opened: families opened in an emergency that lasts.
create function asking(what text) returns text[] language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  asks text := coalesce(current_setting('thinkfamily.acting', true), '');
  this_statement text := asks || ' ' || statement_timestamp();
  who text;
  team text;
begin
  if this_statement is distinct from current_setting('thinkfamily.asked_at', true) then
    select u.username, u.team_id into who, team from app_user u where u.enabled and asks like 'user:%' and u.username = substr(asks, 6);
    perform
      set_config('thinkfamily.me', array(select who where who is not null)::text, true),
      set_config('thinkfamily.workers', array(select who where who is not null union
          select d.username from deputy d where d.deputy = who and d.ended_at is null and (record_time() at time zone 'Europe/London')::date between d.from_on and d.until_on)::text, true),
      set_config('thinkfamily.queues', array(select team || ' ' || r.role from user_role r where r.username = who and team is not null)::text, true),
      set_config('thinkfamily.teams', array(select m.team_id from managed_team m where m.username = who union
          select team from user_role r join app_role a on a.code = r.role and a.manages where r.username = who and team is not null)::text, true),
      set_config('thinkfamily.opened', array(select b.family_ref from break_glass b where b.username = who and b.until_at > record_time())::text, true),
      set_config('thinkfamily.asked_at', this_statement, true);
  end if;
  return current_setting('thinkfamily.' || what)::text[];
end $$;

-- The families the asking user sees at this moment by involvement: the rule of access.Policy, looked up by PostgreSQL itself with the owner's rights.
-- Whoever asks sees no row but those.
create view sight with (security_barrier) as
  select i.family_ref from involvement i
   where i.ended_on is null
     and (i.username = any((select asking('workers'))::text[])
          or i.username is null and i.team_id || ' ' || i.role = any((select asking('queues'))::text[])
          or i.team_id = any((select asking('teams'))::text[]));
revoke insert, update, delete on sight from ${application};

-- What was opened in an emergency stays as it was; a deputy's time can only be ended.
revoke update, delete on break_glass from ${application};
revoke delete on deputy from ${application};
