"""How a sheet is asked for, and what is answered."""

from __future__ import annotations

from dataclasses import dataclass

from migrant_office.models.sheet.paper import Paper
from migrant_office.models.sheet_print import SheetKind

BOTH, ENGLISH, SPANISH = ("es", "ht"), ("es", "en"), ("es", "es")
LANGUAGES = (BOTH, ENGLISH, SPANISH)
"""What can stand in the two columns; the last is Spanish alone, across both."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The languages from left to right; the paper, the office's own when None; `tagged` for a copy that is read on a
    screen or aloud, with its reading order and languages marked.
    """

    languages: tuple[str, str] = BOTH
    paper: Paper | None = None
    tagged: bool = False


USUAL = Choice()


@dataclass(frozen=True, slots=True)
class MadeSheet:
    """A sheet as PDF bytes. `name` is a file name without ending that says nothing of a person; `version` that of the
    wording; `draft`: some Creole on it was approved by nobody; `pages`: how many. `referral` is the one whose sheet it
    is: who takes a consent back learns which papers are out.
    """

    pdf: bytes
    kind: SheetKind
    name: str
    languages: tuple[str, ...]
    version: str
    draft: bool
    pages: int
    referral: str = ""
