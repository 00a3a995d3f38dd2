-- Who sees which row (docs/decisions/row-level-security.md). Runs again whenever it changes, after all other migrations. Every table that holds something of a family
-- is named here; a test fails when one is not. The owner is exempt, the application is not. Without a person who asks nothing is seen and nothing is written.

do $$
declare
  rule record;
begin
  for rule in
    select * from (values
      -- Of a family by its reference.
      ('family', 'ref in (select visible_families())'),
      ('family_member', 'family_ref in (select visible_families())'),
      ('involvement', 'family_ref in (select visible_families())'),
      ('entry', 'family_ref in (select visible_families())'),
      ('decision_taken', 'family_ref in (select visible_families())'),
      ('clock', 'family_ref in (select visible_families())'),
      ('outgoing_mail', 'family_ref in (select visible_families())'),
      ('referral', 'family_ref in (select visible_families())'),
      ('challenge', 'family_ref in (select visible_families())'),
      ('assessment', 'family_ref in (select visible_families())'),
      ('care_period', 'family_ref in (select visible_families())'),
      ('parent_condition', 'family_ref in (select visible_families())'),
      ('contact_plan', 'family_ref in (select visible_families())'),
      ('break_glass', 'family_ref in (select visible_families())'),
      ('demo_family', 'family_ref in (select visible_families())'),
      -- An open task is seen by those who must see that it is done, as well.
      ('work_item', 'family_ref in (select visible_families()) or done_at is null and (team_id in (select managed_teams())
          or assignee is null and (team_id, role) in (select u.team_id, r.role from app_user u join user_role r using (username) where u.username = asking_user()))'),
      -- Of a person: seen with any family the person belongs to.
      ('person', 'exists (select 1 from family_member m where m.person_id = person.id)'),
      ('fact_source', 'exists (select 1 from family_member m where m.person_id = fact_source.person_id)'),
      ('person_address', 'exists (select 1 from family_member m where m.person_id = person_address.person_id)'),
      ('contact_judgement', 'exists (select 1 from family_member m where m.person_id = contact_judgement.child_id)'),
      ('contact_suggestion', 'exists (select 1 from family_member m where m.person_id = contact_suggestion.child_id)'),
      ('contact_decision', 'exists (select 1 from family_member m where m.person_id = contact_decision.child_id)'),
      -- Of something else that is seen.
      ('clock_change', 'exists (select 1 from clock c where c.id = clock_change.clock_id)'),
      ('mail_refusal', 'exists (select 1 from outgoing_mail m where m.id = mail_refusal.mail_id)'),
      ('copy_confirmed', 'exists (select 1 from entry e where e.id = copy_confirmed.entry_id)'),
      ('assessment_part', 'exists (select 1 from assessment a where a.process_id = assessment_part.process_id)'),
      ('assessment_child', 'exists (select 1 from assessment a where a.process_id = assessment_child.process_id)'),
      ('assessment_signature', 'exists (select 1 from assessment a where a.process_id = assessment_signature.process_id)'),
      ('review', 'exists (select 1 from care_period c where c.id = review.care_period_id)'),
      ('review_decision', 'exists (select 1 from review r where r.id = review_decision.review_id)'),
      ('contact_arrangement', 'exists (select 1 from contact_plan p where p.id = contact_arrangement.plan_id)'),
      -- One's own.
      ('draft', 'username = (select asking_user())'),
      ('repeated_request', 'username = (select asking_user())')
    ) as rules (of_table, sees)
  loop
    execute format('alter table %I enable row level security', rule.of_table);
    execute format('drop policy if exists need_to_know on %I', rule.of_table);
    execute format('create policy need_to_know on %I using ((select acts_as_system()) or %s)', rule.of_table, rule.sees);
  end loop;
end $$;

-- The audit is written by everybody, of what was refused too, and read by those who may see the family, and of oneself.
alter table audit_event enable row level security;
drop policy if exists need_to_know on audit_event;
create policy need_to_know on audit_event for select using ((select acts_as_system()) or family_ref in (select visible_families())
  or families && (select array(select visible_families())) or username = (select asking_user()));
drop policy if exists audit_is_written on audit_event;
create policy audit_is_written on audit_event for insert with check (true);
