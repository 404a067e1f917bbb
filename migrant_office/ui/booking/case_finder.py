"""Find another case file inside a dialog: a field, and the few who are found; one of them is chosen."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from migrant_office import clock
from migrant_office.i18n import _
from migrant_office.services import people
from migrant_office.services.people import PersonLine
from migrant_office.ui import words
from migrant_office.ui.operations import Operations
from migrant_office.ui.widgets.card import empty
from migrant_office.ui.widgets.field import LabelledField, LineField
from migrant_office.ui.widgets.row import ListRow, RowSpec, RowStyle
from migrant_office.ui.widgets.text import Text

SHOWN_HITS, FEWER_HITS = 6, 4  # who sees more types another letter


class CaseFinder(QWidget):
    """`taken` are the ids of cases that are not offered; `filled` says that the rows are new; `changed` carries who is
    chosen, or the only one found, or None.

    With a `label` the field is one of several of its dialog: fewer are shown, and the others go once one is chosen.
    """

    filled = Signal()
    changed = Signal(object)

    def __init__(
        self,
        operations: Operations,
        taken: Collection[str] = (),
        help_text: str = "",
        *,
        label: str = "",
        optional: str = "",
    ) -> None:
        super().__init__()
        self.operations, self.taken, self.among_others = operations, frozenset(taken), bool(label)
        self.hits: list[PersonLine] = []
        self.chosen: PersonLine | None = None
        asked = _("Name, phone or case file number")
        self.search = LineField(placeholder=asked if label else "")
        self.field = LabelledField(label or asked, self.search, help_text=help_text, optional=optional)
        self.found = QVBoxLayout()
        self.found.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.field)
        column.addLayout(self.found)
        self.search.textEdited.connect(self._search)

    def _search(self, text: str) -> None:
        self.chosen = None
        self.field.warn("")
        self.operations.ask(
            self, lambda office: people.search(office, text), lambda hits: self._show(text, hits), key="find-case"
        )

    def _show(self, text: str, hits: Sequence[PersonLine]) -> None:
        most = FEWER_HITS if self.among_others else SHOWN_HITS
        self.hits = [hit for hit in hits if hit.id not in self.taken][:most]
        self._fill()
        if text.strip() and not self.hits:
            self.found.addWidget(Text(_("Nobody else found with these words."), "hint", "hint", wrap=True))
        self.changed.emit(self.person())

    def _fill(self) -> None:
        empty(self.found)
        before: QWidget = self.search
        alone = self.among_others and self.chosen is not None
        for hit in (hit for hit in self.hits if not alone or hit == self.chosen):
            row = ListRow(row_of(hit, chosen=hit == self.chosen), RowStyle(dense=True))
            row.setAccessibleDescription(_("chosen") if hit == self.chosen else "")
            row.opened.connect(self.choose)
            self.found.addWidget(row)
            QWidget.setTabOrder(before, row)
            before = row
            if hit == self.chosen:
                row.setFocus(Qt.FocusReason.OtherFocusReason)
        self.last = before
        self.filled.emit()

    def choose(self, id: object) -> None:
        """Take one of those found."""
        self.chosen = next((hit for hit in self.hits if hit.id == id), None)
        self.field.warn("")
        self._fill()
        self.changed.emit(self.person())

    def person(self) -> PersonLine | None:
        """Whoever was chosen, or the only one found."""
        return self.chosen or (self.hits[0] if len(self.hits) == 1 else None)

    def written(self) -> bool:
        return bool(self.search.text().strip())

    def answer(self) -> PersonLine | None:
        """Whoever was chosen, or the only one found; with neither it is said what is missing."""
        chosen = self.person()
        if chosen is None:
            self.field.warn(_("Choose one of the people found."))
            self.search.setFocus()
        return chosen


def row_of(hit: PersonLine, *, chosen: bool) -> RowSpec:
    told = words.person_hint(hit.age, hit.nationality, None, clock.today())
    return RowSpec(
        hit.id,
        hit.name or _("No name noted"),
        f"{told}  ·  {hit.number}",
        anchor_icon="circle-check-filled" if chosen else "circle",
        anchor_tone="blue" if chosen else "hint",
        strong=chosen,
    )
