"""What is asked after a referral can be changed when it is made; tries and handovers stand in the case's history."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from migrant_office.app import Window
from migrant_office.models.follow_up import AttemptChannel, AttemptResult, FollowUp, Question, of_referral
from migrant_office.models.office import Office
from migrant_office.services import attempts
from migrant_office.services.attempts import Tried
from migrant_office.services.follow_ups import handing_over
from migrant_office.ui.case_file.note_dialog import NoteDialog
from migrant_office.ui.case_file.refer_dialog import ReferDialog
from tests.ui.looking import press, settle
from tests.ui.walking import front, open_bare_case, until


def test_a_later_question_can_be_left_out(window: Window) -> None:
    page = open_bare_case(window)
    assert page.case is not None
    before = {f.referral.id for f in page.case.referrals}
    page.refer.click()
    dialog = front(ReferDialog)
    until(lambda: dialog.lines, "catalogue")
    dialog.need.setCurrentIndex(0)
    line = next(line for line in dialog.lines if line.area == "certification")
    dialog._choose(line.id)
    until(lambda: dialog.later.ticks, "plan")
    settle(window.operations)
    assert [tick.text().rpartition("·")[2].strip() for tick in dialog.later.ticks] == [
        "¿Qué resultó?",
        "¿Recibió su certificado?",
    ]
    dialog.later.ticks[0].setChecked(False)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    until(lambda: page.case is not None and len(page.case.referrals) == len(before) + 1, "referred")
    made = next(f.referral for f in page.case.referrals if f.referral.id not in before)
    asked = [f.question for f in page.case.follow_ups if f.referral == made.id]
    assert asked == [Question.STARTED, Question.CERTIFICATE]


def test_a_try_and_a_handover_stand_in_the_history(window: Window) -> None:
    page = open_bare_case(window)
    assert page.case is not None
    assert window.operations is not None
    case, referral = page.case_id, page.case.referrals[0].referral

    def lived(office: Office) -> FollowUp:
        first = of_referral(referral.id, office.case(case))[0]
        tried = Tried(channel=AttemptChannel.CALL, result=AttemptResult.NO_ANSWER, note="buzón lleno")
        attempts.add_attempt(office, case, first.id, tried)
        handing_over.hand_over(office, referral.officer, "Nadège", "Llamar después de las seis")
        return first

    told: list[FollowUp] = []
    window.operations.run(page, lived, told.append)
    until(lambda: told, "lived")
    page.read()
    settle(window.operations, 3)
    assert page.case.handovers[0].made - page.case.attempts[0].made == timedelta(0)
    page._open_event(page.case.handovers[0].id)
    note = front(NoteDialog)
    assert "Nadège" in note.accessibleName()
    press(Qt.Key.Key_Escape)
    shown = " ".join(event.accessibleName() for event in page.timeline.findChildren(QAbstractButton))
    assert "Nadège" in shown
    assert "Llamar después" not in shown, "the person may be reading"
    assert "buzón" not in shown
