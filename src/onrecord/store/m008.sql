-- The eighth form: the keys by which copies and quotations find each other, in blobs.

-- Keys in order, so many a row, and rows of a run in order (onrecord.store.keying). `heads`: the upper 32 bits of each of `size` keys,
-- `first` the first of them; `rest`: the lower 16 bits of each, then the number of each one's article or wording.
DROP TABLE IF EXISTS article_keys;
CREATE TABLE article_keys (
    n INTEGER PRIMARY KEY,
    run INTEGER NOT NULL,
    first INTEGER NOT NULL,
    size INTEGER NOT NULL,
    heads BLOB NOT NULL,
    rest BLOB NOT NULL
) STRICT;
DROP TABLE IF EXISTS wording_keys;
CREATE TABLE wording_keys (
    n INTEGER PRIMARY KEY,
    run INTEGER NOT NULL,
    first INTEGER NOT NULL,
    size INTEGER NOT NULL,
    heads BLOB NOT NULL,
    rest BLOB NOT NULL
) STRICT;
-- Articles and wordings that were taken out, whose keys are passed over.
CREATE TABLE keys_gone (
    thing TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (thing, number)
) STRICT, WITHOUT ROWID;
