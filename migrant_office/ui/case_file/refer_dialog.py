"""Choose a service for a referral, and the day somebody asks what came of it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from migrant_office import clock
from migrant_office.errors import UserError
from migrant_office.i18n import _, translator
from migrant_office.models.case_file import case_file
from migrant_office.models.eligibility.reading import RulesRefused
from migrant_office.models.eligibility.told import VerdictCode
from migrant_office.models.need import Need, NeedKind
from migrant_office.models.office import Office
from migrant_office.models.referral import Referral
from migrant_office.models.service import Service
from migrant_office.models.vault.operation import Done
from migrant_office.services import catalogue, consents, follow_ups, route
from migrant_office.services.catalogue import ServiceLine
from migrant_office.services.consents import ShareAnswer
from migrant_office.services.follow_ups.making import Planned
from migrant_office.services.route import RouteService
from migrant_office.ui import verdict_words, words
from migrant_office.ui.case_file.barrier_notice import BarrierNotice
from migrant_office.ui.case_file.plan_field import PlanField
from migrant_office.ui.case_file.share_question import ShareQuestion
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.widgets.banner import Banner
from migrant_office.ui.widgets.date_field import DateField
from migrant_office.ui.widgets.field import Choice, LabelledField, LineField
from migrant_office.ui.widgets.marks import Chip, MarkSpec
from migrant_office.ui.widgets.search_combo import SearchCombo

ALL = "all"


class ReferDialog(Dialog):
    """`referred` carries the new referral once it is written; `contact` is the rule for asking her later; `chosen` a
    service and a need to begin with. A service whose condition is not met asks for a reason, and is referred to.
    """

    referred = Signal(object)

    def __init__(
        self,
        operations: Operations,
        case: str,
        needs: tuple[Need, ...],
        parent: QWidget | None = None,
        *,
        contact: MarkSpec | None = None,
        chosen: tuple[str, str] = ("", ""),
    ) -> None:
        city = operations.city
        super().__init__(words.word(city, "New referral"), words.word(city, "Refer"), parent=parent)
        self.operations, self.case = operations, case
        self.lines: list[ServiceLine] = []
        self.chosen: Service | None = None
        self.wanted, wanted_need = chosen
        self.verdict: RouteService | None = None
        kinds = list(dict.fromkeys(n.kind for n in needs if isinstance(n.kind, NeedKind)))
        self.need = Choice()
        self.need.set_choices(
            [(ALL, _("The whole catalogue")), *((k.value, _(k.label)) for k in kinds)],
            wanted_need or (kinds[0].value if kinds else ALL),
        )
        self.service, self.due, self.note = SearchCombo(placeholder=_("Name of the service")), DateField(), LineField()
        self.service_field = LabelledField(_("Service"), self.service)
        self.due_field = LabelledField(_("Ask what came of it on"), self.due)
        self.facts = Banner("blue", "", icon="building-community")
        self.verdict_banner, self.despite = Banner("ask", ""), LineField()
        self.despite_field = LabelledField(
            _("Why refer all the same"), self.despite, help_text=_("It stays beside the verdict of the rules.")
        )
        self.share, self.barriers = ShareQuestion(), BarrierNotice(operations, case)
        self.later = PlanField()
        self._put_fields(contact)
        self.first = self.service
        self.need.currentIndexChanged.connect(self._list)
        self.service.changed.connect(self._choose)
        operations.ask(self, lambda office: catalogue.lines(office, offered_only=True), self._filled)

    def _put_fields(self, contact: MarkSpec | None) -> None:
        """What depends on the service is hidden until one is chosen."""
        for hidden in (self.facts, self.verdict_banner, self.despite_field):
            hidden.hide()
        for widget in (
            LabelledField(_("For the need"), self.need),
            self.service_field,
            self.verdict_banner,
            self.despite_field,
            self.facts,
            self.barriers,
            self.share,
            self.due_field,
            self.later,
            LabelledField(_("Note"), self.note, optional=_("optional")),
        ):
            self.body.addWidget(widget)
        if contact:
            self.body.addWidget(Chip(contact.text, contact.tone, contact.icon))

    def _filled(self, lines: list[ServiceLine]) -> None:
        self.lines = lines
        self._list()
        if self.wanted:
            self.service.set_value(self.wanted)
            self.service.changed.emit(self.wanted)
            self.due.setFocus()

    def _list(self) -> None:
        """Services of the chosen need, or all; the area stands after the name."""
        city, need, lang = self.operations.city, self.need.value(), translator().lang
        areas = {a.code for a in city.areas if need in a.needs}
        shown = [line for line in self.lines if need == ALL or line.area in areas]
        hint = (
            "" if need == ALL else _("Only what serves this need is listed. The whole catalogue is in the first field.")
        )
        self.service_field.set_texts(_("Service"), hint)
        self.service.set_choices([(x.id, f"{x.name}  ·  {city.area_label(x.area, lang)}") for x in shown])

    def _choose(self, id: str) -> None:
        self.chosen = self.verdict = None
        for hidden in (self.facts, self.verdict_banner, self.despite_field):
            hidden.hide()
        self.share.ask(None)
        self.barriers.hide()
        if id:
            self.barriers.look(id)
            self.operations.ask(self, lambda office: self._read(office, id), self._show, key="refer-service")

    def _read(self, office: Office, id: str) -> tuple[Service, Planned, ShareAnswer | None, RouteService | None]:
        service, found = catalogue.service(office, id), case_file(office.case(self.case))
        share = consents.may_share(office, found, service) if found else None
        try:
            verdict = route.service_verdict(office, found, service) if found else None
        except RulesRefused:  # rules that somebody broke keep nobody from referring
            verdict = None
        return service, follow_ups.planned(office, service.area), share, verdict

    def _show(self, answer: tuple[Service, Planned, ShareAnswer | None, RouteService | None]) -> None:
        self.chosen, plan, share, self.verdict = answer
        self._show_verdict()
        self.later.show_plan(plan)
        self.share.ask(share)
        self.service_field.warn(words.stale_warning(self.chosen, self.operations.city))
        confirmed = words.confirmed_mark(self.chosen.confirmed, clock.today()).text
        documents = catalogue.known(self.chosen.documents) or _("To be confirmed with the institution")
        self.facts.set_texts(
            self.chosen.owner,
            _("Bring: {documents}. Information: {confirmed}.").format(
                documents=documents.rstrip("."), confirmed=confirmed.lower()
            ),
        )
        self.facts.show()
        if not self.due.value():
            self.due.set_value(plan[0][0].isoformat())

    def _show_verdict(self) -> None:
        if self.verdict is None:
            return
        tone, icon = verdict_words.LOOK[self.verdict.code]
        self.verdict_banner.set_tone(tone, icon)
        self.verdict_banner.set_texts(words.coded(self.verdict.code), verdict_words.reason(self.verdict))
        self.verdict_banner.show()
        self.despite_field.setVisible(self.not_met())

    def not_met(self) -> bool:
        return self.verdict is not None and self.verdict.code is VerdictCode.NOT_MET

    def agree(self) -> None:
        service, need = self.chosen, self.need.value()
        if service is None:
            self.service_field.warn(_("Choose a service of the list."))
            self.service.setFocus()
            return
        if self.due.problem() and not self.due.value():
            self.due_field.warn(self.due.problem())
            self.due.setFocus()
            return
        if self.not_met() and not self.despite.text().strip():
            self.despite_field.warn(_("Say why: whoever reads it later must know."))
            self.despite.setFocus()
            return
        if self.share.lacks_guardian():
            return
        due = date.fromisoformat(self.due.value()) if self.due.value() else None
        kind = None if need == ALL else NeedKind(need)
        note, agreed, plan = self.note.text(), self.share.agreed(), self.later.plan(due)
        despite = self.despite.text() if self.not_met() else ""

        def write(office: Office) -> tuple[Done, Referral]:
            why = [route.new_change(office, service.id, VerdictCode.CONFIRM, despite)] if despite else []
            return consents.refer(
                office, self.case, service, agreed=agreed, need=kind, due=due, note=note, plan=plan, besides=why
            )

        self.primary.setEnabled(False)
        self.operations.run(self, write, self._done, failed=self._failed)

    def _done(self, answer: tuple[Done, Referral]) -> None:
        self.referred.emit(answer[1])
        self.accept()

    def _failed(self, error: UserError) -> None:
        self.primary.setEnabled(True)
        self.tell_trouble(error.text(translator()))
