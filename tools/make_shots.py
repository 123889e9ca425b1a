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
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, sync_playwright

from onrecord.ingest import add
from onrecord.query import Library
from onrecord.web.app import create_app

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
        server = uvicorn.Server(uvicorn.Config(create_app(db), port=0, log_level="warning"))
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        base = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(ALONE))
            for name, address in pages(db).items():
                shoot(browser, base, name, address)
            browser.close()
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
        "people": "/who", "clashes": "/clashes", "matter": "/matter?q=killed", "map": "/map", "actors": "/actors",
        "read": "/read",
    }  # fmt: skip
    return found | ({"clash": f"/clashes/{clashes[0].id}"} if clashes else {})


def shoot(browser: Browser, base: str, name: str, address: str) -> None:
    for size, (width, height) in (("desk", DESK), ("phone", PHONE)):
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme="light")
        page = context.new_page()
        page.goto(base + address)
        page.screenshot(path=str(OUT / f"{name}-{size}.jpg"), type="jpeg", quality=QUALITY)
        context.close()


if __name__ == "__main__":
    main()
