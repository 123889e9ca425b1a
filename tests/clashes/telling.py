"""Accounts and figures, written short."""

from __future__ import annotations

from onrecord.clashes import Account, FigureTally
from onrecord.link import Saying
from onrecord.records import Span


def account(
    number: int,
    content: str,
    *,
    by: str | None = "Ines Marlow",
    article: str = "art-1",
    day: str | None = "2031-04-02",
    act: str | None = None,
    at: str | None = None,
    cue: str = "said",
    **more,
) -> Account:
    """A statement: `by` speaks, `at` is aimed at."""
    start = 100 * number
    told = {
        "origin": article,
        "form": "indirect",
        "names": frozenset(),
        "paragraph": number,
        "speaker_kind": "person",
        "source": by or "",
    }
    return Account(
        article=article,
        statement=f"stm-{article}-{number}",
        day=day,
        number=number,
        at=start,
        speakers=frozenset({by} if by else ()),
        speaker=by,
        act=act,
        target=frozenset({at} if at else ()),
        target_name=at,
        cue=cue,
        content=(content,),
        spans=(Span(start, start + len(content)),),
        **{**told, **more},
    )


def quoted(number: int, words: str, *, article: str, **more) -> Account:
    """A direct quotation whose words can be compared."""
    plain = account(number, f'"{words}"', article=article, form="direct", **more)
    spans, at = [], 100 * number + 1
    for word in words.split():
        spans.append(Span(at, at + len(word)))
        at += len(word) + 1
    folded = tuple(w.strip(".,!?").lower() for w in words.split())
    saying = Saying(
        plain.statement, article, "direct", folded, tuple(spans), (1,), day=plain.day, wording=hash(folded) >> 1
    )
    return Account(**{f: getattr(plain, f) for f in plain.__dataclass_fields__ if f != "saying"}, saying=saying)


def tally(
    number: int,
    value: float | None,
    *,
    by: str | None = "the mayor",
    article: str = "art-1",
    day: str | None = "2031-04-02",
    low: float | None = -1,
    high: float | None = -1,
    what: str = "killed",
    thing: str | None = None,
    places: tuple[str, ...] = ("oldmoor",),
    **more,
) -> FigureTally:
    """A figure; exact unless told otherwise."""
    told = {"origin": article, "part": False, "names": frozenset(), "about": frozenset({"flood"}), "paragraph": number}
    told["place_names"] = tuple(place.title() for place in places)
    return FigureTally(
        article=article,
        figure=f"fig-{article}-{number}",
        statement=f"stm-{article}-{number}" if by else None,
        day=day,
        at=100 * number,
        span=Span(100 * number, 100 * number + 2),
        spans=(Span(100 * number, 100 * number + 20),),
        words=str(value),
        value=value,
        low=value if low == -1 else low,
        high=value if high == -1 else high,
        what=what,  # type: ignore[arg-type]
        thing=thing,
        places=frozenset(places),
        claimant=frozenset({by} if by else {f"narration:{article}"}),
        **{**told, **more},
    )
