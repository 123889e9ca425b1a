-- The tenth form: the hour of the outlet's clock at which an article was published.

ALTER TABLE articles ADD COLUMN published_hour INTEGER CHECK (published_hour BETWEEN 0 AND 23);
