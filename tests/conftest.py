"""What every test may ask for: a small office, open, and how long Hypothesis may look."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from migrant_office.models.vault.folder import Opened, open_office
from migrant_office.models.vault.vault import Vault
from tests.factories import PASSPHRASE, make_office

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
