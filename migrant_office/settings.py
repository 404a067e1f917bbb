"""How this computer shows the program: language, theme, text size. Nothing about people, nothing about the office."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from migrant_office import i18n, paths

FILE = "settings.json"
OFFERED = {"language": ("", *i18n.LANGUAGES), "theme": ("light", "dark", "contrast"), "scale": (100, 115, 130)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`language` empty means the office's; `scale` is the text size in percent."""

    language: str = ""
    theme: str = "light"
    scale: int = 100


def load(folder: Path) -> Settings:
    """The settings kept beside the office; the default for whatever is missing, unreadable or not offered, so that a
    damaged file never keeps the window shut.
    """
    try:
        told = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return Settings(
            **{
                name: told[name]
                for name, offered in OFFERED.items()
                if type(told.get(name)) is type(offered[0]) and told[name] in offered
            }
        )
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return Settings()


def save(folder: Path, settings: Settings) -> None:
    """Raises OSError when the folder cannot be written."""
    paths.write_atomically(folder / FILE, json.dumps(asdict(settings), indent=1).encode())
