"""The restricted compartment of a case: no table, no search, no list; its own key."""

from __future__ import annotations

from migrant_office.models.vault.nouns import Home, Sensitivity, noun, scalar


@noun("protection", Home.RESTRICTED)
class Protection:
    """Made with every case, empty or not, so that its presence tells nothing."""

    id: str
    kept: bool = scalar(default=False)
    told: str = scalar(default="", column=False, sensitivity=Sensitivity.SENSITIVE)
