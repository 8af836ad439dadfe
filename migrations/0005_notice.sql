-- Work that happens without anybody asking: each job is leased by one node at a time.

CREATE TABLE job (
    name        TEXT PRIMARY KEY,
    holder      TEXT,                           -- the lease that runs, NULL when none does
    lease_until BIGINT NOT NULL,                -- after this another node may take over
    next_at     BIGINT NOT NULL,                -- not due before
    last_ok_at  BIGINT,
    last_error  TEXT                            -- of the last run, NULL when it went well
);

-- The inbox 消息: one row per person who is told, written in the transaction of the act itself.

CREATE TABLE notice (
    id         TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES account (id),
    content    TEXT NOT NULL,                   -- NoticeContent as JSON: no personal numbers, no free text
    at         BIGINT NOT NULL,
    read_at    BIGINT
);
CREATE INDEX notice_account ON notice (account_id, at, id);
-- Counted for every first page, and far fewer than the read ones.
CREATE INDEX notice_unread ON notice (account_id, at, id) WHERE read_at IS NULL;

-- A browser that a person asked to be told through. Who knows its address and keys can write to it, so they are sealed.
CREATE TABLE push_subscription (
    id             TEXT PRIMARY KEY,
    account_id     TEXT NOT NULL REFERENCES account (id),
    endpoint_index TEXT NOT NULL UNIQUE,
    sealed         TEXT NOT NULL,
    created_at     BIGINT NOT NULL
);
CREATE INDEX push_subscription_account ON push_subscription (account_id);

-- What must still leave the house about a notice, written with the notice, sent by a job.
CREATE TABLE notice_delivery (
    notice_id TEXT NOT NULL REFERENCES notice (id) ON DELETE CASCADE,
    channel   TEXT NOT NULL CHECK (channel IN ('sms', 'push')),
    target    TEXT NOT NULL,                    -- the push subscription; empty for a text message
    state     TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'given_up', 'dropped')),
    tries     BIGINT NOT NULL,
    next_at   BIGINT NOT NULL,
    PRIMARY KEY (notice_id, channel, target)
);
CREATE INDEX notice_delivery_waiting ON notice_delivery (next_at) WHERE state = 'waiting';
