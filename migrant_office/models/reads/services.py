"""Reads over the catalogue."""

from __future__ import annotations

from typing import Any

from migrant_office.models.reads.follow_ups import UNSEEN
from migrant_office.models.vault.nouns import Home
from migrant_office.models.vault.vault import Vault


def codes(vault: Vault) -> set[str]:
    return {code for (code,) in vault.read("SELECT code FROM service")}


def lines(vault: Vault) -> list[tuple[Any, ...]]:
    """(id, name, owner, area, confirmed, closed, withheld, check_days, check_wanted) of every service."""
    return vault.read(
        "SELECT id, name, owner, area, confirmed, closed, withheld, check_days, check_wanted FROM service"
    )


def checked_by(vault: Vault) -> dict[str, str]:
    """Who last confirmed each service that somebody confirmed."""
    return dict(vault.read("SELECT id, confirmed_by FROM service WHERE confirmed IS NOT NULL"))


def names(vault: Vault) -> dict[str, str]:
    return dict(vault.read("SELECT id, name FROM service"))


def checks(vault: Vault) -> list[tuple[Any, ...]]:
    """(id, name, owner, area, confirmed, check_days, check_wanted, check_why, referrals) of what is offered; the
    referrals of the cases that may be seen.
    """
    unseen = "" if vault.keys.may_open(Home.RESTRICTED) else f"WHERE {UNSEEN} "
    return vault.read(
        "SELECT s.id, s.name, s.owner, s.area, s.confirmed, s.check_days, s.check_wanted, s.check_why, "
        "coalesce(r.n, 0) FROM service s "
        f"LEFT JOIN (SELECT service, count(*) n FROM referral {unseen}GROUP BY service) r ON r.service = s.id "
        "WHERE s.closed = 0 AND s.withheld IS NULL"
    )
