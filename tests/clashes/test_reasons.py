"""What a clash is said to be about."""

import os
import subprocess
import sys
from pathlib import Path

from tests.clashes.telling import account

from onrecord.clashes.reasons import about_words
from onrecord.clashes.words import meaningful

REPOSITORY = Path(__file__).resolve().parents[2]
TELLS = """
from onrecord.clashes.reasons import about_words, colliding
from tests.clashes.telling import account

claim, denial = (account(n, f"that the sub-inspector {did} the ferry") for n, did in enumerate(("saw", "never saw")))
print(about_words(claim, denial), colliding(claim, denial))
"""


def test_what_a_clash_is_about_hangs_on_no_order_of_a_set():
    told = {
        subprocess.check_output(
            [sys.executable, "-c", TELLS], cwd=REPOSITORY, env={**os.environ, "PYTHONHASHSEED": seed}, text=True
        )
        for seed in ("1", "2", "3", "4")
    }
    assert len(told) == 1 and "ferry" in told.pop()


def test_a_scale_names_no_matter():
    one, other = (
        account(0, "the weir would cost 90 million"),
        account(1, "that the cost was 15 million", by="Ada Quill"),
    )
    assert about_words(one, other) == "cost"


def test_a_promise_disowned_is_about_what_was_promised():
    one = account(0, "the wardens would publish their ledger by May")
    other = account(
        0, "that she had never named a day", article="art-2", matter=meaningful("The ledger of the wardens is late")
    )
    assert about_words(one, other) == "ledger"
