"""Looks for slips in files of Haitian Creole text, line by line (`migrant_office/creole.py`).

python packaging/creole_lint.py TEXTFILE...
"""

from __future__ import annotations

import sys
from pathlib import Path

from migrant_office.creole import allowed, findings, lost_accents

__all__ = ["GLOSSARY", "allowed", "findings", "lost_accents"]
GLOSSARY = Path(__file__).resolve().parent.parent / "resources" / "i18n" / "glossary.csv"

if __name__ == "__main__":
    failed = False
    for name in sys.argv[1:]:
        for number, line in enumerate(Path(name).read_text(encoding="utf-8").splitlines(), 1):
            for finding in findings(line):
                failed = True
                print(f"{name}:{number}: {finding}")
    sys.exit(failed)
