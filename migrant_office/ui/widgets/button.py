"""The buttons: primary (one a page), secondary, quiet (blue words), danger (red words and edge), link (small words)."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcutEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QWidget

from migrant_office.ui.theme import icons
from migrant_office.ui.theme.metrics import CONTROL_RADIUS, RING, SMALL, Role
from migrant_office.ui.widgets import painting
from migrant_office.ui.widgets.keys import key_words
from migrant_office.ui.widgets.themed import Themed

Kind = Literal["primary", "secondary", "quiet", "danger", "link"]
_KEY_GAP = 14


class Pressable(Themed):
    """Mixin of our buttons: Enter presses the one in focus, as Space does. Qt leaves that to dialogs."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alone = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and alone and isinstance(self, QAbstractButton):
            event.accept()
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)


class Button(Pressable, QPushButton):
    """A button. `icon` names a Tabler icon; `shortcut` is Qt's notation ("Ctrl+Return"): it acts and is shown.

    `hint_only` shows the key without binding it, for keys that the window owns.
    """

    def __init__(
        self,
        text: str,
        kind: Kind = "secondary",
        *,
        icon: str = "",
        shortcut: str = "",
        hint_only: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind, self._icon, self._shortcut = kind, icon, shortcut
        self._why_not = ""
        self.setText(text)
        self.setAutoDefault(False)  # in a dialog Enter must not press whichever button has the focus
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        if shortcut and not hint_only:
            self.setShortcut(QKeySequence(shortcut))

    def setText(self, text: str) -> None:
        bound = self.shortcut()
        super().setText(text)  # drops a bound key
        self.setShortcut(bound)
        self.setAccessibleName(text.replace("&", ""))
        self.updateGeometry()

    def set_icon(self, name: str) -> None:
        self._icon = name
        self.updateGeometry()
        self.update()

    def set_kind(self, kind: Kind) -> None:
        self._kind = kind
        self.updateGeometry()
        self.update()

    def set_available(self, available: bool, why_not: str = "") -> None:
        """Enable or disable; a disabled button says why, in its tooltip and to screen readers."""
        self._why_not = "" if available else why_not
        self.setEnabled(available)
        self.setToolTip(self._why_not)
        self.setAccessibleDescription(self._why_not)

    def retranslate(self) -> None:
        self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        """Answer a key at once: Qt would play a pressed button for a tenth of a second first."""
        if isinstance(event, QShortcutEvent) and not event.isAmbiguous() and self.isEnabled():
            self.click()
            return True
        return super().event(event)

    # -- size and paint

    def _role(self) -> Role:
        if self._kind == "primary":
            return "body_bold"
        return "hint" if self._kind == "link" else "body"

    def _key(self) -> str:
        return key_words(self._shortcut) if self._shortcut else ""

    def _words(self) -> str:
        return self.text().replace("&", "")

    def _content_width(self) -> int:
        font = self.font_of(self._role())
        key = self._key()
        icon = self.metrics_.icon + SMALL if self._icon else 0
        return icon + painting.width_of(font, self._words()) + (_KEY_GAP + painting.width_of(font, key) if key else 0)

    def _inset(self) -> int:
        return {"quiet": 9, "link": 4}.get(self._kind, 17)

    def sizeHint(self) -> QSize:
        # a link beside a card's title must not make that head taller than its neighbour's
        height = painting.line_height(self.font_of("card")) if self._kind == "link" else self.metrics_.control
        return QSize(self._content_width() + 2 * self._inset(), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _ink(self) -> str:
        tokens = self.tokens
        if not self.isEnabled():
            return tokens.hint
        inks = {"primary": tokens.on_blue, "secondary": tokens.text, "danger": tokens.bad}
        return inks.get(self._kind, tokens.blue)

    def _paint_ground(self, painter: QPainter) -> None:
        tokens, area = self.tokens, self.rect()
        hover, flat = self.underMouse() or self.isDown(), self._kind in ("quiet", "link")
        if not self.isEnabled():
            if not flat:
                painting.plate(painter, area, CONTROL_RADIUS, fill=tokens.sunken, edge=tokens.edge, dashed=True)
        elif self._kind == "primary":
            painting.plate(painter, area, CONTROL_RADIUS, fill=tokens.blue_hover if hover else tokens.blue)
        elif flat:
            if hover:
                edge = None if tokens.plates else tokens.blue
                painting.plate(painter, area, CONTROL_RADIUS, fill=tokens.blue_bg, edge=edge)
        else:
            edge = tokens.bad if self._kind == "danger" else tokens.edge
            painting.plate(painter, area, CONTROL_RADIUS, fill=tokens.sunken if hover else tokens.surface, edge=edge)
        if self.hasFocus():
            self._paint_focus(painter)

    def _paint_focus(self, painter: QPainter) -> None:
        if self._kind == "primary":  # blue on blue would not be seen: a light line inside the dark one
            painting.ring(painter, self.rect(), CONTROL_RADIUS, self.tokens.text)
            inner = self.rect().adjusted(RING, RING, -RING, -RING)
            painting.ring(painter, inner, CONTROL_RADIUS - RING, self.tokens.on_blue)
        else:
            painting.ring(painter, self.rect(), CONTROL_RADIUS, self.tokens.blue)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_ground(painter)
        font, colour, key = self.font_of(self._role()), self._ink(), self._key()
        x = max((self.width() - self._content_width()) / 2, self._inset() / 2)
        if self._icon:
            side = self.metrics_.icon
            icons.paint(painter, self._icon, QRectF(x, (self.height() - side) / 2, side, side), colour)
            x += side + SMALL
        room = painting.width_of(font, self._words())
        painting.line(painter, QRectF(x, 0, min(room, self.width() - x), self.height()), self._words(), font, colour)
        if key:
            x += room + _KEY_GAP
            painting.line(painter, QRectF(x, 0, self.width() - x, self.height()), key, font, colour)


class IconButton(Pressable, QPushButton):
    """A small square button with an icon alone; `name` is its accessible name and its tooltip."""

    def __init__(self, icon: str, name: str, *, size: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._size = icon, size
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        self.setAccessibleName(name)
        self.setToolTip(name)

    def set_icon(self, icon: str) -> None:
        self._icon = icon
        self.update()

    def sizeHint(self) -> QSize:
        side = self.metrics_.px(self._size + 10)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = self.metrics_.px(self._size)
        if self.underMouse() and self.isEnabled():
            painting.plate(painter, self.rect(), CONTROL_RADIUS, fill=self.tokens.sunken)
        colour = self.tokens.text if self.underMouse() else self.tokens.hint
        area = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        icons.paint(painter, self._icon, area, colour)
        if self.hasFocus():
            painting.ring(painter, self.rect(), CONTROL_RADIUS, self.tokens.blue)
