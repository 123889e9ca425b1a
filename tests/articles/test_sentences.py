import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.articles.sentences import sentences, trimmed
from onrecord.records import Span


def split(text):
    return [span.of(text) for span in sentences(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    "marked",
    [
        "U.S. officials said Sen. Voss met Mr. Brun on Jan. 5.|He left at 5 p.m. on Friday.",
        "J. R. Voss, of the U.N., said so.|She left.",
        "Gov. Ada Brun (R-N.J.) spoke at St. Paul's.|It cost $1.5 million.",
        '"We won," he said.|"It is over."|She left.',
        "“We won.”|He left.|‘It is done.’|The end.",
        "„Es ist vorbei.“|Voss left.|«It is over.»|Brun stayed.",
        '"Why?" she asked.|"Because I say so."',
        '"Is it over?" Brun asked.|"No."|She left.',
        "“Is it over?” Mr. Voss asked.|“It is.”",
        "''It was booming,'' Ms. Voss said.|''It is over.''|She left.",
        "He left...|And came back.",
        "Lt. Gen. Abe Cole met Dr. Lind at No. 5 Harbour St. on Sept. 5.|It rained.",
        "The board denied that Ms. Ada Brun had left.|It praised Engr. Lind and Cllr. Voss.",
        "It was moved by Smt. Asha Brun and Md. Voss.|Usec. Lind, Atty. Ola Brun and Mohd. Lind left.",
        "It was heard, Md.|Voss lives in town.",
        "He called her Ms.|She smiled.",
        "It opens at 9 a.m. Monday and shuts at 5 p.m. Eastern time.|It was out by 5:40 a.m.|Guards pulled Voss out.",
        "It closed at 9 p.m.|Central bank clerks left at 9 a.m.|May Lind stayed until 9 a.m. September 5.|It rained.",
        "Harbour police chief Adj. Sr. Comr. Lind said so.|She left.",
        "One sentence without an end",
    ],
)
def test_sentences_end_where_they_end(marked):
    assert split(marked.replace("|", " ")) == marked.split("|")


def test_a_new_speaker_after_a_question_is_a_new_sentence():
    assert split('"Is it over?" The mayor had no answer.') == ['"Is it over?"', "The mayor had no answer."]


def test_a_quotation_of_several_sentences_stays_whole():
    assert split("“It is not. We know it,” Voss said. He left.") == ["“It is not. We know it,” Voss said.", "He left."]


def test_offsets_count_code_points():
    text = "😀 “Naïve café.” 𝒳 said so. Then it ended."
    assert "".join(split(text)).replace(" ", "") == text.replace(" ", "")


@given(st.text(st.characters()), st.text(st.characters(), min_size=1))
def test_any_text_is_split_without_loss_and_within_its_paragraph(before, text):
    whole = before + text
    found = sentences(whole, Span(len(before), len(whole)))
    assert all(len(before) <= span.start < span.end <= len(whole) for span in found)
    kept = "".join(span.of(whole) for span in found)
    blank = trimmed(whole, len(before), len(whole)) is None
    assert (kept == "") == blank


def test_edges_are_trimmed_and_nothing_else():
    assert trimmed(" \ufeff\xa0a b\u200b \n", 0, 8) == Span(3, 6)
    assert trimmed("   ", 0, 3) is None
