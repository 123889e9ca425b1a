"""The only questions that anyone asks a store: command line, web and Python all call these.

Each question is a function of a store that is open for reading and of keyword options, and answers with a page of frozen
values. It is plain SELECTs by index, which look at no more than so many rows whatever the store's size. Two things grow with it:
counts and orders of all statements go by arrays of numbers, one a row (onrecord.store.columns), and of what people decided all
is read, which is as much as people can decide. `Library` has all questions as methods. How copies are counted, and what a search
understands, is told in docs/questions.md.
"""

from onrecord.query.library import Library, all_of
from onrecord.query.plain import as_plain

__all__ = ["Library", "all_of", "as_plain"]
