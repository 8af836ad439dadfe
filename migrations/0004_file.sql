-- Uploaded files. The content lies encrypted in the object store under the file's id; here is what it is, whose it is and
-- what it is used for. A file belongs to exactly one of a host, a trainee and an agency.

CREATE TABLE file (
    id            TEXT PRIMARY KEY,             -- random, so that an address cannot be guessed
    host_id       TEXT REFERENCES host (id),
    trainee_id    TEXT REFERENCES trainee (id),
    agency_id     TEXT REFERENCES agency (id),
    uploaded_by   TEXT NOT NULL REFERENCES account (id),
    purpose       TEXT NOT NULL,
    name_sealed   TEXT NOT NULL,                -- people write ID numbers into names of photos
    size          BIGINT NOT NULL,              -- bytes of the upload
    received      BIGINT NOT NULL DEFAULT 0,    -- bytes of it that have arrived
    state         TEXT NOT NULL CHECK (state IN ('uploading', 'checking', 'ready', 'refused')),
    unfit         TEXT,                         -- why it was refused
    scan          TEXT NOT NULL CHECK (scan IN ('pending', 'unreachable', 'not_scanned', 'clean', 'infected')),
    kind          TEXT CHECK (kind IN ('jpeg', 'pdf')),
    stored_size   BIGINT,                       -- bytes of what is stored, before encryption
    sha256        TEXT,                         -- of what is stored, before encryption
    created_at    BIGINT NOT NULL,
    loose_since   BIGINT,                       -- NULL while it is used somewhere
    claimed_until BIGINT NOT NULL DEFAULT 0,    -- some node is checking it until then
    tries         BIGINT NOT NULL DEFAULT 0,    -- checks that began and never ended
    version       BIGINT NOT NULL DEFAULT 1,
    CHECK ((CASE WHEN host_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN trainee_id IS NULL THEN 0 ELSE 1 END)
         + (CASE WHEN agency_id IS NULL THEN 0 ELSE 1 END) = 1),
    CHECK ((state = 'refused') = (unfit IS NOT NULL)),
    CHECK (state <> 'ready' OR (kind IS NOT NULL AND stored_size IS NOT NULL AND sha256 IS NOT NULL))
);
CREATE INDEX file_host ON file (host_id, loose_since) WHERE host_id IS NOT NULL;
CREATE INDEX file_trainee ON file (trainee_id, loose_since) WHERE trainee_id IS NOT NULL;
CREATE INDEX file_agency ON file (agency_id, loose_since) WHERE agency_id IS NOT NULL;
CREATE INDEX file_loose ON file (loose_since) WHERE loose_since IS NOT NULL;
CREATE INDEX file_checking ON file (claimed_until) WHERE state = 'checking';

-- Chunks of an upload until it is checked: here they survive a restart, and another node can go on.
CREATE TABLE file_part (
    file_id TEXT NOT NULL REFERENCES file (id) ON DELETE CASCADE,
    start   BIGINT NOT NULL,                    -- where it belongs, bytes
    sealed  TEXT NOT NULL,
    PRIMARY KEY (file_id, start)
);

-- What a file is used for, e.g. ('certification', id). Nothing here knows the kinds of subjects.
CREATE TABLE file_use (
    file_id      TEXT NOT NULL REFERENCES file (id),
    subject_kind TEXT NOT NULL,
    subject_id   TEXT NOT NULL,
    position     BIGINT NOT NULL,
    PRIMARY KEY (subject_kind, subject_id, file_id)
);
CREATE INDEX file_use_file ON file_use (file_id);

-- Agencies whose staff may read a file, because a case with it reached them.
CREATE TABLE file_grant (
    file_id    TEXT NOT NULL REFERENCES file (id) ON DELETE CASCADE,
    agency_id  TEXT NOT NULL REFERENCES agency (id),
    granted_at BIGINT NOT NULL,
    PRIMARY KEY (file_id, agency_id)
);

-- Files whose rows are gone and whose content must follow; written in the transaction that deletes the row.
CREATE TABLE file_erasure (
    file_id TEXT PRIMARY KEY,
    at      BIGINT NOT NULL
);
