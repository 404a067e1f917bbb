from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrant_office import settings
from migrant_office.settings import OFFERED, Settings

CHOICES = st.builds(Settings, **{name: st.sampled_from(offered) for name, offered in OFFERED.items()})


@given(CHOICES)
def test_what_is_saved_comes_back(tmp_path_factory: pytest.TempPathFactory, chosen: Settings) -> None:
    folder = tmp_path_factory.mktemp("s")
    settings.save(folder, chosen)
    assert settings.load(folder) == chosen
    assert stat.S_IMODE((folder / settings.FILE).stat().st_mode) == 0o600


def test_without_a_file_all_is_as_usual(tmp_path: Path) -> None:
    assert settings.load(tmp_path) == settings.load(tmp_path / "nowhere") == Settings()


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'"light"',
        b"[" * 100_000,
        b'{"theme": 5}',
        b'{"scale": true}',
        b'{"scale": 100.0}',
        b'{"scale": 0}',
        b'{"scale": 100000}',
        b'{"theme": "pink"}',
        b'{"language": "xx"}',
        b'{"language": []}',
        b'{"more": 1}',
    ],
)
def test_a_damaged_file_never_keeps_the_window_shut(tmp_path: Path, text: bytes) -> None:
    (tmp_path / settings.FILE).write_bytes(text)
    assert settings.load(tmp_path) == Settings()


def test_one_bad_value_leaves_the_others(tmp_path: Path) -> None:
    (tmp_path / settings.FILE).write_text(json.dumps({"theme": "dark", "scale": "big", "language": "ht"}))
    assert settings.load(tmp_path) == Settings(theme="dark", language="ht")


def test_what_is_offered_is_what_the_window_knows() -> None:
    from migrant_office.ui.theme.metrics import SCALES
    from migrant_office.ui.theme.tokens import THEMES

    assert OFFERED["theme"] == THEMES
    assert OFFERED["scale"] == SCALES
    assert all(Settings.__dataclass_fields__[name].default == offered[0] for name, offered in OFFERED.items())


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere"):
        settings.save(tmp_path / "nowhere", Settings())
