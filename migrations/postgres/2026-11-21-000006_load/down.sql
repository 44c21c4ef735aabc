DROP INDEX tickets_group_waiting;
