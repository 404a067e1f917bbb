"""Turn the chosen Tabler icons into path operators, so that screen and paper need no SVG library at run time.

    npm pack @tabler/icons            # gives tabler-icons-<version>.tgz
    python packaging/make_icons.py tabler-icons-<version>.tgz

Writes `resources/icons/tabler.json` (name -> list of ["M", x, y], ["L", x, y], ["C", x1, y1, x2, y2, x, y], ["Z"] in
the 24 x 24 box, y down) and the MIT notice beside it. A name that ends in `-filled` is meant to be filled, every other
one to be stroked with round caps and joins.
"""

from __future__ import annotations

import json
import re
import sys
import tarfile
import xml.etree.ElementTree as ET
from pathlib import Path

from fontTools.pens.basePen import BasePen
from fontTools.svgLib.path import parse_path

TARGET = Path(__file__).resolve().parent.parent / "resources" / "icons"

OUTLINE = """
    adjustments alert-circle alert-triangle alphabet-latin ambulance arrow-back-up arrow-down arrow-left arrow-right
    arrow-up baby-carriage ban bed bell book brand-whatsapp briefcase building building-bank building-community
    building-hospital bus cake calendar calendar-check calendar-due calendar-event cash certificate certificate-2
    chart-bar check chevron-down chevron-left chevron-right chevron-up circle circle-check circle-dashed circle-dot
    circle-x clipboard-check clipboard-list clock clock-exclamation cloud-check cloud-off contrast copy
    currency-dollar-off database-off device-floppy device-laptop dots download ear ear-off equal-not external-link eye
    eye-off file file-alert file-check file-pencil file-text file-x files filter fingerprint first-aid-kit flag gavel
    growth hand-stop heart heart-handshake help hierarchy history home hourglass id id-badge-2 info-circle key keyboard
    language list list-numbers lock login logout mail map-pin menu-2 message-2-question message-circle message-off
    message-question microphone-off minus mood-smile moon note old pencil phone phone-call phone-off pill plane
    player-play plus printer progress qrcode refresh route scale scan school scissors search selector send settings
    shield shield-check shield-half shield-lock snowflake soup speakerphone square square-check star stethoscope sun
    table text-recognition tool tools-kitchen-2 trash upload usb user user-check user-circle user-off user-plus
    user-question user-x users users-group vaccine walk wheelchair wifi-off world x
""".split()
FILLED = ["alert-circle", "circle", "circle-check", "circle-dot", "info-circle", "square-check", "star"]


class Operators(BasePen):
    """A pen that writes down what it is told, with two decimals: finer than a pixel at any size we paint."""

    def __init__(self) -> None:
        super().__init__(None)
        self.out: list[list[str | float]] = []

    def _add(self, letter: str, *points: tuple[float, float]) -> None:
        self.out.append([letter, *(round(value, 2) for point in points for value in point)])

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802 - fontTools' own names
        self._add("M", pt)

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self._add("L", pt)

    def _curveToOne(  # noqa: N802
        self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]
    ) -> None:
        self._add("C", pt1, pt2, pt3)

    def _closePath(self) -> None:  # noqa: N802
        self._add("Z")

    def _endPath(self) -> None:  # noqa: N802
        pass


def operators(svg: bytes) -> list[list[str | float]]:
    """The path operators of one Tabler file. Raises ValueError on any element but a path."""
    pen = Operators()
    for element in ET.fromstring(svg):  # noqa: S314 - a file of a released package, read by a developer
        if not element.tag.endswith("}path"):
            raise ValueError(f"not a path: {element.tag}")
        if element.get("stroke") == "none" and element.get("d") == "M0 0h24v24H0z":
            continue  # the invisible box every Tabler file begins with
        parse_path(element.get("d", ""), pen)
    return pen.out


def main(archive: Path) -> None:
    icons: dict[str, list[list[str | float]]] = {}
    with tarfile.open(archive) as tar:

        def read(name: str) -> bytes:
            member = tar.extractfile(f"package/{name}")
            if member is None:
                raise FileNotFoundError(name)
            return member.read()

        for name in sorted(OUTLINE):
            icons[name] = operators(read(f"icons/outline/{name}.svg"))
        for name in sorted(FILLED):
            icons[f"{name}-filled"] = operators(read(f"icons/filled/{name}.svg"))
        version = json.loads(read("package.json"))["version"]
        notice = read("LICENSE").decode()
    TARGET.mkdir(parents=True, exist_ok=True)
    rows = (f"{json.dumps(name)}:{json.dumps(path, separators=(',', ':'))}" for name, path in icons.items())
    text = "{\n" + ",\n".join(re.sub(r"(\d)\.0(?=[,\]])", r"\1", row) for row in rows) + "\n}\n"
    (TARGET / "tabler.json").write_text(text, encoding="utf-8")
    head = f"tabler.json: {len(icons)} icons of Tabler Icons {version}, as path operators. https://tabler.io/icons\n\n"
    (TARGET / "LICENSE-tabler.txt").write_text(head + notice, encoding="utf-8")
    print(f"{len(icons)} icons, {len(text.encode()) // 1024} KB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
