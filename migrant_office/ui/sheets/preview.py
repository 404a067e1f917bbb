"""The sheet as it will be printed, beside its rows, with what is being typed."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from migrant_office.errors import UserError
from migrant_office.i18n import _, ngettext
from migrant_office.models.office import Office
from migrant_office.models.sheet import LANGUAGES, MadeSheet
from migrant_office.models.sheet import Choice as SheetChoice
from migrant_office.services import sheet_samples
from migrant_office.services.sheet_wording import Typing
from migrant_office.ui.operations import Operations
from migrant_office.ui.paper.pages_view import PagesView
from migrant_office.ui.paper.paper_dialog import language_words
from migrant_office.ui.paper.spread import FIT, ZOOMS
from migrant_office.ui.printing import Leaves
from migrant_office.ui.theme.metrics import SMALL
from migrant_office.ui.widgets.button import IconButton
from migrant_office.ui.widgets.field import Choice
from migrant_office.ui.widgets.text import Text
from migrant_office.ui.widgets.themed import Painted

PAUSE = 400  # ms after the last letter


class Preview(Painted):
    """Made again a moment after the last change, on the office's thread; the latest answer wins. `refused` carries why
    what is being typed cannot be printed, None when it can; the pages before stay in sight meanwhile.
    """

    refused = Signal(object)

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.operations = operations
        self.name, self.typing, self.made = "", None, None  # type: str, Typing | None, MadeSheet | None
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(PAUSE)
        self.timer.timeout.connect(self.make)
        self.language = Choice()
        self.language.set_choices(
            [(" ".join(pair), language_words(pair)) for pair in LANGUAGES], " ".join(LANGUAGES[0])
        )
        self.language.currentIndexChanged.connect(lambda _i: self.make())
        self.smaller, self.larger = IconButton("minus", ""), IconButton("plus", "")
        self.about = Text("", "hint", "hint", wrap=True)
        self.pages = PagesView()
        for button, step in ((self.smaller, -1), (self.larger, 1)):
            button.clicked.connect(lambda _checked=False, step=step: self.pages.step_zoom(step))
        self.pages.zoomed.connect(self._tell_zoom)
        self._lay_out()
        self._tell_zoom(FIT)

    def _lay_out(self) -> None:
        above = QHBoxLayout()
        above.setSpacing(SMALL)
        above.addWidget(self.language, 1)
        above.addWidget(self.smaller)
        above.addWidget(self.larger)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addLayout(above)
        column.addWidget(self.pages, 1)
        column.addWidget(self.about)

    def choice(self) -> SheetChoice:
        left, right = self.language.value().split()
        return SheetChoice((left, right))

    def show_sheet(self, name: str, typing: Typing | None = None) -> None:
        """Another sheet at once."""
        self.name, self.typing = name, typing
        self.make()

    def soon(self, typing: Typing | None) -> None:
        """What stands in the fields now; it is made when typing stops."""
        self.typing = typing
        self.timer.start()

    def make(self) -> None:
        self.timer.stop()
        if not self.name or (self.isHidden() and self.typing is None):
            return  # what is being typed is looked at in any case: the form says whether it can be printed
        name, typing, choice = self.name, self.typing, self.choice()

        def work(office: Office) -> MadeSheet | None:
            return sheet_samples.preview(office, name, typing, choice)

        self.operations.ask(self, work, self._show, key="sheet-preview", failed=self._failed)

    def _show(self, made: MadeSheet | None) -> None:
        self.made = made
        self.pages.wait("" if made else _("This sheet is only made for a case."))
        self.pages.show_leaves(Leaves(made.pdf) if made else None)
        self.refused.emit(None)
        if made:
            told = ngettext("{count} page", "{count} pages", made.pages).format(count=made.pages)
            self.about.setText(_("Sample with invented facts: {pages}.").format(pages=told))

    def _failed(self, error: UserError) -> None:
        self.refused.emit(error)

    def _tell_zoom(self, zoom: int) -> None:
        self.smaller.setEnabled(zoom != ZOOMS[0])
        self.larger.setEnabled(zoom != ZOOMS[-1])

    def retranslate(self) -> None:
        self.language.setAccessibleName(_("Languages of the sheet"))
        self.smaller.set_name(_("Smaller"))
        self.larger.set_name(_("Larger"))
        self.pages.setAccessibleName(_("Preview of the sheet"))
