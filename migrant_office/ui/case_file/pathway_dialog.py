"""Begin a pathway at the own desk: which one, for which trade, where; what might keep the person from finishing."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from migrant_office.errors import UserError
from migrant_office.i18n import _, translator
from migrant_office.models.missing import Missing
from migrant_office.models.office import Office
from migrant_office.models.pathway.kinds import PathwayKind
from migrant_office.models.pathway.nouns import Pathway
from migrant_office.models.person import Person, Situation
from migrant_office.models.vault.operation import Done
from migrant_office.services import pathways
from migrant_office.services.pathways import Beginning
from migrant_office.ui.case_file.barrier_notice import BarrierNotice
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.pathway_words import Profiles, profile_words
from migrant_office.ui.widgets.answers import AnswerChoice, Answers
from migrant_office.ui.widgets.field import Choice, LabelledField, LineField


class PathwayDialog(Dialog):
    """The barrier check follows what is chosen; it warns, and a pathway can always be begun."""

    def __init__(
        self, operations: Operations, person: Person, profiles: Profiles, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Begin a pathway"), _("Begin the pathway"), width=640, parent=parent)
        self.operations, self.person = operations, person
        kinds = [AnswerChoice(k.value, _(k.label)) for k in PathwayKind]
        self.kind = Answers(_("Which pathway?"), kinds, missing=())
        self.profile, self.service, self.situation = Choice(), Choice(), Choice()
        self.trade, self.centre = LineField(), LineField()
        self.profile.set_choices(
            [(code, profile_words(code, profiles)) for code in profiles], empty=_("Choose a trade")
        )
        now = person.situation
        self.situation.set_choices(
            [(s.value, _(s.label)) for s in Situation],
            "" if isinstance(now, Missing) else str(now),
            empty=_("Not asked"),
        )
        optional = _("optional")
        self.profile_field = LabelledField(_("Trade to certify"), self.profile, optional=optional)
        self.trade_field = LabelledField(_("In the person's words"), self.trade, optional=optional)
        self.service_field = LabelledField(_("Service"), self.service, optional=optional)
        self.warning = BarrierNotice(operations, person.id)
        for widget in (
            self.kind,
            self.profile_field,
            self.trade_field,
            self.service_field,
            self.warning,
            LabelledField(_("Centre or institution"), self.centre, optional=optional),
            LabelledField(_("What the person does today"), self.situation, optional=optional),
        ):
            self.body.addWidget(widget)
        self.kind.changed.connect(lambda _value: self._list())
        self.service.currentIndexChanged.connect(lambda _index: self._check())
        self.first = self.kind.tiles[0]
        self._list()

    def _chosen(self) -> PathwayKind | None:
        value = self.kind.value()
        return PathwayKind(value[0]) if isinstance(value, tuple) and value else None

    def _list(self) -> None:
        self.tell_trouble("")
        kind = self._chosen()
        self.profile_field.setVisible(kind is PathwayKind.CERTIFICATION)
        self.trade_field.setVisible(kind is not None)
        self.service_field.setVisible(kind is not None)
        if kind is not None:
            self.operations.ask(self, lambda office: listed(office, kind), self._filled, key="pathway-services")

    def _filled(self, services: list[tuple[str, str]]) -> None:
        self.service.set_choices(services, empty=_("None yet"))
        self._check()

    def _check(self) -> None:
        if kind := self._chosen():
            self.warning.look(self.service.value(), kind)

    def agree(self) -> None:
        kind = self._chosen()
        if kind is None:
            self.tell_trouble(_("Choose which pathway begins."))
            self.kind.tiles[0].setFocus()
            return
        profile = self.profile.value() if kind is PathwayKind.CERTIFICATION else ""
        told = Beginning(
            kind=kind,
            profile=profile,
            trade=self.trade.text(),
            centre=self.centre.text(),
            service=self.service.value(),
            situation=Situation(self.situation.value()) if self.situation.value() else None,
        )
        case = self.person.id
        self.primary.setEnabled(False)
        self.operations.run(self, lambda office: pathways.begin(office, case, told), self._done, failed=self._failed)

    def _done(self, _answer: tuple[Done, Pathway]) -> None:
        self.accept()

    def _failed(self, error: UserError) -> None:
        self.primary.setEnabled(True)
        self.tell_trouble(error.text(translator()))


def listed(office: Office, kind: PathwayKind) -> list[tuple[str, str]]:
    return [(line.id, line.name) for line in pathways.of_kind(office, kind)]
