"""One question of a form as a widget: what kind of field it gets, and the way of its answer to the filling."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from migrant_office import clock
from migrant_office.i18n import translator
from migrant_office.models.forms.answers import Answer, Cell
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.forms.form import Kind, Question
from migrant_office.models.missing import Missing
from migrant_office.ui.theme.metrics import MEDIUM
from migrant_office.ui.widgets.answers import AnswerChoice, Answers, MissingAnswers
from migrant_office.ui.widgets.date_field import DateField
from migrant_office.ui.widgets.field import LabelledField, LineField, NoteField
from migrant_office.ui.widgets.search_combo import SearchCombo
from migrant_office.ui.widgets.text import Text
from migrant_office.ui.widgets.themed import Painted

MOST_TILES = 9  # more choices than number keys become a list one types into
OLDEST = date(1900, 1, 1)


class QuestionView(Painted):
    """`answered` carries (address, answer) at every key; `focused` the address, for the help beside it."""

    answered = Signal(str, object)
    focused = Signal(str)

    def __init__(self, question: Question, filling: FormFilling, lang: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question, self.filling, self.lang = question, filling, lang
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(MEDIUM)
        self.tiles: Answers | None = None
        self.labelled: LabelledField | None = None
        self.missing: MissingAnswers | None = None
        self._build()
        self.show_cell()

    @property
    def addr(self) -> str:
        return self.question.addr

    # building

    def _build(self) -> None:
        kind = self.question.kind
        if kind is Kind.NOTE:
            self.column.addWidget(Text(self.filling.label(self.addr, self.lang), "body", "hint", wrap=True))
        elif kind is Kind.SELECT_MULTIPLE or (kind is Kind.SELECT_ONE and self._fits_tiles()):
            self._build_tiles(multiple=kind is Kind.SELECT_MULTIPLE)
        elif kind is Kind.SELECT_ONE:
            combo = SearchCombo(self._choices())
            self._hear(combo)
            self._label(combo, with_missing=True)
        elif kind is Kind.DATE:
            field = DateField(earliest=OLDEST, latest=clock.today())
            self._hear(field)
            self._label(field, with_missing=True)
        elif "multiline" in self.question.appearance:
            note = NoteField()
            note.textChanged.connect(lambda: self._say(note.toPlainText() or None))
            self._label(note, with_missing=False)
        else:
            line = LineField()
            line.textEdited.connect(lambda text: self._say(text.strip() or None))
            self._label(line, with_missing=kind in {Kind.INTEGER, Kind.DECIMAL})

    def _hear(self, field: DateField | SearchCombo) -> None:
        """What is clear counts; what is not clear yet is kept as it was typed, or a lock half-way would lose it."""

        def say() -> None:
            self._say(field.value() or field.text().strip() or None)

        field.textEdited.connect(lambda _text: say())
        field.changed.connect(lambda _value: say())

    def _fits_tiles(self) -> bool:
        return len(self.filling.choices(self.addr)) <= MOST_TILES

    def _choices(self) -> list[tuple[str, str]]:
        return [(c.value, c.label.get(self.lang)) for c in self.filling.choices(self.addr)]

    def _build_tiles(self, *, multiple: bool) -> None:
        choices = [AnswerChoice(code, label) for code, label in self._choices()]
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

    def _label(self, field: QWidget, *, with_missing: bool) -> None:
        self.labelled = LabelledField(
            self.filling.label(self.addr, self.lang), field, help_text=self.filling.hint(self.addr, self.lang)
        )
        self.column.addWidget(self.labelled)
        self.setFocusProxy(field)
        field.installEventFilter(self)
        if with_missing:
            self.missing = MissingAnswers()
            self.missing.chosen.connect(self._say_missing)
            self.column.addWidget(self.missing)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.focused.emit(self.addr)
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
        if self.tiles:
            self.tiles.set_value(cell.missing if cell.missing else cell.selected)
        elif self.labelled:
            if not keep_typing:
                self._write(cell.value)
            self.labelled.warn(self._warning(cell))
            self.labelled.field.setEnabled(not cell.readonly)
            if self.missing:
                self.missing.set_value(cell.missing)

    def _warning(self, cell: Cell) -> str:
        field = self.labelled.field if self.labelled else None
        own = field.problem() if isinstance(field, DateField) else ""
        return own or (cell.problem.text(translator(), self.lang) if cell.problem and cell.value else "")

    def _write(self, value: str) -> None:
        field = self.labelled.field if self.labelled else None
        if isinstance(field, DateField | SearchCombo):
            field.set_value(value)
            if value and not field.value():
                field.setText(value)
        elif isinstance(field, NoteField):
            if field.toPlainText() != value:
                field.blockSignals(True)
                field.setPlainText(value)
                field.blockSignals(False)
        elif isinstance(field, LineField) and field.text() != value:
            field.setText(value)
