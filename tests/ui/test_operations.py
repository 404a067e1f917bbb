"""The one thread that touches the office: what it answers, to whom, in which order, and what it does with trouble."""

from __future__ import annotations

import threading
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from migrant_office.errors import UserError
from migrant_office.i18n import N_
from migrant_office.models.encounter import Channel
from migrant_office.models.office import Office
from migrant_office.progress import Progress
from migrant_office.services import history, people
from migrant_office.ui.operations import UNEXPECTED, Operations, done_of
from tests.ui.looking import live, settle
from tests.ui.walking import until


@pytest.fixture
def owner(qapp: QApplication) -> QObject:
    return QObject()


def test_the_office_is_touched_by_one_thread_and_answers_come_on_the_windows(operations: Operations, owner: QObject):
    worked: set[int] = set()
    told: list[tuple[int, int]] = []

    def read(office: Office, n: int) -> int:
        worked.add(threading.get_ident())
        return n

    for number in range(20):
        operations.ask(owner, partial(read, n=number), lambda n: told.append((n, threading.get_ident())))
    until(lambda: len(told) == 20, "answers")
    assert [n for n, _thread in told] == list(range(20)), "in the order of the questions"
    assert {thread for _n, thread in told} == {threading.get_ident()}
    assert len(worked) == 1
    assert threading.get_ident() not in worked


def test_a_newer_question_of_the_same_key_makes_the_older_ones_pointless(operations: Operations, owner: QObject):
    gate = threading.Event()
    asked: list[int] = []
    told: list[int] = []

    def read(office: Office, n: int) -> int:
        asked.append(n)
        return n

    operations.submit(owner, gate.wait, lambda _x: None)
    for number in range(50):
        operations.ask(owner, partial(read, n=number), told.append, key="people")
    operations.ask(owner, lambda office: read(office, -1), told.append, key="another")
    gate.set()
    until(lambda: -1 in told, "answers")
    assert asked == [49, -1], "the store was asked once for each key"
    assert told == [49, -1]


def test_an_answer_for_a_screen_that_has_gone_is_dropped(operations: Operations):
    gate = threading.Event()
    told: list[str] = []
    owner = QObject()
    operations.submit(owner, gate.wait, lambda _x: told.append("too late"))
    owner.deleteLater()
    live(20)
    gate.set()
    settle(operations)
    assert told == []


def test_a_write_is_told_to_every_screen_even_when_its_own_has_gone(operations: Operations, office: Office):
    case = people.recent(office)[0].id
    heard: list[Any] = []
    counts: list[int] = []
    owner = QObject()
    operations.changed.connect(heard.append)
    operations.saving.connect(counts.append)
    operations.run(
        owner,
        lambda office: people.add_encounter(office, case, Channel.PHONE),
        lambda _done: heard.append("its own screen"),
    )
    owner.deleteLater()
    until(lambda: heard, "change")
    settle(operations)
    assert len(heard) == 1
    assert heard[0].touches("encounter")
    assert counts == [1, 0], "saving, saved"


def test_what_is_refused_goes_to_who_asked_or_to_the_window(operations: Operations, owner: QObject):
    mine: list[UserError] = []
    everybodys: list[UserError] = []
    operations.refused.connect(everybodys.append)

    def refuse(office: Office) -> None:
        raise UserError(N_("Choose a service of the list."))

    operations.ask(owner, refuse, lambda _x: None, failed=mine.append)
    operations.run(owner, refuse)
    until(lambda: mine and everybodys, "refusals")
    assert str(mine[0]) == str(everybodys[0])


def test_an_unexpected_error_is_kept_in_the_log_and_the_thread_lives_on(operations: Operations, owner: QObject, caplog):
    told: list[Any] = []
    operations.refused.connect(told.append)
    operations.ask(owner, lambda office: [][1], lambda _x: None)
    until(lambda: told, "refusal")
    assert told[0].message == UNEXPECTED
    operations.ask(owner, people.count, told.append)
    until(lambda: len(told) == 2, "answer")
    assert told[1] == 60
    assert any("IndexError" in record.getMessage() or record.exc_info for record in caplog.records)


def test_a_long_task_reports_and_can_be_cancelled(operations: Operations, owner: QObject):
    progress = Progress()
    told: list[Any] = []

    def work(office: Office, progress: Progress) -> str:
        for step in range(100_000):
            progress.report(step, 100_000)
            threading.Event().wait(0.001)
        return "finished"

    operations.long(owner, work, told.append, progress)
    until(lambda: progress.done > 3, "progress")
    progress.cancel()
    settle(operations)
    assert told == []
    operations.ask(owner, people.count, told.append)
    until(lambda: told, "the thread is free again")


def test_settling_waits_for_what_was_handed_in(operations: Operations, owner: QObject, office: Office):
    case = people.recent(office)[0].id
    before = len(people.read_case(office, case).encounters)
    for _n in range(5):
        operations.run(owner, lambda office: people.add_encounter(office, case, Channel.PHONE))
    operations.settle()
    assert len(people.read_case(office, case).encounters) == before + 5


def test_after_stopping_nothing_more_is_taken(operations: Operations, owner: QObject):
    told: list[Any] = []
    operations.stop()
    operations.ask(owner, people.count, told.append)
    operations.settle()
    live(20)
    assert told == []


def test_a_change_is_found_wherever_a_service_puts_it(office: Office):
    case = people.recent(office)[0].id
    done = people.add_encounter(office, case, Channel.PHONE)
    assert done_of(done) is done
    assert done_of((done, "id")) is done
    assert done_of(history.undo(office)) is not None
    assert done_of(None) is None
    assert done_of("text") is None
