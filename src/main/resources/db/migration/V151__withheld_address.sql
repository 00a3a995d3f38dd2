-- Somebody lives at one address that is known to all and, unknown to most, at another: a withheld address does not end the one before it.
drop index person_address_now;
create unique index person_address_now on person_address (person_id, withheld) where until_on is null;
