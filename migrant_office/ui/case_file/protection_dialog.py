"""The rapid path: what is noticed, safe contact, the steps of the city, and a referral for today."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QGridLayout, QWidget

from migrant_office import clock
from migrant_office.errors import UserError
from migrant_office.i18n import _, translator
from migrant_office.models.case_file import case_file
from migrant_office.models.missing import Missing
from migrant_office.models.office import Office
from migrant_office.models.person import ContactRule, Person
from migrant_office.models.rapid_path import Checklist
from migrant_office.models.restricted import RapidStep, Sign
from migrant_office.models.vault.operation import Done, Operation
from migrant_office.services import catalogue, consents, protection
from migrant_office.services.consents import ShareAnswer
from migrant_office.services.protection import ProtectionFile
from migrant_office.ui import words
from migrant_office.ui.case_file.protection_steps import StepList
from migrant_office.ui.case_file.share_question import ShareQuestion
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.theme.metrics import COLUMN_GAP
from migrant_office.ui.widgets.answers import AnswerChoice, Answers
from migrant_office.ui.widgets.banner import Banner
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.card import SunkenPanel
from migrant_office.ui.widgets.field import Choice, LabelledField, LineField
from migrant_office.ui.widgets.tick import Tick


@dataclass(frozen=True, slots=True)
class Known:
    """What the dialog asks the office before it can show the steps."""

    checklist: Checklist
    services: dict[str, str]  # code → name, of those offered
    path: ProtectionFile | None


class ProtectionDialog(Dialog):
    """Opens the path of a person, or goes on with it. All of it is one operation, and one undo."""

    def __init__(self, operations: Operations, person: Person, parent: QWidget | None = None) -> None:
        is_new = person.path_opened is None
        super().__init__(
            _("Rapid path"), _("Open the rapid path") if is_new else _("Save the steps"), width=760, parent=parent
        )
        self.operations, self.person = operations, person
        self.known: Known | None = None
        self.signs = Answers(
            _("What do you notice?"),
            [AnswerChoice(sign.value, _(sign.label)) for sign in Sign],
            multiple=True,
            hint=_("Only what chooses the steps. Do not ask what happened."),
            missing=(),
        )
        self.rule, self.said = Choice(), LineField(person.contact_words, placeholder=_("only from 9 to 12"))
        self.rule.set_choices(
            [(rule.value, _(rule.label)) for rule in ContactRule],
            shown_rule(person),
            empty=_("Ask first"),
        )
        self.steps = StepList()
        self.avoid = SunkenPanel(_("What not to do"), icon="ban", tone="warn")
        self.service = Choice()
        self.service_field = LabelledField("", self.service)
        self.share = ShareQuestion()
        self.service.currentIndexChanged.connect(lambda _index: self._ask_share())
        self.end = Button(_("End the path…"))
        self.end.setVisible(not is_new)
        self.end.clicked.connect(self._end)
        self.foot.insertWidget(0, self.end)
        self._fill_body()
        self.signs.changed.connect(lambda _value: self._list())
        self.first = self.signs.tiles[0]
        operations.ask(self, lambda office: read(office, person), self._show, failed=self._failed)

    def _fill_body(self) -> None:
        contact = QGridLayout()
        contact.setHorizontalSpacing(COLUMN_GAP)
        contact.addWidget(LabelledField(_("Safe contact"), self.rule), 0, 0)
        contact.addWidget(LabelledField(_("In her or his words"), self.said, optional=_("optional")), 0, 1)
        contact.setColumnStretch(0, 1)
        contact.setColumnStretch(1, 1)
        told = _("Only those who may open the restricted part see this case from now on. Nothing of it is printed.")
        refer = words.word(self.operations.city, "Refer")
        self.service_field.set_texts(
            _("{refer} today").format(refer=refer), _("The person decides. Somebody asks today what came of it.")
        )
        self.service.set_choices([], empty=_("Not now"))
        if not self.person.restricted:
            self.body.addWidget(Banner("ask", told, icon="lock"))
        self.body.addWidget(self.signs)
        self.body.addLayout(contact)
        self.body.addWidget(self.avoid)
        self.body.addWidget(self.steps)
        self.body.addWidget(self.service_field)
        self.body.addWidget(self.share)

    def _ask_share(self) -> None:
        """Whether the body chosen may have her data is asked even now."""
        wanted, case = self.service.value(), self.person.id
        self.share.ask(None)
        if wanted:
            self.operations.ask(self, lambda office: share_answer(office, case, wanted), self._show_share, key="share")

    def _show_share(self, answer: ShareAnswer | None) -> None:
        self.share.ask(answer)
        self.fit()

    def _show(self, known: Known) -> None:
        self.known = known
        if known.path:
            self.signs.set_value(sorted(sign.value for sign in known.path.protection.signs))
        self._list()

    def _chosen(self) -> list[Sign]:
        value = self.signs.value()
        return [Sign(code) for code in value] if isinstance(value, tuple) else []

    def _list(self) -> None:
        """Steps, warnings and services of the signs that are chosen now; what is ticked stays ticked."""
        if self.known is None:
            return
        lang, signs, kept = translator().lang, self._chosen(), self.service.value()
        taken = [state.taken for state in self.known.path.steps if state.taken] if self.known.path else []
        self.steps.show_steps(self.known.checklist.steps(signs), self.known.services, by_code(taken))
        avoided = self.known.checklist.avoided(signs)
        self.avoid.set_sections([("", "\n".join(f"–  {each.text(lang)}" for each in avoided))])
        offered = [code for code in self.known.checklist.services(signs) if code in self.known.services]
        self.service.set_choices(
            [("", _("Not now")), *((code, self.known.services[code]) for code in offered)],
            kept if kept in offered else "",
        )
        self.fit()

    def written(self) -> bool:
        before = self.known.path.protection.signs if self.known and self.known.path else ()
        told = self.steps.ticked() or self.service.value() or set(self._chosen()) != set(before)
        return bool(told or self.said.text() != self.person.contact_words)

    def agree(self) -> None:
        person, signs, ticked = self.person, self._chosen(), self.steps.ticked()
        rule = ContactRule(self.rule.value()) if self.rule.value() else forgotten(person)
        said, wanted, agreed = self.said.text(), self.service.value(), self.share.agreed()
        if self.share.lacks_guardian():
            return

        def write(office: Office) -> Done:
            service = catalogue.service(office, wanted) if wanted else None

            def refer(op: Operation) -> None:
                if service:
                    consents.put_referral(office, op, service, agreed, due=clock.today())

            return protection.open_path(office, person.id, signs, rule, said, steps=ticked, refer=refer)

        self.primary.setEnabled(False)
        self.operations.run(self, write, lambda _done: self.accept(), failed=self._failed)

    def _end(self) -> None:
        dialog = EndPathDialog(self.operations, self.person, self.parentWidget())
        self.accept()
        dialog.open()

    def _failed(self, error: UserError) -> None:
        self.primary.setEnabled(True)
        self.tell_trouble(error.text(translator()))


class EndPathDialog(Dialog):
    """The path is at its end; who may see the case is a question of its own."""

    def __init__(self, operations: Operations, person: Person, parent: QWidget | None = None) -> None:
        super().__init__(_("End the rapid path"), _("End the path"), parent=parent)
        self.operations, self.person = operations, person
        self.stays = Tick(_("The case stays restricted: nobody else sees it, nothing is printed"), checked=True)
        self.body.addWidget(self.stays)
        self.first = self.stays

    def agree(self) -> None:
        case, stays = self.person.id, self.stays.isChecked()
        self.primary.setEnabled(False)
        self.operations.run(
            self,
            lambda office: protection.close_path(office, case, stays_restricted=stays),
            lambda _done: self.accept(),
            failed=self._failed,
        )

    def _failed(self, error: UserError) -> None:
        self.primary.setEnabled(True)
        self.tell_trouble(error.text(translator()))


def share_answer(office: Office, case: str, service: str) -> ShareAnswer | None:
    found = case_file(office.case(case))
    return consents.may_share(office, found, catalogue.service(office, service)) if found else None


def read(office: Office, person: Person) -> Known:
    """The compartment is looked into only for a case that has a path; the look is written down."""
    services = {line.id: line.name for line in catalogue.lines(office, offered_only=True)}
    path = protection.read_protection(office, person.id) if person.restricted else None
    return Known(protection.checklist(office), services, path)


def shown_rule(person: Person) -> str:
    """The rule that holds. "May be called" was said before anybody knew of a danger: it is asked again."""
    rule = person.contact_rule
    if not isinstance(rule, ContactRule) or (rule is ContactRule.ANY and not person.restricted):
        return ""
    return rule.value


def forgotten(person: Person) -> Missing | None:
    """What is stored when nobody asked: an old leave to call does not stand."""
    return Missing.NOT_ASKED if person.contact_rule == ContactRule.ANY and not person.restricted else None


def by_code(taken: list[RapidStep]) -> dict[str, RapidStep]:
    return {made.step: made for made in taken}
