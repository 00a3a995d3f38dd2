-- An answer copied from a sibling is marked in its entry until somebody says that it is right for that child. The entry itself is never changed.
create table copy_confirmed (
  entry_id     bigint not null references entry,
  list_key     text not null,
  question_key text not null,
  person_id    bigint not null references person,
  confirmed_by text not null references app_user,
  confirmed_at timestamptz not null,
  primary key (entry_id, list_key, question_key, person_id)
);
revoke update, delete on copy_confirmed from ${application};
