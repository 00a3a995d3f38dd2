/*
 * Whether a person is known, as before, without reading everybody whose name sounds alike and who was born in the same year: name (35) and year (8) together come to 43, below
 * the 48 of a possible match. Who has the number or the postcode besides is found by those.
 */
create or replace function known_ask(asker text, team text, at timestamptz, most_in_an_hour integer, why text, why_words text,
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
