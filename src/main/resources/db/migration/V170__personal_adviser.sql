-- Who stays with a young person who leaves care.
insert into app_role (code, name) values ('personal-adviser', 'Personal adviser');
