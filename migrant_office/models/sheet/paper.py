"""The paper of an office."""

from __future__ import annotations

from enum import Enum


class Paper(Enum):
    """Width and height in millimetres. Oficio is the 330 mm one of Chile, which also fits Mexico's 340 mm sheets."""

    A4 = (210.0, 297.0)
    LETTER = (215.9, 279.4)
    OFICIO = (216.0, 330.0)

    @classmethod
    def from_name(cls, name: str) -> Paper:
        """The paper of the office's setting: "a4", "letter" or "oficio". Raises KeyError on any other name."""
        return cls[name.strip().upper()]
