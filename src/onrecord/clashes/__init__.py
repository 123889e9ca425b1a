"""Where accounts clash: pairs of statements or figures that differ, how, and by which words. Who is right is not told.

Pure functions of values: no files but the judge's weights, no store. `accounts_of(record)` gives what is compared of an article.
`within(known)` finds the pairs of one article that are worth judging, `candidates(known, shelf)` those with other articles, and
`Judge.load().judge(pairs)` says which of them clash.

- What is compared: `accounts` (made of a record by `adapting`, with `sides` for who speaks for whom), `words` and `readings`
  of what they say, `shelves` of those of other articles.
- Which are compared: `candidates`, with `wording` for quotations printed otherwise, `counts` for figures, `turning` for a
  speaker who takes back his word.
- What is made of a pair: `features` (with `denying`), judged by `judge` with `weights` of a `forest`; `two_articles` is what is
  other there, `reasons` tells what it is about and which words collide.
"""

from onrecord.clashes.accounts import Account, FigureTally, Keys, KnownArticle, Shelf
from onrecord.clashes.adapting import accounts_of, lead_of
from onrecord.clashes.candidates import Candidates, candidates, in_order, within
from onrecord.clashes.judge import Judge

__all__ = [
    "Account",
    "Candidates",
    "FigureTally",
    "Judge",
    "Keys",
    "KnownArticle",
    "Shelf",
    "accounts_of",
    "candidates",
    "in_order",
    "lead_of",
    "within",
]
