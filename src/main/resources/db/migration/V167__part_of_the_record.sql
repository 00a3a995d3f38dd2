-- What of a family a role sees of what others have filed, as dmn/who-sees-what.dmn says for "others-entries": always all of it, all only as the named worker, or none.
alter table app_role add column sees_others text not null default 'all' check (sees_others in ('all', 'named', 'none'));

-- Whether everything others have filed in a family in sight is in sight of who asks, whatever the family: looked up at most once a statement.
create function asking_whole() returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return acts_as_system() or not exists (
    select 1 from user_role r join app_role a on a.code = r.role and a.sees_others <> 'all' where r.username = any(asking('workers')));
end $$;

-- The same for one family, for somebody with a role that does not see everything everywhere: through another role, as the named worker, or in an emergency.
create function seen_whole(family text) returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return family = any(asking('opened')) or exists (
    select 1 from involvement i join app_role a on a.code = i.role and (a.sees_others = 'all' or a.sees_others = 'named' and i.username is not null)
     where i.family_ref = family and i.ended_on is null
       and (i.username = any(asking('workers')) or i.username is null and i.team_id || ' ' || i.role = any(asking('queues')) or i.team_id = any(asking('teams'))));
end $$;

-- Whether somebody is who asks, or works in the same team: what they filed, who asks may read.
create function of_my_team(author text) returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return author = any(asking('me')) or exists (
    select 1 from app_user a join app_user b on b.team_id = a.team_id where a.username = author and b.username = any(asking('me')));
end $$;

grant execute on function asking_whole, seen_whole, of_my_team to ${application};
