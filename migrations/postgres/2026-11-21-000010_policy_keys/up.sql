-- Identities never return; SQLite's keys are made so by the migration of the same name.
SELECT 1;
