-- Work to be done after a commit, written in the transaction that causes it (outbox).
-- A job that is done is deleted; what is left is waiting, running or given up.
CREATE TABLE jobs (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,                       -- JSON of the kind's payload
  dedupe_key TEXT,                             -- at most one waiting job per key
  state TEXT NOT NULL CHECK (state IN ('ready', 'running', 'dead')),
  priority BIGINT NOT NULL,                    -- higher runs first
  run_at BIGINT NOT NULL,                      -- not before this instant
  attempts BIGINT NOT NULL DEFAULT 0,          -- times it has been claimed
  max_attempts BIGINT NOT NULL,
  lease_owner TEXT,                            -- who runs it
  lease_until BIGINT,                          -- after this instant anybody may take it over
  last_error TEXT,
  created_at BIGINT NOT NULL
);
-- One index serves claiming (state = ready), taking over (state = running) and the list of dead jobs.
CREATE INDEX jobs_state ON jobs (state, priority DESC, run_at, id);
-- A running job doesn't block the next one of its key: it may have read the state before the change.
CREATE UNIQUE INDEX jobs_dedupe ON jobs (dedupe_key) WHERE state = 'ready' AND dedupe_key IS NOT NULL;

-- Settings that administrators change while the server runs; the rest lies in the configuration.
CREATE TABLE settings (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL,                         -- JSON
  updated_at BIGINT NOT NULL
) WITHOUT ROWID;

-- Running numbers without gaps, taken in the transaction that uses them (ticket numbers per kind).
CREATE TABLE counters (
  name TEXT NOT NULL PRIMARY KEY,
  value BIGINT NOT NULL                        -- the last number given out
) WITHOUT ROWID;
