"""What the Ruta asks before it writes: another verdict, an unmet need, the needs to begin with."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from migrant_office.errors import UserError
from migrant_office.i18n import _, translator
from migrant_office.models.eligibility.told import VerdictCode
from migrant_office.models.need import NeedKind, UnmetReason
from migrant_office.services import route
from migrant_office.services.route import RouteNeed, RouteService
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.widgets.answers import AnswerChoice, Answers
from migrant_office.ui.widgets.field import Choice, LabelledField, LineField, NoteField
from migrant_office.ui.widgets.text import Text

AS_RULES = "rules"


class ChangeDialog(Dialog):
    """Another verdict on one service, with its reason; the rule's own stays beside it."""

    def __init__(self, operations: Operations, case: str, service: RouteService, parent: QWidget | None = None) -> None:
        super().__init__(_("Change the verdict"), _("Save the verdict"), width=640, parent=parent)
        self.operations, self.case, self.service = operations, case, service
        choices = [AnswerChoice(code.value, _(code.label)) for code in VerdictCode]
        if service.change is not None:
            choices.append(AnswerChoice(AS_RULES, _("As the rules say")))
        self.verdict = Answers(service.line.name, choices, missing=())
        self.reason = NoteField(lines=3)
        hint = _("What the institution said, who said it and when. No details of the person.")
        self.reason_field = LabelledField(_("Why"), self.reason, help_text=hint)
        rule = service.verdict.rule
        said = rule.words.text(translator().lang) if rule else _("No source says who can have it: ask the institution")
        self.body.addWidget(Text(_("The rules say: {words}").format(words=said), "hint", "hint", wrap=True))
        self.body.addWidget(self.verdict)
        self.body.addWidget(self.reason_field)
        self.first = self.verdict.tiles[0]

    def written(self) -> bool:
        return bool(self.reason.toPlainText().strip())

    def agree(self) -> None:
        value, reason = self.verdict.value(), self.reason.toPlainText()
        if not isinstance(value, tuple) or not value:
            self.tell_trouble(_("Choose the verdict."))
            self.verdict.tiles[0].setFocus()
            return
        if not reason.strip():
            self.reason_field.warn(_("Say why the verdict is another one: whoever reads it later must know."))
            self.reason.setFocus()
            return
        code = None if value[0] == AS_RULES else VerdictCode(value[0])
        case, service = self.case, self.service.line.id
        self.primary.setEnabled(False)
        self.operations.run(
            self,
            lambda office: route.change_verdict(office, case, service, code, reason),
            lambda _done: self.accept(),
            failed=self._failed,
        )

    def _failed(self, error: UserError) -> None:
        self.primary.setEnabled(True)
        self.tell_trouble(error.text(translator()))


class UnmetDialog(Dialog):
    """A need that nothing could serve, with the reason that the verdicts suggest."""

    def __init__(
        self, operations: Operations, case: str, needs: Sequence[RouteNeed], chosen: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Note an unmet need"), _("Save the need"), width=640, parent=parent)
        self.operations, self.case = operations, case
        self.needs = {need.kind.value: need for need in needs}
        self.need, self.words = Choice(), LineField()
        kinds = [need.kind for need in needs] or list(NeedKind)
        self.need.set_choices([(kind.value, _(kind.label)) for kind in kinds], chosen or kinds[0].value)
        reasons = [AnswerChoice(reason.value, _(reason.label)) for reason in UnmetReason]
        self.why = Answers(_("Why could nothing be offered?"), reasons, missing=())
        hint = _("A need that nothing serves is evidence for new programmes.")
        self.body.addWidget(LabelledField(_("Need"), self.need, help_text=hint))
        self.body.addWidget(self.why)
        self.body.addWidget(LabelledField(_("What was needed"), self.words, optional=_("optional")))
        self.need.currentIndexChanged.connect(lambda _index: self._suggest())
        self._suggest()
        self.first = self.need

    def _suggest(self) -> None:
        need = self.needs.get(self.need.value())
        reason = need.likely_reason if need else UnmetReason.NO_OFFER
        self.why.set_value((reason.value,))

    def written(self) -> bool:
        return bool(self.words.text().strip())

    def agree(self) -> None:
        value = self.why.value()
        if not isinstance(value, tuple) or not value:
            self.tell_trouble(_("Choose the reason."))
            self.why.tiles[0].setFocus()
            return
        kind, reason, told, case = NeedKind(self.need.value()), UnmetReason(value[0]), self.words.text(), self.case
        self.primary.setEnabled(False)
        self.operations.run(
            self,
            lambda office: route.note_unmet(office, case, kind, reason, told),
            lambda _done: self.accept(),
            failed=self._failed,
        )

    def _failed(self, error: UserError) -> None:
        self.primary.setEnabled(True)
        self.tell_trouble(error.text(translator()))


class NeedsDialog(Dialog):
    """What the person needs, several at once: where the Ruta begins."""

    def __init__(
        self, operations: Operations, case: str, told: Sequence[NeedKind], parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Choose the needs"), _("Save the needs"), width=720, parent=parent)
        self.operations, self.case = operations, case
        left = [kind for kind in NeedKind if kind not in told]
        self.kinds = Answers(
            _("What does the person need?"),
            [AnswerChoice(kind.value, _(kind.label)) for kind in left],
            multiple=True,
            hint=_("The first one chosen stands first."),
            missing=(),
        )
        self.order: list[str] = []
        self.kinds.changed.connect(self._note_order)
        self.body.addWidget(self.kinds)
        self.first = self.kinds.tiles[0] if self.kinds.tiles else None

    def _note_order(self, value: object) -> None:
        chosen = value if isinstance(value, tuple) else ()
        self.order = [code for code in self.order if code in chosen]
        self.order += [code for code in chosen if code not in self.order]

    def agree(self) -> None:
        if not self.order:
            self.tell_trouble(_("Choose at least one need."))
            return
        kinds, case = [NeedKind(code) for code in self.order], self.case
        self.primary.setEnabled(False)
        self.operations.run(
            self,
            lambda office: route.tell_needs(office, case, kinds),
            lambda _done: self.accept(),
            failed=self._failed,
        )

    def _failed(self, error: UserError) -> None:
        self.primary.setEnabled(True)
        self.tell_trouble(error.text(translator()))
