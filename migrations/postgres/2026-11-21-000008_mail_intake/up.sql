-- A copy that was passed over makes no twin of one that comes another way.
UPDATE inbound_mails SET fingerprint = NULL WHERE state = 'ignored';

-- The first message from which on the server may not have done yet what is set to be done with those stored here.
ALTER TABLE mailboxes ADD COLUMN owed_uid BIGINT;
