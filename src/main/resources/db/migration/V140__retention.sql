-- Who keeps the rules of keeping, and answers requests for what is held.
insert into app_role (code, name) values ('information-governance-officer', 'Information governance officer');
alter table app_role add column governs boolean not null default false;
update app_role set governs = true where code = 'information-governance-officer';

-- Nothing of a family that is under legal hold is destroyed, nor of its people anywhere else, until it is lifted.
create table legal_hold (
  id          bigint generated always as identity primary key,
  family_ref  text not null references family,
  reason      text not null check (reason <> ''),
  set_by      text not null references app_user,
  set_at      timestamptz not null,
  lifted_by   text references app_user,
  lifted_at   timestamptz,
  lift_reason text,
  check ((lifted_by is null) = (lifted_at is null) and (lifted_by is null) = (lift_reason is null))
);
create unique index legal_hold_now on legal_hold (family_ref) where lifted_at is null;
create index legal_hold_family on legal_hold (family_ref, id desc);
revoke update, delete on legal_hold from ${application};
grant update (lifted_by, lifted_at, lift_reason) on legal_hold to ${application};

-- The record of one person in one family, proposed to be destroyed; later the certificate that it was. Kinds, counts, dates, the rule and who: no content and no name of
-- the person, so it outlives the record and points to nothing.
create table destruction (
  id           bigint generated always as identity primary key,
  family       text not null,
  person       bigint not null,
  position     text not null check (position in ('child', 'adult')),
  process_id   text,
  rule         text not null,
  rule_title   text not null,
  rule_source  text not null,
  rule_status  text not null,
  kept_until   date not null,
  reason       text not null,
  proposed_by  text not null references app_user,
  proposed_at  timestamptz not null,
  confirmed_by text references app_user,
  confirmed_at timestamptz,
  state        text not null check (state in ('proposed', 'confirmed', 'done', 'kept')),
  kept_because text,
  ended_at     timestamptz,
  whole_family boolean,
  counts       jsonb,
  check (confirmed_by <> proposed_by),
  check ((confirmed_by is null) = (confirmed_at is null)),
  check ((state in ('done', 'kept')) = (ended_at is not null)),
  check (state <> 'done' or confirmed_by is not null and counts is not null)
);
create unique index destruction_open on destruction (family, person) where state in ('proposed', 'confirmed');
create index destruction_done on destruction (family, person) where state = 'done';
-- What was proposed stays as it was; that it was carried out is written by the function below alone.
revoke update, delete on destruction from ${application};
grant update (confirmed_by, confirmed_at, state, kept_because, ended_at) on destruction to ${application};

-- Whether the asking user governs: sees certificates, and requests for what is held.
create function asking_governs() returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from user_role r join app_role a on a.code = r.role and a.governs where r.username = any(asking('me')))
$$;

-- What is filed and decided is final, with one exception: the owner's function that destroys a record takes these rows away. The audit has no exception.
create or replace function refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and tg_table_name in ('entry', 'decision_taken', 'known_decision') and current_setting('thinkfamily.destroying', true) = tg_table_schema || ' ' || txid_current() then
    return old;
  end if;
  raise exception '% rows are never changed or deleted', tg_table_name;
end $$;

-- Why a record may not be destroyed at this moment, whatever any table of rules says; null: nothing forbids it. Checked by destroy_record itself.
create function forbids_destruction(of_family text, of_people bigint[]) returns text language sql stable security definer set search_path = public, pg_temp as $$
  select case
    when exists (select 1 from legal_hold h where h.lifted_at is null
                  and (h.family_ref = of_family or exists (select 1 from family_member m where m.family_ref = h.family_ref and m.person_id = any(of_people)))) then 'hold'
    when exists (select 1 from work_item w where w.family_ref = of_family and w.done_at is null and w.process_key <> 'destruction')
      or exists (select 1 from act_ru_execution e join act_re_procdef d on d.id_ = e.proc_def_id_
                  where e.business_key_ = of_family and e.parent_id_ is null and d.key_ <> 'destruction')
      or exists (select 1 from involvement i join app_role r on r.code = i.role where i.family_ref = of_family and i.ended_on is null and not r.governs) then 'open'
    -- Care Planning, Placement and Case Review Regulations 2010, regulations 49 and 50: no table shortens it.
    when exists (
      select 1 from care_period c join person p on p.id = c.child_id
        left join person_fact d on d.person_id = p.id and d.fact = 'diedOn' and d.replaced_at is null
       where c.child_id = any(of_people)
         and (p.date_of_birth is null
              or case when d.value::date < p.date_of_birth + interval '18 years' then d.value::date + interval '15 years' else p.date_of_birth + interval '75 years' end
                 > record_time() at time zone 'Europe/London')) then 'looked-after'
  end
