-- What tables of rules said of a person, and e-mails about the family, are held about them as well (UK GDPR article 15).
alter table access_item drop constraint access_item_kind_check;
alter table access_item add constraint access_item_kind_check check (kind in ('answer', 'fact', 'event', 'file', 'decision', 'mail'));
