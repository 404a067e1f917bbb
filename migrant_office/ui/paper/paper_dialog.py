"""The one dialog for every sheet: made on the office's thread, shown, put into other languages, printed, saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from migrant_office.errors import UserError
from migrant_office.i18n import N_, _
from migrant_office.models.office import Office
from migrant_office.models.sheet import LANGUAGES, MadeSheet, Paper
from migrant_office.models.sheet import Choice as SheetChoice
from migrant_office.services import office_settings, sheet_prints
from migrant_office.ui.operations import Operations
from migrant_office.ui.paper.preview import PreviewDialog
from migrant_office.ui.widgets.field import Choice
from migrant_office.ui.widgets.marks import Chip

Make: TypeAlias = Callable[[Office, SheetChoice], MadeSheet]

NAMES = {"es": "Español", "ht": "Kreyòl", "en": "English"}  # as their readers write them
PAPERS = {Paper.LETTER: N_("Letter paper"), Paper.A4: N_("A4"), Paper.OFICIO: N_("Oficio paper")}


class PaperDialog(PreviewDialog):
    """Opens at once and has `make` make the sheet, again whenever languages or paper change; the latest answer wins.

    `languages` are those that may be chosen; with a single one nothing is asked. `papers`: it fits the papers of an
    office; else its own size is kept. What was printed or saved is noted by
    kind, languages and version, never for whom. A saved copy is the tagged one, which a screen reader can read aloud.
    """

    def __init__(
        self,
        operations: Operations,
        make: Make,
        title: str,
        parent: QWidget | None = None,
        *,
        languages: Sequence[tuple[str, str]] = LANGUAGES,
        papers: bool = True,
    ) -> None:
        self.language, self.paper = Choice(), Choice()
        self.draft = Chip(_("Translation not reviewed"), "warn", "alert-triangle")
        super().__init__(title, parent)
        self.operations, self.make = operations, make
        self.languages = languages
        self.made: MadeSheet | None = None
        self._asked = 0
        self.draft.hide()
        self.language.setAccessibleName(_("Languages of the sheet"))
        self.language.set_choices(
            [(" ".join(pair), language_words(pair)) for pair in languages], " ".join(languages[0])
        )
        self.language.setVisible(len(languages) > 1)
        self.paper.setAccessibleName(_("Paper"))
        self.paper.setVisible(papers)
        self.paper.set_choices([(paper.name, _(words)) for paper, words in PAPERS.items()], empty=_("Paper"))
        for choice in (self.language, self.paper):
            choice.currentIndexChanged.connect(lambda _i: self._ask())
        self.left.connect(self._note)
        self._ask()

    def choices(self) -> list[QWidget]:
        return [self.language, self.paper]

    def marks(self) -> list[QWidget]:
        return [self.draft]

    def choice(self, *, tagged: bool = False) -> SheetChoice:
        """How the sheet is wanted now."""
        left, right = self.language.value().split()
        paper = Paper[self.paper.value()] if self.paper.value() else None
        return SheetChoice((left, right), paper, tagged)

    # making

    def _ask(self) -> None:
        self._asked += 1
        number, choice, make = self._asked, self.choice(), self.make
        self.tell_trouble("")
        self.wait(_("Making the sheet…"), leaving=False)

        def failed(error: UserError) -> None:
            if number == self._asked:
                self.made = None
                self.draft.hide()
                self.show_nothing()
                self.tell_error(error)

        def work(office: Office) -> tuple[MadeSheet, Paper]:
            return make(office, choice), choice.paper or office_settings.paper_of(office)

        self.operations.ask(self, work, self._take, key="paper", failed=failed)

    def _take(self, answer: tuple[MadeSheet, Paper]) -> None:
        made, paper = answer
        self.made = made
        with QSignalBlocker(self.paper):  # the office's own, now that it is known
            self.paper.setCurrentIndex(self.paper.findData(paper.name))
        self.draft.setVisible(made.draft)
        self.show_pdf(made.pdf, f"{made.name}.pdf", _(made.kind.label))

    def digital(self, then: Callable[[bytes], None]) -> None:
        choice, make = self.choice(tagged=True), self.make
        self.operations.ask(self, lambda office: make(office, choice).pdf, then, failed=self.tell_error)

    def _note(self, copies: int) -> None:
        made = self.made
        if made is not None:
            self.operations.run(self, lambda office: sheet_prints.left(office, made, copies))


def language_words(pair: tuple[str, str]) -> str:
    """What stands in the two columns, in the languages themselves."""
    left, right = pair
    return f"{NAMES[left]} · {NAMES[right]}" if left != right else _("{language} only").format(language=NAMES[left])
