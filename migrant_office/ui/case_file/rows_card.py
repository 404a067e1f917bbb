"""A card of rows that open something, with one quiet way to add another under them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.card import Card
from migrant_office.ui.widgets.row import ListRow, RowSpec, RowStyle
from migrant_office.ui.widgets.text import Text


class RowsCard(Card):
    """`opened` carries the key of a row, `add_wanted` comes from the button. A row without a key leads nowhere.

    Without rows the card is only its button: a page of empty cards would hide what there is.
    """

    opened = Signal(object)
    add_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(flush=True, parent=parent)
        self.row_widgets: list[ListRow] = []
        self.add_button = Button("", "quiet", icon="plus")
        self.add_button.clicked.connect(self.add_wanted)
        whole = self.layout()
        if isinstance(whole, QVBoxLayout):
            whole.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_rows(self, title: str, rows: Sequence[RowSpec], *, empty: str, add: str) -> None:
        """Fill the card anew; the focus goes on to the row of the same key. `empty` is the tip when there is none."""
        here = self.window().focusWidget()
        kept = here.spec().key if isinstance(here, ListRow) and here in self.row_widgets else None
        self.clear()
        self.set_title(title if rows else "", len(rows) or None)
        self.setAccessibleName(title)
        self.add_button.setText(add)
        self.add_button.setToolTip("" if rows else empty)
        self.add_button.setAccessibleDescription("" if rows else empty)
        self.row_widgets = []
        for spec in rows:
            row = ListRow(spec, RowStyle(dense=True), openable=spec.key is not None)
            row.opened.connect(self.opened)
            self.row_widgets.append(row)
            self.add(row)
        for before, after in pairwise((*self.row_widgets, self.add_button)):
            QWidget.setTabOrder(before, after)
        for row in self.row_widgets:
            if kept is not None and row.spec().key == kept:
                row.setFocus(Qt.FocusReason.OtherFocusReason)


def said(text: str) -> Text:
    """A quiet sentence with the inset that rows bring themselves."""
    made = Text(text, "hint", "hint", wrap=True)
    made.setContentsMargins(12, 0, 12, 0)
    return made
