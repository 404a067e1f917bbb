"""Tooltips of texts that come from people: Qt would read a name such as "<b>" as mark-up, even load files it names."""

from __future__ import annotations

from html import escape


def tip(text: str) -> str:
    """The text as a tooltip shows it letter for letter."""
    return f"<p>{escape(text)}</p>" if set(text) & set("<>&") else text
