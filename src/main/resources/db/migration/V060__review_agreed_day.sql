-- The day a review was brought forward to. due_on stays what the law allows at most; planned_on is what the arrangements say.
alter table review add column agreed_on date;
