"""Where parties stand beside a trigger."""

import pytest
from tests.extract.acting import cast_of, scene_of


@pytest.mark.parametrize(
    ("source", "voice"),
    [
        ("{c:Norvia} [[shelled]] the port.", "active"),
        ("The port was heavily [[shelled]] by {c:Norvia}.", "passive"),
        ("They had been [[detained]].", "passive"),
        ("The [[attack]] on {l:Harrow} failed.", "noun"),
        ("{c:Norvia} will [[attack]] the port.", "active"),
        ("It is [[shelling]] the port.", "active"),
        ("{p:Ada Lane} [[is suing]] the port.", "active"),
        ("They [[were shelling]] it.", "active"),
        ("{p:Ada Lane} [[is being held]].", "passive"),
        ("{p:Ada Lane} [[was sued]].", "passive"),
        ("{p:Ada Lane} was held in {l:Harrow} on Monday and [[charged]] with fraud.", "passive"),
        ("{p:Ada Lane} was stopped at the gate, and later [[beaten]].", "passive"),
        ("The guards were hit and [[killed]] two boys.", "active"),
        ("{p:Ada Lane} was held but {c:Norvia} [[charged]] with care.", "active"),
        ("{c:Norvia} held the gate and [[charged]] in vain.", "active"),
    ],
)
def test_voice(source, voice):
    assert scene_of(source).voice == voice


def parts(source: str) -> dict[str, list[tuple[str, str]]]:
    cast, trigger, _ = cast_of(source)
    scene = cast.stage.scene(trigger, None)
    return {cast.stage.players[p].name: [(s.part, s.tie) for s in some] for p, some in scene.standings.items()}


@pytest.mark.parametrize(
    ("source", "name", "standing"),
    [
        ("{c:Norvia} [[shelled]] {l:Harrow}.", "Norvia", ("subject", "")),
        ("{c:Norvia} [[shelled]] {l:Harrow}.", "Harrow", ("object", "")),
        ("In {l:Harrow}, {c:Norvia} [[opened]] a port.", "Norvia", ("subject", "")),
        ("In {l:Harrow}, {c:Norvia} [[opened]] a port.", "Harrow", ("opening", "")),
        ("{p:Ada Lane} said that {c:Norvia} [[shelled]] it.", "Norvia", ("subject", "")),
        ("{p:Ada Lane} said that {c:Norvia} [[shelled]] it.", "Ada Lane", ("sentence before", "")),
        ("{l:Harrow} was [[shelled]] by {c:Norvia}.", "Norvia", ("object", "by")),
        ("{c:Norvia} closed a road, and {c:Sarland} [[moved]] its guns.", "Sarland", ("subject", "")),
        ("{c:Norvia} closed a road and [[moved]] its guns.", "Norvia", ("subject", "")),
        ("{c:Norvia} and {c:Sarland} [[met]].", "Sarland", ("second of two", "")),
        ("{c:Norvia}'s [[attack]] on {l:Harrow}", "Norvia", ("owner", "")),
        ("{c:Norvia} left. It [[closed]] the road.", "Norvia", ("first 1 back", "")),
    ],
)
def test_standings(source, name, standing):
    assert standing in parts(source)[name]


def test_pronouns_of_subject_and_object():
    scene = scene_of("{c:Norvia} left. They [[shelled]] them.")
    assert (scene.pronoun, scene.object) == ("they", "them")


@pytest.mark.parametrize(
    ("source", "players"),
    [
        ("The police [[held]] two.", {"The police"}),
        ("{c:Norvian} troops [[held]] {c:Norvia}.", {"Norvia"}),
        ("{c:Norvian} police [[held]] two.", {"Norvian", "Norvian police"}),
        (
            "The {o:Harbour Commission} met. The commission [[fined]] {o:Lane Bank}.",
            {"Harbour Commission", "Lane Bank"},
        ),
        ("/{o:Norpress}/ {c:Norvia} [[left]].", {"Norvia"}),
    ],
)
def test_bodies_without_a_name_act(source, players):
    cast, _, _ = cast_of(source)
    assert {p.name for p in cast.stage.players.values()} == players


@pytest.mark.parametrize(
    "source",
    [
        "The {c:Norvian} frigate {o:Gull} left {c:Norvia}. The {o:Gull} [[fired]].",
        "Guns hit the {c:Norvian} customs post at {l:Harrow}. {c:Norvia} mourned. {l:Harrow} [[burned]].",
        "{l:HARROW}, {c:Norvia} - It [[rained]].",
    ],
)
def test_ships_and_places_are_their_countrys(source):
    cast, _, _ = cast_of(source)
    assert {p.name for p in cast.stage.players.values()} == {"Norvia"}


def test_an_office_means_who_holds_it():
    cast, trigger, _ = cast_of("Interior Minister {p:Ada Lane} spoke. The minister [[resigned]].")
    scene = cast.stage.scene(trigger, None)
    assert [s.part for some in scene.standings.values() for s in some][:1] == ["subject"]


@pytest.mark.parametrize(
    ("source", "whom"),
    [
        ("The camp of {c:Norvia} was [[shelled]].", "Norvia"),
        ("{c:Norvia} sailors (two of them boys) were later [[detained]].", "Norvia"),
        ("{c:Norvia} missiles were [[fired]] at the camp.", None),
        ("Two men from {c:Norvia} were [[detained]].", None),
        ("{c:Norvia} [[detained]] two men.", None),
    ],
)
def test_whom_a_passive_verb_is_done_to(source, whom):
    cast, trigger, _ = cast_of(source)
    found = cast.stage.scene(trigger, None).undergoes
    assert (cast.stage.players[found].name if found else None) == whom
