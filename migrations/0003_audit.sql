-- The audit log: append-only (triggers in store::schema, written per dialect) and chained by SHA-256.

CREATE TABLE audit_event (
    seq        BIGINT PRIMARY KEY,
    at         BIGINT NOT NULL,
    account_id TEXT,                            -- NULL: nobody was signed in, or the system acted
    role       TEXT NOT NULL,
    act        TEXT NOT NULL,
    event      TEXT NOT NULL,                   -- JSON of domain::audit::AuditEvent
    previous   TEXT NOT NULL,
    hash       TEXT NOT NULL
);
CREATE INDEX audit_event_account ON audit_event (account_id, seq);

CREATE TABLE audit_head (
    id   BIGINT PRIMARY KEY CHECK (id = 1),
    seq  BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, '');
