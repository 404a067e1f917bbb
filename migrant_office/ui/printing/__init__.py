"""Paper from the window: a PDF as pictures, on a printer, or in a file. Everything here takes bytes and no office."""

from __future__ import annotations

import sys

from migrant_office.ui.printing.cups import Cups
from migrant_office.ui.printing.jobs import Job, NoPrinter, Printer, PrintFailed, Spooler
from migrant_office.ui.printing.painted import Painted
from migrant_office.ui.printing.rendering import PDFIUM, POINTS, Leaves, pages, picture
from migrant_office.ui.printing.saving import where_to, write

__all__ = [
    "PDFIUM",
    "POINTS",
    "Job",
    "Leaves",
    "NoPrinter",
    "PrintFailed",
    "Printer",
    "Spooler",
    "pages",
    "picture",
    "spooler",
    "where_to",
    "write",
]


def spooler() -> Spooler:
    """CUPS wherever it may be; Qt's own way where it cannot."""
    return Painted() if sys.platform == "win32" else Cups()
