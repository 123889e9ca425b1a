"""An article laid out: forms of sources, things and where they stand, who is a man and who a woman, and descriptions."""

from __future__ import annotations

import pytest
from tests.scripted import page_of, read_marked

from onrecord.extract.page import Page, PageStatement, Thing
from onrecord.records import Span

NAMES = {
    "person": ["Mary Lane", "Lane", "John Brandt", "Brandt"],
    "country": ["Ostrania"],
    "organization": ["Harbour Union"],
}
PAGE = """Harbour of Ostrania shut

Mrs Mary Lane and John Brandt of the Harbour Union met on Monday.

[Lane] {said} <the harbour was shut>.

[The harbour pilot] {said} <it was “Brandt’s folly”>.

[She] {said} <it was late>.

<The harbour is shut>, {it was reported}.

[Brandt’s spokesman] {denied} <it>.

[the Harbour pilot, a friend of Lane,] {said} <nothing>."""


@pytest.fixture(scope="module")
def page() -> Page:
    return page_of(PAGE, NAMES)


def thing(page: Page, name: str) -> Thing:
    return next(t for t in page.things if t.name == name)


def number(page: Page, name: str) -> int:
    return next(n for n, t in enumerate(page.things) if t.name == name)


def words(page: Page, said: PageStatement) -> str | None:
    return said.source.of(page.article.text) if said.source else None


def test_forms_of_sources(page: Page) -> None:
    told = [(words(page, s), s.form, s.pronoun) for s in page.said]
    assert told == [
        ("Lane", "named", None),
        ("The harbour pilot", "nominal", None),
        ("She", "pronoun", "she"),
        (None, "absent", None),
        ("Brandt’s spokesman", "nominal", None),
        ("the Harbour pilot, a friend of Lane", "named", None),
    ]


def test_entities_are_things_with_all_their_places(page: Page) -> None:
    text = page.article.text
    assert [t.name for t in page.things[:4]] == ["Ostrania", "Mary Lane", "John Brandt", "Harbour Union"]
    lane = thing(page, "Mary Lane")
    assert [p.span.of(text) for p in lane.places] == ["Mary Lane", "Lane", "Lane"]
    assert [p.paragraph for p in lane.places] == [1, 2, 7]
    assert lane.vectors.shape == (3, page.said[0].vector.shape[0])
    assert lane.kind == "person" and lane.entity is not None and lane.words == {"mary", "lane"}


def test_a_things_place_within_other_words(page: Page) -> None:
    lane, text = thing(page, "Mary Lane"), page.article.text
    assert lane.within(page.article.paragraphs[2]) == lane.places[1]
    assert lane.within(page.article.paragraphs[3]) is None
    assert lane.within(Span(0, len(text))) == lane.places[0]
    assert lane.within(Span(lane.places[0].span.start + 1, len(text))) == lane.places[1]
    assert lane.within(Span(0, lane.places[0].span.end - 1)) is None


def test_a_place_knows_whether_it_is_quoted(page: Page) -> None:
    assert [p.quoted for p in thing(page, "John Brandt").places] == [False, True, False]


def test_places_are_words_of_the_article(page: Page) -> None:
    for one in page.things:
        starts = [p.lo for p in one.places]
        assert starts == sorted(starts)
        assert all(p.lo < p.hi and page.article.paragraphs[p.paragraph].holds(p.span) for p in one.places)
        assert all(page.article.sentences[p.sentence].holds(p.span) for p in one.places)


def test_descriptions_are_things_once_for_the_same_words(page: Page) -> None:
    pilot = thing(page, "harbour pilot")
    assert pilot.kind == "phrase" and pilot.entity is None
    assert [p.span.of(page.article.text) for p in pilot.places] == ["harbour pilot", "Harbour pilot"]
    assert [t.name for t in page.things if t.kind == "phrase"] == ["harbour pilot", "Brandt’s spokesman"]


def test_a_source_knows_its_description_and_the_names_in_it(page: Page) -> None:
    own = [s.own for s in page.said]
    pilot, spokesman = number(page, "harbour pilot"), number(page, "Brandt’s spokesman")
    assert own == [None, pilot, None, None, spokesman, pilot]
    lane = number(page, "Mary Lane")
    assert [s.inner for s in page.said] == [(lane,), (), (), (), (), (lane,)]  # Brandt only owns the spokesman


def test_what_is_held_is_the_source_or_else_the_cue(page: Page) -> None:
    text = page.article.text
    assert page.said[2].held.span.of(text) == "She"
    assert page.said[3].held.span.of(text) == "it was reported"


def test_the_headline_ends_where_it_ends(page: Page) -> None:
    assert page.article.text[: page.headline_end] in ("", "Harbour of Ostrania shut")


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("Mrs Avel Tolvik left.", -1),
        ("Mr Avel Tolvik left.", 1),
        ("Avel Tolvik left.", 0),
        ("Mary Tolvik left. Tolvik was late.", -1),
        ("John Tolvik left.", 1),
        ("Mr Mary Tolvik left.", 1),  # a title tells more than a forename
    ],
)
def test_titles_and_forenames_tell_men_and_women(text: str, gender: int) -> None:
    names = {"person": ["Avel Tolvik", "Mary Tolvik", "John Tolvik", "Tolvik"]}
    page = page_of(f"{text}\n\n[Somebody] {{said}} <so>.", names)
    [person] = [t for t in page.things if t.kind == "person"]
    assert person.gender == gender


