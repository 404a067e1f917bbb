"""`open` (the window) and `tour` (walks the whole path without a display)."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from migrant_office.errors import UserError
from migrant_office.i18n import N_, _
from migrant_office.models.city import cities


def add_to(commands: Any, common: argparse.ArgumentParser) -> None:
    window = commands.add_parser(
        "open", parents=[common], help=_("open the window (this is what happens without a command)")
    )
    window.set_defaults(run=run_open)
    tour = commands.add_parser(
        "tour", parents=[common], help=_("walk the main work in the real window and leave pictures")
    )
    tour.add_argument("--city", choices=cities(), default="santiago")
    tour.add_argument("--out", required=True, type=Path, metavar=_("DIR"))
    tour.set_defaults(run=run_tour)


def run_open(given: argparse.Namespace) -> int:
    if not has_screen():  # Qt would abort the process
        raise UserError(
            N_("There is no screen to open a window on. See what else can be done: {program} --help"),
            program="migrant-office",
        )
    from migrant_office.app import run_window  # Qt is imported only where there is a window

    return run_window(given)


def has_screen() -> bool:
    """Whether a window can be shown; on Linux a display must be named, or Qt told to do without."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(os.environ.get(name) for name in named)


def run_tour(given: argparse.Namespace) -> int:
    if not has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from migrant_office.tour import run_tour as walk

    return walk(given)
