"""What a clash is said to be about."""

import os
import subprocess
import sys

from tests.clashes.telling import account

from onrecord.clashes.reasons import about_words
from onrecord.clashes.words import meaningful


def test_what_names_no_matter_hangs_on_no_order_of_a_set():
    code = "from onrecord.clashes import reasons; print(sorted(reasons._idle()), reasons._stem('sub-inspector'))"
    told = {
        subprocess.check_output([sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed})
        for seed in ("1", "2", "3", "4")
    }
    assert len(told) == 1


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