@pytest.mark.parametrize(
    ("source", "gender", "plural"),
    [
        ("the spokeswoman", -1, False),
        ("a fisherman", 1, False),
        ("his mother", -1, False),
        ("two officials", 0, True),
        ("a human", 0, False),
        ("the German lawyer", 0, False),
        ("the pilot and the mate", 0, True),
    ],
)
def test_descriptions_tell_men_women_and_many(source: str, gender: int, plural: bool) -> None:
    page = page_of(f"[{source}] {{said}} <so>.")
    [phrase] = page.things
    assert (phrase.gender, phrase.plural) == (gender, plural)


def test_a_relative_pronoun_stands_for_the_words_before_it() -> None:
    page = page_of("The council met engineers [who] {said} <so>.")
    [said] = page.said
    assert said.form == "pronoun" and said.own is not None and page.things[said.own].name == "engineers"


def test_a_name_is_no_description() -> None:
    page = page_of("[Mary Lane] {said} <so>.\n\n[Mayor Mary Lane] {said} <more>.", {"person": ["Mary Lane"]})
    assert page.said[0].own is None
    assert page.said[1].own is None
    page = page_of("[a spokesman for Mary Lane] {said} <so>.", {"person": ["Mary Lane"]})
    assert page.said[0].own is not None and page.things[page.said[0].own].name == "spokesman for Mary Lane"


def test_statements_know_who_reports_them() -> None:
    from tests.scripted import ScriptedHeads, ScriptedSecond, article_of, weights

    from onrecord.pipeline import Reader

    text = "Lane said the guard had told her that the bridge was shut."
    article = article_of(text)
    at = lambda words: [Span(text.index(words), text.index(words) + len(words))]  # noqa: E731
    outer = {"source": at("Lane"), "cue": at("said"), "content": at("the guard had told her that the bridge was shut")}
    inner = {"source": at("the guard"), "cue": at("had told"), "content": at("that the bridge was shut")}
    seen = []
    heads = ScriptedHeads(article, [outer, inner], rule=lambda q: seen.append(q) or q.features[:, 0] * 0)
    record = Reader.of(weights(), heads, ScriptedSecond(article), threads=1).read(article)
    assert [s.inside for s in record.statements] == [None, record.statements[0].id]
    from tests.scripted import feature

    nested = feature(seen[0], "nested")
    assert nested[seen[0].of == 0].max() == 0 and nested[seen[0].of == 1].min() == 1


def test_a_page_without_names_or_sources() -> None:
    record = read_marked("<The bridge is shut>, {it was reported}.")
    assert record.entities == () and record.mentions == ()
    page = page_of("<The bridge is shut>, {it was reported}.")
    assert page.things == () and len(page.said) == 1


def test_a_page_where_nobody_says_anything() -> None:
    page = page_of("Mary Lane met John Brandt in the harbour on Monday.", NAMES)
    assert page.said == () and [t.name for t in page.things] == ["Mary Lane", "John Brandt"]


@pytest.mark.parametrize(
    ("source", "several"),
    [
        ("Ada Lane, Oto Brandt and their lawyers", ["Ada Lane", "Oto Brandt", "their lawyers"]),
        ("Sens. Ada Lane (D-Brell) and Oto Brandt", ["Ada Lane", "Oto Brandt"]),
        ("Harbour Union and the Velm shipping line", ["Harbour Union", "Velm shipping line"]),
        ("Ada Lane, a Harbour Union lawyer and pilot", []),
        ("Ada Lane, head of the Harbour Union and the docks", []),
        ("Ada Lane's lawyer and friend", []),
        ("a lawyer for Ada Lane and Oto Brandt", []),
        ("a bench of Justices Ada Lane and Oto Brandt", ["Ada Lane", "Oto Brandt"]),
    ],
)
def test_a_list_of_names_is_several(source: str, several: list[str]) -> None:
    names = {"person": ["Ada Lane", "Oto Brandt"], "organization": ["Harbour Union", "Velm"]}
    page = page_of(f"[{source}] {{said}} <so>.", names)
    assert [page.things[n].name for n in page.said[0].joined] == several


def test_a_people_before_and_lists_nobody() -> None:
    page = page_of(
        "Ostrania was late. [Ostranian and other officials] {said} <so>.", {"country": ["Ostrania", "Ostranian"]}
    )
    assert page.said[0].joined == ()


def test_things_and_sources_know_their_countries() -> None:
    names = {"person": ["Ada Lane"], "country": ["Velmark", "Ostrania"]}
    text = "Velmark defence minister Ada Lane met Ostrania.\n\n[the Velmark minister] {said} <so>."
    page = page_of(text, names)
    velmark = next(t.entity for t in page.things if t.name == "Velmark")
    assert thing(page, "Ada Lane").lands == page.said[0].lands == {velmark}


def test_a_country_that_was_taken_for_an_organisation_is_a_country() -> None:
    page = page_of("[Russia] {said} <so>.", {"organization": ["Russia"]})
    assert [(t.kind, t.name) for t in page.things] == [("country", "Russia")]


def test_letters_after_a_name_alone_are_nobody_else() -> None:
    laid = page_of("Mary Lane [KC] {said} <the harbour was shut>.", NAMES)
    assert [t.name for t in laid.things] == ["Mary Lane"] and laid.said[0].own is None
