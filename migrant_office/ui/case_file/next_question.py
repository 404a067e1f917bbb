"""Asked with every result: placement now, or why not; and after *aún no competente*, what comes next."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from migrant_office.i18n import _
from migrant_office.models.case_file import case_file
from migrant_office.models.office import Office
from migrant_office.models.pathway.kinds import AfterNotYet, Placement, Result
from migrant_office.models.service import Service
from migrant_office.services import catalogue, consents, pathways
from migrant_office.services.catalogue import ServiceLine
from migrant_office.services.consents import ShareAnswer
from migrant_office.services.pathways import Next
from migrant_office.ui.case_file.share_question import ShareQuestion
from migrant_office.ui.operations import Operations
from migrant_office.ui.theme.metrics import LARGE
from migrant_office.ui.widgets.answers import AnswerChoice, Answers
from migrant_office.ui.widgets.field import Choice, LabelledField

OWN_DESK = "own"
YES, NO = "yes", "no"


class NextQuestion(QWidget):
    """Hidden until a result asks for it. `told()` is what was chosen; `lacks()` says in words what is missing."""

    def __init__(self, operations: Operations, case: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.operations, self.case = operations, case
        self.result: Result | None = None
        self.chosen: Service | None = None
        self.now = Answers(
            _("Does placement begin now?"),
            [AnswerChoice(YES, _("Yes, placement begins now")), AnswerChoice(NO, _("Not now"))],
            hint=_("Who is certified goes on to placement, unless something stands against it."),
            missing=(),
        )
        self.after = Answers(
            _("What comes next?"), [AnswerChoice(a.value, _(a.label)) for a in AfterNotYet], missing=()
        )
        self.where, self.why = Choice(), Choice()
        reasons = [p for p in Placement if p is not Placement.MADE]
        self.why.set_choices([(p.value, _(p.label)) for p in reasons], empty=_("Choose why"))
        self.where_field = LabelledField(_("With whom"), self.where)
        self.why_field = LabelledField(_("Why not now"), self.why)
        self.share = ShareQuestion()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(LARGE)
        for widget in (self.now, self.after, self.where_field, self.share, self.why_field):
            column.addWidget(widget)
        self.now.changed.connect(lambda _value: self._fit())
        self.where.currentIndexChanged.connect(lambda _index: self._choose())
        self.where.set_choices([(OWN_DESK, _("Our own desk looks for work"))], OWN_DESK)
        self.ask(None)

    def ask(self, result: Result | None) -> None:
        """Show the question of a result; none, or a pending one, asks for nothing."""
        self.result = result if result in (Result.COMPETENT, Result.NOT_YET) else None
        self.setVisible(self.result is not None)
        if self.result is Result.COMPETENT and self.where.count() == 1:
            self.operations.ask(self, pathways.placement_services, self._filled, key="placement-services")
        self._fit()

    def _filled(self, lines: list[ServiceLine]) -> None:
        own = (OWN_DESK, _("Our own desk looks for work"))
        first = lines[0].id if lines else OWN_DESK
        self.where.set_choices([*((line.id, line.name) for line in lines), own], first)

    def _fit(self) -> None:
        competent = self.result is Result.COMPETENT
        self.now.setVisible(competent)
        self.after.setVisible(self.result is Result.NOT_YET)
        self.where_field.setVisible(competent and self._says() == YES)
        self.why_field.setVisible(competent and self._says() == NO)
        self.why_field.warn("")
        if not (competent and self._says() == YES):
            self.share.hide()
        else:
            self._choose()

    def _says(self) -> str:
        value = self.now.value()
        return value[0] if isinstance(value, tuple) and value else ""

    def _choose(self) -> None:
        self.chosen = None
        self.share.ask(None)
        id = self.where.value()
        if id and id != OWN_DESK and self.result is Result.COMPETENT:
            self.operations.ask(self, lambda office: self._read(office, id), self._show, key="placement-service")

    def _read(self, office: Office, id: str) -> tuple[Service, ShareAnswer | None]:
        service, found = catalogue.service(office, id), case_file(office.case(self.case))
        return service, consents.may_share(office, found, service) if found else None

    def _show(self, answer: tuple[Service, ShareAnswer | None]) -> None:
        self.chosen, share = answer
        if self._says() == YES:
            self.share.ask(share)

    def told(self) -> Next | None:
        """What was chosen, None while nothing is or nothing is asked."""
        if self.result is Result.NOT_YET:
            value = self.after.value()
            return Next(after=AfterNotYet(value[0])) if isinstance(value, tuple) and value else None
        if self.result is None or not self._says():
            return None
        if self._says() == NO:
            return Next(placement=Placement(self.why.value())) if self.why.value() else None
        return Next(placement=Placement.MADE, service=self.chosen, agreed=self.share.agreed())

    def lacks(self) -> str:
        """What must still be said, "" for nothing; the keyboard goes there."""
        if self.result is None:
            return ""
        if self._says() == YES and self.share.lacks_guardian():
            return _("Write who answers, so that it can be known later.")
        if self._says() == YES and self.where.value() != OWN_DESK and self.chosen is None:
            return _("The service is still being read. Try again.")
        if self.told() is not None:
            return ""
        if self._says() == NO:
            self.why_field.warn(_("Choose why not, so that it can be known later."))
            self.why.setFocus()
            return _("Say whether placement begins now, or why not.")
        asked = self.now if self.result is Result.COMPETENT else self.after
        asked.tiles[0].setFocus()
        if self.result is Result.COMPETENT:
            return _("Say whether placement begins now, or why not.")
        return _("Choose what comes next after “not yet competent”.")
