"""The theme in force: which palette, which text scale; everything painted asks here."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from migrant_office.ui.theme import fonts, icons
from migrant_office.ui.theme.metrics import SCALES, Metrics, Role
from migrant_office.ui.theme.sheet import palette, style_sheet
from migrant_office.ui.theme.tokens import PALETTES, ThemeName, Tokens


class Theme(QObject):
    """Palette and text scale of the running program; there is one, `theme()`.

    `changed` comes after the application wears the new look. Widgets need not listen to it: Qt tells each of them
    with a StyleChange event, see `ui/widgets/themed.py`.
    """

    changed = Signal()

    def __init__(self, name: ThemeName = "light", scale: int = 100) -> None:
        super().__init__()
        self.tokens: Tokens = PALETTES[name]
        self.metrics = Metrics(scale)

    def choose(self, name: ThemeName, scale: int = 100) -> None:
        """Change palette or text scale (percent, one of SCALES), and wear it at once if there is an application."""
        if scale not in SCALES:
            raise ValueError(f"no such text scale: {scale}")
        self.tokens, self.metrics = PALETTES[name], Metrics(scale)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            self.apply(app)

    def apply(self, app: QApplication) -> None:
        """Dress the application: typeface, Fusion, palette and style sheet, in this order."""
        fonts.load()
        icons.forget()
        if app.style().name().lower() != "fusion" and not app.styleSheet():
            app.setStyle("Fusion")
        app.setFont(self.font("body"))
        app.setPalette(palette(self.tokens))
        app.setStyleSheet(style_sheet(self.tokens, self.metrics))
        self.changed.emit()

    def font(self, role: Role) -> QFont:
        return fonts.font(role, self.metrics.scale)


_theme: Theme | None = None


def theme() -> Theme:
    """The theme of the program: light at 100 % until `choose` says otherwise."""
    global _theme
    if _theme is None:
        _theme = Theme()
    return _theme
