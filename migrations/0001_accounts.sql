-- Who signs in. One portable schema: BIGINT times are UTC epoch milliseconds, ids are UUID text, `*_sealed` is
-- AES-256-GCM ciphertext, `*_index` the keyed blind index that equality search uses.

CREATE TABLE setting (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE division (
    code        TEXT PRIMARY KEY,              -- GB/T 2260, six digits
    name        TEXT NOT NULL,
    level       TEXT NOT NULL CHECK (level IN ('province', 'city', 'county')),
    parent_code TEXT REFERENCES division (code)
);
CREATE INDEX division_parent ON division (parent_code);

CREATE TABLE agency (
    id            TEXT PRIMARY KEY,
    name          TEXT NOT NULL,
    level         TEXT NOT NULL CHECK (level IN ('province', 'city', 'county')),
    division_code TEXT NOT NULL,
    parent_id     TEXT REFERENCES agency (id),
    version       BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE host (
    id            TEXT PRIMARY KEY,
    name          TEXT NOT NULL,
    credit_code   TEXT NOT NULL UNIQUE,
    division_code TEXT NOT NULL,
    address       TEXT NOT NULL,
    standing      TEXT NOT NULL CHECK (standing IN ('uncertified', 'certified', 'closed')),
    certified_by  TEXT REFERENCES agency (id),
    created_at    BIGINT NOT NULL,
    version       BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE account (
    id               TEXT PRIMARY KEY,
    role             TEXT NOT NULL CHECK (role IN ('trainee', 'operator', 'mentor', 'reviewer', 'city_centre', 'auditor', 'admin')),
    name             TEXT NOT NULL,
    login_index      TEXT NOT NULL UNIQUE,
    login_sealed     TEXT NOT NULL,
    password_hash    TEXT NOT NULL,
    totp_sealed      TEXT,
    totp_last_step   BIGINT NOT NULL DEFAULT 0,
    host_id          TEXT REFERENCES host (id),
    agency_id        TEXT REFERENCES agency (id),
    disabled         BOOLEAN NOT NULL DEFAULT FALSE,
    -- Only `jianxi demo` fills these two: the sign-in page of a demo server shows them.
    demo_password    TEXT,
    demo_note        TEXT,
    created_at       BIGINT NOT NULL,
    version          BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE session (
    token_hash TEXT PRIMARY KEY,               -- SHA-256 of the opaque token
    account_id TEXT NOT NULL REFERENCES account (id),
    stage      TEXT NOT NULL CHECK (stage IN ('second_factor', 'signed_in')),
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX session_account ON session (account_id);

CREATE TABLE known_device (
    token_hash TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES account (id),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (token_hash, account_id)
);

CREATE TABLE sign_in_throttle (
    bucket        TEXT PRIMARY KEY,            -- keyed hash of account × device, account × unknown devices, or network source
    failures      BIGINT NOT NULL,
    blocked_until BIGINT NOT NULL,
    updated_at    BIGINT NOT NULL
);

CREATE TABLE trainee (
    id                   TEXT PRIMARY KEY,
    account_id           TEXT NOT NULL UNIQUE REFERENCES account (id),
    name                 TEXT NOT NULL,
    id_card_index        TEXT NOT NULL UNIQUE,
    id_card_sealed       TEXT NOT NULL,
    phone_index          TEXT NOT NULL UNIQUE,
    phone_sealed         TEXT NOT NULL,
    kind                 TEXT NOT NULL CHECK (kind IN ('graduate', 'vocational_graduate', 'unemployed_youth')),
    school               TEXT,
    kind_date            TEXT NOT NULL,         -- diploma date or unemployment registration date, YYYY-MM-DD
    residence_code       TEXT NOT NULL,
    residence_detail     TEXT NOT NULL,
    consent_privacy_at   BIGINT NOT NULL,
    consent_sensitive_at BIGINT,                -- position and bank data; NULL when not given or taken back
    created_at           BIGINT NOT NULL,
    version              BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE form_draft (
    token_hash TEXT PRIMARY KEY,
    purpose    TEXT NOT NULL,
    sealed     TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
