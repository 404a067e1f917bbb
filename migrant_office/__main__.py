"""`python -m migrant_office`, and the console script."""

from __future__ import annotations

import multiprocessing
import sys


def main() -> None:
    try:
        from migrant_office.cli import run  # late: stopping the program while it loads is no traceback either

        sys.exit(run(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    multiprocessing.freeze_support()  # the audit is a process of its own, also of a frozen program
    main()
