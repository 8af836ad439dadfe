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

-- What a unit says about itself; NULL on one that was made on the command line and never asked. One that registers itself
-- sets its operator's second factor up afterwards: until the first right code the account waits for it.
ALTER TABLE host ADD COLUMN legal_representative TEXT;
ALTER TABLE host ADD COLUMN operator_name TEXT;
ALTER TABLE host ADD COLUMN operator_phone_sealed TEXT;
ALTER TABLE host ADD COLUMN consent_privacy_at BIGINT;
CREATE INDEX host_name ON host (name, division_code);
ALTER TABLE account ADD COLUMN awaits_second_factor BOOLEAN NOT NULL DEFAULT FALSE;
