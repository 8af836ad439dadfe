-- Rule packs and holiday notices: every version that ever counted, append-only (triggers in store::schema). The built-in ones
-- are written by whoever owns the database when it opens; nobody added them, so `created_by` and `imported_by` are NULL.

CREATE TABLE rule_pack (
    region     TEXT NOT NULL,                   -- GB/T 2260, six digits; 000000 for the whole country
    version    TEXT NOT NULL,
    valid_from TEXT NOT NULL,                   -- YYYY-MM-DD
    document   TEXT NOT NULL,                   -- TOML as it was typed
    created_at BIGINT NOT NULL,
    created_by TEXT REFERENCES account (id),
    PRIMARY KEY (region, version),
    UNIQUE (region, valid_from)
);

CREATE TABLE calendar_notice (
    year        BIGINT NOT NULL,
    version     BIGINT NOT NULL,                -- of two for one year the later counts
    source      TEXT NOT NULL,
    document    TEXT NOT NULL,                  -- TOML as it was typed
    imported_at BIGINT NOT NULL,
    imported_by TEXT REFERENCES account (id),
    PRIMARY KEY (year, version)
);
