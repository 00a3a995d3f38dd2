-- A list shows several families: one row says which, and which people it was about, so that "who has seen this family" finds lists as well.
alter table audit_event add column families text[], add column people bigint[];
create index audit_event_families on audit_event using gin (families) where families is not null;
