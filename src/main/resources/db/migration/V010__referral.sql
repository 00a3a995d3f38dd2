-- Referrals to children's services: one row for each, kept up by the entries that decide and answer it.
create table referral (
  id                    bigint generated always as identity primary key,
  family_ref            text not null references family,
  process_id            text not null unique,
  adult_id              bigint references person,
  referred_on           date not null,
  received_at           timestamptz not null,
  referrer              text references app_user,
  referrer_role         text references app_role,
  referrer_service      text,
  source_code           text not null,
  red_flag_response     text not null,
  earlier_in_12_months  integer not null,
  earlier_in_24_months  integer not null,
  family_level          smallint check (family_level between 1 and 4),
  threshold_met         boolean,
  below_every_bar       boolean,
  left_out              text,
  decision              text,
  decision_entry        bigint references entry,
  decided_by            text references app_user,
  decided_at            timestamptz,
  first_decision        text,
  first_decided_at      timestamptz,
  late_reason           text,
  referrer_answer       text check (referrer_answer in ('agree', 'disagree')),
  referrer_answered_at  timestamptz
);
create index referral_family on referral (family_ref, referred_on desc);
create index referral_received on referral (received_at);
