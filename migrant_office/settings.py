"""How this computer shows the program: language, theme, text size. Nothing about people, nothing about the office."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from migrant_office import paths

FILE = "settings.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`language` empty means the office's; `scale` is the text size in percent."""

    language: str = ""
    theme: str = "light"
    scale: int = 100


def load(folder: Path) -> Settings:
    """The settings kept beside the office; defaults where the file is missing or unreadable."""
    try:
        told = json.loads((folder / FILE).read_text(encoding="utf-8"))
        default = Settings()
        return Settings(**{f.name: told[f.name] for f in fields(Settings)
                           if isinstance(told.get(f.name), type(getattr(default, f.name)))})
    except (OSError, ValueError, TypeError, AttributeError):
        return Settings()


def save(folder: Path, settings: Settings) -> None:
    """Raises OSError when the folder cannot be written."""
    paths.write_atomically(folder / FILE, json.dumps(asdict(settings), indent=1).encode())
