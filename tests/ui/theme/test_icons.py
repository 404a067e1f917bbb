"""Icons: every path is sound, painted inside its box, in the colour asked for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from migrant_office import icon_paths, paths
from migrant_office.ui.theme import icons
from migrant_office.ui.widgets import banner


@pytest.mark.parametrize("name", icon_paths.names())
def test_a_path_lies_in_its_box(name, qapp):
    shape = icons.path(name)
    assert not shape.isEmpty()
    area = shape.boundingRect()
    assert min(area.left(), area.top()) >= 0
    assert max(area.right(), area.bottom()) <= icon_paths.BOX
    for letter, values in icon_paths.operators(name):
        assert len(values) == {"M": 2, "L": 2, "C": 6, "Z": 0}[letter]


def test_the_colour_is_the_one_asked_for(qapp):
    picture = icons.pixmap("check", 48, "#9c271c").toImage()
    inked = {
        picture.pixelColor(x, y).name() for x in range(48) for y in range(48) if picture.pixelColor(x, y).alpha() == 255
    }
    assert inked == {"#9c271c"}


def test_a_filled_sign_keeps_its_hole(qapp):
    """The check inside the full circle is a hole, not a blot."""
    picture = icons.pixmap("circle-check-filled", 96, "#000000").toImage()
    alphas = [picture.pixelColor(x, 48).alpha() for x in range(10, 86)]
    assert alphas[0] == 255
    assert 0 in alphas[10:-10]


def test_pixmaps_are_kept_and_forgotten(qapp):
    first = icons.pixmap("home", 20, "#000000")
    assert icons.pixmap("home", 20, "#000000") is first
    assert icons.pixmap("home", 20, "#000000", 2.0).width() == 40
    icons.forget()
    assert icons.pixmap("home", 20, "#000000") is not first


def test_every_icon_named_in_the_screens_exists():
    known = set(icon_paths.names())
    ui = Path(icons.__file__).parent.parent
    asked = set(banner.ICONS.values())
    for file in ui.rglob("*.py"):
        asked |= set(re.findall(r'(?:icon|anchor_icon|action_icon)="([a-z0-9-]+)"', file.read_text(encoding="utf-8")))
        asked |= set(re.findall(r'Icon(?:Label|Button)\("([a-z0-9-]+)"', file.read_text(encoding="utf-8")))
    assert asked <= known, asked - known


def test_the_notice_lies_beside_the_icons_and_fonts():
    folder = paths.resources()
    assert "MIT License" in (folder / "icons" / "LICENSE-tabler.txt").read_text(encoding="utf-8")
    for name in ("AtkinsonHyperlegible", "Andika"):
        assert "SIL OPEN FONT LICENSE" in (folder / "fonts" / f"OFL-{name}.txt").read_text(encoding="utf-8")
