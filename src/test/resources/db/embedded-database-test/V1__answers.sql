create table answer (id bigint generated always as identity primary key, text text not null);
create table kept (text text not null);
revoke update, delete on kept from ${application};
create table hidden (text text not null);
alter table hidden enable row level security;
insert into hidden values ('nobody may see this');
