"""Events as coders of events have them: what was done, and what was done by saying it.

What two actors do to one another by speaking ("the mayor accused the council") is in the record the act of a statement. Here it
is an event like others: speaker, PLOVER type of the act, target, asserted by whoever reports the statement.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord import codebook
from onrecord.export.exported import Exported
from onrecord.records import NARRATION, Standing
from onrecord.records.wire_types import WireParty, WirePlace, WireStatement, WireWhen


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it, or to whom. `code`: country and PLOVER sector of the entity ("RUSGOV"), as far as known."""

    name: str
    entity: str | None
    identity: str | None
    external: str | None
    code: str | None
    country: str | None

    @property
    def sector(self) -> str | None:
        """The sector's code: "GOV". An actor with a code that is not a country's (an international one) has that."""
        if not self.code or self.code == self.country:
            return None
        return self.code.removeprefix(self.country or "") or None


@dataclass(frozen=True, slots=True)
class Coded:
    """An event, or a statement's act as one. `id`: that of the event or statement. `words`: those of trigger or cue.

    `asserted_by`: as in the wire form; `witness`: the speaker's name, where it is a statement.
    """

    id: str
    type: str
    mode: str | None
    words: str
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    place: WirePlace | None
    date: WireWhen | None
    status: str
    asserted_by: str | None
    witness: str | None
    score: float
    standing: Standing
    verbal: bool

    @property
    def cameo(self) -> str:
        """The CAMEO code that stands for type and mode."""
        return codebook.cameo_of(self.type, self.mode)


def coded(article: Exported) -> Iterator[Coded]:
    """The events of an article that fit, then the acts of statements that do: of those with speaker and target known by name."""
    names = {s["id"]: s["speaker"]["name"] for s in article.wire["statements"]}
    for v in article.events():
        yield Coded(
            v["id"], v["type"], v["mode"], v["text"], _actors(article, v["actor"]), _actors(article, v["recipient"]),
            v["place"], v["date"], v["status"], v["asserted_by"], names.get(v["asserted_by"] or ""), v["score"],
            article.standing_of(v["id"]), False,
        )  # fmt: skip
    for s in article.said():
        act, target, inside = s["act"], s["target"], s["inside"]
        if act and act["plover"] and target and target["entity"] and s["speaker"]["entities"]:
            yield Coded(
                s["id"], act["plover"], None, s["cue"]["text"], _speakers(article, s), _actors(article, target),
                None, s["said_on"], "happened", inside or NARRATION, names.get(inside or ""), act["score"],
                article.standing_of(s["id"]), True,
            )  # fmt: skip


def _actors(article: Exported, party: WireParty | None) -> tuple[Actor, ...]:
    if party is None:
        return ()
    if party["entity"] is None:
        return (Actor(party["name"], None, None, None, None, None),)
    return (_actor(article, party["entity"], party["name"]),)


def _speakers(article: Exported, s: WireStatement) -> tuple[Actor, ...]:
    return tuple(_actor(article, id_, None) for id_ in s["speaker"]["entities"])


def _actor(article: Exported, id_: str, name: str | None) -> Actor:
    """An entity of the article; what it does not tell of country and code, its identity may."""
    entity = next(e for e in article.wire["entities"] if e["id"] == id_)
    identity = article.identities.get(id_)
    if identity is None:
        return Actor(name or entity["name"], id_, None, None, entity["code"], entity["country"])
    code, country = entity["code"] or identity.code, entity["country"] or identity.country
    return Actor(name or identity.name, id_, identity.id, identity.external, code, country)
