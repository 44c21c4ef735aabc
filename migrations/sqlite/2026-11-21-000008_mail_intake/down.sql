-- Nothing to take back: a message without a fingerprint is one that has no twin.
SELECT 1;
