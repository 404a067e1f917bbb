"""Keeps a draft on disk while it is typed: never more than half a second behind, and told when it could not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from migrant_office.errors import NotAllowed, UserError
from migrant_office.models.forms.filling import FormFilling
from migrant_office.models.vault.drafts import Draft
from migrant_office.services import intake
from migrant_office.ui.operations import Operations

SAVE_AFTER_MS = 500  # not restarted by the next key: never more than this behind the typing
TRY_AGAIN_MS = 5000


class Unkept(NamedTuple):
    """What goes to the disk: a draft, a copy of its filling, and what stands beside the answers."""

    draft: Draft
    filling: FormFilling
    beside: Mapping[str, Any]


class Autosaver(QObject):
    """Holds one draft with its filling. `saved` carries the draft as it is on disk, `failed` why it is not.

    `beside` is what the draft keeps beside the answers, such as the keys of chosen files.
    """

    saved = Signal(object)
    failed = Signal(object)

    def __init__(self, operations: Operations, parent: QObject) -> None:
        super().__init__(parent)
        self.operations = operations
        self.draft: Draft | None = None
        self.filling: FormFilling | None = None
        self.beside: dict[str, Any] = {}
        self.timer = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self.timer.timeout.connect(self._save)
        self._unsaved = False
        self._left: dict[str, Unkept] = {}  # drafts that were released before the disk took them

    def hold(self, draft: Draft, filling: FormFilling, beside: dict[str, Any]) -> None:
        """`beside` is shared with whoever fills it; what is added there is saved with the next key."""
        self.draft, self.filling, self.beside = draft, filling, beside
        self._unsaved = False

    def release(self) -> None:
        """Nothing more is saved: the draft is gone or another comes."""
        self.timer.stop()
        self.draft = self.filling = None
        self._unsaved = False

    def pause(self) -> None:
        """The draft is being completed: what came now would be saved into one that is gone."""
        self.timer.stop()
        self._unsaved = False

    def touch(self) -> None:
        """Something was typed."""
        self._unsaved = True
        if not self.timer.isActive():
            self.timer.start()

    def save_now(self) -> None:
        """What is typed goes to the disk without waiting."""
        while self._left:
            self._write(self._left.popitem()[1])
        if self._unsaved:
            self.timer.stop()
            self._save()

    def _save(self) -> None:
        draft, filling, beside = self.draft, self.filling, dict(self.beside)
        if draft is None or filling is None:
            return
        self._unsaved = False
        copy = FormFilling.restore(filling.form, filling.snapshot())  # the other thread gets a copy
        self._write(Unkept(draft, copy, beside))

    def _write(self, typed: Unkept) -> None:
        owner = self.parent()
        self.operations.run(
            owner,  # type: ignore[arg-type]  # the page, a widget
            lambda office: intake.save_draft(office, *typed),
            self._kept,
            failed=lambda error: self._failed(error, typed),
        )

    def _failed(self, error: UserError, typed: Unkept) -> None:
        """A draft that is in the window no more is tried again from its copy, unless its case is open by now."""
        if self.draft and self.draft.id == typed.draft.id:
            self.not_saved(error)
        elif not isinstance(error, NotAllowed):
            self._left[typed.draft.id] = typed
            self.failed.emit(error)
            QTimer.singleShot(TRY_AGAIN_MS, self, self.save_now)

    def _kept(self, draft: Draft) -> None:
        if self.draft and draft.id == self.draft.id:
            self.draft = draft
            self.saved.emit(draft)

    def not_saved(self, error: UserError) -> None:
        """It is still in the window: try again with the next key or in a while."""
        self._unsaved = True
        self.failed.emit(error)
        QTimer.singleShot(TRY_AGAIN_MS, self, self.save_now)
