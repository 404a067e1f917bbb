"""Answers as tiles: at most eight at once, in whatever arrangement shows all their words largest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from migrant_office.models.forms.answers import Cell
from migrant_office.ui.person_mode.body import Body
from migrant_office.ui.person_mode.speech import Offer, Said
from migrant_office.ui.person_mode.tile import FacingTile, Shape
from migrant_office.ui.theme.metrics import WIDE

MOST = 8  # number keys 1 to 8; 9 and 0 are the missing answers
MOST_TILES = 3 * (MOST - 1)  # more become a list
FEW = 2
MORE = "+more"  # no code of a form begins with a plus
_TALL, _TALLEST, _ROW = 200, 240, 92  # px at 100 %: higher tiles do not read better
_COLUMNS = {1: (1,), 2: (2, 1), 3: (3, 1), 4: (4, 2, 1), 5: (3, 2, 1), 6: (3, 2, 1), 7: (4, 2), 8: (4, 2)}


class TileGrid(Body):
    """`value()` is a tuple of codes in the order of the form. Choosing again takes back.

    Where not all fit, the last tile of a page is "more", in a round; Page Up and Page Down turn too.
    """

    def __init__(
        self, offers: Sequence[Offer], more: Said, *, multiple: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._offers, self._more, self._multiple = list(offers), more, multiple
        self._chosen: tuple[str, ...] = ()
        self._page, self._per_page, self._columns = 0, MOST, 1
        self._shape = Shape(self.metrics_.points("facing_answer"), 0)
        self._probe = FacingTile(Offer("", Said("")), 1, parent=self)  # measures, is never shown
        self._probe.hide()
        self.tiles: list[FacingTile] = []

    def value(self) -> tuple[str, ...]:
        return tuple(offer.code for offer in self._offers if offer.code in self._chosen)

    def show_cell(self, cell: Cell) -> None:
        self._chosen = cell.selected
        for tile in self.tiles:
            tile.setChecked(tile.offer.code in self._chosen)

    def restyle(self) -> None:
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    # arranging

    def _arrange(self) -> None:
        if not self._offers or self.width() < 2:
            return
        self._per_page, self._columns, self._shape = self._best()
        self._page = min(self._page, self._pages() - 1)
        self._show_page()

    def _best(self) -> tuple[int, int, Shape]:
        """Answers a page, columns and shape: as many answers as possible, then letters as large as possible."""
        found = None
        for slots in (min(len(self._offers), MOST), 6, 4, 3, 2):
            if slots > len(self._offers):
                continue
            for columns, shape in self._plans(slots):
                found = (slots, columns, shape)
                if self._fits(*found):
                    return found
        assert found is not None  # noqa: S101 - there is at least one answer
        return found

    def _plans(self, slots: int) -> Iterator[tuple[int, Shape]]:
        has_icons = any(offer.icon for offer in self._offers)
        full, small = self.metrics_.icon_facing, self.metrics_.px(36)
        full = self.metrics_.px(72) if slots <= FEW else full
        for points in self._steps(slots):
            for columns in _COLUMNS[slots]:
                if columns >= 3 or slots <= 2:
                    for icon in (full, small) if has_icons else (0,):
                        yield columns, Shape(points, icon)
                if columns <= 2 < slots:
                    yield columns, Shape(points, small if has_icons else 0, row=True)

    def _steps(self, slots: int) -> tuple[float, ...]:
        """Sizes of letters: yes and no have the screen to themselves."""
        steps = self.metrics_.steps("facing_answer")
        return (self.metrics_.points("facing_field"), *steps) if slots <= FEW else steps

    def _fits(self, slots: int, columns: int, shape: Shape) -> bool:
        width, height = self._cell(slots, columns)
        return all(self._needs(offer, shape, width) <= height for offer in (*self._offers, self._last()))

    def _needs(self, offer: Offer, shape: Shape, width: int) -> int:
        self._probe.offer = offer
        return self._probe.needs(shape, width)

    def _cell(self, slots: int, columns: int) -> tuple[int, int]:
        rows = -(-slots // columns)
        width = (self.width() - WIDE * (columns - 1)) // columns
        return width, (self.height() - WIDE * (rows - 1)) // rows

    def _pages(self) -> int:
        if len(self._offers) <= self._per_page:
            return 1
        return -(-len(self._offers) // (self._per_page - 1))

    def _last(self) -> Offer:
        return Offer(MORE, self._more, "dots")

    def _on_page(self) -> list[Offer]:
        if self._pages() == 1:
            return self._offers
        each = self._per_page - 1
        return [*self._offers[self._page * each : (self._page + 1) * each], self._last()]

    def _show_page(self) -> None:
        offers = self._on_page()
        if [tile.offer for tile in self.tiles] != offers:
            for tile in self.tiles:
                tile.hide()
                tile.deleteLater()
            self.tiles = [self._tile(offer, number) for number, offer in enumerate(offers, 1)]
        width, room = self._cell(self._per_page, self._columns)
        tall = _TALLEST if self._per_page <= FEW else _TALL
        height = min(room, self.metrics_.px(_ROW if self._shape.row else tall))
        height = max(height, min(room, max(self._needs(offer, self._shape, width) for offer in offers)))
        for place, tile in enumerate(self.tiles):
            row, column = divmod(place, self._columns)
            tile.set_shape(self._shape)
            tile.setGeometry(QRect(column * (width + WIDE), row * (height + WIDE), width, height))
            tile.setChecked(tile.offer.code in self._chosen)
            tile.show()

    def _tile(self, offer: Offer, number: int) -> FacingTile:
        """The tile "more" always has the last number, also on a page that is not full."""
        more = offer.code == MORE
        tile = FacingTile(offer, self._per_page if more else number, checkable=not more, parent=self)
        tile.clicked.connect(self.turn if more else lambda: self._pick(tile))
        return tile

    # answering

    def _pick(self, tile: FacingTile) -> None:
        code = tile.offer.code
        if code in self._chosen:
            self._chosen = tuple(other for other in self._chosen if other != code)
        else:
            self._chosen = (*self._chosen, code) if self._multiple else (code,)
        self.answered.emit(self.value() or None)

    def turn(self, by: int = 1) -> None:
        """To another page of tiles, in a round."""
        pages = self._pages()
        if pages > 1:
            had_focus = any(tile.hasFocus() for tile in self.tiles)
            self._page = (self._page + (int(by) or 1)) % pages
            self._show_page()
            if had_focus:
                self.tiles[0].setFocus()

    def press(self, event: QKeyEvent) -> bool:
        key, text = event.key(), event.text()
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.turn(1 if key == Qt.Key.Key_PageDown else -1)
            return True
        for tile in self.tiles:
            if text == str(tile.number):
                tile.click()
                return True
        return self._move(key)

    def _move(self, key: int) -> bool:
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -self._columns,
            Qt.Key.Key_Down: self._columns,
        }
        step = steps.get(Qt.Key(key))
        if step is None or not self.tiles:
            return False
        here = next((place for place, tile in enumerate(self.tiles) if tile.hasFocus()), None)
        there = 0 if here is None else max(0, min(here + step, len(self.tiles) - 1))
        self.tiles[there].setFocus(Qt.FocusReason.TabFocusReason)
        return True
