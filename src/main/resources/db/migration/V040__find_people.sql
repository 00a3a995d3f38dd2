-- Where people live, from when until when: the open row is the address in force.
create table person_address (
  id         bigint generated always as identity primary key,
  person_id  bigint not null references person,
  address    text not null,
  squeezed   text not null generated always as (upper(regexp_replace(address, '[^a-zA-Z0-9]', '', 'g'))) stored,
  family_ref text not null references family,
  said_by    text not null,
  source     text not null,
  from_on    date not null,
  until_on   date
);
create unique index person_address_now on person_address (person_id) where until_on is null;
create index person_address_words on person_address using gin (squeezed gin_trgm_ops);

-- People are found by how a name sounds.
create extension if not exists fuzzystrmatch;
create index person_first_name_sound on person (dmetaphone(first_name));
create index person_last_name_sound on person (dmetaphone(last_name));
