-- The second form: clashes as they are found, and what is waited for.

DROP VIEW v_clashes;
DROP TABLE clashes;

-- Accounts that differ, the earlier first: of two statements, or of two figures with the statements that claim them (none: the
-- narration gives it). Those of one article are of its record; those of two follow from the set of articles.
CREATE TABLE clashes (
    n INTEGER PRIMARY KEY AUTOINCREMENT, -- alerts go by it: none is given twice
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    article_a INTEGER NOT NULL REFERENCES articles,
    article_b INTEGER NOT NULL REFERENCES articles,
    a INTEGER REFERENCES statements,
    b INTEGER REFERENCES statements,
    figure_a INTEGER REFERENCES figures,
    figure_b INTEGER REFERENCES figures,
    about TEXT NOT NULL,
    -- Spans of the words that collide, in a's article and in b's.
    why_a TEXT NOT NULL,
    why_b TEXT NOT NULL,
    -- NULL: nothing finds it any more, and it stands by a human's word (`decision`).
    score REAL,
    -- Day on which it arose: the later one of both sides.
    day TEXT,
    -- The moment in UTC at which the store first had it.
    found TEXT NOT NULL,
    -- A human's verdict, and the decision that it is.
    review TEXT CHECK (review IN ('accepted', 'rejected')),
    decision INTEGER REFERENCES decisions,
    CHECK ((a IS NOT NULL OR figure_a IS NOT NULL) AND (b IS NOT NULL OR figure_b IS NOT NULL)),
    CHECK ((review IS NULL) = (decision IS NULL) AND (score IS NOT NULL OR review IS NOT NULL))
) STRICT;
CREATE INDEX clashes_rank ON clashes (coalesce(score, 1.0) DESC, n);
CREATE INDEX clashes_kind ON clashes (kind, coalesce(score, 1.0) DESC, n);
CREATE INDEX clashes_day ON clashes (day);
CREATE INDEX clashes_article_a ON clashes (article_a);
CREATE INDEX clashes_article_b ON clashes (article_b);
CREATE INDEX clashes_a ON clashes (a) WHERE a IS NOT NULL;
CREATE INDEX clashes_b ON clashes (b) WHERE b IS NOT NULL;
CREATE INDEX clashes_figure_a ON clashes (figure_a) WHERE figure_a IS NOT NULL;
CREATE INDEX clashes_figure_b ON clashes (figure_b) WHERE figure_b IS NOT NULL;
-- Of the narration: found by no statement's words.
CREATE INDEX clashes_narrated ON clashes (n) WHERE a IS NULL OR b IS NULL;
CREATE INDEX clashes_review ON clashes (review, n) WHERE review IS NOT NULL;
CREATE INDEX clashes_decision ON clashes (decision) WHERE decision IS NOT NULL;

CREATE VIEW v_clashes AS
SELECT c.id AS clash, c.kind, c.about, c.score, c.day, c.review, d.note AS review_note, c.found,
    CASE WHEN 'withdrawn' IN (coalesce(s.standing, f.standing), coalesce(t.standing, g.standing)) THEN 'withdrawn'
        WHEN 'superseded' IN (coalesce(s.standing, f.standing), coalesce(t.standing, g.standing)) THEN 'superseded'
        ELSE 'current' END AS standing,
    x.id AS a_article, x.outlet AS a_outlet, x.published AS a_published, s.id AS a, s.speaker AS a_speaker,
    s.content AS a_content, s.day AS a_day, f.id AS figure_a, f.value AS a_value, c.why_a,
    y.id AS b_article, y.outlet AS b_outlet, y.published AS b_published, t.id AS b, t.speaker AS b_speaker,
    t.content AS b_content, t.day AS b_day, g.id AS figure_b, g.value AS b_value, c.why_b
FROM clashes c JOIN articles x ON x.n = c.article_a JOIN articles y ON y.n = c.article_b
LEFT JOIN statements s ON s.n = c.a LEFT JOIN statements t ON t.n = c.b
LEFT JOIN figures f ON f.n = c.figure_a LEFT JOIN figures g ON g.n = c.figure_b
LEFT JOIN decisions d ON d.n = c.decision;

-- What somebody waits for: a person or organisation (by a name that an article prints, as decisions have it), or a topic's words.
CREATE TABLE alerts (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('identity', 'topic')),
    words TEXT NOT NULL,
    -- JSON: [article, name] of an identity.
    anchor TEXT,
    made TEXT NOT NULL,
    -- Up to which rows of articles and clashes it was told.
    told_article INTEGER NOT NULL,
    told_clash INTEGER NOT NULL,
    CHECK ((kind = 'identity') = (anchor IS NOT NULL))
) STRICT;

-- Whom accounts are of and about, to find those of one matter: of each identity that speaks a statement, is its target or is named in
-- it. `day`: a number, of days since the year 1; 0 where it is not known. `draw`: of an id's digits, so that which of many on
-- one day come first hangs on no order of arrival. Only what is compared is here: an utterance once, nothing withdrawn and nothing of copies.
CREATE TABLE account_keys (
    identity INTEGER NOT NULL,
    day INTEGER NOT NULL,
    draw INTEGER NOT NULL,
    statement INTEGER NOT NULL,
    PRIMARY KEY (identity, day, draw, statement)
) STRICT, WITHOUT ROWID;
CREATE INDEX account_keys_statement ON account_keys (statement);
-- The same of statements by day alone, whoever they name, and of figures by what they count.
CREATE TABLE account_days (
    statement INTEGER PRIMARY KEY,
    day INTEGER NOT NULL,
    draw INTEGER NOT NULL
) STRICT;
CREATE INDEX account_days_day ON account_days (day, draw);
CREATE TABLE figure_keys (
    figure INTEGER PRIMARY KEY,
    what TEXT NOT NULL,
    day INTEGER NOT NULL,
    draw INTEGER NOT NULL
) STRICT;
CREATE INDEX figure_keys_what ON figure_keys (what, day, draw);

-- Articles whose accounts are to be compared (again): a writer does it when it is closed.
CREATE TABLE uncompared (
    article INTEGER PRIMARY KEY
) STRICT;
INSERT INTO uncompared SELECT n FROM articles;
