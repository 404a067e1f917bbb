"""The steps of the rapid path with their ticks: what to do, what the person may hear, and whom to refer to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from migrant_office.i18n import _, translator
from migrant_office.models.rapid_path import Step
from migrant_office.models.restricted import RapidStep
from migrant_office.ui.theme.metrics import SMALL, TINY
from migrant_office.ui.theme.tokens import Tone
from migrant_office.ui.widgets.card import empty
from migrant_office.ui.widgets.text import IconLabel, Text
from migrant_office.ui.widgets.themed import Painted
from migrant_office.ui.widgets.tick import Tick

INDENT = 36  # px at 100 %: under the words of the tick


class StepList(Painted):
    """One tick a step. A step taken before stays ticked and cannot be taken back here; undo does that."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ticks: dict[str, Tick] = {}
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(SMALL)

    def ticked(self) -> list[str]:
        """Codes of the steps taken now, in their order."""
        return [code for code, tick in self.ticks.items() if tick.isChecked() and tick.isEnabled()]

    def show_steps(self, steps: Iterable[Step], services: Mapping[str, str], taken: Mapping[str, RapidStep]) -> None:
        """`services` are names by code; what was ticked and still stands here stays ticked."""
        kept = set(self.ticked())
        focused = next((code for code, tick in self.ticks.items() if tick.hasFocus()), "")
        empty(self._rows)
        self.ticks = {}
        self._rows.addWidget(Text(_("Steps"), "question", wrap=True))
        for step in steps:
            self._add(step, services, taken.get(step.code), checked=step.code in kept)
        if focused in self.ticks:
            self.ticks[focused].setFocus()

    def _add(self, step: Step, services: Mapping[str, str], taken: RapidStep | None, *, checked: bool) -> None:
        lang = translator().lang
        text = step.words.text(lang)
        source = _("Source: {source}, {date}").format(source=step.source, date=step.source_date)
        tick = Tick(text, checked=checked or taken is not None)
        tick.setEnabled(taken is None)
        tick.setToolTip(source)
        tick.setAccessibleDescription(source)
        self.ticks[step.code] = tick
        self._rows.addWidget(tick)
        if taken is not None:
            self._line("check", "ok", _("Done on {day}").format(day=translator().day_month(taken.made)))
            return
        if step.say:
            other = step.say.es if lang == "ht" else step.say.ht
            self._line("message-circle", "blue", f"“{step.say.text(lang)}”", f"“{other}”")
        names = [services[code] for code in step.refer if code in services]
        if names:
            self._line("send", "hint", "  ·  ".join(names))
        if step.ask:
            self._line("phone-call", "ask", step.ask.text(lang))

    def _line(self, icon: str, tone: Tone, *texts: str) -> None:
        row, words = QHBoxLayout(), QVBoxLayout()
        row.setContentsMargins(self.metrics_.px(INDENT), 0, 0, 0)
        row.setSpacing(SMALL)
        words.setSpacing(TINY)
        for text in texts:
            words.addWidget(Text(text, "hint", "ask" if tone == "ask" else "hint", wrap=True))
        row.addWidget(IconLabel(icon, tone, size=16), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self._rows.addLayout(row)
