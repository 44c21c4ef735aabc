DROP TABLE mail_preferences;
DROP TABLE mail_templates;
DROP TABLE bounced_addresses;
DROP TABLE outbound_mails;
DROP TABLE inbound_mails;
DROP TABLE mail_domains;
DROP TABLE mailboxes;
CREATE TABLE ticket_events_old (
  ticket_id BIGINT NOT NULL REFERENCES tickets (id),
  sequence BIGINT NOT NULL,
  at BIGINT NOT NULL,
  actor_id BIGINT REFERENCES users (id),
  origin TEXT NOT NULL CHECK (origin IN ('portal', 'workspace', 'api', 'import', 'system', 'external')),
  data TEXT NOT NULL,
  PRIMARY KEY (ticket_id, sequence)
) WITHOUT ROWID;
INSERT INTO ticket_events_old
  SELECT ticket_id, sequence, at, actor_id, CASE origin WHEN 'email' THEN 'external' ELSE origin END, data FROM ticket_events;
DROP TABLE ticket_events;
ALTER TABLE ticket_events_old RENAME TO ticket_events;
