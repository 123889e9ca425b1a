-- The first form of the store. Spans are JSON arrays of [start, end) code points of articles.text. Days are ISO 8601, moments
-- UTC. What is read of an article stands once, as offsets; words that are searched stand beside them and `verify` proves them.

-- What holds for the whole file: "embedder", the hash of the weights that made its vectors; "tallied", where there are tallies, the
-- statements that they count.
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE runs (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    onrecord TEXT NOT NULL,
    weights TEXT NOT NULL,
    codebook TEXT NOT NULL,
    started TEXT NOT NULL
) STRICT;

CREATE TABLE articles (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    run INTEGER NOT NULL REFERENCES runs,
    origin TEXT NOT NULL,
    source_id TEXT,
    url TEXT,
    outlet TEXT,
    title TEXT,
    byline TEXT,
    agency TEXT,
    language TEXT,
    published TEXT,
    published_basis TEXT CHECK (published_basis IN ('given', 'metadata', 'text')),
    published_time TEXT,
    updated TEXT,
    retrieved TEXT,
    revision INTEGER,
    dateline_place TEXT,
    dateline_date TEXT,
    status TEXT NOT NULL CHECK (status IN ('usable', 'withheld', 'canceled')),
    standing TEXT NOT NULL CHECK (standing IN ('current', 'superseded', 'withdrawn')),
    unread TEXT CHECK (unread IN ('empty', 'language')),
    unread_detail TEXT,
    words INTEGER NOT NULL,
    added TEXT NOT NULL,
    -- The item that this is a version of ("url …" or "item outlet id"), and the version that it replaces.
    item TEXT,
    version_of INTEGER REFERENCES articles,
    -- JSON: folded names of its entities, for linking.
    company TEXT NOT NULL,
    -- JSON: headline, dateline, paragraphs, sentences, furniture. What is long stands last: what stands before it is read without.
    layout TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX articles_item ON articles (item) WHERE item IS NOT NULL;
CREATE INDEX articles_published ON articles (published);
CREATE INDEX articles_outlet ON articles (outlet, published);
CREATE INDEX articles_source_id ON articles (source_id, outlet);
CREATE INDEX articles_url ON articles (url) WHERE url IS NOT NULL;
-- What a publisher numbers or takes back: only where one of an outlet's equal ids is such are they versions of one item.
CREATE INDEX articles_noticed ON articles (outlet, source_id) WHERE revision IS NOT NULL OR status != 'usable';
-- The few that stand no longer: what is left out of counts, without a look at the long rows of those that do.
CREATE INDEX articles_gone ON articles (n) WHERE standing != 'current';

-- Asked to be taken down: nothing of the article is left, and it is not read again.
CREATE TABLE tombstones (
    article TEXT PRIMARY KEY,
    reason TEXT,
    forgotten TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- The items of which those were versions, hashed, as an address tells what the article was about: no other version is read.
CREATE TABLE forgotten_items (
    item TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE failures (
    n INTEGER PRIMARY KEY,
    -- The input that was named, and the document of it that failed.
    input TEXT NOT NULL,
    origin TEXT NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN ('source', 'article', 'reading', 'storing')),
    reason TEXT NOT NULL,
    happened TEXT NOT NULL,
    UNIQUE (origin, stage)
) STRICT;

-- Feeds that are watched: what a server wants to be asked with, which entries were seen (JSON: a hash of the id to one of what it told),
-- how often in a row it failed, and before which moment it is not asked again.
CREATE TABLE feeds (
    url TEXT PRIMARY KEY,
    etag TEXT,
    modified TEXT,
    seen TEXT NOT NULL,
    failed INTEGER NOT NULL,
    due TEXT
) STRICT, WITHOUT ROWID;

-- Names of one article. What joins them across articles is in `links`.
CREATE TABLE entities (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    article INTEGER NOT NULL REFERENCES articles,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('person', 'organization', 'country', 'place', 'group', 'work')),
    aliases TEXT NOT NULL,
    roles TEXT NOT NULL,
    country TEXT,
    code TEXT,
    -- The block that it is linked within (onrecord.link).
    block TEXT NOT NULL,
    -- Which of the article's company it is itself.
    own INTEGER
) STRICT;
CREATE INDEX entities_article ON entities (article);
CREATE INDEX entities_block ON entities (block);

CREATE TABLE mentions (
    article INTEGER NOT NULL REFERENCES articles,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    kind TEXT NOT NULL,
    entity INTEGER REFERENCES entities,
    method TEXT,
    score REAL NOT NULL,
    PRIMARY KEY (article, "start")
) STRICT, WITHOUT ROWID;
CREATE INDEX mentions_entity ON mentions (entity) WHERE entity IS NOT NULL;

CREATE TABLE statements (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    article INTEGER NOT NULL REFERENCES articles,
    run INTEGER NOT NULL REFERENCES runs,
    position INTEGER NOT NULL,
    form TEXT NOT NULL CHECK (form IN ('direct', 'indirect', 'mixed')),
    source_spans TEXT NOT NULL,
    cue_spans TEXT NOT NULL,
    content_spans TEXT NOT NULL,
    source TEXT,
    cue TEXT NOT NULL,
    content TEXT,
    speaker TEXT,
    speaker_reason TEXT,
    speaker_kind TEXT,
    speaker_basis TEXT,
    speaker_score REAL,
    act TEXT,
    act_class TEXT,
    act_plover TEXT,
    act_score REAL,
    target TEXT,
    target_entity INTEGER REFERENCES entities,
    addressee TEXT,
    addressee_entity INTEGER REFERENCES entities,
    inside INTEGER REFERENCES statements,
    said_date TEXT,
    said_edtf TEXT,
    said_basis TEXT,
    said_span TEXT,
    said_reason TEXT,
    score REAL NOT NULL,
    -- Day to order by: said, else of publication.
    day TEXT,
    standing TEXT NOT NULL CHECK (standing IN ('current', 'superseded', 'withdrawn')),
    -- The later run that did not find it again.
    superseded_by INTEGER REFERENCES runs
) STRICT;
CREATE INDEX statements_article ON statements (article);
CREATE INDEX statements_gone ON statements (n) WHERE standing != 'current';
CREATE INDEX statements_day ON statements (day);
CREATE INDEX statements_act ON statements (act, day);
CREATE INDEX statements_target ON statements (target_entity) WHERE target_entity IS NOT NULL;
CREATE INDEX statements_addressee ON statements (addressee_entity) WHERE addressee_entity IS NOT NULL;
CREATE INDEX statements_inside ON statements (inside) WHERE inside IS NOT NULL;

CREATE TABLE statement_speakers (
    statement INTEGER NOT NULL REFERENCES statements,
    position INTEGER NOT NULL,
    entity INTEGER NOT NULL REFERENCES entities,
    PRIMARY KEY (statement, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX statement_speakers_entity ON statement_speakers (entity);

CREATE TABLE events (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    article INTEGER NOT NULL REFERENCES articles,
    run INTEGER NOT NULL REFERENCES runs,
    position INTEGER NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    type TEXT NOT NULL,
    mode TEXT,
    actor TEXT,
    actor_entity INTEGER REFERENCES entities,
    recipient TEXT,
    recipient_entity INTEGER REFERENCES entities,
    place TEXT,
    place_country TEXT,
    lat REAL,
    lon REAL,
    date TEXT,
    date_edtf TEXT,
    date_basis TEXT,
    date_span TEXT,
    date_reason TEXT,
    status TEXT NOT NULL,
    -- NULL with `narrated` 0: it cannot be told who says so.
    asserted_by INTEGER REFERENCES statements,
    narrated INTEGER NOT NULL CHECK (narrated IN (0, 1)),
    score REAL NOT NULL,
    standing TEXT NOT NULL CHECK (standing IN ('current', 'superseded', 'withdrawn')),
    superseded_by INTEGER REFERENCES runs
) STRICT;
CREATE INDEX events_article ON events (article);
CREATE INDEX events_type ON events (type, date);
CREATE INDEX events_date ON events (date);
CREATE INDEX events_actor ON events (actor_entity) WHERE actor_entity IS NOT NULL;
CREATE INDEX events_recipient ON events (recipient_entity) WHERE recipient_entity IS NOT NULL;
CREATE INDEX events_asserted_by ON events (asserted_by) WHERE asserted_by IS NOT NULL;

CREATE TABLE figures (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    article INTEGER NOT NULL REFERENCES articles,
    run INTEGER NOT NULL REFERENCES runs,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    value REAL,
    low REAL,
    high REAL,
    what TEXT NOT NULL,
    counted TEXT,
    counted_span TEXT,
    claimed_by INTEGER REFERENCES statements,
    narrated INTEGER NOT NULL CHECK (narrated IN (0, 1)),
    as_of TEXT,
    standing TEXT NOT NULL CHECK (standing IN ('current', 'superseded', 'withdrawn')),
    superseded_by INTEGER REFERENCES runs
) STRICT;
CREATE INDEX figures_article ON figures (article);
CREATE INDEX figures_what ON figures (what, as_of);
CREATE INDEX figures_claimed_by ON figures (claimed_by) WHERE claimed_by IS NOT NULL;

CREATE TABLE predictions (
    statement INTEGER PRIMARY KEY REFERENCES statements,
    kind TEXT NOT NULL CHECK (kind IN ('prediction', 'promise')),
    due_earliest TEXT,
    due_latest TEXT,
    due_basis TEXT,
    condition TEXT,
    condition_span TEXT
) STRICT;
CREATE INDEX predictions_due ON predictions (due_latest) WHERE due_latest IS NOT NULL;

-- Accounts that cannot stand together: of two statements, or two figures with the statements that claim them. Nothing filled it;
-- m002.sql makes it anew.
CREATE TABLE clashes (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    a INTEGER REFERENCES statements,
    b INTEGER REFERENCES statements,
    figure_a INTEGER REFERENCES figures,
    figure_b INTEGER REFERENCES figures,
    kind TEXT NOT NULL,
    about TEXT NOT NULL,
    -- The words that collide.
    why TEXT NOT NULL,
    score REAL NOT NULL,
    standing TEXT NOT NULL CHECK (standing IN ('current', 'superseded', 'withdrawn')),
    CHECK ((a IS NOT NULL OR figure_a IS NOT NULL) AND (b IS NOT NULL OR figure_b IS NOT NULL))
) STRICT;
CREATE INDEX clashes_a ON clashes (a) WHERE a IS NOT NULL;
CREATE INDEX clashes_b ON clashes (b) WHERE b IS NOT NULL;
CREATE INDEX clashes_figure_a ON clashes (figure_a) WHERE figure_a IS NOT NULL;
CREATE INDEX clashes_figure_b ON clashes (figure_b) WHERE figure_b IS NOT NULL;

-- Who is who across articles: a function of the set of articles and of what people decided.
CREATE TABLE identities (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    country TEXT,
    code TEXT,
    aliases TEXT NOT NULL,
    -- JSON: [{"text", "from", "to"}].
    roles TEXT NOT NULL,
    external TEXT,
    block TEXT NOT NULL
) STRICT;
CREATE INDEX identities_block ON identities (block);

CREATE TABLE links (
    entity INTEGER PRIMARY KEY REFERENCES entities,
    identity INTEGER NOT NULL REFERENCES identities,
    method TEXT NOT NULL,
    score REAL NOT NULL
) STRICT;
CREATE INDEX links_identity ON links (identity);

-- Blocks that grew by a few entities since they were last linked as a whole: these were linked by name alone.
CREATE TABLE unsettled (
    block TEXT PRIMARY KEY,
    waiting INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Names that an identity is found by, folded: lower case, no marks.
CREATE TABLE identity_names (
    folded TEXT NOT NULL,
    identity INTEGER NOT NULL REFERENCES identities,
    PRIMARY KEY (folded, identity)
) STRICT, WITHOUT ROWID;
CREATE INDEX identity_names_identity ON identity_names (identity);

-- A human's word: anchored to articles, names and printed words, so that it outlives a reading by other weights.
CREATE TABLE decisions (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    note TEXT,
    made TEXT NOT NULL,
    undone TEXT
) STRICT;

-- Pins names to identifiers (`--authority`).
CREATE TABLE authority (
    n INTEGER PRIMARY KEY,
    wikidata TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    aliases TEXT NOT NULL,
    role TEXT,
    "from" TEXT,
    "to" TEXT
) STRICT;

-- Near-duplicate articles: keys that candidates share, pairs that are copies, and the clusters that follow. Keys are many:
-- they have no second index and no reference; an article's are made again from its text.
CREATE TABLE article_keys (
    key INTEGER NOT NULL,
    article INTEGER NOT NULL,
    PRIMARY KEY (key, article)
) STRICT, WITHOUT ROWID;
-- Hashes of the shingles of its text, 32 bits each: they tell which candidates need no comparison.
CREATE TABLE article_shingles (
    article INTEGER PRIMARY KEY REFERENCES articles,
    hashes BLOB NOT NULL
) STRICT;
CREATE TABLE article_pairs (
    a INTEGER NOT NULL REFERENCES articles,
    b INTEGER NOT NULL REFERENCES articles,
    similarity REAL NOT NULL,
    PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_pairs_b ON article_pairs (b);
-- A row for each article of a cluster, its origin included.
CREATE TABLE copies (
    article INTEGER PRIMARY KEY REFERENCES articles,
    origin INTEGER NOT NULL REFERENCES articles,
    similarity REAL NOT NULL
) STRICT;
CREATE INDEX copies_origin ON copies (origin);

-- The same for statements: an utterance and its appearances. What many print in the same words has one wording, and keys and
-- pairs of its own. `hash`: of words and keys.
CREATE TABLE wordings (
    n INTEGER PRIMARY KEY,
    hash INTEGER NOT NULL UNIQUE
) STRICT;
CREATE TABLE statement_wordings (
    statement INTEGER PRIMARY KEY REFERENCES statements,
    wording INTEGER NOT NULL REFERENCES wordings
) STRICT;
CREATE INDEX statement_wordings_wording ON statement_wordings (wording);
CREATE TABLE wording_keys (
    key INTEGER NOT NULL,
    wording INTEGER NOT NULL,
    PRIMARY KEY (key, wording)
) STRICT, WITHOUT ROWID;
CREATE TABLE wording_pairs (
    a INTEGER NOT NULL REFERENCES wordings,
    b INTEGER NOT NULL REFERENCES wordings,
    similarity REAL NOT NULL,
    PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
CREATE INDEX wording_pairs_b ON wording_pairs (b);
-- Of different wordings in articles that are copies, where less has to be alike.
CREATE TABLE statement_pairs (
    a INTEGER NOT NULL REFERENCES statements,
    b INTEGER NOT NULL REFERENCES statements,
    similarity REAL NOT NULL,
    PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
CREATE INDEX statement_pairs_b ON statement_pairs (b);
CREATE TABLE appearances (
    statement INTEGER PRIMARY KEY REFERENCES statements,
    origin INTEGER NOT NULL REFERENCES statements,
    similarity REAL NOT NULL,
    -- JSON: [[words of the origin, words here]]; [] where none differ.
    altered TEXT NOT NULL
) STRICT;
CREATE INDEX appearances_origin ON appearances (origin);

-- How much there is (onrecord.store.tallying): right, or not there. `withdrawn`: whether what was withdrawn counts too.
CREATE TABLE tallies (
    "by" TEXT NOT NULL,
    withdrawn INTEGER NOT NULL,
    key TEXT,
    identity TEXT,
    statements INTEGER NOT NULL,
    utterances INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    sources INTEGER NOT NULL
) STRICT;
CREATE INDEX tallies_by ON tallies ("by", withdrawn);

-- Sentence vectors (onrecord.store.vectors): int8 numbers, and packed signs to scan. Of current readings' statements with content.
CREATE TABLE vectors (
    statement INTEGER PRIMARY KEY,
    vector BLOB NOT NULL
) STRICT;
CREATE TABLE vector_chunks (
    chunk INTEGER PRIMARY KEY,
    statements BLOB NOT NULL,
    signs BLOB NOT NULL
) STRICT;

CREATE VIRTUAL TABLE statements_fts USING fts5 (
    content, speaker, target, source,
    content = 'statements', content_rowid = 'n', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE articles_fts USING fts5 (
    title, text, outlet,
    content = 'articles', content_rowid = 'n', tokenize = 'unicode61 remove_diacritics 2'
);

-- Views without joins, for pandas, Datasette, DuckDB.
CREATE VIEW v_articles AS
SELECT a.id AS article, a.source_id, a.url, a.outlet, a.title, a.byline, a.agency, a.language, a.published, a.published_basis,
    a.published_time, a.dateline_place, a.dateline_date, a.status, a.standing, a.words, a.unread,
    o.id AS copy_of, c.similarity AS copy_similarity, v.id AS version_of,
    (SELECT count(*) FROM statements s WHERE s.article = a.n AND s.superseded_by IS NULL) AS statements, a.text
FROM articles a
LEFT JOIN copies c ON c.article = a.n AND c.origin != a.n LEFT JOIN articles o ON o.n = c.origin
LEFT JOIN articles v ON v.n = a.version_of;

CREATE VIEW v_statements AS
SELECT s.id AS statement, a.id AS article, a.source_id, a.outlet, a.published, a.title, a.url, s.form, s.source, s.cue, s.content,
    coalesce((SELECT group_concat(name, ' + ') FROM (
        SELECT i.name FROM statement_speakers p JOIN links l ON l.entity = p.entity JOIN identities i ON i.n = l.identity
        WHERE p.statement = s.n ORDER BY p.position)), s.speaker) AS speaker,
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

CREATE VIEW v_entities AS
SELECT i.id AS identity, i.name, i.kind, i.country, i.code, i.aliases, i.roles, i.external,
    -- What stands; copies of one article once, printings of one utterance once.
    (SELECT count(DISTINCT coalesce(c.origin, a.n)) FROM links l JOIN entities e ON e.n = l.entity
        JOIN articles a ON a.n = e.article LEFT JOIN copies c ON c.article = a.n
        WHERE l.identity = i.n AND a.standing = 'current') AS articles,
    (SELECT count(DISTINCT coalesce(o.origin, s.n)) FROM links l JOIN statement_speakers p ON p.entity = l.entity
        JOIN statements s ON s.n = p.statement LEFT JOIN appearances o ON o.statement = s.n
        WHERE l.identity = i.n AND s.standing = 'current') AS statements
FROM identities i;

CREATE VIEW v_mentions AS
SELECT a.id AS article, a.outlet, a.published, m."start", m."end", substr(a.text, m."start" + 1, m."end" - m."start") AS words,
    m.kind, e.name AS printed, i.name, i.id AS identity, m.method, m.score
FROM mentions m JOIN articles a ON a.n = m.article
LEFT JOIN entities e ON e.n = m.entity LEFT JOIN links l ON l.entity = e.n LEFT JOIN identities i ON i.n = l.identity;

CREATE VIEW v_events AS
SELECT v.id AS event, a.id AS article, a.outlet, a.published, v.type, v.mode,
    substr(a.text, v."start" + 1, v."end" - v."start") AS "trigger",
    coalesce(ai.name, v.actor) AS actor, ai.id AS actor_identity, ae.code AS actor_code,
    coalesce(ri.name, v.recipient) AS recipient, ri.id AS recipient_identity, re.code AS recipient_code,
    v.place, v.place_country, v.lat, v.lon, v.date, v.date_edtf, v.date_basis, v.status,
    CASE WHEN v.narrated THEN 'narration' ELSE s.id END AS asserted_by, s.speaker AS asserted_by_speaker,
    v.score, v.standing, v."start", v."end"
FROM events v JOIN articles a ON a.n = v.article
LEFT JOIN entities ae ON ae.n = v.actor_entity LEFT JOIN links al ON al.entity = ae.n LEFT JOIN identities ai ON ai.n = al.identity
LEFT JOIN entities re ON re.n = v.recipient_entity LEFT JOIN links rl ON rl.entity = re.n
LEFT JOIN identities ri ON ri.n = rl.identity
LEFT JOIN statements s ON s.n = v.asserted_by
WHERE v.superseded_by IS NULL;

CREATE VIEW v_figures AS
SELECT f.id AS figure, a.id AS article, a.outlet, a.published, f.value, f.low, f.high, f.what,
    substr(a.text, f."start" + 1, f."end" - f."start") AS words, f.counted,
    CASE WHEN f.narrated THEN 'narration' ELSE s.id END AS claimed_by, s.speaker AS claimed_by_speaker,
    f.as_of, f.standing, f."start", f."end"
FROM figures f JOIN articles a ON a.n = f.article LEFT JOIN statements s ON s.n = f.claimed_by
WHERE f.superseded_by IS NULL;

CREATE VIEW v_predictions AS
SELECT s.statement, s.article, s.outlet, s.published, s.speaker, s.content, p.kind, p.due_earliest, p.due_latest, p.due_basis,
    p.condition, s.standing
FROM predictions p JOIN statements x ON x.n = p.statement JOIN v_statements s ON s.statement = x.id;

CREATE VIEW v_quotations AS
SELECT o.id AS utterance, s.id AS statement, a.id AS article, a.outlet, a.published, s.speaker, s.content, p.similarity, p.altered,
    s.id = o.id AS is_origin, s.standing
FROM appearances p JOIN statements s ON s.n = p.statement JOIN statements o ON o.n = p.origin JOIN articles a ON a.n = s.article;

CREATE VIEW v_clashes AS
SELECT c.id AS clash, c.kind, c.about, c.why, c.score, c.standing,
    s.id AS a, s.speaker AS a_speaker, s.content AS a_content, s.day AS a_day, f.id AS figure_a, f.value AS a_value,
    t.id AS b, t.speaker AS b_speaker, t.content AS b_content, t.day AS b_day, g.id AS figure_b, g.value AS b_value
FROM clashes c LEFT JOIN statements s ON s.n = c.a LEFT JOIN statements t ON t.n = c.b
LEFT JOIN figures f ON f.n = c.figure_a LEFT JOIN figures g ON g.n = c.figure_b;
