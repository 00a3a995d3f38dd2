-- A service can be rung up, when it has given a number.
alter table team add column phone text;

-- Names a person had before, or is also known by.
create table person_other_name (
  id         bigint generated always as identity primary key,
  person_id  bigint not null references person,
  first_name text not null,
  last_name  text not null,
  family_ref text not null references family,
  said_by    text not null,
  said_on    date not null,
  source     text not null,
  unique (person_id, first_name, last_name)
);

-- A person who was recorded twice. Both rows stay, with everything that points to them: the one that is no longer used points to the one that is.
alter table person add column merged_into bigint references person check (merged_into <> id);
create index person_merged_into on person (merged_into) where merged_into is not null;

-- Whether somebody is known to services is found by postcode, and by the sound of a name in a year of birth, among millions of people.
alter table person_address add column postcode text generated always as (
  regexp_replace(substring(upper(address) from '\m([A-Z]{1,2}[0-9][A-Z0-9]?\s*[0-9][A-Z]{2})\s*$'), '\s', '', 'g')) stored;
create index person_address_postcode on person_address (postcode) where postcode is not null;
-- An address that must not become known to everybody who sees the family; it is nowhere searched.
alter table person_address add column withheld boolean not null default false;
create index person_sound_born on person (dmetaphone(last_name), date_of_birth);

-- Every check, with what was typed, why, and what was answered.
create table known_check (
  id              bigint generated always as identity primary key,
  asked_at        timestamptz not null,
  asked_by        text not null references app_user,
  asked_team      text references team,
  reason          text not null,
  reason_words    text,
  nhs_number      text,
  first_name      text,
  last_name       text,
  date_of_birth   date,
  postcode        text,
  answer          text not null check (answer in ('known', 'not-known', 'cannot-say')),
  band            text check (band in ('strong', 'fair')),
  asked_to_confirm timestamptz
);
create index known_check_asked on known_check (asked_by, id desc);

-- Whom a check may have meant. The application's role cannot read it: it says who is in families that the asker may not see.
create table known_match (
  id         bigint generated always as identity primary key,
  check_id   bigint not null references known_check,
  person_id  bigint not null references person,
  score      integer not null,
  teams      text[] not null,
  state      text not null check (state in ('certain', 'possible', 'asked', 'confirmed', 'refused', 'undone'))
);
create index known_match_check on known_match (check_id);
create index known_match_person on known_match (person_id);
create index known_match_teams on known_match using gin (teams);

-- What people of the services said about a match, never changed.
create table known_decision (
  id         bigint generated always as identity primary key,
  match_id   bigint not null references known_match,
  state      text not null,
  reason     text,
  decided_by text not null references app_user,
  decided_at timestamptz not null
);
create index known_decision_match on known_decision (match_id, id desc);
create trigger known_decision_is_final before update or delete on known_decision for each row execute function refuse_change();

revoke all on known_match, known_decision from ${application};
revoke insert, update, delete on known_check from ${application};

-- How far two names are the same, 0 to 1: spelt the same, sounding the same, or sharing letters.
create function known_alike(one text, other text) returns double precision language sql immutable parallel safe as $$
  select case when coalesce(one, '') = '' or coalesce(other, '') = '' then 0
              when one = other then 1
              when dmetaphone(one) <> '' and dmetaphone(one) = dmetaphone(other) then 0.85
              else similarity(one, other) end
$$;

create function known_plain(name text) returns text language sql immutable parallel safe as $$
  select regexp_replace(lower(name), '[^[:alnum:]]', '', 'g')
$$;

-- The teams that know a person: those involved now with a family of theirs, else those that were.
create function known_teams(person bigint) returns text[] language sql stable as $$
  with involved as (
    select i.team_id, i.ended_on is null as now
      from family_member m join involvement i on i.family_ref = m.family_ref and (i.person_id is null or i.person_id = m.person_id)
     where m.person_id = person)
  select coalesce(array_agg(distinct team_id order by team_id), '{}') from involved
   where now or not exists (select 1 from involved where now)
