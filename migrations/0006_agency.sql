-- Agencies look after divisions; some are no division themselves. A closed agency keeps its decisions and gets no new cases.

ALTER TABLE agency ADD COLUMN closed BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE agency_area (
    agency_id     TEXT NOT NULL REFERENCES agency (id),
    division_code TEXT NOT NULL,
    PRIMARY KEY (agency_id, division_code)
);

CREATE INDEX agency_parent ON agency (parent_id);
CREATE INDEX host_certified_by ON host (certified_by);

-- 撤县设区 happens every year: the picker offers what is valid on the day of asking, rows that carry an ended code keep it.
ALTER TABLE division ADD COLUMN valid_from TEXT;    -- first day, NULL = always
ALTER TABLE division ADD COLUMN valid_until TEXT;   -- last day, NULL = for ever

-- Staff lists: who belongs where, and when they last came.
ALTER TABLE account ADD COLUMN signed_in_at BIGINT;
CREATE INDEX account_agency ON account (agency_id);
CREATE INDEX account_host ON account (host_id);

-- The audit screen: one act, one stretch of time.
CREATE INDEX audit_event_act ON audit_event (act, seq);
CREATE INDEX audit_event_at ON audit_event (at, seq);
