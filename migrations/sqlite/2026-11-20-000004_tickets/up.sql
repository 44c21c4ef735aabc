-- Tickets and all that hangs on them (domain B, C).

CREATE TABLE categories (
  id INTEGER PRIMARY KEY NOT NULL,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  is_active BOOLEAN NOT NULL
);

-- `is_base_function`: a fault is to be handled within one working day (domain D2).
CREATE TABLE services (
  id INTEGER PRIMARY KEY NOT NULL,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  is_base_function BOOLEAN NOT NULL,
  is_active BOOLEAN NOT NULL
);

CREATE TABLE systems (
  id INTEGER PRIMARY KEY NOT NULL,
  code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  is_active BOOLEAN NOT NULL
);

-- A ticket as it stands: the fold of its events.
-- `open_priority` is the priority while the ticket is open and empty otherwise; the queue indexes hold
-- only rows that have one, so that queues cost the same whatever the age of the installation.
-- `organisation_id` and `customer_id` are frozen at filing.
-- `agreement_version_id` names the promise (a version of an agreement) it was given; `due_at` is when its solution
-- is due and `wake_at` when a clock of it next has something to say: an index over what the events say, made anew
-- with each change and repaired by a reconcile, never the truth (domain D).
-- `open_micros`: time open up to the last resolution, without the times between resolving and re-opening.
CREATE TABLE tickets (
  id INTEGER PRIMARY KEY NOT NULL,
  number TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('incident', 'request', 'problem', 'change')),
  status TEXT NOT NULL CHECK (status IN ('new', 'assigned', 'inProgress', 'waiting', 'resolved', 'closed', 'cancelled')),
  desk_id BIGINT NOT NULL REFERENCES desks (id),
  subject TEXT NOT NULL,
  description TEXT NOT NULL,
  channel TEXT NOT NULL CHECK (channel IN ('portal', 'email', 'phone', 'alarm', 'api', 'other')),
  requester_id BIGINT NOT NULL REFERENCES users (id),
  registered_by_id BIGINT NOT NULL REFERENCES users (id),
  organisation_id BIGINT NOT NULL REFERENCES organisations (id),
  customer_id BIGINT NOT NULL REFERENCES organisations (id),
  service_id BIGINT REFERENCES services (id),
  system_id BIGINT REFERENCES systems (id),
  category_id BIGINT REFERENCES categories (id),
  impact BIGINT NOT NULL CHECK (impact BETWEEN 1 AND 3),
  urgency BIGINT NOT NULL CHECK (urgency BETWEEN 1 AND 3),
  priority BIGINT NOT NULL CHECK (priority BETWEEN 1 AND 4),
  open_priority BIGINT,
  line TEXT NOT NULL CHECK (line IN ('1', '2', '3', 'external')),
  group_id BIGINT NOT NULL REFERENCES resolver_groups (id),
  owner_group_id BIGINT NOT NULL REFERENCES resolver_groups (id),
  assignee_id BIGINT REFERENCES users (id),
  waiting_for TEXT CHECK (waiting_for IN ('requester', 'supplier', 'planned')),
  waiting_until BIGINT,
  opened_at BIGINT NOT NULL,
  first_response_at BIGINT,
  resolved_at BIGINT,
  closed_at BIGINT,
  solution TEXT,
  resolved_by_line TEXT CHECK (resolved_by_line IN ('1', '2', '3', 'external')),
  resolved_by_group_id BIGINT REFERENCES resolver_groups (id),
  resolved_by_id BIGINT REFERENCES users (id),
  reopened_at BIGINT,
  reopen_count BIGINT NOT NULL,
  open_micros BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  version BIGINT NOT NULL,
  external_id TEXT,
  support_level TEXT,
  activity TEXT,
  agreement_version_id BIGINT REFERENCES policy_versions (id),
  due_at BIGINT,
  wake_at BIGINT
);
-- Queues: by priority, then age. The group's holds the assignee too, so that counting never reads rows.
CREATE INDEX tickets_group_queue ON tickets (group_id, open_priority, opened_at, id, assignee_id) WHERE open_priority IS NOT NULL;
CREATE INDEX tickets_desk_queue ON tickets (desk_id, open_priority, opened_at, id) WHERE open_priority IS NOT NULL;
CREATE INDEX tickets_assignee_queue ON tickets (assignee_id, open_priority, opened_at, id) WHERE open_priority IS NOT NULL AND assignee_id IS NOT NULL;
CREATE INDEX tickets_group_due ON tickets (group_id, due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX tickets_desk_due ON tickets (desk_id, due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX tickets_wake ON tickets (wake_at) WHERE wake_at IS NOT NULL;
-- Lists by person and organisation, newest first.
CREATE INDEX tickets_requester ON tickets (requester_id, opened_at, id);
CREATE INDEX tickets_registered_by ON tickets (registered_by_id, opened_at, id);
CREATE INDEX tickets_organisation ON tickets (organisation_id, opened_at, id);
CREATE INDEX tickets_opened ON tickets (opened_at, id);
-- All that the resolution table reads, so that it never touches the rows.
CREATE INDEX tickets_resolved ON tickets (resolved_at, opened_at, open_micros, reopen_count, resolved_by_line, customer_id, organisation_id, id) WHERE resolved_at IS NOT NULL;
CREATE UNIQUE INDEX tickets_external_id ON tickets (external_id) WHERE external_id IS NOT NULL;

-- What happened, in order; never changed, never deleted. `data` is the event as JSON.
CREATE TABLE ticket_events (
  ticket_id BIGINT NOT NULL REFERENCES tickets (id),
  sequence BIGINT NOT NULL,
  at BIGINT NOT NULL,
  actor_id BIGINT REFERENCES users (id),
  origin TEXT NOT NULL CHECK (origin IN ('portal', 'workspace', 'api', 'import', 'system', 'external')),
  data TEXT NOT NULL,
  PRIMARY KEY (ticket_id, sequence)
) WITHOUT ROWID;

-- Warnings and breaches of promises, each recorded once and for ever. `percent` is the share of the target that
-- was used up: 100 is the breach. `cycle` tells apart the times a ticket came to a group.
CREATE TABLE clock_marks (
  ticket_id BIGINT NOT NULL REFERENCES tickets (id),
  metric TEXT NOT NULL CHECK (metric IN ('firstResponse', 'resolution', 'timeInGroup')),
  cycle BIGINT NOT NULL,
  percent BIGINT NOT NULL,
  agreement_version_id BIGINT NOT NULL REFERENCES policy_versions (id),
  group_id BIGINT NOT NULL REFERENCES resolver_groups (id),
  at BIGINT NOT NULL,
  recorded_at BIGINT NOT NULL,
  PRIMARY KEY (ticket_id, metric, cycle, percent)
) WITHOUT ROWID;
CREATE INDEX clock_marks_at ON clock_marks (at, percent);

CREATE TABLE ticket_messages (
  id INTEGER PRIMARY KEY NOT NULL,
  ticket_id BIGINT NOT NULL REFERENCES tickets (id),
  author_id BIGINT NOT NULL REFERENCES users (id),
  visibility TEXT NOT NULL CHECK (visibility IN ('public', 'internal')),
  body TEXT NOT NULL,
  created_at BIGINT NOT NULL
);
CREATE INDEX ticket_messages_ticket ON ticket_messages (ticket_id, id);

-- Files on disk under the data folder, named by `storage_key`; `content_type` is what the bytes are.
CREATE TABLE attachments (
  id INTEGER PRIMARY KEY NOT NULL,
  ticket_id BIGINT NOT NULL REFERENCES tickets (id),
  message_id BIGINT REFERENCES ticket_messages (id),
  uploaded_by_id BIGINT NOT NULL REFERENCES users (id),
  visibility TEXT NOT NULL CHECK (visibility IN ('public', 'internal')),
  file_name TEXT NOT NULL,
  content_type TEXT NOT NULL,
  size_bytes BIGINT NOT NULL,
  sha256 TEXT NOT NULL,
  storage_key TEXT NOT NULL UNIQUE,
  created_at BIGINT NOT NULL
);
CREATE INDEX attachments_ticket ON attachments (ticket_id, id);

CREATE TABLE ticket_links (
  id INTEGER PRIMARY KEY NOT NULL,
  from_ticket_id BIGINT NOT NULL REFERENCES tickets (id),
  to_ticket_id BIGINT NOT NULL REFERENCES tickets (id),
  kind TEXT NOT NULL CHECK (kind IN ('relatesTo', 'duplicates', 'causedBy', 'partOf')),
  created_by_id BIGINT NOT NULL REFERENCES users (id),
  created_at BIGINT NOT NULL,
  UNIQUE (from_ticket_id, to_ticket_id, kind)
);
CREATE INDEX ticket_links_to ON ticket_links (to_ticket_id);

-- What people are told in the portal: one row per person and cause.
CREATE TABLE notifications (
  id INTEGER PRIMARY KEY NOT NULL,
  user_id BIGINT NOT NULL REFERENCES users (id),
  ticket_id BIGINT NOT NULL REFERENCES tickets (id),
  event_sequence BIGINT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('answered', 'waitingForYou', 'resolved', 'reopened', 'assigned', 'critical', 'registered', 'dueSoon', 'overdue')),
  created_at BIGINT NOT NULL,
  read_at BIGINT,
  UNIQUE (user_id, ticket_id, event_sequence)
);
CREATE INDEX notifications_unread ON notifications (user_id, id) WHERE read_at IS NULL;

-- What POSTs that carried an Idempotency-Key have made, kept for 24 hours. `outcome` names the thing made.
CREATE TABLE idempotency_keys (
  user_id BIGINT NOT NULL REFERENCES users (id),
  key TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  outcome TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (user_id, key)
);
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);

-- Imports from another system started in the portal or through the API; the file waits under the data folder.
CREATE TABLE imports (
  id INTEGER PRIMARY KEY NOT NULL,
  started_by_id BIGINT NOT NULL REFERENCES users (id),
  file_name TEXT NOT NULL,
  storage_key TEXT NOT NULL,
  is_dry_run BOOLEAN NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'refused', 'failed')),
  rows_read BIGINT NOT NULL,
  rows_done BIGINT NOT NULL,
  summary TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  finished_at BIGINT
);

-- The search index: one document per ticket, rowid = ticket. `public` is what its requester may search,
-- `internal` what only staff may. Contentless: the texts themselves live in the tables above.
CREATE VIRTUAL TABLE ticket_search USING fts5 (
  public, internal, content='', contentless_delete=1, tokenize='swedish', detail='column'
);
