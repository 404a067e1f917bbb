"""Take a consent back: which one, what rests on it, and which referrals are closed with it."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from migrant_office.errors import UserError
from migrant_office.i18n import _, ngettext, translator
from migrant_office.models.case_file import CaseFile, case_file
from migrant_office.models.consent import Manner
from migrant_office.models.notice import Notice
from migrant_office.models.office import Office
from migrant_office.models.slip import grouped
from migrant_office.models.vault.operation import Done
from migrant_office.services import consents
from migrant_office.services.consents import Said, Use, UseKind
from migrant_office.ui.case_file.consent_words import Services, held_in, title_of
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.theme.metrics import SMALL
from migrant_office.ui.widgets.answers import AnswerChoice, Answers
from migrant_office.ui.widgets.card import empty
from migrant_office.ui.widgets.field import Choice, LabelledField
from migrant_office.ui.widgets.text import Text


class WithdrawDialog(Dialog):
    """`key` is the consent chosen already, as (purpose, recipient)."""

    def __init__(
        self,
        operations: Operations,
        case: CaseFile,
        notice: Notice,
        services: Services,
        key: object = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("Take back a consent"), _("Take it back"), width=640, parent=parent)
        self.operations, self.case_id = operations, case.person.id
        self.given = [held for held in held_in(case, notice) if held.given]
        choices = [AnswerChoice(str(n), title_of(held, services)) for n, held in enumerate(self.given)]
        self.which = Answers(
            _("What does the person take back?"), choices, missing=(), hint=_("The attention stays the same.")
        )
        self.manner = Choice()
        self.manner.set_choices([(m.value, _(m.label)) for m in Manner], Manner.SPOKEN.value)
        self.closing: list[Use] = []
        self.touched = QWidget()
        self.rows = QVBoxLayout(self.touched)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(SMALL)
        for widget in (self.which, self.touched, LabelledField(_("How it was said"), self.manner)):
            self.body.addWidget(widget)
        self.touched.hide()
        self.which.changed.connect(lambda _value: self._look())
        chosen = next((n for n, h in enumerate(self.given) if (h.purpose.code, h.recipient) == key), None)
        if len(self.given) == 1 or chosen is not None:
            self.which.set_value((str(chosen or 0),))
            self._look()
        self.first = self.which.tiles[chosen or 0] if self.which.tiles else self.manner

    def _chosen(self) -> tuple[str, str] | None:
        value = self.which.value()
        if not isinstance(value, tuple) or not value:
            return None
        held = self.given[int(value[0])]
        return held.purpose.code, held.recipient

    # what it touches

    def _look(self) -> None:
        self.tell_trouble("")
        chosen, case = self._chosen(), self.case_id
        self.touched.hide()
        if chosen:
            self.operations.ask(self, partial(touched_by, case=case, chosen=chosen), self._show, key="consent-uses")

    def _show(self, uses: tuple[Use, ...]) -> None:
        empty(self.rows)
        self.closing = [use for use in uses if use.kind is UseKind.REFERRAL]
        if self.closing:
            self.rows.addWidget(Text(_("These referrals are closed with it"), "body_bold", wrap=True))
            for use in self.closing:
                self.rows.addWidget(Text(closed_words(use), "body", wrap=True))
            hint = _(
                "What was already handed over, and the papers that are out, have to be asked back from who has them."
            )
            self.rows.addWidget(Text(hint, "hint", "hint", wrap=True))
        for use in uses:
            if use.kind is not UseKind.REFERRAL:
                self.rows.addWidget(Text(words_of(use), "body", wrap=True))
        if not uses:
            self.rows.addWidget(Text(_("Nothing open rests on it."), "hint", "hint", wrap=True))
        self.touched.show()
        self.fit()

    # doing it

    def agree(self) -> None:
        chosen, case = self._chosen(), self.case_id
        if chosen is None:
            self.tell_trouble(_("Choose what the person takes back."))
            if self.first:
                self.first.setFocus()
            return
        purpose, recipient = chosen
        said = Said(manner=Manner(self.manner.value()))
        self.primary.setEnabled(False)
        self.operations.run(
            self,
            lambda office: consents.withdraw(office, case, purpose, recipient, said=said),
            self._done,
            failed=self._failed,
        )

    def _done(self, _done: Done) -> None:
        self.accept()

    def _failed(self, error: UserError) -> None:
        self.primary.setEnabled(True)
        self.tell_trouble(error.text(translator()))


def touched_by(office: Office, *, case: str, chosen: tuple[str, str]) -> tuple[Use, ...]:
    found = case_file(office.case(case))
    return consents.uses(office, found, *chosen) if found else ()


def closed_words(use: Use) -> str:
    """A referral that ends: its service, its slip, and whether its sheet was made."""
    slip = grouped(use.followed.referral.slip) if use.followed else ""
    told = [use.name, _("Slip no. {code}").format(code=slip) if slip else ""]
    told.append(_("sheet made on {day}").format(day=translator().date(use.printed)) if use.printed else "")
    return "  ·  ".join(part for part in told if part)


def words_of(use: Use) -> str:
    """What happens with anything that is no referral."""
    if use.kind is UseKind.PHONE:
        return _("The phone stays noted, and beside it that the person does not agree to be contacted.")
    if use.kind is UseKind.EMAIL:
        return _("The e-mail stays noted, and beside it that the person does not agree to be contacted.")
    text = ngettext(
        "{count} answer about something sensitive is noted. Take it out under Correct.",
        "{count} answers about something sensitive are noted. Take them out under Correct.",
        use.count,
    )
    return text.format(count=use.count)
