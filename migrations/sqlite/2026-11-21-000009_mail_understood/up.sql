-- What is understood of mail: a notice of its own when a mail of ours didn't arrive, and other organisations' numbers.

-- SQLite can't change a CHECK, so the table is made anew.
CREATE TABLE notifications_new (
  id INTEGER PRIMARY KEY NOT NULL,
  user_id BIGINT NOT NULL REFERENCES users (id),
  ticket_id BIGINT NOT NULL REFERENCES tickets (id),
  event_sequence BIGINT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('answered', 'waitingForYou', 'resolved', 'reopened', 'assigned', 'critical', 'registered', 'dueSoon', 'overdue', 'undelivered')),
  created_at BIGINT NOT NULL,
  read_at BIGINT,
  UNIQUE (user_id, ticket_id, event_sequence)
);
INSERT INTO notifications_new SELECT id, user_id, ticket_id, event_sequence, kind, created_at, read_at FROM notifications;
DROP TABLE notifications;
ALTER TABLE notifications_new RENAME TO notifications;
CREATE INDEX notifications_unread ON notifications (user_id, id) WHERE read_at IS NULL;

-- Numbers that other organisations' systems gave the matter of a ticket, as mail about it named them, and the mail that
-- did so first. Searchable: `ticket_search` holds them too.
CREATE TABLE foreign_numbers (
  ticket_id BIGINT NOT NULL REFERENCES tickets (id),
  number TEXT NOT NULL,
  mail_id BIGINT NOT NULL REFERENCES inbound_mails (id),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (ticket_id, number)
);
