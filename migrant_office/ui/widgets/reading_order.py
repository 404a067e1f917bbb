"""The order in which the Tab key goes through a page: as one reads it, whenever its parts were made."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLayout, QScrollArea, QWidget


def reading_order(root: QWidget) -> list[QWidget]:
    """What Tab reaches inside `root`, by its layouts; what has none by its place, from the top left."""
    found: list[QWidget] = []
    _visit(root, found)
    return found


def go_on(root: QWidget, *, forward: bool) -> bool:
    """Move the focus inside `root`; whether it moved.

    Behind the last part and before the first it leaves a page, and begins again in a window.
    """
    order, here = reading_order(root), QApplication.focusWidget()
    if here not in order:
        return False
    at = order.index(here) + (1 if forward else -1)
    if root.isWindow():
        at %= len(order)
    there = order[at] if 0 <= at < len(order) else _outside(root, forward=forward)
    if there is None:
        return False
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    there.setFocus(reason)
    return True


def is_reached(widget: QWidget) -> bool:
    policy = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(policy) and widget.focusProxy() is None and widget.isEnabled() and widget.isVisible()


def _visit(widget: QWidget, found: list[QWidget]) -> None:
    if not widget.isVisible():
        return
    if is_reached(widget):
        found.append(widget)
    if isinstance(widget, QScrollArea):
        if (inside := widget.widget()) is not None:
            _visit(inside, found)
    elif (layout := widget.layout()) is not None:
        _visit_layout(layout, found)
    elif not isinstance(widget, QAbstractScrollArea):  # lists and texts keep their own parts
        parts = [child for child in widget.children() if isinstance(child, QWidget) and not child.isWindow()]
        for child in sorted(parts, key=lambda part: (part.y(), part.x())):
            _visit(child, found)


def _visit_layout(layout: QLayout, found: list[QWidget]) -> None:
    for number in range(layout.count()):
        item = layout.itemAt(number)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            _visit(widget, found)
        elif inner is not None:
            _visit_layout(inner, found)


def _outside(root: QWidget, *, forward: bool) -> QWidget | None:
    """The neighbour of a page in the round of Tab."""
    edge: QWidget | None = root
    for _step in range(10_000):  # the round is closed; nobody may stand outside
        edge = (edge.nextInFocusChain() if forward else edge.previousInFocusChain()) if edge is not None else None
        if edge is None or edge is root:
            return None
        if not root.isAncestorOf(edge) and edge.window() is root.window() and is_reached(edge):
            return edge
    return None
