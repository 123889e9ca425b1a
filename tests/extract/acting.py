"""Articles with inline marks (see naming), laid out for who did what: the trigger stands in double brackets."""

from __future__ import annotations

import re

from tests.extract.naming import read

from onrecord.codebook.doers import doer_weights
from onrecord.extract import metonyms_of
from onrecord.extract.acting import AskedEvent, Cast, Course
from onrecord.extract.doers import doers_of
from onrecord.extract.scenes import Scene
from onrecord.records import Span, Speaker, Statement

_TRIGGER = re.compile(r"\[\[([^\]]*)\]\]")


def cast_of(source: str) -> tuple[Cast, Span, str]:
    """The cast, the trigger's span, and the text."""
    found = _TRIGGER.search(source)
    assert found
    article, mentions, entities = read(_TRIGGER.sub(r"\1", source))
    before, _, _ = read(source[: found.start()] + "|")
    start = len(before.text) - 1
    ends = [m.end() for m in re.finditer(r"[.!?][”\"]?(?:\s+|$)", article.text)]
    sentences = tuple(Span(a, b) for a, b in zip([0, *ends], ends, strict=False))
    article = type(article)(id=article.id, text=article.text, paragraphs=article.paragraphs, sentences=sentences)
    by_id = {e.id: e for e in entities}
    cast = Cast.of(article, mentions, by_id, metonyms_of(article, mentions, entities))
    return cast, Span(start, start + len(found[1])), article.text


def scene_of(source: str) -> Scene:
    cast, trigger, _ = cast_of(source)
    return cast.stage.scene(trigger, None)


def doers(
    source: str, type_: str, *, told: str | None = None, by: str | tuple[str, ...] = ()
) -> list[tuple[str | None, str | None]]:
    """Names of actor and recipient. `told`: the words of the content that tells of the event; `by`: who speak there."""
    cast, trigger, text = cast_of(source)
    names = {p.name: key for key, p in cast.stage.players.items()}
    witness, speakers = None, (by,) if isinstance(by, str) else by
    if told is not None:
        content = Span(text.index(told), text.index(told) + len(told))
        cue = Span(content.end, content.end + 1)
        witness = Statement("s", "direct", (), (cue,), (content,), Speaker(" and ".join(speakers) or None), None, 1.0)
    asked = AskedEvent(trigger, type_, witness, tuple(names[name] for name in speakers))
    found = doers_of(cast, asked, doer_weights(), Course())
    return [tuple(p and cast.stage.players[p].name for p in pair) for pair in found]  # type: ignore[misc]
