"""Options are known or refused: one that is misspelt, and passed over, would leave an answer that is narrowed by nothing."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from difflib import get_close_matches
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def strict(options: type) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A question that raises TypeError, as Python does, for options that neither it nor `options` (a TypedDict) has.

    The error comes with the call, also of a question that answers bit by bit, and names what there is.
    """

    def checked(question: Callable[P, R]) -> Callable[P, R]:
        parameters = inspect.signature(question).parameters.values()
        own = [p.name for p in parameters if p.kind is not inspect.Parameter.VAR_KEYWORD]
        named = {p.name for p in parameters if p.kind is inspect.Parameter.KEYWORD_ONLY}
        known = {*own, *options.__annotations__}

        @wraps(question)
        def asked(*args: P.args, **kwargs: P.kwargs) -> R:
            for name in kwargs:
                if name not in known:
                    raise TypeError(_refusal(question, name, sorted({*named, *options.__annotations__})))
            return question(*args, **kwargs)

        return asked

    return checked


def _refusal(question: Callable[..., Any], name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1)
    meant = f" (is {near[0]!r} meant?)" if near else ""
    return f"{question.__name__}() has no option {name!r}{meant}: it takes {', '.join(known)}"
