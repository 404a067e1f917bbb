"""The three ways in which an answer can be missing; they are never mixed with each other nor with a value."""

from __future__ import annotations

from enum import StrEnum


class Missing(StrEnum):
    """Why there is no answer. The stored text begins with a question mark, which no canonical value does.

    REFUSED: *prefiere no responder*, the person was asked and would rather not say.
    UNKNOWN: *no sabe*, the person was asked and does not know.
    NOT_ASKED: *no se preguntó*, the officer left the question out; it may be asked another day.
    """

    REFUSED = "?refused"
    UNKNOWN = "?unknown"
    NOT_ASKED = "?not_asked"
