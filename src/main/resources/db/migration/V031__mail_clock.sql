-- The clock that runs until a message has reached whom it is for.
alter table outgoing_mail add column clock_id bigint references clock;
