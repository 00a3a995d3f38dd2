-- How each team keeps to management oversight since a day: numbers alone, of every family, so that services can be compared by whoever may not see those families.
create function oversight_by_team(since date) returns table (team text, service text, asked bigint, in_time bigint, late bigint, open_late bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select t.name, s.name, count(*),
         count(*) filter (where w.entry_id is not null and (w.done_at at time zone 'Europe/London')::date <= w.due_on),
         count(*) filter (where w.entry_id is not null and (w.done_at at time zone 'Europe/London')::date > w.due_on),
         count(*) filter (where w.done_at is null and w.due_on < (record_time() at time zone 'Europe/London')::date)
    from work_item w join team t on t.id = w.team_id join service s on s.id = t.service_id
   where w.process_key = 'management-oversight' and w.form_key = 'management-oversight' and w.created_at >= since
     and (w.done_at is null or w.entry_id is not null)
   group by t.name, s.name order by s.name, t.name
$$;
revoke execute on function oversight_by_team(date) from public;
grant execute on function oversight_by_team(date) to ${application};
