"""Writes docs/licences.md: every package that an installed onrecord may bring along, and its licence. A test compares the two.

The packages are those that uv.lock reaches from onrecord and its extras, on Linux, macOS and Windows. Their licences are what
their own metadata state, as SPDX expressions; where these name only a family, tools/licences.toml has what the licence file
says. A package whose licence is in neither, or is none that may stand beside onrecord's own, is an error.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib import metadata
from itertools import product
from pathlib import Path
from typing import Any

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.markers import Marker

REPOSITORY = Path(__file__).resolve().parent.parent
PAGE = REPOSITORY / "docs" / "licences.md"
BY_HAND = Path(__file__).with_suffix(".toml")
SYSTEMS = (("linux", "Linux"), ("darwin", "Darwin"), ("win32", "Windows"))
PYTHONS = ("3.11", "3.12", "3.13")
BASE = "onrecord"

WORDS = {
    "3-clause bsd license": "BSD-3-Clause",
    "apache 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "isc license": "ISC",
    "isc license (iscl)": "ISC",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "the bsd 2-clause license": "BSD-2-Clause",
}
"""What packages write for a licence that SPDX calls otherwise, in small letters."""

WELCOME = frozenset(
    "0BSD Apache-2.0 BSD-2-Clause BSD-3-Clause CC0-1.0 CNRI-Python ISC MIT MPL-1.1 MPL-2.0 PSF-2.0 Zlib".split()
)
"""Licences whose packages a program under the Apache License may depend on without its own users' owing more than notices, and
the source of changed files (MPL). Of alternatives (`OR`) one must be among them, of several that hold together (`AND`) all."""

HEAD = """\
# Licences of what onrecord needs

Written by `make sbom` from `uv.lock` and the packages' own metadata: change it there. onrecord itself is under the Apache License
2.0. None of these packages is part of its wheel: an installer fetches them. `pip install .` brings those whose last column
says "onrecord", an extra the others. Platforms differ: some come on Windows alone, or with older Pythons.

What came from others and lies inside the wheel (weights, an outline of the world, codes of events) is told in `NOTICE`.
"""


class LicenceError(Exception):
    """A licence that is unknown, unwelcome or told wrongly."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing; fail where the page is not up to date")
    check = parser.parse_args().check
    try:
        text = page()
    except LicenceError as error:
        print(error, file=sys.stderr)
        return 1
    if check:
        current = PAGE.exists() and PAGE.read_text(encoding="utf-8") == text
        print(f"{PAGE.relative_to(REPOSITORY)}: {'up to date' if current else 'stale; run `make sbom`'}")
        return 0 if current else 1
    PAGE.write_text(text, encoding="utf-8")
    print(f"wrote {PAGE.relative_to(REPOSITORY)}")
    return 0


def page() -> str:
    """The whole page. `LicenceError` tells all that is wrong at once."""
    lock = tomllib.loads((REPOSITORY / "uv.lock").read_text(encoding="utf-8"))
    told, needed = by_hand(), needed_by(lock)
    rows, wrong = [], [f"{name}: in {BY_HAND.name}, but nothing needs it" for name in sorted(set(told) - set(needed))]
    for name, parts in sorted(needed.items()):
        try:
            rows.append(f"| {name} | {licence_of(name, told)} | {', '.join(parts)} |")
        except LicenceError as error:
            wrong.append(str(error))
    if wrong:
        raise LicenceError("\n".join(wrong))
    return "\n".join([HEAD, "| package | licence | comes with |", "| --- | --- | --- |", *rows]) + "\n"


def by_hand() -> dict[str, str]:
    """Licences of packages whose metadata name none."""
    return tomllib.loads(BY_HAND.read_text(encoding="utf-8"))


def needed_by(lock: Mapping[str, Any]) -> dict[str, list[str]]:
    """Of each package the parts of onrecord that need it: onrecord itself, which then is enough, else its extras."""
    packages: dict[str, list[dict[str, Any]]] = {}
    for package in lock["package"]:
        packages.setdefault(package["name"], []).append(package)
    (own,) = packages[BASE]
    parts = {BASE: own["dependencies"], **own.get("optional-dependencies", {})}
    needed: dict[str, list[str]] = {}
    for part, first in parts.items():
        for name in reached(first, packages):
            if needed.get(name) != [BASE]:
                needed.setdefault(name, []).append(part)
    return needed


def reached(first: Iterable[Mapping[str, Any]], packages: Mapping[str, list[dict[str, Any]]]) -> set[str]:
    """Names of packages that the first ones need, they themselves included, whatever the number of steps."""
    seen: set[tuple[str, str]] = set()
    waiting = list(first)
    while waiting:
        dependency = waiting.pop()
        if not holds_somewhere(dependency.get("marker")):
            continue
        for extra in ("", *dependency.get("extra", ())):
            if (dependency["name"], extra) in seen:
                continue
            seen.add((dependency["name"], extra))
            for package in packages[dependency["name"]]:
                waiting += (
                    package.get("optional-dependencies", {}).get(extra, [])
                    if extra
                    else package.get("dependencies", [])
                )
    return {name for name, _ in seen}


def holds_somewhere(marker: str | None) -> bool:
    """Whether a dependency counts on any system and Python that onrecord is for."""
    return marker is None or any(
        Marker(marker).evaluate(
            {
                "sys_platform": platform,
                "platform_system": system,
                "python_version": python,
                "python_full_version": f"{python}.9",
            }
        )
        for (platform, system), python in product(SYSTEMS, PYTHONS)
    )


def licence_of(name: str, read: Mapping[str, str]) -> str:
    """The SPDX expression of an installed package's licence. `read`: those that were read by hand."""
    try:
        stated = next(expressions(metadata.metadata(name)), None)
    except metadata.PackageNotFoundError:
        stated = None
    told = read.get(name)
    if stated and told:
        raise LicenceError(f"{name}: states {stated} itself: leave it out of {BY_HAND.name}")
    licence = stated or told
    if licence is None:
        raise LicenceError(f"{name}: its licence is unknown; read its licence file and add it to {BY_HAND.name}")
    if not is_welcome(licence):
        raise LicenceError(f"{name}: {licence} is no licence that onrecord may depend on")
    return licence


def expressions(stated: metadata.PackageMetadata) -> Iterator[str]:
    """What a package's metadata say of its licence, the most exact first, as far as SPDX knows it."""
    classifiers = [c.rpartition(" :: ")[2] for c in stated.get_all("Classifier") or () if c.startswith("License ::")]
    for words in (*(stated.get_all("License-Expression") or ()), *(stated.get_all("License") or ()), *classifiers):
        try:
            yield str(canonicalize_license_expression(WORDS.get(words.strip().lower(), words)))
        except InvalidLicenseExpression:
            continue


def is_welcome(licence: str) -> bool:
    """Whether the terms of an expression can be met: no brackets are known, and ``AND`` binds more than ``OR``."""
    return any(
        all(term.strip() in WELCOME for term in re.split(r"\bAND\b", choice)) for choice in re.split(r"\bOR\b", licence)
    )


if __name__ == "__main__":
    sys.exit(main())
