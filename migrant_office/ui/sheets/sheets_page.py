"""Hojas: the sheets of the city, the rows of one with their languages side by side, and the page as it is printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from migrant_office.errors import UserError
from migrant_office.i18n import N_, _
from migrant_office.models.office import Office
from migrant_office.models.office_setting import OfficeSetting
from migrant_office.models.sheet import Choice, MadeSheet
from migrant_office.models.sheet_print import SheetKind
from migrant_office.models.vault.operation import Done
from migrant_office.services import office_settings, sheet_samples, sheet_typing, sheet_wording
from migrant_office.services.plain_sheet import plain_sheet
from migrant_office.services.sheet_wording import SheetLine, Typing
from migrant_office.services.sheets.kinds import PLAIN
from migrant_office.services.sheets.laying import WordingRow
from migrant_office.ui.operations import Operations
from migrant_office.ui.page import Page
from migrant_office.ui.paper.paper_dialog import PaperDialog
from migrant_office.ui.sheets import telling
from migrant_office.ui.sheets.dialogs import ApproveDialog, PrintSettings
from migrant_office.ui.sheets.preview import Preview
from migrant_office.ui.sheets.row_form import RowForm
from migrant_office.ui.sheets.rows_panel import RowsPanel
from migrant_office.ui.theme.metrics import COLUMN_GAP
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.card import Card
from migrant_office.ui.widgets.marks import MarkSpec
from migrant_office.ui.widgets.page_header import PageHeader
from migrant_office.ui.widgets.row import RowSpec, RowStyle
from migrant_office.ui.widgets.row_list import RowList

SHEETS, ROWS, PAGES = 236, 430, 320  # px of the three columns at 100 %, at least
WAS_SAVED = N_("Saved. Ctrl Z takes it back.")


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows: the sheets, the rows of one, and what waits unsaved, by the id of its row."""

    sheets: tuple[SheetLine, ...]
    name: str
    rows: tuple[WordingRow, ...]
    typed: dict[str, Typing]


