-- A message without a fingerprint has no twin, which needs no taking back.
ALTER TABLE mailboxes DROP COLUMN owed_uid;
