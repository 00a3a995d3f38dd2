-- A request for information and what was decided about it, shared or not. The decision is null until there is one; entries keep what was said before.
create table sharing (
  id               bigint generated always as identity primary key,
  family_ref       text not null references family,
  process_id       text unique,
  person_id        bigint not null references person,
  direction        text not null check (direction in ('asked-of-me', 'ask-other')),
  asked_by         text not null,
  asked_at         timestamptz not null,
  asked_user       text not null references app_user,
  asked_entry      bigint not null unique references entry,
  recipient        text not null,
  recipient_person bigint references person,
  recipient_who    text not null,
  items            text[] not null,
  decision         text check (decision in ('shared', 'part', 'refused')),
  exception        boolean not null default false,
  allowed          boolean,
  shared           text[] not null default '{}',
  basis            text,
  consent_state    text,
  told             text,
  channel          text,
  shared_until     date,
  decided_by       text,
  decided_at       timestamptz,
  decided_entry    bigint references entry,
  ended_on         date
);
create index sharing_family on sharing (family_ref, id desc);
create index sharing_person on sharing (person_id);
create index sharing_recipient on sharing (recipient_person);

-- Where consent of a person to a service, to treatment or to sharing stands, as it was said; the newest row of a kind is in force.
create table consent (
  id         bigint generated always as identity primary key,
  person_id  bigint not null references person,
  family_ref text not null references family,
  kind       text not null check (kind in ('service', 'treatment', 'sharing')),
  state      text not null check (state in ('not-sought', 'sought', 'given', 'refused', 'withdrawn', 'lacks-capacity', 'not-needed', 'overridden')),
  scope      text not null,
  reason     text,
  gillick    text,
  since_on   date not null,
  until_on   date,
  source     text not null,
  source_who text,
  said_by    text not null references app_user,
  said_by_name text not null,
  said_on    date not null,
  entry_id   bigint not null unique references entry
);
create index consent_person on consent (person_id, kind, id desc);
create index consent_family on consent (family_ref);

-- What may be known by some roles only, and by who asked: everything of a process, or an entry. readers: roles, where they are involved with the family.
create table kept (
  id         bigint generated always as identity primary key,
  family_ref text not null references family,
  process_id text unique,
  entry_id   bigint unique references entry,
  readers    text[] not null,
  kept_by    text not null references app_user,
  check ((process_id is null) <> (entry_id is null))
);
create index kept_family on kept (family_ref);
revoke update, delete on kept from ${application};

-- The families in sight of the asking user by involvement are those of sight; whoever opened one in an emergency reads nothing that is kept.
create function kept_processes() returns text[] language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if acts_as_system() or not exists (select 1 from kept) then
    return '{}';
  end if;
  return coalesce((select array_agg(k.process_id) from kept k
    where k.process_id is not null and k.kept_by <> all(asking('me'))
      and not (k.readers && array(select r.role from user_role r where r.username = any(asking('me'))) and exists (select 1 from sight s where s.family_ref = k.family_ref))), '{}');
end $$;
create function kept_entries() returns bigint[] language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if acts_as_system() or not exists (select 1 from kept) then
    return '{}';
  end if;
  return coalesce((select array_agg(k.entry_id) from kept k
    where k.entry_id is not null and k.kept_by <> all(asking('me'))
      and not (k.readers && array(select r.role from user_role r where r.username = any(asking('me'))) and exists (select 1 from sight s where s.family_ref = k.family_ref))), '{}');
end $$;
