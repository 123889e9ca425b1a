"""The component for spaCy, with a scripted reader and once with the real one."""

from __future__ import annotations

import multiprocessing
import pickle
import re
import subprocess
import sys
from importlib.metadata import entry_points

import pytest

from onrecord.pipeline import ReadFailure
from onrecord.records import Act, MalformedError, Record, Run, Span, Speaker, Statement, statement_id

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
spacy = pytest.importorskip("spacy")
from spacy.tokens.underscore import Underscore  # noqa: E402  only where there is spaCy

SEVERAL = """
import multiprocessing
import spacy

if __name__ == "__main__":
    multiprocessing.set_start_method("METHOD")
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord")
    text = "Ann Lane said the dam would hold."
    doc = nlp(text)
    print(doc.spans["statements"][0]._.speaker)
    for doc in nlp.pipe([text, text], n_process=2, batch_size=1):
        print(doc.spans["statements"][0]._.speaker)
"""
RUN = Run("run-0", "0.1.0", "sha256:0", "0")
SAYING = re.compile(r"(?P<source>[A-Z]\w+) (?P<cue>said) (?P<content>\"[^\"]*\"|that [^.]+)")


class ScriptedReader:
    """Finds "NAME said …". Texts that hold the word BREAKS break it."""

    def __init__(self) -> None:
        self.days, self.many = [], 0

    def read(self, article):
        if "BREAKS" in article.text:
            raise ValueError("the model broke")
        self.days.append(article.published and article.published.date)
        return Record(RUN, article, tuple(map(self._statement(article), SAYING.finditer(article.text))))

    def read_many(self, articles):
        self.many += 1
        for article in articles:
            try:
                yield self.read(article)
            except ValueError as error:
                yield ReadFailure(article.id, None, str(error))

    def _statement(self, article):
        def make(match):
            source, cue, content = ((Span(*match.span(role)),) for role in ("source", "cue", "content"))
            form = "direct" if match["content"].startswith('"') else "indirect"
            act = Act("state", "assertive", None, 0.9) if form == "direct" else None
            speaker = Speaker(match["source"], None, "person", "named", (), 0.9)
            id_ = statement_id(article.id, source, cue, content)
            return Statement(id_, form, source, cue, content, speaker, None, 0.9, act)

        return make


@pytest.fixture
def scripted(monkeypatch):
    import onrecord

    reader = ScriptedReader()
    loaded = []
    monkeypatch.setattr(onrecord.Reader, "load", staticmethod(lambda: loaded.append(1) or reader))
    reader.loaded = loaded
    return reader


@pytest.fixture
def nlp(scripted):
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord")
    return nlp


def test_spacy_knows_the_name():
    (found,) = [e for e in entry_points(group="spacy_factories") if e.name == "onrecord"]
    assert found.value == "onrecord.pipe:make_component"


def test_the_name_is_enough(tmp_path):
    """In a process that has not imported anything of onrecord."""
    code = "import spacy; nlp = spacy.blank('en'); nlp.add_pipe('onrecord'); print(nlp.pipe_names)"
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, cwd=tmp_path)
    assert done.stdout == "['onrecord']\n", done.stderr


TEXT = 'The \U0001f4f0 paper was out.\n\nLane said "We will not yield, ever." Ortiz said that the dam holds.'


def test_statements_stand_beside_the_tokens(nlp):
    doc = nlp(TEXT)
    assert doc.text == TEXT
    direct, indirect = doc.spans["statements"]
    assert (direct.text, direct.label_) == ('"We will not yield, ever."', "direct")
    assert (indirect.text, indirect.label_) == ("that the dam holds", "indirect")
    assert (direct._.speaker, direct._.act, direct._.cue, direct._.source) == ("Lane", "state", "said", "Lane")
    assert (indirect._.speaker, indirect._.act) == ("Ortiz", None)
    first, second = doc._.statements
    assert direct._.statement == first and indirect._.statement == second
    assert [s.of(doc.text) for s in first.content] == [direct.text]
    assert doc._.record.article.text == doc.text
    assert doc[0:1]._.speaker is None


def test_the_model_is_loaded_with_the_first_document(nlp, scripted):
    assert scripted.loaded == []
    nlp("Lane said that it rained.")
    list(nlp.pipe(["Lane said that it rained."] * 3))
    assert scripted.loaded == [1]


def test_a_document_that_onrecord_did_not_see_has_nothing(nlp):
    doc = spacy.blank("en")("Lane said that it rained.")
    assert doc._.statements == () and doc._.record is None
    assert doc[0:2]._.speaker is None and doc[0:2]._.statement is None


def test_a_part_of_a_token_is_the_whole_of_it(nlp):
    doc = nlp.make_doc('Lane said "It rained"x.')
    from spacy.tokens import Doc

    doc = Doc(nlp.vocab, words=["Lane", "said", '"It', 'rained"x', "."], spaces=[True, True, True, False, False])
    (span,) = nlp(doc).spans["statements"]
    assert span.text == '"It rained"x'
    assert [s.of(doc.text) for s in span._.statement.content] == ['"It rained"']


