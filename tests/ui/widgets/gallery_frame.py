"""The side, the top bar and small helpers around every page of the gallery."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from migrant_office.ui.theme.metrics import PAGE
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.flow_layout import FlowLayout
from migrant_office.ui.widgets.navigation import Place, SideNavigation
from migrant_office.ui.widgets.page import ScrollPage
from migrant_office.ui.widgets.search_field import SearchField

PLACES = [
    Place("today", "Hoy", "home", "Ctrl+1"),
    Place("people", "Personas", "users", "Ctrl+2"),
    Place("services", "Servicios", "heart-handshake", "Ctrl+3"),
    Place("month", "Mes", "chart-bar", "Ctrl+4"),
    Place("admin", "Administración", "settings", "Ctrl+5"),
]


def column(*things: QWidget | QLayout | None, gap: int = 8) -> QVBoxLayout:
    made = QVBoxLayout()
    made.setSpacing(gap)
    for thing in things:
        if thing is None:
            made.addStretch(1)
        elif isinstance(thing, QLayout):
            made.addLayout(thing)
        else:
            made.addWidget(thing)
    return made


def flow(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    layout = FlowLayout(holder)
    for widget in widgets:
        layout.addWidget(widget)
    return holder


def window(body: QLayout, *, current: str = "today") -> QFrame:
    page = QFrame()
    page.setProperty("plate", "window")
    side = SideNavigation("Oficina de Migrantes", "Santiago · datos de muestra", PLACES)
    side.set_state("Todo guardado", "Sin red desde las 9:40")
    side.set_user("Carolina Soto")
    side.set_current(current)
    top = QFrame()
    top.setProperty("plate", "top")
    bar = QHBoxLayout(top)
    bar.setContentsMargins(PAGE, 10, PAGE, 10)
    search = SearchField("Nombre, teléfono, código o pasaporte")
    search.setMaximumWidth(480)
    bar.addWidget(search, 1)
    bar.addStretch(1)
    bar.addWidget(Button("Registro rápido", icon="user-plus"))
    scroll = ScrollPage()
    scroll.column.addLayout(body)
    right = column(top, scroll, gap=0)
    right.setStretch(1, 1)
    row = QHBoxLayout(page)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addWidget(side)
    row.addLayout(right, 1)
    return page