$$;

-- What a check answers as its matches stand.
create function known_answer_of(of_check bigint) returns text language sql stable as $$
  select case when exists (select 1 from known_match where check_id = of_check and state in ('certain', 'confirmed')) then 'known'
              when exists (select 1 from known_match where check_id = of_check and state in ('possible', 'asked', 'undone')) then 'cannot-say'
              when c.nhs_number is not null or c.date_of_birth is not null then 'not-known'
              else 'cannot-say' end
    from known_check c where c.id = of_check
$$;

/*
 * Asks whether a person is known, and keeps the question and the answer. Runs with the owner's rights, because the answer is for people who may not see the
 * families it is found in; it gives back the number of the check and nothing else. Null: the asker has asked as often as is allowed in an hour.
 *
 * Who was recorded twice and joined counts as the one that is used, by the names, numbers and addresses of both.
 *
 * Score out of 100 and more: NHS number 60 (another one: -30), name 35, date of birth 30, postcode 15. Certain: the NHS number with the date of birth or the last
 * name; or name, date of birth and postcode all the same, in one person only. From 62 strong, from 48 fair, below that nobody, except who has the number.
 */
create function known_ask(asker text, team text, at timestamptz, most_in_an_hour integer, why text, why_words text,
                          number text, first text, last text, born date, place text) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  this bigint;
  days date[] := array[born];
  off_by_a_year date[];
  sound text := nullif(dmetaphone(last), '');
  first_plain text := known_plain(first);
  last_plain text := known_plain(last);
