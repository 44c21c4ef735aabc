-- People and organisations (domain A). Times are microseconds since 1970 UTC; enums are text with CHECK.

-- A department that takes in tickets. IT is the first; others join by agreement (domain C7).
CREATE TABLE desks (
  id INTEGER PRIMARY KEY NOT NULL,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL
);

-- Customer organisations as a tree: municipality → department → unit; or a company.
-- `path` holds the keys from the top to this one, '/1/5/9/', so that a subtree is one range.
-- `customer_id` is the top of the tree; the top's is its own.
CREATE TABLE organisations (
  id INTEGER PRIMARY KEY NOT NULL,
  parent_id BIGINT REFERENCES organisations (id),
  customer_id BIGINT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('municipality', 'department', 'unit', 'company')),
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  path TEXT NOT NULL,
  is_active BOOLEAN NOT NULL
);
CREATE INDEX organisations_path ON organisations (path);

-- People, with or without a login. A person without `password_hash` can't sign in by password.
-- `email_folded` is the address in lower case: two that differ in case only are one person.
-- `search_text` is name and address in lower case, for looking people up by any part.
CREATE TABLE users (
  id INTEGER PRIMARY KEY NOT NULL,
  email TEXT NOT NULL,
  email_folded TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  phone TEXT,
  language TEXT NOT NULL CHECK (language IN ('sv', 'en')),
  theme TEXT NOT NULL CHECK (theme IN ('system', 'light', 'dark')),
  shortcuts BOOLEAN NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('active', 'disabled')),
  password_hash TEXT,
  search_text TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX users_name ON users (name, id);

-- Where a person belongs; several at once are possible, one is the primary.
CREATE TABLE memberships (
  user_id BIGINT NOT NULL REFERENCES users (id),
  organisation_id BIGINT NOT NULL REFERENCES organisations (id),
  is_primary BOOLEAN NOT NULL,
  PRIMARY KEY (user_id, organisation_id)
);
CREATE INDEX memberships_organisation ON memberships (organisation_id);

-- The roles a person holds. Managers and organisation representatives hold theirs for one organisation
-- and all below it; the others hold theirs for the whole installation (organisation_id 0).
CREATE TABLE role_grants (
  user_id BIGINT NOT NULL REFERENCES users (id),
  role TEXT NOT NULL CHECK (role IN ('requester', 'manager', 'agent', 'groupLead', 'problemManager', 'changeManager', 'cabMember', 'majorIncidentCoordinator', 'organisationRepresentative', 'board', 'administrator', 'integration')),
  organisation_id BIGINT NOT NULL,
  PRIMARY KEY (user_id, role, organisation_id)
);

-- Resolver groups in the lines of support. One first-line group per desk takes everything in and owns it.
CREATE TABLE resolver_groups (
  id INTEGER PRIMARY KEY NOT NULL,
  desk_id BIGINT NOT NULL REFERENCES desks (id),
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  line TEXT NOT NULL CHECK (line IN ('1', '2', '3', 'external')),
  is_intake BOOLEAN NOT NULL,
  is_active BOOLEAN NOT NULL
);

CREATE TABLE group_members (
  group_id BIGINT NOT NULL REFERENCES resolver_groups (id),
  user_id BIGINT NOT NULL REFERENCES users (id),
  is_lead BOOLEAN NOT NULL,
  PRIMARY KEY (group_id, user_id)
);
CREATE INDEX group_members_user ON group_members (user_id);

-- Sessions of the API (refresh token, rotated at each use) and of the web (cookie). Only hashes are stored.
-- `previous_hash` is the token before the last rotation: its use tells of a stolen token and ends the session.
CREATE TABLE sessions (
  id INTEGER PRIMARY KEY NOT NULL,
  user_id BIGINT NOT NULL REFERENCES users (id),
  kind TEXT NOT NULL CHECK (kind IN ('api', 'web')),
  token_hash TEXT NOT NULL UNIQUE,
  previous_hash TEXT,
  user_agent TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  last_used_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_previous ON sessions (previous_hash);
CREATE INDEX sessions_expiry ON sessions (expires_at);

-- Failed sign-ins per address, known or not, so that the answer never tells which exist.
CREATE TABLE login_failures (
  email_folded TEXT PRIMARY KEY NOT NULL,
  failures BIGINT NOT NULL,
  locked_until BIGINT NOT NULL,
  last_at BIGINT NOT NULL
);
