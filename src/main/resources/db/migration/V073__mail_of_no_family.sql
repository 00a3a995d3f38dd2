-- A message to whoever keeps the audit's hashes is about no family.
alter table outgoing_mail alter column family_ref drop not null;