$$;

/*
 * Destroys what the confirmed proposal names: the record of one person in one family, and with the last person what belongs to the family as a whole. An entry about several
 * people is in the record of each, and goes with the last of them; a correction goes with what it corrects. Runs with the owner's rights, because the application may not
 * delete what was filed. Checks by itself that two people agreed, and that nothing forbids it; whoever sets a legal hold at the same moment waits, or is seen.
 * Gives back whether it was destroyed; if not, the proposal says why. The family's reference stays in use, with nothing behind it.
 */
create function destroy_record(of_destruction bigint, at timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  d destruction;
  people bigint[];
  gone bigint[];
  last boolean;
  elsewhere boolean;
  entries bigint[];
  processes text[];
  clocks bigint[];
  checks bigint[];
  forbidden text;
  of_history text;
  counted jsonb := '{}';
  n bigint;
begin
  select * into d from destruction where id = of_destruction and state = 'confirmed' for update;
  if d.id is null then
    return false;
  end if;
  if d.confirmed_by is null or d.confirmed_by = d.proposed_by then
    raise exception 'a destruction needs two people';
  end if;
  perform 1 from family where ref = d.family for update;
  people := array(select id from person where d.person in (id, merged_into));
  forbidden := case when d.kept_until > (record_time() at time zone 'Europe/London')::date then 'rule'
                    when not exists (select 1 from family_member where family_ref = d.family and person_id = d.person) then 'gone'
                    else forbids_destruction(d.family, people) end;
  if forbidden is not null then
    update destruction set state = 'kept', kept_because = forbidden, ended_at = at where id = d.id;
    return false;
  end if;

  gone := people || array(select p.id from destruction e join person p on e.person in (p.id, p.merged_into) where e.family = d.family and e.state = 'done');
  last := not exists (select 1 from family_member where family_ref = d.family and person_id <> all(gone));
  elsewhere := exists (select 1 from family_member m where m.person_id = any(people) and m.family_ref <> d.family
                          and not exists (select 1 from destruction e where e.family = m.family_ref and e.person = d.person and e.state = 'done'));
  with recursive chain (root, id) as (
    select e.id, e.id from entry e where e.family_ref = d.family and e.supersedes is null
    union all select c.root, e.id from chain c join entry e on e.supersedes = c.id)
  select coalesce(array_agg(chain.id), '{}') into entries from chain
   where chain.root in (select c.root from chain c join entry e on e.id = c.id group by c.root
                         having last or bool_and(e.about <@ gone) and bool_or(cardinality(e.about) > 0));
  processes := case when last
      then array(select h.id_::text from act_hi_procinst h where h.business_key_ = d.family and not exists (select 1 from act_ru_execution r where r.proc_inst_id_ = h.id_))
      else array(select distinct e.process_id from entry e where e.id = any(entries) and e.process_id is not null
                    and not exists (select 1 from act_ru_execution r where r.proc_inst_id_ = e.process_id)
                    and not exists (select 1 from entry o where o.process_id = e.process_id and o.id <> all(entries))
                    and not exists (select 1 from work_item w where w.process_id = e.process_id and not w.about <@ gone)) end;
  perform set_config('thinkfamily.destroying', 'public ' || txid_current(), true);

  -- Files, what was said about entries, and what happened before.
  delete from attachment_part where attachment_id in (select id from attachment where entry_id = any(entries));
  insert into attachment_orphan (object_key, noted_at) select object_key, at from attachment where entry_id = any(entries) and object_key is not null on conflict do nothing;
  delete from attachment where entry_id = any(entries);
  get diagnostics n = row_count; counted := counted || jsonb_build_object('files', n);
  delete from copy_confirmed where entry_id = any(entries) or person_id = any(people);
  delete from chronology_mark where family_ref = d.family and (last or item = any(select 'entry-' || id from unnest(entries) id)
      or item = any(select 'history-' || h.id from history_event h where h.family_ref = d.family and cardinality(h.about) > 0 and h.about <@ gone));
  delete from history_event where family_ref = d.family and (last or entry_id = any(entries) or cardinality(about) > 0 and about <@ gone);
  get diagnostics n = row_count; counted := counted || jsonb_build_object('events', n);
  delete from history_import i where family_ref = d.family and not exists (select 1 from history_event h where h.import_id = i.id);

  -- What features know: codes and dates of this person, and of the family with its last.
  delete from review_decision where review_id in (select r.id from review r join care_period c on c.id = r.care_period_id where c.child_id = any(people) and c.family_ref = d.family)
     or entry_id = any(entries);
  update review_decision set outcome_entry_id = null where outcome_entry_id = any(entries);
  delete from review where care_period_id in (select id from care_period where child_id = any(people) and family_ref = d.family);
  update review set late_entry_id = null where late_entry_id = any(entries);
  update review set adjourned_entry_id = null where adjourned_entry_id = any(entries);
  update review set held_entry_id = null where held_entry_id = any(entries);
  update review set planned_entry_id = null where planned_entry_id = any(entries);
  update review set early_entry_id = null where early_entry_id = any(entries);
  update review set early_decided_entry_id = null where early_decided_entry_id = any(entries);
  delete from care_period where child_id = any(people) and family_ref = d.family;
  update care_period set ended_entry_id = null where ended_entry_id = any(entries);
  delete from contact_arrangement where plan_id in (select id from contact_plan where family_ref = d.family and (last or child_id = any(people) or proposed_entry_id = any(entries)));
  delete from contact_plan where family_ref = d.family and (last or child_id = any(people) or proposed_entry_id = any(entries));
  update contact_plan set agreed_entry_id = null where agreed_entry_id = any(entries);
  update contact_plan set confirmed_entry_id = null where confirmed_entry_id = any(entries);
  update contact_plan set ended_entry_id = null where ended_entry_id = any(entries);
  delete from contact_judgement where entry_id = any(entries);
  delete from contact_decision where entry_id = any(entries);
  if not elsewhere then
    delete from contact_judgement where child_id = any(people);
    delete from contact_decision where child_id = any(people);
    delete from contact_suggestion where child_id = any(people);
  end if;
  delete from parent_condition where family_ref = d.family and (last or parent_id = any(people)) or entry_id = any(entries);
  update challenge set answered_entry = null where answered_entry = any(entries);
  delete from challenge where family_ref = d.family and last or raised_entry = any(entries);
  delete from assessment_part where entry_id = any(entries) or last and process_id in (select process_id from assessment where family_ref = d.family);
  update assessment_part set person_id = null where person_id = any(people) and process_id in (select process_id from assessment where family_ref = d.family);
  delete from assessment_child where (last or child_id = any(people)) and process_id in (select process_id from assessment where family_ref = d.family);
  update assessment set signed_alone = null, signed_alone_entry = null where signed_alone_entry = any(entries);
  delete from assessment_signature where last and process_id in (select process_id from assessment where family_ref = d.family);
  delete from assessment where last and family_ref = d.family;
  update referral set decision_entry = null where decision_entry = any(entries);
  delete from referral where last and family_ref = d.family;
  delete from relationship where family_ref = d.family and (last or entry_id = any(entries) or person_id = any(gone) and other_id = any(gone));
  delete from home_stay where family_ref = d.family and (last or entry_id = any(entries) or person_id = any(people));

  -- What was shared, on which ground, and who worked with the family.
  delete from sharing where family_ref = d.family and (last or person_id = any(people)) or asked_entry = any(entries);
  get diagnostics n = row_count; counted := counted || jsonb_build_object('sharing', n);
  update sharing set decided_entry = null where decided_entry = any(entries);
  if not elsewhere then
    update sharing set recipient_person = null where recipient_person = any(people);
  end if;
  delete from consent where family_ref = d.family and (last or person_id = any(people)) or entry_id = any(entries);
  get diagnostics n = row_count; counted := counted || jsonb_build_object('consents', n);
  delete from kept where family_ref = d.family and last or entry_id = any(entries) or process_id = any(processes);
  update change_of_worker set entry_id = null where entry_id = any(entries);
  delete from change_of_worker where last and family_ref = d.family;

  -- Requests for what is held, with what was written to be released in part.
  delete from access_item where request_id in (select id from access_request where person_id = any(people) and (not elsewhere or family = d.family));
  delete from access_request where person_id = any(people) and (not elsewhere or family = d.family);
  delete from access_item where family = d.family and (last or entry = any(entries));

  -- Work, clocks, mail, decisions by rule.
  clocks := array(select id from clock where family_ref = d.family and (last or person_id = any(people)));
  delete from mail_refusal where mail_id in (select id from outgoing_mail where clock_id = any(clocks) or last and family_ref = d.family);
  delete from outgoing_mail where clock_id = any(clocks) or last and family_ref = d.family;
  get diagnostics n = row_count; counted := counted || jsonb_build_object('mails', n);
  delete from clock_change where clock_id = any(clocks);
  delete from clock where id = any(clocks);
  get diagnostics n = row_count; counted := counted || jsonb_build_object('clocks', n);
  delete from draft where subject in (select 'task:' || id from work_item where family_ref = d.family and (last or entry_id = any(entries) or cardinality(about) > 0 and about <@ gone))
     or last and subject like '%' || d.family || '%' or subject in (select 'correction:' || id from unnest(entries) id);
  get diagnostics n = row_count; counted := counted || jsonb_build_object('drafts', n);
  delete from repeated_request where concat_ws(' ', key, location, body) ~ (d.family || '\M') or location = any(select '/entries/' || id from unnest(entries) id);
  delete from work_item where family_ref = d.family and (last or entry_id = any(entries) or cardinality(about) > 0 and about <@ gone);
  get diagnostics n = row_count; counted := counted || jsonb_build_object('tasks', n);
  delete from decision_taken where family_ref = d.family and (last or person_id = any(people) or process_id = any(processes));
  get diagnostics n = row_count; counted := counted || jsonb_build_object('decisions', n);
  delete from entry where id = any(entries);
  get diagnostics n = row_count; counted := counted || jsonb_build_object('entries', n);

  -- What the engine remembers: ids and codes, of processes of which nothing is left.
  delete from act_hi_dec_in where dec_inst_id_ in (select id_ from act_hi_decinst where proc_inst_id_ = any(processes));
  delete from act_hi_dec_out where dec_inst_id_ in (select id_ from act_hi_decinst where proc_inst_id_ = any(processes));
  for of_history in select c.table_name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
                     where c.table_schema = 'public' and c.column_name = 'proc_inst_id_' and t.table_type = 'BASE TABLE' and c.table_name like 'act\_hi\_%' and c.table_name <> 'act_hi_procinst' loop
    execute format('delete from %I where proc_inst_id_ = any($1)', of_history) using processes;
  end loop;
  delete from act_ge_bytearray where root_proc_inst_id_ = any(processes);
  delete from act_hi_procinst where id_ = any(processes);
  get diagnostics n = row_count; counted := counted || jsonb_build_object('processes', n);

  -- What is known of the person, as long as no other family's record of them is kept; and with whom they were known.
  delete from person_fact where person_id = any(people) and (not elsewhere or family_ref = d.family and fact in ('home', 'relationship', 'youngCarer'));
  get diagnostics n = row_count; counted := counted || jsonb_build_object('facts', n);
  if not elsewhere then
    delete from fact_source where person_id = any(people);
    delete from person_address where person_id = any(people);
    get diagnostics n = row_count; counted := counted || jsonb_build_object('addresses', n);
    delete from person_other_name where person_id = any(people);
    delete from person_merge where person_id = any(people) or merged_id = any(people);
    checks := array(select distinct check_id from known_match where person_id = any(people));
    delete from known_decision where match_id in (select id from known_match where person_id = any(people));
    delete from known_match where person_id = any(people);
    delete from known_check where id = any(checks) and not exists (select 1 from known_match m where m.check_id = known_check.id);
    get diagnostics n = row_count; counted := counted || jsonb_build_object('checks', n);
  end if;
  delete from involvement where family_ref = d.family and (last or person_id = any(people));
  if last then
    delete from demo_family where family_ref = d.family;
    delete from break_glass where family_ref = d.family;
    delete from legal_hold where family_ref = d.family;
    delete from person_merge where family_ref = d.family;
    delete from family_member where family_ref = d.family;
  elsif not exists (select 1 from entry e where e.family_ref = d.family and e.about && people) then
    delete from family_member where family_ref = d.family and person_id = any(people);
  end if;

  -- Whoever stands in somebody else's record is still named there, with nothing else.
  for n in select each from unnest(case when elsewhere then '{}'::bigint[] when last then gone else people end) each order by 1 desc loop
    begin
      if exists (select 1 from entry e where n = any(e.about)) or exists (select 1 from history_event h where n = any(h.about)) then
        raise foreign_key_violation;
      end if;
      delete from person where id = n;
    exception when foreign_key_violation then
      if n = any(people) then
        update person set nhs_number = null, sex = null, gp_practice_id = null, school_id = null where id = n;
      end if;
    end;
  end loop;
  perform set_config('thinkfamily.destroying', '', true);
  update destruction set state = 'done', ended_at = at, whole_family = last, counts = counted where id = d.id;
  return true;
end $$;

revoke execute on function asking_governs, forbids_destruction, destroy_record from public;
grant execute on function asking_governs, forbids_destruction, destroy_record to ${application};
