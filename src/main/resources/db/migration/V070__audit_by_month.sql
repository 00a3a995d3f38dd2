-- The audit is kept in one partition a month (Europe/London), so that old months can be moved away as a whole. What is there already moves over.

alter table audit_event rename to audit_event_before;

create sequence audit_event_number;

-- The number is taken after the transaction has its own: what seals the audit may then conclude from "all transactions before this one have ended" that no smaller
-- number is still to come.
create table audit_event (
  id         bigint not null default nextval(case when pg_current_xact_id() is not null then 'audit_event_number'::regclass end),
  at         timestamptz not null,
  username   text not null,
  roles      text not null,
  action     text not null,
  family_ref text,
  subject    text,
  reason     text,
  families   text[],
  people     bigint[],
  outcome    text not null default 'done' check (outcome in ('done', 'refused'))
) partition by range (at);

-- A month that nobody has made ahead: its rows are kept here, and no act fails for it.
create table audit_event_other partition of audit_event default;

-- Makes the partitions of the months from the one of "since" to the one of "until", as far as they are not there; how many were made. Run by the application, which has
-- no right to make tables: so it belongs to the owner, and it can do nothing else. A month of which rows are in the default partition already is left there.
create function audit_months(since date, until date) returns integer language plpgsql security definer
set search_path = public, pg_temp set lock_timeout = '1s' as $$
declare
  first date;
  begins timestamptz;
  ends timestamptz;
  partition text;
  made integer := 0;
begin
  if until > since + interval '3 years' then
    raise exception 'too many months at once';
  end if;
  perform pg_advisory_xact_lock(7241002);
  for first in select generate_series(date_trunc('month', since::timestamp), until::timestamp, interval '1 month')::date loop
    partition := 'audit_event_' || to_char(first, 'YYYY_MM');
    begins := first::timestamp at time zone 'Europe/London';
    ends := (first + interval '1 month')::timestamp at time zone 'Europe/London';
    continue when to_regclass(partition) is not null or exists (select 1 from audit_event_other where at >= begins and at < ends);
    execute format('create table %I (like audit_event including defaults including constraints)', partition);
    execute format('revoke all on %I from ${application}', partition);
    execute format('alter table audit_event attach partition %I for values from (%L) to (%L)', partition, begins, ends);
    made := made + 1;
  end loop;
  return made;
end $$;
revoke execute on function audit_months(date, date) from public;
grant execute on function audit_months(date, date) to ${application};

select audit_months(month, month) from (
  select distinct date_trunc('month', at at time zone 'Europe/London')::date as month from audit_event_before
  union select generate_series(date_trunc('month', now() at time zone 'Europe/London'), now() at time zone 'Europe/London' + interval '3 months', interval '1 month')::date
) months order by month;

insert into audit_event (id, at, username, roles, action, family_ref, subject, reason, families, people)
select id, at, username, roles, action, family_ref, subject, reason, families, people from audit_event_before;
select setval('audit_event_number', coalesce(max(id), 0) + 1, false) from audit_event_before;
drop table audit_event_before;

alter table audit_event add primary key (id, at);
create index audit_event_family on audit_event (family_ref, id desc);
create index audit_event_families on audit_event using gin (families) where families is not null;
create trigger audit_is_final before update or delete on audit_event for each row execute function refuse_change();
revoke update, delete on audit_event from ${application};

-- Whether there is such a family: its reference, else null. What was refused is written by whoever may not see the family; with the owner's rights, and for nothing else.
create function audit_family(asked text) returns text language sql stable security definer set search_path = public, pg_temp as $$
  select ref from family where ref = asked
$$;
revoke execute on function audit_family(text) from public;
grant execute on function audit_family(text) to ${application};

-- Reached through the audit alone.
revoke all on audit_event_other from ${application};
