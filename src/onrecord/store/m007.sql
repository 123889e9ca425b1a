-- The seventh form: which wordings cannot be alike is told before their words are read.

-- Of a wording how many words it has, and a bit for each of them (onrecord.link.sketches). Of those of an older form there is none.
CREATE TABLE wording_sketches (
    wording INTEGER PRIMARY KEY,
    words INTEGER NOT NULL,
    bits BLOB NOT NULL
) STRICT;
