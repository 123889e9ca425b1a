"""``python -m onrecord`` and the console script ``onrecord``."""

from __future__ import annotations

from onrecord.cli import cli


def main() -> None:
    """Run the command line. The name is fixed, so that messages read the same however it was started."""
    cli(prog_name="onrecord")


if __name__ == "__main__":
    main()
