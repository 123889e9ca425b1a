"""An extension of griffe for `make site`: examples with ``>>>`` in docstrings are code, not quotations of quotations."""

from __future__ import annotations

import re
from typing import Any

import griffe

EXAMPLE = re.compile(r"^>>> .*(?:\n(?=\S).*)*", re.MULTILINE)


class Doctests(griffe.Extension):
    """Fences each example, up to the next empty line."""

    def on_object(self, *, obj: griffe.Object, **kwargs: Any) -> None:
        if obj.docstring:
            obj.docstring.value = fenced(obj.docstring.value)


def fenced(docstring: str) -> str:
    return EXAMPLE.sub(lambda example: f"```pycon\n{example[0]}\n```", docstring)
