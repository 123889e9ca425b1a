"""What the documentation has beside the files of docs/: a hook of MkDocs (`make site`).

Pages that lie elsewhere in the repository are brought in under names of their own; the codebook's tables, the store's views and
the list of public names are made from the code. Links from one page to another are turned to where the pages are now, and those
to files that are no pages into words.
"""

from __future__ import annotations

import posixpath
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

REPOSITORY = Path(__file__).resolve().parent.parent
BROUGHT = {
    "MODEL_CARD.md": "model-card.md",
    "benchmarks/README.md": "benchmarks.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
}
"""Pages that lie outside of docs/, by their path in the repository, and what they are called here."""

LINK = re.compile(r"(?<!!)\[(?P<words>[^]\n]+)\]\((?P<to>[^)\s#]*)(?P<anchor>#[^)\s]*)?\)")
HEADING = re.compile(r"^(?=#+ )", re.MULTILINE)
CODE = re.compile(r"^```.*?^```$|`[^`\n]+`", re.MULTILINE | re.DOTALL)


# ---------------------------------------------------------------- MkDocs calls these
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are not in docs/."""
    from mkdocs.structure.files import File

    for path, text in pages():
        files.append(File.generated(config, path, content=text))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Turn a page's links to where their pages are."""
    here = {new: old for old, new in BROUGHT.items()}.get(page.file.src_uri, f"docs/{page.file.src_uri}")
    return linked(markdown, here, page.file.src_uri, {file.src_uri for file in files})


# ---------------------------------------------------------------- links
def linked(markdown: str, here: str, at: str, known: set[str]) -> str:
    """Links of a page that lies at `here` in the repository and is shown as `at`, to pages that are `known`; not in code."""

    def turned(link: re.Match[str]) -> str:
        to, anchor = link["to"], link["anchor"] or ""
        if not to or "://" in to or to.startswith("mailto:"):
            return link[0]
        inside = posixpath.normpath(posixpath.join(posixpath.dirname(here), to))
        target = BROUGHT.get(inside, inside.removeprefix("docs/") if inside.startswith("docs/") else None)
        if target == "decisions":
            target = "decisions/index.md"
        if target in known:
            return f"[{link['words']}]({posixpath.relpath(target, posixpath.dirname(at) or '.')}{anchor})"
        if (REPOSITORY / inside).exists() and target is None:
            return f"{link['words']} (`{inside}`)" if inside not in link["words"] else f"`{link['words'].strip('`')}`"
        return link[0]  # MkDocs says that there is no such page

    parts, end = [], 0
    for code in CODE.finditer(markdown):
        parts += [LINK.sub(turned, markdown[end : code.start()]), code[0]]
        end = code.end()
    return "".join([*parts, LINK.sub(turned, markdown[end:])])


# ---------------------------------------------------------------- pages
def pages() -> Iterator[tuple[str, str]]:
    """Paths and texts of all pages that are not in docs/."""
    for inside, path in BROUGHT.items():
        yield path, one_title((REPOSITORY / inside).read_text(encoding="utf-8"))
    yield "decisions/index.md", decisions()
    yield "reference/codebook.md", codebook()
    yield "reference/views.md", views()
    yield "reference/python.md", python()


def one_title(markdown: str) -> str:
    """The same with all headings after the first one level lower, where there are several of the first level."""
    title, _, rest = markdown.partition("\n")
    bare = CODE.sub("", rest)
    if not re.search(r"^# ", bare, re.MULTILINE):
        return markdown
    parts, end = [title + "\n"], 0
    for code in CODE.finditer(rest):
        parts += [HEADING.sub("#", rest[end : code.start()]), code[0]]
        end = code.end()
    return "".join([*parts, HEADING.sub("#", rest[end:])])


def decisions() -> str:
    lines = ["# Decisions", "", "What would be costly to undo, and why it is as it is.", ""]
    for file in sorted((REPOSITORY / "docs" / "decisions").glob("*.md")):
        heading = file.read_text(encoding="utf-8").partition("\n")[0].removeprefix("#").strip()
        lines.append(f"- [{heading}]({file.name})")
    return "\n".join(lines) + "\n"


def table(heads: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    """A table of Markdown; what would end a cell is escaped."""

    def line(cells: tuple[str, ...]) -> str:
        return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") or " " for cell in cells) + " |"

    return "\n".join([line(heads), line(("---",) * len(heads)), *map(line, rows)]) + "\n"


def codebook() -> str:
    """The tables that reading goes by."""
    from onrecord.codebook import VERSION, acts, clash_kinds, event_types, sectors

    quads = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}
    types = event_types().values()
    acted = ((f"`{a.code}`", a.searle, a.plover or "", a.definition) for a in acts().values())
    clashing = ((f"`{k.code}`", k.verb, k.definition) for k in clash_kinds().values())
    typed = ((f"`{t.code}`", quads[t.quad], f"{t.score:g}", t.cameo, t.definition) for t in types)
    modes = ((f"`{t.code}`", f"`{m.name}`", m.cameo, m.definition) for t in types for m in t.modes.values())
    return "\n".join(
        [
            f"# The codebook\n\nVersion {VERSION}, made from its tables. Every record names the version that read it.\n",
            "## Acts\n\nWhat a speaker does by a statement, with Searle's class and the PLOVER type that it counts as.\n",
            table(("act", "class", "PLOVER", "definition"), acted),
            "## Kinds of clashes\n",
            table(("kind", "between the two, the later first", "definition"), clashing),
            "## Types of events\n\nPLOVER's types. The score is a type's place between conflict (-10) and cooperation (10).\n",
            table(("type", "kind", "score", "CAMEO", "definition"), typed),
            "## Modes of events\n",
            table(("type", "mode", "CAMEO", "definition"), modes),
            "## Sectors\n\nThe part of an actor's code that follows the country's, as in RUSGOV.\n",
            table(("sector", "definition"), ((f"`{s.code}`", s.definition) for s in sectors().values())),
        ]
    )


def views() -> str:
    """The store's views and their columns, as a new store has them."""
    from onrecord.store import Store

    lines = [
        "# The store's views\n\nMade to be read without joins, by Datasette, pandas or `sqlite3`. What the columns hold is told"
        " in [exports](../export.md#tables), whose tables have the same names, and in [the store](../store.md).\n"
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        with Store.open(path, write=True):
            pass
        connection = sqlite3.connect(path)
        names = [
            row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY name")
        ]
        for name in names:
            columns = connection.execute(f"PRAGMA table_info({name})").fetchall()
            rows = ((f"`{column[1]}`", column[2].lower() or "text") for column in columns)
            lines += [f"## {name}\n", table(("column", "type"), rows)]
        connection.close()
    return "\n".join(lines)


def python() -> str:
    """The public names, for mkdocstrings to fill in from their docstrings."""
    import onrecord

    parts = [
        "# Python\n\nThe names in `onrecord.__all__`, which are promised; everything else may move between versions. How they are"
        " used is told in [From Python](../python.md).\n"
    ]
    public = [getattr(onrecord, name) for name in onrecord.__all__ if not name.startswith("__")]
    for heading, classes in (("Functions", False), ("Values and readers", True)):
        parts.append(f"## {heading}\n")
        parts += [
            f"::: {value.__module__}.{value.__qualname__}\n" for value in public if isinstance(value, type) is classes
        ]
    return "\n".join(parts)
