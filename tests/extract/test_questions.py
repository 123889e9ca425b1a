"""Questions that begin with their participle."""

from __future__ import annotations

import pytest

from onrecord.articles import build_article
from onrecord.records import RawDocument, words_of

PAGE = """Ada Lane, the mayor of Norwick, spoke to the council on Tuesday about the bridge.

Asked whether she would close the bridge before winter, Lane said she would not.

Olaf Brandt, who leads the opposition, said the mayor had no plan."""


@pytest.mark.model
def test_who_answers_is_whom_a_question_was_put_to(reader) -> None:
    record = reader.read(build_article(RawDocument(origin="page", text=PAGE)))
    put = [s for s in record.statements if words_of(PAGE, s.cue) == "Asked"]
    assert [s.target and s.target.name for s in put] == ["Ada Lane"]
