"""The gallery in every theme and text scale: nothing is cut, everything has a name, nothing stays in the old look.

Set MIGRANT_OFFICE_PICTURES to a folder to have the pictures saved there.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from migrant_office.ui.theme.apply import theme
from migrant_office.ui.theme.tokens import THEMES
from migrant_office.ui.widgets.text import Text
from tests.ui.widgets.gallery import PAGES


@pytest.fixture
def look(qapp):
    """The theme of the program, put back afterwards."""
    yield theme()
    theme().choose("light", 100)


def shown(page: str, qtbot) -> QWidget:
    widget = PAGES[page]()
    qtbot.addWidget(widget)
    widget.resize(1366, 1060 if page == "components" else 768)
    widget.show()
    qtbot.waitExposed(widget)
    qtbot.wait(1)
    return widget


def save(widget: QWidget, name: str) -> None:
    folder = os.environ.get("MIGRANT_OFFICE_PICTURES")
    if folder:
        widget.grab().save(str(Path(folder) / f"{name}.png"))


def cut(label: QLabel) -> bool:
    """Whether a label shows less than its text, and neither wraps into its height nor offers a tooltip."""
    metrics = QFontMetrics(label.font())
    room = label.contentsRect()
    if label.wordWrap():
        flags = Qt.TextFlag.TextWordWrap.value | label.alignment().value
        need = metrics.boundingRect(0, 0, room.width(), 10_000, flags, label.text())
        return need.height() > room.height() + 2 or need.width() > room.width() + 2
    if isinstance(label, Text) and label.is_shortened():
        return label.toolTip() != label.text()
    return metrics.horizontalAdvance(label.text()) > room.width() + 1 or metrics.height() > room.height() + 2


@pytest.mark.parametrize("scale", [100, 115, 130])
@pytest.mark.parametrize("page", PAGES)
def test_no_text_is_cut(page, scale, look, qtbot):
    look.choose("light", scale)
    widget = shown(page, qtbot)
    labels = [label for label in widget.findChildren(QLabel) if label.isVisible() and label.text()]
    assert labels
    assert [label.text() for label in labels if cut(label)] == []
    painted = [each for each in widget.findChildren(QWidget) if each.isVisible() and each.layout() is None]
    short = [each for each in painted if each.height() < each.heightForWidth(each.width())]
    assert [(type(each).__name__, each.accessibleName()) for each in short] == []
    narrow = [
        b for b in widget.findChildren(QAbstractButton) if b.isVisible() and b.width() < b.minimumSizeHint().width()
    ]
    assert [button.accessibleName() for button in narrow] == []
    save(widget, f"{page}-light-{scale}")


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("page", PAGES)
def test_an_open_page_follows_the_theme(page, name, look, qtbot):
    """Changed while open it looks as when it is opened in that theme: nothing keeps an old colour or size."""
    look.choose("dark" if name == "light" else "light", 100)
    changed = shown(page, qtbot)
    look.choose(name, 130)
    qtbot.wait(1)
    changed.setFocus()
    fresh = shown(page, qtbot)
    fresh.setFocus()
    fresh.clearFocus()  # only one of two windows could wear the ring
    save(changed, f"{page}-{name}-130-changed")
    for one, other in zip(changed.findChildren(QLabel), fresh.findChildren(QLabel), strict=True):
        assert one.font() == other.font(), one.text()
        assert one.palette().windowText().color() == other.palette().windowText().color(), one.text()
    qtbot.wait(20)
    assert changed.grab().toImage() == fresh.grab().toImage()
    if name != "light":
        look.choose(name, 100)
        save(shown(page, qtbot), f"{page}-{name}-100")


@pytest.mark.parametrize("page", PAGES)
def test_whatever_takes_the_focus_has_a_name(page, look, qtbot):
    look.choose("light", 100)
    widget = shown(page, qtbot)
    reached = [
        child
        for child in widget.findChildren(QWidget)
        if child.isVisible() and child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.focusProxy() is None
    ]
    assert [type(child).__name__ for child in reached if not child.accessibleName()] == []


def test_the_focus_ring_is_seen(look, qtbot):
    """Focused and not, every button and field differs in pixels, in each theme."""
    for name in THEMES:
        look.choose(name, 100)
        widget = shown("components", qtbot)
        widget.activateWindow()
        for child in [*widget.findChildren(QAbstractButton), *widget.findChildren(QLineEdit)]:
            if not child.isVisible() or not child.isEnabled() or not child.focusPolicy() & Qt.FocusPolicy.TabFocus:
                continue
            child.clearFocus()  # a window gives it to its first widget
            before = child.grab().toImage()
            child.setFocus(Qt.FocusReason.TabFocusReason)
            if not child.hasFocus():
                continue
            assert child.grab().toImage() != before, (name, child.accessibleName())
            child.clearFocus()
