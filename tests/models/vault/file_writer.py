"""A writer of files to be killed. Lines: `ready`, then `draft <n> <id>` and `case <n> <id>` once each is durable.

With a third argument it ends itself between a file and what names it. Run by test_file_kills.py.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

from migrant_office.models.attachment import Attachment
from migrant_office.models.vault import drafts
from migrant_office.models.vault.folder import open_office
from tests.factories import DAY, PASSPHRASE, a_person


def main(folder: Path, start: int, *, stop_between: bool) -> None:
    vault = open_office(folder, PASSPHRASE).vault
    say("ready")
    for n in range(start, sys.maxsize):
        id, key = vault.files.keep(f"file {n}".encode() * 900)
        if stop_between:
            os.kill(os.getpid(), signal.SIGKILL)
        body = json.dumps({"attachments": {id: {"key": key.hex()}}})
        drafts.save(vault, drafts.Draft(id=f"d{n}", form="f", subject=f"c{n}", title="", body=body, officer="1"))
        say(f"draft {n} {id}")
        with vault.operation("open", f"c{n}") as op:
            op.put(a_person(f"c{n}"))
            op.put(Attachment(id=id, made=DAY, key=key.hex()))
            drafts.discard(vault, f"d{n}")
        say(f"case {n} {id}")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), stop_between=len(sys.argv) > 3)
