UPDATE outbound_mails SET template = 'answered' WHERE template = 'undelivered';
DELETE FROM mail_templates WHERE template = 'undelivered';
DROP TABLE foreign_numbers;
UPDATE notifications SET kind = 'answered' WHERE kind = 'undelivered';
ALTER TABLE notifications DROP CONSTRAINT notifications_kind_check;
ALTER TABLE notifications ADD CONSTRAINT notifications_kind_check
  CHECK (kind IN ('answered', 'waitingForYou', 'resolved', 'reopened', 'assigned', 'critical', 'registered', 'dueSoon', 'overdue'));
