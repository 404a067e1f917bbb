"""The typefaces: loaded once from `resources/fonts/`, asked for by role."""

from __future__ import annotations

import logging
from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from migrant_office import paths
from migrant_office.ui.theme.metrics import Metrics, Role

FAMILY = "Atkinson Hyperlegible"
_log = logging.getLogger(__name__)


def load() -> None:
    """Make the typefaces known to Qt; needs an application. A missing file is logged and Qt's own face stands in."""
    if FAMILY in QFontDatabase.families():
        return
    for file in sorted((paths.resources() / "fonts").glob("*.ttf")):
        if QFontDatabase.addApplicationFont(str(file)) < 0:
            _log.warning("font not loaded: %s", file.name)
    font.cache_clear()
    sized.cache_clear()


@cache
def font(role: Role, scale: int = 100) -> QFont:
    """The font of a role at a text scale in percent. The caller must not change it: it is shared."""
    metrics = Metrics(scale)
    made = QFont(FAMILY)
    made.setPointSizeF(metrics.points(role))
    made.setBold(metrics.bold(role))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)  # even letter spacing
    made.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    return made


@cache
def sized(role: Role, points: float) -> QFont:
    """The font of a role in another size. The caller must not change it: it is shared."""
    made = QFont(font(role))
    made.setPointSizeF(points)
    return made
