"""Utterances: one thing said, printed by several."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.articles import build_article
from onrecord.link import alike, saying_of, sayings_of, utterances_of
from onrecord.link.utterances import best_alignment, similarity_of
from onrecord.records import RawDocument, Record, Run, Span, Speaker, Statement

LONG = "If it frees our sailors, the bombing will stop that same day"


def saying(words, *, n=1, form="direct", text=None, day="2025-03-03", speaker=None, copies=None):
    """A saying of article `n`, whose content is `words` where they stand in `text`."""
    text = text or f"“{words},” she said."
    article = build_article(RawDocument(origin="x", text=text), published=day)
    start = text.index(words)
    quoted = form == "direct" and text is None
    content = (Span(start - quoted, start + len(words) + quoted),)
    statement = Statement(f"stm-{n}", form, (), (Span(0, 1),), content, Speaker(None, "unclear"), None, 1.0)
    return replace(saying_of(article, statement), article=f"art-{n}", speaker=speaker, copies=copies)


def candidates(a, b):
    return bool(set(a.bands) & set(b.bands))


def test_the_same_words_in_other_marks_and_case_are_one_utterance():
    a, b = saying(LONG), saying(LONG.upper(), n=2, text=f"‘{LONG.upper()}’, Tolvik told parliament.")
    assert candidates(a, b)
    assert alike(a, b) == 1.0


def test_altered_words_are_shown_with_where_they_stand():
    text = f"She said: “{LONG.replace('will', 'may')}.”"
    a, b = saying(LONG), saying(LONG.replace("will", "may"), n=2, text=text, day="2025-03-04")
    assert candidates(a, b)
    (utterance,) = utterances_of([b, a], [("stm-2", "stm-1")])
    assert utterance.origin == "stm-1"
    first, second = utterance.appearances
    assert (first.similarity, first.changes) == (1.0, ())
    (change,) = second.changes
    assert (change.before, change.after) == ("will", "may")
    assert change.after_span.of(text) == "may"


def test_a_word_added_at_the_end_is_a_change_and_a_part_is_none():
    a, more = saying("to the minute"), saying("almost to the minute", n=2)
    copies = [replace(s, copies="cpy-1") for s in (a, more)]
    (utterance,) = utterances_of(copies, [("stm-1", "stm-2")])
    assert [(c.before, c.after) for c in utterance.appearances[1].changes] == [("", "almost")]
    part = saying("the bombing will stop that same day", n=2)
    assert alike(saying(LONG), part) == 1.0


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("They opened fire on us", "They opened fire on them"),
        ("We will choose the hour", "We will lose the hour"),
        (LONG, "If it rains on our sailors, the parade will start that next week"),
        (
            "We will never talk to them again, whatever they offer us",
            "We will talk about the harbour tomorrow, whatever it costs",
        ),
    ],
)
def test_other_words_are_another_utterance(a, b):
    assert alike(saying(a), saying(b, n=2)) is None


def test_short_words_need_one_known_speaker_or_copies():
    a, b = saying("No comment"), saying("No comment", n=2)
    assert alike(a, b) is None
    assert alike(replace(a, speaker="who-1"), replace(b, speaker="who-1")) == 1.0
    assert alike(replace(a, copies="cpy-1"), replace(b, copies="cpy-1")) == 1.0


def test_of_mixed_statements_the_quoted_words_count():
    text = "She vowed to close the strait “to every hull that flies their flag” unless the raids ended."
    mixed = saying("to close the strait “to every hull that flies their flag”", form="mixed", text=text)
    assert " ".join(mixed.words) == "to every hull that flies their flag"
    assert mixed.spans[0].of(text) == "“to"


def test_indirect_words_count_between_copies_only():
    text = "She said the frigate had ignored three radio calls."
    a = saying("the frigate had ignored three radio calls", form="indirect", text=text)
    b = replace(a, statement="stm-2", article="art-2")
    assert a.bands == ()
    assert alike(a, b) is None
    assert alike(replace(a, copies="cpy-1"), replace(b, copies="cpy-1")) == 1.0


def test_two_known_speakers_are_never_one():
    a, b, c = saying(LONG, speaker="who-1"), saying(LONG, n=2, speaker="who-2"), saying(LONG, n=3)
    found = utterances_of([a, b, c], [("stm-1", "stm-2"), ("stm-1", "stm-3"), ("stm-2", "stm-3")])
    assert [[m.statement for m in u.appearances] for u in found] == [["stm-1", "stm-3"]]


def test_sayings_of_a_record_leave_out_what_is_too_short():
    text = "“Yes,” said Ann Lane. “We will choose the hour,” she said."
    article = build_article(RawDocument(origin="x", text=text))
    spans = [Span(text.index("“Yes"), 6), Span(text.index("“We"), text.index("hour") + 6)]
    told = tuple(
        Statement(f"stm-{n}", "direct", (), (Span(8, 12),), (span,), Speaker(None, "unclear"), None, 1.0)
        for n, span in enumerate(spans)
    )
    record = Record(Run("run-1", "0", "sha256:", "1"), article, told)
    assert [s.statement for s in sayings_of(record)] == ["stm-1"]


WORDS = st.lists(st.sampled_from("we will choose the hour and not one mile beyond it".split()), min_size=5, max_size=12)

TOLD = st.tuples(WORDS, st.sampled_from([None, "who-1", "who-2"]))


@settings(max_examples=60)
@given(
    st.lists(st.tuples(WORDS, st.sampled_from([None, "who-1", "who-2"])), min_size=2, max_size=6),
    st.randoms(use_true_random=False),
)
def test_utterances_are_a_function_of_the_set(told, rng):
    sayings = [saying(" ".join(w), n=n, speaker=s, day=f"2025-03-0{n % 3 + 1}") for n, (w, s) in enumerate(told)]
    pairs = [(a.statement, b.statement) for a in sayings for b in sayings if a.statement < b.statement]
    found = utterances_of(sayings, pairs)
    again = [(b, a) for a, b in pairs]
    rng.shuffle(again)
    assert utterances_of(list(reversed(sayings)), again) == found
    for utterance in found:
        known = {s.speaker for s in sayings if s.statement in {m.statement for m in utterance.appearances}} - {None}
        assert len(known) < 2


@given(
    st.lists(st.sampled_from("abcdef"), min_size=5, max_size=24),
    st.lists(st.sampled_from("abcdefgh"), min_size=5, max_size=24),
    st.sampled_from([0.55, 0.7, 0.85, 1.0]),
)
def test_words_that_share_too_few_are_told_apart_without_alignment_as_with_it(a, b, needed):
    similarity = best_alignment(a, b)[0]
    assert similarity_of(a, b, needed) == (similarity if similarity >= needed else None)


def test_what_many_copies_report_alike_is_compared_once(monkeypatch):
    from onrecord.link import utterances

    compared = 0
    similar = utterances.similarity_of

    def counted(*args):
        nonlocal compared
        compared += 1
        return similar(*args)

    monkeypatch.setattr(utterances, "similarity_of", counted)
    words = ("that the harbour would be closed until the spring", "that the harbour will be closed until spring")
    told = [
        saying(w, n=10 * k + m, form="indirect", text=f"She said {w}.", copies="cpy", speaker=("A", None)[m])
        for k in range(8)
        for m, w in enumerate(words)
    ]
    pairs = [(a.statement, b.statement) for k, a in enumerate(told) for b in told[:k]]
    (one,) = utterances_of(told, pairs)
    assert len(one.appearances) == 16 and compared <= 3


def test_what_one_of_several_copies_says_twice_is_no_utterance_of_two():
    twice = [
        saying("that nobody knew", n=n, form="indirect", text="He said that nobody knew.", copies="cpy") for n in (1, 2)
    ]
    assert utterances_of(twice, []) == ()
    other = replace(twice[0], statement="stm-3", article="art-3")
    assert len(utterances_of([*twice, other], [("stm-1", "stm-3"), ("stm-2", "stm-3")])[0].appearances) == 3


def mixed(text, quoted, *, n=1, cue="said", content=None, form="mixed", day="2031-03-03", copies=None):
    """A saying whose content is `content` of `text`, in which `quoted` stands between marks."""
    article = build_article(RawDocument(origin=f"x{n}", text=text), published=day)
    content = content or quoted
    start, at = text.index(content), text.index(cue)
    statement = Statement(
        f"stm-{n}",
        form,
        (),
        (Span(at, at + len(cue)),),
        (Span(start, start + len(content)),),
        Speaker(None, "unclear"),
        None,
        1.0,
    )
    return replace(saying_of(article, statement), article=f"art-{n}", copies=copies)


SAFE = '"as sound as a bell in a chapel"'


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        (f"Orla Kemp denied having called the pier {SAFE}.", "denied", f"having called the pier {SAFE}"),
        (f"Orla Kemp said that she had never called the pier {SAFE}.", "said", f"that she had never called the pier {SAFE}"),
        (f"Orla Kemp had never called the pier {SAFE}.", "called", SAFE),
        (f"Orla Kemp said she first heard the phrase {SAFE} in court.", "said", f"she first heard the phrase {SAFE} in court"),
    ],
)  # fmt: skip
def test_who_denies_a_quotation_does_not_print_it(text, cue, content):
    said = mixed(f"Orla Kemp said the pier was {SAFE}.", SAFE, content=f"the pier was {SAFE}")
    denied = mixed(text, SAFE, n=2, cue=cue, content=content)
    assert denied.form == "indirect"
    assert not candidates(said, denied)
    assert alike(said, denied) is None


def test_a_quotation_after_another_that_is_not_so_is_printed():
    told = f"it was not rotten but {SAFE}"
    assert mixed(f"Orla Kemp said {told}.", SAFE, content=told).form == "mixed"


def test_a_word_in_copies_is_known_again_by_its_cue():
    told = {"cue": "denied", "content": "responsibility", "form": "indirect", "copies": "cpy-1"}
    one = mixed("The guild denied responsibility. It went home.", "", n=1, **told)
    other = mixed("The guild denied responsibility. It stayed.", "", n=2, **told)
    assert one.words == ("denied", "responsibility")
    assert len(utterances_of([one, other], [("stm-1", "stm-2")])) == 1
    assert alike(replace(one, copies=None), replace(other, copies=None)) is None
