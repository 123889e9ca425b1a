"""Pages out of templates. Everything in them is escaped, and an unknown name is an error rather than a gap."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import Request
from starlette.responses import HTMLResponse

from onrecord.codebook.tables import load
from onrecord.query.days import in_words
from onrecord.records.when import is_day

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

HERE = Path(__file__).resolve().parent
STATIC = HERE / "static"
SHOUTED = 4
"""Letters of a word in capitals that are no initials."""
# What turns the direction of what follows it, or cannot be seen at all: shown by its number, since it may be there to deceive.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
_EDTF = re.compile(r"(?=.*(?:[/~?%]|-2[1-4]$))[-0-9./~?%]{4,32}")
_HALF = re.compile("[\ud800-\udfff]")


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates of this room."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        finalize=seen,
    )
    made.globals["asset"] = asset
    made.filters |= {
        "shown": shown,
        "piece": piece,
        "day": day_in_words,
        "chance": chance,
        "count": count,
        "place": place_name,
        "web": web_address,
    }
    return made


@lru_cache(maxsize=32)
def asset(name: str) -> str:
    """The address of a file of static/, which changes with what is in it, so that browsers may keep it."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


def _is_plain(text: str) -> bool:
    """Whether all of a text can be seen and read from left to right, as most can: told quicker than what cannot is found."""
    return text.isascii() and text.isprintable()


def seen(value: object) -> object:
    """What stands in titles and attributes, where there are no elements: a text without what cannot be seen in it."""
    if type(value) is str and not _is_plain(value):  # what is marked up went through `piece`
        return _UNSEEN.sub(lambda unseen: f"[U+{ord(unseen[0]):04X}]", _HALF.sub("\ufffd", value))
    return value


def piece(text: object) -> Markup:
    """A text of an article, escaped, with what cannot be seen shown by its number."""
    from markupsafe import Markup, escape

    whole = str(text)
    if _is_plain(whole):
        return escape(whole)
    whole = _HALF.sub("\ufffd", whole)
    parts, done = list[str](), 0
    for unseen in _UNSEEN.finditer(whole):
        code = f"U+{ord(unseen[0]):04X}"
        parts += [str(escape(whole[done : unseen.start()])), f'<span class="unseen" title="{code}">{code}</span>']
        done = unseen.end()
    return Markup("".join((*parts, str(escape(whole[done:])))))  # each part was escaped


def shown(text: object) -> Markup:
    """The same in a direction of its own, so that nothing in it turns what stands around it."""
    from markupsafe import Markup

    return Markup(f"<bdi>{piece(text)}</bdi>")  # what is within was escaped


def day_in_words(day: str | None) -> str:
    """A day, month or year (ISO 8601) as people write it, "8 March 2025"; so too a longer time (EDTF), "summer 2025"."""
    if day and _EDTF.fullmatch(day):
        return in_words(day, day=_worded)
    return _worded(day or "")


def _worded(day: str) -> str:
    if not is_day(day):
        return day
    year, *rest = day.split("-")
    month = load().month_names[int(rest[0]) - 1] if rest else None
    return " ".join(filter(None, [str(int(rest[1])) if len(rest) > 1 else None, month, year]))


def chance(score: float | None) -> str:
    """A chance in two digits, ".93"."""
    return "" if score is None else "1.0" if score >= 0.995 else f"{score:.2f}".lstrip("0")


def count(number: int, noun: str, plural: str | None = None) -> str:
    """A number with what it counts: "1 article", "2,000 articles"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def place_name(name: str) -> str:
    """A place as running text has it, where a dateline prints it in capitals: "Port Sudan, Sudan" for "PORT SUDAN, Sudan"."""
    shouted = [word for word in name.split() if word.isupper()]
    if not any(len(word) >= SHOUTED for word in shouted):
        return name  # initials: "UN", "D.C."
    return " ".join(word.title() if word in shouted else word for word in name.split())


def web_address(url: str | None) -> str | None:
    """An address that may be linked: of the web, and nothing that a browser would run."""
    return url if url and url.lower().startswith(("https://", "http://")) else None


def render(request: Request, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """A page. Every template may use `here`, the path that was asked for, `write`, whether this server takes changes, and `key`,
    which its forms then send along.
    """
    state = request.app.state
    key = state.keys.form if state.write else None
    html = environment().get_template(template).render(here=request.url.path, write=state.write, key=key, **values)
    return HTMLResponse(html, status)
