-- Who sees on a hospital ward, or when a parent is detained, that there are children.
insert into app_role (code, name) values
  ('ward-nurse', 'Ward nurse or discharge coordinator'),
  ('amhp', 'Approved mental health professional (AMHP)');
