-- An authority to begin with: made-up services, their teams, and the team on duty for each role. Can be run again; what is there stays.
-- People are not here: each comes with the first sign-in, with the team and roles that the identity provider says.
insert into service (id, name, kind) values
  ('westerby-children', 'Westerby Council children''s services', 'children'),
  ('northmoor-trust', 'Northmoor Mental Health Trust', 'mental-health'),
  ('turnstone', 'Turnstone Drug and Alcohol Service', 'drug-alcohol'),
  ('westerby-gps', 'Westerby general practices', 'gp'),
  ('westerby-schools', 'Westerby schools', 'education'),
  ('westerby-health', 'Westerby community health', 'health'),
  ('lantern', 'Lantern Young Carers', 'young-carers')
on conflict do nothing;

insert into team (id, service_id, name, email) values
  ('front-door', 'westerby-children', 'Front door', 'front-door@westerby.example'),
  ('family-support', 'westerby-children', 'Family support', 'family-support@westerby.example'),
  ('fostering', 'westerby-children', 'Fostering', 'fostering@westerby.example'),
  ('reviewing', 'westerby-children', 'Independent reviewing', 'reviewing@westerby.example'),
  ('adult-mental-health', 'northmoor-trust', 'Community mental health', 'community@northmoor.example'),
  ('recovery', 'turnstone', 'Recovery', 'recovery@turnstone.example'),
  ('mill-lane-surgery', 'westerby-gps', 'Mill Lane Surgery', 'mill-lane@westerby.example'),
  ('st-annes-primary', 'westerby-schools', 'St Anne''s Primary School', 'st-annes@westerby.example'),
  ('health-visiting', 'westerby-health', 'Health visiting', 'health-visiting@westerby.example'),
  ('young-carers', 'lantern', 'Young carers', 'young-carers@lantern.example')
on conflict do nothing;

update app_role set duty_team_id = duty.team
  from (values
    ('adult-mental-health-practitioner', 'adult-mental-health'),
    ('drug-alcohol-practitioner', 'recovery'),
    ('adult-team-manager', 'adult-mental-health'),
    ('consultant-psychiatrist', 'adult-mental-health'),
    ('ward-nurse', 'adult-mental-health'),
    ('amhp', 'adult-mental-health'),
    ('health-visitor', 'health-visiting'),
    ('school-lead', 'st-annes-primary'),
    ('front-door-screener', 'front-door'),
    ('front-door-manager', 'front-door'),
    ('childrens-social-worker', 'family-support'),
    ('childrens-team-manager', 'family-support'),
    ('supervising-social-worker', 'fostering'),
    ('iro', 'reviewing'),
    ('iro-manager', 'reviewing'),
    ('child-protection-chair', 'reviewing'),
    ('personal-adviser', 'family-support'),
    ('young-carers-worker', 'young-carers'),
    ('service-manager', 'front-door'),
    ('director', 'family-support'),
    ('information-governance-officer', 'front-door')) as duty (role, team)
 where app_role.code = duty.role and app_role.duty_team_id is null;
