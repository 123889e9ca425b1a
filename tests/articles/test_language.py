import pytest

from onrecord.articles.language import SAMPLE_CHARACTERS, language_of, sample_of
from onrecord.records import Span


def language(text):
    return language_of(text, [Span(0, len(text))])


@pytest.mark.parametrize(
    "text",
    [
        "Rebels split in Kostrel",
        "Xi Jinping, Kim Jong Un and Narendra Modi meet in Ulaanbaatar",
        "Gunmen Storm Bastrovan Embassy, Take 30 Hostages",
        "Tariff on Sulimari steel rises to 25% as Corvane retaliates",
        "Super PAC haul surges past $1B",
        "Ostrania’s Zhariv, Merevko and Stolven flew to Tarvesk, Odrova and Dreskov, Askeby said.",
        "Ça va?",
    ],
)
def test_english_stays_english_whatever_names_are_in_it(text):
    assert language(text) == "en"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("de", "Der Außenminister sagte am Mittwoch, die Regierung habe den Vorschlag abgelehnt."),
        ("fr", "Le ministre a dit que le gouvernement avait rejeté la proposition."),
        ("es", "El gobierno rechaza la propuesta de paz y convoca al embajador"),
        (
            "da",
            "Udenrigsministeren sagde onsdag, at regeringen for anden gang havde afvist det danske forslag om en aftale.",
        ),
        ("tr", "Hükümet barış önerisini dün akşam yapılan toplantıda reddetti"),
        ("ru", "Мост закрыт"),
        ("ar", "قال الوزير إن الحكومة رفضت الاقتراح"),
        ("he", "שר החוץ אמר כי הממשלה דחתה"),
        ("zh", "外交部长周三表示政府拒绝了该提案"),
        ("ja", "外相は水曜日、政府が提案を拒否したと述べた"),
        ("el", "Ο υπουργός είπε ότι"),
    ],
)
def test_other_languages_are_named(code, text):
    assert language(text) == code


def test_no_letters_no_language():
    assert language_of("", []) is None
    assert language("12 – 34 😀") is None


def test_an_english_introduction_does_not_hide_the_language_of_the_rest():
    french = "Le ministre a dit que le gouvernement avait rejeté la proposition de paix. "
    assert language("He said that this was the plan and they agreed to it. " + french * 60) == "fr"


def test_the_sample_is_short_and_spread_over_the_text():
    text = "a" * 5000 + "b" * 5000 + "c" * 5000
    sample = sample_of(text, [Span(0, 7000), Span(7000, 15000)])
    assert len(sample) <= SAMPLE_CHARACTERS + 5
    assert set(sample) >= set("abc")
