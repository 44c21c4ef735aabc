-- What is understood of mail: a notice of its own when a mail of ours didn't arrive, and other organisations' numbers.

ALTER TABLE notifications DROP CONSTRAINT notifications_kind_check;
ALTER TABLE notifications ADD CONSTRAINT notifications_kind_check
  CHECK (kind IN ('answered', 'waitingForYou', 'resolved', 'reopened', 'assigned', 'critical', 'registered', 'dueSoon', 'overdue', 'undelivered'));

-- Numbers that other organisations' systems gave the matter of a ticket, as mail about it named them, and the mail that
-- did so first. Searchable: `ticket_search` holds them too.
CREATE TABLE foreign_numbers (
  ticket_id BIGINT NOT NULL REFERENCES tickets (id),
  number TEXT NOT NULL,
  mail_id BIGINT NOT NULL REFERENCES inbound_mails (id),
  created_at BIGINT NOT NULL,
  PRIMARY KEY (ticket_id, number)
);
