"""Whom a statement was said to."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from tests.extract.saying import marked

from onrecord.extract.addressees import addressee_of
from onrecord.records import Entity, Mention, Party, Role, Span, Speaker

NAMES = {
    "Ann Lane": ("e1", "Ann Lane", "person"),
    "Lane": ("e1", "Ann Lane", "person"),
    "Marrow": ("e2", "Marrow", "country"),
    "Marrish": ("e2", "Marrow", "country"),
    "the Sollen Post": ("e3", "Sollen Post", "work"),
    "Wray": ("e5", "Wray", "organization"),
    "Otto Brey": ("e4", "Otto Brey", "person"),
}


def said_to(source: str, *, speaker: str | None = None) -> Party | None:
    page = marked(source)
    found: dict[int, Mention] = {}
    for printed in sorted(NAMES, key=len):
        id_, _, kind = NAMES[printed]
        for m in re.finditer(rf"\b{printed}\b", page.article.text):
            found[m.end()] = Mention(f"m{m.start()}", page.statements[0].cue[0], kind, id_, "name", 0.9)
            found[m.end()] = replace(found[m.end()], span=type(found[m.end()].span)(*m.span()))
    entities = {id_: Entity(id_, name, kind) for id_, name, kind in NAMES.values()}
    statement = replace(
        page.statements[0], speaker=Speaker(entities[speaker].name, entities=(speaker,)) if speaker else Speaker(None)
    )
    return addressee_of(page.article, statement, entities, sorted(found.values(), key=lambda m: m.span))


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("[The mayor] {told} reporters <that the bridge was safe>.", "reporters"),
        ('<"You knew,"> [the mayor] {shouted} at the council.', "the council"),
        ('<"It is safe,"> [she] {told} the reporters at the quay.', "the reporters"),
        ("[The mayor] {told} his Marrish counterpart <that it was safe>.", "his Marrish counterpart"),
        ("[He] {told} reporters travelling with him <that it was safe>.", "reporters travelling with him"),
        ("[She] {assured} parliament <that nobody knew>.", "parliament"),
        ("[She] {told} the Head of State <that nobody knew>.", "Head of State"),
        ("[She] {asked} the former secretary of state <to wait>.", "the former secretary of state"),
        ("[He] {told} some 20,000 dockers <to go home>.", "some 20,000 dockers"),
        ("[She] {told} a crowded news conference on Monday <that it was safe>.", "a crowded news conference"),
        ("[He] {complained} to the council <that it was late>.", "the council"),
        ("Asked by journalists whether it was safe, [the mayor] {said} <it was>.", "journalists"),
        ("Speaking to reporters, [the mayor] {said} <it was safe>.", "reporters"),
        ("[The mayor] {said} in a letter to the council <that it was safe>.", "the council"),
        ("[The mayor] {asked} the harbour board <to resign>.", "the harbour board"),
        ("[The mayor] {urged} stepmothers <to wait>.", "stepmothers"),
        ("[The mayor] {begged} the sub-committee <to wait>.", "the sub-committee"),
        ("[The mayor] {said} in a chat with our correspondent <that it was safe>.", "our correspondent"),
        ("Briefing reporters by telephone, [the mayor] {said} <it was safe>.", "reporters"),
        ("Talking to a local channel, [the mayor] {said} <it was safe>.", "a local channel"),
        ("[Counsel] {put} it to the witness <that it was safe>.", "the witness"),
        ("[The bank] {said} in a note to clients <that it was safe>.", "clients"),
        ("The jury {was told} <that it leaked>.", "The jury"),
        ("[The mayor] {told} Radio Wray <that it was safe>.", "Radio Wray"),
        ("[The mayor] {told} Radio Marrow <that it was safe>.", "Radio Marrow"),
        ("[The mayor] {told} the Gazzetta della Wray <that it was safe>.", "Gazzetta della Wray"),
        ("The dockers {were urged} <to go home>.", "The dockers"),
        ("The court {heard} <that it leaked>.", "The court"),
        ("[The mayor] {has told} a senate inquiry <it was safe>.", "a senate inquiry"),
    ],
)
def test_a_phrase_is_given_as_printed(source, name):
    assert said_to(source) == Party(name)


@pytest.mark.parametrize(
    ("source", "name", "entity"),
    [
        ("[The mayor] {told} Lane <that the bridge was safe>.", "Ann Lane", "e1"),
        ("[The mayor] {told} Mrs. Lane <that the bridge was safe>.", "Ann Lane", "e1"),
        ("[The mayor] {told} Foreign Minister Ann Lane <that it was safe>.", "Ann Lane", "e1"),
        ("[The clerk] {told} the mayor, Ann Lane, <that it was safe>.", "Ann Lane", "e1"),
        ('<"It is safe,"> [she] {told} the Sollen Post.', "Sollen Post", "e3"),
        ("[The bishop] {warned} Marrow <that it would answer for it>.", "Marrow", "e2"),
        ("[The mayor] {told} Wray <that it was safe>.", "Wray", "e5"),
        ("[The mayor] {told} Marrish Wray <that it was safe>.", "Wray", "e5"),
        ("[The mayor] {told} state-run Wray <that it was safe>.", "Wray", "e5"),
        ("In an interview with Otto Brey, [she] {denied} <the charge>.", "Otto Brey", "e4"),
    ],
)
def test_a_name_is_its_entitys(source, name, entity):
    assert said_to(source) == Party(name, entity)


@pytest.mark.parametrize(
    "source",
    [
        "[The mayor] {told} her <that the bridge was safe>.",
        "[She] {told} the truth <about the bridge>.",
        "[The mayor] {said} <that the bridge was safe>.",
        "[The mayor] {urged} calm.",
        "[She] {promised} a government <for all>.",
        "[She] {was told} on Monday <that it was safe>.",
        "[She] {said} <she had spoken to reporters>.",
        "[She] {asked} for time.",
        "[She] {questioned} Marrow's <tone>.",
        "[She] {asked} Marrow's <leave>.",
        "The captain {was convicted} <of leaving the ship>.",
    ],
)
def test_nobody_is_guessed(source):
    assert said_to(source) is None


def test_a_counterpart_is_who_has_the_same_office_there():
    page = marked(
        "Defence Minister Ann Lane met Marrish Defense Chief Otto Brey. [She] {told} her Marrish counterpart <it was over>."
    )
    text = page.article.text

    def role(words: str) -> tuple[Role, ...]:
        start = text.index(words)
        return (Role(Span(start, start + len(words)), None),)

    ann = Entity("e1", "Ann Lane", "person", roles=role("Defence Minister"))
    otto = Entity("e4", "Otto Brey", "person", roles=role("Defense Chief"), country="MRW")
    marrow = Entity("e2", "Marrow", "country", country="MRW")
    start = text.rindex("Marrish")
    land = Mention("m1", Span(start, start + 7), "country", "e2", "demonym", 0.9)
    statement = replace(page.statements[0], speaker=Speaker("Ann Lane", entities=("e1",)))

    def to(*entities: Entity) -> Party | None:
        return addressee_of(page.article, statement, {e.id: e for e in entities}, [land])

    assert to(ann, otto, marrow) == Party("Otto Brey", "e4")
    assert to(ann, replace(otto, roles=()), marrow) == Party("her Marrish counterpart")
    assert to(ann, otto, replace(otto, id="e5"), marrow) == Party("her Marrish counterpart")


def test_nobody_speaks_to_himself():
    assert said_to("[The mayor] {told} Lane <that it was safe>.", speaker="e1") is None
    assert said_to("Marn was {asked} by [Otto Brey] <whether it was safe>.") is None
