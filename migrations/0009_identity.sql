-- 实名认证 of persons and hosts: where it stands. Nothing else opens before `verified`.

ALTER TABLE trainee ADD COLUMN identity TEXT NOT NULL DEFAULT 'unverified'
    CHECK (identity IN ('unverified', 'checking', 'manual', 'verified', 'rejected'));
ALTER TABLE trainee ADD COLUMN identity_at BIGINT;
ALTER TABLE host ADD COLUMN identity TEXT NOT NULL DEFAULT 'unverified'
    CHECK (identity IN ('unverified', 'checking', 'manual', 'verified', 'rejected'));
ALTER TABLE host ADD COLUMN identity_at BIGINT;
-- Hosts that an agency had certified on the command line before were known to it.
UPDATE host SET identity = 'verified' WHERE standing = 'certified';
-- Automatic checks that a crash left half-way are found without reading everybody.
CREATE INDEX trainee_identity_checking ON trainee (identity_at) WHERE identity = 'checking';
