-- Times are milliseconds since 1970-01-01 UTC. Verdicts and roles are words, as in exported JSON.

CREATE TABLE settings (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    title TEXT NOT NULL,
    currency TEXT NOT NULL,
    currency_per_usd TEXT NOT NULL, -- exact decimal
    rate_source TEXT NOT NULL,
    profile TEXT NOT NULL,
    profile_title TEXT NOT NULL,
    profile_note TEXT NOT NULL,
    scoring_formula TEXT NOT NULL
) STRICT;

CREATE TABLE profile_weight (
    check_id TEXT PRIMARY KEY,
    weight REAL NOT NULL
) STRICT;

CREATE TABLE profile_gate (
    position INTEGER PRIMARY KEY,
    check_id TEXT NOT NULL
) STRICT;

CREATE TABLE contract (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL,
    vendor TEXT NOT NULL,
    added INTEGER NOT NULL,
    removed INTEGER -- when it was removed; a removed contract can be restored
) STRICT;

CREATE TABLE version (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    contract_id INTEGER NOT NULL REFERENCES contract (id),
    added INTEGER NOT NULL,
    removed INTEGER,
    sha256 TEXT NOT NULL, -- of the original file
    document BLOB NOT NULL, -- its text and structure
    pack TEXT NOT NULL,
    pack_version TEXT NOT NULL,
    pack_sha256 TEXT NOT NULL,
    engine TEXT NOT NULL
) STRICT;
CREATE INDEX version_contract ON version (contract_id);
CREATE INDEX version_sha256 ON version (sha256);

CREATE TABLE original (
    version_id INTEGER PRIMARY KEY REFERENCES version (id),
    bytes BLOB NOT NULL
) STRICT;

CREATE TABLE party (
    version_id INTEGER NOT NULL REFERENCES version (id),
    side TEXT NOT NULL CHECK (side IN ('vendor', 'customer')),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (version_id, side, position)
) STRICT;

CREATE TABLE finding (
    id INTEGER PRIMARY KEY,
    version_id INTEGER NOT NULL REFERENCES version (id),
    position INTEGER NOT NULL,
    check_id TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('met', 'partial', 'missing', 'adverse')),
    confidence REAL NOT NULL,
    UNIQUE (version_id, position)
) STRICT;

CREATE TABLE finding_parameter (
    finding_id INTEGER NOT NULL REFERENCES finding (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    unit TEXT NOT NULL,
    PRIMARY KEY (finding_id, position)
) STRICT;

CREATE TABLE finding_reason (
    finding_id INTEGER NOT NULL REFERENCES finding (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (finding_id, position)
) STRICT;

CREATE TABLE finding_evidence (
    finding_id INTEGER NOT NULL REFERENCES finding (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    begin_byte INTEGER NOT NULL,
    end_byte INTEGER NOT NULL,
    page INTEGER NOT NULL,
    section TEXT NOT NULL,
    text TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('gives', 'takes', 'bounds')),
    PRIMARY KEY (finding_id, position)
) STRICT;

CREATE TABLE decision (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    contract_id INTEGER NOT NULL REFERENCES contract (id),
    check_id TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('met', 'partial', 'missing', 'adverse')),
    note TEXT NOT NULL,
    author TEXT NOT NULL,
    time INTEGER NOT NULL,
    changed_by INTEGER REFERENCES version (id), -- the version that lost its evidence
    UNIQUE (contract_id, check_id)
) STRICT;

CREATE TABLE decision_evidence (
    decision_id INTEGER NOT NULL REFERENCES decision (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    begin_byte INTEGER NOT NULL,
    end_byte INTEGER NOT NULL,
    page INTEGER NOT NULL,
    section TEXT NOT NULL,
    text TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('gives', 'takes', 'bounds')),
    PRIMARY KEY (decision_id, position)
) STRICT;

-- The passages that a decision rests on: its own evidence, or that of the finding it confirmed.
CREATE TABLE decision_basis (
    decision_id INTEGER NOT NULL REFERENCES decision (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (decision_id, position)
) STRICT;

CREATE TABLE usage_cube (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    json TEXT NOT NULL
) STRICT;

CREATE TABLE price_sheet (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    json TEXT NOT NULL,
    sha256 TEXT NOT NULL -- of the file it was imported from
) STRICT;

CREATE TABLE price_sheet_ignored (
    position INTEGER PRIMARY KEY,
    reason TEXT NOT NULL
) STRICT;

CREATE TABLE scenario_set (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    json TEXT NOT NULL,
    simulation_formula TEXT NOT NULL
) STRICT;

CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    time INTEGER NOT NULL,
    author TEXT NOT NULL,
    action TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE (ABORT, 'the audit trail is append-only');
END;

CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN
    SELECT RAISE (ABORT, 'the audit trail is append-only');
END;

-- INSERT OR REPLACE deletes without firing the trigger above.
CREATE TRIGGER audit_is_never_replaced BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
BEGIN
    SELECT RAISE (ABORT, 'the audit trail is append-only');
END;