begin
  perform pg_advisory_xact_lock(hashtext('known ' || asker));
  if (select count(*) from known_check where asked_by = asker and asked_at > at - interval '1 hour') >= most_in_an_hour then
    return null;
  end if;
  insert into known_check (asked_at, asked_by, asked_team, reason, reason_words, nhs_number, first_name, last_name, date_of_birth, postcode, answer)
  values (at, asker, team, why, why_words, number, first, last, born, place, 'cannot-say') returning id into this;

  if born is not null and extract(day from born) <= 12 then
    days := days || make_date(extract(year from born)::int, extract(day from born)::int, extract(month from born)::int);
  end if;
  off_by_a_year := array[(born - interval '1 year')::date, (born + interval '1 year')::date, (born - interval '10 years')::date, (born + interval '10 years')::date];

  insert into known_match (check_id, person_id, score, teams, state)
  -- Each step is done once and no further: names are compared a few hundred times, so the planner must not work them out again and again.
  with near as materialized (
    select id, merged_into, first_name, last_name, nhs_number, date_of_birth from person where nhs_number = number
    union select id, merged_into, first_name, last_name, nhs_number, date_of_birth from person where date_of_birth = any(days)
    union select id, merged_into, first_name, last_name, nhs_number, date_of_birth from person where dmetaphone(last_name) = sound and date_of_birth = any(off_by_a_year)
    union select id, merged_into, first_name, last_name, nhs_number, date_of_birth from person where dmetaphone(last_name) = sound
             and date_of_birth between date_trunc('year', born)::date and (date_trunc('year', born) + interval '1 year - 1 day')::date
    union select p.id, p.merged_into, p.first_name, p.last_name, p.nhs_number, p.date_of_birth from person_address a join person p on p.id = a.person_id
           where a.postcode = place and not a.withheld),
  named as materialized (
    select n.id, coalesce(n.merged_into, n.id) as used, n.nhs_number, n.date_of_birth, known_plain(names.first_name) as first_name, known_plain(names.last_name) as last_name
      from near n
     cross join lateral (select n.first_name, n.last_name union all select e.first_name, e.last_name from person_other_name e where e.person_id = n.id) names),
  compared as materialized (
    select id, used, nhs_number, date_of_birth, first_plain = first_name and last_plain = last_name as same,
           known_alike(first_plain, first_name) as firsts, known_alike(last_plain, last_name) as lasts,
           known_alike(first_plain, last_name) as first_to_last, known_alike(last_plain, first_name) as last_to_first
      from named),
  alike as (
    select id, used, nhs_number, date_of_birth,
           max(greatest(firsts * 15 + lasts * 20 - case when firsts < 0.3 then 10 else 0 end, first_to_last * 15 + last_to_first * 20 - 3)) as names,
           bool_or(same) as same_name, bool_or(lasts >= 0.6) as same_last
      from compared group by id, used, nhs_number, date_of_birth),
  -- Only who can still come to 48 with a postcode is looked up among the addresses.
  counted_without as materialized (
    select a.*, case when number is null or nhs_number is null then 0 when nhs_number = number then 60 else -30 end
                + case when first is null then 0 else names end
                + case when born is null or date_of_birth is null then 0 when date_of_birth = born then 30
                       when date_of_birth = any(days) then 22 when date_of_birth = any(off_by_a_year) then 18
                       when extract(year from date_of_birth) = extract(year from born) then 8 else -10 end as without
      from alike a),
  lived as (
    select c.*, exists (select 1 from person_address l where l.person_id = c.id and l.postcode = place and l.until_on is null and not l.withheld) as lives,
           exists (select 1 from person_address l where l.person_id = c.id and l.postcode = place and not l.withheld) as has_lived
      from counted_without c
     where without + case when place is null then 0 else 15 end >= 48 or nhs_number = number),
  scored as (
    select l.used as id, without + case when lives then 15 when has_lived then 10 else 0 end as score,
           coalesce(nhs_number = number and (date_of_birth = born or same_last), false) as by_number, coalesce(nhs_number = number, false) as has_number,
           coalesce(same_name and date_of_birth = born and lives and (number is null or nhs_number is null or nhs_number = number), false) as by_all
      from lived l),
  likely as (
    select id, max(score) as score, bool_or(by_number or by_all and (select count(distinct id) from scored where by_all) = 1) as certain
      from scored where score >= 48 or has_number group by id),
  counted as (select id, score, certain, bool_or(certain) over () as any_certain, known_teams(id) as teams from likely)
  select this, id, round(score), teams, case when certain then 'certain' else 'possible' end
    from counted
   where cardinality(teams) > 0 and (certain or not any_certain)
   order by score desc, id limit 5;

  update known_check set answer = known_answer_of(this),
         band = (select case when max(score) >= 62 then 'strong' else 'fair' end from known_match where check_id = this and state = 'possible' having count(*) > 0)
   where id = this;
  return this;
end $$;

-- Which teams a check named: for the person who asked, and only where the match is certain or confirmed.
create function known_named(of_check bigint, asker text) returns table (team_name text, service text, email text, phone text)
language sql stable security definer set search_path = public, pg_temp as $$
  select t.name, s.name, t.email, t.phone
    from known_check c join known_match m on m.check_id = c.id and m.state in ('certain', 'confirmed')
    join team t on t.id = any(m.teams) join service s on s.id = t.service_id
   where c.id = of_check and c.asked_by = asker
   group by t.id, s.id order by s.name, t.name
$$;

