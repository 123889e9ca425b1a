"""GUM's files as text with mentions, on an invented sample of its form."""

import pytest

from onrecord.records import Span
from training.gum import GumDocument, GumError, Mention, folds, layout, load_gum, read_document

HEAD = (
    "#FORMAT=WebAnno TSV 3.2\n"
    "#T_SP=webanno.custom.Referent|entity|infstat|salience|identity|centering\n"
    "#T_RL=webanno.custom.Coref|type|BT_webanno.custom.Referent\n\n\n"
)
ROWS = """
1-1 The person[1] new[1] Ada_Marn%2C_Jr.[1] _ _
1-2 mayor person[1] new[1] Ada_Marn%2C_Jr.[1] _ _
1-3 of person[1] new[1] Ada_Marn%2C_Jr.[1] _ _
1-4 Orlo person[1]|place[2] new[1]|new[2] Ada_Marn%2C_Jr.[1]|Orlo[2] coref|bridge:def 2-1[0_1]|2-4[5_2]
1-5 , person[1] new[1] Ada_Marn%2C_Jr.[1] _ _
1-6 Ada person[1] new[1] Ada_Marn%2C_Jr.[1] _ _
1-7 Marn person[1] new[1] Ada_Marn%2C_Jr.[1] _ _
1-8 , _ _ _ _ _
1-9 left _ _ _ _ _
1-10 . _ _ _ _ _

2-1 She person giv:act _ ana 2-3[4_0]
2-2 saw _ _ _ _ _
2-3 her person[4]|object[5] giv:act[4]|new[5] _ _ _
2-4 dog object[5] new[5] _ _ _
2-5 . _ _ _ _ _
"""


def tsv(rows: str = ROWS) -> str:
    """Rows of place, form, entity, infstat, identity, relation and targets, in GUM's columns."""
    lines = []
    for row in rows.strip().split("\n"):
        if not row:
            lines.append("")
            continue
        at, form, entity, infstat, identity, relation, target = row.split(" ")
        lines.append("\t".join([at, "0-1", form, entity, infstat, "_", identity, "_", relation, target, ""]))
    return HEAD + "\n".join(lines) + "\n"


def laid(*sentences: str) -> str:
    return layout([s.split(" ") for s in sentences])[0]


def test_a_document_has_text_and_whole_mentions() -> None:
    doc = read_document("GUM_news_sample", tsv())
    assert (doc.genre, doc.text) == ("news", "The mayor of Orlo, Ada Marn, left. She saw her dog.")
    words = [(m.span.of(doc.text), m.entity, m.infstat) for m in doc.mentions]
    assert words == [
        ("The mayor of Orlo, Ada Marn", "person", "new"),
        ("Orlo", "place", "new"),
        ("She", "person", "giv:act"),
        ("her dog", "object", "new"),
        ("her", "person", "giv:act"),
    ]
    assert [s.of(doc.text)[:3] for s in doc.sentences] == ["The", "She"]
    assert doc.mentions[0].identity == "Ada_Marn,_Jr." and doc.mentions[2].identity is None


def test_links_of_identity_make_clusters_and_bridges_do_not() -> None:
    mayor, town, she, dog, her = (m.cluster for m in read_document("GUM_news_sample", tsv()).mentions)
    assert mayor == she == her
    assert len({mayor, town, dog}) == 3


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        ("Marn 's dogs ' tails , he said ( twice ) .", "Marn's dogs' tails, he said (twice)."),
        ('" We go , " she said , " and stay . "', '"We go, " she said, "and stay."'),
        ("She did n't call it ' odd ' .", "She didn't call it 'odd'."),
        ("an all - girl team - the first - won 3 – 0 .", "an all-girl team - the first-won 3–0."),
        ("an up - and - coming town", "an up-and-coming town"),
    ],
)
def test_tokens_are_joined_as_they_are_printed(tokens: str, text: str) -> None:
    # A quotation's own comma is followed by its closing mark.
    assert laid(tokens) == text.replace(', " she', '," she')


def test_three_sentences_make_a_paragraph_and_a_headline_is_one() -> None:
    assert laid("Bridge shut", "A .", "B .", "C .", "D .") == "Bridge shut\n\nA. B. C.\n\nD."
    assert laid("A .", "Image : Marn .") == "A.\n\nImage: Marn."


def test_a_quotation_runs_on_over_sentences() -> None:
    assert laid('" We go .', 'We stay . "') == '"We go. We stay."'


def test_a_token_lies_where_its_place_says() -> None:
    tokens = ['" We go , " said Orlo \'s Marn .'.split(" ")]
    text, places = layout(tokens)
    assert [p.of(text) for p in places[0]] == tokens[0]


@pytest.mark.parametrize("broken", ["", HEAD, HEAD + "1-1\t0-3\tThe\n"])
def test_another_form_is_refused(broken: str) -> None:
    with pytest.raises(GumError):
        read_document("GUM_news_sample", broken)


def test_a_name_without_genre_and_an_empty_folder_are_refused(tmp_path) -> None:
    with pytest.raises(GumError, match="genre"):
        read_document("sample", tsv())
    with pytest.raises(GumError, match=r"no \.tsv"):
        load_gum(tmp_path)
    (tmp_path / "GUM_news_sample.tsv").write_text(tsv(), encoding="utf8")
    assert [d.id for d in load_gum(tmp_path)] == ["GUM_news_sample"]


def test_folds_are_balanced_over_genres_whatever_the_order() -> None:
    documents = [GumDocument(f"GUM_{g}_{n:02}", g, "x", (), ()) for g in ("court", "news") for n in range(12)]
    fold = folds(documents)
    assert fold == folds(reversed(documents))
    for genre in ("court", "news"):
        sizes = [sum(fold[d.id] == k for d in documents if d.genre == genre) for k in range(5)]
        assert max(sizes) - min(sizes) <= 1


def test_mentions_are_values() -> None:
    assert Mention(Span(0, 1), "person", "new", None, 0) == Mention(Span(0, 1), "person", "new", None, 0)
