"""The panel beside the questions: why this one is asked, how to ask it, and what not to ask."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QWidget

from migrant_office.i18n import N_, _
from migrant_office.ui.widgets.card import SunkenPanel

WIDTH = 236
HEADINGS = {
    **dict.fromkeys(("Por qué", "Why", "Poukisa"), ""),  # the title of the panel says it
    **dict.fromkeys(("Cómo", "How", "Kijan"), N_("How to ask")),
    **dict.fromkeys(("Evite", "Avoid", "Evite sa"), N_("What not to do")),
}
"""How the parts of a guidance begin in the forms, and what stands over them here."""

_PARTS = re.compile(r"(?:^|\s)(" + "|".join(sorted(HEADINGS, key=len, reverse=True)) + r"):\s")


def sections(guidance: str) -> list[tuple[str, str]]:
    """(heading or "", text) of a guidance; one without our parts is a text alone."""
    pieces = _PARTS.split(guidance)
    found = [("", pieces[0].strip())] if pieces[0].strip() else []
    for heading, text in zip(pieces[1::2], pieces[2::2], strict=True):
        words = HEADINGS[heading]
        found.append((_(words) if words else "", text.strip()[:1].upper() + text.strip()[1:]))
    return found


class HelpPanel(SunkenPanel):
    """Follows the question in focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", width=WIDTH, parent=parent)
        self.tell("", "")

    def tell(self, question: str, guidance: str) -> None:
        self.set_title(_("Why this is asked"))
        parts = sections(guidance)
        if not parts:
            parts = [("", _("Read the question as it stands. No answer is needed to be attended."))]
        self.set_sections([("", question), *parts] if question and guidance else parts)
