"""What must hold of a record before it is written."""

from __future__ import annotations

from onrecord.records import Record, VerbatimError, article_id, check, mention_id, statement_id


def prove(record: Record) -> None:
    """Prove a record against its article, and its ids against what they are made of. Raises VerbatimError."""
    article = record.article
    if article.id != article_id(article.outlet, article.url, article.text):
        raise VerbatimError(f"{article.id}: not the id of this outlet, address and text")
    try:
        article.text.encode()
    except UnicodeEncodeError as error:
        raise VerbatimError(
            f"{article.id}: the text has half a character at {error.start} and cannot be stored"
        ) from None
    check(record)
    for statement in record.statements:
        if statement.id != statement_id(article.id, statement.source, statement.cue, statement.content):
            raise VerbatimError(f"{statement.id}: not the id of a statement there")
    for mention in record.mentions:
        if mention.id != mention_id(article.id, mention.span, mention.kind):
            raise VerbatimError(f"{mention.id}: not the id of a mention there")
