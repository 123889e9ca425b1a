"""The pages, a module each, in the order in which the head of every page names them."""

from __future__ import annotations

from fastapi import APIRouter

from onrecord.web.pages import add, article, clash, correct, events, matter, read, review, search, today, who

router = APIRouter(include_in_schema=False)
for page in (today, search, who, article, matter, clash, events, read):
    router.include_router(page.router)

changing = APIRouter(include_in_schema=False)
"""Pages that change the store."""
for page in (review, correct, add):
    changing.include_router(page.router)
