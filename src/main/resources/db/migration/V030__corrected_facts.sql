-- Which entry ended a plan, so that a correction of that entry finds it.
alter table contact_plan add column ended_entry_id bigint references entry;

-- Why a clock counts from another day than it did at first; the whole history is in clock_change.
alter table clock add column moved_from date, add column moved_why text;

-- Which entries said when a review is planned and that it comes early.
alter table review
  add column planned_entry_id bigint references entry,
  add column early_entry_id bigint references entry,
  add column early_decided_entry_id bigint references entry;
