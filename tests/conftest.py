"""What every test may ask for: the weights, the corpora, and a clear word where they are missing."""

from __future__ import annotations

import os
from collections import Counter
from functools import lru_cache
from pathlib import Path

import hypothesis
import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
NO_CORPORA, NO_WEIGHTS = LEFT_OUT = ("the corpora are not in ", "no weights: ")
DATA = (REPOSITORY / os.environ.get("DATA", "../shared/data")).resolve()

# How long one example takes hangs on what else the machine does: no test fails by it.
hypothesis.settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("unhurried")


@lru_cache(maxsize=1)
def _loaded():
    from onrecord.pipeline import Reader

    return Reader.load()


def _missing(item: pytest.Item) -> str | None:
    if item.get_closest_marker("data") and not (DATA / "polnear" / "dev").is_dir():
        return f"{NO_CORPORA}{DATA} (set DATA)"
    if item.get_closest_marker("model"):
        from onrecord.records import WeightsError

        try:
            _loaded()
        except (WeightsError, ImportError) as error:
            return f"{NO_WEIGHTS}{error}"
    return None


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Without weights or corpora a test is skipped on a developer's machine, and fails where changes are judged."""
    reason = _missing(item)
    if reason is None:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say at the end what was left out, since dots do not."""
    reasons = Counter(
        report.longrepr[2].removeprefix("Skipped: ")
        for report in terminalreporter.getreports("skipped")
        if isinstance(report.longrepr, tuple) and report.longrepr[2].removeprefix("Skipped: ").startswith(LEFT_OUT)
    )
    for reason, number in reasons.items():
        terminalreporter.write_sep("*", f"{number} TESTS SKIPPED", yellow=True, bold=True)
        terminalreporter.write_line(reason)


@pytest.fixture(scope="session")
def reader():
    """The reader with its real weights, loaded once. Goes with the marker `model`."""
    return _loaded()


@pytest.fixture(scope="session")
def data() -> Path:
    """Folder of the corpora. Goes with the marker `data`."""
    return DATA
