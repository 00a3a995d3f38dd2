-- In which roles somebody may see who has looked at a family: managers at the families of their teams, others at those for which they are named in that role.
alter table app_role add column reads_audit boolean not null default false;
update app_role set reads_audit = true where manages or code = 'iro';
