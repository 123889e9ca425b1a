-- The third form: questions that need not read through all, and failures that can be tried again as they were.

-- Predictions without a day, by statement: predictions_due has the others.
CREATE INDEX predictions_undated ON predictions (statement) WHERE due_latest IS NULL;

-- How the columns of a table were declared that what failed came from.
ALTER TABLE failures ADD COLUMN columns TEXT;

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
    origin.id AS utterance, s.source_spans, s.cue_spans, s.content_spans, r.weights, r.codebook
FROM statements s JOIN articles a ON a.n = s.article JOIN runs r ON r.n = s.run
LEFT JOIN links tl ON tl.entity = s.target_entity LEFT JOIN identities ti ON ti.n = tl.identity
LEFT JOIN links dl ON dl.entity = s.addressee_entity LEFT JOIN identities di ON di.n = dl.identity
LEFT JOIN statements up ON up.n = s.inside
LEFT JOIN appearances ap ON ap.statement = s.n LEFT JOIN statements origin ON origin.n = ap.origin
WHERE s.superseded_by IS NULL;
