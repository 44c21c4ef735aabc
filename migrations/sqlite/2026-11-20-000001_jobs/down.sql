DROP TABLE counters;
DROP TABLE settings;
DROP TABLE jobs;
