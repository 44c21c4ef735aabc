-- A key is never given again: what was shown of a version that was taken back must not vouch for another one, and a
-- rule that names an agreement taken back must not name the next. PostgreSQL's identities never return.
CREATE TABLE policies_new (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('calendar', 'agreement', 'priorityList', 'responsibilities', 'routingRules')),
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  UNIQUE (kind, code)
);
INSERT INTO policies_new SELECT id, kind, code, name, created_at FROM policies;
DROP TABLE policies;
ALTER TABLE policies_new RENAME TO policies;

CREATE TABLE policy_versions_new (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  policy_id BIGINT NOT NULL REFERENCES policies (id),
  valid_from BIGINT NOT NULL,
  is_withdrawn BOOLEAN NOT NULL,
  spec TEXT NOT NULL,
  note TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by_id BIGINT REFERENCES users (id),
  UNIQUE (policy_id, valid_from)
);
INSERT INTO policy_versions_new
SELECT id, policy_id, valid_from, is_withdrawn, spec, note, created_at, created_by_id FROM policy_versions;
DROP TABLE policy_versions;
ALTER TABLE policy_versions_new RENAME TO policy_versions;
