"""Server time of every page on a store: processor time of the request, so that whatever else the machine does is left out.

Each page is made anew each time: what the server keeps of its answers (onrecord.web.keeping) is thrown away before.

python benchmarks/web_pages.py onrecord.db
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

from fastapi.testclient import TestClient

from onrecord.query import Library
from onrecord.web.api.desk import desk_of
from onrecord.web.app import create_app

ROUNDS = 5


def addresses(db: Path) -> dict[str, str]:
    """A page of each kind: of people and articles those with the most statements, of words common ones."""
    with Library.open(db) as library:
        leading = [t for t in library.stats("speaker", size=20).items if t.identity]
        most, tenth = leading[0].identity, leading[min(9, len(leading) - 1)].identity
        newest = library.search("", size=1).items[0].utterance.said
        words = " ".join([w for w in newest.content.split() if w.isalpha() and len(w) > 4][:1])
        query = "SELECT id FROM articles ORDER BY length(text) DESC LIMIT 1"
        longest = library.connection.execute(query).fetchone()[0]
    return {
        "today": "/",
        "search, all": "/search",
        "search, a word": f"/search?q={words}",
        "search, a speaker": f"/search?speaker={most}",
        "article": f"/articles/{newest.article.id}",
        "article, the longest": f"/articles/{longest}",
        "person, the most quoted": f"/who/{most}",
        "person, the tenth": f"/who/{tenth}",
        "people": "/who",
        "clashes": "/clashes",
        "matters": "/matter",
        "matter": f"/matter?q={words}",
        "matter, of the most quoted": f"/matter?entity={most}",
        "events": "/events",
        "map": "/map",
        "actors": "/actors",
    }


def main() -> None:
    db = Path(sys.argv[1])
    app = create_app(db)
    with TestClient(app, base_url="http://127.0.0.1:8000", follow_redirects=False) as client:
        for name, address in addresses(db).items():
            times = []
            for _ in range(ROUNDS + 1):
                desk_of(app).answers.clear()
                began = time.process_time()
                answer = client.get(address)
                times.append((time.process_time() - began) * 1000)
                assert answer.status_code == 200, (address, answer.status_code)
            print(f"| {name} | {statistics.median(times[1:]):.0f} |")


if __name__ == "__main__":
    main()
