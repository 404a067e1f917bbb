"""Read a passport or identity card into the intake: lines in, words to compare, and nothing taken unseen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from migrant_office.i18n import _, ngettext, translator
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.identity.mrz import EMPTY, Mrz, MrzProblem, read_mrz
from migrant_office.services import identity
from migrant_office.services.identity import Step
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.intake.read_view import ReadView
from migrant_office.ui.intake.zone_field import ZoneField
from migrant_office.ui.theme.metrics import SMALL
from migrant_office.ui.widgets.banner import Banner
from migrant_office.ui.widgets.field import LabelledField
from migrant_office.ui.widgets.text import Text
from migrant_office.ui.widgets.themed import Painted
from migrant_office.ui.widgets.tick import Tick


def read_document(
    filling: FormFilling,
    taken: Callable[[frozenset[str]], None],
    parent: QWidget | None = None,
    *,
    within: str = "",
) -> MrzDialog:
    """Open the dialog over `parent`. What the officer takes is set in `filling`; then `taken` gets every address to
    show anew, among them those of new instances. Nothing is called when it is left. `within` as in `identity.steps`.
    """
    dialog = MrzDialog(filling, within, parent)
    dialog.taken.connect(taken)
    dialog.open()
    return dialog


class MrzDialog(Dialog):
    """`taken` carries the addresses whose answers changed."""

    taken = Signal(object)

    def __init__(self, filling: FormFilling, within: str = "", parent: QWidget | None = None) -> None:
        super().__init__(_("Read a passport or identity card"), _("Take the data"), width=760, parent=parent)
        self.filling, self.within = filling, within
        self.found: Mrz | MrzProblem = EMPTY
        self.zone, self.view, self.conflicts = ZoneField(), ReadView(), _Conflicts()
        self.state = Banner("info", _(EMPTY.sentence))
        self.no_place = Text(
            _("This form asks for no document: only what belongs to the person is taken."), "hint", "hint", wrap=True
        )
        lines = LabelledField(
            _("Lines of the document"),
            self.zone,
            help_text=_("Two long or three short lines with many signs <. A reader may write them here."),
        )
        for widget in (lines, self.state, self.conflicts, self.view, self.no_place):
            self.body.addWidget(widget)
        self.zone.textChanged.connect(self._look)
        self.view.changed.connect(self._compare)
        self.first = self.zone
        self._show()

    def _look(self) -> None:
        found = read_mrz(self.zone.toPlainText())
        if found != self.found:
            self.found = found
            self._show()

    def _show(self) -> None:
        self._tell()
        QTimer.singleShot(0, self, self.fit)  # what was shown just now has its heights only after a turn of the loop

    def _tell(self) -> None:
        self.tell_trouble("")
        found = self.found
        for widget in (self.view, self.conflicts, self.no_place):
            widget.setVisible(isinstance(found, Mrz))
        if isinstance(found, MrzProblem):
            self.state.set_tone("warn" if found.code == "unlike" else "info")
            self.state.set_texts(_(found.sentence))
            return
        doubts = doubts_of(found)
        self.state.set_tone("warn" if doubts else "ok")
        if doubts:
            title = ngettext("{count} thing wants a second look", "{count} things want a second look", doubts)
            hint = _("Compare it with the document. You can take it all the same and correct it in the form.")
            self.state.set_texts(title.format(count=doubts), hint)
        else:
            self.state.set_texts(_("The lines agree with their check digits."), _("Compare the names with the person."))
        self.view.show_read(found)
        self._compare()

    def _compare(self) -> None:
        if isinstance(self.found, Mrz):
            steps = self._steps()
            self.no_place.setVisible(not any(step.field.startswith("document.") for step in steps))
            self.conflicts.show_steps([step for step in steps if step.there])

    def _steps(self) -> tuple[Step, ...]:
        return identity.steps(self.filling, self.view.answers(), translator(), self.within)

    def written(self) -> bool:
        return bool(self.zone.toPlainText().strip())

    def agree(self) -> None:
        if isinstance(self.found, MrzProblem):
            self.tell_trouble(_(self.found.sentence))
            self.zone.setFocus()
            return
        if not self._steps():
            self.tell_trouble(_("This form asks for nothing that the document says."))
            return
        answers, over = self.view.answers(), self.conflicts.over()
        changed = identity.apply(self.filling, answers, translator(), over, self.within)
        self.taken.emit(changed)
        self.accept()


def doubts_of(found: Mrz) -> int:
    """How many readings somebody should compare with the document; the digit over the whole when it alone is wrong."""
    readings = {name: r for name, r in found.readings.items() if name != "given"}  # the names are one line
    doubts = sum(reading.checked is False or bool(reading.was or reading.doubt) for reading in readings.values())
    return doubts or int(found.whole is False)


class _Conflicts(Painted):
    """What the form says otherwise, each with a tick to replace it; none is ticked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SMALL)
        self._shown: list[Step] = []
        self._ticks: dict[str, Tick] = {}

    def show_steps(self, steps: list[Step]) -> None:
        self.setVisible(bool(steps))
        if steps == self._shown:
            return
        ticked = self.over()
        self._clear()
        self._shown = steps
        if steps:
            self._column.addWidget(Text(_("The form already says something else"), "body_bold", wrap=True))
        for step in steps:
            words = {"label": step.label, "there": step.there, "read": step.read}
            if step.kept:
                text = _("{label} “{there}” stays; the document says “{read}”.").format(**words)
                self._column.addWidget(Text(text, "body", wrap=True))
                continue
            tick = Tick(_("{label} Write “{read}” instead of “{there}”").format(**words), checked=step.field in ticked)
            self._ticks[step.field] = tick
            self._column.addWidget(tick)

    def _clear(self) -> None:
        self._ticks = {}
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def over(self) -> frozenset[str]:
        """The fields whose answers the officer lets the document replace."""
        return frozenset(field for field, tick in self._ticks.items() if tick.isChecked())
