-- Work that happens without anybody asking: each job is leased by one node at a time.

CREATE TABLE job (
    name        TEXT PRIMARY KEY,
    holder      TEXT,                           -- the lease that runs, NULL when none does
    lease_until BIGINT NOT NULL,                -- after this another node may take over
    next_at     BIGINT NOT NULL,                -- not due before
    last_ok_at  BIGINT,
    last_error  TEXT                            -- of the last run, NULL when it went well
);
