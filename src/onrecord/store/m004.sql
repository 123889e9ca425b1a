-- The fourth form: a large block is linked part by part.

-- Entities that were linked by name alone since their block, or their part of it, was last linked as a whole.
DROP TABLE unsettled;
CREATE TABLE unsettled (
    block TEXT NOT NULL,
    entity INTEGER NOT NULL REFERENCES entities,
    PRIMARY KEY (block, entity)
) STRICT, WITHOUT ROWID;
-- The names of a block, and who bears each, without a look at the rows.
DROP INDEX entities_block;
CREATE INDEX entities_block ON entities (block, kind, name, country);
