-- A copy that was passed over makes no twin of one that comes another way.
UPDATE inbound_mails SET fingerprint = NULL WHERE state = 'ignored';
