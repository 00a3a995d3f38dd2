-- With whom information may be shared: agreement to one says nothing of another. Null: with anybody, as everything said before was.
alter table consent add recipient text check (recipient is null or kind = 'sharing');

create index outgoing_mail_family on outgoing_mail (family_ref, id);
