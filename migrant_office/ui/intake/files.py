"""Files chosen in a form before any case exists: sealed on disk at once, their keys kept beside the draft's answers."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from migrant_office.models.attachment import Kept, from_json, to_json
from migrant_office.models.office import Office
from migrant_office.services import attachments
from migrant_office.services.intake import ATTACHMENTS
from migrant_office.ui.operations import Operations
from migrant_office.ui.viewing import ViewDialog
from migrant_office.ui.widgets.file_field import FileField


class IntakeFiles:
    """What a draft holds beside its answers, and the fields that fill it."""

    def __init__(self, operations: Operations, owner: QWidget) -> None:
        self.operations, self.owner = operations, owner
        self.beside: dict[str, Any] = {}

    def hold(self, beside: dict[str, Any]) -> None:
        """The files of another draft."""
        self.beside = {**beside, ATTACHMENTS: dict(beside.get(ATTACHMENTS, {}))}

    def kept(self, id: str) -> Kept | None:
        """The file an answer names; None for one that is not there or was damaged in the draft."""
        told = self.beside.get(ATTACHMENTS, {}).get(id)
        try:
            return from_json(told) if told else None
        except ValueError:
            return None

    def field(self, *, images_only: bool) -> FileField:
        made = FileField(self.operations, images_only=images_only)
        made.view_wanted.connect(self._view)
        return made

    def take(self, kept: Kept | None, instead_of: str = "") -> str:
        """The answer for a file that was chosen, "" for none; its key goes beside the draft, for that of another."""
        held = self.beside.setdefault(ATTACHMENTS, {})
        held.pop(instead_of, None)
        if kept is None:
            return ""
        held[kept.id] = to_json(kept)
        return kept.id

    def _view(self, kept: Kept) -> None:
        def read(_office: Office) -> bytes:
            return attachments.read_kept(_office, kept)

        ViewDialog(self.operations, kept, read, self.owner).open()
