"""Which mentions of organisations, groups and works mean the same one: exact words, acronyms, short forms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from onrecord.codebook.names import name_words
from onrecord.extract.lands import codes_of
from onrecord.extract.linking import Group, Owners, Printed
from onrecord.extract.names import SMALL_IN_NAMES
from onrecord.records import LinkMethod

LONGEST_ACRONYM = 6
_OPENS = re.compile(r"[ \n,]*\([\"“‘']?")
_OF = re.compile(r"[\w’'-]+ (?:of|for|on) ")
_THE = re.compile(r"\b[Tt]he[ \n]+$")


@dataclass(slots=True, eq=False)
class _Body:
    """One way of writing a body, and where it is printed."""

    words: tuple[str, ...]
    printed: list[Printed] = field(default_factory=list)

    @property
    def start(self) -> int:
        return self.printed[0].span.start

    @property
    def text(self) -> str:
        return self.printed[0].text

    @property
    def kind(self) -> str:
        return self.printed[0].kind


class _Bodies:
    """The bodies of one article, and the keys that find them. The longest names come first."""

    def __init__(self) -> None:
        self.groups: list[Group] = []
        self.exact: dict[tuple[str, ...], Group] = {}
        self.starts: dict[int, int] = {}
        self.acronyms: Owners[str, Group] = Owners()
        self.mixed: Owners[frozenset[str], Group] = Owners()
        self.fronts: Owners[tuple[str, tuple[str, ...]], Group] = Owners()
        self.plain_fronts: Owners[tuple[str, tuple[str, ...]], Group] = Owners()
        self.backs: Owners[tuple[str, tuple[str, ...]], Group] = Owners()

    def add(self, body: _Body, group: Group, method: LinkMethod | None) -> None:
        if not group.members:
            self.groups.append(group)
        for printed in body.printed:
            group.add(printed, method)
        self.starts[id(group)] = min(body.start, self.starts.get(id(group), body.start))
        self.exact[body.words] = self.exact[_canonical(body)] = group
        if len(body.words) == 1:
            return
        for acronym in _acronyms(body.words):
            self.acronyms.add(acronym, group)
        if mixed := _mixed(body.words):
            self.mixed.add(mixed, group)
        pieces = body.text.split()
        for k in range(1, len(body.words)):
            self.backs.add((body.kind, body.words[-k:]), group)
            if all(piece[:1].isupper() or piece.casefold() in SMALL_IN_NAMES for piece in pieces[k:]):
                self.fronts.add((body.kind, body.words[:k]), group)
            if all(word in name_words().sorts for word in body.words[k:]):
                self.plain_fronts.add((body.kind, body.words[:k]), group)


def group_bodies(text: str, printed: Sequence[Printed]) -> list[Group]:
    """One group for each organisation, group and work."""
    bodies: dict[tuple[str, ...], _Body] = {}
    for one in printed:
        words = _key(one)
        bodies.setdefault(words, _Body(words)).printed.append(one)
    found = _Bodies()
    bracketed = _bracketed(text, printed)
    for body in sorted(bodies.values(), key=lambda b: (-len(b.words), b.start)):
        owner, method = _owner(text, body, found, bracketed)
        found.add(body, owner or Group(), method)
    return found.groups


def _key(one: Printed) -> tuple[str, ...]:
    """The words without a leading article; a group's in the singular, for "Republican" and "Republicans" are one."""
    words = one.words[1:] if len(one.words) > 1 and one.words[0] == "the" else one.words
    if (
        one.kind == "group"
        and words
        and len(words[-1]) > 3
        and words[-1].endswith("s")
        and not words[-1].endswith("ss")
    ):
        return (*words[:-1], words[-1][:-1])
    return words


def _canonical(body: _Body) -> tuple[str, ...]:
    name = name_words().same.get(" ".join(body.words))
    return tuple(name.split()) if name else body.words


