"""What a clash is said to be about."""

import os
import subprocess
import sys


def test_what_names_no_matter_hangs_on_no_order_of_a_set():
    code = "from onrecord.clashes import reasons; print(sorted(reasons._idle()), reasons._stem('sub-inspector'))"
    told = {
        subprocess.check_output([sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed})
        for seed in ("1", "2", "3", "4")
    }
    assert len(told) == 1
