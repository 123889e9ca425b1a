"""The documentation: what it shows runs, its links lead somewhere, its generated pages have everything."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import click
import pytest

import onrecord
from onrecord.cli import cli
from onrecord.codebook import acts, clash_kinds, event_types, sectors

REPOSITORY = Path(__file__).resolve().parent.parent
DOCS = REPOSITORY / "docs"


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, REPOSITORY / "tools" / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


site = tool("site_pages")
transcripts = tool("transcripts")
GENERATED = dict(site.pages())
KNOWN = {str(path.relative_to(DOCS)) for path in DOCS.rglob("*.md")} | set(GENERATED)


# ---------------------------------------------------------------- what pages show runs
@pytest.mark.model
def test_the_tutorial_runs():
    """All of its commands, as one would type them. Ids in them hang on the weights: `python tools/transcripts.py` mends them."""
    page = transcripts.TUTORIAL.read_text(encoding="utf-8")
    now = transcripts.run_page(page, None)
    assert "18 articles added with" in now
    assert "↳ The Vintholm Courier 2025-03-08 prints “may” for “will”" in now
    assert "altered-quotation  will → may" in now
    assert [heading for heading in now.splitlines() if heading.startswith("#")] == [
        heading for heading in page.splitlines() if heading.startswith("#")
    ]


def test_a_block_is_one_session(tmp_path):
    block = "$ word=said\nold words\n$ echo $word \\\n    twice\n$ printf '\\033[1mbold\\033[0m\\r\\n\\n'\n"
    assert transcripts.session(block, tmp_path) == [
        "$ word=said\n",
        "$ echo $word \\\n    twice\nsaid twice\n",
        "$ printf '\\033[1mbold\\033[0m\\r\\n\\n'\nbold\n",
    ]


def test_a_command_that_fails_is_an_error(tmp_path):
    with pytest.raises(transcripts.TranscriptError, match="ended with 3"):
        transcripts.session("$ true\n$ (exit 3)\n$ true\n", tmp_path)


def test_blocks_of_a_page_are_written_anew_and_all_else_is_left(tmp_path):
    page = (
        "One.\n\n```console\n$ echo a\nb\n```\n\n```python\nprint(1 + 1)\n```\n\n```text\n3\n```\n\n```sh\nfalse\n```\n"
    )
    anew = page.replace("$ echo a\nb\n", "$ echo a\na\n").replace("\n3\n", "\n2\n")
    assert transcripts.run_page(page, None) == anew
    assert transcripts.run_page(anew, None) == anew


@pytest.mark.parametrize("page", transcripts.PAGES, ids=lambda page: page.stem)
def test_commands_that_pages_show_are_there(page):
    shown = re.findall(r"^(?:\$ )?onrecord ([a-z]+)((?: .*)?)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    context = click.Context(cli)
    for name, rest in shown:
        command = cli.get_command(context, name)
        assert command is not None, name
        options = {option for one in walk(command) for option in one}
        own = re.split(r"\$\(|\|", rest)[0]  # what another command is given is not its own
        assert set(re.findall(r"(?<= )--[a-z-]+", own)) <= options, f"{name}{rest}"


def walk(command):
    """The options of a command, and of those under it."""
    yield [option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)]
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            yield from walk(command.get_command(context, name))


# ---------------------------------------------------------------- links
@pytest.mark.parametrize("at", sorted(KNOWN))
def test_links_lead_to_pages(at):
    text = GENERATED.get(at) or (DOCS / at).read_text(encoding="utf-8")
    here = {new: old for old, new in site.BROUGHT.items()}.get(at, f"docs/{at}")
    for link in site.LINK.finditer(site.CODE.sub("", site.linked(text, here, at, KNOWN))):
        if link["to"] and "://" not in link["to"]:
            target = os.path.normpath(os.path.join(os.path.dirname(at), link["to"]))
            assert target in KNOWN, link[0]


@pytest.mark.parametrize(
    ("markdown", "here", "at", "expected"),
    [
        ("[card](../MODEL_CARD.md#x)", "docs/data.md", "data.md", "[card](model-card.md#x)"),
        ("[card](../../MODEL_CARD.md)", "docs/how-to/a.md", "how-to/a.md", "[card](../model-card.md)"),
        ("[data](docs/data.md)", "CONTRIBUTING.md", "contributing.md", "[data](data.md)"),
        ("[why](docs/decisions)", "README.md", "readme.md", "[why](decisions/index.md)"),
        ("[context](../src/onrecord/__init__.py)", "docs/data.md", "data.md", "context (`src/onrecord/__init__.py`)"),
        ("[out](https://a.example/x.md) [here](#there)", "docs/data.md", "data.md", None),
        ("`[data](docs/data.md)` ![a](images/a.jpg)", "docs/data.md", "data.md", None),
        ("[gone](gone.md)", "docs/data.md", "data.md", None),
    ],
)
def test_links_are_turned(markdown, here, at, expected):
    assert site.linked(markdown, here, at, KNOWN) == (expected or markdown)


# ---------------------------------------------------------------- pages made from the code
def test_every_public_name_is_in_the_reference():
    page = GENERATED["reference/python.md"]
    for name in onrecord.__all__:
        assert name.startswith("__") or re.search(
            rf"^::: onrecord\..*\b{name}$|^::: onrecord\.{name}$", page, re.MULTILINE
        )


def test_every_code_is_in_the_codebook():
    page = GENERATED["reference/codebook.md"]
    for code in (*acts(), *clash_kinds(), *event_types(), *sectors()):
        assert f"| `{code}` |" in page


def test_every_view_is_in_the_reference():
    page = GENERATED["reference/views.md"]
    for view in ("v_articles", "v_statements", "v_clashes", "v_events", "v_figures"):
        assert f"## {view}\n" in page
    assert "| `speaker` | text |" in page


def test_a_page_has_one_title():
    assert site.one_title("# A\n\n## B\n") == "# A\n\n## B\n"
    two = "# A\n\n## B\n\n```sh\n# no heading\n```\n\n# C\n"
    assert site.one_title(two) == "# A\n\n### B\n\n```sh\n# no heading\n```\n\n## C\n"


def test_cells_do_not_break_tables():
    assert site.table(("a", "b"), iter([("x|y", "two\nlines"), ("", "z")])).splitlines()[2:] == [
        "| x\\|y | two lines |",
        "|   | z |",
    ]


def test_examples_in_docstrings_are_code():
    pytest.importorskip("griffe", reason="`make site` installs it")
    fenced = tool("doctests").fenced
    assert fenced("One.\n\n>>> a\n... b\n1\n\nTwo.") == "One.\n\n```pycon\n>>> a\n... b\n1\n```\n\nTwo."
    assert fenced("None > here.") == "None > here."


@pytest.mark.soak
def test_the_site_can_be_built_and_loads_nothing_from_elsewhere(tmp_path):
    pytest.importorskip("mkdocs", reason="`make site` installs it")
    built = tmp_path / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", built]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    pages = list(built.rglob("*.html"))
    assert len(pages) > 30
    for page in pages:
        assert not re.findall(r'(?:src|<link[^>]*href)="?https?://', page.read_text(encoding="utf-8")), page.name
