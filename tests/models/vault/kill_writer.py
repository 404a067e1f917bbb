"""A writer to be killed: opens the office, says what it finds, then writes and acknowledges each thing on its output.

Lines: `ready`, then `op <n>` and `draft <n>` once each is durable. Run by test_kills.py with the folder as argument.
"""

from __future__ import annotations

import sys
from pathlib import Path

from migrant_office.models.restricted import Protection
from migrant_office.models.vault import drafts
from migrant_office.models.vault.folder import open_office
from tests.factories import PASSPHRASE, a_person, a_referral, edit, person


def main(folder: Path, start: int) -> None:
    vault = open_office(folder, PASSPHRASE).vault
    say("ready")
    n = start
    while True:
        with vault.operation("open", f"case-{n}") as op:
            op.put(a_person(f"case-{n}", given=f"Rose {n}"))
            op.put(a_referral(id=f"r-{n}"))
            op.put(Protection(id=f"case-{n}", kept=True))
        edit(vault, person(vault, f"case-{n}"), phone=f"+56 9 {n:07}")
        say(f"op {n}")
        drafts.save(vault, drafts.Draft(id="d", form="f", subject="s", title="", body=str(n) * 400, officer="1"))
        say(f"draft {n}")
        n += 1


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
