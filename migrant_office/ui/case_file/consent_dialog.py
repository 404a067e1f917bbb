"""The notice to read aloud, in two languages side by side, and what the person answers to it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from migrant_office.errors import UserError
from migrant_office.i18n import LANGUAGE_NAMES, _, translator
from migrant_office.models.case_file import CaseFile
from migrant_office.models.consent import ConsentState, Manner, SaidBy
from migrant_office.models.notice import Notice, Purpose
from migrant_office.models.vault.operation import Done
from migrant_office.services import consents
from migrant_office.services.consents import Said
from migrant_office.ui.case_file.consent_words import NOTICE_LANGUAGES, basis_of, language_name
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.operations import Operations
from migrant_office.ui.theme.metrics import COLUMN_GAP, LARGE, MEDIUM, SMALL
from migrant_office.ui.widgets.answers import AnswerChoice, Answers
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.card import Line, SunkenPanel
from migrant_office.ui.widgets.field import Choice, LabelledField, LineField
from migrant_office.ui.widgets.text import IconLabel, Text
from migrant_office.ui.words import capital

SIDES = ("es", "ht")  # what officer and person read together, as on paper
STATES = {"yes": ConsentState.GIVEN, "no": ConsentState.REFUSED}


class ConsentDialog(Dialog):
    """Nothing chosen is not asked. Only what differs from what was said before is written."""

    print_wanted = Signal()

    def __init__(self, operations: Operations, case: CaseFile, notice: Notice, parent: QWidget | None = None) -> None:
        super().__init__(_("Notice and consent"), _("Save the answers"), width=960, parent=parent)
        self.operations, self.case, self.notice = operations, case, notice
        self.standing = {p.code: consents.standing(case).get((p.code, "")) for p in notice.asked}
        self.minor = consents.needs_guardian(case.person)
        self.answers = {purpose.code: self._question(purpose) for purpose in notice.asked}
        self.by, self.manner, self.language, self.guardian = Choice(), Choice(), Choice(), LineField()
        self.guardian_field = LabelledField(_("Who answers for the person"), self.guardian)
        self._fill_how()
        self._lay_out_body()
        self.before = self.said()
        self.by.currentIndexChanged.connect(lambda _index: self._fit_guardian())
        self._fit_guardian()
        self.first = next(iter(self.answers.values())).tiles[0]

    # building

    def _lay_out_body(self) -> None:
        lead = _("Read it aloud in the person's language, before asking. It takes a minute.")
        self.body.addWidget(Text(lead, "body", wrap=True))
        self.body.addWidget(self._notice())
        for answers in self.answers.values():
            self.body.addWidget(answers)
        how = QGridLayout()
        how.setHorizontalSpacing(COLUMN_GAP)
        how.setVerticalSpacing(LARGE)
        fields = (
            LabelledField(_("Who answers"), self.by),
            self.guardian_field,
            LabelledField(_("How it was said"), self.manner),
            LabelledField(_("Language of the notice"), self.language),
        )
        for number, field in enumerate(fields):
            how.addWidget(field, number // 2, number % 2, Qt.AlignmentFlag.AlignTop)
        for column in (0, 1):
            how.setColumnStretch(column, 1)
        self.body.addLayout(how)
        self.paper = Button(_("Print the notice"), icon="printer")
        self.paper.clicked.connect(self.print_wanted)
        restricted = self.case.person.restricted
        self.paper.set_available(not restricted, _("Nothing of this case is printed.") if restricted else "")
        self.foot.insertWidget(0, self.paper)

    def _notice(self) -> QWidget:
        """Icon and two columns: the same row says the same."""
        panel = SunkenPanel()
        grid = QGridLayout()
        grid.setHorizontalSpacing(MEDIUM)
        grid.setVerticalSpacing(SMALL)
        for column, lang in enumerate(SIDES, 1):
            grid.setColumnStretch(column, 1)
            grid.addWidget(Text(LANGUAGE_NAMES[lang], "hint_bold", "hint"), 0, column)
        rows = [(p.icon, p.spoken, f"{number}. ") for number, p in enumerate(self.notice.paragraphs, 1)]
        rows += [(p.icon, p.question, "") for p in self.notice.purposes if not p.asked]
        for number, (icon, spoken, before) in enumerate(rows, 1):
            top, row = Qt.AlignmentFlag.AlignTop, 2 * number
            grid.addWidget(Line(), row - 1, 0, 1, 3)
            grid.addWidget(IconLabel(icon, "hint"), row, 0, top)
            for column, lang in enumerate(SIDES, 1):
                grid.addWidget(Text(before + spoken.text(lang), "body", wrap=True), row, column, top)
        panel.body.addLayout(grid)
        return panel

    def _question(self, purpose: Purpose) -> Answers:
        """The question as it is asked, in both languages; under it what a no means, for who asks."""
        spoken, lang = purpose.question, translator().lang
        hint = [_("If not: {what}").format(what=purpose.refused.text(lang)), basis_of(purpose)]
        if purpose.written:
            hint.append(_("The law wants this one in writing: print the notice and have it signed."))
        words = self.notice.words
        choices = [AnswerChoice(code, f"{words[code].es}  ·  {words[code].ht}") for code in STATES]
        made = Answers(f"{spoken.es}\n{spoken.ht}", choices, hint="\n".join(hint), missing=())
        held = self.standing[purpose.code]
        made.set_value(tuple(code for code, state in STATES.items() if held and held.state is state))
        return made

    def _fill_how(self) -> None:
        """As it was said the last time, else as it usually is: by a child's guardian, in the person's language."""
        last = max((c for c in self.standing.values() if c), key=consents.when, default=None)
        by = last.by if last else SaidBy.GUARDIAN if self.minor else SaidBy.SELF
        language = last.language if last else consents.told_in(self.case.person)
        self.by.set_choices([(s.value, _(s.label)) for s in SaidBy], str(by))
        self.manner.set_choices([(m.value, _(m.label)) for m in Manner], str(last.manner if last else Manner.SPOKEN))
        self.language.set_choices([(c.value, capital(language_name(c.value))) for c in NOTICE_LANGUAGES], language)
        self.guardian.setText(last.guardian if last else "")

    def _fit_guardian(self) -> None:
        self.guardian_field.setVisible(self.by.value() == SaidBy.GUARDIAN)

    # answering

    def said(self) -> Said:
        by = SaidBy(self.by.value()) if self.by.value() in set(SaidBy) else SaidBy.SELF
        manner = Manner(self.manner.value()) if self.manner.value() in set(Manner) else Manner.SPOKEN
        guardian = self.guardian.text().strip() if by is SaidBy.GUARDIAN else ""
        return Said(by=by, manner=manner, guardian=guardian, language=self.language.value() or SIDES[0])

    def told(self) -> dict[str, ConsentState]:
        """The answers to write: those that are new, or all when it was said in another way than before."""
        again, found = self.said() != self.before, {}
        for purpose, answers in self.answers.items():
            value, held = answers.value(), self.standing[purpose]
            state = STATES[value[0]] if isinstance(value, tuple) and value else None
            if state and (again or held is None or held.state is not state or held.version != self.notice.edition):
                found[purpose] = state
        return found

    def written(self) -> bool:
        return any(
            held is None or held.state is not self.told()[purpose]
            for purpose, held in self.standing.items()
            if purpose in self.told()
        )

    def agree(self) -> None:
        told, said, case = self.told(), self.said(), self.case.person.id
        if not told:
            self.accept()
            return
        if said.by is SaidBy.GUARDIAN and not said.guardian:
            self.guardian_field.warn(_("Write who answers, so that it can be known later."))
            self.guardian.setFocus()
            return
        self.primary.setEnabled(False)
        self.operations.run(
            self,
            lambda office: consents.record(
                office,
                case,
                told,
                by=said.by,
                manner=said.manner,
                guardian=said.guardian,
                language=said.language,
            ),
            self._done,
            failed=self._failed,
        )

    def _done(self, _done: Done) -> None:
        self.accept()

    def _failed(self, error: UserError) -> None:
        self.primary.setEnabled(True)
        self.tell_trouble(error.text(translator()))
