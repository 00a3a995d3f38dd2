-- Who sees which row (docs/decisions/row-level-security.md). Runs again whenever it changes, after all other migrations. Every table that holds something of a family
-- is named here; a test fails when one is not. The owner is exempt, the application is not. Without a person who asks nothing is seen and nothing is written.
-- A row is checked by one look into an index; (select true … limit 1) keeps the planner from reading all of sight instead.

do $$
declare
  rule record;
begin
  for rule in
    select of_table, replace(replace(sees, 'WHOLE', format('((select asking_whole()) or seen_whole(%I.family_ref))', of_table)), 'FAMILY', format(
        '((select true from sight s where s.family_ref = %1$s limit 1) or %1$s = any((select asking(''opened''))::text[]))',
        of_table || case of_table when 'family' then '.ref' else '.family_ref' end)) as sees
      from (values
      -- Of a family by its reference.
      ('family', 'FAMILY'),
      ('family_member', 'FAMILY'),
      -- And not what is kept from the reader (docs/decisions/sharing.md), nor, where a role sees a part of the record only, what others have filed (docs/decisions/part-of-the-record.md).
      ('entry', 'FAMILY and (process_id is null or process_id <> all((select kept_processes())::text[])) and id <> all((select kept_entries())::bigint[])
          and (WHOLE or of_my_team(author))'),
      ('decision_taken', 'FAMILY and WHOLE and (process_id is null or process_id <> all((select kept_processes())::text[]))'),
      ('clock', 'FAMILY and process_instance_id <> all((select kept_processes())::text[])'),
      ('challenge', 'FAMILY and (WHOLE or of_my_team(raised_by)) and process_id <> all((select kept_processes())::text[])'),
      ('sharing', 'FAMILY and (WHOLE or of_my_team(asked_user)) and (process_id is null or process_id <> all((select kept_processes())::text[])) and asked_entry <> all((select kept_entries())::bigint[])'),
      ('consent', 'FAMILY and WHOLE'),
      ('kept', 'false'),
      ('outgoing_mail', 'FAMILY'),
      ('referral', 'FAMILY and (WHOLE or of_my_team(referrer))'),
      ('assessment', 'FAMILY and WHOLE'),
      ('care_period', 'FAMILY'),
      ('parent_condition', 'FAMILY and WHOLE'),
      ('contact_plan', 'FAMILY and WHOLE'),
      ('break_glass', 'FAMILY'),
      ('demo_family', 'FAMILY'),
      ('history_import', 'FAMILY and WHOLE'),
      ('history_event', 'FAMILY and WHOLE'),
      ('chronology_mark', 'FAMILY and WHOLE'),
      ('change_of_worker', 'FAMILY'),
      ('attachment', 'FAMILY and (select true from entry e where e.id = attachment.entry_id)'),
      ('attachment_part', 'FAMILY'),
      ('relationship', 'FAMILY'),
      ('home_stay', 'FAMILY'),
      ('person_merge', 'FAMILY'),
      ('legal_hold', 'FAMILY'),
      -- One's own involvement needs no second look.
      ('involvement', 'ended_on is null and username = any((select asking(''me''))::text[]) or FAMILY'),
      -- An open task is seen by those who must see that it is done, as well. Their teams and queues are known once a statement, so they are asked first.
      ('work_item', '(done_at is null and (team_id = any((select asking(''teams''))::text[])
          or assignee is null and team_id || '' '' || role = any((select asking(''queues''))::text[])) or FAMILY) and process_id <> all((select kept_processes())::text[])'),
      -- Of a person: seen with any family the person belongs to.
      ('person', '(select true from family_member m where m.person_id = person.id limit 1)'),
      ('fact_source', '(select true from family_member m where m.person_id = fact_source.person_id limit 1)'),
      ('person_fact', '(select true from family_member m where m.person_id = person_fact.person_id limit 1)'),
      ('person_other_name', '(select true from family_member m where m.person_id = person_other_name.person_id limit 1)'),
      ('person_address', '(select true from family_member m where m.person_id = person_address.person_id limit 1)'),
      ('contact_judgement', '(select true from family_member m where m.person_id = contact_judgement.child_id limit 1)'),
      ('contact_suggestion', '(select true from family_member m where m.person_id = contact_suggestion.child_id limit 1)'),
      ('contact_decision', '(select true from family_member m where m.person_id = contact_decision.child_id limit 1)'),
      -- Of something else that is seen.
      ('clock_change', '(select true from clock c where c.id = clock_change.clock_id)'),
      ('mail_refusal', '(select true from outgoing_mail m where m.id = mail_refusal.mail_id)'),
      ('copy_confirmed', '(select true from entry e where e.id = copy_confirmed.entry_id)'),
      ('assessment_part', '(select true from assessment a where a.process_id = assessment_part.process_id)'),
      ('assessment_child', '(select true from assessment a where a.process_id = assessment_child.process_id)'),
      ('assessment_signature', '(select true from assessment a where a.process_id = assessment_signature.process_id)'),
      ('review', '(select true from care_period c where c.id = review.care_period_id)'),
      ('review_decision', '(select true from review r where r.id = review_decision.review_id)'),
      ('contact_arrangement', '(select true from contact_plan p where p.id = contact_arrangement.plan_id)'),
      -- For who governs information: requests in families they see, and certificates of what is no more.
      ('access_request', '(select asking_governs()) and (select true from sight s where s.family_ref = access_request.family limit 1)'),
      ('access_item', '(select true from access_request r where r.id = access_item.request_id)'),
      ('destruction', '(select asking_governs()) or (select true from sight s where s.family_ref = destruction.family limit 1)'),
      -- One's own.
      ('known_check', 'asked_by = any((select asking(''me''))::text[])'),
      -- Reached through functions of the owner alone.
      ('known_match', 'false'),
      ('known_decision', 'false'),
      ('draft', 'username = any((select asking(''me''))::text[])'),
      ('repeated_request', 'username = any((select asking(''me''))::text[])')
    ) as rules (of_table, sees)
  loop
    execute format('alter table %I enable row level security', rule.of_table);
    execute format('drop policy if exists need_to_know on %I', rule.of_table);
    execute format('create policy need_to_know on %I using ((select acts_as_system()) or %s)', rule.of_table, rule.sees);
  end loop;
end $$;

-- The audit is written by everybody, of what was refused too, and read by those who may see the family, and of oneself. Its partitions are
-- reached through it alone: the application has no right on them.
alter table audit_event enable row level security;
drop policy if exists need_to_know on audit_event;
create policy need_to_know on audit_event for select using ((select acts_as_system()) or username = any((select asking('me'))::text[])
  or (select true from sight s where s.family_ref = audit_event.family_ref limit 1) or (select true from sight s where s.family_ref = any(audit_event.families) limit 1)
  or family_ref = any((select asking('opened'))::text[]) or families && (select asking('opened'))::text[]);
drop policy if exists audit_is_written on audit_event;
create policy audit_is_written on audit_event for insert with check (true);
