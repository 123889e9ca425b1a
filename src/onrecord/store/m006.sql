-- The sixth form: what questions count by, column by column, so that a million statements are counted in an instant.

-- What statements are counted and ordered by (onrecord.store.columns): a blob of numbers for so many rows in a row. `more`: who speaks
-- beside the first speaker.
CREATE TABLE statement_columns (
    chunk INTEGER PRIMARY KEY,
    rows BLOB NOT NULL,
    more BLOB NOT NULL
) STRICT;
-- Hashes of speakers as printed: apart, since few questions ask for them.
CREATE TABLE name_columns (
    chunk INTEGER PRIMARY KEY,
    names BLOB NOT NULL
) STRICT;
-- Of entities: the rows of their identities and articles.
CREATE TABLE entity_columns (
    chunk INTEGER PRIMARY KEY,
    rows BLOB NOT NULL
) STRICT;
-- Codes (acts, forms, kinds) as numbers.
CREATE TABLE column_words (
    code INTEGER PRIMARY KEY,
    word TEXT NOT NULL UNIQUE
) STRICT;

-- Rows whose columns are behind: whoever reads reads these anew, and the writer brings them up to date. No OR IGNORE: within a
-- trigger the way in which its own command meets a row that is there goes before it.
CREATE TABLE stale_statements (
    n INTEGER PRIMARY KEY
) STRICT;
CREATE TABLE stale_entities (
    n INTEGER PRIMARY KEY
) STRICT;
CREATE TRIGGER statement_comes AFTER INSERT ON statements BEGIN
    INSERT INTO stale_statements SELECT new.n WHERE NOT EXISTS (SELECT 1 FROM stale_statements WHERE n = new.n);
END;
CREATE TRIGGER statement_changes AFTER UPDATE OF article, day, act, form, speaker, speaker_kind, target, target_entity, standing
ON statements BEGIN
    INSERT INTO stale_statements SELECT new.n WHERE NOT EXISTS (SELECT 1 FROM stale_statements WHERE n = new.n);
END;
CREATE TRIGGER statement_goes AFTER DELETE ON statements BEGIN
    INSERT INTO stale_statements SELECT old.n WHERE NOT EXISTS (SELECT 1 FROM stale_statements WHERE n = old.n);
END;
CREATE TRIGGER speaker_comes AFTER INSERT ON statement_speakers BEGIN
    INSERT INTO stale_statements SELECT new.statement WHERE NOT EXISTS (SELECT 1 FROM stale_statements WHERE n = new.statement);
END;
CREATE TRIGGER speaker_changes AFTER UPDATE ON statement_speakers BEGIN
    INSERT INTO stale_statements SELECT x.n FROM (SELECT old.statement AS n UNION SELECT new.statement) x
        WHERE NOT EXISTS (SELECT 1 FROM stale_statements t WHERE t.n = x.n);
END;
CREATE TRIGGER speaker_goes AFTER DELETE ON statement_speakers BEGIN
    INSERT INTO stale_statements SELECT old.statement WHERE NOT EXISTS (SELECT 1 FROM stale_statements WHERE n = old.statement);
END;
CREATE TRIGGER appearance_comes AFTER INSERT ON appearances BEGIN
    INSERT INTO stale_statements SELECT new.statement WHERE NOT EXISTS (SELECT 1 FROM stale_statements WHERE n = new.statement);
END;
CREATE TRIGGER appearance_changes AFTER UPDATE OF statement, origin ON appearances BEGIN
    INSERT INTO stale_statements SELECT x.n FROM (SELECT old.statement AS n UNION SELECT new.statement) x
        WHERE NOT EXISTS (SELECT 1 FROM stale_statements t WHERE t.n = x.n);
END;
CREATE TRIGGER appearance_goes AFTER DELETE ON appearances BEGIN
    INSERT INTO stale_statements SELECT old.statement WHERE NOT EXISTS (SELECT 1 FROM stale_statements WHERE n = old.statement);
END;
CREATE TRIGGER link_comes AFTER INSERT ON links BEGIN
    INSERT INTO stale_entities SELECT new.entity WHERE NOT EXISTS (SELECT 1 FROM stale_entities WHERE n = new.entity);
END;
CREATE TRIGGER link_changes AFTER UPDATE OF entity, identity ON links BEGIN
    INSERT INTO stale_entities SELECT x.n FROM (SELECT old.entity AS n UNION SELECT new.entity) x
        WHERE NOT EXISTS (SELECT 1 FROM stale_entities t WHERE t.n = x.n);
END;
CREATE TRIGGER link_goes AFTER DELETE ON links BEGIN
    INSERT INTO stale_entities SELECT old.entity WHERE NOT EXISTS (SELECT 1 FROM stale_entities WHERE n = old.entity);
END;

-- What questions ask of an article that something stands in, without a look at its long row.
CREATE INDEX articles_brief ON articles (n, standing, published, outlet);
-- Few events have a country, and few of these the one that is asked for.
CREATE INDEX events_country ON events (place_country, date) WHERE place_country IS NOT NULL;
-- How much somebody said.
CREATE INDEX tallies_identity ON tallies (identity) WHERE identity IS NOT NULL;
