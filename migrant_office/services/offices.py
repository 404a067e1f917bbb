"""Make an office, with its city's catalogue in it, and make its tables again."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

from migrant_office.errors import UserError
from migrant_office.i18n import N_
from migrant_office.models.city import load_city
from migrant_office.models.office import About, Office, new_id, unlock
from migrant_office.models.reads.tables import dump
from migrant_office.models.vault import folder as vault_folder
from migrant_office.models.vault.slots import STRONG, Cost
from migrant_office.progress import Progress
from migrant_office.services import catalogue

SHORTEST_PASSPHRASE = 8


def create_office(
    folder: Path,
    *,
    city: str,
    passphrase: str,
    name: str = "",
    language: str = "",
    paper: str = "",
    demo: bool = False,
    cost: Cost = STRONG,
    device: str = "",
) -> str:
    """Make an office in an empty folder and fill its catalogue; returns the recovery code, kept nowhere.

    `device` is for the demo alone, whose folios must be the same every time it is made.

    Raises `UserError` for an unknown city or a short passphrase, `NotAnOffice` when the folder is taken,
    `StorageFailed` when it cannot be written; nothing is left behind then.
    """
    profile = load_city(city)
    if len(passphrase) < SHORTEST_PASSPHRASE and not demo:
        raise UserError(
            N_("Choose a passphrase of at least {n} characters; four words are easy to remember."),
            n=SHORTEST_PASSPHRASE,
        )
    about = About(
        id=new_id(),
        city=city,
        name=name.strip() or profile.office,
        language=language or profile.language,
        paper=paper or profile.paper,
        demo=demo,
    )
    made = not os.path.exists(folder)  # not `Path.exists`, which raises where nobody may look
    code = vault_folder.create(folder, about, passphrase, cost=cost, device=device)
    try:
        with closing(unlock(folder, passphrase)) as office:
            catalogue.load_city_catalogue(office)
    except BaseException:
        vault_folder.unmake(folder, whole=made)
        raise
    return code


def open_office(folder: Path, passphrase: str) -> Office:
    """Unlock an office, and load its catalogue if making it was cut short before. Raises as `models.office.unlock`."""
    office = unlock(folder, passphrase)
    try:
        if not catalogue.lines(office):
            catalogue.load_city_catalogue(office)
        return office
    except BaseException:
        office.close()
        raise


def confirm_officer(office: Office, passphrase: str) -> None:
    """That the officer who has this office open sits in front of it. Raises `WrongPassphrase`."""
    vault_folder.check_passphrase(office.folder, passphrase, office.officer)


def renew_recovery(folder: Path, passphrase: str) -> str:
    """A new recovery code for whoever lost the paper; the old one opens nothing any more. Raises as `open_office`."""
    return vault_folder.renew_recovery(folder, passphrase)


def rebuild(office: Office, progress: Progress | None = None, *, replay: bool = False) -> tuple[int, bool]:
    """Make every table anew; returns how many rows there are and whether they are the same as before."""
    before = dump(office.vault)
    office.vault.rebuild(progress, replay=replay)
    after = dump(office.vault)
    return sum(map(len, after.values())), before == after
