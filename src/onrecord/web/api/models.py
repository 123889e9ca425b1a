"""The types of the answers, as OpenAPI tells them: made from the values that the questions answer with, never written twice.

`model_of` turns a dataclass of `onrecord.query.pages` or a type of the wire form into a pydantic model with the same fields. The
models only describe: an answer is written by `as_plain`, as the command line writes it, and a test holds the two together.
"""

from __future__ import annotations

import keyword
from dataclasses import is_dataclass
from functools import cache, reduce
from operator import or_
from types import GenericAlias, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints, is_typeddict

from pydantic import BaseModel, ConfigDict, Field, create_model

from onrecord.records import Record, Span
from onrecord.records.wire_types import WireRecord

PLACE = Annotated[
    list[int], Field(min_length=2, max_length=2, description="[start, end): code points of the article's text")
]
"""A span, as every answer has it."""


@cache
def model_of(kind: Any) -> Any:
    """A model with the fields of a dataclass or TypedDict, all of them always there. `kind` may be generic: ``Page[Choice]``."""
    origin = get_origin(kind) or kind
    known = _known(kind)
    fields: dict[str, Any] = {}
    for name, hint in get_type_hints(origin).items():
        # Some names mean something else to Python or to pydantic.
        taken = keyword.iskeyword(name) or hasattr(BaseModel, name)
        described = Field(..., alias=name if taken else None)
        fields[f"{name}_" if taken else name] = (_described(hint, known), described)
    config = ConfigDict(title=_name(kind))
    return create_model(_name(kind), __config__=config, __doc__=origin.__doc__, **fields)


def _name(kind: Any) -> str:
    """``Page[Choice]`` is a ChoicePage."""
    inner = "".join(_name(argument) for argument in get_args(kind))
    return inner + str((get_origin(kind) or kind).__name__)


def _known(kind: Any) -> dict[Any, Any]:
    """What the type variables of a generic class or of the one it inherits from stand for."""
    origin, known = get_origin(kind) or kind, dict[Any, Any]()
    for alias in (kind, *getattr(origin, "__orig_bases__", ())):
        parameters = getattr(get_origin(alias), "__parameters__", ())
        known |= dict(zip(parameters, get_args(alias), strict=False))
    return known


def _described(hint: Any, known: dict[Any, Any]) -> Any:
    """The type of a field as JSON has it."""
    origin, arguments = get_origin(hint), get_args(hint)
    if isinstance(hint, TypeVar):
        return _described(known[hint], known)
    if hint is Span:
        return PLACE
    if hint is Record:
        return model_of(WireRecord)
    if origin in (Union, UnionType):
        return reduce(or_, (_described(argument, known) for argument in arguments))
    if origin is tuple and arguments[-1] is not Ellipsis:
        return GenericAlias(tuple, tuple(_described(argument, known) for argument in arguments))
    if origin in (tuple, list):
        return GenericAlias(list, (_described(arguments[0], known),))
    if origin is Literal or not (is_dataclass(origin or hint) or is_typeddict(hint)):
        return hint
    return model_of(hint)


class ProblemBody(BaseModel):
    """The body of every error: problem details (RFC 9457). `choices`: who or which article may be meant."""

    model_config = ConfigDict(title="Problem")

    type: str
    title: str
    status: int
    detail: str
    choices: list[dict[str, Any]] | None = None


PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"description": what, "content": {"application/problem+json": {"schema": ProblemBody.model_json_schema()}}}
    for status, what in (
        ("4XX", "What is asked for is not there, not clear, not understood, or too much."),
        ("5XX", "The server cannot answer now."),
    )
}
"""What OpenAPI says of every endpoint beside its answer."""
