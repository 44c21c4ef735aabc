DROP TABLE mail_preferences;
DROP TABLE mail_templates;
DROP TABLE bounced_addresses;
DROP TABLE outbound_mails;
DROP TABLE inbound_mails;
DROP TABLE mail_domains;
DROP TABLE mailboxes;
UPDATE ticket_events SET origin = 'external' WHERE origin = 'email';
ALTER TABLE ticket_events DROP CONSTRAINT ticket_events_origin_check;
ALTER TABLE ticket_events ADD CONSTRAINT ticket_events_origin_check
  CHECK (origin IN ('portal', 'workspace', 'api', 'import', 'system', 'external'));
