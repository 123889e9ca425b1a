"""The pages in Debian's Chromium: a way through them, nothing that is refused, nothing asked of other machines, access for all.

Skipped with a word where the browser is missing (``apt-get install chromium``).
"""

from __future__ import annotations

import os
import shutil
import threading
import time
from itertools import pairwise
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


def violations(page, addresses):
    """What axe finds on pages that keeps somebody out."""
    from axe_playwright_python.sync_playwright import Axe

    wrong = []
    for address in addresses:
        page.goto(address)
        found = Axe().run(page).response["violations"]
        wrong += [
            (address, v["id"], [n["html"][:120] for n in v["nodes"][:3]], v["nodes"][0].get("failureSummary", "")[:300])
            for v in found
            if v["impact"] in ("serious", "critical", "moderate")
        ]
    return wrong


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


def test_who_disputes_the_casualty_figure_and_since_when(page):
    """docs/web.md, "Answering a question": from the first page, by what a stranger can see there."""
    page.goto("/")
    page.get_by_role("link", name="Matters", exact=True).click()
    matter = page.locator(".ledger", has_text="Imsel").first
    told = matter.locator(".apart")
    assert "They first differ on 9 March 2025" in told.inner_text()
    assert "Ruth Kendry 11" in told.inner_text() and "17" in told.inner_text()
    told.get_by_role("link", name="11", exact=True).click()
    page.wait_for_url("**/articles/**")
    assert page.locator(".note.lit .person").first.inner_text() == "Ruth Kendry"
    paragraph = page.locator(".block:has(.note.lit) p.text").inner_text()
    assert "Harbour Relief" in paragraph and "gave" in paragraph and "a lower figure" in paragraph


def test_notes_begin_beside_their_paragraphs(page):
    page.goto("/")
    page.locator(".dispatch h2 a").first.click()
    page.wait_for_selector(".margin .note")
    tops = page.locator(".block:has(.margin)").evaluate_all(
        """blocks => blocks.map(block => [".margin", "p:not(.margin p), h2"]
           .map(part => block.querySelector(part).getBoundingClientRect().top))"""
    )
    assert tops
    assert all(abs(notes - paragraph) < 12 for notes, paragraph in tops), tops
    last = page.locator(".margin").evaluate_all(
        "all => all.map(m => m.getBoundingClientRect()).map(r => [r.top, r.bottom])"
    )
    assert all(end <= begin + 1 for (_, end), (begin, _) in pairwise(last)), "no note covers another"
    assert page.locator(".note .chance").count()


def test_a_pasted_text_is_read(page):
    page.goto("/read")
    page.get_by_label("Text", exact=True).fill("Maria Lane said that the bridge was safe.")
    page.get_by_role("button", name="Read it").click()
    page.get_by_text("Read, not kept").wait_for()
    assert page.locator(".note .person").all_inner_texts() == ["Maria Lane"]


def test_a_long_text_tells_how_far_it_is_and_then_is_there(chromium, base):
    """Without scripts too: the steps are in the page, and each hides the one before."""
    for scripts in (True, False):
        context = chromium.new_context(base_url=base, java_script_enabled=scripts)
        page = context.new_page()
        page.seen = Seen(page, base)
        page.goto("/read")
        text = "\n\n".join(f"Maria Lane said that bridge {k} was safe after the winter’s repairs." for k in range(320))
        page.get_by_label("Text", exact=True).fill(text)
        page.get_by_role("button", name="Read it").click(no_wait_after=True)
        page.locator(".story h1").wait_for()
        assert page.locator(".steps p").count() > 1, "it was told how far it is"
        page.locator(".steps").wait_for(state="hidden")
        assert page.locator(".note").count() > 300
        page.seen.nothing()
        context.close()


def test_from_an_article_to_a_clash_and_both_its_sides(page):
    page.goto("/clashes?kind=altered-quotation")
    page.locator(".clash .kicker a").first.click()
    page.wait_for_url("**/clashes/cls-*")
    clash = page.url
    for side in ("The earlier account", "The later account"):
        account = page.get_by_label(side)
        assert account.locator(".match").count() > 0, "the words that collide are marked"
        account.get_by_role("link", name="in its article").click()
        page.wait_for_url("**/articles/**")
        page.go_back()
        page.wait_for_url(clash)
    page.get_by_label("The earlier account").get_by_role("link", name="in its article").click()
    against = page.locator(".note .against a").first
    against.click()
    page.wait_for_url("**/clashes/cls-*")


@pytest.fixture
def editing(chromium, demo_db, tmp_path):
    """The page of somebody who may change a copy of the sample store."""
    path = tmp_path / "demo.db"
    shutil.copy(demo_db, path)
    app = create_app(path, write=True)
    server, thread, base = served(app)
    context = chromium.new_context(base_url=base, viewport=DESK)
    page = context.new_page()
    page.seen = Seen(page, base)
    page.goto(f"/enter?token={app.state.keys.token}")
    page.wait_for_url("**/review")
    yield page
    page.seen.nothing()
    context.close()
    server.should_exit = True
    thread.join()


