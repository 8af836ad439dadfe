-- 见习单位认证: one for each host, what it was applied with, and what agencies did with certified hosts. Days are YYYY-MM-DD of
-- Asia/Shanghai. `certification_act` is append-only (triggers in store::schema). A host without a row here was certified on the
-- command line; its standing says where it stands.

CREATE TABLE certification (
    host_id           TEXT PRIMARY KEY REFERENCES host (id),
    state             TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'certified', 'rejected', 'cleaned_out', 'rectifying', 'disqualified')),
    form_sealed       TEXT,                      -- JSON of domain::certification::CertificationForm; NULL before anything was typed
    case_id           TEXT REFERENCES review_case (id),
    plan              TEXT,                      -- as submitted last
    insured_employees BIGINT,                    -- as submitted last
    certified_at      BIGINT,
    rectify_until     TEXT,
    banned_until      TEXT,                      -- first day on which it may apply again
    moved_at          BIGINT NOT NULL,           -- last event of the certification: a sign of life
    version           BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE certification_act (
    host_id      TEXT NOT NULL REFERENCES host (id),
    number       BIGINT NOT NULL,
    act          TEXT NOT NULL,
    account_id   TEXT NOT NULL REFERENCES account (id),
    account_name TEXT NOT NULL,
    agency_id    TEXT NOT NULL REFERENCES agency (id),
    reason       TEXT NOT NULL,
    until        TEXT,                           -- last day of a rectification, or first day after a ban
    basis        TEXT NOT NULL,                  -- rule pack versions that counted
    at           BIGINT NOT NULL,
    PRIMARY KEY (host_id, number)
);

CREATE INDEX host_by_name ON host (name, id);
CREATE INDEX host_division ON host (division_code);
