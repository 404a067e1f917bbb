"""A form that the office made its own: what it loaded from a spreadsheet, in every version, for every device."""

from __future__ import annotations

from datetime import date

from migrant_office.models.vault.nouns import Home, noun, scalar


@noun("form_version", Home.FORM, once=True)
class FormVersion:
    """One version of one form. `name` is the use it has here ("intake", "quick", "family"), and the id of its document;
    `form`, `version` and `digest` are what it says of itself; `source` its sheets as one csv, `files` the choice lists
    it brings along (file name → text). Entries are never changed, so an answer's version can always be looked up.
    """

    id: str
    name: str = scalar(index=True)
    form: str = scalar()
    version: str = scalar()
    digest: str = scalar(index=True)
    made: date = scalar()
    officer: str = scalar(default="")
    source: str = scalar(default="", column=False)
    files: dict[str, str] | None = scalar(default=None, column=False)
