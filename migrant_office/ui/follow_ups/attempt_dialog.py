"""A try to reach somebody. The rule for reaching her comes first, and a way that it forbids cannot be chosen."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from migrant_office.errors import UserError
from migrant_office.i18n import _, translator
from migrant_office.models.follow_up import AttemptChannel, AttemptResult
from migrant_office.models.office import Office
from migrant_office.models.person import ContactRule
from migrant_office.models.vault.operation import Done
from migrant_office.services import attempts
from migrant_office.services.attempts import Reaching, Tried
from migrant_office.services.follow_ups.listing import Line
from migrant_office.ui import words
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.follow_ups.follow_list import title
from migrant_office.ui.operations import Operations
from migrant_office.ui.widgets.answers import AnswerChoice, Answers
from migrant_office.ui.widgets.banner import Banner
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.date_field import DateField
from migrant_office.ui.widgets.field import LabelledField, LineField
from migrant_office.ui.widgets.text import Text


class AttemptDialog(Dialog):
    """`reached` comes when the person was reached: then what she answered is recorded."""

    reached = Signal()
    closed_unanswered = Signal()

    def __init__(
        self, operations: Operations, line: Line, reaching: Reaching, next_day: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            _("Try to reach: {person}").format(person=title(line)), _("Save the try"), width=680, parent=parent
        )
        self.operations, self.line, self.reaching = operations, line, reaching
        self.rule = Banner("blue", "", icon="phone")
        offered = [c for c in AttemptChannel if c not in reaching.refused] or list(AttemptChannel)
        self.channel = Answers(_("How?"), [AnswerChoice(c.value, _(c.label)) for c in offered], missing=())
        self.not_offered = Text(refused_words(reaching), "body", "warn", wrap=True)
        self.not_offered.setVisible(bool(reaching.refused))
        self.what = Answers(_("What happened?"), [AnswerChoice(r.value, _(r.label)) for r in AttemptResult], missing=())
        self.phone, self.again, self.note = LineField(), DateField(), LineField()
        self.phone_field = LabelledField(_("The right number"), self.phone, optional=_("if it is known"))
        self.again_field = LabelledField(_("Try again on"), self.again)
        self.again.set_value(next_day.isoformat())
        self.give_up = Button(_("Close as without an answer"), "danger", icon="phone-off")
        self.give_up.clicked.connect(self._give_up)
        self.foot.insertWidget(0, self.give_up)
        for widget in (
            self.rule,
            self.channel,
            self.not_offered,
            self.what,
            self.phone_field,
            self.again_field,
            LabelledField(_("Note"), self.note, optional=_("optional")),
        ):
            self.body.addWidget(widget)
        self.body.insertWidget(1, Text(words.asked(line.question, line.service), "body", "hint", wrap=True))
        self._tell_rule()
        self._propose()
        self.channel.changed.connect(lambda _value: self._fit())
        self.what.changed.connect(lambda _value: self._fit())
        self._fit()
        self.first = self.channel.tiles[0]

    def _tell_rule(self) -> None:
        """Whom may be called, where, and how; the one place where the number stands."""
        person, rule = self.reaching.person, words.contact_rule_mark(self.reaching.person)
        numbers = [person.phone, f"{person.trusted} {person.trusted_phone}".strip()]
        if AttemptChannel.CALL in self.reaching.refused and AttemptChannel.WHATSAPP in self.reaching.refused:
            numbers = []  # a number that may not be used is not shown
        hint = "  ·  ".join(filter(None, numbers)) or _("No number is shown here.")
        if not self.reaching.may_contact:
            self.rule.set_tone("warn", "phone-off")
            self.rule.set_texts(_("No consent to contact"), hint)
        elif rule:
            self.rule.set_tone("warn", rule.icon)
            self.rule.set_texts(rule.text, hint)
        else:
            simple = person.contact_rule == ContactRule.ANY
            self.rule.set_texts(_("May be called") if simple else _("Nobody asked how to reach this person"), hint)

    def _propose(self) -> None:
        """After three tries without an answer something else is proposed."""
        self.give_up.setVisible(self.reaching.exhausted)
        if not self.reaching.exhausted:
            return
        other = [c for c in (AttemptChannel.VISIT, AttemptChannel.TRUSTED) if c not in self.reaching.refused]
        ways = " / ".join(words.coded(c).lower() for c in other)
        text = _("Three tries without an answer. Try another way ({ways}), or close it as without an answer.")
        alone = _("Three tries without an answer. Ask the institution, or close it as without an answer.")
        self.body.insertWidget(1, Banner("ask", text.format(ways=ways) if other else alone, icon="phone-off"))

    def _value(self, field: Answers) -> str:
        value = field.value()
        return value[0] if isinstance(value, tuple) and value else ""

    def _fit(self) -> None:
        channel, result = self._value(self.channel), self._value(self.what)
        refused = self.reaching.refused.get(AttemptChannel(channel)) if channel else None
        self.tell_trouble(_(refused) if refused else "")
        self.phone_field.setVisible(result == AttemptResult.WRONG_NUMBER)
        self.again_field.setVisible(bool(result) and result != AttemptResult.REACHED)

    def written(self) -> bool:
        return bool(self.note.text().strip() or self.phone.text().strip())

    def agree(self) -> None:
        channel, result = self._value(self.channel), self._value(self.what)
        if not channel or not result:
            self.tell_trouble(_("Say how you tried, and what happened."))
            (self.what if channel else self.channel).tiles[0].setFocus()
            return
        again = self.again.value() if not self.again_field.isHidden() else ""
        tried = Tried(
            channel=AttemptChannel(channel),
            result=AttemptResult(result),
            note=self.note.text(),
            again=date.fromisoformat(again) if again else None,
            phone=self.phone.text() if not self.phone_field.isHidden() else "",
        )
        line = self.line

        def write(office: Office) -> Done:
            return attempts.add_attempt(office, line.case, line.follow_up, tried, referral=line.referral)

        self.primary.setEnabled(False)
        self.operations.run(self, write, lambda _done: self._done(tried), failed=self._failed)

    def _done(self, tried: Tried) -> None:
        self.accept()
        if tried.result is AttemptResult.REACHED:
            self.reached.emit()

    def _give_up(self) -> None:
        line, note = self.line, self.note.text().strip() or _("No answer after several tries")

        def write(office: Office) -> Done:
            return attempts.close_unanswered(office, line.case, line.follow_up, note, referral=line.referral)

        def done(_done: Done) -> None:
            self.closed_unanswered.emit()
            self.accept()

        self.operations.run(self, write, done, failed=self._failed)

    def _failed(self, error: UserError) -> None:
        self.primary.setEnabled(True)
        self.tell_trouble(error.text(translator()))


def refused_words(reaching: Reaching) -> str:
    """The ways that are not offered, each reason once."""
    by_reason: dict[str, list[str]] = {}
    for channel, reason in reaching.refused.items():
        by_reason.setdefault(reason, []).append(words.coded(channel).lower())
    told = _("Not offered: {ways}. {reason}")
    return "\n".join(told.format(ways=", ".join(ways), reason=_(reason)) for reason, ways in by_reason.items())
