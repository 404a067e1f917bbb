"""One question of a form as a widget: what kind of field it gets, and the way of its answer to the filling."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from migrant_office import clock
from migrant_office.i18n import _, translator
from migrant_office.models.forms.answers import YES, Answer, Cell
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Kind, Question
from migrant_office.models.missing import Missing
from migrant_office.ui.intake.files import IntakeFiles
from migrant_office.ui.theme.metrics import MEDIUM
from migrant_office.ui.widgets.answers import AnswerChoice, Answers, MissingAnswers
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.card import empty
from migrant_office.ui.widgets.date_field import DateField
from migrant_office.ui.widgets.field import LabelledField, LineField, NoteField
from migrant_office.ui.widgets.file_field import FileField
from migrant_office.ui.widgets.search_combo import SearchCombo
from migrant_office.ui.widgets.search_many import SearchMany
from migrant_office.ui.widgets.text import Text
from migrant_office.ui.widgets.themed import Painted
from migrant_office.ui.widgets.tick import Tick

MOST_TILES = 9  # more choices than number keys become a list one types into
MOST_MANY = 20  # of which several may be chosen: read out and ticked one by one
OLDEST = date(1900, 1, 1)
AS_LIST = frozenset({"minimal", "autocomplete"})  # appearances that ask for a list


def no_doubt(_addr: str, _value: str) -> str:
    return ""


class QuestionView(Painted):
    """`answered` carries (address, answer) at every key; `focused` the address, for the help beside it."""

    answered = Signal(str, object)
    focused = Signal(str)

    def __init__(
        self,
        question: Question,
        addr: str,
        filling: FormFilling,
        lang: str,
        doubt: Callable[[str, str], str] = no_doubt,
        files: IntakeFiles | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.question, self.addr, self.filling, self.lang = question, addr, filling, lang
        self.doubt, self.files = doubt, files
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(MEDIUM)
        self._build()
        self.show_cell()

    # building

    def _build(self) -> None:
        self.tiles: Answers | None = None
        self.labelled: LabelledField | None = None
        self.missing: MissingAnswers | None = None
        self.note: Text | None = None
        self.reveal: Button | None = None
        self.offered = self._choices()
        kind = self.question.kind
        if kind is Kind.NOTE:
            self.note = Text(self.filling.label(self.addr, self.lang), "body", "hint", wrap=True)
            self.column.addWidget(self.note)
        elif kind in (Kind.SELECT_ONE, Kind.SELECT_MULTIPLE) and self._fits_tiles():
            self._build_tiles(multiple=kind is Kind.SELECT_MULTIPLE)
        else:
            self._label(self._field(kind))

    def _field(self, kind: Kind) -> QWidget:
        """The field for an answer that is written or chosen from a long list."""
        if kind is Kind.SELECT_ONE:
            return self._hear(SearchCombo(self.offered))
        if kind is Kind.SELECT_MULTIPLE:
            many = SearchMany(self.offered)
            many.changed.connect(lambda codes: self._say(codes or None))
            many.combo.installEventFilter(self)
            return many
        if kind is Kind.DATE:
            return self._hear(DateField(earliest=OLDEST, latest=self._latest()))
        if kind is Kind.ACKNOWLEDGE:
            tick = Tick(_("Done"))
            tick.toggled.connect(lambda on: self._say(YES if on else None))
            return tick
        if kind in (Kind.IMAGE, Kind.FILE) and self.files:
            chosen, files = self.files.field(images_only=kind is Kind.IMAGE), self.files
            chosen.changed.connect(lambda kept: self._say(files.take(kept, self.filling.cell(self.addr).value) or None))
            return chosen
        if "multiline" in self.question.appearance:
            note = NoteField()
            note.textChanged.connect(lambda: self._say(note.toPlainText() or None))
            return note
        line = LineField(placeholder="14:30" if kind is Kind.TIME else "")
        line.textEdited.connect(lambda text: self._say(text.strip() or None))
        return line

    def _latest(self) -> date | None:
        """Births are not to come; papers expire in years."""
        return clock.today() if self.question.maps_to.endswith(("birth", "birth_date")) or self._is_past() else None

    def _is_past(self) -> bool:
        return self.question.constraint is not None and "today()" in self.question.constraint.source

    def _hear(self, field: DateField | SearchCombo) -> QWidget:
        """What is clear counts; what is not clear yet is kept as it was typed, or a lock half-way would lose it."""

        def say() -> None:
            self._say(field.value() or field.text().strip() or None)

        field.textEdited.connect(lambda _text: say())
        field.changed.connect(lambda _value: say())
        return field

    def _fits_tiles(self) -> bool:
        most = MOST_TILES if self.question.kind is Kind.SELECT_ONE else MOST_MANY
        return len(self.offered) <= most and not AS_LIST & self.question.appearance

    def _choices(self) -> list[tuple[str, str]]:
        return [(c.value, c.label.get(self.lang)) for c in self.filling.choices(self.addr)]

    def _build_tiles(self, *, multiple: bool) -> None:
        choices = [AnswerChoice(code, label) for code, label in self.offered]
        self.tiles = Answers(
            self.filling.label(self.addr, self.lang),
            choices,
            multiple=multiple,
            hint=self.filling.hint(self.addr, self.lang),
        )
        self.tiles.changed.connect(self._say)
        self.tiles.focused.connect(lambda: self.focused.emit(self.addr))
        self.column.addWidget(self.tiles)
        self.setFocusProxy(self.tiles.tiles[0] if self.tiles.tiles else self.tiles)

    def _label(self, field: QWidget) -> None:
        self.labelled = LabelledField(
            self.filling.label(self.addr, self.lang), field, help_text=self.filling.hint(self.addr, self.lang)
        )
        self.column.addWidget(self.labelled)
        self.setFocusProxy(field)
        field.installEventFilter(self)
        self.missing = MissingAnswers()
        self.missing.chosen.connect(self._say_missing)
        if self.question.kind is Kind.TEXT:  # three tiles under every name would hide the names
            self.reveal = Button(_("No answer") + " ↓", "link")
            self.reveal.setAccessibleName(_("No answer to: {question}").format(question=field.accessibleName()))
            self.reveal.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # the key ↓ does it: Tab goes to the next question
            self.reveal.clicked.connect(self._reveal)
            self.labelled.put_beside(self.reveal)
        self.column.addWidget(self.missing)

    def _reveal(self) -> bool:
        """Show the ways to have no answer under a text that is empty; whether there was anything to show."""
        if not self.missing or not self.reveal or self.filling.cell(self.addr).value:
            return False
        self.missing.show()
        self.missing.tiles[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.reveal.hide()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.focused.emit(self.addr)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Down:
            return self._reveal()
        return False

    # answering

    def _say(self, answer: Answer) -> None:
        if self.missing and answer:
            self.missing.set_value(None)
        self.answered.emit(self.addr, answer or None)

    def _say_missing(self, missing: Missing | None) -> None:
        if missing:
            self._write("")
        self.answered.emit(self.addr, missing)

    # showing

    def show_cell(self, *, keep_typing: bool = False) -> None:
        """Show what the filling holds; with `keep_typing` the text under the cursor is left alone."""
        cell = self.filling.cell(self.addr)
        self.setVisible(cell.relevant)
        if not keep_typing and self.question.list_name and self._choices() != self.offered:
            empty(self.column)  # an answer before it offers others now
            self._build()
        if self.note:
            self.note.setText(self.filling.label(self.addr, self.lang))
        elif self.tiles:
            self.tiles.set_value(cell.missing if cell.missing else cell.selected)
        elif self.labelled:
            if not keep_typing:
                self._write(cell.value)
            self.labelled.warn(self._warning(cell))
            self.labelled.field.setEnabled(not cell.readonly)
            self._show_missing(cell)

    def _show_missing(self, cell: Cell) -> None:
        if not self.missing:
            return
        self.missing.set_value(cell.missing)
        if self.reveal:
            told = cell.missing is not None
            open_ = told or (self.missing.isVisibleTo(self) and self.reveal.isHidden() and not cell.value)
            self.missing.setVisible(open_)
            self.reveal.setVisible(not open_ and not cell.value)

    def _warning(self, cell: Cell) -> str:
        field = self.labelled.field if self.labelled else None
        own = field.problem() if isinstance(field, DateField) else ""
        if own or not cell.value:
            return own
        return cell.problem.text(translator(), self.lang) if cell.problem else self.doubt(self.addr, cell.value)

    def _write(self, value: str) -> None:
        field = self.labelled.field if self.labelled else None
        if isinstance(field, SearchMany):
            field.set_value(value.split())
        elif isinstance(field, DateField | SearchCombo):
            field.set_value(value)
            if value and not field.value():
                field.setText(value)
        elif isinstance(field, NoteField):
            if field.toPlainText() != value:
                field.blockSignals(True)
                field.setPlainText(value)
                field.blockSignals(False)
        elif isinstance(field, FileField) and self.files:
            field.set_value(self.files.kept(value))
        elif isinstance(field, Tick):
            field.blockSignals(True)
            field.setChecked(value == YES)
            field.blockSignals(False)
        elif isinstance(field, LineField) and field.text() != value:
            field.setText(value)
