-- Everything that was said of a person, with who said it, when, how sure it is, and what became of it. The row that was not replaced is in force.
create table person_fact (
  id          bigint generated always as identity primary key,
  person_id   bigint not null references person,
  family_ref  text not null references family,
  fact        text not null,
  value       text not null,
  status      text not null check (status in ('said', 'seen', 'in-doubt')),
  said_by     text not null,
  said_on     date not null,
  said_at     timestamptz not null,
  source      text not null,
  replaced_at timestamptz,
  replaced_as text check (replaced_as in ('changed', 'wrong', 'confirmed')),
  check ((replaced_at is null) = (replaced_as is null))
);
-- What somebody is to the children of a family, and whether they live with it, is said for each family.
create unique index person_fact_now on person_fact (person_id, fact) where replaced_at is null and fact not in ('home', 'relationship', 'youngCarer');
create unique index person_fact_now_in_family on person_fact (person_id, family_ref, fact) where replaced_at is null and fact in ('home', 'relationship', 'youngCarer');
create index person_fact_wrong on person_fact (person_id) where replaced_as = 'wrong';

insert into person_fact (person_id, family_ref, fact, value, status, said_by, said_on, said_at, source)
select s.person_id, s.family_ref, s.fact, known.value, 'said', s.said_by, s.said_on, s.said_on, s.source
  from fact_source s join person p on p.id = s.person_id left join family_member m on m.person_id = s.person_id and m.family_ref = s.family_ref
  left join person_address a on a.person_id = s.person_id and a.until_on is null
 cross join lateral (select case s.fact when 'firstName' then p.first_name when 'lastName' then p.last_name when 'dateOfBirth' then p.date_of_birth::text
                                        when 'expectedOn' then p.expected_on::text when 'nhsNumber' then p.nhs_number when 'sex' then p.sex
                                        when 'gpPractice' then coalesce(p.gp_practice_id, 'not-known') when 'school' then coalesce(p.school_id, 'not-known')
                                        when 'home' then m.home when 'relationship' then m.relationship when 'youngCarer' then m.young_carer
                                        when 'address' then a.address end as value) known
 where known.value is not null;

/*
 * Keeps what was said of a person. What was said before and is not the same is replaced: confirmed when only the status is new, else as the caller says
 * (changed: it was right then; wrong: it never was).
 */
create function keep_facts(of_person bigint, family text, facts text[], answers text[], as_status text, instead text, by_whom text, on_day date, at timestamptz, from_where text)
returns void language plpgsql as $$
begin
  update person_fact f set replaced_at = at, replaced_as = case when f.value = s.answer then 'confirmed' else instead end
    from unnest(facts, answers) as s(fact, answer)
   where f.person_id = of_person and f.fact = s.fact and f.replaced_at is null
     and (f.value <> s.answer or f.status <> as_status)
     and (f.family_ref = family or f.fact not in ('home', 'relationship', 'youngCarer'));
  insert into person_fact (person_id, family_ref, fact, value, status, said_by, said_on, said_at, source)
  select of_person, family, s.fact, s.answer, as_status, by_whom, on_day, at, from_where from unnest(facts, answers) as s(fact, answer)
  on conflict do nothing;
  insert into fact_source (person_id, fact, family_ref, said_by, said_on, source)
  select of_person, fact, family, by_whom, on_day, from_where from unnest(facts) fact
  on conflict (person_id, fact) do update
     set family_ref = excluded.family_ref, said_by = excluded.said_by, said_on = excluded.said_on, source = excluded.source;
end $$;
