"""The pages in Debian's Chromium: a way through them, nothing that is refused, nothing asked of other machines, access for all.

Skipped with a word where the browser is missing (``apt-get install chromium``).
"""

from __future__ import annotations

import os
import shutil
import threading
import time
from urllib.parse import urlsplit

import pytest

from onrecord.web.app import create_app
from onrecord.web.guarding import HEADERS

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
MISSING = "no Chromium (apt-get install chromium): the pages were not tried in a browser"
# Without these it looks for its maker's servers at every start.
ALONE = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(CHROMIUM is None and os.environ.get("CI") != "true", reason=MISSING),
    # What the driver's own event loop leaves behind is none of the pages'.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]


def served(app):
    """The application on a free port of this machine, until it is left."""
    import uvicorn

    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.02)
    return server, thread, f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"


@pytest.fixture(scope="module")
def base(demo_db):
    server, thread, address = served(create_app(demo_db))
    yield address
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ALONE))
        yield browser
        browser.close()


class Seen:
    """What a page did beside being shown."""

    def __init__(self, page, base: str) -> None:
        self.complaints: list[str] = []
        self.elsewhere: list[str] = []
        page.on("console", lambda m: self.complaints.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda r: None if r.url.startswith(base) else self.elsewhere.append(r.url))

    def nothing(self) -> None:
        assert self.complaints == []
        assert self.elsewhere == []


@pytest.fixture
def page(chromium, base, request):
    context = chromium.new_context(base_url=base, viewport=getattr(request, "param", DESK))
    page = context.new_page()
    page.seen = Seen(page, base)
    yield page
    page.seen.nothing()
    context.close()


@pytest.mark.parametrize("page", [DESK, PHONE], ids=["desk", "phone"], indirect=True)
def test_from_a_search_to_a_person_and_back(page):
    page.goto("/")
    page.get_by_role("searchbox", name="Search what was said").fill("patrol boat")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=patrol+boat")
    page.locator(".hit .words a").first.click()
    page.wait_for_url("**/articles/**")
    assert page.locator(".note.lit").count() == 1
    statement = urlsplit(page.url).fragment
    assert page.locator(f"#{statement}").is_visible()
    speaker = page.locator(".note a.person").first
    name = speaker.inner_text()
    speaker.click()
    page.wait_for_url("**/who/**")
    assert page.locator("h1").inner_text() == name
    page.locator(".said blockquote a").first.click()
    page.wait_for_url("**/articles/**")
    for _ in range(3):
        page.go_back()
    assert "/search?q=patrol+boat" in page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_a_page_is_read_by_keys_alone(page):
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("ceasefire")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=ceasefire")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/**")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.className") == "back"
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"


def test_a_pasted_text_is_read(page):
    page.goto("/read")
    page.get_by_label("Text", exact=True).fill("Maria Lane said that the bridge was safe.")
    page.get_by_role("button", name="Read it").click()
    page.get_by_text("Read, not kept").wait_for()
    assert page.locator(".note .person").all_inner_texts() == ["Maria Lane"]


def test_all_is_there_without_scripts(chromium, base):
    context = chromium.new_context(base_url=base, java_script_enabled=False)
    page = context.new_page()
    page.goto("/search?q=bomb")
    page.locator(".hit .words a").first.click()
    assert page.locator(".note.lit").count() == 1
    context.close()


def test_the_policy_is_kept_by_the_browser(page, base):
    """What the policy forbids does not run, even where it got into a page."""
    page.goto("/search?q=bomb")
    page.evaluate("""() => {
        const inline = document.createElement("script");
        inline.textContent = "window.ran = true";
        document.body.append(inline);
        const image = document.createElement("img");
        image.src = "http://127.0.0.1:9/x.png";
        document.body.append(image);
    }""")
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") is None
    assert len(page.seen.complaints) >= 2
    assert all("Content Security Policy" in complaint for complaint in page.seen.complaints)
    page.seen.complaints.clear()
    page.seen.elsewhere.clear()
    assert "frame-ancestors 'none'" in HEADERS["content-security-policy"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_shuts_anybody_out(chromium, base, demo_db, scheme):
    from axe_playwright_python.sync_playwright import Axe

    from onrecord.query import Library

    with Library.open(demo_db) as library:
        article = library.search("patrol boat", size=1, meaning=False).items[0].utterance.said.article.id
        person = library.entities("Zhariv").items[0].identity
        copies = next(
            (a.id, library.show(a.id).copies[0].id)
            for a in (hit.utterance.said.article for hit in library.search("", size=100).items)
            if library.show(a.id).copies
        )
    addresses = (
        "/", "/search?q=bomb", f"/articles/{article}", f"/who/{person}", "/who", "/clashes", "/matter", "/matter?q=killed",
        "/map", "/actors", "/events", "/read", f"/compare/{copies[0]}/{copies[1]}", "/nowhere",
    )  # fmt: skip
    context = chromium.new_context(base_url=base, color_scheme=scheme, viewport=DESK)
    page, wrong = context.new_page(), []
    for address in addresses:
        page.goto(address)
        found = Axe().run(page).response["violations"]
        wrong += [
            (address, v["id"], [n["html"][:120] for n in v["nodes"][:3]], v["nodes"][0].get("failureSummary", "")[:300])
            for v in found
            if v["impact"] in ("serious", "critical", "moderate")
        ]
    context.close()
    assert wrong == []