def test_a_pasted_text_is_added_and_found(editing):
    page = editing
    page.get_by_role("link", name="Add", exact=True).click()
    page.get_by_label("Text", exact=True).fill(
        "Maria Lindqvist said that the harbour bridge was safe again after a winter of repairs."
    )
    page.get_by_label("Outlet").fill("The Harbour Post")
    page.get_by_label("Published on").fill("2025-06-01")
    page.get_by_role("button", name="Add it").click()
    page.get_by_text("1 article added with 1 statement").wait_for()
    page.locator("[role=status] a").first.click()
    page.wait_for_url("**/articles/**")
    page.locator(".note a.person").first.click()
    assert page.locator("h1").inner_text() == "Maria Lindqvist"
    page.get_by_role("searchbox", name="Search what was said").fill("harbour bridge")
    page.keyboard.press("Enter")
    assert "The Harbour Post" in page.locator(".hit").first.inner_text()


def test_a_clash_is_judged_and_the_verdict_undone(editing):
    page = editing
    shown = page.locator(".clash").count()
    assert shown > 0
    page.locator(".clash .kicker a").first.click()
    clash = page.url
    page.get_by_label("Note").fill("not of one thing")
    page.get_by_label("Your name").fill("Ida Lund")
    page.get_by_role("button", name="It is none").click()
    page.locator(".judge").get_by_text("rejected: not of one thing").wait_for()
    page.goto("/review")
    row = page.locator("table tr", has_text="not of one thing")
    assert "Ida Lund" in row.inner_text()
    row.get_by_role("button", name="Undo").click()
    page.locator("tr.undone", has_text="not of one thing").wait_for()
    page.goto(clash)
    assert "rejected" not in page.locator(".byline").inner_text()


def test_a_speaker_is_corrected_and_put_back(editing):
    page = editing
    page.goto("/search?q=patrol+boat")
    page.locator(".hit .words a").first.click()
    page.wait_for_url("**/articles/**")
    was = page.locator(".note.lit .person").first.inner_text()
    page.locator(".note.lit").get_by_role("link", name="correct").click()
    page.wait_for_url("**/correct/**")
    names = page.locator("#speaker option").all_inner_texts()
    other = next(n for n in names if n.endswith("(person)") and not n.startswith(was))
    page.get_by_label("Speaker").select_option(label=other)
    page.get_by_label("Note").fill("see paragraph two")
    page.get_by_label("Your name").fill("Ida Lund")
    page.get_by_role("button", name="Keep this").click()
    held = page.locator(".holding li")
    held.wait_for()
    assert "speaker corrected by Ida Lund; read as" in held.inner_text()
    assert page.locator(".said .person").first.inner_text() == other.removesuffix(" (person)")
    page.locator(".said blockquote a").click()
    page.wait_for_url("**/articles/**")
    note = page.locator(".note.lit")
    assert "speaker corrected by Ida Lund" in note.inner_text()
    assert note.locator(".person").first.inner_text() == other.removesuffix(" (person)")
    note.get_by_role("link", name="correct").click()
    page.get_by_role("button", name="Undo what was said of the speaker").click()
    page.wait_for_url("**/correct/**")
    assert page.locator(".holding").count() == 0
    assert page.locator(".said .person").first.inner_text() == was


def test_a_statement_is_rejected_and_put_back(editing):
    page = editing
    page.goto("/search?q=patrol+boat")
    words = page.locator(".hit .words a").first.inner_text()
    page.locator(".hit .words a").first.click()
    page.locator(".note.lit").get_by_role("link", name="correct").click()
    page.get_by_role("button", name="It is no statement").click()
    page.locator(".holding").wait_for()
    page.goto("/search?q=patrol+boat")
    assert words not in page.locator(".hit .words").all_inner_texts()
    page.goto("/review")
    page.locator("table a[href^='/correct/']").first.click()
    page.get_by_role("button", name="Undo what was said of the statement").click()
    page.wait_for_url("**/correct/**")
    page.goto("/search?q=patrol+boat")
    assert words in page.locator(".hit .words").all_inner_texts()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_that_changes_the_store_shuts_anybody_out(editing, scheme):
    page = editing
    page.emulate_media(color_scheme=scheme)
    page.goto("/search?q=patrol+boat")
    page.locator(".hit .words a").first.click()
    article = page.url
    page.locator(".note.lit").get_by_role("link", name="correct").click()
    correcting = page.url
    page.get_by_label("Act").select_option("warn")
    page.get_by_role("button", name="Keep this").click()
    page.locator(".holding").wait_for()
    page.goto("/clashes")
    page.locator(".clash .kicker a").first.click()
    assert violations(page, (article, correcting, "/review", "/add", page.url)) == []


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
    wrong = violations(context.new_page(), addresses)
    context.close()
    assert wrong == []
