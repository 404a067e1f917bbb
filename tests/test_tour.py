"""The walk that `make run` does without a display leaves its pictures, the sheet and the workbook."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtGui import QImage

from migrant_office import clock, i18n, paths
from migrant_office.commands.offices import DEMO_PASSPHRASE
from migrant_office.services.demo.making import make_demo
from migrant_office.tour import run_tour
from migrant_office.ui.theme.apply import theme
from tests.factories import CHEAP

PLACES = {
    "first-start",
    "lock",
    "today",
    "people",
    "quick",
    "case-begun",
    "family-members",
    "case-household",
    "person-mode",
    "person-mode-leaving",
    "passport",
    "intake-contact",
    "intake-diversity",
    "intake-consent",
    "case-new",
    "refer",
    "sheet",
    "follow-up",
    "route",
    "route-page",
    "consent",
    "notice-page",
    "rapid-path",
    "case-restricted",
    "case-papers",
    "services",
    "month",
    "month-tables",
    "sheets",
    "information-es-ht-page",
    "labour-rights-es-en-page",
    "month-es-ht-page",
    "today-kreyol",
    "intake-kreyol",
    "case-dark-100",
    "case-contrast-100",
}


@pytest.fixture
def unchanged(monkeypatch: pytest.MonkeyPatch):
    """The walk changes the language, the look and who hears of errors; they are put back."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    yield
    theme().choose("light", 100)
    i18n.set_language("es")


def test_the_walk_leaves_pictures_sheet_and_workbook(qapp: object, tmp_path: Path, unchanged: None):
    out = tmp_path / "walk"
    out.mkdir()
    make_demo(
        out / "office",
        city="santiago",
        people=60,
        months=4,
        until=clock.today(),
        seed=7,
        passphrase=DEMO_PASSPHRASE,
        cost=CHEAP,
    )
    assert (
        run_tour(
            argparse.Namespace(out=out, language="es", data=paths.default_data(), passphrase_file=None, city="santiago")
        )
        == 0
    )
    pictures = {path.stem.partition("-")[2]: path for path in (out / "pictures").glob("*.png")}
    assert set(pictures) >= PLACES
    for name, path in pictures.items():
        image = QImage(str(path))
        assert not image.isNull()
        colours = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
        assert len(colours) > 8, f"{name} shows nothing"
    for paper in ("sheet", "notice", "route"):
        assert (out / f"{paper}.pdf").read_bytes().startswith(b"%PDF")
    (workbook,) = out.glob("release-*/*.xlsx")
    assert openpyxl.load_workbook(workbook).sheetnames
    (data,) = out.glob("release-*/data.csv")
    assert len(data.read_text(encoding="utf-8").splitlines()) > 5
