-- Servers with models. Their keys are in the keychain of the system, never here.
CREATE TABLE endpoint (
    position INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    url TEXT NOT NULL,
    model TEXT NOT NULL,
    key_variable TEXT NOT NULL,
    certificates TEXT NOT NULL,
    context INTEGER NOT NULL
) STRICT;

CREATE TABLE suite (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    added INTEGER NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL UNIQUE, -- of the file it was read from
    cases INTEGER NOT NULL,
    json TEXT NOT NULL
) STRICT;

-- A run as in the state files of leeway-cli: its head, then a line for each answer.
CREATE TABLE run (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    suite_id INTEGER NOT NULL REFERENCES suite (id),
    head TEXT NOT NULL,
    ended INTEGER, -- when it was brought to its end; it can be gone on with until then
    removed INTEGER
) STRICT;

CREATE TABLE run_result (
    run_id INTEGER NOT NULL REFERENCES run (id),
    case_index INTEGER NOT NULL,
    repetition INTEGER NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (run_id, case_index, repetition)
) STRICT;
