-- What waits, by group and person, without a look at every open ticket.
CREATE INDEX tickets_group_waiting ON tickets (group_id, assignee_id) WHERE waiting_for IS NOT NULL;
