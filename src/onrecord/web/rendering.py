"""Pages out of templates. Everything in them is escaped, and an unknown name is an error rather than a gap."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import Request
from starlette.responses import HTMLResponse

if TYPE_CHECKING:
    from jinja2 import Environment

HERE = Path(__file__).resolve().parent
STATIC = HERE / "static"


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates of this room."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["asset"] = asset
    return made


@lru_cache(maxsize=32)
def asset(name: str) -> str:
    """The address of a file of static/, which changes with what is in it, so that browsers may keep it."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


def render(request: Request, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """A page. Every template may use `request` and `write` (whether this server takes changes)."""
    state = request.app.state
    html = environment().get_template(template).render(request=request, write=state.write, **values)
    return HTMLResponse(html, status)
