#!/bin/sh
# Runs once, when PostgreSQL makes its data: the role that owns the database, and the application's role, which owns nothing.
set -eu
psql --set ON_ERROR_STOP=1 --set owner="$THINKFAMILY_OWNER_PASSWORD" --set app="$THINKFAMILY_APP_PASSWORD" --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
create role thinkfamily_owner login nosuperuser nobypassrls password :'owner';
create role thinkfamily_app login nosuperuser nobypassrls password :'app';
create database thinkfamily owner thinkfamily_owner;
revoke all on database thinkfamily from public;
grant connect on database thinkfamily to thinkfamily_app;
SQL
