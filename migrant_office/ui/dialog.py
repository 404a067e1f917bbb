"""A question in front of a page: title, fields, and two buttons that carry our words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from migrant_office.i18n import _
from migrant_office.ui.theme.apply import theme
from migrant_office.ui.theme.metrics import LARGE, MEDIUM, WIDE
from migrant_office.ui.widgets.banner import Banner
from migrant_office.ui.widgets.button import Button, Kind
from migrant_office.ui.widgets.reading_order import go_on
from migrant_office.ui.widgets.text import Text

TITLE = "migrant_office"
_EDGE = 64  # px of the window that stay visible around a dialog
_RING = 3  # px beside the fields, for the ring of the focus


class _Contents(QFrame):
    """What scrolls inside: exactly as high as it needs at its width, where Qt would ask for wrapped labels at any."""

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(hint.width(), 1) if self.hasHeightForWidth() else hint

    def hasHeightForWidth(self) -> bool:
        layout = self.layout()
        return layout is not None and layout.hasHeightForWidth()


class Dialog(QDialog):
    """Cancel at the left of the primary; Ctrl+Return does, Esc leaves. Its window title is the program's name only.

    It is as high as its contents need at its width, and scrolls where the screen is lower. `first` gets the focus.
    """

    def __init__(
        self, title: str, does: str, *, width: int = 560, kind: Kind = "primary", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(TITLE)
        self.setAccessibleName(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.first: QWidget | None = None
        self._wanted = width
        self.primary = Button(does, kind, shortcut="Ctrl+Return")
        self.primary.clicked.connect(self.agree)
        self.cancel = Button(_("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.trouble = Banner("warn", "")
        self.trouble.hide()
        self.foot = QHBoxLayout()
        self.foot.setSpacing(MEDIUM)
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.primary)
        self._title = Text(title, "card", wrap=True)
        self._lay_out()

    def _lay_out(self) -> None:
        self._holder = _Contents()
        self._holder.setProperty("plate", "none")
        self.body = QVBoxLayout(self._holder)
        self.body.setContentsMargins(_RING, _RING, _RING, _RING)
        self.body.setSpacing(LARGE)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidgetResizable(True)
        self._area.setWidget(self._holder)
        self._area.viewport().setAutoFillBackground(False)
        self._holder.setAutoFillBackground(False)
        self._holder.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        column.setSpacing(LARGE - _RING)
        column.addWidget(self._title)
        column.addWidget(self.trouble)
        column.addWidget(self._area, 1)
        column.addLayout(self.foot)

    def agree(self) -> None:
        """What the primary does; a dialog that must look first overrides it."""
        self.accept()

    def written(self) -> bool:
        """Whether something was typed that Esc would lose."""
        return False

    def tell_trouble(self, text: str) -> None:
        """What stands in the way and belongs to no single field; "" takes it away."""
        self.trouble.set_texts(text)
        self.trouble.setVisible(bool(text))
        self.fit()

    # size

    def fit(self) -> None:
        """Take the height that the contents need now, as far as the screen allows."""
        room = self._room()
        width = min(theme().metrics.px(self._wanted), room.width() - _EDGE // 2)
        inside = width - 2 * WIDE
        self._title.setFixedWidth(inside)
        wraps = self._holder.hasHeightForWidth()
        needed = self._holder.heightForWidth(inside) if wraps else self.body.sizeHint().height()
        others = self._around(inside)
        shown = min(needed, room.height() - _EDGE // 2 - others)
        bars = Qt.ScrollBarPolicy  # a bar that is not needed takes width, wraps a line, and so is needed
        self._area.setVerticalScrollBarPolicy(bars.ScrollBarAlwaysOff if needed <= shown else bars.ScrollBarAsNeeded)
        self.setFixedWidth(width)
        self._area.setFixedHeight(max(shown, theme().metrics.control))
        if (layout := self.layout()) is not None:
            layout.activate()  # else the least height that it had keeps the window from shrinking
        self.resize(width, others + shown)

    def _around(self, inside: int) -> int:
        """The height of what stands above and below the contents, at their width."""
        others = self._title.heightForWidth(inside) + self.primary.sizeHint().height() + 2 * WIDE + 2 * LARGE
        if not self.trouble.isHidden():
            others += self.trouble.heightForWidth(inside) + LARGE
        return others

    def _room(self) -> QWidget:
        """The window it stands before; a dialog never gets larger than that."""
        parent = self.parentWidget()
        return parent.window() if parent else self

    def showEvent(self, event: QShowEvent) -> None:
        self.fit()
        super().showEvent(event)
        if self.first is not None:
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return go_on(self, forward=forward) or super().focusNextPrevChild(forward)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._holder and event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self.fit()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a line goes to the next field, as on a paper form; on a button it presses that one, no other."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            here = self.focusWidget()
            if isinstance(here, QLineEdit):
                self.focusNextChild()
            elif isinstance(here, QAbstractButton):
                here.click()
            elif isinstance(here, QComboBox):
                here.showPopup()
            event.accept()
            return
        if event.key() == Qt.Key.Key_Escape and self.written() and self.trouble.isHidden():
            self.tell_trouble(_("What you wrote here is not saved yet. Esc once more leaves it."))
            event.accept()
            return
        super().keyPressEvent(event)
