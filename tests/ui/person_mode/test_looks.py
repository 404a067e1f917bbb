"""Every kind of question in every theme, text size and window: nothing is cut, nothing overlaps, all has a name.

Set MIGRANT_OFFICE_PICTURES to a folder to have the pictures saved there.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from migrant_office.models.forms.answers import Answer
from migrant_office.ui.person_mode.grid import TileGrid
from migrant_office.ui.person_mode.screen import PersonMode
from migrant_office.ui.theme import fonts
from migrant_office.ui.theme.apply import theme
from migrant_office.ui.theme.metrics import SCALES, Metrics
from migrant_office.ui.theme.tokens import THEMES
from tests.ui import looking
from tests.ui.looking import live, press
from tests.ui.person_mode.conftest import Turned

ANSWERS: dict[str, dict[str, Answer]] = {
    "needs": {"needs": ["work", "school"]},
    "interpreter": {"interpreter": "yes"},
    "language": {},
    "phone": {"phone": "12"},
    "given": {"given": "Rose-Laure"},
    "story": {},
    "read": {},
    "birth": {"birth": "1990-05-03"},
    "age": {"age": "200"},
    "gender": {"gender": "?refused"},
    "papers": {"papers": ["p2"]},
    "place": {"place": "c5"},
    "walking": {},
    "hours": {"hours": "2.5"},
}
LOOKS = [("light", 100, (1366, 768)), ("dark", 115, (1366, 768)), ("contrast", 130, (1366, 768))]
LOOKS += [(name, scale, (1280, 720)) for name in THEMES for scale in SCALES if (name == "light") or scale == 130]
LOOKS += [("light", 100, (900, 560)), ("light", 100, (1920, 1080))]


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0]}-{look[1]}-{look[2][0]}")
def size(request: pytest.FixtureRequest, dressed: None) -> tuple[int, int]:
    name, scale, size = request.param
    theme().choose(name, scale)
    return size  # type: ignore[no-any-return]  # as the list says


def faults(mode: PersonMode) -> list[object]:
    found: list[list[object]] = [
        [*looking.cut_labels(mode)],
        [*looking.squeezed(mode)],
        [*looking.overlapping(mode)],
        [*looking.unnamed(mode)],
        [*looking.out_of_sight(mode)],
        [*cut_tiles(mode)],
    ]
    return [fault for kind in found for fault in kind]


def cut_tiles(mode: PersonMode) -> list[str]:
    if not isinstance(mode.body, TileGrid):
        return []
    return [t.accessibleName() for t in mode.body.tiles if t.needs(t.shape, t.width()) > t.height()]


def save(widget: QWidget, name: str) -> None:
    if folder := os.environ.get("MIGRANT_OFFICE_PICTURES"):
        look = f"{theme().tokens.name}-{theme().metrics.scale}-{widget.width()}"
        widget.grab().save(str(Path(folder) / f"persona-{name}-{look}.png"))


def test_nothing_is_cut_in_any_look(turned: Turned, size: tuple[int, int]):
    for name, answers in ANSWERS.items():
        mode = turned(name, answers, size=size)
        assert (mode.width(), mode.height()) == size, f"{name} does not fit"
        save(mode, name)
        assert faults(mode) == [], name
        mode.go_on()
        live(10)
        assert faults(mode) == [], f"after {name}"
        mode.close()


def test_the_way_out_and_the_end_are_whole_in_any_look(turned: Turned, size: tuple[int, int]):
    mode = turned("hours", size=size)
    mode.ask_officer()
    live(10)
    save(mode, "leaving")
    assert faults(mode) == []
    mode.return_to_question()
    while mode.walk.here:
        mode.go_on()
    live(10)
    save(mode, "thanks")
    assert faults(mode) == []


def test_questions_shrink_in_steps_and_never_below_twenty_points():
    for scale in SCALES:
        steps = Metrics(scale).steps("facing_question")
        assert steps[0] == 34 * scale / 100
        assert steps[-1] == 20
        assert list(steps) == sorted(steps, reverse=True)
    assert Metrics().steps("body") == (11,)


def test_a_very_long_question_scrolls_and_leaves_room_for_the_answers(turned: Turned):
    mode = turned("walking", size=(1000, 600))
    mode.head.columns[0].question.setText("palabra " * 300)
    mode.head.fit(mode.size())
    live(10)
    assert mode.head.columns[0].question.font().pointSizeF() == 20
    assert mode.head.verticalScrollBar().maximum() > 0
    assert mode.head.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOn


def test_it_follows_another_theme_and_text_size_while_it_is_open(turned: Turned):
    mode = turned("needs", {"needs": ["work"]})
    theme().choose("dark", 130)
    live(20)
    fresh = turned("needs", {"needs": ["work"]})
    assert picture(mode) == picture(fresh)


def picture(mode: PersonMode) -> QImage:
    mode.setFocus()
    live(10)
    return mode.grab().toImage()


def test_the_focus_is_seen_on_a_tile_a_button_and_never_taken_for_a_choice(turned: Turned):
    mode = turned("needs")
    bare = picture(mode)
    press(Qt.Key.Key_Right)
    tile = mode.findChildren(TileGrid)[0].tiles[0]
    assert tile.hasFocus()
    focused = mode.grab().toImage()
    tile.click()
    chosen = mode.grab().toImage()
    assert bare != focused != chosen
    for button in (mode.foot.refuse, mode.foot.on, mode.foot.staff):
        before = button.grab().toImage()
        button.setFocus()
        live(10)
        assert button.grab().toImage() != before


def test_letters_are_the_theme_s():
    assert fonts.sized("facing_question", 23).family() == fonts.FAMILY
