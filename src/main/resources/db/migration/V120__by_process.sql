-- What was filed and what is to do in one process, without reading all entries and all tasks for it.
create index entry_process on entry (process_id, form_key) where process_id is not null;
create index work_process on work_item (process_id);
