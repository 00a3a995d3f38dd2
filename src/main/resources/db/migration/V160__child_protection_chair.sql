-- Who chairs child protection conferences.
insert into app_role (code, name) values ('child-protection-chair', 'Child protection chair');
