-- The review engine: cases, their stages, what was decided about (sealed) and every decision. Days are YYYY-MM-DD of
-- Asia/Shanghai. `review_decision` and `review_snapshot` are append-only (triggers in store::schema).

CREATE TABLE review_case (
    id              TEXT PRIMARY KEY,
    kind            TEXT NOT NULL,
    host_id         TEXT REFERENCES host (id),
    trainee_id      TEXT REFERENCES trainee (id),
    subject         TEXT NOT NULL,               -- name of the host or person, as the queue shows it
    detail          TEXT NOT NULL,
    division_code   TEXT NOT NULL,               -- whose rule pack counts
    state           TEXT NOT NULL CHECK (state IN ('submitted', 'returned', 'approved', 'rejected')),
    stage           BIGINT NOT NULL,             -- position of the current or last stage
    stages          BIGINT NOT NULL,
    purpose         TEXT NOT NULL,               -- of that stage
    agency_id       TEXT NOT NULL REFERENCES agency (id),
    workdays        BIGINT NOT NULL,
    since           TEXT NOT NULL,               -- day on which the stage was reached; it does not count
    due_on          TEXT NOT NULL,
    escalated_to    TEXT REFERENCES agency (id),
    escalated_at    BIGINT,
    checked         BOOLEAN NOT NULL,            -- every automatic check passed
    returned_fields TEXT NOT NULL DEFAULT '',    -- codes, comma separated
    snapshot        BIGINT NOT NULL,             -- number of the current one
    route           TEXT NOT NULL,               -- why these agencies, in words
    basis           TEXT NOT NULL,               -- rule pack versions that counted when it was submitted
    submitted_by    TEXT NOT NULL REFERENCES account (id),
    submitted_at    BIGINT NOT NULL,
    decided_at      BIGINT,
    version         BIGINT NOT NULL DEFAULT 1,
    CHECK ((host_id IS NULL) <> (trainee_id IS NULL))
);
CREATE INDEX review_case_open ON review_case (agency_id, due_on, id) WHERE state = 'submitted';
CREATE INDEX review_case_open_kind ON review_case (agency_id, kind, due_on, id) WHERE state = 'submitted';
CREATE INDEX review_case_returned ON review_case (agency_id, due_on, id) WHERE state = 'returned';
CREATE INDEX review_case_escalated ON review_case (escalated_to, due_on, id) WHERE state = 'submitted';
CREATE INDEX review_case_overdue ON review_case (due_on) WHERE state = 'submitted' AND escalated_at IS NULL;
CREATE INDEX review_case_host ON review_case (host_id, kind, submitted_at);
CREATE INDEX review_case_trainee ON review_case (trainee_id, kind, submitted_at);
-- One open case of a kind for each subject, whatever two taps do at once.
CREATE UNIQUE INDEX review_case_one_host ON review_case (host_id, kind) WHERE state IN ('submitted', 'returned');
CREATE UNIQUE INDEX review_case_one_trainee ON review_case (trainee_id, kind) WHERE state IN ('submitted', 'returned');

CREATE TABLE review_stage (
    case_id    TEXT NOT NULL REFERENCES review_case (id),
    position   BIGINT NOT NULL,
    purpose    TEXT NOT NULL,
    agency_id  TEXT NOT NULL REFERENCES agency (id),
    workdays   BIGINT NOT NULL,
    reached_on TEXT,
    due_on     TEXT,
    passed_at  BIGINT,
    PRIMARY KEY (case_id, position)
);
CREATE INDEX review_stage_agency ON review_stage (agency_id, case_id);

CREATE TABLE review_snapshot (
    case_id TEXT NOT NULL REFERENCES review_case (id),
    number  BIGINT NOT NULL,
    sealed  TEXT NOT NULL,                       -- JSON of domain::review::Snapshot
    hash    TEXT NOT NULL,                       -- keyed hash of that JSON
    at      BIGINT NOT NULL,
    PRIMARY KEY (case_id, number)
);

CREATE TABLE review_decision (
    case_id       TEXT NOT NULL REFERENCES review_case (id),
    number        BIGINT NOT NULL,
    verdict       TEXT NOT NULL,
    account_id    TEXT NOT NULL REFERENCES account (id),
    account_name  TEXT NOT NULL,
    agency_id     TEXT REFERENCES agency (id),   -- NULL: the submitter
    purpose       TEXT,
    reason        TEXT,
    fields        TEXT NOT NULL DEFAULT '',
    record        TEXT,                          -- JSON of domain::review::DecisionRecord
    snapshot      BIGINT NOT NULL,
    snapshot_hash TEXT NOT NULL,
    basis         TEXT NOT NULL,
    at            BIGINT NOT NULL,
    PRIMARY KEY (case_id, number)
);
CREATE INDEX review_decision_agency ON review_decision (agency_id, at, case_id);