def test_windows_lines_keep_their_offsets(nlp):
    doc = nlp('It rained.\r\n\r\nLane said "We will\r\nnot yield".\rOrtiz said that it rained.')
    assert [span.text for span in doc.spans["statements"]] == ['"We will\r\nnot yield"', "that it rained"]


def test_many_documents(nlp, scripted):
    texts = [f"Lane said that item {n} was agreed." for n in range(10)]
    docs = list(nlp.pipe(texts, batch_size=4))
    assert [doc.text for doc in docs] == texts
    assert [doc.spans["statements"][0].text for doc in docs] == [f"that item {n} was agreed" for n in range(10)]
    assert scripted.many == 3


def test_one_that_cannot_be_read_is_told(nlp):
    with pytest.raises(ValueError, match="the model broke"):
        list(nlp.pipe(["Lane said that it rained.", "This BREAKS."]))
    with pytest.raises(ValueError, match="the model broke"):
        nlp("This BREAKS.")


def test_a_day_may_be_given(nlp, scripted):
    doc = nlp.make_doc("Lane said that it rained.")
    doc._.published = "2024-05-01"
    nlp(doc)
    assert scripted.days == ["2024-05-01"]
    doc._.published = "soon"
    with pytest.raises(MalformedError, match=r"doc\._\.published: 'soon'"):
        nlp(doc)


def test_what_was_read_outlasts_a_file(nlp):
    from spacy.tokens import Doc

    doc = nlp(TEXT)
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert again._.statements == doc._.statements
    assert [span._.speaker for span in again.spans["statements"]] == ["Lane", "Ortiz"]


def test_what_was_written_is_read_by_another_program(nlp, tmp_path):
    from spacy.tokens import DocBin

    DocBin(docs=[nlp(TEXT)], store_user_data=True).to_disk(tmp_path / "read.spacy")
    code = """
import spacy, onrecord.pipe
from spacy.tokens import DocBin
(doc,) = DocBin(store_user_data=True).from_disk("read.spacy").get_docs(spacy.blank("en").vocab)
print([span._.speaker for span in doc.spans["statements"]], len(doc._.statements))
"""
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, cwd=tmp_path)
    assert done.stdout == "['Lane', 'Ortiz'] 2\n", done.stderr


def test_a_pipeline_outlasts_a_file(nlp, tmp_path):
    nlp.to_disk(tmp_path / "pipeline")
    doc = spacy.load(tmp_path / "pipeline")("Lane said that it rained.")
    assert doc.spans["statements"][0]._.speaker == "Lane"


def test_two_who_say_the_same_words(nlp, scripted, monkeypatch):
    """Spans of the same place are told apart."""

    def read(article):
        cue, content = (Span(15, 19),), (Span(20, 34),)
        said = []
        for source in (Span(0, 4), Span(9, 14)):
            who = Speaker(source.of(article.text), None, "person", "named", (), 0.9)
            id_ = statement_id(article.id, (source,), cue, content)
            said.append(Statement(id_, "indirect", (source,), cue, content, who, None, 0.9))
        return Record(RUN, article, tuple(said))

    monkeypatch.setattr(scripted, "read", read)
    doc = nlp("Lane and Ortiz said that it rained.")
    assert [(span.text, span._.speaker) for span in doc.spans["statements"]] == [
        ("that it rained", "Lane"),
        ("that it rained", "Ortiz"),
    ]


def test_without_spacy_the_way_to_it_is_told():
    code = "import sys; sys.modules['spacy'] = None; import onrecord.pipe"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stderr.rstrip().endswith('ImportError: onrecord.pipe needs spaCy: pip install "onrecord[spacy]"')


def test_other_processes_get_the_component_without_the_model():
    component = spacy.blank("en").add_pipe("onrecord")
    vars(component)["_reader"] = lambda: "a model, which cannot be pickled"
    assert "_reader" not in vars(pickle.loads(pickle.dumps(component)))
    assert pickle.loads(pickle.dumps(Underscore.get_state()))


@pytest.mark.model
@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_several_processes_after_the_model_was_loaded(tmp_path, method):
    """In an interpreter of its own: one that waits for ever is not to hold up the others."""
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip("this system starts no process so")
    script = tmp_path / "several.py"
    script.write_text(SEVERAL.replace("METHOD", method), encoding="utf-8")
    done = subprocess.run([sys.executable, "-W", "ignore", script], capture_output=True, text=True, timeout=120)
    assert done.stdout == "Ann Lane\n" * 3, done.stderr


@pytest.mark.model
def test_with_the_real_model():
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord")
    text = 'Mayor Ann Lane said the dam would hold. "We are ready," she added.\n'
    (doc,) = nlp.pipe([text])
    assert {span._.speaker for span in doc.spans["statements"]} == {"Ann Lane"}
    assert "the dam would hold" in {span.text for span in doc.spans["statements"]}
