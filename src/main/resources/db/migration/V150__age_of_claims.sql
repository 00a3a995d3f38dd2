-- When the token was issued whose name, team and roles a user has: an older one takes nothing back.
alter table app_user add column claims_at timestamptz;
