"""What an office decides about its paper, for every device of it."""

from __future__ import annotations

from migrant_office.models.vault.nouns import Home, noun, scalar


@noun("office_setting", Home.FORM)
class OfficeSetting:
    """One record an office. `contact` is its telephone and hours in its own words, printed in the box whom to call;
    `paper` is "a4", "letter" or "oficio", "" for that of `office.json`; `only_reviewed` refuses a sheet with Creole
    that nobody approved.
    """

    id: str
    contact: str = scalar(default="")
    paper: str = scalar(default="")
    only_reviewed: bool = scalar(default=False)
