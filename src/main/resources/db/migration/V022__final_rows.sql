-- What was filed, decided and done is never changed: the application's role has no right to, whatever its code tries.
revoke update, delete on entry, decision_taken, audit_event from ${application};
