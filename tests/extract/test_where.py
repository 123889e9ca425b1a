"""Where events took place: what ties a place to a trigger, and what does not."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from onrecord.extract import build_entities
from onrecord.extract.where import Scenery
from onrecord.records import Dateline, Place, Span

from .naming import marked


def where(source: str, *, headline: bool = False, dateline: str | None = None, type_: str = "ASSAULT") -> Place | None:
    """The place of the event whose trigger stands in angle brackets; sentences end with a full stop."""
    article, mentions = marked(source, headline=headline)
    at, end = article.text.index("<"), article.text.index(">") - 1
    text = article.text.replace("<", "").replace(">", "")

    def moved(span: Span) -> Span:
        start = span.start - (span.start > at) - (span.start > end)
        return Span(start, start + len(span))

    paragraphs = tuple(Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text))
    sentences = tuple(Span(m.start(), m.end()) for m in re.finditer(r"[^\s.][^.\n]*\.?", text))
    article = replace(
        article,
        text=text,
        paragraphs=paragraphs,
        sentences=sentences,
        headline=paragraphs[0] if headline else None,
        dateline=Dateline(dateline, None, Span(0, len(dateline))) if dateline else None,
    )
    linked, entities = build_entities(article, [replace(m, span=moved(m.span)) for m in mentions])
    return Scenery(article, linked, {e.id: e for e in entities}).place(Span(at, end), type_)


def name(source: str, **options) -> str | None:
    place = where(source, **options)
    return place.name if place else None


@pytest.mark.parametrize(
    "source",
    [
        "Shells <hit> the market at {l:Corran} on Sunday.",
        "The envoys <met> in {l:Corran} and left again.",
        "The convoy <brought> flour to {l:Corran}.",
        "The garrison <withdrew> from {l:Corran}.",
        "Divers <searched> the wreck in the port of {l:Corran}.",
        "The <shelling> of {l:Corran} went on.",
        "Troops <took> positions in northern {l:Corran}.",
        "Police in {l:Corran} <arrested> nine men.",
        "In {l:Corran}, where it sits, the court <freed> two editors.",
        "Officials met in {l:Corran} and <signed> a pact.",
        "Gunmen <seized> nine pupils from a school in {c:Mali}'s {l:Corran} district.",
        "As guns <shelled> a depot in {l:Corran}, the envoys met.",
        "Fire <broke out> in the Port of {l:Corran}.",
        "Jets <bombed> {l:Corran} on Sunday.",
        "Rebels <seized> the capital, {l:Corran}, at dawn.",
        "Troops <burned> the frontier village of {l:Corran}.",
        "They were taken to {l:Corran}, where guards <beat> them.",
        "Guns <fired> from the hills behind {l:Corran}.",
        "Jets <bombed> a mast at Point {l:Corran}.",
        "{l:Corran} lies inland. {l:Corran} has a fort. Jets <struck> a market in the eastern town of {c:Corran}.",
    ],
)
def test_a_preposition_ties_a_place_to_the_trigger(source: str) -> None:
    assert name(source) == "Corran"


@pytest.mark.parametrize(
    "source",
    [
        "{l:Corran} <arrested> nine men.",
        "The council <banned> sales of {l:Corran} to the islands.",
        "Jets <struck> the bridge, and the mayor fled to {l:Corran}.",
        "Ms Lund, who was <released>, told the court in {l:Corran} her story.",
        "In {l:Corran}, the minister said that rebels had <fired> on a bus.",
        "The army <fired> on protesters, said the mayor in {l:Corran}.",
        "Workers <walked out> at {l:Corran} Steel.",
        "Guards <beat> the man in {l:Corran}'s car.",
        "The board <voted> to close the port at {l:Corran}.",
        "Envoys <tried> to win over {l:Corran}.",
        "Guards <beat> the captain of the trawler {l:Corran}.",
        "Planes <bombed> the pier at the trawler {l:Corran}.",
        "As the envoys <met>, guns shelled a depot in {l:Corran}.",
        "Rebels <freed> the nine men they had seized in {l:Corran}.",
        "Troops <exchanged fire> across the Line of {l:Corran}.",
        "Jets <bombed> {l:Corran}'s envoys.",
        "They fled to {l:Corran}, where it rained, and guards <beat> them.",
    ],
)
def test_other_places_are_not_the_events(source: str) -> None:
    assert name(source) is None


def test_a_place_after_the_trigger_goes_first_and_then_the_nearest() -> None:
    assert name("In {l:Ostrel}, jets <struck> a depot near {l:Corran} outside {l:Vint}.") == "Corran"
    assert name("In {l:Ostrel}, police at {l:Corran} <held> nine men.") == "Corran"


def test_a_country_is_a_place_only_straight_after_a_word_of_place() -> None:
    mali = where("Jets <struck> two camps in {c:Mali} on Sunday.")
    assert mali is not None
    assert (mali.name, mali.country, mali.lat) == ("Mali", "MLI", None)
    assert name("Planes <flew> over {c:Libya}.") == "Libya"
    assert name("Jets <struck> a boat in {c:Malian} waters.") is None
    assert name("The union <sent> grain to {c:Mali}.") is None
    assert name("The court <held> envoys of {c:Mali}.") is None


def test_the_gazetteer_tells_where_it_is() -> None:
    place = where("Rebels <shelled> the airport of {l:Benghazi}, the army of {c:Libya} said.")
    assert place is not None and place.lat is not None
    assert (place.name, place.country, round(place.lat)) == ("Benghazi", "LBY", 32)


def test_the_only_place_of_a_paragraph_holds_for_a_sentence_without_any() -> None:
    assert name("Thousands gathered in {l:Corran}. Police <arrested> nine men.") == "Corran"
    assert name("Thousands gathered in {l:Corran}. In {l:Ostrel} it rained. Police <arrested> nine men.") is None
    assert name("Thousands gathered in {l:Corran}. Police of {c:Mali} <arrested> nine men.") is None
    assert name("Thousands marched on {l:Corran}. Police <arrested> nine men.") is None
    assert name("Thousands gathered in {l:Corran}.\n\nPolice <arrested> nine men.") is None
    assert name("Police <arrested> nine men. Thousands gathered in {l:Corran}.") is None


def test_dateline_and_headline_tell_of_no_place() -> None:
    assert name("{l:CORRAN} - Police <arrested> nine men.", dateline="CORRAN") is None
    assert name("Quiet in {l:Corran}\n\nPolice <arrested> nine men.", headline=True) is None


def test_a_very_long_sentence_is_read_in_no_time() -> None:
    source = "Police <arrested> nine men " + "in the big old town of " * 2_000 + "{l:Corran}."
    assert name(source) is None


def test_a_place_of_a_land_that_is_unknown_is_not_its_namesake() -> None:
    told = where("Crowds came to {l:Kharkiv}, {c:Sarovia}. Shells <hit> a market in {l:Kharkiv}.")
    assert told == Place("Kharkiv", None, None, None)
    told = where("{c:Sarovia} wept. Shells <hit> a market in {l:Kharkiv}.")
    assert told == Place("Kharkiv", None, None, None)
    told = where("Crowds came to {l:Kharkiv}, {c:Ukraine}. Shells <hit> a market in {l:Kharkiv}.")
    assert told is not None and told.country == "UKR"


def test_a_town_that_is_the_object_is_where_it_was_done_only_by_what_is_done_on_the_spot() -> None:
    assert name("Envoys <accused> {l:Corran} of it.", type_="ACCUSE") is None
    assert name("Envoys <left> {l:Corran}.", type_="RETREAT") == "Corran"
    assert name("{p:Ilse Orr} slept. {p:Orr} woke. Police <held> {l:Orr} near {l:Corran}.") == "Corran"
