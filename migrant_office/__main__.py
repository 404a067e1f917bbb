"""`python -m migrant_office`, and the console script."""

from __future__ import annotations

import sys

from migrant_office.cli import run


def main() -> None:
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
