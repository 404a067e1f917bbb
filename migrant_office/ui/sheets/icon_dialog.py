"""Chooses the picture of a row: every icon there is, to look through or to narrow by its name."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QShowEvent
from PySide6.QtWidgets import (
    QListView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from migrant_office import icon_paths
from migrant_office.i18n import _
from migrant_office.ui.dialog import Dialog
from migrant_office.ui.theme import icons
from migrant_office.ui.theme.apply import theme
from migrant_office.ui.theme.metrics import CHIP_RADIUS, RING
from migrant_office.ui.widgets import painting
from migrant_office.ui.widgets.field import LabelledField, LineField
from migrant_office.ui.widgets.themed import Themed

SHOWN, CELL, HIGH = 28, 54, 320  # px of an icon, of its cell, of the list


class _Cell(QStyledItemDelegate):
    """The chosen icon on a blue plate, with a ring while the keyboard is there."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        tokens, name = theme().tokens, str(index.data(Qt.ItemDataRole.UserRole))
        area = QRectF(option.rect).adjusted(2, 2, -2, -2)
        if option.state & QStyle.StateFlag.State_Selected:
            painting.plate(painter, area, CHIP_RADIUS, fill=tokens.blue_bg, edge=tokens.blue, width=RING)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painting.plate(painter, area, CHIP_RADIUS, fill=tokens.sunken)
        side = theme().metrics.px(SHOWN)
        spot = QRectF(area.center().x() - side / 2, area.center().y() - side / 2, side, side)
        icons.paint(painter, name, spot, tokens.text)


class _Icons(Themed, QListWidget):
    """The icons in rows; the arrows go through them."""

    def __init__(self) -> None:
        super().__init__()
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setItemDelegate(_Cell(self))
        self.setMouseTracking(True)
        for name in icon_paths.names():
            if not icon_paths.is_filled(name):
                item = QListWidgetItem()
                item.setData(Qt.ItemDataRole.UserRole, name)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, name.replace("-", " "))
                item.setToolTip(name.replace("-", " "))
                self.addItem(item)
        self.restyle()

    def restyle(self) -> None:
        cell = self.metrics_.px(CELL)
        self.setGridSize(QSize(cell, cell))
        for row in range(self.count()):
            self.item(row).setSizeHint(QSize(cell, cell))
        self.setFixedHeight(self.metrics_.px(HIGH))


class IconDialog(Dialog):
    """`taken` carries the name of the icon, "" for none."""

    taken = Signal(str)

    def __init__(self, now: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Choose the icon"), _("Take this icon"), width=620, parent=parent)
        self.search = LineField(placeholder="phone, home, calendar…")
        self.icons = _Icons()
        self.icons.setAccessibleName(_("Icons"))
        self.search.textChanged.connect(self._narrow)
        self.icons.itemDoubleClicked.connect(lambda _item: self.agree())
        self.body.addWidget(
            LabelledField(_("Name of the icon"), self.search, help_text=_("The names are in English, as in the table."))
        )
        self.body.addWidget(self.icons)
        for row in range(self.icons.count()):
            if self.icons.item(row).data(Qt.ItemDataRole.UserRole) == now:
                self.icons.setCurrentRow(row)
        self.first = self.icons

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self.icons, lambda: self.icons.scrollToItem(self.icons.currentItem()))

    def _narrow(self, text: str) -> None:
        """Hide what does not have these letters; the cursor stays on something that is seen."""
        wanted = text.strip().casefold().replace(" ", "-")
        rows = range(self.icons.count())
        for row in rows:
            item = self.icons.item(row)
            item.setHidden(wanted not in str(item.data(Qt.ItemDataRole.UserRole)))
        current = self.icons.currentItem()
        if current is None or current.isHidden():
            self.icons.setCurrentRow(next((row for row in rows if not self.icons.item(row).isHidden()), -1))

    def agree(self) -> None:
        item = self.icons.currentItem()
        if item is None or item.isHidden():
            self.tell_trouble(_("Choose an icon first."))
            return
        self.taken.emit(str(item.data(Qt.ItemDataRole.UserRole)))
        self.accept()
