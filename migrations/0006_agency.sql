-- Agencies look after divisions; some are no division themselves. A closed agency keeps its decisions and gets no new cases.

ALTER TABLE agency ADD COLUMN closed BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE agency_area (
    agency_id     TEXT NOT NULL REFERENCES agency (id),
    division_code TEXT NOT NULL,
    PRIMARY KEY (agency_id, division_code)
);
