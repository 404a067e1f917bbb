from __future__ import annotations

from pathlib import Path

import pytest

from migrant_office.errors import WrongPassphrase
from migrant_office.models.vault.folder import create, open_office, renew_recovery
from tests.factories import CHEAP, PASSPHRASE, an_about


def test_a_new_recovery_code_takes_the_place_of_the_old(tmp_path: Path) -> None:
    folder = tmp_path / "office"
    old = create(folder, an_about(), PASSPHRASE, cost=CHEAP)
    new = renew_recovery(folder, PASSPHRASE, cost=CHEAP)
    for code in (PASSPHRASE, new):
        open_office(folder, code).close()
    with pytest.raises(WrongPassphrase):
        open_office(folder, old)
    with pytest.raises(WrongPassphrase):
        renew_recovery(folder, "nada de eso", cost=CHEAP)
    open_office(folder, new).close()
