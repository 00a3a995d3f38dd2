-- What was filed and what is to do in one process, without reading all entries and all tasks for it.
create index entry_process on entry (process_id, form_key) where process_id is not null;
create index work_process on work_item (process_id);

-- The newest of a family's entries, its corrections, and the services that filed them, without reading a life of many years for it.
create index entry_filed on entry (family_ref, filed_at) where supersedes is null;
create index entry_corrections on entry (family_ref) where supersedes is not null;
create index entry_service on entry (family_ref, service);
