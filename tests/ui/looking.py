"""What an eye would find wrong on a screen: cut words, things over one another, things without a name."""

from __future__ import annotations

from PySide6.QtCore import QEventLoop, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QLabel, QScrollArea, QWidget

from migrant_office.ui.operations import Operations
from migrant_office.ui.widgets.text import Text
from migrant_office.ui.widgets.toast import Toast


def live(milliseconds: int = 20) -> None:
    """Run the event loop; unlike `QTest.qWait` it lets the office's thread work."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def settle(operations: Operations | None, rounds: int = 2) -> None:
    """Everything asked so far is answered and laid out."""
    for _round in range(rounds):
        if operations:
            operations.settle()
        live(15)


def activate(window: QWidget) -> None:
    """Bring a window to the front; offscreen it has to be asked more than once."""
    for _round in range(50):
        window.activateWindow()
        live(20)
        if window.isActiveWindow():
            return
    raise AssertionError("the window never became active")


def under_the_keyboard() -> QWidget:
    """What would hear the keyboard. Offscreen nobody activates the window again when a dialog has closed."""
    here = (
        QApplication.activePopupWidget()
        or QApplication.focusWidget()
        or QApplication.activeModalWidget()
        or QApplication.activeWindow()
    )
    if here is None:
        shown = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w.windowType() == Qt.WindowType.Window]
        assert shown, "no window is open"
        activate(shown[-1])
        here = QApplication.focusWidget() or shown[-1]
    return here


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """One key, to whatever has the focus: as the keyboard does it, so that shortcuts are asked first."""
    QTest.keyClick(under_the_keyboard(), key, modifier)
    live(20)


def write(text: str) -> None:
    """Letters, to whatever has the focus."""
    QTest.keyClicks(under_the_keyboard(), text)
    live(20)


def seen(root: QWidget) -> list[QWidget]:
    return [child for child in root.findChildren(QWidget) if child.isVisibleTo(root)]


def cut_labels(root: QWidget) -> list[str]:
    """Texts that show less than they say, and neither wrap into their height nor offer a tooltip."""
    return [label.text() for label in seen(root) if isinstance(label, QLabel) and label.text() and is_cut(label)]


def is_cut(label: QLabel) -> bool:
    metrics, room = QFontMetrics(label.font()), label.contentsRect()
    if label.wordWrap():
        flags = Qt.TextFlag.TextWordWrap.value | label.alignment().value
        need = metrics.boundingRect(0, 0, room.width(), 10_000, flags, label.text())
        return bool(need.height() > room.height() + 2 or need.width() > room.width() + 2)
    if isinstance(label, Text) and label.is_shortened():
        return label.toolTip() != label.text()
    return bool(metrics.horizontalAdvance(label.text()) > room.width() + 1 or metrics.height() > room.height() + 2)


def squeezed(root: QWidget) -> list[tuple[str, str]]:
    """Buttons narrower than their words, and painted things lower than their words need."""
    narrow = [b for b in seen(root) if isinstance(b, QAbstractButton) and b.width() < b.minimumSizeHint().width()]
    low = [
        w
        for w in seen(root)
        if w.layout() is None
        and w.hasHeightForWidth()
        and not isinstance(w, QLabel)
        and w.height() < w.heightForWidth(w.width())
    ]
    return [(type(w).__name__, w.accessibleName()) for w in (*narrow, *low)]


def scrolls_sideways(root: QWidget) -> list[str]:
    """Areas that hide something at their right."""
    return [
        type(area.parentWidget()).__name__
        for area in seen(root)
        if isinstance(area, QScrollArea) and area.horizontalScrollBar().maximum() > 0
    ]


def overlapping(root: QWidget) -> list[tuple[str, str]]:
    """Pairs of visible leaves (words, buttons, fields) of one parent that lie over one another."""
    found = []
    leaves = [w for w in seen(root) if is_leaf(w) and not has_toast_above(w)]
    boxes = [(w, visible_part(w, root)) for w in leaves]
    for number, (one, first) in enumerate(boxes):
        for other, second in boxes[number + 1 :]:
            if one.isAncestorOf(other) or other.isAncestorOf(one) or one.parentWidget() is other:
                continue
            shared = first.intersected(second)
            if shared.width() > 1 and shared.height() > 1:
                found.append((said(one), said(other)))
    return found


def is_leaf(widget: QWidget) -> bool:
    if isinstance(widget, QLabel):
        return bool(widget.text() or widget.pixmap())
    takes_focus = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return takes_focus or isinstance(widget, QAbstractButton | QAbstractScrollArea)


def has_toast_above(widget: QWidget | None) -> bool:
    while widget is not None:
        if isinstance(widget, Toast):
            return True
        widget = widget.parentWidget()
    return False


def visible_part(widget: QWidget, root: QWidget) -> QRect:
    """The part of a widget that its ancestors let through, in the coordinates of `root`."""
    box = QRect(widget.mapTo(root, QPoint(0, 0)), widget.size())
    above = widget.parentWidget()
    while above is not None and above is not root:
        box = box.intersected(QRect(above.mapTo(root, QPoint(0, 0)), above.size()))
        above = above.parentWidget()
    return box


def said(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel) else widget.accessibleName()
    return f"{type(widget).__name__} {text!r}"


def unnamed(root: QWidget) -> list[str]:
    """Widgets that the Tab key reaches and a screen reader could not name."""
    reached = [
        w for w in seen(root) if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.focusProxy() is None and w.isEnabled()
    ]
    return [f"{type(w).__name__} in {type(w.parentWidget()).__name__}" for w in reached if not w.accessibleName()]


def out_of_sight(root: QWidget) -> list[str]:
    """Leaves that stick out of their parent."""
    found = []
    for widget in seen(root):
        parent = widget.parentWidget()
        if not is_leaf(widget) or parent is None or isinstance(parent.parentWidget(), QAbstractScrollArea):
            continue
        if not parent.rect().adjusted(-2, -2, 2, 2).contains(widget.geometry()):
            found.append(said(widget))
    return found
