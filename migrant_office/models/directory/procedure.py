"""How an officer accompanies somebody to a service: the office's own checklist (POE), in versions."""

from __future__ import annotations

from datetime import date

from migrant_office.models.vault.nouns import File, Home, noun, scalar


@noun("procedure", Home.SERVICE, once=True)
class Procedure:
    """One version of the steps. Written once: a change is another version, and the old ones stay as they were."""

    id: str
    version: int = scalar()
    made: date = scalar()
    steps: tuple[str, ...] = scalar(column=False)
    officer: str = scalar(default="")


def versions(file: File) -> list[Procedure]:
    """Newest first. Two desks may both have written version 3: the later one counts, none is lost."""
    return sorted(file.all(Procedure).values(), key=lambda p: (p.version, str(p.made), p.id), reverse=True)
