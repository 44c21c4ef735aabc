-- E-mail (domain B2): what came in, what went out, and why each became what it did.

-- History may now come by e-mail as well: SQLite can't change a CHECK, so the table is made anew.
CREATE TABLE ticket_events_new (
  ticket_id BIGINT NOT NULL REFERENCES tickets (id),
  sequence BIGINT NOT NULL,
  at BIGINT NOT NULL,
  actor_id BIGINT REFERENCES users (id),
  origin TEXT NOT NULL CHECK (origin IN ('portal', 'workspace', 'api', 'import', 'system', 'external', 'email')),
  data TEXT NOT NULL,
  PRIMARY KEY (ticket_id, sequence)
) WITHOUT ROWID;
INSERT INTO ticket_events_new SELECT ticket_id, sequence, at, actor_id, origin, data FROM ticket_events;
DROP TABLE ticket_events;
ALTER TABLE ticket_events_new RENAME TO ticket_events;

-- Addresses that the desk reads and answers from. `spec` (JSON) is how to reach the mailbox and what is done with
-- its mail; `secret` the password or the client's secret, encrypted with a key drawn from the installation's.
-- The rest tells how reading goes. `uid_validity` and `last_uid` are the cursor (RFC 3501 § 2.3.1.1): everything up
-- to and with `last_uid` is stored here. `lease_*`: one worker reads a mailbox at a time.
CREATE TABLE mailboxes (
  id INTEGER PRIMARY KEY NOT NULL,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  address_folded TEXT NOT NULL UNIQUE,
  desk_id BIGINT NOT NULL REFERENCES desks (id),
  organisation_id BIGINT REFERENCES organisations (id),
  spec TEXT NOT NULL,
  secret TEXT,
  is_active BOOLEAN NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  uid_validity BIGINT,
  last_uid BIGINT,
  looked_at BIGINT,
  message_at BIGINT,
  error TEXT,
  error_since BIGINT,
  token_expires_at BIGINT,
  lease_owner TEXT,
  lease_until BIGINT
);

-- Which organisation people of a mail domain belong to.
CREATE TABLE mail_domains (
  domain TEXT PRIMARY KEY NOT NULL,
  organisation_id BIGINT NOT NULL REFERENCES organisations (id)
);

-- Every message that came in, stored before anything in it was read. `storage_key` names the file with its bytes,
-- `content_hash` (SHA-256) tells the same bytes delivered twice, `fingerprint` the same message come two ways,
-- `text_hash` the same words said again. `is_answerable`: a machine may answer it (RFC 3834).
-- `trace` (JSON) keeps each decision about it. `message_id` is the ticket's message it became.
CREATE TABLE inbound_mails (
  id INTEGER PRIMARY KEY NOT NULL,
  mailbox_id BIGINT REFERENCES mailboxes (id),
  source TEXT NOT NULL CHECK (source IN ('imap', 'pipe', 'rest')),
  state TEXT NOT NULL CHECK (state IN ('received', 'ticket', 'reply', 'noted', 'ignored', 'held', 'quarantined', 'discarded')),
  storage_key TEXT NOT NULL,
  content_hash TEXT NOT NULL UNIQUE,
  size_bytes BIGINT NOT NULL,
  received_at BIGINT NOT NULL,
  text_hash TEXT,
  fingerprint TEXT,
  header_message_id TEXT,
  from_address TEXT,
  from_name TEXT,
  subject TEXT,
  classification TEXT CHECK (classification IN ('new', 'reply', 'autoReply', 'bounce', 'loop', 'spam', 'unparsable')),
  reason TEXT,
  trace TEXT,
  ticket_id BIGINT REFERENCES tickets (id),
  message_id BIGINT REFERENCES ticket_messages (id),
  processed_at BIGINT,
  is_answerable BOOLEAN NOT NULL,
  handled_by_id BIGINT REFERENCES users (id),
  error TEXT
);
CREATE INDEX inbound_mails_state ON inbound_mails (state, id);
CREATE UNIQUE INDEX inbound_mails_fingerprint ON inbound_mails (fingerprint) WHERE fingerprint IS NOT NULL;
CREATE INDEX inbound_mails_header ON inbound_mails (header_message_id) WHERE header_message_id IS NOT NULL;
CREATE INDEX inbound_mails_sender ON inbound_mails (from_address, received_at);
CREATE INDEX inbound_mails_ticket ON inbound_mails (ticket_id, id) WHERE ticket_id IS NOT NULL;

-- Every mail that is to go out or went: one per `cause`, which names what it tells and whom.
-- `header_message_id` is drawn from the cause, so that a mail sent twice is dropped by whoever receives it.
CREATE TABLE outbound_mails (
  id INTEGER PRIMARY KEY NOT NULL,
  cause TEXT NOT NULL UNIQUE,
  template TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'suppressed', 'dead')),
  user_id BIGINT REFERENCES users (id),
  recipient TEXT NOT NULL,
  ticket_id BIGINT REFERENCES tickets (id),
  event_sequence BIGINT,
  mailbox_id BIGINT REFERENCES mailboxes (id),
  header_message_id TEXT NOT NULL,
  subject TEXT,
  reason TEXT,
  is_digest BOOLEAN NOT NULL,
  attempts BIGINT NOT NULL,
  last_error TEXT,
  created_at BIGINT NOT NULL,
  send_after BIGINT NOT NULL,
  sent_at BIGINT
);
CREATE INDEX outbound_mails_state ON outbound_mails (state, send_after, id);
CREATE INDEX outbound_mails_recipient ON outbound_mails (recipient, created_at);
CREATE INDEX outbound_mails_ticket ON outbound_mails (ticket_id, created_at) WHERE ticket_id IS NOT NULL;
CREATE INDEX outbound_mails_header ON outbound_mails (header_message_id);

-- Addresses that mail came back from (RFC 3464); nothing is sent there until somebody clears it.
CREATE TABLE bounced_addresses (
  address_folded TEXT PRIMARY KEY NOT NULL,
  status TEXT NOT NULL,
  diagnostic TEXT NOT NULL,
  failures BIGINT NOT NULL,
  first_at BIGINT NOT NULL,
  last_at BIGINT NOT NULL
);

-- Texts of mails that administrators have changed; the highest version holds. Empty texts: the delivered one again.
CREATE TABLE mail_templates (
  template TEXT NOT NULL,
  language TEXT NOT NULL CHECK (language IN ('sv', 'en')),
  version BIGINT NOT NULL,
  subject TEXT,
  body TEXT,
  changed_by_id BIGINT NOT NULL REFERENCES users (id),
  changed_at BIGINT NOT NULL,
  PRIMARY KEY (template, language, version)
);

-- How a person wants mail; nobody in here wants each at once. Minutes after midnight, local time.
CREATE TABLE mail_preferences (
  user_id BIGINT PRIMARY KEY NOT NULL REFERENCES users (id),
  digest TEXT NOT NULL CHECK (digest IN ('off', 'hourly', 'daily')),
  digest_at BIGINT NOT NULL,
  quiet_from BIGINT,
  quiet_until BIGINT
);