class SheetsPage(Page):
    """Sheets at the left, rows or the form of one in the middle, the preview at the right, which `F3` hides."""

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        self.shown: Shown | None = None
        self.form: RowForm | None = None
        self._hidden: bool | None = None  # what F3 has said; None: as the window has room
        self.header = PageHeader("")
        self.settings, self.print = Button("", icon="settings"), Button("", icon="printer", shortcut="Ctrl+P")
        self.look = Button("", icon="eye", shortcut="F3")
        for button, act in ((self.settings, self._settings), (self.look, self._toggle), (self.print, self._print)):
            button.clicked.connect(act)
            self.header.add(button)
        self.list = RowList("", RowStyle(dense=True), uniform=False)
        self.list.chosen.connect(self._choose_sheet)
        self.side = Card(flush=True)
        self.side.add(self.list, 1)
        self.rows = RowsPanel()
        self.middle = QStackedWidget()
        self.middle.addWidget(self.rows)
        self.preview = Preview(operations)
        card = Card()
        card.add(self.middle, 1)
        columns = QHBoxLayout()
        columns.setSpacing(COLUMN_GAP)
        columns.addWidget(self.side)
        card.setMinimumWidth(0)
        columns.addWidget(card, 60)
        columns.addWidget(self.preview, 40)
        self.column.addWidget(self.header)
        self.column.addLayout(columns, 1)
        self.first = self.list
        self._connect()
        self.retranslate()
        self._fit()

    def _connect(self) -> None:
        panel = self.rows
        panel.list.opened.connect(lambda _key: self.edit())
        panel.list.chosen.connect(lambda _key: self._tell_tools())
        for button, act in (
            (panel.edit, self.edit),
            (panel.add, self.add),
            (panel.up, lambda: self._move(-1)),
            (panel.down, lambda: self._move(1)),
            (panel.gone, self._remove),
            (panel.approve, self._approve),
        ):
            button.clicked.connect(act)
        self.preview.refused.connect(self._refused)

    def panels(self) -> Sequence[QWidget]:
        return (self.list, self.form.first() if self.form else self.rows.list, self.preview.pages)

    def watched(self) -> tuple[str, ...]:
        return ("sheet_row", "text_review", "office_setting", "service")

    def retranslate(self) -> None:
        self.header.set_texts(_("Sheets"))
        self.settings.setText(_("How this office prints…"))
        self.print.setText(_("Print this sheet…"))
        self.list.setAccessibleName(_("Sheets"))
        self.rows.retranslate()
        self.preview.retranslate()
        self._tell_look()
        if self.shown:
            self._show(self.shown)

    # reading

    def read(self) -> None:
        name = self.shown.name if self.shown else ""
        self.operations.ask(self, lambda office: read(office, name), self._show, key="sheets")

    def leave(self) -> None:
        if self.form:
            self.form.keep()

    def _show(self, shown: Shown) -> None:
        self.shown = shown
        blocked = self.list.blockSignals(True)
        self.list.set_rows([sheet_row(line) for line in shown.sheets], choose=shown.name)
        self.list.blockSignals(blocked)
        self.rows.show_rows(shown.rows, shown.typed)
        self._tell_tools()
        self.preview.show_sheet(shown.name, self.form.typing() if self.form else None)

    def _choose_sheet(self, name: object) -> None:
        if isinstance(name, str) and self.shown and name != self.shown.name:
            self._close_form()
            self.operations.ask(self, lambda office: read(office, name), self._show, key="sheets")

    def _now(self) -> tuple[str, WordingRow] | None:
        """The sheet and the row under the cursor."""
        row = self.rows.row()
        return (self.shown.name, row) if self.shown and row else None

    def _tell_tools(self) -> None:
        if self.shown:
            self.rows.tell_tools(self.shown.name)

    # writing

    def edit(self) -> None:
        """Open the row under the cursor with what was typed there and not saved."""
        if (now := self._now()) and self.shown:
            name, row = now
            typing = self.shown.typed.get(row.id) or Typing(row, said_of(row))
            self._open_form(name, typing, new=row.id not in {each.id for each in self.shown.rows})

    def add(self) -> None:
        if now := self._now():
            name, row = now
            self.operations.ask(
                self,
                lambda office: sheet_wording.new_row(office, name, row, "text"),
                lambda made: self._open_form(name, Typing(made, said_of(made)), new=True),
            )

    def _open_form(self, name: str, typing: Typing, *, new: bool) -> None:
        self._close_form()
        form = self.form = RowForm(self.operations, name, typing, new=new)
        form.typed.connect(self.preview.soon)
        form.left.connect(self._left)
        form.saved.connect(lambda text: self.said.emit(text) if text else None)
        self.middle.addWidget(form)
        self.middle.setCurrentWidget(form)
        form.first().setFocus()
        self.preview.show_sheet(name, form.typing())

    def _close_form(self) -> None:
        form, self.form = self.form, None
        if form:
            form.keep()
            form.hide()
            self.middle.setCurrentWidget(self.rows)
            self.middle.removeWidget(form)
            form.deleteLater()

    def _left(self) -> None:
        """The form is done with: the rows again, with the cursor where it was."""
        row = self.form.row.id if self.form else ""
        self._close_form()
        self.rows.wanted = row
        self.rows.list.setFocus()
        self.read()

    def _refused(self, error: UserError | None) -> None:
        if self.form and (error is None or self.form.typing()):
            self.form.refuse(error)
        elif error:
            self.operations.refused.emit(error)

    def _run(self, work: Callable[[Office], Done]) -> None:
        self.operations.run(self, work, lambda done: self.said.emit(_(WAS_SAVED)) if done.envelopes else None)

    def _move(self, by: int) -> None:
        if now := self._now():
            self._run(lambda office: sheet_wording.move_row(office, *now, by))

    def _remove(self) -> None:
        """Take the row out; of one that the office changed or took out, bring back what the program says."""
        now = self._now()
        if now and self.shown and now[1].id not in {row.id for row in self.shown.rows}:
            id = now[1].id  # a new row that was never saved
            self.operations.run(self, lambda office: sheet_typing.forget(office, now[0], id), lambda _n: self.read())
        elif now:
            verb = sheet_wording.restore_row if restores(now[1]) else sheet_wording.remove_row
            self._run(lambda office: verb(office, *now))

    def _approve(self) -> None:
        now = self._now()
        if now and self.shown:
            drafts = [row for row in self.shown.rows if unread(row)]
            dialog = ApproveDialog(self.operations, now[1], drafts, self)
            dialog.accepted.connect(lambda: self.said.emit(_(WAS_SAVED)))
            dialog.open()

    # paper

    def _settings(self) -> None:
        def opened(now: OfficeSetting) -> None:
            dialog = PrintSettings(self.operations, now, self)
            dialog.accepted.connect(lambda: self.said.emit(_(WAS_SAVED)))
            dialog.open()

        self.operations.ask(self, office_settings.read, opened)

    def _print(self) -> None:
        if self.shown:
            line = next(line for line in self.shown.sheets if line.name == self.shown.name)
            PaperDialog(self.operations, maker(line.name), telling.sheet_title(line), self).open()

    # room

    def _toggle(self) -> None:
        self._hidden = self.preview.isVisible()
        self._fit()
        self.preview.make()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def restyle(self) -> None:
        if hasattr(self, "preview"):
            self._fit()

    def _fit(self) -> None:
        """Three columns where there is room; else the rows, and after F3 the preview in the place of the sheets."""
        px = self.metrics_.px
        narrow = self.width() < px(SHEETS + ROWS + PAGES) + 4 * COLUMN_GAP
        hidden = narrow if self._hidden is None else self._hidden
        self.side.setFixedWidth(px(SHEETS))
        self.side.setVisible(hidden or not narrow)
        if self.preview.isHidden() != hidden:
            self.preview.setVisible(not hidden)
            self.preview.make()
        self._tell_look()

    def _tell_look(self) -> None:
        self.look.setText(_("Show the preview") if self.preview.isHidden() else _("Hide the preview"))
        self.look.set_icon("eye" if self.preview.isHidden() else "eye-off")


