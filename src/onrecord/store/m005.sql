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

DROP VIEW v_statements;
CREATE VIEW v_statements AS
SELECT s.id AS statement, a.id AS article, a.source_id, a.outlet, a.published, a.title, a.url, s.form, s.source, s.cue, s.content,
    -- Where not all of those who speak together are known across articles, their names as printed.
    coalesce(CASE WHEN s.speaker NOT LIKE '% + %' OR (SELECT count(*) FROM statement_speakers p JOIN links l ON l.entity = p.entity
            WHERE p.statement = s.n) > (length(s.speaker) - length(replace(s.speaker, ' + ', ''))) / 3 THEN (
        SELECT group_concat(name, ' + ') FROM (
            SELECT i.name FROM statement_speakers p JOIN links l ON l.entity = p.entity JOIN identities i ON i.n = l.identity
            WHERE p.statement = s.n ORDER BY p.position)) END, s.speaker) AS speaker,
    (SELECT group_concat(id, ' + ') FROM (
        SELECT i.id FROM statement_speakers p JOIN links l ON l.entity = p.entity JOIN identities i ON i.n = l.identity
        WHERE p.statement = s.n ORDER BY p.position)) AS speaker_identity,
    s.speaker AS speaker_printed, s.speaker_kind, s.speaker_basis, s.speaker_reason, s.speaker_score,
    s.act, s.act_class, s.act_plover, s.act_score,
    coalesce(ti.name, s.target) AS target, ti.id AS target_identity,
    coalesce(di.name, s.addressee) AS addressee, di.id AS addressee_identity,
    up.id AS inside, s.said_date, s.said_edtf, s.said_basis, s.day, s.score, s.standing,
    origin.id AS utterance, s.source_spans, s.cue_spans, s.content_spans, r.weights, r.codebook,
    (SELECT json_group_array(c.field) FROM corrected c WHERE c.statement = s.n) AS corrected
FROM statements s JOIN articles a ON a.n = s.article JOIN runs r ON r.n = s.run
LEFT JOIN links tl ON tl.entity = s.target_entity LEFT JOIN identities ti ON ti.n = tl.identity
LEFT JOIN links dl ON dl.entity = s.addressee_entity LEFT JOIN identities di ON di.n = dl.identity
LEFT JOIN statements up ON up.n = s.inside
LEFT JOIN appearances ap ON ap.statement = s.n LEFT JOIN statements origin ON origin.n = ap.origin
WHERE s.superseded_by IS NULL;
