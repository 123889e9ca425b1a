-- The ninth form: views whose columns are those of the tables of CSV and Parquet, and what counts by day and month ask of periods.

-- What was said at a time that is longer than a day ("last year"): few, and counted in a row of their own.
CREATE INDEX statements_period ON statements (said_edtf) WHERE said_date IS NULL AND said_edtf IS NOT NULL;

DROP VIEW v_predictions;
DROP VIEW v_articles;
DROP VIEW v_statements;
DROP VIEW v_mentions;
DROP VIEW v_events;
DROP VIEW v_figures;
DROP VIEW v_clashes;

CREATE VIEW v_articles AS
SELECT a.id AS article, a.source_id, a.url, a.outlet, a.title, a.byline, a.agency, a.language, a.published, a.published_basis,
    a.published_time, a.updated, a.retrieved, a.dateline_place, a.dateline_date, a.status, a.revision, a.standing, a.words, a.unread,
    o.id AS copy_of, c.similarity AS copy_similarity, v.id AS version_of,
    (SELECT count(*) FROM statements s WHERE s.article = a.n AND s.superseded_by IS NULL) AS statements, a.text
FROM articles a
LEFT JOIN copies c ON c.article = a.n AND c.origin != a.n LEFT JOIN articles o ON o.n = c.origin
LEFT JOIN articles v ON v.n = a.version_of;

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
    (SELECT json_group_array(id) FROM (
        SELECT e.id FROM statement_speakers p JOIN entities e ON e.n = p.entity
        WHERE p.statement = s.n ORDER BY p.position)) AS speaker_entities,
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

CREATE VIEW v_mentions AS
SELECT a.id AS article, a.outlet, a.published, m."start", m."end", substr(a.text, m."start" + 1, m."end" - m."start") AS words,
    m.kind, e.id AS entity, e.name AS printed, coalesce(i.name, e.name) AS name, i.id AS identity, m.method, m.score
FROM mentions m JOIN articles a ON a.n = m.article
LEFT JOIN entities e ON e.n = m.entity LEFT JOIN links l ON l.entity = e.n LEFT JOIN identities i ON i.n = l.identity;

CREATE VIEW v_events AS
SELECT v.id AS event, a.id AS article, a.source_id, a.outlet, a.published, a.title, a.url, v.type, v.mode,
    substr(a.text, v."start" + 1, v."end" - v."start") AS "trigger",
    coalesce(ai.name, v.actor) AS actor, ai.id AS actor_identity, ae.code AS actor_code,
    coalesce(ri.name, v.recipient) AS recipient, ri.id AS recipient_identity, re.code AS recipient_code,
    v.place, v.place_country, v.lat, v.lon, v.date, v.date_edtf, v.date_basis, v.status,
    CASE WHEN v.narrated THEN 'narration' ELSE s.id END AS asserted_by,
    coalesce((SELECT w.speaker FROM v_statements w WHERE w.statement = s.id), s.speaker) AS asserted_by_speaker,
    v.score, v.standing, v."start", v."end"
FROM events v JOIN articles a ON a.n = v.article
LEFT JOIN entities ae ON ae.n = v.actor_entity LEFT JOIN links al ON al.entity = ae.n LEFT JOIN identities ai ON ai.n = al.identity
LEFT JOIN entities re ON re.n = v.recipient_entity LEFT JOIN links rl ON rl.entity = re.n
LEFT JOIN identities ri ON ri.n = rl.identity
LEFT JOIN statements s ON s.n = v.asserted_by
WHERE v.superseded_by IS NULL;

CREATE VIEW v_figures AS
SELECT f.id AS figure, a.id AS article, a.source_id, a.outlet, a.published, a.title, a.url, f.value, f.low, f.high, f.what,
    substr(a.text, f."start" + 1, f."end" - f."start") AS words, f.counted,
    CASE WHEN f.narrated THEN 'narration' ELSE s.id END AS claimed_by,
    coalesce((SELECT w.speaker FROM v_statements w WHERE w.statement = s.id), s.speaker) AS claimed_by_speaker,
    f.as_of, f.standing, f."start", f."end"
