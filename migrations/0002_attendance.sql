-- Sites, internships and check-ins. Degrees are stored × 10^7, distances in centimetres, money in fen, days as YYYY-MM-DD
-- of Asia/Shanghai.

CREATE TABLE site (
    id         TEXT PRIMARY KEY,
    host_id    TEXT NOT NULL REFERENCES host (id),
    name       TEXT NOT NULL,
    lat_e7     BIGINT NOT NULL,                 -- WGS-84
    lon_e7     BIGINT NOT NULL,
    radius_cm  BIGINT NOT NULL,
    datum      TEXT NOT NULL CHECK (datum IN ('wgs84', 'gcj02', 'bd09')),
    entered    TEXT NOT NULL,                   -- as typed, in that datum
    created_at BIGINT NOT NULL,
    version    BIGINT NOT NULL DEFAULT 1,
    UNIQUE (host_id, name)
);

CREATE TABLE internship (
    id             TEXT PRIMARY KEY,
    host_id        TEXT NOT NULL REFERENCES host (id),
    trainee_id     TEXT REFERENCES trainee (id), -- known once the person has confirmed
    name           TEXT NOT NULL,                -- as the host entered it
    phone_index    TEXT NOT NULL,
    phone_sealed   TEXT NOT NULL,
    post           TEXT NOT NULL,
    starts_on      TEXT NOT NULL,
    ends_on        TEXT NOT NULL,
    allowance_fen  BIGINT NOT NULL,
    state          TEXT NOT NULL CHECK (state IN ('offered', 'active', 'declined', 'withdrawn', 'ended')),
    decline_reason TEXT,
    offered_by     TEXT NOT NULL REFERENCES account (id),
    offered_at     BIGINT NOT NULL,
    answered_at    BIGINT,
    version        BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX internship_host ON internship (host_id, state);
CREATE INDEX internship_trainee ON internship (trainee_id, state);
CREATE INDEX internship_phone ON internship (phone_index, state);
-- A person is in one internship at a time, whatever two hosts or two taps do at once.
CREATE UNIQUE INDEX internship_one_active ON internship (trainee_id) WHERE state = 'active';

CREATE TABLE internship_site (
    internship_id TEXT NOT NULL REFERENCES internship (id),
    site_id       TEXT NOT NULL REFERENCES site (id),
    PRIMARY KEY (internship_id, site_id)
);
CREATE INDEX internship_site_site ON internship_site (site_id);

CREATE TABLE check_in (
    id            TEXT PRIMARY KEY,             -- made by the phone
    internship_id TEXT NOT NULL REFERENCES internship (id),
    host_id       TEXT NOT NULL REFERENCES host (id),
    site_id       TEXT NOT NULL REFERENCES site (id),
    day           TEXT NOT NULL,                -- Asia/Shanghai
    device_at     BIGINT NOT NULL,
    server_at     BIGINT NOT NULL,
    lat_e7        BIGINT,                       -- NULL once purged, 180 days after the claims close
    lon_e7        BIGINT,
    accuracy_cm   BIGINT NOT NULL,
    distance_cm   BIGINT NOT NULL,
    how           TEXT NOT NULL CHECK (how IN ('position', 'on_site_code', 'host')),
    offline       BOOLEAN NOT NULL,
    verdict       TEXT NOT NULL CHECK (verdict IN ('inside', 'uncertain', 'outside')),
    state         TEXT NOT NULL CHECK (state IN ('valid', 'waiting', 'confirmed', 'sent_back')),
    reason        TEXT,
    note          TEXT,
    decided_by    TEXT REFERENCES account (id),
    decided_at    BIGINT,
    content_hash  TEXT NOT NULL,                -- same id, other content is a conflict, never an overwrite
    version       BIGINT NOT NULL DEFAULT 1
);
CREATE INDEX check_in_internship ON check_in (internship_id, day);
CREATE INDEX check_in_host ON check_in (host_id, day);
CREATE INDEX check_in_site ON check_in (site_id, server_at);
CREATE INDEX check_in_waiting ON check_in (host_id, server_at) WHERE state = 'waiting';
