"""Answering by keyboard and mouse; a missing answer is an answer of its own."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from migrant_office.models.missing import Missing
from migrant_office.ui.widgets.answers import AnswerChoice, Answers

CHOICES = [AnswerChoice("a", "Sí"), AnswerChoice("b", "No"), AnswerChoice("c", "A veces")]


@pytest.fixture
def ask(qtbot):
    def made(*, multiple: bool = False) -> tuple[Answers, list[object]]:
        question = Answers("¿Tiene trabajo?", CHOICES, multiple=multiple)
        qtbot.addWidget(question)
        heard: list[object] = []
        question.changed.connect(heard.append)
        question.resize(600, 300)
        question.show()
        with qtbot.waitActive(question):
            question.activateWindow()
        question.tiles[0].setFocus()
        return question, heard

    return made


def test_number_keys_answer(ask):
    question, heard = ask()
    QTest.keyClick(question.tiles[0], Qt.Key.Key_2)
    assert question.value() == ("b",)
    QTest.keyClick(question.tiles[1], Qt.Key.Key_3)
    assert heard == [("b",), ("c",)]
    QTest.keyClick(question.tiles[2], Qt.Key.Key_9)  # no ninth answer: nothing happens
    assert question.value() == ("c",)


def test_choosing_again_takes_back(ask):
    question, heard = ask()
    question.tiles[0].click()
    question.tiles[0].click()
    assert heard == [("a",), ()]


def test_several_answers(ask):
    question, _heard = ask(multiple=True)
    QTest.keyClick(question.tiles[0], Qt.Key.Key_3)
    QTest.keyClick(question.tiles[0], Qt.Key.Key_1)
    assert question.value() == ("a", "c")


@pytest.mark.parametrize("multiple", [True, False])
@pytest.mark.parametrize("way", list(Missing))
def test_a_missing_answer_replaces_and_is_replaced(ask, way, multiple):
    question, heard = ask(multiple=multiple)
    question.tiles[0].click()
    tile = next(tile for tile in question._missing.tiles if tile.code == way)
    tile.click()
    assert question.value() is way
    question.tiles[1].click()
    assert heard == [("a",), way, ("b",)]
    question.set_value(way)
    assert question.value() is way
    assert len(heard) == 3  # set_value is silent


def test_arrows_walk_through_all_answers(ask):
    question, _heard = ask()
    QTest.keyClick(question.tiles[0], Qt.Key.Key_Right)
    assert question.tiles[1].hasFocus()
    QTest.keyClick(question.tiles[1], Qt.Key.Key_Down)
    assert question._missing.tiles[0].hasFocus()
    QTest.keyClick(question._missing.tiles[0], Qt.Key.Key_Return)
    assert question.value() is Missing.REFUSED


def test_tab_comes_in_once_and_leaves(ask):
    question, _heard = ask(multiple=True)
    every = [*question.tiles, *question._missing.tiles]

    def stops() -> list[str]:
        return [tile.code for tile in every if tile.focusPolicy() & Qt.FocusPolicy.TabFocus]

    assert stops() == ["a"]
    QTest.keyClick(question.tiles[0], Qt.Key.Key_2)
    assert stops() == ["b"], "leaving from here, forwards and backwards, passes no other answer"
    question.tiles[1].clearFocus()
    question.set_value(Missing.UNKNOWN)
    assert stops() == [Missing.UNKNOWN.value], "the next time Tab comes in where the answer is"


def test_control_enter_is_left_to_the_page(ask):
    question, heard = ask()
    QTest.keyClick(question.tiles[0], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert heard == []


def test_a_narrow_question_has_one_column(ask, qtbot):
    question, _heard = ask()
    assert question.tiles[0].y() == question.tiles[1].y()
    question.resize(240, 600)
    qtbot.waitUntil(lambda: question.tiles[0].y() < question.tiles[1].y(), timeout=2000)
