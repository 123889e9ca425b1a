"""A small store, row by row: what the questions are asked of where no article was read."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import onrecord.store
from onrecord.records import Span, article_id, statement_id, tagged_hash
from onrecord.store.folding import fold

FORMS = sorted(Path(onrecord.store.__file__).parent.glob("m0*.sql"))
SCHEMA = "\n".join(form.read_text(encoding="utf-8") for form in FORMS)


class World:
    """Rows of a store. Names of persons are their identities' names; each article has an entity of its own for each."""

    def __init__(self, path: Path | str = ":memory:") -> None:
        self.connection = sqlite3.connect(path)
        self.connection.execute("PRAGMA synchronous = OFF")  # a test's file need not outlast a power cut
        self.connection.executescript(f"BEGIN;{SCHEMA};COMMIT;")
        self.store = SimpleNamespace(connection=self.connection, path=Path(path))
        self.identities: dict[str, int] = {}
        run = ("run-0", "0.1.0", "sha256:0", "1", "2024-01-01T00:00:00Z")
        self.run = self._insert(
            "runs", dict(zip(("id", "onrecord", "weights", "codebook", "started"), run, strict=True))
        )
        self._entities: dict[tuple[int, str], int] = {}

    def identity(self, name: str, kind: str = "person", *, aliases: Sequence[str] = (), **more: object) -> int:
        roles = json.dumps(more.pop("roles", []))
        id_ = tagged_hash("idn", name, kind, len(self.identities))
        row = {
            "id": id_,
            "name": name,
            "kind": kind,
            "aliases": json.dumps(list(aliases)),
            "roles": roles,
            "block": name,
        }
        number = self.identities[name] = self._insert("identities", row | more)
        for spelling in {fold(n) for n in (name, *aliases)}:
            self.connection.execute("INSERT INTO identity_names VALUES (?, ?)", (spelling, number))
        return number

    def id_of(self, table: str, number: int) -> str:
        return self.connection.execute(f"SELECT id FROM {table} WHERE n = ?", (number,)).fetchone()[0]

    def article(
        self,
        *said: tuple[str, str, str],
        outlet: str | None = "Halyard",
        published: str | None = "2024-05-01",
        standing: str = "current",
        copy_of: int | None = None,
        title: str | None = None,
        before: str = "",
        **more: object,
    ) -> tuple[int, list[int]]:
        """An article that prints statements, each a source, a cue and a content; the row numbers of it and of them."""
        text, places = before, []
        for source, cue, content in said:
            start = len(text)
            text += f"{source} {cue} {content}. "
            at = start + len(source) + 1
            places.append((Span(start, start + len(source)), Span(at, at + len(cue))))
            places[-1] += (Span(at + len(cue) + 1, at + len(cue) + 1 + len(content)),)
        url = more.pop("url", f"https://{outlet}.example/{len(text)}")
        article = article_id(outlet, str(url), text + str(published))
        row = {
            "id": article, "run": self.run, "origin": "test", "url": url, "outlet": outlet, "title": title,
            "published": published, "published_basis": published and "given", "status": "usable", "standing": standing,
            "layout": json.dumps({"headline": None, "dateline": None, "paragraphs": [[0, len(text)]] if text else [],
                                  "sentences": [[0, len(text)]] if text else [], "furniture": []}),
            "text": text, "words": len(text.split()), "added": "2024-06-01T00:00:00Z",
        }  # fmt: skip
        number = self._insert("articles", row | more)
        self.connection.execute("INSERT INTO articles_fts (rowid, title, text, outlet) VALUES (?, ?, ?, ?)",
                                (number, title, text, outlet))  # fmt: skip
        if copy_of is not None:
            self.connection.execute("INSERT OR IGNORE INTO copies VALUES (?, ?, 1.0)", (copy_of, copy_of))
            self.connection.execute("INSERT INTO copies VALUES (?, ?, 0.97)", (number, copy_of))
        statements = [self._statement(number, article, k, place, text, published, standing)
                      for k, place in enumerate(places)]  # fmt: skip
        return number, statements

    def _statement(
        self, article: int, id_: str, position: int, place: tuple[Span, ...], text: str, day: str | None, standing: str
    ) -> int:
        source, cue, content = place
        name = source.of(text)
        known = name in self.identities
        row = {
            "id": statement_id(id_, [source], [cue], [content]), "article": article, "run": self.run,
            "position": position, "form": "direct" if content.of(text).startswith('"') else "indirect",
            "source_spans": _pairs(source), "cue_spans": _pairs(cue), "content_spans": _pairs(content),
            "source": name, "cue": cue.of(text), "content": content.of(text),
            "speaker": name if known else None, "speaker_reason": None if known else "unclear",
            "speaker_kind": "person" if known else None, "speaker_basis": "named" if known else None,
            "speaker_score": 0.9 if known else None, "score": 0.9, "day": day, "standing": standing,
        }  # fmt: skip
        number = self._insert("statements", row)
        self.connection.execute(
            "INSERT INTO statements_fts (rowid, content, speaker, target, source) VALUES (?, ?, ?, NULL, ?)",
            (number, row["content"], row["speaker"], name),
        )
        if known:
            entity = self.entity(article, name)
            self.connection.execute("INSERT INTO statement_speakers VALUES (?, 0, ?)", (number, entity))
        return number

    def entity(self, article: int, name: str, *, kind: str = "person") -> int:
        """The article's entity of an identity, linked."""
        if (article, name) not in self._entities:
            position = sum(1 for a, _ in self._entities if a == article)
            row = {"id": tagged_hash("ent", article, name), "article": article, "position": position, "name": name}
            row |= {"kind": kind, "aliases": "[]", "roles": "[]", "block": name}
            entity = self._entities[article, name] = self._insert("entities", row)
            self.connection.execute(
                "INSERT INTO links VALUES (?, ?, 'same-name', 0.97)", (entity, self.identities[name])
            )
        return self._entities[article, name]

    def change(self, table: str, number: int, **columns: object) -> None:
        names = ", ".join(f"{c} = ?" for c in columns)
        self.connection.execute(f"UPDATE {table} SET {names} WHERE n = ?", (*columns.values(), number))

    def printed_again(self, origin: int, *others: int, altered: Sequence[Sequence[str]] = ()) -> None:
        """Make statements printings of one utterance; the last prints it with altered words."""
        self.connection.execute("INSERT INTO appearances VALUES (?, ?, 1.0, '[]')", (origin, origin))
        for n in others:
            words = json.dumps([list(a) for a in altered]) if altered and n == others[-1] else "[]"
            self.connection.execute("INSERT INTO appearances VALUES (?, ?, 0.9, ?)", (n, origin, words))

    def clash(self, a: int | None, b: int | None, kind: str = "deny", **more: object) -> int:
        """A clash of two statements, or of figures (`figure_a`, `figure_b`); `why_a`, `why_b`: words that collide."""
        row: dict[str, object] = {
            "about": "the dam",
            "score": 0.8,
            "day": "2024-05-02",
            "found": "2024-06-01T00:00:00Z",
        }
        for side, statement in (("a", a), ("b", b)):
            figure = more.get(f"figure_{side}")
            table, n = ("statements", statement) if statement is not None else ("figures", figure)
            (article,) = self.connection.execute(f"SELECT article FROM {table} WHERE n = ?", (n,)).fetchone()
            words = str(more.pop(f"why_{side}", ""))
            (text,) = self.connection.execute("SELECT text FROM articles WHERE n = ?", (article,)).fetchone()
            at = text.find(words)
            row |= {
                side: statement,
                f"article_{side}": article,
                f"why_{side}": _pairs(Span(at, at + len(words))) if words else "[]",
            }
        id_ = tagged_hash("cls", kind, a, b, str(more))
        return self._insert("clashes", row | {"id": id_, "kind": kind} | more)

    def row(self, table: str, **columns: object) -> int:
        return self._insert(table, columns)

    def _insert(self, table: str, row: dict[str, object]) -> int:
        for _, column, kind, needed, default, key in self.connection.execute(f"PRAGMA table_info({table})").fetchall():
            if needed and not key and default is None and column not in row:
                row[column] = "[]" if kind == "TEXT" else 0  # what no question asks for
        names = ", ".join(f'"{c}"' for c in row)
        marks = ", ".join("?" * len(row))
        return self.connection.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(row.values())).lastrowid


def _pairs(*spans: Span) -> str:
    return json.dumps([[s.start, s.end] for s in spans])
