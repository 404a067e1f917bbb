"""The rows of one sheet under the names of its parts, and what can be done with the one under the cursor."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from migrant_office.i18n import _
from migrant_office.services.sheet_wording import Typing, movable, takes_rows
from migrant_office.services.sheets.kinds import WORDINGS
from migrant_office.services.sheets.laying import FRAMED, WordingRow
from migrant_office.ui.sheets import telling
from migrant_office.ui.sheets.wording_list import WordingList, WordRow
from migrant_office.ui.theme.metrics import MEDIUM, SMALL
from migrant_office.ui.widgets.button import Button, IconButton
from migrant_office.ui.widgets.flow_layout import FlowLayout
from migrant_office.ui.widgets.keys import key_words
from migrant_office.ui.widgets.themed import Painted


class RowsPanel(Painted):
    """`wanted` is the row to stand on when rows are shown next."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[WordingRow, ...] = ()
        self.wanted = ""
        self.list = WordingList()
        self.edit = Button("", "primary", icon="pencil", shortcut="Ctrl+E")
        self.add = Button("", icon="plus", shortcut="Ctrl+N")
        self.up, self.down = arrow("arrow-up", shortcut="Alt+Up"), arrow("arrow-down", shortcut="Alt+Down")
        self.gone = Button("", icon="trash", shortcut="Del")
        self.approve = Button("", icon="circle-check", shortcut="Ctrl+M")
        holder = Painted()
        tools = FlowLayout(holder, gap=SMALL)
        for button in (self.edit, self.add, self.approve, self.gone, self.up, self.down):
            tools.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(MEDIUM)
        column.addWidget(self.list, 1)
        column.addWidget(holder)

    def retranslate(self) -> None:
        self.list.setAccessibleName(_("Rows of the sheet"))
        self.edit.setText(_("Change"))
        self.add.setText(_("Add a row"))
        for button, told in ((self.up, _("Move up")), (self.down, _("Move down"))):
            button.set_name(f"{told} ({key_words(button.shortcut().toString())})")
        self.approve.setText(_("Approve…"))
        self.gone.setText(_("Take out"))

    def row(self) -> WordingRow | None:
        """The row under the cursor."""
        key = self.list.chosen_key()
        return next((row for row in self.rows if row.id == key), None)

    def show_rows(self, rows: tuple[WordingRow, ...], typed: dict[str, Typing]) -> None:
        """The rows by part; new ones that are not saved yet stand last in theirs."""
        known = {row.id for row in rows}
        new = [typing.row for typing in typed.values() if typing.row.id not in known]
        self.rows = (*rows, *new)
        shown: list[WordRow] = []
        sections = dict.fromkeys(row.text.section for row in rows)
        for section in sorted(sections, key=lambda name: name == FRAMED):  # the frame, which few change, is last
            shown.append(WordRow(f"#{section}", heading=telling.section(section, rows)))
            shown += [word_row(row, typed.get(row.id)) for row in self.rows if row.text.section == section]
        choose = self.wanted or self.list.chosen_key()
        self.wanted = ""
        self.list.set_rows(shown, choose)

    def tell_tools(self, name: str) -> None:
        """What can be done with the row under the cursor; what cannot says why."""
        row = self.row()
        if row is None:
            return
        framed, section = WORDINGS[name].framed, row.text.section
        fixed = _("The program gives this part its place.")
        self.add.set_available(takes_rows(name, section), fixed)
        run = movable(self.rows, row) if framed else []
        at = next((n for n, each in enumerate(run) if each.id == row.id), -1)
        self.up.setEnabled(at > 0)
        self.down.setEnabled(0 <= at < len(run) - 1)
        back = row.removed or (not row.own and (row.changed or row.moved))
        self.gone.setText(_("Put back") if back else _("Take out"))
        self.gone.set_icon("arrow-back-up" if back else "trash")
        needed = row.needed or not framed
        self.gone.set_available(back or not needed, _("The sheet needs this row. Its words can be changed."))
        readable = row.worded and bool(row.said.ht) and row.said.es != row.said.ht
        unread = readable and not row.said.reviewed
        self.approve.set_available(unread, _("It is approved.") if readable else _("It has no Creole of its own."))


def arrow(icon: str, *, shortcut: str) -> IconButton:
    made = IconButton(icon, "")
    made.setShortcut(QKeySequence(shortcut))
    return made


def word_row(row: WordingRow, typing: Typing | None) -> WordRow:
    """A row as the list shows it; of one that is not saved yet, what was typed."""
    texts = telling.texts(row)
    if typing is not None:
        said = typing.said
        texts = (telling.plain(said.es), telling.plain(said.ht), telling.plain(said.en))
    return WordRow(
        key=row.id,
        texts=texts,
        icon=typing.said.icon if typing else row.said.icon,
        when=telling.when(row.said.condition),
        marks=tuple(telling.marks(row, unsaved=typing is not None)),
        gone=row.removed,
    )
