"""Makes the pictures of docs/images anew: every page of the sample articles' store, at a desk's and a phone's width.

    python tools/make_shots.py

Needs Debian's Chromium (``apt-get install chromium``).
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, sync_playwright

from onrecord.ingest import add
from onrecord.query import Library
from onrecord.web.app import create_app
from onrecord.web.keys import ENTER

REPOSITORY = Path(__file__).resolve().parent.parent
OUT = REPOSITORY / "docs" / "images"
DESK, PHONE = (1280, 860), (390, 760)
QUALITY = 62
"""Of JPEG: type stays sharp, and a picture has some 60 kB."""
# Without these it looks for its maker's servers at every start.
ALONE = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def main() -> None:
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        db = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "demo.db"
        if not db.exists():
            add(db, [str(REPOSITORY / "examples")])
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(ALONE))
            with served(create_app(db)) as base:
                for name, address in pages(db).items():
                    shoot(browser, base, name, address)
            app = create_app(db, write=True)
            with served(app) as base:
                for name, address in changing(db).items():
                    shoot(browser, base, name, address, enter=f"{ENTER}?token={app.state.keys.token}")
            browser.close()


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """An application on a free port."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


def pages(db: Path) -> dict[str, str]:
    """Address by name. People and articles are found by what the sample articles tell."""
    with Library.open(db) as library:
        article = library.search("patrol boat", meaning=False).items[0].utterance.said.article.id
        person = library.entities("Oksel Zhariv").items[0].identity
        clashes = library.clashes(size=1).items
    found = {
        "today": "/", "search": "/search?q=stop+the+bombing", "article": f"/articles/{article}", "person": f"/who/{person}",
        "people": "/who", "clashes": "/clashes", "matters": "/matter", "matter": "/matter?q=killed", "map": "/map",
        "actors": "/actors",
        "read": "/read",
    }  # fmt: skip
    return found | ({"clash": f"/clashes/{clashes[0].id}"} if clashes else {})


def changing(db: Path) -> dict[str, str]:
    """Pages of those who may change the store."""
    with Library.open(db) as library:
        said = library.search("patrol boat", meaning=False).items[0].utterance.said.id
    return {"correct": f"/correct/{said}", "review": "/review"}


def shoot(browser: Browser, base: str, name: str, address: str, *, enter: str | None = None) -> None:
    for size, (width, height) in (("desk", DESK), ("phone", PHONE)):
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme="light")
        page = context.new_page()
        if enter is not None:
            page.goto(base + enter)
        page.goto(base + address)
        page.screenshot(path=str(OUT / f"{name}-{size}.jpg"), type="jpeg", quality=QUALITY)
        context.close()


if __name__ == "__main__":
    main()
