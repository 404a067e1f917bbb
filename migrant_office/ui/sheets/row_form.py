"""Writes one row: its three languages, its icon, when it is printed, and what looks wrong while somebody types."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from migrant_office.errors import UserError
from migrant_office.i18n import LANGUAGE_NAMES, _, translator
from migrant_office.models.office import Office
from migrant_office.models.vault.operation import Done
from migrant_office.services import sheet_typing, sheet_wording
from migrant_office.services.sheet_wording import Said, Typing
from migrant_office.services.sheets.kinds import WORDINGS
from migrant_office.services.sheets.laying import FRAMED, KEYS, shown, words_of
from migrant_office.ui.operations import Operations
from migrant_office.ui.sheets import telling
from migrant_office.ui.sheets.icon_dialog import IconDialog
from migrant_office.ui.theme.metrics import LARGE, MEDIUM, SMALL
from migrant_office.ui.widgets.banner import Banner
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.card import SunkenPanel
from migrant_office.ui.widgets.field import Choice, LabelledField, NoteField
from migrant_office.ui.widgets.scrolled import Scrolled
from migrant_office.ui.widgets.search_many import SearchMany
from migrant_office.ui.widgets.text import Text
from migrant_office.ui.widgets.themed import Painted

LINES, LONG = 2, 90  # of a field; letters from which it has one more
PAUSE = 400  # ms after the last letter until what was typed is kept
RING = 3  # px around the fields, for the ring of the focus


class RowForm(Painted):
    """Made for one row and thrown away. What is typed is kept on this computer until it is saved or thrown away.

    `typed` carries it (None when it is as the sheet says), `left` that the form is done with, `saved` a sentence.
    """

    typed = Signal(object)
    left = Signal()
    saved = Signal(str)

    def __init__(
        self, operations: Operations, name: str, typing: Typing, *, new: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.operations, self.name, self.row, self.new = operations, name, typing.row, new
        self.icon = typing.said.icon
        texts = {lang: getattr(typing.said, lang) for lang in ("es", "ht", "en")}
        lines = LINES + (max(map(len, texts.values())) > LONG)
        self.fields = {lang: NoteField(text, lines=lines) for lang, text in texts.items()}
        self.kind = Choice()
        self.kind.set_choices([(key, _(telling.KINDS[key])) for key in KEYS], typing.row.text.key)
        self.picture = Button("", icon=self.icon)
        self.wanted, self.unwanted = (SearchMany(self._flags()) for _n in range(2))
        wanted, unwanted = telling.asked(typing.said.condition)
        self.wanted.set_value(wanted)
        self.unwanted.set_value(unwanted)
        self.trouble = Banner("warn", "")
        self.trouble.hide()
        self.save = Button(_("Save"), "primary", shortcut="Ctrl+Return")
        self.away = Button(_("Discard"), "quiet")
        self.back = Button(_("Rows"), "quiet", icon="arrow-left", shortcut="Alt+Left")
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(PAUSE)
        self.timer.timeout.connect(self.keep)
        self.labels: dict[str, LabelledField] = {}
        self._unkept = False
        self._lay_out()
        self._connect()
        self._show_icon()
        self._lint()
        self._fit()

    def _flags(self) -> list[tuple[str, str]]:
        known = sorted(WORDINGS[self.name].flags, key=telling.flag)
        return [(flag, telling.flag(flag)) for flag in known]

    # building

    def _lay_out(self) -> None:
        inside = QFrame()
        inside.setProperty("plate", "none")
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(RING, RING, MEDIUM, RING)
        rows.setSpacing(LARGE)
        if self.row.outdated:
            rows.addWidget(self._program())
        if self.new:
            rows.addWidget(LabelledField(_("What it is"), self.kind))
        if self.row.text.section != FRAMED:
            rows.addWidget(self._icon_row())
        for lang, field in self.fields.items():
            self.labels[lang] = LabelledField(LANGUAGE_NAMES[lang], field)
            rows.addWidget(self.labels[lang])
            self.labels[lang].setVisible(self.row.worded)
        rows.addWidget(self._help())
        self._add_condition(rows)
        if self.row.changed and self.row.shipped and not self.row.outdated:
            rows.addWidget(self._program())
        rows.addStretch(1)
        area = Scrolled()
        area.setWidget(inside)
        inside.setAutoFillBackground(False)
        foot = QHBoxLayout()
        foot.setSpacing(SMALL)
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.away)
        foot.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(MEDIUM)
        column.addWidget(area, 1)
        column.addWidget(self.trouble)  # under the fields, which it must not move while somebody types
        column.addLayout(foot)

    def _icon_row(self) -> QWidget:
        holder = Painted()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SMALL)
        row.addWidget(self.picture)
        self.bare = Button(_("Without an icon"), "quiet")
        self.bare.clicked.connect(lambda: self._take_icon(""))
        row.addWidget(self.bare)
        row.addStretch(1)
        return holder

    def _help(self) -> Text:
        words = words_of(self.row.said, self.row.shipped, WORDINGS[self.name])
        told = _("Two asterisks around words print them in bold: **so**.")
        if words:
            told += " " + _("The program fills in: {names}.").format(names=shown(words))
        made = Text(told, "hint", "hint", wrap=True)
        made.setVisible(self.row.worded)
        return made

    def _add_condition(self, rows: QVBoxLayout) -> None:
        """When it is printed; a row that the sheet needs is printed always."""
        wording = WORDINGS[self.name]
        if self.row.needed or self.row.text.section == FRAMED or not wording.framed or not wording.flags:
            rows.addWidget(Text(_("The sheet needs this row: it is always printed."), "hint", "hint", wrap=True))
            return
        rows.addWidget(
            LabelledField(
                _("Print it only with"), self.wanted, help_text=_("Nothing chosen: it is printed on every sheet.")
            )
        )
        rows.addWidget(LabelledField(_("Print it only without"), self.unwanted))

    def _program(self) -> SunkenPanel:
        """What the program says, to compare and to take over."""
        title = _("The program's text changed") if self.row.outdated else _("The program says")
        panel = SunkenPanel(title, icon="refresh" if self.row.outdated else "info-circle")
        program = self.row.shipped
        if program is not None:
            panel.set_sections([("", text) for text in dict.fromkeys((program.es, program.ht, program.en)) if text])
            take = Button(_("Write it into the fields"), "link")
            take.clicked.connect(self._take_program)
            panel.add(take)
        return panel

    def _connect(self) -> None:
        for field in self.fields.values():
            field.textChanged.connect(self._changed)
        self.fields["ht"].textChanged.connect(self._lint)
        self.kind.currentIndexChanged.connect(lambda _i: self._take_kind())
        self.picture.clicked.connect(self._choose_icon)
        for many in (self.wanted, self.unwanted):
            many.changed.connect(lambda _codes: self._changed())
        self.save.clicked.connect(self.write)
        self.away.clicked.connect(self.throw_away)
        self.back.clicked.connect(self.leave)

    # what stands here

    def said(self) -> Said:
        texts = {lang: field.toPlainText().strip() for lang, field in self.fields.items()}
        condition = telling.condition_of(self.wanted.value(), self.unwanted.value())
        same = telling.asked(self.row.said.condition) == telling.asked(condition)
        return Said(icon=self.icon, condition=self.row.said.condition if same else condition, **texts)

    def typing(self) -> Typing | None:
        """The row as it stands here; None when nothing was changed."""
        said, row = self.said(), self.row.said
        before = Said(row.icon, row.es, row.ht, row.en, row.condition)
        return Typing(self.row, said) if said != before or self.new else None

    def first(self) -> QWidget:
        """What gets the keyboard."""
        return self.fields["es"] if self.row.worded else self.picture

    def _changed(self) -> None:
        self._unkept = True
        self.timer.start()
        self._fit()
        self.typed.emit(self.typing())

    def _fit(self) -> None:
        self.away.setVisible(self.typing() is not None)

    def _lint(self) -> None:
        """What looks wrong in the Creole: a warning, never a refusal."""
        found = telling.creole_slips(self.fields["ht"].toPlainText())
        self.labels["ht"].warn("\n".join(found[:4]))

    def _take_kind(self) -> None:
        self.row = sheet_wording.of_kind(self.row, self.kind.value())
        for label in self.labels.values():
            label.setVisible(self.row.worded)
        self._changed()

    def _take_program(self) -> None:
        program = self.row.shipped
        if program is not None:
            self._take_icon(program.icon)
            for lang, field in self.fields.items():
                field.setPlainText(program.text(lang))
            self.fields["es"].setFocus()

    def _choose_icon(self) -> None:
        dialog = IconDialog(self.icon, self)
        dialog.taken.connect(self._take_icon)
        dialog.open()

    def _take_icon(self, name: str) -> None:
        self.icon = name
        self._show_icon()
        self._changed()

    def _show_icon(self) -> None:
        self.picture.set_icon(self.icon)
        self.picture.setText(_("Other icon…") if self.icon else _("Icon…"))  # their names are English

    def refuse(self, error: UserError | None) -> None:
        """Why what stands here cannot be printed; None takes it away."""
        self.trouble.set_texts(error.text(translator()) if error else "")
        self.trouble.setVisible(error is not None)

    # keeping, saving, leaving

    def keep(self) -> None:
        """Keep what is typed on this computer; called a moment after the last letter and before the form goes."""
        self.timer.stop()
        if not self._unkept:
            return
        self._unkept = False
        name, row, typing = self.name, self.row.id, self.typing()
        if typing is None:
            self.operations.run(self, lambda office: sheet_typing.forget(office, name, row))
        else:
            self.operations.run(self, lambda office: sheet_typing.keep(office, name, typing))

    def leave(self) -> None:
        self.keep()
        self.left.emit()

    def throw_away(self) -> None:
        name, row = self.name, self.row.id
        self._unkept = False
        self.timer.stop()
        self.operations.run(self, lambda office: sheet_typing.forget(office, name, row), lambda _n: self.left.emit())

    def write(self) -> None:
        name, row, said, new = self.name, self.row, self.said(), self.new

        def work(office: Office) -> Done:
            verb = sheet_wording.add_row if new else sheet_wording.save_row
            done = verb(office, name, row, said)
            sheet_typing.forget(office, name, row.id)
            return done

        self.keep()
        self.save.setEnabled(False)
        self.operations.run(self, work, self._written, failed=self._failed)

    def _written(self, done: Done) -> None:
        self.saved.emit(_("Saved. Ctrl Z takes it back.") if done.envelopes else "")
        self.left.emit()

    def _failed(self, error: UserError) -> None:
        self.save.setEnabled(True)
        self.refuse(error)