def read(office: Office, name: str) -> Shown:
    """Everything the page shows; of the first sheet where none is named."""
    sheets = tuple(sheet_wording.sheets(office))
    name = name or sheets[0].name
    rows = sheet_wording.rows(office, name)
    return Shown(sheets, name, rows, sheet_typing.typed(office, name, rows))


def said_of(row: WordingRow) -> sheet_wording.Said:
    said = row.said
    return sheet_wording.Said(said.icon, said.es, said.ht, said.en, said.condition)


def sheet_row(line: SheetLine) -> RowSpec:
    """One sheet of the list."""
    mark = MarkSpec(_("Changed by the office"), "blue", "pencil") if line.changed else None
    return RowSpec(line.name, telling.sheet_title(line), telling.counts(line), reason=mark)


def restores(row: WordingRow) -> bool:
    """Whether the button brings something back instead of taking the row out."""
    return row.removed or (not row.own and (row.changed or row.moved))


def unread(row: WordingRow) -> bool:
    """A row whose Creole waits for a reader."""
    return row.worded and not row.removed and bool(row.said.ht) and not row.said.reviewed


def maker(name: str) -> Callable[[Office, Choice], MadeSheet]:
    """What the dialog of printing makes: the sheet itself, or a sample where the sheet is made for a case."""
    if name in PLAIN:
        return lambda office, choice: plain_sheet(office, name, choice)

    def sample(office: Office, choice: Choice) -> MadeSheet:
        made = sheet_samples.preview(office, name, None, choice)
        if made is None:
            raise UserError(N_("This sheet is only made for a case. Open a case file and print it there."))
        return replace(made, kind=SheetKind.OTHER)  # a sample is no copy for a person

    return sample
