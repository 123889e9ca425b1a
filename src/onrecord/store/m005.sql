-- The fifth form: a human's word on statements, and who gave a word.

-- Who decided, as they call themselves.
ALTER TABLE decisions ADD COLUMN "by" TEXT;
-- Of an article, the words on its statements that hold.
CREATE INDEX decisions_corrected ON decisions (json_extract(subject, '$[0][0]')) WHERE kind = 'correct' AND undone IS NULL;

-- Articles of which somebody corrected a statement: the record (its wire form) as the newest reading had it. The other tables have
-- what holds: the same as corrected.
CREATE TABLE readings (
    article INTEGER PRIMARY KEY REFERENCES articles,
    record TEXT NOT NULL
) STRICT;
-- What a human's word holds of now, and what the reading had in its place.
CREATE TABLE corrected (
    statement INTEGER NOT NULL REFERENCES statements,
    field TEXT NOT NULL CHECK (field IN ('statement', 'speaker', 'act', 'target')),
    decision INTEGER NOT NULL REFERENCES decisions,
    was TEXT,
    was_score REAL,
    -- Of a statement that was rejected, to be put back when that is undone.
    vector BLOB,
    PRIMARY KEY (statement, field)
) STRICT, WITHOUT ROWID;
CREATE INDEX corrected_decision ON corrected (decision);

CREATE VIEW v_corrections AS
SELECT d.id AS decision, json_extract(d.subject, '$[0][0]') AS article, s.id AS statement,
    json_extract(d.subject, '$[1][0]') AS field, json_extract(d.subject, '$[1][1]') AS value, c.was, c.was_score,
    json_extract(d.subject, '$[0][1]') AS words, d."by", d.note, d.made, d.undone
FROM decisions d LEFT JOIN corrected c ON c.decision = d.n LEFT JOIN statements s ON s.n = c.statement
WHERE d.kind = 'correct';
