"""A component for spaCy: ``nlp.add_pipe("onrecord")``.

It reads each document's own text and writes what it finds beside the tokens:

- ``doc.spans["statements"]``: the contents, a span for each piece of one, labelled by form, with the statement's id; a token that
  a content holds in part is in it whole;
- ``doc._.statements``: the statements (`onrecord.Statement`), and ``doc._.record`` the whole record; their offsets are those of
  ``doc.text``;
- of each of those spans ``span._.statement``, and of that the speaker's name, the act's code, and the words of cue and source:
  ``span._.speaker``, ``span._.act``, ``span._.cue``, ``span._.source``; None where it has none.

``doc._.published`` may say on which day (ISO 8601) the document appeared. Nothing of onrecord imports this module: spaCy does,
through an entry point, and whoever only reads documents that were written. The model is loaded for the first document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

from onrecord.articles import build_article
from onrecord.records import Article, MalformedError, RawDocument, Record, Statement, from_wire, to_wire

try:
    from spacy.language import Language
    from spacy.tokens import Doc, Span, SpanGroup
except ImportError as error:
    raise ImportError('onrecord.pipe needs spaCy: pip install "onrecord[spacy]"') from error

if TYPE_CHECKING:
    from onrecord.pipeline import ReadFailure
    from onrecord.records.wire_types import WireStatement

GROUP = "statements"
DATA = "onrecord"
"""In ``doc.user_data``: the record in its wire form, which spaCy can write to disk and hand to other processes."""


class ArticleReader(Protocol):
    """What reads articles: `onrecord.Reader`."""

    def read(self, article: Article) -> Record: ...

    def read_many(self, articles: Iterable[Article]) -> Iterator[Record | ReadFailure]: ...


class Onrecord:
    """The component. `load` gives the reader when the first document comes."""

    def __init__(self, load: Callable[[], ArticleReader]) -> None:
        self._load = load

    @cached_property
    def _reader(self) -> ArticleReader:
        return self._load()

    def __getstate__(self) -> dict[str, Any]:
        """Without the model, which another process loads for itself."""
        return {"_load": self._load}

    def __call__(self, doc: Doc) -> Doc:
        """Read one document."""
        return _annotate(doc, self._reader.read(_article(doc)))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int) -> Iterator[Doc]:
        """Read many, `batch_size` of them at a time on all threads. Raises what the first raises that cannot be read."""
        docs = iter(stream)
        while batch := list(islice(docs, batch_size)):
            records = self._reader.read_many([_article(doc) for doc in batch])
            for doc, record in zip(batch, records, strict=True):
                # One that failed among others is read alone, so that its error is raised as spaCy expects.
                yield _annotate(doc, record) if isinstance(record, Record) else self(doc)


@Language.factory("onrecord", assigns=["doc.spans", "doc._.statements", "doc._.record"])
def make_component(nlp: Language, name: str) -> Onrecord:
    """What ``nlp.add_pipe("onrecord")`` calls."""
    import onrecord

    return Onrecord(onrecord.Reader.load)


def _article(doc: Doc) -> Article:
    """The document as it is: where its lines end in Windows' way, with a blank for the other half, so that offsets hold."""
    text = doc.text.replace("\r\n", " \n").replace("\r", "\n") if "\r" in doc.text else doc.text
    try:
        return build_article(RawDocument(origin="doc", text=text), published=doc._.published)
    except MalformedError as error:  # which names the option of the command line
        raise MalformedError("doc._.published", error.reason) from error


def _annotate(doc: Doc, record: Record) -> Doc:
    doc.user_data[DATA] = to_wire(record)
    spans = [
        doc.char_span(span.start, span.end, label=s.form, alignment_mode="expand", span_id=s.id)
        for s in record.statements
        for span in s.content
    ]
    doc.spans[GROUP] = SpanGroup(doc, name=GROUP, spans=[span for span in spans if span is not None])
    return doc


def _extend() -> None:
    """Declare what is written, unless it is declared already: extensions are one for the whole process."""
    if not Doc.has_extension("published"):
        Doc.set_extension("published", default=None)
    Doc.set_extension("record", getter=_record, force=True)
    Doc.set_extension("statements", getter=_statements, force=True)
    for name, getter in _SPAN_GETTERS.items():
        Span.set_extension(name, getter=getter, force=True)


def _record(doc: Doc) -> Record | None:
    wire = doc.user_data.get(DATA)
    return None if wire is None else from_wire(wire)


def _statements(doc: Doc) -> tuple[Statement, ...]:
    record = _record(doc)
    return record.statements if record else ()


def _statement(span: Span) -> Statement | None:
    return next((s for s in _statements(span.doc) if s.id == span.id_), None)


def _said(span: Span) -> WireStatement | None:
    """The same in its wire form, which is quicker."""
    wire = span.doc.user_data.get(DATA)
    return next((s for s in wire["statements"] if s["id"] == span.id_), None) if wire else None


def _part(part: str, field: str, span: Span) -> Any:
    said: Any = _said(span)
    return said[part][field] if said and said[part] else None


_SPAN_GETTERS: dict[str, Callable[[Span], Any]] = {
    "statement": _statement,
    "speaker": partial(_part, "speaker", "name"),
    "act": partial(_part, "act", "code"),
    "cue": partial(_part, "cue", "text"),
    "source": partial(_part, "source", "text"),
}
"""Of what can be pickled: spaCy hands them to its processes (``n_process``)."""

_extend()
