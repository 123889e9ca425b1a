"""What whoever decides calls themselves: asked once, and remembered by their browser."""

from __future__ import annotations

from urllib.parse import quote, unquote

from fastapi import Request, Response

NAME, LONGEST = "onrecord-name", 100
"""The cookie, and the characters of a name."""


def name_of(request: Request) -> str:
    """How somebody called themselves when they last decided something."""
    return unquote(request.cookies.get(NAME, ""))[:LONGEST]


def keep_name(answer: Response, name: str | None) -> None:
    """Have the browser remember it until it is closed."""
    if name:
        answer.set_cookie(NAME, quote(name[:LONGEST]), httponly=True, samesite="strict", path="/")
