"""The pictures of the README, taken from the real window by the tour and made small.

    python packaging/pictures.py               walks the tour in Spanish and fills docs/pictures
    python packaging/pictures.py FOLDER        takes the pictures of a tour that was already walked (its --out)

Run it again whenever a screen changes. Pillow (reportlab brings it) turns the pictures into 255 colours, chosen so
that small marks keep theirs: no point is more than 6 of 255 steps off, and each picture stays under 120 kB.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "pictures"
LARGEST = 120_000  # bytes
COLOURS = (255, 128, 64)
WANTED = {
    "hoy": "today-queue",
    "ingreso": "intake-identity",
    "persona": "person-mode-answered",
    "familia": "case-household",
    "expediente": "case-outcome",
    "ruta": "route",
    "seguimientos": "follow-ups",
    "mes": "month",
    "hojas": "sheets",
    "hoja-servicio": "sheet-page",
    "hoja-derechos": "labour-rights-es-ht-page",
    "hoja-carta": "health-letter-es-en-page",
    "hoja-informe": "month-es-ht-page",
}
"""Our name of a picture: the name that the tour gives it, behind a number that may change."""


def walk(out: Path) -> None:
    """The tour in Spanish, without a display."""
    command = [sys.executable, "-m", "migrant_office", "tour", "--out", str(out), "--language", "es"]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    subprocess.run(command, check=True, env=environment, cwd=ROOT)


def find(pictures: Path, name: str) -> Path:
    """The picture `NN-name.png` of a tour. Ends the program when the tour has none of that name."""
    found = [path for path in sorted(pictures.glob("*.png")) if path.stem.partition("-")[2] == name]
    if not found:
        sys.exit(f"The tour left no picture named {name}.")
    return found[0]


def shrink(source: Path, target: Path) -> int:
    """Write a picture with as many colours as fit into LARGEST bytes; returns its size."""
    with Image.open(source) as picture:
        whole = picture.convert("RGB")
    for colours in COLOURS:
        whole.quantize(colours, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(target, optimize=True)
        if target.stat().st_size < LARGEST:
            break
    return target.stat().st_size


def main(arguments: list[str]) -> None:
    if arguments:
        take(Path(arguments[0]))
        return
    with tempfile.TemporaryDirectory() as folder:
        walk(Path(folder) / "out")
        take(Path(folder) / "out")


def take(out: Path) -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    for ours, theirs in WANTED.items():
        target = TARGET / f"{ours}.png"
        size = shrink(find(out / "pictures", theirs), target)
        print(f"{target.relative_to(ROOT)}  {size / 1000:.0f} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
