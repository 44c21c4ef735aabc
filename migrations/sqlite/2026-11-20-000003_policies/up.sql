-- What the desk has decided (domain C3, C4, D): calendars, agreements, priority lists, the responsibility
-- matrix and the routing rules. Each is a document with versions that hold from an instant on; a version is
-- never changed, so that what was promised or routed by it can be explained for ever.
CREATE TABLE policies (
  id INTEGER PRIMARY KEY NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('calendar', 'agreement', 'priorityList', 'responsibilities', 'routingRules')),
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  UNIQUE (kind, code)
);

-- `spec` is the document as JSON, in the form of the kind's type in `domain`. `note` says why it was decided.
CREATE TABLE policy_versions (
  id INTEGER PRIMARY KEY NOT NULL,
  policy_id BIGINT NOT NULL REFERENCES policies (id),
  valid_from BIGINT NOT NULL,
  is_withdrawn BOOLEAN NOT NULL,
  spec TEXT NOT NULL,
  note TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  created_by_id BIGINT REFERENCES users (id),
  UNIQUE (policy_id, valid_from)
);
