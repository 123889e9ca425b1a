"""Where accounts clash: pairs of statements or figures that differ, how, and by which words. Who is right is not told.

Pure functions of values: no files but the judge's weights, no store. `accounts_of(record)` gives what is compared of an
article. `candidates(known, shelf)` finds the pairs that are worth judging, `Judge.judge(pairs)` says which of them clash.
"""

from onrecord.clashes.accounts import Account, Keys, Known, Shelf, Tally
from onrecord.clashes.adapting import accounts_of

__all__ = ["Account", "Keys", "Known", "Shelf", "Tally", "accounts_of"]
