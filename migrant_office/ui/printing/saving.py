"""A PDF written where the person says: whole, or not at all."""

from __future__ import annotations

import errno
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from migrant_office import paths
from migrant_office.errors import StorageFailed
from migrant_office.i18n import N_, _
from migrant_office.ui.widgets.choosing import unremembered

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def where_to(parent: QWidget, name: str) -> Path | None:
    """Ask for a place; the proposed name says nothing of a person. None when the person changed her mind."""
    with unremembered():
        chosen, _kind = QFileDialog.getSaveFileName(parent, _("Save as PDF"), str(Path.home() / name), "PDF (*.pdf)")
    return Path(chosen) if chosen else None


def write(target: Path, pdf: bytes) -> None:
    """The file, for its owner alone. Raises `StorageFailed`, and then leaves nothing: not for the window's thread."""
    try:
        paths.write_atomically(target, pdf)
    except OSError as error:
        if error.errno in FULL:
            raise StorageFailed(
                N_("There is no room left there: nothing was written. Make room, or choose another folder.")
            ) from error
        raise StorageFailed(N_("The file could not be written there. Choose another folder.")) from error
