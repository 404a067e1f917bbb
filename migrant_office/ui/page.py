"""What every place of the window shares: it reads when it comes to the front and again when something changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from migrant_office.models.survey import Manner
from migrant_office.models.vault.operation import Done
from migrant_office.services.surveys import About
from migrant_office.ui.operations import Operations
from migrant_office.ui.theme.metrics import BODY_WIDTH, LARGE, PAGE
from migrant_office.ui.widgets.reading_order import go_on
from migrant_office.ui.widgets.themed import Painted


@dataclass(frozen=True, slots=True)
class IntakeWish:
    """A form to begin: "intake", "quick" or "family" for somebody new; with `case` the intake of somebody known, with
    `about` too a survey, answered in this manner. `ticket` is the number of the queue that the person came with.
    """

    form: str = "intake"
    case: str = ""
    ticket: str = ""
    about: About | None = None
    manner: Manner = Manner.DESK


class Page(Painted):
    """One place. Wishes go up as signals; the main window knows who answers them.

    `case_wanted` an id of a case · `intake_wanted` a draft to go on with or an `IntakeWish` · `said` a sentence
    for the toast · `place_wanted` the key of a place.
    """

    case_wanted = Signal(str)
    intake_wanted = Signal(object)
    said = Signal(str)
    place_wanted = Signal(str)
    first: QWidget | None = None
    """What gets the keyboard; no focus proxy, which would take its neighbours out of the round of Tab."""

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.operations = operations
        outer = QVBoxLayout(self)
        outer.setContentsMargins(PAGE, LARGE, PAGE, LARGE)
        outer.setSpacing(LARGE)
        self.column = outer
        operations.changed.connect(self._hear)

    def tools(self) -> Sequence[QWidget]:
        """What stands at the right of the top bar while this page is in front."""
        return ()

    def watched(self) -> tuple[str, ...]:
        """The nouns whose change makes this page read again; none means all."""
        return ()

    def read(self) -> None:
        """Ask the office again and show it."""

    def come_forward(self) -> None:
        """The page is shown: read, for another place may have changed what it shows."""
        self.read()

    def leave(self) -> None:
        """Another page comes to the front: keep what is being typed."""

    def take_focus(self) -> None:
        """The keyboard comes here: to the page's own first thing."""
        (self.first or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return go_on(self, forward=forward) or super().focusNextPrevChild(forward)

    def panels(self) -> Sequence[QWidget]:
        """Where F6 goes, in reading order."""
        return (self,)

    def _hear(self, done: Done) -> None:
        if self.watched() and not done.touches(*self.watched()):
            return
        if self.isVisible():
            self.read()


class ScrolledPage(Page):
    """A page that scrolls when the window is small; what it holds never grows wider than reading allows."""

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.body = QFrame()
        self.body.setMaximumWidth(BODY_WIDTH + 2 * PAGE)
        self.rows = QVBoxLayout(self.body)
        self.rows.setContentsMargins(PAGE, LARGE, PAGE, LARGE)
        self.rows.setSpacing(LARGE)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(self.body)
        area.viewport().setAutoFillBackground(False)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # nothing to do there by key but to scroll, which focus does
        self.body.setProperty("plate", "none")
        self.body.setAutoFillBackground(False)
        self.column.addWidget(area)
