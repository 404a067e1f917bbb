"""Finds one open case by name, phone or folio, inside a dialog."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from migrant_office import clock
from migrant_office.i18n import _
from migrant_office.services import people
from migrant_office.services.people import PersonLine
from migrant_office.ui import words
from migrant_office.ui.operations import Operations
from migrant_office.ui.theme.metrics import SMALL
from migrant_office.ui.widgets.card import empty
from migrant_office.ui.widgets.field import LabelledField, LineField
from migrant_office.ui.widgets.row import ListRow, RowSpec, RowStyle
from migrant_office.ui.widgets.text import Text
from migrant_office.ui.widgets.themed import Painted

SHOWN = 4  # who sees more types another letter


class PersonFinder(Painted):
    """`changed` carries the person chosen, or None while none is. The only one found counts as chosen."""

    changed = Signal(object)

    def __init__(
        self, operations: Operations, label: str, *, hint: str = "", optional: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.operations = operations
        self.hits: list[PersonLine] = []
        self.chosen: PersonLine | None = None
        self.search = LineField(placeholder=_("Name, phone or case file number"))
        self.field = LabelledField(label, self.search, help_text=hint, optional=optional)
        self.found = QVBoxLayout()
        self.found.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addWidget(self.field)
        column.addLayout(self.found)
        self.search.textEdited.connect(self._search)

    def person(self) -> PersonLine | None:
        return self.chosen or (self.hits[0] if len(self.hits) == 1 else None)

    def written(self) -> bool:
        return bool(self.search.text().strip())

    def warn(self, text: str) -> None:
        self.field.warn(text)

    def _search(self, text: str) -> None:
        self.chosen = None
        self.field.warn("")
        self.operations.ask(
            self, lambda office: people.search(office, text), lambda hits: self._show(text, hits), key="find-person"
        )

    def _show(self, text: str, hits: Sequence[PersonLine]) -> None:
        self.hits = list(hits[:SHOWN])
        self._fill()
        if text.strip() and not self.hits:
            self.found.addWidget(Text(_("Nobody else found with these words."), "hint", "hint", wrap=True))
        self.changed.emit(self.person())

    def _fill(self) -> None:
        empty(self.found)
        before: QWidget = self.search
        for hit in (self.chosen,) if self.chosen else self.hits:  # the others have left: room for what comes next
            here = self.person() is hit
            told = words.person_hint(hit.age, hit.nationality, None, clock.today())
            spec = RowSpec(
                hit.id,
                hit.name or _("No name noted"),
                f"{told}  ·  {hit.number}",
                anchor_icon="circle-check-filled" if here else "circle",
                anchor_tone="blue" if here else "hint",
                strong=here,
            )
            row = ListRow(spec, RowStyle(dense=True))
            row.setAccessibleDescription(_("chosen") if here else "")
            row.opened.connect(self.choose)
            self.found.addWidget(row)
            QWidget.setTabOrder(before, row)
            before = row
            if here and self.chosen:
                row.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, id: object) -> None:
        """Take one of those found."""
        self.chosen = next((hit for hit in self.hits if hit.id == id), None)
        self.field.warn("")
        self._fill()
        self.changed.emit(self.person())
