"""The API: the store's questions as JSON, permalinks in several forms, Atom feeds, and the reading of a text.

`router` is what `onrecord.web.app` includes, before the pages: at the addresses of articles and statements it answers those who
would rather have data than a page. Told in docs/api.md.
"""

from fastapi import APIRouter

from onrecord.web.api import feeds, permalinks, questions, reads
from onrecord.web.api.desk import living

__all__ = ["router"]

router = APIRouter(lifespan=living)
for part in (questions.router, permalinks.router, reads.router, feeds.router, permalinks.pages):
    router.include_router(part)
