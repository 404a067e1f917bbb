"""The binding must not lose references to None: PySide6 6.12.0 on Python 3.11 aborts after a few thousand rounds."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QLabel


def test_none_keeps_its_references(qtbot, qapp):
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for round_ in range(20_000):
        qapp.processEvents()
        label.setText(str(round_))
        label.parent()
    assert sys.getrefcount(None) > before - 1_000
