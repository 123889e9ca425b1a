"""Runs what the tutorial and the guides show, and writes what it prints into them.

In docs/tutorial.md and docs/how-to/*.md, a ```console block has commands (lines that begin with "$ ", continued by a
backslash) and what they print; a ```python block is a program, and the ```text block right behind it what it prints.
All of a page run in its order, a block by one shell on a terminal, in a folder of the page's own; the guides' folders have the
store of the tutorial's demo, `demo.db`. Blocks of other kinds (```sh, ```r) are not run here. A command that ends with anything
but 0 is an error.

    python tools/transcripts.py            # write the pages anew, after a change of weights or of what commands print
    python tools/transcripts.py --check    # only run them
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs"
TUTORIAL = DOCS / "tutorial.md"
PAGES = (TUTORIAL, *sorted((DOCS / "how-to").glob("*.md")))
WIDTH = 92
"""Columns of what is shown."""
STORE = "demo.db"
STYLE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\].*?(?:\x1b\\|\x07)")
"""What a terminal takes for colours, weights and links."""
BLOCK = re.compile(r"^```(console|python)\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.MULTILINE | re.DOTALL)


class TranscriptError(Exception):
    """A command or program of a page that fails."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="run what the pages show, write nothing")
    parser.add_argument("--store", type=Path, help="the demo's store, where it has been made already")
    parser.add_argument("pages", nargs="*", type=Path, help="only these pages (default: all)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="onrecord-docs-") as scratch:
        store = options.store or Path(scratch) / STORE
        for page in [page.resolve() for page in options.pages] or PAGES:
            before = page.read_text(encoding="utf-8")
            try:
                if page != TUTORIAL and not store.exists():
                    shell(f"onrecord demo --db {store}", Path(scratch))
                after = run_page(before, None if page == TUTORIAL else store)
            except TranscriptError as error:
                print(f"{page.name}: {error}", file=sys.stderr)
                return 1
            if not options.check:
                page.write_text(after, encoding="utf-8")
            print(f"{page.name}: {'runs' if options.check or before == after else 'written anew'}")
    return 0


def run_page(text: str, store: Path | None) -> str:
    """The page with what its commands print now. Its folder has a copy of the store, if any, so that pages do not meet."""
    with tempfile.TemporaryDirectory(prefix="onrecord-page-") as folder:
        home = Path(folder)
        if store:
            shutil.copy2(store, home / STORE)

        def anew(block: re.Match[str]) -> str:
            kind, inner, printed = block.groups()
            if kind == "console":
                return "```console\n" + "\n".join(session(inner, home)) + "```\n"
            (home / "program.py").write_text(inner, encoding="utf-8")
            told = shell("python program.py", home)
            return f"```python\n{inner}```\n" + (f"\n```text\n{told}```\n" if printed is not None else "")

        return BLOCK.sub(anew, text)


def session(block: str, home: Path) -> list[str]:
    """Each command of a block with what it prints. One shell runs them all: what one leaves running, the next finds."""
    asked = commands(block)
    mark = "%-- next --%"
    told = shell("set -e\n" + "\n".join(f"echo '{mark}'\n{command}" for command in asked), home)
    printed = told.split(f"{mark}\n")[1:]
    return [f"$ {command}\n{output.rstrip()}".rstrip() + "\n" for command, output in zip(asked, printed, strict=True)]


def commands(block: str) -> list[str]:
    """The commands of a console block, each with its continued lines."""
    found: list[str] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append(line[2:])
        elif found and found[-1].endswith("\\"):
            found[-1] += f"\n{line}"
    return found


def shell(command: str, home: Path) -> str:
    """What a command prints on a terminal of `WIDTH` columns without colours; no white space at the ends of lines."""
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": str(WIDTH),
        "TERM": "xterm",
        "NO_COLOR": "1",
        "PYTHONWARNINGS": "ignore",
    }
    ours, theirs = os.openpty()
    with tempfile.TemporaryFile() as complaints:
        asked = ["bash", "-o", "pipefail", "-c", command]
        process = subprocess.Popen(
            asked, cwd=home, env=environment, stdin=subprocess.DEVNULL, stdout=theirs, stderr=complaints
        )
        os.close(theirs)
        printed = b"".join(iter(lambda: read(ours), b"")).decode("utf-8")
        os.close(ours)
        if process.wait():
            complaints.seek(0)
            said = complaints.read().decode("utf-8", "replace")[-1000:]
            raise TranscriptError(f"`{command}` ended with {process.returncode}:\n{printed[-500:]}\n{said}")
    plain = STYLE.sub("", printed).replace("\r", "")
    return "".join(f"{line.rstrip()}\n" for line in plain.splitlines())


def read(terminal: int) -> bytes:
    """What comes next, or nothing when the last program that writes there has ended."""
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says it so
        return b""


if __name__ == "__main__":
    sys.exit(main())