-- What became of the match a service was asked about, for the person who asked: the newest thing said, never by whom nor why.
create function known_said(of_check bigint, asker text) returns table (state text, decided_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select d.state, d.decided_at
    from known_check c join known_match m on m.check_id = c.id join known_decision d on d.match_id = m.id
   where c.id = of_check and c.asked_by = asker order by d.id desc limit 1
$$;

-- Asks the services that may know the person to say whether it is them.
create function known_ask_services(of_check bigint, asker text, at timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update known_match m set state = 'asked' from known_check c
   where c.id = of_check and c.asked_by = asker and m.check_id = c.id and m.state = 'possible';
  if not found then
    return false;
  end if;
  update known_check set asked_to_confirm = at where id = of_check;
  return true;
end $$;

-- Whether somebody works with the person of a match, in a team it names: involved by name, through the team's queue, or as its manager.
create function known_theirs(match known_match, actor text, actor_team text, actor_roles text[], actor_manages text[]) returns text language sql stable as $$
  select i.family_ref from family_member f join involvement i on i.family_ref = f.family_ref
   where f.person_id = match.person_id and i.team_id = any(match.teams)
     and (i.ended_on is null and (i.username = actor or i.username is null and i.team_id = actor_team and i.role = any(actor_roles)) or i.team_id = any(actor_manages))
   order by i.ended_on desc nulls first, i.id desc limit 1
$$;

-- What a service is asked, and what it has answered, for the people in it who work with the person meant.
create function known_asked(actor text, actor_team text, actor_roles text[], actor_manages text[], open boolean, most integer)
returns table (id bigint, state text, family text, person bigint, person_name text, person_born date, person_number text, person_postcode text,
               asked_at timestamptz, asked_by text, asked_team text, reason text, reason_words text,
               nhs_number text, first_name text, last_name text, date_of_birth date, postcode text, said text, said_by text, said_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select m.id, m.state, known_theirs(m, actor, actor_team, actor_roles, actor_manages), p.id, p.first_name || ' ' || p.last_name, p.date_of_birth, p.nhs_number,
         (select a.postcode from person_address a where a.person_id = p.id and a.until_on is null and not a.withheld),
         c.asked_at, u.name, t.name, c.reason, c.reason_words, c.nhs_number, c.first_name, c.last_name, c.date_of_birth, c.postcode, d.reason, b.name, d.decided_at
    from known_match m join known_check c on c.id = m.check_id join person p on p.id = m.person_id join app_user u on u.username = c.asked_by
    left join team t on t.id = c.asked_team
    left join lateral (select * from known_decision k where k.match_id = m.id order by k.id desc limit 1) d on true
    left join app_user b on b.username = d.decided_by
   where m.state = any(case when open then array['asked'] else array['certain', 'confirmed', 'refused', 'undone'] end)
     and m.teams && (actor_manages || actor_team || array(select i.team_id from involvement i where i.username = actor and i.ended_on is null))
     and known_theirs(m, actor, actor_team, actor_roles, actor_manages) is not null
   order by m.id desc limit most
$$;

/*
 * Confirms, refuses or undoes a match. Gives back the family in which it was said, for the audit; null when there is no such match to decide for this person.
 * Undone is a match that was certain or confirmed; a refusal that is undone is asked again.
 */
create function known_decide(of_match bigint, what text, why text, at timestamptz, actor text, actor_team text, actor_roles text[], actor_manages text[]) returns text
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  found_match known_match;
  family text;
  becomes text;
begin
  select * into found_match from known_match where id = of_match for update;
  family := known_theirs(found_match, actor, actor_team, actor_roles, actor_manages);
  becomes := case when what = 'confirm' and found_match.state = 'asked' then 'confirmed'
                  when what = 'refuse' and found_match.state = 'asked' then 'refused'
                  when what = 'undo' and found_match.state in ('certain', 'confirmed') then 'undone'
                  when what = 'undo' and found_match.state = 'refused' then 'asked' end;
  if family is null or becomes is null then
    return null;
  end if;
  update known_match set state = becomes where id = of_match;
  insert into known_decision (match_id, state, reason, decided_by, decided_at) values (of_match, becomes, why, actor, at);
  update known_check set answer = known_answer_of(found_match.check_id) where id = found_match.check_id;
  return family;
end $$;

-- Only the application calls them, and those that are no door of their own not even it.
revoke execute on function known_ask, known_named, known_said, known_ask_services, known_asked, known_decide, known_theirs, known_answer_of, known_teams from public;
grant execute on function known_ask, known_named, known_said, known_ask_services, known_asked, known_decide to ${application};
