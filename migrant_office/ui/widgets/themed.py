"""What every widget of ours shares: it asks the theme when it paints, and is told when look or language change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QWidget

from migrant_office.ui.theme.apply import theme
from migrant_office.ui.theme.metrics import Metrics, Role
from migrant_office.ui.theme.tokens import Tokens

# A mixin at run time, since Qt refuses a class with two widget bases; to the type checker it is a widget.
if TYPE_CHECKING:
    _Widget = QWidget
else:
    _Widget = object


class Themed(_Widget):
    """Mixin of all our widgets, written before the Qt class.

    `restyle` follows palette and text scale, `retranslate` the language.
    """

    _restyling = False

    @property
    def tokens(self) -> Tokens:
        return theme().tokens

    @property
    def metrics_(self) -> Metrics:
        """Sizes at the present text scale (`metrics` is a virtual function of Qt's)."""
        return theme().metrics

    def font_of(self, role: Role) -> QFont:
        return theme().font(role)

    def restyle(self) -> None:
        """Take fonts, colours and sizes from the theme again. Called before the first show and on every change."""

    def retranslate(self) -> None:
        """Set again the texts that the widget itself brings; texts of a screen are set by the screen."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and not self._restyling:
            self._restyling = True  # setting a font inside may come back here
            try:
                self.restyle()
            finally:
                self._restyling = False
            self.updateGeometry()
            self.update()
        elif event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


class Painted(Themed, QWidget):
    """A plain widget of ours."""


def ink(widget: QWidget, colour: str) -> None:
    """Give a native widget the colour of its words; with a sheet on the application the palette still counts."""
    made = widget.palette()
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(role, QColor(colour))
    widget.setPalette(made)
