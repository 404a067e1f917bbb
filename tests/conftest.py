"""What every test may ask for: a small office, open, and how long Hypothesis may look."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from migrant_office import clock
from migrant_office.models.office import Office, unlock
from migrant_office.models.vault.folder import Opened, open_office
from migrant_office.models.vault.vault import Vault
from migrant_office.services import offices
from tests.factories import CHEAP, DAY, PASSPHRASE, make_office

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # screens are tested without a display
settings.register_profile("dev", max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("dev"), max_examples=300)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of an office that nobody has open."""
    return make_office(tmp_path / "own office")


@pytest.fixture
def opened(folder: Path) -> Iterator[Opened]:
    opened = open_office(folder, PASSPHRASE)
    yield opened
    opened.close()


@pytest.fixture
def vault(opened: Opened) -> Vault:
    """The open store of an office with one device, a supervisor's."""
    return opened.vault


@pytest.fixture(scope="session")
def ready_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with Santiago's catalogue in it; made once, to be copied."""
    folder = tmp_path_factory.mktemp("ready") / "office"
    offices.create_office(folder, city="santiago", passphrase=PASSPHRASE, name="Oficina de Prueba", cost=CHEAP)
    return folder


@pytest.fixture
def desk_folder(ready_office: Path, tmp_path: Path) -> Path:
    """The folder of an office with its catalogue, that nobody has open."""
    return Path(shutil.copytree(ready_office, tmp_path / "desk"))


@pytest.fixture
def desk(desk_folder: Path) -> Iterator[Office]:
    """An office with its catalogue, open, at noon of `factories.DAY`."""
    with clock.at(datetime(DAY.year, DAY.month, DAY.day, 12).astimezone()):
        office = unlock(desk_folder, PASSPHRASE)
        yield office
        office.close()
