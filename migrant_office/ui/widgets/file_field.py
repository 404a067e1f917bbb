"""A file to keep: chosen, dropped or pasted; taken in sealed at once, shown as a small picture or an icon."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPixmap,
    QShortcut,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from migrant_office.errors import UserError
from migrant_office.i18n import N_, _, translator
from migrant_office.models.attachment import PDF, SHOWN, Kept
from migrant_office.models.office import Office
from migrant_office.services import attachments
from migrant_office.ui.operations import Operations
from migrant_office.ui.theme.metrics import CONTROL_RADIUS, LINE_GAP, MEDIUM, RING, SMALL
from migrant_office.ui.widgets import painting
from migrant_office.ui.widgets.button import Button
from migrant_office.ui.widgets.choosing import file_to_open
from migrant_office.ui.widgets.picture import FORMATS, decoded, png_of
from migrant_office.ui.widgets.text import IconLabel, Text
from migrant_office.ui.widgets.themed import Painted

THUMBNAIL = 56  # px at 100 %
KINDS = {
    "image/jpeg": N_("Picture"),
    "image/png": N_("Picture"),
    PDF: N_("PDF document"),
    "text/plain": N_("Text"),
}


class FileField(Painted):
    """`value()` is the kept file or None. `changed` carries it, `view_wanted` the one somebody wants to see.

    A file is on disk, sealed, before `changed` comes. One chosen here and taken out again, or left behind by `abandon`,
    is dropped; one that a case names stays until the case is told. The bytes are kept as they are, with what a camera
    wrote into them. Nothing is remembered of the folder it came from.
    """

    changed = Signal(object)
    problem_changed = Signal(str)
    view_wanted = Signal(object)

    def __init__(self, operations: Operations, *, images_only: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.operations, self._images_only = operations, images_only
        self._kept: Kept | None = None
        self._fresh: set[Kept] = set()
        self._over = False
        self.choose = Button("", icon="upload")
        self.see = Button("", icon="eye")
        self.remove = Button("", "quiet")
        self._hint = Text("", "hint", "hint", wrap=True)
        self._name, self._about = Text("", "body", elide=True), Text("", "hint", "hint", elide=True)
        self._icon, self._picture = IconLabel("file", "hint", size=28), QLabel()
        self._lay_out()
        self.setAcceptDrops(True)
        self.choose.clicked.connect(self._choose)
        self.remove.clicked.connect(self._remove)
        self.see.clicked.connect(lambda: self.view_wanted.emit(self._kept))
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(lambda: self._take(QGuiApplication.clipboard().mimeData()))
        self.retranslate()
        self._show()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(LINE_GAP)
        words.addStretch(1)
        for text in (self._name, self._about, self._hint):
            words.addWidget(text)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(MEDIUM, SMALL, MEDIUM, SMALL)
        row.setSpacing(MEDIUM)
        row.addWidget(self.choose)
        row.addWidget(self._picture)
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        row.addWidget(self.see)
        row.addWidget(self.remove)

    # what it holds

    def value(self) -> Kept | None:
        return self._kept

    def set_value(self, kept: Kept | None) -> None:
        """Show a file that is kept already, or none; without a signal."""
        self._kept = kept
        self._show()

    def abandon(self) -> None:
        """Drop what was chosen here and will not be saved."""
        for kept in self._fresh:
            self._drop(kept)
        self._fresh = set()

    def saved(self) -> None:
        """What was chosen here is named by a case or a draft from now on: `abandon` leaves it."""
        self._fresh = set()

    def _drop(self, kept: Kept) -> None:
        self.operations.run(self, lambda office: attachments.forget(office, kept))

    # taking in

    def _choose(self) -> None:
        kinds = _("Pictures (*.jpg *.jpeg *.png)") if self._images_only else ""
        chosen = file_to_open(self.window(), _("Choose a file"), kinds)
        if chosen:
            self.take_path(chosen)

    def take_path(self, path: Path) -> None:
        """Keep a file of this computer."""
        self._work(lambda office: attachments.keep_path(office, path))

    def _take(self, mime: QMimeData) -> None:
        """A file or a picture that was dropped or pasted."""
        paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        image = mime.imageData() if mime.hasImage() else None
        if len(paths) > 1:
            self.problem_changed.emit(_("One file at a time. Choose the first one."))
        elif paths:
            self.take_path(paths[0])
        elif isinstance(image, QImage) and not image.isNull():
            name = _("picture") + ".png"
            self._work(lambda office: attachments.keep(office, png_of(image), name))

    def _work(self, keep: object) -> None:
        self.problem_changed.emit("")
        self.choose.setEnabled(False)
        only_images = self._images_only

        def work(office: Office) -> Kept:
            kept: Kept = keep(office)  # type: ignore[operator]  # one of the closures above
            if only_images and kept.kind not in FORMATS:
                attachments.forget(office, kept)
                raise UserError(N_("This is not a picture that can be shown. Choose a JPG or PNG file."))
            return kept

        self.operations.run(self, work, self._taken, failed=self._refused)

    def _taken(self, kept: Kept) -> None:
        self.choose.setEnabled(True)
        before, self._kept = self._kept, kept
        self._fresh.add(kept)
        if before in self._fresh:
            self._fresh.discard(before)
            self._drop(before)
        self._show()
        self.changed.emit(kept)
        self.see.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, error: UserError) -> None:
        self.choose.setEnabled(True)
        self.problem_changed.emit(error.text(translator()))

    def _remove(self) -> None:
        gone, self._kept = self._kept, None
        self._show()
        self.problem_changed.emit("")
        self.changed.emit(None)
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)
        if gone is not None:  # also one that a draft brought back: nothing drops it while anything names it
            self._fresh.discard(gone)
            self._drop(gone)

    # showing

    def _show(self) -> None:
        kept = self._kept
        when_empty: tuple[QWidget, ...] = (self.choose, self._hint)
        when_full: tuple[QWidget, ...] = (self._name, self._about, self._icon, self.see, self.remove)
        for widget in (*when_empty, *when_full):
            widget.setVisible((widget in when_full) == (kept is not None))
        self._picture.hide()
        self.setFocusProxy(self.choose if kept is None else self.see if kept.kind in SHOWN else self.remove)
        if kept is None:
            return
        kind = kind_in_words(kept.kind)
        self._name.setText(kept.name or kind)
        self._about.setText(f"{kind}  ·  {size_in_words(kept.size)}")
        self._icon.set_icon("file-text" if kept.kind in (PDF, "text/plain") else "file")
        self.see.set_available(kept.kind in SHOWN, _("This kind of file cannot be shown here. It is kept as it is."))
        if kept.kind in FORMATS:
            side = round(self.metrics_.px(THUMBNAIL) * self.devicePixelRatioF())
            self.operations.ask(
                self,
                lambda office: decoded(attachments.read_kept(office, kept), kept.kind, QSize(side, side)),
                lambda image: self._show_picture(kept, image),
                failed=lambda error: self.problem_changed.emit(error.text(translator())),
            )

    def _show_picture(self, kept: Kept, image: QImage) -> None:
        if kept != self._kept:
            return
        image.setDevicePixelRatio(self.devicePixelRatioF())
        self._picture.setPixmap(QPixmap.fromImage(image))
        self._picture.show()
        self._icon.hide()

    def retranslate(self) -> None:
        self.choose.setText(_("Choose a picture…") if self._images_only else _("Choose a file…"))
        self.see.setText(_("View"))
        self.remove.setText(_("Take out"))
        self._hint.setText(_("Or drop it here, or paste a picture."))
        self._show()

    # dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()
            self._set_over(over=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._set_over(over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._set_over(over=False)
        event.setDropAction(Qt.DropAction.CopyAction)  # the file stays where it was
        event.accept()
        self._take(event.mimeData())

    def _set_over(self, *, over: bool) -> None:
        self._over = over
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, empty = self.tokens, self._kept is None
        edge = tokens.blue if self._over else tokens.edge
        fill = tokens.blue_bg if self._over and tokens.plates else tokens.surface
        width = RING if self._over else 1
        painting.plate(
            QPainter(self),
            self.rect(),
            CONTROL_RADIUS,
            fill=fill,
            edge=edge,
            width=width,
            dashed=empty and not self._over,
        )


def kind_in_words(kind: str) -> str:
    return _(KINDS[kind]) if kind in KINDS else _("File")


def size_in_words(size: int) -> str:
    """Bytes as people read them: "840 KB", "2,4 MB"."""
    if size < 1024 * 1024:
        return _("{n} KB").format(n=translator().number(max(1, round(size / 1024))))
    return _("{n} MB").format(n=translator().number(round(size / 1024 / 1024, 1)))
