-- What usage::import_usage remembers of its logs (core/usage/ledger.h), in pieces.
CREATE TABLE usage_ledger (
    position INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT;
