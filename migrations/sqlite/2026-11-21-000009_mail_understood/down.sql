UPDATE outbound_mails SET template = 'answered' WHERE template = 'undelivered';
DELETE FROM mail_templates WHERE template = 'undelivered';
DROP TABLE foreign_numbers;
CREATE TABLE notifications_old (
  id INTEGER PRIMARY KEY NOT NULL,
  user_id BIGINT NOT NULL REFERENCES users (id),
  ticket_id BIGINT NOT NULL REFERENCES tickets (id),
  event_sequence BIGINT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('answered', 'waitingForYou', 'resolved', 'reopened', 'assigned', 'critical', 'registered', 'dueSoon', 'overdue')),
  created_at BIGINT NOT NULL,
  read_at BIGINT,
  UNIQUE (user_id, ticket_id, event_sequence)
);
INSERT INTO notifications_old
  SELECT id, user_id, ticket_id, event_sequence, CASE kind WHEN 'undelivered' THEN 'answered' ELSE kind END, created_at, read_at FROM notifications;
DROP TABLE notifications;
ALTER TABLE notifications_old RENAME TO notifications;
CREATE INDEX notifications_unread ON notifications (user_id, id) WHERE read_at IS NULL;
