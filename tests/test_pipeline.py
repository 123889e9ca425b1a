"""The whole way with scripted heads, and with the real ones: order, sameness, never raising."""

import json
import multiprocessing
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scripted import ScriptedHeads, ScriptedSecond, article_of, weights

from onrecord.pipeline import Reader, ReadFailure, Threads
from onrecord.records import Record, check, to_wire

THREADS = Threads(1)
TEXTS = [
    "Mayor Ann Lane said the bridge over the Orm was safe, and that it had been tested in May.",
    "“We will not pay,” finance minister Tove Brandt told reporters in Brell on Monday.\n\nThe bank denied the claim.",
    "The court ruled that the sale was void. According to the union, 300 jobs are at risk.\n\n" * 30,
]


def as_bytes(record: Record) -> bytes:
    return json.dumps(to_wire(record), ensure_ascii=False).encode()


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load(threads=2)


def test_records_come_in_the_order_of_their_articles() -> None:
    articles = [article_of(f"Speaker number {n} said nothing of note to the press in town today.") for n in range(30)]
    reader = Reader.of(weights(), ScriptedHeads(articles[0], []), ScriptedSecond(articles[0]), threads=2)
    assert [r.article.id for r in reader.read_many(articles)] == [a.id for a in articles]


def test_a_failing_article_is_one_failure_among_records() -> None:
    articles = [article_of(f"Speaker number {n} said nothing of note to the press in town today.") for n in range(20)]

    class Failing(ScriptedHeads):
        def encode(self, window):
            if failing := self.words.piece[self.words.first[2]] == window.piece[window.at[2]]:
                raise RuntimeError(f"number three: {failing}")
            return super().encode(window)

    reader = Reader.of(weights(), Failing(articles[3], []), ScriptedSecond(articles[3]), threads=2)
    outcomes = list(reader.read_many(articles))
    assert [n for n, o in enumerate(outcomes) if isinstance(o, ReadFailure)] == [3]
    assert outcomes[3] == ReadFailure(articles[3].id, None, "RuntimeError: number three: True")
    with pytest.raises(RuntimeError):
        reader.read(articles[3])


def test_what_is_not_read_has_an_empty_record() -> None:
    article = article_of("")
    reader = Reader.of(weights(), ScriptedHeads(article, []), ScriptedSecond(article), threads=1)
    assert article.unread is not None and reader.read(article).statements == ()


@pytest.mark.model
def test_the_model_finds_who_said_what(reader: Reader) -> None:
    record = reader.read(article_of(TEXTS[0]))
    check(record)
    [statement] = record.statements
    assert statement.speaker.name == "Ann Lane"
    assert 0.5 < statement.score <= 1


@pytest.mark.model
def test_alone_or_in_a_batch_gives_the_same_bytes(reader: Reader) -> None:
    articles = [article_of(t) for t in TEXTS * 3]
    alone = [as_bytes(Reader.load(threads=1).read(a)) for a in articles[:3]] * 3
    assert [as_bytes(r) for r in reader.read_many(articles)] == alone


@pytest.mark.model
@settings(max_examples=25)
@given(st.text(alphabet=st.characters(), max_size=300) | st.text(alphabet="\"'“”‘’ said he,.\n", max_size=300))
def test_reading_never_raises_and_always_proves(reader: Reader, text: str) -> None:
    check(reader.read(article_of(text)))


def test_a_forked_process_has_threads_of_its_own() -> None:
    if not hasattr(os, "fork"):
        pytest.skip("no forks on this system")
    assert _pid_of_a_thread() == os.getpid()
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.apply_async(_pid_of_a_thread).get(timeout=60) != os.getpid()


def _pid_of_a_thread() -> int:
    return THREADS.submit(os.getpid).result()


@pytest.mark.parametrize("given", ["a text", None])
def test_what_is_no_article_is_told(given: object) -> None:
    article = article_of(TEXTS[0])
    reader = Reader.of(weights(), ScriptedHeads(article, []), ScriptedSecond(article), threads=1)
    with pytest.raises(TypeError, match="a Reader reads an Article"):
        reader.read(given)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="a Reader reads an Article"):
        list(reader.read_many([article, given]))  # type: ignore[list-item]
