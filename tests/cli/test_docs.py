"""docs/cli.md is written from the commands' own help, and README names only what there is."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import click
import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("cli_docs", REPOSITORY / "tools" / "cli_docs.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_up_to_date(tool):
    assert tool.PAGE.read_text(encoding="utf-8") == tool.page(), "run `make docs`"


def test_every_command_and_option_is_on_the_page(tool):
    page = tool.PAGE.read_text(encoding="utf-8")
    for path, command in tool.commands(tool.cli, "onrecord"):
        assert f"## {path}\n" in page
        for option in (name for parameter in command.params for name in parameter.opts if name.startswith("-")):
            assert option in page
        assert all(p.help for p in command.params if isinstance(p, click.Option)), f"{path} lacks help"


def test_readme_names_only_commands_that_there_are(tool):
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    known = {path.split()[1] for path, _ in tool.commands(tool.cli, "onrecord") if " " in path}
    assert set(re.findall(r"\$ (?:\S*/)?onrecord ([a-z]+)", readme)) <= known
    table = "".join(re.findall(r"^\| (`.*?) \|", readme, re.MULTILINE))
    assert set(re.findall(r"`([a-z]+)", table)) | {"demo", "add"} == known, "those two stand above the table"


def test_the_help_has_every_command_once_with_its_whole_first_sentence():
    from click.testing import CliRunner

    from onrecord.cli import _COMMANDS, _SECTIONS, cli

    assert sorted(name for names in _SECTIONS.values() for name in names) == sorted(_COMMANDS)
    told = CliRunner().invoke(cli, ["--help"]).output
    assert "..." not in told.partition("\n\n")[2], "no sentence is cut"
    assert "onrecord demo --db demo.db" in told
    assert all(re.search(rf"^  {name}  +[A-Z]", told, re.MULTILINE) for name in _COMMANDS)
