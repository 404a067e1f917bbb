"""What happened in the case, the newest first; the older events open in place, so that the page stays short."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from migrant_office.i18n import _
from migrant_office.ui.widgets.card import Card
from migrant_office.ui.widgets.timeline import EventSpec, Timeline

NEWEST = 8  # about as tall as what is open beside it


class HappenedCard(Card):
    """The timeline of one case. Another case begins folded again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.timeline = Timeline(_("What happened"))
        self.add(self.timeline)
        self._case, self._whole = "", False
        self._events: Sequence[EventSpec] = ()
        self.link_clicked.connect(self._turn)

    def show_events(self, case: str, events: Sequence[EventSpec]) -> None:
        if case != self._case:
            self._case, self._whole = case, False
        self._events = events
        self._fill()

    def _turn(self) -> None:
        self._whole = not self._whole
        self._fill()

    def _fill(self) -> None:
        long = len(self._events) > NEWEST
        self.set_title(_("What happened"), len(self._events) if long else None)
        self.set_link((_("Only the newest") if self._whole else _("See everything")) if long else "")
        self.timeline.set_events(self._events if self._whole else self._events[:NEWEST])
