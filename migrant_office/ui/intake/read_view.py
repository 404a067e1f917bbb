"""What was read off a document, in words: names to correct, facts to compare, and how sure each is."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from migrant_office.i18n import _, translator
from migrant_office.models.forms.answers import is_date
from migrant_office.models.identity.mrz import Mrz, Reading
from migrant_office.models.identity.names import TWO_SURNAMES, two_surnames
from migrant_office.models.identity.states import state_words
from migrant_office.models.person import Sex
from migrant_office.services import identity
from migrant_office.ui.theme.apply import theme
from migrant_office.ui.theme.metrics import COLUMN_GAP, LARGE, SMALL, TINY
from migrant_office.ui.widgets.field import LabelledField, LineField
from migrant_office.ui.widgets.marks import Mark, MarkSpec
from migrant_office.ui.widgets.text import Text
from migrant_office.ui.widgets.themed import Painted
from migrant_office.ui.widgets.tick import Tick

_MARKS = 300  # width of the marks beside the facts
_SEX = {"F": Sex.WOMAN, "M": Sex.MAN, "X": Sex.OTHER}


def certainty(reading: Reading) -> MarkSpec | None:
    """How sure a reading is, in icon, word and colour; None where nothing can be said."""
    if reading.doubt:
        return MarkSpec(_(reading.doubt), "warn", "alert-triangle")
    if reading.checked is False and reading.was:
        told = _("Its digit does not match; it said {text}").format(text=reading.was)
        return MarkSpec(told, "warn", "alert-triangle")
    if reading.checked is False:
        return MarkSpec(_("Its digit does not match"), "warn", "alert-triangle")
    if reading.was:
        return MarkSpec(_("Corrected; it said {text}").format(text=reading.was), "info", "pencil")
    if reading.checked:
        return MarkSpec(_("Its digit matches"), "ok", "circle-check")
    return None


class _Fact:
    """One line: grey word, value, mark."""

    def __init__(self, grid: QGridLayout, row: int, label: str) -> None:
        self.value, self.mark = Text("", "body", wrap=True), Mark("")
        middle = Qt.AlignmentFlag.AlignVCenter
        grid.addWidget(Text(label, "hint", "hint"), row, 0, middle)
        grid.addWidget(self.value, row, 1, middle)
        grid.addWidget(self.mark, row, 2, middle | Qt.AlignmentFlag.AlignLeft)
        grid.setRowMinimumHeight(row, theme().metrics.chip)

    def tell(self, value: str, reading: Reading) -> None:
        self.value.setText(value or _("Not on the document"))
        self.value.set_tone("text" if value else "hint")
        show_mark(self.mark, certainty(reading))


def show_mark(mark: Mark, spec: MarkSpec | None) -> None:
    mark.setVisible(spec is not None)
    if spec is not None:
        mark.set_spec(spec)


class ReadView(Painted):
    """`changed` says that somebody corrected a name, or split the surnames otherwise."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read: Mrz | None = None
        self._corrected = False
        self.given, self.surname, self.second = LineField(), LineField(), LineField()
        self.split = Tick(_("Two surnames"))
        self.names_mark = Mark("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(LARGE)
        column.addLayout(self._names())
        column.addLayout(self._facts())
        for field in (self.given, self.surname, self.second):
            field.textEdited.connect(lambda _text: self._correct())
        self.split.clicked.connect(lambda _on: self._show_surnames())
        self.split.clicked.connect(lambda _on: self._correct())

    def _names(self) -> QVBoxLayout:
        fields = QGridLayout()
        fields.setHorizontalSpacing(COLUMN_GAP)
        labelled = (
            LabelledField(_("Given names"), self.given),
            LabelledField(_("First surname"), self.surname),
            LabelledField(_("Second surname"), self.second),
        )
        for place, field in enumerate(labelled):
            fields.addWidget(field, 0, place, Qt.AlignmentFlag.AlignTop)
            fields.setColumnStretch(place, 1)
        column = QVBoxLayout()
        column.setSpacing(SMALL)
        column.addLayout(fields)
        column.addWidget(
            Text(_("Documents write names without accents. Add them as the person does."), "hint", "hint", wrap=True)
        )
        column.addWidget(self.names_mark)
        column.addWidget(self.split)
        return column

    def _facts(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(COLUMN_GAP)
        grid.setVerticalSpacing(TINY)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(2, theme().metrics.px(_MARKS))
        labels = (_("Birth"), _("Sex"), _("Nationality"), _("Document"), _("Document number"), _("Valid until"))
        facts = [_Fact(grid, row, label) for row, label in enumerate(labels)]
        self._birth, self._sex, self._nationality, self._kind, self._number, self._expiry = facts
        return grid

    # showing

    def show_read(self, read: Mrz) -> None:
        """Show another reading. Names that somebody corrected stay while those of the document are the same."""
        before, self._read = self._read, read
        is_same = before is not None and (before.given, before.surnames) == (read.given, read.surnames)
        if not (is_same and self._corrected):
            self._corrected = False
            self.given.setText(read.given.value)
            second = two_surnames(read.surnames.value)[1]
            self.split.setVisible(bool(second))
            self.split.setChecked(bool(second) and read.nationality.value in TWO_SURNAMES)
            self._show_surnames()
        show_mark(self.names_mark, certainty(read.surnames))
        self._show_facts(read)

    def _show_surnames(self) -> None:
        if self._read is None:
            return
        both = self._read.surnames.value
        first, second = two_surnames(both) if self.split.isChecked() else (both, "")
        self.surname.setText(first)
        self.second.setText(second)

    def _correct(self) -> None:
        self._corrected = True
        self.changed.emit()

    def _show_facts(self, read: Mrz) -> None:
        tr = translator()
        self._birth.tell(date_words(read.birth.value), read.birth)
        self._sex.tell(_(_SEX[read.sex.value].label) if read.sex.value else "", read.sex)
        self._nationality.tell(state_words(read.nationality.value, tr), read.nationality)
        self._kind.tell(f"{_(read.kind.label)} · {state_words(read.country.value, tr)}", read.country)
        run = identity.run_on(read)
        self._number.tell(
            f"RUN {run}" if run else read.number.value, Reading(run, checked=True) if run else read.number
        )
        self._expiry.tell(date_words(read.expiry.value), read.expiry)

    def answers(self) -> dict[str, str]:
        """What was read, with the names as they stand in the fields; nothing before something was read."""
        if self._read is None:
            return {}
        return identity.answers_from(self._read, self.given.text(), self.surname.text(), self.second.text())


def date_words(iso: str) -> str:
    """A date as people say it, or the month or year that the document has instead."""
    tr = translator()
    if is_date(iso):
        day = date.fromisoformat(iso)
        return f"{day.day}{' de' if tr.lang == 'es' else ''} {tr.month(day.year, day.month)}"
    year, _sep, month = iso.partition("-")
    return tr.month(int(year), int(month)) if month else year
