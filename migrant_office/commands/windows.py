"""`open` (the window) and `tour` (walks the whole path without a display)."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

from migrant_office.i18n import _


def add_to(commands: Any, common: argparse.ArgumentParser) -> None:
    window = commands.add_parser("open", parents=[common], help=_("open the window (this is what happens without a command)"))
    window.set_defaults(run=run_open)
    tour = commands.add_parser("tour", parents=[common], help=_("walk the main work in the real window and leave pictures"))
    tour.add_argument("--out", required=True, type=Path, metavar=_("DIR"))
    tour.set_defaults(run=run_tour)


def run_open(given: argparse.Namespace) -> int:
    from migrant_office.app import run_window  # Qt is imported only where there is a window

    return run_window(given)


def run_tour(given: argparse.Namespace) -> int:
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from migrant_office.tour import run_tour as walk

    return walk(given)
