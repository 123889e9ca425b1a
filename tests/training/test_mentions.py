"""What the mention head and the link head learn from."""

import json
from pathlib import Path

from onrecord.evaluation.matching import Roles
from onrecord.records import Span
from training.links import NOISY, Clusters, Speakers, links_of
from training.mentions import ALONE, SURE, Name, load_forms, names_of, story_names


def span(text: str, words: str, nth: int = 0) -> Span:
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))


def shown(text: str, names: list[Name]) -> list[tuple[str, str | None, float]]:
    return [(text[n.start : n.end], n.kind, n.weight) for n in names]


def test_every_place_of_a_form_is_a_name_and_the_longer_one_goes_first() -> None:
    text = "Lane Bank said Lane would pay. Lane's bank agreed."
    assert shown(text, names_of(text, {"Lane": "person", "Lane Bank": "organization"}, ())) == [
        ("Lane Bank", "organization", SURE),
        ("Lane", "person", SURE),
        ("Lane", "person", SURE),
    ]


def test_a_form_that_is_a_small_word_too_needs_a_tagger() -> None:
    text = "Will said he will go. Will anyone?"
    seen = [(0, 4, "person")]
    assert shown(text, names_of(text, {"Will": "person"}, (seen,)))[0] == ("Will", "person", SURE)
    assert [n for n in names_of(text, {"Will": "person"}, ()) if n.kind == "person"] == []


def test_what_both_taggers_found_is_surer() -> None:
    text = "On the Friday before May 3 he left."
    both, one = (3, 13, "date"), (21, 26, "date")
    assert shown(text, names_of(text, {}, ([both], [both, one]))) == [
        ("Friday", "date", SURE),
        ("May 3", "date", ALONE),
    ]


def test_a_name_of_something_else_takes_its_words() -> None:
    text = "The Quill War began."
    assert shown(text, names_of(text, {"Quill": "person", "Quill War": None}, ())) == [("Quill War", None, SURE)]


def test_forms_are_kept_as_places(tmp_path: Path) -> None:
    path = tmp_path / "names.tsv"
    path.write_text("DOC\ta\nperson\t0-4\nnone\t5-9\nother\t10-13\n", encoding="utf8")
    assert load_forms(path, {"a": "Lane said Cup won"}) == {"a": {"Lane": "person", "Cup": None}}


TEXT = "Ada Lane met Oto Brandt. Lane said rain was near. He denied it. The mayor agreed. It was said."
NAMES = [
    Name(*(s.start, s.end), "person", 1.0)
    for s in (span(TEXT, "Ada Lane"), span(TEXT, "Oto Brandt"), span(TEXT, "Lane", 1))
]


def roles(source: Span | None, cue: Span) -> Roles:
    return Roles((source,) if source else (), (cue,), ())


def linked(**speakers: Speakers):
    gold = [
        roles(span(TEXT, "Lane", 1), span(TEXT, "said")),
        roles(span(TEXT, "He"), span(TEXT, "denied")),
        roles(span(TEXT, "The mayor"), span(TEXT, "agreed")),
        roles(None, span(TEXT, "was said")),
    ]
    return links(gold, {int(k[1:]): v for k, v in speakers.items()})


def links(gold, speakers, chains=()):
    clusters = Clusters(TEXT, NAMES, [name for who in speakers.values() for name in who.names])
    return links_of(TEXT, clusters, gold, speakers, chains)


def asked(linked) -> list[tuple[str, list[str], float]]:
    named = {c: TEXT[m.start : m.end] for m in reversed(linked) if not m.weight for c in m.clusters}
    return [(TEXT[m.start : m.end], sorted(named[c] for c in m.clusters), m.weight) for m in linked if m.weight]


def test_a_surname_is_of_the_cluster_of_the_full_name() -> None:
    ada, oto, lane = (m.clusters for m in linked())
    assert ada == lane != oto


def test_a_source_that_is_no_name_is_linked_and_one_that_is_needs_none() -> None:
    links = linked(s0=Speakers(("Ada Lane",), "person"), s1=Speakers(("Oto Brandt",), "person"))
    assert asked(links) == [("He", ["Oto Brandt"], 1.0)]


def test_several_speakers_and_none() -> None:
    links = linked(s2=Speakers(("Ada Lane", "Oto Brandt"), "person"), s3=Speakers((), "unknown"))
    assert asked(links) == [("The mayor", ["Ada Lane", "Oto Brandt"], 1.0), ("was said", [], 1.0)]


def test_the_author_is_linked_to_nothing() -> None:
    assert asked(linked(s3=Speakers((), "author"))) == []


def test_a_taggers_pronoun_counts_for_less_and_not_against_a_label() -> None:
    he, ada = span(TEXT, "He"), span(TEXT, "Ada Lane")
    chain = [(ada.start, ada.end, 1), (he.start, he.end + 1, 0)]
    gold = [roles(he, span(TEXT, "denied"))]
    assert asked(links(gold, {}, [chain])) == [("He", ["Ada Lane"], NOISY)]
    labelled = links(gold, {0: Speakers(("Oto Brandt",), "person")}, [chain])
    assert asked(labelled) == [("He", ["Oto Brandt"], 1.0)]


def test_a_storys_names_are_those_of_its_gold_without_titles_and_descriptions(tmp_path) -> None:
    entities = [
        {"name": "Ann Lane", "kind": "person", "aliases": ["Mrs. Lane", "Mayor Ann Lane", "the mayor", "Head of State"]},
        {"name": "Norrask", "kind": "country", "aliases": ["Norrask", "Norraskan", "Velm", "the state"]},
        {"name": "Pier Guild", "kind": "organization", "aliases": ["The Guild", "the dockers"]},
        {"name": "Heron", "kind": "other", "aliases": ["Heron"]},
    ]  # fmt: skip
    (tmp_path / "pier" / "gold").mkdir(parents=True)
    (tmp_path / "pier" / "gold" / "corpus.json").write_text(json.dumps({"entities": entities}))
    text = (
        "Mayor Ann Lane met the Pier Guild in Velm. Lane told the Guild that Norraskan ships, the Heron too, were late."
    )
    names = story_names({"pier": tmp_path / "pier"}, {"pier-01": []}, {"pier-01": text})["pier-01"]
    assert [(text[n.start : n.end], n.kind) for n in names] == [
        ("Ann Lane", "person"),
        ("Pier Guild", "organization"),
        ("Velm", "place"),
        ("Lane", "person"),
        ("Guild", "organization"),
        ("Norraskan", "country"),
    ]
