"""Looks for known people while a form is typed, and keeps what the officer says of them beside the draft's answers."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from migrant_office.i18n import _
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.judgement import Verdict
from migrant_office.models.likeness.facts import Facts
from migrant_office.models.office import Office
from migrant_office.models.vault.drafts import Draft
from migrant_office.services import intake, surveys
from migrant_office.services.intake.drafts import Resumed
from migrant_office.ui.intake.autosaver import Autosaver
from migrant_office.ui.intake.likeness_panel import Known, LikenessPanel, look_alike
from migrant_office.ui.operations import Operations

LOOK_AFTER_MS = 150  # behind the last key


class LikenessWatch(QObject):
    """`going_on` comes before the form becomes that of a known case, `recognised` carries its (draft, resumed),
    `failed` why not; `kept` what is kept for later, for a form of several people cannot become the form of one.
    """

    going_on = Signal()
    recognised = Signal(object)
    kept = Signal(str)
    failed = Signal(object)

    def __init__(self, operations: Operations, keeper: Autosaver, parent: QObject) -> None:
        super().__init__(parent)
        self.operations, self.keeper = operations, keeper
        self.panel = LikenessPanel()
        self.panel.judged.connect(self._judge)
        self.whose = ""
        self.facts: Facts | None = None
        self._known: tuple[Known, ...] = ()
        self.timer = QTimer(self, singleShot=True, interval=LOOK_AFTER_MS)
        self.timer.timeout.connect(self._look)

    def begin(self) -> None:
        """Another form is in hand."""
        self.whose, self.facts = "", None
        self.panel.show_known((), {})
        self.touch()

    def touch(self, here: str = "") -> None:
        """Something was typed, or another person of the family is being asked."""
        filling, draft = self.keeper.filling, self.keeper.draft
        if filling is None or (draft and surveys.takes(draft)):  # a survey is asked of somebody who is known
            return
        members = intake.members_told(filling)
        whose = next((member for member in members if here.startswith(f"{member}/")), members[0])
        if whose != self.whose:
            self.whose, self.facts = whose, None
        self.timer.start()

    def _look(self) -> None:
        filling, draft = self.keeper.filling, self.keeper.draft
        if filling is None or draft is None:
            return
        facts = intake.facts_told(filling, self.whose)
        if facts == self.facts:
            return
        self.facts = facts
        but = draft.subject
        self.operations.look(self.panel, lambda desk: look_alike(desk, facts, but), self._show, key="likeness")

    def _show(self, known: tuple[Known, ...]) -> None:
        self._known = known
        self.panel.show_known(known, intake.judged(self.keeper.beside, self.whose))

    def _judge(self, case: str, verdict: Verdict) -> None:
        draft, filling = self.keeper.draft, self.keeper.filling
        if draft is None or filling is None:
            return
        if verdict is Verdict.SAME and intake.members_told(filling) == ("",):
            self._go_on(draft, case)
            return
        self.keeper.beside.update(intake.with_judgement(self.keeper.beside, self.whose, case, verdict))
        self.keeper.touch()
        self._show(self._known)
        if verdict is Verdict.SAME:
            self.kept.emit(_("Kept. Join the two case files afterwards under “Registered twice”."))

    def _go_on(self, draft: Draft, case: str) -> None:
        """The form becomes the completion of the case that the person has."""
        filling, beside = self.keeper.filling, dict(self.keeper.beside)
        if filling is None:
            return
        self.keeper.pause()
        self.going_on.emit()
        copy = FormFilling.restore(filling.form, filling.snapshot())  # the other thread gets a copy

        def going_on(office: Office) -> tuple[Draft, Resumed]:
            new, known = intake.go_on_with(office, draft, copy, beside, case)
            return new, Resumed(known, {key: told for key, told in beside.items() if key != "judged"})

        self.operations.run(self.panel, going_on, self.recognised.emit, failed=self.failed.emit)