FROM figures f JOIN articles a ON a.n = f.article LEFT JOIN statements s ON s.n = f.claimed_by
WHERE f.superseded_by IS NULL;

CREATE VIEW v_predictions AS
SELECT s.statement, s.article, s.source_id, s.outlet, s.published, s.title, s.url, s.speaker, s.speaker_identity, s.content, p.kind,
    p.due_earliest, p.due_latest, p.due_basis, p.condition, s.standing
FROM predictions p JOIN statements x ON x.n = p.statement JOIN v_statements s ON s.statement = x.id;

-- Every pair, also those of one utterance's later printings, and those that stand no longer.
CREATE VIEW v_clashes AS
SELECT c.id AS clash, c.kind, c.about, c.score, c.day, c.review, d.note AS review_note, c.found,
    coalesce(cx.origin, x.n) != coalesce(cy.origin, y.n) AS independent,
    CASE WHEN 'withdrawn' IN (coalesce(s.standing, f.standing), coalesce(t.standing, g.standing)) THEN 'withdrawn'
        WHEN 'superseded' IN (coalesce(s.standing, f.standing), coalesce(t.standing, g.standing)) THEN 'superseded'
        ELSE 'current' END AS standing,
    x.id AS a_article, x.outlet AS a_outlet, x.published AS a_published, s.id AS a_statement, f.id AS a_figure,
    (SELECT w.speaker FROM v_statements w WHERE w.statement = s.id) AS a_speaker,
    (SELECT w.speaker_identity FROM v_statements w WHERE w.statement = s.id) AS a_speaker_identity,
    coalesce(s.content, s.cue, substr(x.text, f."start" + 1, f."end" - f."start")) AS a_words,
    (SELECT json_group_array(substr(x.text, json_extract(j.value, '$[0]') + 1,
        json_extract(j.value, '$[1]') - json_extract(j.value, '$[0]'))) FROM json_each(c.why_a) j) AS a_collides,
    f.value AS a_value, CASE WHEN f.n IS NULL THEN s.day ELSE coalesce(f.as_of, x.published) END AS a_day,
    coalesce(nullif(s.content_spans, '[]'), s.cue_spans, json_array(json_array(f."start", f."end"))) AS a_spans, c.why_a AS a_why,
    y.id AS b_article, y.outlet AS b_outlet, y.published AS b_published, t.id AS b_statement, g.id AS b_figure,
    (SELECT w.speaker FROM v_statements w WHERE w.statement = t.id) AS b_speaker,
    (SELECT w.speaker_identity FROM v_statements w WHERE w.statement = t.id) AS b_speaker_identity,
    coalesce(t.content, t.cue, substr(y.text, g."start" + 1, g."end" - g."start")) AS b_words,
    (SELECT json_group_array(substr(y.text, json_extract(j.value, '$[0]') + 1,
        json_extract(j.value, '$[1]') - json_extract(j.value, '$[0]'))) FROM json_each(c.why_b) j) AS b_collides,
    g.value AS b_value, CASE WHEN g.n IS NULL THEN t.day ELSE coalesce(g.as_of, y.published) END AS b_day,
    coalesce(nullif(t.content_spans, '[]'), t.cue_spans, json_array(json_array(g."start", g."end"))) AS b_spans, c.why_b AS b_why
FROM clashes c JOIN articles x ON x.n = c.article_a JOIN articles y ON y.n = c.article_b
LEFT JOIN copies cx ON cx.article = x.n LEFT JOIN copies cy ON cy.article = y.n
LEFT JOIN statements s ON s.n = c.a LEFT JOIN statements t ON t.n = c.b
LEFT JOIN figures f ON f.n = c.figure_a LEFT JOIN figures g ON g.n = c.figure_b
LEFT JOIN decisions d ON d.n = c.decision;

-- They are counted anew, with rows of their own for periods, when a writer is closed.
DELETE FROM tallies;
DELETE FROM meta WHERE key = 'tallied';
