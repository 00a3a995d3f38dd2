-- Who took a task or was given it is involved because of it, and stops to be when the task goes to somebody else before they did anything.
alter table involvement add column by_work text;