def _owner(
    text: str, body: _Body, found: _Bodies, bracketed: dict[tuple[str, ...], tuple[str, ...]]
) -> tuple[Group | None, LinkMethod | None]:
    """The body that this is another writing of."""
    same = found.exact.get(_canonical(body))
    if same is not None:
        return same, "acronym" if len(body.words) == 1 and body.text.isupper() else None
    if body.words in bracketed:
        owner = found.exact.get(bracketed[body.words])
        if owner is not None:
            return owner, "acronym"
    if _is_acronym(body):
        return found.acronyms.only(body.words[0]), "acronym"
    mixed = found.mixed.only(_mixed(body.words))
    return (mixed, None) if mixed is not None else (_longer(text, body, found), None)


def _longer(text: str, body: _Body, found: _Bodies) -> Group | None:
    """The longer name that this is the beginning or the end of. Short forms come after the full one, in the same kind."""
    table, key = name_words(), (body.kind, body.words)
    if body.kind == "group" or codes_of(body.text):
        return None
    owner = found.plain_fronts.only(key)
    front = owner is not None
    if owner is None and len(body.words) == 1:
        word = body.words[0]
        if len(word) > 2 and not (word in table.wholes or word in table.heads or word in table.sorts):
            owner = found.fronts.only(key)
        front = owner is not None
        if owner is None and all(_THE.search(text, max(0, p.span.start - 5), p.span.start) for p in body.printed):
            # "The Council" is the Council of Maritime States as it would be the Maritime Council.
            fronts = [g for g in found.fronts.of(key) if any(_OF.match(one.text) for one in g.members)]
            either = {id(group): group for group in (*found.backs.of(key), *fronts)}
            owner = next(iter(either.values())) if len(either) == 1 else None
    elif owner is None:
        owner = found.backs.only(key)
    # A headline may have the short form once before the text has the full one.
    again = front and len(body.printed) > 1 and body.kind == "organization" and body.text.isalpha()
    first = body.printed[1].span.start if again else body.start
    return owner if owner is not None and found.starts[id(owner)] < first else None


def _is_acronym(body: _Body) -> bool:
    letters = body.text.replace(".", "")
    return len(body.words) == 1 and letters.isalpha() and letters.isupper() and 2 <= len(letters) <= LONGEST_ACRONYM


def _acronyms(words: tuple[str, ...]) -> Iterator[str]:
    """The initials of all words, of the large ones, and of these without what sort of body it is."""
    large = [w for w in words if w not in SMALL_IN_NAMES]
    named = [w for w in large if w not in name_words().sorts]
    for chosen in (words, large, named):
        if len(chosen) > 1:
            yield "".join(w[0] for w in chosen)


def _mixed(words: tuple[str, ...]) -> frozenset[str]:
    """The large words in no order, where one says what sort of body it is: "Department of Justice", "Justice Department"."""
    large = frozenset(w for w in words if w not in SMALL_IN_NAMES and w not in {"us", "u"})
    return large if len(large) > 1 and large & name_words().heads else frozenset()


LEAST_NEARLY = 3


def _is_nearly(letters: str, name: Printed) -> bool:
    """Whether letters are a body's initials but for the first or the last: "Electoral Commission of Norland (IEC)"."""
    if name.kind != "organization" or len(letters) < LEAST_NEARLY or len(letters) > LONGEST_ACRONYM:
        return False
    initials = "".join(w[0] for w in name.words if w not in SMALL_IN_NAMES)
    return _in_order(letters[1:], initials) or _in_order(letters[:-1], initials)


def _bracketed(text: str, printed: Sequence[Printed]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Acronyms that stand in brackets after the name ("Harbour Relief Fund (HaRF)"): each with the name."""
    out: dict[tuple[str, ...], tuple[str, ...]] = {}
    for name, short in zip(printed, printed[1:], strict=False):
        between = text[name.span.end : short.span.start]
        if len(between) < 6 and _OPENS.fullmatch(between) and len(name.words) > 1 and len(short.words) == 1:
            letters = short.words[0]
            closed = "(" in between and text[short.span.end : short.span.end + 1] == ")"
            if (closed and _is_nearly(letters, name)) or (
                letters[0] in {w[0] for w in name.words[:2]} and _in_order(letters, "".join(name.words))
            ):
                out.setdefault(_key(short), _key(name))
    return out


def _in_order(letters: str, name: str) -> bool:
    rest = iter(name)
    return all(letter in rest for letter in letters)
