-- Joining two rows of one person (person.merged_into), and taking them apart.
-- before: the columns of the kept person's row that joining changed, as they were. families: to which the kept person was added.
create table person_merge (
  id          bigint generated always as identity primary key,
  family_ref  text not null references family,
  person_id   bigint not null references person,
  merged_id   bigint not null references person,
  state       text not null check (state in ('proposed', 'joined', 'undone')),
  proposed_by text not null references app_user,
  proposed_at timestamptz not null,
  choices     jsonb,
  before      jsonb,
  families    text[],
  reason      text,
  joined_by   text references app_user,
  joined_at   timestamptz,
  undo_reason text,
  undone_by   text references app_user,
  undone_at   timestamptz,
  check (person_id <> merged_id)
);
create index person_merge_person on person_merge (person_id, id desc);
create unique index person_merge_joined on person_merge (merged_id) where state = 'joined';

-- Whether something is under way about a person that names them by their number: then their row is the one that stays in use.
create function has_open_steps(person bigint) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from work_item w where w.done_at is null and (person = any(w.about) or exists (select 1 from jsonb_each_text(w.subjects) s where s.value = person::text)))
      or exists (select 1 from clock c where c.person_id = person and c.met_at is null and c.stopped_at is null)
      or exists (select 1 from care_period c where c.child_id = person and c.ended_on is null)
      or exists (select 1 from contact_plan c where c.child_id = person and c.state in ('proposed', 'in-force'))
$$;

/*
 * Joins two rows of one person, as the proposal says: the kept row takes the chosen values and becomes a member of each family of the other, which from now on
 * points to it and is otherwise left as it is. Gives back the families of both, those too that whoever joins may not see. Null: it cannot be done (any more).
 */
create function join_people(of_merge bigint, chosen jsonb, why text, by_whom text, at timestamptz) returns text[]
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  g person_merge;
  added text[];
begin
  select * into g from person_merge where id = of_merge and state = 'proposed' for update;
  perform 1 from person where id in (g.person_id, g.merged_id) order by id for update;
  if g.id is null or has_open_steps(g.merged_id) or exists (select 1 from person where id in (g.person_id, g.merged_id) and merged_into is not null)
     or exists (select 1 from person where merged_into = g.merged_id) then
    return null;
  end if;
  with copied as (
    insert into family_member (family_ref, person_id, position, relationship, home, young_carer)
    select family_ref, g.person_id, position, relationship, home, young_carer from family_member where person_id = g.merged_id
    on conflict do nothing returning family_ref)
  select coalesce(array_agg(family_ref order by family_ref), '{}') into added from copied;
  update person_merge set state = 'joined', choices = chosen, reason = why, joined_by = by_whom, joined_at = at, families = added,
         before = (select to_jsonb(k) from person k where k.id = g.person_id) where id = of_merge;
  update person k set
         first_name = case chosen ->> 'firstName' when 'merged' then d.first_name else k.first_name end,
         last_name = case chosen ->> 'lastName' when 'merged' then d.last_name else k.last_name end,
         date_of_birth = case chosen ->> 'dateOfBirth' when 'merged' then d.date_of_birth else k.date_of_birth end,
         expected_on = case chosen ->> 'dateOfBirth' when 'merged' then d.expected_on else k.expected_on end,
         nhs_number = case chosen ->> 'nhsNumber' when 'merged' then d.nhs_number else k.nhs_number end,
         sex = case chosen ->> 'sex' when 'merged' then d.sex else k.sex end,
         gp_practice_id = case chosen ->> 'gpPractice' when 'merged' then d.gp_practice_id else k.gp_practice_id end,
         school_id = case chosen ->> 'school' when 'merged' then d.school_id else k.school_id end
    from person d where k.id = g.person_id and d.id = g.merged_id;
  update person set merged_into = g.person_id where id = g.merged_id;
  return array(select distinct family_ref from family_member where person_id in (g.person_id, g.merged_id) order by 1);
end $$;

/*
 * Takes apart what was joined, the newest joining of a person first. What was taken over goes back to what it was, unless somebody has said something else since; the
 * kept person leaves the families they were added to, unless something has been filed or said about them there since.
 */
create function undo_join(of_merge bigint, why text, by_whom text, at timestamptz) returns text[]
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  g person_merge;
  concerned text[];
begin
  select * into g from person_merge where id = of_merge and state = 'joined' for update;
  if g.id is null or exists (select 1 from person_merge later where later.person_id = g.person_id and later.state = 'joined' and (later.joined_at, later.id) > (g.joined_at, g.id)) then
    return null;
  end if;
  concerned := array(select distinct family_ref from family_member where person_id in (g.person_id, g.merged_id) order by 1);
  update person k set
         first_name = case when g.choices ->> 'firstName' = 'merged' and k.first_name = d.first_name then g.before ->> 'first_name' else k.first_name end,
         last_name = case when g.choices ->> 'lastName' = 'merged' and k.last_name = d.last_name then g.before ->> 'last_name' else k.last_name end,
         date_of_birth = case when g.choices ->> 'dateOfBirth' = 'merged' and (k.date_of_birth, k.expected_on) is not distinct from (d.date_of_birth, d.expected_on)
                              then (g.before ->> 'date_of_birth')::date else k.date_of_birth end,
         expected_on = case when g.choices ->> 'dateOfBirth' = 'merged' and (k.date_of_birth, k.expected_on) is not distinct from (d.date_of_birth, d.expected_on)
                            then (g.before ->> 'expected_on')::date else k.expected_on end,
         nhs_number = case when g.choices ->> 'nhsNumber' = 'merged' and k.nhs_number is not distinct from d.nhs_number then g.before ->> 'nhs_number' else k.nhs_number end,
         sex = case when g.choices ->> 'sex' = 'merged' and k.sex is not distinct from d.sex then g.before ->> 'sex' else k.sex end,
         gp_practice_id = case when g.choices ->> 'gpPractice' = 'merged' and k.gp_practice_id is not distinct from d.gp_practice_id then g.before ->> 'gp_practice_id' else k.gp_practice_id end,
         school_id = case when g.choices ->> 'school' = 'merged' and k.school_id is not distinct from d.school_id then g.before ->> 'school_id' else k.school_id end
    from person d where k.id = g.person_id and d.id = g.merged_id;
  delete from family_member m using family_member d
   where m.person_id = g.person_id and m.family_ref = any(g.families) and d.person_id = g.merged_id and d.family_ref = m.family_ref
     and (m.position, m.relationship, m.home, m.young_carer) is not distinct from (d.position, d.relationship, d.home, d.young_carer)
     and not exists (select 1 from entry e where e.family_ref = m.family_ref and g.person_id = any(e.about) and e.filed_at >= g.joined_at)
     and not exists (select 1 from work_item w where w.family_ref = m.family_ref and g.person_id = any(w.about))
     and not exists (select 1 from person_fact f where f.family_ref = m.family_ref and f.person_id = g.person_id and f.said_at >= g.joined_at);
  update person set merged_into = null where id = g.merged_id;
  update person_merge set state = 'undone', undo_reason = why, undone_by = by_whom, undone_at = at where id = of_merge;
  return concerned;
end $$;

revoke execute on function has_open_steps, join_people, undo_join from public;
grant execute on function has_open_steps, join_people, undo_join to ${application};
