"""Asked in the middle of a referral: may this body have the person's data? A no keeps the referral, without data."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from migrant_office.i18n import _, translator
from migrant_office.models.consent import SaidBy
from migrant_office.services.consents import Said, ShareAnswer, is_given
from migrant_office.ui import words
from migrant_office.ui.theme.metrics import SMALL
from migrant_office.ui.widgets.card import SunkenPanel
from migrant_office.ui.widgets.field import LabelledField, LineField
from migrant_office.ui.widgets.text import Text
from migrant_office.ui.widgets.tick import Tick


class ShareQuestion(QWidget):
    """Hidden while nothing has to be asked. `agreed()` is who said yes, None for nobody."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answer: ShareAnswer | None = None
        self.panel = SunkenPanel(icon="shield-half", tone="ask")
        self.spoken, self.other = Text("", "body", wrap=True), Text("", "body", wrap=True)
        self.before = Text("", "hint_bold", "warn", wrap=True)
        self.tick, self.guardian = Tick(""), LineField()
        self.guardian_field = LabelledField(_("Who answers for the person"), self.guardian)
        hint = _("Without a yes it is for orientation: the person takes the sheet, nothing is handed over.")
        for widget in (self.spoken, self.other, self.before, self.tick, self.guardian_field):
            self.panel.add(widget)
        self.panel.add(Text(hint, "hint", "hint", wrap=True))
        self.panel.body.setSpacing(SMALL)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panel)
        self.tick.toggled.connect(lambda _checked: self._fit())
        self.hide()

    def ask(self, answer: ShareAnswer | None) -> None:
        """Show the words to read aloud, or hide when this body may have the data or is not known yet."""
        self.answer = answer
        self.tick.setChecked(False)
        handover = answer.purpose.handover if answer and not answer.allowed else None
        if answer and handover:
            body = answer.body
            self.panel.set_title(_("Ask before {body} gets any data").format(body=body))
            self.spoken.setText(handover.es.format(body=body))
            self.other.setText(handover.ht.format(body=body))
            self.tick.setText(_("The person agrees that {body} gets her data").format(body=body))
            self.before.setText(said_before(answer))
            self.before.setVisible(bool(self.before.text()))
        self.setVisible(handover is not None)
        self._fit()

    def _fit(self) -> None:
        minor = self.answer is not None and self.answer.minor
        self.guardian_field.setVisible(minor and self.tick.isChecked())
        self.guardian_field.warn("")

    def agreed(self) -> Said | None:
        if self.answer is None or self.isHidden() or not self.tick.isChecked():
            return None
        if self.answer.minor:
            return Said(by=SaidBy.GUARDIAN, guardian=self.guardian.text().strip(), language=self.answer.language)
        return Said(language=self.answer.language)

    def lacks_guardian(self) -> bool:
        """Whether a yes for a child has no name beside it; says so in words."""
        said = self.agreed()
        if said is None or said.by is SaidBy.SELF or said.guardian:
            return False
        self.guardian_field.warn(_("Write who answers, so that it can be known later."))
        self.guardian.setFocus()
        return True


def said_before(answer: ShareAnswer) -> str:
    """A no, or a yes taken back, with its day."""
    last = answer.standing
    if last is None or is_given(last):
        return ""
    return "  ·  ".join((words.coded(last.state), translator().day_month(last.made)))
